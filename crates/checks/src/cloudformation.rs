//! CloudFormation rules.

mod cdk;
mod concern;
mod drift;
mod notifications;
mod policy;
mod protection;
mod role;
mod secrets;
mod state;
mod stateful;

use crate::engine::{Rule, concerned, rule};

pub(crate) static RULES: [Rule; 10] = [
    rule!("cloudformation/stack-termination-protection", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, move |stack| {
            protection::enabled(scan, stack)
        })
    }),
    rule!("cloudformation/stack-drift", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, move |stack| drift::none(scan, stack))
    }),
    rule!("cloudformation/output-secret", secrets::outputs),
    rule!("cloudformation/parameter-secret", secrets::parameters),
    rule!("cloudformation/template-secret", secrets::template),
    rule!("cloudformation/stack-role", role::stacks),
    rule!("cloudformation/stack-policy", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, policy::protects)
    }),
    rule!("cloudformation/stack-notifications", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, move |stack| {
            notifications::own(scan, stack)
        })
    }),
    rule!("cloudformation/stack-failed-state", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, state::sound)
    }),
    rule!("cloudformation/cdk-bootstrap-version", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, move |stack| cdk::version(scan, stack))
    }),
];
