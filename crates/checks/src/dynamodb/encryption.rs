//! The key that a table is encrypted with: whose it is, and whether it works.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Arn, Fact as _, Reason, Unknown,
    dynamodb::{
        Table, TableEncryption, TableEncryptionKind, TableEncryptionStatus, TableSettings,
        TableStatus,
    },
    kms::{KeyManager, KeySettings},
};
use serde_json::json;
use time::format_description::well_known::Rfc3339;

use super::{
    key::{manager, state, works},
    subjects::settings,
};
use crate::{Scan, engine::unknown_value};

/// The key of KMS that a table is encrypted with; nothing where DynamoDB owns the key.
fn kms_key(settings: &TableSettings) -> Result<Option<&Arn>, Unknown> {
    let Some(encryption) = &settings.encryption else { return Ok(None) };
    let leaves_kms = [TableEncryptionStatus::Disabling, TableEncryptionStatus::Disabled];
    if encryption.status.as_ref().is_some_and(|status| leaves_kms.contains(status)) {
        return Ok(None);
    }
    let without = |field: &str| {
        Unknown::new(TableSettings::ACTION, Reason::Malformed)
            .because(format!("`SSEDescription` has no `{field}`"))
    };
    match (&encryption.kind, &encryption.key) {
        (Some(TableEncryptionKind::Aes256), _) => Ok(None),
        (Some(TableEncryptionKind::Other(other)), _) => Err(unknown_value::<TableSettings>(other)),
        (Some(TableEncryptionKind::Kms) | None, Some(key)) => Ok(Some(key)),
        (Some(TableEncryptionKind::Kms), None) => Err(without("KMSMasterKeyArn")),
        (None, None) => Err(without("SSEType")),
    }
}

/// A table is encrypted with a key that its owner manages.
pub(super) fn own_key(scan: Scan<'_>, table: &Table) -> Decision {
    let settings = settings(table)?;
    let Some(arn) = kms_key(settings)? else {
        let observed = settings.encryption.as_ref().map(|encryption| {
            json!({
                "SSEType": encryption.kind.as_ref().map(TableEncryptionKind::as_str),
                "Status": encryption.status.as_ref().map(TableEncryptionStatus::as_str),
            })
        });
        let expected = "a customer managed key of KMS; this one is DynamoDB's own";
        let none = Evidence::of::<TableSettings>("Table.SSEDescription", json!(observed), expected);
        return Ok(Verdict::faults(vec![none]));
    };
    // Nobody can share a key that AWS manages, so that of another account is a customer's.
    if arn.account().is_some_and(|account| account != scan.inventory.account.id) {
        let expected = "a customer managed key, as those of other accounts always are";
        let field = "Table.SSEDescription.KMSMasterKeyArn";
        let foreign = Evidence::of::<TableSettings>(field, arn.as_str(), expected);
        return Ok(Verdict::Pass(vec![foreign]));
    }
    let Some(key) = scan.inventory.kms.key(arn)? else {
        return Err(Unknown::new(KeySettings::ACTION, Reason::Undecided)
            .because("there is no such key any more, and nobody knows whose it was"));
    };
    match &key.manager {
        Some(KeyManager::Customer) => {
            Ok(Verdict::Pass(vec![manager(arn.as_str(), key, "CUSTOMER")]))
        }
        Some(KeyManager::Aws) => Ok(Verdict::faults(vec![manager(arn.as_str(), key, "CUSTOMER")])),
        Some(KeyManager::Other(other)) => Err(unknown_value::<KeySettings>(other)),
        None => Err(Unknown::new(KeySettings::ACTION, Reason::Malformed)
            .because("the answer has no `KeyManager`")),
    }
}

/// DynamoDB can use the key of a table. One without a key that could fail is not concerned.
pub(super) fn key_works(scan: Scan<'_>, table: &Table) -> Result<Option<Verdict>, Unknown> {
    let settings = settings(table)?;
    let mut faults = signs(settings);
    let key = kms_key(settings);
    if !faults.is_empty() {
        // Whatever KMS says now, it is shown beside.
        if let Ok(Some(arn)) = key
            && let Ok(key) = scan.inventory.kms.key(arn)
        {
            faults.push(state(arn.as_str(), key));
        }
        return Ok(Some(Verdict::faults(faults)));
    }
    let Some(arn) = key? else { return Ok(None) };
    let key = scan.inventory.kms.key(arn)?;
    if key.is_some_and(|key| key.manager == Some(KeyManager::Aws)) {
        return Ok(None);
    }
    let evidence = state(arn.as_str(), key);
    if !works(key)? {
        return Ok(Some(Verdict::faults(vec![evidence])));
    }
    match &settings.status {
        TableStatus::Other(other) => Err(unknown_value::<TableSettings>(other)),
        _ => Ok(Some(Verdict::Pass(vec![evidence]))),
    }
}

/// What a table shows of a key that DynamoDB could not use.
fn signs(settings: &TableSettings) -> Vec<Evidence> {
    let lost = [
        TableStatus::InaccessibleEncryptionCredentials,
        TableStatus::Archiving,
        TableStatus::Archived,
    ];
    let status = lost.contains(&settings.status).then(|| {
        let status = settings.status.as_str();
        Evidence::of::<TableSettings>("Table.TableStatus", status, "ACTIVE")
    });
    let since = |encryption: &TableEncryption| encryption.inaccessible_since;
    let since = settings.encryption.as_ref().and_then(since).map(|at| {
        let field = "Table.SSEDescription.InaccessibleEncryptionDateTime";
        let expected = "none, for DynamoDB can use the key";
        Evidence::of::<TableSettings>(field, at.format(&Rfc3339).ok(), expected)
    });
    since.into_iter().chain(status).collect()
}
