//! Functions with their versions, aliases and addresses, and who may call each.

use std::collections::BTreeMap;

use aws_sdk_lambda::{
    Client,
    types::{self, AliasConfiguration, FunctionUrlConfig},
};
use awspect_inventory::{
    Arn, Cors, Fact as _, Gap, Listed, Observed, Reason, Region, Unknown,
    lambda::{Alias, Function, FunctionPolicy, FunctionUrl, FunctionVersion},
};
use futures::{StreamExt as _, stream};

use super::{
    IN_FLIGHT,
    read::{Listing, listing},
};
use crate::{
    Session,
    ask::{Ask, Missing, still_there},
    read::{arn, said, text},
};

/// The functions of a region.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<Function> {
    let client = session.lambda(region);
    let listing = listed(session, &client, region).await;
    let read = stream::iter(listing.found)
        .map(|function| Box::pin(one(session, &client, function)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listing.gaps)
}

/// One listing has all functions and all their versions.
async fn listed(session: &Session, client: &Client, region: &Region) -> Listed<Function> {
    let pages = client
        .list_functions()
        .function_version(types::FunctionVersion::All)
        .into_paginator()
        .send();
    let account = &session.account;
    let pattern = format!("arn:{}:lambda:{region}:{}:function:*", account.partition, account.id);
    let gap = |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown };
    let listed = session
        .ask(region)
        .pages::<Function, _, _, _, _>(
            pages,
            |page| page.functions.ok_or(Missing("Functions")),
            |function| listing(session.detector, region, function),
            gap,
        )
        .await;
    let mut functions = Listed { found: vec![], gaps: listed.gaps, gone: 0 };
    let mut versions: BTreeMap<Arn, Vec<FunctionVersion>> = BTreeMap::new();
    for line in listed.found {
        match line {
            Listing::Function(function) => functions.found.push(*function),
            Listing::Version(of, version) => versions.entry(of).or_default().push(*version),
        }
    }
    // A page that failed may have held versions of functions of the pages before it.
    let cut = functions.gaps.iter().find(|gap| gap.unknown.reason != Reason::Malformed);
    let cut = cut.map(|gap| gap.unknown.clone());
    for function in &mut functions.found {
        let found = versions.remove(&function.arn).unwrap_or_default();
        let gaps = cut.iter().map(|unknown| qualified(function, unknown.clone())).collect();
        function.versions = Listed { found, gaps, gone: 0 };
    }
    // A function was not in the listing, and its versions were.
    functions.gaps.extend(versions.keys().map(|function| Gap {
        arn: function.as_str().to_owned(),
        ..gap(Missing("$LATEST").of(Function::ACTION))
    }));
    functions
}

/// A function with what other answers say of it; `None` if it is not there any more, which one of its listings has to say
/// twice.
async fn one(session: &Session, client: &Client, mut function: Function) -> Option<Function> {
    let ask = session.ask(&function.region);
    function.aliases = aliases(client, &ask, &function).await;
    function.urls = urls(client, &ask, &function).await;
    let is_gone = if says_gone(&function.aliases) {
        says_gone(&aliases(client, &ask, &function).await)
    } else {
        says_gone(&function.urls) && says_gone(&urls(client, &ask, &function).await)
    };
    if is_gone {
        return None;
    }
    let name = function.name.as_str();
    function.policy = policy(client, &ask, name, None).await;
    for version in &mut function.versions.found {
        version.policy = policy(client, &ask, name, Some(&version.version)).await;
    }
    for alias in &mut function.aliases.found {
        let qualifier = qualifier(&function.arn, &alias.arn);
        alias.policy = policy(client, &ask, name, qualifier).await;
    }
    Some(function)
}

fn says_gone<T>(listed: &Listed<T>) -> bool {
    listed.gaps.iter().any(|gap| gap.unknown.reason == Reason::Gone)
}

/// What stands behind the ARN of a function in that of an alias.
fn qualifier<'a>(function: &Arn, arn: &'a Arn) -> Option<&'a str> {
    arn.as_str().strip_prefix(function.as_str())?.strip_prefix(':')
}

async fn policy(
    client: &Client,
    ask: &Ask,
    function: &str,
    qualifier: Option<&str>,
) -> Observed<FunctionPolicy> {
    let call = client.get_policy().function_name(function);
    let call = call.set_qualifier(qualifier.map(str::to_owned)).send();
    // There may be a function without a policy, and no function any more: neither lets anybody in.
    ask.fact(&["ResourceNotFoundException"], call, |answer| {
        text(answer.policy, "Policy").map(|policy| Some(FunctionPolicy(policy)))
    })
    .await
}

async fn aliases(client: &Client, ask: &Ask, function: &Function) -> Listed<Alias> {
    let pages = client.list_aliases().function_name(&function.name).into_paginator().send();
    ask.pages::<Alias, _, _, _, _>(
        pages,
        |page| page.aliases.ok_or(Missing("Aliases")),
        |alias| read_alias(function, alias),
        |unknown| qualified(function, unknown),
    )
    .await
}

fn read_alias(function: &Function, alias: AliasConfiguration) -> Result<Alias, Missing> {
    let name = text(alias.name, "Name")?;
    let others = alias.routing_config.and_then(|routing| routing.additional_version_weights);
    Ok(Alias {
        arn: format!("{}:{name}", function.arn).parse().map_err(|_| Missing("Name"))?,
        name: format!("{}:{name}", function.name),
        region: function.region.clone(),
        version: text(alias.function_version, "FunctionVersion")?,
        other_version: others.unwrap_or_default().into_keys().next(),
        policy: Observed::default(),
    })
}

async fn urls(client: &Client, ask: &Ask, function: &Function) -> Listed<FunctionUrl> {
    let listing = client.list_function_url_configs().function_name(&function.name);
    ask.pages::<FunctionUrl, _, _, _, _>(
        listing.into_paginator().send(),
        |page| Ok(page.function_url_configs),
        |url| read_url(function, url),
        |unknown| qualified(function, unknown),
    )
    .await
}

fn read_url(function: &Function, url: FunctionUrlConfig) -> Result<FunctionUrl, Missing> {
    let arn = arn(Some(&url.function_arn), "FunctionArn")?;
    let qualifier = qualifier(&function.arn, &arn).map(str::to_owned);
    let name = match &qualifier {
        Some(alias) => format!("{}:{alias}", function.name),
        None => function.name.clone(),
    };
    Ok(FunctionUrl {
        arn,
        name,
        region: function.region.clone(),
        qualifier,
        url: said(&url.function_url, "FunctionUrl")?.to_owned(),
        auth: said(url.auth_type.as_str(), "AuthType")?.into(),
        cors: url.cors.map(cors),
    })
}

fn cors(cors: types::Cors) -> Cors {
    Cors {
        allow_credentials: cors.allow_credentials,
        allow_origins: cors.allow_origins.unwrap_or_default(),
        allow_methods: cors.allow_methods.unwrap_or_default(),
        allow_headers: cors.allow_headers.unwrap_or_default(),
        expose_headers: cors.expose_headers.unwrap_or_default(),
        max_age: cors.max_age,
    }
}

/// What of a function went unseen.
fn qualified(function: &Function, unknown: Unknown) -> Gap {
    Gap { arn: format!("{}:*", function.arn), region: Some(function.region.clone()), unknown }
}
