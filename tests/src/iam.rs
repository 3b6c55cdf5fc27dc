//! Identities for the fake AWS: users, groups, roles and policies, and what they sign in with.

pub mod documents;
mod principals;

pub use principals::{Group, Role, User};

use aws_sdk_iam::Client;
use serde_json::Value;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::seed::Seed;

/// Sends a call and stops the test where the fake AWS refuses it.
macro_rules! send {
    ($iam:expr, $name:expr, $call:expr) => {
        match $iam.seed.run($call.send()) {
            Ok(answer) => answer,
            Err(error) => panic!("{}: {error:?}", $name),
        }
    };
}
use send;

/// IAM of an account, being filled.
#[derive(Debug)]
pub struct Iam<'a> {
    seed: &'a Seed<'a>,
    client: Client,
}

impl<'a> Iam<'a> {
    /// Begins.
    pub fn new(seed: &'a Seed<'a>) -> Self {
        Self { seed, client: seed.iam() }
    }

    /// Makes a user with nothing.
    pub fn user(&self, name: &str) -> User<'_> {
        send!(self, name, self.client.create_user().user_name(name));
        User::new(self, name)
    }

    /// Makes a group with nothing.
    pub fn group(&self, name: &str) -> Group<'_> {
        send!(self, name, self.client.create_group().group_name(name));
        Group::new(self, name)
    }

    /// Makes a role that may do nothing.
    pub fn role(&self, name: &str, trust: &Value) -> Role<'_> {
        self.role_in("/", name, trust)
    }

    /// Makes a role with a path.
    pub fn role_in(&self, path: &str, name: &str, trust: &Value) -> Role<'_> {
        let call = self
            .client
            .create_role()
            .path(path)
            .role_name(name)
            .assume_role_policy_document(trust.to_string());
        send!(self, name, call);
        Role::new(self, name)
    }

    /// Makes a managed policy of the account's own, and gives its ARN.
    pub fn policy(&self, name: &str, document: &Value) -> String {
        let call = self.client.create_policy().policy_name(name);
        send!(self, name, call.policy_document(document.to_string()));
        format!("arn:aws:iam::{}:policy/{name}", self.seed.account())
    }

    /// Makes an OIDC provider, and gives its ARN.
    pub fn oidc_provider(&self, host: &str, audiences: &[&str]) -> String {
        let audiences = audiences.iter().map(ToString::to_string).collect();
        let call = self
            .client
            .create_open_id_connect_provider()
            .url(format!("https://{host}"))
            .thumbprint_list("0".repeat(40))
            .set_client_id_list(Some(audiences));
        send!(self, host, call);
        format!("arn:aws:iam::{}:oidc-provider/{host}", self.seed.account())
    }

    /// Makes a SAML provider, and gives its ARN.
    pub fn saml_provider(&self, name: &str) -> String {
        let call = self.client.create_saml_provider().name(name);
        send!(self, name, call.saml_metadata_document("m".repeat(1024)));
        format!("arn:aws:iam::{}:saml-provider/{name}", self.seed.account())
    }

    /// Puts a server certificate there. The fake AWS says of each that it expired in 2012.
    pub fn server_certificate(&self, name: &str) {
        let call = self.client.upload_server_certificate().server_certificate_name(name);
        send!(self, name, call.certificate_body("c").private_key("k"));
    }

    /// Sets what passwords must be like: the shortest, days until they expire, how many may not come again, and
    /// whether they need characters of all four kinds.
    pub fn password_policy(&self, length: i32, days: i32, kept: i32, all_kinds: bool) {
        let call = self
            .client
            .update_account_password_policy()
            .minimum_password_length(length)
            .max_password_age(days)
            .password_reuse_prevention(kept)
            .require_uppercase_characters(all_kinds)
            .require_lowercase_characters(all_kinds)
            .require_numbers(all_kinds)
            .require_symbols(all_kinds);
        send!(self, "the password policy", call);
    }
}

/// The ARN of a managed policy of AWS's: `aws_managed("AdministratorAccess")`, `aws_managed("service-role/…")`.
pub fn aws_managed(name: &str) -> String {
    format!("arn:aws:iam::aws:policy/{name}")
}

/// A time so many days ago, as IAM writes it: scans of the fake AWS happen today.
///
/// # Panics
///
/// If there was no such day.
#[expect(clippy::disallowed_methods, reason = "the binary that is scanning reads the clock too")]
pub fn days_ago(days: i64) -> String {
    let then = OffsetDateTime::now_utc() - Duration::days(days);
    let then = then.replace_nanosecond(0).expect("a whole second");
    then.format(&Rfc3339).expect("a year of four digits")
}
