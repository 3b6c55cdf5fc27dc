//! The resource policy of a REST API, and whom it admits.

use std::{borrow::Cow, cell::OnceCell};

use awspect_findings::Evidence;
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    apigateway::{RestApi, RestApiPolicy},
};
use awspect_policy::{Answer, Budget, Facts, Gateway, Methods, Policy, Sender, Witness};
use serde_json::{Value, json};

use super::paths;
use crate::{
    Scan,
    policy::{facts, place, request, undecided},
};

/// How a resource begins that leaves out what is the same for all of an API.
const SHORT: &str = "execute-api:/";

/// The resource policy of an API, read.
pub(super) struct ResourcePolicy<'a> {
    policy: Policy,
    facts: Facts,
    api: &'a RestApi,
    /// The API by the ARN that requests for it begin with.
    pub(super) arn: String,
    is_private: bool,
    /// Whether there is nothing at all that it admits a sender to, by sender.
    closed: [OnceCell<bool>; 3],
}

/// What a policy says to requests.
pub(super) enum Admits {
    /// None gets through.
    Nothing,
    /// One does, such as this.
    This(Option<Box<Witness>>),
}

impl<'a> ResourcePolicy<'a> {
    /// The policy of an API that has one.
    pub(super) fn of(
        scan: Scan<'_>,
        api: &'a RestApi,
        is_private: bool,
    ) -> Result<Option<Self>, Unknown> {
        let Some(RestApiPolicy(text)) = api.policy.known()? else { return Ok(None) };
        let account = &scan.inventory.account;
        let (partition, region) = (&account.partition, &api.region);
        let arn = format!("arn:{partition}:execute-api:{region}:{}:{}", account.id, api.id);
        let policy = Policy::parse(&in_full(text, &arn)).map_err(|error| {
            Unknown::new(RestApiPolicy::ACTION, Reason::Malformed).because(error.to_string())
        })?;
        let closed = Default::default();
        Ok(Some(Self { policy, facts: facts(scan), api, arn, is_private, closed }))
    }

    /// Whether a request of such a sender for one of the methods gets through.
    pub(super) fn admits(&self, sender: Sender, methods: &Methods) -> Result<Admits, Unknown> {
        let closed = match sender {
            Sender::Anybody => &self.closed[0],
            Sender::Foreigner => &self.closed[1],
            Sender::Elsewhere => &self.closed[2],
        };
        let is_closed = || matches!(self.admits_anywhere(sender), Ok(Admits::Nothing));
        if *closed.get_or_init(is_closed) { Ok(Admits::Nothing) } else { self.ask(sender, methods) }
    }

    /// Whether any request of such a sender gets through.
    pub(super) fn admits_anywhere(&self, sender: Sender) -> Result<Admits, Unknown> {
        self.ask(sender, &paths::all(&self.arn))
    }

    /// That it keeps somebody from all methods, or from these, and the denies that do it.
    pub(super) fn kept_out(
        &self,
        sender: Sender,
        methods: Option<&Methods>,
        who: &'static str,
    ) -> Evidence {
        let all = || paths::all(&self.arn);
        let methods = methods.cloned().unwrap_or_else(all);
        let denies = self.gateway().blockers(sender, &methods, &Budget::default());
        let denies: Vec<String> = denies.iter().map(place).collect();
        let field = if denies.is_empty() { "policy".to_owned() } else { denies.join(", ") };
        let observed = json!({ "lets in": format!("no {who}") });
        Evidence::of::<RestApiPolicy>(field, observed, format!("no {who}"))
    }

    fn gateway(&self) -> Gateway<'_> {
        let (policy, facts) = (&self.policy, &self.facts);
        Gateway { policy, private: self.is_private, region: self.api.region.as_str(), facts }
    }

    fn ask(&self, sender: Sender, methods: &Methods) -> Result<Admits, Unknown> {
        match self.gateway().admits(sender, methods, &Budget::default()) {
            Answer::Yes(witness) => Ok(Admits::This(witness)),
            Answer::No(_) => Ok(Admits::Nothing),
            open => Err(undecided::<RestApiPolicy>(open)),
        }
    }
}

/// The request that got through.
pub(super) fn admitted(witness: Option<&Witness>, expected: &'static str) -> Evidence {
    request::<RestApiPolicy>(witness, expected)
}

/// That there is no policy.
pub(super) fn without(expected: &'static str) -> Evidence {
    Evidence::of::<RestApiPolicy>("policy", Value::Null, expected)
}

/// The policy with all of each resource's ARN, as API Gateway writes it where somebody says `execute-api:/*`.
fn in_full<'a>(text: &'a str, arn: &str) -> Cow<'a, str> {
    let mut document: Value = serde_json::from_str(text).unwrap_or_default();
    let mut is_short = false;
    for statement in document.get_mut("Statement").into_iter().flat_map(each_of) {
        for element in ["Resource", "NotResource"] {
            for resource in statement.get_mut(element).into_iter().flat_map(each_of) {
                if let Some(rest) = resource.as_str().and_then(|own| own.strip_prefix(SHORT)) {
                    *resource = Value::from(format!("{arn}/{rest}"));
                    is_short = true;
                }
            }
        }
    }
    if is_short { Cow::Owned(document.to_string()) } else { Cow::Borrowed(text) }
}

/// The items of a list, or the one that stands for it.
fn each_of(value: &mut Value) -> &mut [Value] {
    match value {
        Value::Array(items) => items,
        one => std::slice::from_mut(one),
    }
}

#[cfg(test)]
mod tests {
    use super::in_full;

    #[test]
    fn short_resources_are_those_of_the_api() {
        let arn = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3";
        let short = r#"{"Statement":[{"Resource":"execute-api:\/*"},{"NotResource":["execute-api:/prod/GET/*","*"]}]}"#;
        let full = r#"{"Statement":[{"Resource":"arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/*"},{"NotResource":["arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/prod/GET/*","*"]}]}"#;
        assert_eq!(in_full(short, arn), full);
        for same in [full, r#"{"Statement":{"Resource":"*"}}"#, "no policy"] {
            assert_eq!(in_full(same, arn), same);
        }
    }
}
