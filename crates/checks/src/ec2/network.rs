//! The facts of EC2, read once for all questions.

use std::collections::HashMap;

use awspect_inventory::{
    Fact, Listed, Reason, Region, Unknown,
    ec2::{Ec2, InternetGateway, NetworkInterface, PrefixList, SecurityGroup, Subnet, Vpc},
};

use super::{filter::Filter, guard::Guard, routes::Table};
pub(super) use crate::unread::gap;

/// A resource by its region and id.
pub(super) type Key<'a> = (&'a str, &'a str);

/// What of the facts decides who may talk to whom.
#[derive(Debug)]
pub struct Network<'a> {
    pub(super) ec2: &'a Ec2,
    pub(super) subnets: HashMap<Key<'a>, &'a Subnet>,
    vpcs: HashMap<Key<'a>, &'a Vpc>,
    pub(super) guards: HashMap<Key<'a>, Guard<'a>>,
    wearers: HashMap<Key<'a>, Vec<&'a NetworkInterface>>,
    filters: Vec<Filter<'a>>,
    filter_of_subnet: HashMap<Key<'a>, usize>,
    tables: Vec<Table<'a>>,
    table_of_subnet: HashMap<Key<'a>, usize>,
    main_table: HashMap<Key<'a>, usize>,
    edge_tables: HashMap<Key<'a>, Vec<usize>>,
}

impl<'a> Network<'a> {
    /// Reads the facts.
    pub fn new(ec2: &'a Ec2) -> Self {
        let lists: HashMap<Key<'a>, &PrefixList> =
            ec2.prefix_lists.found.iter().map(|it| ((it.region.as_str(), &*it.id), it)).collect();
        let subnets =
            ec2.subnets.found.iter().map(|it| ((it.region.as_str(), &*it.id), it)).collect();
        let vpcs = ec2.vpcs.found.iter().map(|it| ((it.region.as_str(), &*it.id), it)).collect();
        let mut network = Self {
            ec2,
            subnets,
            vpcs,
            guards: HashMap::new(),
            wearers: HashMap::new(),
            filters: ec2.network_acls.found.iter().map(Filter::new).collect(),
            filter_of_subnet: HashMap::new(),
            tables: vec![],
            table_of_subnet: HashMap::new(),
            main_table: HashMap::new(),
            edge_tables: HashMap::new(),
        };
        let find = |region: &'a Region, id: &'a str| {
            let found = lists.get(&(region.as_str(), id)).copied();
            found.ok_or_else(|| missing(&ec2.prefix_lists, region, id))
        };
        network.guards = ec2
            .security_groups
            .found
            .iter()
            .map(|it| ((it.region.as_str(), &*it.id), Guard::new(it, find)))
            .collect();
        let gateways = ec2
            .internet_gateways
            .found
            .iter()
            .map(|it| ((it.region.as_str(), &*it.id), it))
            .collect();
        network.tables =
            ec2.route_tables.found.iter().map(|it| Table::new(it, &gateways, find)).collect();
        network.associate();
        network
    }

    /// The interfaces that have a group, as far as interfaces could be listed.
    pub fn wearers<'n>(&'n self, group: &'n SecurityGroup) -> &'n [&'a NetworkInterface] {
        let found = self.wearers.get(&(group.region.as_str(), group.id.as_str()));
        found.map(Vec::as_slice).unwrap_or_default()
    }

    fn associate(&mut self) {
        for interface in &self.ec2.network_interfaces.found {
            for id in &interface.groups {
                let key = (interface.region.as_str(), id.as_str());
                self.wearers.entry(key).or_default().push(interface);
            }
        }
        for (at, filter) in self.filters.iter().enumerate() {
            let region = filter.acl.region.as_str();
            let subnets = filter.acl.subnets.iter().map(|subnet| ((region, &**subnet), at));
            self.filter_of_subnet.extend(subnets);
        }
        for (at, table) in self.tables.iter().enumerate() {
            let table = table.listed;
            let region = table.region.as_str();
            for association in &table.associations {
                if association.main {
                    self.main_table.insert((region, &*table.vpc), at);
                }
                if let Some(subnet) = &association.subnet {
                    self.table_of_subnet.insert((region, &**subnet), at);
                }
                if association.gateway.as_deref().is_some_and(|it| it.starts_with("igw-")) {
                    self.edge_tables.entry((region, &*table.vpc)).or_default().push(at);
                }
            }
        }
    }

    /// The network ACL of an interface's subnet.
    pub(super) fn filter(&self, interface: &NetworkInterface) -> Result<&Filter<'a>, Unknown> {
        let (region, subnet) = (&interface.region, interface.subnet.as_str());
        let found = self.filter_of_subnet.get(&(region.as_str(), subnet));
        let filter = found.and_then(|&at| self.filters.get(at));
        filter.ok_or_else(|| missing(&self.ec2.network_acls, region, subnet))
    }

    /// The route table that a subnet goes by: its own, or else the main one of its own VPC.
    pub(super) fn table(
        &self,
        region: &Region,
        vpc: &str,
        subnet: &str,
    ) -> Result<&Table<'a>, Unknown> {
        let own = self.table_of_subnet.get(&(region.as_str(), subnet));
        // A table that was not listed may be the subnet's own.
        if own.is_none()
            && let Some(gap) = gap(&self.ec2.route_tables, region)
        {
            return Err(gap.clone());
        }
        let found = own.or_else(|| self.main_table.get(&(region.as_str(), vpc)));
        let table = found.and_then(|&at| self.tables.get(at));
        table.ok_or_else(|| missing(&self.ec2.route_tables, region, subnet))
    }

    /// Whether a VPC surely has no internet gateway. That of another account's VPC cannot be seen.
    pub(super) fn lacks_gateway(&self, interface: &NetworkInterface) -> bool {
        let region = &interface.region;
        let gateways = &self.ec2.internet_gateways;
        let vpc = self.vpcs.get(&(region.as_str(), interface.vpc.as_str()));
        let is_own = vpc.is_some_and(|vpc| vpc.owner.is_some() && vpc.owner == interface.owner);
        let leads_out = |gateway: &InternetGateway| {
            gateway.region == *region && is_attached(gateway, &interface.vpc)
        };
        is_own && gap(gateways, region).is_none() && !gateways.found.iter().any(leads_out)
    }

    /// The tables that packets go by which come in through a VPC's internet gateway.
    pub(super) fn edge_tables<'n>(
        &'n self,
        region: &'n Region,
        vpc: &'n str,
    ) -> impl Iterator<Item = &'n Table<'a>> {
        let at = self.edge_tables.get(&(region.as_str(), vpc)).map(Vec::as_slice);
        at.unwrap_or_default().iter().filter_map(|&at| self.tables.get(at))
    }
}

/// Whether packets pass between a gateway and a VPC. An internet gateway's attachment is `available` where others are `attached`.
pub(super) fn is_attached(gateway: &InternetGateway, vpc: &str) -> bool {
    let open = |state: &str| ["available", "attached"].contains(&state);
    gateway.attachments.iter().any(|it| it.vpc == vpc && it.state.as_deref().is_none_or(open))
}

/// Why a resource that something refers to is not known.
pub(super) fn missing<T: Fact>(listed: &Listed<T>, region: &Region, id: &str) -> Unknown {
    gap(listed, region).cloned().unwrap_or_else(|| {
        let why = format!("no listing gave what belongs to `{id}`");
        Unknown::new(T::ACTION, Reason::Undecided).because(why)
    })
}
