//! What each condition key can hold in a cell of requests (IAM User Guide, "AWS global condition context keys"; the S3 and KMS guides).
//!
//! A key that is not listed is the caller's to choose: present or missing, with any value. That errs towards a finding.

use crate::cell::{Cell, Facts, Kind, Member, Mfa, Path, Who};
use crate::condition::Test;
use crate::glob::Glob;
use crate::idp;
use crate::mentions::Mentions;
use crate::names::{AccountId, Key};
use crate::operator::Order;
use crate::values::Domain;

impl Domain {
    pub(crate) fn absent() -> Self {
        Self { missing: true, present: false, many: false, within: Vec::new(), hints: Vec::new() }
    }

    pub(crate) fn any() -> Self {
        Self { present: true, hints: vec!["x".to_owned()], ..Self::absent() }
    }

    pub(crate) fn exactly(value: &str) -> Self {
        Self::one_of(&[value]).always()
    }

    /// Missing, or one of these.
    pub(crate) fn one_of(values: &[&str]) -> Self {
        let globs = values.iter().map(|value| Glob::literal(value)).collect();
        let hints = values.iter().map(|value| (*value).to_owned()).collect();
        Self { present: true, within: vec![(Test::Text(globs), true)], hints, ..Self::absent() }
    }

    /// Missing, or a match of one of these patterns.
    pub(crate) fn like(patterns: &[&str]) -> Self {
        let globs: Vec<Glob> = patterns.iter().map(|pattern| Glob::wild(pattern)).collect();
        let hints = globs.iter().map(Glob::example).collect();
        Self { present: true, within: vec![(Test::Text(globs), true)], hints, ..Self::absent() }
    }

    /// Missing, or an ARN that matches one of these, component by component.
    pub(crate) fn arn(patterns: &[&str]) -> Self {
        let globs: Vec<Glob> =
            patterns.iter().map(|pattern| Glob::wild(pattern).as_arn()).collect();
        Self { within: vec![(Test::Text(globs), true)], ..Self::like(patterns) }
    }

    pub(crate) fn always(self) -> Self {
        Self { missing: false, ..self }
    }

    pub(crate) fn many(self) -> Self {
        Self { many: true, ..self }
    }

    fn except(mut self, patterns: impl IntoIterator<Item = Glob>) -> Self {
        let globs: Vec<Glob> = patterns.into_iter().collect();
        if !globs.is_empty() {
            self.within.push((Test::Text(globs), false));
        }
        self
    }

    fn hinted(mut self, hint: &str) -> Self {
        self.hints.insert(0, hint.to_owned());
        self
    }

    /// The one value that the key has in the whole cell; `None` for a key that varies.
    #[expect(clippy::option_option, reason = "a key that the whole cell lacks is settled too")]
    pub(crate) fn settled(&self) -> Option<Option<&str>> {
        match (self.missing, self.present, self.within.as_slice(), self.hints.as_slice()) {
            (true, false, _, _) => Some(None),
            (false, true, [(Test::Text(globs), true)], [only])
                if globs.len() == 1
                    && globs
                        .first()
                        .is_some_and(|glob| glob.as_literal().as_ref() == Some(only)) =>
            {
                Some(Some(only))
            }
            _ => None,
        }
    }
}

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
        "aws:resourceorgid" => Domain::exactly(facts.own_org()),
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
                    &format!("arn:aws:s3:us-east-1:{own}:accesspoint/*"),
                    &format!("arn:aws:s3:*:{own}:accesspoint/*"),
                ])
            })
        }
        "s3:dataaccesspointarn" => Domain::arn(&["arn:aws:s3:*:*:accesspoint/*"]),
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

/// Keys about the principal.
fn principal_key(name: &str, cell: &Cell, mentions: &Mentions, facts: &Facts) -> Option<Domain> {
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
                    crate::principal::Caller::Aws { arn, .. } => Domain::exactly(&arn),
                    _ => Domain::absent(),
                }
            } else {
                let named = mentions
                    .principals
                    .iter()
                    .map(ToString::to_string)
                    .map(|name| Glob::literal(&name));
                // Names in IAM have no colons, so `arn:aws:iam::*:role/x` cannot be met by a name that holds an account.
                let pattern = Glob::wild(&kind.pattern(*account)).without_colons();
                let within = vec![(Test::Text(vec![pattern]), true)];
                Domain { within, hints: vec![kind.example(*account)], ..Domain::any() }
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
fn organization(mentions: &Mentions, facts: &Facts) -> Domain {
    let named = mentions.organizations().into_iter().chain([facts.own_org().to_owned()]);
    Domain::like(&["o-*"]).hinted("o-outsider00").always().except(literals(named.collect()))
}

fn organization_paths(mentions: &Mentions, facts: &Facts) -> Domain {
    let named = mentions.organizations().into_iter().chain([facts.own_org().to_owned()]);
    let named = named.map(|org| Glob::wild(&format!("{org}/*")));
    Domain::like(&["o-*/r-*/*"])
        .hinted("o-outsider00/r-xxxx/ou-xxxx-xxxxxxxx/")
        .always()
        .many()
        .except(named)
}

/// Keys that a service sets about the resource that it acts for.
fn source_key(name: &str, cell: &Cell, mentions: &Mentions) -> Option<Domain> {
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
        (_, None) => Domain::arn(&["arn:aws:*"]),
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
            let domain = Domain::arn(&[first, rest, "arn:aws:s3:::*"]).hinted(&hint).except(others);
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
    let bucket = |template: &crate::template::Template| {
        let arn = crate::names::Arn::parse(template.text())?;
        let named = arn.service == "s3" && !arn.resource.contains(['*', '?', '$']);
        named.then(|| Glob::wild(&format!("arn:*:s3:*:*:{}", arn.resource)).as_arn())
    };
    mentions.templates(name).iter().filter_map(bucket).collect()
}

/// Keys about the way that the request comes.
fn network_key(name: &str, cell: &Cell, mentions: &Mentions) -> Option<Domain> {
    let endpoint = cell.path == Path::Endpoint;
    let service = matches!(cell.who, Who::Service { .. });
    Some(match name {
        "aws:sourceip" if endpoint && !service => Domain::absent(),
        "aws:sourceip" => {
            let everywhere =
                ["0.0.0.0/0", "::/0"].iter().filter_map(|net| net.parse().ok()).collect();
            let mut within = vec![(Test::Ip(everywhere), true)];
            if cell.stranger {
                within.push((Test::Ip(mentions.fixed_nets(name)), false));
            }
            let domain = Domain { within, hints: vec!["198.51.100.7".to_owned()], ..Domain::any() };
            if service { domain } else { domain.always() }
        }
        "aws:vpcsourceip" if endpoint && !service => Domain::any().always(),
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

/// Claims of an identity provider's token.
fn idp_key(name: &str, cell: &Cell, mentions: &Mentions) -> Option<Domain> {
    let (host, claim) = name.rsplit_once(':')?;
    let known = idp::of_key(name).is_some();
    let Who::Federated { provider } = &cell.who else {
        return (known && cell.stranger).then(Domain::absent);
    };
    let own = idp::host(provider).map(str::to_lowercase);
    if own.as_deref() != Some(host) {
        return known.then(Domain::absent);
    }
    let many = claim == "amr";
    let present = matches!(claim, "aud" | "sub" | "amr");
    let mut domain = Domain { many, missing: !present, ..Domain::any() };
    if let Some(fixing) =
        cell.shared_idp().and_then(|shared| shared.claims.iter().find(|own| own.name == claim))
    {
        domain = Domain { missing: !present, ..Domain::like(&[fixing.shape]) };
        if cell.stranger {
            domain = domain.except(customers(name, fixing, mentions));
        }
    }
    Some(domain)
}

/// The customers that the policies name by this claim.
fn customers(name: &str, claim: &idp::Claim, mentions: &Mentions) -> Vec<Glob> {
    let fixed = literals(mentions.fixed(name));
    let Some(end) = claim.end else { return fixed.collect() };
    let heads = mentions.templates(name).iter().filter_map(|template| {
        let prefix = template.fixed_prefix();
        let (at, _) = prefix.match_indices(end).nth(claim.ends.checked_sub(1)?)?;
        let head = prefix.get(..=at)?;
        // The tenant before the end must be there: `repo:/x` names nobody.
        Some(Glob::new(
            Glob::literal(head)
                .tokens()
                .iter()
                .copied()
                .chain(Glob::wild("*").tokens().iter().copied()),
        ))
    });
    heads.collect()
}
