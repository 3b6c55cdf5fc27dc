//! Collects the REST, HTTP and WebSocket APIs of each region, and the domain names in front of them.

mod apis;
mod at;
mod authorizers;
mod backends;
mod domains;
mod methods;
mod policy;
mod read;
mod rest;
mod routes;
mod stages;
mod usage;

use awspect_inventory::{
    Fact as _, Listed,
    apigateway::{ApiGateway, ApiRegion, RestApi, UsagePlan},
};

use crate::{
    Session,
    regions::{Regions, all, together},
};
use at::At;

/// How much of one kind is read at once in a region, each with its reads one after the other.
///
/// API Gateway answers ten calls a second and region to all who manage APIs together, and of some operations fewer.
const IN_FLIGHT: usize = 2;

/// The most that a listing of REST APIs and what is around them gives in one page.
const PAGE: i32 = 500;

/// How much a listing of HTTP and WebSocket APIs gives in one page.
const PAGE_V2: &str = "100";

/// All of API Gateway in the regions that are looked at; what one region refuses costs that region alone.
pub(crate) async fn collect(session: &Session, regions: &Regions) -> ApiGateway {
    let at: Vec<At<'_>> = regions.looked_at.iter().map(|region| At::new(session, region)).collect();
    let (rest, mut apis, mut domain_names) = futures::join!(
        futures::future::join_all(at.iter().map(|at| Box::pin(of_rest(at)))),
        all(at.iter().map(|at| Box::pin(apis::collect(at)))),
        all(at.iter().map(|at| Box::pin(domains::collect(at)))),
    );
    let mut rest_apis = Listed::complete(vec![]);
    let mut usage_plans = Listed::complete(vec![]);
    let mut of_regions = Listed::complete(vec![]);
    for (apis, plans, region) in rest {
        rest_apis = together([rest_apis, apis]);
        usage_plans = together([usage_plans, plans]);
        of_regions.found.extend(region);
    }
    if session.wants(&RestApi::ACTION) {
        let pattern = |path| at::pattern(session, "*", path);
        regions.confess(&mut rest_apis, || pattern("/restapis/*"));
        regions.confess(&mut apis, || pattern("/apis/*"));
        regions.confess(&mut domain_names, || pattern("/domainnames/*"));
        regions.confess(&mut usage_plans, || pattern("/usageplans/*"));
        regions.confess(&mut of_regions, || session.account.arn.to_string());
    }
    ApiGateway { rest_apis, apis, domain_names, usage_plans, regions: of_regions }
}

/// The REST APIs of a region, and where there may be any, what holds for them all.
async fn of_rest(at: &At<'_>) -> (Listed<RestApi>, Listed<UsagePlan>, Option<ApiRegion>) {
    let apis = rest::collect(at).await;
    if apis.found.is_empty() && apis.gaps.is_empty() {
        return (apis, Listed::complete(vec![]), None);
    }
    let plans = usage::plans(at).await;
    let region = usage::region(at).await;
    (apis, plans, Some(region))
}
