//! The rules over networks whose answers are known.

use awspect_findings::{Finding, Severity, Status};
use awspect_inventory::{
    Inventory, Listed,
    ec2::{
        AclAction, Ec2, EndpointState, GroupPair, HttpTokens, InstanceState, MetadataOptions,
        NetworkInterface, SecurityGroup, Target,
    },
};
use serde_json::json;

use super::world::{
    HOME, acl, allow_all, empty, entry, exposed, group, instance, permission, prefix_list,
    public_vpc, refused, route, subnet, vpc,
};
use crate::{Settings, ec2::RULES, judge};

/// What all rules find.
pub(super) fn findings(ec2: Ec2) -> Vec<Finding> {
    let mut inventory: Inventory = serde_json::from_value(json!({
        "format": "awspect-snapshot", "version": 1, "collected_at": "2026-01-01T00:00:00Z",
        "completion": "complete", "regions": [HOME],
        "account": { "arn": "arn:aws:iam::111122223333:root", "id": "111122223333", "partition": "aws" },
    }))
    .unwrap();
    inventory.ec2 = ec2;
    judge(&inventory, &Settings::default(), RULES.iter())
}

/// The verdict of a rule on a resource, by its name.
fn verdict(ec2: &Ec2, rule: &str, name: &str) -> (Status, Severity) {
    let found = findings(ec2.clone());
    let own = found.iter().find(|it| it.rule == rule && it.resource.name == name);
    own.map(|it| (it.status, it.severity)).expect("the rule judges the resource")
}

pub(super) fn status(ec2: &Ec2, rule: &str, name: &str) -> Status {
    verdict(ec2, rule, name).0
}

/// The facts of one group with these rules, which nothing has.
fn alone(ingress: Vec<awspect_inventory::ec2::Permission>) -> Ec2 {
    let mut ec2 = empty();
    ec2.security_groups.found.push(group("sg-1", ingress));
    ec2
}

#[test]
fn severity_follows_reachability() {
    let rule = "ec2/sg-open-ssh";
    let mut ec2 = exposed();
    assert_eq!(verdict(&ec2, rule, "sg-1"), (Status::Fail, Severity::High));
    ec2.route_tables.found[0].routes.truncate(1);
    assert_eq!(verdict(&ec2, rule, "sg-1"), (Status::Fail, Severity::Medium));
    ec2.network_interfaces.found.clear();
    assert_eq!(verdict(&ec2, rule, "sg-1"), (Status::Fail, Severity::Low));
    // Where nobody knows who has the group it is as bad as it can be.
    ec2.network_interfaces.gaps.push(refused::<NetworkInterface>(HOME));
    assert_eq!(verdict(&ec2, rule, "sg-1"), (Status::Fail, Severity::High));
    assert_eq!(status(&ec2, "ec2/sg-open-rdp", "sg-1"), Status::Pass);
}

#[test]
fn a_finding_shows_the_rule_and_the_way() {
    let found = findings(exposed());
    let ssh = found.iter().find(|it| it.rule == "ec2/sg-open-ssh").unwrap();
    let fields: Vec<&str> = ssh.evidence.iter().map(|it| &*it.field).collect();
    assert_eq!(fields, ["IpPermissions[0]", "IpPermissions[0]", "NetworkInterfaces"]);
    assert_eq!(
        ssh.evidence[0].observed,
        json!({ "protocol": "tcp", "ports": "22", "services": ["SSH, SFTP"], "sources": ["0.0.0.0/0"] })
    );
    let way = &ssh.evidence[2].observed;
    assert_eq!(way["owner"], "i-eni-1");
    assert_eq!(way["address"], "52.1.2.3");
    assert_eq!(way["route"]["target"], json!({ "internet_gateway": "igw-1" }));
}

#[test]
fn the_worst_group_fails_every_rule() {
    let ec2 = alone(vec![permission("-1", (-1, -1), &["0.0.0.0/0"])]);
    for rule in ["ssh", "rdp", "all", "database", "cleartext", "high-risk", "unexpected", "icmp"] {
        assert_eq!(status(&ec2, &format!("ec2/sg-open-{rule}"), "sg-1"), Status::Fail, "{rule}");
    }
}

#[test]
fn each_group_fails_what_it_opens() {
    let open =
        |protocol, ports, sources: &[&str]| alone(vec![permission(protocol, ports, sources)]);
    let failed = |ec2: &Ec2| -> Vec<String> {
        let mut ids: Vec<String> = findings(ec2.clone())
            .iter()
            .filter(|it| it.status == Status::Fail && it.rule.starts_with("ec2/sg-"))
            .map(|it| it.rule.trim_start_matches("ec2/sg-").to_owned())
            .filter(|id| id != "unused")
            .collect();
        ids.sort();
        ids
    };
    for (ec2, rules) in [
        (open("tcp", (443, 443), &["0.0.0.0/0"]), &[][..]),
        (open("udp", (443, 443), &["::/0"]), &[]),
        (open("tcp", (7331, 7331), &["::/0"]), &["open-unexpected"]),
        (open("47", (-1, -1), &["0.0.0.0/0"]), &["open-unexpected"]),
        (open("udp", (3389, 3389), &["0.0.0.0/0"]), &["open-rdp", "open-unexpected"]),
        (open("icmp", (8, 0), &["0.0.0.0/0"]), &["open-icmp"]),
        (open("icmp", (3, 4), &["0.0.0.0/0"]), &[]),
        (open("icmp", (-1, -1), &["10.0.0.0/8"]), &[]),
        (
            open("tcp", (5432, 5432), &["0.0.0.0/1", "128.0.0.0/1"]),
            &["open-database", "open-unexpected", "wide-public-cidr"],
        ),
        (open("tcp", (22, 22), &["203.0.113.0/24"]), &["public-ip-allowlist"]),
        (open("tcp", (22, 22), &["203.0.0.0/8"]), &["wide-public-cidr"]),
        (open("tcp", (1024, 2048), &["10.0.0.0/8"]), &["port-range"]),
        (open("tcp", (0, 65535), &["10.0.0.0/8"]), &[]),
    ] {
        assert_eq!(failed(&ec2), rules, "{:?}", ec2.security_groups.found[0].ingress);
    }
}

#[test]
fn an_unread_list_makes_only_what_it_may_change_unknown() {
    let mut ec2 = alone(vec![permission("tcp", (22, 22), &["pl-1"])]);
    ec2.prefix_lists.found.push(prefix_list("pl-1", None));
    assert_eq!(status(&ec2, "ec2/sg-open-ssh", "sg-1"), Status::Unknown);
    assert_eq!(status(&ec2, "ec2/sg-open-rdp", "sg-1"), Status::Pass);
    assert_eq!(status(&ec2, "ec2/sg-open-all", "sg-1"), Status::Pass);
}

#[test]
fn a_group_is_used_by_others_and_not_by_itself() {
    let rule = "ec2/sg-unused";
    let mut ec2 = alone(vec![]);
    let pair = |id: &str| GroupPair {
        id: id.to_owned(),
        account: None,
        vpc: None,
        peering: None,
        peering_status: None,
        description: None,
    };
    let mut own = permission("-1", (-1, -1), &[]);
    own.groups.push(pair("sg-1"));
    ec2.security_groups.found[0].ingress.push(own.clone());
    assert_eq!(status(&ec2, rule, "sg-1"), Status::Fail);
    assert_eq!(status(&ec2, "ec2/sg-self-all-traffic", "sg-1"), Status::Fail);
    ec2.endpoints = Listed::default();
    assert_eq!(status(&ec2, rule, "sg-1"), Status::Unknown);
    ec2.security_groups.found.push(SecurityGroup { egress: vec![own], ..group("sg-2", vec![]) });
    assert_eq!(status(&ec2, rule, "sg-1"), Status::Pass);
}

#[test]
fn a_default_group_is_empty_and_on_nothing() {
    let mut ec2 = exposed();
    assert_eq!(status(&ec2, "ec2/sg-default-open", "sg-1"), Status::Pass);
    ec2.security_groups.found[0].group_name = "default".to_owned();
    assert_eq!(status(&ec2, "ec2/sg-default-open", "sg-1"), Status::Fail);
    assert_eq!(status(&ec2, "ec2/sg-default-used", "sg-1"), Status::Fail);
    ec2.network_interfaces.found.clear();
    assert_eq!(status(&ec2, "ec2/sg-default-used", "sg-1"), Status::Pass);
    ec2.network_interfaces.gaps.push(refused::<NetworkInterface>(HOME));
    assert_eq!(status(&ec2, "ec2/sg-default-used", "sg-1"), Status::Unknown);
}

#[test]
fn an_instance_is_exposed_while_it_runs() {
    let (admin, data) = ("ec2/instance-exposed-admin-port", "ec2/instance-exposed-data-port");
    let mut ec2 = exposed();
    ec2.instances.found.push(instance(HOME, "i-1", &["eni-1"]));
    assert_eq!(verdict(&ec2, admin, "i-1"), (Status::Fail, Severity::Critical));
    assert_eq!(status(&ec2, data, "i-1"), Status::Pass);
    ec2.instances.found[0].state = InstanceState::Stopped;
    assert_eq!(status(&ec2, admin, "i-1"), Status::Pass);
    ec2.instances.found[0].state = InstanceState::Running;
    ec2.instances.found[0].interfaces.push("eni-2".to_owned());
    assert_eq!(status(&ec2, admin, "i-1"), Status::Fail);
    assert_eq!(status(&ec2, data, "i-1"), Status::Unknown);
}

#[test]
fn metadata_wants_a_token() {
    let options = |tokens: Option<HttpTokens>, endpoint| MetadataOptions {
        http_tokens: tokens,
        http_endpoint: endpoint,
        hop_limit: None,
        ipv6: None,
        instance_tags: None,
    };
    for (tokens, endpoint, is) in [
        (Some(HttpTokens::Required), None, Status::Pass),
        (Some(HttpTokens::Optional), None, Status::Fail),
        (Some(HttpTokens::Optional), Some(EndpointState::Disabled), Status::Pass),
        (None, None, Status::Unknown),
    ] {
        let mut ec2 = empty();
        let mut own = instance(HOME, "i-1", &[]);
        own.metadata = Some(options(tokens, endpoint));
        ec2.instances.found.push(own);
        assert_eq!(status(&ec2, "ec2/instance-imdsv2", "i-1"), is);
    }
}

#[test]
fn a_public_address_of_any_kind_counts() {
    let mut ec2 = empty();
    ec2.instances.found.push(instance(HOME, "i-1", &[]));
    let rule = "ec2/instance-public-ip";
    assert_eq!(status(&ec2, rule, "i-1"), Status::Pass);
    ec2.instances.found[0].ipv6 = vec!["fd00::1".parse().unwrap()];
    assert_eq!(status(&ec2, rule, "i-1"), Status::Pass);
    ec2.instances.found[0].ipv6 = vec!["2600:1f16::1".parse().unwrap()];
    assert_eq!(status(&ec2, rule, "i-1"), Status::Fail);
}

#[test]
fn a_role_on_a_public_instance_is_looked_at() {
    let rule = "ec2/instance-public-with-role";
    let mut ec2 = empty();
    ec2.instances.found.push(instance(HOME, "i-1", &[]));
    let own = &mut ec2.instances.found[0];
    own.profile = Some("arn:aws:iam::111122223333:instance-profile/web".parse().unwrap());
    assert_eq!(status(&ec2, rule, "i-1"), Status::Pass);
    ec2.instances.found[0].public_ipv4.push("52.1.2.3".parse().unwrap());
    // Roles were not collected.
    assert_eq!(status(&ec2, rule, "i-1"), Status::Unknown);
    ec2.instances.found[0].profile = None;
    assert_eq!(status(&ec2, rule, "i-1"), Status::Pass);
}

#[test]
fn network_acls_are_judged_where_they_guard() {
    let (admin, all, unused) = ("vpc/nacl-open-admin", "vpc/nacl-open-all", "vpc/nacl-unused");
    let mut ec2 = empty();
    ec2.network_acls.found.push(acl(HOME, "vpc-1", "acl-1", &["subnet-1"], allow_all()));
    let mut idle = acl(HOME, "vpc-1", "acl-2", &[], allow_all());
    ec2.network_acls.found.push(idle.clone());
    idle.id = "acl-3".to_owned();
    idle.default = true;
    idle.arn = "arn:aws:ec2:eu-west-1:111122223333:network-acl/acl-3".parse().unwrap();
    ec2.network_acls.found.push(idle);
    let of = |rule| ["acl-1", "acl-2", "acl-3"].map(|id| status(&ec2, rule, id));
    assert_eq!(of(admin), [Status::Fail, Status::Pass, Status::Pass]);
    assert_eq!(of(all), [Status::Fail; 3]);
    assert_eq!(of(unused), [Status::Pass, Status::Fail, Status::Pass]);
    assert_eq!(verdict(&ec2, all, "acl-3").1, Severity::Info);

    let deny = entry(1, false, AclAction::Deny, ("tcp", 0, 65535), "0.0.0.0/0");
    let deny_v6 = entry(2, false, AclAction::Deny, ("-1", -1, -1), "::/0");
    ec2.network_acls.found[0].entries.extend([deny, deny_v6]);
    assert_eq!(status(&ec2, admin, "acl-1"), Status::Pass);
    // UDP is left.
    assert_eq!(status(&ec2, all, "acl-1"), Status::Fail);
}

#[test]
fn a_default_vpc_answers_for_its_subnets() {
    let mut ec2 = empty();
    public_vpc(&mut ec2, HOME, 1);
    ec2.vpcs.found = vec![vpc(HOME, "vpc-1"), vpc(HOME, "vpc-2")];
    ec2.vpcs.found[0].default = true;
    ec2.subnets.found.push(subnet(HOME, "vpc-2", "subnet-2"));
    for it in &mut ec2.subnets.found {
        it.auto_assign_public_ipv4 = true;
    }
    let rule = "vpc/subnet-auto-public-ip";
    assert_eq!(status(&ec2, rule, "subnet-1"), Status::Pass);
    assert_eq!(status(&ec2, rule, "subnet-2"), Status::Fail);
    assert_eq!(verdict(&ec2, "vpc/default-vpc", "vpc-1"), (Status::Fail, Severity::Info));
    assert_eq!(verdict(&ec2, "vpc/block-public-access", HOME).0, Status::Fail);
}

/// Where a rule asks further than its document says, a scan for that rule alone would not collect what it needs.
#[test]
fn documents_name_every_action_that_rules_read() {
    let hide: [fn(&mut Ec2); 14] = [
        |_| (),
        |it| it.security_groups = Listed::default(),
        |it| it.prefix_lists = Listed::default(),
        |it| it.prefix_lists.found[0].entries = awspect_inventory::Observed::default(),
        |it| it.network_interfaces = Listed::default(),
        |it| it.subnets = Listed::default(),
        |it| it.vpcs = Listed::default(),
        |it| it.route_tables = Listed::default(),
        |it| it.network_acls = Listed::default(),
        |it| it.block_public_access = Listed::default(),
        |it| it.endpoints = Listed::default(),
        |it| it.launch_templates = Listed::default(),
        |it| it.internet_gateways = Listed::default(),
        |it| it.flow_logs = Listed::default(),
    ];
    let mut unnamed = std::collections::BTreeSet::new();
    for hide in hide {
        let mut ec2 = exposed();
        let from_list = permission("tcp", (3389, 3389), &["pl-1"]);
        ec2.security_groups.found[0].ingress.push(from_list);
        ec2.security_groups.found.push(group("sg-2", vec![]));
        ec2.prefix_lists.found.push(prefix_list("pl-1", Some(&[])));
        let to = route("pl-1", Target::TransitGateway("tgw-1".to_owned()));
        ec2.route_tables.found[0].routes.push(to);
        ec2.vpcs.found.push(vpc(HOME, "vpc-1"));
        ec2.instances.found.push(instance(HOME, "i-1", &["eni-1"]));
        hide(&mut ec2);
        for finding in findings(ec2) {
            let rule = RULES.iter().find(|it| it.id == finding.rule).unwrap();
            let named = &rule.document().facts.actions;
            let evidence = finding.evidence.iter().map(|it| &it.action);
            for action in evidence.chain(finding.reason.iter().map(|it| &it.action)) {
                if !named.iter().any(|it| it == action.as_str()) {
                    unnamed.insert(format!("{}: {action}", rule.id));
                }
            }
        }
    }
    assert_eq!(unnamed, [].into());
}
