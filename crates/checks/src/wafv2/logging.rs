//! Whether a web ACL logs the requests that it stops.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    wafv2::{LogFilter, LoggingConfiguration, WebAcl, WebAclLogging},
};
use serde_json::{Value, json};

use super::log_filter::{Fate, of_blocked, shown};

/// What was blocked is in a log. The best of several counts.
pub(super) fn stopped(acl: &WebAcl) -> Decision {
    let all = acl.logging.known()?.map(|WebAclLogging(all)| all.as_slice()).unwrap_or_default();
    let fates: Vec<_> = all.iter().map(|log| of_blocked(log.filter.as_ref())).collect();
    let logs = all.iter().zip(&fates).map(|(log, fate)| listed(log, fate));
    let logs = logs.collect::<Vec<_>>();
    let observed = if logs.is_empty() { Value::Null } else { Value::Array(logs) };
    let expected = "a log that keeps the requests that were blocked";
    let evidence = Evidence::of::<WebAclLogging>("LoggingConfigurations", observed, expected);
    if fates.contains(&Ok(Fate::Kept)) {
        return Ok(Verdict::Pass(vec![evidence]));
    }
    let fates = fates.into_iter().collect::<Result<Vec<Fate>, _>>()?;
    let verdict = Verdict::faults(vec![evidence]);
    let some = fates.contains(&Fate::KeptSometimes);
    Ok(if some { verdict.severity(Severity::Low) } else { verdict })
}

fn listed(log: &LoggingConfiguration, fate: &Result<Fate, Unknown>) -> Value {
    json!({
        "LogScope": log.owner.as_str(),
        "LogDestinationConfigs": log.destinations,
        "ManagedByFirewallManager": log.managed_by_firewall_manager,
        "LoggingFilter": log.filter.as_ref().map_or(Value::Null, |filter: &LogFilter| shown(filter)),
        "blocked requests": fate.as_ref().map_or("not known", |fate| fate.as_str()),
    })
}
