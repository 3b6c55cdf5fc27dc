//! Inventories written by hand, one or more for each rule.

use std::{
    fs,
    path::{Path, PathBuf},
};

use awspect_inventory::Inventory;

/// A path inside the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// One inventory for a rule.
#[derive(Debug)]
pub struct Fixture {
    /// The verdict that its findings must get, `fail-one-off`, where one inventory shows one; otherwise the
    /// resources in it are named so.
    pub name: Option<String>,
    /// The facts.
    pub inventory: Inventory,
}

/// The inventories of one rule: `fixtures/<id>.json`, or all in `fixtures/<id>/` for a rule about the account.
///
/// # Panics
/// If there is none, or one is no inventory.
pub fn fixtures(id: &str) -> Vec<Fixture> {
    let file = repository(&format!("fixtures/{id}.json"));
    if file.exists() {
        return vec![Fixture { name: None, inventory: read(&file) }];
    }
    let folder = repository(&format!("fixtures/{id}"));
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("no fixture for {id}: {}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder should be readable").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| Fixture {
            name: path.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
            inventory: read(path),
        })
        .collect()
}

fn read(path: &Path) -> Inventory {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Inventory::read(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
