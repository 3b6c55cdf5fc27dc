//! What methods and routes call.

use aws_sdk_apigateway::types::Integration as RestIntegration;
use aws_sdk_apigatewayv2::{
    operation::get_integrations::GetIntegrationsOutput, types::Integration as V2Integration,
};
use awspect_inventory::{
    Arn, Listed,
    apigateway::{ApiIntegration, Integration},
};

use super::{
    PAGE_V2,
    at::{At, part},
    read::address,
};
use crate::{
    ask::{Ask, Missing, turned},
    read::{given, said, some_arn, text},
};

/// What a method of a REST API calls.
pub(super) fn of_method(integration: RestIntegration) -> Result<Integration, Missing> {
    let kind = integration.r#type.ok_or(Missing("type"))?;
    let tls = integration.tls_config;
    Ok(Integration {
        kind: said(kind.as_str(), "type")?.into(),
        uri: address(integration.uri),
        http_method: given(integration.http_method),
        connection: integration.connection_type.map(|it| it.as_str().into()),
        connection_id: given(integration.connection_id),
        credentials: some_arn(integration.credentials, "credentials")?,
        insecure_skip_verification: tls.is_some_and(|tls| tls.insecure_skip_verification),
        server_name: None,
    })
}

/// The integrations of an HTTP or WebSocket API.
pub(super) async fn collect(at: &At<'_>, ask: &Ask, api: &Arn, id: &str) -> Listed<ApiIntegration> {
    let listing = at.v2.get_integrations().api_id(id).max_results(PAGE_V2);
    ask.pages::<ApiIntegration, _, _, _, _>(
        turned(
            move |token| listing.clone().set_next_token(token).send(),
            |page: &GetIntegrationsOutput| page.next_token.as_deref(),
        ),
        |page| page.items.ok_or(Missing("items")),
        |integration| read(at, api, integration),
        at.gap_of(api, "/integrations/*"),
    )
    .await
}

fn read(at: &At<'_>, api: &Arn, integration: V2Integration) -> Result<ApiIntegration, Missing> {
    let name = text(integration.integration_id, "integrationId")?;
    let kind = integration.integration_type.ok_or(Missing("integrationType"))?;
    let calls = Integration {
        kind: said(kind.as_str(), "integrationType")?.into(),
        uri: address(integration.integration_uri),
        http_method: given(integration.integration_method),
        connection: integration.connection_type.map(|it| it.as_str().into()),
        connection_id: given(integration.connection_id),
        credentials: some_arn(integration.credentials_arn, "credentialsArn")?,
        insecure_skip_verification: false,
        server_name: given(integration.tls_config.and_then(|tls| tls.server_name_to_verify)),
    };
    Ok(ApiIntegration {
        arn: part(api, &format!("/integrations/{name}"), "integrationId")?,
        name,
        region: at.region.clone(),
        calls,
        subtype: given(integration.integration_subtype),
    })
}
