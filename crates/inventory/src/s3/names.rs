//! Bucket names that everybody can compute for an account, and who holds them.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Arn, Observed, Place, Region, Resource, macros::fact};

/// Names that services and tools take when they are first used in a region. `ACCOUNT` and `REGION` stand for those, `HASH`
/// for twelve characters of the account's own that a bucket of that kind in any region tells.
pub const PREDICTABLE_NAMES: [&str; 9] = [
    "aws-athena-query-results-ACCOUNT-REGION",
    "aws-emr-studio-ACCOUNT-REGION",
    "aws-glue-assets-ACCOUNT-REGION",
    "aws-logs-ACCOUNT-REGION",
    "cdk-hnb659fds-assets-ACCOUNT-REGION",
    "cf-templates-HASH-REGION",
    "config-bucket-ACCOUNT",
    "elasticbeanstalk-REGION-ACCOUNT",
    "sagemaker-REGION-ACCOUNT",
];

/// How many characters the `HASH` of a name has.
const HASH: usize = 12;

/// A bucket name of [`PREDICTABLE_NAMES`] for this account (`ListBuckets`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PredictableName {
    /// The ARN that a bucket of the name has.
    pub arn: Arn,
    /// The name.
    pub name: String,
    /// Which of [`PREDICTABLE_NAMES`] it is.
    pub pattern: String,
    /// Who holds it; not set where there is no such bucket.
    #[serde(default)]
    pub holder: Observed<NameHolder>,
}
fact!(PredictableName, "s3:ListAllMyBuckets");

impl Resource for PredictableName {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }
}

/// Who holds a bucket name: the account if its listing has it, or else by `HeadBucket` with the account as
/// `ExpectedBucketOwner`, whose header tells of a bucket even where access is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameHolder {
    /// The account.
    Own,
    /// Somebody else, in this region.
    SomebodyElse(Region),
}
fact!(NameHolder, "s3:ListBucket");

/// The names for an account with buckets of these names: each with its pattern.
pub fn predictable_names<'a>(
    account: &AccountId,
    regions: &[Region],
    own: impl IntoIterator<Item = &'a str>,
) -> Vec<(&'static str, String)> {
    let hash = own.into_iter().find_map(hash);
    let mut names = vec![];
    for pattern in PREDICTABLE_NAMES {
        let name = pattern.replace("ACCOUNT", account.as_str());
        let name = match hash {
            Some(hash) => name.replace("HASH", hash),
            None if name.contains("HASH") => continue,
            None => name,
        };
        if name.contains("REGION") {
            let of = |region: &Region| (pattern, name.replace("REGION", region.as_str()));
            names.extend(regions.iter().map(of));
        } else {
            names.push((pattern, name));
        }
    }
    names
}

/// The `HASH` in the name of a bucket that `CloudFormation`'s console made.
fn hash(name: &str) -> Option<&str> {
    let (hash, region) = name.strip_prefix("cf-templates-")?.split_once('-')?;
    let is_whole = hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_whole && region.parse::<Region>().is_ok()).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_together_for_each_region() {
        let account: AccountId = "111122223333".parse().unwrap();
        let regions: Vec<Region> =
            ["eu-west-1", "us-east-1"].map(|own| own.parse().unwrap()).into();
        let names = |own: &[&str]| -> Vec<String> {
            let all = predictable_names(&account, &regions, own.iter().copied());
            all.into_iter().map(|(_, name)| name).collect()
        };
        let without = names(&["cf-templates-of-mine", "cf-templates-0a1b2c3d4e5", "logs"]);
        assert_eq!(without.len(), 7 * 2 + 1);
        assert!(without.contains(&"sagemaker-us-east-1-111122223333".to_owned()));
        assert!(without.contains(&"config-bucket-111122223333".to_owned()));
        let with = names(&["cf-templates-0a1b2c3d4e5f-ap-south-1"]);
        assert_eq!(with.len(), 8 * 2 + 1);
        assert!(with.contains(&"cf-templates-0a1b2c3d4e5f-eu-west-1".to_owned()));
        let left = |name: &String| name.bytes().any(|byte| byte.is_ascii_uppercase());
        assert!(!with.iter().any(left));
    }
}
