//! What tests ask of the stand-in: which requests a rule is for, and what it does to them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::errors;
use crate::request::{Request, Response};

/// A rule that was set, to clear it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleId(u64);

type Answer = Arc<dyn Fn(&Request) -> Response + Send + Sync>;
type Rewrite = Arc<dyn Fn(&Request, Response) -> Response + Send + Sync>;
/// An answer that is asked for once, by whichever stand-in comes first.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Option<Response>>>);

impl Memory {
    pub(crate) fn recall(&self) -> Option<Response> {
        self.0.lock().expect("nothing panics with the memory").clone()
    }

    pub(crate) fn keep(&self, response: &Response) {
        *self.0.lock().expect("nothing panics with the memory") = Some(response.clone());
    }
}

type Predicate = Box<dyn Fn(&Request) -> bool + Send + Sync>;

enum Effect {
    Answer(Answer),
    Rewrite(Rewrite),
    Delay(Duration),
    Hang,
    Cut,
    Page(usize),
    Remember(Memory),
}

struct Rule {
    service: String,
    operation: String,
    conditions: Vec<Predicate>,
    /// How many calls it is still for; without limit if none.
    left: Option<usize>,
    effect: Effect,
}

impl Rule {
    fn is_for(&self, request: &Request) -> bool {
        self.left != Some(0)
            && glob(&self.service, &request.service)
            && glob(&self.operation, &request.operation)
            && self.conditions.iter().all(|holds| holds(request))
    }

    fn use_once(&mut self) {
        self.left = self.left.map(|left| left.saturating_sub(1));
    }
}

/// A name, or the beginning of one and an asterisk.
fn glob(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

/// All that is to be done to one request: first the delays, then the answer, then what is done to the answer.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) delay: Duration,
    pub(crate) hang: bool,
    pub(crate) answer: Option<Answer>,
    pub(crate) page: Option<usize>,
    pub(crate) memory: Option<Memory>,
    pub(crate) rewrites: Vec<Rewrite>,
    pub(crate) cut: bool,
}

/// The rules that are set, oldest first.
#[derive(Default)]
pub(crate) struct Rules {
    state: Mutex<(u64, BTreeMap<RuleId, Rule>)>,
}

impl Rules {
    /// The plan for a request. Of several answers the newest is given, and only it counts as used.
    pub(crate) fn plan(&self, request: &Request) -> Plan {
        let mut state = self.state.lock().expect("nothing panics with the rules");
        let mut plan = Plan::default();
        let mut answering = None;
        for rule in state.1.values_mut().filter(|rule| rule.is_for(request)) {
            match &rule.effect {
                Effect::Answer(answer) => {
                    plan.answer = Some(Arc::clone(answer));
                    answering = Some(rule);
                    continue;
                }
                Effect::Rewrite(rewrite) => plan.rewrites.push(Arc::clone(rewrite)),
                Effect::Delay(delay) => plan.delay += *delay,
                Effect::Hang => plan.hang = true,
                Effect::Cut => plan.cut = true,
                Effect::Page(size) => plan.page = Some(*size),
                Effect::Remember(memory) => plan.memory = Some(memory.clone()),
            }
            rule.use_once();
        }
        if let Some(rule) = answering {
            rule.use_once();
        }
        plan
    }

    pub(crate) fn clear(&self, id: RuleId) {
        self.state.lock().expect("nothing panics with the rules").1.remove(&id);
    }

    pub(crate) fn clear_all(&self) {
        self.state.lock().expect("nothing panics with the rules").1.clear();
    }

    fn set(&self, rule: Rule) -> RuleId {
        let mut state = self.state.lock().expect("nothing panics with the rules");
        state.0 += 1;
        let id = RuleId(state.0);
        state.1.insert(id, rule);
        id
    }
}

/// A rule in the making: conditions first; what it does comes last and sets it.
#[must_use = "a rule is set by what it does: refuse, answer, delay …"]
pub struct On<'a> {
    rules: &'a Rules,
    service: String,
    operation: String,
    conditions: Vec<Predicate>,
    left: Option<usize>,
}

impl<'a> On<'a> {
    pub(crate) fn new(rules: &'a Rules, service: &str, operation: &str) -> Self {
        Self {
            rules,
            service: service.to_owned(),
            operation: operation.to_owned(),
            conditions: Vec::new(),
            left: None,
        }
    }

    /// Only requests that name this bucket, role, ARN …, see [`Request::names`].
    pub fn only(self, name: &str) -> Self {
        let name = name.to_owned();
        self.when(move |request| request.names(&name))
    }

    /// Only requests signed for this region.
    pub fn in_region(self, region: &str) -> Self {
        let region = region.to_owned();
        self.when(move |request| request.region == region)
    }

    /// Only requests for which this holds.
    pub fn when(mut self, holds: impl Fn(&Request) -> bool + Send + Sync + 'static) -> Self {
        self.conditions.push(Box::new(holds));
        self
    }

    /// Only the first `calls` requests, each attempt of an SDK counted.
    pub fn times(mut self, calls: usize) -> Self {
        self.left = Some(calls);
        self
    }

    /// Refuses as real AWS refuses a caller without the permission.
    pub fn refuse(self) -> RuleId {
        self.answer_with(errors::refusal)
    }

    /// Answers with an error in the words of the protocol.
    pub fn error(self, status: u16, code: &str, message: &str) -> RuleId {
        let (code, message) = (code.to_owned(), message.to_owned());
        self.answer_with(move |request| errors::error(request, status, &code, &message))
    }

    /// Answers with a recorded answer.
    pub fn answer(self, status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> RuleId {
        let headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.respond(Response { status, headers, body: body.into() })
    }

    /// Answers with an answer that was made before.
    pub fn respond(self, response: Response) -> RuleId {
        self.answer_with(move |_| response.clone())
    }

    /// Answers with what a function makes of the request; the fake AWS is not asked.
    pub fn answer_with(
        self,
        answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> RuleId {
        self.set(Effect::Answer(Arc::new(answer)))
    }

    /// Passes the request on and gives what a function makes of the answer.
    pub fn rewrite(
        self,
        rewrite: impl Fn(&Request, Response) -> Response + Send + Sync + 'static,
    ) -> RuleId {
        self.set(Effect::Rewrite(Arc::new(rewrite)))
    }

    /// Waits before the answer. Several delays add up.
    pub fn delay(self, delay: Duration) -> RuleId {
        self.set(Effect::Delay(delay))
    }

    /// Never answers, and holds the connection open.
    pub fn hang(self) -> RuleId {
        self.set(Effect::Hang)
    }

    /// Cuts the answer in the middle of its body and closes the connection.
    pub fn cut(self) -> RuleId {
        self.set(Effect::Cut)
    }

    /// Passes the first request on, and gives its answer to the others too: for what is slow and stays the same.
    pub fn remember(self, memory: &Memory) -> RuleId {
        self.set(Effect::Remember(memory.clone()))
    }

    /// Pages the list of buckets, see [`crate::FakeAws::page_buckets`].
    pub(crate) fn page(self, size: usize) -> RuleId {
        self.set(Effect::Page(size))
    }

    fn set(self, effect: Effect) -> RuleId {
        let Self { rules, service, operation, conditions, left } = self;
        rules.set(Rule { service, operation, conditions, left, effect })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(service: &str, operation: &str) -> Request {
        let mut request = Request::new("GET", "/", Vec::new(), Vec::new());
        service.clone_into(&mut request.service);
        operation.clone_into(&mut request.operation);
        request
    }

    fn status(rules: &Rules, request: &Request) -> Option<u16> {
        rules.plan(request).answer.map(|answer| answer(request).status)
    }

    #[test]
    fn rules_are_for_their_operations() {
        let rules = Rules::default();
        On::new(&rules, "s3", "GetBucket*").error(503, "SlowDown", "");
        On::new(&rules, "*", "ListUsers").error(500, "InternalFailure", "");
        assert_eq!(status(&rules, &request("s3", "GetBucketAcl")), Some(503));
        assert_eq!(status(&rules, &request("s3", "ListBuckets")), None);
        assert_eq!(status(&rules, &request("iam", "ListUsers")), Some(500));
    }

    #[test]
    fn the_newest_answer_wins_until_it_is_used_up_or_cleared() {
        let rules = Rules::default();
        let acl = request("s3", "GetBucketAcl");
        let first = On::new(&rules, "s3", "GetBucketAcl").times(1).error(500, "InternalError", "");
        On::new(&rules, "s3", "GetBucketAcl").times(2).error(503, "SlowDown", "");
        assert_eq!([(); 4].map(|()| status(&rules, &acl)), [Some(503), Some(503), Some(500), None]);
        On::new(&rules, "s3", "GetBucketAcl").refuse();
        rules.clear(first);
        assert_eq!(status(&rules, &acl), Some(403));
        rules.clear_all();
        assert_eq!(status(&rules, &acl), None);
    }

    #[test]
    fn conditions_narrow_a_rule() {
        let rules = Rules::default();
        On::new(&rules, "s3", "*")
            .in_region("eu-west-1")
            .when(|request| request.path == "/b")
            .refuse();
        let mut here = request("s3", "GetBucketAcl");
        "eu-west-1".clone_into(&mut here.region);
        assert_eq!(status(&rules, &here), None);
        "/b".clone_into(&mut here.path);
        assert_eq!(status(&rules, &here), Some(403));
        "us-east-1".clone_into(&mut here.region);
        assert_eq!(status(&rules, &here), None);
    }
}
