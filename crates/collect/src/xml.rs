//! XML that ends too early.

use std::{error::Error, fmt};

/// An answer whose document is not closed.
///
/// The SDK's parser takes the end of the text for the end of every open element, and would read half a list as
/// the whole.
#[derive(Debug)]
pub(crate) struct CutShort;

impl fmt::Display for CutShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer ends before its document does")
    }
}

impl Error for CutShort {}

/// Whether this is an XML document that stops before its root element does.
pub(crate) fn is_cut_short(body: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(body) else {
        return false;
    };
    let Some(tag) = root(text).strip_prefix('<') else {
        return false;
    };
    let name = tag.split(|end: char| end.is_whitespace() || "/>".contains(end)).next();
    let Some(last) = tag.trim_end().strip_suffix('>') else {
        return true;
    };
    let alone = last.ends_with('/') && !last.contains('>');
    let closed = last.trim_end().strip_suffix(name.unwrap_or_default());
    !alone && !closed.is_some_and(|before| before.ends_with("</"))
}

/// The text from its root element on.
fn root(text: &str) -> &str {
    let mut text = text.trim_start();
    for (start, end) in [("<?", "?>"), ("<!--", "-->"), ("<!", ">")].repeat(2) {
        if let Some((_, rest)) = text.strip_prefix(start).and_then(|text| text.split_once(end)) {
            text = rest.trim_start();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_closed_is_whole() {
        for text in [
            "",
            "{}",
            "<a/>",
            "<a />\n",
            "<a x=\"/\"/>",
            "<a></a>",
            "<a><b/></a >\n",
            "<?xml version=\"1.0\"?>\n<a xmlns=\"http://s3.amazonaws.com/doc/\">b</a>",
            "<?xml version=\"1.0\"?><!-- c --><!DOCTYPE a><a/>",
        ] {
            assert!(!is_cut_short(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_document_that_is_not_is_cut_short() {
        for text in [
            "<",
            "<a",
            "<a>",
            "<a><b/>",
            "<a><b></b>",
            "<a>b</a",
            "<a><aa></aa>",
            "<?xml version=\"1.0\"?><a><b>",
        ] {
            assert!(is_cut_short(text.as_bytes()), "{text}");
        }
    }
}
