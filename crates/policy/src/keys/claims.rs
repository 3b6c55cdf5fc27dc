//! Keys that are claims of an identity provider's token.

use super::literals;
use crate::cell::{Cell, Who};
use crate::domain::Domain;
use crate::glob::Glob;
use crate::idp;
use crate::mentions::Mentions;

/// Claims of an identity provider's token.
pub(super) fn idp_key(name: &str, cell: &Cell, mentions: &Mentions) -> Option<Domain> {
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
    // AWS does not say that a subject is always in the context, so what lets a request without one through is open.
    let present = matches!(claim, "aud" | "amr");
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
