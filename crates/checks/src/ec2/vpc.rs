//! VPCs and their parts: what a default one is, what subnets hand out, what network ACLs let in.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Listed, Reason, Unknown,
    ec2::{BlockMode, BlockPublicAccess, NetworkAcl, NetworkInterface, Subnet, Vpc},
};
use serde_json::{Value, json};

use super::{Admission, Breadth, Family, Ranges, Transport, network::gap, words::ports};
use crate::{
    Scan,
    engine::{Subject, gaps},
};

/// Judges some of what a listing gave, and its gaps.
pub(super) fn chosen<'a>(
    listed: &'a Listed<Vpc>,
    found: impl Iterator<Item = &'a Vpc>,
    decide: impl Fn(&'a Vpc) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let judged = found.map(|it| (Subject::Resource(it), decide(it)));
    judged.chain(gaps(listed)).collect()
}

/// A default VPC is a fault; less of one while nothing is in it. Other VPCs pass.
pub(super) fn default_vpc(scan: Scan<'_>, vpc: &Vpc) -> Decision {
    if !vpc.default {
        return Ok(Verdict::Pass(vec![]));
    }
    let interfaces = &scan.inventory.ec2.network_interfaces;
    let here = |it: &&NetworkInterface| it.region == vpc.region && it.vpc == vpc.id;
    let count = interfaces.found.iter().filter(here).count();
    let mut evidence = vec![Evidence::of::<Vpc>("IsDefault", true, "no default VPC")];
    let listed = gap(interfaces, &vpc.region).is_none();
    if count > 0 || listed {
        let held = json!({ "interfaces": count });
        evidence.push(Evidence::of::<NetworkInterface>("NetworkInterfaces", held, "nothing in it"));
    }
    // Whether it is empty changes how bad it is, not whether it is.
    let severity = if count == 0 && listed { Severity::Info } else { Severity::Low };
    Ok(Verdict::faults(evidence).severity(severity))
}

/// A subnet gives no public address unasked. One of a default VPC is the default VPC's matter.
pub(super) fn auto_public_ip(scan: Scan<'_>, subnet: &Subnet) -> Decision {
    let assigns = [
        ("MapPublicIpOnLaunch", subnet.auto_assign_public_ipv4),
        ("AssignIpv6AddressOnCreation", subnet.auto_assign_ipv6),
    ];
    let faults: Vec<Evidence> = assigns
        .into_iter()
        .filter(|(_, on)| *on)
        .map(|(field, on)| Evidence::of::<Subnet>(field, on, "false"))
        .collect();
    if faults.is_empty() {
        return Ok(Verdict::Pass(vec![]));
    }
    let vpcs = &scan.inventory.ec2.vpcs;
    let own = vpcs.found.iter().find(|it| it.region == subnet.region && it.id == subnet.vpc);
    match own {
        Some(vpc) if vpc.default => {
            Ok(Verdict::Pass(vec![Evidence::of::<Vpc>("IsDefault", true, "a default VPC")]))
        }
        Some(_) => Ok(Verdict::faults(faults)),
        None => Err(gap(vpcs, &subnet.region).cloned().unwrap_or_else(|| {
            Unknown::new(Vpc::ACTION, Reason::Undecided).because("its VPC was not listed")
        })),
    }
}

/// A region blocks what comes in from the Internet.
pub(super) fn block_public_access(block: &BlockPublicAccess) -> Decision {
    let observed = json!({ "mode": block.mode.as_str(), "managed_by": block.managed_by });
    let field = "InternetGatewayBlockMode";
    let expected = "block-ingress or block-bidirectional";
    let mode = Evidence::of::<BlockPublicAccess>(field, observed, expected);
    match &block.mode {
        BlockMode::Off => Ok(Verdict::holds(false, mode)),
        BlockMode::Bidirectional | BlockMode::Ingress => Ok(Verdict::holds(true, mode)),
        BlockMode::Other(text) => Err(Unknown::new(BlockPublicAccess::ACTION, Reason::Undecided)
            .because(format!("mode `{text}` is not understood"))),
    }
}

/// A network ACL guards a subnet; the default one cannot be deleted.
pub(super) fn nacl_unused(acl: &NetworkAcl) -> Decision {
    let idle = !acl.default && acl.subnets.is_empty();
    let none = || Evidence::of::<NetworkAcl>("Associations", json!([]), "a subnet");
    Ok(Verdict::faults(idle.then(none).into_iter().collect()))
}

/// A network ACL that guards a subnet lets the Internet in to neither SSH nor Remote Desktop.
pub(super) fn nacl_open_admin(scan: Scan<'_>, acl: &NetworkAcl) -> Decision {
    if acl.subnets.is_empty() {
        return Ok(Verdict::Pass(vec![]));
    }
    let asked = [(22, 22), (3389, 3389)].into_iter().collect();
    let open = scan.network.admitted(acl, Transport::Tcp, &asked, Breadth::Most)?;
    let faults = open.iter().map(|it| entries(it, "tcp"));
    Ok(Verdict::faults(faults.collect()))
}

/// A network ACL does not let in all ports of TCP or of UDP; less of a fault in the one that AWS made.
pub(super) fn nacl_open_all(scan: Scan<'_>, acl: &NetworkAcl) -> Decision {
    let all = Ranges::of(1, u16::MAX);
    let (mut faults, mut unread) = (vec![], None);
    for (transport, name) in [(Transport::Tcp, "tcp"), (Transport::Udp, "udp")] {
        match scan.network.admitted(acl, transport, &all, Breadth::Most) {
            Err(why) => unread = Some(why),
            Ok(open) => {
                for family in Family::ALL {
                    let own = || open.iter().filter(|it| it.family == family);
                    let ports: Ranges<u16> = own().map(|it| it.ports).collect();
                    if ports.covers(&all) {
                        faults.extend(own().map(|it| entries(it, name)));
                    }
                }
            }
        }
    }
    if let (Some(why), true) = (unread, faults.is_empty()) {
        return Err(why);
    }
    let severity = if acl.default { Severity::Info } else { Severity::Low };
    Ok(Verdict::faults(faults).severity(severity))
}

/// The entries that let somebody in.
fn entries(admission: &Admission<'_>, protocol: &str) -> Evidence {
    let entries: Vec<Value> = admission
        .entries
        .iter()
        .map(|entry| json!({ "number": entry.number, "range": entry.cidr }))
        .collect();
    let observed =
        json!({ "protocol": protocol, "ports": ports(admission.ports), "entries": entries });
    Evidence::of::<NetworkAcl>("Entries", observed, "no way in for the Internet")
}
