//! The sandbox, out of which no text message reaches a stranger.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cognito::{SmsSandbox, SmsService, TextMessages},
};
use serde_json::json;

use super::sent;
use crate::{
    Scan,
    engine::{Subject, gaps, if_at_all},
};

/// The pools that send from a region.
#[derive(Default)]
struct Senders<'a> {
    /// Those that surely do, by service.
    sns: Vec<&'a str>,
    direct: Vec<&'a str>,
    /// Why others may.
    open: Option<Unknown>,
}

/// Each region that user pools send from is out of the sandbox.
pub(in crate::cognito) fn regions(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let messages = &scan.inventory.cognito.text_messages;
    let judged = messages.found.iter().filter_map(|region| {
        let senders = Senders::of(scan, region);
        Some((Subject::Resource(region), senders.judge(region)?))
    });
    judged.chain(gaps(messages)).collect()
}

impl<'a> Senders<'a> {
    fn of(scan: Scan<'a>, region: &TextMessages) -> Self {
        let mut senders = Self::default();
        for pool in &scan.inventory.cognito.user_pools.found {
            match sent(pool) {
                Ok(Some(sent)) if *sent.region != region.region => {}
                Ok(Some(sent)) => match (sent.uses.is_empty(), sent.service) {
                    (true, _) => senders.open = senders.open.or(sent.open),
                    (false, SmsService::Sns) => senders.sns.push(&pool.id),
                    (false, SmsService::EndUserMessaging) => senders.direct.push(&pool.id),
                },
                Ok(None) => {}
                // Where only its MFA was read, the region is known, and not whether a function sends.
                Err(unknown) => {
                    let at = pool.sms_region().ok().flatten().unwrap_or(&pool.region);
                    if *at == region.region {
                        senders.open = senders.open.or(Some(unknown));
                    }
                }
            }
        }
        senders
    }

    fn judge(self, region: &TextMessages) -> Option<Decision> {
        let sns = of_sns(region, &self.sns);
        if self.sns.is_empty() && self.direct.is_empty() {
            return Some(if_at_all(sns, self.open?));
        }
        let is_caught = !self.sns.is_empty() && matches!(sns, Ok(Verdict::Fail { .. }));
        if self.direct.is_empty() || is_caught {
            return Some(sns);
        }
        let why = "pools send by End User Messaging, whose own sandbox is not asked for";
        Some(Err(Unknown::new(SmsSandbox::ACTION, Reason::NotCollected).because(why)))
    }
}

fn of_sns(region: &TextMessages, pools: &[&str]) -> Decision {
    let Some(own) = region.sandbox.known()? else {
        return Err(Unknown::new(SmsSandbox::ACTION, Reason::Malformed));
    };
    let observed = json!({ "IsInSandbox": own.in_sandbox, "user pools": pools });
    let evidence = Evidence::of::<SmsSandbox>("IsInSandbox", observed, "false");
    Ok(Verdict::holds(!own.in_sandbox, evidence))
}
