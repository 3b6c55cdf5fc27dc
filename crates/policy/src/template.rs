//! Text with policy variables (IAM User Guide, "IAM policy elements: Variables and tags").

use crate::glob::{Glob, Token};
use crate::names::Key;

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A token of a pattern.
    Token(Token),
    /// `${key}` or `${key, 'default'}`.
    Variable {
        /// The context key whose value stands here.
        key: Key,
        /// What stands here if the request has no such key.
        default: Option<String>,
    },
}

/// A pattern in which the request's own values may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    text: String,
    pieces: Vec<Piece>,
    /// With `*` for each variable; asked for so often that it is kept.
    widened: Glob,
}

/// How the text of a template is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Whether `*` and `?` are wildcards.
    pub wild: bool,
    /// Whether `${…}` is a variable: only with Version 2012-10-17.
    pub variables: bool,
}

impl Template {
    /// Reads `text`.
    pub fn parse(text: &str, reading: Reading) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let variable = rest
                .strip_prefix("${")
                .filter(|_| reading.variables)
                .and_then(|tail| tail.split_once('}'));
            if let Some((inside, after)) = variable {
                pieces.push(variable_piece(inside));
                rest = after;
                continue;
            }
            pieces.push(Piece::Token(match c {
                '*' if reading.wild => Token::Star,
                '?' if reading.wild => Token::One,
                c => Token::Char(c),
            }));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        let widened = Glob::new(pieces.iter().map(|piece| match piece {
            Piece::Token(token) => *token,
            Piece::Variable { .. } => Token::Star,
        }));
        Self { text: text.to_owned(), pieces, widened }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The keys of its variables.
    pub fn variables(&self) -> impl Iterator<Item = &Key> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, .. } => Some(key),
            Piece::Token(_) => None,
        })
    }

    /// The text, if it has neither wildcard nor variable.
    pub fn as_fixed(&self) -> Option<String> {
        self.pieces
            .iter()
            .map(|piece| if let Piece::Token(Token::Char(c)) = piece { Some(*c) } else { None })
            .collect()
    }

    /// The text before the first wildcard or variable.
    pub fn fixed_prefix(&self) -> String {
        self.pieces
            .iter()
            .map_while(
                |piece| if let Piece::Token(Token::Char(c)) = piece { Some(*c) } else { None },
            )
            .collect()
    }

    /// The pattern for one request. A variable without value makes the pattern match nothing.
    pub fn resolve(&self, lookup: &dyn Fn(&Key) -> Option<String>) -> Option<Glob> {
        let mut tokens = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            match piece {
                Piece::Token(token) => tokens.push(*token),
                Piece::Variable { key, default } => {
                    let value = lookup(key).or_else(|| default.clone())?;
                    tokens.extend(value.chars().map(Token::Char));
                }
            }
        }
        Some(Glob::new(tokens))
    }

    /// The pattern with `*` for each variable: everything that it could match.
    pub fn widened(&self) -> &Glob {
        &self.widened
    }
}

fn variable_piece(inside: &str) -> Piece {
    if let "*" | "?" | "$" = inside {
        return Piece::Token(Token::Char(inside.chars().next().unwrap_or('$')));
    }
    let (name, default) = match inside.split_once(',') {
        Some((name, default)) => (name, Some(default.trim().trim_matches('\'').to_owned())),
        None => (inside, None),
    };
    Piece::Variable { key: Key::new(name.trim()), default }
}
