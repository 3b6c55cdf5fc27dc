//! An account that has something of everything, as it should be and as it should not.

use std::{collections::BTreeMap, sync::OnceLock};

use awspect_fakeaws::{FakeAws, ec2::no_networks};
use awspect_tests::{
    cloudfront::{
        CloudFront,
        distribution::{Behavior, Distribution, Origin},
        stand_in::{
            bare, delivered, function_host, function_urls, identities, policies, refused_bucket,
        },
    },
    json::Json,
    moto::{Keys, Moto},
    run::scan,
    s3::Bucket,
    seed::Seed,
    wafv2::{self, Waf, core, rate, refers},
};
use serde_json::{Value, json};

use crate::BINARY;

/// The one region that is looked at; what belongs to CloudFront is elsewhere.
pub(crate) const HOME: &str = "eu-west-1";

/// An account that is being filled, and the stand-in before it.
pub(crate) struct World {
    pub(crate) seed: Seed<'static>,
    pub(crate) fake: FakeAws,
    /// Distributions by the names that tests have for them.
    pub(crate) ids: BTreeMap<&'static str, String>,
}

impl World {
    /// An account without anything.
    pub(crate) fn empty(account: &str) -> Self {
        let moto = Moto::shared();
        let fake = FakeAws::start(moto.address());
        no_networks(&fake, &[HOME]);
        bare(&fake);
        wafv2::stand_in::bare(&fake);
        Self { seed: Seed::new(moto, account), fake, ids: BTreeMap::new() }
    }

    pub(crate) fn keys(&self) -> &Keys {
        self.seed.keys()
    }

    /// A scan of the one region.
    pub(crate) fn scan(&self) -> Value {
        let only = ["--service", "cloudfront", "--service", "wafv2", "--region", HOME];
        scan(BINARY, self.keys(), &self.fake.endpoint(), &only).json()
    }

    pub(crate) fn cloudfront(&self) -> CloudFront<'static> {
        CloudFront::new(Moto::shared(), self.keys())
    }

    pub(crate) fn waf(&self) -> Waf<'static> {
        Waf::new(Json::new(Moto::shared(), self.keys(), HOME))
    }

    /// A bucket's name, which no other account may have.
    pub(crate) fn named(&self, name: &str) -> String {
        format!("{name}-{}", self.seed.account())
    }

    /// A bucket as an origin.
    pub(crate) fn origin(&self, id: &'static str) -> Origin {
        Origin::bucket(id, &format!("{}.s3.{HOME}.amazonaws.com", self.named(id)), None)
    }

    /// Makes a bucket in which nothing is set.
    pub(crate) fn bucket(&self, name: &str) -> Bucket<'_> {
        Bucket::new(&self.seed, HOME, &self.named(name))
    }

    /// A statement that lets somebody do something with a bucket and its objects.
    pub(crate) fn allow(
        &self,
        who: &Value,
        action: &str,
        bucket: &str,
        condition: &Value,
    ) -> Value {
        let arn = format!("arn:aws:s3:::{}", self.named(bucket));
        json!({
            "Effect": "Allow", "Principal": who, "Action": action,
            "Resource": [arn, format!("{arn}/*")], "Condition": condition,
        })
    }

    /// Lets CloudFront read a bucket for one distribution alone.
    pub(crate) fn for_one(&self, bucket: &str, distribution: &str) -> Value {
        let arn = self.cloudfront().arn(distribution);
        let condition = json!({ "StringEquals": { "aws:SourceArn": arn } });
        self.allow(&cloudfront(), "s3:GetObject", bucket, &condition)
    }

    /// Makes a distribution and remembers it.
    pub(crate) fn distribution(&mut self, name: &'static str, distribution: &Distribution) {
        let id = self.cloudfront().distribution(&self.fake, distribution);
        self.ids.insert(name, id);
    }
}

/// CloudFront, as policies name it.
pub(crate) fn cloudfront() -> Value {
    json!({ "Service": "cloudfront.amazonaws.com" })
}

/// A policy of these statements.
pub(crate) fn policy(statements: &[Value]) -> String {
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

/// The account that the tests share, and what a scan says where nothing is refused.
pub(crate) fn shared() -> &'static (World, Value) {
    static SHARED: OnceLock<(World, Value)> = OnceLock::new();
    SHARED.get_or_init(|| {
        let world = world("240000000001");
        let report = world.scan();
        (world, report)
    })
}

/// An account of its own.
pub(crate) fn world(account: &str) -> World {
    let mut world = World::empty(account);
    let edge = firewalls(&world);
    let signs = world.cloudfront().control("signs", "always", "s3");
    world.cloudfront().control("never", "never", "s3");
    policies(&world.fake, &[("strict", 31_536_000)]);
    identities(&world.fake, &[("OLD", "c0ffee")]);
    function_urls(&world.fake, HOME, account, &[("signed", "AWS_IAM"), ("open", "NONE")]);
    refused_bucket(&world.fake, &world.named("theirs"), Some("us-west-2"));
    tidy(&mut world, &signs, edge);
    careless(&mut world);
    older(&mut world);
    let vip =
        Distribution { certificate: Some(("vip", "SSLv3")), ..Distribution::plain("dedicated") };
    world.distribution("dedicated", &vip);
    world
}

fn api(world: &World, name: &str, has_address: bool) -> String {
    let id = world.cloudfront().rest_api(HOME, name, has_address);
    format!("{id}.execute-api.{HOME}.amazonaws.com")
}

fn tidy(world: &mut World, signs: &str, web_acl: String) {
    let urls = world.cloudfront().control("signs-for-functions", "always", "lambda");
    let function = function_host(HOME, "signed");
    let over_tls = |id, domain: &str| Origin::server(id, domain, "https-only", &["TLSv1.2"]);
    let to = |target| Behavior { headers: Some("strict"), ..Behavior::to(target) };
    let login = Behavior { takes_forms: true, encryption: Some("cards"), ..to("server") };
    let distribution = Distribution {
        name: "tidy".to_owned(),
        aliases: vec!["shop.example.com"],
        root: Some("index.html"),
        origins: vec![
            world.origin("files").by(signs),
            world.origin("spare").by(signs),
            over_tls("server", "app.example.com"),
            over_tls("function", &function).by(&urls),
            over_tls("api", &api(world, "closed", false)),
        ],
        groups: vec![("both", ["files", "spare"])],
        default: to("files"),
        behaviors: vec![
            ("/login", login),
            ("/img/*", to("both")),
            ("/f/*", to("function")),
            ("/api/*", to("api")),
        ],
        certificate: Some(("sni-only", "TLSv1.2_2021")),
        countries: vec!["DE", "FR"],
        web_acl: Some(web_acl),
        logs: Some("logs.s3.amazonaws.com"),
    };
    world.distribution("tidy", &distribution);
    for bucket in ["files", "spare"] {
        let statement = world.for_one(bucket, &world.ids["tidy"]);
        world.bucket(bucket).policy(&policy(&[statement]));
    }
}

fn careless(world: &mut World) {
    let function = function_host(HOME, "open");
    let site = format!("{}.s3-website-{HOME}.amazonaws.com", world.named("open"));
    let over_tls = |id, domain: &str| Origin::server(id, domain, "https-only", &["TLSv1.2"]);
    let to = |target| Behavior { viewers: "allow-all", ..Behavior::to(target) };
    let distribution = Distribution {
        name: "careless".to_owned(),
        aliases: vec!["old.example.com"],
        origins: vec![
            world.origin("open"),
            world.origin("gone"),
            world.origin("theirs"),
            Origin::server("site", &site, "http-only", &["TLSv1.2"]),
            Origin::server("server", "app.example.com", "match-viewer", &["SSLv3", "TLSv1"]),
            over_tls("function", &function),
            over_tls("balancer", &format!("web-1234567890.{HOME}.elb.amazonaws.com")),
        ],
        default: to("open"),
        behaviors: vec![
            ("/gone", to("gone")),
            ("/app/*", Behavior { takes_forms: true, ..to("server") }),
        ],
        ..Distribution::default()
    };
    world.distribution("careless", &distribution);
    let list = world.allow(&json!("*"), "s3:ListBucket", "open", &json!({}));
    world.bucket("open").policy(&policy(&[list])).website();
}

/// By an origin access identity, with an API that can be asked around it, and with logs of the new kind.
fn older(world: &mut World) {
    let domain = format!("{}.s3.{HOME}.amazonaws.com", world.named("older"));
    let api = api(world, "open", true);
    let distribution = Distribution {
        origins: vec![
            Origin::bucket("older", &domain, Some("OLD")),
            Origin::server("api", &api, "https-only", &["TLSv1.2"]),
        ],
        ..Distribution::of_bucket("older", Origin::bucket("older", &domain, None))
    };
    world.distribution("older", &distribution);
    world.bucket("older");
    let group = format!("arn:aws:logs:us-east-1:{}:delivery-destination:a", world.seed.account());
    delivered(&world.fake, &world.cloudfront().arn(&world.ids["older"]), &group);
}

/// Web ACLs of the region, and the one for CloudFront, whose ARN it gives.
fn firewalls(world: &World) -> String {
    let (waf, fake, account) = (world.waf(), &world.fake, world.seed.account());
    let full = waf.group("full", &[rate("floods", "Block")]);
    let hollow = waf.group("hollow", &[]);
    let rules = [core("core", "SizeRestrictions_BODY"), refers("own", &full)];
    let tidy = waf.acl("REGIONAL", "tidy", true, &rules);
    waf.log(&tidy);
    let balancer = format!(
        "arn:aws:elasticloadbalancing:{HOME}:{account}:loadbalancer/app/web/50dc6c495c0c9188"
    );
    wafv2::stand_in::protects(fake, &tidy, "APPLICATION_LOAD_BALANCER", &balancer);
    waf.acl("REGIONAL", "empty", true, &[]);
    let counts = [rate("floods", "Count"), refers("own", &hollow)];
    waf.acl("REGIONAL", "counting", false, &counts);
    waf.acl("REGIONAL", "overridden", true, &[core("core", "SizeRestrictions_BODY")]);
    wafv2::stand_in::managed(fake, &["NoUserAgent_HEADER", "SizeRestrictions_BODY"]);
    let edge = waf.acl("CLOUDFRONT", "edge", true, &[rate("floods", "Block")]);
    wafv2::stand_in::log_for_cloudfront(fake, account, &[&edge]);
    wafv2::stand_in::classic(fake, "waf", &["left-over"]);
    edge
}
