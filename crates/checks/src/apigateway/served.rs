//! What stages serve: methods as they were deployed. What is behind them is known as it stands now.

use awspect_inventory::{
    Fact as _, Reason, Unknown,
    apigateway::{DeployedMethod, DeployedMethods, IntegrationKind, Method, RestApi, RestStage},
};

/// Deployed methods as far as they are known, and why there may be more.
pub(super) struct Served<'a> {
    pub(super) methods: Vec<&'a DeployedMethod>,
    pub(super) unread: Option<Unknown>,
}

/// What a stage serves, its canary included.
pub(super) fn served<'a>(api: &'a RestApi, stage: &RestStage) -> Served<'a> {
    let canary = stage.canary.as_ref().and_then(|canary| canary.deployment.as_ref());
    let mut served = Served { methods: vec![], unread: None };
    for id in stage.deployment.iter().chain(canary) {
        match deployed(api, id) {
            Ok(methods) => served.methods.extend(methods),
            Err(unknown) => {
                served.unread.get_or_insert(unknown);
            }
        }
    }
    served
}

/// What any of the API's stages serves.
pub(super) fn served_anywhere(api: &RestApi) -> Served<'_> {
    let unread = api.stages.gaps.first().map(|gap| gap.unknown.clone());
    let mut all = Served { methods: vec![], unread };
    for stage in &api.stages.found {
        let own = served(api, stage);
        all.methods.extend(own.methods);
        all.unread = all.unread.or(own.unread);
    }
    all
}

fn deployed<'a>(api: &'a RestApi, id: &str) -> Result<&'a [DeployedMethod], Unknown> {
    let Some(deployment) = api.deployments.found.iter().find(|own| own.name == id) else {
        let gap = api.deployments.gaps.first().map(|gap| gap.unknown.clone());
        return Err(gap.unwrap_or(Unknown::new(DeployedMethods::ACTION, Reason::NotCollected)));
    };
    Ok(deployment.methods.known()?.map(|own| own.0.as_slice()).unwrap_or_default())
}

impl Served<'_> {
    /// Whether a method is not served by any.
    pub(super) fn lacks(&self, method: &Method) -> Result<bool, Unknown> {
        let is_it = |own: &&DeployedMethod| {
            own.path == method.path && own.http_method == method.http_method
        };
        match &self.unread {
            _ if self.methods.iter().any(is_it) => Ok(false),
            Some(unknown) => Err(unknown.clone()),
            None => Ok(true),
        }
    }
}

/// A deployed method as it stands now; nothing where the API no longer has it.
pub(super) fn edited<'a>(
    api: &'a RestApi,
    method: &DeployedMethod,
) -> Result<Option<&'a Method>, Unknown> {
    let is_it = |own: &&Method| own.path == method.path && own.http_method == method.http_method;
    match (api.methods.found.iter().find(is_it), api.methods.gaps.first()) {
        (None, Some(gap)) => Err(gap.unknown.clone()),
        (found, _) => Ok(found),
    }
}

/// Whether a deployed method only answers browsers that ask what pages may do: `OPTIONS` with nothing behind it.
pub(super) fn is_preflight(api: &RestApi, method: &DeployedMethod) -> Result<bool, Unknown> {
    if method.http_method != "OPTIONS" {
        return Ok(false);
    }
    let Some(own) = edited(api, method)? else {
        let why = format!("the API no longer has OPTIONS {}", method.path);
        return Err(Unknown::new(Method::ACTION, Reason::Undecided).because(why));
    };
    Ok(own.integration.as_ref().is_some_and(|behind| behind.kind == IntegrationKind::Mock))
}
