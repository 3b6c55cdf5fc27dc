//! Users, groups and roles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{AttachedPolicy, Credentials, InlinePolicy, LastAccessed, MfaDevices, TrustPolicy};
use crate::{Action, Arn, Fact, Observed, Place, Resource};

/// The action that gives users, groups, roles and policies with all that belongs to them.
pub(super) const DETAILS: Action = Action::new("iam:GetAccountAuthorizationDetails");

/// A user (`GetAccountAuthorizationDetails`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Its ARN, with the path.
    pub arn: Arn,
    /// Its name, unique in the account.
    pub name: String,
    /// The path, `/` unless somebody gave one.
    pub path: String,
    /// The unique id, `AIDA…`.
    pub id: String,
    /// When it was created.
    #[serde(with = "time::serde::rfc3339::option")]
    pub created: Option<OffsetDateTime>,
    /// Policies that exist only as part of the user.
    pub inline: Vec<InlinePolicy>,
    /// Managed policies attached to it.
    pub attached: Vec<AttachedPolicy>,
    /// The names of the groups that it is a member of.
    pub groups: Vec<String>,
    /// The managed policy that limits all its others.
    pub boundary: Option<Arn>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Its password, keys and MFA, by the credential report.
    #[serde(default)]
    pub credentials: Observed<Credentials>,
    /// Its MFA devices; asked for only where the report and the virtual devices do not tell their kind.
    #[serde(default)]
    pub mfa_devices: Observed<MfaDevices>,
    /// The services that it may use, and did.
    #[serde(default)]
    pub last_accessed: Observed<LastAccessed>,
}

/// A group (`GetAccountAuthorizationDetails`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its ARN, with the path.
    pub arn: Arn,
    /// Its name, unique in the account.
    pub name: String,
    /// The path, `/` unless somebody gave one.
    pub path: String,
    /// The unique id, `AGPA…`.
    pub id: String,
    /// When it was created.
    #[serde(with = "time::serde::rfc3339::option")]
    pub created: Option<OffsetDateTime>,
    /// Policies that exist only as part of the group.
    pub inline: Vec<InlinePolicy>,
    /// Managed policies attached to it.
    pub attached: Vec<AttachedPolicy>,
    /// The services that its members may use through it, and did.
    #[serde(default)]
    pub last_accessed: Observed<LastAccessed>,
}

/// A role (`GetAccountAuthorizationDetails`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its ARN, with the path.
    pub arn: Arn,
    /// Its name, unique in the account.
    pub name: String,
    /// The path, `/` unless somebody gave one.
    pub path: String,
    /// The unique id, `AROA…`.
    pub id: String,
    /// When it was created.
    #[serde(with = "time::serde::rfc3339::option")]
    pub created: Option<OffsetDateTime>,
    /// Who may assume it.
    #[serde(default)]
    pub trust: Observed<TrustPolicy>,
    /// Policies that exist only as part of the role.
    pub inline: Vec<InlinePolicy>,
    /// Managed policies attached to it.
    pub attached: Vec<AttachedPolicy>,
    /// The managed policy that limits all its others.
    pub boundary: Option<Arn>,
    /// The instance profiles through which EC2 instances get it.
    pub instance_profiles: Vec<Arn>,
    /// When and where it was last used, in the 400 days that IAM remembers.
    pub last_used: Option<RoleUse>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The services that it may use, and did.
    #[serde(default)]
    pub last_accessed: Observed<LastAccessed>,
}

/// The last use of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleUse {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// The region of the request, as AWS writes it.
    pub region: Option<String>,
}

/// The three kinds of principals differ in their names only, as far as findings go.
macro_rules! principal {
    ($name:ident, $kind:literal $(, $tags:ident)?) => {
        impl Fact for $name {
            const ACTION: Action = DETAILS;
        }

        impl Resource for $name {
            fn arn(&self) -> &Arn {
                &self.arn
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn place(&self) -> Place<'_> {
                Place::Global
            }

            fn kind(&self) -> Option<&'static str> {
                Some($kind)
            }

            $(fn tags(&self) -> BTreeMap<String, String> {
                self.$tags.clone()
            })?
        }
    };
}

principal!(User, "AWS::IAM::User", tags);
principal!(Group, "AWS::IAM::Group");
principal!(Role, "AWS::IAM::Role", tags);
