//! The methods of a REST API, as they are edited and as they are deployed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aws_sdk_apigateway::{
    operation::get_deployment::GetDeploymentOutput,
    types::{self, IntegrationResponse, MethodSnapshot},
};
use awspect_inventory::{
    Arn, Fact as _, Gap, Listed,
    apigateway::{DeployedMethod, DeployedMethods, Deployment, Method, RestStage},
};

use super::{
    PAGE,
    at::{At, part},
    backends::of_method,
    read::cors_headers,
};
use crate::{
    ask::{Ask, Missing, Read},
    read::{given, text},
};

/// The methods of all resources.
pub(super) async fn collect(at: &At<'_>, ask: &Ask, api: &Arn, id: &str) -> Listed<Method> {
    let listing = at.client.get_resources().rest_api_id(id).embed("methods");
    ask.pages::<Method, _, _, _, _>(
        listing.into_paginator().page_size(PAGE).send(),
        |page| {
            let resources = page.items.ok_or(Missing("items"))?;
            Ok(resources.into_iter().flat_map(|resource| of_resource(at, api, resource)).collect())
        },
        |method| method,
        at.gap_of(api, "/resources/*"),
    )
    .await
}

/// The methods of a resource, each as far as it can be read.
fn of_resource(at: &At<'_>, api: &Arn, resource: types::Resource) -> Vec<Result<Method, Missing>> {
    let (id, path) = match (text(resource.id, "id"), text(resource.path, "path")) {
        (Ok(id), Ok(path)) => (id, path),
        (Err(missing), _) | (_, Err(missing)) => return vec![Err(missing)],
    };
    let methods: BTreeMap<_, _> =
        resource.resource_methods.unwrap_or_default().into_iter().collect();
    let read = methods.into_iter().map(|(http_method, method)| {
        let arn = part(api, &format!("/resources/{id}/methods/{http_method}"), "resourceMethods")?;
        read(at, arn, path.clone(), http_method, method)
    });
    read.collect()
}

fn read(
    at: &At<'_>,
    arn: Arn,
    path: String,
    http_method: String,
    method: types::Method,
) -> Result<Method, Missing> {
    let cors = method.method_integration.as_ref().and_then(|it| it.integration_responses.clone());
    Ok(Method {
        arn,
        name: format!("{http_method} {path}"),
        region: at.region.clone(),
        path,
        http_method,
        authorization: text(method.authorization_type, "authorizationType")?.as_str().into(),
        authorizer: given(method.authorizer_id),
        scopes: method.authorization_scopes.unwrap_or_default(),
        api_key_required: method.api_key_required.ok_or(Missing("apiKeyRequired"))?,
        integration: method.method_integration.map(of_method).transpose()?,
        cors: cors_by_status(cors.unwrap_or_default()),
    })
}

fn cors_by_status(
    responses: HashMap<String, IntegrationResponse>,
) -> BTreeMap<String, BTreeMap<String, String>> {
    let headers = responses.into_iter().map(|(status, response)| {
        (status, cors_headers(response.response_parameters.unwrap_or_default()))
    });
    headers.filter(|(_, headers)| !headers.is_empty()).collect()
}

/// The deployments that stages point at. Where a stage is unknown, one may be missing.
pub(super) async fn deployments(
    at: &At<'_>,
    ask: &Ask,
    api: &Arn,
    id: &str,
    stages: &Listed<RestStage>,
) -> Listed<Deployment> {
    let gap = at.gap_of(api, "/deployments/*");
    let gaps: Vec<Gap> = stages.gaps.iter().map(|stage| gap(stage.unknown.clone())).collect();
    let mut all = Listed { found: vec![], gaps, gone: 0 };
    for name in in_force(stages) {
        let call = at.client.get_deployment().rest_api_id(id).deployment_id(name);
        let call = call.embed("apisummary").send();
        match part(api, &format!("/deployments/{name}"), "deploymentId") {
            Ok(arn) => all.found.push(Deployment {
                arn,
                name: name.to_owned(),
                region: at.region.clone(),
                methods: ask.fact(&[], call, deployed).await,
            }),
            Err(missing) => all.gaps.push(gap(missing.of(Deployment::ACTION))),
        }
    }
    all
}

fn in_force(stages: &Listed<RestStage>) -> BTreeSet<&str> {
    let served = stages.found.iter().filter_map(|stage| stage.deployment.as_deref());
    let canaries = stages.found.iter().filter_map(|stage| stage.canary.as_ref());
    served.chain(canaries.filter_map(|canary| canary.deployment.as_deref())).collect()
}

fn deployed(answer: GetDeploymentOutput) -> Read<DeployedMethods> {
    let summary: BTreeMap<_, _> =
        answer.api_summary.ok_or(Missing("apiSummary"))?.into_iter().collect();
    let mut methods = vec![];
    for (path, of_path) in summary {
        let of_path: BTreeMap<_, _> = of_path.into_iter().collect();
        for (http_method, method) in of_path {
            methods.push(snapshot(path.clone(), http_method, method)?);
        }
    }
    Ok(Some(DeployedMethods(methods)))
}

fn snapshot(
    path: String,
    http_method: String,
    method: MethodSnapshot,
) -> Result<DeployedMethod, Missing> {
    Ok(DeployedMethod {
        path,
        http_method,
        authorization: text(method.authorization_type, "authorizationType")?.as_str().into(),
        api_key_required: method.api_key_required,
    })
}
