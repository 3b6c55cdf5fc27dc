//! The resource policy of a REST API, in the form that the API gives it.

use std::str::Chars;

use awspect_inventory::apigateway::RestApiPolicy;

use crate::{
    ask::{Missing, Read},
    read::given,
};

/// The policy as a JSON document.
///
/// API Gateway gives the inside of a JSON string, `{\"Version\":…`, within a JSON string.
pub(super) fn read(policy: Option<String>) -> Read<RestApiPolicy> {
    let Some(policy) = given(policy) else { return Ok(None) };
    // In a document itself no backslash stands where the first key does.
    let is_escaped = policy
        .trim_start()
        .strip_prefix('{')
        .is_some_and(|rest| rest.trim_start().starts_with('\\'));
    let document = if is_escaped { unescaped(&policy).ok_or(Missing("policy"))? } else { policy };
    Ok(Some(RestApiPolicy(document)))
}

/// The text that the inside of a JSON string stands for (RFC 8259, section 7).
fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(next) = rest.next() {
        let next = match next {
            '\\' => escape(&mut rest)?,
            other => other,
        };
        plain.push(next);
    }
    Some(plain)
}

fn escape(rest: &mut Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        same @ ('"' | '\\' | '/') => same,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => unicode(rest)?,
        _ => return None,
    })
}

/// A character by its four hexadecimal digits, or by twice four, the halves of a surrogate pair.
fn unicode(rest: &mut Chars<'_>) -> Option<char> {
    let first = unit(rest)?;
    let low = if (0xd800..0xdc00).contains(&first) {
        let is_pair = rest.next() == Some('\\') && rest.next() == Some('u');
        Some(unit(rest).filter(|_| is_pair)?)
    } else {
        None
    };
    char::decode_utf16([first].into_iter().chain(low)).next()?.ok()
}

fn unit(rest: &mut Chars<'_>) -> Option<u16> {
    let digits: String = rest.by_ref().take(4).collect();
    let is_hex = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(&digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(policy: &str) -> Option<String> {
        read(Some(policy.to_owned())).unwrap().map(|policy| policy.0)
    }

    #[test]
    fn a_policy_is_unescaped_once() {
        for (given, is) in [
            (
                r#"{\"Resource\":\"arn:aws:execute-api:*:*:a\/*\"}"#,
                r#"{"Resource":"arn:aws:execute-api:*:*:a/*"}"#,
            ),
            (
                r#"{\n  \"Sid\": \"a \\\"b\\\" \\u00e9\"\n}"#,
                "{\n  \"Sid\": \"a \\\"b\\\" \\u00e9\"\n}",
            ),
            (r#" { \"Sid\":\"\u00e9\ud83d\ude00\t\"}"#, " { \"Sid\":\"é😀\t\"}"),
        ] {
            assert_eq!(document(given).as_deref(), Some(is));
        }
    }

    #[test]
    fn a_document_stays_as_it_is() {
        for same in [r#"{"Sid":"a\nb"}"#, "{}", "no json", r"a\", r#"{ "Version": "2012-10-17" }"#]
        {
            assert_eq!(document(same).as_deref(), Some(same));
        }
        assert_eq!(document(""), None);
    }

    #[test]
    fn what_is_no_escape_is_malformed() {
        for odd in [
            r#"{\"a\":\x}"#,
            r#"{\"a\":\u12}"#,
            r#"{\"a\":\ud83d}"#,
            r#"{\"a\":\ud83d\u0041}"#,
            r#"{\"a\":\ude00}"#,
            r#"{\"a\":\u+123}"#,
            r#"{\"a\":""\"#,
        ] {
            assert!(read(Some(odd.to_owned())).is_err(), "{odd}");
        }
    }
}
