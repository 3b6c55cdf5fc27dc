//! The ranges of AWS's services in security groups, as far as AWS's own prefix lists tell them.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Unknown,
    ec2::{PrefixList, SecurityGroup},
};
use ipnet::IpNet;
use serde_json::json;

use super::{
    Breadth, Family,
    address::range,
    guard::entries,
    network::{gap, missing},
    words::taken,
};
use crate::Scan;

/// Lists of addresses from which nobody sends what he likes, by a part of their names.
const HARMLESS: [&str; 3] = ["ec2-instance-connect", "route53-healthchecks", "vpc-lattice"];

/// The list that is the right way to admit a service.
const MEANT: &str = "cloudfront";

const EXPECTED: &str = "addresses of callers that are known";

/// No range or list of a service that anyone can use.
pub(super) fn allows_ranges(scan: Scan<'_>, group: &SecurityGroup) -> Decision {
    let lists = &scan.inventory.ec2.prefix_lists;
    let here = |it: &&PrefixList| it.region == group.region;
    let open: Vec<&PrefixList> = lists.found.iter().filter(here).filter(|it| is_open(it)).collect();
    let (mut faults, mut unread) = (vec![], None::<Unknown>);
    for (at, rule) in group.ingress.iter().enumerate() {
        let mut fault = |source: serde_json::Value, service: &str| {
            let observed = json!({
                "source": source, "service": service,
                "protocol": rule.protocol, "ports": taken(&rule.ports),
            });
            faults.push(Evidence::of::<SecurityGroup>(
                format!("IpPermissions[{at}]"),
                observed,
                EXPECTED,
            ));
        };
        for named in &rule.prefix_lists {
            match lists.found.iter().filter(here).find(|it| it.id == named.id) {
                None => unread = Some(missing(lists, &group.region, &named.id)),
                Some(list) if is_open(list) && !is_of(list, MEANT) => {
                    fault(json!(list.id), &list.list_name);
                }
                Some(_) => (),
            }
        }
        let v4 = rule.ipv4.iter().map(|it| IpNet::V4(it.cidr));
        for cidr in v4.chain(rule.ipv6.iter().map(|it| IpNet::V6(it.cidr))).filter(is_some_of_it) {
            unread = unread.or_else(|| gap(lists, &group.region).cloned());
            for list in &open {
                match entries(Ok(list)) {
                    Ok(blocks) if blocks.iter().any(|block| cidr.contains(block)) => {
                        fault(json!(cidr), &list.list_name);
                    }
                    Ok(_) => (),
                    Err(why) => unread = Some(why),
                }
            }
        }
    }
    match unread {
        Some(why) if faults.is_empty() => Err(why),
        _ => Ok(Verdict::faults(faults)),
    }
}

/// Whether a list is of a service of AWS's that anyone can use.
fn is_open(list: &PrefixList) -> bool {
    list.is_aws() && !HARMLESS.iter().any(|part| is_of(list, part))
}

fn is_of(list: &PrefixList, part: &str) -> bool {
    list.list_name.split('.').any(|own| own == part)
}

/// Whether a range holds public addresses, and not all of them.
fn is_some_of_it(cidr: &IpNet) -> bool {
    let breadth = Breadth::of(Family::of(cidr), &[range(cidr)].into_iter().collect());
    breadth > Breadth::Nobody && breadth < Breadth::Internet
}
