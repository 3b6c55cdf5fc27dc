//! How a VPC is laid out: main tables, subnets, peerings, and the records of its traffic.

use std::collections::BTreeSet;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    ec2::{
        DeliveryStatus, Destination, FlowLog, Peering, PeeringStatus, PrefixList, Route,
        RouteState, RouteTable, Subnet, Target, TrafficKind, Vpc,
    },
};
use ipnet::IpNet;
use serde_json::{Value, json};

use super::{
    PeerScope, far_side,
    guard::entries,
    network::{gap, missing},
    peer_scope,
    peering::add_up,
};
use crate::Scan;

/// The VPCs that the account owns; what is shared with it is its owner's business.
pub(super) fn own(scan: Scan<'_>) -> impl Iterator<Item = &Vpc> {
    let account = &scan.inventory.account.id;
    let is_own = move |vpc: &&Vpc| vpc.owner.as_ref().is_none_or(|owner| owner == account);
    scan.inventory.ec2.vpcs.found.iter().filter(is_own)
}

fn subnets<'a>(scan: Scan<'a>, vpc: &'a Vpc) -> impl Iterator<Item = &'a Subnet> {
    let all = scan.inventory.ec2.subnets.found.iter();
    all.filter(|it| it.region == vpc.region && it.vpc == vpc.id)
}

/// Whether a flow log records what was dropped, and the records arrive. An error for words that are not understood.
fn records(log: &FlowLog) -> Result<bool, Unknown> {
    let unclear = |text: &str| {
        Unknown::new(FlowLog::ACTION, Reason::Undecided)
            .because(format!("`{text}` is not understood"))
    };
    let active = log.status.as_deref() == Some("ACTIVE");
    match (&log.traffic, &log.delivery) {
        _ if !active => Ok(false),
        (Some(TrafficKind::Accept) | None, _) | (_, Some(DeliveryStatus::Failed)) => Ok(false),
        (Some(TrafficKind::Other(text)), _) | (_, Some(DeliveryStatus::Other(text))) => {
            Err(unclear(text))
        }
        (Some(TrafficKind::All | TrafficKind::Reject), Some(DeliveryStatus::Success) | None) => {
            Ok(true)
        }
    }
}

/// A VPC's dropped traffic is recorded: by a log of its own, or by one of each subnet.
pub(super) fn flow_logs(scan: Scan<'_>, vpc: &Vpc) -> Decision {
    let ec2 = &scan.inventory.ec2;
    let of = |id: &str| {
        let logs = ec2.flow_logs.found.iter();
        let id = id.to_owned();
        logs.filter(move |it| it.region == vpc.region && it.resource == id)
    };
    let mut unread = gap(&ec2.flow_logs, &vpc.region).cloned();
    let mut recorded = |id: &str| {
        let states: Vec<_> = of(id).map(records).collect();
        unread = unread.take().or_else(|| states.iter().find_map(|it| it.clone().err()));
        states.contains(&Ok(true))
    };
    let own: Vec<&Subnet> = subnets(scan, vpc).collect();
    let by_itself = recorded(&vpc.id);
    let by_subnets = !own.is_empty() && own.iter().filter(|it| !recorded(&it.id)).count() == 0;
    if by_itself {
        return Ok(Verdict::Pass(vec![]));
    }
    // A subnet that was not listed may be one without a log.
    let unseen = gap(&ec2.subnets, &vpc.region).filter(|_| by_subnets).cloned();
    if let Some(why) = unread.or(unseen) {
        return Err(why);
    }
    if by_subnets {
        return Ok(Verdict::Pass(vec![]));
    }
    let logs: Vec<Value> = of(&vpc.id)
        .chain(own.iter().flat_map(|it| of(&it.id)))
        .map(|log| {
            json!({
                "id": log.id, "resource": log.resource, "status": log.status,
                "traffic": log.traffic.as_ref().map(TrafficKind::as_str),
                "delivery": log.delivery.as_ref().map(DeliveryStatus::as_str),
                "error": log.delivery_error,
            })
        })
        .collect();
    let expected = "an active log of rejected traffic whose records arrive";
    Ok(Verdict::faults(vec![Evidence::of::<FlowLog>("FlowLogs", json!(logs), expected)]))
}

/// A main table leads nothing to the Internet. Other tables pass.
pub(super) fn main_to_internet(scan: Scan<'_>, table: &RouteTable) -> Decision {
    if !table.is_main() || !scan.network.leads_out(table)? {
        return Ok(Verdict::Pass(vec![]));
    }
    let out = table.routes.iter().filter(|route| {
        matches!(route.target, Target::InternetGateway(_)) && route.state != RouteState::Blackhole
    });
    let faults = out.map(|route| {
        let observed = json!({ "destination": route.destination, "target": route.target });
        Evidence::of::<RouteTable>("Routes", observed, "no route to an internet gateway")
    });
    Ok(Verdict::faults(faults.collect()))
}

/// A VPC has private subnets, and subnets in several zones.
pub(super) fn separation(scan: Scan<'_>, vpc: &Vpc) -> Decision {
    let own: Vec<&Subnet> = subnets(scan, vpc).collect();
    let unseen = gap(&scan.inventory.ec2.subnets, &vpc.region);
    if own.is_empty() {
        return unseen.map_or_else(|| Ok(Verdict::Pass(vec![])), |why| Err(why.clone()));
    }
    let public: Vec<Result<bool, Unknown>> =
        own.iter().map(|subnet| scan.network.is_public(subnet)).collect();
    let zones: BTreeSet<&String> =
        own.iter().filter_map(|it| it.zone_id.as_ref().or(it.zone.as_ref())).collect();
    let mut faults = vec![];
    if !public.contains(&Ok(false)) {
        if let Some(why) = public.iter().find_map(|it| it.clone().err()) {
            return Err(why);
        }
        let observed = json!({ "public_subnets": own.len() });
        faults.push(Evidence::of::<RouteTable>("Routes", observed, "a private subnet"));
    }
    if zones.len() < 2 {
        faults.push(Evidence::of::<Subnet>("AvailabilityZoneId", json!(zones), "several zones"));
    }
    match unseen {
        Some(why) if !faults.is_empty() => Err(why.clone()),
        _ => Ok(Verdict::faults(faults)),
    }
}

/// No route over a peering leads to a whole range of the other side.
pub(super) fn peering_routes(scan: Scan<'_>, peering: &Peering) -> Decision {
    let ended = [
        PeeringStatus::Deleted,
        PeeringStatus::Deleting,
        PeeringStatus::Rejected,
        PeeringStatus::Expired,
        PeeringStatus::Failed,
    ];
    if ended.contains(&peering.status) {
        return Ok(Verdict::Pass(vec![]));
    }
    let ec2 = &scan.inventory.ec2;
    let mut unread = gap(&ec2.route_tables, &peering.region).cloned();
    let mut faults = vec![];
    for table in ec2.route_tables.found.iter().filter(|it| it.region == peering.region) {
        let over = |route: &&Route| route.target == Target::Peering(peering.id.clone());
        let Some(side) = far_side(peering, &table.vpc) else { continue };
        let fault = |destination: Value| {
            let observed =
                json!({ "table": table.id, "destination": destination, "peer": side.vpc });
            Evidence::of::<RouteTable>("Routes", observed, "the subnets that are needed")
        };
        let (mut parts, mut whole) = (vec![], false);
        for route in table.routes.iter().filter(over) {
            let nets = match destinations(scan, table, route) {
                Ok(nets) => nets,
                Err(why) => {
                    unread = Some(why);
                    continue;
                }
            };
            for net in nets {
                match peer_scope(&net, side) {
                    PeerScope::Part => parts.push(net),
                    PeerScope::Everything | PeerScope::Whole => {
                        whole = true;
                        faults.push(fault(json!(net)));
                    }
                    PeerScope::Unknown => {
                        let why = "AWS tells no ranges of the other side";
                        let unknown = Unknown::new(Peering::ACTION, Reason::Undecided);
                        unread = Some(unknown.because(why));
                    }
                }
            }
        }
        if !whole && add_up(&parts, side) {
            faults.push(fault(json!(parts)));
        }
    }
    match unread {
        Some(why) if faults.is_empty() => Err(why),
        _ => Ok(Verdict::faults(faults)),
    }
}

/// The ranges that a route leads to.
fn destinations(scan: Scan<'_>, table: &RouteTable, route: &Route) -> Result<Vec<IpNet>, Unknown> {
    let lists = &scan.inventory.ec2.prefix_lists;
    match &route.destination {
        Destination::Cidr(net) => Ok(vec![*net]),
        Destination::PrefixList(id) => {
            let own = |it: &&PrefixList| it.region == table.region && it.id == *id;
            let found = lists.found.iter().find(own);
            entries(found.ok_or_else(|| missing(lists, &table.region, id)))
        }
    }
}
