//! What is in the mixed account. Names tell what is right or wrong.

use awspect_tests::iam::{
    Iam, aws_managed,
    documents::{account, allow, everything, policy, service, trust, trust_if},
};
use serde_json::json;

use super::{MIXED, ORGANIZATION, STRANGER};

const GITHUB: &str = "token.actions.githubusercontent.com";
const COGNITO: &str = "cognito-identity.amazonaws.com";

pub(super) fn users(iam: &Iam<'_>) {
    let narrow = iam.policy("narrow", &allow("s3:GetObject", "arn:aws:s3:::shop/*"));
    iam.group("readers").attach(&narrow);
    iam.group("admins").attach(&aws_managed("AdministratorAccess"));
    iam.group("nobody").inline("list", &allow("s3:ListAllMyBuckets", "*"));
    iam.user("person").member_of("readers").password().mfa("GAHT12345678");
    iam.user("virtual").member_of("readers").password().virtual_mfa();
    iam.user("bare").member_of("admins").password();
    iam.user("dormant").member_of("readers").password().virtual_mfa();
    iam.user("program").member_of("readers").key();
    iam.user("old-program").member_of("readers").key();
    iam.user("two-keys").member_of("readers").key().key();
    iam.user("both-kinds").member_of("readers").password().virtual_mfa().key();
    iam.user("never").member_of("readers").password().virtual_mfa().key().key();
    iam.user("direct").inline("list", &allow("s3:ListAllMyBuckets", "*"));
    // Administrators by other ways than a group, and one whom a boundary holds.
    iam.user("admin-inline").inline("all", &everything()).password();
    iam.user("admin-attached").attach(&aws_managed("AdministratorAccess")).password();
    iam.user("admin-bound").attach(&aws_managed("AdministratorAccess")).password();
}

pub(super) fn policies(iam: &Iam<'_>) {
    iam.policy("loose-admin", &everything());
    let admin = iam.policy("admin", &everything());
    iam.role("carries-admin", &account(MIXED)).attach(&admin);
    iam.policy("all-of-s3", &allow("s3:*", "*"));
    iam.policy(
        "all-but-iam",
        &policy(json!([{ "Effect": "Allow", "NotAction": "iam:*", "Resource": "*" }])),
    );
    iam.policy("passes-any-role", &allow("iam:PassRole", "*"));
    iam.policy("assumes-any-role", &allow("sts:AssumeRole", "*"));
    iam.policy("buys", &allow("aws-marketplace:Subscribe", "*"));
    iam.role("inline-narrow", &account(MIXED))
        .inline("read", &allow("s3:GetObject", "arn:aws:s3:::shop/*"));
    iam.role("inline-admin", &account(MIXED)).inline("all", &everything());
    iam.role("creator", &account(MIXED)).inline("create", &allow("iam:CreateUser", "*"));
    let limit = iam.policy("limit", &allow("s3:*", "arn:aws:s3:::shop/*"));
    iam.role("bound-creator", &account(MIXED))
        .inline("create", &allow("iam:CreateUser", "*"))
        .boundary(&limit);
}

pub(super) fn workloads(iam: &Iam<'_>) {
    // Among the actions is one of a service that AWS has closed.
    let run = ["codestar:CreateProject", "lambda:CreateFunction", "lambda:InvokeFunction"];
    let run = json!([run.as_slice(), &["iam:PassRole"]].concat());
    iam.role("deployer", &account(MIXED)).inline("deploy", &allow(run, "*"));
    iam.role("lambda-admin", &service("lambda")).attach(&aws_managed("AdministratorAccess"));
    iam.role("lambda-broad", &service("lambda")).attach(&aws_managed("AmazonS3FullAccess"));
    iam.role("lambda-narrow", &service("lambda"))
        .attach(&aws_managed("service-role/AWSLambdaBasicExecutionRole"));
    iam.role("instance-admin", &service("ec2")).inline("all", &everything()).instance_profile();
    iam.role("instance", &service("ec2"))
        .attach(&aws_managed("service-role/AmazonEC2RoleforSSM"))
        .instance_profile();
    iam.role("api-any", &service("apigateway"))
        .inline("call", &allow("lambda:InvokeFunction", "*"));
    let function = format!("arn:aws:lambda:us-east-1:{MIXED}:function:shop");
    iam.role("api-one", &service("apigateway"))
        .inline("call", &allow("lambda:InvokeFunction", &function));
    iam.role("forgotten", &service("lambda"));
    iam.role_in(
        "/aws-service-role/shop.amazonaws.com/",
        "AWSServiceRoleForShop",
        &service("lambda"),
    )
    .attach(&aws_managed("AdministratorAccess"));
}

pub(super) fn trusts(iam: &Iam<'_>) {
    let equals = |key: &str, value: &str| json!({ "StringEquals": { key: value } });
    iam.role("anyone", &trust(&json!({ "AWS": "*" })));
    iam.role("own", &account(MIXED));
    iam.role("partner", &account(STRANGER));
    iam.role(
        "anyone-in-a-list",
        &trust(&json!({ "AWS": [format!("arn:aws:iam::{MIXED}:root"), "*"] })),
    );
    let partner = json!({ "AWS": format!("arn:aws:iam::{STRANGER}:root") });
    iam.role("partner-with-id", &trust_if(&partner, &equals("sts:ExternalId", "shop-7d1f")));

    let github = json!({ "Federated": iam.oidc_provider(GITHUB, &["sts.amazonaws.com"]) });
    let (aud, sub) = (format!("{GITHUB}:aud"), format!("{GITHUB}:sub"));
    let repository = "repo:example/shop:ref:refs/heads/main";
    let both = json!({ "StringEquals": { &aud: "sts.amazonaws.com", &sub: repository } });
    iam.role("github-one", &trust_if(&github, &both));
    iam.role("github-any", &trust_if(&github, &equals(&aud, "sts.amazonaws.com")));
    let repositories = json!({ "StringEquals": { &aud: "sts.amazonaws.com" },
        "StringLike": { &sub: "repo:example/*" } });
    iam.role("github-owner", &trust_if(&github, &repositories));
    iam.role("github-no-aud", &trust_if(&github, &equals(&sub, repository)));

    let cognito = json!({ "Federated": COGNITO });
    let (aud, amr) = (format!("{COGNITO}:aud"), format!("{COGNITO}:amr"));
    let pool = json!({ &aud: "us-east-1:11111111-2222-4333-8444-555555555555" });
    let kind =
        |kind: &str| json!({ "StringEquals": pool, "ForAnyValue:StringLike": { &amr: kind } });
    iam.role("cognito-one", &trust_if(&cognito, &kind("authenticated")))
        .inline("read", &allow("s3:GetObject", "arn:aws:s3:::shop/*"));
    let signed_in = json!({ "ForAnyValue:StringLike": { &amr: "authenticated" } });
    iam.role("cognito-any", &trust_if(&cognito, &signed_in));
    iam.role("cognito-guest", &trust_if(&cognito, &kind("unauthenticated")))
        .inline("all", &allow("s3:*", "*"));

    let topic = json!({ "Service": "sns.amazonaws.com" });
    iam.role("deputy", &trust(&topic));
    let any_account = json!({ "StringLike": { "aws:SourceAccount": "*" } });
    iam.role("anybodys-deputy", &trust_if(&topic, &any_account));
    iam.role("own-deputy", &trust_if(&topic, &equals("aws:SourceAccount", MIXED)));
    // Whoever is of the organization, and nobody else.
    let colleagues = equals("aws:PrincipalOrgID", ORGANIZATION);
    iam.role("colleagues", &trust_if(&json!({ "AWS": "*" }), &colleagues));
    iam.role("orphaned", &trust(&json!({ "AWS": "AROAEXAMPLEEXAMPLE123" })));
}
