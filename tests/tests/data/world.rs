//! An account with tables as they should be and as they should not.

use std::{collections::BTreeSet, sync::OnceLock};

use awspect_fakeaws::{FakeAws, ec2::no_networks};
use awspect_tests::{
    dynamodb::{
        Tables,
        stand_in::{
            Export, backed_up, bare, exports, managed_by_aws, organization, placed, replicas,
            selections, stream_policy,
        },
    },
    moto::{Keys, Moto},
    report::text,
    run::{findings, scan},
    s3::Bucket,
    seed::Seed,
};
use serde_json::{Value, json};

use crate::BINARY;

/// Where most tables are, and where the rest is.
pub(crate) const HOME: &str = "eu-west-1";
pub(crate) const FAR: &str = "eu-central-1";

/// An account that nobody here trusts.
pub(crate) const STRANGER: &str = "444455556666";

/// The organization that the account belongs to.
const ORGANIZATION: &str = "o-aabbccddee";

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
        bare(&fake);
        organization(&fake, ORGANIZATION, STRANGER);
        Self { keys: moto.keys(account), fake }
    }

    /// The account's tables in a region, to be made.
    pub(crate) fn tables(&self, region: &str) -> Tables<'static> {
        Tables::new(Moto::shared(), &self.keys, region)
    }

    /// A scan of both regions, with more arguments.
    pub(crate) fn scan_with(&self, more: &[&str]) -> Value {
        let regions = ["--region", HOME, "--region", FAR];
        scan(BINARY, &self.keys, &self.fake.endpoint(), &[&regions, more].concat()).json()
    }

    /// A scan by all rules of DynamoDB.
    pub(crate) fn scan(&self) -> Value {
        self.scan_with(&["--service", "dynamodb"])
    }
}

/// What a scan says where nothing is refused.
pub(crate) fn report() -> &'static Value {
    static REPORT: OnceLock<Value> = OnceLock::new();
    REPORT.get_or_init(|| world("250000000001").scan())
}

/// What a rule says of what has this name in a region: a table and its stream have the same.
pub(crate) fn statuses<'r>(
    report: &'r Value,
    rule: &str,
    region: &str,
    name: &str,
) -> BTreeSet<&'r str> {
    let is_meant = |it: &&Value| {
        let [own, named, placed] =
            ["/rule", "/resource/name", "/resource/region"].map(|path| text(it, path));
        own == rule && named == name && placed == region
    };
    findings(report).iter().filter(is_meant).map(|it| text(it, "/status")).collect()
}

/// An account of its own.
pub(crate) fn world(account: &str) -> World {
    let world = World::empty(account);
    let seed = Seed::new(Moto::shared(), account);
    let files = format!("exports-{account}");
    Bucket::new(&seed, HOME, &files);
    let here = world.tables(HOME);
    tables(&world, &here, account);
    caches(&world, &here);
    let exported = |table: &str| here.arn(table);
    let (tidy, handed, careless) = (exported("tidy"), exported("handed"), exported("careless"));
    let own = Export { table: &tidy, bucket: "elsewhere", owner: Some(account) };
    let handed = Export { table: &handed, bucket: &files, owner: None };
    let foreign = Export { table: &careless, bucket: "elsewhere", owner: Some(STRANGER) };
    exports(&world.fake, HOME, &[own, handed, foreign]);
    for (region, careful) in [(HOME, false), (FAR, true)] {
        let tables = world.tables(region);
        for (name, careful) in [("even", true), ("uneven", careful)] {
            tables.table(name, &json!({ "DeletionProtectionEnabled": careful }));
            if careful {
                tables.recover(name);
            }
            replicas(&world.fake, region, name, account, &[HOME, FAR]);
        }
    }
    world
}

/// A policy that lets one read.
pub(crate) fn lets(principal: &Value, resource: &str) -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{
        "Sid": "read", "Effect": "Allow", "Principal": principal,
        "Action": ["dynamodb:GetItem", "dynamodb:GetRecords"], "Resource": resource,
    }] })
}

/// A policy that lets one's own organization read.
fn lets_organization(table: &str) -> Value {
    let mut policy = lets(&json!("*"), table);
    policy["Statement"][0]["Condition"] =
        json!({ "StringEquals": { "aws:PrincipalOrgID": ORGANIZATION } });
    policy
}

fn tables(world: &World, here: &Tables<'_>, account: &str) {
    let (good, lost) = (here.key(), here.disabled_key());
    let encrypted = |key: &str| json!({ "Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": key });
    let streams = json!({ "StreamEnabled": true, "StreamViewType": "KEYS_ONLY" });
    let own = json!({ "AWS": format!("arn:aws:iam::{account}:role/app") });
    let stranger = json!({ "AWS": format!("arn:aws:iam::{STRANGER}:root") });
    let tidy = here.table(
        "tidy",
        &json!({
            "DeletionProtectionEnabled": true,
            "SSESpecification": encrypted(&good),
            "StreamSpecification": streams,
        }),
    );
    here.recover("tidy");
    here.back_up("tidy");
    here.policy("tidy", &lets(&own, &tidy));
    let stream = here.stream_of("tidy");
    stream_policy(&world.fake, &stream, &lets(&own, &stream));
    let capacity = json!({
        "BillingMode": "PROVISIONED",
        "ProvisionedThroughput": { "ReadCapacityUnits": 5, "WriteCapacityUnits": 5 },
    });
    let careless = here.table("careless", &capacity);
    here.policy("careless", &lets(&json!("*"), &careless));
    here.table("scaled", &capacity);
    here.scale("scaled");
    let guest = here.table("guest", &json!({}));
    here.policy("guest", &lets(&stranger, &guest));
    // What reads its changes is public, and the table is not.
    here.table("watched", &json!({ "StreamSpecification": streams }));
    let stream = here.stream_of("watched");
    stream_policy(&world.fake, &stream, &lets(&json!("*"), &stream));
    here.table("locked", &json!({ "SSESpecification": encrypted(&lost) }));
    let by_aws = json!({ "SSESpecification": { "Enabled": true, "SSEType": "KMS" } });
    here.table("managed", &by_aws);
    managed_by_aws(&world.fake, &here.key_of("managed"));
    let shared = here.table("shared", &json!({}));
    here.policy("shared", &lets_organization(&shared));
    let handed = here.table("handed", &json!({}));
    backed_up(&world.fake, HOME, &[(&handed, 2)]);
    let planned = here.table("planned", &json!({}));
    here.vault("vault", &good);
    here.vault("lost-vault", &lost);
    let plan = here.plan("nightly");
    let tagged = json!([{
        "ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "nightly",
    }]);
    let by_name = json!({ "Resources": [planned] });
    let by_tag = json!({ "ListOfTags": tagged });
    selections(&world.fake, account, &plan, &[("by-name", by_name), ("by-tag", by_tag)]);
}

fn caches(world: &World, here: &Tables<'_>) {
    here.cluster("cache", 3, true);
    here.cluster("lone-cache", 1, false);
    placed(&world.fake, HOME, &[("cache", &["a", "b", "c"]), ("lone-cache", &["a"])]);
}
