//! The fix of a rule's document, with the resource's own names in it.

use serde::Serialize;

use crate::{Document, ResourceRef};

/// What to do about a finding, ready to paste.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remediation {
    /// What to mind first.
    pub advice: String,
    /// AWS CLI, for a POSIX shell.
    pub cli: String,
    /// CloudFormation, YAML.
    pub cloudformation: String,
    /// Terraform, HCL.
    pub terraform: String,
    /// AWS's pages on the matter.
    pub references: Vec<String>,
}

impl Remediation {
    /// Fills a document's fix for one resource.
    pub fn new(document: &Document<'_>, resource: &ResourceRef) -> Self {
        let fix = |language| {
            document
                .fix
                .get(language)
                .map_or_else(String::new, |text| fill(text, language, resource))
        };
        Self {
            advice: document.advice.to_owned(),
            cli: fix("sh"),
            cloudformation: fix("yaml"),
            terraform: fix("hcl"),
            references: document.facts.references.clone(),
        }
    }
}

/// Replaces `{resource.name}` and its like by the resource's own values, each quoted for its language.
///
/// Names may be chosen by an attacker, so a placeholder becomes one shell word, one YAML scalar or one
/// HCL string. `{resource.name|raw}` stands inside other text and takes only what AWS's own naming rules
/// leave harmless; any other value stays a placeholder.
pub fn fill(text: &str, language: &str, resource: &ResourceRef) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{resource.") {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(field, after)| {
            let (field, raw) =
                field.strip_suffix("|raw").map_or((field, false), |field| (field, true));
            let value = value(field, resource)?;
            let quoted = if raw {
                plain(value).then(|| value.to_owned())
            } else {
                Some(quote(value, language))
            };
            Some((quoted?, after))
        });
        if let Some((value, after)) = value {
            filled.push_str(&value);
            rest = after;
        } else {
            filled.push_str("{resource.");
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

fn value<'a>(field: &str, resource: &'a ResourceRef) -> Option<&'a str> {
    match field {
        "name" => Some(&resource.name),
        // What AWS calls it where its owner's name for it is no key: the end of `userpool/eu-west-1_AbCdEf123`.
        "id" => resource.arn.rsplit('/').next(),
        "arn" => Some(&resource.arn),
        "account" => Some(resource.account.as_str()),
        "partition" => Some(resource.partition.as_str()),
        "region" => resource.region.as_deref(),
        _ => None,
    }
}

/// Letters, digits and the few signs that mean nothing to any of the three languages.
fn plain(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:@".contains(&b))
}

fn quote(value: &str, language: &str) -> String {
    match language {
        "sh" => shlex::try_quote(value).map_or_else(|_| "''".to_owned(), Into::into),
        "hcl" => {
            serde_json::Value::from(value).to_string().replace("${", "$${").replace("%{", "%%{")
        }
        // Bare scalars that begin with a letter and hold no sign of YAML's are strings, but for its few words.
        _ if plain(value)
            && value.starts_with(|c: char| c.is_ascii_alphabetic())
            && !value.ends_with(':')
            && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
                .contains(&value.to_ascii_lowercase().as_str()) =>
        {
            value.to_owned()
        }
        _ => serde_json::Value::from(value).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> ResourceRef {
        ResourceRef {
            kind: "AWS::S3::Bucket".into(),
            arn: format!("arn:aws:s3:::{name}"),
            part: None,
            name: name.into(),
            account: "111122223333".parse().unwrap(),
            partition: "aws".parse().unwrap(),
            region: Some("eu-west-1".into()),
            tags: [].into(),
        }
    }

    #[test]
    fn a_name_is_one_word_in_every_language() {
        let evil = named("a b'; rm -rf ~ #${x}");
        assert_eq!(fill("-b {resource.name}", "sh", &evil), "-b \"a b'; rm -rf ~ #\"'${x}'");
        assert_eq!(fill("b = {resource.name}", "hcl", &evil), "b = \"a b'; rm -rf ~ #$${x}\"");
        assert_eq!(fill("N: {resource.name}", "yaml", &evil), "N: \"a b'; rm -rf ~ #${x}\"");
        assert_eq!(fill("\"{resource.name|raw}/*\"", "sh", &evil), "\"{resource.name|raw}/*\"");
    }

    #[test]
    fn plain_names_stay_plain() {
        let bucket = named("my-bucket.logs");
        assert_eq!(fill("-b {resource.name}\n", "sh", &bucket), "-b my-bucket.logs\n");
        assert_eq!(fill("N: {resource.name}", "yaml", &bucket), "N: my-bucket.logs");
        assert_eq!(fill("A: {resource.account}", "yaml", &bucket), "A: \"111122223333\"");
        assert_eq!(fill("{resource.name|raw}/*", "sh", &bucket), "my-bucket.logs/*");
    }

    #[test]
    fn an_id_is_the_end_of_the_arn() {
        let pool = ResourceRef {
            arn: "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123".into(),
            ..named("customers")
        };
        assert_eq!(
            fill("--user-pool-id {resource.id}", "sh", &pool),
            "--user-pool-id eu-west-1_AbCdEf123"
        );
    }

    #[test]
    fn what_is_no_placeholder_stays() {
        let text = "{\"a\": {}} {resource.nothing} {resource.name";
        assert_eq!(fill(text, "sh", &named("b")), text);
    }
}
