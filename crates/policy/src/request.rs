//! One concrete request: the input of the evaluator and the witness of the prover.

use std::collections::BTreeMap;

use crate::names::Key;
use crate::principal::Caller;

/// A request with everything that a policy can ask about.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Who asks.
    pub caller: Caller,
    /// The action, such as `s3:GetObject`.
    pub action: String,
    /// The resource's ARN, or `*` for actions that have none.
    pub resource: String,
    /// The request context: the values of each key that is present.
    pub context: BTreeMap<Key, Vec<String>>,
}

impl Request {
    /// The values of a key, if it is present.
    pub fn values(&self, key: &Key) -> Option<&[String]> {
        self.context.get(key).map(Vec::as_slice)
    }

    /// The value that stands for `${key}`: that of a key with exactly one.
    pub fn single(&self, key: &Key) -> Option<String> {
        match self.values(key)? {
            [value] => Some(value.clone()),
            _ => None,
        }
    }
}

impl serde::Serialize for Request {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("principal", &self.caller.to_string())?;
        map.serialize_entry("action", &self.action)?;
        map.serialize_entry("resource", &self.resource)?;
        let context: BTreeMap<&str, &[String]> =
            self.context.iter().map(|(key, values)| (key.as_str(), values.as_slice())).collect();
        map.serialize_entry("context", &context)?;
        map.end()
    }
}
