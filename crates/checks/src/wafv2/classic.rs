//! What is left of AWS WAF Classic, which AWS has retired.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Arn, Fact, Inventory, Place, Reason, Region, Resource, Unknown,
    cloudfront::Distribution,
    wafv2::{ClassicRegionalWebAcl, ClassicWebAcl, WebAcl},
};
use serde_json::{Value, json};

use super::{acl::unseen, filter::is_classic};
use crate::{Scan, engine::Subject};

const EXPECTED: &str = "no web ACL of AWS WAF Classic";

/// Where AWS WAF Classic was: for CloudFront, and for each region. The ARN is the account's.
#[derive(Debug)]
pub(crate) struct ClassicPlace {
    arn: Arn,
    /// Nothing for CloudFront.
    region: Option<Region>,
}

impl ClassicPlace {
    /// For CloudFront, and for each region that was looked at.
    pub(crate) fn all(inventory: &Inventory) -> Vec<Self> {
        let regions = inventory.regions.iter().map(|region| Some(region.clone()));
        let place = |region| Self { arn: inventory.account.arn.clone(), region };
        [None].into_iter().chain(regions).map(place).collect()
    }

    fn as_str(&self) -> &str {
        self.region.as_ref().map_or("global", Region::as_str)
    }
}

impl Resource for ClassicPlace {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        self.as_str()
    }

    fn place(&self) -> Place<'_> {
        self.region.as_ref().map_or(Place::Global, Place::Region)
    }

    fn part(&self) -> Option<&str> {
        Some(self.as_str())
    }
}

/// Nothing is left, for CloudFront and in each region.
pub(super) fn unused(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let judged = scan.classic_places().iter().map(|place| {
        let decision = match &place.region {
            None => for_cloudfront(scan),
            Some(region) => in_region(scan, region),
        };
        (Subject::Resource(place), decision)
    });
    // There may be more in regions that nobody could list.
    let elsewhere = scan.inventory.wafv2.classic_regional.gaps.iter();
    let elsewhere = elsewhere.filter(|gap| gap.place() == Place::Unknown);
    judged.chain(elsewhere.map(|gap| (Subject::Gap(gap), Err(gap.unknown.clone())))).collect()
}

fn for_cloudfront(scan: Scan<'_>) -> Decision {
    let listed = &scan.inventory.wafv2.classic;
    let left = shown::<ClassicWebAcl>(listed.found.iter().map(|acl| (&acl.name, &acl.id)));
    let named = named_by_distributions(scan);
    if !listed.found.is_empty() || named.is_some() {
        return Ok(Verdict::faults([left].into_iter().chain(named).collect()));
    }
    let Some(gap) = listed.gaps.first() else { return Ok(Verdict::Pass(vec![left])) };
    let retired = retired::<ClassicWebAcl>(scan, Place::Global, &gap.unknown)?;
    match scan.inventory.cloudfront.distributions.gaps.first() {
        Some(gap) => Err(gap.unknown.clone()),
        None => Ok(Verdict::Pass(retired)),
    }
}

fn in_region(scan: Scan<'_>, region: &Region) -> Decision {
    let listed = &scan.inventory.wafv2.classic_regional;
    let here: Vec<_> = listed.found.iter().filter(|acl| acl.region == *region).collect();
    let left = shown::<ClassicRegionalWebAcl>(here.iter().map(|acl| (&acl.name, &acl.id)));
    if !here.is_empty() {
        return Ok(Verdict::faults(vec![left]));
    }
    let place = Place::Region(region);
    match unseen(listed, place) {
        Some(unknown) => retired::<ClassicRegionalWebAcl>(scan, place, unknown).map(Verdict::Pass),
        None => Ok(Verdict::Pass(vec![left])),
    }
}

fn shown<'a, F: Fact>(found: impl Iterator<Item = (&'a String, &'a String)>) -> Evidence {
    let found = found.map(|(name, id)| json!({ "Name": name, "WebACLId": id }));
    Evidence::of::<F>("WebACLs", Value::Array(found.collect()), EXPECTED)
}

/// What relies on the service by name, whether or not it answers.
fn named_by_distributions(scan: Scan<'_>) -> Option<Evidence> {
    let all = scan.inventory.cloudfront.distributions.found.iter();
    let named: Vec<Value> = all
        .filter_map(|distribution| {
            let acl = distribution.web_acl.as_ref().filter(|named| is_classic(named))?;
            Some(json!({ "Id": distribution.id, "WebACLId": acl }))
        })
        .collect();
    let field = "DistributionList.Items.WebACLId";
    let expected = "the ARN of a web ACL of AWS WAF, or none";
    (!named.is_empty()).then(|| Evidence::of::<Distribution>(field, named, expected))
}

/// What shows that the service is not there any more; otherwise why nobody knows what is left in it.
fn retired<F: Fact>(
    scan: Scan<'_>,
    place: Place<'_>,
    unknown: &Unknown,
) -> Result<Vec<Evidence>, Unknown> {
    let message = unknown.message.as_deref().unwrap_or_else(|| unknown.reason.as_str());
    let no_service = |what| Evidence::of::<F>("WebACLs", format!("{what}: {message}"), EXPECTED);
    if says_so(unknown) {
        return Ok(vec![no_service("retired")]);
    }
    if unknown.reason != Reason::Unreachable || !waf_answers(scan, place) {
        return Err(unknown.clone());
    }
    let expected = "an answer, for then it is not the network that keeps the old service away";
    let waf = Evidence::of::<WebAcl>("WebACLs", "AWS WAF answers there", expected);
    Ok(vec![no_service("nothing answers there"), waf])
}

/// Whether the service said that it is no more: it does not know the call, or says what it has said since its retirement
/// to everybody who wanted a new web ACL.
fn says_so(unknown: &Unknown) -> bool {
    let is_of_its_end = |message: &str| message.contains("WAF Classic");
    unknown.reason == Reason::NotSupported
        || unknown.code.as_deref() == Some("WAFBadRequestException")
            && unknown.message.as_deref().is_some_and(is_of_its_end)
}

/// Whether AWS WAF, which lives beside it, gave any answer, be it a refusal.
fn waf_answers(scan: Scan<'_>, place: Place<'_>) -> bool {
    unseen(&scan.inventory.wafv2.web_acls, place).is_none_or(|unknown| {
        matches!(unknown.reason, Reason::AccessDenied | Reason::Throttled | Reason::Malformed)
    })
}
