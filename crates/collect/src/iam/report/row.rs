//! One row of the credential report (IAM user guide, "Generate credential reports for your AWS account").

use awspect_inventory::{
    Arn,
    iam::{AccessKey, Credentials, KeySlot},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::table::Row;
use crate::ask::Missing;

/// What stands where there is nothing to say.
const NOTHING: [&str; 3] = ["N/A", "no_information", "not_supported"];

/// The columns of an access key.
struct KeyColumns {
    slot: KeySlot,
    active: &'static str,
    created: &'static str,
    last_used: &'static str,
    last_used_service: &'static str,
}

const KEYS: [KeyColumns; 2] = [
    KeyColumns {
        slot: KeySlot::First,
        active: "access_key_1_active",
        created: "access_key_1_last_rotated",
        last_used: "access_key_1_last_used_date",
        last_used_service: "access_key_1_last_used_service",
    },
    KeyColumns {
        slot: KeySlot::Second,
        active: "access_key_2_active",
        created: "access_key_2_last_rotated",
        last_used: "access_key_2_last_used_date",
        last_used_service: "access_key_2_last_used_service",
    },
];

const CERTIFICATES: [&str; 2] = ["cert_1_active", "cert_2_active"];

pub(super) fn credentials(row: &Row<'_>, reported: OffsetDateTime) -> Result<Credentials, Missing> {
    let user = field(row, "user")?;
    let arn: Arn = field(row, "arn")?.parse().map_err(|_| Missing("arn"))?;
    let mut access_keys = vec![];
    for columns in KEYS {
        access_keys.extend(access_key(row, &columns, user, &arn)?);
    }
    let mut signing_certificates = 0;
    for column in CERTIFICATES {
        signing_certificates += u8::from(flag(row, column)? == Some(true));
    }
    Ok(Credentials {
        reported,
        password: flag(row, "password_enabled")?,
        password_last_used: moment(row, "password_last_used")?,
        password_last_changed: moment(row, "password_last_changed")?,
        mfa: flag(row, "mfa_active")?.ok_or(Missing("mfa_active"))?,
        access_keys,
        signing_certificates,
    })
}

/// When the user was created, where the row tells.
pub(super) fn created(row: &Row<'_>) -> Option<OffsetDateTime> {
    moment(row, "user_creation_time").ok().flatten()
}

/// The key of a slot. A key that was made inactive keeps the time of its making, an empty slot has none.
fn access_key(
    row: &Row<'_>,
    columns: &KeyColumns,
    user: &str,
    arn: &Arn,
) -> Result<Option<AccessKey>, Missing> {
    let active = flag(row, columns.active)? == Some(true);
    let created = moment(row, columns.created)?;
    let last_used = moment(row, columns.last_used)?;
    let service = field(row, columns.last_used_service)?;
    Ok((active || created.is_some()).then(|| AccessKey {
        arn: arn.clone(),
        user: user.to_owned(),
        slot: columns.slot,
        active,
        created,
        last_used,
        last_used_service: (!NOTHING.contains(&service)).then(|| service.to_owned()),
    }))
}

fn field<'a>(row: &'a Row<'_>, column: &'static str) -> Result<&'a str, Missing> {
    let field = row.get(column).map(|field| field.trim());
    field.filter(|field| !field.is_empty()).ok_or(Missing(column))
}

fn flag(row: &Row<'_>, column: &'static str) -> Result<Option<bool>, Missing> {
    match field(row, column)? {
        text if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        text if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        text if NOTHING.contains(&text) => Ok(None),
        _ => Err(Missing(column)),
    }
}

fn moment(row: &Row<'_>, column: &'static str) -> Result<Option<OffsetDateTime>, Missing> {
    match field(row, column)? {
        text if NOTHING.contains(&text) => Ok(None),
        text => OffsetDateTime::parse(text, &Rfc3339).map(Some).map_err(|_| Missing(column)),
    }
}
