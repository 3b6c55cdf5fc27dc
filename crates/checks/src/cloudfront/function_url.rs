//! Function URLs behind distributions.

use awspect_findings::{Evidence, Severity};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudfront::Origin,
    lambda::{FunctionUrl, UrlAuth},
};

use super::{
    access::{Right, right},
    concern::Judged,
    faults::Faults,
};
use crate::{Scan, engine::unknown_value};

/// A function URL asks for a signature, and CloudFront signs.
pub(super) fn oac(scan: Scan<'_>, origin: &Origin) -> Judged {
    let host = origin.domain.trim_end_matches('.').to_ascii_lowercase();
    let Some(region) = region(&host) else { return Ok(None) };
    let mut faults = Faults::default();
    match right(scan, origin) {
        Ok(right @ Right::Signed(_)) => faults.good(right.evidence(origin)),
        Ok(right) => faults.bad(Severity::Medium, right.evidence(origin)),
        Err(unknown) => faults.open(unknown),
    }
    match url(scan, &host, region) {
        Ok(url) => {
            let field = format!("AuthType of {}", url.name);
            let evidence = Evidence::of::<FunctionUrl>(field, url.auth.as_str(), "AWS_IAM");
            match &url.auth {
                UrlAuth::AwsIam => faults.good(evidence),
                UrlAuth::None => faults.bad(Severity::Medium, evidence),
                UrlAuth::Other(other) => faults.open(unknown_value::<FunctionUrl>(other)),
            }
        }
        Err(unknown) => faults.open(unknown),
    }
    faults.verdict().map(Some)
}

/// The region of a function URL's host, `<id>.lambda-url.<region>.on.aws`.
fn region(host: &str) -> Option<&str> {
    let (id, region) = host.strip_suffix(".on.aws")?.split_once(".lambda-url.")?;
    (!id.is_empty() && !region.contains('.')).then_some(region)
}

/// The account's function URL with this host.
fn url<'a>(scan: Scan<'a>, host: &str, region: &str) -> Result<&'a FunctionUrl, Unknown> {
    let functions = &scan.inventory.lambda.functions;
    let here = || functions.found.iter().filter(|it| it.region.as_str() == region);
    let is_it = |url: &&FunctionUrl| {
        let address = url.url.strip_prefix("https://").unwrap_or(&url.url);
        address.trim_end_matches('/').eq_ignore_ascii_case(host)
    };
    if let Some(url) = here().flat_map(|function| &function.urls.found).find(is_it) {
        return Ok(url);
    }
    let mut gaps = functions.gaps.iter().chain(here().flat_map(|it| &it.urls.gaps));
    let unseen = gaps.find(|gap| gap.region.as_ref().is_none_or(|it| it.as_str() == region));
    Err(match unseen {
        Some(gap) => gap.unknown.clone(),
        None => Unknown::new(FunctionUrl::ACTION, Reason::NotAsked)
            .because(format!("the function URL `{host}` is not among those listed")),
    })
}
