//! REST APIs whose resource policy lets strangers in.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    apigateway::{Authorization, DeployedMethods, RestApi},
};
use awspect_policy::Sender;
use serde_json::json;

use super::{
    guarded::{Guarded, add},
    resource_policy::{Admits, admitted, without},
    serving::{Served, is_mock, shown},
};
use crate::{
    Scan,
    engine::{Judged, Subject, gaps, unknown_value},
};

/// What a method asks for beside the policy, the least first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Nothing.
    Nothing,
    /// A signature of AWS's, which a foreign account permits its own to make.
    Signature,
    /// An API key.
    Key,
    /// Something that an authorizer knows.
    Authorizer,
}

impl Asks {
    const ALL: [Self; 4] = [Self::Nothing, Self::Signature, Self::Key, Self::Authorizer];

    fn sender(self) -> Sender {
        if self == Self::Signature { Sender::Foreigner } else { Sender::Anybody }
    }
}

const EXPECTED: &str = "any, behind a policy that names who may come";

/// No stranger's request passes the policy of an API on the Internet.
pub(super) fn policy_public(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    each_api(scan, |guarded| {
        if guarded.is_private || matches!(guarded.policy, Ok(None)) {
            return Ok(None);
        }
        let severity = |asks| match asks {
            Asks::Nothing | Asks::Signature => Severity::High,
            Asks::Key => Severity::Medium,
            Asks::Authorizer => Severity::Low,
        };
        match passing(guarded, severity) {
            Passing { fault: Some(fault), .. } => Ok(Some(fault)),
            Passing { open: Some(unknown), .. } => Err(unknown),
            Passing { kept, .. } if kept.is_empty() => {
                let field = "apiSummary, methods with something behind them";
                let none = Evidence::of::<DeployedMethods>(field, json!([]), EXPECTED);
                Ok(Some(Verdict::Pass(vec![none])))
            }
            Passing { kept, .. } => Ok(Some(Verdict::Pass(kept))),
        }
    })
}

/// No stranger's request passes the policy of a private API.
pub(super) fn private_open(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    each_api(scan, |guarded| {
        if !guarded.is_private {
            return Ok(None);
        }
        let policy = match &guarded.policy {
            Ok(Some(policy)) => policy,
            Ok(None) => {
                let expected = "none, which lets nobody in, or one that names VPCs or endpoints";
                return Ok(Some(Verdict::Pass(vec![without(expected)])));
            }
            Err(unknown) => return Err(unknown.clone()),
        };
        let severity = |asks| match asks {
            Asks::Authorizer => Severity::Medium,
            Asks::Nothing | Asks::Signature | Asks::Key => Severity::High,
        };
        let Passing { fault, open, .. } = passing(guarded, severity);
        if fault.is_some() {
            return Ok(fault);
        }
        let mut unsure = None;
        for sender in [Sender::Anybody, Sender::Foreigner] {
            match policy.admits_anywhere(sender) {
                Ok(Admits::Nothing) => {}
                Ok(Admits::This(witness)) => {
                    let expected = "requests through VPCs or endpoints that the policy names";
                    let fault = Verdict::faults(vec![admitted(witness.as_deref(), expected)]);
                    let severity = if open.is_some() { None } else { Some(Severity::Low) };
                    return Ok(Some(severity.map_or(fault.clone(), |own| fault.severity(own))));
                }
                Err(unknown) => _ = unsure.get_or_insert(unknown),
            }
        }
        if let Some(unknown) = unsure {
            return Err(unknown);
        }
        let who = "request through a stranger's VPC endpoint";
        Ok(Some(Verdict::Pass(vec![policy.kept_out(Sender::Anybody, None, who)])))
    })
}

/// Puts each REST API to a rule that it may not concern.
pub(super) fn each_api<'a>(
    scan: Scan<'a>,
    judge: impl Fn(&Guarded<'a>) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    let apis = &scan.inventory.apigateway.rest_apis;
    let one = |api: &'a RestApi| {
        let judged = Guarded::of(scan, api).and_then(|guarded| judge(&guarded));
        Some((Subject::Resource(api as _), judged.transpose()?))
    };
    apis.found.iter().filter_map(one).chain(gaps(apis)).collect()
}

/// Which strangers' requests pass.
struct Passing {
    /// The worst that does.
    fault: Option<Verdict>,
    /// Why others may.
    open: Option<Unknown>,
    /// What keeps out those that do not.
    kept: Vec<Evidence>,
}

/// The worst request of a stranger that gets to a method with something behind it.
fn passing(guarded: &Guarded<'_>, severity: impl Fn(Asks) -> Severity) -> Passing {
    let (mut open, mut kept) = (guarded.serving.unread.clone(), vec![]);
    let mut kinds: Vec<(Asks, Served<'_>)> = vec![];
    for served in guarded.serving.served.iter().filter(|own| own.method.http_method != "OPTIONS") {
        match asks(guarded.api, served) {
            Ok(Some(asks)) => kinds.push((asks, *served)),
            Ok(None) => {}
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    for asks in Asks::ALL {
        for (_, served) in kinds.iter().filter(|(own, _)| *own == asks) {
            match guarded.keeps_out(asks.sender(), &[*served]) {
                Ok(Verdict::Pass(evidence)) => {
                    add(&mut kept, evidence);
                }
                Ok(Verdict::Fail { evidence, .. }) => {
                    let mut all = evidence;
                    all.extend(shown(&[*served], EXPECTED));
                    let fault = Verdict::faults(all).severity(severity(asks));
                    return Passing { fault: Some(fault), open, kept };
                }
                Err(unknown) => _ = open.get_or_insert(unknown),
            }
        }
    }
    Passing { fault: None, open, kept }
}

/// What a method asks for; nothing where nothing is behind it.
fn asks(api: &RestApi, served: &Served<'_>) -> Result<Option<Asks>, Unknown> {
    let method = served.method;
    if is_mock(api, method)? {
        return Ok(None);
    }
    Ok(Some(match &method.authorization {
        Authorization::None if method.api_key_required => Asks::Key,
        Authorization::None => Asks::Nothing,
        Authorization::AwsIam => Asks::Signature,
        Authorization::Custom | Authorization::CognitoUserPools | Authorization::Jwt => {
            Asks::Authorizer
        }
        Authorization::Other(other) => return Err(unknown_value::<DeployedMethods>(other)),
    }))
}
