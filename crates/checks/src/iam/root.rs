//! The root user.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Observed, Reason, Unknown,
    iam::{Credentials, Iam, OrganizationFeatures, Summary, VirtualMfaDevice},
    organizations::Organization,
};
use serde_json::json;
use time::Duration;

use crate::Scan;

fn summary(iam: &Iam) -> Result<&Summary, Unknown> {
    iam.summary.known()?.ok_or_else(|| Unknown::new(Summary::ACTION, Reason::Malformed))
}

fn figure(value: Option<bool>, name: &'static str) -> Result<bool, Unknown> {
    value.ok_or_else(|| {
        Unknown::new(Summary::ACTION, Reason::Malformed)
            .because(format!("the answer has no `{name}`"))
    })
}

/// A figure that must be off.
fn off(value: Option<bool>, name: &'static str) -> Decision {
    let on = figure(value, name)?;
    Ok(Verdict::holds(!on, Evidence::of::<Summary>(name, u8::from(on), "0")))
}

/// The root user has no access keys.
pub(super) fn access_keys(iam: &Iam) -> Decision {
    off(summary(iam)?.access_keys_present, "AccountAccessKeysPresent")
}

/// The root user has no signing certificates.
pub(super) fn signing_certificates(iam: &Iam) -> Decision {
    off(summary(iam)?.signing_certificates_present, "AccountSigningCertificatesPresent")
}

/// The root user signs in with MFA, where it can sign in at all.
pub(super) fn mfa(iam: &Iam) -> Decision {
    let summary = summary(iam)?;
    if let Some(none) = no_credentials(iam, summary) {
        return Ok(Verdict::Pass(vec![none]));
    }
    let on = figure(summary.mfa_enabled, "AccountMFAEnabled")?;
    let evidence = Evidence::of::<Summary>("AccountMFAEnabled", u8::from(on), "1");
    Ok(Verdict::holds(on, evidence))
}

/// A member account whose root credentials were removed centrally has nothing to sign in with.
fn no_credentials(iam: &Iam, summary: &Summary) -> Option<Evidence> {
    let password = summary.password_present.or_else(|| iam.root.set()?.password);
    (password == Some(false) && summary.access_keys_present == Some(false)).then(|| {
        let observed = json!({ "AccountPasswordPresent": 0, "AccountAccessKeysPresent": 0 });
        Evidence::of::<Summary>("SummaryMap", observed, "no credentials, or MFA")
    })
}

/// The root user's MFA is a device that nobody can copy.
pub(super) fn hardware_mfa(iam: &Iam) -> Decision {
    let summary = summary(iam)?;
    if let Some(none) = no_credentials(iam, summary) {
        return Ok(Verdict::Pass(vec![none]));
    }
    let expected = "hardware, a security key or a passkey";
    if !figure(summary.mfa_enabled, "AccountMFAEnabled")? {
        let none = Evidence::of::<Summary>("AccountMFAEnabled", 0, expected);
        return Ok(Verdict::faults(vec![none]));
    }
    let devices = &iam.virtual_mfa_devices;
    let is_roots = |device: &&VirtualMfaDevice| {
        device.user.as_ref().is_some_and(|user| user.resource() == "root")
    };
    if let Some(device) = devices.found.iter().find(is_roots) {
        let serial = device.arn.as_str();
        let evidence =
            Evidence::of::<VirtualMfaDevice>("VirtualMFADevices[].SerialNumber", serial, expected);
        return Ok(Verdict::faults(vec![evidence]));
    }
    match devices.gaps.first() {
        Some(gap) => Err(gap.unknown.clone()),
        None => Ok(Verdict::Pass(vec![Evidence::of::<VirtualMfaDevice>(
            "VirtualMFADevices",
            "none of the root user's",
            expected,
        )])),
    }
}

/// Days in which the root user should have had nothing to do.
const QUIET: Duration = Duration::days(90);

/// Nobody has used the root user for a while: neither its password nor any of its keys.
pub(super) fn recent_use(scan: Scan<'_>) -> Decision {
    let root = scan.inventory.iam.root.known()?.ok_or_else(|| {
        Unknown::new(Credentials::ACTION, Reason::Malformed)
            .because("the report has no row of the root user")
    })?;
    let keys = root
        .access_keys
        .iter()
        .filter_map(|key| Some((format!("{}_last_used_date", key.slot.as_str()), key.last_used?)));
    let password = root.password_last_used.map(|at| ("password_last_used".to_owned(), at));
    let expected = format!("no use within {} days", QUIET.whole_days());
    let now = scan.inventory.collected_at;
    let latest = keys.chain(password).max_by_key(|(_, at)| *at);
    let Some((field, at)) = latest else {
        let never = Evidence::of::<Credentials>("<root_account>", "never used", expected);
        return Ok(Verdict::Pass(vec![never]));
    };
    let observed = json!({ "date": at.date().to_string(), "days": (now - at).whole_days() });
    Ok(Verdict::holds(now - at > QUIET, Evidence::of::<Credentials>(field, observed, expected)))
}

/// The organization keeps the root credentials of its members, and so members have none.
pub(super) fn central_management(scan: Scan<'_>) -> Decision {
    let account = &scan.inventory.account.id;
    let organization = &scan.inventory.organizations.organization;
    let told = |observed: String| {
        let expected = "judged in the management account";
        let evidence =
            Evidence::of::<Organization>("Organization.MasterAccountId", observed, expected);
        Ok(Verdict::Pass(vec![evidence]))
    };
    if *organization == Observed::NotSet {
        return told("in no organization".to_owned());
    }
    let features = match scan.inventory.iam.organization_features.known() {
        Ok(features) => {
            features.map(|OrganizationFeatures(own)| own.as_slice()).unwrap_or_default()
        }
        Err(unknown) => match organization.set() {
            // A member is not told, and has nothing to decide.
            Some(own) if own.management_account != *account => {
                return told(own.management_account.to_string());
            }
            _ => return Err(unknown),
        },
    };
    let on = features.iter().any(|feature| feature == "RootCredentialsManagement");
    Ok(Verdict::holds(
        on,
        Evidence::of::<OrganizationFeatures>(
            "EnabledFeatures",
            features.to_vec(),
            "RootCredentialsManagement",
        ),
    ))
}
