//! Distributions of CloudFront's in front of APIs.

use awspect_findings::Evidence;
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    apigateway::DomainName,
    cloudfront::{ConnectionMode, Distribution, Origin},
};
use serde_json::json;

use super::doors::{Door, Doors, Target};
use crate::Scan;

/// A distribution that asks an API for what viewers ask it.
pub(super) struct Front<'a> {
    pub(super) distribution: &'a Distribution,
    origin: &'a Origin,
    /// By which domain; nothing for the default endpoint.
    pub(super) domain: Option<&'a DomainName>,
}

/// The distributions in front of a target, and why there may be more.
pub(super) struct Fronts<'a> {
    pub(super) found: Vec<Front<'a>>,
    pub(super) unread: Option<Unknown>,
}

impl<'a> Fronts<'a> {
    pub(super) fn of(scan: Scan<'a>, doors: &Doors<'a>) -> Self {
        let gaps = &scan.inventory.cloudfront.distributions.gaps;
        let unread = gaps.first().map(|gap| gap.unknown.clone());
        let found =
            origins(scan).flat_map(|(distribution, origin)| ways(distribution, origin, doors));
        Self { found: found.collect(), unread }
    }

    /// Those with a web ACL, those without, and why nobody knows of others.
    pub(super) fn behind_acl(&self) -> (Vec<&Front<'a>>, Option<Unknown>) {
        let guarded = self.found.iter().filter(|front| front.distribution.web_acl.is_some());
        let tenants = self.found.iter().find_map(|front| tenants(front.distribution));
        (guarded.collect(), self.unread.clone().or(tenants))
    }

    /// What stands in front, as evidence.
    pub(super) fn shown(&self, expected: &'static str) -> Vec<Evidence> {
        if self.found.is_empty() && self.unread.is_none() {
            let field = "DistributionList.Items.Origins, those that lead here";
            return vec![Evidence::of::<Distribution>(field, json!([]), expected)];
        }
        self.found.iter().map(|front| front.shown(expected)).collect()
    }
}

impl Front<'_> {
    /// The distribution with its web ACL, as evidence.
    pub(super) fn shown(&self, expected: &'static str) -> Evidence {
        let field = format!("WebACLId of distribution {}", self.distribution.id);
        let observed = json!({
            "WebACLId": self.distribution.web_acl,
            "origin": format!("{}{}", self.origin.domain, self.origin.path),
        });
        Evidence::of::<Distribution>(field, observed, expected)
    }
}

/// Why a domain of which nobody knows where it leads may have a web ACL in front of it that counts here.
pub(super) fn perhaps(scan: Scan<'_>, doors: &Doors<'_>) -> Option<Unknown> {
    let guarded =
        || origins(scan).filter(|(own, _)| own.web_acl.is_some() || tenants(own).is_some());
    let counts = |domain: Option<&DomainName>| match domain {
        Some(domain) => guarded().any(|(_, origin)| is_at(origin, domain)),
        None => guarded().next().is_some(),
    };
    let mut all = doors.perhaps().filter(|(domain, _)| counts(*domain));
    all.next().map(|(_, unknown)| unknown.clone())
}

/// The origins that distributions read that take requests.
fn origins(scan: Scan<'_>) -> impl Iterator<Item = (&Distribution, &Origin)> {
    let all = scan.inventory.cloudfront.distributions.found.iter();
    all.filter(|own| own.enabled && !own.staging).flat_map(|distribution| {
        let read = move |origin: &&Origin| is_read(distribution, &origin.id);
        distribution.origins.iter().filter(read).map(move |origin| (distribution, origin))
    })
}

/// Why a distribution may have a web ACL that is not its own.
fn tenants(distribution: &Distribution) -> Option<Unknown> {
    let only = distribution.connection_mode == Some(ConnectionMode::TenantOnly);
    (only && distribution.web_acl.is_none()).then(|| {
        let why = format!("the web ACLs of the tenants of {} are not read", distribution.id);
        Unknown::new(Distribution::ACTION, Reason::Undecided).because(why)
    })
}

/// Whether a behavior of the distribution reads an origin, by itself or in a group.
fn is_read(distribution: &Distribution, origin: &str) -> bool {
    distribution.all_behaviors().any(|behavior| {
        let group = distribution.origin_groups.iter().find(|group| group.id == behavior.target);
        match group {
            Some(group) => group.members.iter().any(|member| member == origin),
            None => behavior.target == origin,
        }
    })
}

/// By which ways an origin leads to a target.
fn ways<'a>(
    distribution: &'a Distribution,
    origin: &'a Origin,
    doors: &Doors<'a>,
) -> Vec<Front<'a>> {
    let front = |domain| Front { distribution, origin, domain };
    let mut ways = vec![];
    if is_default(origin, doors.target) {
        ways.push(front(None));
    }
    let through = doors.domains.iter().filter(|door| is_through(origin, door));
    ways.extend(through.map(|door| front(Some(door.domain))));
    ways
}

fn is_default(origin: &Origin, target: Target<'_>) -> bool {
    let host = format!("{}.execute-api.{}.", target.api, target.region);
    let leads = target.stage.is_none_or(|stage| meet(&origin.path, stage));
    target.default && origin.domain.to_ascii_lowercase().starts_with(&host) && leads
}

fn is_through(origin: &Origin, door: &Door<'_>) -> bool {
    is_at(origin, door.domain) && meet(&origin.path, door.path.unwrap_or_default())
}

/// Whether an origin is a domain, by its own name or by what DNS has for it.
fn is_at(origin: &Origin, domain: &DomainName) -> bool {
    let names = [Some(&domain.name), domain.regional_domain.as_ref(), domain.distribution.as_ref()];
    let host = origin.domain.trim_end_matches('.');
    names.into_iter().flatten().any(|name| name.trim_end_matches('.').eq_ignore_ascii_case(host))
}

/// Whether there are paths below both.
fn meet(one: &str, other: &str) -> bool {
    let parts = |path: &'_ str| -> Vec<String> {
        path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    parts(one).iter().zip(&parts(other)).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::meet;

    #[test]
    fn paths_meet_where_one_is_below_the_other() {
        for (one, other) in [("", "prod"), ("/prod", "prod"), ("/prod/v1", "prod"), ("/a", "a/b")] {
            assert!(meet(one, other), "{one} {other}");
        }
        for (one, other) in [("/prod", "dev"), ("/a/b", "a/c"), ("/production", "prod")] {
            assert!(!meet(one, other), "{one} {other}");
        }
    }
}
