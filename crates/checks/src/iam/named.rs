//! A role that something else names by its ARN: who gets in, and what it may do.

use awspect_inventory::{
    Arn, Fact as _, Reason, Unknown,
    iam::{Role, TrustPolicy},
};
use awspect_policy::{Action, Answer, Budget, Errand, Facts, Identity, Policy};

use super::{
    identities::{Read, Rights, Session},
    trust::federation,
};
use crate::{Scan, policy::undecided};

/// One of the account's roles.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    /// Its place in the inventory.
    pub(crate) index: usize,
    pub(crate) arn: &'a Arn,
    rights: &'a Rights,
    trust: &'a Read,
    pub(crate) facts: &'a Facts,
}

impl<'a> Named<'a> {
    /// The account's role of this ARN; none where there is none any more.
    pub(crate) fn of(scan: Scan<'a>, arn: &'a Arn) -> Result<Option<Self>, Unknown> {
        let (roles, identities) = (&scan.inventory.iam.roles, scan.identities());
        if arn.account().as_ref() != Some(&scan.inventory.account.id) {
            return Err(Unknown::new(Role::ACTION, Reason::NotAsked)
                .because(format!("the role `{}` is another account's", arn.as_str())));
        }
        let found = roles.found.iter().position(|role| role.arn == *arn);
        let Some(index) = found else {
            return roles.gaps.first().map_or(Ok(None), |gap| Err(gap.unknown.clone()));
        };
        let (rights, trust) = (identities.roles.get(index), identities.trusts.get(index));
        let facts = &identities.facts;
        Ok(rights.zip(trust).map(|(rights, trust)| Self { index, arn, rights, trust, facts }))
    }

    /// Whether a token of an identity pool gets in, of somebody who signed in by one of these ways.
    pub(crate) fn admits_pool(&self, pool: &str, ways: &[&str]) -> Result<bool, Unknown> {
        let trust = self.trust.as_deref().map_err(Unknown::clone)?;
        let mut open = None;
        for way in ways {
            match federation::admits_cognito(trust, Some(pool), way, self.facts) {
                Answer::Yes(_) => return Ok(true),
                Answer::No(_) => {}
                other => open = Some(undecided::<TrustPolicy>(other)),
            }
        }
        open.map_or(Ok(false), Err)
    }

    /// Whether a service gets in that acts for a resource.
    pub(crate) fn admits_errand(
        &self,
        service: &str,
        errand: Errand<'_>,
    ) -> Result<Answer, Unknown> {
        let trust: &Policy = self.trust.as_deref().map_err(Unknown::clone)?;
        match trust.admits_errand(service, errand, self.facts, &Budget::default()) {
            decided @ (Answer::Yes(_) | Answer::No(_)) => Ok(decided),
            open => Err(undecided::<TrustPolicy>(open)),
        }
    }

    /// The actions of those that matter which a session of the role may take.
    pub(crate) fn granted(
        &self,
        session: &Session<'_>,
        matters: impl Fn(Action) -> bool,
    ) -> Result<Vec<Action>, Unknown> {
        self.rights.granted(self.facts, session, matters)
    }

    /// The policies that are known, for a session.
    pub(crate) fn identity<'s>(&'s self, session: &Session<'s>) -> Identity<'s> {
        session.narrows(self.rights.identity(self.facts))
    }
}
