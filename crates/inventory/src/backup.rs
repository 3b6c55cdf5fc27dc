//! AWS Backup: plans and what they select, vaults, and which tables it has backed up.
//!
//! Field meanings are those of the AWS Backup API reference.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    Arn, Listed, Observed, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// What was learned about AWS Backup in one account, over all regions asked for.
///
/// Plans and what is protected are asked for in regions that have tables, or may have some.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backup {
    /// Tables of DynamoDB that have a recovery point, or had one.
    pub protected_tables: Listed<ProtectedTable>,
    /// Backup plans.
    pub plans: Listed<BackupPlan>,
    /// Backup vaults.
    pub vaults: Listed<BackupVault>,
}

impl Backup {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        let selections: u64 = self.plans.found.iter().map(|plan| plan.selections.gone).sum();
        self.plans.gone + selections
    }
}

/// A table that AWS Backup has backed up (`ListProtectedResources`, `ResourceType` `DynamoDB`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtectedTable {
    /// The table's ARN.
    pub arn: Arn,
    /// Where it lives.
    pub region: Region,
    /// When it was last backed up.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub last_backup: Option<OffsetDateTime>,
    /// The vault of that recovery point, which may be another account's.
    pub last_vault: Option<Arn>,
}
fact!(ProtectedTable, "backup:ListProtectedResources");

impl Resource for ProtectedTable {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        self.arn.resource().rsplit('/').next().unwrap_or_default()
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }
}

/// A backup plan (`ListBackupPlans`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupPlan {
    /// Its ARN.
    pub arn: Arn,
    /// Its id.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Where it lives, and what it backs up with it.
    pub region: Region,
    /// What it backs up. A gap's ARN is the plan's with `/selection/*`.
    #[serde(default)]
    pub selections: Listed<BackupSelection>,
}
fact!(BackupPlan, "backup:ListBackupPlans");

impl Resource for BackupPlan {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::Backup::BackupPlan")
    }
}

/// What a plan backs up, as one of its lists has it (`ListBackupSelections`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupSelection {
    /// AWS gives it no ARN; this one is its plan's with `/selection/<id>`.
    pub arn: Arn,
    /// Its id.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Where its plan lives.
    pub region: Region,
    /// What it selects.
    #[serde(default)]
    pub settings: Observed<SelectionSettings>,
}
fact!(BackupSelection, "backup:ListBackupSelections");

impl Resource for BackupSelection {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }
}

/// What a selection selects (`GetBackupSelection`).
///
/// A resource is selected if one of `resources` or of `tags` names it, none of `not_resources` does, and all `conditions`
/// hold. With conditions and neither resources nor tags, all resources of the region are meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionSettings {
    /// The role that backs up.
    pub role: Arn,
    /// ARNs, with `*` for any text.
    pub resources: Vec<String>,
    /// ARNs that are left out, with `*` for any text.
    pub not_resources: Vec<String>,
    /// Tags of which one is enough (`ListOfTags`).
    pub tags: Vec<SelectionCondition>,
    /// Tags of which all must be so (`Conditions`).
    pub conditions: Vec<SelectionCondition>,
}
fact!(SelectionSettings, "backup:GetBackupSelection");

/// What a tag must be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionCondition {
    /// How it is compared.
    pub operator: SelectionOperator,
    /// The tag's key; among `conditions` AWS writes `aws:ResourceTag/<key>`, and this is the key alone.
    pub key: String,
    /// With what.
    pub value: String,
}

open_enum! {
    /// How a tag's value is compared.
    SelectionOperator {
        /// It is the value.
        StringEquals = "STRINGEQUALS",
        /// It is another, or there is none.
        StringNotEquals = "STRINGNOTEQUALS",
        /// It is like the value, where `*` is any text.
        StringLike = "STRINGLIKE",
        /// It is not.
        StringNotLike = "STRINGNOTLIKE",
    }
}

/// A backup vault (`ListBackupVaults`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupVault {
    /// Its ARN.
    pub arn: Arn,
    /// Its name, unique in account and region.
    pub name: String,
    /// Where it lives.
    pub region: Region,
    /// What kind of vault it is; nothing where AWS does not say.
    pub kind: Option<VaultKind>,
    /// The key of KMS that its recovery points are encrypted with; nothing where AWS names none.
    pub key: Option<Arn>,
    /// Whose that key is; nothing where AWS does not say.
    pub key_kind: Option<VaultKeyKind>,
    /// Whether nobody can delete its recovery points before their time (Vault Lock); nothing where AWS does not say.
    pub locked: Option<bool>,
    /// How many recovery points it has.
    pub recovery_points: u64,
}
fact!(BackupVault, "backup:ListBackupVaults");

impl Resource for BackupVault {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::Backup::BackupVault")
    }
}

open_enum! {
    /// What kind of vault it is (`VaultType`).
    VaultKind {
        /// A vault of the account.
        Backup = "BACKUP_VAULT",
        /// One that is isolated from it.
        AirGapped = "LOGICALLY_AIR_GAPPED_BACKUP_VAULT",
        /// A view of another account's.
        RestoreAccess = "RESTORE_ACCESS_BACKUP_VAULT",
    }
}

open_enum! {
    /// Whose a vault's key is (`EncryptionKeyType`).
    VaultKeyKind {
        /// AWS Backup's own.
        AwsOwned = "AWS_OWNED_KMS_KEY",
        /// One of KMS in an account.
        CustomerManaged = "CUSTOMER_MANAGED_KMS_KEY",
    }
}
