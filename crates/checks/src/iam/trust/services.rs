//! Services that can be made to act for somebody else.

use awspect_findings::{Decision, Verdict};
use awspect_inventory::iam::TrustPolicy;
use awspect_policy::{Answer, Budget, Policy, Principal};

use super::Trust;
use crate::{
    iam::evidence::request,
    policy::{only, undecided},
};

/// Services that act for whoever asks them, and say for whom (each service's guide, "cross-service confused deputy").
///
/// EC2, Lambda and ECS take a role only from callers of its own account who may pass it, and send no source.
const DEPUTIES: [&str; 26] = [
    "amplify.amazonaws.com",
    "apigateway.amazonaws.com",
    "appsync.amazonaws.com",
    "backup.amazonaws.com",
    "batchoperations.s3.amazonaws.com",
    "bedrock.amazonaws.com",
    "cloudformation.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "cognito-idp.amazonaws.com",
    "config.amazonaws.com",
    "connect.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "dms.amazonaws.com",
    "events.amazonaws.com",
    "firehose.amazonaws.com",
    "iot.amazonaws.com",
    "kinesisanalytics.amazonaws.com",
    "logs.amazonaws.com",
    "pipes.amazonaws.com",
    "s3.amazonaws.com",
    "scheduler.amazonaws.com",
    "sns.amazonaws.com",
    "states.amazonaws.com",
    "stacksets.cloudformation.amazonaws.com",
    "transfer.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
];

/// Whether a trust policy names a service that acts for others.
pub(in crate::iam) fn names_deputy(policy: &Policy) -> bool {
    policy.admitted().any(is_deputy)
}

fn is_deputy(principal: &Principal) -> bool {
    matches!(principal, Principal::Service(name) if DEPUTIES.contains(&everywhere(name).as_str()))
}

/// A service's name as it is where it has one for all regions: some have one for each, and China's may end in `.cn`.
pub(in crate::iam) fn everywhere(name: &str) -> String {
    let plain = name.strip_suffix(".cn").unwrap_or(name);
    let Some(labels) = plain.strip_suffix(".amazonaws.com") else { return name.to_owned() };
    let own: Vec<&str> = labels.split('.').filter(|label| !is_region(label)).collect();
    format!("{}.amazonaws.com", own.join("."))
}

/// `eu-west-1`, `us-gov-east-1`.
fn is_region(label: &str) -> bool {
    let parts: Vec<&str> = label.split('-').collect();
    let number = parts.last().is_some_and(|last| last.parse::<u8>().is_ok());
    number && parts.len() >= 3 && parts.first().is_some_and(|area| area.len() == 2)
}

/// A service that acts for others takes the role for the account's own resources only.
pub(in crate::iam) fn confused_deputy(trust: Trust<'_>) -> Decision {
    let part = only(trust.policy, is_deputy);
    let budget = Budget::default();
    match trust.question(&part).confused_deputy_protected(&budget) {
        Answer::Yes(_) => Ok(Verdict::Pass(vec![])),
        Answer::No(witness) => Ok(Verdict::faults(vec![request::<TrustPolicy>(
            witness.as_deref(),
            "aws:SourceAccount, aws:SourceArn or aws:SourceOrgID of your own",
        )])),
        open => Err(undecided::<TrustPolicy>(open)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_itself_in_every_region() {
        for (name, is) in [
            ("logs.amazonaws.com", "logs.amazonaws.com"),
            ("logs.eu-west-1.amazonaws.com", "logs.amazonaws.com"),
            ("states.us-gov-east-1.amazonaws.com", "states.amazonaws.com"),
            ("ec2.amazonaws.com.cn", "ec2.amazonaws.com"),
            ("logs.cn-north-1.amazonaws.com.cn", "logs.amazonaws.com"),
            ("stacksets.cloudformation.amazonaws.com", "stacksets.cloudformation.amazonaws.com"),
            ("ecs-tasks.amazonaws.com", "ecs-tasks.amazonaws.com"),
            ("edgelambda.example", "edgelambda.example"),
        ] {
            assert_eq!(everywhere(name), is);
        }
    }
}
