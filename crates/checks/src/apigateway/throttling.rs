//! How many requests stages let through.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Unknown,
    apigateway::{DeployedMethods, RestApi, RestStage, Throttle, UsagePlan},
};
use serde_json::{Value, json};

use super::{
    serving::{Serving, is_preflight},
    stages::{ALL, region_settings},
};
use crate::Scan;

type Known<T> = Result<T, Unknown>;

/// Fewer requests get through than the account may have, by the stage's own limit or by those of all keys.
pub(super) fn bounded(scan: Scan<'_>, api: &RestApi, stage: &RestStage) -> Decision {
    let limit = account_limit(scan, stage);
    let own = stage.method_settings.get(ALL).map(|setting| setting.throttle);
    let by_stage = below(own, &limit);
    let plans = plans(scan, api, stage);
    let by_keys = and(|| all_ask_for_keys(api, stage), || plans_bound(scan, stage, &plans, &limit));
    let mut evidence = vec![shown(stage, own, &limit)];
    evidence.extend(singles(stage));
    match (by_stage, by_keys) {
        (Ok(true), _) => Ok(Verdict::Pass(evidence)),
        (_, Ok(true)) => {
            evidence.insert(0, keys(&plans));
            Ok(Verdict::Pass(evidence))
        }
        (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
        (Ok(false), Ok(false)) => {
            if !plans.is_empty() {
                evidence.extend([keys(&plans), open_methods(api, stage)]);
            }
            Ok(Verdict::faults(evidence))
        }
    }
}

/// Both, where one that is not decides.
fn and(a: impl Fn() -> Known<bool>, b: impl Fn() -> Known<bool>) -> Known<bool> {
    match (a(), b()) {
        (Ok(false), _) | (_, Ok(false)) => Ok(false),
        (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
        (Ok(true), Ok(true)) => Ok(true),
    }
}

/// How many thousandths of a request in a second all APIs of the region have together.
fn account_limit(scan: Scan<'_>, stage: &RestStage) -> Known<i64> {
    Ok(region_settings(scan, &stage.region)?.throttle.rate_milli)
}

/// Whether there is a limit, and one below the account's.
fn below(throttle: Option<Throttle>, limit: &Known<i64>) -> Known<bool> {
    match throttle.map(|own| own.rate_milli).filter(|rate| *rate >= 0) {
        None => Ok(false),
        Some(rate) => limit.clone().map(|limit| rate < limit),
    }
}

/// Whether nobody gets in without a key.
fn all_ask_for_keys(api: &RestApi, stage: &RestStage) -> Known<bool> {
    let serving = Serving::of_stage(api, stage);
    let mut open = serving.unread.clone();
    for method in serving.methods().filter(|own| !own.api_key_required) {
        match is_preflight(api, method) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    open.map_or(Ok(true), Err)
}

/// The usage plans that the stage is in.
fn plans<'a>(scan: Scan<'a>, api: &RestApi, stage: &RestStage) -> Vec<&'a UsagePlan> {
    let has = |plan: &&UsagePlan| {
        plan.stages.iter().any(|own| own.api == api.id && own.stage == stage.name)
    };
    let all = scan.inventory.apigateway.usage_plans.found.iter();
    all.filter(|plan| plan.region == stage.region).filter(has).collect()
}

/// Whether each key is bounded. Without a plan there is no key that gets in.
fn plans_bound(
    scan: Scan<'_>,
    stage: &RestStage,
    plans: &[&UsagePlan],
    limit: &Known<i64>,
) -> Known<bool> {
    let gaps = &scan.inventory.apigateway.usage_plans.gaps;
    let mut open = gaps.iter().find(|gap| gap.covers(&stage.region)).map(|gap| gap.unknown.clone());
    for plan in plans.iter().filter(|plan| plan.quota.is_none()) {
        match below(plan.throttle, limit) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    open.map_or(Ok(true), Err)
}

fn shown(stage: &RestStage, own: Option<Throttle>, limit: &Known<i64>) -> Evidence {
    let below = match limit {
        Ok(limit) => format!("the {} that the account has in {}", rate(*limit), stage.region),
        Err(_) => "the account's, by default 10000".to_owned(),
    };
    let expected = format!("a rate below {below}, in a second");
    let field = format!("methodSettings[{ALL}].throttlingRateLimit");
    Evidence::of::<RestStage>(field, own.map_or(Value::Null, |own| rate(own.rate_milli)), expected)
}

/// The limits of single methods, which do not make up for the others.
fn singles(stage: &RestStage) -> Option<Evidence> {
    let single = stage.method_settings.iter().filter(|(key, _)| key.as_str() != ALL);
    let limited = single.filter(|(_, setting)| setting.throttle.rate_milli >= 0);
    let rates: serde_json::Map<String, Value> =
        limited.map(|(key, setting)| (key.clone(), rate(setting.throttle.rate_milli))).collect();
    let field = "methodSettings[].throttlingRateLimit";
    let expected = "any; other methods have none of these";
    (!rates.is_empty()).then(|| Evidence::of::<RestStage>(field, rates, expected))
}

fn keys(plans: &[&UsagePlan]) -> Evidence {
    if plans.is_empty() {
        let field = "apiSummary[].apiKeyRequired";
        let expected = "a usage plan with a limit, or none, so that no key gets in";
        return Evidence::of::<DeployedMethods>(field, true, expected);
    }
    let plans: Vec<Value> = plans
        .iter()
        .map(|plan| {
            json!({ "id": plan.id, "name": plan.name,
                "rateLimit": plan.throttle.map(|own| rate(own.rate_milli)),
                "quota": plan.quota.as_ref().map(|quota| quota.limit) })
        })
        .collect();
    let expected = "keys for all methods, and a rate or a quota in every plan";
    Evidence::of::<UsagePlan>("items[].throttle, quota", plans, expected)
}

/// The methods that ask for no key.
fn open_methods(api: &RestApi, stage: &RestStage) -> Evidence {
    let serving = Serving::of_stage(api, stage);
    let open = serving.methods().filter(|own| !own.api_key_required);
    let open = open.filter(|own| is_preflight(api, own) != Ok(true));
    let open: Vec<String> = open.map(|own| format!("{} {}", own.http_method, own.path)).collect();
    let observed = json!({ "false": open });
    Evidence::of::<DeployedMethods>("apiSummary[].apiKeyRequired", observed, "true for all")
}

/// Requests in a second.
fn rate(milli: i64) -> Value {
    match (milli / 1_000, milli % 1_000) {
        (whole, 0) => json!(whole),
        (whole, rest) => format!("{whole}.{rest:03}").parse().map_or(Value::Null, Value::Number),
    }
}
