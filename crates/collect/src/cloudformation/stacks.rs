//! Stacks, and what stands around them.

use aws_sdk_cloudformation::{
    Client,
    operation::{describe_stacks::DescribeStacksOutput, get_stack_policy::GetStackPolicyOutput},
    types::{self, StackDriftInformation},
};
use awspect_inventory::{
    Fact as _, Gap, Listed, Observed, Reason, Region, Unknown,
    cloudformation::{Drift, Stack, StackPolicy, StackStatus, Template, TerminationProtection},
};
use futures::{StreamExt as _, stream};

use super::{template, values};
use crate::{
    Session,
    ask::{Ask, Missing, Read, still_there},
    read::{arn, given, is_gone, observed, said, some_arn, text, time},
    secret::Detector,
};

/// How many stacks are read at once in a region. CloudFormation answers few calls a second; the SDK slows down where it
/// is told to.
const IN_FLIGHT: usize = 4;

/// The stacks of a region.
pub(super) async fn collect(session: &Session, region: &Region) -> Listed<Stack> {
    let client = session.cloudformation(region);
    let account = &session.account;
    let pattern =
        format!("arn:{}:cloudformation:{region}:{}:stack/*", account.partition, account.id);
    let listed = session
        .ask(region)
        .pages::<Stack, _, _, _, _>(
            client.describe_stacks().into_paginator().send(),
            |page| {
                let mut stacks = page.stacks.ok_or(Missing("Stacks"))?;
                stacks.retain(|stack| !is_deleted(stack));
                Ok(stacks)
            },
            |stack| read(session.detector, region, stack),
            |unknown| Gap { arn: pattern.clone(), region: Some(region.clone()), unknown },
        )
        .await;
    let read = stream::iter(listed.found)
        .map(|stack| Box::pin(with_surroundings(session, &client, stack)))
        .buffered(IN_FLIGHT);
    still_there(read.collect().await, listed.gaps)
}

fn is_deleted(stack: &types::Stack) -> bool {
    stack.stack_status == Some(types::StackStatus::DeleteComplete)
}

/// A stack as the listing has it; what takes a call of its own is not asked for yet.
fn read(detector: Detector, region: &Region, stack: types::Stack) -> Result<Stack, Missing> {
    let status = stack.stack_status.as_ref().ok_or(Missing("StackStatus"))?;
    // The SDK puts the beginning of 1970 in the place of a required time that is missing.
    let created = stack.creation_time.filter(|at| at.secs() != 0).and_then(time);
    let tags = stack.tags.unwrap_or_default().into_iter();
    Ok(Stack {
        arn: arn(stack.stack_id.as_deref(), "StackId")?,
        name: text(stack.stack_name, "StackName")?,
        region: region.clone(),
        status: said(status.as_str(), "StackStatus")?.into(),
        created: created.ok_or(Missing("CreationTime"))?,
        updated: stack.last_updated_time.and_then(time),
        parent: some_arn(stack.parent_id, "ParentId")?,
        root: some_arn(stack.root_id, "RootId")?,
        role: some_arn(stack.role_arn, "RoleARN")?,
        notifications: stack.notification_arns.unwrap_or_default(),
        capabilities: stack.capabilities.iter().flatten().map(|it| it.as_str().into()).collect(),
        drift: drift(stack.drift_information),
        tags: tags.filter_map(|tag| Some((tag.key?, tag.value?))).collect(),
        termination_protection: match stack.enable_termination_protection {
            Some(enabled) => Observed::Set(TerminationProtection { enabled }),
            None => Observed::default(),
        },
        parameters: observed(values::parameters(detector, stack.parameters.unwrap_or_default())),
        outputs: observed(values::outputs(detector, stack.outputs.unwrap_or_default())),
        template: Observed::default(),
        policy: Observed::default(),
    })
}

fn drift(information: Option<StackDriftInformation>) -> Drift {
    let Some(information) = information else { return Drift { status: None, checked: None } };
    Drift {
        status: information.stack_drift_status.map(|it| it.as_str().into()),
        checked: information.last_check_timestamp.and_then(time),
    }
}

/// A stack with all that takes calls of its own; `None` if it is not there any more.
async fn with_surroundings(session: &Session, client: &Client, stack: Stack) -> Option<Stack> {
    let ask = session.ask(&stack.region);
    let (termination_protection, template, policy) = futures::join!(
        termination_protection(client, &ask, &stack),
        template(session, client, &ask, &stack),
        policy(client, &ask, &stack),
    );
    if is_gone(&termination_protection) {
        return None;
    }
    if ask.gone() && is_gone(&described(client, &ask, &stack).await) {
        return None;
    }
    Some(Stack { termination_protection, template, policy, ..stack })
}

/// The protection of a root stack. AWS has left it out of the pages of all stacks for years; then only the stack's own
/// description tells.
async fn termination_protection(
    client: &Client,
    ask: &Ask,
    stack: &Stack,
) -> Observed<TerminationProtection> {
    match &stack.termination_protection {
        _ if stack.is_nested() => Observed::NotSet,
        Observed::Set(told) => Observed::Set(*told),
        Observed::NotSet | Observed::Unknown(_) => described(client, ask, stack).await,
    }
}

/// What a stack says of itself; gone if it was deleted, for by its ARN it can be described all the same.
async fn described(client: &Client, ask: &Ask, stack: &Stack) -> Observed<TerminationProtection> {
    let call = client.describe_stacks().stack_name(stack.arn.as_str()).send();
    match ask.fact(&[], call, read_protection).await {
        Observed::NotSet => {
            Observed::Unknown(Unknown::new(TerminationProtection::ACTION, Reason::Gone))
        }
        told => told,
    }
}

/// Nothing if the stack was deleted.
fn read_protection(answer: DescribeStacksOutput) -> Read<TerminationProtection> {
    let stack = answer.stacks.unwrap_or_default().into_iter().next().ok_or(Missing("Stacks"))?;
    if is_deleted(&stack) {
        return Ok(None);
    }
    let enabled = stack.enable_termination_protection;
    let enabled = enabled.ok_or(Missing("EnableTerminationProtection"))?;
    Ok(Some(TerminationProtection { enabled }))
}

async fn template(
    session: &Session,
    client: &Client,
    ask: &Ask,
    stack: &Stack,
) -> Observed<Template> {
    if stack.status == StackStatus::ReviewInProgress {
        return ask.known(Observed::NotSet);
    }
    let call = client.get_template().stack_name(stack.arn.as_str()).send();
    ask.fact(&[], call, |answer| template::read(session.detector, answer)).await
}

async fn policy(client: &Client, ask: &Ask, stack: &Stack) -> Observed<StackPolicy> {
    if stack.is_nested() || stack.status == StackStatus::ReviewInProgress {
        return ask.known(Observed::NotSet);
    }
    let call = client.get_stack_policy().stack_name(stack.arn.as_str()).send();
    ask.fact(&[], call, read_policy).await
}

fn read_policy(answer: GetStackPolicyOutput) -> Read<StackPolicy> {
    Ok(given(answer.stack_policy_body).map(StackPolicy))
}
