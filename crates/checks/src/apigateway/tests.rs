//! What a fixture cannot show beside its other facts: listings that nobody could read, and what the user trusts.

use std::collections::BTreeMap;

use awspect_findings::{Severity, Status};
use awspect_inventory::{Inventory, Listed};

use crate::{Settings, all, judge};

macro_rules! fixture {
    ($rule:literal) => {
        ($rule, include_bytes!(concat!("../../../../fixtures/", $rule, ".json")).as_slice())
    };
}

type Judged = BTreeMap<String, (Status, Severity)>;

/// What a rule says of its fixture after a change, by the ends of ARNs.
fn judged(
    (id, text): (&str, &[u8]),
    settings: &Settings,
    change: impl FnOnce(&mut Inventory),
) -> Judged {
    let mut inventory = Inventory::read(text).unwrap();
    change(&mut inventory);
    let rule = all().find(|rule| rule.id == id).unwrap();
    let end = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
    judge(&inventory, settings, [rule])
        .into_iter()
        .map(|finding| (end(&finding.resource.arn), (finding.status, finding.severity)))
        .collect()
}

fn assert_are(judged: &Judged, wanted: &[(&str, Status, Severity)]) {
    for (name, status, severity) in wanted {
        assert_eq!(judged.get(*name), Some(&(*status, *severity)), "{name}");
    }
}

#[test]
fn distributions_that_nobody_could_read_may_have_a_firewall() {
    let unread = |inventory: &mut Inventory| inventory.cloudfront.distributions = Listed::default();
    let settings = Settings::default();
    let stages = judged(fixture!("apigateway/rest-waf"), &settings, unread);
    assert_are(
        &stages,
        &[
            ("pass-own", Status::Pass, Severity::Medium),
            ("pass-distribution", Status::Unknown, Severity::Medium),
            ("fail-distribution-without-acl", Status::Unknown, Severity::Medium),
            // Whoever knows the default endpoint goes around it.
            ("fail-default-endpoint", Status::Fail, Severity::Medium),
            ("fail-bare", Status::Fail, Severity::Medium),
        ],
    );
    let apis = judged(fixture!("apigateway/http-no-waf-path"), &settings, unread);
    assert_are(
        &apis,
        &[
            ("pass-domain", Status::Unknown, Severity::Low),
            ("fail-bare", Status::Unknown, Severity::Low),
        ],
    );
    let bypassed = judged(fixture!("apigateway/execute-api-bypass"), &settings, unread);
    assert_are(
        &bypassed,
        &[
            // A certificate that nobody asks for is missing whatever stands in front.
            ("fail-mutual-tls", Status::Fail, Severity::Medium),
            ("fail-firewall", Status::Unknown, Severity::Medium),
            ("none-bare-domain", Status::Unknown, Severity::Medium),
        ],
    );
    assert!(!bypassed.contains_key("none-no-domain"));
}

#[test]
fn domains_that_nobody_could_list_may_lead_anywhere() {
    let unread = |inventory: &mut Inventory| {
        inventory.apigateway.domain_names = Listed::default();
    };
    let methods = judged(fixture!("apigateway/rest-method-no-auth"), &Settings::default(), unread);
    assert_are(
        &methods,
        &[
            ("pass-mutual-tls", Status::Unknown, Severity::High),
            ("pass-no-way", Status::Unknown, Severity::High),
            ("fail-none", Status::Fail, Severity::High),
            ("pass-addresses", Status::Pass, Severity::High),
            ("pass-iam", Status::Pass, Severity::High),
        ],
    );
    let public = judged(fixture!("apigateway/rest-public-endpoint"), &Settings::default(), unread);
    assert_are(
        &public,
        &[
            ("fail-regional", Status::Fail, Severity::Info),
            ("pass-no-way", Status::Unknown, Severity::Info),
            ("pass-private", Status::Pass, Severity::Info),
        ],
    );
}

#[test]
fn pools_of_a_trusted_account_are_ones_own() {
    let settings = Settings {
        trusted_accounts: ["444455556666".parse().unwrap()].into(),
        ..Settings::default()
    };
    let methods = judged(fixture!("apigateway/cognito-authorizer-no-scope"), &settings, |_| {});
    assert_are(
        &methods,
        &[
            ("fail-foreign", Status::Pass, Severity::Medium),
            ("fail-foreign-no-scope", Status::Fail, Severity::Medium),
        ],
    );
}

#[test]
fn pools_that_nobody_could_list_may_be_dead() {
    let methods = judged(
        fixture!("apigateway/cognito-authorizer-no-scope"),
        &Settings::default(),
        |inventory| inventory.cognito.user_pools = Listed::default(),
    );
    assert_are(
        &methods,
        &[
            ("fail-dead", Status::Unknown, Severity::Medium),
            ("pass-elsewhere", Status::Pass, Severity::Medium),
            ("fail-one-client", Status::Fail, Severity::Medium),
        ],
    );
}
