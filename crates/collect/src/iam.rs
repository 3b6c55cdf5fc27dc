//! Collects IAM facts.

mod account;
mod details;
mod document;
mod last_accessed;
mod listing;
mod mfa;
mod providers;
mod read;
mod report;

use awspect_inventory::iam::Iam;

use crate::Session;
use details::Details;

/// All of IAM, which is one for all regions.
pub(crate) async fn collect(session: &Session) -> Iam {
    let client = session.iam(&session.home);
    let principals = async {
        let details = details::collect(session, &client).await;
        last_accessed::fill(session, &client, details).await
    };
    let (
        Details { mut users, groups, roles, policies, aws_policies },
        report,
        virtual_mfa_devices,
        oidc_providers,
        saml_providers,
        server_certificates,
        summary,
        password_policy,
        organization_features,
    ) = futures::join!(
        principals,
        report::collect(session, &client),
        mfa::virtual_devices(session, &client),
        providers::oidc(session, &client),
        providers::saml(session, &client),
        account::server_certificates(session, &client),
        account::summary(session, &client),
        account::password_policy(session, &client),
        account::organization_features(session, &client),
    );
    report::fill(&report, &mut users.found);
    mfa::fill(session, &client, &virtual_mfa_devices, &mut users.found).await;
    Iam {
        users,
        groups,
        roles,
        policies,
        aws_policies,
        summary,
        password_policy,
        root: report::of_root(&report),
        virtual_mfa_devices,
        oidc_providers,
        saml_providers,
        server_certificates,
        organization_features,
    }
}
