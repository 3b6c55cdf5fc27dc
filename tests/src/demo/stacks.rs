//! The stacks that the demo was built with.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};

use super::ACCOUNT;

const HOME: &str = "eu-west-1";
const BASE: &str = "shop-base";
const WEB: &str = "shop-base-web-1K2L3M4N5P6Q7";
const ALARMS: &str = "StackSet-shop-alarms-99999999-aaaa-4bbb-8ccc-000000000000";
const TOOLKIT: &str = "CDKToolkit";

/// A stack as CloudFormation describes it.
struct Stack {
    name: &'static str,
    created: &'static str,
    /// Whether it takes two steps to delete it.
    is_protected: bool,
    /// When somebody compared it with its template, and found that it had changed.
    drifted: Option<&'static str>,
    parent: Option<&'static str>,
    outputs: Vec<(&'static str, String)>,
    /// Its resources, by their names and types.
    resources: &'static [(&'static str, &'static str)],
}

/// Answers for CloudFormation, whose stacks would have the ids and the date of the day.
pub(super) fn stand_in(fake: &FakeAws) {
    fake.on("cloudformation", "*").answer_with(cloudformation);
}

fn stacks() -> [Stack; 4] {
    [
        Stack {
            name: BASE,
            created: "2019-03-11T08:40:00Z",
            is_protected: false,
            // When the pool was short of attributes, and there was no time for the template.
            drifted: Some("2025-11-20T14:00:00Z"),
            parent: None,
            outputs: backup_key(),
            resources: &[
                ("Backup", "AWS::IAM::User"),
                ("BackupKey", "AWS::IAM::AccessKey"),
                ("Carts", "AWS::DynamoDB::Table"),
                ("Customers", "AWS::Cognito::UserPool"),
                ("Orders", "AWS::DynamoDB::Table"),
                ("Sessions", "AWS::DynamoDB::Table"),
                ("Web", "AWS::CloudFormation::Stack"),
            ],
        },
        Stack {
            name: WEB,
            created: "2022-05-16T10:12:00Z",
            is_protected: false,
            drifted: None,
            parent: Some(BASE),
            outputs: vec![],
            resources: &[
                ("Api", "AWS::ApiGateway::RestApi"),
                ("Pages", "AWS::S3::Bucket"),
                ("Site", "AWS::CloudFront::Distribution"),
            ],
        },
        Stack {
            name: ALARMS,
            created: "2023-06-12T09:00:00Z",
            is_protected: false,
            drifted: None,
            parent: None,
            outputs: vec![],
            resources: &[("Errors", "AWS::CloudWatch::Alarm")],
        },
        // From a trial of two weeks. What it had uploaded went with a spring-cleaning of buckets.
        Stack {
            name: TOOLKIT,
            created: "2023-01-09T13:30:00Z",
            is_protected: true,
            drifted: None,
            parent: None,
            outputs: vec![
                ("BootstrapVersion", "14".to_owned()),
                ("BucketName", format!("cdk-hnb659fds-assets-{ACCOUNT}-{HOME}")),
            ],
            resources: &[("StagingBucket", "AWS::S3::Bucket")],
        },
    ]
}

/// How the backup of 2019 got its key to where it runs. It is put together here, so that no file has one.
fn backup_key() -> Vec<(&'static str, String)> {
    let id = ["AK", "IA", "SHOP", "BACKUP", "201903"].concat();
    let secret: String = ["shop", "+", "backup", "/", "2019"].concat().repeat(3);
    let secret = secret.chars().take(40).collect();
    vec![("BackupAccessKeyId", id), ("BackupSecretAccessKey", secret)]
}

fn cloudformation(request: &Request) -> Response {
    let asked = request.field("StackName");
    let operation = request.operation.as_str();
    let inner = match operation {
        "DescribeStacks" => {
            let is_wanted = |own: &Stack| asked.as_ref().is_none_or(|arn| *arn == id(own.name));
            let here = stacks().into_iter().filter(|_| request.region == HOME);
            // All at once do not say whether they are protected; each alone does.
            let described = here.filter(is_wanted).map(|own| own.described(asked.is_some()));
            format!("<Stacks>{}</Stacks>", described.collect::<String>())
        }
        "GetTemplate" => {
            let found = stacks().into_iter().find(|own| asked.as_ref() == Some(&id(own.name)));
            let template = found.map(|own| own.template().to_string()).unwrap_or_default();
            format!("<TemplateBody>{template}</TemplateBody>")
        }
        _ => String::new(),
    };
    let body = format!(
        "<{operation}Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">\
         <{operation}Result>{inner}</{operation}Result></{operation}Response>"
    );
    Response::new(200, "text/xml", body)
}

fn id(stack: &str) -> String {
    format!(
        "arn:aws:cloudformation:{HOME}:{ACCOUNT}:stack/{stack}/bbbbbbbb-aaaa-4bbb-8ccc-dddddddddddd"
    )
}

impl Stack {
    fn described(&self, alone: bool) -> String {
        let Self { name, created, .. } = self;
        let outputs = self.outputs.iter().map(|(key, value)| {
            let key = format!("<OutputKey>{key}</OutputKey>");
            format!("<member>{key}<OutputValue>{value}</OutputValue></member>")
        });
        let outputs = outputs.collect::<Vec<_>>().concat();
        let drift = match self.drifted {
            Some(at) => format!(
                "<StackDriftStatus>DRIFTED</StackDriftStatus>\
                 <LastCheckTimestamp>{at}</LastCheckTimestamp>"
            ),
            None => "<StackDriftStatus>NOT_CHECKED</StackDriftStatus>".to_owned(),
        };
        let protection = alone.then(|| {
            format!(
                "<EnableTerminationProtection>{}</EnableTerminationProtection>",
                self.is_protected
            )
        });
        let above = self
            .parent
            .map(|parent| format!("<ParentId>{0}</ParentId><RootId>{0}</RootId>", id(parent)));
        format!(
            "<member><StackId>{}</StackId><StackName>{name}</StackName>\
             <StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>{created}</CreationTime>\
             <DriftInformation>{drift}</DriftInformation><Outputs>{outputs}</Outputs>{}{}</member>",
            id(name),
            protection.unwrap_or_default(),
            above.unwrap_or_default(),
        )
    }

    fn template(&self) -> Value {
        let resources: serde_json::Map<String, Value> = self
            .resources
            .iter()
            .map(|(id, kind)| ((*id).to_owned(), json!({ "Type": kind })))
            .collect();
        json!({ "Resources": resources })
    }
}
