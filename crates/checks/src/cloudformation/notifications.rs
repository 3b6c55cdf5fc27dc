//! Who hears of what happens to a stack.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{Arn, Fact as _, Reason, Unknown, cloudformation::Stack};

use super::concern::{is_not_in_use, keeper};
use crate::Scan;

const FIELD: &str = "Stacks[].NotificationARNs";

/// The stack tells a topic of one's own, and no other.
pub(super) fn own(scan: Scan<'_>, stack: &Stack) -> Option<Decision> {
    let concerned = !stack.is_nested() && !is_not_in_use(stack) && keeper(stack).is_none();
    concerned.then(|| told(scan, &stack.notifications))
}

fn told(scan: Scan<'_>, topics: &[String]) -> Decision {
    if topics.is_empty() {
        let none = Evidence::of::<Stack>(FIELD, topics, "at least one topic");
        return Ok(Verdict::faults(vec![none]).severity(Severity::Info));
    }
    let mut unread = None;
    let mut foreign = vec![];
    for topic in topics {
        match topic.parse::<Arn>().ok().and_then(|arn| arn.account()) {
            Some(account) if scan.trusts(&account) => {}
            Some(_) => {
                let expected = "topics of your own accounts: events hold properties of resources";
                foreign.push(Evidence::of::<Stack>(FIELD, topic.as_str(), expected));
            }
            None => unread = Some(topic),
        }
    }
    match unread {
        _ if !foreign.is_empty() => Ok(Verdict::faults(foreign).severity(Severity::Low)),
        Some(topic) => Err(Unknown::new(Stack::ACTION, Reason::Malformed)
            .because(format!("`{topic}` is no ARN of a topic"))),
        None => {
            let expected = "topics of your own accounts";
            Ok(Verdict::Pass(vec![Evidence::of::<Stack>(FIELD, topics, expected)]))
        }
    }
}
