//! Types of resources: their services, and the actions of S3 by what they act on.

/// The service of a resource type, as its actions spell it.
pub(crate) fn service(resource_type: &str) -> Option<&'static str> {
    let prefix = |prefix: &&(&str, &'static str)| resource_type.starts_with(prefix.0);
    SERVICES.iter().find(prefix).map(|(_, service)| *service)
}

const SERVICES: &[(&str, &str)] = &[
    ("s3-object-lambda", "s3-object-lambda"),
    ("s3-outposts", "s3-outposts"),
    ("s3-express", "s3express"),
    ("s3-directory", "s3express"),
    ("s3-glacier", "glacier"),
    ("s3", "s3"),
    ("kms", "kms"),
    ("lambda", "lambda"),
    ("sqs", "sqs"),
    ("sns", "sns"),
    ("ecr-public", "ecr-public"),
    ("ecr", "ecr"),
    ("secretsmanager", "secretsmanager"),
    ("dynamodb", "dynamodb"),
    ("opensearch-serverless", "aoss"),
    ("opensearch", "es"),
    ("elasticsearch", "es"),
    ("es-", "es"),
    ("efs", "elasticfilesystem"),
    ("eventbridge", "events"),
    ("events", "events"),
    ("event-bus", "events"),
    ("kinesis", "kinesis"),
    ("backup", "backup"),
    ("glacier", "glacier"),
    ("codeartifact", "codeartifact"),
    ("apigateway", "execute-api"),
    ("api-gateway", "execute-api"),
];

/// Services that take no anonymous call.
pub(crate) const SIGNED_ONLY: &[&str] = &[
    "kms",
    "ecr",
    "ecr-public",
    "secretsmanager",
    "dynamodb",
    "events",
    "kinesis",
    "backup",
    "codeartifact",
];

/// Actions of S3 on objects; what begins with `!` is on the bucket all the same.
pub(crate) const OBJECT_ACTIONS: &[&str] = &[
    "s3:getobject*",
    "s3:putobject*",
    "s3:deleteobject*",
    "s3:restoreobject",
    "s3:replicate*",
    "s3:objectownerovverridetobucketowner",
    "s3:abortmultipartupload",
    "s3:listmultipartuploadparts",
    "s3:bypassgovernanceretention",
    "s3:updateobject*",
];

/// Actions of S3 on buckets.
pub(crate) const BUCKET_ACTIONS: &[&str] = &[
    "s3:listbucket*",
    "s3:getbucket*",
    "s3:putbucket*",
    "s3:deletebucket*",
    "s3:createbucket*",
    "s3:updatebucket*",
    "s3:*configuration",
    "s3:*configurationtable*",
];

/// Actions that create, overwrite or delete objects, or give the right to.
pub(crate) const WRITE_ACTIONS: &[&str] = &[
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutObjectAcl",
    "s3:PutObjectVersionAcl",
    "s3:ReplicateObject",
    "s3:ReplicateDelete",
    "s3:PutBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutLifecycleConfiguration",
];

pub(crate) const HINTS: &[&str] = &[
    "s3:GetObject",
    "s3:PutObject",
    "s3:ListBucket",
    "s3:DeleteObject",
    "s3:GetBucketLocation",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "lambda:InvokeFunction",
    "lambda:InvokeFunctionUrl",
    "sqs:SendMessage",
    "sqs:ReceiveMessage",
    "sns:Publish",
    "sns:Subscribe",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "secretsmanager:GetSecretValue",
    "dynamodb:GetItem",
    "es:ESHttpGet",
    "elasticfilesystem:ClientMount",
    "events:PutEvents",
    "execute-api:Invoke",
];
