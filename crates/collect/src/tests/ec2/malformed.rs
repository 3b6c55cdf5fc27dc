//! What a resource cannot do without.

use serde_json::json;

use super::{
    answering, ec2,
    kinds::{KINDS, Kind},
    response,
};

/// The elements of an item whose loss makes it a gap: all that its kind's shortest form has.
fn needed(kind: &Kind) -> Vec<&'static str> {
    let names = kind.item.split('<').filter_map(|tag| tag.split('>').next());
    names
        .filter(|name| !name.is_empty() && !name.starts_with('/') && !name.ends_with('/'))
        .collect()
}

#[tokio::test]
async fn an_item_that_lacks_what_it_must_have_is_a_gap_and_no_safe_thing() {
    for &kind in KINDS {
        for name in needed(&kind) {
            if ["instancesSet", "item", "instanceState", "status"].contains(&name)
                && kind.operation != "DescribeNetworkInterfaces"
            {
                continue;
            }
            let renamed = kind.item("x-1").replace(&format!("{name}>"), "other>");
            let stub = answering(move |call| {
                (call.name() == kind.operation).then(|| response(call, &kind.body(&renamed, "")))
            });
            let listed = ec2(&stub).await[kind.list].take();
            assert_eq!(listed["found"], json!([]), "{name} of {kind:?}");
            let why = &listed["gaps"][0]["unknown"];
            assert_eq!(why["reason"], "malformed", "{name} of {kind:?}");
        }
    }
}
