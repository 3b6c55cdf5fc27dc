//! Amazon Cognito rules.

mod callback;
mod client;
mod concern;
mod identity;
mod in_force;
mod mfa;
mod names;
mod passwords;
mod people;
mod pool;
mod risk;
mod text;
mod writable;

use concern::{client_of_people, pool_of_people};
use identity::{guests, registration, signed_in};
use text::{role, sandbox, spend};

use crate::engine::{Rule, concerned, each, rule};

pub(crate) static RULES: [Rule; 28] = [
    rule!("cognito/user-pool-mfa", |scan| pool_of_people(scan, mfa::asked)),
    rule!("cognito/user-pool-mfa-sms-only", |scan| pool_of_people(scan, mfa::not_sms_alone)),
    rule!("cognito/sms-spend-limit", |scan| {
        concerned(&scan.inventory.cognito.user_pools, move |pool| spend::limit(scan, pool))
    }),
    rule!("cognito/sms-sandbox", sandbox::regions),
    rule!("cognito/sms-role", |scan| {
        concerned(&scan.inventory.cognito.user_pools, move |pool| role::narrow(scan, pool))
    }),
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
    rule!("cognito/user-pool-self-registration", |scan| {
        each(&scan.inventory.cognito.user_pools, move |pool| registration::closed(scan, pool))
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
    rule!("cognito/identity-pool-guest", |scan| {
        each(&scan.inventory.cognito.identity_pools, move |pool| guests::none(scan, pool))
    }),
    rule!("cognito/identity-pool-guest-role-permissions", |scan| {
        concerned(&scan.inventory.cognito.identity_pools, move |pool| guests::rights(scan, pool))
    }),
    rule!("cognito/identity-pool-classic-flow", |scan| {
        each(&scan.inventory.cognito.identity_pools, identity::classic_flow)
    }),
    rule!("cognito/identity-pool-auth-role-broad", |scan| {
        concerned(&scan.inventory.cognito.identity_pools, move |pool| signed_in::broad(scan, pool))
    }),
    rule!("cognito/identity-pool-server-side-token-check", |scan| {
        concerned(&scan.inventory.cognito.identity_pools, identity::token_check)
    }),
];
