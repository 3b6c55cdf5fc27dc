//! From text to [`Policy`]: tolerant where AWS is, strict where AWS is, and nothing is dropped.

use crate::condition::Condition;
use crate::node::Node;
use crate::operator::Operator;
use crate::policy::{ActionPattern, Effect, Policy, Scope, Statement, Version};
use crate::principal::{Principal, Principals};
use crate::template::{Reading, Template};

/// Why a text is no policy.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The text is not JSON.
    #[error("the policy is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A key stands twice in one object.
    #[error("`{0}` occurs twice in one object")]
    Duplicate(String),
    /// An element has a value of the wrong kind.
    #[error("{place}`{element}` is {found}")]
    Kind {
        /// The statement it stands in.
        place: Place,
        /// The element.
        element: &'static str,
        /// What stands there.
        found: String,
    },
    /// An element that must be there is missing.
    #[error("{place}`{element}` is missing")]
    Missing {
        /// The statement it is missing in.
        place: Place,
        /// The element.
        element: &'static str,
    },
    /// An element stands beside its `Not…` form.
    #[error("{place}both `{element}` and `Not{element}` are present")]
    Both {
        /// The statement.
        place: Place,
        /// The element.
        element: &'static str,
    },
}

/// Where in the document: at its top, or in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(Option<usize>);

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.map_or(Ok(()), |index| write!(f, "in statement {}, ", index + 1))
    }
}

impl Policy {
    /// Reads a policy document.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        Self::from_node(&serde_json::from_str(text.trim_start_matches('\u{feff}'))?)
    }

    pub(crate) fn from_node(node: &Node) -> Result<Self, PolicyError> {
        if let Some(key) = node.duplicate() {
            return Err(PolicyError::Duplicate(key.to_owned()));
        }
        let place = Place(None);
        let Node::Map(entries) = node else {
            return Err(kind(place, "the document", node.kind()));
        };
        let entry = |name| entries.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let version = match entry("Version") {
            None => Version::V2008,
            Some(Node::Text(text)) if text == "2008-10-17" => Version::V2008,
            Some(Node::Text(text)) if text == "2012-10-17" => Version::V2012,
            Some(Node::Text(text)) => return Err(kind(place, "Version", &format!("`{text}`"))),
            Some(other) => return Err(kind(place, "Version", other.kind())),
        };
        let id = entry("Id").map(|node| text_of(node, place, "Id")).transpose()?;
        let nodes =
            entry("Statement").ok_or(PolicyError::Missing { place, element: "Statement" })?.items();
        let mut statements = nodes
            .iter()
            .enumerate()
            .map(|(index, node)| statement(index, node, version))
            .collect::<Result<Vec<_>, _>>()?;
        // An element that this crate does not know could change the meaning of each statement.
        for (key, _) in entries
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "Version" | "Id" | "Statement"))
        {
            for statement in &mut statements {
                statement.unsupported.push(format!("element `{key}`"));
            }
        }
        Ok(Self { version, id, statements })
    }

    /// Reads a document as IAM's `Get…` calls return it: percent-encoded. Plain JSON is read too.
    pub fn parse_encoded(text: &str) -> Result<Self, PolicyError> {
        if text.trim_start().starts_with('{') {
            Self::parse(text)
        } else {
            Self::parse(&percent_decode(text))
        }
    }
}

/// Undoes percent-encoding (RFC 3986); what is no escape stays as it is.
pub fn percent_decode(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escape = (*byte == b'%')
            .then(|| Some(digit(bytes.get(at + 1))? * 16 + digit(bytes.get(at + 2))?))
            .flatten();
        let escape = escape.and_then(|value| u8::try_from(value).ok());
        decoded.push(escape.unwrap_or(*byte));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn kind(place: Place, element: &'static str, found: &str) -> PolicyError {
    PolicyError::Kind { place, element, found: found.to_owned() }
}

fn text_of(node: &Node, place: Place, element: &'static str) -> Result<String, PolicyError> {
    match node {
        Node::Text(text) => Ok(text.clone()),
        other => Err(kind(place, element, other.kind())),
    }
}

fn texts_of(node: &Node, place: Place, element: &'static str) -> Result<Vec<String>, PolicyError> {
    node.items().iter().map(|item| text_of(item, place, element)).collect()
}

fn statement(index: usize, node: &Node, version: Version) -> Result<Statement, PolicyError> {
    let place = Place(Some(index));
    let Node::Map(entries) = node else {
        return Err(kind(place, "Statement", node.kind()));
    };
    let entry = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    // The element or its `Not…` form, and which of the two.
    let either = |element: &'static str, not: &str| match (entry(element), entry(not)) {
        (Some(_), Some(_)) => Err(PolicyError::Both { place, element }),
        (Some(node), None) => Ok(Some((node, false))),
        (None, node) => Ok(node.map(|node| (node, true))),
    };
    let effect = match entry("Effect") {
        None => return Err(PolicyError::Missing { place, element: "Effect" }),
        Some(Node::Text(text)) if text == "Allow" => Effect::Allow,
        Some(Node::Text(text)) if text == "Deny" => Effect::Deny,
        Some(Node::Text(text)) => return Err(kind(place, "Effect", &format!("`{text}`"))),
        Some(other) => return Err(kind(place, "Effect", other.kind())),
    };
    let (node, negated) =
        either("Action", "NotAction")?.ok_or(PolicyError::Missing { place, element: "Action" })?;
    let actions = scope(
        texts_of(node, place, "Action")?.iter().map(|text| ActionPattern::new(text)),
        negated,
    );
    let variables = version == Version::V2012;
    let resources = match either("Resource", "NotResource")? {
        None => None,
        Some((node, negated)) => {
            let texts = texts_of(node, place, "Resource")?;
            Some(scope(texts.iter().map(|text| resource(text, variables)), negated))
        }
    };
    let mut unsupported: Vec<String> = entries
        .iter()
        .filter(|(key, _)| !ELEMENTS.contains(&key.as_str()))
        .map(|(key, _)| format!("element `{key}`"))
        .collect();
    let principals = match either("Principal", "NotPrincipal")? {
        None => None,
        Some((node, negated)) => {
            let named = principals(node, place, &mut unsupported)?;
            Some(if negated { Principals::Not(named) } else { Principals::Of(named) })
        }
    };
    let conditions = match entry("Condition") {
        None => Vec::new(),
        Some(node) => conditions(node, place, variables, &mut unsupported)?,
    };
    let sid = entry("Sid").map(|node| text_of(node, place, "Sid")).transpose()?;
    Ok(Statement {
        policy: None,
        index,
        sid,
        effect,
        principals,
        actions,
        resources,
        conditions,
        unsupported,
    })
}

const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

fn scope<T>(values: impl Iterator<Item = T>, negated: bool) -> Scope<T> {
    let values = values.collect();
    if negated { Scope::NotIn(values) } else { Scope::In(values) }
}

/// Variables stand only behind the fifth colon of an ARN.
fn resource(text: &str, variables: bool) -> Template {
    let arn = text.match_indices(':').nth(4).map(|(at, _)| at);
    let first = text.find("${");
    let variables = variables
        && arn.is_some()
        && first.is_none_or(|first| arn.is_some_and(|colon| colon < first));
    Template::parse(text, Reading { wild: true, variables })
}

fn principals(
    node: &Node,
    place: Place,
    unsupported: &mut Vec<String>,
) -> Result<Vec<Principal>, PolicyError> {
    let entries = match node {
        Node::Text(text) if text == "*" => return Ok(vec![Principal::Everyone]),
        Node::Text(text) => {
            unsupported.push(format!("principal `{text}`"));
            return Ok(Vec::new());
        }
        Node::Map(entries) => entries,
        other => return Err(kind(place, "Principal", other.kind())),
    };
    let mut named = Vec::new();
    for (map, values) in entries {
        for value in texts_of(values, place, "Principal")? {
            match Principal::parse(map, &value) {
                Ok(principal) => named.push(principal),
                Err(unread) => unsupported.push(unread),
            }
        }
    }
    Ok(named)
}

fn conditions(
    node: &Node,
    place: Place,
    variables: bool,
    unsupported: &mut Vec<String>,
) -> Result<Vec<Condition>, PolicyError> {
    let Node::Map(operators) = node else {
        return Err(kind(place, "Condition", node.kind()));
    };
    let mut conditions = Vec::new();
    for (name, keys) in operators {
        let Node::Map(keys) = keys else {
            return Err(kind(place, "Condition", keys.kind()));
        };
        for (key, values) in keys {
            let texts = texts_of(values, place, "Condition")?;
            match Operator::parse(name) {
                None => unsupported.push(format!("condition operator `{name}` on `{key}`")),
                Some(operator) => match Condition::read(operator, key, &texts, variables) {
                    Ok(condition) => conditions.push(condition),
                    Err(value) => {
                        unsupported.push(format!("value `{value}` of `{name}` on `{key}`"));
                    }
                },
            }
        }
    }
    Ok(conditions)
}
