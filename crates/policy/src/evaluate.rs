//! What AWS does with one request (IAM User Guide, "Policy evaluation logic").
//!
//! This is the reference: plain enough to be read beside the pages, and every yes of the prover is replayed here.

use crate::clause::Clause;
use crate::names::AccountId;
use crate::policy::{Policy, Statement};
use crate::principal::{Caller, Principal, Principals};
use crate::request::Request;

/// The policies that bear on a request. An empty layer that is `None` does not exist; one that is there must allow.
#[derive(Clone, Debug, Default)]
pub struct Policies<'a> {
    /// The identity's own policies, whose grants add up. `None`: not looked at, taken to allow.
    pub identity: Option<Vec<&'a Policy>>,
    /// The permissions boundary.
    pub boundary: Option<&'a Policy>,
    /// The session policies given when the role was assumed.
    pub session: Option<Vec<&'a Policy>>,
    /// Service control policies: root, units, account; each level must allow, the policies of a level add up.
    pub scps: Vec<Vec<&'a Policy>>,
    /// Resource control policies, by level.
    pub rcps: Vec<Vec<&'a Policy>>,
    /// The resource's policy, with the account that owns the resource.
    pub resource: Option<(&'a Policy, AccountId)>,
    /// Whether nothing but the resource's policy can allow, as for roles' trust policies and KMS keys.
    pub resource_must_allow: bool,
}

/// The outcome for one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision<'a> {
    /// Allowed, by these statements.
    Allowed(Vec<&'a Statement>),
    /// Denied by these statements.
    ExplicitDeny(Vec<&'a Statement>),
    /// Denied since this layer does not allow.
    ImplicitDeny(&'static str),
}

impl Decision<'_> {
    /// Whether the request is allowed.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

impl<'a> Policies<'a> {
    /// Decides one request.
    pub fn decide(&self, request: &Request) -> Decision<'a> {
        let denies: Vec<_> = self
            .all(request)
            .flat_map(Policy::denies)
            .filter(|deny| applies(deny, request))
            .collect();
        if !denies.is_empty() {
            return Decision::ExplicitDeny(denies);
        }
        if !self.rcps.iter().all(|level| allows(level, request)) {
            return Decision::ImplicitDeny("resource control policy");
        }
        if !self.scps_of(request).iter().all(|level| allows(level, request)) {
            return Decision::ImplicitDeny("service control policy");
        }
        let granted = self.resource.map(|(policy, _)| granting(policy, request));
        let same_account =
            self.resource.is_none_or(|(_, owner)| request.caller.account() == Some(owner));
        if let Some(granted) = &granted
            && granted.is_empty()
            && (self.resource_must_allow || !same_account || self.identity.is_none())
        {
            return Decision::ImplicitDeny("resource policy");
        }
        let granted = granted.unwrap_or_default();
        let reach = if same_account { reach(&granted, &request.caller) } else { Reach::None };
        if reach >= Reach::Session {
            return Decision::Allowed(granted);
        }
        let mut by = granted;
        if reach < Reach::Identity
            && let Some(identity) = &self.identity
        {
            let own: Vec<_> =
                identity.iter().flat_map(|policy| granting(policy, request)).collect();
            if own.is_empty() {
                return Decision::ImplicitDeny("identity policy");
            }
            by.extend(own);
        }
        if self.boundary.is_some_and(|boundary| granting(boundary, request).is_empty()) {
            return Decision::ImplicitDeny("permissions boundary");
        }
        if self.session.as_ref().is_some_and(|session| !allows(session, request)) {
            return Decision::ImplicitDeny("session policy");
        }
        Decision::Allowed(by)
    }

    /// Service control policies bind neither service-linked roles nor callers that are in no account.
    fn scps_of(&self, request: &Request) -> &[Vec<&'a Policy>] {
        match &request.caller {
            Caller::Aws { arn, .. } if !arn.contains(":role/aws-service-role/") => &self.scps,
            _ => &[],
        }
    }

    fn all(&self, request: &Request) -> impl Iterator<Item = &'a Policy> {
        let scps = self.scps_of(request).iter().chain(&self.rcps).flatten().copied();
        let own = self.identity.iter().chain(&self.session).flatten().copied();
        let own = own.chain(self.boundary).chain(self.resource.map(|(policy, _)| policy));
        scps.chain(own)
    }
}

/// How far a resource policy's grant goes by itself within the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// It allows the account, which then decides.
    None,
    /// It replaces the identity policy: a role's ARN; boundary and session policy still limit.
    Identity,
    /// It wins over every implicit deny: a user, a session, or a caller without identity policies.
    Session,
}

fn reach(granted: &[&Statement], caller: &Caller) -> Reach {
    let Caller::Aws { arn, session, .. } = caller else {
        return if granted.is_empty() { Reach::None } else { Reach::Session };
    };
    let is_role = arn.contains(":role/");
    let named = granted.iter().filter_map(|statement| statement.principals.as_ref()).filter_map(
        |principals| {
            let Principals::Of(named) = principals else { return None };
            named
                .iter()
                .map(|principal| match principal {
                    Principal::Arn(own) if Some(own) == session.as_ref() => Reach::Session,
                    Principal::Arn(own) if own == arn && is_role => Reach::Identity,
                    Principal::Arn(own) if own == arn => Reach::Session,
                    Principal::Everyone if is_role => Reach::Identity,
                    Principal::Everyone => Reach::Session,
                    _ => Reach::None,
                })
                .max()
        },
    );
    named.max().unwrap_or(Reach::None)
}

fn allows(level: &[&Policy], request: &Request) -> bool {
    level.iter().any(|policy| !granting(policy, request).is_empty())
}

/// The statements of a policy that allow the request.
pub(crate) fn granting<'a>(policy: &'a Policy, request: &Request) -> Vec<&'a Statement> {
    policy.allows().filter(|statement| applies(statement, request)).collect()
}

/// Whether a statement speaks of the request. What this crate does not understand is read against the caller of this function:
/// a statement with such an element grants nothing, and denies all that the rest of it speaks of.
pub fn applies(statement: &Statement, request: &Request) -> bool {
    if statement.allows() && !statement.unsupported.is_empty() {
        return false;
    }
    let named = statement.principals.as_ref();
    named.is_none_or(|principals| principals.include(&request.caller, statement.allows()))
        && Clause::for_request(statement, &|key| request.single(key)).matches(request)
}
