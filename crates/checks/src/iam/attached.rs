//! What hangs on whom: AWS's managed policies, inline policies, groups.

use std::collections::BTreeSet;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Observed, Unknown,
    iam::{
        AttachedPolicy, Group, InlinePolicy, LastAccessed, PolicyDocument, Role, ServiceUse, User,
    },
};
use awspect_policy::{Budget, Identity};
use serde_json::{Value, json};

use super::{Rights, deprecated, noise};
use crate::{
    Scan,
    engine::{Subject, gaps},
};

/// A user, group or role, as far as these rules tell them apart.
#[derive(Clone, Copy)]
pub(super) struct Holder<'a> {
    pub(super) inline: &'a [InlinePolicy],
    pub(super) attached: &'a [AttachedPolicy],
    pub(super) boundary: bool,
    pub(super) rights: &'a Rights,
    pub(super) used: &'a Observed<LastAccessed>,
    /// Of a role.
    pub(super) role: Option<&'a Role>,
    /// Of a user.
    pub(super) user: Option<&'a User>,
}

/// Puts each user, group and role to a rule, service-linked roles apart, which nobody can change.
pub(super) fn holders<'a>(
    scan: Scan<'a>,
    decide: impl Fn(Holder<'a>) -> Option<Decision>,
) -> Vec<(Subject<'a>, Decision)> {
    let (iam, identities) = (&scan.inventory.iam, scan.identities());
    let users = iam.users.found.iter().zip(&identities.users).map(|(user, rights)| {
        let User { inline, attached, boundary, last_accessed: used, .. } = user;
        let boundary = boundary.is_some();
        let user_of = Some(user);
        let holder = Holder { inline, attached, boundary, rights, used, role: None, user: user_of };
        (Subject::Resource(user), holder)
    });
    let groups = iam.groups.found.iter().zip(&identities.groups).map(|(group, rights)| {
        let Group { inline, attached, last_accessed: used, .. } = group;
        let holder =
            Holder { inline, attached, boundary: false, rights, used, role: None, user: None };
        (Subject::Resource(group), holder)
    });
    let roles = iam.roles.found.iter().zip(&identities.roles).map(|(role, rights)| {
        let Role { inline, attached, boundary, last_accessed: used, .. } = role;
        let boundary = boundary.is_some();
        let role_of = Some(role);
        let holder = Holder { inline, attached, boundary, rights, used, role: role_of, user: None };
        (Subject::Resource(role), holder)
    });
    let all = users.chain(groups).chain(roles);
    let judged = all
        .filter(|(_, holder)| !holder.role.is_some_and(noise::is_service_linked))
        .filter_map(|(subject, holder)| Some((subject, decide(holder)?)));
    judged.chain(gaps(&iam.users)).chain(gaps(&iam.groups)).chain(gaps(&iam.roles)).collect()
}

impl<'a> Holder<'a> {
    /// AWS's managed policies that it carries.
    fn of_aws(self) -> impl Iterator<Item = &'a AttachedPolicy> {
        self.attached.iter().filter(|policy| is_of_aws(policy))
    }

    /// Where the attached policies of such a principal stand in AWS's answer.
    fn list(self) -> &'static str {
        match (self.user, self.role) {
            (Some(_), _) => "UserDetailList[].AttachedManagedPolicies",
            (_, Some(_)) => "RoleDetailList[].AttachedManagedPolicies",
            _ => "GroupDetailList[].AttachedManagedPolicies",
        }
    }
}

/// The ARN of an AWS managed policy has `aws` where others have an account; a name proves nothing.
fn is_of_aws(policy: &AttachedPolicy) -> bool {
    policy.arn.service() == "iam"
        && policy.arn.as_str().split(':').nth(4) == Some("aws")
        && policy.arn.resource().starts_with("policy/")
}

/// AWS's `AdministratorAccess` hangs on nobody.
pub(super) fn administrator(scan: Scan<'_>, holder: Holder<'_>) -> Decision {
    let Some(policy) =
        holder.of_aws().find(|policy| policy.arn.resource() == "policy/AdministratorAccess")
    else {
        return Ok(Verdict::Pass(vec![]));
    };
    let mut evidence = vec![Evidence::of::<PolicyDocument>(
        holder.list(),
        policy.arn.as_str(),
        "policies with the rights that are needed",
    )];
    if holder.boundary && !holder.rights.is_admin(&scan.identities().facts)? {
        evidence.push(Evidence::of::<PolicyDocument>(
            "PermissionsBoundary",
            "takes the administrator rights away again",
            "a boundary that limits",
        ));
        return Ok(Verdict::Pass(evidence));
    }
    evidence.extend(used(holder.used));
    Ok(Verdict::Fail { evidence, severity: holder.role.and_then(noise::severity) })
}

/// What the principal really used, where that was asked.
fn used(last_accessed: &Observed<LastAccessed>) -> Option<Evidence> {
    let LastAccessed(services) = last_accessed.set()?;
    let (used, unused): (Vec<&ServiceUse>, Vec<_>) =
        services.iter().partition(|service| service.last_used.is_some());
    let names = |services: Vec<&ServiceUse>| -> Vec<String> {
        services.into_iter().map(|own| own.service.clone()).collect()
    };
    let unused = unused.len();
    let expected = "a policy for the services that are used, and no others";
    let observed = json!({ "used": names(used), "never used": unused });
    Some(Evidence::of::<LastAccessed>("ServicesLastAccessed", observed, expected))
}

/// AWS's managed policies with whole services in them hang on nobody who works.
pub(super) fn broad(scan: Scan<'_>, holder: Holder<'_>) -> Option<Decision> {
    // A group is judged by its members, and what people sign in to by those who keep its permission set.
    if holder.user.is_none() && holder.role.is_none_or(|role| noise::severity(role).is_some()) {
        return None;
    }
    Some(carried(scan, holder).and_then(|carried| {
        let mut evidence = vec![];
        let mut severity = None;
        let mut open = None;
        for (policy, via) in carried {
            match whole(scan, policy) {
                Ok(services) if services.is_empty() => {}
                Ok(services) => {
                    if services.iter().any(|own| ["*", "iam", "organizations"].contains(own)) {
                        severity = Some(Severity::High);
                    }
                    evidence.push(Evidence::of::<PolicyDocument>(
                        via,
                        json!({ "policy": policy.arn.as_str(), "whole services": services,
                            "narrower": narrower(&policy.name) }),
                        "policies with the rights that are needed",
                    ));
                }
                Err(unknown) => {
                    open.get_or_insert(unknown);
                }
            }
        }
        match (evidence.is_empty(), open) {
            (true, Some(unknown)) => Err(unknown),
            (true, None) => Ok(Verdict::Pass(vec![])),
            (false, _) => {
                evidence.extend(used(holder.used));
                Ok(Verdict::Fail { evidence, severity })
            }
        }
    }))
}

/// AWS's managed policies that a user or role carries, `AdministratorAccess` apart, and where they hang.
fn carried<'a>(
    scan: Scan<'a>,
    holder: Holder<'a>,
) -> Result<Vec<(&'a AttachedPolicy, String)>, Unknown> {
    let own = holder.of_aws().map(|policy| (policy, holder.list().to_owned()));
    let mut carried: Vec<_> = own.collect();
    let groups = &scan.inventory.iam.groups;
    for name in holder.user.iter().flat_map(|user| &user.groups) {
        let Some(group) = groups.found.iter().find(|group| group.name == *name) else {
            let gap = groups.gaps.first().map(|gap| gap.unknown.clone());
            return Err(gap.or_else(|| holder.rights.unread().cloned()).unwrap_or_else(|| {
                use awspect_inventory::{Fact as _, Reason};
                Unknown::new(Group::ACTION, Reason::Malformed)
            }));
        };
        let of_aws = group.attached.iter().filter(|policy| is_of_aws(policy));
        carried
            .extend(of_aws.map(|policy| {
                (policy, format!("GroupDetailList[{name}].AttachedManagedPolicies"))
            }));
    }
    carried.retain(|(policy, _)| policy.arn.resource() != "policy/AdministratorAccess");
    Ok(carried)
}

/// The services that a managed policy grants as a whole; what it grants of all but a few is `*`.
fn whole(scan: Scan<'_>, policy: &AttachedPolicy) -> Result<Vec<&'static str>, Unknown> {
    let identities = scan.identities();
    let document = identities.managed(policy.arn.as_str())?;
    if document.allows().any(|statement| statement.actions.is_negated()) {
        return Ok(vec!["*"]);
    }
    let identity = Identity::new(vec![&document], &identities.facts);
    let (whole, open) = identity.whole_services(&Budget::default());
    let named_so = policy.name.ends_with("FullAccess");
    match (whole.is_empty(), open.into_iter().next()) {
        (true, Some(why)) => {
            Err(crate::policy::undecided::<PolicyDocument>(awspect_policy::Answer::Unknown(vec![
                why,
            ])))
        }
        // Some of AWS's own services are granted by lists of all their actions.
        (true, None) if named_so => Ok(vec!["all that the name says"]),
        // Whoever talks to AWS Support talks about everything, and changes nothing.
        _ => Ok(whole.into_iter().map(|own| own.service).filter(|own| *own != "support").collect()),
    }
}

/// A policy of AWS's that grants less of the same.
fn narrower(name: &str) -> Value {
    const SIBLINGS: [(&str, &str); 12] = [
        ("AmazonDynamoDBFullAccess", "AmazonDynamoDBReadOnlyAccess"),
        ("AmazonEC2FullAccess", "AmazonEC2ReadOnlyAccess"),
        ("AmazonRDSFullAccess", "AmazonRDSReadOnlyAccess"),
        ("AmazonS3FullAccess", "AmazonS3ReadOnlyAccess"),
        ("AmazonSNSFullAccess", "AmazonSNSReadOnlyAccess"),
        ("AmazonSQSFullAccess", "AmazonSQSReadOnlyAccess"),
        ("AmazonVPCFullAccess", "AmazonVPCReadOnlyAccess"),
        ("AWSLambda_FullAccess", "AWSLambda_ReadOnlyAccess"),
        ("CloudFrontFullAccess", "CloudFrontReadOnlyAccess"),
        ("CloudWatchFullAccess", "CloudWatchReadOnlyAccess"),
        ("IAMFullAccess", "IAMReadOnlyAccess"),
        ("PowerUserAccess", "ReadOnlyAccess"),
    ];
    SIBLINGS.iter().find(|(full, _)| *full == name).map_or(Value::Null, |(_, less)| json!(less))
}

/// AWS's managed policies that AWS has replaced, or that give away more than their name says, hang on nobody.
pub(super) fn out_of_date(holder: Holder<'_>) -> Decision {
    let faults = holder.of_aws().filter_map(|policy| {
        let name = policy.arn.resource().rsplit('/').next().unwrap_or_default();
        let (_, instead) = deprecated::POLICIES.iter().find(|(old, _)| *old == name)?;
        Some(Evidence::of::<PolicyDocument>(holder.list(), policy.arn.as_str(), *instead))
    });
    Ok(Verdict::faults(faults.collect()))
}

/// A user gets its rights from groups.
pub(super) fn direct(user: &User) -> Decision {
    let names = |policies: &[AttachedPolicy]| -> Vec<String> {
        policies.iter().map(|policy| policy.name.clone()).collect()
    };
    let expected = "none: groups carry the policies";
    let mut faults = vec![];
    if !user.attached.is_empty() {
        let attached = names(&user.attached);
        faults.push(Evidence::of::<User>("AttachedManagedPolicies", attached, expected));
    }
    if !user.inline.is_empty() {
        let inline: Vec<&str> = user.inline.iter().map(|policy| policy.name.as_str()).collect();
        faults.push(Evidence::of::<User>("UserPolicyList", inline, expected));
    }
    Ok(Verdict::faults(faults))
}

/// Groups and roles share managed policies instead of having some to themselves.
pub(super) fn inline(holder: Holder<'_>) -> Option<Decision> {
    if holder.user.is_some() {
        return None;
    }
    let names: Vec<&str> = holder.inline.iter().map(|policy| policy.name.as_str()).collect();
    let field = if holder.role.is_some() { "RolePolicyList" } else { "GroupPolicyList" };
    let is_empty = names.is_empty();
    let evidence = Evidence::of::<PolicyDocument>(field, names, "none");
    Some(Ok(Verdict::holds(is_empty, evidence)))
}

/// A group has members.
pub(super) fn members(scan: Scan<'_>, group: &Group) -> Decision {
    let users = &scan.inventory.iam.users;
    let members: BTreeSet<&str> = users
        .found
        .iter()
        .filter(|user| user.groups.contains(&group.name))
        .map(|user| user.name.as_str())
        .collect();
    if let (true, Some(gap)) = (members.is_empty(), users.gaps.first()) {
        return Err(gap.unknown.clone());
    }
    let evidence =
        Evidence::of::<User>("UserDetailList[].GroupList", members.len(), "at least one member");
    Ok(Verdict::holds(!members.is_empty(), evidence))
}
