//! Exports to S3: listed for all tables of a region at once, and of each table the latest read.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::{
    Client,
    operation::describe_export::DescribeExportOutput,
    types::{ExportStatus, ExportSummary},
};
use awspect_inventory::{
    Arn, Gap, Listed, Region,
    dynamodb::{self, ExportSettings, TableExport},
};
use futures::{StreamExt as _, stream};

use super::IN_FLIGHT;
use crate::{
    Session,
    ask::{Missing, Read, still_there},
    read::{arn, given, is_gone, said, text, time},
};

/// The most that `ListExports` gives in one page.
const PAGE: i32 = 25;

/// An export of the listing.
struct Named {
    arn: Arn,
    id: String,
    table: Arn,
    status: dynamodb::ExportStatus,
}

/// The latest export of each table of a region that has not failed.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<TableExport> {
    let client = session.dynamodb(region);
    let pages = client.list_exports().into_paginator().page_size(PAGE).send();
    let account = &session.account;
    let pattern =
        format!("arn:{}:dynamodb:{region}:{}:table/*/export/*", account.partition, account.id);
    let listed = session
        .ask(region)
        .pages::<TableExport, _, _, _, _>(
            pages,
            |page| {
                let mut exports = page.export_summaries.ok_or(Missing("ExportSummaries"))?;
                exports.retain(|export| export.export_status != Some(ExportStatus::Failed));
                Ok(exports)
            },
            |export| named(&export),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    let read = stream::iter(latest(listed.found))
        .map(|named| Box::pin(export(session, &client, region, named)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn named(export: &ExportSummary) -> Result<Named, Missing> {
    let status = export.export_status.as_ref().ok_or(Missing("ExportStatus"))?;
    let arn = arn(export.export_arn.as_deref(), "ExportArn")?;
    let (table, id) = arn.as_str().split_once("/export/").ok_or(Missing("ExportArn"))?;
    Ok(Named {
        table: table.parse().map_err(|_| Missing("ExportArn"))?,
        id: id.to_owned(),
        status: said(status.as_str(), "ExportStatus")?.into(),
        arn,
    })
}

/// An export's id begins with the time at which it was asked for, in milliseconds.
fn latest(exports: Vec<Named>) -> Vec<Named> {
    let mut latest: BTreeMap<Arn, Named> = BTreeMap::new();
    for export in exports {
        match latest.get(&export.table) {
            Some(known) if known.id >= export.id => {}
            _ => {
                latest.insert(export.table.clone(), export);
            }
        }
    }
    latest.into_values().collect()
}

/// An export; `None` if it is not there any more.
async fn export(
    session: &Session,
    client: &Client,
    region: &Region,
    Named { arn, id, table, status }: Named,
) -> Option<TableExport> {
    let call = client.describe_export().export_arn(arn.as_str()).send();
    let settings = session.ask(region).fact(&[], call, read).await;
    if is_gone(&settings) {
        return None;
    }
    Some(TableExport { arn, id, region: region.clone(), table, status, settings })
}

fn read(answer: DescribeExportOutput) -> Read<ExportSettings> {
    let export = answer.export_description.ok_or(Missing("ExportDescription"))?;
    Ok(Some(ExportSettings {
        bucket: text(export.s3_bucket, "S3Bucket")?,
        bucket_owner: given(export.s3_bucket_owner),
        started: export.start_time.and_then(time),
    }))
}
