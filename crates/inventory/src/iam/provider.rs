//! Identity providers that roles may trust.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Action, Arn, Fact, Observed, Place, Resource, macros::fact};

/// An OIDC provider (`ListOpenIDConnectProviders`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcProvider {
    /// Its ARN, which holds its URL without scheme.
    pub arn: Arn,
    /// Its settings.
    #[serde(default)]
    pub settings: Observed<OidcSettings>,
}

impl Fact for OidcProvider {
    const ACTION: Action = Action::new("iam:ListOpenIDConnectProviders");
}

impl Resource for OidcProvider {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        provider_name(&self.arn)
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }
}

/// All after the first slash: `token.actions.githubusercontent.com`, `oidc.eks.eu-west-1.amazonaws.com/id/…`.
fn provider_name(arn: &Arn) -> &str {
    arn.resource().split_once('/').map_or(arn.resource(), |(_, name)| name)
}

/// The settings of an OIDC provider (`GetOpenIDConnectProvider`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcSettings {
    /// The audiences that tokens may be for (`ClientIDList`).
    pub client_ids: Vec<String>,
    /// Certificates by which its endpoint may be known (`ThumbprintList`).
    pub thumbprints: Vec<String>,
}
fact!(OidcSettings, "iam:GetOpenIDConnectProvider");

/// A SAML provider (`ListSAMLProviders`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SamlProvider {
    /// Its ARN.
    pub arn: Arn,
    /// When its metadata expires.
    #[serde(with = "time::serde::rfc3339::option")]
    pub valid_until: Option<OffsetDateTime>,
}

impl Fact for SamlProvider {
    const ACTION: Action = Action::new("iam:ListSAMLProviders");
}

impl Resource for SamlProvider {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        provider_name(&self.arn)
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }
}
