//! A role that an identity pool hands out, and whether the pool's tokens open it.

use awspect_findings::Evidence;
use awspect_inventory::{
    Arn, Unknown,
    cognito::IdentityPool,
    iam::{PolicyDocument, Role, TrustPolicy},
};
use awspect_policy::{AccessLevel, Action, Budget};
use serde_json::json;

use crate::{
    Scan,
    iam::{Named, Session, by_level, request, tellingly},
};

/// The key of the pool in requests of its sessions.
pub(super) const POOL: &str = "cognito-identity.amazonaws.com:aud";

/// The key of how its holder signed in.
pub(super) const WAY: &str = "cognito-identity.amazonaws.com:amr";

/// What a token of a pool makes of a role.
pub(super) enum Reached<'a> {
    /// Nothing: nobody gets credentials for it.
    Shut(Evidence),
    /// Credentials for it.
    Open(Named<'a>),
    /// Perhaps credentials, and why nobody knows.
    Perhaps(Named<'a>, Unknown),
}

impl<'a> Reached<'a> {
    /// The role for those who signed in by one of these ways, which is `unauthenticated` for guests.
    pub(super) fn of(
        scan: Scan<'a>,
        pool: &IdentityPool,
        arn: &'a Arn,
        ways: &[&str],
    ) -> Result<Self, Unknown> {
        let Some(role) = Named::of(scan, arn)? else {
            let observed = json!({ "role": arn.as_str(), "exists": false });
            let expected = "a role that exists, or none in the identity pool";
            return Ok(Self::Shut(Evidence::of::<Role>("RoleDetailList", observed, expected)));
        };
        Ok(match role.admits_pool(&pool.id, ways) {
            Ok(true) => Self::Open(role),
            Ok(false) => {
                let observed = json!({ "role": arn.as_str(), "identity pool": pool.id,
                    "gets in": false });
                let field = "AssumeRolePolicyDocument";
                let expected = "a trust policy that lets in whom the identity pool sends";
                Self::Shut(Evidence::of::<TrustPolicy>(field, observed, expected))
            }
            Err(unknown) => Self::Perhaps(role, unknown),
        })
    }

    /// The role, unless it is shut.
    pub(super) fn role(&self) -> Option<&Named<'a>> {
        match self {
            Self::Shut(_) => None,
            Self::Open(role) | Self::Perhaps(role, _) => Some(role),
        }
    }

    /// What was found in the role, if its holder gets in at all.
    pub(super) fn if_open<T>(&self, found: T) -> Result<T, Unknown> {
        match self {
            Self::Perhaps(_, unknown) => Err(unknown.clone()),
            Self::Shut(_) | Self::Open(_) => Ok(found),
        }
    }
}

/// What a role's session may do: by access level, and one request of it.
pub(super) fn shown(
    role: &Named<'_>,
    session: &Session<'_>,
    actions: &[Action],
    expected: &'static str,
) -> Vec<Evidence> {
    let looks = |own: &Action| matches!(own.level, AccessLevel::List | AccessLevel::Read);
    let changes: Vec<Action> = actions.iter().filter(|own| !looks(own)).copied().collect();
    let worst = if changes.is_empty() { actions } else { &changes };
    let witness = tellingly(worst).first().map(|action| {
        let answer = role.identity(session).may(&action.to_string(), &Budget::default());
        request::<PolicyDocument>(answer.witness(), "no request that a stranger should not make")
    });
    std::iter::once(by_level(actions, expected)).chain(witness).collect()
}
