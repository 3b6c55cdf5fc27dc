//! What roles of workloads may do, and whether anybody uses them.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Arn, Resource as _,
    ec2::Instance,
    iam::{PolicyDocument, Role, TrustPolicy},
    lambda::Function,
};
use awspect_policy::{Answer, Budget, Identity, Policy, Principal};
use serde_json::json;
use time::Duration;

use super::{
    attached::Holder,
    becoming::Reach,
    evidence::{request, step},
    noise,
    trust::services::everywhere,
};
use crate::{
    Scan,
    engine::{Subject, gaps, if_at_all},
    policy::undecided,
};

/// Puts each role that a service may take to a rule.
pub(super) fn taken_by<'a>(
    scan: Scan<'a>,
    service: &'static str,
    decide: impl Fn(usize, &'a Role) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let (roles, identities) = (&scan.inventory.iam.roles, scan.identities());
    let own = roles.found.iter().zip(&identities.trusts).enumerate();
    let judged = own.filter(|(_, (role, _))| !noise::is_service_linked(role)).filter_map(
        |(index, (role, read))| {
            let decision = match read {
                Ok(policy) => {
                    let budget = Budget::default();
                    match policy.admits_service(named(policy, service)?, &identities.facts, &budget)
                    {
                        Answer::No(_) => return None,
                        Answer::Yes(_) => decide(index, role),
                        open => if_at_all(decide(index, role), undecided::<TrustPolicy>(open)),
                    }
                }
                Err(unknown) => Err(unknown.clone()),
            };
            Some((Subject::Resource(role), decision))
        },
    );
    judged.chain(gaps(roles)).collect()
}

/// The name by which a policy admits a service.
fn named<'p>(policy: &'p Policy, service: &str) -> Option<&'p str> {
    policy.admitted().find_map(|principal| match principal {
        Principal::Service(name) if everywhere(name) == service => Some(name.as_str()),
        _ => None,
    })
}

/// A workload's role is no administrator and cannot become one.
pub(crate) fn administrator(scan: Scan<'_>, index: usize) -> Decision {
    match scan.becoming().roles.get(index) {
        Some(Reach::Admin) => {
            let identities = scan.identities();
            let rights = identities.roles.get(index);
            let answer = rights.map(|rights| {
                let identity = rights.identity(&identities.facts);
                identity.can("iam:CreateUser", "*", &[], &Budget::default())
            });
            let witness = answer.as_ref().and_then(Answer::witness);
            let expected = "the rights that the workload needs";
            Ok(Verdict::faults(vec![request::<PolicyDocument>(witness, expected)]))
        }
        Some(Reach::Steps(steps)) => Ok(Verdict::faults(steps.iter().map(step).collect())),
        Some(Reach::Unknown(unknown)) => Err(unknown.clone()),
        Some(Reach::Holds(_) | Reach::Never) | None => Ok(Verdict::Pass(vec![])),
    }
}

/// Some instance has one of the role's profiles.
pub(super) fn on_instance(scan: Scan<'_>, role: &Role) -> Decision {
    let instances = &scan.inventory.ec2.instances;
    let wears = |instance: &&Instance| {
        instance.profile.as_ref().is_some_and(|own| role.instance_profiles.contains(own))
    };
    let expected = "an instance with one of the role's instance profiles";
    if let Some(instance) = instances.found.iter().find(wears) {
        let field = "Reservations[].Instances[].IamInstanceProfile";
        let evidence = Evidence::of::<Instance>(field, instance.name(), expected);
        return Ok(Verdict::Pass(vec![evidence]));
    }
    // Without a profile no instance can have it, seen or not.
    if let (false, Some(gap)) = (role.instance_profiles.is_empty(), instances.gaps.first()) {
        return Err(gap.unknown.clone());
    }
    let profiles: Vec<&str> = role.instance_profiles.iter().map(Arn::as_str).collect();
    let observed = json!({ "InstanceProfileList": profiles, "instances": 0 });
    Ok(Verdict::faults(vec![Evidence::of::<Role>("InstanceProfileList", observed, expected)]))
}

/// So many functions may share a role before one's rights become everybody's.
const SHARED: usize = 5;

/// A function has a role of its own, or shares it with few.
pub(super) fn shared(scan: Scan<'_>, role: &Role) -> Decision {
    let functions = &scan.inventory.lambda.functions;
    let own = functions.found.iter().filter(|function| function.role == role.arn);
    let names: Vec<&str> = own.map(|function| function.name.as_str()).collect();
    let expected = format!("at most {SHARED} functions");
    if let (true, Some(gap)) = (names.len() <= SHARED, functions.gaps.first()) {
        return Err(gap.unknown.clone());
    }
    let observed =
        json!({ "functions": names.len(), "such as": names.get(..10).unwrap_or(&names) });
    let evidence = Evidence::of::<Function>("Functions[].Role", observed, expected);
    Ok(Verdict::holds(names.len() <= SHARED, evidence))
}

/// What an API calls on behalf of whoever calls the API.
const INTEGRATIONS: [(&str, &str); 9] = [
    ("dynamodb:PutItem", "dynamodb:us-east-1:{account}:table/awspect-unnamed"),
    ("events:PutEvents", "events:us-east-1:{account}:event-bus/awspect-unnamed"),
    ("firehose:PutRecord", "firehose:us-east-1:{account}:deliverystream/awspect-unnamed"),
    ("kinesis:PutRecord", "kinesis:us-east-1:{account}:stream/awspect-unnamed"),
    ("lambda:InvokeFunction", "lambda:us-east-1:{account}:function:awspect-unnamed"),
    ("s3:PutObject", "s3:::awspect-unnamed/x"),
    ("sns:Publish", "sns:us-east-1:{account}:awspect-unnamed"),
    ("sqs:SendMessage", "sqs:us-east-1:{account}:awspect-unnamed"),
    ("states:StartExecution", "states:us-east-1:{account}:stateMachine:awspect-unnamed"),
];

/// An API's role calls what it is there for, not anything.
pub(super) fn integrations(scan: Scan<'_>, index: usize) -> Decision {
    let identities = scan.identities();
    let Some(rights) = identities.roles.get(index) else { return Ok(Verdict::Pass(vec![])) };
    let facts = &identities.facts;
    let mut faults = vec![];
    for (action, resource) in INTEGRATIONS {
        let resource = resource.replace("{account}", &facts.owner.to_string());
        let arn = format!("arn:{}:{resource}", facts.partition);
        let ask = |identity: &Identity<'_>| identity.can(action, &arn, &[], &Budget::default());
        if rights.ask(facts, ask)? {
            let answer = ask(&rights.identity(facts));
            let expected = "the function, queue or table that the API is for";
            faults.push(request::<PolicyDocument>(answer.witness(), expected));
        }
    }
    Ok(Verdict::faults(faults))
}

/// After so many days nobody misses a role (AWS's own recommendation for unused access).
const UNUSED: Duration = Duration::days(90);

/// Somebody uses the role.
pub(super) fn used(scan: Scan<'_>, role: &Role) -> Decision {
    let now = scan.inventory.collected_at;
    let last = role.last_used.as_ref().map(|used| used.at);
    let Some(since) = last.or(role.created) else {
        use awspect_inventory::{Fact as _, Reason, Unknown};
        return Err(Unknown::new(Role::ACTION, Reason::Malformed)
            .because("the answer has neither `RoleLastUsed` nor `CreateDate`"));
    };
    let days = (now - since).whole_days();
    let observed = json!({ "LastUsedDate": last.map(|at| at.date().to_string()),
        "CreateDate": role.created.map(|at| at.date().to_string()), "days": days });
    Ok(Verdict::holds(
        now - since <= UNUSED,
        Evidence::of::<Role>(
            "RoleLastUsed",
            observed,
            format!("used within {} days", UNUSED.whole_days()),
        ),
    ))
}

/// Whoever creates principals is held by a boundary.
pub(super) fn unbound(scan: Scan<'_>, holder: Holder<'_>) -> Option<Decision> {
    if holder.user.is_none() && holder.role.is_none_or(|role| noise::severity(role).is_some()) {
        return None;
    }
    let facts = &scan.identities().facts;
    let creates = |identity: &Identity<'_>| {
        let new =
            |kind| format!("arn:{}:iam::{}:{kind}/awspect-unnamed", facts.partition, facts.owner);
        let user = identity.can("iam:CreateUser", &new("user"), &[], &Budget::default());
        if user.is_no() {
            identity.can("iam:CreateRole", &new("role"), &[], &Budget::default())
        } else {
            user
        }
    };
    if holder.boundary {
        let expected = "a permissions boundary";
        let set = Evidence::of::<PolicyDocument>("PermissionsBoundary", "set", expected);
        return Some(Ok(Verdict::Pass(vec![set])));
    }
    Some(holder.rights.ask(facts, creates).map(|may| {
        if !may {
            return Verdict::Pass(vec![]);
        }
        let answer = creates(&holder.rights.identity(facts));
        Verdict::faults(vec![request::<PolicyDocument>(
            answer.witness(),
            "a permissions boundary on whoever creates users and roles",
        )])
    }))
}

/// How far a principal gets on its own.
pub(super) fn escalation(
    reach: Option<&Reach>,
    role: Option<(&Role, Option<&Policy>)>,
) -> Decision {
    let lowered = role.and_then(|(role, _)| noise::severity(role));
    let verdict = match reach {
        Some(Reach::Admin) => {
            let is = json!({ "steps": 0, "administrator": true });
            let expected = "no way to administrator rights";
            let evidence = Evidence::of::<PolicyDocument>("PolicyDocument", is, expected);
            // What it is to be an administrator is judged by the rules on administrators.
            return Ok(Verdict::faults(vec![evidence]).severity(Severity::Info));
        }
        Some(Reach::Steps(steps)) => {
            let entry = role.and_then(|(_, trust)| entry(trust?));
            Verdict::faults(steps.iter().map(step).chain(entry).collect())
        }
        Some(Reach::Holds(ways)) => {
            let faults = ways.iter().map(|way| {
                let witness = way.steps.first();
                let mut evidence = request::<PolicyDocument>(
                    witness,
                    "named roles and users, or fewer of these actions",
                );
                let actions: Vec<&str> =
                    way.steps.iter().map(|own| own.request.action.as_str()).collect();
                evidence.observed = json!({ "way": way.path, "with": actions,
                    "gains": "nothing today: nobody whose rights it takes is an administrator" });
                evidence
            });
            Verdict::faults(faults.collect()).severity(Severity::Medium)
        }
        Some(Reach::Unknown(unknown)) => return Err(unknown.clone()),
        Some(Reach::Never) | None => Verdict::Pass(vec![]),
    };
    Ok(match lowered {
        Some(severity) => verdict.severity(severity),
        None => verdict,
    })
}

/// Who may take a role, and with it the way that begins there.
fn entry(trust: &Policy) -> Option<Evidence> {
    const SHOWN: usize = 10;
    let mut admitted: Vec<String> = trust.admitted().map(ToString::to_string).collect();
    admitted.sort_unstable();
    admitted.dedup();
    admitted.truncate(SHOWN);
    let expected = "principals that may be administrators";
    let field = "AssumeRolePolicyDocument.Principal";
    (!admitted.is_empty()).then(|| Evidence::of::<TrustPolicy>(field, admitted, expected))
}
