//! Guests, who have not signed in: everybody who knows an identity pool's id.

use std::sync::LazyLock;

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Arn, Unknown,
    cognito::{IdentityPool, IdentityPoolRoles, IdentityPoolSettings},
    iam::PolicyDocument,
};
use awspect_policy::{AccessLevel, Action, ActionPattern, Budget};
use serde_json::json;

use super::{
    is_classic,
    reached::{POOL, Reached, WAY, shown},
    session, settings,
};
use crate::{
    Scan,
    iam::{Session, is_cognitos_own},
    unread::missing,
};

/// How a guest signed in.
const GUEST: &str = "unauthenticated";

/// What everybody may do without harm, beside what is Amazon Cognito's own: measurements of pages and apps, and maps.
static SAFE: LazyLock<Vec<ActionPattern>> = LazyLock::new(|| {
    let patterns = [
        "rum:PutRumEvents",
        "mobiletargeting:PutEvents",
        "mobiletargeting:UpdateEndpoint",
        "sts:GetCallerIdentity",
        "geo:GetMap*",
        "geo:SearchPlaceIndex*",
        "geo:GetPlace",
        "geo:CalculateRoute*",
        "geo-maps:*",
        "geo-places:*",
        "geo-routes:*",
    ];
    patterns.iter().map(|pattern| ActionPattern::new(pattern)).collect()
});

/// Whether an action matters where everybody may take it.
pub(super) fn matters(action: Action) -> bool {
    let name = action.to_string().to_lowercase();
    !is_cognitos_own(action) && !SAFE.iter().any(|pattern| pattern.glob().matches(&name))
}

/// What guests get of their role.
struct Rights<'a> {
    reached: Reached<'a>,
    session: Session<'a>,
    /// What they may do that matters.
    actions: Vec<Action>,
}

impl<'a> Rights<'a> {
    fn of(
        scan: Scan<'a>,
        pool: &'a IdentityPool,
        settings: &IdentityPoolSettings,
        role: &'a Arn,
    ) -> Result<Self, Unknown> {
        let session = Session {
            policies: (!is_classic(settings)).then(session::of_guests),
            carries: vec![(POOL, &pool.id), (WAY, GUEST)],
        };
        let reached = Reached::of(scan, pool, role, &[GUEST])?;
        let actions = match reached.role() {
            Some(role) => role.granted(&session, matters)?,
            None => vec![],
        };
        if !actions.is_empty() {
            reached.if_open(())?;
        }
        Ok(Self { reached, session, actions })
    }

    fn may(&self, levels: &[AccessLevel]) -> bool {
        self.actions.iter().any(|action| levels.contains(&action.level))
    }

    /// What they may do, or why they get nothing.
    fn evidence(self) -> Vec<Evidence> {
        match self.reached {
            Reached::Shut(why) => vec![why],
            Reached::Open(role) | Reached::Perhaps(role, _) => {
                shown(&role, &self.session, &self.actions, "nothing that a stranger should not do")
            }
        }
    }
}

fn role_of_guests(pool: &IdentityPool) -> Result<Option<&Arn>, Unknown> {
    Ok(pool.roles.known()?.and_then(|roles| roles.unauthenticated.as_ref()))
}

fn named(role: Option<&Arn>) -> Evidence {
    let role = role.map(Arn::as_str);
    Evidence::of::<IdentityPoolRoles>("Roles.unauthenticated", role, "a role for guests only")
}

/// Nobody gets credentials without signing in. How bad it is follows from what they are good for.
pub(in crate::cognito) fn none(scan: Scan<'_>, pool: &IdentityPool) -> Decision {
    let settings = settings(pool)?;
    let on = settings.allow_unauthenticated;
    let allowed =
        Evidence::of::<IdentityPoolSettings>("AllowUnauthenticatedIdentities", on, "false");
    if !on {
        return Ok(Verdict::Pass(vec![allowed]));
    }
    let mut evidence = vec![allowed];
    let severity = match role_of_guests(pool) {
        Err(unknown) => {
            evidence.push(missing(&unknown, "Roles.unauthenticated", "a role for guests only"));
            Severity::High
        }
        Ok(role) => {
            evidence.push(named(role));
            match role.map(|role| Rights::of(scan, pool, settings, role)) {
                None => Severity::Low,
                Some(Err(unknown)) => {
                    evidence.push(missing(&unknown, "RoleDetailList", "rights that can be read"));
                    Severity::High
                }
                Some(Ok(rights)) => {
                    let severity = if rights.actions.is_empty() {
                        Severity::Low
                    } else if rights.may(CHANGES) {
                        Severity::High
                    } else {
                        Severity::Medium
                    };
                    evidence.extend(rights.evidence());
                    severity
                }
            }
        }
    };
    Ok(Verdict::faults(evidence).severity(severity))
}

/// The levels that do more than look.
const CHANGES: &[AccessLevel] =
    &[AccessLevel::Write, AccessLevel::Tagging, AccessLevel::PermissionsManagement];

/// Guests can do nothing that matters.
pub(in crate::cognito) fn rights(scan: Scan<'_>, pool: &IdentityPool) -> Option<Decision> {
    let role = match (settings(pool), role_of_guests(pool)) {
        (Ok(settings), _) if !settings.allow_unauthenticated => return None,
        (_, Ok(None)) => return None,
        (Ok(settings), Ok(Some(role))) => Rights::of(scan, pool, settings, role).map(|rights| {
            let classic = Evidence::of::<IdentityPoolSettings>(
                "AllowClassicFlow",
                settings.allow_classic_flow,
                "false: then Amazon Cognito limits what guests may do",
            );
            (rights, vec![named(Some(role)), classic])
        }),
        (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
    };
    Some(role.map(|(rights, context)| judged(rights, context)))
}

fn judged(rights: Rights<'_>, mut evidence: Vec<Evidence>) -> Verdict {
    if rights.actions.is_empty() {
        evidence.extend(rights.evidence());
        return Verdict::Pass(evidence);
    }
    let whole = whole(&rights);
    let takes_rights = rights.actions.iter().any(|own| ["iam", "sts"].contains(&own.service));
    let severity = if rights.may(CHANGES) || takes_rights || !whole.is_empty() {
        Severity::Critical
    } else if rights.may(&[AccessLevel::Read]) {
        Severity::High
    } else {
        Severity::Medium
    };
    evidence.extend(rights.evidence());
    if !whole.is_empty() {
        let field = "RoleDetailList[].RolePolicyList, AttachedManagedPolicies";
        let observed = json!({ "all actions of": whole });
        let expected = "single actions on single resources";
        evidence.push(Evidence::of::<PolicyDocument>(field, observed, expected));
    }
    Verdict::faults(evidence).severity(severity)
}

/// The services that guests have all of, on all resources.
fn whole(rights: &Rights<'_>) -> Vec<&'static str> {
    let Some(role) = rights.reached.role() else { return vec![] };
    let (whole, _) = role.identity(&rights.session).whole_services(&Budget::default());
    let whole = whole.into_iter().map(|own| own.service);
    whole.filter(|service| Action::of_service(service).any(matters)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_safe_pattern_names_an_action() {
        for pattern in SAFE.iter() {
            assert!(Action::matching(pattern.glob()).count() > 0, "{}", pattern.text());
        }
    }

    #[test]
    fn what_is_safe_stops_at_measurements_and_maps() {
        let matters = |name: &str| super::matters(Action::find(name).unwrap());
        for name in [
            "geo:GetMapTile",
            "geo-places:SearchText",
            "rum:PutRumEvents",
            "cognito-sync:ListRecords",
        ] {
            assert!(!matters(name), "{name}");
        }
        for name in
            ["geo:GetDevicePosition", "rum:DeleteAppMonitor", "sts:AssumeRole", "s3:ListBucket"]
        {
            assert!(matters(name), "{name}");
        }
    }
}
