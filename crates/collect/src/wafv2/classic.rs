//! What is left of AWS WAF Classic, which AWS has retired: that there is something, and nothing of it.

use aws_sdk_waf::operation::list_web_acls::ListWebAcLsOutput as Global;
use aws_sdk_wafregional::operation::list_web_acls::ListWebAcLsOutput as Regional;
use awspect_inventory::{
    Fact as _, Gap, Listed, Region,
    wafv2::{ClassicRegionalWebAcl, ClassicWebAcl},
};

use super::PAGE;
use crate::{
    Session,
    ask::{Missing, turned},
    read::{own_arn, own_global_arn, said},
    regions::Regions,
};

/// The web ACLs for CloudFront, where the partition has it.
pub(super) async fn for_cloudfront(
    session: &Session,
    edge: Option<&Region>,
) -> Listed<ClassicWebAcl> {
    let Some(edge) = edge else { return Listed::complete(vec![]) };
    let listing = session.waf(edge).list_web_acls().limit(PAGE);
    let pages =
        turned(move |marker| listing.clone().set_next_marker(marker).send(), Global::next_marker);
    let account = &session.account;
    let pattern = format!("arn:{}:waf::{}:webacl/*", account.partition, account.id);
    session
        .ask(edge)
        .pages::<ClassicWebAcl, _, _, _, _>(
            pages,
            |page| page.web_acls.ok_or(Missing("WebACLs")),
            |acl| {
                let id = said(&acl.web_acl_id, "WebACLId")?.to_owned();
                let arn = own_global_arn(session, "waf", &format!("webacl/{id}"), "WebACLId")?;
                Ok(ClassicWebAcl { arn, id, name: said(&acl.name, "Name")?.to_owned() })
            },
            |unknown| Gap { arn: pattern.clone(), region: None, unknown },
        )
        .await
}

/// The web ACLs of the regions that are looked at.
pub(super) async fn collect(session: &Session, regions: &Regions) -> Listed<ClassicRegionalWebAcl> {
    let looked_at = regions.looked_at.iter();
    let mut all = super::all(looked_at.map(|region| Box::pin(in_region(session, region)))).await;
    if session.wants(&ClassicRegionalWebAcl::ACTION) {
        let account = &session.account;
        regions.confess(&mut all, || {
            format!("arn:{}:waf-regional:*:{}:webacl/*", account.partition, account.id)
        });
    }
    all
}

async fn in_region(session: &Session, region: &Region) -> Listed<ClassicRegionalWebAcl> {
    let listing = session.waf_regional(region).list_web_acls().limit(PAGE);
    let pages =
        turned(move |marker| listing.clone().set_next_marker(marker).send(), Regional::next_marker);
    let account = &session.account;
    let pattern =
        format!("arn:{}:waf-regional:{region}:{}:webacl/*", account.partition, account.id);
    session
        .ask(region)
        .pages::<ClassicRegionalWebAcl, _, _, _, _>(
            pages,
            |page| page.web_acls.ok_or(Missing("WebACLs")),
            |acl| {
                let id = said(&acl.web_acl_id, "WebACLId")?.to_owned();
                let resource = format!("webacl/{id}");
                let arn = own_arn(session, "waf-regional", region, &resource, "WebACLId")?;
                let name = said(&acl.name, "Name")?.to_owned();
                Ok(ClassicRegionalWebAcl { arn, id, name, region: region.clone() })
            },
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await
}
