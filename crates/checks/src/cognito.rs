//! Amazon Cognito rules.

mod identity;
mod text;
mod words;

use awspect_findings::Decision;
use awspect_inventory::{Listed, Resource};

use crate::engine::{Rule, Subject, each, gaps, rule};
use identity::{guests, registration, signed_in};
use text::{role, sandbox, spend};

pub(crate) static RULES: [Rule; 9] = [
    rule!("cognito/sms-spend-limit", |scan| {
        concerned(&scan.inventory.cognito.user_pools, move |pool| spend::limit(scan, pool))
    }),
    rule!("cognito/sms-sandbox", sandbox::regions),
    rule!("cognito/sms-role", |scan| {
        concerned(&scan.inventory.cognito.user_pools, move |pool| role::narrow(scan, pool))
    }),
    rule!("cognito/user-pool-self-registration", |scan| {
        each(&scan.inventory.cognito.user_pools, move |pool| registration::closed(scan, pool))
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

/// Puts the resources that a rule concerns to the rule; those that could not be listed are unknown to it.
fn concerned<'a, R: Resource>(
    listed: &'a Listed<R>,
    decide: impl Fn(&'a R) -> Option<Decision>,
) -> Vec<(Subject<'a>, Decision)> {
    let judged = listed.found.iter().filter_map(|it| {
        let decision = decide(it)?;
        Some((Subject::Resource(it), decision))
    });
    judged.chain(gaps(listed)).collect()
}
