//! What the stages of a REST API serve: methods as they were deployed. What is behind them is known as it stands now.

use awspect_findings::Evidence;
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    apigateway::{
        Authorization, DeployedMethod, DeployedMethods, IntegrationKind, Method, RestApi, RestStage,
    },
};
use serde_json::json;

/// The methods that stages serve, as far as they are known, and why there may be more.
pub(super) struct Serving<'a> {
    pub(super) served: Vec<Served<'a>>,
    pub(super) unread: Option<Unknown>,
}

/// A method as a stage, or its canary, serves it.
#[derive(Clone, Copy)]
pub(super) struct Served<'a> {
    pub(super) stage: &'a RestStage,
    /// Whether only the requests get it that the canary takes.
    is_canary: bool,
    pub(super) method: &'a DeployedMethod,
    /// All that was deployed with it.
    pub(super) beside: &'a [DeployedMethod],
}

impl<'a> Serving<'a> {
    /// What all stages serve.
    pub(super) fn of(api: &'a RestApi) -> Self {
        let unread = api.stages.gaps.first().map(|gap| gap.unknown.clone());
        let mut serving = Self { served: vec![], unread };
        for stage in &api.stages.found {
            serving.take(api, stage);
        }
        serving
    }

    /// What one stage serves.
    pub(super) fn of_stage(api: &'a RestApi, stage: &'a RestStage) -> Self {
        let mut serving = Self { served: vec![], unread: None };
        serving.take(api, stage);
        serving
    }

    fn take(&mut self, api: &'a RestApi, stage: &'a RestStage) {
        let canary = stage.canary.as_ref().and_then(|canary| canary.deployment.as_ref());
        let canary = canary.filter(|id| Some(*id) != stage.deployment.as_ref());
        let ids = stage.deployment.iter().map(|id| (id, false));
        for (id, is_canary) in ids.chain(canary.map(|id| (id, true))) {
            match deployed(api, id) {
                Ok(beside) => self.served.extend(beside.iter().map(|method| Served {
                    stage,
                    is_canary,
                    method,
                    beside,
                })),
                Err(unknown) => _ = self.unread.get_or_insert(unknown),
            }
        }
    }

    /// The methods, each as often as it is served.
    pub(super) fn methods(&self) -> impl Iterator<Item = &'a DeployedMethod> {
        self.served.iter().map(|served| served.method)
    }

    /// Whether a method is not served by any.
    pub(super) fn lacks(&self, method: &Method) -> Result<bool, Unknown> {
        match &self.unread {
            _ if self.methods().any(|own| is_of(own, method)) => Ok(false),
            Some(unknown) => Err(unknown.clone()),
            None => Ok(true),
        }
    }

    /// One method, wherever it is served.
    pub(super) fn of_method(&self, path: &str, http_method: &str) -> Vec<Served<'a>> {
        let is_it = |served: &&Served<'_>| {
            served.method.path == path && served.method.http_method == http_method
        };
        self.served.iter().filter(is_it).copied().collect()
    }
}

fn deployed<'a>(api: &'a RestApi, id: &str) -> Result<&'a [DeployedMethod], Unknown> {
    let Some(deployment) = api.deployments.found.iter().find(|own| own.name == id) else {
        let gone = || {
            let why = format!("deployment {id} was not among those that were read");
            Unknown::new(DeployedMethods::ACTION, Reason::Gone).because(why)
        };
        let gap = api.deployments.gaps.first();
        return Err(gap.map_or_else(gone, |gap| gap.unknown.clone()));
    };
    let without = || Unknown::new(DeployedMethods::ACTION, Reason::Malformed);
    let DeployedMethods(methods) = deployment.methods.known()?.ok_or_else(without)?;
    Ok(methods)
}

/// A deployed method as it stands now; nothing where the API no longer has it.
pub(super) fn edited<'a>(
    api: &'a RestApi,
    method: &DeployedMethod,
) -> Result<Option<&'a Method>, Unknown> {
    match (api.methods.found.iter().find(|own| is_of(method, own)), api.methods.gaps.first()) {
        (None, Some(gap)) => Err(gap.unknown.clone()),
        (found, _) => Ok(found),
    }
}

fn is_of(deployed: &DeployedMethod, method: &Method) -> bool {
    deployed.path == method.path && deployed.http_method == method.http_method
}

/// Whether API Gateway answers by itself. What is behind a method that the API no longer has was something.
pub(super) fn is_mock(api: &RestApi, method: &DeployedMethod) -> Result<bool, Unknown> {
    Ok(edited(api, method)?.is_some_and(answers_itself))
}

/// Whether a deployed method only answers browsers that ask what pages may do: `OPTIONS` with nothing behind it.
pub(super) fn is_preflight(api: &RestApi, method: &DeployedMethod) -> Result<bool, Unknown> {
    if method.http_method != "OPTIONS" {
        return Ok(false);
    }
    edited(api, method)?.map(answers_itself).ok_or_else(|| {
        let why = format!("the API no longer has OPTIONS {}", method.path);
        Unknown::new(Method::ACTION, Reason::Undecided).because(why)
    })
}

/// Whether nothing is behind a method as the API has it now.
pub(super) fn answers_itself(method: &Method) -> bool {
    method.integration.as_ref().is_some_and(|behind| behind.kind == IntegrationKind::Mock)
}

/// How a method asks who calls, stages that do it alike together.
pub(super) fn shown(served: &[Served<'_>], expected: &'static str) -> Vec<Evidence> {
    let mut alike: Vec<(&DeployedMethod, Vec<String>)> = vec![];
    for one in served {
        let name = &one.stage.name;
        let stage = if one.is_canary { format!("{name} (canary)") } else { name.clone() };
        match alike.iter_mut().find(|(method, _)| *method == one.method) {
            Some((_, stages)) => stages.push(stage),
            None => alike.push((one.method, vec![stage])),
        }
    }
    let evidence = alike.into_iter().map(|(method, stages)| {
        let field = format!("apiSummary[{}][{}]", method.path, method.http_method);
        let observed = json!({
            "authorizationType": method.authorization.as_str(),
            "apiKeyRequired": method.api_key_required,
            "stages": stages,
        });
        Evidence::of::<DeployedMethods>(field, observed, expected)
    });
    evidence.collect()
}

/// Whether nobody is asked for credentials.
pub(super) fn is_none(method: &DeployedMethod) -> bool {
    method.authorization == Authorization::None
}
