//! Collects AWS WAF: what CloudFront may use, what each region may, and what is left of AWS WAF Classic.

mod acls;
mod classic;
mod groups;
mod logging;
mod managed;
mod rules;
mod statements;

use aws_sdk_wafv2::{Client, types};
use awspect_inventory::{
    Fact, Gap, Listed, Region, Unknown,
    wafv2::{RuleGroup, Scope, Wafv2, WebAcl},
};

use crate::{Session, edge, regions::Regions};

/// How much of one kind is read at once in one place.
///
/// AWS WAF answers some five reads of a kind a second and region.
const IN_FLIGHT: usize = 4;

/// The most that a listing of AWS WAF gives in one page.
const PAGE: i32 = 100;

/// A scope, and the region that it is asked in: for CloudFront its own, whatever regions are looked at.
#[derive(Debug)]
struct Place {
    scope: Scope,
    region: Region,
    client: Client,
}

impl Place {
    fn new(session: &Session, scope: Scope, region: &Region) -> Self {
        Self { scope, region: region.clone(), client: session.wafv2(region) }
    }

    fn scope(&self) -> types::Scope {
        self.scope.as_str().into()
    }

    /// What of a kind went unseen here.
    fn gap(&self, session: &Session, kind: &str, unknown: Unknown) -> Gap {
        let (account, at) = (&session.account, &self.region);
        let (scope, region) = match self.scope {
            Scope::CloudFront => ("global", None),
            Scope::Regional | Scope::Other(_) => ("regional", Some(at.clone())),
        };
        let arn = format!("arn:{}:wafv2:{at}:{}:{scope}/{kind}/*", account.partition, account.id);
        Gap { arn, region, unknown }
    }
}

/// All of AWS WAF for CloudFront and in the regions that are looked at; what one place refuses costs that place alone.
pub(crate) async fn collect(session: &Session, regions: &Regions) -> Wafv2 {
    let edge = edge::home(session);
    let for_cloudfront = edge.iter().map(|home| Place::new(session, Scope::CloudFront, home));
    let regional = regions.looked_at.iter().map(|at| Place::new(session, Scope::Regional, at));
    let places: Vec<Place> = for_cloudfront.chain(regional).collect();
    let (web_acls, rule_groups, classic, classic_regional) = futures::join!(
        all(places.iter().map(|place| Box::pin(acls::collect(session, place)))),
        all(places.iter().map(|place| Box::pin(groups::collect(session, place)))),
        classic::for_cloudfront(session, edge.as_ref()),
        classic::collect(session, regions),
    );
    Wafv2 {
        web_acls: confessed::<WebAcl>(session, regions, web_acls, "webacl"),
        rule_groups: confessed::<RuleGroup>(session, regions, rule_groups, "rulegroup"),
        classic,
        classic_regional,
    }
}

/// What each place gives, as one.
async fn all<T>(places: impl Iterator<Item = impl Future<Output = Listed<T>>>) -> Listed<T> {
    let mut all = Listed::complete(vec![]);
    for listed in futures::future::join_all(places).await {
        all.found.extend(listed.found);
        all.gaps.extend(listed.gaps);
        all.gone += listed.gone;
    }
    all
}

/// The same, and that there may be more where nobody could list the regions.
fn confessed<T: Fact>(
    session: &Session,
    regions: &Regions,
    mut listed: Listed<T>,
    kind: &str,
) -> Listed<T> {
    if session.wants(&T::ACTION) {
        let account = &session.account;
        regions.confess(&mut listed, || {
            format!("arn:{}:wafv2:*:{}:regional/{kind}/*", account.partition, account.id)
        });
    }
    listed
}
