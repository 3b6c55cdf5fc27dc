//! The kinds of resources, and what is done to all of them alike.

use awspect_inventory::{
    Fact, Gap, Listed, Reason, Unknown,
    ec2::{
        Address, BlockExclusion, BlockPublicAccess, Ec2, EgressOnlyGateway, EndpointService,
        FlowLog, Instance, InstanceConnectEndpoint, InternetGateway, LaunchTemplate,
        MetadataDefaults, NetworkAcl, NetworkInterface, Peering, PrefixList, RouteTable,
        SecurityGroup, Subnet, Vpc, VpcEndpoint,
    },
};

use crate::{Session, regions::Regions};

/// A kind of resource that EC2 lists.
pub(super) trait Kind: Fact {
    /// The end of its ARNs (Service Authorization Reference, "Amazon EC2"), with `*` for the id.
    const PATTERN: &'static str;
}

/// What there is for each kind: its list in the inventory, its type, and the end of its ARNs.
macro_rules! kinds {
    ($($list:ident: $kind:ident = $pattern:literal),+ $(,)?) => {
        $(impl Kind for $kind {
            const PATTERN: &'static str = $pattern;
        })+

        /// The facts of several regions as one.
        pub(super) fn merge(regions: Vec<Ec2>) -> Ec2 {
            let nothing = Ec2 { $($list: Listed::complete(vec![]),)+ };
            regions.into_iter().fold(nothing, |mut all, one| {
                $(
                    all.$list.found.extend(one.$list.found);
                    all.$list.gaps.extend(one.$list.gaps);
                    all.$list.gone += one.$list.gone;
                )+
                all
            })
        }

        /// Owns up that there may be more in regions that nobody could list.
        pub(super) fn confess(session: &Session, regions: &Regions, ec2: &mut Ec2) {
            let account = &session.account;
            $(if session.wants(&$kind::ACTION) {
                regions.confess(&mut ec2.$list, || {
                    format!("arn:{}:ec2:*:{}:{}", account.partition, account.id, $pattern)
                });
            })+
        }

        /// Where a region refused every listing for the same reason, that is one thing not known: the first of them.
        ///
        /// So what a region as a whole does not tell takes one line of a report, and not one for each kind.
        pub(super) fn one_reason(ec2: &mut Ec2) {
            let is_refused =
                [$(ec2.$list.found.is_empty() && !ec2.$list.gaps.is_empty(),)+].iter().all(|it| *it);
            if is_refused {
                share([$(&mut ec2.$list.gaps,)+].into_iter().flatten());
            }
        }
    };
}

/// Gives all gaps the reason of the first, if all have the same; what nobody asked for has its own.
fn share<'a>(gaps: impl Iterator<Item = &'a mut Gap>) {
    let mut gaps: Vec<&mut Gap> =
        gaps.filter(|gap| gap.unknown.reason != Reason::NotAsked).collect();
    let Some(first) = gaps.first().map(|gap| gap.unknown.clone()) else {
        return;
    };
    let is_same = |it: &Unknown| it.reason == first.reason && it.code == first.code;
    if gaps.iter().all(|gap| is_same(&gap.unknown)) {
        for gap in &mut gaps {
            gap.unknown = first.clone();
        }
    }
}

kinds! {
    vpcs: Vpc = "vpc/*",
    network_interfaces: NetworkInterface = "network-interface/*",
    security_groups: SecurityGroup = "security-group/*",
    instances: Instance = "instance/*",
    launch_templates: LaunchTemplate = "launch-template/*",
    metadata_defaults: MetadataDefaults = "instance-metadata-defaults",
    instance_connect_endpoints: InstanceConnectEndpoint = "instance-connect-endpoint/*",
    prefix_lists: PrefixList = "prefix-list/*",
    addresses: Address = "elastic-ip/*",
    subnets: Subnet = "subnet/*",
    route_tables: RouteTable = "route-table/*",
    network_acls: NetworkAcl = "network-acl/*",
    internet_gateways: InternetGateway = "internet-gateway/*",
    egress_only_gateways: EgressOnlyGateway = "egress-only-internet-gateway/*",
    peerings: Peering = "vpc-peering-connection/*",
    endpoints: VpcEndpoint = "vpc-endpoint/*",
    endpoint_services: EndpointService = "vpc-endpoint-service/*",
    flow_logs: FlowLog = "vpc-flow-log/*",
    block_public_access: BlockPublicAccess = "vpc-block-public-access-options",
    block_exclusions: BlockExclusion = "vpc-block-public-access-exclusion/*",
}
