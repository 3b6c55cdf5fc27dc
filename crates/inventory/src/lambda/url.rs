//! Addresses by which functions are called over HTTP.

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Cors, Region,
    macros::{named, open_enum},
};

/// A function URL (`ListFunctionUrlConfigs`), of a function or of an alias.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FunctionUrl {
    /// The ARN of the function, or of the alias, that it calls.
    pub arn: Arn,
    /// `<function>` or `<function>:<alias>`
    pub name: String,
    /// Where it runs.
    pub region: Region,
    /// The alias; nothing for the function as it is edited.
    pub qualifier: Option<String>,
    /// The address, `https://<id>.lambda-url.<region>.on.aws/`.
    pub url: String,
    /// Who is let in.
    pub auth: UrlAuth,
    /// What browsers may do from other origins; nothing where the function answers for itself.
    pub cors: Option<Cors>,
}
named!(FunctionUrl, "lambda:ListFunctionUrlConfigs", "AWS::Lambda::Url");

open_enum! {
    /// Who may call a function URL (`AuthType`).
    UrlAuth {
        /// Who signs with credentials of AWS, as far as policies let them.
        AwsIam = "AWS_IAM",
        /// Everybody, as far as the resource policy lets them.
        None = "NONE",
    }
}
