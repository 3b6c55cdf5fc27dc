//! Vaults of AWS Backup, and plans that fill them.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact, Gap, Listed, Place, Reason, Region, Resource, Unknown,
    backup::{BackupVault, VaultKeyKind, VaultKind},
};
use serde_json::{Value, json};

use super::{
    key::{manager, state, works},
    recovery::{continuous, is_on},
};
use crate::{
    Scan,
    engine::{Subject, unknown_value},
    unread::{gap, missing},
};

const VAULT: (&str, &str) = ("BackupVaultList", "a vault that can hold backups");
const PLAN: (&str, &str) = ("BackupPlansList", "a plan");

/// Each region with tables has a vault and a plan. Where tables may have gone unseen, nobody knows whether it needs them.
pub(super) fn regions(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let regions = &scan.dynamodb().regions;
    let judged = regions.iter().map(|it| (Subject::Resource(it as _), filled(scan, &it.region)));
    let is_seen = |gap: &Gap| regions.iter().any(|it| gap.region.as_ref() == Some(&it.region));
    let gaps = &scan.inventory.dynamodb.tables.gaps;
    let unseen = gaps.iter().filter(|gap| !is_seen(gap));
    judged.chain(unseen.map(|gap| (Subject::Gap(gap), Err(gap.unknown.clone())))).collect()
}

fn filled(scan: Scan<'_>, region: &Region) -> Decision {
    let backup = &scan.inventory.backup;
    let vaults = one(&backup.vaults, region, VAULT, |vault| match &vault.kind {
        Some(VaultKind::RestoreAccess) => Ok(false),
        Some(VaultKind::Other(other)) => Err(unknown_value::<BackupVault>(other)),
        Some(VaultKind::Backup | VaultKind::AirGapped) | None => Ok(true),
    });
    let plans = one(&backup.plans, region, PLAN, |_| Ok(true));
    let is_missing = vaults.there == Ok(false) || plans.there == Ok(false);
    let evidence = vec![vaults.evidence, plans.evidence];
    if is_missing {
        let verdict = Verdict::faults(evidence);
        let recovers = all_recover(scan, region);
        return Ok(if recovers { verdict.severity(Severity::Info) } else { verdict });
    }
    vaults.there?;
    plans.there?;
    Ok(Verdict::Pass(evidence))
}

/// Whether there is one of a kind, and how that shows.
struct There {
    there: Result<bool, Unknown>,
    evidence: Evidence,
}

fn one<T: Resource + Fact>(
    listed: &Listed<T>,
    region: &Region,
    (field, expected): (&'static str, &'static str),
    is_good: impl Fn(&T) -> Result<bool, Unknown>,
) -> There {
    let mut open = gap(listed, region).cloned();
    let is_here = |it: &&T| it.place() == Place::Region(region);
    for it in listed.found.iter().filter(is_here) {
        match is_good(it) {
            Ok(true) => {
                let evidence = Evidence::of::<T>(field, json!([it.name()]), expected);
                return There { there: Ok(true), evidence };
            }
            Ok(false) => {}
            Err(unknown) => open = open.or(Some(unknown)),
        }
    }
    match open {
        Some(unknown) => {
            There { evidence: missing(&unknown, field, expected), there: Err(unknown) }
        }
        None => There { there: Ok(false), evidence: Evidence::of::<T>(field, json!([]), expected) },
    }
}

/// Whether all tables of a region surely have point-in-time recovery.
fn all_recover(scan: Scan<'_>, region: &Region) -> bool {
    let tables = &scan.inventory.dynamodb.tables;
    let mut here = tables.found.iter().filter(|table| table.region == *region);
    gap(tables, region).is_none() && here.all(|table| continuous(table).and_then(is_on) == Ok(true))
}

/// A vault has a key that works. One that only shows another account's is not concerned.
pub(super) fn encrypted(scan: Scan<'_>, vault: &BackupVault) -> Option<Decision> {
    (vault.kind != Some(VaultKind::RestoreAccess)).then(|| with_key(scan, vault))
}

fn with_key(scan: Scan<'_>, vault: &BackupVault) -> Decision {
    let kind = vault.key_kind.as_ref();
    let observed = json!({
        "EncryptionKeyArn": vault.key,
        "EncryptionKeyType": kind.map(VaultKeyKind::as_str),
    });
    let evidence = Evidence::of::<BackupVault>("BackupVaultList[]", observed, "a key of KMS");
    let key = match (&vault.key, kind) {
        (_, Some(VaultKeyKind::AwsOwned)) => return Ok(Verdict::Pass(vec![evidence])),
        (Some(key), _) => key,
        (None, None) => return Ok(Verdict::faults(vec![evidence])),
        (None, Some(VaultKeyKind::Other(other))) => {
            return Err(unknown_value::<BackupVault>(other));
        }
        (None, Some(VaultKeyKind::CustomerManaged)) => {
            return Err(Unknown::new(BackupVault::ACTION, Reason::Malformed)
                .because("the answer has no `EncryptionKeyArn`"));
        }
    };
    let settings = scan.inventory.kms.key(key)?;
    let state = state(key.as_str(), settings);
    if works(settings)? {
        let manager = settings.map(|settings| {
            manager(key.as_str(), settings, "any; CUSTOMER where backups go to other accounts")
        });
        return Ok(Verdict::Pass([evidence, state].into_iter().chain(manager).collect()));
    }
    let points = vault.recovery_points;
    let field = "BackupVaultList[].NumberOfRecoveryPoints";
    let lost = Evidence::of::<BackupVault>(field, Value::from(points), "none under a lost key");
    let verdict = Verdict::faults(vec![evidence, state, lost]);
    Ok(if points > 0 { verdict.severity(Severity::High) } else { verdict })
}
