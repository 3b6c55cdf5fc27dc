//! An account with a network as it should be and one as it should not, beside the default VPCs of two regions.

use std::sync::OnceLock;

use awspect_fakeaws::FakeAws;
use awspect_tests::{
    ec2::{ALL, EVERYBODY, Ec2},
    moto::{Keys, Moto},
    run::{Outcome, run, scan},
    s3::Bucket,
    seed::Seed,
};
use serde_json::{Value, json};

use crate::BINARY;

/// Where both networks are; the other region has its default VPC alone.
pub(crate) const HOME: &str = "eu-west-1";
pub(crate) const FAR: &str = "eu-central-1";

/// The account, the stand-in before it, and what is spoken of by its id.
pub(crate) struct World {
    pub(crate) keys: Keys,
    pub(crate) fake: FakeAws,
    /// A VPC with private subnets, whose instance nobody reaches, and one that is open to everybody.
    pub(crate) private: Network,
    pub(crate) open: Network,
}

pub(crate) struct Network {
    pub(crate) vpc: String,
    pub(crate) group: String,
    pub(crate) instance: String,
}

impl World {
    /// The report on both regions.
    pub(crate) fn scan(&self) -> Value {
        let only = ["--service", "ec2", "--service", "vpc", "--region", HOME, "--region", FAR];
        let outcome = scan(BINARY, &self.keys, &self.fake.endpoint(), &only);
        assert!(matches!(outcome.code, 3 | 4), "{}", outcome.stderr);
        outcome.json()
    }

    /// The report as people read it.
    pub(crate) fn table(&self) -> Outcome {
        let endpoint = self.fake.endpoint();
        let args = ["scan", "--endpoint-url", &endpoint, "--region", HOME, "--region", FAR];
        let only = ["--service", "ec2", "--service", "vpc"];
        run(BINARY, Some(&self.keys), &[&args[..], &only].concat())
    }
}

/// The report on a world in which nothing is denied, made once.
pub(crate) fn report() -> &'static Value {
    static REPORT: OnceLock<Value> = OnceLock::new();
    REPORT.get_or_init(|| world("200000000001").scan())
}

/// An account of its own.
pub(crate) fn world(account: &str) -> World {
    let moto = Moto::shared();
    let seed = Seed::new(moto, account);
    let keys = moto.keys(account);
    let ec2 = Ec2::new(moto, &keys, HOME);
    let open = open(&ec2);
    let logs = format!("flow-logs-{account}");
    Bucket::new(&seed, HOME, &logs);
    let private = private(&ec2, account, &format!("arn:aws:s3:::{logs}"));
    let peering = ec2.peering(&private.vpc, &open.vpc);
    ec2.route(&ec2.main_table(&private.vpc), "10.1.0.0/24", ("VpcPeeringConnectionId", &peering));
    let other = ec2.vpc("10.2.0.0/16");
    let peering = ec2.peering(&open.vpc, &other);
    ec2.route(&ec2.main_table(&open.vpc), "10.2.0.0/16", ("VpcPeeringConnectionId", &peering));
    let fake = FakeAws::start(moto.address());
    stand_in(&fake, account, &private.group, &open.group);
    World { keys, fake, private, open }
}

/// Subnets in two zones without a way to the Internet, endpoints within a perimeter, logs that arrive.
fn private(ec2: &Ec2<'_>, account: &str, logs: &str) -> Network {
    let vpc = ec2.vpc("10.0.0.0/16");
    let subnets = [("10.0.0.0/24", "a"), ("10.0.1.0/24", "b")];
    let [first, second] = subnets.map(|(cidr, zone)| ec2.subnet(&vpc, cidr, zone));
    let group = ec2.group(&vpc, "app");
    ec2.let_out_https(&group);
    ec2.admit(&group, ("tcp", 443, 443), &["10.0.0.0/16"]);
    let acl = ec2.acl(&vpc);
    let entry = [
        ("NetworkAclId", acl.as_str()),
        ("RuleNumber", "100"),
        ("Protocol", "-1"),
        ("RuleAction", "allow"),
        ("CidrBlock", "10.0.0.0/8"),
    ];
    for egress in ["false", "true"] {
        ec2.send("CreateNetworkAclEntry", &[&entry[..], &[("Egress", egress)]].concat());
    }
    ec2.guard(&first, &acl);
    ec2.guard(&second, &acl);
    // A public address alone lets nobody in.
    let instance =
        ec2.instance(&first, &group, true, &[("MetadataOptions.HttpTokens", "required")]);
    // And one that the Internet has no address of.
    ec2.instance(&first, &group, false, &[("MetadataOptions.HttpTokens", "required")]);
    let own = json!({ "aws:PrincipalAccount": account });
    let perimeter = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
        "Condition": { "StringEquals": own },
    }] })
    .to_string();
    let table = ec2.main_table(&vpc);
    for service in ["s3", "dynamodb"] {
        let fields = [("RouteTableId.1", table.as_str()), ("PolicyDocument", &perimeter)];
        ec2.endpoint(&vpc, "Gateway", service, &fields);
    }
    for service in ["ec2", "ssm", "ecr.api", "ecr.dkr", "execute-api", "cognito-idp"] {
        let fields = [
            ("SubnetId.1", first.as_str()),
            ("SubnetId.2", &second),
            ("SecurityGroupId.1", &group),
            ("PolicyDocument", &perimeter),
        ];
        ec2.endpoint(&vpc, "Interface", service, &fields);
    }
    let log = [
        ("ResourceType", "VPC"),
        ("ResourceId.1", vpc.as_str()),
        ("TrafficType", "ALL"),
        ("LogDestinationType", "s3"),
        ("LogDestination", logs),
    ];
    ec2.send("CreateFlowLogs", &log);
    template(ec2, "private", "required", "false");
    Network { vpc, group, instance }
}

fn template(ec2: &Ec2<'_>, name: &str, tokens: &str, public: &str) {
    let fields = [
        ("LaunchTemplateName", name),
        ("LaunchTemplateData.MetadataOptions.HttpTokens", tokens),
        ("LaunchTemplateData.NetworkInterface.1.DeviceIndex", "0"),
        ("LaunchTemplateData.NetworkInterface.1.AssociatePublicIpAddress", public),
    ];
    ec2.send("CreateLaunchTemplate", &fields);
}

/// One subnet that leads to the Internet by the main table, and an instance that lets everybody in.
fn open(ec2: &Ec2<'_>) -> Network {
    let vpc = ec2.vpc("10.1.0.0/16");
    let subnet = ec2.subnet(&vpc, "10.1.0.0/24", "a");
    let fields = [("SubnetId", subnet.as_str()), ("MapPublicIpOnLaunch.Value", "true")];
    ec2.send("ModifySubnetAttribute", &fields);
    let gateway = ec2.gateway(&vpc);
    ec2.route(&ec2.main_table(&vpc), EVERYBODY, ("GatewayId", &gateway));
    let group = ec2.group(&vpc, "launch-wizard-1");
    ec2.admit(&group, ALL, &[EVERYBODY, &group]);
    let idle = ec2.group(&vpc, "idle");
    let lists = ec2.send("DescribeManagedPrefixLists", &[]);
    let s3 = lists.rsplit_once(".s3</prefixListName>").map_or("", |(before, _)| before);
    let s3 = s3.rsplit_once("<prefixListId>").map_or("", |(_, rest)| rest);
    ec2.admit(&idle, ("tcp", 443, 443), &[s3.split('<').next().unwrap_or_default()]);
    ec2.admit(&idle, ALL, &[&idle]);
    ec2.admit(&idle, ("tcp", 1024, 5000), &["203.0.0.0/8", "198.51.100.7/32"]);
    let many: Vec<String> = (0..50).map(|at| format!("10.9.{at}.0/24")).collect();
    ec2.admit(&idle, ("tcp", 8443, 8443), &many.iter().map(String::as_str).collect::<Vec<_>>());
    ec2.profile("app");
    let more = [("MetadataOptions.HttpTokens", "optional"), ("IamInstanceProfile.Name", "app")];
    let instance = ec2.instance(&subnet, &group, true, &more);
    // An interface that nobody chose a group for has the default one.
    ec2.send("CreateNetworkInterface", &[("SubnetId", &subnet)]);
    let fields = [("SubnetId.1", subnet.as_str()), ("SecurityGroupId.1", &group)];
    ec2.endpoint(&vpc, "Interface", "ssm", &fields);
    ec2.acl(&vpc);
    // Its role cannot be taken, so the records do not arrive.
    let log = [
        ("ResourceType", "VPC"),
        ("ResourceId.1", vpc.as_str()),
        ("TrafficType", "ALL"),
        ("LogGroupName", "flows"),
        ("DeliverLogsPermissionArn", "arn:aws:iam::999999999999:role/flows"),
    ];
    ec2.send("CreateFlowLogs", &log);
    template(ec2, "open", "optional", "true");
    Network { vpc, group, instance }
}

/// Answers what the fake AWS has no idea of: settings of regions, Instance Connect Endpoints and endpoint services.
fn stand_in(fake: &FakeAws, account: &str, narrow: &str, wide: &str) {
    let answer = |operation: &str, region: &str, inside: &str| {
        let body = format!(
            "<{operation}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
             <requestId>r</requestId>{inside}</{operation}Response>"
        );
        let kind = [("content-type", "text/xml;charset=UTF-8")];
        fake.on("ec2", operation).in_region(region).answer(200, &kind, body);
    };
    for (region, mode, tokens) in [(HOME, "off", ""), (FAR, "block-ingress", "required")] {
        let tokens = match tokens {
            "" => String::new(),
            tokens => format!("<httpTokens>{tokens}</httpTokens>"),
        };
        let inside = format!("<accountLevel>{tokens}<managedBy>account</managedBy></accountLevel>");
        answer("GetInstanceMetadataDefaults", region, &inside);
        let inside = format!(
            "<vpcBlockPublicAccessOptions><awsAccountId>{account}</awsAccountId><awsRegion>{region}</awsRegion>\
             <state>default-state</state><internetGatewayBlockMode>{mode}</internetGatewayBlockMode>\
             <exclusionsAllowed>allowed</exclusionsAllowed><managedBy>account</managedBy>\
             </vpcBlockPublicAccessOptions>"
        );
        answer("DescribeVpcBlockPublicAccessOptions", region, &inside);
        let none = "<vpcBlockPublicAccessExclusionSet/>";
        answer("DescribeVpcBlockPublicAccessExclusions", region, none);
        answer("DescribeInstanceConnectEndpoints", region, "<instanceConnectEndpointSet/>");
    }
    let endpoint = |id: &str, group: &str| {
        format!(
            "<item><instanceConnectEndpointId>{id}</instanceConnectEndpointId><ownerId>{account}</ownerId>\
             <instanceConnectEndpointArn>arn:aws:ec2:{HOME}:{account}:instance-connect-endpoint/{id}</instanceConnectEndpointArn>\
             <state>create-complete</state><preserveClientIp>false</preserveClientIp>\
             <securityGroupIdSet><item>{group}</item></securityGroupIdSet><networkInterfaceIdSet/></item>"
        )
    };
    let both = endpoint("eice-narrow", narrow) + &endpoint("eice-wide", wide);
    let inside = format!("<instanceConnectEndpointSet>{both}</instanceConnectEndpointSet>");
    answer("DescribeInstanceConnectEndpoints", HOME, &inside);
    let service = |id: &str| {
        format!(
            "<item><serviceId>{id}</serviceId><serviceName>com.amazonaws.vpce.{HOME}.{id}</serviceName>\
             <serviceState>Available</serviceState><acceptanceRequired>false</acceptanceRequired></item>"
        )
    };
    let both = service("vpce-svc-own") + &service("vpce-svc-all");
    let inside = format!("<serviceConfigurationSet>{both}</serviceConfigurationSet>");
    answer("DescribeVpcEndpointServiceConfigurations", HOME, &inside);
    for (id, principal) in
        [("vpce-svc-own", format!("arn:aws:iam::{account}:root")), ("vpce-svc-all", "*".to_owned())]
    {
        let body = format!(
            "<DescribeVpcEndpointServicePermissionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
             <allowedPrincipals><item><principal>{principal}</principal></item></allowedPrincipals>\
             </DescribeVpcEndpointServicePermissionsResponse>"
        );
        let kind = [("content-type", "text/xml;charset=UTF-8")];
        let own = fake.on("ec2", "DescribeVpcEndpointServicePermissions");
        own.only(id).answer(200, &kind, body);
    }
}
