//! What a stack shows of its parameters and outputs, without what they say.

use serde::{Deserialize, Serialize};

use crate::{
    macros::fact,
    secret::{NamedValues, Secret},
};

/// The parameters of a stack (`DescribeStacks`). A secret among the values that AWS shows in the clear is at
/// `Parameters.<name>`; what Parameter Store resolved stands at `Parameters.<name>.ResolvedValue`. Where the template says
/// `NoEcho` AWS shows `****`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StackParameters(pub NamedValues);
fact!(StackParameters, "cloudformation:DescribeStacks");

/// The outputs of a stack (`DescribeStacks`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StackOutputs {
    /// Each without its value.
    pub outputs: Vec<StackOutput>,
    /// Secrets among the values, at `Outputs.<key>`.
    pub secrets: Vec<Secret>,
    /// The value of an output `BootstrapVersion` that is a number, which the AWS CDK's bootstrap stack has.
    pub bootstrap_version: Option<u32>,
    /// The value of an output `BucketName` beside it, which names the bucket that the AWS CDK uploads to.
    pub bootstrap_bucket: Option<String>,
}
fact!(StackOutputs, "cloudformation:DescribeStacks");

/// One output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StackOutput {
    /// Its key.
    pub key: String,
    /// The name under which other stacks import it.
    pub export_name: Option<String>,
}
