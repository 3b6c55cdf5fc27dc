//! What a name says about its value.

/// What a name says that its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// A password, which people choose as they like.
    Password,
    /// A key or token, which machines make.
    Token,
}

/// Endings that make of a secret something about it: its name, address, age.
const ABOUT: &[&str] = &[
    "age",
    "algorithm",
    "alias",
    "arn",
    "arns",
    "audience",
    "bucket",
    "characters",
    "class",
    "column",
    "config",
    "configuration",
    "count",
    "date",
    "days",
    "description",
    "disabled",
    "duration",
    "enabled",
    "encoding",
    "endpoint",
    "exists",
    "expiration",
    "expiry",
    "field",
    "file",
    "filename",
    "filter",
    "flag",
    "format",
    "group",
    "handler",
    "header",
    "hint",
    "host",
    "hours",
    "id",
    "identifier",
    "ids",
    "index",
    "interval",
    "issuer",
    "kind",
    "label",
    "length",
    "level",
    "lifetime",
    "limit",
    "location",
    "manager",
    "max",
    "method",
    "min",
    "minutes",
    "mode",
    "name",
    "names",
    "namespace",
    "option",
    "options",
    "output",
    "param",
    "parameter",
    "path",
    "pattern",
    "period",
    "placeholder",
    "policy",
    "prefix",
    "property",
    "provider",
    "ref",
    "reference",
    "region",
    "required",
    "requirement",
    "resource",
    "role",
    "rotation",
    "rule",
    "schedule",
    "scope",
    "seconds",
    "service",
    "size",
    "source",
    "stage",
    "state",
    "status",
    "strategy",
    "suffix",
    "table",
    "template",
    "ttl",
    "type",
    "unit",
    "units",
    "uri",
    "url",
    "use",
    "user",
    "username",
    "uuid",
    "validation",
    "validity",
    "version",
    "zone",
];

/// What tells a password wherever it stands in a name.
const PASSWORDS: &[&str] = &["password", "passwd", "passphrase", "passwort", "kennwort", "pwd"];

/// Short words that tell one only at the end of a name.
const PASSWORD_WORDS: &[&str] = &["pass", "pw", "psk"];

/// What tells a key or token at the end of a name.
const TOKENS: &[&str] = &[
    "accesskey",
    "accesstoken",
    "accountkey",
    "apikey",
    "apisecret",
    "apitoken",
    "authkey",
    "authtoken",
    "bearertoken",
    "clientsecret",
    "cookiesecret",
    "deploykey",
    "encryptionkey",
    "hmackey",
    "jwtsecret",
    "licensekey",
    "masterkey",
    "privatekey",
    "secretaccesskey",
    "secretkey",
    "sessionsecret",
    "sharedkey",
    "sharedaccesskey",
    "signingkey",
    "signingsecret",
    "storagekey",
    "tokensecret",
    "webhooksecret",
];

/// Words that tell one there only as a word.
const TOKEN_WORDS: &[&str] = &["secret", "token", "credential", "credentials"];

/// Endings that leave a secret what it is: which of several, or that this is its text.
const WHICH: &[&str] = &[
    "backup",
    "base",
    "current",
    "data",
    "default",
    "dev",
    "live",
    "main",
    "new",
    "old",
    "plain",
    "plaintext",
    "primary",
    "prod",
    "production",
    "secondary",
    "staging",
    "string",
    "test",
    "text",
    "value",
];

/// What a name says; nothing if it is not about a secret, or about something else than the secret itself.
pub(super) fn says(name: &str) -> Option<Says> {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let last = *words.last()?;
    if ABOUT.contains(&last) || words.contains(&"public") {
        return None;
    }
    let core = words.iter().rposition(|word| !WHICH.contains(word));
    let core = words.get(..=core?)?;
    let (joined, of) = (core.concat(), *core.last()?);
    if PASSWORD_WORDS.contains(&of) || PASSWORDS.iter().any(|part| joined.contains(part)) {
        // `PasswordKey` is where a password stands in something else.
        return (of != "key").then_some(Says::Password);
    }
    // `token.actions.githubusercontent.com:sub` is about a token. What says what it is does so at its end.
    let is_token = TOKEN_WORDS.contains(&of) || TOKENS.iter().any(|part| joined.ends_with(part));
    is_token.then_some(Says::Token)
}

/// Whether a name is that of the secret of an AWS access key.
pub(super) fn is_aws_secret_key(name: &str) -> bool {
    let joined = words(name).concat();
    says(name) == Some(Says::Token)
        && ["secretaccesskey", "secretkey", "awssecret"].iter().any(|it| joined.contains(it))
}

/// Whether a word is one of those by which names tell secrets.
pub(super) fn is_telling(word: &str) -> bool {
    let is_in = |all: &[&str]| all.contains(&word);
    is_in(PASSWORDS)
        || is_in(PASSWORD_WORDS)
        || is_in(TOKENS)
        || is_in(TOKEN_WORDS)
        || word == "key"
}

/// The words of a name in lower case, `DB_Password`, `dbPassword` and `db-password` alike. Figures at the end go.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![];
    let mut before: Option<char> = None;
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_alphabetic() {
            let is_after_lower = before.is_some_and(|it| it.is_ascii_lowercase());
            let is_after_upper = before.is_some_and(|it| it.is_ascii_uppercase());
            let ends_capitals =
                is_after_upper && letters.peek().is_some_and(char::is_ascii_lowercase);
            let begins = before.is_none_or(|it| !it.is_ascii_alphabetic())
                || letter.is_ascii_uppercase() && (is_after_lower || ends_capitals);
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(letter.to_ascii_lowercase());
            }
        }
        before = Some(letter);
    }
    words
}
