//! What a region spent on text messages this month, by CloudWatch.

use aws_sdk_cloudwatch::{
    operation::get_metric_statistics::GetMetricStatisticsOutput,
    types::{Datapoint, Statistic},
};
use aws_smithy_types::DateTime;
use awspect_inventory::{Observed, Region, cognito::SmsSpent};
use time::{Duration, OffsetDateTime, Time, UtcOffset};

use crate::{
    Session,
    ask::{Ask, Missing, Read},
    read::time,
};

/// Seconds of one figure: a month has fewer hours than CloudWatch gives figures in one answer.
const HOUR: i32 = 60 * 60;

/// The latest figure of the month that the scan began in.
///
/// `GetMetricStatistics` and not `GetMetricData`, which is billed by the metric.
pub(super) async fn collect(
    session: &Session,
    ask: &Ask,
    region: &Region,
    collected_at: OffsetDateTime,
) -> Observed<SmsSpent> {
    let (start, end) = month_to(collected_at);
    let client = session.cloudwatch(region);
    let call = client
        .get_metric_statistics()
        .namespace("AWS/SNS")
        .metric_name("SMSMonthToDateSpentUSD")
        .statistics(Statistic::Maximum)
        .period(HOUR)
        .start_time(DateTime::from_secs(start))
        .end_time(DateTime::from_secs(end))
        .send();
    ask.fact(&[], call, read).await
}

/// From the beginning of the month to the end of the hour, in seconds since 1970; an empty span would be an error.
fn month_to(at: OffsetDateTime) -> (i64, i64) {
    let at = at.to_offset(UtcOffset::UTC);
    let first = at - Duration::days(i64::from(at.day()) - 1);
    let hour = i64::from(HOUR);
    let end = (at.unix_timestamp().div_euclid(hour) + 1) * hour;
    (first.replace_time(Time::MIDNIGHT).unix_timestamp(), end)
}

fn read(answer: GetMetricStatisticsOutput) -> Read<SmsSpent> {
    let figures = answer.datapoints.ok_or(Missing("Datapoints"))?;
    let read = figures.iter().map(figure).collect::<Result<Vec<_>, _>>()?;
    Ok(read.into_iter().max_by_key(|figure| figure.at))
}

fn figure(point: &Datapoint) -> Result<SmsSpent, Missing> {
    let at = point.timestamp.and_then(time).ok_or(Missing("Timestamp"))?;
    let spent = point.maximum.ok_or(Missing("Maximum"))?;
    // What is no amount of money does not come out as digits.
    let micro_usd = format!("{:.0}", spent * 1e6).parse().map_err(|_| Missing("Maximum"))?;
    Ok(SmsSpent { micro_usd, at })
}

#[cfg(test)]
mod tests {
    use time::{Date, Month};

    use super::*;

    fn seconds(month: Month, day: u8, hour: u8) -> i64 {
        let date = Date::from_calendar_date(2025, month, day).unwrap();
        date.with_hms(hour, 0, 0).unwrap().assume_utc().unix_timestamp()
    }

    #[test]
    fn the_month_begins_where_utc_has_it() {
        let at = OffsetDateTime::from_unix_timestamp(seconds(Month::March, 31, 22) + 61).unwrap();
        let span = (seconds(Month::March, 1, 0), seconds(Month::March, 31, 23));
        assert_eq!(month_to(at), span);
        assert_eq!(month_to(at.to_offset(UtcOffset::from_hms(9, 0, 0).unwrap())), span);
    }

    #[test]
    fn the_first_moment_of_a_month_is_a_span_too() {
        let first = seconds(Month::April, 1, 0);
        let at = OffsetDateTime::from_unix_timestamp(first).unwrap();
        assert_eq!(month_to(at), (first, first + 3_600));
    }
}
