//! What each user, group and role may do: its policies read once, and judged together.

use std::{cell::OnceCell, collections::BTreeMap, sync::Arc};

use awspect_inventory::{
    Arn, Fact as _, Observed, Reason, Unknown,
    iam::{
        AttachedPolicy, Group, InlinePolicy, ManagedPolicy, PolicyDocument, Role, TrustPolicy, User,
    },
};
use awspect_policy::{Action, Answer, Budget, Facts, Identity, Policy};

use super::noise::is_service_linked;
use crate::{Scan, policy};

/// A policy, or why nobody knows what it says.
pub(crate) type Read = Result<Arc<Policy>, Unknown>;

/// The account's users, groups and roles with their policies.
#[derive(Debug)]
pub(crate) struct Identities {
    /// What the policy core wants to know beside the policies.
    pub(crate) facts: Facts,
    /// Managed policies by ARN.
    managed: BTreeMap<String, Read>,
    /// In the order of the inventory.
    pub(crate) users: Vec<Rights>,
    pub(crate) groups: Vec<Rights>,
    pub(crate) roles: Vec<Rights>,
    /// The roles' trust policies, in the same order.
    pub(crate) trusts: Vec<Read>,
    /// What stands for a managed policy that no listing gave.
    unlisted: Unknown,
}

/// The policies that bear on one principal.
#[derive(Debug)]
pub(crate) struct Rights {
    arn: String,
    /// Its own inline policies.
    pub(crate) inline: Vec<Read>,
    /// Inline and attached policies, its own and its groups'.
    policies: Vec<Arc<Policy>>,
    /// The permissions boundary, where there is one.
    boundary: Option<Read>,
    /// Of its policies those that nobody could read.
    missing: Vec<Unknown>,
    admin: OnceCell<Result<bool, Unknown>>,
}

impl Identities {
    pub(crate) fn read(scan: Scan<'_>) -> Self {
        let iam = &scan.inventory.iam;
        let own = iam.policies.found.iter().map(|it| (&it.arn, &it.name, &it.document));
        let aws = iam.aws_policies.found.iter().map(|it| (&it.arn, &it.name, &it.document));
        let managed = own
            .chain(aws)
            .map(|(arn, name, document)| (arn.to_string(), read(name, document)))
            .collect();
        let gaps = iam.policies.gaps.iter().chain(&iam.aws_policies.gaps);
        let unlisted = gaps.map(|gap| gap.unknown.clone()).next().unwrap_or_else(|| {
            Unknown::new(ManagedPolicy::ACTION, Reason::Malformed)
                .because("an attached policy is in no listing")
        });
        let mut all = Self {
            facts: policy::facts(scan),
            managed,
            users: vec![],
            groups: vec![],
            roles: vec![],
            trusts: iam.roles.found.iter().map(trust).collect(),
            unlisted,
        };
        all.groups = iam.groups.found.iter().map(|group| all.group(group)).collect();
        let groups: BTreeMap<&str, &Rights> =
            iam.groups.found.iter().map(|group| group.name.as_str()).zip(&all.groups).collect();
        let unseen = iam.groups.gaps.first().map_or_else(
            || {
                Unknown::new(Group::ACTION, Reason::Malformed)
                    .because("a user's group is in no listing")
            },
            |gap| gap.unknown.clone(),
        );
        let users = iam.users.found.iter().map(|user| all.user(user, &groups, &unseen)).collect();
        all.users = users;
        all.roles = iam.roles.found.iter().map(|role| all.role(role)).collect();
        all
    }

    /// What a managed policy says.
    pub(crate) fn managed(&self, arn: &str) -> Read {
        self.managed.get(arn).cloned().unwrap_or_else(|| Err(self.unlisted.clone()))
    }

    fn group(&self, group: &Group) -> Rights {
        let inline = inline(&format!("{}.GroupPolicyList", group.name), &group.inline);
        self.rights(group.arn.as_str(), inline, &group.attached, None)
    }

    fn user(&self, user: &User, groups: &BTreeMap<&str, &Rights>, unseen: &Unknown) -> Rights {
        let inline = inline("UserPolicyList", &user.inline);
        let boundary = user.boundary.as_ref().map(|arn| self.managed(arn.as_str()));
        let mut rights = self.rights(user.arn.as_str(), inline, &user.attached, boundary);
        for group in &user.groups {
            if let Some(group) = groups.get(group.as_str()) {
                rights.policies.extend(group.policies.iter().cloned());
                rights.missing.extend(group.missing.iter().cloned());
            } else {
                rights.missing.push(unseen.clone());
            }
        }
        rights
    }

    fn role(&self, role: &Role) -> Rights {
        let inline = inline("RolePolicyList", &role.inline);
        let boundary = role.boundary.as_ref().map(|arn| self.managed(arn.as_str()));
        self.rights(role.arn.as_str(), inline, &role.attached, boundary)
    }

    fn rights(
        &self,
        arn: &str,
        inline: Vec<Read>,
        attached: &[AttachedPolicy],
        boundary: Option<Read>,
    ) -> Rights {
        let managed = attached.iter().map(|attached| self.managed(attached.arn.as_str()));
        let mut rights = Rights {
            arn: arn.to_owned(),
            inline,
            policies: vec![],
            boundary,
            missing: vec![],
            admin: OnceCell::new(),
        };
        for policy in rights.inline.iter().cloned().chain(managed) {
            match policy {
                Ok(policy) => rights.policies.push(policy),
                Err(unknown) => rights.missing.push(unknown),
            }
        }
        rights
    }
}

fn trust(role: &Role) -> Read {
    let malformed = |why: String| Unknown::new(TrustPolicy::ACTION, Reason::Malformed).because(why);
    match role.trust.known()? {
        Some(TrustPolicy(text)) => Policy::parse(text)
            .map(|policy| Arc::new(policy.named("AssumeRolePolicyDocument")))
            .map_err(|error| malformed(format!("the trust policy: {error}"))),
        None => Err(malformed("the role has no trust policy".to_owned())),
    }
}

/// A principal's inline policies, each by the list that it stands in.
fn inline(list: &str, policies: &[InlinePolicy]) -> Vec<Read> {
    policies
        .iter()
        .map(|policy| read(&format!("{list}[{}]", policy.name), &policy.document))
        .collect()
}

fn read(name: &str, document: &Observed<PolicyDocument>) -> Read {
    let malformed =
        |why: String| Unknown::new(PolicyDocument::ACTION, Reason::Malformed).because(why);
    match document.known()? {
        Some(PolicyDocument(text)) => match Policy::parse(text) {
            Ok(policy) => Ok(Arc::new(policy.named(name))),
            Err(error) => Err(malformed(format!("{name}: {error}"))),
        },
        None => Err(malformed(format!("{name} has no document"))),
    }
}

impl Rights {
    /// The policies that are known, as the core takes them.
    pub(crate) fn identity<'a>(&'a self, facts: &'a Facts) -> Identity<'a> {
        Identity {
            boundary: self.boundary.as_ref().and_then(|read| read.as_deref().ok()),
            arn: Some(&self.arn),
            ..Identity::new(self.policies.iter().map(AsRef::as_ref).collect(), facts)
        }
    }

    /// The same without the boundary, where there is one that could be read.
    pub(crate) fn unbound<'a>(&'a self, facts: &'a Facts) -> Option<Identity<'a>> {
        let identity = self.identity(facts);
        identity.boundary.map(|_| Identity { boundary: None, ..identity })
    }

    /// What nobody could read of the policies that bear on the principal, the boundary among them.
    pub(crate) fn unread(&self) -> Option<&Unknown> {
        let boundary = self.boundary.as_ref().and_then(|read| read.as_ref().err());
        self.missing.first().or(boundary)
    }

    /// Whether the principal holds administrator rights: everything, or all of IAM, with which it can give itself everything.
    ///
    /// Service control policies and session policies are out of sight.
    pub(crate) fn is_admin(&self, facts: &Facts) -> Result<bool, Unknown> {
        self.admin.get_or_init(|| self.ask(facts, is_admin)).clone()
    }

    /// Puts a question to all that is known; a yes stands only if nothing unread could take it away, a no only if nothing unread
    /// could add to it.
    pub(crate) fn ask(
        &self,
        facts: &Facts,
        question: impl Fn(&Identity<'_>) -> Answer,
    ) -> Result<bool, Unknown> {
        // What the boundary does not allow, no policy that nobody could read can add.
        if let (false, Some(Ok(boundary))) = (self.missing.is_empty(), &self.boundary) {
            let only = Identity { arn: Some(&self.arn), ..Identity::new(vec![boundary], facts) };
            if question(&only).is_no() {
                return Ok(false);
            }
        }
        let answer = question(&self.identity(facts));
        match (answer, self.missing.first(), self.unread()) {
            (_, Some(unknown), _) | (Answer::Yes(_), None, Some(unknown)) => Err(unknown.clone()),
            (Answer::Yes(_), None, None) => Ok(true),
            (Answer::No(_), None, _) => Ok(false),
            (open, None, _) => Err(policy::undecided::<PolicyDocument>(open)),
        }
    }
}

/// Users and roles with what they may do, service-linked roles apart, which nobody but AWS takes.
pub(crate) fn principals(scan: Scan<'_>) -> impl Iterator<Item = (&Arn, &Rights)> {
    let (iam, identities) = (&scan.inventory.iam, scan.identities());
    let users = iam.users.found.iter().map(|user| &user.arn).zip(&identities.users);
    let roles = iam.roles.found.iter().zip(&identities.roles);
    let roles = roles.filter(|(role, _)| !is_service_linked(role));
    users.chain(roles.map(|(role, rights)| (&role.arn, rights)))
}

/// What a session adds to the policies of its role.
#[derive(Clone, Default)]
pub(crate) struct Session<'a> {
    /// The policies that limit it, where there are any.
    pub(crate) policies: Option<Vec<&'a Policy>>,
    /// Keys that its requests carry, each with its value.
    pub(crate) carries: Vec<(&'a str, &'a str)>,
}

impl<'a> Session<'a> {
    /// The identity within the session.
    pub(crate) fn narrows(&self, identity: Identity<'a>) -> Identity<'a> {
        Identity { session: self.policies.clone(), carries: self.carries.clone(), ..identity }
    }
}

impl Rights {
    /// The actions of those that matter which a session of the principal may take: an error if what nobody could read, or decide,
    /// could change whether there are any.
    pub(crate) fn granted(
        &self,
        facts: &Facts,
        session: &Session<'_>,
        matters: impl Fn(Action) -> bool,
    ) -> Result<Vec<Action>, Unknown> {
        let ask = |identity: Identity<'_>| {
            let (mut granted, open) = session.narrows(identity).granted_actions(&Budget::default());
            granted.retain(|action| matters(*action));
            (granted, open.into_iter().find(|action| matters(*action)))
        };
        let may_nothing = |identity| matches!(ask(identity), (granted, None) if granted.is_empty());
        if let Some(unread) = self.unread() {
            // What the boundary does not allow, no policy that nobody could read can add; what the policies do not allow, no boundary.
            let known = match (self.missing.is_empty(), &self.boundary) {
                (false, Some(Ok(boundary))) => {
                    Identity { arn: Some(&self.arn), ..Identity::new(vec![boundary], facts) }
                }
                (false, _) => return Err(unread.clone()),
                (true, _) => self.identity(facts),
            };
            return if may_nothing(known) { Ok(vec![]) } else { Err(unread.clone()) };
        }
        match ask(self.identity(facts)) {
            (granted, Some(action)) if granted.is_empty() => {
                Err(Unknown::new(PolicyDocument::ACTION, Reason::Undecided)
                    .because(format!("whether {action} is allowed")))
            }
            (granted, _) => Ok(granted),
        }
    }
}

/// Everything, or all of IAM.
pub(super) fn is_admin(identity: &Identity<'_>) -> Answer {
    // The cheap refusal first: hardly anybody is one.
    if !identity.speaks_of("iam:CreateUser") {
        return Answer::No(None);
    }
    let budget = Budget::default();
    match identity.grants_service("iam", &budget) {
        Answer::No(_) => Answer::No(None),
        iam => iam,
    }
}
