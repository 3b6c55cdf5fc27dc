//! The nodes: users, and roles with those who may take them.

use std::collections::{BTreeMap, BTreeSet};

use awspect_inventory::Unknown;
use awspect_policy::{
    Answer, Budget, Escalation, Escalations, Gain, Policy, Principal, Principals, Witness,
};

use super::{
    super::{
        Identities, Rights,
        identities::{Read, is_admin},
        trust::services::everywhere,
    },
    Step, undecided,
};

/// A user, a role or a group.
pub(super) struct Node<'a> {
    pub(super) arn: &'a str,
    pub(super) rights: &'a Rights,
    /// The ways by which it can take others' rights, or all.
    pub(super) ways: Vec<Escalation>,
    /// Why there may be more of them.
    pub(super) open: Option<Unknown>,
    pub(super) admin: Result<bool, Unknown>,
    /// Of a role, who may take it.
    pub(super) trust: Option<Trust<'a>>,
    /// Whether it is a group, whose rights are its members'.
    pub(super) is_group: bool,
    /// Whether it can be taken at all, and be somebody's: nobody but AWS has a service-linked role.
    pub(super) counts: bool,
}

/// Who may take a role.
pub(super) struct Trust<'a> {
    pub(super) policy: &'a Read,
    /// The services that may take it, and whether that is certain.
    pub(super) services: BTreeMap<String, bool>,
    /// The principals that it names.
    pub(super) names: BTreeSet<&'a str>,
    /// The sessions that it names, by the name of the role that they are of.
    pub(super) sessions: BTreeMap<&'a str, Vec<&'a str>>,
    /// Whether it names everybody, so that nobody needs a policy of his own.
    pub(super) everybody: bool,
    /// Whether it lets the account itself decide.
    pub(super) account: bool,
}

impl<'a> Node<'a> {
    pub(super) fn new(arn: &'a str, rights: &'a Rights, all: &'a Identities, counts: bool) -> Self {
        let admin = if counts { rights.is_admin(&all.facts) } else { Ok(false) };
        // An administrator needs no way.
        let found = if counts && admin != Ok(true) {
            rights.identity(&all.facts).escalations(&Budget::default())
        } else {
            Escalations::default()
        };
        let freed = if counts && admin == Ok(false) { freed(arn, rights, all) } else { None };
        let ways = found.found.into_iter().chain(freed).collect();
        let open = found.open.into_iter().next();
        let open = open.map(|(path, why)| undecided(format!("{path}: {why}")));
        Self { arn, rights, ways, open, admin, trust: None, is_group: false, counts }
    }

    /// Whether one of its ways is of the kind.
    pub(super) fn has(&self, wanted: impl Fn(Gain) -> bool) -> bool {
        self.ways.iter().any(|way| wanted(way.gain))
    }

    /// A step of its own.
    pub(super) fn step(
        &self,
        to: Option<&str>,
        path: &'static str,
        requests: Vec<Witness>,
    ) -> Step {
        Step { from: self.arn.to_owned(), to: to.map(str::to_owned), path, requests }
    }
}

/// How a principal that only its boundary keeps from being an administrator gets rid of it, if it can.
fn freed(arn: &str, rights: &Rights, all: &Identities) -> Option<Escalation> {
    const WAYS: [(&str, &str, &str); 4] = [
        (":user/", "delete-user-boundary", "iam:DeleteUserPermissionsBoundary"),
        (":user/", "put-user-boundary", "iam:PutUserPermissionsBoundary"),
        (":role/", "delete-role-boundary", "iam:DeleteRolePermissionsBoundary"),
        (":role/", "put-role-boundary", "iam:PutRolePermissionsBoundary"),
    ];
    let unbound = rights.unbound(&all.facts)?;
    let identity = rights.identity(&all.facts);
    let wide = format!("arn:{}:iam::aws:policy/AdministratorAccess", all.facts.partition);
    let (path, step) = WAYS.iter().find_map(|(kind, path, action)| {
        let replaced = [("iam:permissionsboundary", &[wide.as_str()][..])];
        let context = if action.starts_with("iam:Put") { &replaced[..] } else { &[] };
        let answer =
            arn.contains(kind).then(|| identity.can(action, arn, context, &Budget::default()))?;
        Some((*path, answer.witness()?.clone()))
    })?;
    is_admin(&unbound).is_yes().then(|| Escalation {
        path,
        gain: Gain::Everything,
        steps: vec![step],
        depends_on: BTreeSet::new(),
    })
}

impl<'a> Trust<'a> {
    pub(super) fn of(policy: &'a Read, all: &'a Identities) -> Self {
        let mut trust = Self {
            policy,
            services: BTreeMap::new(),
            names: BTreeSet::new(),
            sessions: BTreeMap::new(),
            everybody: false,
            account: false,
        };
        let Ok(document) = policy else {
            // Anybody may be in what could not be read.
            trust.account = true;
            return trust;
        };
        trust.account = is_negated(document);
        for principal in document.admitted() {
            match principal {
                Principal::Everyone => (trust.everybody, trust.account) = (true, true),
                Principal::Account(account) => trust.account |= *account == all.facts.owner,
                Principal::Arn(arn) => {
                    trust.names.insert(arn);
                    if let Some(role) = session_of(arn, all) {
                        trust.sessions.entry(role).or_default().push(arn);
                    }
                }
                Principal::Service(service) => {
                    let certain =
                        match document.admits_service(service, &all.facts, &Budget::default()) {
                            Answer::Yes(_) => true,
                            Answer::No(_) => continue,
                            _ => false,
                        };
                    *trust.services.entry(everywhere(service)).or_default() |= certain;
                }
                Principal::Federated(_) | Principal::Canonical(_) | Principal::Deleted(_) => {}
            }
        }
        trust
    }
}

/// The name of the role that a session of the account's own is of.
fn session_of<'a>(arn: &'a str, all: &Identities) -> Option<&'a str> {
    let (head, session) = arn.split_once(":assumed-role/")?;
    let (role, _) = session.split_once('/')?;
    head.ends_with(&format!(":{}", all.facts.owner)).then_some(role)
}

fn is_negated(document: &Policy) -> bool {
    document.allows().any(|statement| matches!(statement.principals, Some(Principals::Not(_))))
}
