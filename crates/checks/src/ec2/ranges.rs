//! Sets of numbers as sorted ranges that neither overlap nor touch.

/// What ranges are made of.
pub trait Point: Copy + Ord {
    /// The lowest.
    const MIN: Self;
    /// The highest.
    const MAX: Self;

    /// The next higher one.
    fn after(self) -> Option<Self>;
    /// The next lower one.
    fn before(self) -> Option<Self>;
}

macro_rules! point {
    ($($number:ty),+) => {
        $(impl Point for $number {
            const MIN: Self = <$number>::MIN;
            const MAX: Self = <$number>::MAX;

            fn after(self) -> Option<Self> {
                self.checked_add(1)
            }

            fn before(self) -> Option<Self> {
                self.checked_sub(1)
            }
        })+
    };
}
point!(u16, u128);

/// A set of numbers. Equal sets are equal values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ranges<T>(Vec<(T, T)>);

impl<T: Point> Ranges<T> {
    /// None.
    pub const fn empty() -> Self {
        Self(vec![])
    }

    /// All.
    pub fn all() -> Self {
        Self::of(T::MIN, T::MAX)
    }

    /// Those from `low` to `high`, both included.
    pub fn of(low: T, high: T) -> Self {
        [(low, high)].into_iter().collect()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ranges from the lowest to the highest, both ends included.
    pub fn iter(&self) -> impl Iterator<Item = (T, T)> + '_ {
        self.0.iter().copied()
    }

    /// The lowest number.
    pub fn first(&self) -> Option<T> {
        self.0.first().map(|&(low, _)| low)
    }

    /// Whether this one is among them.
    pub fn contains(&self, point: T) -> bool {
        let after = self.0.partition_point(|&(low, _)| low <= point);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|&(_, high)| point <= high)
    }

    /// Whether all of the others are among these.
    pub fn covers(&self, other: &Self) -> bool {
        let mut own = self.0.iter().peekable();
        other.0.iter().all(|&(low, high)| {
            while own.next_if(|&&(_, end)| end < low).is_some() {}
            own.peek().is_some_and(|&&(start, end)| start <= low && high <= end)
        })
    }

    /// Those of either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    /// Those of both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = vec![];
        while let (Some(&&(low, high)), Some(&&(start, end))) = (ours.peek(), theirs.peek()) {
            let (from, to) = (low.max(start), high.min(end));
            if from <= to {
                common.push((from, to));
            }
            if high <= end {
                ours.next();
            } else {
                theirs.next();
            }
        }
        Self(common)
    }

    /// These, but for the others.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }

    /// All the others that there are.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut rest = vec![];
        let mut low = Some(T::MIN);
        for (start, end) in self.iter() {
            if let (Some(from), Some(to)) = (low, start.before())
                && from <= to
            {
                rest.push((from, to));
            }
            low = end.after();
        }
        rest.extend(low.map(|from| (from, T::MAX)));
        Self(rest)
    }
}

/// Pairs whose first number is the higher one hold nothing.
impl<T: Point> FromIterator<(T, T)> for Ranges<T> {
    fn from_iter<I: IntoIterator<Item = (T, T)>>(pairs: I) -> Self {
        let mut pairs: Vec<(T, T)> = pairs.into_iter().filter(|(low, high)| low <= high).collect();
        pairs.sort_unstable();
        let mut merged: Vec<(T, T)> = Vec::with_capacity(pairs.len());
        for (low, high) in pairs {
            match merged.last_mut() {
                // A range that ends at the highest number touches whatever comes after its start.
                Some((_, end)) if end.after().is_none_or(|next| low <= next) => {
                    *end = high.max(*end);
                }
                _ => merged.push((low, high)),
            }
        }
        Self(merged)
    }
}

/// Cuts a set of ports where any of the ranges begins or ends, so that each piece lies wholly inside or outside of each range.
pub(super) fn pieces(
    ports: &Ranges<u16>,
    ranges: impl Iterator<Item = (u16, u16)>,
) -> Vec<(u16, u16)> {
    let mut starts: Vec<u16> =
        ranges.flat_map(|(low, high)| [Some(low), high.after()]).flatten().collect();
    starts.sort_unstable();
    starts.dedup();
    let mut pieces = vec![];
    for (mut low, high) in ports.iter() {
        let first = starts.partition_point(|&start| start <= low);
        for &start in starts.iter().skip(first).take_while(|&&start| start <= high) {
            pieces.extend(start.before().map(|end| (low, end)));
            low = start;
        }
        pieces.push((low, high));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(pairs: &[(u16, u16)]) -> Ranges<u16> {
        pairs.iter().copied().collect()
    }

    #[test]
    fn ranges_that_touch_are_one() {
        assert_eq!(set(&[(5, 9), (1, 4), (20, 30), (25, 40), (9, 1)]), set(&[(1, 9), (20, 40)]));
        assert_eq!(set(&[(0, u16::MAX), (3, 4)]), Ranges::all());
    }

    #[test]
    fn sets_are_what_their_numbers_are() {
        // Every set of ranges whose ends are among these, against the numbers themselves.
        let ends = [0, 1, 2, 5, 6, u16::MAX - 1, u16::MAX];
        let mut pairs = vec![];
        for &low in &ends {
            pairs.extend(ends.iter().filter(|&&high| low <= high).map(|&high| (low, high)));
        }
        let mut sets = vec![Ranges::empty()];
        for one in &pairs {
            sets.extend(pairs.iter().map(|other| set(&[*one, *other])));
        }
        let points = [0, 1, 2, 3, 5, 6, 7, u16::MAX - 1, u16::MAX];
        for a in &sets {
            for b in sets.iter().step_by(7) {
                for point in points {
                    let (in_a, in_b) = (a.contains(point), b.contains(point));
                    assert_eq!(a.union(b).contains(point), in_a || in_b);
                    assert_eq!(a.intersection(b).contains(point), in_a && in_b);
                    assert_eq!(a.without(b).contains(point), in_a && !in_b);
                    assert_eq!(a.complement().contains(point), !in_a);
                }
                assert_eq!(a.covers(b), b.without(a).is_empty());
            }
        }
    }

    #[test]
    fn ports_are_cut_where_ranges_begin_and_end() {
        let ports = set(&[(1, 10), (20, 20)]);
        let cut = pieces(&ports, [(3, 5), (0, u16::MAX), (20, 22)].into_iter());
        assert_eq!(cut, [(1, 2), (3, 5), (6, 10), (20, 20)]);
    }
}
