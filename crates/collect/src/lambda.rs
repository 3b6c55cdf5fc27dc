//! Collects the functions of each region.

use aws_sdk_lambda::types::FunctionConfiguration;
use awspect_inventory::{
    Fact as _, Gap, Listed, Region,
    lambda::{Function, Lambda},
};

use crate::{
    Session,
    ask::Missing,
    read::{arn, text},
    regions::Regions,
};

/// The functions of all regions that are looked at; what one region refuses costs that region alone.
pub(crate) async fn collect(session: &Session, regions: &Regions) -> Lambda {
    let listed = regions.looked_at.iter().map(|region| functions(session, region));
    let mut functions = Listed::complete(vec![]);
    for listed in futures::future::join_all(listed).await {
        functions.found.extend(listed.found);
        functions.gaps.extend(listed.gaps);
    }
    if session.wants(&Function::ACTION) {
        let account = &session.account;
        regions.confess(&mut functions, || {
            format!("arn:{}:lambda:*:{}:function:*", account.partition, account.id)
        });
    }
    Lambda { functions }
}

async fn functions(session: &Session, region: &Region) -> Listed<Function> {
    let pages = session.lambda(region).list_functions().into_paginator().send();
    let account = &session.account;
    let pattern = format!("arn:{}:lambda:{region}:{}:function:*", account.partition, account.id);
    session
        .ask(region)
        .pages::<Function, _, _, _, _>(
            pages,
            |page| Ok(page.functions.unwrap_or_default()),
            |function| read(region, function),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await
}

fn read(region: &Region, function: FunctionConfiguration) -> Result<Function, Missing> {
    Ok(Function {
        arn: arn(function.function_arn.as_deref(), "FunctionArn")?,
        name: text(function.function_name, "FunctionName")?,
        region: region.clone(),
        role: arn(function.role.as_deref(), "Role")?,
    })
}
