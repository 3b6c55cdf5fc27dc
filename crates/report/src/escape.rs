//! Text that an attacker may have chosen, made harmless for a terminal.

use std::{borrow::Cow, io};

/// Names, tags and messages as a terminal may show them: what moves the cursor, changes colors or reorders
/// text stands as its number.
pub(crate) fn terminal(text: &str) -> Cow<'_, str> {
    if !text.contains(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_dangerous(c) { safe.extend(c.escape_unicode()) } else { safe.push(c) }
    }
    Cow::Owned(safe)
}

/// The beginning of a text that is too long for a terminal; the limit counts characters.
pub(crate) fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
    }
}

/// Controls of both sets, line separators, and what is invisible or turns the direction of text: Unicode's general
/// categories Cc, Zl and Zp, and its default ignorable code points but for the variation selectors of emoji.
fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Writes pretty JSON whose strings show no such character either: JSON gets read on terminals.
#[derive(Debug, Default)]
pub(crate) struct SafeJson<'a>(serde_json::ser::PrettyFormatter<'a>);

impl serde_json::ser::Formatter for SafeJson<'_> {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_dangerous) {
            let (plain, from) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            let mut chars = from.chars();
            if let Some(c) = chars.next() {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize as _;

    use super::*;

    const EVIL: &str = "a\u{1b}[31m\u{9b}2J\u{202e}gpj\u{2066}\u{7f}\u{200b}\nz\u{e0041}é✓";

    #[test]
    fn a_terminal_sees_no_control() {
        let safe = terminal(EVIL);
        assert_eq!(
            safe,
            "a\\u{1b}[31m\\u{9b}2J\\u{202e}gpj\\u{2066}\\u{7f}\\u{200b}\\u{a}z\\u{e0041}é✓"
        );
        assert!(matches!(terminal("plain é"), Cow::Borrowed("plain é")));
    }

    #[test]
    fn json_says_the_same_in_other_letters() {
        let mut json = vec![];
        EVIL.serialize(&mut serde_json::Serializer::with_formatter(&mut json, SafeJson::default()))
            .unwrap();
        let text = String::from_utf8(json).unwrap();
        assert!(!text.contains(is_dangerous), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), EVIL);
    }
}
