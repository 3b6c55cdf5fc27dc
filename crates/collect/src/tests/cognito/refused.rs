//! Each read refused: what becomes unknown, and by which action.

use serde_json::{Value, json};

use super::*;
use crate::tests::stub::error;

const READS: [(&str, &str, &str); 13] = [
    (POOL, "/user_pools/found/0/settings", "cognito-idp:DescribeUserPool"),
    (MFA, "/user_pools/found/0/mfa", "cognito-idp:GetUserPoolMfaConfig"),
    (RISK, "/user_pools/found/0/risk", "cognito-idp:DescribeRiskConfiguration"),
    (CLIENT, "/user_pools/found/0/clients/found/0/settings", "cognito-idp:DescribeUserPoolClient"),
    (RISK, "/user_pools/found/0/clients/found/0/risk", "cognito-idp:DescribeRiskConfiguration"),
    (PROVIDERS, "/user_pools/found/0/identity_providers", "cognito-idp:ListIdentityProviders"),
    (LOGS, "/user_pools/found/0/log_delivery", "cognito-idp:GetLogDeliveryConfiguration"),
    (WEB_ACL, "/user_pools/found/0/web_acl", "wafv2:GetWebACLForResource"),
    (IDENTITY_POOL, "/identity_pools/found/0/settings", "cognito-identity:DescribeIdentityPool"),
    (ROLES, "/identity_pools/found/0/roles", "cognito-identity:GetIdentityPoolRoles"),
    (ATTRIBUTES, "/text_messages/found/0/attributes", "sns:GetSMSAttributes"),
    (SANDBOX, "/text_messages/found/0/sandbox", "sns:GetSMSSandboxAccountStatus"),
    (LIMITS, "/text_messages/found/0/spend_limits", "sms-voice:DescribeSpendLimits"),
];

fn unknown(fact: &Value) -> Value {
    let mut fact = fact.clone();
    let unknown = fact["unknown"].as_object_mut().unwrap_or_else(|| panic!("it is known"));
    unknown.remove("message");
    fact
}

#[tokio::test]
async fn a_read_that_is_refused_is_unknown_by_its_action_and_costs_nothing_else() {
    for (operation, path, action) in READS {
        let whole = cognito(&Stub::new(account)).await;
        let mut partial = cognito(&with(operation, error(403, "AccessDeniedException"))).await;
        let fact = partial.pointer_mut(path).unwrap();
        assert_eq!(
            unknown(fact),
            crate::tests::unknown(action, "access_denied", "AccessDeniedException"),
            "{path}"
        );
        *fact = whole.pointer(path).unwrap().clone();
        // Both kinds of risk come by one operation, and where texts are sent from is known from the settings or the MFA.
        for (_, path, _) in READS.iter().filter(|(other, ..)| *other == operation) {
            *partial.pointer_mut(path).unwrap() = whole.pointer(path).unwrap().clone();
        }
        assert_eq!(partial, whole, "{path}");
    }
}

#[tokio::test]
async fn cloudwatch_is_refused_in_its_own_words() {
    let path = "/text_messages/found/0/spent";
    let fact = at(&with(SPENT, error(400, "AccessDeniedException")), path).await;
    let action = "cloudwatch:GetMetricStatistics";
    assert_eq!(
        fact,
        json!({ "unknown": {
            "action": action,
            "reason": "access_denied",
            "code": "AccessDeniedException",
            "message": "It says AccessDeniedException.",
        } })
    );
    let fact = at(&with(SPENT, error(400, "Throttling")), path).await;
    assert_eq!(fact["unknown"]["reason"], "throttled");
    let fact = at(&with(SPENT, crate::tests::stub::status(403)), path).await;
    assert_eq!(fact["unknown"]["reason"], "access_denied");
}

#[tokio::test]
async fn sns_has_words_of_its_own() {
    for (code, reason) in [("AuthorizationError", "access_denied"), ("Throttled", "throttled")] {
        let stub = with(ATTRIBUTES, error(400, code));
        let fact = at(&stub, "/text_messages/found/0/attributes").await;
        assert_eq!(fact["unknown"]["reason"], reason);
    }
}
