//! Resources that keep data, by the table of types in the document of `cloudformation/stack-termination-protection`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use awspect_findings::Evidence;
use awspect_inventory::{
    Unknown,
    cloudformation::{Stack, Template, TemplateResource},
};
use serde_json::{Value, json};

use crate::engine::{cells, document};

static TYPES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let text = include_str!("../../../../rules/cloudformation/stack-termination-protection.md");
    let rows = document(text).rationale.lines().filter_map(cells);
    let listed = rows.flat_map(|[_, types]| types.split(", "));
    listed.filter_map(|own| own.strip_prefix('`')?.strip_suffix('`')).collect()
});

/// The resources of a stack's template that keep data, those under a condition among them.
pub(super) fn of(stack: &Stack) -> Result<Vec<&TemplateResource>, Unknown> {
    let resources = stack.template.known()?.map(|template| template.resources.as_slice());
    let all = resources.unwrap_or_default().iter();
    Ok(all.filter(|own| TYPES.contains(own.kind.as_str())).collect())
}

/// Evidence of what a stack holds.
pub(super) fn held(
    stack: &Stack,
    resources: &[&TemplateResource],
    expected: &'static str,
) -> Evidence {
    let observed = json!({ "stack": stack.name, "holds": by_type(resources) });
    Evidence::of::<Template>("TemplateBody.Resources", observed, expected)
}

/// The logical ids of resources by their type, with what becomes of each.
fn by_type(resources: &[&TemplateResource]) -> Value {
    let mut types: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for resource in resources {
        let shown = match &resource.deletion_policy {
            Some(policy) => format!("{} (DeletionPolicy {policy})", resource.id),
            None => resource.id.clone(),
        };
        types.entry(&resource.kind).or_default().push(shown);
    }
    json!(types)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_table_is_read() {
        let text = include_str!("../../../../rules/cloudformation/stack-termination-protection.md");
        let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains("`AWS::"));
        let types = rows.map(|row| row.matches("`AWS::").count()).sum::<usize>();
        assert_eq!(TYPES.len(), types);
        assert!(TYPES.iter().all(|own| own.split("::").count() == 3), "{TYPES:?}");
        assert!(TYPES.contains("AWS::DynamoDB::Table") && TYPES.contains("AWS::S3::Bucket"));
    }
}
