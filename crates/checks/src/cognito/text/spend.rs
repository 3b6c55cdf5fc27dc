//! What text messages may cost in a month, and have.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Action, Fact as _, Reason, Unknown,
    cognito::{
        SmsAttributes, SmsSandbox, SmsService, SmsSpent, SpendLimits, TextMessages, UserPool,
    },
};
use serde_json::json;
use time::format_description::well_known::Rfc3339;

use super::{Sent, Use, of_region, sent};
use crate::{
    Scan,
    engine::if_at_all,
    unread::{missing, not_known},
};

/// Millionths of a US dollar.
type Micro = u64;

const DOLLAR: Micro = 1_000_000;

/// What every account begins with (SNS developer guide, "Requesting increases to your monthly SMS spending quota").
const DEFAULT: Micro = DOLLAR;

/// Hundredths of the limit from which on it is as good as used up.
const NEARLY: u128 = 80;

const ENOUGH: &str = "several times an ordinary month, and more than 1.00 USD";
const SPENT: &str = "less than 80 % of the limit";

/// A region pays for the text messages that a pool sends from it.
pub(in crate::cognito) fn limit(scan: Scan<'_>, pool: &UserPool) -> Option<Decision> {
    match sent(pool) {
        Ok(Some(sent)) => {
            let region = of_region(&scan.inventory.cognito, sent.region);
            let decision = region.and_then(|region| judged(&sent, region));
            Some(match (&sent.open, sent.uses.is_empty()) {
                (Some(open), true) => if_at_all(decision, open.clone()),
                _ => decision,
            })
        }
        Ok(None) => None,
        Err(unknown) => Some(Err(unknown)),
    }
}

fn judged(messages: &Sent<'_>, region: &TextMessages) -> Decision {
    let limits = Limits::of(messages.service, region);
    let spent = region.spent.known().map(|spent| spent.map_or(0, |spent| spent.micro_usd));
    let lowest = limits.lowest();
    let is_low = lowest.is_some_and(|limit| limit <= DEFAULT);
    let is_used = lowest.zip(spent.as_ref().ok().copied()).is_some_and(is_nearly_used);
    let mut evidence = vec![messages.evidence()];
    evidence.extend(limits.evidence);
    evidence.push(spending(region, lowest));
    if messages.service == SmsService::Sns {
        evidence.push(sandbox(region));
    }
    if !is_low && !is_used {
        if let Some(unknown) = limits.unread {
            return Err(unknown);
        }
        spent?;
        if messages.service == SmsService::EndUserMessaging {
            return Err(Unknown::new(SmsSpent::ACTION, Reason::NotCollected)
                .because("what End User Messaging spent on its own is not asked for"));
        }
        return Ok(Verdict::Pass(evidence));
    }
    let verdict = Verdict::faults(evidence);
    let only_recovery = messages.uses == [Use::Recovery] && messages.open.is_none();
    Ok(if only_recovery { verdict.severity(Severity::Medium) } else { verdict })
}

fn is_nearly_used((limit, spent): (Micro, Micro)) -> bool {
    u128::from(spent) * 100 >= u128::from(limit) * NEARLY
}

/// The limits that are known, and what was seen of each.
struct Limits {
    known: Vec<Micro>,
    unread: Option<Unknown>,
    evidence: Vec<Evidence>,
}

impl Limits {
    /// SNS's does not bind a pool that sends without SNS.
    fn of(service: SmsService, region: &TextMessages) -> Self {
        let sns = (service == SmsService::Sns).then(|| (of_sns(region), SNS));
        let own = (of_end_user_messaging(region), END_USER_MESSAGING);
        let mut limits = Self { known: vec![], unread: None, evidence: vec![] };
        for (limit, (action, field)) in sns.into_iter().chain([own]) {
            let observed = match limit {
                Ok(Some(limit)) => {
                    limits.known.push(limit);
                    json!(usd(limit))
                }
                Ok(None) => json!(format!("never set; accounts begin with {}", usd(DEFAULT))),
                Err(unknown) => {
                    let observed = not_known(&unknown);
                    limits.unread.get_or_insert(unknown);
                    observed
                }
            };
            let (field, expected) = (field.into(), ENOUGH.into());
            limits.evidence.push(Evidence { action, field, observed, expected });
        }
        limits
    }

    /// The one that counts, and what every account begins with where nobody set one.
    fn lowest(&self) -> Option<Micro> {
        let lowest = self.known.iter().min().copied();
        lowest.or_else(|| self.unread.is_none().then_some(DEFAULT))
    }
}

/// Where a limit stands in AWS's answer.
type Field = (Action, &'static str);

const SNS: Field = (SmsAttributes::ACTION, "attributes.MonthlySpendLimit");
const END_USER_MESSAGING: Field =
    (SpendLimits::ACTION, "SpendLimits[TEXT_MESSAGE_MONTHLY_SPEND_LIMIT]");

fn of_sns(region: &TextMessages) -> Result<Option<Micro>, Unknown> {
    let attributes = region.attributes.known()?;
    let Some(text) = attributes.and_then(|own| own.monthly_spend_limit.as_deref()) else {
        return Ok(None);
    };
    let limit = dollars(text).ok_or_else(|| {
        Unknown::new(SmsAttributes::ACTION, Reason::Malformed)
            .because(format!("`MonthlySpendLimit` is `{}`", text.escape_default()))
    })?;
    Ok(Some(limit))
}

fn of_end_user_messaging(region: &TextMessages) -> Result<Option<Micro>, Unknown> {
    let Some(own) = region.spend_limits.known()?.and_then(SpendLimits::text) else {
        return Ok(None);
    };
    let limit = if own.overridden { own.enforced } else { own.max };
    let micro = Micro::try_from(limit).ok().and_then(|limit| limit.checked_mul(DOLLAR));
    let micro = micro.ok_or_else(|| {
        Unknown::new(SpendLimits::ACTION, Reason::Malformed)
            .because(format!("the limit of text messages is {limit}"))
    })?;
    Ok(Some(micro))
}

/// An amount as SNS writes it: `1`, `50`, `50.00`.
fn dollars(text: &str) -> Option<Micro> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let micro: String = part.chars().chain("000000".chars()).take(6).collect();
    whole.parse::<Micro>().ok()?.checked_mul(DOLLAR)?.checked_add(micro.parse().ok()?)
}

/// `0.84 USD`, with as many digits as it takes.
fn usd(micro: Micro) -> String {
    let text = format!("{}.{:06}", micro / DOLLAR, micro % DOLLAR);
    let zeros = text.bytes().rev().take(4).take_while(|b| *b == b'0').count();
    let kept = text.get(..text.len() - zeros).unwrap_or(&text);
    format!("{kept} USD")
}

fn spending(region: &TextMessages, limit: Option<Micro>) -> Evidence {
    let field = "SMSMonthToDateSpentUSD";
    let observed = match region.spent.known() {
        Err(unknown) => return missing(&unknown, field, SPENT),
        Ok(None) => json!({ "spent": usd(0), "at": "no figure this month" }),
        Ok(Some(spent)) => {
            let share = limit.filter(|limit| *limit > 0).map(|limit| {
                format!("{} %", u128::from(spent.micro_usd) * 100 / u128::from(limit))
            });
            json!({ "spent": usd(spent.micro_usd), "of the limit": share,
                "at": spent.at.format(&Rfc3339).ok() })
        }
    };
    Evidence::of::<SmsSpent>(field, observed, SPENT)
}

fn sandbox(region: &TextMessages) -> Evidence {
    let (field, expected) = ("IsInSandbox", "false");
    match region.sandbox.known() {
        Ok(own) => Evidence::of::<SmsSandbox>(field, own.map(|own| own.in_sandbox), expected),
        Err(unknown) => missing(&unknown, field, expected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_digits_with_or_without_cents() {
        for (text, micro) in [
            ("1", Some(1_000_000)),
            ("50.00", Some(50_000_000)),
            ("0.5", Some(500_000)),
            ("1000000", Some(1_000_000_000_000)),
            ("0.12345678", Some(123_456)),
            ("", None),
            (".5", None),
            ("1.", None),
            ("-1", None),
            ("+1", None),
            ("1e3", None),
            ("1,5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(dollars(text), micro, "{text}");
        }
    }

    #[test]
    fn an_amount_shows_cents_and_more_where_there_is_more() {
        for (micro, text) in [
            (0, "0.00 USD"),
            (1_000_000, "1.00 USD"),
            (840_000, "0.84 USD"),
            (996_450, "0.99645 USD"),
            (20_500_001, "20.500001 USD"),
        ] {
            assert_eq!(usd(micro), text);
        }
    }

    #[test]
    fn four_fifths_are_nearly_all() {
        assert!(is_nearly_used((10 * DOLLAR, 8 * DOLLAR)));
        assert!(!is_nearly_used((10 * DOLLAR, 8 * DOLLAR - 1)));
        assert!(is_nearly_used((u64::MAX, u64::MAX)));
        assert!(is_nearly_used((0, 0)));
    }
}
