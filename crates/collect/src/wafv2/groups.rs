//! The account's own rule groups.

use aws_sdk_wafv2::{
    operation::{get_rule_group::GetRuleGroupOutput, list_rule_groups::ListRuleGroupsOutput},
    types::RuleGroupSummary,
};
use awspect_inventory::{
    Arn, Listed,
    wafv2::{RuleGroup, RuleGroupSettings},
};
use futures::{StreamExt as _, stream};

use super::{IN_FLIGHT, PAGE, Place, rules};
use crate::{
    Session,
    ask::{Missing, Read, still_there, turned},
    read::{arn, is_gone, text},
};

/// A rule group of the listing.
struct Named {
    arn: Arn,
    id: String,
    name: String,
}

/// The rule groups of a place.
pub(super) async fn collect(session: &Session, place: &Place) -> Listed<RuleGroup> {
    let listing = place.client.list_rule_groups().scope(place.scope()).limit(PAGE);
    let pages = turned(
        move |marker| listing.clone().set_next_marker(marker).send(),
        ListRuleGroupsOutput::next_marker,
    );
    let listed = session
        .ask(&place.region)
        .pages::<RuleGroup, _, _, _, _>(
            pages,
            |page| page.rule_groups.ok_or(Missing("RuleGroups")),
            named,
            |unknown| place.gap(session, "rulegroup", unknown),
        )
        .await;
    let read = stream::iter(listed.found)
        .map(|named| Box::pin(one(session, place, named)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn named(summary: RuleGroupSummary) -> Result<Named, Missing> {
    Ok(Named {
        arn: arn(summary.arn.as_deref(), "ARN")?,
        id: text(summary.id, "Id")?,
        name: text(summary.name, "Name")?,
    })
}

/// A rule group; `None` if it is not there any more.
async fn one(
    session: &Session,
    place: &Place,
    Named { arn, id, name }: Named,
) -> Option<RuleGroup> {
    let call = place.client.get_rule_group().scope(place.scope()).id(&id).name(&name).send();
    let settings = session.ask(&place.region).fact(&[], call, read).await;
    if is_gone(&settings) {
        return None;
    }
    let (scope, region) = (place.scope.clone(), place.region.clone());
    Some(RuleGroup { arn, id, name, scope, region, settings })
}

fn read(answer: GetRuleGroupOutput) -> Read<RuleGroupSettings> {
    let group = answer.rule_group.ok_or(Missing("RuleGroup"))?;
    Ok(Some(RuleGroupSettings {
        rules: rules::all(group.rules)?,
        visibility: rules::visibility(group.visibility_config)?,
    }))
}
