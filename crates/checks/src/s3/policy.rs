//! What bucket and access point policies let in, decided by the policy core: each verdict comes with the
//! statement and a request.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact, Unknown,
    s3::{
        AccessPoint, AccessPointPolicy, AccessPointPolicyStatus, Bucket, BucketPolicy,
        BucketPolicyStatus, Website,
    },
};
use awspect_policy::{Answer, BpaScope, Budget, Outsider, Policy, Subject, s3_bpa_public};
use serde_json::{Value, json};

use super::block::{RESTRICT_PUBLIC_BUCKETS, effective, restricts_access_point};
use crate::{
    Scan,
    policy::{Document, described, granted, outside, place, request, strangers, undecided, zone},
};

/// Actions that show an object, a list or a setting.
const READS: &[&str] = &["s3:GetObject", "s3:ListBucket", "s3:Get*", "s3:List*"];

/// The policy of a bucket, if it has one.
pub(crate) fn of_bucket(scan: Scan<'_>, bucket: &Bucket) -> Result<Option<Document>, Unknown> {
    let policy = bucket.policy.known()?;
    let read = |BucketPolicy(text): &BucketPolicy| {
        Document::read::<BucketPolicy>(scan, text, "s3-bucket", bucket.arn.as_str())
    };
    policy.map(read).transpose()
}

/// No outsider can read through the policy.
pub(super) fn public_read(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    outsiders(scan, bucket, |subject, budget| subject.outsiders_can(Some(READS), budget))
}

/// No outsider can write through the policy.
pub(super) fn public_write(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    outsiders(scan, bucket, |subject, budget| subject.public_write(budget))
}

/// A static website whose files outsiders can read.
pub(super) fn website(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    match bucket.website.known() {
        Ok(None) => Ok(Verdict::Pass(vec![])),
        Ok(Some(website)) => {
            let evidence = Evidence::of::<Website>(
                "WebsiteConfiguration",
                json!({ "IndexDocument": website.index, "RedirectAllRequestsTo": website.redirect_to }),
                "no website, or no public policy",
            );
            Ok(match public_read(scan, bucket)? {
                Verdict::Pass(mut rest) => {
                    rest.insert(0, evidence);
                    Verdict::Pass(rest)
                }
                Verdict::Fail { evidence: mut rest, severity } => {
                    rest.insert(0, evidence);
                    Verdict::Fail { evidence: rest, severity }
                }
            })
        }
        // A bucket that nobody can read has no public website.
        Err(unknown) => match public_read(scan, bucket)? {
            pass @ Verdict::Pass(_) => Ok(pass),
            Verdict::Fail { .. } => Err(unknown),
        },
    }
}

/// Whether outsiders can do something that matters, and nothing stands in their way.
pub(crate) fn outsiders(
    scan: Scan<'_>,
    bucket: &Bucket,
    question: impl Fn(Subject<'_>, &Budget) -> Answer,
) -> Decision {
    let Some(document) = of_bucket(scan, bucket)? else {
        return Ok(Verdict::Pass(vec![]));
    };
    let budget = Budget::default();
    let witness = match question(document.subject(), &budget) {
        Answer::No(_) => return Ok(Verdict::Pass(vec![])),
        Answer::Yes(witness) => witness,
        open => return Err(undecided::<BucketPolicy>(open)),
    };
    let mut evidence =
        vec![request::<BucketPolicy>(witness.as_deref(), "no such request of an outsider")];
    evidence.extend(disagreement::<BucketPolicyStatus>(
        &document.policy,
        BpaScope::Bucket,
        bucket.policy_status.set().map(|status| status.is_public),
    ));
    unless_restricted(scan, bucket, &document, evidence)
}

/// `RestrictPublicBuckets` cuts a policy down that is public by the definition of Block Public Access, and no other.
fn neutralised(
    policy: &Policy,
    scope: BpaScope,
    restricted: Result<Option<Evidence>, Unknown>,
    mut evidence: Vec<Evidence>,
) -> Decision {
    if s3_bpa_public(policy, scope).is_empty() {
        return Ok(Verdict::faults(evidence));
    }
    match restricted? {
        None => Ok(Verdict::faults(evidence)),
        Some(restriction) => {
            evidence.push(restriction);
            Ok(Verdict::Pass(evidence))
        }
    }
}

/// What is wrong with the policy of a bucket, unless `RestrictPublicBuckets` takes it away.
pub(crate) fn unless_restricted(
    scan: Scan<'_>,
    bucket: &Bucket,
    document: &Document,
    evidence: Vec<Evidence>,
) -> Decision {
    neutralised(&document.policy, BpaScope::Bucket, restricts(scan, bucket), evidence)
}

fn restricts(scan: Scan<'_>, bucket: &Bucket) -> Result<Option<Evidence>, Unknown> {
    let state = effective(&scan.inventory.s3.account_block, bucket, RESTRICT_PUBLIC_BUCKETS)?;
    Ok(state.when_on(RESTRICT_PUBLIC_BUCKETS))
}

/// AWS's own verdict, where it differs from ours by the same definition.
fn disagreement<F: Fact>(policy: &Policy, scope: BpaScope, aws: Option<bool>) -> Option<Evidence> {
    let aws = aws?;
    let ours = !s3_bpa_public(policy, scope).is_empty();
    (aws != ours).then(|| {
        let expected = format!("{ours}, by our reading of AWS's definition");
        Evidence::of::<F>("PolicyStatus.IsPublic", aws, expected)
    })
}

/// Nobody outside of the own accounts can do anything, the public apart, which has rules of its own.
pub(super) fn cross_account(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    let Some(document) = of_bucket(scan, bucket)? else {
        return Ok(Verdict::Pass(vec![]));
    };
    let faults = strangers::<BucketPolicy>(scan, &document)?;
    if faults.is_empty() {
        return Ok(Verdict::Pass(vec![]));
    }
    // Of a public policy the restriction leaves the account itself and AWS services.
    unless_restricted(scan, bucket, &document, faults)
}

/// Every grant names its actions.
pub(super) fn wildcard_actions(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    let Some(document) = of_bucket(scan, bucket)? else {
        return Ok(Verdict::Pass(vec![]));
    };
    let wide = document.policy.wildcard_grants("s3", Some(document.facts.owner));
    let faults = wide.iter().map(|statement| {
        Evidence::of::<BucketPolicy>(
            place(statement),
            described(&document.policy, statement),
            "the actions that are needed, for the principals that need them",
        )
    });
    Ok(Verdict::faults(faults.collect()))
}

/// No principal of the policy was deleted.
pub(super) fn dead_principal(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    let Some(document) = of_bucket(scan, bucket)? else {
        return Ok(Verdict::Pass(vec![]));
    };
    let dead = document.policy.dead_principals();
    let faults = dead.into_iter().map(|(id, statement)| {
        Evidence::of::<BucketPolicy>(
            format!("{}.Principal", place(&statement)),
            id,
            "principals that exist",
        )
    });
    Ok(Verdict::faults(faults.collect()))
}

/// Everything without TLS is denied.
pub(super) fn tls_only(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    let expected = "a Deny of every request where aws:SecureTransport is false";
    denied(scan, bucket, expected, |subject, budget| subject.enforces_tls(budget))
}

/// Everything with an old TLS is denied.
pub(super) fn tls_1_2(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    let expected = "a Deny of every request where s3:TlsVersion is below 1.2";
    denied(scan, bucket, expected, |subject, budget| subject.enforces_tls_1_2(budget))
}

fn denied(
    scan: Scan<'_>,
    bucket: &Bucket,
    expected: &'static str,
    question: impl Fn(Subject<'_>, &Budget) -> Answer,
) -> Decision {
    let Some(document) = of_bucket(scan, bucket)? else {
        let none = Evidence::of::<BucketPolicy>("Policy", Value::Null, expected);
        return Ok(Verdict::faults(vec![none]));
    };
    let budget = Budget::default();
    match question(document.subject(), &budget) {
        Answer::Yes(_) => Ok(Verdict::Pass(vec![])),
        Answer::No(witness) => {
            Ok(Verdict::faults(vec![request::<BucketPolicy>(witness.as_deref(), expected)]))
        }
        open => Err(undecided::<BucketPolicy>(open)),
    }
}

/// An access point's policy lets nobody in from outside.
pub(super) fn access_point(scan: Scan<'_>, point: &AccessPoint) -> Decision {
    let Some(AccessPointPolicy(text)) = point.policy.known()? else {
        return Ok(Verdict::Pass(vec![]));
    };
    let document =
        Document::read::<AccessPointPolicy>(scan, text, "s3-access-point", point.arn.as_str())?;
    let budget = Budget::default();
    let all = document.subject().outside_grants(&zone(scan), &budget);
    let (grants, open) = outside::<AccessPointPolicy>(scan, all);
    let mut faults: Vec<Evidence> = grants
        .iter()
        // One that answers to a VPC only does not answer anybody.
        .filter(|grant| grant.who != Outsider::Anyone || point.vpc.is_none())
        .map(granted::<AccessPointPolicy>)
        .collect();
    if faults.is_empty() {
        return open.map_or(Ok(Verdict::Pass(vec![])), Err);
    }
    let scope = if point.vpc.is_some() { BpaScope::VpcAccessPoint } else { BpaScope::AccessPoint };
    faults.extend(disagreement::<AccessPointPolicyStatus>(
        &document.policy,
        scope,
        point.policy_status.set().map(|status| status.is_public),
    ));
    neutralised(&document.policy, scope, restricts_access_point(scan, point), faults)
}
