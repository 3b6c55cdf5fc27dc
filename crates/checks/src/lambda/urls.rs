//! Function URLs: who may call them, and from which pages.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Observed, Reason, Unknown,
    lambda::{Alias, Function, FunctionPolicy, FunctionUrl, UrlAuth},
};
use awspect_policy::{Answer, Budget, Scope, Way};

use super::callers::of_function;
use crate::{
    Scan,
    cors::{allows_credentials, any_open, shown},
    engine::{Subject, gaps, unknown_value},
    policy::{request, undecided},
};

const AUTH: &str = "FunctionUrlConfigs[].AuthType";

/// Puts each URL, with its function, to a rule.
pub(super) fn each_url<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Function, &'a FunctionUrl) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let functions = &scan.inventory.lambda.functions;
    let mut judged = vec![];
    for function in &functions.found {
        let own = function.urls.found.iter();
        judged.extend(own.map(|url| (Subject::Resource(url as _), decide(function, url))));
        judged.extend(gaps(&function.urls));
    }
    judged.extend(gaps(functions));
    judged
}

/// Strangers' calls are refused.
pub(super) fn public(scan: Scan<'_>, function: &Function, url: &FunctionUrl) -> Decision {
    let way = match &url.auth {
        UrlAuth::None => Way::Url { signed: false },
        UrlAuth::AwsIam => Way::Url { signed: true },
        UrlAuth::Other(other) => return Err(unknown_value::<FunctionUrl>(other)),
    };
    let expected = "AWS_IAM, or a policy that lets in no stranger";
    let auth = Evidence::of::<FunctionUrl>(AUTH, url.auth.as_str(), expected);
    let Some(document) = of_function(scan, url.arn.as_str(), policy(function, url)?)? else {
        let none = Evidence::of::<FunctionPolicy>("Policy", (), "none, or one that names callers");
        return Ok(Verdict::Pass(vec![auth, none]));
    };
    let budget = Budget::default();
    let passes = |action| document.subject().strangers_call(way, &Scope::In(vec![action]), &budget);
    let witness = match passes("lambda:InvokeFunctionUrl") {
        Answer::Yes(witness) => witness,
        Answer::No(_) => return Ok(Verdict::Pass(vec![auth])),
        other => return Err(undecided::<FunctionPolicy>(other)),
    };
    let expected = "no such call of a stranger's";
    let mut evidence = vec![auth, request::<FunctionPolicy>(witness.as_deref(), expected)];
    match passes("lambda:InvokeFunction") {
        Answer::No(_) => {
            let observed = "does not let strangers invoke the function by its URL";
            let expected = "the same for lambda:InvokeFunctionUrl; URLs made since October 2025 \
                            need both";
            evidence.push(Evidence::of::<FunctionPolicy>("Policy", observed, expected));
            Ok(Verdict::faults(evidence).severity(Severity::Low))
        }
        _ => Ok(Verdict::faults(evidence)),
    }
}

/// The policy of what the URL calls.
fn policy<'a>(
    function: &'a Function,
    url: &FunctionUrl,
) -> Result<&'a Observed<FunctionPolicy>, Unknown> {
    if url.qualifier.is_none() {
        return Ok(&function.policy);
    }
    let aliases = &function.aliases;
    match aliases.found.iter().find(|alias| alias.arn == url.arn) {
        Some(alias) => Ok(&alias.policy),
        None => Err(aliases.gaps.first().map_or_else(
            || Unknown::new(Alias::ACTION, Reason::NotCollected),
            |gap| gap.unknown.clone(),
        )),
    }
}

/// Browsers are answered from origins that somebody owns.
pub(super) fn open_origins(url: &FunctionUrl) -> Verdict {
    let Some(cors) = &url.cors else { return Verdict::Pass(vec![]) };
    let evidence = shown::<FunctionUrl>("FunctionUrlConfigs[].Cors", cors);
    if !any_open(&cors.allow_origins) {
        return Verdict::Pass(vec![evidence]);
    }
    let severity = match url.auth {
        UrlAuth::AwsIam => Severity::Low,
        _ if allows_credentials(cors) => Severity::High,
        _ => Severity::Medium,
    };
    let expected = "any; AWS_IAM takes signed requests, which pages cannot make";
    let auth = Evidence::of::<FunctionUrl>(AUTH, url.auth.as_str(), expected);
    Verdict::faults(vec![evidence, auth]).severity(severity)
}
