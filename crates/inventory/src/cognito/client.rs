//! App clients, by which applications talk to a user pool.

use serde::{Deserialize, Serialize};

use super::RiskConfiguration;
use crate::{
    Arn, Observed, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// An app client (`ListUserPoolClients`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserPoolClient {
    /// AWS gives it no ARN; this one is its pool's with `/client/<id>`.
    pub arn: Arn,
    /// Its id, which its application names itself by.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Where its pool lives.
    pub region: Region,
    /// Its settings.
    #[serde(default)]
    pub settings: Observed<ClientSettings>,
    /// What threat protection does for it; not set where that is the same as for the pool, and where the pool's threat
    /// protection is off.
    #[serde(default)]
    pub risk: Observed<RiskConfiguration>,
}
fact!(UserPoolClient, "cognito-idp:ListUserPoolClients");

impl Resource for UserPoolClient {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::Cognito::UserPoolClient")
    }
}

/// The settings of an app client (`DescribeUserPoolClient`). Of its secret, only that there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientSettings {
    /// Whether it has a secret; without, it is a public client.
    pub has_secret: bool,
    /// How users sign in through the API; nothing is `ALLOW_REFRESH_TOKEN_AUTH`, `ALLOW_USER_SRP_AUTH` and
    /// `ALLOW_CUSTOM_AUTH`.
    pub auth_flows: Option<Vec<AuthFlow>>,
    /// Whether it may use OAuth at all (`AllowedOAuthFlowsUserPoolClient`).
    pub oauth_enabled: bool,
    /// Its grants of OAuth, which count if `oauth_enabled`.
    pub oauth_flows: Vec<OAuthFlow>,
    /// Its scopes of OAuth.
    pub oauth_scopes: Vec<String>,
    /// Where tokens or codes may be sent.
    pub callback_urls: Vec<String>,
    /// Where users may be sent when they sign out.
    pub logout_urls: Vec<String>,
    /// Who managed login lets sign in, the pool's own users as `COGNITO`. The API lets those in all the same.
    pub identity_providers: Vec<String>,
    /// Seconds until an access token expires; nothing where the client never said, which is an hour.
    pub access_token_validity: Option<u64>,
    /// Seconds until an ID token expires; nothing where the client never said, which is an hour.
    pub id_token_validity: Option<u64>,
    /// Seconds until a refresh token expires; nothing where the client never said, which is 30 days.
    pub refresh_token_validity: Option<u64>,
    /// Whether refresh tokens can be revoked; nothing where AWS does not say.
    pub token_revocation: Option<bool>,
    /// What strangers learn of who exists; nothing is [`Legacy`](UserExistenceErrors::Legacy).
    pub user_existence_errors: Option<UserExistenceErrors>,
    /// Whether a refresh token is replaced when it is used; nothing if not.
    pub refresh_token_rotation: Option<RefreshTokenRotation>,
    /// The attributes that its users may write of their own; nothing is all standard ones and no custom one.
    pub write_attributes: Option<Vec<String>>,
}
fact!(ClientSettings, "cognito-idp:DescribeUserPoolClient");

open_enum! {
    /// How users sign in through the API (`ExplicitAuthFlows`).
    AuthFlow {
        /// Whichever of the pool's first factors the user takes.
        User = "ALLOW_USER_AUTH",
        /// The password, sent by the user.
        UserPassword = "ALLOW_USER_PASSWORD_AUTH",
        /// The password, sent by a server with credentials of AWS.
        AdminUserPassword = "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        /// Secure Remote Password: the password stays with the user.
        UserSrp = "ALLOW_USER_SRP_AUTH",
        /// What the pool's Lambda triggers make of it.
        Custom = "ALLOW_CUSTOM_AUTH",
        /// A refresh token.
        RefreshToken = "ALLOW_REFRESH_TOKEN_AUTH",
        /// The old word for [`AdminUserPassword`](AuthFlow::AdminUserPassword).
        OldAdminNoSrp = "ADMIN_NO_SRP_AUTH",
        /// The old word for [`Custom`](AuthFlow::Custom) and nothing else.
        OldCustomOnly = "CUSTOM_AUTH_FLOW_ONLY",
        /// The old word for [`UserPassword`](AuthFlow::UserPassword).
        OldUserPassword = "USER_PASSWORD_AUTH",
    }
}

open_enum! {
    /// A grant of OAuth 2.0 (`AllowedOAuthFlows`).
    OAuthFlow {
        /// A code, traded for tokens.
        Code = "code",
        /// Tokens in the address itself.
        Implicit = "implicit",
        /// Machines, by the client's secret.
        ClientCredentials = "client_credentials",
    }
}

open_enum! {
    /// What strangers learn of who exists (`PreventUserExistenceErrors`).
    UserExistenceErrors {
        /// Nothing.
        Enabled = "ENABLED",
        /// `UserNotFoundException` tells.
        Legacy = "LEGACY",
    }
}

/// Whether a refresh token is replaced when it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefreshTokenRotation {
    /// Whether it is.
    pub feature: RotationFeature,
    /// Seconds for which the old one is good for a second try, up to 60.
    pub grace_period: Option<u32>,
}

open_enum! {
    /// Whether refresh tokens rotate.
    RotationFeature {
        /// They do.
        Enabled = "ENABLED",
        /// They do not.
        Disabled = "DISABLED",
    }
}
