//! User pools, and what stands around their settings.

use aws_sdk_cognitoidentityprovider::{
    Client,
    operation::{
        get_log_delivery_configuration::GetLogDeliveryConfigurationOutput,
        get_user_pool_mfa_config::GetUserPoolMfaConfigOutput,
    },
    types::{LogConfigurationType, ProviderDescription, UserPoolDescriptionType},
};
use aws_sdk_wafv2::operation::get_web_acl_for_resource::GetWebAclForResourceOutput;
use awspect_inventory::{
    Arn, Gap, Listed, Observed, Region,
    cognito::{
        IdentityProvider, IdentityProviders, LogDelivery, LogDestination, Mfa, PoolWebAcl,
        UserPool, UserPoolSettings, WebAuthn,
    },
};
use futures::{StreamExt as _, stream};

use super::{
    IN_FLIGHT, PAGE,
    clients::{self, Pool},
    read::{given, is_gone, own_arn, some_arn},
    risk::{self, Risks},
    settings,
};
use crate::{
    Session,
    ask::{Ask, Missing, Read, still_there},
    read::{arn, said, text},
};

/// A user pool of the listing.
struct Named {
    arn: Arn,
    id: String,
    name: String,
}

/// The user pools of a region.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<UserPool> {
    let client = session.cognito_idp(region);
    let pages = client.list_user_pools().into_paginator().page_size(PAGE).send();
    let account = &session.account;
    let pattern =
        format!("arn:{}:cognito-idp:{region}:{}:userpool/*", account.partition, account.id);
    let listed = session
        .ask(region)
        .pages::<UserPool, _, _, _, _>(
            pages,
            |page| page.user_pools.ok_or(Missing("UserPools")),
            |pool| named(session, region, pool),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    let read = stream::iter(listed.found)
        .map(|named| Box::pin(pool(session, &client, region, named)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn named(
    session: &Session,
    region: &Region,
    pool: UserPoolDescriptionType,
) -> Result<Named, Missing> {
    let id = text(pool.id, "Id")?;
    let arn = own_arn(session, "cognito-idp", region, &format!("userpool/{id}"), "Id")?;
    Ok(Named { arn, id, name: text(pool.name, "Name")? })
}

/// A user pool; `None` if it is not there any more, which only the call for itself can say.
async fn pool(
    session: &Session,
    client: &Client,
    region: &Region,
    Named { arn, id, name }: Named,
) -> Option<UserPool> {
    let ask = session.ask(region);
    let settings = settings(client, &ask, &id).await;
    if is_gone(&settings) {
        return None;
    }
    let pool = Pool { arn: &arn, id: &id, region, risks: Risks::of(&settings) };
    let (mfa, risk, clients, identity_providers, log_delivery, web_acl) = futures::join!(
        mfa(client, &ask, &id),
        risk::collect(client, &ask, pool.risks, pool.id, None),
        Box::pin(clients::collect(session, client, &ask, pool)),
        identity_providers(client, &ask, &id),
        log_delivery(client, &ask, &id),
        web_acl(session, region, &ask, &arn),
    );
    if ask.gone() && is_gone(&self::settings(client, &ask, &id).await) {
        return None;
    }
    Some(UserPool {
        arn,
        id,
        name,
        region: region.clone(),
        settings,
        mfa,
        risk,
        clients,
        identity_providers,
        log_delivery,
        web_acl,
    })
}

async fn settings(client: &Client, ask: &Ask, id: &str) -> Observed<UserPoolSettings> {
    let call = client.describe_user_pool().user_pool_id(id).send();
    ask.fact(&[], call, settings::read).await
}

async fn mfa(client: &Client, ask: &Ask, id: &str) -> Observed<Mfa> {
    let call = client.get_user_pool_mfa_config().user_pool_id(id).send();
    ask.fact(&[], call, read_mfa).await
}

fn read_mfa(answer: GetUserPoolMfaConfigOutput) -> Read<Mfa> {
    let mode = answer.mfa_configuration.ok_or(Missing("MfaConfiguration"))?;
    let sms = answer.sms_mfa_configuration.and_then(|sms| sms.sms_configuration);
    Ok(Some(Mfa {
        mode: said(mode.as_str(), "MfaConfiguration")?.into(),
        sms: sms.map(settings::sms).transpose()?,
        software_token: answer.software_token_mfa_configuration.is_some_and(|it| it.enabled),
        email: answer.email_mfa_configuration.is_some(),
        web_authn: answer.web_authn_configuration.map(|passkeys| WebAuthn {
            relying_party: given(passkeys.relying_party_id),
            user_verification: passkeys.user_verification.map(|it| it.as_str().into()),
            factor: passkeys.factor_configuration.map(|it| it.as_str().into()),
        }),
    }))
}

async fn identity_providers(client: &Client, ask: &Ask, id: &str) -> Observed<IdentityProviders> {
    let pages =
        client.list_identity_providers().user_pool_id(id).into_paginator().page_size(PAGE).send();
    ask.whole(pages, |page| Ok(page.providers), identity_provider, IdentityProviders).await
}

fn identity_provider(provider: ProviderDescription) -> Result<IdentityProvider, Missing> {
    let kind = provider.provider_type.ok_or(Missing("ProviderType"))?;
    Ok(IdentityProvider {
        name: text(provider.provider_name, "ProviderName")?,
        kind: said(kind.as_str(), "ProviderType")?.into(),
    })
}

async fn log_delivery(client: &Client, ask: &Ask, id: &str) -> Observed<LogDelivery> {
    let call = client.get_log_delivery_configuration().user_pool_id(id).send();
    ask.fact(&[], call, read_log_delivery).await
}

/// A pool that sends no logs has a configuration without any, or none.
fn read_log_delivery(answer: GetLogDeliveryConfigurationOutput) -> Read<LogDelivery> {
    let Some(configuration) = answer.log_delivery_configuration else { return Ok(None) };
    let logs = configuration.log_configurations.into_iter().map(log_destination);
    let logs = logs.collect::<Result<Vec<_>, _>>()?;
    Ok((!logs.is_empty()).then_some(LogDelivery(logs)))
}

fn log_destination(log: LogConfigurationType) -> Result<LogDestination, Missing> {
    let log_group = log.cloud_watch_logs_configuration.and_then(|to| to.log_group_arn);
    let bucket = log.s3_configuration.and_then(|to| to.bucket_arn);
    let stream = log.firehose_configuration.and_then(|to| to.stream_arn);
    Ok(LogDestination {
        source: said(log.event_source.as_str(), "EventSource")?.into(),
        level: said(log.log_level.as_str(), "LogLevel")?.into(),
        log_group: some_arn(log_group, "LogGroupArn")?,
        bucket: some_arn(bucket, "BucketArn")?,
        stream: some_arn(stream, "StreamArn")?,
    })
}

async fn web_acl(
    session: &Session,
    region: &Region,
    ask: &Ask,
    pool: &Arn,
) -> Observed<PoolWebAcl> {
    let client = session.wafv2(region);
    let call = client.get_web_acl_for_resource().resource_arn(pool.as_str()).send();
    // WAF knows of pools by their web ACLs.
    ask.fact(&["WAFNonexistentItemException"], call, read_web_acl).await
}

fn read_web_acl(answer: GetWebAclForResourceOutput) -> Read<PoolWebAcl> {
    let Some(acl) = answer.web_acl else { return Ok(None) };
    Ok(Some(PoolWebAcl {
        arn: arn(Some(&acl.arn), "ARN")?,
        name: said(&acl.name, "Name")?.to_owned(),
    }))
}
