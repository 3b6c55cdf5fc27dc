//! What is read of a template.

use serde_json::json;

use super::{account::*, *};

const YAML: &str = "
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Password:
    Type: String
    NoEcho: true
  Token: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /shop/prod/token-2031, NoEcho: 'False'}
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Condition: IsLive
    DeletionPolicy: Snapshot
    Properties:
      MasterUserPassword: !Ref Password
  Topic:
    Type: AWS::SNS::Topic
";

#[tokio::test]
async fn a_template_of_yaml_is_read() {
    assert_eq!(
        at(&with(TEMPLATE, template(YAML)), "/found/0/template/set").await,
        json!({
            "resources": [
                {
                    "id": "Db",
                    "kind": "AWS::RDS::DBInstance",
                    "condition": "IsLive",
                    "deletion_policy": "Snapshot",
                },
                { "id": "Topic", "kind": "AWS::SNS::Topic", "condition": null, "deletion_policy": null },
            ],
            "parameters": [
                { "name": "Password", "kind": "String", "no_echo": true },
                { "name": "Token", "kind": "AWS::SSM::Parameter::Value<String>", "no_echo": false },
            ],
            "default_secrets": [],
            "secrets": [],
        })
    );
}
