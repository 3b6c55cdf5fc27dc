//! How fast a service is asked that answers few calls a second.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use aws_config::retry::{RetryConfig, RetryMode};
use aws_sdk_dynamodb::config::retry::RetryPartition;
use awspect_inventory::Region;

/// The SDK's own pace for a service and region, which all clients of a session share: it asks as it likes until the service
/// says that it is too fast, and from then on no faster than the service lets it.
#[derive(Debug, Default)]
pub(super) struct Paces(Mutex<BTreeMap<(&'static str, Region), RetryPartition>>);

impl Paces {
    pub(super) fn of(&self, service: &'static str, region: &Region) -> RetryPartition {
        let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || RetryPartition::custom(format!("{service} in {region}")).build();
        paces.entry((service, region.clone())).or_insert_with(new).clone()
    }
}

/// The same retries, at a pace that follows the service.
pub(super) fn adaptive(retries: Option<&RetryConfig>) -> RetryConfig {
    let retries = retries.cloned().unwrap_or_else(RetryConfig::standard);
    retries.with_retry_mode(RetryMode::Adaptive)
}
