//! User pools, and what stands around their settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Mfa, RiskConfiguration, SmsConfiguration, UserPoolClient, UserPoolSettings};
use crate::{
    Arn, Listed, Observed, Place, Region, Resource, Unknown,
    macros::{fact, open_enum},
};

/// A user pool (`ListUserPools`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserPool {
    /// Its ARN, `arn:<partition>:cognito-idp:<region>:<account>:userpool/<id>`.
    pub arn: Arn,
    /// Its id, `<region>_<random>`.
    pub id: String,
    /// The name that its owner gave it; several may have the same.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// Its settings, its tags among them.
    #[serde(default)]
    pub settings: Observed<UserPoolSettings>,
    /// Whether and how users prove more than a password.
    #[serde(default)]
    pub mfa: Observed<Mfa>,
    /// What threat protection does for all clients without a configuration of their own. Not set as well where threat
    /// protection is off, for then none is in force.
    #[serde(default)]
    pub risk: Observed<RiskConfiguration>,
    /// Its app clients. A gap's ARN is the pool's with `/client/*`.
    #[serde(default)]
    pub clients: Listed<UserPoolClient>,
    /// Who else its users may sign in with.
    #[serde(default)]
    pub identity_providers: Observed<IdentityProviders>,
    /// Where it sends its logs.
    #[serde(default)]
    pub log_delivery: Observed<LogDelivery>,
    /// The web ACL in front of it.
    #[serde(default)]
    pub web_acl: Observed<PoolWebAcl>,
}
fact!(UserPool, "cognito-idp:ListUserPools");

impl UserPool {
    /// How it sends text messages, and nothing if it cannot: from its settings, or from those of its MFA where only
    /// these are known.
    pub fn sms(&self) -> Result<Option<&SmsConfiguration>, Unknown> {
        let in_mfa = || self.mfa.set().and_then(|mfa| mfa.sms.as_ref());
        match self.settings.known() {
            Ok(settings) => Ok(settings.and_then(|settings| settings.sms.as_ref())),
            Err(unknown) => in_mfa().map(Some).ok_or(unknown),
        }
    }

    /// The region that its text messages are sent from, if it can send any.
    pub fn sms_region(&self) -> Result<Option<&Region>, Unknown> {
        let sms = self.sms()?;
        Ok(sms.map(|sms| sms.region.as_ref().unwrap_or(&self.region)))
    }
}

impl Resource for UserPool {
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
        Some("AWS::Cognito::UserPool")
    }

    fn tags(&self) -> BTreeMap<String, String> {
        self.settings.set().map(|settings| settings.tags.clone()).unwrap_or_default()
    }
}

/// The identity providers of a user pool, itself not among them (`ListIdentityProviders`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdentityProviders(pub Vec<IdentityProvider>);
fact!(IdentityProviders, "cognito-idp:ListIdentityProviders");

/// One identity provider. Its details, client secrets among them, stay with AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProvider {
    /// Its name, unique in the pool, by which clients support it.
    pub name: String,
    /// What it speaks.
    pub kind: IdentityProviderKind,
}

open_enum! {
    /// What an identity provider speaks, or whose it is (`ProviderType`).
    IdentityProviderKind {
        /// SAML 2.0.
        Saml = "SAML",
        /// OIDC.
        Oidc = "OIDC",
        /// Facebook.
        Facebook = "Facebook",
        /// Google.
        Google = "Google",
        /// Login with Amazon.
        Amazon = "LoginWithAmazon",
        /// Sign in with Apple.
        Apple = "SignInWithApple",
    }
}

/// Where a user pool sends its logs (`GetLogDeliveryConfiguration`); not set where it sends none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LogDelivery(pub Vec<LogDestination>);
fact!(LogDelivery, "cognito-idp:GetLogDeliveryConfiguration");

/// One kind of log, and where it goes. One of the destinations is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogDestination {
    /// What is logged.
    pub source: LogSource,
    /// From which severity on.
    pub level: LogLevel,
    /// A log group of CloudWatch Logs.
    pub log_group: Option<Arn>,
    /// A bucket.
    pub bucket: Option<Arn>,
    /// A stream of Data Firehose.
    pub stream: Option<Arn>,
}

open_enum! {
    /// What a user pool logs (`EventSource`).
    LogSource {
        /// E-mails and text messages that could not be delivered.
        UserNotification = "userNotification",
        /// What threat protection saw of each user's sign-ins.
        UserAuthEvents = "userAuthEvents",
    }
}

open_enum! {
    /// From which severity on a user pool logs (`LogLevel`).
    LogLevel {
        /// Errors, which is what notifications have.
        Error = "ERROR",
        /// All, which is what threat protection has.
        Info = "INFO",
    }
}

/// The web ACL in front of a user pool (`GetWebACLForResource`).
///
/// AWS asks for `cognito-idp:GetWebACLForResource` as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolWebAcl {
    /// Its ARN.
    pub arn: Arn,
    /// Its name.
    pub name: String,
}
fact!(PoolWebAcl, "wafv2:GetWebACLForResource");
