//! Default endpoints that answer beside a custom domain that guards something.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    apigateway::{Api, DeployedMethod, DomainName, RestApi, RestStage},
};
use awspect_policy::Sender;
use serde_json::{Value, json};

use super::{
    doors::{Doors, Target, certificate},
    front::{Fronts, perhaps},
    guarded::Guarded,
    resource_policy::{Admits, admitted},
    routes::api_settings,
    strangers::each_api,
    waf::{all_ask, is_known},
};
use crate::{
    Scan,
    engine::{Judged, Subject, gaps},
};

/// Nobody goes around what a domain asks for.
pub(super) fn default_endpoint(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let mut judged = each_api(scan, |guarded| of_rest(guarded));
    let apis = &scan.inventory.apigateway.apis;
    let one = |api| Some((Subject::Resource(api as _), of_api(scan, api).transpose()?));
    judged.extend(apis.found.iter().filter_map(one).chain(gaps(apis)));
    judged
}

/// What domains ask for that the default endpoint does not.
struct Guards {
    evidence: Vec<Evidence>,
    /// Whether one of them is a certificate, which a firewall on the stage does not replace.
    certificate: bool,
}

/// The guards, if there are any to go around.
fn guards(scan: Scan<'_>, doors: &Doors<'_>) -> Result<Option<Guards>, Unknown> {
    let fronts = Fronts::of(scan, doors);
    let mut evidence = vec![];
    let expected = "the same on every way to the API";
    for door in doors.domains.iter().filter(|door| door.domain.mutual_tls.is_some()) {
        let shown = certificate(door.domain, expected);
        if !evidence.contains(&shown) {
            evidence.push(shown);
        }
    }
    if !evidence.is_empty() {
        return Ok(Some(Guards { evidence, certificate: true }));
    }
    let is_straight = fronts.found.iter().any(|front| front.domain.is_none());
    let (guarded, open) = fronts.behind_acl();
    let guarded = guarded.iter().filter(|front| front.domain.is_some());
    evidence.extend(guarded.map(|front| front.shown(expected)));
    if is_straight {
        return Ok(None);
    }
    let certain = !evidence.is_empty() && fronts.unread.is_none();
    if certain || !doors.target.default {
        let guards = Guards { evidence, certificate: false };
        return Ok((!guards.evidence.is_empty()).then_some(guards));
    }
    // A domain may have a distribution in front of it that nobody saw, and one that asks for a certificate may lead here.
    let open = open.filter(|_| !doors.domains.is_empty());
    let asks = |domain: Option<&DomainName>| domain.is_none_or(|own| own.mutual_tls.is_some());
    let mut asking = doors.perhaps().filter(|(domain, _)| asks(*domain));
    let asking = asking.next().map(|(_, unknown)| unknown.clone());
    match open.or(asking).or_else(|| perhaps(scan, doors)) {
        Some(unknown) => Err(unknown),
        None => Ok(None),
    }
}

fn of_rest(guarded: &Guarded<'_>) -> Judged {
    if guarded.is_private {
        return Ok(None);
    }
    let doors = guarded.doors(None);
    let Some(guards) = guards(guarded.scan, &doors)? else { return Ok(None) };
    let replaced = || {
        let own = if guards.certificate { Ok(None) } else { own_firewalls(guarded.api, &doors) };
        match (own, strangers_kept(guarded)) {
            (Ok(Some(own)), _) => Ok(Verdict::Pass(own)),
            (_, Ok(pass @ Verdict::Pass(_))) => Ok(pass),
            (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
            (Ok(None), Ok(fail)) => Ok(fail),
        }
    };
    let asks = |method: &DeployedMethod| {
        method.http_method == "OPTIONS" || is_known(&method.authorization)
    };
    let serving = &guarded.serving;
    let all_ask = serving.unread.is_none() && serving.served.iter().all(|own| asks(own.method));
    around(&doors, &guards, replaced, all_ask)
}

fn of_api(scan: Scan<'_>, api: &Api) -> Judged {
    let settings = api_settings(api)?;
    let doors = Doors::of(scan, Target::api(api, settings));
    let Some(guards) = guards(scan, &doors)? else { return Ok(None) };
    around(&doors, &guards, || Ok(nothing()), all_ask(api))
}

/// Whether the default endpoint leads around the guards, and past what else may stand there.
fn around(
    doors: &Doors<'_>,
    guards: &Guards,
    replaced: impl FnOnce() -> Decision,
    all_ask: bool,
) -> Judged {
    let expected = "true, for this asks for nothing of the kind";
    let mut evidence = vec![doors.target.default_endpoint(expected)];
    evidence.extend(guards.evidence.iter().cloned());
    if !doors.target.default {
        return Ok(Some(Verdict::Pass(evidence)));
    }
    match replaced()? {
        Verdict::Pass(own) => {
            evidence.extend(own);
            Ok(Some(Verdict::Pass(evidence)))
        }
        Verdict::Fail { evidence: own, .. } => {
            evidence.extend(own);
            let fault = Verdict::faults(evidence);
            Ok(Some(if all_ask { fault.severity(Severity::Low) } else { fault }))
        }
    }
}

/// The web ACLs of all stages that are mapped, if each has one.
fn own_firewalls(api: &RestApi, doors: &Doors<'_>) -> Result<Option<Vec<Evidence>>, Unknown> {
    let all = || doors.domains.iter().any(|door| door.stage.is_none());
    let is_mapped = |stage: &&RestStage| {
        all() || doors.domains.iter().any(|door| door.stage == Some(&stage.name))
    };
    let mapped: Vec<&RestStage> = api.stages.found.iter().filter(is_mapped).collect();
    if mapped.iter().any(|stage| stage.web_acl.is_none()) {
        return Ok(None);
    }
    if let Some(gap) = api.stages.gaps.first() {
        return Err(gap.unknown.clone());
    }
    let shown = mapped.iter().map(|stage| {
        let acl = stage.web_acl.as_ref().map_or(Value::Null, |acl| json!(acl));
        let field = format!("webAclArn of stage {}", stage.name);
        Evidence::of::<RestStage>(field, acl, "a web ACL, which stands on both ways")
    });
    let shown: Vec<Evidence> = shown.collect();
    Ok((!shown.is_empty()).then_some(shown))
}

/// Nothing else stands there.
fn nothing() -> Verdict {
    Verdict::Fail { evidence: vec![], severity: None }
}

/// Whether the policy lets in no stranger, by whichever way.
fn strangers_kept(guarded: &Guarded<'_>) -> Decision {
    let Some(policy) = guarded.policy.as_ref().map_err(Clone::clone)? else {
        return Ok(nothing());
    };
    let mut open = None;
    for sender in [Sender::Anybody, Sender::Foreigner] {
        match policy.admits_anywhere(sender) {
            Ok(Admits::Nothing) => {}
            Ok(Admits::This(witness)) => {
                return Ok(Verdict::faults(vec![admitted(witness.as_deref(), "no such request")]));
            }
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    let kept = || Verdict::Pass(vec![policy.kept_out(Sender::Anybody, None, "stranger")]);
    open.map_or_else(|| Ok(kept()), Err)
}
