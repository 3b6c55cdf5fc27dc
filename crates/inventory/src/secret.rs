//! Secrets that lay where they should not: what they are and where they lay, and never they themselves.

use serde::{Deserialize, Serialize};

use crate::macros::open_enum;

/// A secret in a text that AWS gave in the clear. Neither it nor a part of it is in the inventory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// Where it lay in what it was found in, `Outputs.DbPassword`.
    pub place: String,
    /// What it is.
    pub kind: SecretKind,
    /// 32 hexadecimal digits that equal secrets of one scan share. They are salted with a number that every scan draws
    /// anew and nobody keeps, so that they say nothing of the secret and mean nothing in another scan.
    pub digest: String,
}

open_enum! {
    /// What a secret is, by its form or by what it was assigned to.
    #[derive(PartialOrd, Ord)]
    SecretKind {
        /// A value whose name says that it is secret, `DbPassword`.
        Named = "named_secret",
        /// A private key in PEM.
        PrivateKey = "private_key",
        /// An address with a password in it, `postgres://user:password@host`.
        ConnectionString = "connection_string",
        /// A JSON Web Token.
        Jwt = "json_web_token",
        /// The id of an access key of AWS, which stands beside its secret most of the time.
        AwsAccessKeyId = "aws_access_key_id",
        /// The secret of an access key of AWS.
        AwsSecretAccessKey = "aws_secret_access_key",
        /// An API key of AWS AppSync.
        AppSyncKey = "appsync_api_key",
        /// An API key of Amazon Bedrock.
        BedrockKey = "bedrock_api_key",
        /// age
        AgeKey = "age_secret_key",
        /// Anthropic
        Anthropic = "anthropic_key",
        /// Atlassian
        Atlassian = "atlassian_token",
        /// Databricks
        Databricks = "databricks_token",
        /// DigitalOcean
        DigitalOcean = "digitalocean_token",
        /// Docker Hub
        Docker = "docker_token",
        /// Doppler
        Doppler = "doppler_token",
        /// Figma
        Figma = "figma_token",
        /// GitHub
        GitHub = "github_token",
        /// GitLab
        GitLab = "gitlab_token",
        /// Google
        Google = "google_key",
        /// Grafana
        Grafana = "grafana_token",
        /// HashiCorp Vault
        Vault = "vault_token",
        /// Hugging Face
        HuggingFace = "huggingface_token",
        /// Linear
        Linear = "linear_key",
        /// Mailgun
        Mailgun = "mailgun_key",
        /// New Relic
        NewRelic = "new_relic_key",
        /// npm
        Npm = "npm_token",
        /// `OpenAI`
        OpenAi = "openai_key",
        /// Postman
        Postman = "postman_key",
        /// Pulumi
        Pulumi = "pulumi_token",
        /// `PyPI`
        PyPi = "pypi_token",
        /// `RubyGems`
        RubyGems = "rubygems_key",
        /// `SendGrid`
        SendGrid = "sendgrid_key",
        /// Sentry
        Sentry = "sentry_token",
        /// Shopify
        Shopify = "shopify_token",
        /// Slack
        Slack = "slack_token",
        /// Square
        Square = "square_token",
        /// Stripe
        Stripe = "stripe_key",
        /// Twilio
        Twilio = "twilio_key",
    }
}
