//! Text messages: what a region may send, and has sent.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    Action, Arn, Fact, Observed, Place, Region, Resource,
    macros::{fact, open_enum},
};

/// A region that a user pool sends text messages from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextMessages {
    /// The account's ARN.
    pub arn: Arn,
    /// The region.
    pub region: Region,
    /// What SNS has set for it.
    #[serde(default)]
    pub attributes: Observed<SmsAttributes>,
    /// Whether only verified numbers get any.
    #[serde(default)]
    pub sandbox: Observed<SmsSandbox>,
    /// What may be spent in a month.
    #[serde(default)]
    pub spend_limits: Observed<SpendLimits>,
    /// What was spent this month; not set where CloudWatch has no figure, as where nothing was sent.
    #[serde(default)]
    pub spent: Observed<SmsSpent>,
}

impl Fact for TextMessages {
    const ACTION: Action = SmsAttributes::ACTION;
}

impl Resource for TextMessages {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        self.region.as_str()
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn part(&self) -> Option<&str> {
        Some(self.region.as_str())
    }
}

/// What SNS has set for text messages in a region (`GetSMSAttributes`). AWS leaves out what was never set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsAttributes {
    /// US dollars a month (`MonthlySpendLimit`), as written; nothing is the account's quota, which is 1 at first.
    pub monthly_spend_limit: Option<String>,
    /// Who messages are from (`DefaultSenderID`).
    pub default_sender: Option<String>,
    /// `Promotional` or `Transactional` (`DefaultSMSType`); nothing is the former.
    pub default_type: Option<String>,
    /// The role that writes the logs of delivery (`DeliveryStatusIAMRole`).
    pub delivery_status_role: Option<String>,
}
fact!(SmsAttributes, "sns:GetSMSAttributes");

/// Whether text messages go to verified numbers only (`GetSMSSandboxAccountStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsSandbox {
    /// They do (`IsInSandbox`).
    pub in_sandbox: bool,
}
fact!(SmsSandbox, "sns:GetSMSSandboxAccountStatus");

/// What may be spent on messages in a month (`DescribeSpendLimits`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpendLimits(pub Vec<SpendLimit>);
fact!(SpendLimits, "sms-voice:DescribeSpendLimits");

impl SpendLimits {
    /// The one of text messages.
    pub fn text(&self) -> Option<&SpendLimit> {
        self.0.iter().find(|limit| limit.name == SpendLimitName::Text)
    }
}

/// What may be spent on one kind of message in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpendLimit {
    /// Of what.
    pub name: SpendLimitName,
    /// US dollars that the account's owner allows (`EnforcedLimit`), which count if `overridden`.
    pub enforced: i64,
    /// US dollars that AWS allows (`MaxLimit`).
    pub max: i64,
    /// Whether the owner's limit counts.
    pub overridden: bool,
}

open_enum! {
    /// Kinds of messages that have a limit.
    SpendLimitName {
        /// Text messages.
        Text = "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT",
        /// Calls.
        Voice = "VOICE_MESSAGE_MONTHLY_SPEND_LIMIT",
        /// Pictures.
        Media = "MEDIA_MESSAGE_MONTHLY_SPEND_LIMIT",
    }
}

/// What was spent on text messages since the month began (`GetMetricStatistics`, `SMSMonthToDateSpentUSD` of `AWS/SNS`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsSpent {
    /// Millionths of a US dollar, as the latest figure has it.
    pub micro_usd: u64,
    /// When the hour of that figure began.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}
fact!(SmsSpent, "cloudwatch:GetMetricStatistics");
