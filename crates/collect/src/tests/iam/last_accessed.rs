//! Which services were used.

use serde_json::{Value, json};

use super::{
    account::{ROLE, details, query},
    iam,
};
use crate::tests::{
    account::usual,
    stopped::{LONG, stopped_at},
    stub::{Answer, Call, Stub, error, in_turn},
    written,
};

const GENERATE: &str = "iam:GenerateServiceLastAccessedDetails";
const GET: &str = "iam:GetServiceLastAccessedDetails";

/// An account that answers the second call so.
fn with_details(answer: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    Stub::new(move |call| if call.operation == GET { answer(call) } else { usual(call) })
        .last_accessed()
}

/// A state of the job, with these services found and more of them there.
fn job(status: &str, services: &[&str], next: Option<&str>) -> Answer {
    let services = services
        .iter()
        .map(|name| {
            let name = format!("<ServiceNamespace>{name}</ServiceNamespace>");
            format!("<member><ServiceName>It</ServiceName>{name}</member>")
        })
        .collect::<Vec<_>>()
        .concat();
    let next = next.map_or_else(String::new, |next| {
        format!("<IsTruncated>true</IsTruncated><Marker>{next}</Marker>")
    });
    query(
        "GetServiceLastAccessedDetails",
        &format!(
            "<JobStatus>{status}</JobStatus>\
             <ServicesLastAccessed>{services}</ServicesLastAccessed>{next}"
        ),
    )
}

/// What is known of user, group and role.
async fn known(stub: &Stub) -> [Value; 3] {
    let iam = iam(stub).await;
    ["users", "groups", "roles"].map(|field| iam[field]["found"][0]["last_accessed"].clone())
}

fn used(services: &[&str]) -> Value {
    let services: Vec<_> =
        services.iter().map(|name| json!({ "service": name, "last_used": null })).collect();
    json!({ "set": services })
}

fn not_asked() -> Value {
    json!({ "unknown": { "action": GET, "reason": "not_asked" } })
}

#[tokio::test]
async fn nobody_is_asked_about_unless_told_to() {
    let stub = Stub::new(usual);
    assert_eq!(known(&stub).await, [not_asked(), not_asked(), not_asked()]);
    assert!(stub.calls(GENERATE).is_empty() && stub.calls(GET).is_empty());
}

#[tokio::test]
async fn each_who_may_do_anything_is_asked_about() {
    let stub = Stub::new(usual).last_accessed();
    let services = json!({ "set": [
        { "service": "s3", "last_used": "2026-02-01T00:00:00Z" },
        { "service": "iam", "last_used": null },
    ] });
    assert_eq!(known(&stub).await, [services.clone(), services.clone(), services]);
    let mut about: Vec<_> =
        stub.calls(GENERATE).iter().map(|call| call.parameter("Arn").to_owned()).collect();
    about.sort();
    assert_eq!(
        about,
        ["group%2Fadmins", "role%2Fapp", "user%2Fteam%2Fbob"]
            .map(|name| format!("arn%3Aaws%3Aiam%3A%3A111122223333%3A{name}"))
    );
}

#[tokio::test]
async fn who_may_do_nothing_and_what_belongs_to_a_service_is_not() {
    let bare = |path: &str, policies: &str| {
        format!(
            "<member><Path>{path}</Path><RoleName>x</RoleName><RoleId>X</RoleId>\
             <Arn>arn:aws:iam::111122223333:role{path}x</Arn>{policies}</member>"
        )
    };
    let attached = "<AttachedManagedPolicies><member><PolicyName>x</PolicyName>\
        <PolicyArn>arn:aws:iam::aws:policy/x</PolicyArn></member></AttachedManagedPolicies>";
    for (role, asked) in [
        (bare("/", ""), 2),
        (bare("/", attached), 3),
        (bare("/aws-service-role/x.amazonaws.com/", attached), 2),
        (bare("/team/aws-service-role/", attached), 3),
    ] {
        let stub = Stub::new(move |call| match call.parameter("Filter.member.1") {
            "Role" => details("RoleDetailList", &role, None),
            _ => usual(call),
        })
        .last_accessed();
        known(&stub).await;
        assert_eq!(stub.calls(GENERATE).len(), asked);
    }
}

#[tokio::test]
async fn a_job_is_waited_for_and_read_to_its_last_page() {
    let first = in_turn([job("IN_PROGRESS", &[], None), job("COMPLETED", &["s3"], Some("more"))]);
    let stub = with_details(move |call| match call.parameter("Marker") {
        // The others are of no interest here.
        _ if call.parameter("JobId") != "job" => unreachable!(),
        "" => first(),
        _ => job("COMPLETED", &["iam"], None),
    });
    let stub = only_the_role(stub);
    assert_eq!(known(&stub).await[2], used(&["s3", "iam"]));
    assert_eq!((stub.calls(GENERATE).len(), stub.calls(GET).len()), (1, 3));
    assert!(stub.calls(GET).iter().all(|call| call.parameter("MaxItems") == "1000"));
}

/// The same account without user and group, so that one job is all there is.
fn only_the_role(stub: Stub) -> Stub {
    stub.instead(|call| match call.parameter("Filter.member.1") {
        "User" => Some(details("UserDetailList", "", None)),
        "Group" => Some(details("GroupDetailList", "", None)),
        "Role" => Some(details("RoleDetailList", ROLE, None)),
        _ => None,
    })
}

#[tokio::test]
async fn a_job_that_failed_is_told_in_iams_words() {
    let failed = || {
        query(
            "GetServiceLastAccessedDetails",
            "<JobStatus>FAILED</JobStatus><Error><Message>Sorry.</Message><Code>Oops</Code></Error>",
        )
    };
    let failed = with_details(move |_| failed());
    let unknown = json!({ "unknown": {
        "action": GET,
        "reason": "failed",
        "code": "Oops",
        "message": "Sorry.",
    } });
    assert_eq!(known(&failed).await, [unknown.clone(), unknown.clone(), unknown]);
    let [_, _, wordless] = known(&with_details(|_| job("FAILED", &[], None))).await;
    assert_eq!(wordless["unknown"]["reason"], "failed");
}

#[tokio::test]
async fn a_job_that_takes_too_long_is_given_up() {
    let stub = only_the_role(with_details(|_| job("IN_PROGRESS", &[], None)));
    assert_eq!(
        known(&stub).await[2],
        json!({ "unknown": {
            "action": GET,
            "reason": "timeout",
            "message": "IAM was still at it when time was up",
        } })
    );
    assert_eq!(stub.calls(GET).len(), 11);
}

#[tokio::test]
async fn throttling_is_waited_out() {
    let start = in_turn([
        error(400, "Throttling"),
        query("GenerateServiceLastAccessedDetails", "<JobId>j</JobId>"),
    ]);
    let read = in_turn([error(400, "Throttling"), job("COMPLETED", &["s3"], None)]);
    let stub = Stub::new(move |call| match call.operation.as_str() {
        GENERATE => start(),
        GET => read(),
        _ => usual(call),
    });
    let stub = only_the_role(stub.last_accessed());
    assert_eq!(known(&stub).await[2], used(&["s3"]));
}

#[tokio::test]
async fn a_refusal_names_its_action_and_is_counted() {
    for (refused, started) in [(GENERATE, 0), (GET, 3)] {
        let stub = Stub::new(move |call| {
            if call.operation == refused { error(403, "AccessDenied") } else { usual(call) }
        })
        .last_accessed();
        let unknown = json!({ "unknown": {
            "action": refused,
            "reason": "access_denied",
            "code": "AccessDenied",
            "message": "It says AccessDenied.",
        } });
        assert_eq!(known(&stub).await, [unknown.clone(), unknown.clone(), unknown]);
        let asked = stub.collect().await.asked;
        let row = asked.iter().find(|row| row.action.as_str() == GENERATE).unwrap();
        assert_eq!((row.asked, row.answered), (3, started));
        let row = asked.iter().find(|row| row.action.as_str() == refused).unwrap();
        assert_eq!(written(&row.refused), json!({ "access_denied": 3 }));
    }
}

#[tokio::test]
async fn what_is_no_answer_is_malformed() {
    for (answer, lacks) in [
        (job("COMPLETED", &[""], None), "ServiceNamespace"),
        (job("COMPLETED", &["s3"], Some("")), "Marker"),
        (job("COMPLETED", &["s3"], Some("again")), "Marker"),
        (job("PERHAPS", &[], None), "JobStatus"),
        (query("GetServiceLastAccessedDetails", ""), "JobStatus"),
    ] {
        let stub = with_details(move |_| answer.clone());
        let message = &known(&stub).await[0]["unknown"]["message"];
        assert_eq!(*message, format!("the answer has no usable `{lacks}`"));
    }
}

#[tokio::test]
async fn an_interrupt_ends_the_wait() {
    let stub = with_details(|_| job("IN_PROGRESS", &[], None)).pause(LONG);
    let inventory = stopped_at(stub, GET).await;
    let last_accessed = written(&inventory.iam.roles.found[0].last_accessed);
    assert_eq!(last_accessed["unknown"]["reason"], "interrupted");
}
