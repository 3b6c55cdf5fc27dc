//! Who may call functions, versions and aliases.

use serde_json::{Value, json};

use super::{account::*, *};
use crate::tests::stub::{error, ok};

/// The policies of the function, its version and its alias.
async fn policies(stub: &Stub) -> [Value; 3] {
    let function = at(stub, "/functions/found/0").await;
    ["/policy", "/versions/found/0/policy", "/aliases/found/0/policy"]
        .map(|path| function.pointer(path).unwrap().clone())
}

#[tokio::test]
async fn each_has_a_policy_of_its_own() {
    let stub = but(|call| {
        let qualifier = call.request.split("Qualifier=").nth(1);
        (call.operation == POLICY).then(|| policy(qualifier.unwrap_or("function")))
    });
    let of = |sid| json!({ "set": format!(r#"{{"Statement":[{{"Sid":"{sid}"}}]}}"#) });
    assert_eq!(policies(&stub).await, [of("function"), of("1"), of("live")]);
}

#[tokio::test]
async fn one_that_is_refused_leaves_the_others() {
    let refused = |call: &Call, which: usize| match which {
        0 => !call.request.contains("Qualifier"),
        1 => call.request.contains("Qualifier=1"),
        _ => call.request.contains("Qualifier=live"),
    };
    let usual = policies(&Stub::new(account)).await;
    for which in 0..3 {
        let stub = but(move |call| {
            (call.operation == POLICY && refused(call, which))
                .then(|| error(403, "AccessDeniedException"))
        });
        let mut policies = policies(&stub).await;
        assert_eq!(policies[which]["unknown"]["action"], "lambda:GetPolicy");
        assert_eq!(policies[which]["unknown"]["reason"], "access_denied");
        policies[which] = usual[which].clone();
        assert_eq!(policies, usual);
    }
}

#[tokio::test]
async fn an_answer_without_a_policy_is_malformed() {
    for policy in policies(&with(POLICY, ok("{}"))).await {
        assert_eq!(policy["unknown"]["reason"], "malformed");
    }
}

#[tokio::test]
async fn aliases_that_cannot_be_listed_leave_the_rest() {
    let stub = with(ALIASES, error(403, "AccessDeniedException"));
    let function = at(&stub, "/functions/found/0").await;
    let gap = &function["aliases"]["gaps"][0];
    assert_eq!(gap["arn"], format!("{SHOP}:*"));
    assert_eq!(gap["unknown"]["action"], "lambda:ListAliases");
    assert_eq!((&function["policy"], names(&function["urls"]).len()), (&json!("not_set"), 2));
}
