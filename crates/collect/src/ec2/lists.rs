//! Managed prefix lists, and what is in those that matter.

use std::collections::BTreeSet;

use aws_sdk_ec2::types;
use awspect_inventory::{
    Arn, Fact as _, Listed, Observed, Reason, Unknown,
    ec2::{Destination, PrefixList, PrefixListEntries, Ranged, RouteTable, SecurityGroup},
};
use futures::{StreamExt as _, stream};
use ipnet::{Ipv4Net, Ipv6Net};

use super::{
    at::{At, IN_FLIGHT},
    read::{account, parsed, said, tags},
};
use crate::{
    ask::{Missing, still_there},
    read::text,
};

/// The most that both calls about prefix lists give in one page.
const PAGE: i32 = 100;

/// The lists of the account, those shared with it, and AWS's own.
pub(super) async fn lists(at: &At<'_>) -> Listed<PrefixList> {
    let pages = at.client.describe_managed_prefix_lists().into_paginator().page_size(PAGE).send();
    at.all(pages, |page| page.prefix_lists.ok_or(Missing("prefixListSet")), |item| list(at, item))
        .await
}

fn list(at: &At<'_>, item: types::ManagedPrefixList) -> Result<PrefixList, Missing> {
    let id = text(item.prefix_list_id, "prefixListId")?;
    let named: Option<Arn> = item.prefix_list_arn.and_then(|arn| arn.parse().ok());
    let owner = account(item.owner_id.clone());
    Ok(PrefixList {
        arn: match named {
            Some(arn) => arn,
            None => at.arn::<PrefixList>(owner.as_ref(), &id, "prefixListId")?,
        },
        region: at.region.clone(),
        list_name: text(item.prefix_list_name, "prefixListName")?,
        owner: said(item.owner_id),
        family: said(item.address_family),
        version: item.version,
        entries: Observed::Unknown(Unknown::new(PrefixListEntries::ACTION, Reason::NotAsked)),
        tags: tags(item.tags),
        id,
    })
}

/// Asks for the entries of the account's own lists, of others' where a group or route refers to them, and of AWS's where a group
/// lets in some range that may be one of AWS's.
pub(super) async fn fill(
    at: &At<'_>,
    listed: Listed<PrefixList>,
    groups: &Listed<SecurityGroup>,
    tables: &Listed<RouteTable>,
) -> Listed<PrefixList> {
    let used = used(groups, tables);
    let compared = groups.found.iter().any(names_public_ranges);
    let read = stream::iter(listed.found)
        .map(async |list| {
            let matters = at.is_own(list.owner.as_deref())
                || used.contains(list.id.as_str())
                || (compared && list.is_aws());
            if !matters {
                return Some(list);
            }
            let entries = entries(at, &list.id).await;
            let is_gone = matches!(&entries, Observed::Unknown(it) if it.reason == Reason::Gone);
            (!is_gone).then_some(PrefixList { entries, ..list })
        })
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

/// The lists that the rules of a group, or a route, refer to.
fn used<'a>(
    groups: &'a Listed<SecurityGroup>,
    tables: &'a Listed<RouteTable>,
) -> BTreeSet<&'a str> {
    let rules = groups.found.iter().flat_map(|group| group.ingress.iter().chain(&group.egress));
    let in_rules = rules.flat_map(|rule| rule.prefix_lists.iter().map(|list| list.id.as_str()));
    let routes = tables.found.iter().flat_map(|table| &table.routes);
    let in_routes = routes.filter_map(|route| match &route.destination {
        Destination::PrefixList(id) => Some(id.as_str()),
        Destination::Cidr(_) => None,
    });
    in_rules.chain(in_routes).collect()
}

/// Whether a group lets in a range that is neither private nor everything.
fn names_public_ranges(group: &SecurityGroup) -> bool {
    group.ingress.iter().any(|rule| {
        let four = |cidr: Ipv4Net| cidr.prefix_len() > 0 && !cidr.addr().is_private();
        let six = |cidr: Ipv6Net| cidr.prefix_len() > 0 && !cidr.addr().is_unique_local();
        rule.ipv4.iter().any(|it| four(it.cidr)) || rule.ipv6.iter().any(|it| six(it.cidr))
    })
}

async fn entries(at: &At<'_>, id: &str) -> Observed<PrefixListEntries> {
    let pages = at.client.get_managed_prefix_list_entries().prefix_list_id(id).into_paginator();
    at.whole(
        pages.page_size(PAGE).send(),
        |page| page.entries.ok_or(Missing("entrySet")),
        |item| {
            let cidr = parsed(item.cidr, "entrySet.cidr")?;
            Ok(Ranged { cidr, description: said(item.description) })
        },
        PrefixListEntries,
    )
    .await
}
