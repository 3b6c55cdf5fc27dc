//! How long the questions about a large account's network take: 5,000 security groups of 20 rules each, and 5,000 interfaces.
#![expect(clippy::expect_used, reason = "a benchmark makes its own facts")]

use awspect_checks::ec2::{Breadth, Network, Question, Ranges, Reach, Scope, Transport};
use awspect_inventory::ec2::Ec2;
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};

const GROUPS: usize = 5_000;
const RULES: usize = 20;
const INTERFACES: usize = 5_000;
const SUBNETS: usize = 500;
const VPCS: usize = 100;
const LISTS: usize = 20;

/// The generator of Steele, Lea and Flood ("`SplitMix`").
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap_or(0)
    }

    fn cidr(&mut self) -> String {
        match self.roll(20) {
            0 => "0.0.0.0/0".to_owned(),
            1..=10 => format!("10.{}.{}.0/24", self.roll(256), self.roll(256)),
            _ => format!("{}.{}.{}.0/24", 11 + self.roll(80), self.roll(256), self.roll(256)),
        }
    }
}

/// A resource of one region, with these fields besides.
fn resource(kind: &str, id: &str, mut fields: Value) -> Value {
    let own = json!({
        "arn": format!("arn:aws:ec2:eu-west-1:111122223333:{kind}/{id}"),
        "id": id, "region": "eu-west-1",
    });
    if let (Some(fields), Value::Object(own)) = (fields.as_object_mut(), own) {
        fields.extend(own);
    }
    fields
}

fn listed(count: usize, mut make: impl FnMut(usize) -> Value) -> Value {
    json!({ "found": (0..count).map(&mut make).collect::<Vec<_>>() })
}

fn rule(dice: &mut Dice) -> Value {
    let ports = [22, 80, 443, 3306, 3389, 5432, 8080, 9200];
    let from = match dice.roll(3) {
        0 => 1024 + dice.roll(60_000),
        _ => ports.get(dice.roll(ports.len())).copied().unwrap_or(22),
    };
    let to = (from + if dice.roll(4) == 0 { dice.roll(100) } else { 0 }).min(65_535);
    let ranges: Vec<Value> = (0..=dice.roll(2)).map(|_| json!({ "cidr": dice.cidr() })).collect();
    let lists = if dice.roll(20) == 0 {
        json!([{ "id": format!("pl-{}", dice.roll(LISTS)) }])
    } else {
        json!([])
    };
    json!({
        "protocol": if dice.roll(5) == 0 { "udp" } else { "tcp" },
        "ports": { "range": { "from": from, "to": to } }, "ipv4": ranges, "prefix_lists": lists,
        "ipv6": if dice.roll(10) == 0 { json!([{ "cidr": "::/0" }]) } else { json!([]) },
    })
}

fn interface(dice: &mut Dice, n: usize) -> Value {
    let subnet = dice.roll(SUBNETS);
    let groups: Vec<String> =
        (0..=dice.roll(3)).map(|_| format!("sg-{}", dice.roll(GROUPS))).collect();
    let public = json!({ "address": "52.1.2.3", "owner": "amazon" });
    json!({
        "vpc": format!("vpc-{}", subnet % VPCS), "subnet": format!("subnet-{subnet}"),
        "status": "in-use", "kind": "interface", "requester_managed": false, "groups": groups,
        "addresses": [{ "address": "10.0.0.1", "primary": true, "public": public }],
        "attachment": { "instance": format!("i-{n}") },
        "ipv6": ["2600:1f16::1"], "source_dest_check": true,
    })
}

fn entry(number: usize, egress: bool, action: &str, cidr: &str) -> Value {
    json!({ "number": number, "egress": egress, "action": action, "protocol": "-1", "ports": "all", "cidr": cidr })
}

fn acl(dice: &mut Dice, vpc: usize) -> Value {
    let mut entries: Vec<Value> =
        (1..10).map(|number| entry(number, false, "deny", &dice.cidr())).collect();
    for egress in [false, true] {
        entries.push(entry(100, egress, "allow", "0.0.0.0/0"));
        entries.push(entry(101, egress, "allow", "::/0"));
    }
    let subnets: Vec<String> =
        (vpc..SUBNETS).step_by(VPCS).map(|subnet| format!("subnet-{subnet}")).collect();
    json!({ "vpc": format!("vpc-{vpc}"), "default": true, "entries": entries, "subnets": subnets })
}

fn table(dice: &mut Dice, vpc: usize) -> Value {
    let open = json!({ "internet_gateway": format!("igw-{vpc}") });
    let route = |cidr: String, target: &Value| json!({ "destination": { "cidr": cidr }, "target": target, "state": "active", "propagated": false });
    let away = json!({ "transit_gateway": "tgw-1" });
    let mut routes: Vec<Value> = (0..10).map(|_| route(dice.cidr(), &away)).collect();
    routes.insert(0, route("0.0.0.0/0".to_owned(), &open));
    routes.push(route("::/0".to_owned(), &open));
    json!({ "vpc": format!("vpc-{vpc}"), "routes": routes, "associations": [{ "main": true }] })
}

fn account() -> Ec2 {
    let mut dice = Dice(1);
    let dice = &mut dice;
    let groups = listed(GROUPS, |n| {
        let ingress: Vec<Value> = (0..RULES).map(|_| rule(dice)).collect();
        let fields = json!({ "group_name": "x", "ingress": ingress, "egress": [] });
        resource("security-group", &format!("sg-{n}"), fields)
    });
    let lists = listed(LISTS, |n| {
        let entries: Vec<Value> = (0..50).map(|_| json!({ "cidr": dice.cidr() })).collect();
        let fields = json!({ "list_name": "x", "entries": { "set": entries } });
        resource("prefix-list", &format!("pl-{n}"), fields)
    });
    let interfaces = listed(INTERFACES, |n| {
        resource("network-interface", &format!("eni-{n}"), interface(dice, n))
    });
    let subnets = listed(SUBNETS, |n| {
        let fields = json!({
            "vpc": format!("vpc-{}", n % VPCS), "default_for_zone": false, "ipv6": [],
            "auto_assign_public_ipv4": true, "auto_assign_ipv6": false,
        });
        resource("subnet", &format!("subnet-{n}"), fields)
    });
    let acls = listed(VPCS, |n| resource("network-acl", &format!("acl-{n}"), acl(dice, n)));
    let tables = listed(VPCS, |n| resource("route-table", &format!("rtb-{n}"), table(dice, n)));
    let gateways = listed(VPCS, |n| {
        let fields = json!({ "attachments": [{ "vpc": format!("vpc-{n}") }] });
        resource("internet-gateway", &format!("igw-{n}"), fields)
    });
    let block = listed(1, |_| resource("x", "eu-west-1", json!({ "mode": "off" })));
    let facts = json!({
        "security_groups": groups, "prefix_lists": lists, "network_interfaces": interfaces,
        "subnets": subnets, "network_acls": acls, "route_tables": tables,
        "internet_gateways": gateways, "block_public_access": block,
        "block_exclusions": { "found": [] },
    });
    serde_json::from_value(facts).expect("facts")
}

fn ports(ports: &[u16]) -> Ranges<u16> {
    ports.iter().map(|&port| (port, port)).collect()
}

/// What rules ask of every group, each on its own.
fn families() -> Vec<(Transport, Ranges<u16>, Breadth)> {
    let all: Ranges<u16> = Ranges::all();
    let expected = ports(&[80, 443]);
    vec![
        (Transport::Tcp, ports(&[22]), Breadth::Internet),
        (Transport::Tcp, ports(&[3389]), Breadth::Internet),
        (Transport::Tcp, all.clone(), Breadth::Internet),
        (Transport::Udp, all.clone(), Breadth::Internet),
        (Transport::Tcp, databases(), Breadth::Internet),
        (Transport::Tcp, ports(&[20, 21, 23, 512, 513, 514]), Breadth::Internet),
        (Transport::Tcp, consoles(), Breadth::Internet),
        (Transport::Tcp, all.without(&expected), Breadth::Internet),
        (Transport::Icmp, all.clone(), Breadth::Internet),
        (Transport::Tcp, all, Breadth::Wide),
    ]
}

fn databases() -> Ranges<u16> {
    ports(&[
        1433, 1434, 1521, 2483, 3306, 5432, 6379, 7199, 8888, 9042, 9092, 9160, 9200, 9300, 11211,
        27017, 27018,
    ])
}

fn consoles() -> Ranges<u16> {
    ports(&[
        22, 25, 110, 135, 139, 143, 445, 2049, 2375, 2376, 3000, 3389, 4333, 5000, 5500, 5601,
        5900, 5985, 5986, 6443, 8080, 8088, 8443, 9090, 10250, 15672,
    ])
}

/// How many openings and ways there are.
fn judge(ec2: &Ec2) -> [usize; 2] {
    let network = Network::new(ec2);
    let families = families();
    let mut openings = 0;
    for group in &ec2.security_groups.found {
        for (transport, ports, audience) in &families {
            let scope = Scope::Ports(*transport, ports);
            openings += network.opened(group, scope, *audience).map_or(0, |it| it.len());
        }
    }
    let questions = [consoles(), databases()].map(|ports| Question {
        transport: Transport::Tcp,
        ports,
        audience: Breadth::Most,
    });
    let ways = ec2.network_interfaces.found.iter().map(|interface| {
        let open = |it: &&Question| matches!(network.reach(interface, it), Reach::Open(_));
        questions.iter().filter(open).count()
    });
    [openings, ways.sum()]
}

fn network(criterion: &mut Criterion) {
    let ec2 = account();
    assert!(judge(&ec2).iter().all(|&found| found > 0), "there is something to find");
    let mut group = criterion.benchmark_group("network");
    group.sample_size(10);
    group.bench_function("5000 groups, 5000 interfaces", |bencher| bencher.iter(|| judge(&ec2)));
    group.finish();
}

criterion_group!(benches, network);
criterion_main!(benches);
