//! What the rules look at: tables, their streams, and regions with tables.

use std::collections::{BTreeMap, BTreeSet};

use awspect_findings::Decision;
use awspect_inventory::{
    Arn, Fact as _, Inventory, Observed, Place, Reason, Region, Resource, Unknown,
    dynamodb::{ResourcePolicy, Table, TableSettings, TableStatus},
};

use crate::{
    Scan,
    engine::{Subject, concerned, each},
};

/// What findings are about and no listing gives.
#[derive(Debug)]
pub(crate) struct Subjects {
    streams: Vec<Stream>,
    pub(super) regions: Vec<TableRegion>,
}

impl Subjects {
    pub(crate) fn of(inventory: &Inventory) -> Self {
        let tables = &inventory.dynamodb.tables.found;
        let regions: BTreeSet<&Region> = tables.iter().map(|table| &table.region).collect();
        let account = &inventory.account.arn;
        let region = |region: &Region| TableRegion { arn: account.clone(), region: region.clone() };
        Self {
            streams: tables.iter().filter_map(Stream::of).collect(),
            regions: regions.into_iter().map(region).collect(),
        }
    }
}

/// The stream of a table, or what may be one where the table's settings are not known.
#[derive(Debug)]
struct Stream {
    arn: Arn,
    part: Option<&'static str>,
    name: String,
    region: Region,
    tags: BTreeMap<String, String>,
    policy: Observed<ResourcePolicy>,
}

impl Stream {
    fn of(table: &Table) -> Option<Self> {
        let (arn, part, policy) = match settings(table) {
            Ok(settings) => (settings.stream.clone()?, None, table.stream_policy.clone()),
            Err(unknown) => (table.arn.clone(), Some("stream"), Observed::Unknown(unknown)),
        };
        let (name, region) = (table.name.clone(), table.region.clone());
        Some(Self { arn, part, name, region, tags: table.tags(), policy })
    }
}

impl Resource for Stream {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn part(&self) -> Option<&str> {
        self.part
    }

    fn tags(&self) -> BTreeMap<String, String> {
        self.tags.clone()
    }
}

/// A region with tables; its ARN is the account's.
#[derive(Debug)]
pub(super) struct TableRegion {
    arn: Arn,
    pub(super) region: Region,
}

impl Resource for TableRegion {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        self.region.as_str()
    }

    fn place(&self) -> Place<'_> {
        Place::Region(&self.region)
    }

    fn part(&self) -> Option<&str> {
        Some(self.region.as_str())
    }
}

/// The settings of a table, which every table has.
pub(super) fn settings(table: &Table) -> Result<&TableSettings, Unknown> {
    let without = || Unknown::new(TableSettings::ACTION, Reason::Malformed);
    table.settings.known()?.ok_or_else(without)
}

/// Puts each table to a rule, but for those that are known to be on their way out.
pub(super) fn tables<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Table) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let is_going =
        |table| settings(table).is_ok_and(|settings| settings.status == TableStatus::Deleting);
    concerned(&scan.inventory.dynamodb.tables, |table| (!is_going(table)).then(|| decide(table)))
}

/// What may have a resource policy, and the policy.
#[derive(Clone, Copy)]
pub(super) struct Holder<'a> {
    pub(super) arn: &'a Arn,
    pub(super) kind: &'static str,
    pub(super) policy: &'a Observed<ResourcePolicy>,
}

/// Puts each table, and each stream, to a rule about its policy.
pub(super) fn holders<'a>(
    scan: Scan<'a>,
    decide: impl Fn(Holder<'a>) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let mut judged = each(&scan.inventory.dynamodb.tables, |table| {
        decide(Holder { arn: &table.arn, kind: "dynamodb-table", policy: &table.policy })
    });
    judged.extend(scan.dynamodb().streams.iter().map(|stream| {
        let holder = Holder { arn: &stream.arn, kind: "dynamodb-stream", policy: &stream.policy };
        (Subject::Resource(stream as _), decide(holder))
    }));
    judged
}
