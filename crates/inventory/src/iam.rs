//! Identity and Access Management: who there is in an account, what each may do, and how each signs in.
//!
//! Field meanings are those of the IAM API reference.

use serde::{Deserialize, Serialize};

use crate::{Listed, Observed};

mod access;
mod account;
mod credentials;
mod policy;
mod principal;
mod provider;

pub use access::*;
pub use account::*;
pub use credentials::*;
pub use policy::*;
pub use principal::*;
pub use provider::*;

/// What was learned about IAM in one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Iam {
    /// Users.
    #[serde(default)]
    pub users: Listed<User>,
    /// Groups.
    #[serde(default)]
    pub groups: Listed<Group>,
    /// Roles.
    #[serde(default)]
    pub roles: Listed<Role>,
    /// The account's own managed policies.
    #[serde(default)]
    pub policies: Listed<ManagedPolicy>,
    /// AWS's managed policies that a user, group or role of the account carries.
    #[serde(default)]
    pub aws_policies: Listed<AwsManagedPolicy>,
    /// Figures of the account, and what its root user has.
    #[serde(default)]
    pub summary: Observed<Summary>,
    /// What passwords of users must be like.
    #[serde(default)]
    pub password_policy: Observed<PasswordPolicy>,
    /// The credentials of the root user.
    #[serde(default)]
    pub root: Observed<Credentials>,
    /// Virtual MFA devices, assigned or not.
    #[serde(default)]
    pub virtual_mfa_devices: Listed<VirtualMfaDevice>,
    /// OIDC providers whose tokens roles may trust.
    #[serde(default)]
    pub oidc_providers: Listed<OidcProvider>,
    /// SAML providers whose assertions roles may trust.
    #[serde(default)]
    pub saml_providers: Listed<SamlProvider>,
    /// TLS certificates kept in IAM.
    #[serde(default)]
    pub server_certificates: Listed<ServerCertificate>,
    /// What the organization manages centrally of its members' root users.
    #[serde(default)]
    pub organization_features: Observed<OrganizationFeatures>,
}
