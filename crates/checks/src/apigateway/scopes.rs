//! Methods that take tokens of Amazon Cognito: of which pools, and for which scopes.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    AccountId, Arn, Fact as _, Reason, Region, Unknown,
    apigateway::{Authorization, Authorizer, Method, RestApi},
    cognito::{UserPool, UserPoolClient},
};
use serde_json::json;

use super::serving::Serving;
use crate::{
    Scan,
    engine::{Judged, Subject, gaps},
    unread,
};

/// The scope of every token that a sign-in by the API gives.
const EVERYBODYS: &str = "aws.cognito.signin.user.admin";

/// A method takes only access tokens with a scope of its own, and of pools that are there and the user's own.
pub(super) fn asked(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let apis = &scan.inventory.apigateway.rest_apis;
    let mut judged = vec![];
    for api in &apis.found {
        let serving = Serving::of(api);
        let takes_tokens =
            |method: &&Method| method.authorization == Authorization::CognitoUserPools;
        judged.extend(api.methods.found.iter().filter(takes_tokens).filter_map(|method| {
            let decision = of_method(scan, api, &serving, method).transpose()?;
            Some((Subject::Resource(method as _), decision))
        }));
        judged.extend(gaps(&api.methods));
    }
    judged.extend(gaps(apis));
    judged
}

fn of_method(scan: Scan<'_>, api: &RestApi, serving: &Serving<'_>, method: &Method) -> Judged {
    if serving.of_method(&method.path, &method.http_method).is_empty() {
        return serving.unread.clone().map_or(Ok(None), Err);
    }
    let authorizer = authorizer(api, method);
    let pools = authorizer.as_ref().map(|own| own.user_pools.as_slice()).unwrap_or_default();
    let (mut evidence, mut severity, mut open) = (vec![], Severity::Low, None);
    let mut fault = |fault: Evidence, own: Severity| {
        severity = severity.max(own);
        evidence.push(fault);
    };
    if method.scopes.is_empty() {
        let one_client = !pools.is_empty() && pools.iter().all(|pool| has_one_client(scan, pool));
        let own = if one_client { Severity::Low } else { Severity::Medium };
        fault(scopes(method), own);
        if one_client {
            let expected = "any; with one app client there is no other app whose tokens would do";
            fault(
                Evidence::of::<UserPoolClient>(
                    "UserPoolClients",
                    json!("one in each pool"),
                    expected,
                ),
                own,
            );
        }
    }
    for pool in pools {
        let field = "providerARNs";
        match pool.account() {
            Some(account) if !scan.trusts(&account) => {
                let expected = "pools of your own accounts";
                fault(Evidence::of::<Authorizer>(field, pool.as_str(), expected), Severity::Medium);
            }
            Some(account) => match is_dead(scan, pool, &account) {
                Ok(true) => {
                    let expected = "a pool that exists";
                    let shown =
                        Evidence::of::<UserPool>("UserPools", json!({ "missing": pool }), expected);
                    fault(shown, Severity::Low);
                }
                Ok(false) => {}
                Err(unknown) => _ = open.get_or_insert(unknown),
            },
            None => {}
        }
    }
    if !evidence.is_empty() {
        return Ok(Some(Verdict::faults(evidence).severity(severity)));
    }
    let authorizer = authorizer?;
    if let Some(unknown) = open {
        return Err(unknown);
    }
    let pools = Evidence::of::<Authorizer>(
        "providerARNs",
        json!(authorizer.user_pools),
        "pools of your own accounts",
    );
    Ok(Some(Verdict::Pass(vec![scopes(method), pools])))
}

fn scopes(method: &Method) -> Evidence {
    let expected = if method.scopes.iter().all(|scope| scope == EVERYBODYS) {
        "a scope that not every token has"
    } else {
        "at least one scope"
    };
    Evidence::of::<Method>("authorizationScopes", json!(method.scopes), expected)
}

fn authorizer<'a>(api: &'a RestApi, method: &Method) -> Result<&'a Authorizer, Unknown> {
    let is_it = |own: &&Authorizer| Some(&own.id) == method.authorizer.as_ref();
    let gap = api.authorizers.gaps.first().map(|gap| gap.unknown.clone());
    let missing = || {
        Unknown::new(Authorizer::ACTION, Reason::Gone)
            .because("the method's authorizer was not among those that were read")
    };
    api.authorizers.found.iter().find(is_it).ok_or_else(|| gap.unwrap_or_else(missing))
}

fn found<'a>(scan: Scan<'a>, pool: &Arn) -> Option<&'a UserPool> {
    scan.inventory.cognito.user_pools.found.iter().find(|own| own.arn == *pool)
}

/// Whether a pool is known to have no other app client.
fn has_one_client(scan: Scan<'_>, pool: &Arn) -> bool {
    found(scan, pool)
        .is_some_and(|pool| pool.clients.gaps.is_empty() && pool.clients.found.len() <= 1)
}

/// Whether a pool of the account does not exist, in a region that the scan looks at.
fn is_dead(scan: Scan<'_>, pool: &Arn, account: &AccountId) -> Result<bool, Unknown> {
    let Ok(region) = pool.region().parse::<Region>() else { return Ok(false) };
    let is_looked_at = *account == scan.inventory.account.id
        && scan.inventory.regions.contains(&region)
        && found(scan, pool).is_none();
    let gap = unread::gap(&scan.inventory.cognito.user_pools, &region);
    match gap.filter(|_| is_looked_at) {
        Some(unknown) => Err(unknown.clone()),
        None => Ok(is_looked_at),
    }
}
