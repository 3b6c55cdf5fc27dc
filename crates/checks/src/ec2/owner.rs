//! Whose an interface is, from what `DescribeNetworkInterfaces` says of it.
//!
//! Where the interface type says no more than "interface", AWS's services sign the description; the wording is theirs
//! (re:Post, "How do I find the AWS service that uses my elastic network interface?").

use std::fmt;

use awspect_inventory::ec2::{InterfaceKind, InterfaceStatus, NetworkInterface};

/// Whose an interface is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's: it is attached to nothing.
    Nobody,
    /// An instance's, by id.
    Instance(String),
    /// A load balancer's.
    LoadBalancer(Balancer),
    /// A NAT gateway's. It lets nothing in that was not asked for.
    NatGateway,
    /// An interface endpoint's.
    VpcEndpoint,
    /// A transit gateway's.
    TransitGateway,
    /// An EC2 Instance Connect Endpoint's.
    InstanceConnectEndpoint,
    /// Lambda's, for functions in the VPC.
    Lambda,
    /// A database instance's of RDS.
    Rds,
    /// A file system's of EFS.
    Efs,
    /// A task's of ECS.
    Ecs,
    /// A Kubernetes control plane's.
    Eks,
    /// A cache's of `ElastiCache`.
    ElastiCache,
    /// A warehouse's of Redshift.
    Redshift,
    /// A service's, by the requester or type that AWS gives.
    Service(String),
    /// Nothing tells.
    Unknown,
}

/// The kinds of load balancers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balancer {
    /// An Application Load Balancer.
    Application,
    /// A Network Load Balancer.
    Network,
    /// A Gateway Load Balancer.
    Gateway,
    /// A Classic Load Balancer.
    Classic,
}

/// How descriptions begin, and what they tell.
const SIGNATURES: [(&str, Owner); 16] = [
    ("ELB app/", Owner::LoadBalancer(Balancer::Application)),
    ("ELB net/", Owner::LoadBalancer(Balancer::Network)),
    ("ELB gwy/", Owner::LoadBalancer(Balancer::Gateway)),
    ("ELB ", Owner::LoadBalancer(Balancer::Classic)),
    ("Interface for NAT Gateway", Owner::NatGateway),
    ("VPC Endpoint Interface", Owner::VpcEndpoint),
    ("Network Interface for Transit Gateway", Owner::TransitGateway),
    ("EC2 Instance Connect Endpoint", Owner::InstanceConnectEndpoint),
    ("AWS Lambda VPC ENI", Owner::Lambda),
    ("RDSNetworkInterface", Owner::Rds),
    ("EFS mount target for", Owner::Efs),
    ("arn:aws:ecs:", Owner::Ecs),
    ("Amazon EKS ", Owner::Eks),
    ("ElastiCache ", Owner::ElastiCache),
    ("ElastiCache+", Owner::ElastiCache),
    ("RedshiftNetworkInterface", Owner::Redshift),
];

impl Owner {
    /// Whose an interface is.
    pub fn of(interface: &NetworkInterface) -> Self {
        match &interface.kind {
            InterfaceKind::NatGateway => return Self::NatGateway,
            // The API reference spells it so in places.
            InterfaceKind::Other(kind) if kind == "natGateway" => return Self::NatGateway,
            InterfaceKind::NetworkLoadBalancer => return Self::LoadBalancer(Balancer::Network),
            InterfaceKind::GatewayLoadBalancer => return Self::LoadBalancer(Balancer::Gateway),
            InterfaceKind::VpcEndpoint | InterfaceKind::GatewayLoadBalancerEndpoint => {
                return Self::VpcEndpoint;
            }
            InterfaceKind::TransitGateway => return Self::TransitGateway,
            InterfaceKind::InstanceConnectEndpoint => return Self::InstanceConnectEndpoint,
            InterfaceKind::Lambda => return Self::Lambda,
            InterfaceKind::Efs => return Self::Efs,
            _ => (),
        }
        let instance = interface.attachment.as_ref().and_then(|it| it.instance.clone());
        if let Some(instance) = instance {
            return Self::Instance(instance);
        }
        // Of an interface that no service manages, the description is its maker's free text.
        if interface.requester_managed {
            return managed(interface);
        }
        match (&interface.status, &interface.attachment) {
            (InterfaceStatus::Available, _) | (_, None) => Self::Nobody,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nobody => "nobody",
            Self::Instance(id) | Self::Service(id) => id,
            Self::LoadBalancer(Balancer::Application) => "Application Load Balancer",
            Self::LoadBalancer(Balancer::Network) => "Network Load Balancer",
            Self::LoadBalancer(Balancer::Gateway) => "Gateway Load Balancer",
            Self::LoadBalancer(Balancer::Classic) => "Classic Load Balancer",
            Self::NatGateway => "NAT gateway",
            Self::VpcEndpoint => "VPC endpoint",
            Self::TransitGateway => "transit gateway",
            Self::InstanceConnectEndpoint => "EC2 Instance Connect Endpoint",
            Self::Lambda => "Lambda",
            Self::Rds => "RDS",
            Self::Efs => "EFS",
            Self::Ecs => "ECS",
            Self::Eks => "EKS",
            Self::ElastiCache => "ElastiCache",
            Self::Redshift => "Redshift",
            Self::Unknown => "unknown",
        })
    }
}

fn managed(interface: &NetworkInterface) -> Owner {
    let description = interface.description.as_deref().unwrap_or_default();
    // Other partitions have other ARNs.
    let is_task = description.starts_with("arn:") && description.contains(":ecs:");
    let signed = SIGNATURES.iter().find(|(start, _)| description.starts_with(start));
    let told = |text: &str| text.starts_with("amazon-") || text.starts_with("aws-");
    let requester = interface.requester.as_deref().filter(|text| told(text));
    match (signed, requester, &interface.kind) {
        (Some((_, owner)), _, _) => owner.clone(),
        _ if is_task => Owner::Ecs,
        (None, Some("amazon-rds"), _) => Owner::Rds,
        (None, Some("amazon-elasticache"), _) => Owner::ElastiCache,
        (None, Some("amazon-redshift"), _) => Owner::Redshift,
        (None, _, InterfaceKind::LoadBalancer) | (None, Some("amazon-elb"), _) => {
            Owner::LoadBalancer(Balancer::Classic)
        }
        (None, Some(requester), _) => Owner::Service(requester.to_owned()),
        (None, None, InterfaceKind::Interface) => Owner::Unknown,
        (None, None, kind) => Owner::Service(kind.as_str().to_owned()),
    }
}
