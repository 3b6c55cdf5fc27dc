//! REST APIs that are called internal: whether they are private, or answer only addresses that are named.

use std::collections::BTreeMap;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    apigateway::{EndpointType, RestApi, RestApiSettings, RestStage},
};
use awspect_policy::Sender;
use serde_json::json;

use super::{
    exposed::is_deployed,
    guarded::Guarded,
    resource_policy::{Admits, admitted, without},
    strangers::each_api,
};
use crate::{Scan, engine::Subject, words::words};

/// Tags that say yes or no.
const PLAIN: [&str; 2] = ["internal", "private"];
/// Tags that say for whom.
const AUDIENCE: [&str; 6] = ["exposure", "visibility", "access", "scope", "network", "audience"];
/// What these say of what is internal.
const INTERNAL: [&str; 3] = ["internal", "private", "intranet"];
/// Words of names that say it.
const WORDS: [&str; 4] = ["internal", "intranet", "private", "backoffice"];
/// Words before them that take it back.
const NEGATIONS: [&str; 3] = ["non", "not", "no"];
/// Words that leave it undecided.
const PUBLIC: [&str; 2] = ["public", "external"];

/// An API that is called internal is private.
pub(super) fn private(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    each_api(scan, |guarded| {
        let Some(called) = internal(guarded.api, guarded.settings) else { return Ok(None) };
        let types: Vec<&str> =
            guarded.settings.endpoint_types.iter().map(EndpointType::as_str).collect();
        let types =
            Evidence::of::<RestApiSettings>("endpointConfiguration.types", types, "PRIVATE");
        if guarded.is_private {
            return Ok(Some(Verdict::Pass(vec![called, types])));
        }
        let mut evidence = vec![called, types];
        let Ok(Verdict::Pass(named)) = by_address(guarded) else {
            return Ok(Some(Verdict::faults(evidence)));
        };
        evidence.extend(named);
        Ok(Some(Verdict::faults(evidence).severity(Severity::Info)))
    })
}

/// An API that is called internal and has a public endpoint answers only addresses that are named.
pub(super) fn named_addresses(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    each_api(scan, |guarded| {
        let Some(called) = internal(guarded.api, guarded.settings) else { return Ok(None) };
        if guarded.is_private {
            return Ok(None);
        }
        let doors = guarded.doors(None);
        let (exist, deployed) = (doors.exist(), is_deployed(guarded.api));
        if exist == Ok(false) {
            let expected = "true, with no custom domain mapped";
            return Ok(Some(Verdict::Pass(vec![called, doors.target.default_endpoint(expected)])));
        }
        if deployed == Ok(false) {
            let expected = "none with a deployment, or named addresses";
            let none = Evidence::of::<RestStage>("stageName", json!([]), expected);
            return Ok(Some(Verdict::Pass(vec![called, none])));
        }
        let mut verdict = by_address(guarded)?;
        if matches!(verdict, Verdict::Fail { .. }) {
            exist?;
            deployed?;
        }
        let (Verdict::Pass(evidence) | Verdict::Fail { evidence, .. }) = &mut verdict;
        evidence.insert(0, called);
        Ok(Some(verdict))
    })
}

/// Whether the policy lets in only requests from addresses that it names.
fn by_address(guarded: &Guarded<'_>) -> Decision {
    let policy = guarded.policy.as_ref().map_err(Clone::clone)?;
    let Some(policy) = policy else {
        return Ok(Verdict::faults(vec![without("a policy that names addresses")]));
    };
    let mut open: Option<Unknown> = None;
    for sender in [Sender::Anybody, Sender::Foreigner, Sender::Elsewhere] {
        match policy.admits_anywhere(sender) {
            Ok(Admits::Nothing) => {}
            Ok(Admits::This(witness)) => {
                let expected = "requests from addresses that the policy names";
                let fault = Verdict::faults(vec![admitted(witness.as_deref(), expected)]);
                // Whoever signs it is one that the policy names.
                let is_named = sender == Sender::Elsewhere;
                return Ok(if is_named { fault.severity(Severity::Low) } else { fault });
            }
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    if let Some(unknown) = open {
        return Err(unknown);
    }
    let who = "request from an address that it does not name";
    Ok(Verdict::Pass(vec![policy.kept_out(Sender::Anybody, None, who)]))
}

/// What says that an API is internal, if its owner calls it so.
fn internal(api: &RestApi, settings: &RestApiSettings) -> Option<Evidence> {
    let expected = "any; this is what says that the API is internal";
    match tagged(&settings.tags) {
        Some((tag, true)) => Some(Evidence::of::<RestApiSettings>("tags", tag, expected)),
        Some((_, false)) => None,
        None => is_internal_name(&api.name)
            .then(|| Evidence::of::<RestApi>("name", &*api.name, expected)),
    }
}

/// What the tags say, and which: one that says yes counts before one that says no.
fn tagged(tags: &BTreeMap<String, String>) -> Option<(String, bool)> {
    let say = tags.iter().filter_map(|(key, value)| {
        let (name, own) = (key.to_lowercase(), value.to_lowercase());
        let yes = if PLAIN.contains(&name.as_str()) {
            ["true", "yes", ""].contains(&own.as_str())
        } else if AUDIENCE.contains(&name.as_str()) {
            INTERNAL.contains(&own.as_str())
        } else {
            return None;
        };
        Some((format!("{key}={value}"), yes))
    });
    say.max_by_key(|(_, yes)| *yes)
}

fn is_internal_name(name: &str) -> bool {
    let all: Vec<String> = words(name).into_iter().filter(|word| !word.is_empty()).collect();
    let is = |list: &[&str], word: &String| list.contains(&word.as_str());
    let is_taken_back = |at: usize| {
        at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| is(&NEGATIONS, before))
    };
    let says = all.iter().enumerate().any(|(at, word)| is(&WORDS, word) && !is_taken_back(at));
    says && !all.iter().any(|word| is(&PUBLIC, word))
}

#[cfg(test)]
mod tests {
    use super::{is_internal_name, tagged};

    #[test]
    fn a_name_says_it_by_a_word() {
        for name in
            ["orders-internal", "orders_internal_v2", "OrdersInternal", "private", "backoffice.api"]
        {
            assert!(is_internal_name(name), "{name}");
        }
        for name in [
            "internalisation",
            "orders",
            "non-internal",
            "notPrivate",
            "no internal",
            "public-and-internal",
            "internal-external-bridge",
            "",
        ] {
            assert!(!is_internal_name(name), "{name}");
        }
    }

    #[test]
    fn a_tag_says_it_by_its_key_or_value() {
        let say = |tags: &[(&str, &str)]| {
            let own = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
            tagged(&own.collect()).map(|(_, yes)| yes)
        };
        for tag in [("internal", "true"), ("Private", ""), ("Exposure", "Internal")] {
            assert_eq!(say(&[tag]), Some(true), "{tag:?}");
        }
        for tag in [("internal", "false"), ("exposure", "public"), ("audience", "")] {
            assert_eq!(say(&[tag]), Some(false), "{tag:?}");
        }
        assert_eq!(say(&[("team", "internal")]), None);
        assert_eq!(say(&[("exposure", "public"), ("internal", "yes")]), Some(true));
    }
}
