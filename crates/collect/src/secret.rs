//! Finds secrets among what AWS gives in the clear, and keeps of each what it is, where it lay, and a salted digest.
//!
//! A secret is told by its form, as the tokens of many services have one, or by the name that it is assigned to. That
//! a text looks random is no reason: so do hashes, ids and ARNs.

mod assignments;
mod names;
mod texts;
mod tokens;
mod values;

#[cfg(test)]
mod tests;

use std::fmt::{self, Write as _};

use awspect_inventory::secret::{Secret, SecretKind};
use sha2::{Digest as _, Sha256};

/// A secret that was found: what it is, and the text itself, which goes no further.
type Found<'a> = (SecretKind, &'a str);

/// Bytes of the digest that are kept.
const DIGEST: usize = 16;

/// What makes the digests of one scan: 32 bytes that are drawn once and never written down.
#[derive(Clone, Copy)]
pub struct Salt([u8; 32]);

impl Salt {
    /// This salt. For tests alone, since who knows it can try out short secrets.
    pub const fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new one from the system's source of randomness.
    pub(crate) fn draw() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    fn digest(&self, text: &str) -> String {
        let digest = Sha256::new().chain_update(self.0).chain_update(text).finalize();
        let mut hex = String::with_capacity(2 * DIGEST);
        for byte in digest.iter().take(DIGEST) {
            // A string takes all that is written.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt")
    }
}

/// Tells secrets from other texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detector(Salt);

impl Detector {
    pub(crate) fn new(salt: Salt) -> Self {
        Self(salt)
    }

    /// The secrets of a text that stood at `place` under `name`; of each kind the first, in the order of kinds.
    pub(crate) fn secrets(&self, place: &str, name: &str, text: &str) -> Vec<Secret> {
        let mut found = find(name, text);
        // The sort is stable: what is first of its kind in the text stays so.
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        found.dedup_by(|(one, _), (other, _)| one == other);
        let secret = |(kind, secret): Found<'_>| Secret {
            place: place.to_owned(),
            kind,
            digest: self.0.digest(secret),
        };
        found.into_iter().map(secret).collect()
    }
}

/// All secrets of a text: those of a known form, and beside them what its name says, or a name within it.
fn find<'a>(name: &str, text: &'a str) -> Vec<Found<'a>> {
    let mut found: Vec<Found<'a>> = tokens::find(text).chain(texts::find(text)).collect();
    found.extend(assignments::aws_secret_key(name, text));
    let is_new = |value: &str| {
        found.iter().all(|(_, secret)| !value.contains(secret) && !secret.contains(value))
    };
    let named = assignments::named(name, text).find(|(_, value)| is_new(value));
    found.extend(named);
    found
}
