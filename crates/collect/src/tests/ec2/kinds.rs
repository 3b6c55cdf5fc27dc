//! Each kind of resource by the least that can be read of it.

/// How a kind is listed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub(super) operation: &'static str,
    /// The element of the answer that holds the items.
    pub(super) set: &'static str,
    /// The list in the snapshot.
    pub(super) list: &'static str,
    /// How ARNs go on after the account.
    pub(super) arn: &'static str,
    /// The most that one page gives, where there are pages.
    pub(super) page: &'static str,
    /// One item; `ID` is its id.
    pub(super) item: &'static str,
}

impl Kind {
    pub(super) fn item(&self, id: &str) -> String {
        format!("<item>{}</item>", self.item.replace("ID", id))
    }

    /// The body of an answer.
    pub(super) fn body(&self, items: &str, next: &str) -> String {
        let next =
            if next.is_empty() { String::new() } else { format!("<nextToken>{next}</nextToken>") };
        format!("<{0}>{items}</{0}>{next}", self.set)
    }
}

macro_rules! kinds {
    ($($operation:literal $set:literal $list:literal $arn:literal $page:literal $item:literal;)+) => {
        pub(super) const KINDS: &[Kind] = &[$(Kind {
            operation: $operation, set: $set, list: $list, arn: $arn, page: $page, item: $item,
        }),+];
    };
}

kinds! {
    "DescribeVpcs" "vpcSet" "vpcs" "vpc/" "1000"
        "<vpcId>ID</vpcId><isDefault>false</isDefault>";
    "DescribeNetworkInterfaces" "networkInterfaceSet" "network_interfaces" "network-interface/" "1000"
        "<networkInterfaceId>ID</networkInterfaceId><vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId>\
         <status>in-use</status><sourceDestCheck>true</sourceDestCheck>";
    "DescribeAddresses" "addressesSet" "addresses" "elastic-ip/" ""
        "<allocationId>ID</allocationId>";
    "DescribeLaunchTemplates" "launchTemplates" "launch_templates" "launch-template/" "200"
        "<launchTemplateId>ID</launchTemplateId><launchTemplateName>n</launchTemplateName>";
    "DescribeVpcBlockPublicAccessExclusions" "vpcBlockPublicAccessExclusionSet" "block_exclusions"
        "vpc-block-public-access-exclusion/" "1000"
        "<exclusionId>ID</exclusionId><state>create-complete</state>\
         <internetGatewayExclusionMode>allow-egress</internetGatewayExclusionMode>\
         <resourceArn>arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1</resourceArn>";
    "DescribeSecurityGroups" "securityGroupInfo" "security_groups" "security-group/" "1000"
        "<groupId>ID</groupId><groupName>n</groupName>";
    "DescribeSubnets" "subnetSet" "subnets" "subnet/" "1000"
        "<subnetId>ID</subnetId><vpcId>vpc-1</vpcId><defaultForAz>false</defaultForAz>\
         <mapPublicIpOnLaunch>false</mapPublicIpOnLaunch>\
         <assignIpv6AddressOnCreation>false</assignIpv6AddressOnCreation>";
    "DescribeRouteTables" "routeTableSet" "route_tables" "route-table/" "100"
        "<routeTableId>ID</routeTableId><vpcId>vpc-1</vpcId>";
    "DescribeNetworkAcls" "networkAclSet" "network_acls" "network-acl/" "1000"
        "<networkAclId>ID</networkAclId><vpcId>vpc-1</vpcId><default>false</default>";
    "DescribeInternetGateways" "internetGatewaySet" "internet_gateways" "internet-gateway/" "1000"
        "<internetGatewayId>ID</internetGatewayId>";
    "DescribeEgressOnlyInternetGateways" "egressOnlyInternetGatewaySet" "egress_only_gateways"
        "egress-only-internet-gateway/" "255"
        "<egressOnlyInternetGatewayId>ID</egressOnlyInternetGatewayId>";
    "DescribeVpcPeeringConnections" "vpcPeeringConnectionSet" "peerings"
        "vpc-peering-connection/" "1000"
        "<vpcPeeringConnectionId>ID</vpcPeeringConnectionId><status><code>active</code></status>\
         <requesterVpcInfo/><accepterVpcInfo/>";
    "DescribeVpcEndpoints" "vpcEndpointSet" "endpoints" "vpc-endpoint/" "1000"
        "<vpcEndpointId>ID</vpcEndpointId><vpcId>vpc-1</vpcId>\
         <vpcEndpointType>Gateway</vpcEndpointType>";
    "DescribeFlowLogs" "flowLogSet" "flow_logs" "vpc-flow-log/" "1000"
        "<flowLogId>ID</flowLogId><resourceId>vpc-1</resourceId>";
    "DescribeManagedPrefixLists" "prefixListSet" "prefix_lists" "prefix-list/" "100"
        "<prefixListId>ID</prefixListId><prefixListName>n</prefixListName>";
    "DescribeInstances" "reservationSet" "instances" "instance/" "1000"
        "<instancesSet><item><instanceId>ID</instanceId>\
         <instanceState><name>running</name></instanceState></item></instancesSet>";
    "DescribeInstanceConnectEndpoints" "instanceConnectEndpointSet" "instance_connect_endpoints"
        "instance-connect-endpoint/" "50"
        "<instanceConnectEndpointId>ID</instanceConnectEndpointId>\
         <preserveClientIp>false</preserveClientIp>";
    "DescribeVpcEndpointServiceConfigurations" "serviceConfigurationSet" "endpoint_services"
        "vpc-endpoint-service/" "1000"
        "<serviceId>ID</serviceId><serviceName>n</serviceName>\
         <acceptanceRequired>true</acceptanceRequired>";
}
