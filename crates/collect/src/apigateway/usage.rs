//! How much the REST APIs of a region let through.

use aws_sdk_apigateway::{
    operation::get_account::GetAccountOutput,
    types::{self, ApiStage, ThrottleSettings},
};
use awspect_inventory::{
    Listed,
    apigateway::{ApiRegion, ApiRegionSettings, PlanStage, Quota, Throttle, UsagePlan},
};

use super::{PAGE, at::At, read::milli};
use crate::{
    ask::{Missing, Read},
    read::{some_arn, text},
};

/// The usage plans of a region.
pub(super) async fn plans(at: &At<'_>) -> Listed<UsagePlan> {
    at.ask()
        .pages::<UsagePlan, _, _, _, _>(
            at.client.get_usage_plans().into_paginator().page_size(PAGE).send(),
            |page| page.items.ok_or(Missing("items")),
            |plan| read(at, plan),
            at.gap("/usageplans/*"),
        )
        .await
}

fn read(at: &At<'_>, plan: types::UsagePlan) -> Result<UsagePlan, Missing> {
    let id = text(plan.id, "id")?;
    Ok(UsagePlan {
        arn: at.arn(&format!("/usageplans/{id}"), "id")?,
        id,
        name: text(plan.name, "name")?,
        region: at.region.clone(),
        stages: plan
            .api_stages
            .unwrap_or_default()
            .into_iter()
            .map(stage)
            .collect::<Result<_, _>>()?,
        throttle: plan.throttle.as_ref().map(throttle).transpose()?,
        quota: plan.quota.map(|quota| Quota {
            limit: quota.limit.into(),
            period: quota.period.map(|period| period.as_str().to_owned()),
        }),
        tags: plan.tags.unwrap_or_default().into_iter().collect(),
    })
}

fn stage(stage: ApiStage) -> Result<PlanStage, Missing> {
    let methods = stage.throttle.unwrap_or_default().into_iter();
    Ok(PlanStage {
        api: text(stage.api_id, "apiId")?,
        stage: text(stage.stage, "stage")?,
        throttle: methods
            .map(|(method, limits)| Ok((method, throttle(&limits)?)))
            .collect::<Result<_, _>>()?,
    })
}

fn throttle(limits: &ThrottleSettings) -> Result<Throttle, Missing> {
    Ok(Throttle { burst: limits.burst_limit.into(), rate_milli: milli(limits.rate_limit)? })
}

/// What the account has in the region.
pub(super) async fn region(at: &At<'_>) -> ApiRegion {
    let call = at.client.get_account().send();
    ApiRegion {
        arn: at.session.account.arn.clone(),
        region: at.region.clone(),
        settings: at.ask().fact(&[], call, settings).await,
    }
}

fn settings(answer: GetAccountOutput) -> Read<ApiRegionSettings> {
    let limits = answer.throttle_settings.as_ref().ok_or(Missing("throttleSettings"))?;
    Ok(Some(ApiRegionSettings {
        throttle: throttle(limits)?,
        cloudwatch_role: some_arn(answer.cloudwatch_role_arn, "cloudwatchRoleArn")?,
    }))
}
