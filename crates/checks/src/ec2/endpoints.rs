//! Endpoints: which a VPC has, whom they admit, and who may come through those of this account.

use std::collections::BTreeSet;

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    AccountId, Arn, Fact as _, Reason, Unknown,
    ec2::{
        AllowedPrincipals, EndpointKind, EndpointPolicy, EndpointService, InstanceConnectEndpoint,
        NetworkInterface, Protocol, SecurityGroup, Subnet, Vpc, VpcEndpoint,
    },
};
use awspect_policy::{Answer, Budget, Policy};
use ipnet::IpNet;
use serde_json::json;

use super::{
    Addresses, Family,
    address::range,
    network::{gap, missing},
};
use crate::{
    Scan,
    policy::{facts, request, undecided, zone},
};

/// The interface endpoints that a VPC is asked for.
const INTERFACES: [&str; 6] = ["ec2", "ssm", "ecr.api", "ecr.dkr", "execute-api", "cognito-idp"];

/// The services that have gateway endpoints.
const GATEWAYS: [&str; 2] = ["s3", "dynamodb"];

/// A VPC in use reaches AWS's services by interface endpoints.
pub(super) fn interfaces_missing(scan: Scan<'_>, vpc: &Vpc) -> Decision {
    absent(scan, vpc, &INTERFACES, |endpoint| endpoint.kind == EndpointKind::Interface)
}

/// A VPC in use reaches S3 and `DynamoDB` by endpoints that something goes by.
pub(super) fn gateways_missing(scan: Scan<'_>, vpc: &Vpc) -> Decision {
    absent(scan, vpc, &GATEWAYS, |endpoint| match endpoint.kind {
        EndpointKind::Gateway => !endpoint.route_tables.is_empty(),
        EndpointKind::Interface => true,
        _ => false,
    })
}

fn absent(
    scan: Scan<'_>,
    vpc: &Vpc,
    wanted: &[&str],
    counts: impl Fn(&VpcEndpoint) -> bool,
) -> Decision {
    let ec2 = &scan.inventory.ec2;
    let here = |it: &NetworkInterface| it.region == vpc.region && it.vpc == vpc.id;
    if !ec2.network_interfaces.found.iter().any(here) {
        let unseen = gap(&ec2.network_interfaces, &vpc.region);
        return unseen.map_or_else(|| Ok(Verdict::Pass(vec![])), |why| Err(why.clone()));
    }
    let infix = format!(".{}.", vpc.region);
    let own: BTreeSet<&str> = ec2
        .endpoints
        .found
        .iter()
        .filter(|it| it.region == vpc.region && it.vpc == vpc.id && counts(it))
        .filter(|it| it.state.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("available")))
        .filter_map(|it| Some(it.service.as_deref()?.split_once(&infix)?.1))
        .collect();
    let missing: Vec<&&str> = wanted.iter().filter(|it| !own.contains(**it)).collect();
    if missing.is_empty() {
        return Ok(Verdict::Pass(vec![]));
    }
    if let Some(why) = gap(&ec2.endpoints, &vpc.region) {
        return Err(why.clone());
    }
    let fault = Evidence::of::<VpcEndpoint>(
        "VpcEndpoints.ServiceName",
        json!({ "missing": missing }),
        "an available endpoint for each",
    );
    Ok(Verdict::faults(vec![fault]))
}

/// An interface endpoint stands in several zones.
pub(super) fn multi_az(scan: Scan<'_>, endpoint: &VpcEndpoint) -> Decision {
    if endpoint.kind != EndpointKind::Interface || endpoint.subnets.is_empty() {
        return Ok(Verdict::Pass(vec![]));
    }
    let subnets = &scan.inventory.ec2.subnets;
    let (mut zones, mut unread) = (BTreeSet::new(), None);
    for id in &endpoint.subnets {
        match scan.network.subnets.get(&(endpoint.region.as_str(), id.as_str())) {
            Some(subnet) => zones.extend(subnet.zone_id.as_ref().or(subnet.zone.as_ref())),
            None => unread = Some(missing(subnets, &endpoint.region, id)),
        }
    }
    let several = zones.len() > 1;
    let seen = Evidence::of::<Subnet>("AvailabilityZoneId", json!(zones), "more than one zone");
    match unread {
        Some(why) if !several => Err(why),
        _ => Ok(Verdict::holds(several, seen)),
    }
}

/// The policy of an endpoint serves no stranger for what is a stranger's.
pub(super) fn policy_open(scan: Scan<'_>, endpoint: &VpcEndpoint) -> Decision {
    let service = endpoint.service.as_deref().unwrap_or_default();
    let is_private = service.contains(".vpce-svc-")
        || !matches!(endpoint.kind, EndpointKind::Gateway | EndpointKind::Interface);
    let policy = if is_private { None } else { endpoint.policy.known()? };
    let Some(EndpointPolicy(text)) = policy else { return Ok(Verdict::Pass(vec![])) };
    let read = Policy::parse(text).map_err(|error| {
        Unknown::new(EndpointPolicy::ACTION, Reason::Malformed).because(error.to_string())
    })?;
    let asked = awspect_policy::Endpoint {
        policy: &read,
        service,
        id: &endpoint.id,
        vpc: &endpoint.vpc,
        region: endpoint.region.as_str(),
        facts: &facts(scan),
    };
    match asked.serves_strangers(&zone(scan).accounts, &Budget::default()) {
        Answer::No(_) => Ok(Verdict::Pass(vec![])),
        Answer::Yes(witness) => {
            let expected = "identities or resources of your own";
            let shown = request::<EndpointPolicy>(witness.as_deref(), expected);
            Ok(Verdict::faults(vec![shown]))
        }
        open => Err(undecided::<EndpointPolicy>(open)),
    }
}

/// An interface endpoint admits nobody from outside its VPC's ranges. Groups and prefix lists pass.
pub(super) fn group_open(scan: Scan<'_>, endpoint: &VpcEndpoint) -> Decision {
    if endpoint.groups.is_empty() {
        return Ok(Verdict::Pass(vec![]));
    }
    let ec2 = &scan.inventory.ec2;
    let vpc =
        ec2.vpcs.found.iter().find(|it| it.region == endpoint.region && it.id == endpoint.vpc);
    let vpc = vpc.ok_or_else(|| missing(&ec2.vpcs, &endpoint.region, &endpoint.vpc))?;
    let v4 = vpc.ipv4.iter().copied().map(IpNet::V4);
    let own: Vec<IpNet> = v4.chain(vpc.ipv6.iter().map(|it| IpNet::V6(it.cidr))).collect();
    let inside = |net: &IpNet| {
        let family = |it: &&IpNet| Family::of(it) == Family::of(net);
        let all: Addresses = own.iter().filter(family).map(range).collect();
        all.covers(&[range(net)].into_iter().collect())
    };
    let (mut faults, mut unread) = (vec![], None);
    for id in &endpoint.groups {
        let Some(guard) = scan.network.guards.get(&(endpoint.region.as_str(), id.as_str())) else {
            unread = Some(missing(&ec2.security_groups, &endpoint.region, id));
            continue;
        };
        for (at, rule) in guard.group.ingress.iter().enumerate() {
            let v4 = rule.ipv4.iter().map(|it| IpNet::V4(it.cidr));
            let all = v4.chain(rule.ipv6.iter().map(|it| IpNet::V6(it.cidr)));
            let outside: Vec<IpNet> = all.filter(|net| !inside(net)).collect();
            if !outside.is_empty() {
                faults.push(Evidence::of::<SecurityGroup>(
                    format!("IpPermissions[{at}]"),
                    json!({ "group": id, "ranges": outside }),
                    format!("ranges of {}", endpoint.vpc),
                ));
            }
        }
    }
    match unread {
        Some(why) if faults.is_empty() => Err(why),
        _ => Ok(Verdict::faults(faults)),
    }
}

/// Only accounts of one's own may connect to an endpoint service.
pub(super) fn service_principals(scan: Scan<'_>, service: &EndpointService) -> Decision {
    let allowed = service.principals.known()?.map(|it| it.0.as_slice()).unwrap_or_default();
    let account = |principal: &str| {
        let own = principal.parse::<AccountId>().ok();
        own.or_else(|| principal.parse::<Arn>().ok()?.account())
    };
    let strangers: Vec<&String> = allowed
        .iter()
        .filter(|it| !account(it).is_some_and(|account| scan.trusts(&account)))
        .collect();
    if strangers.is_empty() {
        return Ok(Verdict::Pass(vec![]));
    }
    let acceptance = service.acceptance_required;
    let expected = "accounts of your own";
    Ok(Verdict::faults(vec![
        Evidence::of::<AllowedPrincipals>("AllowedPrincipals", json!(strangers), expected),
        Evidence::of::<EndpointService>("AcceptanceRequired", acceptance, "true"),
    ]))
}

/// An Instance Connect Endpoint leads to what it serves, and shows itself as its own address.
pub(super) fn connect_open(scan: Scan<'_>, endpoint: &InstanceConnectEndpoint) -> Decision {
    let (mut faults, mut unread) = (vec![], None);
    if endpoint.preserve_client_ip {
        let on = Evidence::of::<InstanceConnectEndpoint>("PreserveClientIp", true, "false");
        faults.push(on);
    }
    for id in &endpoint.groups {
        let Some(guard) = scan.network.guards.get(&(endpoint.region.as_str(), id.as_str())) else {
            let groups = &scan.inventory.ec2.security_groups;
            unread = Some(missing(groups, &endpoint.region, id));
            continue;
        };
        for (at, rule) in guard.group.egress.iter().enumerate() {
            let v4 = rule.ipv4.iter().any(|it| it.cidr.prefix_len() == 0);
            let whole = v4 || rule.ipv6.iter().any(|it| it.cidr.prefix_len() == 0);
            if whole && rule.protocol == Protocol::All {
                faults.push(Evidence::of::<SecurityGroup>(
                    format!("IpPermissionsEgress[{at}]"),
                    json!({ "group": id, "range": if v4 { "0.0.0.0/0" } else { "::/0" } }),
                    "the groups of the instances that it serves",
                ));
            }
        }
    }
    match unread {
        Some(why) if faults.is_empty() => Err(why),
        _ => Ok(Verdict::faults(faults)),
    }
}
