//! Sets of addresses that are known in part, and lists whose first match decides.

use awspect_inventory::Unknown;

use super::{Addresses, Breadth, Family};

/// A set of addresses between two bounds: what is surely in it, and what may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    surely: Addresses,
    /// What may be in it, `surely` included, and the fact that would tell.
    perhaps: Option<(Addresses, Unknown)>,
}

impl Bounds {
    /// A set that is known.
    pub const fn exactly(addresses: Addresses) -> Self {
        Self { surely: addresses, perhaps: None }
    }

    /// Something between nothing and all of these.
    pub fn unknown(at_most: Addresses, why: Unknown) -> Self {
        Self::between(Addresses::empty(), at_most, Some(why))
    }

    /// `surely` lies within `perhaps`.
    fn between(surely: Addresses, perhaps: Addresses, why: Option<Unknown>) -> Self {
        let perhaps = why.filter(|_| perhaps != surely).map(|why| (perhaps, why));
        Self { surely, perhaps }
    }

    /// The addresses that are surely in it.
    pub const fn surely(&self) -> &Addresses {
        &self.surely
    }

    /// The addresses that may be in it.
    pub fn possibly(&self) -> &Addresses {
        self.perhaps.as_ref().map_or(&self.surely, |(addresses, _)| addresses)
    }

    fn why(&self) -> Option<&Unknown> {
        self.perhaps.as_ref().map(|(_, why)| why)
    }

    /// Those of both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let surely = self.surely.intersection(&other.surely);
        let why = self.why().or_else(|| other.why());
        match why {
            None => Self::exactly(surely),
            Some(why) => {
                let perhaps = self.possibly().intersection(other.possibly());
                Self::between(surely, perhaps, Some(why.clone()))
            }
        }
    }

    /// Those of any.
    pub fn union<'b>(all: impl Iterator<Item = &'b Self> + Clone) -> Self {
        let surely = all.clone().flat_map(|bounds| bounds.surely.iter()).collect();
        match all.clone().find_map(Self::why) {
            None => Self::exactly(surely),
            Some(why) => {
                let perhaps = all.flat_map(|bounds| bounds.possibly().iter()).collect();
                Self::between(surely, perhaps, Some(why.clone()))
            }
        }
    }

    /// Whether the set has this breadth at least; an error if only the missing fact would tell.
    pub fn reaches(&self, family: Family, breadth: Breadth) -> Result<bool, Unknown> {
        if breadth.reached(family, &self.surely) {
            return Ok(true);
        }
        match &self.perhaps {
            Some((perhaps, why)) if breadth.reached(family, perhaps) => Err(why.clone()),
            _ => Ok(false),
        }
    }
}

/// What a list's entry does with the addresses that match it.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// They pass.
    Pass,
    /// They do not.
    Stop,
    /// This version cannot tell.
    Perhaps(Unknown),
}

/// An entry of a list whose first match decides.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The addresses that match it, or may match it.
    pub(super) range: (u128, u128),
    /// Why nobody knows which of them do, where that is so.
    pub(super) doubt: Option<Unknown>,
    /// What becomes of them.
    pub(super) outcome: Outcome,
}

impl Entry {
    pub(super) const fn new(range: (u128, u128), passes: bool) -> Self {
        let outcome = if passes { Outcome::Pass } else { Outcome::Stop };
        Self { range, doubt: None, outcome }
    }

    /// Whether it passes these addresses, in the worse and in the better case; `None` where it leaves them to the entries after it.
    fn cases(&self) -> [Option<bool>; 2] {
        match (&self.doubt, &self.outcome) {
            (None, Outcome::Pass) => [Some(true); 2],
            (None, Outcome::Stop) => [Some(false); 2],
            (_, Outcome::Perhaps(_)) => [Some(false), Some(true)],
            (Some(_), Outcome::Pass) => [None, Some(true)],
            (Some(_), Outcome::Stop) => [Some(false), None],
        }
    }

    fn why(&self) -> Option<&Unknown> {
        match (&self.doubt, &self.outcome) {
            (Some(why), _) | (None, Outcome::Perhaps(why)) => Some(why),
            (None, Outcome::Pass | Outcome::Stop) => None,
        }
    }
}

/// The addresses that pass a list; those that no entry matches do not.
pub(super) fn first_match<'e>(entries: &(impl Iterator<Item = &'e Entry> + Clone)) -> Bounds {
    let pass = |case: usize| {
        let mut through = vec![];
        let mut decided = Addresses::empty();
        for entry in entries.clone() {
            let Some(passes) = entry.cases().get(case).copied().flatten() else { continue };
            let range = [entry.range].into_iter().collect();
            if passes {
                through.extend(Addresses::without(&range, &decided).iter());
            }
            decided = decided.union(&range);
        }
        through.into_iter().collect::<Addresses>()
    };
    match entries.clone().find_map(Entry::why) {
        None => Bounds::exactly(pass(0)),
        Some(why) => Bounds::between(pass(0), pass(1), Some(why.clone())),
    }
}
