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

use crate::engine::{Rule, concerned, each, rule};

pub(crate) static RULES: [Rule; 10] = [
    rule!("cloudformation/stack-termination-protection", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, move |stack| {
            protection::enabled(scan, stack)
        })
    }),
    rule!("cloudformation/stack-drift", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, move |stack| drift::none(scan, stack))
    }),
    rule!("cloudformation/output-secret", |scan| {
        each(&scan.inventory.cloudformation.stacks, move |stack| secrets::outputs(scan, stack))
    }),
    rule!("cloudformation/parameter-secret", |scan| {
        each(&scan.inventory.cloudformation.stacks, move |stack| secrets::parameters(scan, stack))
    }),
    rule!("cloudformation/template-secret", |scan| {
        concerned(&scan.inventory.cloudformation.stacks, move |stack| {
            secrets::template(scan, stack)
        })
    }),
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
