//! Attributes that say what a user may do, and that users can set by themselves.

use std::collections::BTreeMap;

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Listed, Place, Unknown,
    cognito::{ClientSettings, IdentityPool, IdentityPoolRoles, UserPool, UserPoolClient},
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

/// Attributes that applications know people by.
const ADDRESSES: [&str; 2] = ["email", "phone_number"];

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
    let (mut evidence, mut open, mut worst) = (vec![], None, None);
    for name in written.iter().copied().filter(|name| !name.starts_with("dev:")) {
        let claim = claims.get(name);
        let by_name = name.strip_prefix(CUSTOM).is_some_and(decides);
        let is_address = ADDRESSES.contains(&name);
        if claim.is_none() && !by_name && !is_address && unread.is_none() {
            continue;
        }
        let ways = match settable(pool, settings, name) {
            Ok(ways) => ways,
            Err(unknown) => {
                open.get_or_insert(unknown);
                continue;
            }
        };
        let severity = match (claim, ways) {
            (_, Ways { sign_up: false, update: false }) => continue,
            (Some(_), _) => Severity::High,
            (None, _) if by_name => Severity::Medium,
            (None, Ways { update: true, .. }) if is_address => Severity::Low,
            (None, _) => {
                open = open.or_else(|| unread.clone());
                continue;
            }
        };
        worst = worst.max(Some(severity));
        let observed = json!({ "attribute": name, "settable": ways.named() });
        evidence.push(Evidence::of::<ClientSettings>(WRITTEN, observed, EXPECTED));
        if let Some(field) = claim {
            let expected = "a claim that no user can set, for it chooses the role of IAM";
            evidence.push(Evidence::of::<IdentityPoolRoles>(field.clone(), name, expected));
        }
    }
    match open {
        Some(unknown) if evidence.is_empty() => Err(unknown),
        _ if evidence.is_empty() => Ok(Some(Verdict::Pass(vec![Evidence::of::<ClientSettings>(
            WRITTEN, written, EXPECTED,
        )]))),
        _ => Ok(Some(Verdict::faults(evidence).severity(worst.unwrap_or(Severity::Medium)))),
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

/// How users set an attribute that the client may write.
#[derive(Clone, Copy)]
struct Ways {
    sign_up: bool,
    update: bool,
}

impl Ways {
    fn named(self) -> Vec<&'static str> {
        let sign_up = self.sign_up.then_some("by SignUp, which anybody may call");
        let update = self.update.then_some("by UpdateUserAttributes, by the user");
        sign_up.into_iter().chain(update).collect()
    }
}

fn settable(pool: &UserPool, client: &ClientSettings, name: &str) -> Result<Ways, Unknown> {
    let pool = pool_settings(pool)?;
    let is_in = |names: &[String]| names.iter().any(|own| own == name);
    let custom = pool.custom_attributes.iter().find(|attribute| attribute.name == name);
    if custom.is_some_and(|attribute| attribute.developer_only) {
        return Ok(Ways { sign_up: false, update: false });
    }
    let mutable = custom.map_or(!is_in(&pool.immutable_attributes), |own| own.mutable);
    // What has to be proved is nobody else's.
    let sign_up = !pool.admin_create_user_only && !is_in(&pool.auto_verified_attributes);
    let update = mutable && !is_in(&pool.verified_before_update);
    match updates(client) {
        Ok(updates) => Ok(Ways { sign_up, update: update && updates }),
        Err(_) if sign_up || !update => Ok(Ways { sign_up, update: false }),
        Err(unknown) => Err(unknown),
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
