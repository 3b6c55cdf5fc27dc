//! The prover against the evaluator over every request of a small alphabet.
//!
//! Each policy is generated from its number, so a failure names the policy. The ordinary run takes `RUN` of them; the run of 100,000
//! (`cargo test --release -p awspect-policy oracle -- --ignored`) starts at the same number, zero;
//! it last ran without a disagreement and with less than one answer in a hundred unknown.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::budget::Budget;
use crate::cell::{Cell, Facts, Kind, Who};
use crate::evaluate::{applies, granting};
use crate::names::{AccountId, Key};
use crate::policy::Policy;
use crate::prover::Prover;
use crate::request::Request;
use crate::universe::Universe;

const RUN: u64 = 400;

/// The generator of Steele, Lea and Flood ("`SplitMix`"), so that a policy's number is all of its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap_or(0)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from.get(self.roll(from.len())).copied().unwrap_or_default()
    }

    fn pattern(&mut self, prefix: &str, letters: &[&str]) -> String {
        let mut text = prefix.to_owned();
        for _ in 0..=self.roll(3) {
            text += self.pick(letters);
        }
        text
    }

    fn list(&mut self, one: impl Fn(&mut Self) -> String) -> String {
        let values: Vec<String> =
            (0..=self.roll(2)).map(|_| format!("\"{}\"", one(self))).collect();
        format!("[{}]", values.join(","))
    }
}

const LETTERS: [&str; 4] = ["a", "b", "*", "?"];
const RESOURCE: &str = "r:::::";

fn condition(dice: &mut Dice) -> String {
    let exists = if dice.roll(4) == 0 { "IfExists" } else { "" };
    let text = [
        "StringEquals",
        "StringNotEquals",
        "StringLike",
        "StringNotLike",
        "StringEqualsIgnoreCase",
        "ArnLike",
    ];
    match dice.roll(6) {
        0 => format!(
            "\"Null\":{{\"k:{}\":\"{}\"}}",
            dice.pick(&["s", "m", "n"]),
            dice.pick(&["true", "false"])
        ),
        1 => {
            let operator = dice.pick(&[
                "NumericEquals",
                "NumericNotEquals",
                "NumericLessThan",
                "NumericGreaterThanEquals",
            ]);
            format!(
                "\"{operator}{exists}\":{{\"k:n\":{}}}",
                dice.list(|dice| dice.pick(&["1", "2"]).to_owned())
            )
        }
        2 | 3 => {
            let operator = dice.pick(&text);
            let quantifier =
                dice.pick(&["ForAllValues:", "ForAnyValue:", "ForAllValues:", "ForAnyValue:", ""]);
            let values = dice.list(|dice| dice.pattern("", &LETTERS));
            format!("\"{quantifier}{operator}{exists}\":{{\"k:m\":{values}}}")
        }
        _ => {
            let operator = dice.pick(&text);
            let values = dice.list(|dice| dice.pattern("", &["a", "b", "*", "?", "A"]));
            format!("\"{operator}{exists}\":{{\"k:s\":{values}}}")
        }
    }
}

fn statement(dice: &mut Dice, variables: bool) -> String {
    let effect = dice.pick(&["Allow", "Deny"]);
    let not = |dice: &mut Dice| if dice.roll(5) == 0 { "Not" } else { "" };
    let (not_action, not_resource) = (not(dice), not(dice));
    let actions = dice.list(|dice| dice.pattern("s:", &["a", "b", "*", "?", "A"]));
    let resources = dice.list(|dice| {
        if variables && dice.roll(4) == 0 {
            dice.pattern(&format!("{RESOURCE}${{k:s}}"), &["a", "*"])
        } else if dice.roll(6) == 0 {
            "*".to_owned()
        } else {
            dice.pattern(RESOURCE, &LETTERS)
        }
    });
    let principals = match dice.roll(5) {
        0 => "\"Principal\":{\"AWS\":\"444455556666\"}",
        1 => "\"NotPrincipal\":{\"AWS\":[\"444455556666\",\"arn:aws:iam::444455556666:root\"]}",
        _ => "\"Principal\":\"*\"",
    };
    let mut text = format!(
        "{{\"Effect\":\"{effect}\",{principals},\"{not_action}Action\":{actions},\"{not_resource}Resource\":{resources}"
    );
    let mut operators: BTreeMap<String, String> = BTreeMap::new();
    for _ in 0..dice.roll(3) {
        let condition = condition(dice);
        let (operator, rest) =
            condition.split_once(':').filter(|_| !condition.contains("For")).map_or_else(
                || {
                    (
                        condition.rsplit_once("\":{").map_or("", |(head, _)| head).to_owned(),
                        condition.clone(),
                    )
                },
                |(head, _)| (head.to_owned(), condition.clone()),
            );
        operators.insert(operator, rest);
    }
    if !operators.is_empty() {
        let all: Vec<String> = operators.into_values().collect();
        let _ = write!(text, ",\"Condition\":{{{}}}", all.join(","));
    }
    text.push('}');
    text
}

fn policy(dice: &mut Dice, variables: bool) -> String {
    let statements: Vec<String> = (0..=dice.roll(5)).map(|_| statement(dice, variables)).collect();
    let version = if variables { "2012-10-17" } else { "2008-10-17" };
    format!("{{\"Version\":\"{version}\",\"Statement\":[{}]}}", statements.join(","))
}

fn words(longest: usize) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = words.clone();
    for _ in 0..longest {
        last = last
            .iter()
            .flat_map(|word| ["a", "b", "x"].map(|letter| format!("{word}{letter}")))
            .collect();
        words.extend(last.iter().cloned());
    }
    words
}

fn contexts() -> Vec<BTreeMap<Key, Vec<String>>> {
    let held = |values: &[&[&str]]| -> Vec<Option<Vec<String>>> {
        values
            .iter()
            .map(|set| (!set.is_empty()).then(|| set.iter().map(|v| (*v).to_owned()).collect()))
            .collect()
    };
    let singles = held(&[&[], &["a"], &["b"], &["x"], &["ab"], &["A"]]);
    let sets = held(&[&[], &["a"], &["b"], &["x"], &["a", "b"], &["a", "x"], &["ab", "b"]]);
    let numbers = held(&[&[], &["1"], &["2"], &["0"], &["3"], &["1.5"]]);
    let mut contexts = Vec::new();
    for single in &singles {
        for set in &sets {
            for number in &numbers {
                let all = [("k:s", single), ("k:m", set), ("k:n", number)];
                let present = all
                    .into_iter()
                    .filter_map(|(key, values)| Some((Key::new(key), values.clone()?)));
                contexts.push(present.collect());
            }
        }
    }
    contexts
}

fn requests(cell: &Cell, policy: &Policy) -> Vec<Request> {
    let text = format!("{policy:?}");
    let uses = |key: &str| text.contains(key);
    // A key that no condition quantifies over holds one value, as the prover takes it to.
    let many = uses("quantifier: All") || uses("quantifier: Any");
    let contexts: Vec<_> = contexts()
        .into_iter()
        .filter(|context| context.keys().all(|key| uses(key.as_str())))
        .filter(|context| many || context.values().all(|values| values.len() == 1))
        .collect();
    let caller = cell.caller(None);
    let words = words(2);
    let mut requests = Vec::new();
    for action in &words {
        for resource in &words {
            requests.extend(contexts.iter().map(|context| Request {
                caller: caller.clone(),
                action: format!("s:{action}"),
                resource: format!("{RESOURCE}{resource}"),
                context: context.clone(),
            }));
        }
    }
    requests
}

#[derive(Default)]
struct Tally {
    yes: u64,
    no: u64,
    unknown: u64,
}

fn compare(numbers: std::ops::Range<u64>) -> Tally {
    let mut tally = Tally::default();
    let facts = Facts::default();
    let universe = Universe::default();
    for number in numbers {
        let mut dice = Dice(number);
        let variables = dice.roll(5) == 0;
        let texts: Vec<String> =
            (0..=usize::from(dice.roll(4) == 0)).map(|_| policy(&mut dice, variables)).collect();
        let policies: Vec<Policy> =
            texts.iter().map(|text| Policy::parse(text).expect("generated to be read")).collect();
        let layers: Vec<Vec<&Policy>> = policies.iter().map(|policy| vec![policy]).collect();
        let budget = Budget::default();
        let prover = Prover::new(layers, &facts, &budget);
        let account =
            AccountId::parse(dice.pick(&["444455556666", "777788889999"])).expect("twelve digits");
        let cell = Cell::new(Who::Aws { account, kind: Kind::Role, arn: None });
        let joined = Policy {
            statements: policies.iter().flat_map(|p| p.statements.clone()).collect(),
            ..Policy::default()
        };
        let passes = |request: &Request| {
            policies.iter().all(|policy| {
                !granting(policy, request).is_empty()
                    && !policy.denies().any(|deny| applies(deny, request))
            })
        };
        match prover.find(&cell, &universe) {
            Ok(Some(found)) => {
                assert!(passes(&found.request), "policy {number}: {texts:?}: {:?}", found.request);
                tally.yes += 1;
            }
            Ok(None) => {
                let missed = requests(&cell, &joined).into_iter().find(passes);
                assert!(missed.is_none(), "policy {number}: {texts:?}: {missed:?}");
                tally.no += 1;
            }
            Err(open) => {
                assert!(open != crate::prover::Open::Replay, "policy {number}: {texts:?}: {open}");
                tally.unknown += 1;
            }
        }
    }
    tally
}

/// `AWSPECT_POLICIES=100000 cargo test --release -p awspect-policy --lib every_request` compares that many, for
/// changes to the prover; it takes minutes.
#[test]
#[expect(clippy::disallowed_methods, reason = "whoever runs the test says how long it may take")]
fn prover_and_evaluator_agree_on_every_request_of_a_small_alphabet() {
    let asked = std::env::var("AWSPECT_POLICIES").ok().and_then(|count| count.parse().ok());
    let run: u64 = asked.unwrap_or(RUN);
    let halves = [0..run / 2, run / 2..run];
    let tallies = std::thread::scope(|scope| {
        let running = halves.map(|half| scope.spawn(|| compare(half)));
        running.map(|half| half.join().expect("no disagreement"))
    });
    let all = |count: fn(&Tally) -> u64| tallies.iter().map(count).sum::<u64>();
    let (yes, no, unknown) = (all(|it| it.yes), all(|it| it.no), all(|it| it.unknown));
    assert!(unknown * 100 < run, "{unknown} unknown");
    assert!(yes > run / 10 && no > run / 10, "{yes} yes, {no} no");
}
