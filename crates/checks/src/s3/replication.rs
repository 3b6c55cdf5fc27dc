//! Copies to other buckets: far enough away, and not in strangers' hands.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::Fact as _;
use awspect_inventory::{
    Observed, Reason, Unknown,
    s3::{
        Bucket, DestinationAccount, DestinationRegion, Location, Replication, ReplicationRule,
        Toggle, Versioning, VersioningStatus,
    },
};
use serde_json::{Value, json};

use crate::Scan;
use crate::engine::unknown_value;

/// The rules in force; a status that this version does not know may be either.
fn enabled(bucket: &Bucket) -> Result<Vec<&ReplicationRule>, Unknown> {
    let rules = bucket.replication.known()?.map(|it| it.rules.as_slice()).unwrap_or_default();
    rules
        .iter()
        .filter_map(|rule| match &rule.status {
            Toggle::Enabled => Some(Ok(rule)),
            Toggle::Disabled => None,
            Toggle::Other(other) => Some(Err(unknown_value::<Replication>(other))),
        })
        .collect()
}

/// A rule in force copies to another region. It copies nothing while versioning is not enabled.
pub(super) fn cross_region(bucket: &Bucket) -> Decision {
    let rules = enabled(bucket)?;
    if rules.is_empty() {
        let none = Evidence::of::<Replication>("Rules", Value::Null, "an enabled rule");
        return Ok(Verdict::faults(vec![none]));
    }
    let Some(Location(home)) = bucket.location.known()? else {
        return Err(Unknown::new(Location::ACTION, Reason::Malformed));
    };
    let mut unread = None;
    let mut away = None;
    for rule in &rules {
        match rule.region.known() {
            Ok(Some(DestinationRegion(region))) if region != home => away = Some((rule, region)),
            Ok(_) => (),
            Err(unknown) => unread = Some(unknown),
        }
    }
    let Some((rule, region)) = away else {
        if let Some(unknown) = unread {
            return Err(unknown);
        }
        let faults = rules.iter().map(|rule| {
            let observed = json!({ "ID": rule.id, "Bucket": rule.destination, "Region": home });
            Evidence::of::<Replication>(
                "Rules.Destination.Bucket",
                observed,
                format!("a bucket outside {home}"),
            )
        });
        return Ok(Verdict::faults(faults.collect()));
    };
    let status = bucket.versioning.known()?.and_then(|versioning| versioning.status.as_ref());
    if status != Some(&VersioningStatus::Enabled) {
        let off = status.map(VersioningStatus::as_str);
        return Ok(Verdict::faults(vec![Evidence::of::<Versioning>("Status", off, "Enabled")]));
    }
    let observed = json!({ "ID": rule.id, "Bucket": rule.destination, "Region": region,
        "Filtered": rule.filtered });
    Ok(Verdict::Pass(vec![Evidence::of::<Replication>(
        "Rules.Destination.Bucket",
        observed,
        format!("a bucket outside {home}"),
    )]))
}

/// Every rule in force copies to an account that is the user's own.
pub(super) fn external(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    let mut faults = vec![];
    let mut unread = None;
    for rule in enabled(bucket)? {
        let account = match &rule.account {
            Observed::Set(DestinationAccount(account)) if scan.trusts(account) => continue,
            Observed::Set(DestinationAccount(account)) => json!(account),
            // Not this account's, and AWS does not say whose: one of the trusted ones, perhaps.
            Observed::NotSet if scan.settings.trusted_accounts.is_empty() => {
                json!("another account")
            }
            Observed::NotSet => {
                let why =
                    "the destination is no bucket of this account, and its rule names no account";
                let unknown = Unknown::new(Replication::ACTION, Reason::Undecided);
                unread = Some(unknown.because(why));
                continue;
            }
            Observed::Unknown(unknown) => {
                unread = Some(unknown.clone());
                continue;
            }
        };
        faults.push(Evidence::of::<Replication>(
            "Rules.Destination",
            json!({ "ID": rule.id, "Bucket": rule.destination, "Account": account }),
            format!("account {} or a trusted one", scan.inventory.account.id),
        ));
    }
    match unread {
        Some(unknown) if faults.is_empty() => Err(unknown),
        _ => Ok(Verdict::faults(faults)),
    }
}
