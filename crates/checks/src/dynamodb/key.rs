//! Whether a key of KMS can be used.

use awspect_findings::Evidence;
use awspect_inventory::{
    Unknown,
    kms::{KeySettings, KeyState},
};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;

use crate::engine::unknown_value;

/// Whether what is encrypted with a key can be read; no key is one that KMS does not know any more.
pub(super) fn works(key: Option<&KeySettings>) -> Result<bool, Unknown> {
    let Some(key) = key else { return Ok(false) };
    match &key.state {
        KeyState::Enabled | KeyState::Creating | KeyState::Updating => Ok(true),
        KeyState::Disabled
        | KeyState::PendingDeletion
        | KeyState::PendingImport
        | KeyState::PendingReplicaDeletion
        | KeyState::Unavailable => Ok(false),
        KeyState::Other(other) => Err(unknown_value::<KeySettings>(other)),
    }
}

/// The state of a key, with its day of deletion where it has one.
pub(super) fn state(arn: &str, key: Option<&KeySettings>) -> Evidence {
    let observed = match key {
        None => json!({ "KeyId": arn, "KeyState": "there is no such key any more" }),
        Some(key) => {
            let deletion = key.deletion.and_then(|at| at.format(&Rfc3339).ok());
            let mut observed = json!({ "KeyId": arn, "KeyState": key.state.as_str() });
            if let (Some(at), Some(fields)) = (deletion, observed.as_object_mut()) {
                fields.insert("DeletionDate".to_owned(), json!(at));
            }
            observed
        }
    };
    Evidence::of::<KeySettings>("KeyMetadata.KeyState", observed, "Enabled")
}

/// Who manages a key.
pub(super) fn manager(arn: &str, key: &KeySettings, expected: &'static str) -> Evidence {
    let manager = key.manager.as_ref().map_or(Value::Null, |it| json!(it.as_str()));
    let observed = json!({ "KeyId": arn, "KeyManager": manager });
    Evidence::of::<KeySettings>("KeyMetadata.KeyManager", observed, expected)
}
