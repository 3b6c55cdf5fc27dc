//! What functions run on.

use serde::{Deserialize, Serialize};

use crate::{
    Arn,
    macros::{fact, open_enum},
    secret::NamedValues,
};

/// What a function or a version runs on (`ListFunctions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FunctionConfiguration {
    /// How its code comes.
    pub package: PackageType,
    /// The identifier of its runtime, `python3.13`; nothing where it comes with its own image.
    pub runtime: Option<String>,
    /// The versions of layers that are put below its code.
    pub layers: Vec<Arn>,
}
fact!(FunctionConfiguration, "lambda:ListFunctions");

open_enum! {
    /// How the code of a function comes.
    PackageType {
        /// As an archive, for a runtime of Lambda's.
        Zip = "Zip",
        /// As an image.
        Image = "Image",
    }
}

/// The environment variables of a function or a version (`ListFunctions`); not set where it has none. A secret is at
/// `Environment.Variables.<name>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Environment(pub NamedValues);
fact!(Environment, "lambda:ListFunctions");
