//! What names of attributes say about what their values are for.

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

/// The words of a name, which end at signs and before capitals: `tenantID` is `tenant` and `id`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = None;
    let letters: Vec<char> = name.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let after_small = before.is_some_and(char::is_lowercase);
        let before_small = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if !letter.is_alphabetic() || letter.is_uppercase() && (after_small || before_small) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphabetic(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
        before = Some(*letter);
    }
    words
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
