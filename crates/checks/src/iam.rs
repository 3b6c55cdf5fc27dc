//! IAM rules.

mod account;
mod attached;
mod becoming;
mod credentials;
mod deprecated;
mod documents;
mod evidence;
mod identities;
mod named;
mod noise;
mod passwords;
mod providers;
mod root;
mod trust;
mod workload;

pub(crate) use becoming::Becoming;
pub(crate) use evidence::{by_level, request, tellingly};
pub(crate) use identities::{Identities, Rights, Session, principals};
pub(crate) use named::Named;
pub(crate) use trust::federation::is_cognitos_own;
pub(crate) use workload::administrator;

use awspect_findings::Decision;
use awspect_inventory::iam::Role;

use crate::{
    Scan,
    engine::{Rule, Subject, each, gaps, one, rule},
};
use trust::{federation, outside, services};

pub(crate) static RULES: [Rule; 61] = [
    rule!("iam/policy-admin-customer", |scan| documents::attached_admin(scan, true)),
    rule!("iam/policy-admin-unattached", |scan| documents::attached_admin(scan, false)),
    rule!("iam/policy-admin-inline", documents::inline_admin),
    rule!("iam/policy-service-wildcard", |scan| documents::all(scan, documents::whole_services)),
    rule!("iam/policy-notaction-allow", |scan| documents::all(scan, documents::negated)),
    rule!("iam/policy-passrole-wildcard", |scan| documents::all(scan, documents::pass_role)),
    rule!("iam/policy-assumerole-wildcard", |scan| documents::all(scan, documents::assume_role)),
    rule!("iam/privilege-escalation", escalation),
    rule!("iam/policy-marketplace-subscribe", |scan| documents::all(scan, documents::subscribe)),
    rule!("iam/managed-policy-admin-attached", |scan| {
        attached::holders(scan, |holder| Some(attached::administrator(scan, holder)))
    }),
    rule!("iam/managed-policy-broad", |scan| {
        attached::holders(scan, |holder| attached::broad(scan, holder))
    }),
    rule!("iam/managed-policy-deprecated", |scan| {
        attached::holders(scan, |holder| Some(attached::out_of_date(holder)))
    }),
    rule!("iam/user-direct-policies", |scan| each(&scan.inventory.iam.users, attached::direct)),
    rule!("iam/inline-policies", |scan| attached::holders(scan, attached::inline)),
    rule!("iam/policy-unattached", |scan| documents::unattached(&scan.inventory.iam.policies)),
    rule!("iam/group-empty", |scan| {
        each(&scan.inventory.iam.groups, move |group| attached::members(scan, group))
    }),
    rule!("iam/admin-without-mfa", credentials::administrators),
    rule!("iam/role-trust-anyone", |scan| {
        trust::each(scan, outside::names_principals, outside::anyone)
    }),
    rule!("iam/role-trust-external-account", |scan| {
        trust::each(scan, outside::names_principals, outside::external)
    }),
    rule!("iam/role-trust-external-no-externalid", |scan| {
        trust::each(scan, outside::names_principals, outside::no_external_id)
    }),
    rule!("iam/role-trust-oidc-unscoped", |scan| {
        let names = |policy: &_| federation::names_provider(policy, federation::is_oidc);
        trust::each(scan, names, federation::oidc_unscoped)
    }),
    rule!("iam/role-trust-oidc-no-aud", |scan| {
        let names = |policy: &_| federation::names_provider(policy, federation::is_oidc);
        trust::each(scan, names, federation::oidc_audience)
    }),
    rule!("iam/role-trust-cognito-unscoped", |scan| {
        let names = |policy: &_| federation::names_provider(policy, federation::is_cognito);
        trust::each(scan, names, federation::cognito_unscoped)
    }),
    rule!("iam/role-trust-cognito-unauth", |scan| {
        let names = |policy: &_| federation::names_provider(policy, federation::is_cognito);
        trust::each(scan, names, federation::cognito_guests)
    }),
    rule!("iam/role-trust-saml-unscoped", |scan| {
        let names = |policy: &_| federation::names_provider(policy, federation::is_saml);
        trust::each(scan, names, federation::saml_audience)
    }),
    rule!("iam/role-trust-service-confused-deputy", |scan| {
        trust::each(scan, services::names_deputy, services::confused_deputy)
    }),
    rule!("iam/role-trust-dead-principal", |scan| trust::each(scan, |_| true, outside::dead)),
    rule!("iam/role-lambda-admin", |scan| {
        workload::taken_by(scan, "lambda.amazonaws.com", move |index, _| {
            workload::administrator(scan, index)
        })
    }),
    rule!("iam/role-lambda-shared", |scan| {
        workload::taken_by(scan, "lambda.amazonaws.com", move |_, role| {
            workload::shared(scan, role)
        })
    }),
    rule!("iam/role-apigateway-wildcard", |scan| {
        workload::taken_by(scan, "apigateway.amazonaws.com", move |index, _| {
            workload::integrations(scan, index)
        })
    }),
    rule!("iam/role-instance-admin", |scan| {
        workload::taken_by(scan, "ec2.amazonaws.com", move |index, _| {
            workload::administrator(scan, index)
        })
    }),
    rule!("iam/role-ec2-unused", |scan| {
        workload::taken_by(scan, "ec2.amazonaws.com", move |_, role| {
            workload::on_instance(scan, role)
        })
    }),
    rule!("iam/role-unused", |scan| roles(scan, |role| workload::used(scan, role))),
    rule!("iam/role-permissive-no-boundary", |scan| {
        attached::holders(scan, |holder| workload::unbound(scan, holder))
    }),
    rule!("iam/oidc-provider-thumbprint-client", |scan| {
        each(&scan.inventory.iam.oidc_providers, providers::audiences)
    }),
    rule!("iam/root-access-key", |scan| {
        one(&scan.inventory.account, root::access_keys(&scan.inventory.iam))
    }),
    rule!("iam/root-signing-cert", |scan| {
        one(&scan.inventory.account, root::signing_certificates(&scan.inventory.iam))
    }),
    rule!("iam/root-mfa", |scan| one(&scan.inventory.account, root::mfa(&scan.inventory.iam))),
    rule!("iam/root-hardware-mfa", |scan| {
        one(&scan.inventory.account, root::hardware_mfa(&scan.inventory.iam))
    }),
    rule!("iam/root-recent-use", |scan| one(&scan.inventory.account, root::recent_use(scan))),
    rule!("iam/root-central-management", |scan| {
        one(&scan.inventory.account, root::central_management(scan))
    }),
    rule!("iam/password-policy-exists", |scan| {
        one(&scan.inventory.account, passwords::exists(&scan.inventory.iam))
    }),
    rule!("iam/password-policy-length", |scan| {
        one(&scan.inventory.account, passwords::length(&scan.inventory.iam))
    }),
    rule!("iam/password-policy-reuse", |scan| {
        one(&scan.inventory.account, passwords::reuse(&scan.inventory.iam))
    }),
    rule!("iam/password-policy-complexity", |scan| {
        one(&scan.inventory.account, passwords::complexity(&scan.inventory.iam))
    }),
    rule!("iam/password-policy-expiry", |scan| {
        one(&scan.inventory.account, passwords::expiry(&scan.inventory.iam))
    }),
    rule!("iam/user-mfa-console", |scan| credentials::users(scan, credentials::mfa)),
    rule!("iam/user-hardware-mfa", |scan| {
        let iam = &scan.inventory.iam;
        credentials::users(scan, |user, row| credentials::hardware_mfa(iam, user, row))
    }),
    rule!("iam/user-access-key-age", |scan| credentials::keys(scan, credentials::key_age)),
    rule!("iam/user-access-key-unused", |scan| credentials::keys(scan, credentials::key_used)),
    rule!("iam/user-console-unused", |scan| {
        credentials::users(scan, |user, row| credentials::password_used(scan, user, row))
    }),
    rule!("iam/user-setup-key", |scan| credentials::users(scan, credentials::setup_key)),
    rule!("iam/user-two-active-keys", |scan| credentials::users(scan, credentials::one_key)),
    rule!("iam/user-password-and-key", |scan| credentials::users(scan, credentials::one_kind)),
    rule!("iam/user-long-lived-credentials", |scan| {
        credentials::users(scan, credentials::long_lived)
    }),
    rule!("iam/server-certificate-expired", |scan| {
        each(&scan.inventory.iam.server_certificates, move |own| account::certificate(scan, own))
    }),
    rule!("iam/support-role", |scan| {
        one(&scan.inventory.account, account::support(&scan.inventory.iam))
    }),
    rule!("iam/federation", |scan| {
        one(&scan.inventory.account, account::federation(&scan.inventory.iam))
    }),
    rule!("iam/access-analyzer-external", |scan| {
        each(&scan.inventory.access_analyzer.regions, account::analyzer)
    }),
    rule!("iam/access-analyzer-findings", |scan| account::analyzers(scan, account::findings)),
    rule!("account/security-contact", |scan| {
        one(&scan.inventory.account, account::security_contact(&scan.inventory.contacts.security))
    }),
];

/// Puts each role to a rule, service-linked ones apart, which nobody can change.
fn roles<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Role) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let listed = &scan.inventory.iam.roles;
    let own = listed.found.iter().filter(|role| !noise::is_service_linked(role));
    own.map(|role| (Subject::Resource(role), decide(role))).chain(gaps(listed)).collect()
}

/// How far each user and role gets; nobody but AWS has a service-linked role.
fn escalation(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let (iam, becoming) = (&scan.inventory.iam, scan.becoming());
    let users = iam.users.found.iter().enumerate().map(|(index, user)| {
        (Subject::Resource(user), workload::escalation(becoming.users.get(index), None))
    });
    let roles = iam.roles.found.iter().enumerate();
    let roles = roles.filter(|(_, role)| !noise::is_service_linked(role)).map(|(index, role)| {
        let trust = scan.identities().trusts.get(index).and_then(|read| read.as_deref().ok());
        let decision = workload::escalation(becoming.roles.get(index), Some((role, trust)));
        (Subject::Resource(role), decision)
    });
    users.chain(roles).chain(gaps(&iam.users)).chain(gaps(&iam.roles)).collect()
}
