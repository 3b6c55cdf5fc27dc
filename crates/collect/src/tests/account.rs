//! What an account of one bucket and one access point answers where a test says nothing else.

use super::{
    ec2, iam,
    stub::{Answer, Call, ok, status},
};

/// The answer to any call of a scan.
pub(super) fn usual(call: &Call) -> Answer {
    match call.operation.as_str() {
        "sts:GetCallerIdentity" => caller("arn:aws:iam::111122223333:user/auditor", "111122223333"),
        "s3:ListBuckets" => buckets(&[("data", Some("eu-west-1"))]),
        "s3control:ListAccessPoints" if call.region == "eu-west-1" => ok(ACCESS_POINTS),
        "accessanalyzer:ListAnalyzers" => ok(r#"{"analyzers":[]}"#),
        "backup:ListBackupVaults" => ok(r#"{"BackupVaultList":[]}"#),
        "cloudformation:DescribeStacks" => ok(NO_STACKS),
        "dynamodb:ListTables" => ok(r#"{"TableNames":[]}"#),
        "cognitoidentityprovider:ListUserPools" => ok(r#"{"UserPools":[]}"#),
        "cognitoidentity:ListIdentityPools" => ok(r#"{"IdentityPools":[]}"#),
        "lambda:ListFunctions" => ok(r#"{"Functions":[]}"#),
        "account:GetAlternateContact" => {
            ok(r#"{"AlternateContact":{"EmailAddress":"security@example.com"}}"#)
        }
        "organizations:DescribeOrganization" => ok(
            r#"{"Organization":{"Id":"o-1","MasterAccountId":"999988887777","FeatureSet":"ALL"}}"#,
        ),
        operation if operation.starts_with("iam:") => iam::usual(call),
        operation if operation.starts_with("ec2:") => ec2::usual(call),
        "s3:HeadBucket" => status(200).with("x-amz-bucket-region", "eu-west-1"),
        operation => ok(body(operation)),
    }
}

pub(super) fn caller(arn: &str, account: &str) -> Answer {
    ok(format!(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>{arn}</Arn><UserId>AIDA</UserId>\
         <Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
    ))
}

/// A page of `ListBuckets`, the last.
pub(super) fn buckets(buckets: &[(&str, Option<&str>)]) -> Answer {
    page(buckets, None)
}

/// A page of `ListBuckets`.
pub(super) fn page(buckets: &[(&str, Option<&str>)], next: Option<&str>) -> Answer {
    let buckets = buckets.iter().map(|(name, region)| {
        let region = element("BucketRegion", *region);
        format!("<Bucket><Name>{name}</Name>{region}</Bucket>")
    });
    ok(format!(
        "<ListAllMyBucketsResult><Buckets>{}</Buckets>{}</ListAllMyBucketsResult>",
        buckets.collect::<String>(),
        element("ContinuationToken", next),
    ))
}

fn element(name: &str, text: Option<&str>) -> String {
    text.map(|text| format!("<{name}>{text}</{name}>")).unwrap_or_default()
}

const NO_STACKS: &str = "<DescribeStacksResponse><DescribeStacksResult><Stacks/>\
    </DescribeStacksResult></DescribeStacksResponse>";

const BLOCK: &str = "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>\
    <IgnorePublicAcls>true</IgnorePublicAcls></PublicAccessBlockConfiguration>";

const ACCESS_POINTS: &str = "<ListAccessPointsResult><AccessPointList><AccessPoint><Name>ap</Name>\
    <NetworkOrigin>Internet</NetworkOrigin><Bucket>data</Bucket>\
    <BucketAccountId>111122223333</BucketAccountId>\
    <AccessPointArn>arn:aws:s3:eu-west-1:111122223333:accesspoint/ap</AccessPointArn>\
    </AccessPoint></AccessPointList></ListAccessPointsResult>";

pub(super) fn body(operation: &str) -> &'static str {
    match operation {
        "s3:GetBucketAcl" => {
            "<AccessControlPolicy><Owner><ID>me</ID></Owner><AccessControlList><Grant>\
             <Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xsi:type=\"CanonicalUser\"><ID>me</ID></Grantee><Permission>FULL_CONTROL</Permission>\
             </Grant></AccessControlList></AccessControlPolicy>"
        }
        "s3:GetBucketOwnershipControls" => {
            "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>\
             </OwnershipControls>"
        }
        "s3:GetPublicAccessBlock" | "s3control:GetPublicAccessBlock" => BLOCK,
        "s3:GetBucketPolicy" => "{}",
        "s3:GetBucketPolicyStatus" => "<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>",
        "s3:GetBucketEncryption" => {
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>\
             <SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>\
             </ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled>\
             <BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes>\
             </Rule></ServerSideEncryptionConfiguration>"
        }
        "s3:GetBucketVersioning" => {
            "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Disabled</MfaDelete>\
             </VersioningConfiguration>"
        }
        "s3:GetBucketReplication" => {
            "<ReplicationConfiguration><Role>r</Role><Rule><ID>all</ID><Status>Enabled</Status>\
             <Destination><Bucket>arn:aws:s3:::data</Bucket></Destination></Rule>\
             </ReplicationConfiguration>"
        }
        "s3:GetBucketCors" => {
            "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod>\
             <AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>"
        }
        "s3:GetBucketLogging" => {
            "<BucketLoggingStatus><LoggingEnabled><TargetBucket>logs</TargetBucket>\
             <TargetPrefix>b/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>"
        }
        "s3:GetBucketWebsite" => {
            "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument>\
             </WebsiteConfiguration>"
        }
        "s3:GetObjectLockConfiguration" => {
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>\
             <DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule>\
             </ObjectLockConfiguration>"
        }
        "s3:GetBucketLifecycleConfiguration" => {
            "<LifecycleConfiguration><Rule><ID>old</ID><Status>Enabled</Status>\
             <AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation>\
             </AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>"
        }
        "s3:GetBucketNotificationConfiguration" => {
            "<NotificationConfiguration><TopicConfiguration><Topic>arn:aws:sns:::t</Topic>\
             <Event>s3:ObjectCreated:*</Event></TopicConfiguration><EventBridgeConfiguration/>\
             </NotificationConfiguration>"
        }
        "s3:GetBucketTagging" => {
            "<Tagging><TagSet><Tag><Key>team</Key><Value>blue</Value></Tag></TagSet></Tagging>"
        }
        "s3:GetBucketLocation" => "<LocationConstraint>eu-west-1</LocationConstraint>",
        "s3control:ListAccessPoints" => "<ListAccessPointsResult/>",
        "s3control:GetAccessPoint" => {
            "<GetAccessPointResult><Name>ap</Name><PublicAccessBlockConfiguration>\
             <BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>\
             </GetAccessPointResult>"
        }
        "s3control:GetAccessPointPolicy" => {
            "<GetAccessPointPolicyResult><Policy>{}</Policy></GetAccessPointPolicyResult>"
        }
        "s3control:GetAccessPointPolicyStatus" => {
            "<GetAccessPointPolicyStatusResult><PolicyStatus><IsPublic>true</IsPublic>\
             </PolicyStatus></GetAccessPointPolicyStatusResult>"
        }
        "s3control:ListMultiRegionAccessPoints" => {
            "<ListMultiRegionAccessPointsResult><AccessPoints><AccessPoint><Name>everywhere</Name>\
             <Alias>m.mrap</Alias><Status>READY</Status><PublicAccessBlock>\
             <BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlock><Regions><Region>\
             <Bucket>data</Bucket><Region>eu-west-1</Region></Region></Regions></AccessPoint>\
             </AccessPoints></ListMultiRegionAccessPointsResult>"
        }
        other => unimplemented!("{other}"),
    }
}
