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

/// Values that an account's owner gave names: parameters, variables. What they say stays with AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedValues {
    /// Their names.
    pub names: Vec<String>,
    /// Secrets among what they say.
    pub secrets: Vec<Secret>,
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
        /// An API key of AWS `AppSync`.
        AppSyncKey = "appsync_api_key",
        /// An API key of Amazon Bedrock.
        BedrockKey = "bedrock_api_key",
        /// A secret key of age.
        AgeKey = "age_secret_key",
        /// One of Anthropic.
        Anthropic = "anthropic_key",
        /// One of Atlassian.
        Atlassian = "atlassian_token",
        /// One of Databricks.
        Databricks = "databricks_token",
        /// One of `DigitalOcean`.
        DigitalOcean = "digitalocean_token",
        /// One of Docker Hub.
        Docker = "docker_token",
        /// One of Doppler.
        Doppler = "doppler_token",
        /// One of Figma.
        Figma = "figma_token",
        /// One of `GitHub`.
        GitHub = "github_token",
        /// One of `GitLab`.
        GitLab = "gitlab_token",
        /// One of Google.
        Google = "google_key",
        /// One of Grafana.
        Grafana = "grafana_token",
        /// One of `HashiCorp` Vault.
        Vault = "vault_token",
        /// One of Hugging Face.
        HuggingFace = "huggingface_token",
        /// One of Linear.
        Linear = "linear_key",
        /// One of Mailgun.
        Mailgun = "mailgun_key",
        /// One of New Relic.
        NewRelic = "new_relic_key",
        /// One of npm.
        Npm = "npm_token",
        /// One of `OpenAI`.
        OpenAi = "openai_key",
        /// One of Postman.
        Postman = "postman_key",
        /// One of Pulumi.
        Pulumi = "pulumi_token",
        /// One of `PyPI`.
        PyPi = "pypi_token",
        /// One of `RubyGems`.
        RubyGems = "rubygems_key",
        /// One of `SendGrid`.
        SendGrid = "sendgrid_key",
        /// One of Sentry.
        Sentry = "sentry_token",
        /// One of Shopify.
        Shopify = "shopify_token",
        /// One of Slack.
        Slack = "slack_token",
        /// One of Square.
        Square = "square_token",
        /// One of Stripe.
        Stripe = "stripe_key",
        /// One of Twilio.
        Twilio = "twilio_key",
    }
}
