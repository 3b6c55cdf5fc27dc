//! What each condition key can hold in a cell of requests (IAM User Guide, "AWS global condition context keys"; the S3 and KMS guides).
//!
//! A key that is not listed is the caller's to choose: present or missing, with any value. That errs towards a finding.

mod claims;
mod origin;
mod principal;

use self::claims::idp_key;
pub(crate) use self::origin::unnamed_address;
use self::origin::{network_key, source_key};
use self::principal::principal_key;
use crate::cell::{Cell, Facts, Who};
use crate::condition::Test;
use crate::domain::Domain;
use crate::glob::Glob;
use crate::mentions::Mentions;
use crate::names::{AccountId, Key};
use crate::operator::Order;

/// What a key can hold.
pub(crate) fn domain(key: &Key, cell: &Cell, mentions: &Mentions, facts: &Facts) -> Domain {
    let name = key.as_str();
    if let Some(held) = cell.held.get(key) {
        return held.clone();
    }
    let domain = request_key(name, cell, mentions, facts)
        .or_else(|| principal_key(name, cell, mentions, facts))
        .or_else(|| source_key(name, cell, mentions))
        .or_else(|| network_key(name, cell, mentions))
        .or_else(|| idp_key(name, cell, mentions));
    domain.unwrap_or_else(|| {
        let many = mentions.many.contains(key);
        Domain { many, ..Domain::any() }
    })
}

fn literals(values: Vec<String>) -> impl Iterator<Item = Glob> {
    values.into_iter().map(|value| Glob::literal(&value).any_case())
}

/// For strangers, without what is named; for others as it is.
fn strange(domain: Domain, name: &str, cell: &Cell, mentions: &Mentions) -> Domain {
    if cell.stranger { domain.except(literals(mentions.fixed(name))) } else { domain }
}

/// Keys about the request and the resource.
fn request_key(name: &str, cell: &Cell, mentions: &Mentions, facts: &Facts) -> Option<Domain> {
    let owner = facts.owner.to_string();
    Some(match name {
        "aws:securetransport" => Domain::one_of(&["true", "false"]).always(),
        "aws:currenttime" => {
            let now = facts.now.text();
            let within = vec![(Test::Date(Order::GreaterEquals, vec![facts.now]), true)];
            Domain { within, hints: vec![now], ..Domain::any() }.always()
        }
        "aws:epochtime" => {
            let now = facts.now.0.div_euclid(1000).to_string();
            let within = vec![(Test::Date(Order::GreaterEquals, vec![facts.now]), true)];
            Domain { within, hints: vec![now], ..Domain::any() }.always()
        }
        "aws:requestedregion" => Domain::like(&["*"]).hinted("us-east-1").always(),
        "aws:resourceaccount" | "s3:resourceaccount" => Domain::exactly(&owner),
        // An organization that is not known may be the one that the policy names.
        "aws:resourceorgid" => {
            let mut orgs = vec![facts.own_org().to_owned()];
            if facts.org.is_none() {
                orgs.extend(mentions.fixed(name));
            }
            Domain::one_of(&orgs.iter().map(String::as_str).collect::<Vec<_>>()).always()
        }
        "aws:resourceorgpaths" => {
            Domain::like(&[&format!("{}/*", facts.own_org())]).always().many()
        }
        "aws:viaawsservice" => match cell.who {
            Who::Aws { .. } => Domain::one_of(&["false", "true"]).always(),
            _ => Domain::exactly("false"),
        },
        "aws:tagkeys" => Domain::any().many(),
        "aws:calledvia" if matches!(cell.who, Who::Aws { .. }) => Domain::any().many(),
        "aws:calledvia" | "aws:calledviafirst" | "aws:calledvialast"
            if !matches!(cell.who, Who::Aws { .. }) =>
        {
            Domain::absent()
        }
        "s3:tlsversion" => Domain::one_of(&["1.2", "1.3", "1.1", "1.0"]),
        "s3:accesspointnetworkorigin" => Domain::one_of(&["Internet", "VPC"]),
        "s3:dataaccesspointaccount" if cell.stranger => {
            account_of(cell).map_or_else(Domain::absent, |own| Domain::one_of(&[&own.to_string()]))
        }
        "s3:dataaccesspointarn" if cell.stranger => {
            account_of(cell).map_or_else(Domain::absent, |own| {
                Domain::arn(&[
                    &facts.localized(&format!("arn:aws:s3:us-east-1:{own}:accesspoint/*")),
                    &facts.localized(&format!("arn:aws:s3:*:{own}:accesspoint/*")),
                ])
            })
        }
        "s3:dataaccesspointarn" => Domain::arn(&[&facts.localized("arn:aws:s3:*:*:accesspoint/*")]),
        // Only a client inside the VPC reaches a mount target, and only the owner makes access points.
        "elasticfilesystem:accessedviamounttarget" if cell.stranger => Domain::one_of(&["false"]),
        "elasticfilesystem:accesspointarn" if cell.stranger => Domain::absent(),
        // A token that a skill's owner sets; knowing it is what lets the service through.
        "lambda:eventsourcetoken" => strange(Domain::any(), name, cell, mentions),
        // The function URL's setting is the owner's and decides who can call at all; a signed call needs `AWS_IAM`.
        "lambda:functionurlauthtype" => match cell.who {
            Who::Anonymous => Domain::one_of(&["NONE"]),
            _ => Domain::one_of(&["AWS_IAM", "NONE"]),
        },
        _ => return None,
    })
}

/// The account whose resources the caller can make.
fn account_of(cell: &Cell) -> Option<AccountId> {
    match cell.who {
        Who::Aws { account, .. } => Some(account),
        Who::Service { source, .. } => source,
        _ => None,
    }
}
