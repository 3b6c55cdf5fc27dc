//! What a value is when it is no secret.

use super::names::{Says, is_telling, words};

/// What people write where a secret will be, or in place of one.
const PLAIN: &[&str] = &[
    "auto",
    "basic",
    "bearer",
    "blank",
    "change",
    "changeit",
    "changeme",
    "cognito",
    "default",
    "demo",
    "disabled",
    "dummy",
    "empty",
    "enabled",
    "example",
    "false",
    "fixme",
    "foo",
    "foobar",
    "hidden",
    "vault",
    "secretsmanager",
    "provided",
    "managed",
    "internal",
    "generated",
    "external",
    "insert",
    "invalid",
    "masked",
    "n/a",
    "na",
    "nil",
    "no",
    "none",
    "null",
    "off",
    "ok",
    "on",
    "optional",
    "placeholder",
    "redacted",
    "replace",
    "replaceme",
    "required",
    "sample",
    "secret",
    "string",
    "tbd",
    "test",
    "todo",
    "true",
    "undefined",
    "unknown",
    "unset",
    "unused",
    "yes",
];

/// Words that give a placeholder away wherever they stand.
const SAMPLE: &[&str] = &[
    "changeme",
    "change-me",
    "change_me",
    "dummy",
    "example",
    "insert-",
    "insert_",
    "placeholder",
    "redacted",
    "replace-me",
    "replace_me",
    "replaceme",
    "to-be-",
    "to_be_",
    "your-",
    "your_",
    "yourpassword",
];

/// The fewest different characters of a text that somebody or something made to be secret.
const DIFFERENT: usize = 5;

/// Whether a text only shows where a secret would be: it says so, or it is the same few characters over and over.
pub(super) fn is_sample(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    let is_short = lower.chars().count() < DIFFERENT;
    SAMPLE.iter().any(|word| lower.contains(word)) || (!is_short && different.len() < DIFFERENT)
}

/// Whether something else is put in place of the text when it is used, or was when it was shown.
pub(super) fn is_stand_in(text: &str) -> bool {
    let text = text.trim();
    let in_brackets = [("<", ">"), ("[", "]"), ("{", "}"), ("%", "%"), ("__", "__"), ("(", ")")];
    let is_variable = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    text.is_empty()
        || text.contains("{{")
        || text.contains("${")
        || text.contains("$(")
        || text.contains("<%")
        || text.starts_with("!Ref")
        || text.starts_with("!GetAtt")
        || text.starts_with("!Sub")
        || text.starts_with("ENC[")
        || text.strip_prefix('$').is_some_and(is_variable)
        || text.bytes().all(|byte| !byte.is_ascii_alphanumeric())
        || in_brackets.iter().any(|(open, close)| text.starts_with(open) && text.ends_with(close))
        || PLAIN.contains(&text.to_ascii_lowercase().as_str())
}

/// Whether a value can be the secret that its name says it is.
pub(super) fn is_secret(says: Says, name: &str, value: &str) -> bool {
    if is_stand_in(value) || is_sample(value) || value.contains(char::is_whitespace) {
        return false;
    }
    if names_something(says, value) || names_itself(name, value) {
        return false;
    }
    let length = value.chars().count();
    let has_letters = value.chars().any(char::is_alphabetic);
    let has_digits = value.chars().any(char::is_numeric);
    match says {
        Says::Password if has_letters => length >= 5,
        Says::Password => length >= 6,
        // Machines make no words, and figures alone are limits and ages.
        Says::Token => length >= 8 && has_letters && has_digits,
    }
}

/// What AWS gives for things that are no secrets: ARNs, addresses, paths, ids, encrypted texts, hashes that say so.
fn names_something(says: Says, value: &str) -> bool {
    let starts = ["arn:", "//", "alias/", "sha256:", "$2", "AQICA"];
    let is_named = match says {
        Says::Password => false,
        Says::Token => is_uuid(value) || is_gateway_id(value) || is_host(value),
    };
    is_named
        || starts.iter().any(|start| value.starts_with(start))
        || value.contains("://")
        || is_path(value)
        || is_aws_id(value)
}

/// `/app/production/password`, as Parameter Store and Secrets Manager name things, with two steps at least.
fn is_path(value: &str) -> bool {
    let steps = value.strip_prefix('/').map(|rest| rest.split('/'));
    let is_step = |step: &str| {
        !step.is_empty()
            && step.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    steps.is_some_and(|mut steps| steps.all(is_step))
}

/// `token.example.com`, `db.internal:5432`
fn is_host(value: &str) -> bool {
    let host = value.split_once(':').map_or(value, |(host, _)| host);
    let mut labels = host.split('.').rev();
    let top = labels.next().unwrap_or_default();
    let is_top = (2..=12).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_lowercase());
    let mut labels = labels.peekable();
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    is_top && labels.peek().is_some() && labels.all(is_label)
}

/// `sg-0123456789abcdef0`; `eu-west-1_AbCdEf123`, as Amazon Cognito names its pools.
fn is_aws_id(value: &str) -> bool {
    let is_resource = value.rsplit_once('-').is_some_and(|(kind, id)| {
        kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            && matches!(id.len(), 8 | 17)
            && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    });
    let is_pool = value.split_once('_').is_some_and(|(region, id)| {
        region.split('-').count() >= 3
            && id.len() == 9
            && id.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    is_resource || is_pool
}

/// `m2m1k7sybf`, as API Gateway names its keys.
fn is_gateway_id(value: &str) -> bool {
    value.len() == 10 && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// As KMS names its keys.
fn is_uuid(value: &str) -> bool {
    let lengths: Vec<usize> = value.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// `prod-DbPassword-1ABCDEF2GHIJK`, as CloudFormation names things, or `prod/db-password` and `managed-by-rds`, as people
/// do: words with something between them, which have no figures, or one of which is the name or says what it names.
fn names_itself(name: &str, value: &str) -> bool {
    if !name.is_empty() && value.eq_ignore_ascii_case(name) {
        return true;
    }
    let is_separator = |byte: u8| matches!(byte, b'-' | b'_' | b'/' | b'.');
    let is_plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_separator(byte));
    let is_divided = value.bytes().any(is_separator);
    let tells = |part: &str| {
        let is_name = part.len() >= 4 && part.eq_ignore_ascii_case(name);
        is_name || words(part).iter().any(|word| is_telling(word))
    };
    let has_figures = value.bytes().any(|byte| byte.is_ascii_digit());
    is_plain && is_divided && (!has_figures || value.split(['-', '_', '/', '.']).any(tells))
}
