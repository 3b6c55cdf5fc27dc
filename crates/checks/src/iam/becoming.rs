//! Who can become an administrator: a graph whose edges are "can take the rights of", searched backwards from the administrators, so
//! that each principal's way is a shortest one.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use awspect_inventory::{Fact as _, Reason, Unknown, iam::PolicyDocument};
use awspect_policy::{Answer, Budget, Escalation, Gain, Identity, Policy, Principal, Witness};

use super::{Identities, Rights, identities::Read, noise::is_service_linked};
use crate::{Scan, policy};

/// How far each user and role gets, in the order of the inventory.
#[derive(Debug)]
pub(crate) struct Becoming {
    pub(crate) users: Vec<Reach>,
    pub(crate) roles: Vec<Reach>,
}

/// How far a principal gets.
#[derive(Clone, Debug)]
pub(crate) enum Reach {
    /// It is an administrator.
    Admin,
    /// It can become one, by these steps.
    Steps(Vec<Step>),
    /// It can take the rights of whomever it likes, and nobody has more today.
    Holds(Vec<Escalation>),
    /// It cannot.
    Never,
    /// A fact is missing that decides.
    Unknown(Unknown),
}

/// One step on the way.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Who takes it.
    pub(crate) from: String,
    /// Whose rights it gives; nothing where it gives all.
    pub(crate) to: Option<String>,
    /// The name of the way.
    pub(crate) path: &'static str,
    /// The requests that it takes.
    pub(crate) requests: Vec<Witness>,
}

impl Becoming {
    pub(crate) fn of(scan: Scan<'_>) -> Self {
        let graph = Graph::new(scan);
        let mut reached = graph.search();
        let roles = reached.split_off(scan.inventory.iam.users.found.len());
        Self { users: reached, roles }
    }
}

/// A user or a role.
struct Node<'a> {
    arn: &'a str,
    rights: &'a Rights,
    /// The ways by which it can take others' rights, or all.
    ways: Vec<Escalation>,
    /// Why there may be more of them.
    open: Option<Unknown>,
    admin: Result<bool, Unknown>,
    /// Of a role, who may take it.
    trust: Option<Trust<'a>>,
    /// Whether it can be taken at all, and be somebody's: nobody but AWS has a service-linked role.
    counts: bool,
}

impl Node<'_> {
    fn start(&self) -> State {
        match &self.admin {
            Ok(true) if self.counts => State::Admin,
            _ => State::Open,
        }
    }
}

struct Trust<'a> {
    policy: &'a Read,
    /// The services that may take it, and whether that is certain.
    services: BTreeMap<String, bool>,
    /// The principals that it names.
    names: BTreeSet<&'a str>,
    /// Whether it lets the account itself decide.
    account: bool,
}

struct Graph<'a> {
    identities: &'a Identities,
    nodes: Vec<Node<'a>>,
    /// Those that have some permission to assume roles.
    assumers: Vec<usize>,
    by_arn: BTreeMap<&'a str, usize>,
    /// By the service that takes the role.
    takers: BTreeMap<&'static str, Vec<usize>>,
    /// Those that can make credentials for users.
    impostors: Vec<usize>,
    /// The roles that functions and instances run with.
    workloads: BTreeMap<&'a str, &'a str>,
    /// Users and roles that nobody could list.
    unseen: [Option<&'a Unknown>; 2],
}

/// What is known of a node so far.
#[derive(Clone)]
enum State {
    Open,
    Admin,
    /// The step that leads on, and whose rights it gives.
    Next(Step, Option<usize>),
    Doubt(Unknown),
}

impl<'a> Graph<'a> {
    fn new(scan: Scan<'a>) -> Self {
        let identities = scan.identities();
        let iam = &scan.inventory.iam;
        let users = iam.users.found.iter().zip(&identities.users);
        let mut nodes: Vec<Node<'a>> =
            users.map(|(user, rights)| node(user.arn.as_str(), rights, identities, true)).collect();
        let roles = iam.roles.found.iter().zip(&identities.roles).zip(&identities.trusts);
        nodes.extend(roles.map(|((role, rights), trust)| Node {
            trust: Some(Trust::of(trust, identities)),
            ..node(role.arn.as_str(), rights, identities, !is_service_linked(role))
        }));
        let mut graph = Self {
            identities,
            assumers: vec![],
            by_arn: nodes.iter().enumerate().map(|(index, node)| (node.arn, index)).collect(),
            takers: BTreeMap::new(),
            impostors: vec![],
            workloads: workloads(scan),
            unseen: [
                iam.users.gaps.first().map(|gap| &gap.unknown),
                iam.roles.gaps.first().map(|gap| &gap.unknown),
            ],
            nodes,
        };
        graph.index();
        graph
    }

    fn index(&mut self) {
        for (index, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.counts) {
            if node.rights.identity(&self.identities.facts).speaks_of("sts:AssumeRole") {
                self.assumers.push(index);
            }
            let mut services = BTreeSet::new();
            for way in &node.ways {
                match way.gain {
                    Gain::Passed(own) | Gain::Running(own) => services.extend(own.iter().copied()),
                    Gain::User => self.impostors.push(index),
                    Gain::Everything | Gain::Assumed => {}
                }
            }
            for service in services {
                self.takers.entry(service).or_default().push(index);
            }
        }
        self.impostors.dedup();
    }

    fn search(&self) -> Vec<Reach> {
        let mut states: Vec<State> = self.nodes.iter().map(Node::start).collect();
        let admins = |state: &State| matches!(state, State::Admin);
        let mut frontier: Vec<usize> = indices(&states, admins);
        // Those that write the policies themselves are one step away, like those that take an administrator's rights.
        let mut next = self.writers(&mut states);
        while !(frontier.is_empty() && next.is_empty()) {
            for target in std::mem::replace(&mut frontier, next) {
                frontier.extend(self.spread(target, &mut states, true));
            }
            next = vec![];
        }
        self.doubts(&mut states);
        (0..self.nodes.len()).map(|index| self.reach(index, &states)).collect()
    }

    fn writers(&self, states: &mut [State]) -> Vec<usize> {
        let mut reached = vec![];
        for (index, (node, state)) in self.nodes.iter().zip(states).enumerate() {
            let way = node.ways.iter().find(|way| way.gain == Gain::Everything);
            if let (State::Open, Some(way), None) = (&*state, way, node.rights.unread()) {
                *state = State::Next(step(node, None, way.path, way.steps.clone()), None);
                reached.push(index);
            }
        }
        reached
    }

    /// Everybody who can take the target's rights and got nowhere yet. What cannot be decided is left in doubt.
    fn spread(&self, target: usize, states: &mut [State], certain: bool) -> Vec<usize> {
        let mut reached = vec![];
        for index in self.candidates(target) {
            let (Some(node), Some(goal)) = (self.nodes.get(index), self.nodes.get(target)) else {
                continue;
            };
            let Some(state) = states.get_mut(index) else { continue };
            if index == target || !matches!(state, State::Open | State::Doubt(_)) {
                continue;
            }
            let was_open = matches!(state, State::Open);
            match (self.edge(node, goal), node.rights.unread()) {
                (Ok(Some(step)), None) if certain => {
                    *state = State::Next(step, Some(target));
                    reached.push(index);
                }
                (Ok(Some(_)), None) => {
                    if was_open {
                        let why = format!("it depends on what {} can do", goal.arn);
                        *state = State::Doubt(undecided(why));
                        reached.push(index);
                    }
                }
                (Ok(Some(_)), Some(unknown)) => *state = State::Doubt(unknown.clone()),
                (Err(unknown), _) if was_open => {
                    *state = State::Doubt(unknown);
                    if !certain {
                        reached.push(index);
                    }
                }
                (Ok(None) | Err(_), _) => {}
            }
        }
        reached
    }

    /// Who may have an edge to the target; some may come twice.
    fn candidates(&self, target: usize) -> Vec<usize> {
        let Some(node) = self.nodes.get(target).filter(|node| node.counts) else { return vec![] };
        let Some(trust) = &node.trust else { return self.impostors.clone() };
        let named = trust.names.iter().filter_map(|name| self.by_arn.get(name).copied());
        let takers = trust.services.keys().filter_map(|service| self.takers.get(service.as_str()));
        let assumers = self.assumers.iter().filter(|_| trust.account);
        named.chain(takers.flatten().copied()).chain(assumers.copied()).collect()
    }

    /// How one can take the other's rights, if it can.
    fn edge(&self, from: &Node<'_>, to: &Node<'_>) -> Result<Option<Step>, Unknown> {
        let identity = from.rights.identity(&self.identities.facts);
        let mut open = None;
        let mut take = |path, answer, rest: &[Witness]| match answer {
            Answer::Yes(first) => {
                let requests = first.into_iter().map(|first| *first).chain(rest.iter().cloned());
                Some(step(from, Some(to.arn), path, requests.collect()))
            }
            Answer::No(_) => None,
            other => {
                open.get_or_insert(policy::undecided::<PolicyDocument>(other));
                None
            }
        };
        if let Some(trust) = &to.trust {
            let document = trust.policy.as_ref().map_err(Clone::clone)?;
            if trust.account || trust.names.contains(from.arn) {
                let answer = identity.can_assume(document, to.arn, &Budget::default());
                if let Some(step) = take("assume-role", answer, &[]) {
                    return Ok(Some(step));
                }
            }
        }
        for way in &from.ways {
            if let Some(step) = self.take_way(&identity, way, to, &mut take) {
                return Ok(Some(step));
            }
        }
        open.map_or(Ok(None), Err)
    }

    /// How a way of one's own gives the other's rights, if it does.
    fn take_way(
        &self,
        identity: &Identity<'_>,
        way: &Escalation,
        to: &Node<'_>,
        take: &mut impl FnMut(&'static str, Answer, &[Witness]) -> Option<Step>,
    ) -> Option<Step> {
        // The services of the way that may take the role, and whether that is certain of any.
        let taken_by = |services: &[&'static str]| {
            let trust = to.trust.as_ref();
            let known: Vec<(&'static str, bool)> = services
                .iter()
                .filter_map(|service| Some((*service, *trust?.services.get(*service)?)))
                .collect();
            let certain = known.iter().any(|(_, certain)| *certain);
            let names: Vec<_> = known
                .into_iter()
                .filter(|(_, own)| *own == certain)
                .map(|(name, _)| name)
                .collect();
            (names, certain)
        };
        let if_certain = |certain: bool, answer: Answer| match answer {
            Answer::Yes(_) if !certain => {
                Answer::Unknown(vec![format!("which services may take {}", to.arn)])
            }
            answer => answer,
        };
        match way.gain {
            Gain::Everything | Gain::Assumed => None,
            Gain::User if to.trust.is_some() => None,
            Gain::User => {
                let action = &way.steps.first()?.request.action;
                take(way.path, identity.can(action, to.arn, &[], &Budget::default()), &[])
            }
            Gain::Passed(services) => {
                let (services, certain) = taken_by(services);
                if services.is_empty() {
                    return None;
                }
                let context = [("iam:passedtoservice", services.as_slice())];
                let answer = identity.can("iam:PassRole", to.arn, &context, &Budget::default());
                let rest = way.steps.get(1..).unwrap_or_default();
                take(way.path, if_certain(certain, answer), rest)
            }
            Gain::Running(services) => {
                let (services, certain) = taken_by(services);
                if services.is_empty() {
                    return None;
                }
                let answer = if way.depends_on.is_empty() {
                    Answer::Yes(None)
                } else {
                    self.runs_with(&way.depends_on, to.arn)
                };
                take(way.path, if_certain(certain, answer), &way.steps)
            }
        }
    }

    /// Whether one of these things runs with the role, which is known of functions and instances.
    fn runs_with(&self, things: &BTreeSet<String>, role: &str) -> Answer {
        let roles = things.iter().map(|thing| (thing, self.workloads.get(thing.as_str())));
        let mut open = vec![];
        for (thing, known) in roles {
            match known {
                Some(own) if *own == role => return Answer::Yes(None),
                Some(_) => {}
                None => open.push(format!("which role {thing} runs with")),
            }
        }
        if open.is_empty() { Answer::No(None) } else { Answer::Unknown(open) }
    }

    /// What could not be decided, and who depends on it.
    fn doubts(&self, states: &mut [State]) {
        for (node, state) in self.nodes.iter().zip(states.iter_mut()) {
            if node.counts
                && matches!(state, State::Open)
                && let Some(unknown) = self.doubt(node)
            {
                *state = State::Doubt(unknown);
            }
        }
        let mut frontier = indices(states, |state| matches!(state, State::Doubt(_)));
        while let Some(target) = frontier.pop() {
            frontier.extend(self.spread(target, states, false));
        }
    }

    fn doubt(&self, node: &Node<'_>) -> Option<Unknown> {
        let [users, roles] = self.unseen;
        let takes = |gain: &dyn Fn(Gain) -> bool| node.ways.iter().any(|way| gain(way.gain));
        let own = node.admin.as_ref().err().or(node.open.as_ref());
        let unread = node.rights.unread().filter(|_| takes(&|gain| gain == Gain::Everything));
        own.or(unread)
            .or(users.filter(|_| takes(&|gain| gain == Gain::User)))
            .or(roles.filter(|_| {
                takes(&|gain| !matches!(gain, Gain::User | Gain::Everything))
                    || node.rights.identity(&self.identities.facts).speaks_of("sts:AssumeRole")
            }))
            .cloned()
    }

    fn reach(&self, index: usize, states: &[State]) -> Reach {
        let state = states.get(index);
        match state {
            Some(State::Admin) => Reach::Admin,
            Some(State::Doubt(unknown)) => Reach::Unknown(unknown.clone()),
            Some(State::Next(..)) => {
                let mut steps = vec![];
                let mut at = state;
                while let Some(State::Next(step, next)) = at {
                    steps.push(step.clone());
                    at = next.and_then(|next| states.get(next));
                }
                Reach::Steps(steps)
            }
            Some(State::Open) | None => {
                let free = |way: &&Escalation| {
                    way.depends_on.is_empty() && matches!(way.gain, Gain::Passed(_) | Gain::User)
                };
                let ways = self.nodes.get(index).filter(|node| node.counts);
                let held: Vec<_> = ways
                    .into_iter()
                    .flat_map(|node| node.ways.iter().filter(free).cloned())
                    .collect();
                if held.is_empty() { Reach::Never } else { Reach::Holds(held) }
            }
        }
    }
}

fn node<'a>(arn: &'a str, rights: &'a Rights, all: &'a Identities, counts: bool) -> Node<'a> {
    let admin = if counts { rights.is_admin(&all.facts) } else { Ok(false) };
    // An administrator needs no way.
    let found = if counts && admin != Ok(true) {
        rights.identity(&all.facts).escalations(&Budget::default())
    } else {
        awspect_policy::Escalations::default()
    };
    let open = found.open.into_iter().next();
    Node {
        arn,
        rights,
        ways: found.found,
        open: open.map(|(path, why)| undecided(format!("{path}: {why}"))),
        admin,
        trust: None,
        counts,
    }
}

/// The role of each function, and of each instance whose profile is known.
fn workloads(scan: Scan<'_>) -> BTreeMap<&str, &str> {
    let roles = &scan.inventory.iam.roles.found;
    let profiles: BTreeMap<&str, &str> = roles
        .iter()
        .flat_map(|role| role.instance_profiles.iter().map(|own| (own.as_str(), role.arn.as_str())))
        .collect();
    let instances = scan.inventory.ec2.instances.found.iter().filter_map(|instance| {
        let profile = instance.profile.as_ref()?.as_str();
        Some((instance.arn.as_str(), *profiles.get(profile)?))
    });
    let functions = scan.inventory.lambda.functions.found.iter();
    functions
        .map(|function| (function.arn.as_str(), function.role.as_str()))
        .chain(instances)
        .collect()
}

impl<'a> Trust<'a> {
    fn of(read: &'a Read, all: &'a Identities) -> Self {
        let mut trust = Self {
            policy: read,
            services: BTreeMap::new(),
            names: BTreeSet::new(),
            account: false,
        };
        let Ok(document) = read else {
            // Anybody may be in what could not be read.
            trust.account = true;
            return trust;
        };
        trust.account = is_negated(document);
        for principal in document.admitted() {
            match principal {
                Principal::Everyone => trust.account = true,
                Principal::Account(account) => trust.account |= *account == all.facts.owner,
                Principal::Arn(arn) => {
                    trust.names.insert(arn);
                }
                Principal::Service(service) => {
                    match document.admits_service(service, &all.facts, &Budget::default()) {
                        Answer::Yes(_) => trust.services.insert(service.clone(), true),
                        Answer::No(_) => None,
                        _ => trust.services.insert(service.clone(), false),
                    };
                }
                Principal::Federated(_) | Principal::Canonical(_) | Principal::Deleted(_) => {}
            }
        }
        trust
    }
}

fn is_negated(document: &Policy) -> bool {
    document
        .allows()
        .any(|statement| matches!(statement.principals, Some(awspect_policy::Principals::Not(_))))
}

fn step(from: &Node<'_>, to: Option<&str>, path: &'static str, requests: Vec<Witness>) -> Step {
    Step { from: from.arn.to_owned(), to: to.map(str::to_owned), path, requests }
}

fn undecided(why: impl Into<Cow<'static, str>>) -> Unknown {
    Unknown::new(PolicyDocument::ACTION, Reason::Undecided).because(why.into())
}

fn indices(states: &[State], wanted: impl Fn(&State) -> bool) -> Vec<usize> {
    states.iter().enumerate().filter(|(_, state)| wanted(state)).map(|(index, _)| index).collect()
}
