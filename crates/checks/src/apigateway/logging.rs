//! What stages write down of who called what.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Arn, Fact,
    apigateway::{AccessLog, ApiRegionSettings, ApiStage, LoggingLevel, RestStage},
};
use serde_json::json;

use super::stages::{ALL, region_settings};
use crate::{Scan, engine::unknown_value};

/// Errors of all methods are written down, somewhere.
pub(super) fn execution(scan: Scan<'_>, stage: &RestStage) -> Decision {
    let level = stage.method_settings.get(ALL).and_then(|setting| setting.logging.as_ref());
    let field = format!("methodSettings[{ALL}].loggingLevel");
    let own = Evidence::of::<RestStage>(field, level.map(LoggingLevel::as_str), "ERROR or INFO");
    match level {
        Some(LoggingLevel::Error | LoggingLevel::Info) => {}
        Some(LoggingLevel::Other(other)) => return Err(unknown_value::<RestStage>(other)),
        Some(LoggingLevel::Off) | None if stage.access_log.is_some() => {
            let log = destination::<RestStage>(REST_LOG, stage.access_log.as_ref());
            return Ok(Verdict::faults(vec![own, log]).severity(Severity::Info));
        }
        Some(LoggingLevel::Off) | None => return Ok(Verdict::faults(vec![own])),
    }
    let settings = region_settings(scan, &stage.region)?;
    if settings.cloudwatch_role.is_none() {
        return Ok(Verdict::faults(vec![role(settings)]));
    }
    let silent: Vec<&String> = stage
        .method_settings
        .iter()
        .filter(|(_, it)| is_silent(it.logging.as_ref()))
        .map(|(key, _)| key)
        .collect();
    let field = "methodSettings[].loggingLevel";
    let silent = (!silent.is_empty())
        .then(|| Evidence::of::<RestStage>(field, json!({ "OFF": silent }), "few methods, if any"));
    Ok(Verdict::Pass([own, role(settings)].into_iter().chain(silent).collect()))
}

fn is_silent(level: Option<&LoggingLevel>) -> bool {
    matches!(level, Some(LoggingLevel::Off) | None)
}

/// By which role logs are written in a region.
fn role(settings: &ApiRegionSettings) -> Evidence {
    let role = settings.cloudwatch_role.as_ref().map(Arn::as_str);
    let expected = "a role by which API Gateway writes logs";
    Evidence::of::<ApiRegionSettings>("cloudwatchRoleArn", role, expected)
}

const REST_LOG: &str = "accessLogSettings.destinationArn";

fn destination<F: Fact>(field: &'static str, log: Option<&AccessLog>) -> Evidence {
    let destination = log.map(|log| log.destination.as_str());
    Evidence::of::<F>(field, destination, "a log group or a stream of Data Firehose")
}

/// Each request is written down.
pub(super) fn access(stage: &RestStage) -> Verdict {
    let log = stage.access_log.as_ref();
    Verdict::holds(log.is_some(), destination::<RestStage>(REST_LOG, log))
}

/// Each request to an HTTP or WebSocket API is written down.
pub(super) fn api_access(stage: &ApiStage) -> Verdict {
    let log = stage.access_log.as_ref();
    let field = "AccessLogSettings.DestinationArn";
    Verdict::holds(log.is_some(), destination::<ApiStage>(field, log))
}

/// What users send and get is not written down.
pub(super) fn full_requests(scan: Scan<'_>, stage: &RestStage) -> Verdict {
    let traced = || stage.method_settings.iter().filter(|(_, setting)| setting.data_trace);
    let mut evidence: Vec<Evidence> = traced()
        .map(|(key, setting)| {
            let observed = json!({ "dataTraceEnabled": setting.data_trace,
                "loggingLevel": setting.logging.as_ref().map(LoggingLevel::as_str) });
            let field = format!("methodSettings[{key}]");
            Evidence::of::<RestStage>(field, observed, "dataTraceEnabled false")
        })
        .collect();
    if evidence.is_empty() {
        let field = "methodSettings[].dataTraceEnabled";
        return Verdict::Pass(vec![Evidence::of::<RestStage>(field, false, "false")]);
    }
    if traced().all(|(_, setting)| is_silent(setting.logging.as_ref())) {
        return Verdict::faults(evidence).severity(Severity::Low);
    }
    match region_settings(scan, &stage.region) {
        Ok(settings) if settings.cloudwatch_role.is_none() => {
            evidence.push(role(settings));
            Verdict::faults(evidence).severity(Severity::Low)
        }
        _ => Verdict::faults(evidence),
    }
}

/// Requests can be followed to what they set off.
pub(super) fn tracing(stage: &RestStage) -> Verdict {
    let evidence = Evidence::of::<RestStage>("tracingEnabled", stage.tracing, "true");
    Verdict::holds(stage.tracing, evidence)
}
