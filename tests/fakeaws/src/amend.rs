//! What the fake AWS says otherwise than AWS, put right on the way through.
//!
//! moto writes some answers under a name that it makes from the operation's, `GetBucketVersioningResponse`.
//! Python's SDK does not look at the name, others do. And it lists the access points of all regions in each.
//! Of identities see [`iam::amend`].

use crate::iam;
use crate::request::{Request, Response};

/// The document that S3 answers with, by operation (S3 API reference, "Response Syntax").
const S3: &[(&str, &str)] = &[
    ("GetBucketAcl", "AccessControlPolicy"),
    ("GetBucketCors", "CORSConfiguration"),
    ("GetBucketEncryption", "ServerSideEncryptionConfiguration"),
    ("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
    ("GetBucketLocation", "LocationConstraint"),
    ("GetBucketLogging", "BucketLoggingStatus"),
    ("GetBucketNotificationConfiguration", "NotificationConfiguration"),
    ("GetBucketOwnershipControls", "OwnershipControls"),
    ("GetBucketPolicyStatus", "PolicyStatus"),
    ("GetBucketReplication", "ReplicationConfiguration"),
    ("GetBucketTagging", "Tagging"),
    ("GetBucketVersioning", "VersioningConfiguration"),
    ("GetBucketWebsite", "WebsiteConfiguration"),
    ("GetObjectLockConfiguration", "ObjectLockConfiguration"),
    ("GetPublicAccessBlock", "PublicAccessBlockConfiguration"),
    ("ListBuckets", "ListAllMyBucketsResult"),
];

/// The answer under the name that AWS gives it.
pub(crate) fn amend(request: &Request, mut response: Response) -> Response {
    let name = match request.service.as_str() {
        _ if response.status != 200 => None,
        "s3" => S3
            .iter()
            .find(|(operation, _)| *operation == request.operation)
            .map(|(_, name)| (*name).to_owned()),
        "s3control" => Some(format!("{}Result", request.operation)),
        _ => None,
    };
    if let Some(text) = name.and_then(|name| renamed(&response.text(), &name)) {
        response.body = text.into_bytes();
    }
    if response.status == 200 && request.operation == "ListAccessPoints" {
        response.body = of_the_region(&response.text(), &request.region).into_bytes();
    }
    if response.status == 200 && request.operation == "GetAccountAuthorizationDetails" {
        response.body = iam::amend::policies(&response.text()).into_bytes();
    }
    response
}

/// The list without the access points of other regions.
fn of_the_region(list: &str, region: &str) -> String {
    let own = format!(":s3:{region}:");
    let is_kept = |item: &&str| !item.contains("<AccessPointArn>") || item.contains(&own);
    list.split_inclusive("</AccessPoint>")
        .map(|item| match item.split_once("<AccessPoint>") {
            Some((before, point)) if !is_kept(&point) => before,
            _ => item,
        })
        .collect()
}

/// The document with another name, if it has one of the made-up ones.
fn renamed(document: &str, name: &str) -> Option<String> {
    let start = document.match_indices('<').map(|(at, _)| at + 1).find(|at| {
        document.get(*at..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    })?;
    let (before, rest) = document.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (found, rest) = rest.split_at(end);
    let rest = match rest.strip_suffix(&format!("</{found}>")) {
        Some(rest) => format!("{rest}</{name}>"),
        None => rest.to_owned(),
    };
    found.ends_with("Response").then(|| format!("{before}{name}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::{of_the_region, renamed};

    #[test]
    fn an_access_point_is_listed_in_its_own_region() {
        let point = |region| {
            format!(
                "<AccessPoint><AccessPointArn>arn:aws:s3:{region}:1:accesspoint/a</AccessPointArn></AccessPoint>"
            )
        };
        let list = |points: &[String]| format!("<L xmlns=\"u\"><P>{}</P></L>", points.concat());
        let all = [point("eu-west-1"), point("us-east-1"), point("eu-west-1")];
        assert_eq!(of_the_region(&list(&all), "us-east-1"), list(&all[1..2]));
        assert_eq!(
            of_the_region(&list(&all), "eu-west-1"),
            list(&[point("eu-west-1"), point("eu-west-1")])
        );
        assert_eq!(of_the_region(&list(&all), "eu-north-1"), list(&[]));
    }

    #[test]
    fn only_a_made_up_name_is_replaced() {
        let head = "<?xml version=\"1.0\"?>\n";
        assert_eq!(
            renamed(&format!("{head}<GetXResponse xmlns=\"u\"><A>1</A></GetXResponse>"), "X")
                .unwrap(),
            format!("{head}<X xmlns=\"u\"><A>1</A></X>")
        );
        assert_eq!(renamed(&format!("{head}<GetXResponse/>"), "X").unwrap(), format!("{head}<X/>"));
        assert_eq!(renamed("<Tagging></Tagging>", "Tagging"), None);
        assert_eq!(renamed("not XML", "X"), None);
    }
}
