//! Web ACLs, each with its rules, its logs and what it protects.

use aws_sdk_wafv2::{
    operation::{
        get_web_acl::GetWebAclOutput, list_resources_for_web_acl::ListResourcesForWebAclOutput,
        list_web_acls::ListWebAcLsOutput,
    },
    types::{self, ResourceType, WebAclSummary},
};
use awspect_inventory::{
    Arn, Fact as _, Listed, Observed, Reason,
    wafv2::{DefaultAction, Protected, Scope, WebAcl, WebAclSettings},
};
use futures::{StreamExt as _, stream};

use super::{IN_FLIGHT, PAGE, Place, logging, managed, rules};
use crate::{
    Session,
    ask::{Ask, Missing, Read, not_yet, still_there, turned},
    read::{arn, is_gone, text},
};

/// What a web ACL of a region may protect, the usual first (AWS WAF API reference, `AssociateWebACL`).
const REGIONAL: &[ResourceType] = &[
    ResourceType::ApplicationLoadBalancer,
    ResourceType::ApiGateway,
    ResourceType::CognitioUserPool,
    ResourceType::Appsync,
    ResourceType::AppRunnerService,
    ResourceType::VerifiedAccessInstance,
    ResourceType::AgentcoreGateway,
];

/// What a web ACL for CloudFront may protect beside distributions, which name it themselves.
const CLOUDFRONT: &[ResourceType] = &[ResourceType::Amplify];

/// A web ACL of the listing.
struct Named {
    arn: Arn,
    id: String,
    name: String,
}

/// The web ACLs of a place.
pub(super) async fn collect(session: &Session, place: &Place) -> Listed<WebAcl> {
    let listing = place.client.list_web_acls().scope(place.scope()).limit(PAGE);
    let pages = turned(
        move |marker| listing.clone().set_next_marker(marker).send(),
        ListWebAcLsOutput::next_marker,
    );
    let listed = session
        .ask(&place.region)
        .pages::<WebAcl, _, _, _, _>(
            pages,
            |page| page.web_acls.ok_or(Missing("WebACLs")),
            named,
            |unknown| place.gap(session, "webacl", unknown),
        )
        .await;
    let arns: Vec<Arn> = listed.found.iter().map(|named| named.arn.clone()).collect();
    let read = stream::iter(listed.found)
        .map(|named| Box::pin(one(session, place, named)))
        .buffered(IN_FLIGHT);
    let (logs, read) = futures::join!(logging::collect(session, place, &arns), read.collect());
    let mut acls = still_there(read, listed.gaps);
    for acl in &mut acls.found {
        acl.logging = logs.of(&acl.arn);
    }
    acls
}

fn named(summary: WebAclSummary) -> Result<Named, Missing> {
    Ok(Named {
        arn: arn(summary.arn.as_deref(), "ARN")?,
        id: text(summary.id, "Id")?,
        name: text(summary.name, "Name")?,
    })
}

/// A web ACL, without its logs; `None` if it is not there any more, which only the call for itself can say.
async fn one(session: &Session, place: &Place, Named { arn, id, name }: Named) -> Option<WebAcl> {
    let ask = session.ask(&place.region);
    let (settings, protects) =
        futures::join!(settings(place, &ask, &id, &name), protects(place, &ask, &arn),);
    if is_gone(&settings) {
        return None;
    }
    if ask.gone() && is_gone(&self::settings(place, &ask, &id, &name).await) {
        return None;
    }
    let overridden_groups = managed::collect(place, &ask, &settings).await;
    Some(WebAcl {
        arn,
        id,
        name,
        scope: place.scope.clone(),
        region: place.region.clone(),
        settings,
        overridden_groups,
        logging: not_yet(),
        protects,
    })
}

async fn settings(place: &Place, ask: &Ask, id: &str, name: &str) -> Observed<WebAclSettings> {
    let call = place.client.get_web_acl().scope(place.scope()).id(id).name(name).send();
    ask.fact(&[], call, read).await
}

fn read(answer: GetWebAclOutput) -> Read<WebAclSettings> {
    let acl = answer.web_acl.ok_or(Missing("WebACL"))?;
    let default = acl.default_action.ok_or(Missing("DefaultAction"))?;
    let first = acl.pre_process_firewall_manager_rule_groups.unwrap_or_default();
    let last = acl.post_process_firewall_manager_rule_groups.unwrap_or_default();
    Ok(Some(WebAclSettings {
        default_action: default_action(&default)?,
        rules: rules::all(acl.rules)?,
        first_groups: rules::firewall_manager(first)?,
        last_groups: rules::firewall_manager(last)?,
        visibility: rules::visibility(acl.visibility_config)?,
        managed_by_firewall_manager: acl.managed_by_firewall_manager,
    }))
}

fn default_action(action: &types::DefaultAction) -> Result<DefaultAction, Missing> {
    match (&action.allow, &action.block) {
        (Some(_), None) => Ok(DefaultAction::Allow),
        (None, Some(_)) => Ok(DefaultAction::Block),
        _ => Err(Missing("DefaultAction")),
    }
}

/// The first kind that a web ACL protects any of. One that protects nothing costs a call for each kind.
async fn protects(place: &Place, ask: &Ask, acl: &Arn) -> Observed<Protected> {
    if let Some(unwanted) = ask.unwanted(&Protected::ACTION) {
        return Observed::Unknown(unwanted);
    }
    let kinds = match place.scope {
        Scope::CloudFront => CLOUDFRONT,
        Scope::Regional | Scope::Other(_) => REGIONAL,
    };
    let mut nothing = Observed::NotSet;
    for kind in kinds {
        let call = place.client.list_resources_for_web_acl().web_acl_arn(acl.as_str());
        let found = ask.fact(&[], call.resource_type(kind.clone()).send(), protected).await;
        match found {
            Observed::Set(_) => return found,
            Observed::Unknown(ref unknown) if unknown.reason == Reason::Gone => return found,
            // Another kind may still be protected.
            Observed::Unknown(_) if nothing == Observed::NotSet => nothing = found,
            Observed::Unknown(_) | Observed::NotSet => {}
        }
    }
    nothing
}

fn protected(answer: ListResourcesForWebAclOutput) -> Read<Protected> {
    let all = answer.resource_arns.ok_or(Missing("ResourceArns"))?;
    let all: Vec<Arn> =
        all.iter().map(|resource| arn(Some(resource), "ResourceArns")).collect::<Result<_, _>>()?;
    Ok((!all.is_empty()).then_some(Protected(all)))
}
