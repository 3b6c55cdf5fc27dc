//! Where REST services keep their operations: a table of methods and paths per service.
//!
//! A new operation is one line. The first line that matches wins, so a path with a key in its query stands above the
//! same path without. Sources: the `http` traits of the services' published API models.

use crate::recognise::Protocol;
use crate::request::parameter;

/// One operation: `{}` is one segment of the path, `{+}` is one or more at its end.
pub(crate) struct Route {
    method: &'static str,
    path: &'static str,
    /// A key that the query must have; empty if none.
    key: &'static str,
    pub(crate) operation: &'static str,
}

impl Route {
    pub(crate) fn matches(&self, method: &str, path: &str, query: &str) -> bool {
        self.method == method
            && (self.key.is_empty() || parameter(query, self.key).is_some())
            && path_matches(self.path, path)
    }
}

fn path_matches(pattern: &str, path: &str) -> bool {
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut segments = path.split('/').skip(1);
    for part in pattern.split('/').skip(1).filter(|part| !part.is_empty()) {
        match (part, segments.next()) {
            ("{+}", Some(_)) => return true,
            ("{}", Some(segment)) if !segment.is_empty() => {}
            (_, Some(segment)) if segment == part => {}
            _ => return false,
        }
    }
    segments.next().is_none()
}

/// The protocol and the table of a service; an unknown service is taken to speak JSON.
pub(crate) fn of(service: &str) -> (Protocol, &'static [Route]) {
    match service {
        "s3" => (Protocol::S3, S3),
        "s3control" => (Protocol::RestXml, S3CONTROL),
        "accessanalyzer" => (Protocol::RestJson, ACCESS_ANALYZER),
        "account" => (Protocol::RestJson, ACCOUNT),
        "cloudfront" => (Protocol::RestXml, CLOUDFRONT),
        "lambda" => (Protocol::RestJson, LAMBDA),
        "apigateway" => (Protocol::RestJson, APIGATEWAY),
        "apigatewayv2" => (Protocol::RestJson, APIGATEWAYV2),
        "backup" => (Protocol::RestJson, BACKUP),
        _ => (Protocol::RestJson, &[]),
    }
}

const fn get(path: &'static str, operation: &'static str) -> Route {
    Route { method: "GET", path, key: "", operation }
}

const fn post(path: &'static str, operation: &'static str) -> Route {
    Route { method: "POST", path, key: "", operation }
}

/// An operation on a bucket's sub-resource.
const fn bucket(method: &'static str, key: &'static str, operation: &'static str) -> Route {
    Route { method, path: "/{}", key, operation }
}

/// An operation on an object or its sub-resource.
const fn object(method: &'static str, key: &'static str, operation: &'static str) -> Route {
    Route { method, path: "/{}/{+}", key, operation }
}

/// Paths with the bucket in them, see `with_bucket`.
const S3: &[Route] = &[
    get("/", "ListBuckets"),
    bucket("GET", "accelerate", "GetBucketAccelerateConfiguration"),
    bucket("GET", "acl", "GetBucketAcl"),
    bucket("GET", "analytics", "ListBucketAnalyticsConfigurations"),
    bucket("GET", "cors", "GetBucketCors"),
    bucket("GET", "encryption", "GetBucketEncryption"),
    bucket("GET", "intelligent-tiering", "ListBucketIntelligentTieringConfigurations"),
    bucket("GET", "inventory", "ListBucketInventoryConfigurations"),
    bucket("GET", "lifecycle", "GetBucketLifecycleConfiguration"),
    bucket("GET", "location", "GetBucketLocation"),
    bucket("GET", "logging", "GetBucketLogging"),
    bucket("GET", "metrics", "ListBucketMetricsConfigurations"),
    bucket("GET", "notification", "GetBucketNotificationConfiguration"),
    bucket("GET", "object-lock", "GetObjectLockConfiguration"),
    bucket("GET", "ownershipControls", "GetBucketOwnershipControls"),
    bucket("GET", "policy", "GetBucketPolicy"),
    bucket("GET", "policyStatus", "GetBucketPolicyStatus"),
    bucket("GET", "publicAccessBlock", "GetPublicAccessBlock"),
    bucket("GET", "replication", "GetBucketReplication"),
    bucket("GET", "requestPayment", "GetBucketRequestPayment"),
    bucket("GET", "tagging", "GetBucketTagging"),
    bucket("GET", "uploads", "ListMultipartUploads"),
    bucket("GET", "versioning", "GetBucketVersioning"),
    bucket("GET", "versions", "ListObjectVersions"),
    bucket("GET", "website", "GetBucketWebsite"),
    bucket("GET", "list-type", "ListObjectsV2"),
    bucket("GET", "", "ListObjects"),
    bucket("HEAD", "", "HeadBucket"),
    bucket("PUT", "acl", "PutBucketAcl"),
    bucket("PUT", "cors", "PutBucketCors"),
    bucket("PUT", "encryption", "PutBucketEncryption"),
    bucket("PUT", "lifecycle", "PutBucketLifecycleConfiguration"),
    bucket("PUT", "logging", "PutBucketLogging"),
    bucket("PUT", "notification", "PutBucketNotificationConfiguration"),
    bucket("PUT", "object-lock", "PutObjectLockConfiguration"),
    bucket("PUT", "ownershipControls", "PutBucketOwnershipControls"),
    bucket("PUT", "policy", "PutBucketPolicy"),
    bucket("PUT", "publicAccessBlock", "PutPublicAccessBlock"),
    bucket("PUT", "replication", "PutBucketReplication"),
    bucket("PUT", "tagging", "PutBucketTagging"),
    bucket("PUT", "versioning", "PutBucketVersioning"),
    bucket("PUT", "website", "PutBucketWebsite"),
    bucket("PUT", "", "CreateBucket"),
    bucket("DELETE", "policy", "DeleteBucketPolicy"),
    bucket("DELETE", "publicAccessBlock", "DeletePublicAccessBlock"),
    bucket("DELETE", "ownershipControls", "DeleteBucketOwnershipControls"),
    bucket("DELETE", "", "DeleteBucket"),
    object("GET", "acl", "GetObjectAcl"),
    object("GET", "attributes", "GetObjectAttributes"),
    object("GET", "tagging", "GetObjectTagging"),
    object("GET", "", "GetObject"),
    object("HEAD", "", "HeadObject"),
    object("PUT", "acl", "PutObjectAcl"),
    object("PUT", "tagging", "PutObjectTagging"),
    object("PUT", "", "PutObject"),
    object("DELETE", "", "DeleteObject"),
];

const S3CONTROL: &[Route] = &[
    get("/v20180820/accesspoint", "ListAccessPoints"),
    get("/v20180820/accesspoint/{}", "GetAccessPoint"),
    get("/v20180820/accesspoint/{}/policy", "GetAccessPointPolicy"),
    get("/v20180820/accesspoint/{}/policyStatus", "GetAccessPointPolicyStatus"),
    get("/v20180820/accesspointforobjectlambda", "ListAccessPointsForObjectLambda"),
    get("/v20180820/configuration/publicAccessBlock", "GetPublicAccessBlock"),
    get("/v20180820/mrap/instances", "ListMultiRegionAccessPoints"),
    get("/v20180820/mrap/instances/{}", "GetMultiRegionAccessPoint"),
    get("/v20180820/mrap/instances/{}/policy", "GetMultiRegionAccessPointPolicy"),
    get("/v20180820/mrap/instances/{}/policystatus", "GetMultiRegionAccessPointPolicyStatus"),
    get("/v20180820/mrap/instances/{}/routes", "GetMultiRegionAccessPointRoutes"),
    Route {
        method: "PUT",
        path: "/v20180820/accesspoint/{}",
        key: "",
        operation: "CreateAccessPoint",
    },
    Route {
        method: "PUT",
        path: "/v20180820/accesspoint/{}/policy",
        key: "",
        operation: "PutAccessPointPolicy",
    },
    Route {
        method: "PUT",
        path: "/v20180820/configuration/publicAccessBlock",
        key: "",
        operation: "PutPublicAccessBlock",
    },
];

const ACCESS_ANALYZER: &[Route] = &[
    get("/analyzer", "ListAnalyzers"),
    get("/analyzer/{}", "GetAnalyzer"),
    get("/analyzer/{}/archive-rule", "ListArchiveRules"),
    get("/findingv2/{}", "GetFindingV2"),
    post("/findingv2", "ListFindingsV2"),
];

/// The service has its operations in the path and none of its data.
const ACCOUNT: &[Route] = &[
    post("/getAlternateContact", "GetAlternateContact"),
    post("/getContactInformation", "GetContactInformation"),
    post("/listRegions", "ListRegions"),
    post("/putAlternateContact", "PutAlternateContact"),
];

const CLOUDFRONT: &[Route] = &[
    get("/2020-05-31/distribution", "ListDistributions"),
    get("/2020-05-31/distribution/{}", "GetDistribution"),
    get("/2020-05-31/distribution/{}/config", "GetDistributionConfig"),
    get("/2020-05-31/origin-access-control", "ListOriginAccessControls"),
    get("/2020-05-31/origin-access-control/{}", "GetOriginAccessControl"),
    get("/2020-05-31/origin-access-identity/cloudfront", "ListCloudFrontOriginAccessIdentities"),
    get("/2020-05-31/response-headers-policy", "ListResponseHeadersPolicies"),
    get("/2020-05-31/response-headers-policy/{}", "GetResponseHeadersPolicy"),
    get("/2020-05-31/tagging", "ListTagsForResource"),
];

const LAMBDA: &[Route] = &[
    get("/2015-03-31/functions", "ListFunctions"),
    get("/2015-03-31/functions/{}", "GetFunction"),
    get("/2015-03-31/functions/{}/configuration", "GetFunctionConfiguration"),
    get("/2015-03-31/functions/{}/policy", "GetPolicy"),
    get("/2015-03-31/functions/{}/aliases", "ListAliases"),
    get("/2015-03-31/functions/{}/versions", "ListVersionsByFunction"),
    get("/2015-03-31/event-source-mappings", "ListEventSourceMappings"),
    get("/2018-10-31/layers", "ListLayers"),
    get("/2018-10-31/layers/{}/versions", "ListLayerVersions"),
    get("/2018-10-31/layers/{}/versions/{}/policy", "GetLayerVersionPolicy"),
    get("/2021-10-31/functions/{}/url", "GetFunctionUrlConfig"),
    get("/2021-10-31/functions/{}/urls", "ListFunctionUrlConfigs"),
];

const APIGATEWAY: &[Route] = &[
    get("/account", "GetAccount"),
    get("/apikeys", "GetApiKeys"),
    get("/clientcertificates", "GetClientCertificates"),
    get("/domainnames", "GetDomainNames"),
    get("/domainnames/{}", "GetDomainName"),
    get("/domainnames/{}/basepathmappings", "GetBasePathMappings"),
    get("/restapis", "GetRestApis"),
    get("/restapis/{}", "GetRestApi"),
    get("/restapis/{}/authorizers", "GetAuthorizers"),
    get("/restapis/{}/deployments", "GetDeployments"),
    get("/restapis/{}/deployments/{}", "GetDeployment"),
    get("/restapis/{}/gatewayresponses", "GetGatewayResponses"),
    get("/restapis/{}/requestvalidators", "GetRequestValidators"),
    get("/restapis/{}/resources", "GetResources"),
    get("/restapis/{}/resources/{}/methods/{}", "GetMethod"),
    get("/restapis/{}/resources/{}/methods/{}/integration", "GetIntegration"),
    get("/restapis/{}/stages", "GetStages"),
    get("/restapis/{}/stages/{}", "GetStage"),
    get("/usageplans", "GetUsagePlans"),
    get("/vpclinks", "GetVpcLinks"),
];

const APIGATEWAYV2: &[Route] = &[
    get("/v2/apis", "GetApis"),
    get("/v2/apis/{}", "GetApi"),
    get("/v2/apis/{}/authorizers", "GetAuthorizers"),
    get("/v2/apis/{}/authorizers/{}", "GetAuthorizer"),
    get("/v2/apis/{}/integrations", "GetIntegrations"),
    get("/v2/apis/{}/routes", "GetRoutes"),
    get("/v2/apis/{}/stages", "GetStages"),
    get("/v2/domainnames", "GetDomainNames"),
    get("/v2/domainnames/{}/apimappings", "GetApiMappings"),
    get("/v2/vpclinks", "GetVpcLinks"),
];

const BACKUP: &[Route] = &[
    get("/backup/plans", "ListBackupPlans"),
    get("/backup/plans/{}", "GetBackupPlan"),
    get("/backup/plans/{}/selections", "ListBackupSelections"),
    get("/backup/plans/{}/selections/{}", "GetBackupSelection"),
    get("/backup-vaults", "ListBackupVaults"),
    get("/backup-vaults/{}", "DescribeBackupVault"),
    get("/backup-vaults/{}/access-policy", "GetBackupVaultAccessPolicy"),
    get("/resources", "ListProtectedResources"),
];
