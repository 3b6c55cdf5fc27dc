//! What becomes of a fact of IAM and its neighbours whose call AWS refuses.

use serde_json::{Value, json};

use crate::tests::{
    account::usual,
    stub::{Stub, error},
    written,
};

/// A call, the action that it takes, what it leaves unknown, and the pattern where that is a listing.
struct Row {
    operation: &'static str,
    filter: &'static str,
    action: &'static str,
    facts: &'static [&'static str],
    unseen: Option<&'static str>,
}

const fn fact(
    operation: &'static str,
    action: &'static str,
    facts: &'static [&'static str],
) -> Row {
    Row { operation, filter: "", action, facts, unseen: None }
}

const fn listing(
    operation: &'static str,
    action: &'static str,
    facts: &'static [&'static str],
    unseen: &'static str,
) -> Row {
    Row { operation, filter: "", action, facts, unseen: Some(unseen) }
}

const fn details(
    filter: &'static str,
    facts: &'static [&'static str],
    unseen: &'static str,
) -> Row {
    let (operation, action) =
        ("iam:GetAccountAuthorizationDetails", "iam:GetAccountAuthorizationDetails");
    Row { operation, filter, action, facts, unseen: Some(unseen) }
}

const ROWS: &[Row] = &[
    details("User", &["/iam/users"], "arn:aws:iam::111122223333:user/*"),
    details("Group", &["/iam/groups"], "arn:aws:iam::111122223333:group/*"),
    details("Role", &["/iam/roles"], "arn:aws:iam::111122223333:role/*"),
    details("LocalManagedPolicy", &["/iam/policies"], "arn:aws:iam::111122223333:policy/*"),
    details("AWSManagedPolicy", &["/iam/aws_policies"], "arn:aws:iam::aws:policy/*"),
    fact(
        "iam:GetCredentialReport",
        "iam:GetCredentialReport",
        &["/iam/root", "/iam/users/found/0/credentials"],
    ),
    fact("iam:GetAccountSummary", "iam:GetAccountSummary", &["/iam/summary"]),
    fact("iam:GetAccountPasswordPolicy", "iam:GetAccountPasswordPolicy", &["/iam/password_policy"]),
    fact(
        "iam:ListOrganizationsFeatures",
        "iam:ListOrganizationsFeatures",
        &["/iam/organization_features"],
    ),
    fact(
        "iam:GetOpenIDConnectProvider",
        "iam:GetOpenIDConnectProvider",
        &["/iam/oidc_providers/found/0/settings"],
    ),
    listing(
        "iam:ListOpenIDConnectProviders",
        "iam:ListOpenIDConnectProviders",
        &["/iam/oidc_providers"],
        "arn:aws:iam::111122223333:oidc-provider/*",
    ),
    listing(
        "iam:ListSAMLProviders",
        "iam:ListSAMLProviders",
        &["/iam/saml_providers"],
        "arn:aws:iam::111122223333:saml-provider/*",
    ),
    listing(
        "iam:ListServerCertificates",
        "iam:ListServerCertificates",
        &["/iam/server_certificates"],
        "arn:aws:iam::111122223333:server-certificate/*",
    ),
    listing(
        "iam:ListVirtualMFADevices",
        "iam:ListVirtualMFADevices",
        &["/iam/virtual_mfa_devices"],
        "arn:aws:iam::111122223333:mfa/*",
    ),
    fact("account:GetAlternateContact", "account:GetAlternateContact", &["/contacts/security"]),
    fact(
        "organizations:DescribeOrganization",
        "organizations:DescribeOrganization",
        &["/organizations/organization"],
    ),
    fact(
        "accessanalyzer:ListAnalyzers",
        "access-analyzer:ListAnalyzers",
        &[
            "/access_analyzer/regions/found/0/analyzers",
            "/access_analyzer/regions/found/1/analyzers",
        ],
    ),
];

/// The whole inventory, but for what was asked.
async fn inventory(stub: Stub) -> Value {
    let mut inventory = written(stub.collect().await);
    inventory["asked"] = Value::Null;
    inventory
}

#[tokio::test]
async fn access_denied_names_the_action_and_touches_no_other_fact() {
    let whole = inventory(Stub::new(usual)).await;
    for row in ROWS {
        let mut found = inventory(Stub::new(|call| {
            let is_it =
                call.operation == row.operation && call.parameter("Filter.member.1") == row.filter;
            if is_it { error(403, "AccessDenied") } else { usual(call) }
        }))
        .await;
        let mut rest = whole.clone();
        for path in row.facts {
            let fact = found.pointer_mut(path).unwrap().take();
            let unknown = json!({
                "action": row.action,
                "reason": "access_denied",
                "code": "AccessDenied",
                "message": "It says AccessDenied.",
            });
            let expected = match row.unseen {
                Some(arn) => json!({
                    "found": [],
                    "gaps": [{ "arn": arn, "region": null, "unknown": unknown }],
                    "gone": 0,
                }),
                None => json!({ "unknown": unknown }),
            };
            assert_eq!(fact, expected, "{path}");
            *rest.pointer_mut(path).unwrap() = Value::Null;
        }
        if row.operation == "iam:ListVirtualMFADevices" {
            // What the list would have told is asked for each user.
            let devices = "/iam/users/found/0/mfa_devices";
            *rest.pointer_mut(devices).unwrap() = json!({ "set": ["GAHT12345678"] });
        }
        assert_eq!(found, rest, "{}", row.operation);
    }
}

#[tokio::test]
async fn the_ledger_says_what_was_asked_and_refused() {
    let stub = Stub::new(|call| match call.name() {
        "GetAccountSummary" => error(403, "AccessDenied"),
        "GetAccountPasswordPolicy" => error(404, "NoSuchEntity"),
        _ if call.parameter("Filter.member.1") == "Role" => error(400, "Throttling"),
        _ => usual(call),
    });
    let asked = stub.collect().await.asked;
    let of = |action: &str| {
        let row = asked.iter().find(|row| row.action.as_str() == action).unwrap();
        (row.asked, row.answered, written(&row.refused))
    };
    assert_eq!(of("iam:GetAccountAuthorizationDetails"), (5, 4, json!({ "throttled": 1 })));
    assert_eq!(of("iam:GetAccountSummary"), (1, 0, json!({ "access_denied": 1 })));
    assert_eq!(of("iam:GetAccountPasswordPolicy"), (1, 1, json!({})));
    assert_eq!(of("iam:GenerateCredentialReport"), (1, 1, json!({})));
    assert_eq!(of("iam:GetCredentialReport"), (1, 1, json!({})));
    assert!(!asked.iter().any(|row| row.action.as_str() == "iam:ListMFADevices"));
}
