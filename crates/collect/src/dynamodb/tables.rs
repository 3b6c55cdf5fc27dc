//! Tables, and what stands around their settings.

use aws_sdk_dynamodb::{
    Client,
    operation::{
        describe_continuous_backups::DescribeContinuousBackupsOutput,
        get_resource_policy::GetResourcePolicyOutput,
    },
    types::Tag,
};
use awspect_inventory::{
    Arn, Gap, Listed, Observed, Region,
    dynamodb::{ContinuousBackups, ResourcePolicy, Table, TableSettings, TableTags},
};
use futures::{StreamExt as _, stream};

use super::{IN_FLIGHT, settings};
use crate::{
    Session,
    ask::{Ask, Missing, Read, still_there, turned},
    read::{given, is_gone, own_arn, said, text, time},
    regions::Regions,
};

/// The most that `ListTables` gives in one page.
const PAGE: i32 = 100;

/// A table of the listing.
#[derive(Debug)]
struct Named {
    arn: Arn,
    name: String,
}

/// The tables of a region by name.
#[derive(Debug)]
pub(crate) struct TableNames {
    region: Region,
    listed: Listed<Named>,
}

impl TableNames {
    pub(crate) fn region(&self) -> Region {
        self.region.clone()
    }

    /// Whether there are tables, or may be.
    pub(crate) fn are_some(&self) -> bool {
        !self.listed.found.is_empty() || !self.listed.gaps.is_empty()
    }
}

/// The names of the tables of each region.
pub(crate) async fn names(session: &Session, regions: &Regions) -> Vec<TableNames> {
    let names = regions.looked_at.iter().map(|region| async move {
        TableNames { region: region.clone(), listed: names_in(session, region).await }
    });
    futures::future::join_all(names).await
}

async fn names_in(session: &Session, region: &Region) -> Listed<Named> {
    let client = session.dynamodb(region);
    let pages = client.list_tables().into_paginator().page_size(PAGE).send();
    let account = &session.account;
    let pattern = format!("arn:{}:dynamodb:{region}:{}:table/*", account.partition, account.id);
    session
        .ask(region)
        .pages::<Table, _, _, _, _>(
            pages,
            |page| page.table_names.ok_or(Missing("TableNames")),
            |name| {
                let name = text(Some(name), "TableNames")?;
                let resource = format!("table/{name}");
                Ok(Named {
                    arn: own_arn(session, "dynamodb", region, &resource, "TableNames")?,
                    name,
                })
            },
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await
}

/// The tables of a region.
pub(super) async fn collect(session: &Session, names: TableNames) -> Listed<Table> {
    let TableNames { region, listed } = names;
    let client = session.dynamodb(&region);
    let read = stream::iter(listed.found)
        .map(|named| Box::pin(table(session, &client, &region, named)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

/// A table; `None` if it is not there any more, which only the call for itself can say.
async fn table(
    session: &Session,
    client: &Client,
    region: &Region,
    Named { arn, name }: Named,
) -> Option<Table> {
    let ask = session.ask(region);
    let settings = settings(client, &ask, &name).await;
    if is_gone(&settings) {
        return None;
    }
    let (continuous_backups, policy, stream_policy, tags) = futures::join!(
        continuous_backups(client, &ask, &name),
        policy(client, &ask, &arn),
        stream_policy(client, &ask, &settings),
        tags(client, &ask, &arn),
    );
    if ask.gone() && is_gone(&self::settings(client, &ask, &name).await) {
        return None;
    }
    Some(Table {
        arn,
        name,
        region: region.clone(),
        settings,
        continuous_backups,
        policy,
        stream_policy,
        tags,
    })
}

async fn settings(client: &Client, ask: &Ask, table: &str) -> Observed<TableSettings> {
    let call = client.describe_table().table_name(table).send();
    ask.fact(&[], call, settings::read).await
}

async fn continuous_backups(
    client: &Client,
    ask: &Ask,
    table: &str,
) -> Observed<ContinuousBackups> {
    let call = client.describe_continuous_backups().table_name(table).send();
    ask.fact(&[], call, read_continuous_backups).await
}

fn read_continuous_backups(answer: DescribeContinuousBackupsOutput) -> Read<ContinuousBackups> {
    let backups = answer
        .continuous_backups_description
        .and_then(|backups| backups.point_in_time_recovery_description)
        .ok_or(Missing("PointInTimeRecoveryDescription"))?;
    let status = backups.point_in_time_recovery_status;
    let status = status.ok_or(Missing("PointInTimeRecoveryStatus"))?;
    Ok(Some(ContinuousBackups {
        point_in_time_recovery: said(status.as_str(), "PointInTimeRecoveryStatus")?.into(),
        recovery_days: backups.recovery_period_in_days.and_then(|days| days.try_into().ok()),
        earliest: backups.earliest_restorable_date_time.and_then(time),
    }))
}

async fn policy(client: &Client, ask: &Ask, resource: &Arn) -> Observed<ResourcePolicy> {
    let call = client.get_resource_policy().resource_arn(resource.as_str()).send();
    ask.fact(&["PolicyNotFoundException"], call, read_policy).await
}

fn read_policy(answer: GetResourcePolicyOutput) -> Read<ResourcePolicy> {
    Ok(Some(ResourcePolicy(text(answer.policy, "Policy")?)))
}

/// The policy of a table's stream, if it has one; where nobody knows that, nobody knows the policy.
async fn stream_policy(
    client: &Client,
    ask: &Ask,
    settings: &Observed<TableSettings>,
) -> Observed<ResourcePolicy> {
    match settings.known().map(|settings| settings.and_then(|it| it.stream.as_ref())) {
        Ok(Some(stream)) => policy(client, ask, stream).await,
        Ok(None) => ask.known(Observed::NotSet),
        Err(unknown) => ask.known(Observed::Unknown(unknown)),
    }
}

async fn tags(client: &Client, ask: &Ask, table: &Arn) -> Observed<TableTags> {
    let listing = client.list_tags_of_resource().resource_arn(table.as_str());
    let pages = turned(
        move |token| listing.clone().set_next_token(token).send(),
        |page| page.next_token.as_deref(),
    );
    ask.whole(
        pages,
        |page| Ok(page.tags.unwrap_or_default()),
        |Tag { key, value, .. }| Ok((given(Some(key)).ok_or(Missing("Key"))?, value)),
        |tags| TableTags(tags.into_iter().collect()),
    )
    .await
}
