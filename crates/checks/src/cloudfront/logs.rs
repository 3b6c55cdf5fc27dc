//! The three ways to log requests, of which one is enough.

use awspect_findings::{Evidence, Verdict};
use awspect_inventory::{
    Unknown,
    cloudfront::{Deliveries, DeliverySources, Distribution, DistributionConfig},
};
use serde_json::{Value, json};

use super::{concern::Judged, names::path};
use crate::Scan;

/// Requests are logged.
pub(super) fn logging(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    let ways = [Ok(real_time(distribution)), standard(distribution), delivered(scan, distribution)];
    let good = |way: &Result<Way, Unknown>| matches!(way, Ok(Way::On(_)));
    if let Some(Ok(Way::On(evidence))) = ways.iter().find(|way| good(way)) {
        return Ok(Some(Verdict::Pass(vec![evidence.clone()])));
    }
    let off: Result<Vec<Evidence>, Unknown> =
        ways.into_iter().map(|way| way.map(|(Way::On(it) | Way::Off(it))| it)).collect();
    Ok(Some(Verdict::faults(off?)))
}

/// A way to log, and what shows whether it is taken.
enum Way {
    On(Evidence),
    Off(Evidence),
}

/// Real-time logs, which count where every cache behavior has them.
fn real_time(distribution: &Distribution) -> Way {
    let all = || distribution.all_behaviors();
    let without: Vec<&str> =
        all().filter(|behavior| behavior.realtime_logs.is_none()).map(path).collect();
    let none = without.len() == all().count();
    let field = "CacheBehaviors.RealtimeLogConfigArn";
    let observed = if none { Value::Null } else { json!({ "without": without }) };
    let expected = "a configuration on every cache behavior";
    let evidence = Evidence::of::<Distribution>(field, observed, expected);
    if without.is_empty() { Way::On(evidence) } else { Way::Off(evidence) }
}

/// Standard logs of the old kind.
fn standard(distribution: &Distribution) -> Result<Way, Unknown> {
    let config = distribution.config.known()?;
    let logging = config.and_then(|config| config.logging.as_ref());
    let observed = json!({ "Enabled": logging.is_some(), "Bucket": logging.map(|it| &it.bucket) });
    let evidence = Evidence::of::<DistributionConfig>("Logging", observed, "Enabled");
    Ok(if logging.is_some() { Way::On(evidence) } else { Way::Off(evidence) })
}

/// Standard logs of the new kind.
fn delivered(scan: Scan<'_>, distribution: &Distribution) -> Result<Way, Unknown> {
    let cloudfront = &scan.inventory.cloudfront;
    let deliveries = cloudfront.deliveries_of(distribution)?;
    let destinations: Vec<_> = deliveries.iter().map(|delivery| &delivery.destination).collect();
    if destinations.is_empty() {
        let sources = cloudfront.sources_of(distribution)?;
        let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        let field = "deliverySources of ACCESS_LOGS";
        let expected = "a source with this distribution, and a delivery of it";
        let observed = json!({ "sources": names, "deliveries": [] });
        return Ok(Way::Off(Evidence::of::<DeliverySources>(field, observed, expected)));
    }
    let field = "deliveries.deliveryDestinationArn";
    let expected = "a log group, bucket or stream";
    Ok(Way::On(Evidence::of::<Deliveries>(field, json!(destinations), expected)))
}
