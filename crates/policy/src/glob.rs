//! Patterns with `*` and `?` as IAM means them, and nothing else: no classes, no braces, `*` crosses `/`.
//!
//! A pattern is a list of tokens rather than text, because `${*}` is a literal star and a policy variable is replaced by text
//! whose stars are literal too.

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Token {
    /// This character.
    Char(char),
    /// This character in either case; holds the lower case.
    AnyCase(char),
    /// Exactly one character (`?`).
    One,
    /// Any run of characters, also the empty one (`*`).
    Star,
    /// `?` within one part of what this character divides, a colon in an ARN: any character but that.
    OneBut(char),
    /// `*` within one part: any run without that character.
    StarBut(char),
}

impl Token {
    /// Whether the token, standing for one character, may be `c`.
    pub(crate) fn admits(self, c: char) -> bool {
        match self {
            Self::Char(own) => own == c,
            Self::AnyCase(own) => own == lower(c),
            Self::One | Self::Star => true,
            Self::OneBut(end) | Self::StarBut(end) => c != end,
        }
    }

    pub(crate) fn is_star(self) -> bool {
        matches!(self, Self::Star | Self::StarBut(_))
    }

    /// Whether every character of `other` is admitted by this token.
    fn covers(self, other: Self) -> bool {
        match (self, other) {
            (Self::Char(a), Self::Char(b)) | (Self::AnyCase(a), Self::AnyCase(b)) => a == b,
            (Self::AnyCase(a), Self::Char(b)) => a == lower(b),
            (Self::OneBut(end) | Self::StarBut(end), Self::Char(c)) => c != end,
            (Self::OneBut(end) | Self::StarBut(end), Self::AnyCase(c)) => c != lower(end),
            (Self::OneBut(end) | Self::StarBut(end), Self::OneBut(own) | Self::StarBut(own)) => {
                end == own
            }
            (Self::OneBut(_) | Self::StarBut(_), Self::One | Self::Star)
            | (Self::Char(_) | Self::AnyCase(_), _) => false,
            (Self::One | Self::Star, _) => true,
        }
    }
}

/// Lower case of one character, leaving alone the few whose lower case is longer.
pub(crate) fn lower(c: char) -> char {
    let mut lowered = c.to_lowercase();
    match (lowered.next(), lowered.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// A pattern over strings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Glob(Vec<Token>);

impl Glob {
    /// The pattern made of these tokens; neighbouring stars melt into one.
    pub fn new(tokens: impl IntoIterator<Item = Token>) -> Self {
        let mut kept: Vec<Token> = Vec::new();
        for token in tokens {
            match (kept.last().copied(), token) {
                (Some(Token::Star), Token::Star | Token::StarBut(_)) => {}
                (Some(Token::StarBut(last)), Token::StarBut(end)) if last == end => {}
                _ => kept.push(token),
            }
        }
        Self(kept)
    }

    /// Reads `*` and `?` in `text` as wildcards.
    pub fn wild(text: &str) -> Self {
        Self::new(text.chars().map(|c| match c {
            '*' => Token::Star,
            '?' => Token::One,
            c => Token::Char(c),
        }))
    }

    /// Reads `text` as itself.
    pub fn literal(text: &str) -> Self {
        Self::new(text.chars().map(Token::Char))
    }

    /// The same pattern, matching without regard to case.
    #[must_use]
    pub fn any_case(&self) -> Self {
        Self::new(self.0.iter().map(|token| match token {
            Token::Char(c) => Token::AnyCase(lower(*c)),
            other => *other,
        }))
    }

    /// The pattern read as an ARN: six components divided by colons, each matched by itself, the last holding the rest.
    ///
    /// A pattern of fewer components that ends with `*` (`*`, `arn:aws:*`) is taken to mean anything from there on.
    #[must_use]
    pub fn as_arn(&self) -> Self {
        let colons = self.0.iter().filter(|token| **token == Token::Char(':')).count();
        let last = self.0.len().saturating_sub(1);
        let mut seen = 0;
        Self::new(self.0.iter().enumerate().map(|(at, token)| {
            if *token == Token::Char(':') {
                seen += 1;
            }
            let open = seen >= 5 || (colons < 5 && at == last);
            match token {
                Token::Star if !open => Token::StarBut(':'),
                Token::One if !open => Token::OneBut(':'),
                other => *other,
            }
        }))
    }

    /// The same pattern with wildcards that never match a colon.
    #[must_use]
    pub fn without_colons(&self) -> Self {
        Self::new(self.0.iter().map(|token| match token {
            Token::Star => Token::StarBut(':'),
            Token::One => Token::OneBut(':'),
            other => *other,
        }))
    }

    /// The tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.0
    }

    /// The text this pattern stands for, when it stands for exactly one.
    pub fn as_literal(&self) -> Option<String> {
        self.0
            .iter()
            .map(|token| if let Token::Char(c) = token { Some(*c) } else { None })
            .collect()
    }

    /// Whether the pattern is `*` alone.
    pub fn is_everything(&self) -> bool {
        matches!(self.0.as_slice(), [Token::Star])
    }

    /// Whether `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        if self.0.iter().any(|token| matches!(token, Token::StarBut(_))) {
            self.matches_stepwise(text)
        } else {
            self.matches_greedily(text)
        }
    }

    /// With one kind of star it is enough to remember the last: what an earlier one could take, the last can take too.
    fn matches_greedily(&self, text: &str) -> bool {
        let (mut at, mut rest) = (0, text);
        let mut retry: Option<(usize, &str)> = None;
        loop {
            let mut chars = rest.chars();
            let next = chars.next();
            match (self.0.get(at), next) {
                (Some(Token::Star), _) => {
                    at += 1;
                    retry = Some((at, rest));
                    continue;
                }
                (None, None) => return true,
                (Some(token), Some(c)) if token.admits(c) => {
                    at += 1;
                    rest = chars.as_str();
                    continue;
                }
                _ => {}
            }
            let Some((after, from)) = retry else { return false };
            let mut skipped = from.chars();
            if skipped.next().is_none() {
                return false;
            }
            rest = skipped.as_str();
            at = after;
            retry = Some((after, rest));
        }
    }

    /// Keeps every position that the text so far can have led to.
    fn matches_stepwise(&self, text: &str) -> bool {
        let mut live: Vec<usize> = vec![0];
        let mut next: Vec<usize> = Vec::new();
        self.close(&mut live);
        for c in text.chars() {
            next.clear();
            for at in &live {
                match self.0.get(*at) {
                    Some(token) if token.admits(c) => {
                        next.push(if token.is_star() { *at } else { at + 1 });
                    }
                    _ => {}
                }
            }
            if next.is_empty() {
                return false;
            }
            std::mem::swap(&mut live, &mut next);
            self.close(&mut live);
        }
        live.contains(&self.0.len())
    }

    /// Adds the positions reachable by letting a star stand for nothing; keeps the list sorted and without doubles.
    fn close(&self, live: &mut Vec<usize>) {
        let mut at = 0;
        while let Some(position) = live.get(at).copied() {
            if self.0.get(position).is_some_and(|token| token.is_star()) {
                live.push(position + 1);
            }
            at += 1;
        }
        live.sort_unstable();
        live.dedup();
    }

    /// Whether every string that `other` matches is matched by this one, as far as the two texts show it.
    ///
    /// A yes is certain; a no may be wrong, and the automaton is asked then.
    pub fn covers(&self, other: &Self) -> bool {
        let mut live: Vec<usize> = vec![0];
        let mut next: Vec<usize> = Vec::new();
        self.close(&mut live);
        for token in &other.0 {
            next.clear();
            for at in &live {
                match self.0.get(*at) {
                    Some(own) if own.is_star() && own.covers(*token) => next.push(*at),
                    Some(own) if !token.is_star() && !own.is_star() && own.covers(*token) => {
                        next.push(at + 1);
                    }
                    _ => {}
                }
            }
            if next.is_empty() {
                return false;
            }
            std::mem::swap(&mut live, &mut next);
            self.close(&mut live);
        }
        live.contains(&self.0.len())
    }

    /// Some string that matches, the shortest but for a letter in the place of each star, so that a person can read it.
    pub fn example(&self) -> String {
        self.0
            .iter()
            .map(|token| match token {
                Token::Char(c) | Token::AnyCase(c) => *c,
                Token::One | Token::Star | Token::OneBut(_) | Token::StarBut(_) => 'x',
            })
            .collect()
    }
}

impl std::fmt::Display for Glob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|token| match token {
            Token::Char('*') => f.write_str("${*}"),
            Token::Char('?') => f.write_str("${?}"),
            Token::Char(c) | Token::AnyCase(c) => write!(f, "{c}"),
            Token::One | Token::OneBut(_) => f.write_str("?"),
            Token::Star | Token::StarBut(_) => f.write_str("*"),
        })
    }
}
