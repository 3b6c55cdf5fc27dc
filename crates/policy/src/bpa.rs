//! "Public" as S3 Block Public Access means it (S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of
//! public"). AWS enforces this text, which counts values and does not reason; so this routine reads the document and asks nobody else.

use crate::condition::{Condition, Values};
use crate::mentions::is_wide;
use crate::names::Arn;
use crate::operator::{Family, Quantifier};
use crate::policy::{Policy, Statement, StatementRef};
use crate::principal::{Principal, Principals};
use crate::template::Template;

/// Which kind of policy Block Public Access looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BpaScope {
    /// A bucket's policy.
    Bucket,
    /// The policy of an access point that is open to the Internet.
    AccessPoint,
    /// The policy of an access point that takes calls from one VPC only: never public.
    VpcAccessPoint,
}

/// The statements that make the policy public; the policy is public if there are any.
pub fn s3_bpa_public(policy: &Policy, scope: BpaScope) -> Vec<StatementRef> {
    if scope == BpaScope::VpcAccessPoint {
        return Vec::new();
    }
    policy
        .allows()
        .filter(|statement| is_public(statement, scope))
        .map(Statement::reference)
        .collect()
}

fn is_public(statement: &Statement, scope: BpaScope) -> bool {
    let open = match &statement.principals {
        None | Some(Principals::Not(_)) => true,
        Some(Principals::Of(named)) => named
            .iter()
            .any(|principal| matches!(principal, Principal::Everyone | Principal::Federated(_))),
    };
    open && !statement.conditions.iter().any(|condition| fixes(condition, scope))
}

/// Whether a condition limits the grant to fixed values.
fn fixes(condition: &Condition, scope: BpaScope) -> bool {
    let operator = condition.operator;
    if operator.negated || operator.if_exists || operator.quantifier == Quantifier::All {
        return false;
    }
    let key = condition.key.as_str();
    match &condition.values {
        Values::Ip(nets) => key == "aws:sourceip" && !nets.is_empty() && !nets.iter().any(is_wide),
        Values::Text(templates) if matches!(operator.family, Family::Text { .. } | Family::Arn) => {
            let fixed = |value: &Template| match value.as_fixed() {
                Some(text) => is_fixed_value(key, &text),
                None => key == "s3:dataaccesspointarn" && is_access_points(value.text()),
            };
            // In an access point's own policy its ARN says nothing.
            let counts = key != "s3:dataaccesspointarn" || scope == BpaScope::Bucket;
            counts && !templates.is_empty() && templates.iter().all(fixed)
        }
        _ => false,
    }
}

fn is_fixed_value(key: &str, text: &str) -> bool {
    match key {
        // The part behind the colon is the session's name, which the caller chooses.
        "aws:userid" => !(text.starts_with("AROA") && text.contains(':')),
        _ => KEYS.contains(&key),
    }
}

/// All access points of one account: only the name may be a pattern.
fn is_access_points(text: &str) -> bool {
    let Some(arn) = Arn::parse(text) else { return false };
    let fixed = |part: &str| !part.contains(['*', '?', '$']);
    arn.account_id().is_some()
        && fixed(arn.partition)
        && fixed(arn.service)
        && arn.resource.strip_prefix("accesspoint").is_some_and(|name| name.starts_with(['/', ':']))
        && !text.contains("${")
}

const KEYS: [&str; 13] = [
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalservicename",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
];
