//! CloudFormation for the fake AWS: stacks, and what their descriptions say that the fake AWS does not know.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::Value;

use crate::{
    ec2::{Ec2, element},
    iam::days_ago,
    moto::{Keys, Moto},
};

/// CloudFormation of an account in one region, being filled.
#[derive(Clone, Debug)]
pub struct Stacks<'a> {
    aws: Ec2<'a>,
}

impl<'a> Stacks<'a> {
    /// Begins.
    pub fn new(moto: &'a Moto, keys: &Keys, region: &'a str) -> Self {
        Self { aws: Ec2::new(moto, keys, region) }
    }

    /// Makes a stack of a template, with more fields of the call, and gives its ARN.
    ///
    /// # Panics
    ///
    /// If the fake AWS refuses.
    pub fn stack(&self, name: &str, template: &Value, more: &[(&str, &str)]) -> String {
        let template = template.to_string();
        let fields = [("StackName", name), ("TemplateBody", template.as_str())];
        let fields = [&fields[..], more].concat();
        let made = self.aws.ask("cloudformation", "2010-05-15", "CreateStack", &fields);
        element(&made, "StackId").expect("a stack has an id")
    }

    /// Makes a topic, and gives its ARN.
    ///
    /// # Panics
    ///
    /// If the fake AWS refuses.
    pub fn topic(&self, name: &str) -> String {
        let made = self.aws.ask("sns", "2010-03-31", "CreateTopic", &[("Name", name)]);
        element(&made, "TopicArn").expect("a topic has an ARN")
    }
}

/// Lets the description of a stack have another element, or one that it lacks. No two stacks may have one name.
pub fn say(fake: &FakeAws, stack: &str, name: &str, inner: &str) {
    let own = format!("<StackName>{stack}</StackName>");
    let (name, inner) = (name.to_owned(), inner.to_owned());
    fake.rewrite("cloudformation", "DescribeStacks", move |_, mut response| {
        let text = response.text();
        if let Some((before, rest)) = text.split_once(&own) {
            let end = rest.find("<StackName>").unwrap_or(rest.len());
            let (stack, after) = rest.split_at(end);
            let stack = without(stack, &name);
            let said = format!("<{name}>{inner}</{name}>");
            response.body = format!("{before}{own}{said}{stack}{after}").into_bytes();
        }
        response
    });
}

/// Lets somebody have compared a stack with its template, so many days ago.
pub fn compared(fake: &FakeAws, stack: &str, status: &str, days: i64) {
    let inner = format!(
        "<StackDriftStatus>{status}</StackDriftStatus><LastCheckTimestamp>{}</LastCheckTimestamp>",
        days_ago(days)
    );
    say(fake, stack, "DriftInformation", &inner);
}

/// Lets nobody have compared the stacks that are there.
pub fn never_compared(fake: &FakeAws, stacks: &[&str]) {
    for stack in stacks {
        let status = "<StackDriftStatus>NOT_CHECKED</StackDriftStatus>";
        say(fake, stack, "DriftInformation", status);
    }
}

/// Makes a stack one that another made, as a resource of its own.
pub fn nested(fake: &FakeAws, stack: &str, parent: &str, root: &str) {
    say(fake, stack, "ParentId", parent);
    say(fake, stack, "RootId", root);
}

/// Leaves `EnableTerminationProtection` out of the pages of all stacks, as AWS has done for years; the description of
/// one stack has it.
pub fn unprotected_pages(fake: &FakeAws) {
    fake.on("cloudformation", "DescribeStacks").when(|request| !is_of_one(request)).rewrite(
        |_, mut response| {
            response.body = without(&response.text(), "EnableTerminationProtection").into_bytes();
            response
        },
    );
}

/// Whether a request is about one stack, and not about all.
pub fn is_of_one(request: &Request) -> bool {
    request.field("StackName").is_some()
}

/// An answer of CloudFormation's.
pub fn result(operation: &str, inner: &str) -> Response {
    let body = format!(
        "<{operation}Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">\
         <{operation}Result>{inner}</{operation}Result></{operation}Response>"
    );
    Response::new(200, "text/xml", body)
}

/// A text without its elements of a name.
fn without(text: &str, name: &str) -> String {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(&start) {
        kept.push_str(before);
        rest = inside.split_once(&end).map_or("", |(_, after)| after);
    }
    kept + rest
}
