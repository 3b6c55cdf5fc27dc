//! Identity pools, which trade tokens for AWS credentials.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::IdentityPoolRoles;
use crate::{Arn, Observed, Place, Region, Resource, macros::fact};

/// An identity pool (`ListIdentityPools`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityPool {
    /// Its ARN, `arn:<partition>:cognito-identity:<region>:<account>:identitypool/<id>`.
    pub arn: Arn,
    /// Its id, `<region>:<uuid>`, which roles name as the audience.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// Its settings, its tags among them.
    #[serde(default)]
    pub settings: Observed<IdentityPoolSettings>,
    /// The roles that it hands out; not set where it hands out none.
    #[serde(default)]
    pub roles: Observed<IdentityPoolRoles>,
}
fact!(IdentityPool, "cognito-identity:ListIdentityPools");

impl Resource for IdentityPool {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn tags(&self) -> BTreeMap<String, String> {
        self.settings.set().map(|settings| settings.tags.clone()).unwrap_or_default()
    }
}

/// The settings of an identity pool (`DescribeIdentityPool`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityPoolSettings {
    /// Whether anybody gets credentials, as a guest (`AllowUnauthenticatedIdentities`).
    pub allow_unauthenticated: bool,
    /// Whether clients may choose the role and its session's policy by themselves (`AllowClassicFlow`); nothing is no.
    pub allow_classic_flow: Option<bool>,
    /// The user pools whose users get credentials, one entry for each app client.
    pub user_pools: Vec<UserPoolProvider>,
    /// SAML providers of IAM.
    pub saml_providers: Vec<Arn>,
    /// OIDC providers of IAM.
    pub oidc_providers: Vec<Arn>,
    /// Public providers with the id of an application there, `graph.facebook.com` (`SupportedLoginProviders`).
    pub login_providers: BTreeMap<String, String>,
    /// The domain of the users that the owner's own server vouches for.
    pub developer_provider: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
fact!(IdentityPoolSettings, "cognito-identity:DescribeIdentityPool");

/// A user pool as a provider of an identity pool, for one app client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserPoolProvider {
    /// `cognito-idp.<region>.amazonaws.com/<id of the user pool>`
    pub provider: String,
    /// The app client whose tokens are taken.
    pub client: Option<String>,
    /// Whether the user pool is asked if the user still is one and signed in; nothing is no.
    pub server_side_token_check: Option<bool>,
}

impl UserPoolProvider {
    /// The id of the user pool, which may be another account's.
    pub fn user_pool_id(&self) -> Option<&str> {
        self.provider.rsplit_once('/').map(|(_, id)| id)
    }
}
