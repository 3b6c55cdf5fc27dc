//! Whether methods of REST APIs ask who calls.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    apigateway::{Authorization, DeployedMethod, DeployedMethods, Method},
};
use awspect_policy::Sender;
use serde_json::json;

use super::{
    guarded::Guarded,
    serving::{Served, answers_itself, edited, is_none, shown},
};
use crate::{
    Scan,
    engine::{Judged, Subject, gaps, unknown_value},
};

/// A method that may be served.
pub(super) struct Asked<'a> {
    /// As the API has it now, if it does.
    edited: Option<&'a Method>,
    path: &'a str,
    http_method: &'a str,
    served: Vec<Served<'a>>,
}

impl Asked<'_> {
    /// `GET /pets`
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.http_method, self.path)
    }
}

/// Puts each method to a rule: those that an API has, and those that it has no longer but that a stage still serves.
pub(super) fn each_method<'a>(
    scan: Scan<'a>,
    judge: impl Fn(&Guarded<'a>, &Asked<'a>) -> Judged,
) -> Vec<(Subject<'a>, Decision)> {
    let apis = &scan.inventory.apigateway.rest_apis;
    let mut judged = vec![];
    for api in &apis.found {
        match Guarded::of(scan, api) {
            Ok(guarded) => {
                let all = methods_of(&guarded).into_iter();
                judged.extend(all.filter_map(|(subject, asked)| {
                    let decision = judge(&guarded, &asked).transpose()?;
                    // What was not listed may still be there; then only a fault is said of it.
                    let is_whole = asked.edited.is_some() || api.methods.gaps.is_empty();
                    let counts = is_whole || matches!(decision, Ok(Verdict::Fail { .. }));
                    counts.then_some((subject, decision))
                }));
            }
            Err(unknown) => judged.extend(
                api.methods
                    .found
                    .iter()
                    .map(|method| (Subject::Resource(method as _), Err(unknown.clone()))),
            ),
        }
        judged.extend(gaps(&api.methods));
    }
    judged.extend(gaps(apis));
    judged
}

/// The methods of an API that are known, as they are now or as they are served.
pub(super) fn methods_of<'a>(guarded: &Guarded<'a>) -> Vec<(Subject<'a>, Asked<'a>)> {
    let Guarded { api, serving, .. } = guarded;
    let own = api.methods.found.iter().map(|method| {
        let served = serving.of_method(&method.path, &method.http_method);
        let (path, http_method) = (&method.path, &method.http_method);
        let asked = Asked { edited: Some(method), path, http_method, served };
        (Subject::Resource(method as _), asked)
    });
    let mut methods: Vec<_> = own.collect();
    let mut left: Vec<&DeployedMethod> = vec![];
    for one in serving.methods() {
        let is_known = left.iter().any(|own| is_same(own, one));
        if !is_known && !matches!(edited(api, one), Ok(Some(_))) {
            left.push(one);
        }
    }
    methods.extend(left.into_iter().map(|one| {
        let served = serving.of_method(&one.path, &one.http_method);
        let (path, http_method) = (&one.path, &one.http_method);
        let asked = Asked { edited: None, path, http_method, served };
        (Subject::Part(*api as _, asked.name()), asked)
    }));
    methods
}

fn is_same(one: &DeployedMethod, other: &DeployedMethod) -> bool {
    one.path == other.path && one.http_method == other.http_method
}

const CREDENTIALS: &str = "AWS_IAM, COGNITO_USER_POOLS or CUSTOM";

/// A method asks for something.
pub(super) fn no_auth(guarded: &Guarded<'_>, asked: &Asked<'_>) -> Judged {
    let is_mock = asked.edited.is_some_and(answers_itself);
    let is_options = asked.http_method == "OPTIONS";
    if is_options && is_mock {
        return Ok(None);
    }
    let (open, rest): (Vec<_>, Vec<_>) = asked
        .served
        .iter()
        .copied()
        .partition(|served| is_none(served.method) && !served.method.api_key_required);
    let verdict = kept(guarded, asked, &open, &rest)?;
    let Some(Verdict::Fail { mut evidence, severity }) = verdict else { return Ok(verdict) };
    if is_options && asked.edited.is_none() {
        let why =
            "the API no longer has the method, and does not say whether anything was behind it";
        return Err(Unknown::new(Method::ACTION, Reason::Undecided).because(why));
    }
    if !is_options && !is_mock {
        return Ok(Some(Verdict::Fail { evidence, severity }));
    }
    let behind = asked.edited.and_then(|method| method.integration.as_ref());
    let observed = json!({ "httpMethod": asked.http_method,
        "type": behind.map(|behind| behind.kind.as_str()) });
    let expected = "OPTIONS with MOCK, which is how CORS is done";
    evidence.push(Evidence::of::<Method>("methodIntegration", observed, expected));
    Ok(Some(Verdict::faults(evidence).severity(Severity::Low)))
}

/// A method asks for more than an API key.
pub(super) fn key_alone(guarded: &Guarded<'_>, asked: &Asked<'_>) -> Judged {
    let (none, rest): (Vec<_>, Vec<_>) =
        asked.served.iter().copied().partition(|served| is_none(served.method));
    let keyed: Vec<_> =
        none.iter().copied().filter(|served| served.method.api_key_required).collect();
    if keyed.is_empty() && rest.is_empty() {
        return guarded.serving.unread.clone().map_or(Ok(None), Err);
    }
    kept(guarded, asked, &keyed, &rest)
}

/// Whether strangers are kept from where a method asks for too little.
fn kept(
    guarded: &Guarded<'_>,
    asked: &Asked<'_>,
    open: &[Served<'_>],
    rest: &[Served<'_>],
) -> Judged {
    let unread = guarded.serving.unread.clone();
    if asked.served.is_empty() {
        return unread.map_or(Ok(None), Err);
    }
    let verdict = if open.is_empty() {
        Verdict::Pass(vec![])
    } else {
        guarded.keeps_out(Sender::Anybody, open)?
    };
    match verdict {
        Verdict::Fail { evidence, severity } => {
            let mut all = shown(open, CREDENTIALS);
            all.extend(asked.edited.and_then(guarded_since));
            all.extend(evidence);
            Ok(Some(Verdict::Fail { evidence: all, severity }))
        }
        Verdict::Pass(evidence) => {
            let other = rest.iter().find_map(|served| match &served.method.authorization {
                Authorization::Other(other) => Some(unknown_value::<DeployedMethods>(other)),
                _ => None,
            });
            if let Some(unknown) = unread.or(other) {
                return Err(unknown);
            }
            let mut all = shown(&asked.served, CREDENTIALS);
            all.extend(evidence);
            Ok(Some(Verdict::Pass(all)))
        }
    }
}

/// What a method asks for by now, where it does.
fn guarded_since(method: &Method) -> Option<Evidence> {
    let now = method.authorization.as_str();
    let expected = "the same in the stages, which a deployment brings";
    let asks = method.authorization != Authorization::None;
    asks.then(|| Evidence::of::<Method>("authorizationType, as the API has it now", now, expected))
}
