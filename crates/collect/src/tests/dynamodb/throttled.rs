//! A service that answers few calls a second.

use std::{sync::Mutex, time::Duration};

use tokio::time::Instant;

use super::{account::*, *};
use crate::tests::stub::error;

/// Lets so many calls through in a second, and a fifth of them at once.
fn few(rate: f64) -> impl Fn() -> bool + Send + Sync {
    let most = rate / 5.0;
    let state = Mutex::new((most, Instant::now()));
    move || {
        let mut state = state.lock().unwrap();
        let now = Instant::now();
        let left = (state.0 + rate * (now - state.1).as_secs_f64()).min(most);
        let is_through = left >= 1.0;
        *state = (if is_through { left - 1.0 } else { left }, now);
        is_through
    }
}

/// Without pauses to speak of the retries alone are used up after the first tables. Until the pace is found, a few may be.
#[tokio::test]
async fn a_service_is_asked_no_faster_than_it_answers() {
    let names: Vec<String> = (0..30).map(|index| format!("table-{index}")).collect();
    let is_through = few(50.0);
    let stub = but(move |call| match call.operation.as_str() {
        LIST => Some(json_answer(&json!({ "TableNames": names }))),
        CONTINUOUS if !is_through() => Some(error(400, "ThrottlingException")),
        _ => None,
    })
    .regions(["eu-west-1"])
    .retries(Duration::from_millis(1))
    .only(["dynamodb:DescribeContinuousBackups"]);
    let tables = at(&stub, "/dynamodb/tables/found").await;
    let tables = tables.as_array().unwrap().iter();
    let known = tables.filter(|table| table["continuous_backups"].get("set").is_some()).count();
    assert!(known >= 25, "{known}");
}
