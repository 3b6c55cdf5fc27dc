//! The graph, and who may have an edge to whom.

use std::collections::{BTreeMap, BTreeSet};

use awspect_inventory::Unknown;
use awspect_policy::Gain;

use super::{
    super::{Identities, noise::is_service_linked},
    node::{Node, Trust},
    things::Things,
};
use crate::Scan;

/// Users and roles, with indexes by what their edges need.
pub(super) struct Graph<'a> {
    pub(super) identities: &'a Identities,
    /// Users, then roles, then groups, each in the order of the inventory.
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) things: Things<'a>,
    /// Users, roles and groups that nobody could list.
    pub(super) unseen: [Option<&'a Unknown>; 3],
    by_arn: BTreeMap<&'a str, usize>,
    /// Roles by their names, which no two have in common.
    by_name: BTreeMap<&'a str, usize>,
    /// Those that have some permission to assume roles.
    assumers: Vec<usize>,
    /// By the service that takes the role.
    takers: BTreeMap<&'static str, Vec<usize>>,
    /// Those that can make credentials for users.
    impostors: Vec<usize>,
    /// Those that can change whom roles trust.
    retrusters: Vec<usize>,
    /// Those that can put users into groups.
    joiners: Vec<usize>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(scan: Scan<'a>) -> Self {
        let identities = scan.identities();
        let iam = &scan.inventory.iam;
        let users = iam.users.found.iter().zip(&identities.users);
        let mut nodes: Vec<Node<'a>> = users
            .map(|(user, rights)| Node::new(user.arn.as_str(), rights, identities, true))
            .collect();
        let roles = iam.roles.found.iter().zip(&identities.roles).zip(&identities.trusts);
        nodes.extend(roles.map(|((role, rights), trust)| Node {
            trust: Some(Trust::of(trust, identities)),
            ..Node::new(role.arn.as_str(), rights, identities, !is_service_linked(role))
        }));
        let groups = iam.groups.found.iter().zip(&identities.groups);
        nodes.extend(groups.map(|(group, rights)| Node {
            is_group: true,
            ..Node::new(group.arn.as_str(), rights, identities, true)
        }));
        let users = iam.users.found.len();
        let names = iam.roles.found.iter().enumerate();
        let names = names.map(|(index, role)| (role.name.as_str(), users + index));
        let mut graph = Self {
            identities,
            things: Things::new(scan),
            unseen: [
                iam.users.gaps.first().map(|gap| &gap.unknown),
                iam.roles.gaps.first().map(|gap| &gap.unknown),
                iam.groups.gaps.first().map(|gap| &gap.unknown),
            ],
            by_arn: nodes.iter().enumerate().map(|(index, node)| (node.arn, index)).collect(),
            by_name: names.collect(),
            assumers: vec![],
            takers: BTreeMap::new(),
            impostors: vec![],
            retrusters: vec![],
            joiners: vec![],
            nodes,
        };
        graph.index();
        graph
    }

    fn index(&mut self) {
        for (index, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.counts) {
            if self.assumes(node) {
                self.assumers.push(index);
            }
            let mut services = BTreeSet::new();
            for way in &node.ways {
                match way.gain {
                    Gain::Passed(own) | Gain::Running(own) => services.extend(own.iter().copied()),
                    Gain::User => self.impostors.push(index),
                    Gain::Retrusted => self.retrusters.push(index),
                    Gain::Joined => self.joiners.push(index),
                    Gain::Everything | Gain::Assumed => {}
                }
            }
            for service in services {
                self.takers.entry(service).or_default().push(index);
            }
        }
        self.impostors.dedup();
    }

    /// Whether its policies speak of assuming roles at all.
    pub(super) fn assumes(&self, node: &Node<'_>) -> bool {
        node.rights.identity(&self.identities.facts).speaks_of("sts:AssumeRole")
    }

    /// Who may have an edge to the target; some may come twice.
    pub(super) fn candidates(&self, target: usize) -> Vec<usize> {
        let Some(node) = self.nodes.get(target).filter(|node| node.counts) else { return vec![] };
        if node.is_group {
            return self.joiners.clone();
        }
        let Some(trust) = &node.trust else { return self.impostors.clone() };
        let named = trust.names.iter().filter_map(|name| self.by_arn.get(name).copied());
        let takers = trust.services.keys().filter_map(|service| self.takers.get(service.as_str()));
        if trust.everybody {
            let all = self.nodes.iter().enumerate().filter(|(_, node)| node.counts);
            return all.map(|(index, _)| index).collect();
        }
        let sessions = trust.sessions.keys().filter_map(|name| self.by_name.get(name).copied());
        let assumers = self.assumers.iter().filter(|_| trust.account);
        let named = named.chain(sessions).chain(takers.flatten().copied());
        named.chain(assumers.copied()).chain(self.retrusters.iter().copied()).collect()
    }
}
