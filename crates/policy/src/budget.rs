//! One count of steps for a whole question, so that no input can hold the tool up.

use std::cell::Cell;

/// The steps that a question may still take. A step is about the work of moving one pattern by one character.
#[derive(Debug)]
pub struct Budget(Cell<u64>);

/// The budget is used up: the question stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the question takes more steps than its budget has")]
pub struct Spent;

impl Budget {
    /// Far more than any of AWS's managed policies takes, and under a quarter of a second when it is all spent.
    pub const DEFAULT: u64 = 2_000_000;

    /// A budget of so many steps.
    pub fn new(steps: u64) -> Self {
        Self(Cell::new(steps))
    }

    /// Takes steps off, or says that there are none left.
    pub fn spend(&self, steps: u64) -> Result<(), Spent> {
        let left = self.0.get().checked_sub(steps);
        self.0.set(left.unwrap_or(0));
        left.map(|_| ()).ok_or(Spent)
    }

    /// What is left.
    pub fn left(&self) -> u64 {
        self.0.get()
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(Self::DEFAULT)
    }
}
