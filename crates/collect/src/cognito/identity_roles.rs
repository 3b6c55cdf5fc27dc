//! Reads the roles that an identity pool hands out.

use aws_sdk_cognitoidentity::{
    operation::get_identity_pool_roles::GetIdentityPoolRolesOutput,
    types::{self, MappingRule as Rule},
};
use awspect_inventory::cognito::{IdentityPoolRoles, MappingRule, RoleMapping};

use super::read::some_arn;
use crate::{
    ask::{Missing, Read},
    read::{arn, said},
};

/// The roles of an identity pool, if it has any.
pub(super) fn read(answer: GetIdentityPoolRolesOutput) -> Read<IdentityPoolRoles> {
    let mut roles = answer.roles.unwrap_or_default();
    let mappings = answer.role_mappings.unwrap_or_default().into_iter();
    let read = IdentityPoolRoles {
        authenticated: some_arn(roles.remove("authenticated"), "authenticated")?,
        unauthenticated: some_arn(roles.remove("unauthenticated"), "unauthenticated")?,
        mappings: mappings
            .map(|(provider, one)| Ok((provider, mapping(one)?)))
            .collect::<Result<_, _>>()?,
    };
    let is_set =
        read.authenticated.is_some() || read.unauthenticated.is_some() || !read.mappings.is_empty();
    Ok(is_set.then_some(read))
}

fn mapping(mapping: types::RoleMapping) -> Result<RoleMapping, Missing> {
    let rules = mapping.rules_configuration.map(|it| it.rules).unwrap_or_default();
    Ok(RoleMapping {
        kind: said(mapping.r#type.as_str(), "Type")?.into(),
        ambiguous: mapping.ambiguous_role_resolution.map(|it| it.as_str().into()),
        rules: rules.into_iter().map(rule).collect::<Result<_, _>>()?,
    })
}

fn rule(rule: Rule) -> Result<MappingRule, Missing> {
    Ok(MappingRule {
        claim: said(&rule.claim, "Claim")?.to_owned(),
        matching: said(rule.match_type.as_str(), "MatchType")?.into(),
        value: rule.value,
        role: arn(Some(&rule.role_arn), "RoleARN")?,
    })
}
