//! Networks for the fake AWS: VPCs and what stands in them, made by the wire, whose answers give the new ids.

use crate::{
    http::Call,
    moto::{Keys, Moto},
};

/// EC2 of an account in one region, being filled.
#[derive(Clone, Debug)]
pub struct Ec2<'a> {
    moto: &'a Moto,
    keys: Keys,
    region: &'a str,
}

/// Everybody, over IPv4.
pub const EVERYBODY: &str = "0.0.0.0/0";

/// A protocol with its lowest and highest port.
pub type Ports<'a> = (&'a str, i32, i32);

/// All of all protocols.
pub const ALL: Ports<'static> = ("-1", -1, -1);

#[expect(clippy::missing_panics_doc, reason = "all of them do where the fake AWS refuses")]
impl<'a> Ec2<'a> {
    /// Begins with what the fake AWS puts into every region: a default VPC.
    pub fn new(moto: &'a Moto, keys: &Keys, region: &'a str) -> Self {
        Self { moto, keys: keys.clone(), region }
    }

    /// Sends a call, and gives the answer's text.
    pub fn send(&self, action: &str, fields: &[(&str, &str)]) -> String {
        self.ask("ec2", "2016-11-15", action, fields)
    }

    /// As [`Self::send`], to another service that speaks the query protocol.
    pub fn ask(
        &self,
        service: &str,
        version: &str,
        action: &str,
        fields: &[(&str, &str)],
    ) -> String {
        let all = [("Action", action), ("Version", version)];
        let all = all.iter().chain(fields).map(|(name, value)| format!("{name}={}", quoted(value)));
        let body = all.collect::<Vec<_>>().join("&");
        let region = self.region;
        let headers = [
            "Content-Type: application/x-www-form-urlencoded".to_owned(),
            format!("X-Amz-Security-Token: {}", self.keys.session_token),
            format!(
                "Authorization: AWS4-HMAC-SHA256 Credential={}/20260102/{region}/{service}/aws4_request, \
                 SignedHeaders=host, Signature=00",
                self.keys.access_key_id
            ),
        ];
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let call = Call {
            service,
            region,
            line: "POST /",
            headers: &headers,
            body: &body,
            ..Call::default()
        };
        let answer = call.send(self.moto.address());
        assert!(answer.status < 300, "{action}: {} {}", answer.status, answer.body);
        answer.body
    }

    /// Makes something, and gives its id, which stands in this element of the answer.
    pub fn make(&self, action: &str, fields: &[(&str, &str)], id: &str) -> String {
        let answer = self.send(action, fields);
        element(&answer, id).unwrap_or_else(|| panic!("{action}: no {id} in {answer}"))
    }

    /// Makes a VPC.
    pub fn vpc(&self, cidr: &str) -> String {
        self.make("CreateVpc", &[("CidrBlock", cidr)], "vpcId")
    }

    /// Makes a subnet in a zone, `a`.
    pub fn subnet(&self, vpc: &str, cidr: &str, zone: &str) -> String {
        let zone = format!("{}{zone}", self.region);
        let fields = [("VpcId", vpc), ("CidrBlock", cidr), ("AvailabilityZone", &zone)];
        self.make("CreateSubnet", &fields, "subnetId")
    }

    /// Makes an internet gateway for a VPC.
    pub fn gateway(&self, vpc: &str) -> String {
        let gateway = self.make("CreateInternetGateway", &[], "internetGatewayId");
        self.send("AttachInternetGateway", &[("InternetGatewayId", &gateway), ("VpcId", vpc)]);
        gateway
    }

    /// The main route table of a VPC.
    pub fn main_table(&self, vpc: &str) -> String {
        let fields = [("Filter.1.Name", "vpc-id"), ("Filter.1.Value.1", vpc)];
        self.make("DescribeRouteTables", &fields, "routeTableId")
    }

    /// Adds a route. What it leads through is a field and an id: `("GatewayId", "igw-…")`.
    pub fn route(&self, table: &str, cidr: &str, through: (&str, &str)) {
        let fields = [("RouteTableId", table), ("DestinationCidrBlock", cidr), through];
        self.send("CreateRoute", &fields);
    }

    /// Makes a group that lets nothing in and everything out.
    pub fn group(&self, vpc: &str, name: &str) -> String {
        let fields = [("GroupName", name), ("GroupDescription", "a test's"), ("VpcId", vpc)];
        self.make("CreateSecurityGroup", &fields, "groupId")
    }

    /// Lets sources in to a group: ranges, prefix lists and groups.
    pub fn admit(&self, group: &str, ports: Ports<'_>, sources: &[&str]) {
        self.permit("AuthorizeSecurityGroupIngress", group, ports, sources);
    }

    /// Takes away what AWS lets out of a new group, and lets HTTPS out.
    pub fn let_out_https(&self, group: &str) {
        self.permit("RevokeSecurityGroupEgress", group, ALL, &[EVERYBODY]);
        self.permit("AuthorizeSecurityGroupEgress", group, ("tcp", 443, 443), &[EVERYBODY]);
    }

    fn permit(&self, action: &str, group: &str, (protocol, low, high): Ports<'_>, peers: &[&str]) {
        let mut fields =
            vec![("GroupId".to_owned(), group.to_owned()), field("IpProtocol", protocol)];
        if low >= 0 {
            fields
                .extend([field("FromPort", &low.to_string()), field("ToPort", &high.to_string())]);
        }
        for (at, peer) in peers.iter().enumerate() {
            let at = at + 1;
            let name = match peer.get(..3) {
                Some("pl-") => format!("PrefixListIds.{at}.PrefixListId"),
                Some("sg-") => format!("Groups.{at}.GroupId"),
                _ if peer.contains(':') => format!("Ipv6Ranges.{at}.CidrIpv6"),
                _ => format!("IpRanges.{at}.CidrIp"),
            };
            fields.push(field(&name, peer));
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.send(action, &fields);
    }

    /// Starts an instance.
    pub fn instance(
        &self,
        subnet: &str,
        group: &str,
        public: bool,
        more: &[(&str, &str)],
    ) -> String {
        let public = public.to_string();
        let fields = [
            ("ImageId", "ami-0123456789abcdef0"),
            ("MinCount", "1"),
            ("MaxCount", "1"),
            ("NetworkInterface.1.DeviceIndex", "0"),
            ("NetworkInterface.1.SubnetId", subnet),
            ("NetworkInterface.1.SecurityGroupId.1", group),
            ("NetworkInterface.1.AssociatePublicIpAddress", &public),
        ];
        self.make("RunInstances", &[&fields[..], more].concat(), "instanceId")
    }

    /// Makes a network ACL that denies everything.
    pub fn acl(&self, vpc: &str) -> String {
        self.make("CreateNetworkAcl", &[("VpcId", vpc)], "networkAclId")
    }

    /// Lets a subnet be guarded by another network ACL.
    pub fn guard(&self, subnet: &str, acl: &str) {
        let fields = [("Filter.1.Name", "association.subnet-id"), ("Filter.1.Value.1", subnet)];
        let answer = self.send("DescribeNetworkAcls", &fields);
        let (before, _) = answer.split_once(subnet).expect("a subnet has a network ACL");
        let (_, last) = before.rsplit_once("<networkAclAssociationId>").expect("an association");
        let association = last.split('<').next().unwrap_or_default();
        let fields = [("AssociationId", association), ("NetworkAclId", acl)];
        self.send("ReplaceNetworkAclAssociation", &fields);
    }

    /// Makes an endpoint for a service of AWS's, `s3`.
    pub fn endpoint(&self, vpc: &str, kind: &str, service: &str, more: &[(&str, &str)]) -> String {
        let service = format!("com.amazonaws.{}.{service}", self.region);
        let fields = [("VpcId", vpc), ("VpcEndpointType", kind), ("ServiceName", &service)];
        self.make("CreateVpcEndpoint", &[&fields[..], more].concat(), "vpcEndpointId")
    }

    /// Makes a peering between two VPCs that both have said yes to.
    pub fn peering(&self, vpc: &str, other: &str) -> String {
        let fields = [("VpcId", vpc), ("PeerVpcId", other)];
        let peering = self.make("CreateVpcPeeringConnection", &fields, "vpcPeeringConnectionId");
        self.send("AcceptVpcPeeringConnection", &[("VpcPeeringConnectionId", &peering)]);
        peering
    }

    /// Makes an instance profile with a role in it that may do nothing.
    pub fn profile(&self, name: &str) {
        let ask = |action, fields: &[(&str, &str)]| self.ask("iam", "2010-05-08", action, fields);
        let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
        ask("CreateRole", &[("RoleName", name), ("AssumeRolePolicyDocument", trust)]);
        ask("CreateInstanceProfile", &[("InstanceProfileName", name)]);
        ask("AddRoleToInstanceProfile", &[("InstanceProfileName", name), ("RoleName", name)]);
    }
}

/// A field of the one permission that a call is about.
fn field(name: &str, value: &str) -> (String, String) {
    (format!("IpPermissions.1.{name}"), value.to_owned())
}

/// The text of the first element with this name.
pub fn element(answer: &str, name: &str) -> Option<String> {
    let (_, rest) = answer.split_once(&format!("<{name}>"))?;
    rest.split('<').next().map(str::to_owned)
}

/// A value as forms write it.
fn quoted(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let written = |byte| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    value.bytes().map(written).collect()
}
