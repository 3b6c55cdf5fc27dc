//! What runs with which role: whoever controls the thing has the role's rights.

use std::collections::BTreeMap;

use awspect_inventory::{Gap, Unknown};
use awspect_policy::{Answer, Budget, Escalation, Identity};

use super::{node::Node, undecided};
use crate::{Scan, policy};

/// Functions and instances, as far as they could be listed.
pub(super) struct Things<'a> {
    functions: Kind<'a>,
    instances: Kind<'a>,
}

/// Things of one kind.
struct Kind<'a> {
    /// The things that run with a role, by the role.
    by_role: BTreeMap<&'a str, Vec<&'a str>>,
    /// Why there may be more.
    unseen: Option<&'a Unknown>,
}

impl<'a> Things<'a> {
    pub(super) fn new(scan: Scan<'a>) -> Self {
        let roles = &scan.inventory.iam.roles.found;
        let profiles: BTreeMap<&str, &str> = roles
            .iter()
            .flat_map(|role| {
                role.instance_profiles.iter().map(|own| (own.as_str(), role.arn.as_str()))
            })
            .collect();
        let functions = &scan.inventory.lambda.functions;
        let instances = &scan.inventory.ec2.instances;
        let runs = functions.found.iter().map(|own| (own.role.as_str(), own.arn.as_str()));
        let wears = instances.found.iter().filter_map(|own| {
            let profile = own.profile.as_ref()?.as_str();
            Some((*profiles.get(profile)?, own.arn.as_str()))
        });
        Self {
            functions: Kind::new(runs, &functions.gaps),
            instances: Kind::new(wears, &instances.gaps),
        }
    }

    /// Whether the way, which controls things, controls one that runs with the role.
    pub(super) fn controlled(
        &self,
        identity: &Identity<'_>,
        way: &Escalation,
        role: &Node<'_>,
    ) -> Result<bool, Unknown> {
        let kind = match way.path {
            "lambda-update-code" | "lambda-update-configuration" => &self.functions,
            "ec2-user-data" | "ec2-instance-connect" | "ssm-session" | "ssm-command" => {
                &self.instances
            }
            // Things of other kinds are not known: all of them is one of them, too.
            _ if way.depends_on.is_empty() => return Ok(true),
            _ => {
                let things: Vec<_> = way.depends_on.iter().map(String::as_str).collect();
                return Err(undecided(format!("which role {} runs with", things.join(", "))));
            }
        };
        let mut open = None;
        for thing in kind.by_role.get(role.arn).into_iter().flatten() {
            match controls(identity, way, thing) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(unknown) => open = open.or(Some(unknown)),
            }
        }
        open.or(kind.unseen.cloned()).map_or(Ok(false), Err)
    }
}

/// Whether all that the way asks of a thing may be asked of this one.
fn controls(identity: &Identity<'_>, way: &Escalation, thing: &str) -> Result<bool, Unknown> {
    // What only lists is asked of no thing in particular.
    let actions = way.steps.iter().map(|step| step.request.action.as_str());
    for action in actions.filter(|action| !action.contains(":Describe")) {
        match identity.can(action, thing, &[], &Budget::default()) {
            Answer::Yes(_) => {}
            Answer::No(_) => return Ok(false),
            open => return Err(policy::undecided::<super::PolicyDocument>(open)),
        }
    }
    Ok(true)
}

impl<'a> Kind<'a> {
    fn new(pairs: impl Iterator<Item = (&'a str, &'a str)>, gaps: &'a [Gap]) -> Self {
        let mut by_role: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (role, thing) in pairs {
            by_role.entry(role).or_default().push(thing);
        }
        Self { by_role, unseen: gaps.first().map(|gap| &gap.unknown) }
    }
}
