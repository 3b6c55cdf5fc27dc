//! What names of attributes say about what their values are for.

use crate::words::words;

/// What an attribute is called that decides something, in the singular.
const DECIDES: [&str; 22] = [
    "access",
    "account",
    "admin",
    "approved",
    "company",
    "customer",
    "entitlement",
    "group",
    "level",
    "org",
    "organisation",
    "organization",
    "permission",
    "plan",
    "privilege",
    "role",
    "scope",
    "subscription",
    "team",
    "tenant",
    "tier",
    "verified",
];

/// Whether a name, without its prefix, says that the attribute decides something.
pub(super) fn decides(name: &str) -> bool {
    words(name).iter().any(|word| {
        let inner = word.strip_prefix("is").unwrap_or(word);
        let forms = [word, inner, without_id(word), without_id(inner)];
        forms.into_iter().any(|form| DECIDES.iter().any(|it| is_of(form, it)))
    })
}

fn without_id(word: &str) -> &str {
    word.strip_suffix("id").unwrap_or(word)
}

/// Whether a word is this one, or its plural.
fn is_of(word: &str, singular: &str) -> bool {
    match word.strip_prefix(singular) {
        Some(end) => ["", "s", "es"].contains(&end),
        None => {
            word.strip_suffix("ies").is_some_and(|stem| singular.strip_suffix('y') == Some(stem))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decides;

    #[test]
    fn names_that_decide_something_are_told_by_their_words() {
        for name in [
            "role",
            "Roles",
            "user_role",
            "userRole",
            "tenantId",
            "tenantID",
            "tenantid",
            "tenant_ids",
            "isAdmin",
            "is_admin",
            "isadmin",
            "ISAdmin",
            "role2",
            "companies",
            "accesses",
            "org-id",
            "orgid",
            "HTTPRole",
            "plan",
            "emailVerified",
        ] {
            assert!(decides(name), "{name}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for name in [
            "",
            "controller",
            "enrolled",
            "nickname",
            "planet",
            "organic",
            "island",
            "teammate",
            "accessory",
            "groupon",
            "locale",
            "_",
            "id",
            "is",
        ] {
            assert!(!decides(name), "{name}");
        }
    }
}
