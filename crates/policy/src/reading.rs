//! Reads what stands around a policy in a question: requests, lists of documents, lists of cases.

use std::collections::BTreeMap;

use crate::ask::{Asked, Question, Reply};
use crate::cell::{Facts, Kind};
use crate::names::{AccountId, Key};
use crate::node::Node;
use crate::parse::PolicyError;
use crate::policy::Policy;
use crate::principal::Caller;
use crate::request::Request;

/// Why a question cannot be put.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// No such question.
    #[error("unknown question `{0}`")]
    Question(String),
    /// No such kind of policy.
    #[error("unknown kind of policy `{0}`, expected `resource`, `identity` or `trust`")]
    Kind(String),
    /// The question is not about this kind of policy.
    #[error("`{0}` is not a question about this kind of policy")]
    Unsuited(Question),
    /// No account number.
    #[error("`{0}` is not an account number of twelve digits")]
    Account(String),
    /// No date.
    #[error("`{0}` is not a date")]
    Instant(String),
    /// A document is no policy.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// There is no document.
    #[error("there is no policy")]
    NoPolicy,
    /// Something is missing.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// Something is of the wrong kind.
    #[error("`{0}` is {1}")]
    Shape(&'static str, &'static str),
}

impl Node {
    /// The value under a key of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        let Self::Map(entries) = self else { return None };
        entries
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
            .filter(|value| **value != Self::Null)
    }

    /// The text under a key of an object.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        if let Some(Self::Text(text)) = self.get(name) { Some(text) } else { None }
    }
}

/// One document or several: an object, a text that holds one, or a list of these.
pub(crate) fn read_policies(node: &Node) -> Result<Vec<Policy>, AskError> {
    let read = |node: &Node| match node {
        Node::Text(text) => Policy::parse_encoded(text),
        other => Policy::from_node(other),
    };
    Ok(node.items().iter().map(read).collect::<Result<_, _>>()?)
}

/// The request in a question.
pub(crate) fn read_request(params: &Node, facts: &Facts) -> Result<Request, AskError> {
    let action = params.text("action").ok_or(AskError::Missing("action"))?.to_owned();
    let resource = params.text("resource").unwrap_or("*").to_owned();
    let mut context = BTreeMap::new();
    match params.get("context") {
        None => {}
        Some(Node::Map(entries)) => {
            for (key, value) in entries {
                let text = |item: &Node| match item {
                    Node::Text(text) => Ok(text.clone()),
                    other => Err(AskError::Shape("context", other.kind())),
                };
                if *value != Node::Null {
                    let values = value.items().iter().map(text).collect::<Result<_, _>>()?;
                    context.insert(Key::new(key), values);
                }
            }
        }
        Some(other) => return Err(AskError::Shape("context", other.kind())),
    }
    let named = params.get("principal").or_else(|| params.get("caller"));
    let from_context =
        context.get(&Key::new("aws:principalarn")).and_then(|values: &Vec<String>| values.first());
    let caller = match named {
        Some(node) => read_caller(node)?,
        None => from_context.and_then(|arn| Caller::from_arn(arn)).unwrap_or_else(|| Caller::Aws {
            account: facts.owner,
            arn: Kind::User.example(facts.owner),
            session: None,
        }),
    };
    Ok(Request { caller, action, resource, context })
}

/// A caller: an ARN, an account, `*` for nobody known, or an object like a policy's principal.
fn read_caller(node: &Node) -> Result<Caller, AskError> {
    let (kind, text) = match node {
        Node::Text(text) => ("AWS", text.as_str()),
        Node::Map(entries) => match entries.as_slice() {
            [(kind, Node::Text(text))] => (kind.as_str(), text.as_str()),
            _ => return Err(AskError::Shape("principal", "an object of other than one principal")),
        },
        other => return Err(AskError::Shape("principal", other.kind())),
    };
    Ok(match kind {
        "Service" => Caller::Service { name: text.to_lowercase() },
        "Federated" => Caller::Federated { provider: text.to_owned() },
        "CanonicalUser" => Caller::Canonical { id: text.to_owned() },
        _ if matches!(text, "*" | "anonymous") => Caller::Anonymous,
        _ if text.ends_with(".amazonaws.com") => Caller::Service { name: text.to_lowercase() },
        _ => match AccountId::parse(text) {
            Some(account) => {
                Caller::Aws { account, arn: Kind::Root.example(account), session: None }
            }
            None => {
                Caller::from_arn(text).ok_or(AskError::Shape("principal", "not a principal"))?
            }
        },
    })
}

/// The answer to one case of a list.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct CaseReply {
    /// The case's name, or its place in the list.
    pub name: String,
    /// The answer; `unknown` for a case that cannot be asked.
    pub answer: &'static str,
    /// Why the case cannot be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Answers a list of cases in the form of the specification's examples. A bad case does not harm the others.
pub fn cases(text: &str) -> Result<Vec<CaseReply>, AskError> {
    let node: Node = serde_json::from_str(text).map_err(PolicyError::Json)?;
    let Node::List(cases) = &node else {
        return Err(AskError::Shape("the list of cases", node.kind()));
    };
    Ok(cases
        .iter()
        .enumerate()
        .map(|(index, case)| {
            let name = case.text("name").map_or_else(|| format!("#{}", index + 1), str::to_owned);
            match answer_case(case) {
                Ok(reply) => CaseReply { name, answer: reply.answer, error: None },
                Err(error) => CaseReply { name, answer: "unknown", error: Some(error.to_string()) },
            }
        })
        .collect())
}

pub(crate) fn answer_case(case: &Node) -> Result<Reply, AskError> {
    let kind = case.text("kind").ok_or(AskError::Missing("kind"))?.parse()?;
    let question = case.text("question").ok_or(AskError::Missing("question"))?.parse()?;
    // Whatever stands beside the policy may stand in the case itself or among its parameters.
    let mut params: Vec<(String, Node)> = Vec::new();
    for source in [case.get("params"), case.get("request"), Some(case)].into_iter().flatten() {
        if let Node::Map(entries) = source {
            params.extend(entries.iter().cloned());
        }
    }
    let asked = Asked {
        question,
        kind,
        resource_type: case.text("resource_type").or_else(|| case.text("type")).unwrap_or_default(),
        policy: case.get("policy").ok_or(AskError::Missing("policy"))?.clone(),
        params: Node::Map(params),
        account: None,
        org: None,
        now: None,
        boundary: None,
        session: None,
        scps: Node::List(Vec::new()),
    };
    asked.answer()
}
