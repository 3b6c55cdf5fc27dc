//! What IAM says of the account as a whole, and what its organization and its contacts are.

use serde_json::{Value, json};

use super::{account::query, at, with};
use crate::tests::{
    account::usual,
    stub::{Answer, Stub, error, ok},
    written,
};

#[tokio::test]
async fn figures_of_the_account_are_read_by_their_names() {
    assert_eq!(
        at(&Stub::new(usual), "/summary").await,
        json!({ "set": {
            "mfa_enabled": true,
            "access_keys_present": false,
            "signing_certificates_present": null,
            "password_present": true,
        } })
    );
}

#[tokio::test]
async fn a_password_policy_is_written_down() {
    assert_eq!(
        at(&Stub::new(usual), "/password_policy").await,
        json!({ "set": {
            "minimum_length": 14,
            "uppercase": true,
            "lowercase": true,
            "numbers": false,
            "symbols": true,
            "max_age": 90,
            "reuse_prevention": 24,
        } })
    );
}

#[tokio::test]
async fn an_account_may_have_no_password_policy() {
    let stub = with("iam:GetAccountPasswordPolicy", || error(404, "NoSuchEntity"));
    assert_eq!(at(&stub, "/password_policy").await, "not_set");
}

#[tokio::test]
async fn no_age_and_no_memory_of_passwords_are_none() {
    let policy = |inner: &'static str| {
        with("iam:GetAccountPasswordPolicy", move || query("GetAccountPasswordPolicy", inner))
    };
    let zero = "<PasswordPolicy><MaxPasswordAge>0</MaxPasswordAge>\
        <PasswordReusePrevention>0</PasswordReusePrevention></PasswordPolicy>";
    let read = at(&policy(zero), "/password_policy/set").await;
    assert_eq!((&read["max_age"], &read["reuse_prevention"]), (&Value::Null, &Value::Null));
    let odd = "<PasswordPolicy><MinimumPasswordLength>-1</MinimumPasswordLength></PasswordPolicy>";
    let read = at(&policy(odd), "/password_policy/unknown/message").await;
    assert_eq!(read, "the answer has no usable `MinimumPasswordLength`");
}

#[tokio::test]
async fn certificates_are_written_down_from_all_pages() {
    let stub = Stub::new(|call| match (call.name(), call.parameter("Marker")) {
        ("ListServerCertificates", "") => query(
            "ListServerCertificates",
            "<IsTruncated>true</IsTruncated><Marker>more</Marker><ServerCertificateMetadataList>\
             <member><ServerCertificateName>a</ServerCertificateName>\
             <Arn>arn:aws:iam::111122223333:server-certificate/x/a</Arn></member>\
             </ServerCertificateMetadataList>",
        ),
        _ => usual(call),
    });
    assert_eq!(
        at(&stub, "/server_certificates/found").await,
        json!([
            {
                "arn": "arn:aws:iam::111122223333:server-certificate/x/a",
                "name": "a",
                "expires": null,
            },
            {
                "arn": "arn:aws:iam::111122223333:server-certificate/old",
                "name": "old",
                "expires": "2025-12-31T00:00:00Z",
            },
        ])
    );
}

#[tokio::test]
async fn an_organization_may_manage_nothing_centrally() {
    for code in [
        "ServiceAccessNotEnabledException",
        "OrganizationNotInAllFeaturesModeException",
        "OrganizationNotFoundException",
    ] {
        let stub = with("iam:ListOrganizationsFeatures", move || error(409, code));
        assert_eq!(at(&stub, "/organization_features").await, "not_set");
    }
    let code = "AccountNotManagementOrDelegatedAdministratorException";
    let stub = with("iam:ListOrganizationsFeatures", move || error(409, code));
    let unknown = at(&stub, "/organization_features/unknown").await;
    assert_eq!((&unknown["reason"], &unknown["code"]), (&json!("failed"), &json!(code)));
    let none = || query("ListOrganizationsFeatures", "<EnabledFeatures/>");
    let stub = with("iam:ListOrganizationsFeatures", none);
    assert_eq!(at(&stub, "/organization_features").await, json!({ "set": [] }));
}

async fn organization(answer: Answer) -> Value {
    let stub = with("organizations:DescribeOrganization", move || answer.clone());
    written(stub.collect().await.organizations.organization)
}

#[tokio::test]
async fn the_organization_is_written_down() {
    let organization = Stub::new(usual).collect().await.organizations;
    assert_eq!(
        written(organization),
        json!({ "organization": { "set": {
            "id": "o-1",
            "management_account": "999988887777",
            "feature_set": "ALL",
        } } })
    );
}

#[tokio::test]
async fn an_account_may_belong_to_none() {
    assert_eq!(organization(error(400, "AWSOrganizationsNotInUseException")).await, "not_set");
    for (body, lacks) in [
        ("{}", "Organization"),
        (r#"{"Organization":{"MasterAccountId":"999988887777"}}"#, "Id"),
        (r#"{"Organization":{"Id":"o-1","MasterAccountId":"me"}}"#, "MasterAccountId"),
    ] {
        let unknown = &organization(ok(body)).await["unknown"];
        assert_eq!(unknown["message"], format!("the answer has no usable `{lacks}`"));
    }
}

async fn contact(answer: Answer) -> Value {
    let stub = with("account:GetAlternateContact", move || answer.clone());
    let contacts = stub.collect().await.contacts;
    let calls = stub.calls("account:GetAlternateContact");
    assert!(calls.iter().all(|call| call.body.contains("SECURITY")));
    written(contacts.security)
}

#[tokio::test]
async fn of_the_security_contact_only_that_it_is_there_is_written_down() {
    let answered = |address: &str| {
        let address = format!(r#""EmailAddress":"{address}","Name":"Alice""#);
        ok(format!(r#"{{"AlternateContact":{{{address}}}}}"#))
    };
    let reachable = |has_email: bool| json!({ "set": { "has_email": has_email } });
    assert_eq!(contact(answered("security@example.com")).await, reachable(true));
    assert_eq!(contact(answered("")).await, reachable(false));
    assert_eq!(contact(error(404, "ResourceNotFoundException")).await, "not_set");
    assert_eq!(contact(ok("{}")).await["unknown"]["reason"], "malformed");
}
