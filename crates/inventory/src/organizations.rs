//! The organization that an account belongs to.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Observed, macros::fact};

/// What was learned about the account's organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organizations {
    /// The organization; not set where the account belongs to none.
    #[serde(default)]
    pub organization: Observed<Organization>,
}

/// An organization (`DescribeOrganization`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Its id, `o-…`.
    pub id: String,
    /// The account that manages it.
    pub management_account: AccountId,
    /// `ALL`, or `CONSOLIDATED_BILLING` where it has no policies.
    pub feature_set: Option<String>,
}
fact!(Organization, "organizations:DescribeOrganization");
