//! The stages of APIs.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_apigateway::types::{CanarySettings, MethodSetting as Setting, Stage};
use aws_sdk_apigatewayv2::{
    operation::get_stages::GetStagesOutput,
    types::{RouteSettings as V2Settings, Stage as V2Stage},
};
use awspect_inventory::{
    Arn, Listed, Observed,
    apigateway::{
        ApiStage, Canary, MethodSetting, RestStage, RouteSettings, StageVariables, Throttle,
    },
};

use super::{
    PAGE_V2,
    at::{At, part},
    read::{access_log, milli},
};
use crate::{
    ask::{Ask, Missing, once, turned},
    read::{self, given, some_arn, text},
};

/// The stages of a REST API, which come in one answer.
pub(super) async fn collect(at: &At<'_>, ask: &Ask, api: &Arn, id: &str) -> Listed<RestStage> {
    ask.pages::<RestStage, _, _, _, _>(
        once(at.client.get_stages().rest_api_id(id).send()),
        |answer| answer.item.ok_or(Missing("item")),
        |stage| rest(at, api, stage),
        at.gap_of(api, "/stages/*"),
    )
    .await
}

fn rest(at: &At<'_>, api: &Arn, stage: Stage) -> Result<RestStage, Missing> {
    let name = text(stage.stage_name, "stageName")?;
    let settings = stage.method_settings.unwrap_or_default().into_iter();
    Ok(RestStage {
        arn: part(api, &format!("/stages/{name}"), "stageName")?,
        name,
        region: at.region.clone(),
        deployment: given(stage.deployment_id),
        client_certificate: given(stage.client_certificate_id),
        cache_enabled: stage.cache_cluster_enabled,
        method_settings: settings
            .map(|(methods, setting)| Ok((methods, method_setting(&setting)?)))
            .collect::<Result<_, _>>()?,
        access_log: access_log(stage.access_log_settings.and_then(|log| log.destination_arn))?,
        tracing: stage.tracing_enabled,
        web_acl: some_arn(stage.web_acl_arn, "webAclArn")?,
        canary: stage.canary_settings.map(|canary| read_canary(at, canary)),
        variables: variables(at, "variables", stage.variables),
        tags: tags(stage.tags),
    })
}

fn method_setting(setting: &Setting) -> Result<MethodSetting, Missing> {
    Ok(MethodSetting {
        logging: setting.logging_level.as_deref().filter(|it| !it.is_empty()).map(Into::into),
        data_trace: setting.data_trace_enabled,
        metrics: setting.metrics_enabled,
        throttle: Throttle {
            burst: setting.throttling_burst_limit.into(),
            rate_milli: milli(setting.throttling_rate_limit)?,
        },
        caching: setting.caching_enabled,
        cache_data_encrypted: setting.cache_data_encrypted,
        require_authorization_for_cache_control: setting.require_authorization_for_cache_control,
    })
}

fn read_canary(at: &At<'_>, canary: CanarySettings) -> Canary {
    let overrides = canary.stage_variable_overrides;
    Canary {
        deployment: given(canary.deployment_id),
        variables: variables(at, "canarySettings.stageVariableOverrides", overrides),
    }
}

/// The stages of an HTTP or WebSocket API.
pub(super) async fn of_v2(at: &At<'_>, ask: &Ask, api: &Arn, id: &str) -> Listed<ApiStage> {
    let listing = at.v2.get_stages().api_id(id).max_results(PAGE_V2);
    ask.pages::<ApiStage, _, _, _, _>(
        turned(
            move |token| listing.clone().set_next_token(token).send(),
            |page: &GetStagesOutput| page.next_token.as_deref(),
        ),
        |page| page.items.ok_or(Missing("items")),
        |stage| v2(at, api, stage),
        at.gap_of(api, "/stages/*"),
    )
    .await
}

fn v2(at: &At<'_>, api: &Arn, stage: V2Stage) -> Result<ApiStage, Missing> {
    let name = text(stage.stage_name, "stageName")?;
    let settings = stage.route_settings.unwrap_or_default().into_iter();
    Ok(ApiStage {
        arn: part(api, &format!("/stages/{name}"), "stageName")?,
        name,
        region: at.region.clone(),
        deployment: given(stage.deployment_id),
        auto_deploy: stage.auto_deploy.unwrap_or_default(),
        client_certificate: given(stage.client_certificate_id),
        access_log: access_log(stage.access_log_settings.and_then(|log| log.destination_arn))?,
        default_route_settings: stage.default_route_settings.as_ref().map(route).transpose()?,
        route_settings: settings
            .map(|(key, settings)| Ok((key, route(&settings)?)))
            .collect::<Result<_, _>>()?,
        variables: variables(at, "StageVariables", stage.stage_variables),
        tags: tags(stage.tags),
    })
}

fn route(settings: &V2Settings) -> Result<RouteSettings, Missing> {
    Ok(RouteSettings {
        logging: settings.logging_level.as_ref().map(|level| level.as_str().into()),
        data_trace: settings.data_trace_enabled.unwrap_or_default(),
        burst: settings.throttling_burst_limit.map(Into::into),
        rate_milli: settings.throttling_rate_limit.map(milli).transpose()?,
    })
}

fn variables(
    at: &At<'_>,
    place: &str,
    variables: Option<HashMap<String, String>>,
) -> Observed<StageVariables> {
    let variables = read::variables(at.session.detector, place, variables);
    variables.map_or(Observed::NotSet, |variables| Observed::Set(StageVariables(variables)))
}

fn tags(tags: Option<HashMap<String, String>>) -> BTreeMap<String, String> {
    tags.unwrap_or_default().into_iter().collect()
}
