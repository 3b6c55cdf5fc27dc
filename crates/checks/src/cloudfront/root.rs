//! What visitors of `/` get: a file, or the list of a bucket's objects.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Unknown,
    cloudfront::{Distribution, DistributionConfig, Origin, S3EndpointKind},
    s3::Bucket,
};
use awspect_policy::{Asker, Behalf};
use serde_json::Value;

use super::{
    access::{Right, right},
    bucket::own,
    concern::{Judged, unseen},
    front::{admitted, by_cloudfront, not_ours},
};
use crate::{
    Scan,
    s3::{lists, of_bucket, unless_restricted},
};

/// The request for `/` as S3 takes it.
const LIST: &[&str] = &["s3:ListBucket"];

/// Visitors of `/` do not get the list of a bucket.
pub(super) fn not_listed(scan: Scan<'_>, distribution: &Distribution) -> Judged {
    let is_root = |origin: &&Origin| {
        let is_bucket = origin.s3().is_some_and(|it| it.kind == S3EndpointKind::Rest);
        is_bucket && origin.path.trim_matches('/').is_empty()
    };
    let mut origins =
        distribution.origins_of(&distribution.default_behavior).filter(is_root).peekable();
    if origins.peek().is_none() {
        return Ok(None);
    }
    let config = distribution.config.known();
    let object =
        config.as_ref().map(|config| config.and_then(|it| it.default_root_object.as_ref()));
    let expected = "a default root object, or a bucket that CloudFront cannot list";
    let shown = |observed: Value| {
        Evidence::of::<DistributionConfig>("DefaultRootObject", observed, expected)
    };
    if let Ok(Some(object)) = object {
        return Ok(Some(Verdict::Pass(vec![shown(object.as_str().into())])));
    }
    let (mut faults, mut reasons, mut open) = (vec![], vec![], None);
    for origin in origins {
        match listed(scan, distribution, origin) {
            Ok(Verdict::Fail { evidence, .. }) => faults.extend(evidence),
            Ok(Verdict::Pass(evidence)) => reasons.extend(evidence),
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    match (object, open) {
        (Ok(_), _) if !faults.is_empty() => {
            faults.insert(0, shown(Value::Null));
            Ok(Some(Verdict::faults(faults)))
        }
        (_, Some(unknown)) if faults.is_empty() => Err(unknown),
        (Err(unknown), _) if !faults.is_empty() => Err(unknown.clone()),
        (Ok(_), _) => {
            reasons.insert(0, shown(Value::Null));
            Ok(Some(Verdict::Pass(reasons)))
        }
        (Err(_), _) => Ok(Some(Verdict::Pass(reasons))),
    }
}

/// CloudFront does not get the list of a bucket, as whatever it asks.
fn listed(scan: Scan<'_>, distribution: &Distribution, origin: &Origin) -> Decision {
    let right = right(scan, origin)?;
    let bucket = own(scan, origin).ok_or_else(|| not_ours(scan, origin))?;
    let mut answers = vec![];
    match right {
        Right::Signed(_) => {
            let document = of_bucket(scan, bucket)?;
            let Some(document) = document else { return Ok(Verdict::Pass(vec![])) };
            let arn = distribution.arn.as_str();
            let found = by_cloudfront(&document, Behalf::Of(arn), LIST, "no list for CloudFront")?;
            return Ok(Verdict::faults(found.into_iter().collect()));
        }
        Right::Identity(id) => {
            let partition = &scan.inventory.account.partition;
            let arn = format!(
                "arn:{partition}:iam::cloudfront:user/CloudFront Origin Access Identity {id}"
            );
            answers.push(by_policy(scan, bucket, &Asker::Principal(&arn)));
            match canonical_user(scan, id) {
                Ok(user) => {
                    answers.push(by_policy(scan, bucket, &Asker::Canonical(user)));
                    answers.push(lists(&scan.inventory.s3.account_block, bucket, Some(user)));
                }
                Err(unknown) => answers.push(Err(unknown)),
            }
        }
        Right::Unsigned(_) | Right::None => {
            answers.push(by_policy(scan, bucket, &Asker::Anonymous));
            answers.push(lists(&scan.inventory.s3.account_block, bucket, None));
        }
    }
    one_lists(answers)
}

/// One way to the list is enough.
fn one_lists(answers: Vec<Decision>) -> Decision {
    let (mut passed, mut open) = (vec![], None);
    for answer in answers {
        match answer {
            Ok(fail @ Verdict::Fail { .. }) => return Ok(fail),
            Ok(Verdict::Pass(evidence)) => passed.extend(evidence),
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    open.map_or(Ok(Verdict::Pass(passed)), Err)
}

fn by_policy(scan: Scan<'_>, bucket: &Bucket, asker: &Asker<'_>) -> Decision {
    let Some(document) = of_bucket(scan, bucket)? else { return Ok(Verdict::Pass(vec![])) };
    match admitted(&document, asker, LIST, "no list for CloudFront")? {
        None => Ok(Verdict::Pass(vec![])),
        Some(evidence) => unless_restricted(scan, bucket, &document, vec![evidence]),
    }
}

/// The other name of an origin access identity.
fn canonical_user<'a>(scan: Scan<'a>, id: &str) -> Result<&'a str, Unknown> {
    let identities = &scan.inventory.cloudfront.origin_access_identities;
    let found = identities.found.iter().find(|identity| identity.id == id);
    found
        .map(|identity| identity.canonical_user.as_str())
        .ok_or_else(|| unseen(identities, &format!("the origin access identity `{id}`")))
}
