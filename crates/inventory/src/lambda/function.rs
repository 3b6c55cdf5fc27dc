//! Functions, their versions and their aliases.

use serde::{Deserialize, Serialize};

use super::{Environment, FunctionConfiguration, FunctionUrl};
use crate::{
    Arn, Listed, Observed, Region,
    macros::{fact, named},
};

/// A function (`ListFunctions`), as it is edited. Its code and the values of its environment stay with AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Its ARN, without a version.
    pub arn: Arn,
    /// Its name, unique in account and region.
    pub name: String,
    /// Where it runs.
    pub region: Region,
    /// Its execution role.
    pub role: Arn,
    /// What it runs on.
    #[serde(default)]
    pub configuration: Observed<FunctionConfiguration>,
    /// Its environment variables.
    #[serde(default)]
    pub environment: Observed<Environment>,
    /// Who may call it by its ARN without a version.
    #[serde(default)]
    pub policy: Observed<FunctionPolicy>,
    /// Its published versions.
    #[serde(default)]
    pub versions: Listed<FunctionVersion>,
    /// Its aliases. A gap's ARN is the function's with `:*`.
    #[serde(default)]
    pub aliases: Listed<Alias>,
    /// Its addresses, and those of its aliases. A gap's ARN is the function's with `:*`.
    #[serde(default)]
    pub urls: Listed<FunctionUrl>,
}
named!(Function, "lambda:ListFunctions", "AWS::Lambda::Function");

/// The resource policy of a function, a version or an alias, verbatim (`GetPolicy`). Each has its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FunctionPolicy(pub String);
fact!(FunctionPolicy, "lambda:GetPolicy");

/// A published version of a function (`ListFunctions`), which does not change any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FunctionVersion {
    /// Its ARN, the function's with `:<version>`.
    pub arn: Arn,
    /// `<function>:<version>`
    pub name: String,
    /// Where it runs.
    pub region: Region,
    /// Its number.
    pub version: String,
    /// Its execution role, which may be another than the function's.
    pub role: Arn,
    /// What it runs on.
    #[serde(default)]
    pub configuration: Observed<FunctionConfiguration>,
    /// Its environment variables.
    #[serde(default)]
    pub environment: Observed<Environment>,
    /// Who may call it by its ARN.
    #[serde(default)]
    pub policy: Observed<FunctionPolicy>,
}
named!(FunctionVersion, "lambda:ListFunctions", "AWS::Lambda::Version");

/// An alias of a function (`ListAliases`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    /// Its ARN, the function's with `:<alias>`.
    pub arn: Arn,
    /// `<function>:<alias>`
    pub name: String,
    /// Where it runs.
    pub region: Region,
    /// The version that it stands for, a number or `$LATEST`.
    pub version: String,
    /// The version that some calls get instead.
    pub other_version: Option<String>,
    /// Who may call it by its ARN.
    #[serde(default)]
    pub policy: Observed<FunctionPolicy>,
}
named!(Alias, "lambda:ListAliases", "AWS::Lambda::Alias");
