//! Identity providers that roles may trust.

use aws_sdk_iam::{
    Client,
    operation::get_open_id_connect_provider::GetOpenIdConnectProviderOutput,
    types::{OpenIdConnectProviderListEntry, SamlProviderListEntry},
};
use awspect_inventory::{
    Arn, Listed, Observed, Reason,
    iam::{OidcProvider, OidcSettings, SamlProvider},
};
use futures::{StreamExt as _, stream};

use super::listing::gap;
use crate::{
    Session,
    ask::{Missing, Read, once, still_there},
    read::{arn, time},
};

/// How many providers are read at once.
const IN_FLIGHT: usize = 16;

/// The OIDC providers, each with its settings.
pub(super) async fn oidc(session: &Session, client: &Client) -> Listed<OidcProvider> {
    let listed = session
        .ask(&session.home)
        .pages::<OidcProvider, _, _, _, _>(
            once(client.list_open_id_connect_providers().send()),
            |page| page.open_id_connect_provider_list.ok_or(Missing("OpenIDConnectProviderList")),
            |entry: OpenIdConnectProviderListEntry| arn(entry.arn.as_deref(), "Arn"),
            gap(session, "oidc-provider/*"),
        )
        .await;
    let read =
        stream::iter(listed.found).map(|arn| provider(session, client, arn)).buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

/// A provider; `None` if it is not there any more, which only the call for itself can say.
async fn provider(session: &Session, client: &Client, arn: Arn) -> Option<OidcProvider> {
    let call =
        client.get_open_id_connect_provider().open_id_connect_provider_arn(arn.as_str()).send();
    let settings = session.ask(&session.home).fact(&[], call, settings).await;
    match &settings {
        Observed::Unknown(unknown) if unknown.reason == Reason::Gone => None,
        _ => Some(OidcProvider { arn, settings }),
    }
}

/// A provider may have no audience and no thumbprint, but only a provider has a URL.
fn settings(answer: GetOpenIdConnectProviderOutput) -> Read<OidcSettings> {
    answer.url.ok_or(Missing("Url"))?;
    Ok(Some(OidcSettings {
        client_ids: answer.client_id_list.unwrap_or_default(),
        thumbprints: answer.thumbprint_list.unwrap_or_default(),
    }))
}

/// The SAML providers.
pub(super) async fn saml(session: &Session, client: &Client) -> Listed<SamlProvider> {
    session
        .ask(&session.home)
        .pages::<SamlProvider, _, _, _, _>(
            once(client.list_saml_providers().send()),
            |page| page.saml_provider_list.ok_or(Missing("SAMLProviderList")),
            |entry: SamlProviderListEntry| {
                Ok(SamlProvider {
                    arn: arn(entry.arn.as_deref(), "Arn")?,
                    valid_until: entry.valid_until.and_then(time),
                })
            },
            gap(session, "saml-provider/*"),
        )
        .await
}
