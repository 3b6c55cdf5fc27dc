//! Collects the analyzers of each region, and what they found of access from outside.

use aws_sdk_accessanalyzer::{
    Client,
    types::{AnalyzerSummary, Criterion, FindingSummaryV2},
};
use awspect_inventory::{
    Arn, Fact as _, Listed, Observed, Reason, Region, Unknown,
    access_analyzer::{
        AccessAnalyzer, AnalyzedRegion, Analyzer, AnalyzerStatus, Analyzers, ExternalFinding,
        ExternalFindings,
    },
};
use futures::{StreamExt as _, future::join_all, stream};

use crate::{
    Session,
    ask::Missing,
    read::{arn, said},
    regions::Regions,
};

/// How many analyzers of a region are asked for their findings at once.
const IN_FLIGHT: usize = 8;

/// The analyzers of all regions that are looked at; what one region refuses costs that region alone.
pub(crate) async fn collect(session: &Session, regions: &Regions) -> AccessAnalyzer {
    let analyzed = regions.looked_at.iter().map(async |region| AnalyzedRegion {
        arn: session.account.arn.clone(),
        region: region.clone(),
        analyzers: analyzers(session, region).await,
    });
    let mut all = Listed::complete(join_all(analyzed).await);
    if session.wants(&Analyzers::ACTION) {
        let account = &session.account;
        regions.confess(&mut all, || {
            format!("arn:{}:access-analyzer:*:{}:analyzer/*", account.partition, account.id)
        });
    }
    AccessAnalyzer { regions: all }
}

async fn analyzers(session: &Session, region: &Region) -> Observed<Analyzers> {
    let client = session.access_analyzer(region);
    let pages = client.list_analyzers().into_paginator().send();
    let listed = session
        .ask(region)
        .whole(pages, |page| Ok(page.analyzers), |summary| analyzer(region, &summary), Analyzers)
        .await;
    let Observed::Set(Analyzers(listed)) = listed else {
        return listed;
    };
    let read = stream::iter(listed)
        .map(async |mut analyzer| {
            if analyzer.kind.is_external() && analyzer.status == AnalyzerStatus::Active {
                analyzer.findings = findings(session, region, &client, &analyzer.arn).await;
            }
            analyzer
        })
        .buffered(IN_FLIGHT);
    Observed::Set(Analyzers(read.collect().await))
}

fn analyzer(region: &Region, summary: &AnalyzerSummary) -> Result<Analyzer, Missing> {
    Ok(Analyzer {
        arn: arn(Some(&summary.arn), "arn")?,
        name: said(&summary.name, "name")?.to_owned(),
        region: region.clone(),
        kind: said(summary.r#type.as_str(), "type")?.into(),
        status: said(summary.status.as_str(), "status")?.into(),
        findings: Observed::Unknown(Unknown::new(ExternalFindings::ACTION, Reason::NotAsked)),
    })
}

async fn findings(
    session: &Session,
    region: &Region,
    client: &Client,
    analyzer: &Arn,
) -> Observed<ExternalFindings> {
    let active = Criterion::builder().eq("ACTIVE").build();
    let pages = client
        .list_findings_v2()
        .analyzer_arn(analyzer.as_str())
        .filter("status", active)
        .into_paginator()
        .send();
    session.ask(region).whole(pages, |page| Ok(page.findings), finding, ExternalFindings).await
}

fn finding(summary: FindingSummaryV2) -> Result<ExternalFinding, Missing> {
    Ok(ExternalFinding {
        id: said(&summary.id, "id")?.to_owned(),
        resource: summary.resource.filter(|resource| !resource.is_empty()),
        resource_type: said(summary.resource_type.as_str(), "resourceType")?.to_owned(),
    })
}
