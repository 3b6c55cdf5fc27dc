//! The settings of a table.

use aws_sdk_dynamodb::{
    operation::describe_table::DescribeTableOutput,
    types::{ReplicaDescription, SseDescription, TableDescription},
};
use awspect_inventory::{
    Arn,
    dynamodb::{Replica, TableEncryption, TableSettings},
};

use crate::{
    ask::{Missing, Read},
    read::{arn, given, said, some_arn, text, time},
};

pub(super) fn read(answer: DescribeTableOutput) -> Read<TableSettings> {
    let table = answer.table.ok_or(Missing("Table"))?;
    let status = table.table_status.as_ref().ok_or(Missing("TableStatus"))?;
    let billing = table.billing_mode_summary.as_ref().and_then(|it| it.billing_mode.as_ref());
    let class = table.table_class_summary.as_ref().and_then(|it| it.table_class.as_ref());
    let indexes = table.global_secondary_indexes.iter().flatten();
    Ok(Some(TableSettings {
        id: given(table.table_id.clone()),
        status: said(status.as_str(), "TableStatus")?.into(),
        deletion_protection: table.deletion_protection_enabled,
        encryption: table.sse_description.as_ref().map(encryption).transpose()?,
        billing: billing.map(|it| it.as_str().into()),
        class: class.map(|it| it.as_str().into()),
        indexes: indexes
            .map(|index| text(index.index_name.clone(), "IndexName"))
            .collect::<Result<_, _>>()?,
        stream: stream(&table)?,
        replicas: table.replicas.iter().flatten().map(replica).collect::<Result<_, _>>()?,
        global_table_version: given(table.global_table_version),
    }))
}

fn encryption(description: &SseDescription) -> Result<TableEncryption, Missing> {
    Ok(TableEncryption {
        status: description.status.as_ref().map(|it| it.as_str().into()),
        kind: description.sse_type.as_ref().map(|it| it.as_str().into()),
        key: some_arn(description.kms_master_key_arn.clone(), "KMSMasterKeyArn")?,
        inaccessible_since: description.inaccessible_encryption_date_time.and_then(time),
    })
}

/// The stream of a table, where one is on. What was the latest before it was switched off is named still.
fn stream(table: &TableDescription) -> Result<Option<Arn>, Missing> {
    let is_on = table.stream_specification.as_ref().is_some_and(|stream| stream.stream_enabled);
    let latest = || arn(table.latest_stream_arn.as_deref(), "LatestStreamArn");
    is_on.then(latest).transpose()
}

fn replica(replica: &ReplicaDescription) -> Result<Replica, Missing> {
    let region = replica.region_name.as_deref().unwrap_or_default();
    Ok(Replica {
        region: region.parse().map_err(|_| Missing("RegionName"))?,
        arn: some_arn(replica.replica_arn.clone(), "ReplicaArn")?,
        status: replica.replica_status.as_ref().map(|it| it.as_str().into()),
        key: given(replica.kms_master_key_id.clone()),
    })
}
