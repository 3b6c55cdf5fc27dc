//! Answers of IAM that are not what the API reference promises.

use serde_json::{Value, json};

use super::{
    account::{GROUP, POLICY, ROLE, USER, details, query},
    at, iam, with, with_details,
};
use crate::tests::{
    account::usual,
    stub::{Stub, ok},
};

/// Something that an item must have: kind, list, item, field, what is replaced, by what, what is then missing.
const LACKING: &[(&str, &str, &str, &str, &str, &str, &str)] = &[
    ("User", "UserDetailList", USER, "users", "<UserName>bob</UserName>", "", "UserName"),
    ("User", "UserDetailList", USER, "users", "<UserId>AIDAB</UserId>", "", "UserId"),
    ("User", "UserDetailList", USER, "users", "arn:aws:iam::111122223333:user/team/bob", "", "Arn"),
    ("User", "UserDetailList", USER, "users", "arn:aws:iam::111122223333:user/", "bob", "Arn"),
    ("User", "UserDetailList", USER, "users", "<PolicyName>inline</PolicyName>", "", "PolicyName"),
    ("User", "UserDetailList", USER, "users", "arn:aws:iam::aws:policy/Read", "x", "PolicyArn"),
    (
        "User",
        "UserDetailList",
        USER,
        "users",
        "arn:aws:iam::aws:policy/PowerUserAccess",
        "",
        "PermissionsBoundaryArn",
    ),
    ("User", "UserDetailList", USER, "users", "<Key>team</Key>", "", "Key"),
    ("Group", "GroupDetailList", GROUP, "groups", "<GroupName>admins</GroupName>", "", "GroupName"),
    ("Group", "GroupDetailList", GROUP, "groups", "<GroupId>AGPAA</GroupId>", "", "GroupId"),
    ("Role", "RoleDetailList", ROLE, "roles", "<RoleName>app</RoleName>", "", "RoleName"),
    ("Role", "RoleDetailList", ROLE, "roles", "<RoleId>AROAA</RoleId>", "", "RoleId"),
    (
        "Role",
        "RoleDetailList",
        ROLE,
        "roles",
        "<Arn>arn:aws:iam::111122223333:instance-profile/app</Arn>",
        "",
        "InstanceProfile.Arn",
    ),
    (
        "LocalManagedPolicy",
        "Policies",
        POLICY,
        "policies",
        "arn:aws:iam::111122223333:policy/own",
        "",
        "Arn",
    ),
];

#[tokio::test]
async fn an_item_that_cannot_be_read_is_a_gap_beside_the_others() {
    for (kind, list, item, field, from, to, lacks) in LACKING {
        assert!(item.contains(from), "{from}");
        let items = format!("{}{item}", item.replace(from, to));
        let listed =
            at(&with_details(kind, move || details(list, &items, None)), &format!("/{field}"))
                .await;
        assert_eq!(listed["found"].as_array().unwrap().len(), 1, "{lacks}");
        let unknown = &listed["gaps"][0]["unknown"];
        assert_eq!(
            *unknown,
            json!({
                "action": "iam:GetAccountAuthorizationDetails",
                "reason": "malformed",
                "message": format!("the answer has no usable `{lacks}`"),
            })
        );
    }
}

#[tokio::test]
async fn what_iam_may_leave_out_is_none() {
    let bare = [
        ("User", "UserDetailList", "user"),
        ("Group", "GroupDetailList", "group"),
        ("Role", "RoleDetailList", "role"),
    ];
    for (kind, list, field) in bare {
        let item = format!(
            "<member><{kind}Name>x</{kind}Name><{kind}Id>X</{kind}Id>\
             <Arn>arn:aws:iam::111122223333:{field}/x</Arn></member>"
        );
        let stub = with_details(kind, move || details(list, &item, None));
        let found = at(&stub, &format!("/{field}s/found/0")).await;
        assert_eq!((&found["path"], &found["created"]), (&json!("/"), &Value::Null));
        assert_eq!((&found["inline"], &found["attached"]), (&json!([]), &json!([])));
    }
}

#[tokio::test]
async fn a_policy_is_named_by_its_arn_where_iam_does_not_name_it() {
    let policy = POLICY.replace("<PolicyName>own</PolicyName>", "");
    let stub = with_details("LocalManagedPolicy", move || details("Policies", &policy, None));
    assert_eq!(at(&stub, "/policies/found/0/name").await, "own");
}

#[tokio::test]
async fn a_page_without_its_list_or_the_way_to_the_next_is_a_gap() {
    let truncated = "<IsTruncated>true</IsTruncated>";
    for (operation, inner, field, lacks) in [
        ("GetAccountAuthorizationDetails", "", "users", "UserDetailList"),
        ("GetAccountAuthorizationDetails", truncated, "roles", "Marker"),
        ("ListVirtualMFADevices", truncated, "virtual_mfa_devices", "Marker"),
        ("ListServerCertificates", truncated, "server_certificates", "Marker"),
        ("ListOpenIDConnectProviders", "", "oidc_providers", "OpenIDConnectProviderList"),
        ("ListSAMLProviders", "", "saml_providers", "SAMLProviderList"),
    ] {
        let stub =
            Stub::new(
                move |call| {
                    if call.name() == operation { query(operation, inner) } else { usual(call) }
                },
            );
        let unknown = at(&stub, &format!("/{field}/gaps/0/unknown")).await;
        let message = format!("the answer has no usable `{lacks}`");
        assert_eq!(
            (&unknown["reason"], &unknown["message"]),
            (&json!("malformed"), &json!(message))
        );
    }
}

#[tokio::test]
async fn a_body_that_is_none_or_another_is_malformed() {
    for body in ["", "<", "<Unclosed><Element>", "<SomethingElse/>", "<html>Sorry</html>", "\u{0}"]
    {
        let stub = Stub::new(move |call| match call.service() {
            "iam" => ok(body),
            _ => usual(call),
        });
        for (field, fact) in iam(&stub).await.as_object().unwrap() {
            let unknown = fact.pointer("/gaps/0/unknown").or(fact.get("unknown"));
            let reason = unknown.map(|unknown| &unknown["reason"]);
            assert_eq!(reason, Some(&json!("malformed")), "{field} {body:?}");
        }
    }
}

#[tokio::test]
async fn items_of_other_listings_that_cannot_be_read_are_gaps() {
    for (operation, inner, field, lacks) in [
        (
            "iam:ListVirtualMFADevices",
            "<VirtualMFADevices><member/></VirtualMFADevices>",
            "virtual_mfa_devices",
            "SerialNumber",
        ),
        (
            "iam:ListVirtualMFADevices",
            "<VirtualMFADevices><member><SerialNumber>arn:aws:iam::111122223333:mfa/x</SerialNumber>\
             <User><UserName>bob</UserName></User></member></VirtualMFADevices>",
            "virtual_mfa_devices",
            "User.Arn",
        ),
        (
            "iam:ListServerCertificates",
            "<ServerCertificateMetadataList><member/></ServerCertificateMetadataList>",
            "server_certificates",
            "Arn",
        ),
        (
            "iam:ListOpenIDConnectProviders",
            "<OpenIDConnectProviderList><member/></OpenIDConnectProviderList>",
            "oidc_providers",
            "Arn",
        ),
        (
            "iam:ListSAMLProviders",
            "<SAMLProviderList><member/></SAMLProviderList>",
            "saml_providers",
            "Arn",
        ),
    ] {
        let name = operation.strip_prefix("iam:").unwrap();
        let listed = at(&with(operation, move || query(name, inner)), &format!("/{field}")).await;
        let message = format!("the answer has no usable `{lacks}`");
        assert_eq!(listed["found"], json!([]), "{field}");
        assert_eq!(listed["gaps"][0]["unknown"]["message"], json!(message), "{field}");
    }
}
