//! Buckets behind distributions: whether they are there, whose they are, and by which endpoint they are asked.

use awspect_findings::{Evidence, Severity};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudfront::{Distribution, Origin, OriginBucket, S3EndpointKind},
    s3::{Bucket, Website},
};
use serde_json::json;

use super::{concern::Judged, faults::Faults, names::of_origin};
use crate::Scan;

/// The account's own bucket that an origin means, where it is among those that were listed.
pub(super) fn own<'a>(scan: Scan<'a>, origin: &Origin) -> Option<&'a Bucket> {
    let endpoint = origin.s3()?;
    let name = endpoint.bucket()?;
    let is_here = endpoint.partition == scan.inventory.account.partition;
    let mut buckets = scan.inventory.s3.buckets.found.iter().filter(|_| is_here);
    buckets.find(|bucket| bucket.name == name)
}

/// The origins that name a bucket.
fn named(distribution: &Distribution) -> impl Iterator<Item = &Origin> {
    let names = |origin: &&Origin| origin.s3().is_some_and(|it| it.bucket().is_some());
    distribution.origins.iter().filter(names)
}

/// Whose the bucket of an origin is.
fn owner(scan: Scan<'_>, origin: &Origin) -> Result<Option<OriginBucket>, Unknown> {
    if own(scan, origin).is_some() {
        return Ok(Some(OriginBucket::Own));
    }
    Ok(origin.bucket.known()?.copied())
}

/// What shows whose it is: the account's own list, or S3's answer.
fn answer(
    scan: Scan<'_>,
    origin: &Origin,
    observed: &'static str,
    expected: &'static str,
) -> Evidence {
    if let Some(bucket) = own(scan, origin) {
        let observed = json!({ "Origin": origin.id, "Name": bucket.name });
        return Evidence::of::<Bucket>("Buckets", observed, expected);
    }
    let field = format!("HeadBucket of {}", origin.domain);
    Evidence::of::<OriginBucket>(
        field,
        json!({ "Origin": origin.id, "Bucket": observed }),
        expected,
    )
}

/// No origin is a bucket that anybody may make.
pub(super) fn missing(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    if named(distribution).next().is_none() {
        return Ok(None);
    }
    let mut faults = Faults::default();
    for origin in named(distribution) {
        match owner(scan, origin) {
            Ok(Some(OriginBucket::Missing)) => {
                let served =
                    distribution.enabled && distribution.behaviors_of(origin).next().is_some();
                let severity = if served { Severity::High } else { Severity::Low };
                faults.bad(severity, answer(scan, origin, "there is none", "a bucket that exists"));
            }
            Ok(_) => faults.good(answer(scan, origin, "there is one", "a bucket that exists")),
            Err(unknown) => faults.open(unknown),
        }
    }
    faults.verdict().map(Some)
}

/// The buckets are the account's own.
pub(super) fn foreign(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    let mut faults = Faults::default();
    let expected = "a bucket of the account";
    let all_of_s3 = || distribution.origins.iter().filter(|origin| origin.is_all_of_s3());
    if named(distribution).next().is_none() && all_of_s3().next().is_none() {
        return Ok(None);
    }
    for origin in all_of_s3() {
        let evidence = of_origin(origin, "DomainName", origin.domain.as_str(), expected);
        faults.bad(Severity::Medium, evidence);
    }
    let trusts_others = !scan.settings.trusted_accounts.is_empty();
    for origin in named(distribution) {
        match owner(scan, origin) {
            Ok(Some(OriginBucket::Foreign)) if trusts_others => {
                faults.open(whose_it_is());
            }
            Ok(Some(OriginBucket::Foreign)) => {
                faults.bad(Severity::Medium, answer(scan, origin, "another account's", expected));
            }
            Ok(Some(OriginBucket::Own)) => {
                faults.good(answer(scan, origin, "the account's", expected));
            }
            Ok(Some(OriginBucket::Missing) | None) => {
                faults.good(answer(scan, origin, "there is none", expected));
            }
            Err(unknown) => faults.open(unknown),
        }
    }
    faults.verdict().map(Some)
}

fn whose_it_is() -> Unknown {
    Unknown::new(OriginBucket::ACTION, Reason::Undecided)
        .because("S3 does not say which other account has the bucket, and one that you trust may")
}

/// No origin is a bucket as a website.
pub(super) fn website(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    let is_website = |origin: &&Origin| {
        origin.s3().is_some_and(|endpoint| endpoint.kind == S3EndpointKind::Website)
    };
    let mut faults = Faults::default();
    for origin in distribution.origins.iter().filter(is_website) {
        let expected = "the bucket's REST endpoint, with an origin access control";
        let domain = of_origin(origin, "DomainName", origin.domain.as_str(), expected);
        let website = own(scan, origin).and_then(|bucket| bucket.website.set());
        match website.and_then(|website| website.redirect_to.as_ref()) {
            Some(host) => {
                faults.bad(Severity::Low, domain);
                let field = format!("RedirectAllRequestsTo of {}", origin.domain);
                let expected = "any; nothing is read from a bucket that sends all requests on";
                let redirect = Evidence::of::<Website>(field, host.as_str(), expected);
                faults.bad(Severity::Low, redirect);
            }
            None => faults.bad(Severity::Medium, domain),
        }
    }
    faults.verdict().map(Some)
}
