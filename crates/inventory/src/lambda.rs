//! Lambda: functions, and the roles that they run with.
//!
//! Field meanings are those of the Lambda API reference.

use serde::{Deserialize, Serialize};

use crate::{Action, Arn, Fact, Listed, Place, Region, Resource};

/// What was learned about Lambda in one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lambda {
    /// Functions of all regions asked for.
    #[serde(default)]
    pub functions: Listed<Function>,
}

/// A function (`ListFunctions`). Its code and its environment stay with AWS.
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
}

impl Fact for Function {
    const ACTION: Action = Action::new("lambda:ListFunctions");
}

impl Resource for Function {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }
}
