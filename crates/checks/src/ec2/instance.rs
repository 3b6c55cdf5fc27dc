//! Instances: whether they can be reached, and how they reach their metadata.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    ec2::{
        EndpointState, HttpTokens, Instance, InstanceState, MetadataDefaults, MetadataOptions,
        NetworkInterface,
    },
};
use serde_json::json;

use super::{
    Breadth, Family, Question, Reach,
    address::number,
    network::gap,
    open::{halted, shown},
    services::Table,
};
use crate::Scan;

/// Nothing of a running instance can be reached on a port of this table.
pub(super) fn exposed(scan: Scan<'_>, instance: &Instance, table: &Table) -> Decision {
    let asleep = [
        InstanceState::Stopping,
        InstanceState::Stopped,
        InstanceState::ShuttingDown,
        InstanceState::Terminated,
    ];
    if asleep.contains(&instance.state) {
        let state = instance.state.as_str();
        return Ok(Verdict::Pass(vec![Evidence::of::<Instance>("State", state, "not running")]));
    }
    let interfaces = &scan.inventory.ec2.network_interfaces;
    let own: Vec<&NetworkInterface> = interfaces
        .found
        .iter()
        .filter(|it| it.region == instance.region && instance.interfaces.contains(&it.id))
        .collect();
    let (mut ways, mut barriers, mut unread) = (vec![], vec![], None);
    if own.len() < instance.interfaces.len() {
        let missing = Unknown::new(NetworkInterface::ACTION, Reason::Undecided)
            .because("the instance has an interface that was not listed");
        unread = Some(gap(interfaces, &instance.region).cloned().unwrap_or(missing));
    }
    for interface in own {
        let mut barrier = None;
        for (transport, ports) in table.questions() {
            let question = Question { transport, ports, audience: Breadth::Most };
            match scan.network.reach(interface, &question) {
                Reach::Open(way) => ways.push(shown(interface, &way)),
                Reach::Closed(it) => barrier = Some(it),
                Reach::Unknown(why) => unread = Some(why),
            }
        }
        barriers.extend(barrier.map(|it| halted(interface, &it)));
    }
    match unread {
        _ if !ways.is_empty() => Ok(Verdict::faults(ways)),
        Some(why) => Err(why),
        None => Ok(Verdict::Pass(barriers)),
    }
}

/// An instance has no address that the Internet knows.
pub(super) fn public_ip(instance: &Instance) -> Decision {
    let six = instance.ipv6.iter().copied().map(std::net::IpAddr::V6);
    let public: Vec<std::net::IpAddr> = instance
        .public_ipv4
        .iter()
        .copied()
        .map(std::net::IpAddr::V4)
        .chain(six.filter(|it| Family::V6.public().contains(number(*it))))
        .collect();
    let field = "NetworkInterfaces";
    let none = Evidence::of::<Instance>(field, json!(public), "no public address");
    Ok(Verdict::holds(public.is_empty(), none))
}

/// An instance gives its metadata only to requests with a token.
pub(super) fn imdsv2(instance: &Instance) -> Decision {
    let Some(options) = &instance.metadata else {
        return if instance.state == InstanceState::Terminated {
            Ok(Verdict::Pass(vec![]))
        } else {
            Err(Unknown::new(Instance::ACTION, Reason::Malformed)
                .because("the answer has no metadata options"))
        };
    };
    if options.http_endpoint == Some(EndpointState::Disabled) {
        let off = Evidence::of::<Instance>("MetadataOptions.HttpEndpoint", "disabled", "disabled");
        return Ok(Verdict::Pass(vec![off]));
    }
    match &options.http_tokens {
        Some(HttpTokens::Other(text)) => Err(Unknown::new(Instance::ACTION, Reason::Undecided)
            .because(format!("`{text}` is not understood"))),
        None => Err(Unknown::new(Instance::ACTION, Reason::Malformed)
            .because("the answer has no `HttpTokens`")),
        Some(tokens) => Ok(Verdict::holds(
            *tokens == HttpTokens::Required,
            Evidence::of::<Instance>("MetadataOptions.HttpTokens", tokens.as_str(), "required"),
        )),
    }
}

/// A region's new instances need a token unless their launch says otherwise.
pub(super) fn account_default(defaults: &MetadataDefaults) -> Decision {
    let MetadataOptions { http_tokens, .. } = &defaults.options;
    let observed = json!({
        "HttpTokens": http_tokens.as_ref().map(HttpTokens::as_str),
        "ManagedBy": defaults.managed_by,
    });
    let required = *http_tokens == Some(HttpTokens::Required);
    let tokens = Evidence::of::<MetadataDefaults>("AccountLevel", observed, "required");
    Ok(Verdict::holds(required, tokens))
}
