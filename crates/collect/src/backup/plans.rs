//! Backup plans, and what each selects.

use aws_sdk_backup::{
    Client,
    operation::get_backup_selection::GetBackupSelectionOutput,
    types::{
        BackupPlansListMember, BackupSelectionsListMember, Condition, ConditionParameter,
        Conditions,
    },
};
use awspect_inventory::{
    Arn, Gap, Listed, Region,
    backup::{
        BackupPlan, BackupSelection, SelectionCondition, SelectionOperator, SelectionSettings,
    },
};
use futures::{StreamExt as _, stream};

use super::PAGE;
use crate::{
    Session,
    ask::{Ask, Missing, Read, still_there},
    read::{arn, is_gone, said, text},
};

/// How many plans, and how many selections of one, are read at once in a region.
const IN_FLIGHT: usize = 4;

/// The plans of a region.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<BackupPlan> {
    let client = session.backup(region);
    let pages = client.list_backup_plans().into_paginator().page_size(PAGE).send();
    let account = &session.account;
    let pattern = format!("arn:{}:backup:{region}:{}:backup-plan:*", account.partition, account.id);
    let listed = session
        .ask(region)
        .pages::<BackupPlan, _, _, _, _>(
            pages,
            |page| page.backup_plans_list.ok_or(Missing("BackupPlansList")),
            |plan| named(region, plan),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    let read = stream::iter(listed.found)
        .map(|plan| Box::pin(with_selections(session, &client, plan)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

/// A plan whose selections are not read yet.
fn named(region: &Region, plan: BackupPlansListMember) -> Result<BackupPlan, Missing> {
    Ok(BackupPlan {
        arn: arn(plan.backup_plan_arn.as_deref(), "BackupPlanArn")?,
        id: text(plan.backup_plan_id, "BackupPlanId")?,
        name: text(plan.backup_plan_name, "BackupPlanName")?,
        region: region.clone(),
        selections: Listed::default(),
    })
}

/// A plan with its selections; `None` if it is not there any more, which their listing says.
async fn with_selections(
    session: &Session,
    client: &Client,
    plan: BackupPlan,
) -> Option<BackupPlan> {
    let ask = session.ask(&plan.region);
    let selections = selections(session, client, &ask, &plan).await;
    (!ask.gone()).then_some(BackupPlan { selections, ..plan })
}

async fn selections(
    session: &Session,
    client: &Client,
    ask: &Ask,
    plan: &BackupPlan,
) -> Listed<BackupSelection> {
    let listing = client.list_backup_selections().backup_plan_id(&plan.id);
    let region = &plan.region;
    let pattern = format!("{}/selection/*", plan.arn);
    let listed = ask
        .pages::<BackupSelection, _, _, _, _>(
            listing.into_paginator().page_size(PAGE).send(),
            |page| page.backup_selections_list.ok_or(Missing("BackupSelectionsList")),
            |selection| named_selection(plan, selection),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    let read = stream::iter(listed.found)
        .map(|named| Box::pin(selection(session, client, plan, named)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

/// A selection of the listing.
struct Named {
    arn: Arn,
    id: String,
    name: String,
}

fn named_selection(
    plan: &BackupPlan,
    selection: BackupSelectionsListMember,
) -> Result<Named, Missing> {
    let id = text(selection.selection_id, "SelectionId")?;
    let arn = format!("{}/selection/{id}", plan.arn);
    Ok(Named {
        arn: arn.parse().map_err(|_| Missing("SelectionId"))?,
        id,
        name: text(selection.selection_name, "SelectionName")?,
    })
}

/// A selection; `None` if it is not there any more.
async fn selection(
    session: &Session,
    client: &Client,
    plan: &BackupPlan,
    Named { arn, id, name }: Named,
) -> Option<BackupSelection> {
    let call = client.get_backup_selection().backup_plan_id(&plan.id).selection_id(&id).send();
    let settings = session.ask(&plan.region).fact(&[], call, read).await;
    if is_gone(&settings) {
        return None;
    }
    Some(BackupSelection { arn, id, name, region: plan.region.clone(), settings })
}

fn read(answer: GetBackupSelectionOutput) -> Read<SelectionSettings> {
    let selection = answer.backup_selection.ok_or(Missing("BackupSelection"))?;
    let tags = selection.list_of_tags.unwrap_or_default();
    Ok(Some(SelectionSettings {
        role: arn(Some(&selection.iam_role_arn), "IamRoleArn")?,
        resources: selection.resources.unwrap_or_default(),
        not_resources: selection.not_resources.unwrap_or_default(),
        tags: tags.iter().map(tag).collect::<Result<_, _>>()?,
        conditions: selection.conditions.map_or_else(|| Ok(vec![]), conditions)?,
    }))
}

fn tag(condition: &Condition) -> Result<SelectionCondition, Missing> {
    Ok(SelectionCondition {
        operator: said(condition.condition_type.as_str(), "ConditionType")?.into(),
        key: said(&condition.condition_key, "ConditionKey")?.to_owned(),
        value: condition.condition_value.clone(),
    })
}

fn conditions(conditions: Conditions) -> Result<Vec<SelectionCondition>, Missing> {
    let by_operator = [
        (SelectionOperator::StringEquals, conditions.string_equals),
        (SelectionOperator::StringNotEquals, conditions.string_not_equals),
        (SelectionOperator::StringLike, conditions.string_like),
        (SelectionOperator::StringNotLike, conditions.string_not_like),
    ];
    let all = by_operator.into_iter().flat_map(|(operator, parameters)| {
        let parameters = parameters.unwrap_or_default().into_iter();
        parameters.map(move |parameter| condition(operator.clone(), parameter))
    });
    all.collect()
}

fn condition(
    operator: SelectionOperator,
    parameter: ConditionParameter,
) -> Result<SelectionCondition, Missing> {
    let key = text(parameter.condition_key, "ConditionKey")?;
    let key = key.strip_prefix("aws:ResourceTag/").map(str::to_owned).unwrap_or(key);
    let value = parameter.condition_value.ok_or(Missing("ConditionValue"))?;
    Ok(SelectionCondition { operator, key, value })
}
