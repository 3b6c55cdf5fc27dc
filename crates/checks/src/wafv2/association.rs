//! Whether a web ACL protects anything.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudfront::{ConnectionMode, Distribution},
    wafv2::{Protected, Scope, WebAcl},
};
use serde_json::json;

use crate::{Scan, engine::unknown_value};

const EXPECTED: &str = "something that the web ACL protects";

/// A web ACL stands in front of something.
pub(super) fn protects(scan: Scan<'_>, acl: &WebAcl) -> Decision {
    let distributions = &scan.inventory.cloudfront.distributions;
    let names_it = |it: &&Distribution| it.web_acl_arn().as_ref() == Some(&acl.arn);
    let behind: Vec<&str> =
        distributions.found.iter().filter(names_it).map(|it| it.id.as_str()).collect();
    let by_distributions = |ids: &[&str]| {
        let observed = json!({ "distributions that name it": ids });
        Evidence::of::<Distribution>("DistributionList.Items.WebACLId", observed, EXPECTED)
    };
    if !behind.is_empty() {
        return Ok(Verdict::Pass(vec![by_distributions(&behind)]));
    }
    let arns = |arns: &[_]| Evidence::of::<Protected>("ResourceArns", json!(arns), EXPECTED);
    if let Some(Protected(all)) = acl.protects.known()? {
        return Ok(Verdict::Pass(vec![arns(all)]));
    }
    let mut nothing = vec![arns(&[])];
    if acl.scope == Scope::CloudFront {
        if let Some(gap) = distributions.gaps.first() {
            return Err(gap.unknown.clone());
        }
        distributions.found.iter().try_for_each(has_no_tenants)?;
        nothing.push(by_distributions(&[]));
    }
    Ok(Verdict::faults(nothing))
}

/// Tenants of a distribution may have web ACLs of their own, and nobody asks them.
fn has_no_tenants(distribution: &Distribution) -> Result<(), Unknown> {
    match &distribution.connection_mode {
        None | Some(ConnectionMode::Direct) => Ok(()),
        Some(ConnectionMode::Other(other)) => Err(unknown_value::<Distribution>(other)),
        Some(ConnectionMode::TenantOnly) => {
            let why = format!(
                "a tenant of the distribution `{}` may have it as its own web ACL, which is not \
                 asked for",
                distribution.id
            );
            Err(Unknown::new(Distribution::ACTION, Reason::Undecided).because(why))
        }
    }
}
