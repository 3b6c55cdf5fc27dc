//! Values that a name says are secret: the text under its own name, and those of names within it.

use awspect_inventory::secret::SecretKind;

use super::{Found, names, values};

/// How long the secret of an AWS access key is.
const AWS_SECRET: usize = 40;

/// What is secret by its name.
pub(super) fn named<'a>(name: &str, text: &'a str) -> impl Iterator<Item = Found<'a>> {
    let own = names::says(name).map(|says| (says, text.trim()));
    let own = own.filter(|(says, value)| values::is_secret(*says, name, value));
    let inner = within(text).filter_map(|(name, rest)| {
        let says = names::says(name)?;
        let value = value(rest)?;
        values::is_secret(says, name, value).then_some((says, value))
    });
    own.into_iter().chain(inner).map(|(_, value)| (SecretKind::Named, value))
}

/// The secret of an AWS access key, which has no form but its length, under a name that says so.
pub(super) fn aws_secret_key<'a>(name: &str, text: &'a str) -> Option<Found<'a>> {
    let is_key = |value: &&str| {
        value.len() == AWS_SECRET
            && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
            && !values::is_sample(value)
    };
    let own = names::is_aws_secret_key(name).then(|| text.trim()).filter(is_key);
    let mut inner = within(text).filter(|(name, _)| names::is_aws_secret_key(name));
    let key = own.or_else(|| inner.find_map(|(_, rest)| value(rest).filter(is_key)))?;
    Some((SecretKind::AwsSecretAccessKey, key))
}

/// The names in `name=value`, `name: value` and `"name": "value"`, each with what stands after it.
fn within(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices(['=', ':']).filter_map(|(at, separator)| {
        let before = text.get(..at)?.trim_end_matches(['"', '\'', '\\', ' ', '\t']);
        let letters = before.bytes().rev().take(NAME).take_while(|byte| is_of_name(*byte));
        let name = before.get(before.len() - letters.count()..)?;
        let rest = text.get(at + separator.len()..)?.trim_start_matches([' ', '\t', '\\']);
        (!name.is_empty()).then_some((name, rest))
    })
}

/// The longest name and the longest value within a text that are looked at.
const NAME: usize = 128;
const VALUE: usize = 1_024;

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// The value that a text begins with, if it was made to be one, for prose has colons too and programs have names of
/// variables: what is in quotes, or all up to where a shell, an address or a list would end it.
fn value(text: &str) -> Option<&str> {
    let text = text.get(..text.floor_char_boundary(VALUE))?;
    let value = if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let (value, _) = text.get(quote.len_utf8()..)?.split_once(quote)?;
        value.trim_end_matches('\\')
    } else {
        let mut words = text.split(|c: char| c.is_whitespace() || "\"'`;&,|".contains(c));
        words.next().filter(|word| !word.contains(['(', ')', '[', ']', '{', '}', '<', '>']))?
    };
    let letters = value.chars().any(char::is_alphabetic);
    let others = value.chars().any(|c| !c.is_alphabetic() && !matches!(c, '.' | '_' | '-'));
    (value.chars().count() >= MADE && letters && others).then_some(value)
}

/// The fewest characters of a value within a text.
const MADE: usize = 8;
