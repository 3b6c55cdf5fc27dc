//! What users sign in with: passwords, keys, MFA.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    iam::{AccessKey, Credentials, Iam, LastAccessed, MfaDevices, User, VirtualMfaDevice},
};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::{
    Scan,
    engine::{Subject, each, gaps},
};

/// A key older than this should have been replaced (CIS AWS Foundations).
const OLD: Duration = Duration::days(90);
/// What was not used for longer should be switched off (CIS AWS Foundations).
const IDLE: Duration = Duration::days(45);

/// Puts each user with its row of the credential report to a rule.
pub(super) fn users<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a User, &'a Credentials) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    each(&scan.inventory.iam.users, |user| decide(user, row(user)?))
}

fn row(user: &User) -> Result<&Credentials, Unknown> {
    user.credentials.known()?.ok_or_else(|| {
        Unknown::new(Credentials::ACTION, Reason::Malformed).because("the user has no row")
    })
}

/// Puts each active access key to a rule; a user without one passes as a whole.
pub(super) fn keys<'a>(
    scan: Scan<'a>,
    decide: impl Fn(OffsetDateTime, &'a AccessKey) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let users = &scan.inventory.iam.users;
    let now = scan.inventory.collected_at;
    let mut judged = vec![];
    for user in &users.found {
        match row(user) {
            Err(unknown) => judged.push((Subject::Resource(user), Err(unknown))),
            Ok(row) => {
                let active = row.access_keys.iter().filter(|key| key.active);
                let before = judged.len();
                judged.extend(active.map(|key| (Subject::Resource(key as _), decide(now, key))));
                if judged.len() == before {
                    judged.push((Subject::Resource(user), Ok(Verdict::Pass(vec![]))));
                }
            }
        }
    }
    judged.extend(gaps(users));
    judged
}

fn day(at: Option<OffsetDateTime>) -> Value {
    at.map_or(Value::Null, |at| json!(at.date().to_string()))
}

fn without(field: &str) -> Unknown {
    Unknown::new(Credentials::ACTION, Reason::Malformed)
        .because(format!("the report has no `{field}`"))
}

/// Whoever has a password has MFA too.
pub(super) fn mfa(_: &User, row: &Credentials) -> Decision {
    if row.password != Some(true) {
        return Ok(Verdict::Pass(vec![]));
    }
    Ok(Verdict::holds(row.mfa, Evidence::of::<Credentials>("mfa_active", row.mfa, "true")))
}

/// The MFA of whoever has a password is a device that nobody can copy.
pub(super) fn hardware_mfa(iam: &Iam, user: &User, row: &Credentials) -> Decision {
    if row.password != Some(true) {
        return Ok(Verdict::Pass(vec![]));
    }
    let expected = "hardware, a security key or a passkey";
    if !row.mfa {
        return Ok(Verdict::faults(vec![Evidence::of::<Credentials>(
            "mfa_active",
            false,
            expected,
        )]));
    }
    let devices = &iam.virtual_mfa_devices;
    let own = devices.found.iter().find(|device| device.user.as_ref() == Some(&user.arn));
    if let Some(device) = own {
        let serial = device.arn.as_str();
        let field = "VirtualMFADevices[].SerialNumber";
        let evidence = Evidence::of::<VirtualMfaDevice>(field, serial, expected);
        return Ok(Verdict::faults(vec![evidence]));
    }
    // The report says that there is a device, and it is none of the virtual ones.
    if devices.gaps.is_empty() {
        let none = "none of this user's";
        let evidence = Evidence::of::<VirtualMfaDevice>("VirtualMFADevices", none, expected);
        return Ok(Verdict::Pass(vec![evidence]));
    }
    let MfaDevices(serials) = user
        .mfa_devices
        .known()
        .map_err(|unknown| match (unknown.reason, devices.gaps.first()) {
            (Reason::NotAsked | Reason::NotCollected, Some(gap)) => gap.unknown.clone(),
            _ => unknown,
        })?
        .ok_or_else(|| Unknown::new(MfaDevices::ACTION, Reason::Malformed))?;
    let is_virtual = serials.iter().any(|serial| serial.contains(":mfa/"));
    let evidence =
        Evidence::of::<MfaDevices>("MFADevices[].SerialNumber", serials.clone(), expected);
    Ok(Verdict::holds(!is_virtual, evidence))
}

/// Keys are replaced now and then.
pub(super) fn key_age(now: OffsetDateTime, key: &AccessKey) -> Decision {
    let created = key.created.ok_or_else(|| without(&column(key, "last_rotated")))?;
    let age = now - created;
    let observed = json!({ "date": day(key.created), "days": age.whole_days() });
    let expected = format!("at most {} days ago", OLD.whole_days());
    let evidence = Evidence::of::<Credentials>(column(key, "last_rotated"), observed, expected);
    Ok(Verdict::holds(age <= OLD, evidence))
}

fn column(key: &AccessKey, name: &str) -> String {
    format!("{}_{name}", key.slot.as_str())
}

/// Keys that work are used. One that never was counts from its making.
pub(super) fn key_used(now: OffsetDateTime, key: &AccessKey) -> Decision {
    let since = key.last_used.or(key.created);
    let since = since.ok_or_else(|| without(&column(key, "last_used_date")))?;
    let idle = now - since;
    let observed = json!({ "last_used_date": day(key.last_used), "last_rotated": day(key.created),
        "days": idle.whole_days() });
    let expected = format!("used within {} days, or inactive", IDLE.whole_days());
    let evidence = Evidence::of::<Credentials>(column(key, "last_used_date"), observed, expected);
    Ok(Verdict::holds(idle <= IDLE, evidence))
}

/// Passwords that work are used. One that never was counts from when it was set.
pub(super) fn password_used(scan: Scan<'_>, user: &User, row: &Credentials) -> Decision {
    if row.password != Some(true) {
        return Ok(Verdict::Pass(vec![]));
    }
    let since = row.password_last_used.or(row.password_last_changed).or(user.created);
    let since = since.ok_or_else(|| without("password_last_used"))?;
    let idle = scan.inventory.collected_at - since;
    let observed = json!({ "password_last_used": day(row.password_last_used),
        "password_last_changed": day(row.password_last_changed), "days": idle.whole_days() });
    let expected = format!("used within {} days, or no password", IDLE.whole_days());
    let evidence = Evidence::of::<Credentials>("password_last_used", observed, expected);
    Ok(Verdict::holds(idle <= IDLE, evidence))
}

fn active(row: &Credentials) -> impl Iterator<Item = &AccessKey> {
    row.access_keys.iter().filter(|key| key.active)
}

/// Nobody made keys for a person along with the password, just in case.
pub(super) fn setup_key(_: &User, row: &Credentials) -> Decision {
    let unused = active(row).filter(|key| row.password == Some(true) && key.last_used.is_none());
    let faults = unused.map(|key| {
        let observed = json!({ "password_enabled": true, "last_rotated": day(key.created) });
        let expected = "no key, or one that is used";
        Evidence::of::<Credentials>(column(key, "last_used_date"), observed, expected)
    });
    Ok(Verdict::faults(faults.collect()))
}

/// One key is enough but for the days of its replacement.
pub(super) fn one_key(_: &User, row: &Credentials) -> Decision {
    let count = active(row).count();
    let evidence = Evidence::of::<Credentials>("access_key_…_active", count, "at most 1");
    Ok(Verdict::holds(count < 2, evidence))
}

/// People have passwords, programs have keys, nobody has both.
pub(super) fn one_kind(_: &User, row: &Credentials) -> Decision {
    let (password, keys) = (row.password == Some(true), active(row).count());
    let observed = json!({ "password_enabled": password, "active access keys": keys });
    let evidence = Evidence::of::<Credentials>("password_enabled", observed, "one of the two");
    Ok(Verdict::holds(!password || keys == 0, evidence))
}

/// What works with keys of a user could have a role.
pub(super) fn long_lived(user: &User, row: &Credentials) -> Decision {
    if active(row).next().is_none() {
        return Ok(Verdict::Pass(vec![]));
    }
    let LastAccessed(services) = user
        .last_accessed
        .known()?
        .ok_or_else(|| Unknown::new(LastAccessed::ACTION, Reason::Malformed))?;
    let others: Vec<&str> = services
        .iter()
        .filter(|own| own.last_used.is_some() && !["iam", "sts"].contains(&own.service.as_str()))
        .map(|own| own.service.as_str())
        .collect();
    let is_empty = others.is_empty();
    let expected = "iam and sts alone: the rest with temporary credentials of a role";
    Ok(Verdict::holds(
        is_empty,
        Evidence::of::<LastAccessed>("ServicesLastAccessed[].ServiceNamespace", others, expected),
    ))
}

/// An administrator signs in with MFA.
pub(super) fn administrators(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let (iam, identities) = (&scan.inventory.iam, scan.identities());
    let users = iam.users.found.iter().zip(&identities.users);
    let judged = users.map(|(user, rights)| {
        let decision = match row(user) {
            // Without anything to sign in with, and with MFA on everything, there is nothing to steal.
            Ok(row) if row.mfa || (row.password != Some(true) && active(row).next().is_none()) => {
                Ok(Verdict::Pass(vec![Evidence::of::<Credentials>("mfa_active", row.mfa, "true")]))
            }
            row => match (rights.is_admin(&identities.facts), row) {
                (Ok(false), _) => Ok(Verdict::Pass(vec![])),
                (Ok(true), Ok(row)) => {
                    let observed = json!({ "mfa_active": row.mfa, "password_enabled": row.password,
                        "active access keys": active(row).count() });
                    let who = identities_evidence(rights, &identities.facts);
                    let mfa = Evidence::of::<Credentials>("mfa_active", observed, "true");
                    Ok(Verdict::faults(vec![mfa, who]))
                }
                (Err(unknown), _) | (Ok(true), Err(unknown)) => Err(unknown),
            },
        };
        (Subject::Resource(user), decision)
    });
    judged.chain(gaps(&iam.users)).collect()
}

fn identities_evidence(rights: &super::Rights, facts: &awspect_policy::Facts) -> Evidence {
    let identity = rights.identity(facts);
    let budget = awspect_policy::Budget::default();
    let answer = identity.can("iam:CreateUser", "*", &[], &budget);
    super::evidence::request::<awspect_inventory::iam::PolicyDocument>(
        answer.witness(),
        "no administrator rights without MFA",
    )
}
