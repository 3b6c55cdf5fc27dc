//! What a template declares.

use serde::{Deserialize, Serialize};

use crate::{macros::fact, secret::Secret};

/// The template of a stack as CloudFormation worked with it, macros carried out (`GetTemplate`, stage `Processed`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its resources.
    pub resources: Vec<TemplateResource>,
    /// Its parameters.
    pub parameters: Vec<TemplateParameter>,
    /// Secrets among the defaults of parameters, at `Parameters.<name>.Default`.
    pub default_secrets: Vec<Secret>,
    /// Secrets in all the rest of it, at the path of keys and indexes, `Resources.Db.Properties.MasterUserPassword`.
    pub secrets: Vec<Secret>,
}
fact!(Template, "cloudformation:GetTemplate");

/// A resource that a template declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateResource {
    /// Its logical id.
    pub id: String,
    /// Its type, `AWS::DynamoDB::Table`.
    pub kind: String,
    /// The condition that decides whether there is any.
    pub condition: Option<String>,
    /// What becomes of it when the stack is deleted, `Retain`; nothing is what its type does, mostly `Delete`.
    pub deletion_policy: Option<String>,
}

/// A parameter that a template declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateParameter {
    /// Its name.
    pub name: String,
    /// Its type, `String`.
    pub kind: Option<String>,
    /// Whether AWS shows `****` in place of its value (`NoEcho`).
    pub no_echo: bool,
}
