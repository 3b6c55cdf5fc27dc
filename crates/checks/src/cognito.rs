//! Amazon Cognito rules.

mod callback;
mod client;
mod concern;
mod in_force;
mod mfa;
mod names;
mod passwords;
mod people;
mod pool;
mod risk;
mod writable;

use concern::{client_of_people, pool_of_people};

use crate::engine::{Rule, each, rule};

pub(crate) static RULES: [Rule; 19] = [
    rule!("cognito/user-pool-mfa", |scan| pool_of_people(scan, mfa::asked)),
    rule!("cognito/user-pool-mfa-sms-only", |scan| pool_of_people(scan, mfa::not_sms_alone)),
    rule!("cognito/user-pool-recovery-sms", |scan| pool_of_people(scan, passwords::recovery)),
    rule!("cognito/user-pool-password-length", |scan| pool_of_people(scan, passwords::length)),
    rule!("cognito/user-pool-password-complexity", |scan| {
        pool_of_people(scan, passwords::complexity)
    }),
    rule!("cognito/user-pool-temp-password", |scan| pool_of_people(scan, passwords::temporary)),
    rule!("cognito/user-pool-threat-protection", |scan| pool_of_people(scan, risk::enforced)),
    rule!("cognito/user-pool-compromised-credentials", |scan| {
        pool_of_people(scan, risk::compromised_credentials)
    }),
    rule!("cognito/user-pool-account-takeover", |scan| {
        pool_of_people(scan, risk::account_takeover)
    }),
    rule!("cognito/user-pool-deletion-protection", |scan| {
        each(&scan.inventory.cognito.user_pools, pool::deletion_protection)
    }),
    rule!("cognito/user-pool-waf", |scan| each(&scan.inventory.cognito.user_pools, pool::web_acl)),
    rule!("cognito/user-pool-logging", |scan| pool_of_people(scan, pool::logging)),
    rule!("cognito/client-user-existence-errors", |scan| {
        client_of_people(scan, |_, _, client| client::user_existence_errors(client))
    }),
    rule!("cognito/client-token-revocation", |scan| {
        client_of_people(scan, |_, _, client| client::token_revocation(client))
    }),
    rule!("cognito/client-implicit-flow", |scan| {
        client_of_people(scan, |_, _, client| client::implicit_flow(client))
    }),
    rule!("cognito/client-insecure-callback", |scan| {
        client_of_people(scan, |_, _, client| callback::insecure(client))
    }),
    rule!("cognito/client-plain-password-flow", |scan| {
        client_of_people(scan, |pool, _, client| client::plain_password_flow(pool, client))
    }),
    rule!("cognito/client-token-lifetime", |scan| {
        client_of_people(scan, |_, _, client| client::token_lifetime(client))
    }),
    rule!("cognito/client-writable-privileged-attribute", |scan| {
        client_of_people(scan, move |pool, client, settings| {
            writable::privileged(scan, pool, client, settings)
        })
    }),
];
