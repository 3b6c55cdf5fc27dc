//! Keys about the principal.

use super::literals;
use crate::cell::{Cell, Facts, Kind, Member, Mfa, Who};
use crate::condition::Test;
use crate::domain::Domain;
use crate::glob::Glob;
use crate::mentions::Mentions;
use crate::operator::Order;
use crate::principal::Caller;

/// Keys about the principal.
pub(super) fn principal_key(
    name: &str,
    cell: &Cell,
    mentions: &Mentions,
    facts: &Facts,
) -> Option<Domain> {
    let tag = name.starts_with("aws:principaltag/");
    if !tag && !PRINCIPAL_KEYS.contains(&name) {
        return None;
    }
    let Who::Aws { account, kind, arn } = &cell.who else {
        return Some(match (name, &cell.who) {
            ("aws:principaltype", Who::Anonymous) => Domain::exactly("Anonymous"),
            ("aws:userid", Who::Anonymous) => Domain::exactly("anonymous"),
            ("aws:principalisawsservice", Who::Service { .. }) => Domain::exactly("true"),
            ("aws:principalservicename", Who::Service { name, .. }) => Domain::exactly(name),
            ("aws:principalservicenameslist", Who::Service { name, .. }) => {
                Domain::one_of(&[name]).always().many()
            }
            // A key policy sees the account that a service calls for.
            ("kms:calleraccount", Who::Service { source: Some(source), .. }) => {
                Domain::exactly(&source.to_string())
            }
            ("kms:calleraccount", Who::Service { source: None, .. }) => Domain::any(),
            _ => Domain::absent(),
        });
    };
    let own = account.to_string();
    let user = matches!(kind, Kind::User);
    Some(match name {
        "aws:principalaccount" | "kms:calleraccount" => Domain::exactly(&own),
        "aws:principalarn" => {
            if arn.is_some() {
                match cell.caller(None) {
                    Caller::Aws { arn, .. } => Domain::exactly(&arn),
                    _ => Domain::absent(),
                }
            } else {
                let named = mentions
                    .principals
                    .iter()
                    .map(ToString::to_string)
                    .map(|name| Glob::literal(&name));
                // Names in IAM have no colons, so `arn:aws:iam::*:role/x` cannot be met by a name that holds an account.
                let pattern =
                    Glob::wild(&facts.localized(&kind.pattern(*account))).without_colons();
                let within = vec![(Test::Text(vec![pattern]), true)];
                Domain {
                    within,
                    hints: vec![facts.localized(&kind.example(*account))],
                    ..Domain::any()
                }
                .always()
                .except(named)
            }
        }
        "aws:userid" => match kind {
            Kind::Root => Domain::exactly(&own),
            Kind::User => {
                Domain::like(&["AIDA????????????????*"]).always().except(user_ids(cell, mentions))
            }
            Kind::Role => {
                Domain::like(&["AROA????????????????*:*"]).always().except(user_ids(cell, mentions))
            }
            Kind::FederatedUser => Domain::like(&[&format!("{own}:*")]).always(),
        },
        "aws:username" if user => match arn {
            Some(arn) => Domain::exactly(arn.rsplit('/').next().unwrap_or_default()),
            None => Domain::any().always(),
        },
        "aws:principaltype" => Domain::exactly(match kind {
            Kind::Root => "Account",
            Kind::User => "User",
            Kind::Role => "AssumedRole",
            Kind::FederatedUser => "FederatedUser",
        }),
        "aws:principalisawsservice" => Domain::exactly("false"),
        "aws:multifactorauthpresent" => match cell.mfa {
            Mfa::Absent => Domain::absent(),
            Mfa::False => Domain::exactly("false"),
            Mfa::True => Domain::exactly("true"),
        },
        "aws:multifactorauthage" if cell.mfa == Mfa::True => {
            let within = vec![(Test::Number(Order::GreaterEquals, vec![0.0]), true)];
            Domain { within, hints: vec!["60".to_owned()], ..Domain::any() }.always()
        }
        "aws:tokenissuetime" if !user || cell.mfa != Mfa::Absent => Domain::any(),
        "aws:principalorgid" => match &cell.member {
            Member::No => Domain::absent(),
            Member::Of(org) => Domain::exactly(org),
            Member::Stranger => organization(mentions, facts),
            Member::Any => Domain::like(&["o-*"]),
        },
        "aws:principalorgpaths" => match &cell.member {
            Member::No => Domain::absent(),
            Member::Of(org) => Domain::like(&[&format!("{org}/*")]).always().many(),
            Member::Stranger => organization_paths(mentions, facts),
            Member::Any => Domain::like(&["o-*/*"]).many(),
        },
        _ if tag => Domain::any(),
        _ => Domain::absent(),
    })
}

const PRINCIPAL_KEYS: [&str; 15] = [
    "aws:principalaccount",
    "kms:calleraccount",
    "aws:principalarn",
    "aws:userid",
    "aws:username",
    "aws:principaltype",
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:multifactorauthpresent",
    "aws:multifactorauthage",
    "aws:tokenissuetime",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalorgmasteraccount",
];

/// Ids that AWS gave to somebody: everything before the colon, or the whole.
fn user_ids(cell: &Cell, mentions: &Mentions) -> Vec<Glob> {
    if !cell.stranger {
        return Vec::new();
    }
    let heads =
        mentions.heads("aws:userid", ':').into_iter().map(|head| Glob::wild(&format!("{head}*")));
    heads.chain(literals(mentions.fixed("aws:userid"))).collect()
}

/// An organization that no policy names.
pub(super) fn organization(mentions: &Mentions, facts: &Facts) -> Domain {
    let named = mentions.organizations().into_iter().chain([facts.own_org().to_owned()]);
    Domain::like(&["o-*"]).hinted("o-outsider00").always().except(literals(named.collect()))
}

pub(super) fn organization_paths(mentions: &Mentions, facts: &Facts) -> Domain {
    let named = mentions.organizations().into_iter().chain([facts.own_org().to_owned()]);
    let named = named.map(|org| Glob::wild(&format!("{org}/*")));
    Domain::like(&["o-*/r-*/*"])
        .hinted("o-outsider00/r-xxxx/ou-xxxx-xxxxxxxx/")
        .always()
        .many()
        .except(named)
}
