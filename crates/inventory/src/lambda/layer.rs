//! The account's own layers.

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Observed, Region,
    macros::{fact, named},
};

/// A version of a layer of the account's own (`ListLayerVersions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerVersion {
    /// Its ARN, `arn:<partition>:lambda:<region>:<account>:layer:<layer>:<version>`.
    pub arn: Arn,
    /// `<layer>:<version>`
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// Who else may use it.
    #[serde(default)]
    pub policy: Observed<LayerVersionPolicy>,
}
named!(LayerVersion, "lambda:ListLayerVersions", "AWS::Lambda::LayerVersion");

/// The layers of a region (`ListLayers`), by their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Layers(pub Vec<String>);
fact!(Layers, "lambda:ListLayers");

/// The resource policy of a version of a layer, verbatim (`GetLayerVersionPolicy`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LayerVersionPolicy(pub String);
fact!(LayerVersionPolicy, "lambda:GetLayerVersionPolicy");
