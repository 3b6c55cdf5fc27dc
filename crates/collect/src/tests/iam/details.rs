//! Users, groups, roles and policies: what is written down of them, and in how many pages they come.

use serde_json::{Value, json};

use super::{
    account::{GROUP, POLICY, ROLE, USER, details},
    at, with_details,
};
use crate::tests::{
    account::usual,
    stub::{Stub, error, in_turn},
};

/// The kinds: filter, list of the answer, one item, field of the inventory, what is unseen.
const KINDS: [(&str, &str, &str, &str, &str); 4] = [
    ("User", "UserDetailList", USER, "users", "arn:aws:iam::111122223333:user/*"),
    ("Group", "GroupDetailList", GROUP, "groups", "arn:aws:iam::111122223333:group/*"),
    ("Role", "RoleDetailList", ROLE, "roles", "arn:aws:iam::111122223333:role/*"),
    ("LocalManagedPolicy", "Policies", POLICY, "policies", "arn:aws:iam::111122223333:policy/*"),
];

fn not_asked(action: &str) -> Value {
    json!({ "unknown": { "action": action, "reason": "not_asked" } })
}

#[tokio::test]
async fn a_user_is_written_down() {
    let user = at(&Stub::new(usual), "/users/found").await;
    let mut user = user[0].clone();
    assert!(user["credentials"]["set"].is_object());
    user["credentials"] = Value::Null;
    assert_eq!(
        user,
        json!({
            "arn": "arn:aws:iam::111122223333:user/team/bob",
            "name": "bob",
            "path": "/team/",
            "id": "AIDAB",
            "created": "2025-01-02T03:04:05Z",
            "inline": [{
                "name": "inline",
                "document": { "set": "{\"Version\":\"2012-10-17\"}" },
            }],
            "attached": [{
                "arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "name": "ReadOnlyAccess",
            }],
            "groups": ["admins"],
            "boundary": "arn:aws:iam::aws:policy/PowerUserAccess",
            "tags": { "team": "blue" },
            "credentials": null,
            "mfa_devices": not_asked("iam:ListMFADevices"),
            "last_accessed": not_asked("iam:GetServiceLastAccessedDetails"),
        })
    );
}

#[tokio::test]
async fn a_group_is_written_down() {
    assert_eq!(
        at(&Stub::new(usual), "/groups/found").await,
        json!([{
            "arn": "arn:aws:iam::111122223333:group/admins",
            "name": "admins",
            "path": "/",
            "id": "AGPAA",
            "created": "2025-01-02T03:04:05Z",
            "inline": [],
            "attached": [{ "arn": "arn:aws:iam::111122223333:policy/own", "name": "own" }],
            "last_accessed": not_asked("iam:GetServiceLastAccessedDetails"),
        }])
    );
}

#[tokio::test]
async fn a_role_is_written_down() {
    assert_eq!(
        at(&Stub::new(usual), "/roles/found").await,
        json!([{
            "arn": "arn:aws:iam::111122223333:role/app",
            "name": "app",
            "path": "/",
            "id": "AROAA",
            "created": "2025-01-02T03:04:05Z",
            "trust": { "set": "{\"Statement\":[]}" },
            "inline": [{ "name": "inline", "document": { "set": "{}" } }],
            "attached": [{
                "arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "name": "ReadOnlyAccess",
            }],
            "boundary": "arn:aws:iam::aws:policy/PowerUserAccess",
            "instance_profiles": ["arn:aws:iam::111122223333:instance-profile/app"],
            "last_used": { "at": "2026-02-01T00:00:00Z", "region": "eu-west-1" },
            "tags": {},
            "last_accessed": not_asked("iam:GetServiceLastAccessedDetails"),
        }])
    );
}

#[tokio::test]
async fn a_policy_is_written_down_with_the_version_in_force() {
    assert_eq!(
        at(&Stub::new(usual), "/policies/found").await,
        json!([{
            "arn": "arn:aws:iam::111122223333:policy/own",
            "name": "own",
            "path": "/",
            "created": "2025-01-02T03:04:05Z",
            "attachments": 1,
            "boundary_uses": 0,
            "default_version": "v2",
            "document": { "set": "{\"Id\":\"new\"}" },
            "tags": {},
        }])
    );
}

#[tokio::test]
async fn a_kind_of_which_there_is_none_is_no_gap() {
    for (filter, list, _, field, _) in KINDS {
        let stub = with_details(filter, || details(list, "", None));
        let listed = at(&stub, &format!("/{field}")).await;
        assert_eq!(listed, json!({ "found": [], "gaps": [], "gone": 0 }), "{field}");
    }
}

#[tokio::test]
async fn all_pages_of_each_kind_are_read() {
    for (filter, list, item, field, _) in KINDS {
        let pages = [details(list, item, Some("more")), details(list, item, None)];
        let stub = with_details(filter, in_turn(pages));
        let listed = at(&stub, &format!("/{field}")).await;
        assert_eq!(listed["found"].as_array().unwrap().len(), 2, "{field}");
        assert_eq!(listed["gaps"], json!([]), "{field}");
        let calls = stub.calls("iam:GetAccountAuthorizationDetails");
        let own = calls.iter().filter(|call| call.parameter("Filter.member.1") == filter);
        let markers: Vec<_> =
            own.map(|call| (call.parameter("Marker"), call.parameter("MaxItems"))).collect();
        assert_eq!(markers, [("", "1000"), ("more", "1000")], "{field}");
    }
}

#[tokio::test]
async fn a_page_that_is_refused_is_a_gap_beside_the_pages_before() {
    for (filter, list, item, field, pattern) in KINDS {
        let pages = [details(list, item, Some("more")), error(403, "AccessDenied")];
        let listed = at(&with_details(filter, in_turn(pages)), &format!("/{field}")).await;
        assert_eq!(listed["found"].as_array().unwrap().len(), 1, "{field}");
        assert_eq!(
            listed["gaps"],
            json!([{ "arn": pattern, "region": null, "unknown": {
                "action": "iam:GetAccountAuthorizationDetails",
                "reason": "access_denied",
                "code": "AccessDenied",
                "message": "It says AccessDenied.",
            } }])
        );
    }
}

/// The names of AWS's policies in the inventory, where nobody has any but as these lists say.
async fn carried(user: &str, group: &str, role: &str) -> Vec<String> {
    let only = |item: &str, carries: &str| {
        let (before, rest) = item.split_once("<CreateDate>").unwrap();
        format!("{before}{carries}<CreateDate>{}", rest.split_once("</CreateDate>").unwrap().0)
            + "</CreateDate></member>"
    };
    let (user, group, role) = (only(USER, user), only(GROUP, group), only(ROLE, role));
    let stub = Stub::new(move |call| match call.parameter("Filter.member.1") {
        "User" => details("UserDetailList", &user, None),
        "Group" => details("GroupDetailList", &group, None),
        "Role" => details("RoleDetailList", &role, None),
        _ => usual(call),
    });
    let policies = stub.collect().await.iam.aws_policies;
    policies.found.into_iter().map(|policy| policy.name).collect()
}

#[tokio::test]
async fn aws_policies_are_kept_where_somebody_carries_them() {
    let attached = "<AttachedManagedPolicies><member><PolicyName>ReadOnlyAccess</PolicyName>\
         <PolicyArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PolicyArn></member>\
         </AttachedManagedPolicies>";
    let boundary = "<PermissionsBoundary><PermissionsBoundaryArn>\
         arn:aws:iam::aws:policy/PowerUserAccess</PermissionsBoundaryArn></PermissionsBoundary>";
    assert!(carried("", "", "").await.is_empty());
    assert_eq!(carried(attached, "", "").await, ["ReadOnlyAccess"]);
    assert_eq!(carried("", attached, "").await, ["ReadOnlyAccess"]);
    assert_eq!(carried("", "", attached).await, ["ReadOnlyAccess"]);
    assert_eq!(carried(boundary, attached, "").await, ["ReadOnlyAccess", "PowerUserAccess"]);
    assert_eq!(carried("", "", boundary).await, ["PowerUserAccess"]);
}
