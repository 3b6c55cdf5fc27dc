//! Secrets with a form that takes more than a beginning to tell.

use awspect_inventory::secret::SecretKind;

use super::{
    Found,
    values::{is_sample, is_stand_in},
};

/// The first private key, the first address with a password, and the first JSON Web Token.
pub(super) fn find(text: &str) -> impl Iterator<Item = Found<'_>> {
    let found = [
        private_keys(text).next().map(|key| (SecretKind::PrivateKey, key)),
        passwords(text).next().map(|secret| (SecretKind::ConnectionString, secret)),
        web_tokens(text).next().map(|token| (SecretKind::Jwt, token)),
    ];
    found.into_iter().flatten()
}

/// The shortest run of base64 that is taken for the inside of a key.
const INSIDE: usize = 32;

/// What stands between `-----BEGIN … PRIVATE KEY-----` and the next dashes, where a key does.
fn private_keys(text: &str) -> impl Iterator<Item = &str> {
    text.split("-----BEGIN ").skip(1).filter_map(|rest| {
        let (label, inside) = rest.split_once("-----")?;
        let inside = inside.split("-----").next()?;
        let is_key = label.ends_with("PRIVATE KEY") || label == "PGP PRIVATE KEY BLOCK";
        let mut runs = inside.split(|c: char| !c.is_ascii_alphanumeric() && !"+/=".contains(c));
        (is_key && runs.any(|run| run.len() >= INSIDE && !is_sample(run))).then_some(inside)
    })
}

/// The passwords of `scheme://user:password@host`.
fn passwords(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("://").filter_map(|(at, separator)| {
        let scheme = text.get(..at)?;
        let rest = text.get(at + separator.len()..)?;
        scheme.bytes().next_back().filter(u8::is_ascii_alphanumeric)?;
        // A password may hold an `@`: the last one stands before the host.
        let end = rest.find(|c: char| c.is_whitespace() || "\"'`<>/?#,".contains(c));
        let (user_info, host) = rest.get(..end.unwrap_or(rest.len()))?.rsplit_once('@')?;
        let (_, password) = user_info.split_once(':')?;
        let is_word = ["pass", "password", "passwd", "pwd"].contains(&password);
        let is_real = !is_word && !is_stand_in(password) && !is_sample(password);
        (is_real && !host.is_empty()).then_some(password)
    })
}

/// The shortest part of a token that is one.
const PART: usize = 10;

/// Three parts of base64 with dots between them, of which the first two are JSON objects.
fn web_tokens(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !"_-.".contains(c));
    words.filter(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        matches!(parts.as_slice(), [head, claims, signature]
            if head.starts_with("eyJ") && claims.starts_with("eyJ")
                && [head, claims, signature].iter().all(|part| part.len() >= PART && !is_sample(part)))
    })
}
