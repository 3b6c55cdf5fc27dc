//! Secrets: found where they lie, and never kept.

use serde_json::json;

use super::{account::*, *};
use crate::tests::secret::{PLANTED, found};

/// A stack with these values, `Parameters` or `Outputs`, and a template.
fn planted(values: &str, body: &'static str) -> Stub {
    let shop = page(&[stack("shop", &format!("{PROTECTED}{values}"))], None);
    but(move |call| match call.operation.as_str() {
        STACKS => Some(shop.clone()),
        TEMPLATE => Some(template(body)),
        _ => None,
    })
    .regions(["eu-west-1"])
}

fn output(key: &str, value: &str) -> String {
    format!("<member><OutputKey>{key}</OutputKey><OutputValue>{value}</OutputValue></member>")
}

fn parameter(key: &str, value: &str, resolved: &str) -> String {
    let resolved = match resolved {
        "" => String::new(),
        resolved => format!("<ResolvedValue>{resolved}</ResolvedValue>"),
    };
    format!(
        "<member><ParameterKey>{key}</ParameterKey><ParameterValue>{value}</ParameterValue>\
         {resolved}</member>"
    )
}

#[tokio::test]
async fn secrets_of_outputs_and_parameters_are_told_and_not_kept() {
    let outputs = [
        output("DbPassword", PLANTED),
        output("Url", "postgres://app:Winter2031@db.internal/shop"),
        output("DbSecretArn", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"),
        output("Site", "https://shop.example.com"),
    ];
    let parameters = [
        parameter("Password", PLANTED, ""),
        parameter("HiddenPassword", "****", ""),
        parameter("StoredPassword", "/shop/password", PLANTED),
        parameter("Stage", "prod", ""),
    ];
    let values = format!(
        "<Outputs>{}</Outputs><Parameters>{}</Parameters>",
        outputs.concat(),
        parameters.concat()
    );
    let stacks = stacks(&planted(&values, SMALL)).await;
    let stack = &stacks["found"][0];
    let outputs = &stack["outputs"]["set"];
    assert_eq!(
        found(&outputs["secrets"]),
        [("Outputs.DbPassword", "named_secret"), ("Outputs.Url", "connection_string")]
    );
    let parameters = &stack["parameters"]["set"];
    assert_eq!(
        parameters["names"],
        json!(["Password", "HiddenPassword", "StoredPassword", "Stage"])
    );
    assert_eq!(
        found(&parameters["secrets"]),
        [
            ("Parameters.Password", "named_secret"),
            ("Parameters.StoredPassword.ResolvedValue", "named_secret"),
        ]
    );
    // One and the same, wherever it lies.
    let digests = [&outputs["secrets"][0], &outputs["secrets"][1], &parameters["secrets"][0]];
    assert!(digests.iter().all(|secret| secret["digest"] == digests[0]["digest"]));
    assert!(!stacks.to_string().contains(PLANTED));
}

const TEMPLATE_WITH_SECRETS: &str = r#"
Parameters:
  Password: {Type: String, NoEcho: true, Default: Winter2031}
  Size: {Type: String, Default: t3.micro}
  Port: {Type: Number, Default: 5432}
Mappings:
  Stages: {prod: {ApiKey: Winter2031Winter2031}, test: {ApiKey: none}}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Metadata: {Note: 'password=Winter2031'}
    Properties:
      MasterUsername: admin
      MasterUserPassword: !If [IsLive, !Ref Password, Winter2031]
      Url: !Join ['', ['postgres://app:Winter2031@', !GetAtt Db.Endpoint.Address, '/shop']]
      Filled: !Join ['-', [!Ref Stage, !If [IsLive, 'AKIAQ7RW2TY9UI4OP1AS', none]]]
      Resolved: !Join ['', ['{{resolve:secretsmanager:', !Ref Secret, ':SecretString:password}}']]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Environment:
            - {Name: STAGE, Value: prod}
            - {Name: DB_PASSWORD, Value: Winter2031}
          Secrets:
            - {Name: DB_PASSWORD, ValueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/db'}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - {Name: DB_PASSWORD, Type: SECRETS_MANAGER, Value: 'prod/db:password1'}
          - {Name: API_TOKEN, Type: PLAINTEXT, Value: Winter2031}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment: {Variables: {DB_PASSWORD: Winter2031, LOG_LEVEL: info}}
      Code:
        ZipFile: |
          password = os.environ["DB_PASSWORD"]
  Machine:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
          #!/bin/sh
          export DB_PASSWORD=Winter2031
          export OTHER_PASSWORD=${Password}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Condition:
              StringLike: {'token.actions.githubusercontent.com:sub': 'repo:shop/app1:*'}
Outputs:
  Token: {Value: Winter2031}
"#;

#[tokio::test]
async fn secrets_of_templates_are_told_and_not_kept() {
    let stacks = stacks(&planted("", TEMPLATE_WITH_SECRETS)).await;
    let template = &stacks["found"][0]["template"]["set"];
    assert_eq!(
        found(&template["default_secrets"]),
        [("Parameters.Password.Default", "named_secret")]
    );
    let mut others = found(&template["secrets"]);
    others.sort_unstable();
    assert_eq!(
        others,
        [
            ("Mappings.Stages.prod.ApiKey", "named_secret"),
            ("Outputs.Token.Value", "named_secret"),
            ("Resources.Build.Properties.Environment.EnvironmentVariables.1.Value", "named_secret"),
            ("Resources.Db.Metadata.Note", "named_secret"),
            ("Resources.Db.Properties.Filled.Fn::Join.Fn::If", "aws_access_key_id"),
            ("Resources.Db.Properties.MasterUserPassword.Fn::If", "named_secret"),
            ("Resources.Db.Properties.Url", "connection_string"),
            ("Resources.Function.Properties.Environment.Variables.DB_PASSWORD", "named_secret"),
            ("Resources.Machine.Properties.UserData.Fn::Base64.Fn::Sub", "named_secret"),
            (
                "Resources.Task.Properties.ContainerDefinitions.0.Environment.1.Value",
                "named_secret"
            ),
        ]
    );
    assert!(!stacks.to_string().contains(PLANTED));
    assert!(!stacks.to_string().contains("password1"));
}
