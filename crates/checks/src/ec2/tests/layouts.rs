//! VPCs, what leads out of them, and what is recorded of them.

use awspect_findings::Status;
use awspect_inventory::{
    Listed, Observed,
    ec2::{
        AllowedPrincipals, DeliveryStatus, Ec2, EndpointKind, EndpointService, FlowLog, Peering,
        PeeringSide, PeeringStatus, Target, TrafficKind, VpcEndpoint,
    },
};

use super::{
    rules::status,
    world::{
        ACCOUNT, HOME, arn, empty, group, interface, permission, public_vpc, route, subnet, table,
        vpc,
    },
};

fn log(resource: &str, traffic: TrafficKind, delivery: DeliveryStatus) -> FlowLog {
    let id = format!("fl-{resource}");
    FlowLog {
        arn: arn(HOME, &format!("vpc-flow-log/{id}")),
        id,
        region: HOME.parse().unwrap(),
        resource: resource.to_owned(),
        traffic: Some(traffic),
        status: Some("ACTIVE".to_owned()),
        delivery: Some(delivery),
        delivery_error: None,
        destination_kind: None,
        destination: None,
        log_group: None,
        tags: [].into(),
    }
}

/// A VPC of two subnets, one of them public, in two zones.
fn two_subnets() -> Ec2 {
    let mut ec2 = empty();
    public_vpc(&mut ec2, HOME, 1);
    ec2.vpcs.found.push(vpc(HOME, "vpc-1"));
    ec2.subnets.found.push(subnet(HOME, "vpc-1", "subnet-2"));
    let local = vec![route("10.0.0.0/16", Target::Local)];
    ec2.route_tables.found.push(table(HOME, "vpc-1", "rtb-2", &["subnet-2"], local));
    for (zone, it) in ["euw1-az1", "euw1-az2"].into_iter().zip(&mut ec2.subnets.found) {
        it.zone_id = Some(zone.to_owned());
    }
    ec2
}

#[test]
fn a_flow_log_has_to_arrive_and_to_tell_what_was_dropped() {
    let (all, good) = (TrafficKind::All, DeliveryStatus::Success);
    let judged = |logs: Vec<FlowLog>| {
        let mut ec2 = two_subnets();
        ec2.flow_logs.found = logs;
        status(&ec2, "vpc/flow-logs", "vpc-1")
    };
    let of = |resource| log(resource, all.clone(), good.clone());
    assert_eq!(judged(vec![]), Status::Fail);
    assert_eq!(judged(vec![of("vpc-1")]), Status::Pass);
    assert_eq!(judged(vec![log("vpc-1", TrafficKind::Reject, good.clone())]), Status::Pass);
    assert_eq!(judged(vec![log("vpc-1", TrafficKind::Accept, good.clone())]), Status::Fail);
    assert_eq!(judged(vec![log("vpc-1", all.clone(), DeliveryStatus::Failed)]), Status::Fail);
    assert_eq!(judged(vec![of("subnet-1")]), Status::Fail);
    assert_eq!(judged(vec![of("subnet-1"), of("subnet-2")]), Status::Pass);
    let mut ec2 = two_subnets();
    ec2.flow_logs = Listed::default();
    assert_eq!(status(&ec2, "vpc/flow-logs", "vpc-1"), Status::Unknown);
}

#[test]
fn a_vpc_of_another_account_is_its_owners_business() {
    let mut ec2 = two_subnets();
    ec2.vpcs.found[0].owner = Some("444455556666".parse().unwrap());
    let found = super::rules::findings(ec2);
    assert!(found.iter().all(|it| it.rule != "vpc/flow-logs"));
}

#[test]
fn private_subnets_and_zones_are_counted() {
    let rule = "vpc/subnet-separation";
    let mut ec2 = two_subnets();
    assert_eq!(status(&ec2, rule, "vpc-1"), Status::Pass);
    ec2.subnets.found[1].zone_id = Some("euw1-az1".to_owned());
    assert_eq!(status(&ec2, rule, "vpc-1"), Status::Fail);
    let mut ec2 = two_subnets();
    ec2.route_tables.found.pop();
    assert_eq!(status(&ec2, rule, "vpc-1"), Status::Fail);
    assert_eq!(status(&ec2, "vpc/route-table-igw-main", "rtb-1"), Status::Fail);
    assert_eq!(status(&two_subnets(), "vpc/route-table-igw-main", "rtb-2"), Status::Pass);
}

#[test]
fn a_route_to_the_whole_accepter_is_seen() {
    let side = |vpc: &str, cidr: &str| PeeringSide {
        account: None,
        vpc: Some(vpc.to_owned()),
        region: None,
        ipv4: vec![cidr.parse().unwrap()],
        ipv6: vec![],
    };
    for (destination, is) in
        [("10.1.0.0/16", Status::Fail), ("0.0.0.0/0", Status::Fail), ("10.1.2.0/24", Status::Pass)]
    {
        let mut ec2 = two_subnets();
        let over = route(destination, Target::Peering("pcx-1".to_owned()));
        ec2.route_tables.found[1].routes.push(over);
        ec2.peerings.found.push(Peering {
            arn: arn(HOME, "vpc-peering-connection/pcx-1"),
            id: "pcx-1".to_owned(),
            region: HOME.parse().unwrap(),
            status: PeeringStatus::Active,
            requester: side("vpc-1", "10.0.0.0/16"),
            accepter: side("vpc-2", "10.1.0.0/16"),
            tags: [].into(),
        });
        assert_eq!(status(&ec2, "vpc/peering-route-scope", "pcx-1"), is, "{destination}");
    }
}

fn endpoint(kind: EndpointKind, service: &str) -> VpcEndpoint {
    let id = format!("vpce-{service}");
    VpcEndpoint {
        arn: arn(HOME, &format!("vpc-endpoint/{id}")),
        id,
        region: HOME.parse().unwrap(),
        vpc: "vpc-1".to_owned(),
        owner: None,
        kind,
        service: Some(format!("com.amazonaws.{HOME}.{service}")),
        state: Some("available".to_owned()),
        policy: Observed::NotSet,
        subnets: vec!["subnet-1".to_owned()],
        route_tables: vec!["rtb-1".to_owned()],
        groups: vec![],
        interfaces: vec![],
        private_dns: true,
        requester_managed: false,
        tags: [].into(),
    }
}

#[test]
fn an_endpoint_is_known_by_its_whole_name() {
    let interfaces = |first: &str| {
        let mut ec2 = two_subnets();
        let place = ("vpc-1", "subnet-1");
        ec2.network_interfaces.found.push(interface(HOME, place, "eni-1", &[], None));
        let rest = ["ssm", "ecr.api", "ecr.dkr", "execute-api", "cognito-idp"];
        for service in rest.into_iter().chain([first]) {
            ec2.endpoints.found.push(endpoint(EndpointKind::Interface, service));
        }
        status(&ec2, "vpc/endpoint-interface-missing", "vpc-1")
    };
    assert_eq!(interfaces("ec2"), Status::Pass);
    assert_eq!(interfaces("ec2messages"), Status::Fail);
    // Nothing in it needs nothing.
    assert_eq!(status(&two_subnets(), "vpc/endpoint-s3-dynamodb-missing", "vpc-1"), Status::Pass);
}

#[test]
fn an_endpoint_admits_its_vpc_in_several_zones() {
    let mut ec2 = two_subnets();
    let mut own = endpoint(EndpointKind::Interface, "ec2");
    own.groups = vec!["sg-1".to_owned()];
    ec2.endpoints.found.push(own);
    let admit = |range| vec![permission("tcp", (443, 443), &[range])];
    ec2.security_groups.found.push(group("sg-1", admit("10.0.0.0/16")));
    assert_eq!(status(&ec2, "vpc/endpoint-sg-open", "vpce-ec2"), Status::Pass);
    assert_eq!(status(&ec2, "vpc/endpoint-multi-az", "vpce-ec2"), Status::Fail);
    ec2.security_groups.found[0].ingress = admit("10.0.0.0/8");
    ec2.endpoints.found[0].subnets.push("subnet-2".to_owned());
    assert_eq!(status(&ec2, "vpc/endpoint-sg-open", "vpce-ec2"), Status::Fail);
    assert_eq!(status(&ec2, "vpc/endpoint-multi-az", "vpce-ec2"), Status::Pass);
}

#[test]
fn all_principals_of_a_service_make_one_finding() {
    let own = format!("arn:aws:iam::{ACCOUNT}:root");
    for (principals, is) in [
        (vec![own.as_str()], Status::Pass),
        (vec![], Status::Pass),
        (vec!["*", own.as_str()], Status::Fail),
        (vec!["arn:aws:iam::444455556666:role/x"], Status::Fail),
    ] {
        let mut ec2 = empty();
        let principals = principals.into_iter().map(str::to_owned).collect();
        ec2.endpoint_services.found.push(EndpointService {
            arn: arn(HOME, "vpc-endpoint-service/vpce-svc-1"),
            id: "vpce-svc-1".to_owned(),
            region: HOME.parse().unwrap(),
            service_name: "x".to_owned(),
            state: None,
            acceptance_required: true,
            load_balancers: vec![],
            principals: Observed::Set(AllowedPrincipals(principals)),
            tags: [].into(),
        });
        let found = super::rules::findings(ec2);
        let own: Vec<Status> = found
            .iter()
            .filter(|it| it.rule == "vpc/endpoint-service-principals")
            .map(|it| it.status)
            .collect();
        assert_eq!(own, [is]);
    }
}
