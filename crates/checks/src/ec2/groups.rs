//! What else is to be said of a security group: how it is written, and who has it.

use std::collections::HashSet;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Observed, Region, Unknown,
    ec2::{Ec2, NetworkInterface, Permission, Ports, Protocol, SecurityGroup, TemplateVersion},
};
use ipnet::IpNet;
use serde_json::json;

use super::{Breadth, Family, Owner, address::range, network::gap, words::taken};
use crate::{
    Scan,
    engine::{Subject, each},
};

/// More ports than this in one rule are a wide range.
const MANY_PORTS: u32 = 100;

/// More rules than this are too many to be read.
const MANY_RULES: usize = 50;

/// The ranges of a group's inbound rules that hold as much of the Internet, each by itself, as `wanted` says.
fn ranges(
    group: &SecurityGroup,
    wanted: impl Fn(Breadth) -> bool,
) -> Vec<(usize, &Permission, IpNet)> {
    let mut found = vec![];
    for (at, rule) in group.ingress.iter().enumerate() {
        let v4 = rule.ipv4.iter().map(|it| IpNet::V4(it.cidr));
        for cidr in v4.chain(rule.ipv6.iter().map(|it| IpNet::V6(it.cidr))) {
            let set = [range(&cidr)].into_iter().collect();
            if wanted(Breadth::of(Family::of(&cidr), &set)) {
                found.push((at, rule, cidr));
            }
        }
    }
    found
}

fn listed(found: Vec<(usize, &Permission, IpNet)>, expected: &'static str) -> Vec<Evidence> {
    let shown = found.into_iter().map(|(at, rule, cidr)| {
        let observed =
            json!({ "range": cidr, "protocol": rule.protocol, "ports": taken(&rule.ports) });
        Evidence::of::<SecurityGroup>(format!("IpPermissions[{at}]"), observed, expected)
    });
    shown.collect()
}

/// No range of public addresses that is wider than a site and is not the Internet.
pub(super) fn wide_public_cidr(group: &SecurityGroup) -> Decision {
    let wide = ranges(group, |it| matches!(it, Breadth::Wide | Breadth::Most));
    Ok(Verdict::faults(listed(wide, "IPv4 ranges of /24 and IPv6 ranges of /48 at most")))
}

/// No range of public addresses that one site has.
pub(super) fn public_allowlist(group: &SecurityGroup) -> Decision {
    let named = ranges(group, |it| it == Breadth::Named);
    Ok(Verdict::faults(listed(named, "ranges that somebody vouches for, in a prefix list")))
}

/// No range of many ports, but for all of them.
pub(super) fn port_range(group: &SecurityGroup) -> Decision {
    let wide = group.ingress.iter().enumerate().filter_map(|(at, rule)| {
        let Ports::Range { from, to } = rule.ports else { return None };
        let ports = u32::from(to.saturating_sub(from)) + 1;
        let is_all = from <= 1 && to == u16::MAX;
        (ports > MANY_PORTS && !is_all).then(|| {
            let observed = json!({ "protocol": rule.protocol, "from": from, "to": to });
            let field = format!("IpPermissions[{at}]");
            Evidence::of::<SecurityGroup>(field, observed, format!("at most {MANY_PORTS} ports"))
        })
    });
    Ok(Verdict::faults(wide.collect()))
}

/// Not everything may go out.
pub(super) fn egress_all(group: &SecurityGroup) -> Decision {
    let open = group.egress.iter().enumerate().filter_map(|(at, rule)| {
        let whole = |it: &IpNet| it.prefix_len() == 0;
        let v4 = rule.ipv4.iter().map(|it| IpNet::V4(it.cidr));
        let all: Vec<IpNet> =
            v4.chain(rule.ipv6.iter().map(|it| IpNet::V6(it.cidr))).filter(whole).collect();
        (rule.protocol == Protocol::All && !all.is_empty()).then(|| {
            let field = format!("IpPermissionsEgress[{at}]");
            Evidence::of::<SecurityGroup>(field, json!({ "ranges": all }), "what is needed")
        })
    });
    Ok(Verdict::faults(open.collect()))
}

/// The members of a group do not open everything to each other.
pub(super) fn self_all_traffic(group: &SecurityGroup) -> Decision {
    let open = group.ingress.iter().enumerate().filter_map(|(at, rule)| {
        let to_itself = rule.groups.iter().any(|it| it.id == group.id);
        let all_ports = match &rule.ports {
            Ports::All => true,
            Ports::Range { from, to } => *from <= 1 && *to == u16::MAX,
            Ports::Icmp { .. } | Ports::Other { .. } => false,
        };
        let carries = matches!(rule.protocol, Protocol::All | Protocol::TCP | Protocol::UDP);
        (to_itself && all_ports && carries).then(|| {
            let observed = json!({ "protocol": rule.protocol, "source": group.id });
            let field = format!("IpPermissions[{at}]");
            Evidence::of::<SecurityGroup>(field, observed, "the ports that its members need")
        })
    });
    Ok(Verdict::faults(open.collect()))
}

fn is_default(group: &SecurityGroup) -> bool {
    group.group_name == "default"
}

/// A default group has no rules. Other groups pass.
pub(super) fn default_open(group: &SecurityGroup) -> Decision {
    if !is_default(group) {
        return Ok(Verdict::Pass(vec![]));
    }
    let rules = [("IpPermissions", &group.ingress), ("IpPermissionsEgress", &group.egress)];
    let faults = rules.into_iter().filter(|(_, rules)| !rules.is_empty()).map(|(field, rules)| {
        let count: usize = rules.iter().map(Permission::rules).sum();
        Evidence::of::<SecurityGroup>(field, json!({ "rules": count }), "none")
    });
    Ok(Verdict::faults(faults.collect()))
}

/// Nothing has a default group. Other groups pass.
pub(super) fn default_used(scan: Scan<'_>, group: &SecurityGroup) -> Decision {
    if !is_default(group) {
        return Ok(Verdict::Pass(vec![]));
    }
    let wearers = scan.network.wearers(group);
    if wearers.is_empty()
        && let Some(why) = gap(&scan.inventory.ec2.network_interfaces, &group.region)
    {
        return Err(why.clone());
    }
    let worn = wearers.iter().map(|interface| {
        let owner = Owner::of(interface).to_string();
        let observed = json!({ "interface": interface.id, "owner": owner });
        Evidence::of::<NetworkInterface>("Groups", observed, "a group of its own")
    });
    Ok(Verdict::faults(worn.collect()))
}

/// Whether the launch wizard of the console named the group.
pub(super) fn launch_wizard(group: &SecurityGroup) -> Decision {
    let made = group.group_name.starts_with("launch-wizard-");
    let name = || Evidence::of::<SecurityGroup>("GroupName", &*group.group_name, "a purpose");
    Ok(Verdict::faults(made.then(name).into_iter().collect()))
}

/// A group has few enough rules to be read.
pub(super) fn too_many_rules(group: &SecurityGroup) -> Decision {
    let rules: usize = group.ingress.iter().chain(&group.egress).map(Permission::rules).sum();
    let count = Evidence::of::<SecurityGroup>(
        "IpPermissions, IpPermissionsEgress",
        rules,
        format!("at most {MANY_RULES} rules"),
    );
    Ok(Verdict::holds(rules <= MANY_RULES, count))
}

/// A group's region and id.
type Key<'a> = (&'a str, &'a str);

/// Everything has a use, but for the default groups, which cannot be deleted.
pub(super) fn unused(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let ec2 = &scan.inventory.ec2;
    let (used, unread) = uses(ec2);
    each(&ec2.security_groups, move |group| {
        if is_default(group) || used.contains(&(group.region.as_str(), group.id.as_str())) {
            return Ok(Verdict::Pass(vec![]));
        }
        let gaps = [
            gap(&ec2.network_interfaces, &group.region),
            gap(&ec2.security_groups, &group.region),
            gap(&ec2.endpoints, &group.region),
            gap(&ec2.launch_templates, &group.region),
        ];
        let template = unread.iter().find(|(region, _)| *region == &group.region);
        let why = gaps.into_iter().flatten().next().or(template.map(|(_, why)| *why));
        if let Some(why) = why {
            return Err(why.clone());
        }
        let expected = "an interface or something else that has it";
        let nothing = Evidence::of::<NetworkInterface>("NetworkInterfaces", json!([]), expected);
        Ok(Verdict::faults(vec![nothing]))
    })
}

/// The groups that something uses, and the versions of templates that nobody could read.
fn uses(ec2: &Ec2) -> (HashSet<Key<'_>>, Vec<(&Region, &Unknown)>) {
    let mut used: HashSet<Key<'_>> = HashSet::new();
    let mut unread = vec![];
    for interface in &ec2.network_interfaces.found {
        used.extend(interface.groups.iter().map(|id| (interface.region.as_str(), id.as_str())));
    }
    for endpoint in &ec2.endpoints.found {
        used.extend(endpoint.groups.iter().map(|id| (endpoint.region.as_str(), id.as_str())));
    }
    for group in &ec2.security_groups.found {
        let pairs = group.ingress.iter().chain(&group.egress).flat_map(|rule| &rule.groups);
        let others = pairs.filter(|pair| pair.id != group.id);
        used.extend(others.map(|pair| (group.region.as_str(), pair.id.as_str())));
    }
    for template in &ec2.launch_templates.found {
        for version in [&template.default_version, &template.latest_version] {
            match version {
                Observed::Set(TemplateVersion { groups, interfaces, .. }) => {
                    let own = interfaces.iter().flat_map(|it| &it.groups);
                    let ids = groups.iter().chain(own);
                    used.extend(ids.map(|id| (template.region.as_str(), id.as_str())));
                }
                Observed::NotSet => (),
                Observed::Unknown(why) => unread.push((&template.region, why)),
            }
        }
    }
    (used, unread)
}
