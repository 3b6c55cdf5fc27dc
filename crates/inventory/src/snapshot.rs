//! One scan's facts as a whole, and their form on disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use time::OffsetDateTime;

use crate::{
    AccountId, Action, Arn, Partition, Place, Reason, Region, Resource, access_analyzer, backup,
    cloudformation, cognito, contacts, dynamodb, ec2, iam, kms, lambda, organizations, s3,
};

/// What stands in a snapshot's `format` field.
pub const FORMAT: &str = "awspect-snapshot";

/// The version of the format that this crate writes; it reads this one and all before.
///
/// A new field is a new version. Older snapshots lack it, and it reads as not collected.
pub const VERSION: u32 = 2;

/// The fields of a snapshot that every version has.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

/// Every fact that one scan gathered about one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inventory {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`], or an older one.
    pub version: u32,
    /// When the collection began. Ages are counted from here.
    #[serde(with = "time::serde::rfc3339")]
    pub collected_at: OffsetDateTime,
    /// Whether the collection came to its end.
    pub completion: Completion,
    /// Whose facts these are.
    pub account: Account,
    /// The regions whose regional resources were asked for.
    pub regions: Vec<Region>,
    /// What was asked and what came back.
    #[serde(default)]
    pub asked: Vec<Asked>,
    /// AWS Backup.
    #[serde(default)]
    pub backup: backup::Backup,
    /// AWS CloudFormation.
    #[serde(default)]
    pub cloudformation: cloudformation::CloudFormation,
    /// Amazon Cognito, and the text messages behind it.
    #[serde(default)]
    pub cognito: cognito::Cognito,
    /// Amazon DynamoDB, and DAX in front of it.
    #[serde(default)]
    pub dynamodb: dynamodb::DynamoDb,
    /// Elastic Compute Cloud, and its networks.
    #[serde(default)]
    pub ec2: ec2::Ec2,
    /// Simple Storage Service.
    #[serde(default)]
    pub s3: s3::S3,
    /// Identity and Access Management.
    #[serde(default)]
    pub iam: iam::Iam,
    /// Key Management Service.
    #[serde(default)]
    pub kms: kms::Kms,
    /// Lambda.
    #[serde(default)]
    pub lambda: lambda::Lambda,
    /// IAM Access Analyzer.
    #[serde(default)]
    pub access_analyzer: access_analyzer::AccessAnalyzer,
    /// Whom AWS writes to about the account.
    #[serde(default)]
    pub contacts: contacts::Contacts,
    /// The organization that the account belongs to.
    #[serde(default)]
    pub organizations: organizations::Organizations,
}

/// Whether a collection came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Completion {
    /// Everything was asked.
    Complete,
    /// Somebody interrupted it; what had not been answered is unknown.
    Interrupted,
}

/// The account that the credentials belong to (STS `GetCallerIdentity`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The account as a resource, `arn:<partition>:iam::<id>:root`.
    pub arn: Arn,
    /// Its id.
    pub id: AccountId,
    /// Its partition, which every ARN of the account carries.
    pub partition: Partition,
}

impl Resource for Account {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        self.id.as_str()
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }
}

/// How often one action was asked for in one region, and what came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The IAM action.
    pub action: Action,
    /// The region of the endpoint; of a service that has one endpoint for all regions, the configured one.
    pub region: Region,
    /// Facts asked for.
    pub asked: u64,
    /// Facts that came back, "not configured" among them.
    pub answered: u64,
    /// Facts that did not, by cause.
    #[serde(default)]
    pub refused: BTreeMap<Reason, u64>,
}

/// Why a file is no snapshot that can be read.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// Not JSON, or JSON of another kind.
    #[error("not an awspect snapshot")]
    Foreign,
    /// A version from the future.
    #[error(
        "written by a newer awspect (snapshot version {found}, this one reads up to {VERSION})"
    )]
    Newer {
        /// The version in the file.
        found: u32,
    },
    /// A snapshot by its header, but damaged.
    #[error("damaged snapshot: {0}")]
    Damaged(serde_json::Error),
}

impl Inventory {
    /// How many resources went away between their listing and their reading.
    pub fn gone(&self) -> u64 {
        let s3 = self.s3.buckets.gone + self.s3.access_points.gone;
        s3 + self.backup.gone()
            + self.cloudformation.gone()
            + self.cognito.gone()
            + self.dynamodb.gone()
            + self.ec2.gone()
            + self.iam.oidc_providers.gone
    }

    /// Reads a snapshot.
    pub fn read(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let header: Header = serde_json::from_slice(bytes).map_err(|_| SnapshotError::Foreign)?;
        if header.format != FORMAT {
            return Err(SnapshotError::Foreign);
        }
        if header.version > VERSION {
            return Err(SnapshotError::Newer { found: header.version });
        }
        serde_json::from_slice(bytes).map_err(SnapshotError::Damaged)
    }

    /// Writes a snapshot: JSON, one line, ends with a newline.
    pub fn write(&self, mut to: impl std::io::Write) -> std::io::Result<()> {
        serde_json::to_writer(&mut to, self)?;
        to.write_all(b"\n")
    }
}
