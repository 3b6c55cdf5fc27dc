//! What IAM says of the account as a whole.

use aws_sdk_iam::{
    Client,
    operation::{
        get_account_password_policy::GetAccountPasswordPolicyOutput,
        get_account_summary::GetAccountSummaryOutput,
        list_organizations_features::ListOrganizationsFeaturesOutput,
    },
    types::ServerCertificateMetadata,
};
use awspect_inventory::{
    Listed, Observed,
    iam::{OrganizationFeatures, PasswordPolicy, ServerCertificate, Summary},
};

use super::listing::{gap, more};
use crate::{
    Session,
    ask::{Missing, Read},
    read::{arn, text, time},
};

/// How IAM says that no organization manages anything of its members' root users
/// (IAM API reference, `ListOrganizationsFeatures`).
const NOTHING_CENTRAL: [&str; 3] = [
    "OrganizationNotFoundException",
    "OrganizationNotInAllFeaturesModeException",
    "ServiceAccessNotEnabledException",
];

pub(super) async fn summary(session: &Session, client: &Client) -> Observed<Summary> {
    let call = client.get_account_summary().send();
    session.ask(&session.home).fact(&[], call, read_summary).await
}

pub(super) async fn password_policy(
    session: &Session,
    client: &Client,
) -> Observed<PasswordPolicy> {
    let call = client.get_account_password_policy().send();
    session.ask(&session.home).fact(&["NoSuchEntity"], call, read_password_policy).await
}

pub(super) async fn organization_features(
    session: &Session,
    client: &Client,
) -> Observed<OrganizationFeatures> {
    let call = client.list_organizations_features().send();
    session.ask(&session.home).fact(&NOTHING_CENTRAL, call, read_features).await
}

pub(super) async fn server_certificates(
    session: &Session,
    client: &Client,
) -> Listed<ServerCertificate> {
    let pages = client.list_server_certificates().into_paginator().send();
    session
        .ask(&session.home)
        .pages::<ServerCertificate, _, _, _, _>(
            pages,
            |page| {
                more(page.is_truncated, page.marker.as_deref())?;
                Ok(page.server_certificate_metadata_list)
            },
            read_certificate,
            gap(session, "server-certificate/*"),
        )
        .await
}

fn read_summary(answer: GetAccountSummaryOutput) -> Read<Summary> {
    let map = answer.summary_map.ok_or(Missing("SummaryMap"))?;
    let figure = |name: &str| {
        let figure = map.iter().find(|(key, _)| key.as_str() == name);
        figure.map(|(_, count)| *count != 0)
    };
    Ok(Some(Summary {
        mfa_enabled: figure("AccountMFAEnabled"),
        access_keys_present: figure("AccountAccessKeysPresent"),
        signing_certificates_present: figure("AccountSigningCertificatesPresent"),
        password_present: figure("AccountPasswordPresent"),
    }))
}

fn read_password_policy(answer: GetAccountPasswordPolicyOutput) -> Read<PasswordPolicy> {
    let policy = answer.password_policy.ok_or(Missing("PasswordPolicy"))?;
    let count = |count: Option<i32>, name| {
        count.map(|count| u32::try_from(count).map_err(|_| Missing(name))).transpose()
    };
    let unless_zero = |count: Option<u32>| count.filter(|count| *count > 0);
    Ok(Some(PasswordPolicy {
        minimum_length: count(policy.minimum_password_length, "MinimumPasswordLength")?,
        uppercase: policy.require_uppercase_characters,
        lowercase: policy.require_lowercase_characters,
        numbers: policy.require_numbers,
        symbols: policy.require_symbols,
        max_age: unless_zero(count(policy.max_password_age, "MaxPasswordAge")?),
        reuse_prevention: unless_zero(count(
            policy.password_reuse_prevention,
            "PasswordReusePrevention",
        )?),
    }))
}

fn read_features(answer: ListOrganizationsFeaturesOutput) -> Read<OrganizationFeatures> {
    let features = answer.enabled_features.ok_or(Missing("EnabledFeatures"))?;
    let features = features.iter().map(|feature| feature.as_str().to_owned());
    Ok(Some(OrganizationFeatures(features.collect())))
}

fn read_certificate(certificate: ServerCertificateMetadata) -> Result<ServerCertificate, Missing> {
    Ok(ServerCertificate {
        arn: arn(Some(&certificate.arn), "Arn")?,
        name: text(Some(certificate.server_certificate_name), "ServerCertificateName")?,
        expires: certificate.expiration.and_then(time),
    })
}
