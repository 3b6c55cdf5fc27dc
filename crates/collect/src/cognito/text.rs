//! Text messages, in each region that a user pool sends them from.

use std::collections::BTreeSet;

use aws_sdk_pinpointsmsvoicev2::types;
use aws_sdk_sns::operation::get_sms_attributes::GetSmsAttributesOutput;
use awspect_inventory::{
    Gap, Listed, Observed, Region,
    cognito::{SmsAttributes, SmsSandbox, SpendLimit, SpendLimits, TextMessages, UserPool},
};
use time::OffsetDateTime;

use super::{read::given, spent};
use crate::{
    Session,
    ask::{Ask, Missing, Read},
    read::said,
};

/// The regions that these pools send text messages from; those that nobody can tell of are gaps.
pub(super) async fn collect(
    session: &Session,
    pools: &Listed<UserPool>,
    collected_at: OffsetDateTime,
) -> Listed<TextMessages> {
    let regions: BTreeSet<&Region> =
        pools.found.iter().filter_map(|pool| pool.sms_region().ok().flatten()).collect();
    let gaps = gaps(session, pools, &regions);
    let read = regions.into_iter().map(|region| Box::pin(one(session, region, collected_at)));
    let found = futures::future::join_all(read).await;
    Listed { found, gaps, gone: 0 }
}

/// One gap for each region whose pools may send text messages and nobody can tell, and one for regions that nobody could
/// list.
fn gaps(session: &Session, pools: &Listed<UserPool>, known: &BTreeSet<&Region>) -> Vec<Gap> {
    let unlisted = pools.gaps.iter().map(|gap| (gap.region.as_ref(), gap.unknown.clone()));
    let unread = pools.found.iter().filter_map(|pool| {
        let unknown = pool.sms_region().err()?;
        Some((Some(&pool.region), unknown))
    });
    let arn = session.account.arn.as_str();
    let mut seen: BTreeSet<Option<&Region>> = known.iter().map(|region| Some(*region)).collect();
    let new = unlisted.chain(unread).filter(|(region, _)| seen.insert(*region));
    let gap = |(region, unknown): (Option<&Region>, _)| Gap {
        arn: arn.to_owned(),
        region: region.cloned(),
        unknown,
    };
    new.map(gap).collect()
}

async fn one(session: &Session, region: &Region, collected_at: OffsetDateTime) -> TextMessages {
    let ask = session.ask(region);
    let sns = session.sns(region);
    let (attributes, sandbox, spend_limits, spent) = futures::join!(
        ask.fact(&[], sns.get_sms_attributes().send(), attributes),
        ask.fact(&[], sns.get_sms_sandbox_account_status().send(), |answer| {
            Ok(Some(SmsSandbox { in_sandbox: answer.is_in_sandbox }))
        }),
        spend_limits(session, &ask, region),
        spent::collect(session, &ask, region, collected_at),
    );
    TextMessages {
        arn: session.account.arn.clone(),
        region: region.clone(),
        attributes,
        sandbox,
        spend_limits,
        spent,
    }
}

fn attributes(answer: GetSmsAttributesOutput) -> Read<SmsAttributes> {
    let mut attributes = answer.attributes.ok_or(Missing("attributes"))?;
    Ok(Some(SmsAttributes {
        monthly_spend_limit: given(attributes.remove("MonthlySpendLimit")),
        default_sender: given(attributes.remove("DefaultSenderID")),
        default_type: given(attributes.remove("DefaultSMSType")),
        delivery_status_role: given(attributes.remove("DeliveryStatusIAMRole")),
    }))
}

async fn spend_limits(session: &Session, ask: &Ask, region: &Region) -> Observed<SpendLimits> {
    let client = session.sms_voice(region);
    let pages = client.describe_spend_limits().into_paginator().send();
    ask.whole(
        pages,
        |page| page.spend_limits.ok_or(Missing("SpendLimits")),
        |limit: types::SpendLimit| {
            Ok(SpendLimit {
                name: said(limit.name.as_str(), "Name")?.into(),
                enforced: limit.enforced_limit,
                max: limit.max_limit,
                overridden: limit.overridden,
            })
        },
        SpendLimits,
    )
    .await
}
