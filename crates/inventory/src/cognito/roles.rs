//! The roles that an identity pool hands out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Arn,
    macros::{fact, open_enum},
};

/// The roles that an identity pool hands out (`GetIdentityPoolRoles`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityPoolRoles {
    /// The role of those who signed in.
    pub authenticated: Option<Arn>,
    /// The role of guests.
    pub unauthenticated: Option<Arn>,
    /// How users of a provider get other roles, by the provider: `cognito-idp.<region>.amazonaws.com/<pool>:<client>`,
    /// the ARN of one of IAM, or a public one's name.
    pub mappings: BTreeMap<String, RoleMapping>,
}
fact!(IdentityPoolRoles, "cognito-identity:GetIdentityPoolRoles");

impl IdentityPoolRoles {
    /// Every role that somebody who signed in may get by the pool's own words, whatever tokens say besides.
    pub fn of_signed_in(&self) -> impl Iterator<Item = &Arn> {
        let rules = self.mappings.values().flat_map(|mapping| &mapping.rules);
        self.authenticated.iter().chain(rules.map(|rule| &rule.role))
    }
}

/// How users of one provider get their role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleMapping {
    /// Who says which.
    pub kind: RoleMappingKind,
    /// What happens where none or several are said.
    pub ambiguous: Option<AmbiguousRole>,
    /// The rules, of which the first that matches counts.
    pub rules: Vec<MappingRule>,
}

open_enum! {
    /// Who says which role (`Type`).
    RoleMappingKind {
        /// The token, by its claims `cognito:roles` and `cognito:preferred_role`.
        Token = "Token",
        /// The pool's rules.
        Rules = "Rules",
    }
}

open_enum! {
    /// What happens where it is not clear which role (`AmbiguousRoleResolution`).
    AmbiguousRole {
        /// The role of all who signed in.
        AuthenticatedRole = "AuthenticatedRole",
        /// No role at all.
        Deny = "Deny",
    }
}

/// A role for those whose token says something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingRule {
    /// The claim of the token, `isAdmin`.
    pub claim: String,
    /// How it is compared.
    pub matching: MatchType,
    /// With what.
    pub value: String,
    /// The role.
    pub role: Arn,
}

open_enum! {
    /// How a claim is compared.
    MatchType {
        /// It is the value.
        Equals = "Equals",
        /// The value is in it.
        Contains = "Contains",
        /// It begins with the value.
        StartsWith = "StartsWith",
        /// It is another.
        NotEqual = "NotEqual",
    }
}
