//! Response headers policies, the account's and AWS's own.

use aws_sdk_cloudfront::{
    Client,
    types::{
        ResponseHeadersPolicyCorsConfig, ResponseHeadersPolicySecurityHeadersConfig,
        ResponseHeadersPolicyStrictTransportSecurity, ResponseHeadersPolicySummary,
    },
};
use awspect_inventory::{
    Arn, Listed,
    cloudfront::{Hsts, PolicyOwner, ResponseCors, ResponseHeadersPolicy, SecurityHeaders},
};

use super::{
    PAGE,
    read::{gap, items, some},
};
use crate::{
    Session,
    ask::{Missing, turned},
    read::{own_global_arn, said},
};

/// All policies that a behavior may name.
pub(super) async fn collect(session: &Session, client: &Client) -> Listed<ResponseHeadersPolicy> {
    let listing = client.list_response_headers_policies().max_items(PAGE);
    let pages = turned(
        move |marker| listing.clone().set_marker(marker).send(),
        |page| page.response_headers_policy_list.as_ref()?.next_marker.as_deref(),
    );
    session
        .ask(&session.home)
        .pages::<ResponseHeadersPolicy, _, _, _, _>(
            pages,
            |page| {
                let list = page.response_headers_policy_list;
                Ok(list.ok_or(Missing("ResponseHeadersPolicyList"))?.items.unwrap_or_default())
            },
            |summary| policy(session, summary),
            |unknown| gap(session, "response-headers-policy", unknown),
        )
        .await
}

fn policy(
    session: &Session,
    summary: ResponseHeadersPolicySummary,
) -> Result<ResponseHeadersPolicy, Missing> {
    let owner: PolicyOwner = said(summary.r#type.as_str(), "Type")?.into();
    let policy = summary.response_headers_policy.ok_or(Missing("ResponseHeadersPolicy"))?;
    let id = said(&policy.id, "Id")?.to_owned();
    let config =
        policy.response_headers_policy_config.ok_or(Missing("ResponseHeadersPolicyConfig"))?;
    let custom = config.custom_headers_config.map(|it| {
        let all = items(it.quantity, it.items, "CustomHeadersConfig")?.into_iter();
        all.map(|header| Ok(said(&header.header, "Header")?.to_owned())).collect()
    });
    let removed = config.remove_headers_config.map(|it| {
        let all = items(it.quantity, it.items, "RemoveHeadersConfig")?.into_iter();
        all.map(|header| Ok(said(&header.header, "Header")?.to_owned())).collect()
    });
    let security = config.security_headers_config.map(security).transpose()?;
    Ok(ResponseHeadersPolicy {
        arn: arn_of(session, &owner, &id)?,
        id,
        name: said(&config.name, "Name")?.to_owned(),
        owner,
        cors: config.cors_config.map(cors).transpose()?,
        security: security.unwrap_or_default(),
        custom: custom.transpose()?.unwrap_or_default(),
        removed: removed.transpose()?.unwrap_or_default(),
    })
}

fn arn_of(session: &Session, owner: &PolicyOwner, id: &str) -> Result<Arn, Missing> {
    let resource = format!("response-headers-policy/{id}");
    if *owner == PolicyOwner::Managed {
        let partition = &session.account.partition;
        return Arn::new(partition, "cloudfront", None, None, &resource).map_err(|_| Missing("Id"));
    }
    own_global_arn(session, "cloudfront", &resource, "Id")
}

fn cors(cors: ResponseHeadersPolicyCorsConfig) -> Result<ResponseCors, Missing> {
    let origins = cors.access_control_allow_origins.ok_or(Missing("AccessControlAllowOrigins"))?;
    let methods = cors.access_control_allow_methods.ok_or(Missing("AccessControlAllowMethods"))?;
    let headers = cors.access_control_allow_headers.ok_or(Missing("AccessControlAllowHeaders"))?;
    let methods = items(methods.quantity, Some(methods.items), "AccessControlAllowMethods")?;
    let origins = items(origins.quantity, Some(origins.items), "AccessControlAllowOrigins")?;
    Ok(ResponseCors {
        origins: some(origins, "AccessControlAllowOrigins")?,
        methods: methods.iter().map(|method| method.as_str().to_owned()).collect(),
        headers: items(headers.quantity, Some(headers.items), "AccessControlAllowHeaders")?,
        credentials: cors.access_control_allow_credentials,
        overrides: cors.origin_override,
    })
}

fn security(
    security: ResponseHeadersPolicySecurityHeadersConfig,
) -> Result<SecurityHeaders, Missing> {
    let frame = security
        .frame_options
        .map(|it| said(it.frame_option.as_str(), "FrameOption").map(str::to_owned));
    let referrer = security
        .referrer_policy
        .map(|it| said(it.referrer_policy.as_str(), "ReferrerPolicy").map(str::to_owned));
    let content = security
        .content_security_policy
        .map(|it| said(&it.content_security_policy, "ContentSecurityPolicy").map(str::to_owned));
    Ok(SecurityHeaders {
        hsts: security.strict_transport_security.as_ref().map(hsts).transpose()?,
        content_type_options: security.content_type_options.is_some(),
        frame_options: frame.transpose()?,
        referrer_policy: referrer.transpose()?,
        content_security_policy: content.transpose()?,
        xss_protection: security.xss_protection.is_some_and(|it| it.protection),
    })
}

fn hsts(hsts: &ResponseHeadersPolicyStrictTransportSecurity) -> Result<Hsts, Missing> {
    let max_age = u32::try_from(hsts.access_control_max_age_sec);
    Ok(Hsts {
        max_age: max_age.map_err(|_| Missing("AccessControlMaxAgeSec"))?,
        include_subdomains: hsts.include_subdomains.unwrap_or_default(),
        preload: hsts.preload.unwrap_or_default(),
        overrides: hsts.r#override,
    })
}
