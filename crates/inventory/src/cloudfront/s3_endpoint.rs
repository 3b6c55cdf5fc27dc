//! The names that S3 has in DNS.

use crate::{Partition, Region};

/// What a name in DNS means to S3 (S3 user guide, "Virtual hosting of general purpose buckets" and "Website endpoints";
/// S3 endpoints and quotas).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Endpoint {
    /// What it is an endpoint of.
    pub kind: S3EndpointKind,
    /// The bucket, access point or alias, as it stands in the name.
    pub name: String,
    /// The region that the name has, if any.
    pub region: Option<Region>,
    /// The partition, which all of the account's must be in.
    pub partition: Partition,
}

/// What an endpoint of S3 is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum S3EndpointKind {
    /// A bucket, by the REST API.
    Rest,
    /// A bucket as a website, which speaks HTTP only.
    Website,
    /// An access point, a Multi-Region one or the alias of one.
    AccessPoint,
    /// An Object Lambda Access Point, or the alias of one.
    ObjectLambda,
}

/// What the hosts of each partition end with. Those of `GovCloud` end like the first, and their region tells.
const SUFFIXES: [(&str, &str); 7] = [
    (".amazonaws.com", "aws"),
    (".amazonaws.com.cn", "aws-cn"),
    (".amazonaws.eu", "aws-eusc"),
    (".c2s.ic.gov", "aws-iso"),
    (".sc2s.sgov.gov", "aws-iso-b"),
    (".cloud.adc-e.uk", "aws-iso-e"),
    (".csp.hci.ic.gov", "aws-iso-f"),
];

/// How the regions of `GovCloud` begin.
const GOV: &str = "us-gov-";

/// How the aliases of access points end.
const ALIAS: &str = "-s3alias";

/// How the aliases of Object Lambda Access Points end.
const OBJECT_LAMBDA_ALIAS: &str = "--ol-s3";

/// Which label before the region, or before the host's end, means what.
const SERVICES: [(&str, S3EndpointKind); 9] = [
    ("s3", S3EndpointKind::Rest),
    ("s3-fips", S3EndpointKind::Rest),
    ("s3-accelerate", S3EndpointKind::Rest),
    ("s3-website", S3EndpointKind::Website),
    ("s3-accesspoint", S3EndpointKind::AccessPoint),
    ("s3-accesspoint-fips", S3EndpointKind::AccessPoint),
    ("accesspoint", S3EndpointKind::AccessPoint),
    ("s3-object-lambda", S3EndpointKind::ObjectLambda),
    ("s3-object-lambda-fips", S3EndpointKind::ObjectLambda),
];

impl S3Endpoint {
    /// What a host means to S3, if anything. A host that names no bucket has it at the beginning of the path.
    pub fn of(domain: &str, path: &str) -> Option<Self> {
        let host = domain.trim_end_matches('.').to_ascii_lowercase();
        let (host, partition) = SUFFIXES
            .iter()
            .find_map(|(suffix, partition)| Some((host.strip_suffix(suffix)?, *partition)))?;
        let (name, service) = service(host)?;
        let partition = match &service.region {
            Some(region) if region.as_str().starts_with(GOV) => "aws-us-gov",
            _ => partition,
        };
        let name = match name {
            "" => path.trim_start_matches('/').split('/').next().unwrap_or_default(),
            name => name,
        };
        let kind = match service.kind {
            S3EndpointKind::Rest if name.ends_with(ALIAS) => S3EndpointKind::AccessPoint,
            S3EndpointKind::Rest if name.ends_with(OBJECT_LAMBDA_ALIAS) => {
                S3EndpointKind::ObjectLambda
            }
            kind => kind,
        };
        if name.is_empty() {
            return None;
        }
        Some(Self {
            kind,
            name: name.to_owned(),
            region: service.region,
            partition: partition.parse().ok()?,
        })
    }

    /// The bucket, where it is an endpoint of one.
    pub fn bucket(&self) -> Option<&str> {
        match self.kind {
            S3EndpointKind::Rest | S3EndpointKind::Website => Some(&self.name),
            S3EndpointKind::AccessPoint | S3EndpointKind::ObjectLambda => None,
        }
    }
}

/// The part of a host that S3 itself has, read from its end: the names of buckets may look like it.
struct Service {
    kind: S3EndpointKind,
    region: Option<Region>,
}

fn service(host: &str) -> Option<(&str, Service)> {
    let (before, last) = cut(host);
    // `s3.amazonaws.com`, `s3-accelerate.amazonaws.com`
    if let Some(kind) = kind(last) {
        return Some((before, Service { kind, region: None }));
    }
    // `accesspoint.s3-global.amazonaws.com`
    if last == "s3-global" {
        let (before, label) = cut(before);
        return Some((before, Service { kind: kind(label)?, region: None }));
    }
    // `s3-external-1.amazonaws.com`, the old name of us-east-1.
    if last == "s3-external-1" {
        let region = region("us-east-1");
        return Some((before, Service { kind: S3EndpointKind::Rest, region }));
    }
    // `s3-accelerate.dualstack.amazonaws.com`
    if last == "dualstack" {
        let (before, label) = cut(before);
        return Some((before, Service { kind: kind(label)?, region: None }));
    }
    // `s3-website-eu-west-1.amazonaws.com`, `s3-eu-west-1.amazonaws.com`
    for start in ["s3-website-", "s3-fips-", "s3-"] {
        if let Some(region) = last.strip_prefix(start).and_then(region) {
            let kind = kind(start.trim_end_matches('-'))?;
            return Some((before, Service { kind, region: Some(region) }));
        }
    }
    // `s3.eu-west-1.amazonaws.com`, `s3.dualstack.eu-west-1.amazonaws.com`
    let region = region(last)?;
    let (before, label) = match cut(before) {
        (before, "dualstack") => cut(before),
        other => other,
    };
    Some((before, Service { kind: kind(label)?, region: Some(region) }))
}

/// A host without its last label, and that.
fn cut(host: &str) -> (&str, &str) {
    host.rsplit_once('.').unwrap_or(("", host))
}

fn kind(label: &str) -> Option<S3EndpointKind> {
    SERVICES.iter().find(|(known, _)| *known == label).map(|(_, kind)| *kind)
}

/// A region, which has dashes and ends with a digit.
fn region(text: &str) -> Option<Region> {
    let is_one = text.contains('-') && text.ends_with(|end: char| end.is_ascii_digit());
    text.parse().ok().filter(|_| is_one)
}

#[cfg(test)]
mod tests;
