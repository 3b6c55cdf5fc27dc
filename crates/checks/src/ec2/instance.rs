//! Instances: whether they can be reached, and how they reach their metadata.

use std::net::IpAddr;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    ec2::{
        EndpointState, HttpTokens, Instance, InstanceState, MetadataDefaults, MetadataOptions,
        NetworkInterface,
    },
    iam::Role,
};
use serde_json::json;

use super::{
    Breadth, Family, Question, Reach,
    address::number,
    network::gap,
    services::Table,
    words::{halted, shown},
};
use crate::{Scan, iam::administrator};

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
                Reach::Closed(it) => barrier = Some(it.further(barrier)),
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

/// The addresses of an instance that the Internet knows.
fn public_addresses(instance: &Instance) -> Vec<IpAddr> {
    let four = instance.public_ipv4.iter().copied().map(IpAddr::V4);
    let six = instance.ipv6.iter().copied().map(IpAddr::V6);
    four.chain(six.filter(|it| Family::V6.public().contains(number(*it)))).collect()
}

fn addresses(public: &[IpAddr]) -> Evidence {
    Evidence::of::<Instance>("NetworkInterfaces", json!(public), "no public address")
}

/// An instance has no address that the Internet knows.
pub(super) fn public_ip(instance: &Instance) -> Decision {
    let public = public_addresses(instance);
    Ok(Verdict::holds(public.is_empty(), addresses(&public)))
}

/// An instance that the Internet knows has no role; one that makes its holder an administrator is worse.
pub(super) fn public_with_role(scan: Scan<'_>, instance: &Instance) -> Decision {
    let public = public_addresses(instance);
    let (false, Some(profile)) = (public.is_empty(), &instance.profile) else {
        return Ok(Verdict::Pass(vec![]));
    };
    let roles = &scan.inventory.iam.roles;
    let mut own = roles.found.iter().enumerate();
    let Some((index, role)) = own.find(|(_, it)| it.instance_profiles.contains(profile)) else {
        // A profile may be empty.
        let unseen = roles.gaps.first().map(|gap| gap.unknown.clone());
        return unseen.map_or_else(|| Ok(Verdict::Pass(vec![])), Err);
    };
    let holds = Evidence::of::<Role>("InstanceProfileList", role.arn.as_str(), "no role");
    let mut evidence = vec![addresses(&public), holds];
    // Where nobody knows what the role may do it is a role all the same.
    match administrator(scan, index) {
        Ok(Verdict::Fail { evidence: rights, .. }) => {
            evidence.extend(rights);
            Ok(Verdict::faults(evidence).severity(Severity::High))
        }
        Ok(Verdict::Pass(_)) | Err(_) => Ok(Verdict::faults(evidence)),
    }
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
