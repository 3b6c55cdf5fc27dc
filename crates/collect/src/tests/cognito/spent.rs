//! What was spent on text messages this month.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{account::*, *};
use crate::tests::stub::ok;

async fn spent(answer: Answer) -> Value {
    at(&with(SPENT, answer), "/text_messages/found/0/spent").await
}

#[tokio::test]
async fn the_latest_figure_counts() {
    // The largest may be the last month's, where SNS has the month end later than UTC.
    let figures = figures(&[(7_200, 3.0), (3_600, 90.0), (10_800, 3.006_45)]);
    assert_eq!(
        spent(figures).await,
        json!({ "set": { "micro_usd": 3_006_450, "at": "1970-01-01T03:00:00Z" } })
    );
}

#[tokio::test]
async fn no_figure_is_not_set() {
    assert_eq!(spent(figures(&[])).await, "not_set");
}

#[tokio::test]
async fn what_is_no_amount_of_money_is_malformed() {
    for odd in [f64::NAN, f64::INFINITY, -1.0] {
        assert_eq!(spent(figures(&[(0, odd)])).await["unknown"]["reason"], "malformed", "{odd}");
    }
    let mut none = aws_smithy_cbor::Encoder::new(vec![]);
    none.map(0);
    let answers = [Answer::Binary(200, none.into_writer()), ok("<html>"), ok("")];
    for answer in answers {
        assert_eq!(spent(answer).await["unknown"]["reason"], "malformed");
    }
}

#[tokio::test]
async fn the_month_is_the_one_that_the_scan_began_in() {
    let stub = Stub::new(account);
    let at = OffsetDateTime::from_unix_timestamp(1_750_000_000).unwrap();
    crate::collect(&stub.open().await.unwrap(), at).await;
    let calls = stub.calls(SPENT);
    assert_eq!(calls.len(), 1);
    for text in ["AWS/SNS", "SMSMonthToDateSpentUSD", "Maximum"] {
        assert!(calls[0].body.contains(text), "{text}");
    }
}
