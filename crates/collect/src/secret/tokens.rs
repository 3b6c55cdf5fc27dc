//! Tokens that are known by how they begin.

use awspect_inventory::secret::SecretKind;

use super::{Found, values::is_sample};

/// How the tokens of one service look, as the service writes it: how they begin, and which and how many characters follow.
struct Form {
    kind: SecretKind,
    start: &'static str,
    rest: fn(u8) -> bool,
    fewest: usize,
    most: usize,
}

/// Where a service gives no length, some that no word reaches.
const ANY: usize = 1_024;

fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

fn alnum(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// What base64 for addresses is made of.
fn url(byte: u8) -> bool {
    alnum(byte) || matches!(byte, b'_' | b'-')
}

fn dotted(byte: u8) -> bool {
    url(byte) || byte == b'.'
}

fn dotted_equals(byte: u8) -> bool {
    dotted(byte) || byte == b'='
}

fn base64(byte: u8) -> bool {
    alnum(byte) || matches!(byte, b'+' | b'/' | b'=')
}

fn path(byte: u8) -> bool {
    alnum(byte) || byte == b'/'
}

macro_rules! forms {
    ($($kind:ident { $($start:literal $rest:ident $fewest:literal..=$most:tt),+ $(,)? })+) => {
        &[$($(Form {
            kind: SecretKind::$kind,
            start: $start,
            rest: $rest,
            fewest: $fewest,
            most: $most,
        },)+)+]
    };
}

const FORMS: &[Form] = forms! {
    AwsAccessKeyId { "AKIA" upper 16..=16, "ASIA" upper 16..=16 }
    AppSyncKey { "da2-" alnum 26..=26 }
    BedrockKey { "ABSK" base64 109..=269 }
    AgeKey { "AGE-SECRET-KEY-1" upper 58..=58 }
    Anthropic { "sk-ant-" url 80..=ANY }
    Atlassian { "ATATT3" dotted_equals 60..=ANY, "ATCTT3" dotted_equals 60..=ANY }
    Databricks { "dapi" hex 32..=32 }
    DigitalOcean { "dop_v1_" hex 64..=64, "doo_v1_" hex 64..=64, "dor_v1_" hex 64..=64 }
    Docker { "dckr_pat_" url 27..=27, "dckr_oat_" url 32..=32 }
    Doppler { "dp.pt." alnum 40..=44, "dp.st." dotted 40..=ANY }
    Figma { "figd_" url 40..=ANY }
    GitHub {
        "ghp_" alnum 36..=255,
        "gho_" alnum 36..=255,
        "ghu_" alnum 36..=255,
        "ghs_" dotted 36..=ANY,
        "ghr_" alnum 36..=255,
        "github_pat_" url 82..=255,
    }
    GitLab {
        "glpat-" dotted 20..=300,
        "gldt-" dotted 20..=300,
        "glrt-" dotted 20..=300,
        "glptt-" dotted 20..=300,
        "glcbt-" dotted 20..=300,
        "glsoat-" dotted 20..=300,
    }
    Google { "AIza" url 35..=35, "GOCSPX-" url 28..=28, "ya29." url 40..=ANY }
    Grafana { "glsa_" url 41..=41, "glc_" base64 32..=ANY }
    Vault { "hvs." url 24..=ANY, "hvb." url 60..=ANY }
    HuggingFace { "hf_" alnum 34..=40 }
    Linear { "lin_api_" alnum 40..=48 }
    Mailgun { "key-" hex 32..=32 }
    NewRelic { "NRAK-" upper 27..=27 }
    Npm { "npm_" alnum 36..=36 }
    OpenAi { "sk-proj-" url 40..=ANY, "sk-svcacct-" url 40..=ANY, "sk-admin-" url 40..=ANY }
    Postman { "PMAK-" url 59..=59 }
    Pulumi { "pul-" hex 40..=40 }
    PyPi { "pypi-AgE" url 50..=ANY }
    RubyGems { "rubygems_" hex 48..=48 }
    SendGrid { "SG." dotted 66..=66 }
    Sentry { "sntrys_" base64 80..=ANY, "sntryu_" hex 64..=64 }
    Shopify {
        "shpat_" hex 32..=32,
        "shpca_" hex 32..=32,
        "shppa_" hex 32..=32,
        "shpss_" hex 32..=32,
    }
    Slack {
        "xoxa-" url 20..=ANY,
        "xoxb-" url 20..=ANY,
        "xoxe-" url 20..=ANY,
        "xoxe.xoxp-" url 20..=ANY,
        "xoxp-" url 20..=ANY,
        "xoxr-" url 20..=ANY,
        "xoxs-" url 20..=ANY,
        "xapp-" url 20..=ANY,
        "hooks.slack.com/services/" path 40..=60,
    }
    Square { "sq0atp-" url 22..=22, "sq0csp-" url 43..=43 }
    Stripe { "sk_live_" alnum 16..=255, "rk_live_" alnum 16..=255, "whsec_" base64 32..=64 }
    Twilio { "SK" hex 32..=32 }
};

/// The first token of each form in a text.
pub(super) fn find(text: &str) -> impl Iterator<Item = Found<'_>> {
    FORMS.iter().filter_map(move |form| {
        let mut starts = text.match_indices(form.start);
        let token = starts.find_map(|(at, _)| token(form, text, at))?;
        Some((form.kind.clone(), token))
    })
}

/// The token of this form that begins here, if it is one, as a word of its own.
fn token<'a>(form: &Form, text: &'a str, at: usize) -> Option<&'a str> {
    let (before, here) = text.split_at_checked(at)?;
    if before.bytes().next_back().is_some_and(alnum) {
        return None;
    }
    let rest = here.get(form.start.len()..)?;
    let length = rest.bytes().take(form.most + 1).take_while(|byte| (form.rest)(*byte)).count();
    let rest = rest.get(..length)?;
    let is_long_enough = (form.fewest..=form.most).contains(&length);
    (is_long_enough && !is_sample(rest)).then_some(here.get(..form.start.len() + length)?)
}
