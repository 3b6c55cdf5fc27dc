//! What one policy says by itself, customer managed or inline.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Listed, Reason, Resource, Unknown,
    iam::{ManagedPolicy, PolicyDocument},
};
use awspect_policy::{ActionPattern, Answer, Budget, Facts, Identity, Policy, Scope, Template};
use serde_json::json;

use super::{
    evidence::{reaches, request},
    identities::{self, Read},
    noise,
};
use crate::{
    Scan,
    engine::{Subject, gaps},
    policy::{described, place, undecided},
};

/// What a rule finds in one policy: faults, and how bad they are.
type Found = Result<Vec<(Evidence, Option<Severity>)>, Unknown>;

/// Puts the account's managed policies to a question, and its principals' inline policies together.
pub(super) fn all(
    scan: Scan<'_>,
    question: impl Fn(&Policy, &Facts) -> Found,
) -> Vec<(Subject<'_>, Decision)> {
    let mut judged = managed(scan, |_, read, facts| decide(&[read], facts, &question));
    judged.extend(of_principals(scan, |reads, facts| decide(reads, facts, &question)));
    judged
}

/// Puts each managed policy of the account's own to a rule.
pub(super) fn managed<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a ManagedPolicy, Read, &Facts) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let identities = scan.identities();
    crate::engine::each(&scan.inventory.iam.policies, |policy| {
        decide(policy, identities.managed(policy.arn.as_str()), &identities.facts)
    })
}

/// Puts the inline policies of each principal that has some to a rule.
pub(super) fn of_principals<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&[Read], &Facts) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let (iam, identities) = (&scan.inventory.iam, scan.identities());
    let users = iam.users.found.iter().map(|user| user as &dyn Resource).zip(&identities.users);
    let groups = iam.groups.found.iter().map(|group| group as _).zip(&identities.groups);
    let roles = iam.roles.found.iter().zip(&identities.roles);
    let roles = roles
        .filter(|(role, _)| !noise::is_service_linked(role))
        .map(|(role, rights)| (role as &dyn Resource, rights));
    let mut judged: Vec<(Subject<'a>, Decision)> = users
        .chain(groups)
        .chain(roles)
        .filter(|(_, rights)| !rights.inline.is_empty())
        .map(|(own, rights)| (Subject::Resource(own), decide(&rights.inline, &identities.facts)))
        .collect();
    judged.extend(gaps(&iam.users));
    judged.extend(gaps(&iam.groups));
    judged.extend(gaps(&iam.roles));
    judged
}

/// All faults of several policies; what is not known of one counts if the others have none.
fn decide(reads: &[Read], facts: &Facts, question: &impl Fn(&Policy, &Facts) -> Found) -> Decision {
    let mut evidence = vec![];
    let mut severity = None;
    let mut open = None;
    for read in reads {
        match read.as_ref().map_err(Clone::clone).and_then(|policy| question(policy, facts)) {
            Ok(faults) => {
                for (fault, own) in faults {
                    evidence.push(fault);
                    severity = severity.max(own);
                }
            }
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    match (evidence.is_empty(), open) {
        (true, Some(unknown)) => Err(unknown),
        (true, None) => Ok(Verdict::Pass(vec![])),
        (false, _) => Ok(Verdict::Fail { evidence, severity }),
    }
}

/// A question with a yes or a no, as faults.
fn fault(answer: Answer, expected: &'static str) -> Found {
    match answer {
        Answer::Yes(witness) => {
            Ok(vec![(request::<PolicyDocument>(witness.as_deref(), expected), None)])
        }
        Answer::No(_) => Ok(vec![]),
        open => Err(undecided::<PolicyDocument>(open)),
    }
}

/// Everything on everything, or all of IAM, which comes to the same.
pub(super) fn admin(policy: &Policy, facts: &Facts) -> Found {
    let identity = Identity::new(vec![policy], facts);
    match identities::is_admin(&identity) {
        Answer::Yes(_) => {
            let granted = identity.can("iam:CreateUser", "*", &[], &Budget::default());
            let statements = granted.statements().iter().map(|statement| {
                let expected = "the actions and resources that are needed";
                let observed = described(policy, statement);
                (Evidence::of::<PolicyDocument>(place(statement), observed, expected), None)
            });
            let mut faults: Vec<_> = statements.collect();
            if faults.is_empty() {
                faults.push((request::<PolicyDocument>(None, "no administrator rights"), None));
            }
            Ok(faults)
        }
        Answer::No(_) => Ok(vec![]),
        open => Err(undecided::<PolicyDocument>(open)),
    }
}

/// Services of which everything is allowed on everything.
pub(super) fn whole_services(policy: &Policy, facts: &Facts) -> Found {
    /// With one of these a principal can give itself the rest, or blind those who watch.
    const RAISED: [&str; 6] = ["*", "cloudtrail", "iam", "kms", "organizations", "sts"];
    let (whole, open) = Identity::new(vec![policy], facts).whole_services(&Budget::default());
    if let (true, Some(why)) = (whole.is_empty(), open.into_iter().next()) {
        return Err(undecided::<PolicyDocument>(Answer::Unknown(vec![why])));
    }
    Ok(whole
        .iter()
        .map(|own| {
            let evidence = Evidence::of::<PolicyDocument>(
                super::evidence::places(&own.witness.statements),
                json!({ "service": own.service, "reaches": reaches(own.service) }),
                "the actions that are needed, on the resources that are",
            );
            (evidence, RAISED.contains(&own.service).then_some(Severity::High))
        })
        .collect())
}

/// Grants of all but what is listed.
pub(super) fn negated(policy: &Policy, _: &Facts) -> Found {
    let faults = policy.allows().filter_map(|statement| {
        let resources = statement.resources.as_ref();
        let field = match (&statement.actions, resources) {
            (Scope::NotIn(_), _) => "NotAction",
            (Scope::In(_), Some(Scope::NotIn(_))) => "NotResource",
            _ => return None,
        };
        let listed: Vec<&str> = match (&statement.actions, resources) {
            (Scope::NotIn(actions), _) => actions.iter().map(ActionPattern::text).collect(),
            (_, Some(resources)) => resources.values().iter().map(Template::text).collect(),
            _ => vec![],
        };
        let place = format!("{}.{field}", place(&statement.reference()));
        let expected = "Action and Resource, which name what is granted";
        Some((Evidence::of::<PolicyDocument>(place, listed, expected), None))
    });
    Ok(faults.collect())
}

/// Any role to any service.
pub(super) fn pass_role(policy: &Policy, facts: &Facts) -> Found {
    /// What matches both is meant for names of every kind.
    const ROLES: [&str; 2] = ["unnamed-by-awspect", "awspect-unnamed"];
    let context: [(&str, &[&str]); 1] =
        [("iam:passedtoservice", &["awspect.unnamed.amazonaws.com"])];
    let identity = Identity::new(vec![policy], facts);
    let mut found = vec![];
    for name in ROLES {
        let role = format!("arn:{}:iam::{}:role/{name}", facts.partition, facts.owner);
        let answer = identity.can("iam:PassRole", &role, &context, &Budget::default());
        found = fault(answer, "named roles, or iam:PassedToService")?;
        if found.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// Roles of whichever account.
pub(super) fn assume_role(policy: &Policy, facts: &Facts) -> Found {
    // An account that nobody has named: what matches it matches any.
    let identity = Identity::new(vec![policy], facts);
    fault(
        identity.can_anywhere("sts:AssumeRole", "role/*", &Budget::default()),
        "roles of named accounts",
    )
}

/// Contracts on the account's bill.
pub(super) fn subscribe(policy: &Policy, facts: &Facts) -> Found {
    let identity = Identity::new(vec![policy], facts);
    fault(
        identity.can("aws-marketplace:Subscribe", "*", &[], &Budget::default()),
        "aws-marketplace:Subscribe for those who buy",
    )
}

/// A managed policy of the account's own with administrator rights that somebody carries.
pub(super) fn attached_admin(scan: Scan<'_>, is_attached: bool) -> Vec<(Subject<'_>, Decision)> {
    managed(scan, |policy, read, facts| {
        let attachments = policy.attachments.ok_or_else(|| {
            Unknown::new(ManagedPolicy::ACTION, Reason::Malformed)
                .because("the answer has no `AttachmentCount`")
        })?;
        let count = Evidence::of::<ManagedPolicy>("AttachmentCount", attachments, "0");
        if (attachments > 0) != is_attached {
            return Ok(Verdict::Pass(vec![count]));
        }
        Ok(match decide(&[read], facts, &admin)? {
            Verdict::Fail { mut evidence, severity } => {
                evidence.push(count);
                Verdict::Fail { evidence, severity }
            }
            pass @ Verdict::Pass(_) => pass,
        })
    })
}

/// Inline policies with administrator rights.
pub(super) fn inline_admin(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    of_principals(scan, |reads, facts| decide(reads, facts, &admin))
}

/// Whether a listing of policies is worth a gap of its own.
pub(super) fn unattached(listed: &Listed<ManagedPolicy>) -> Vec<(Subject<'_>, Decision)> {
    crate::engine::each(listed, |policy| {
        let attachments = policy.attachments.zip(policy.boundary_uses.or(Some(0)));
        let Some((attachments, boundaries)) = attachments else {
            return Err(Unknown::new(ManagedPolicy::ACTION, Reason::Malformed)
                .because("the answer has no `AttachmentCount`"));
        };
        let observed = json!({ "AttachmentCount": attachments,
            "PermissionsBoundaryUsageCount": boundaries });
        let expected = "at least one of the two";
        Ok(Verdict::holds(
            attachments + boundaries > 0,
            Evidence::of::<ManagedPolicy>("Policies[]", observed, expected),
        ))
    })
}
