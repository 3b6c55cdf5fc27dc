//! What is easily told wrong of APIs: each stage, method and route stands for itself.

use std::collections::BTreeSet;

use awspect_tests::{
    apigateway::{ApiGateway, stand_in},
    json::Json,
    moto::Moto,
    report::{finding, statuses, text},
    run::findings,
};
use serde_json::{Value, json};

use crate::world::{HOME, one_region, regional, report, scan_of, world};

#[test]
fn each_stage_is_judged_by_its_own_log() {
    let rule = "apigateway/http-access-logging";
    let arns = ["web-dev", "web-prod"].map(|stage| {
        let found = finding(report(), rule, stage);
        (text(found, "/status"), text(found, "/resource/arn"))
    });
    let [(dev, dev_arn), (prod, prod_arn)] = arns;
    assert_eq!([dev, prod], ["fail", "pass"]);
    assert!(dev_arn.ends_with("/stages/web-dev") && prod_arn.ends_with("/stages/web-prod"));
}

#[test]
fn an_authorizer_that_no_method_names_guards_nothing() {
    let report = report();
    let idle = finding(report, "apigateway/rest-authorizer-unused", "idle");
    assert_eq!(text(idle, "/severity"), "medium");
    let no_auth = "apigateway/rest-method-no-auth";
    assert_eq!(statuses(report, no_auth, "GET /open"), ["fail"].into());
    // Without an authorizer, and signed.
    assert_eq!(statuses(report, no_auth, "GET /rates"), ["pass"].into());
}

#[test]
fn a_pool_that_is_gone_is_told_and_one_that_cannot_be_seen_is_no_pool_that_is_there() {
    let rule = "apigateway/cognito-authorizer-no-scope";
    let gone = finding(report(), rule, "GET /ghosts");
    assert_eq!((text(gone, "/status"), text(gone, "/severity")), ("fail", "low"));
    let world = world("230000000014");
    world.fake.refuse("cognito-idp", "ListUserPools");
    let broken = scan_of(&world.keys, &world.fake, &["apigateway"]);
    for method in ["GET /ghosts", "GET /profile"] {
        assert_eq!(statuses(&broken, rule, method), ["unknown"].into(), "{method}");
    }
    assert_eq!(statuses(&broken, rule, "GET /accounts"), ["fail"].into());
}

#[test]
fn an_api_on_the_internet_is_told_with_its_policy_and_its_ways() {
    let report = report();
    let open = finding(report, "apigateway/rest-resource-policy-public", "careless");
    assert_eq!(text(open, "/severity"), "high");
    assert!(open["evidence"].to_string().contains("Statement[0]"), "{open:#}");
    let reached = finding(report, "apigateway/rest-public-endpoint", "catalog");
    assert_eq!(text(reached, "/status"), "fail");
    assert!(reached["evidence"].to_string().contains("old.example.com"), "{reached:#}");
}

/// The settings of one method say nothing of the others.
#[test]
fn a_stage_is_judged_by_what_holds_for_all_its_methods() {
    let keys = Moto::shared().keys("230000000010");
    let aws = Json::new(Moto::shared(), &keys, HOME);
    let fake = one_region();
    stand_in::bare(&fake);
    let gateway = ApiGateway::new(&aws, &fake);
    gateway.logs_by("arn:aws:iam::230000000010:role/logs");
    let group = "arn:aws:logs:eu-west-1:230000000010:log-group:requests";
    let asks = || json!({ "authorizationType": "AWS_IAM" });
    let stages: [(&str, &[(&str, &str)]); 4] = [
        ("one-method", &[("/*/*/logging/loglevel", "OFF"), ("/~1a/GET/logging/loglevel", "INFO")]),
        ("requests", &[("/accessLogSettings/destinationArn", group)]),
        (
            "one-cache",
            &[
                ("/*/*/logging/loglevel", "ERROR"),
                ("/cacheClusterEnabled", "true"),
                ("/~1a/GET/caching/enabled", "true"),
                ("/~1b/GET/caching/enabled", "true"),
                ("/~1b/GET/caching/dataEncrypted", "false"),
            ],
        ),
        ("no-cache", &[("/*/*/caching/enabled", "true"), ("/*/*/caching/dataEncrypted", "false")]),
    ];
    for (stage, settings) in stages {
        gateway
            .rest_api(stage, regional())
            .method("GET /a", asks(), &gateway.function("a"))
            .method("GET /b", asks(), &gateway.function("b"))
            .deploy(stage, settings);
    }
    let report = scan_of(&keys, &fake, &["apigateway"]);
    // Nobody needs an authorizer who asks for signatures.
    assert_eq!(statuses(&report, "apigateway/rest-method-no-auth", "GET /a"), ["pass"].into());
    let logging = |stage| {
        let found = finding(&report, "apigateway/rest-execution-logging", stage);
        (text(found, "/status"), text(found, "/severity"))
    };
    assert_eq!(logging("one-method").0, "fail");
    assert_ne!(logging("one-method").1, "info");
    assert_eq!(logging("requests"), ("fail", "info"));
    assert_eq!(logging("one-cache").0, "pass");
    let cached = "apigateway/rest-cache-encrypted";
    let found = finding(&report, cached, "one-cache");
    assert_eq!(text(found, "/status"), "fail");
    let evidence = found["evidence"].as_array().unwrap();
    let fields: Vec<&str> = evidence.iter().map(|it| text(it, "/field")).collect();
    assert_eq!(fields, ["methodSettings[~1b/GET].cacheDataEncrypted"]);
    assert_eq!(statuses(&report, cached, "no-cache"), BTreeSet::new());
}

/// What is edited is not in force before it is deployed.
#[test]
fn a_method_is_judged_as_it_was_deployed() {
    let keys = Moto::shared().keys("230000000013");
    let aws = Json::new(Moto::shared(), &keys, HOME);
    let fake = one_region();
    stand_in::bare(&fake);
    let gateway = ApiGateway::new(&aws, &fake);
    let (open, signed) =
        (json!({ "authorizationType": "NONE" }), json!({ "authorizationType": "AWS_IAM" }));
    let function = gateway.function("orders");
    gateway
        .rest_api("edited", regional())
        .method("GET /removed", open.clone(), &function)
        .method("GET /closed", open.clone(), &function)
        .method("GET /opened", signed.clone(), &function)
        .deploy("prod", &[])
        .remove("GET /removed")
        .remove("GET /closed")
        .method("GET /closed", signed, &function)
        .remove("GET /opened")
        .method("GET /opened", open.clone(), &function)
        .method("GET /added", open, &function);
    let report = scan_of(&keys, &fake, &["apigateway"]);
    let rule = "apigateway/rest-method-no-auth";
    let removed = finding(&report, rule, "edited");
    assert_eq!(text(removed, "/status"), "fail");
    assert_eq!(text(removed, "/resource/part"), "GET /removed");
    assert_eq!(statuses(&report, rule, "GET /closed"), ["fail"].into());
    assert_eq!(statuses(&report, rule, "GET /opened"), ["pass"].into());
    assert_eq!(statuses(&report, rule, "GET /added"), BTreeSet::new());
}

#[test]
fn one_api_that_cannot_be_read_leaves_the_others_judged() {
    let world = world("230000000011");
    world.fake.on("apigateway*", "*").only(&world.ids.web).refuse();
    world.fake.on("apigateway*", "*").only(&world.ids.shop).refuse();
    let broken = world.scan();
    let of = |report: &Value, api: &str| -> BTreeSet<String> {
        let own = findings(report).iter().filter(|it| text(it, "/resource/arn").contains(api));
        own.map(|it| format!("{} {}", text(it, "/rule"), text(it, "/status"))).collect()
    };
    for (id, kind, rule) in [
        (&world.ids.web, "apis", "apigateway/http-route-no-auth"),
        (&world.ids.shop, "restapis", "apigateway/rest-method-no-auth"),
    ] {
        let arn = format!("arn:aws:apigateway:{HOME}::/{kind}/{id}");
        let own = of(&broken, &arn);
        assert!(own.contains(&format!("{rule} unknown")), "{own:#?}");
    }
    for (rule, name, expected) in [
        ("apigateway/http-route-no-auth", "GET /free", "fail"),
        ("apigateway/http-access-logging", "lax-prod", "fail"),
        ("apigateway/http-jwt-audience", "lax-members", "fail"),
        ("apigateway/rest-method-no-auth", "GET /open", "fail"),
        ("apigateway/rest-method-no-auth", "GET /walled", "pass"),
        ("apigateway/rest-waf", "careless-prod", "fail"),
    ] {
        assert_eq!(statuses(&broken, rule, name), [expected].into(), "{rule} on {name}");
    }
}
