//! Sets of strings: is there a string that matches one of these patterns and one of those, but none of these others?
//!
//! The patterns run side by side as one nondeterministic automaton whose state is a bit set, determinised while it is searched.
//! Only characters that some live pattern names are tried, and one that none names, so a literal costs one step a character.
//! A general regular expression engine with derivatives was measured on the same questions and kept as the referee in this
//! crate's tests: it took milliseconds where this takes microseconds, since it does not know that all its leaves are globs.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

use crate::budget::{Budget, Spent};
use crate::glob::{Glob, Token, lower};

/// Decides the emptiness of sets of strings. A trait, so that another engine can take its place.
pub trait StringSets {
    /// The shortest string that matches a pattern of each of `must` and no pattern of `must_not`, or nothing if there is none.
    fn find(
        &self,
        must: &[&[Glob]],
        must_not: &[&Glob],
        budget: &Budget,
    ) -> Result<Option<String>, Spent>;
}

/// The engine of this module.
#[derive(Clone, Copy, Debug, Default)]
pub struct Automata;

impl StringSets for Automata {
    fn find(
        &self,
        must: &[&[Glob]],
        must_not: &[&Glob],
        budget: &Budget,
    ) -> Result<Option<String>, Spent> {
        if let Some(answer) = shortcut(must, must_not, budget)? {
            return Ok(answer);
        }
        Machine::new(must, must_not).search(budget)
    }
}

/// What can be seen without an automaton: finite sets, and patterns that cover each other by their text.
#[expect(
    clippy::option_option,
    reason = "nothing seen is a third outcome beside a string and no string"
)]
fn shortcut(
    must: &[&[Glob]],
    must_not: &[&Glob],
    budget: &Budget,
) -> Result<Option<Option<String>>, Spent> {
    let fits = |text: &str| {
        must.iter().all(|union| union.iter().any(|glob| glob.matches(text)))
            && !must_not.iter().any(|glob| glob.matches(text))
    };
    for union in must {
        budget.spend(1 + union.len() as u64 * must_not.len() as u64)?;
        if let Some(literals) = union.iter().map(Glob::as_literal).collect::<Option<Vec<_>>>() {
            budget.spend((literals.len() * (must.len() + must_not.len())) as u64)?;
            return Ok(Some(literals.into_iter().find(|text| fits(text))));
        }
        if union.iter().all(|glob| must_not.iter().any(|not| not.covers(glob))) {
            return Ok(Some(None));
        }
    }
    for example in must.iter().filter_map(|union| union.first()).map(Glob::example) {
        budget.spend(8)?;
        if fits(&example) {
            return Ok(Some(Some(example)));
        }
    }
    Ok(None)
}

/// A set of positions, one bit for each.
type Bits = Box<[u64]>;

/// All patterns laid end to end: position `i` is "before token `i`", and each pattern has one more, its end.
struct Machine {
    tokens: Vec<Option<Token>>,
    /// The pattern's union (`must`), or none for a pattern of `must_not`.
    unions: Vec<Mask>,
    forbidden: Mask,
    /// Positions from which a forbidden pattern matches whatever follows.
    hopeless: Bits,
    start: Bits,
}

/// Where a group of patterns lies, and its ends.
struct Mask {
    body: Bits,
    ends: Bits,
    /// Ends with a star before them: once there, the group is satisfied for good.
    settled: Bits,
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

fn meets(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

fn ones(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(word, bits)| {
        let mut left = *bits;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(word * 64 + bit)
        })
    })
}

impl Machine {
    fn new(must: &[&[Glob]], must_not: &[&Glob]) -> Self {
        let globs = || must.iter().copied().flatten().chain(must_not.iter().copied());
        let words = globs().map(|glob| glob.tokens().len() + 1).sum::<usize>().div_ceil(64);
        let empty = || vec![0; words].into_boxed_slice();
        let mask = || Mask { body: empty(), ends: empty(), settled: empty() };
        let mut machine = Self {
            tokens: Vec::new(),
            unions: Vec::new(),
            forbidden: mask(),
            hopeless: empty(),
            start: empty(),
        };
        for union in must {
            let mut group = mask();
            for glob in *union {
                machine.lay(glob, &mut group);
            }
            machine.unions.push(group);
        }
        let mut group = mask();
        for glob in must_not {
            machine.lay(glob, &mut group);
        }
        machine.hopeless.clone_from(&group.settled);
        machine.forbidden = group;
        machine
    }

    fn lay(&mut self, glob: &Glob, group: &mut Mask) {
        let first = self.tokens.len();
        for token in glob.tokens() {
            set(&mut group.body, self.tokens.len());
            self.tokens.push(Some(*token));
        }
        let end = self.tokens.len();
        set(&mut group.body, end);
        set(&mut group.ends, end);
        if glob.tokens().last() == Some(&Token::Star) {
            set(&mut group.settled, end);
        }
        self.tokens.push(None);
        let mut start = std::mem::take(&mut self.start);
        self.enter(first, |at| set(&mut start, at));
        self.start = start;
    }

    /// Calls `mark` with `at` and the positions behind it that a star opens.
    fn enter(&self, mut at: usize, mut mark: impl FnMut(usize)) {
        loop {
            mark(at);
            match self.tokens.get(at) {
                Some(Some(token)) if token.is_star() => at += 1,
                _ => return,
            }
        }
    }

    /// The state after `c`, or nothing if no string can follow.
    fn step(&self, state: &[u64], c: char) -> Option<Bits> {
        let mut next = vec![0; state.len()].into_boxed_slice();
        for at in ones(state) {
            if let Some(Some(token)) = self.tokens.get(at)
                && token.admits(c)
            {
                self.enter(if token.is_star() { at } else { at + 1 }, |at| set(&mut next, at));
            }
        }
        self.settle(next)
    }

    /// Drops what no longer matters, and the whole state if it can never accept.
    fn settle(&self, mut state: Bits) -> Option<Bits> {
        if meets(&state, &self.hopeless) {
            return None;
        }
        for union in &self.unions {
            if !meets(&state, &union.body) {
                return None;
            }
            // Once a pattern of the union matches whatever follows, the rest of the union no longer matters.
            let settled = ones(&state).find(|at| bit(&union.settled, *at));
            if let Some(end) = settled {
                state.iter_mut().zip(&union.body).for_each(|(word, body)| *word &= !body);
                set(&mut state, end - 1);
                set(&mut state, end);
            }
        }
        Some(state)
    }

    fn accepts(&self, state: &[u64]) -> bool {
        self.unions.iter().all(|union| meets(state, &union.ends))
            && !meets(state, &self.forbidden.ends)
    }

    /// The characters worth trying: those that a live position names, one where a star stops at it, and one that none names.
    fn alphabet(&self, state: &[u64]) -> Vec<char> {
        let mut named: Vec<char> = Vec::new();
        let mut open = false;
        for at in ones(state) {
            match self.tokens.get(at) {
                Some(Some(Token::Char(c))) => named.push(*c),
                Some(Some(Token::AnyCase(c))) => named.extend([*c, upper(*c)]),
                Some(Some(Token::OneBut(end) | Token::StarBut(end))) => {
                    open = true;
                    named.push(*end);
                }
                Some(Some(Token::One | Token::Star)) => open = true,
                _ => {}
            }
        }
        named.sort_unstable();
        named.dedup();
        if open && let Some(other) = fresh(&named) {
            named.insert(0, other);
        }
        named
    }

    fn search(&self, budget: &Budget) -> Result<Option<String>, Spent> {
        let cost = 4 + self.start.len() as u64;
        let Some(start) = self.settle(self.start.clone()) else { return Ok(None) };
        let mut seen: HashSet<Bits, BuildHasherDefault<Mix>> = HashSet::default();
        let mut trail: Vec<(usize, char)> = vec![(0, ' ')];
        let mut queue: VecDeque<(Bits, usize)> = VecDeque::new();
        seen.insert(start.clone());
        queue.push_back((start, 0));
        while let Some((state, index)) = queue.pop_front() {
            if self.accepts(&state) {
                return Ok(Some(spell(&trail, index)));
            }
            for c in self.alphabet(&state) {
                budget.spend(cost)?;
                if let Some(next) = self.step(&state, c)
                    && !seen.contains(&next)
                {
                    seen.insert(next.clone());
                    trail.push((index, c));
                    queue.push_back((next, trail.len() - 1));
                }
            }
        }
        Ok(None)
    }
}

fn bit(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
}

/// The other case of a lower-case character whose lower case it is.
fn upper(c: char) -> char {
    c.to_uppercase().find(|up| lower(*up) == c).unwrap_or(c)
}

/// A character, readable if possible, that is none of `named` in either case.
fn fresh(named: &[char]) -> Option<char> {
    let taken = |c: &char| named.contains(c);
    "xyzabcdefghijklmnopqrstuvw0123456789-_XYZ"
        .chars()
        .chain('\u{e000}'..'\u{f000}')
        .find(|c| !taken(c))
}

fn spell(trail: &[(usize, char)], mut index: usize) -> String {
    let mut letters = Vec::new();
    while let Some((before, c)) = trail.get(index).filter(|_| index > 0) {
        letters.push(*c);
        index = *before;
    }
    letters.iter().rev().collect()
}

/// A small multiplicative hash; the keys are bit sets of our own making, so flooding is no concern.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte));
            self.write_u64(word);
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
