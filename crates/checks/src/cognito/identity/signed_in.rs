//! Those who signed in, where everybody may sign up: what a stranger with a mail address gets.

use std::{collections::BTreeSet, sync::LazyLock};

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Arn, Unknown,
    cognito::{AmbiguousRole, IdentityPool, IdentityPoolRoles, IdentityPoolSettings},
};
use awspect_policy::{AccessLevel, Action, ActionPattern, Budget};
use serde_json::json;

use super::{
    guests, is_classic,
    reached::{POOL, Reached, shown},
    settings, sign_up,
};
use crate::{
    Scan,
    iam::{Named, Session, administrator},
};

/// How a token says that its holder signed in, beside the name of the provider.
const SIGNED_IN: &str = "authenticated";

const NARROW: &str = "rights on what belongs to the user, and no more";

/// Actions that work on what the caller sends along, and on nothing that is there.
static ON_OWN_INPUT: LazyLock<Vec<ActionPattern>> = LazyLock::new(|| {
    let patterns = [
        "comprehend:BatchDetect*",
        "comprehend:ClassifyDocument",
        "comprehend:ContainsPiiEntities",
        "comprehend:Detect*",
        "polly:DescribeVoices",
        "polly:SynthesizeSpeech",
        "rekognition:CompareFaces",
        "rekognition:Detect*",
        "rekognition:RecognizeCelebrities",
        "textract:AnalyzeDocument",
        "textract:DetectDocumentText",
        "transcribe:StartStreamTranscription*",
        "translate:TranslateDocument",
        "translate:TranslateText",
    ];
    patterns.iter().map(|pattern| ActionPattern::new(pattern)).collect()
});

fn matters(action: Action) -> bool {
    let name = action.to_string().to_lowercase();
    guests::matters(action) && !ON_OWN_INPUT.iter().any(|own| own.glob().matches(&name))
}

/// A role that gives a stranger too much.
pub(super) struct Broad {
    /// Where it is worse than the rule's document says.
    severity: Option<Severity>,
    pub(super) evidence: Vec<Evidence>,
}

/// Strangers who sign up get no broad rights.
pub(in crate::cognito) fn broad(scan: Scan<'_>, pool: &IdentityPool) -> Option<Decision> {
    let roles = match pool.roles.known() {
        Ok(Some(roles)) if roles.of_signed_in().next().is_some() => Ok(roles),
        Ok(_) => return None,
        Err(unknown) => Err(unknown),
    };
    Some(settings(pool).and_then(|settings| judged(scan, pool, settings, roles)))
}

fn judged(
    scan: Scan<'_>,
    pool: &IdentityPool,
    settings: &IdentityPoolSettings,
    roles: Result<&IdentityPoolRoles, Unknown>,
) -> Decision {
    let (open, unread) = sign_up::open(scan, settings);
    if open.is_empty() && unread.is_none() {
        let field = "CognitoIdentityProviders, SupportedLoginProviders";
        let closed = json!({ "taking everybody": [] });
        let evidence = Evidence::of::<IdentityPoolSettings>(field, closed, "none takes everybody");
        return Ok(Verdict::Pass(vec![evidence]));
    }
    let roles = roles?;
    let handed_out = handed_out(roles, settings, open.iter().map(|own| own.provider.as_str()));
    let ways: Vec<&str> = open.iter().map(|own| own.way).collect();
    let shown: Vec<&str> = handed_out.iter().map(|role| role.as_str()).collect();
    let narrow = json!({ "handed out": shown, "are": "narrow, or out of reach" });
    let narrow = Evidence::of::<IdentityPoolRoles>("Roles, RoleMappings", narrow, NARROW);
    let (broad, undecided) = all(scan, pool, handed_out, &ways);
    if !broad.is_empty() {
        let severity = broad.iter().filter_map(|own| own.severity).max();
        let found = broad.into_iter().flat_map(|own| own.evidence);
        let evidence = open.into_iter().map(|own| own.evidence).chain(found).collect();
        return Ok(Verdict::Fail { evidence, severity });
    }
    if let Some(unread) = unread {
        // Whatever the other providers are: a role that is narrow is fine.
        let ways: Vec<&str> = settings.user_pools.iter().map(|own| own.provider.as_str()).collect();
        let (broad, undecided) = all(scan, pool, roles.of_signed_in().collect(), &ways);
        if !broad.is_empty() || undecided.is_some() {
            return Err(unread);
        }
    }
    undecided.map_or_else(|| Ok(Verdict::Pass(vec![narrow])), Err)
}

/// The roles that users of these providers get. Where clients choose by themselves, that is any.
pub(super) fn handed_out<'a, 'p>(
    roles: &'a IdentityPoolRoles,
    settings: &IdentityPoolSettings,
    providers: impl Iterator<Item = &'p str>,
) -> BTreeSet<&'a Arn> {
    if is_classic(settings) {
        return roles.of_signed_in().collect();
    }
    let mut all = BTreeSet::new();
    for provider in providers {
        let mapping = roles.mappings.get(provider);
        let given = mapping.iter().flat_map(|mapping| &mapping.rules).map(|rule| &rule.role);
        all.extend(given);
        if mapping.is_none_or(|mapping| mapping.ambiguous != Some(AmbiguousRole::Deny)) {
            all.extend(&roles.authenticated);
        }
    }
    all
}

/// Those of the roles that are broad, and why others may be.
fn all(
    scan: Scan<'_>,
    pool: &IdentityPool,
    roles: BTreeSet<&Arn>,
    ways: &[&str],
) -> (Vec<Broad>, Option<Unknown>) {
    let (mut broad, mut undecided) = (vec![], None);
    for role in roles {
        match of_role(scan, pool, role, ways) {
            Ok(found) => broad.extend(found),
            Err(unknown) => undecided = undecided.or(Some(unknown)),
        }
    }
    (broad, undecided)
}

/// A role for those who signed in by one of these providers, if its trust policy lets them in.
pub(super) fn reached<'a>(
    scan: Scan<'a>,
    pool: &IdentityPool,
    role: &'a Arn,
    providers: &[&str],
) -> Result<Reached<'a>, Unknown> {
    let ways: Vec<&str> = std::iter::once(SIGNED_IN).chain(providers.iter().copied()).collect();
    Reached::of(scan, pool, role, &ways)
}

/// What a session of somebody who signed in carries; how is left open, for a token says it in several ways at once.
pub(super) fn session(pool: &IdentityPool) -> Session<'_> {
    Session { policies: None, carries: vec![(POOL, &pool.id)] }
}

/// What is too much in a role, if anything is.
pub(super) fn of_role(
    scan: Scan<'_>,
    pool: &IdentityPool,
    role: &Arn,
    providers: &[&str],
) -> Result<Option<Broad>, Unknown> {
    let reached = reached(scan, pool, role, providers)?;
    let Some(role) = reached.role() else { return Ok(None) };
    match excess(scan, pool, role)? {
        Some(broad) => reached.if_open(Some(broad)),
        None => Ok(None),
    }
}

fn excess(scan: Scan<'_>, pool: &IdentityPool, role: &Named<'_>) -> Result<Option<Broad>, Unknown> {
    let named = |observed: &str| {
        let observed = json!({ "role": role.arn.as_str(), "is": observed });
        Evidence::of::<IdentityPoolRoles>("Roles, RoleMappings", observed, NARROW)
    };
    let administrator = administrator(scan, role.index);
    if let Ok(Verdict::Fail { evidence: steps, .. }) = administrator {
        let first = named("an administrator, or on the way to be one");
        let evidence = std::iter::once(first).chain(steps).collect();
        return Ok(Some(Broad { severity: Some(Severity::Critical), evidence }));
    }
    let session = session(pool);
    let actions = role.granted(&session, matters)?;
    let permits = |own: &&Action| {
        own.level == AccessLevel::PermissionsManagement && !own.service.starts_with("cognito")
    };
    let more_than_lists = actions.iter().copied().filter(|own| own.level != AccessLevel::List);
    let budget = Budget::default();
    let (on_all, open) = role.identity(&session).on_all(more_than_lists, &budget);
    let broad: BTreeSet<Action> =
        on_all.into_iter().chain(actions.iter().filter(permits).copied()).collect();
    if broad.is_empty() {
        administrator?;
        return open.first().map_or(Ok(None), |action| Err(undecided(*action)));
    }
    let broad: Vec<Action> = broad.into_iter().collect();
    let shown = shown(role, &session, &broad, NARROW);
    let evidence = std::iter::once(named("broad")).chain(shown).collect();
    Ok(Some(Broad { severity: None, evidence }))
}

fn undecided(action: Action) -> Unknown {
    use awspect_inventory::{Fact as _, Reason, iam::PolicyDocument};
    Unknown::new(PolicyDocument::ACTION, Reason::Undecided)
        .because(format!("whether {action} is allowed on everything"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_of_own_input_names_an_action() {
        for pattern in ON_OWN_INPUT.iter() {
            assert!(Action::matching(pattern.glob()).count() > 0, "{}", pattern.text());
        }
    }
}
