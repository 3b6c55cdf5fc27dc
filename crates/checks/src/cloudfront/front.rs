//! Whether a distribution alone reads its buckets: its own side, and the buckets'.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    cloudfront::{Distribution, Origin, S3EndpointKind},
    s3::{Bucket, BucketPolicy},
};
use awspect_policy::{Answer, Asker, Behalf, Budget, Subject};
use serde_json::Value;

use super::{
    access::{Right, right},
    bucket::own,
    concern::{Judged, unseen},
    faults::Faults,
};
use crate::{
    Scan,
    policy::{Document, request, undecided},
    s3::{of_bucket, outsiders},
};

/// As whom CloudFront asks.
pub(super) const CLOUDFRONT: &str = "cloudfront.amazonaws.com";

/// What a distribution does with a bucket's objects.
const READ: &[&str] = &["s3:GetObject"];

/// Nobody but the distribution reads its buckets.
pub(super) fn alone(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    let is_bucket =
        |origin: &&Origin| origin.s3().is_some_and(|it| it.kind == S3EndpointKind::Rest);
    let mut origins = distribution.origins.iter().filter(is_bucket).peekable();
    if origins.peek().is_none() {
        return Ok(None);
    }
    let mut faults = Faults::default();
    for origin in origins {
        match right(scan, origin) {
            Err(unknown) => faults.open(unknown),
            Ok(right @ Right::Signed(_)) => {
                faults.good(right.evidence(origin));
                match own(scan, origin) {
                    Some(bucket) => lets_in(scan, distribution, bucket, &mut faults),
                    None => faults.open(not_ours(scan, origin)),
                }
            }
            Ok(right @ Right::Identity(_)) => faults.bad(Severity::Low, right.evidence(origin)),
            Ok(right) => faults.bad(Severity::Medium, right.evidence(origin)),
        }
    }
    faults.verdict().map(Some)
}

/// Whose policy nobody can read from here.
pub(super) fn not_ours(scan: Scan<'_>, origin: &Origin) -> Unknown {
    unseen(&scan.inventory.s3.buckets, &format!("the bucket of `{}`", origin.domain))
}

/// Whom the policy of a bucket lets read beside the distribution.
fn lets_in(scan: Scan<'_>, distribution: &Distribution, bucket: &Bucket, faults: &mut Faults) {
    let document = match of_bucket(scan, bucket) {
        Ok(Some(document)) => document,
        Ok(None) => return faults.good(shut(bucket, Value::Null)),
        Err(unknown) => return faults.open(unknown),
    };
    let arn = distribution.arn.as_str();
    let behalf = |behalf, expected| by_cloudfront(&document, behalf, READ, expected);
    match behalf(Behalf::Stranger(arn), "no distribution of another account") {
        Ok(Some(evidence)) => faults.bad(Severity::High, evidence),
        Err(unknown) => faults.open(unknown),
        Ok(None) => match behalf(Behalf::Another(arn), "distributions by their ARNs") {
            Ok(None) => {}
            Ok(Some(evidence)) => faults.bad(Severity::Low, evidence),
            Err(unknown) => faults.open(unknown),
        },
    }
    let asked = |subject: Subject<'_>, budget: &Budget| subject.outsiders_can(Some(READ), budget);
    match outsiders(scan, bucket, asked) {
        Ok(Verdict::Pass(restricted)) => restricted.into_iter().for_each(|it| faults.good(it)),
        Ok(Verdict::Fail { evidence, .. }) => {
            for request in evidence {
                faults.bad(Severity::Medium, request);
            }
        }
        Err(unknown) => faults.open(unknown),
    }
    match behalf(Behalf::Of(arn), "this distribution") {
        Ok(Some(evidence)) => faults.good(evidence),
        Ok(None) => faults.good(shut(bucket, "lets no request of this distribution in".into())),
        // Whether the origin works changes nothing.
        Err(_) => {}
    }
}

fn shut(bucket: &Bucket, observed: Value) -> Evidence {
    let field = format!("Policy of {}", bucket.name);
    let expected = "this distribution let in, without which the origin cannot work";
    Evidence::of::<BucketPolicy>(field, observed, expected)
}

/// A request of CloudFront's that the policy of a bucket lets through.
pub(super) fn by_cloudfront(
    document: &Document,
    behalf: Behalf<'_>,
    actions: &[&str],
    expected: &'static str,
) -> Result<Option<Evidence>, Unknown> {
    admitted(document, &Asker::Service(CLOUDFRONT, behalf), actions, expected)
}

/// A request of somebody's that the policy of a bucket lets through.
pub(super) fn admitted(
    document: &Document,
    asker: &Asker<'_>,
    actions: &[&str],
    expected: &'static str,
) -> Result<Option<Evidence>, Unknown> {
    let budget = Budget::default();
    let answer = document.subject().admits(asker, actions, &budget);
    match answer {
        Answer::Yes(witness) => Ok(Some(request::<BucketPolicy>(witness.as_deref(), expected))),
        Answer::No(_) => Ok(None),
        open => Err(undecided::<BucketPolicy>(open)),
    }
}
