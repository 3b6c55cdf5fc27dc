//! An account with stacks as they should be and as they should not.

use std::sync::{LazyLock, OnceLock};

use awspect_fakeaws::{FakeAws, Memory, ec2::no_networks};
use awspect_tests::{
    cloudformation::{Stacks, compared, nested, never_compared, say},
    iam::{
        Iam,
        documents::{allow, everything, service},
    },
    moto::{Keys, Moto},
    run::scan,
    seed::Seed,
};
use serde_json::{Value, json};

use crate::BINARY;

/// Where most stacks are, and where the rest is.
pub(crate) const HOME: &str = "eu-west-1";
pub(crate) const FAR: &str = "eu-central-1";

/// A stack that a stack set made.
pub(crate) const INSTANCE: &str = "StackSet-audit-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

/// A stack that another made.
pub(crate) const NESTED: &str = "careless-Data-1ABCDEF2GHIJK";

/// What people write where a password goes; the tests that look for secrets in what is written make their own.
const PASSWORD: &str = "winter2031";

static POLICIES: LazyLock<Memory> = LazyLock::new(Memory::default);

/// The account, and the stand-in before it.
pub(crate) struct World {
    pub(crate) keys: Keys,
    pub(crate) fake: FakeAws,
}

impl World {
    /// An account with nothing in it, in two regions.
    pub(crate) fn empty(account: &str) -> Self {
        let moto = Moto::shared();
        let fake = FakeAws::start(moto.address());
        no_networks(&fake, &[HOME, FAR]);
        // The fake AWS takes a second for all of AWS's own policies.
        fake.on("iam", "GetAccountAuthorizationDetails")
            .when(|request| request.field("Filter.member.1").as_deref() == Some("AWSManagedPolicy"))
            .remember(&POLICIES);
        Self { keys: moto.keys(account), fake }
    }

    /// The account's stacks in a region, to be made.
    pub(crate) fn stacks(&self, region: &'static str) -> Stacks<'static> {
        Stacks::new(Moto::shared(), &self.keys, region)
    }

    /// A scan of both regions, with more arguments.
    pub(crate) fn scan_with(&self, more: &[&str]) -> Value {
        let regions = ["--region", HOME, "--region", FAR];
        scan(BINARY, &self.keys, &self.fake.endpoint(), &[&regions, more].concat()).json()
    }

    /// A scan by all rules of CloudFormation.
    pub(crate) fn scan(&self) -> Value {
        self.scan_with(&["--service", "cloudformation"])
    }
}

/// What a scan says where nothing is refused.
pub(crate) fn report() -> &'static Value {
    static REPORT: OnceLock<Value> = OnceLock::new();
    REPORT.get_or_init(|| world("260000000001").scan())
}

/// A template of resources of these types, which the fake AWS does not make.
pub(crate) fn template(kinds: &[&str]) -> Value {
    let resources = kinds.iter().enumerate().map(|(at, kind)| {
        (format!("Resource{at}"), json!({ "Type": kind, "Properties": { "Name": "shop" } }))
    });
    json!({ "Resources": Value::Object(resources.collect()) })
}

/// Something that keeps data, and something that does not.
pub(crate) const LEDGER: &str = "AWS::QLDB::Ledger";
pub(crate) const HANDLE: &str = "AWS::CloudFormation::WaitConditionHandle";

/// An account of its own.
pub(crate) fn world(account: &str) -> World {
    let seed = Seed::new(Moto::shared(), account);
    let iam = Iam::new(&seed);
    let narrow = allow("qldb:CreateLedger", "*");
    iam.role("deploy", &service("cloudformation")).inline("ledgers", &narrow);
    iam.role("deploy-all", &service("cloudformation")).inline("all", &everything());
    without_roles(account)
}

/// The same without the roles of its stacks, for what asks nothing of IAM: the fake AWS takes its time for each account
/// there.
pub(crate) fn without_roles(account: &str) -> World {
    let world = World::empty(account);
    let (here, there) = (world.stacks(HOME), world.stacks(FAR));
    tidy(&world.fake, &here, account);
    careless(&world.fake, &here, account);
    here.stack(INSTANCE, &template(&[LEDGER]), &[]);
    there.stack("far", &template(&[HANDLE]), &[]);
    bootstrap(&here, "CDKToolkit", "28");
    bootstrap(&there, "CDKToolkit-old", "20");
    never_compared(&world.fake, &[INSTANCE, "far", "CDKToolkit", "CDKToolkit-old"]);
    world
}

fn tidy(fake: &FakeAws, here: &Stacks<'_>, account: &str) {
    let topic = here.topic("stack-events");
    let policy = json!({ "Statement": [
        { "Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*" },
        {
            "Effect": "Deny", "Action": ["Update:Replace", "Update:Delete"], "Principal": "*",
            "Resource": "*",
        },
    ] })
    .to_string();
    let mut template = template(&[LEDGER]);
    template["Parameters"] = json!({ "Stage": { "Type": "String", "Default": "prod" } });
    template["Outputs"] = json!({ "Site": { "Value": "https://shop.example.com" } });
    let role = format!("arn:aws:iam::{account}:role/deploy");
    let fields = [
        ("EnableTerminationProtection", "true"),
        ("NotificationARNs.member.1", topic.as_str()),
        ("RoleARN", &role),
        ("StackPolicyBody", &policy),
        ("Parameters.member.1.ParameterKey", "Stage"),
        ("Parameters.member.1.ParameterValue", "test"),
    ];
    here.stack("tidy", &template, &fields);
    compared(fake, "tidy", "IN_SYNC", 10);
}

fn careless(fake: &FakeAws, here: &Stacks<'_>, account: &str) {
    let mut template = template(&[LEDGER]);
    template["Resources"]["Resource0"]["Properties"]["ApiPassword"] = json!(PASSWORD);
    template["Parameters"] = json!({ "DbPassword": { "Type": "String", "Default": PASSWORD } });
    template["Outputs"] = json!({ "DbPassword": { "Value": PASSWORD } });
    let role = format!("arn:aws:iam::{account}:role/deploy-all");
    let root = here.stack("careless", &template, &[("RoleARN", &role)]);
    compared(fake, "careless", "DRIFTED", 10);
    say(fake, "careless", "StackStatus", "UPDATE_ROLLBACK_FAILED");
    here.stack(NESTED, &self::template(&["AWS::Timestream::InfluxDBInstance"]), &[]);
    nested(fake, NESTED, &root, &root);
    compared(fake, NESTED, "IN_SYNC", 10);
}

/// The stack of the AWS CDK.
fn bootstrap(stacks: &Stacks<'_>, name: &str, version: &str) {
    let mut template = template(&[HANDLE]);
    template["Outputs"] = json!({
        "BootstrapVersion": { "Value": version },
        "BucketName": { "Value": "cdk-hnb659fds-assets" },
    });
    stacks.stack(name, &template, &[]);
}
