//! What bucket and access point policies let in, decided by the policy core: each verdict comes with the
//! statement and a request.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact, Observed, Reason, Unknown,
    s3::{AccessPoint, AccessPointPolicy, Bucket, BucketPolicy, BucketPolicyStatus, Website},
};
use awspect_policy::{
    AccountId, Action, Answer, BpaScope, Budget, Facts, Instant, OutsideGrant, Outsider, Policy,
    Request, StatementRef, Subject, Witness, Zone, s3_bpa_public,
};
use serde_json::{Value, json};

use super::block::{RESTRICT_PUBLIC_BUCKETS, effective, restricts_access_point};
use crate::Scan;

/// Actions that show an object, a list or a setting.
const READS: &[&str] = &["s3:GetObject", "s3:ListBucket", "s3:Get*", "s3:List*"];

/// A policy that was read, with what the core wants to know beside it.
struct Document {
    policy: Policy,
    facts: Facts,
    resource_type: &'static str,
    arn: String,
}

impl Document {
    fn read<F: Fact>(
        scan: Scan<'_>,
        text: &str,
        resource_type: &'static str,
        arn: &str,
    ) -> Result<Self, Unknown> {
        let policy = Policy::parse(text).map_err(|error| {
            Unknown::new(F::ACTION, Reason::Malformed).because(error.to_string())
        })?;
        let account = &scan.inventory.account.id;
        let owner = AccountId::parse(account.as_str())
            .ok_or_else(|| Unknown::new(F::ACTION, Reason::Malformed))?;
        let milliseconds = scan.inventory.collected_at.unix_timestamp().saturating_mul(1_000);
        let facts = Facts { owner, org: None, now: Instant(milliseconds) };
        Ok(Self { policy, facts, resource_type, arn: arn.to_owned() })
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            policy: &self.policy,
            trust: false,
            resource_type: self.resource_type,
            arn: Some(&self.arn),
            facts: &self.facts,
        }
    }
}

fn of_bucket(scan: Scan<'_>, bucket: &Bucket) -> Result<Option<Document>, Unknown> {
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
fn outsiders(
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
    evidence.extend(disagreement(&document.policy, &bucket.policy_status));
    neutralised(&document.policy, BpaScope::Bucket, restricts(scan, bucket), evidence)
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

fn restricts(scan: Scan<'_>, bucket: &Bucket) -> Result<Option<Evidence>, Unknown> {
    let state = effective(&scan.inventory.s3.account_block, bucket, RESTRICT_PUBLIC_BUCKETS)?;
    Ok(state.when_on(RESTRICT_PUBLIC_BUCKETS))
}

/// AWS's own verdict, where it differs from ours by the same definition.
fn disagreement(policy: &Policy, status: &Observed<BucketPolicyStatus>) -> Option<Evidence> {
    let aws = status.set()?.is_public;
    let ours = !s3_bpa_public(policy, BpaScope::Bucket).is_empty();
    (aws != ours).then(|| {
        Evidence::of::<BucketPolicyStatus>(
            "PolicyStatus.IsPublic",
            aws,
            format!("{ours}, by our reading of AWS's definition"),
        )
    })
}

/// Nobody outside of the own accounts can do anything, the public apart, which has rules of its own.
pub(super) fn cross_account(scan: Scan<'_>, bucket: &Bucket) -> Decision {
    let Some(document) = of_bucket(scan, bucket)? else {
        return Ok(Verdict::Pass(vec![]));
    };
    let budget = Budget::default();
    let all = document.subject().outside_grants(&zone(scan), &budget);
    let faults: Vec<Evidence> = all
        .grants
        .iter()
        .filter(|grant| grant.who != Outsider::Anyone)
        .map(granted::<BucketPolicy>)
        .collect();
    if faults.is_empty() {
        return match all.open.into_iter().next() {
            Some(why) => Err(Unknown::new(BucketPolicy::ACTION, Reason::Undecided).because(why)),
            None => Ok(Verdict::Pass(vec![])),
        };
    }
    // Of a public policy the restriction leaves the account itself and AWS services.
    neutralised(&document.policy, BpaScope::Bucket, restricts(scan, bucket), faults)
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
    let faults: Vec<Evidence> = all
        .grants
        .iter()
        // One that answers to a VPC only does not answer anybody.
        .filter(|grant| grant.who != Outsider::Anyone || point.vpc.is_none())
        .map(granted::<AccessPointPolicy>)
        .collect();
    if faults.is_empty() {
        return match all.open.into_iter().next() {
            Some(why) => {
                Err(Unknown::new(AccessPointPolicy::ACTION, Reason::Undecided).because(why))
            }
            None => Ok(Verdict::Pass(vec![])),
        };
    }
    let scope = if point.vpc.is_some() { BpaScope::VpcAccessPoint } else { BpaScope::AccessPoint };
    neutralised(&document.policy, scope, restricts_access_point(scan, point), faults)
}

fn zone(scan: Scan<'_>) -> Zone {
    let accounts = scan.settings.trusted_accounts.iter();
    Zone {
        accounts: accounts.filter_map(|account| AccountId::parse(account.as_str())).collect(),
        org: None,
    }
}

fn undecided<F: Fact>(answer: Answer) -> Unknown {
    let why = match answer {
        Answer::Depends(keys) => {
            format!("it depends on {}", keys.into_iter().collect::<Vec<_>>().join(", "))
        }
        Answer::Unknown(why) => why.join("; "),
        Answer::Yes(_) | Answer::No(_) => String::new(),
    };
    Unknown::new(F::ACTION, Reason::Undecided).because(why)
}

/// A request that gets through, and the statements that let it.
fn request<F: Fact>(witness: Option<&Witness>, expected: &'static str) -> Evidence {
    let (field, observed) = match witness {
        Some(witness) => {
            let places: Vec<String> = witness.statements.iter().map(place).collect();
            let field = if places.is_empty() { "Policy".to_owned() } else { places.join(", ") };
            (field, shown(&witness.request))
        }
        None => ("Policy".to_owned(), Value::Null),
    };
    Evidence::of::<F>(field, observed, expected)
}

fn granted<F: Fact>(grant: &OutsideGrant) -> Evidence {
    let places: Vec<String> = grant.statements.iter().map(place).collect();
    Evidence::of::<F>(
        places.join(", "),
        json!({
            "who": grant.who.to_string(),
            "actions": grant.actions,
            "request": shown(&grant.witness.request),
        }),
        "grants to accounts of your own",
    )
}

/// A request with its action as AWS spells it; policies compare actions without regard to case.
fn shown(request: &Request) -> Value {
    let mut shown = json!(request);
    if let (Some(action), Some(fields)) = (Action::find(&request.action), shown.as_object_mut()) {
        fields.insert("action".to_owned(), json!(format!("{}:{}", action.service, action.name)));
    }
    shown
}

/// Where a statement stands: its index from 0, and its Sid.
fn place(statement: &StatementRef) -> String {
    match &statement.sid {
        Some(sid) => format!("Statement[{}] ({sid})", statement.index),
        None => format!("Statement[{}]", statement.index),
    }
}

fn described(policy: &Policy, statement: &StatementRef) -> Value {
    let Some(found) = policy.statements.iter().find(|it| it.index == statement.index) else {
        return Value::Null;
    };
    let element = if found.actions.is_negated() { "NotAction" } else { "Action" };
    let actions: Vec<&str> = found.actions.values().iter().map(|action| action.text()).collect();
    json!({ element: actions })
}
