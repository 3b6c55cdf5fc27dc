//! Keys about where a request comes from: a service's resource, a network.

use super::principal::{organization, organization_paths};
use super::{account_of, literals, strange};
use crate::cell::{Cell, Facts, Member, Path, Who};
use crate::condition::Test;
use crate::domain::Domain;
use crate::glob::Glob;
use crate::mentions::Mentions;
use crate::names::Arn;
use crate::template::Template;

/// Keys that a service sets about the resource that it acts for.
pub(super) fn source_key(name: &str, cell: &Cell, mentions: &Mentions) -> Option<Domain> {
    let context = name.starts_with("kms:encryptioncontext:aws") && name.ends_with("arn");
    let known = matches!(
        name,
        "aws:sourceaccount"
            | "aws:sourcearn"
            | "aws:sourceowner"
            | "aws:sourceorgid"
            | "aws:sourceorgpaths"
    );
    let Who::Service { source, .. } = &cell.who else {
        if name == "aws:sourceowner" && cell.stranger {
            return Some(
                account_of(cell)
                    .map_or_else(Domain::absent, |own| Domain::one_of(&[&own.to_string()])),
            );
        }
        return known
            .then(|| if name == "aws:sourceowner" { Domain::any() } else { Domain::absent() });
    };
    if !known && !context {
        return None;
    }
    let own = source.map(|account| account.to_string());
    Some(match (name, own) {
        ("aws:sourceaccount" | "aws:sourceowner", Some(own)) => Domain::one_of(&[&own]),
        ("aws:sourceaccount" | "aws:sourceowner", None) => Domain::like(&["????????????"]),
        ("aws:sourceorgid", _) => match &cell.member {
            Member::No => Domain::absent(),
            Member::Of(org) => Domain::exactly(org),
            Member::Any => Domain::like(&["o-*"]),
            Member::Stranger => organization(mentions, &Facts::default()),
        },
        ("aws:sourceorgpaths", _) => match &cell.member {
            Member::No => Domain::absent(),
            Member::Of(org) => Domain::like(&[&format!("{org}/*")]).many(),
            Member::Any => Domain::like(&["o-*/*"]).many(),
            Member::Stranger => organization_paths(mentions, &Facts::default()),
        },
        (_, None) => Domain::arn(&["arn:*"]),
        (_, Some(own)) => {
            let arns = ["cloudtrail", "*"].map(|service| format!("arn:*:{service}:*:{own}:*"));
            let hint = format!("arn:aws:sns:us-east-1:{own}:x");
            let [first, rest] = &arns;
            // An ARN without an account, such as a bucket's, is named for good only where the name itself is what is trusted.
            // No resource's name holds another account between colons.
            let others = mentions.accounts.iter().filter(|other| Some(**other) != *source);
            let others = others
                .flat_map(|other| ["", "*:"].map(|head| format!("arn:*:*:*:*:{head}{other}:*")));
            let others: Vec<Glob> = others.map(|pattern| Glob::wild(&pattern).as_arn()).collect();
            let domain = Domain::arn(&[first, rest, "arn:*:s3:::*"]).hinted(&hint).except(others);
            if cell.stranger && !cell.deputy {
                domain.except(literals(mentions.fixed(name))).except(buckets(name, mentions))
            } else {
                domain
            }
        }
    })
}

/// Buckets that the policies name: nobody else can have one of that name, whatever stands in the other parts of the ARN.
fn buckets(name: &str, mentions: &Mentions) -> Vec<Glob> {
    let bucket = |template: &Template| {
        let arn = Arn::parse(template.text())?;
        let named = arn.service == "s3" && !arn.resource.contains(['*', '?', '$']);
        named.then(|| Glob::wild(&format!("arn:*:s3:*:*:{}", arn.resource)).as_arn())
    };
    mentions.templates(name).iter().filter_map(bucket).collect()
}

/// Keys about the way that the request comes.
pub(super) fn network_key(name: &str, cell: &Cell, mentions: &Mentions) -> Option<Domain> {
    let endpoint = cell.path == Some(Path::Endpoint);
    let service = matches!(cell.who, Who::Service { .. });
    Some(match name {
        "aws:sourceip" if endpoint && !service => Domain::absent(),
        "aws:sourceip" => {
            let domain =
                if cell.stranger { unnamed_address(mentions) } else { address("198.51.100.7") };
            if service { domain } else { domain.always() }
        }
        // Everybody has the same private addresses.
        "aws:vpcsourceip" if endpoint && !service => address("10.0.0.10").always(),
        "aws:sourcevpc" if endpoint && !service => {
            strange(Domain::like(&["vpc-*"]).always(), name, cell, mentions)
        }
        "aws:sourcevpce" if endpoint && !service => {
            strange(Domain::like(&["vpce-*"]).always(), name, cell, mentions)
        }
        "aws:sourcevpcarn" if endpoint && !service => match account_of(cell) {
            Some(own) if cell.stranger => Domain::arn(&[&format!("arn:aws:ec2:*:{own}:vpc/*")]),
            _ => strange(Domain::arn(&["arn:aws:ec2:*:*:vpc/*"]), name, cell, mentions),
        },
        "aws:vpceaccount" if endpoint && !service => match account_of(cell) {
            Some(own) if cell.stranger => Domain::exactly(&own.to_string()),
            _ => strange(Domain::like(&["????????????"]), name, cell, mentions),
        },
        "aws:vpceorgid" if endpoint && !service => match &cell.member {
            Member::No => Domain::absent(),
            _ if cell.stranger => organization(mentions, &Facts::default()),
            _ => Domain::like(&["o-*"]),
        },
        "aws:vpceorgpaths" if endpoint && !service => match &cell.member {
            Member::No => Domain::absent(),
            _ if cell.stranger => organization_paths(mentions, &Facts::default()),
            _ => Domain::like(&["o-*/*"]).many(),
        },
        "aws:vpcsourceip" | "aws:sourcevpc" | "aws:sourcevpce" | "aws:sourcevpcarn"
        | "aws:vpceaccount" | "aws:vpceorgid" | "aws:vpceorgpaths" => Domain::absent(),
        _ => return None,
    })
}

/// An address, if there is one.
fn address(hint: &str) -> Domain {
    let everywhere = ["0.0.0.0/0", "::/0"].iter().filter_map(|net| net.parse().ok()).collect();
    let within = vec![(Test::Ip(everywhere), true)];
    Domain { within, hints: vec![hint.to_owned()], ..Domain::any() }
}

/// An address of the Internet in no range that the policies name, if there is one.
pub(crate) fn unnamed_address(mentions: &Mentions) -> Domain {
    let mut domain = address("198.51.100.7");
    domain.within.push((Test::Ip(mentions.fixed_nets("aws:sourceip")), false));
    domain
}
