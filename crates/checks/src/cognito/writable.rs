//! Attributes that say what a user may do, and that users can set by themselves.

use std::collections::BTreeMap;

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Listed, Place, Reason, Unknown,
    cognito::{
        ClientSettings, IdentityPool, IdentityPoolRoles, UserPool, UserPoolClient, UserPoolSettings,
    },
};
use serde_json::json;

use super::{
    concern::{Judged, pool_settings},
    names::decides,
    people::takes_users_by_api,
};
use crate::Scan;

/// How the names of attributes begin that a pool's owner added.
const CUSTOM: &str = "custom:";

const WRITTEN: &str = "UserPoolClient.WriteAttributes";
const EXPECTED: &str =
    "none that users can set and that decides, by its name or use, what they may do";

/// The scope of a token that may change its user's attributes.
const OWN_ATTRIBUTES: &str = "aws.cognito.signin.user.admin";

/// What app clients may write that have no list: all standard attributes.
const STANDARD: [&str; 17] = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
];

/// Users cannot set what decides their rights.
pub(super) fn privileged(
    scan: Scan<'_>,
    pool: &UserPool,
    client: &UserPoolClient,
    settings: &ClientSettings,
) -> Judged {
    let written: Vec<&str> = match &settings.write_attributes {
        Some(names) => names.iter().map(String::as_str).collect(),
        None => STANDARD.to_vec(),
    };
    let identity_pools = &scan.inventory.cognito.identity_pools;
    let claims = claims(identity_pools, pool, client);
    let unread = unread(identity_pools);
    let (mut evidence, mut open, mut severity) = (vec![], None, Severity::Medium);
    for name in written.iter().copied().filter(|name| !name.starts_with("dev:")) {
        let claim = claims.get(name);
        let decides = claim.is_some() || name.strip_prefix(CUSTOM).is_some_and(decides);
        if !decides && unread.is_none() {
            continue;
        }
        let way = match settable(pool, settings, name) {
            Ok(Some(way)) if decides => way,
            Ok(None) => continue,
            Ok(Some(_)) => {
                open = open.or_else(|| unread.clone());
                continue;
            }
            Err(unknown) => {
                open.get_or_insert(unknown);
                continue;
            }
        };
        let observed = json!({ "attribute": name, "settable": way });
        evidence.push(Evidence::of::<ClientSettings>(WRITTEN, observed, EXPECTED));
        if let Some(field) = claim {
            severity = Severity::High;
            let expected = "a claim that no user can set, for it chooses the role of IAM";
            evidence.push(Evidence::of::<IdentityPoolRoles>(field.clone(), name, expected));
        }
    }
    match open {
        Some(unknown) if evidence.is_empty() => Err(unknown),
        _ if evidence.is_empty() => Ok(Some(Verdict::Pass(vec![Evidence::of::<ClientSettings>(
            WRITTEN, written, EXPECTED,
        )]))),
        _ => Ok(Some(Verdict::faults(evidence).severity(severity))),
    }
}

/// The attributes by which identity pools choose the role of this client's users, each with the field that says so.
fn claims<'a>(
    identity_pools: &'a Listed<IdentityPool>,
    pool: &UserPool,
    client: &UserPoolClient,
) -> BTreeMap<&'a str, String> {
    let provider = format!("/{}:{}", pool.id, client.id);
    let mut claims = BTreeMap::new();
    for identity_pool in &identity_pools.found {
        let mappings = identity_pool.roles.set().map(|roles| &roles.mappings);
        let own = mappings.into_iter().flatten().filter(|(name, _)| name.ends_with(&provider));
        for (index, rule) in own.flat_map(|(_, mapping)| mapping.rules.iter().enumerate()) {
            claims.entry(rule.claim.as_str()).or_insert_with(|| {
                format!(
                    "RoleMappings[].RulesConfiguration.Rules[{index}].Claim of identity pool {}",
                    identity_pool.id
                )
            });
        }
    }
    claims
}

/// Why identity pools may choose roles by attributes that nobody knows of.
fn unread(identity_pools: &Listed<IdentityPool>) -> Option<Unknown> {
    let gap = identity_pools.gaps.iter().find(|gap| gap.place() != Place::Unknown);
    let roles = || identity_pools.found.iter().find_map(|pool| pool.roles.known().err());
    gap.map(|gap| gap.unknown.clone()).or_else(roles)
}

/// How users set an attribute that the client may write, if they can.
fn settable(
    pool: &UserPool,
    client: &ClientSettings,
    name: &str,
) -> Result<Option<&'static str>, Unknown> {
    let pool = pool_settings(pool)?;
    let custom = pool.custom_attributes.iter().find(|attribute| attribute.name == name);
    if custom.is_some_and(|attribute| attribute.developer_only) {
        return Ok(None);
    }
    let strangers = !pool.admin_create_user_only;
    if !strangers && !updates(client)? {
        return Ok(None);
    }
    let not_read = |what| Unknown::new(UserPoolSettings::ACTION, Reason::Undecided).because(what);
    if pool.auto_verified_attributes.iter().any(|verified| verified == name) {
        let what = format!("whether `{name}` is verified before it changes is not read");
        return Err(not_read(what));
    }
    match custom {
        _ if strangers => Ok(Some("by SignUp, which anybody may call")),
        Some(custom) => Ok(custom.mutable.then_some("by UpdateUserAttributes, by the user")),
        None => Err(not_read(format!("whether `{name}` can change is not read"))),
    }
}

/// Whether the client's users get tokens that may change their own attributes.
fn updates(client: &ClientSettings) -> Result<bool, Unknown> {
    let scopes = &client.oauth_scopes;
    if client.oauth_enabled && scopes.iter().any(|scope| scope == OWN_ATTRIBUTES) {
        return Ok(true);
    }
    takes_users_by_api(client)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use awspect_findings::{Severity, Status};
    use awspect_inventory::{Inventory, Listed};

    use crate::{Settings, all, judge};

    /// A fixture has identity pools that are known, or none that are; this is the other half.
    #[test]
    fn identity_pools_that_nobody_could_read_may_choose_by_any_attribute() {
        const ID: &str = "cognito/client-writable-privileged-attribute";
        let text = include_bytes!(
            "../../../../fixtures/cognito/client-writable-privileged-attribute.json"
        );
        let mut inventory = Inventory::read(text).unwrap();
        inventory.cognito.identity_pools = Listed::default();
        let rule = all().find(|rule| rule.id == ID).unwrap();
        let judged: BTreeMap<String, (Status, Severity)> =
            judge(&inventory, &Settings::default(), [rule])
                .into_iter()
                .map(|finding| (finding.resource.name, (finding.status, finding.severity)))
                .collect();
        for (client, status) in [
            // Its name says enough.
            ("fail-role", Status::Fail),
            ("fail-claim-and-name", Status::Fail),
            ("fail-claim", Status::Unknown),
            ("pass-others", Status::Unknown),
            ("pass-never-listed", Status::Unknown),
            // What no user can set chooses nothing.
            ("pass-developer-only", Status::Pass),
            ("pass-no-scope", Status::Pass),
            ("pass-not-mutable", Status::Pass),
        ] {
            assert_eq!(judged[client], (status, Severity::Medium), "{client}");
        }
    }
}
