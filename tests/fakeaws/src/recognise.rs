//! Which service and which operation a request is for.

use crate::request::{header, parameter};
use crate::routes;

/// How a service words its requests and its errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// A form in, XML out: IAM, STS, SNS, `CloudFormation`.
    Query,
    /// EC2's own kind of query protocol.
    Ec2,
    /// JSON with the operation in `X-Amz-Target`, version 1.0.
    Json10,
    /// JSON with the operation in `X-Amz-Target`, version 1.1.
    Json11,
    /// The operation in method and path, JSON bodies.
    RestJson,
    /// The operation in method and path, XML bodies.
    RestXml,
    /// As [`Protocol::RestXml`], with S3's bare `<Error>`.
    S3,
    /// The operation in the path, CBOR bodies.
    Cbor,
}

/// Names of signatures that differ from the name of the service.
const SIGNED_AS: &[(&str, &str)] = &[
    ("monitoring", "cloudwatch"),
    ("servicequotas", "service-quotas"),
    ("access-analyzer", "accessanalyzer"),
    ("email", "sesv2"),
];

pub(crate) struct Recognised {
    pub(crate) service: String,
    pub(crate) operation: String,
    pub(crate) region: String,
    pub(crate) access_key: String,
    pub(crate) protocol: Protocol,
}

/// Reads what a request is for, from its signature and from whichever place its protocol keeps the operation in.
pub(crate) fn recognise(
    method: &str,
    host: &str,
    path: &str,
    query: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Recognised {
    let scope = Scope::read(headers, query);
    let service = service(&scope.service, path);
    let (operation, protocol) = match in_message(&service, path, query, headers, body) {
        Some(found) => found,
        None => in_path(&service, method, host, path, query),
    };
    Recognised { service, operation, region: scope.region, access_key: scope.access_key, protocol }
}

/// The credential scope of a signature: `AKID/20260102/eu-west-1/s3/aws4_request`.
#[derive(Default)]
struct Scope {
    access_key: String,
    region: String,
    service: String,
}

impl Scope {
    fn read(headers: &[(String, String)], query: &str) -> Self {
        let signed = header(headers, "authorization").and_then(|value| {
            let (_, scope) = value.split_once("Credential=")?;
            scope.split([',', ' ']).next().map(str::to_owned)
        });
        let scope = signed.or_else(|| parameter(query, "X-Amz-Credential")).unwrap_or_default();
        let mut parts = scope.rsplit('/').skip(1);
        let (service, region, _date, access_key) =
            (parts.next(), parts.next(), parts.next(), parts.next());
        match (access_key, region, service) {
            (Some(access_key), Some(region), Some(service)) => Self {
                access_key: access_key.to_owned(),
                region: region.to_owned(),
                service: service.to_owned(),
            },
            _ => Self::default(),
        }
    }
}

/// The service of a signature. Two pairs sign alike and are told apart by their paths.
fn service(signed: &str, path: &str) -> String {
    match signed {
        "" => "?",
        "s3" if path.starts_with("/v20180820/") => "s3control",
        "apigateway" if path.starts_with("/v2/") => "apigatewayv2",
        _ => SIGNED_AS.iter().find(|(scope, _)| *scope == signed).map_or(signed, |(_, name)| name),
    }
    .to_owned()
}

/// The operation where the protocol names it: in a header, in a form or in the path of the CBOR protocol.
fn in_message(
    service: &str,
    path: &str,
    query: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Option<(String, Protocol)> {
    let content_type = header(headers, "content-type").unwrap_or_default();
    if let Some((_, operation)) =
        header(headers, "x-amz-target").and_then(|target| target.rsplit_once('.'))
    {
        let protocol =
            if content_type.contains("json-1.0") { Protocol::Json10 } else { Protocol::Json11 };
        return Some((operation.to_owned(), protocol));
    }
    if let Some((_, operation)) =
        path.strip_prefix("/service/").and_then(|rest| rest.split_once("/operation/"))
    {
        return Some((operation.to_owned(), Protocol::Cbor));
    }
    let form = if content_type.contains("x-www-form-urlencoded") {
        String::from_utf8_lossy(body)
    } else {
        query.into()
    };
    let operation = parameter(&form, "Action")?;
    Some((operation, if service == "ec2" { Protocol::Ec2 } else { Protocol::Query }))
}

/// The operation by method, path and query, from the service's table.
fn in_path(service: &str, method: &str, host: &str, path: &str, query: &str) -> (String, Protocol) {
    let path = if service == "s3" { with_bucket(host, path) } else { path.to_owned() };
    let (protocol, routes) = routes::of(service);
    let operation = routes
        .iter()
        .find(|route| route.matches(method, &path, query))
        .map_or("?", |route| route.operation);
    (operation.to_owned(), protocol)
}

/// The path with the bucket in it, wherever the request had it: `b.localhost/k` and `localhost/b/k` are both `/b/k`.
fn with_bucket(host: &str, path: &str) -> String {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let local = name.strip_suffix(".localhost").or_else(|| name.strip_suffix(".127.0.0.1"));
    let aws = || {
        let (bucket, rest) = name.split_once(".s3.").or_else(|| name.split_once(".s3-"))?;
        rest.contains("amazonaws.com").then_some(bucket)
    };
    match local.or_else(aws) {
        Some(bucket) => format!("/{bucket}{path}"),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::Request;

    /// A signed request: the signature's service, host, method, target.
    fn signed(
        service: &str,
        host: &str,
        method: &str,
        target: &str,
        extra: &[(&str, &str)],
        body: &str,
    ) -> Request {
        let scope = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-west-1/{service}/aws4_request, \
             SignedHeaders=host;x-amz-date, Signature=00"
        );
        let mut headers =
            vec![("host".to_owned(), host.to_owned()), ("authorization".to_owned(), scope)];
        headers.extend(extra.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Request::new(method, target, headers, body.as_bytes().to_vec())
    }

    #[test]
    fn s3_is_read_from_path_or_host_and_query() {
        let table = [
            ("GET / ", "localhost:1", "ListBuckets"),
            ("GET /?max-buckets=10&x-id=ListBuckets", "localhost:1", "ListBuckets"),
            ("GET /b?acl", "localhost:1", "GetBucketAcl"),
            ("GET /b/?acl", "127.0.0.1:1", "GetBucketAcl"),
            ("GET /?acl", "b.localhost:1", "GetBucketAcl"),
            ("GET /?acl", "dots.in.name.localhost:1", "GetBucketAcl"),
            ("GET /?acl", "b.s3.amazonaws.com", "GetBucketAcl"),
            ("GET /?acl", "b.s3.eu-west-1.amazonaws.com", "GetBucketAcl"),
            ("GET /", "s3.eu-west-1.amazonaws.com", "ListBuckets"),
            ("GET /?policy", "b.localhost:1", "GetBucketPolicy"),
            ("GET /?policyStatus", "b.localhost:1", "GetBucketPolicyStatus"),
            ("GET /?publicAccessBlock", "b.localhost:1", "GetPublicAccessBlock"),
            ("GET /?ownershipControls", "b.localhost:1", "GetBucketOwnershipControls"),
            ("GET /?encryption", "b.localhost:1", "GetBucketEncryption"),
            ("GET /?versioning", "b.localhost:1", "GetBucketVersioning"),
            ("GET /?replication", "b.localhost:1", "GetBucketReplication"),
            ("GET /?cors", "b.localhost:1", "GetBucketCors"),
            ("GET /?logging", "b.localhost:1", "GetBucketLogging"),
            ("GET /?website", "b.localhost:1", "GetBucketWebsite"),
            ("GET /?object-lock", "b.localhost:1", "GetObjectLockConfiguration"),
            ("GET /?lifecycle", "b.localhost:1", "GetBucketLifecycleConfiguration"),
            ("GET /?notification", "b.localhost:1", "GetBucketNotificationConfiguration"),
            ("GET /?tagging", "b.localhost:1", "GetBucketTagging"),
            ("GET /?location", "b.localhost:1", "GetBucketLocation"),
            ("HEAD /", "b.localhost:1", "HeadBucket"),
            ("HEAD /b", "localhost:1", "HeadBucket"),
            ("HEAD /b/k", "localhost:1", "HeadObject"),
            ("GET /b/a/k?acl", "localhost:1", "GetObjectAcl"),
            ("GET /?list-type=2", "b.localhost:1", "ListObjectsV2"),
            ("GET /b/k", "localhost:1", "GetObject"),
            ("PUT /b", "localhost:1", "CreateBucket"),
            ("PUT /b?policy", "localhost:1", "PutBucketPolicy"),
            ("PATCH /b?policy", "localhost:1", "?"),
        ];
        for (line, host, operation) in table {
            let (method, target) = line.trim().split_once(' ').expect("a method and a target");
            let request = signed("s3", host, method, target, &[], "");
            assert_eq!(
                (request.service.as_str(), request.operation.as_str()),
                ("s3", operation),
                "{line} at {host}"
            );
        }
    }

    #[test]
    fn rest_services_are_read_from_their_tables() {
        let table = [
            ("s3", "GET /v20180820/accesspoint?maxResults=9", "s3control", "ListAccessPoints"),
            ("s3", "GET /v20180820/accesspoint/ap", "s3control", "GetAccessPoint"),
            ("s3", "GET /v20180820/accesspoint/ap/policy", "s3control", "GetAccessPointPolicy"),
            (
                "s3",
                "GET /v20180820/accesspoint/ap/policyStatus",
                "s3control",
                "GetAccessPointPolicyStatus",
            ),
            (
                "s3",
                "GET /v20180820/configuration/publicAccessBlock",
                "s3control",
                "GetPublicAccessBlock",
            ),
            ("s3", "GET /v20180820/mrap/instances", "s3control", "ListMultiRegionAccessPoints"),
            ("s3", "GET /v20180820/mrap/instances/m", "s3control", "GetMultiRegionAccessPoint"),
            (
                "s3",
                "GET /v20180820/mrap/instances/m/policy",
                "s3control",
                "GetMultiRegionAccessPointPolicy",
            ),
            (
                "s3",
                "GET /v20180820/mrap/instances/m/policystatus",
                "s3control",
                "GetMultiRegionAccessPointPolicyStatus",
            ),
            ("lambda", "GET /2015-03-31/functions?MaxItems=50", "lambda", "ListFunctions"),
            ("lambda", "GET /2015-03-31/functions/", "lambda", "ListFunctions"),
            ("lambda", "GET /2015-03-31/functions/f/policy", "lambda", "GetPolicy"),
            ("lambda", "GET /2021-10-31/functions/f/url", "lambda", "GetFunctionUrlConfig"),
            ("lambda", "GET /2021-10-31/functions/f/urls", "lambda", "ListFunctionUrlConfigs"),
            ("lambda", "GET /2018-10-31/layers/l/versions", "lambda", "ListLayerVersions"),
            (
                "lambda",
                "GET /2018-10-31/layers/l/versions/1/policy",
                "lambda",
                "GetLayerVersionPolicy",
            ),
            ("apigateway", "GET /restapis", "apigateway", "GetRestApis"),
            ("apigateway", "GET /restapis/a/stages", "apigateway", "GetStages"),
            ("apigateway", "GET /restapis/a/deployments/d?embed=x", "apigateway", "GetDeployment"),
            ("apigateway", "GET /domainnames/api.example.com", "apigateway", "GetDomainName"),
            ("apigateway", "GET /restapis/a/resources?embed=methods", "apigateway", "GetResources"),
            ("apigateway", "GET /v2/apis", "apigatewayv2", "GetApis"),
            ("apigateway", "GET /v2/apis/a/authorizers", "apigatewayv2", "GetAuthorizers"),
            ("cloudfront", "GET /2020-05-31/distribution", "cloudfront", "ListDistributions"),
            (
                "cloudfront",
                "GET /2020-05-31/distribution/D/config",
                "cloudfront",
                "GetDistributionConfig",
            ),
            (
                "cloudfront",
                "GET /2020-05-31/tagging?Resource=arn%3Aaws",
                "cloudfront",
                "ListTagsForResource",
            ),
            ("backup", "GET /backup/plans", "backup", "ListBackupPlans"),
            ("backup", "GET /resources", "backup", "ListProtectedResources"),
            ("backup", "GET /backup/plans/p/selections/s", "backup", "GetBackupSelection"),
            ("access-analyzer", "GET /analyzer?type=ACCOUNT", "accessanalyzer", "ListAnalyzers"),
            ("access-analyzer", "POST /findingv2", "accessanalyzer", "ListFindingsV2"),
            ("account", "POST /getAlternateContact", "account", "GetAlternateContact"),
            ("tomorrow", "GET /things", "tomorrow", "?"),
        ];
        for (scope, line, service, operation) in table {
            let (method, target) = line.split_once(' ').expect("a method and a target");
            let request = signed(scope, "123456789012.localhost:1", method, target, &[], "");
            assert_eq!(
                (request.service.as_str(), request.operation.as_str()),
                (service, operation),
                "{line}"
            );
        }
    }

    #[test]
    fn other_protocols_name_their_operation() {
        let form = ("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        let json10 = ("content-type", "application/x-amz-json-1.0");
        let json11 = ("content-type", "application/x-amz-json-1.1");
        let table = [
            (
                "sts",
                "/",
                vec![form],
                "Action=GetCallerIdentity&Version=2011-06-15",
                "sts GetCallerIdentity Query",
            ),
            ("iam", "/", vec![form], "Action=ListUsers&Version=2010-05-08", "iam ListUsers Query"),
            (
                "ec2",
                "/",
                vec![form],
                "Action=DescribeVpcs&Version=2016-11-15",
                "ec2 DescribeVpcs Ec2",
            ),
            (
                "monitoring",
                "/?Action=DescribeAlarms",
                vec![],
                "",
                "cloudwatch DescribeAlarms Query",
            ),
            (
                "dynamodb",
                "/",
                vec![json10, ("x-amz-target", "DynamoDB_20120810.ListTables")],
                "{}",
                "dynamodb ListTables Json10",
            ),
            (
                "organizations",
                "/",
                vec![json11, ("x-amz-target", "AWSOrganizationsV20161128.DescribeOrganization")],
                "{}",
                "organizations DescribeOrganization Json11",
            ),
            (
                "kms",
                "/",
                vec![json11, ("x-amz-target", "TrentService.ListKeys")],
                "{}",
                "kms ListKeys Json11",
            ),
            (
                "monitoring",
                "/service/GraniteServiceVersion20100801/operation/DescribeAlarms",
                vec![("smithy-protocol", "rpc-v2-cbor")],
                "",
                "cloudwatch DescribeAlarms Cbor",
            ),
        ];
        for (scope, target, extra, body, expected) in table {
            let request = signed(scope, "localhost:1", "POST", target, &extra, body);
            assert_eq!(
                format!("{} {} {:?}", request.service, request.operation, request.protocol),
                expected
            );
            assert_eq!(
                (request.region.as_str(), request.access_key.as_str()),
                ("eu-west-1", "AKIDEXAMPLE")
            );
        }
    }

    #[test]
    fn unsigned_and_presigned_requests_are_read_as_far_as_they_go() {
        let host = || vec![("host".to_owned(), "localhost:1".to_owned())];
        let unsigned = Request::new("GET", "/b/k", host(), Vec::new());
        assert_eq!(
            (unsigned.service.as_str(), unsigned.operation.as_str(), unsigned.region.as_str()),
            ("?", "?", "")
        );
        let target = "/b/k?X-Amz-Credential=AKIDEXAMPLE%2F20260102%2Feu-west-1%2Fs3%2Faws4_request";
        let presigned = Request::new("GET", target, host(), Vec::new());
        assert_eq!((presigned.service.as_str(), presigned.operation.as_str()), ("s3", "GetObject"));
    }
}
