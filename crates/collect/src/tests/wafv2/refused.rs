//! Each read refused: what becomes unknown, and by which action.

use super::*;
use crate::tests::stub::error;

#[tokio::test]
async fn what_is_refused_is_unknown_by_its_action_and_costs_nothing_else() {
    let whole = wafv2(&Stub::new(account).regions(["eu-west-1"])).await;
    for (operation, path, action) in [
        (ACL, "/web_acls/found/N/settings", "wafv2:GetWebACL"),
        (LOGGING, "/web_acls/found/N/logging", "wafv2:ListLoggingConfigurations"),
        (RESOURCES, "/web_acls/found/N/protects", "wafv2:ListResourcesForWebACL"),
        (GROUP, "/rule_groups/found/N/settings", "wafv2:GetRuleGroup"),
        (CLASSIC, "/classic/gaps", "waf:ListWebACLs"),
        (CLASSIC_REGIONAL, "/classic_regional/gaps", "waf-regional:ListWebACLs"),
    ] {
        let mut partial = wafv2(&with(operation, error(400, "AccessDeniedException"))).await;
        for index in ["0", "1"] {
            let path = path.replace('N', index);
            let fact = partial.pointer_mut(&path).unwrap();
            let known = whole.pointer(&path).unwrap().clone();
            if *fact != known {
                let unknown = if path.ends_with("gaps") { &fact[0] } else { &*fact };
                assert_eq!(unknown["unknown"]["action"], action);
                assert_eq!(unknown["unknown"]["reason"], "access_denied");
            }
            *fact = known;
        }
        assert_eq!(partial, whole, "{path}");
    }
}
