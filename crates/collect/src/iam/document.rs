//! Policy documents as IAM sends them.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::ask::Missing;

/// The text of a document. IAM sends it percent-encoded after RFC 3986 (IAM API reference, `PolicyDetail`).
///
/// What is plain JSON already stays as it is: it may hold percent signs of its own, but begins with none.
pub(super) fn plain(document: Option<String>, name: &'static str) -> Result<String, Missing> {
    let document = document.filter(|text| !text.trim().is_empty()).ok_or(Missing(name))?;
    if !document.trim_start().starts_with('%') {
        return Ok(document);
    }
    percent_decode_str(&document).decode_utf8().map(Cow::into_owned).map_err(|_| Missing(name))
}

#[cfg(test)]
mod tests {
    use super::plain;

    fn read(text: &str) -> Option<String> {
        plain(Some(text.to_owned()), "Document").ok()
    }

    #[test]
    fn an_encoded_document_is_decoded() {
        for (encoded, text) in [
            ("%7B%7D", "{}"),
            ("%7b%22a%22%3a%22%25%2b%20\u{2b}%22%7d", "{\"a\":\"%+ +\"}"),
            ("%0A%20%7B%22%C3%A9%22%7D", "\n {\"é\"}"),
            ("\n %7B%7D\n", "\n {}\n"),
        ] {
            assert_eq!(read(encoded).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_plain_document_stays_as_it_is() {
        for text in ["{}", " {\"a\":\"%7B%20+\"}", "[]", "no JSON"] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_no_text_is_missing() {
        assert_eq!([read(""), read(" \n"), read("%7B%FF%7D")], [None, None, None]);
        assert!(plain(None, "Document").is_err());
    }
}
