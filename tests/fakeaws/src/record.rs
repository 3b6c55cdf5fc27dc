//! The record of the calls that came in.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::request::Request;

/// One request, as it was recognised and answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The service, see [`Request::service`].
    pub service: String,
    /// The operation, see [`Request::operation`].
    pub operation: String,
    /// The region of the signature.
    pub region: String,
    /// The access key id of the signature.
    pub access_key: String,
    /// The HTTP method.
    pub method: String,
    /// The `Host` header.
    pub host: String,
    /// Path and query as sent.
    pub path: String,
    /// When it arrived, since the start of the stand-in.
    pub arrived: Duration,
    /// When it was answered or given up by the caller; none while it is in flight.
    pub left: Option<Duration>,
    /// The status it was answered with; none while it is in flight and if the caller gave up.
    pub status: Option<u16>,
}

/// The most of these calls that were in flight at one time.
pub fn most_in_flight(calls: &[Call]) -> usize {
    let arrivals = calls.iter().map(|call| (call.arrived, true));
    let departures = calls.iter().filter_map(|call| Some((call.left?, false)));
    let mut moments: Vec<_> = arrivals.chain(departures).collect();
    moments.sort_unstable();
    let mut now: usize = 0;
    let mut most = 0;
    for (_, arrives) in moments {
        now = if arrives { now + 1 } else { now.saturating_sub(1) };
        most = most.max(now);
    }
    most
}

/// The calls so far; forgetting them starts a new generation, in which late answers to older calls leave no mark.
pub(crate) struct Record {
    started: Instant,
    state: Mutex<(u64, Vec<Call>)>,
}

impl Record {
    pub(crate) fn new() -> Self {
        Self { started: now(), state: Mutex::default() }
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.state.lock().expect("nothing panics with the record").1.clone()
    }

    pub(crate) fn counts(&self) -> BTreeMap<(String, String), usize> {
        let mut counts = BTreeMap::new();
        for call in self.calls() {
            *counts.entry((call.service, call.operation)).or_insert(0) += 1;
        }
        counts
    }

    pub(crate) fn forget(&self) {
        let mut state = self.state.lock().expect("nothing panics with the record");
        *state = (state.0 + 1, Vec::new());
    }

    /// Notes an arrival; dropping what it returns notes the departure.
    pub(crate) fn arrive(&self, request: &Request) -> InFlight<'_> {
        let mut state = self.state.lock().expect("nothing panics with the record");
        state.1.push(Call {
            service: request.service.clone(),
            operation: request.operation.clone(),
            region: request.region.clone(),
            access_key: request.access_key.clone(),
            method: request.method.clone(),
            host: request.host.clone(),
            path: request.target(),
            arrived: now().duration_since(self.started),
            left: None,
            status: None,
        });
        InFlight { record: self, generation: state.0, index: state.1.len() - 1, status: None }
    }
}

/// A call that is being answered. A caller who gives up drops it with the rest of the work.
pub(crate) struct InFlight<'a> {
    record: &'a Record,
    generation: u64,
    index: usize,
    pub(crate) status: Option<u16>,
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        let Ok(mut state) = self.record.state.lock() else { return };
        if state.0 != self.generation {
            return;
        }
        let left = now().duration_since(self.record.started);
        if let Some(call) = state.1.get_mut(self.index) {
            call.left = Some(left);
            call.status = self.status;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the record says when calls came, for tests of rates and concurrency"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_in_flight_is_counted_over_time() {
        let record = Record::new();
        let request = Request::new("GET", "/", Vec::new(), Vec::new());
        for _ in 0..3 {
            drop(record.arrive(&request));
        }
        assert_eq!(most_in_flight(&record.calls()), 1);
        let held = [record.arrive(&request), record.arrive(&request)];
        assert_eq!(most_in_flight(&record.calls()), 2);
        drop(held);
        assert_eq!(most_in_flight(&record.calls()), 2);
    }

    #[test]
    fn a_late_answer_leaves_no_mark_on_a_newer_call() {
        let record = Record::new();
        let request = Request::new("GET", "/", Vec::new(), Vec::new());
        let late = record.arrive(&request);
        record.forget();
        let held = record.arrive(&request);
        drop(late);
        assert_eq!(record.calls().first().and_then(|call| call.left), None);
        drop(held);
    }
}
