//! Waiting for what AWS is still making.

use std::time::Duration;

use aws_smithy_async::rt::sleep::AsyncSleep as _;
use awspect_inventory::{Reason, Unknown};

use crate::stop::{Pauses, Stop};

/// The longest pause, in first pauses.
const LONGEST: u32 = 8;

/// All pauses together, in first pauses.
const IN_ALL: u32 = 60;

/// Pauses that grow and come to an end.
#[derive(Debug)]
pub(crate) struct Wait {
    pauses: Pauses,
    next: Duration,
    longest: Duration,
    left: Duration,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Stuck {
    /// None is to be had.
    ForGood(Unknown),
    /// There may be one later.
    ForNow(Unknown),
}

impl From<Unknown> for Stuck {
    /// What was throttled may be asked again, once the SDK's own retries are used up.
    fn from(unknown: Unknown) -> Self {
        match unknown.reason {
            Reason::Throttled => Self::ForNow(unknown),
            _ => Self::ForGood(unknown),
        }
    }
}

impl Wait {
    /// `first` is the first pause: the last are eight times as long, and all together sixty times.
    pub(crate) fn new(first: Duration, stop: &Stop) -> Self {
        let pauses = Pauses(stop.clone());
        Self { pauses, next: first, longest: first * LONGEST, left: first * IN_ALL }
    }

    /// Tries until there is an answer, or none to be had, or no time left.
    ///
    /// An interrupt needs no care here: it ends the pause, and the next call answers with it.
    pub(crate) async fn until<T>(
        &mut self,
        mut attempt: impl AsyncFnMut() -> Result<T, Stuck>,
    ) -> Result<T, Unknown> {
        loop {
            match attempt().await {
                Ok(answer) => return Ok(answer),
                Err(Stuck::ForGood(unknown)) => return Err(unknown),
                Err(Stuck::ForNow(unknown)) if self.left.is_zero() => return Err(unknown),
                Err(Stuck::ForNow(_)) => self.pause().await,
            }
        }
    }

    async fn pause(&mut self) {
        let pause = self.next.min(self.left);
        self.left -= pause;
        self.next = (self.next * 2).min(self.longest);
        self.pauses.sleep(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use awspect_inventory::Action;

    use super::*;

    const ACTION: Action = Action::new("iam:GenerateCredentialReport");

    async fn tries(stuck: impl Fn(u32) -> Stuck, stop: &Stop) -> (u32, Unknown) {
        let mut tries = 0;
        let mut wait = Wait::new(Duration::from_millis(1), stop);
        let result: Result<(), Unknown> = wait
            .until(async || {
                tries += 1;
                Err(stuck(tries))
            })
            .await;
        (tries, result.unwrap_err())
    }

    fn unknown(reason: Reason) -> Unknown {
        Unknown::new(ACTION, reason)
    }

    #[tokio::test]
    async fn pauses_grow_to_eight_times_the_first_and_come_to_an_end() {
        // 1 + 2 + 4 + 6 × 8 + 5 = 60
        let (tries, last) =
            tries(|_| Stuck::ForNow(unknown(Reason::Timeout)), &crate::stop().1).await;
        assert_eq!((tries, last), (11, unknown(Reason::Timeout)));
    }

    #[tokio::test]
    async fn what_is_refused_for_good_is_not_asked_again() {
        let stuck = |tries| match tries {
            1 => unknown(Reason::Throttled).into(),
            _ => unknown(Reason::AccessDenied).into(),
        };
        let (tries, last) = tries(stuck, &crate::stop().1).await;
        assert_eq!((tries, last), (2, unknown(Reason::AccessDenied)));
    }
}
