//! Code that functions take from others.

use std::{collections::BTreeMap, sync::LazyLock};

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    AccountId, Arn,
    lambda::{Function, FunctionConfiguration},
};
use serde_json::json;

use super::running::running;
use crate::{
    Scan,
    engine::{Subject, cells, document, each},
};

/// The accounts of the rule's document that publish layers for everybody.
static VENDORS: LazyLock<BTreeMap<AccountId, &str>> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/lambda/layer-foreign.md");
    let rows = document(text).rationale.lines().filter_map(cells);
    rows.filter_map(|[account, whose]| Some((account.parse().ok()?, whose))).collect()
});

/// Puts each function to the rule: its layers are of accounts that somebody knows.
pub(super) fn foreign(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    each(&scan.inventory.lambda.functions, move |function| known_layers(scan, function))
}

fn known_layers(scan: Scan<'_>, function: &Function) -> Decision {
    let running = running(function);
    let expected =
        "layers of your own, of a trusted account, or of one that publishes for everybody";
    let (mut strange, mut known) = (vec![], vec![]);
    for (version, configuration) in running.configurations {
        for layer in &configuration.layers {
            let whose = whose(scan, layer);
            let observed = json!({ "Version": version, "Layer": layer, "of": whose.unwrap_or("an account that nobody named") });
            let of_all = if whose.is_some() { &mut known } else { &mut strange };
            of_all.push(Evidence::of::<FunctionConfiguration>("Layers[].Arn", observed, expected));
        }
    }
    match running.unread {
        _ if !strange.is_empty() => Ok(Verdict::faults(strange)),
        Some(unknown) => Err(unknown),
        None => Ok(Verdict::Pass(known)),
    }
}

/// Whose layer it is, if that is somebody known.
fn whose(scan: Scan<'_>, layer: &Arn) -> Option<&'static str> {
    let account = layer.account()?;
    if scan.trusts(&account) {
        return Some("you, or an account that you trust");
    }
    let is_main = scan.inventory.account.partition.as_str() == "aws";
    VENDORS.get(&account).copied().filter(|_| is_main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("../../../../rules/lambda/layer-foreign.md").lines();
        let rows = rows
            .filter(|line| line.starts_with("| ") && line.contains(|c: char| c.is_ascii_digit()));
        assert_eq!(VENDORS.len(), rows.count());
        assert!(VENDORS.values().all(|whose| !whose.is_empty()));
    }
}
