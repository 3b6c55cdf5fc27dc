//! What keeps those out of an API who come around a distribution.

use awspect_findings::Evidence;
use awspect_inventory::{
    Fact as _, Listed, Reason, Unknown,
    apigateway::{
        Api, ApiKeySource, Authorization, Authorizer, AuthorizerType, DeployedMethod, Deployment,
        DomainName, Method, RestApi, RestApiPolicy, RestStage,
    },
    cloudfront::{Distribution, Origin, OriginKind},
};
use awspect_policy::{Answer, Asker, Budget};
use serde_json::json;

use super::{
    super::concern::unseen,
    api::{AnyApi, Behind},
    functions,
};
use crate::{
    Scan,
    policy::{Document, undecided},
};

/// Whether something does, or nobody knows.
type Holds = Result<bool, Unknown>;

/// A way to the API: the distribution, its origin, and what is behind it.
struct Way<'a> {
    distribution: &'a Distribution,
    origin: &'a Origin,
    behind: &'a Behind<'a>,
}

/// Whether an API answers nobody but the distribution, and by what.
pub(super) fn is_closed(
    scan: Scan<'_>,
    distribution: &Distribution,
    origin: &Origin,
    behind: &Behind<'_>,
) -> Result<(bool, Evidence), Unknown> {
    let way = Way { distribution, origin, behind };
    let expected = "a web ACL of its own, a resource policy, or what only CloudFront brings";
    let shown = |field: &str, by: Option<&str>| {
        let field = format!("{field} of API {}", behind.api.id());
        let observed = json!({ "Origin": origin.id, "DomainName": origin.domain, "closed by": by });
        Evidence::of::<Api>(field, observed, expected)
    };
    let ways: Vec<(&str, &str, Holds)> = match &behind.api {
        AnyApi::Rest(api) => vec![
            ("disableExecuteApiEndpoint", "its address, which is off", way.address_is_off()),
            ("webAclArn", "the web ACL of its stage", way.web_acl(api)),
            ("policy", "its resource policy", by_policy(scan, api)),
            ("apiKeyRequired", "an API key that CloudFront brings", way.api_key(api)),
            ("identitySource", "an authorizer that asks for a header", way.rest_authorizer(api)),
            ("mutualTlsAuthentication", "mutual TLS", way.mutual_tls()),
        ],
        AnyApi::V2(api) => vec![
            ("disableExecuteApiEndpoint", "its address, which is off", way.address_is_off()),
            ("identitySource", "an authorizer that asks for a header", way.authorizer(api)),
            ("mutualTlsAuthentication", "mutual TLS", way.mutual_tls()),
        ],
    };
    let fields: Vec<&str> = ways.iter().map(|(field, ..)| *field).collect();
    let mut open = None;
    for (field, by, holds) in ways {
        match holds {
            Ok(true) => return Ok((true, shown(field, Some(by)))),
            Ok(false) => {}
            Err(unknown) => _ = open.get_or_insert(unknown),
        }
    }
    open.map_or(Ok((false, shown(&fields.join(", "), None))), Err)
}

/// The resource policy lets in no outsider, and nobody without a signature from any address: CloudFront's are everybody's.
fn by_policy(scan: Scan<'_>, api: &RestApi) -> Holds {
    let Some(RestApiPolicy(text)) = api.policy.known()? else { return Ok(false) };
    let document = Document::read::<RestApiPolicy>(scan, text, "apigateway", api.arn.as_str())?;
    let (subject, budget) = (document.subject(), Budget::default());
    let outsiders = subject.is_public(&budget);
    let anybody = subject.admits(&Asker::Anonymous, &["execute-api:*"], &budget);
    match (outsiders, anybody) {
        (Answer::Yes(_), _) | (_, Answer::Yes(_)) => Ok(false),
        (Answer::No(_), Answer::No(_)) => Ok(true),
        (Answer::No(_), open) | (open, _) => Err(undecided::<RestApiPolicy>(open)),
    }
}

impl Way<'_> {
    /// Its own address is off, and the origin asks by no other.
    fn address_is_off(&self) -> Holds {
        if self.behind.domain.is_some() { Ok(false) } else { self.behind.api.has_no_address() }
    }

    /// The domain name asks for a certificate, CloudFront has one, and there is no other address.
    fn mutual_tls(&self) -> Holds {
        let asks =
            self.behind.domain.is_some_and(|domain: &DomainName| domain.mutual_tls.is_some());
        let presents = matches!(&self.origin.kind, OriginKind::Custom(server) if server.mtls);
        if asks && presents { self.behind.api.has_no_address() } else { Ok(false) }
    }

    /// The stage that the way names, or all; and whether these are all that there may be.
    fn stages<'a>(&self, api: &'a RestApi) -> Result<Vec<&'a RestStage>, Unknown> {
        let named = self
            .behind
            .stage
            .and_then(|name| api.stages.found.iter().find(|stage| stage.name == name));
        match named {
            Some(stage) => Ok(vec![stage]),
            None => complete(&api.stages).map(|all| all.iter().collect()),
        }
    }

    /// Each of its stages has a web ACL.
    fn web_acl(&self, api: &RestApi) -> Holds {
        let stages = self.stages(api)?;
        Ok(!stages.is_empty() && stages.iter().all(|stage| stage.web_acl.is_some()))
    }

    /// Whether CloudFront brings a header, which a function may add unseen.
    fn brings(&self, header: &str) -> Holds {
        if self.origin.header_names.iter().any(|it| it.eq_ignore_ascii_case(header)) {
            return Ok(true);
        }
        match functions(self.distribution, self.origin).next() {
            None => Ok(false),
            Some(function) => Err(Unknown::new(Distribution::ACTION, Reason::Undecided)
                .because(format!("the function `{}` may add the header {header}", function.arn))),
        }
    }

    /// Every method in force but `OPTIONS` asks for an API key, and CloudFront brings one.
    fn api_key(&self, api: &RestApi) -> Holds {
        let methods = self.in_force(api)?;
        if methods.is_empty() || !methods.iter().all(|method| method.api_key_required) {
            return Ok(false);
        }
        let settings = api.settings.known()?;
        let source = settings.and_then(|settings| settings.api_key_source.as_ref());
        if source != Some(&ApiKeySource::Header) {
            return Ok(false);
        }
        self.brings("x-api-key")
    }

    /// Every method in force but `OPTIONS` asks an authorizer that looks at a header of CloudFront's.
    ///
    /// Which authorizer a deployment has is not among the facts; it is taken for the one of the method as it is edited.
    fn rest_authorizer(&self, api: &RestApi) -> Holds {
        let methods = self.in_force(api)?;
        if methods.is_empty() || !methods.iter().all(|it| it.authorization == Authorization::Custom)
        {
            return Ok(false);
        }
        let edited = |deployed: &DeployedMethod| {
            let is_it =
                |it: &&Method| it.path == deployed.path && it.http_method == deployed.http_method;
            let found = api.methods.found.iter().find(is_it);
            found.and_then(|method| method.authorizer.as_ref()).ok_or_else(|| {
                Unknown::new(Deployment::ACTION, Reason::Undecided).because(format!(
                    "which authorizer {} {} asks is not known",
                    deployed.http_method, deployed.path
                ))
            })
        };
        self.every(methods.iter().map(|method| edited(method)), &api.authorizers)
    }

    /// Every route but `OPTIONS` asks an authorizer that looks at a header of CloudFront's; of a WebSocket API `$connect`.
    fn authorizer(&self, api: &Api) -> Holds {
        let routes = complete(&api.routes)?;
        let connect = routes.iter().any(|route| route.name == "$connect");
        let counts = |name: &str| {
            if connect { name == "$connect" } else { !name.starts_with("OPTIONS ") }
        };
        let routes: Vec<_> = routes.iter().filter(|route| counts(&route.name)).collect();
        if routes.is_empty() || !routes.iter().all(|it| it.authorization == Authorization::Custom) {
            return Ok(false);
        }
        let named = routes.iter().map(|route| {
            route.authorizer.as_ref().ok_or_else(|| {
                Unknown::new(Api::ACTION, Reason::Malformed)
                    .because(format!("the route {} names no authorizer", route.name))
            })
        });
        self.every(named, &api.authorizers)
    }

    /// Whether each of these authorizers is a function that looks at a header of CloudFront's.
    fn every<'a>(
        &self,
        mut ids: impl Iterator<Item = Result<&'a String, Unknown>>,
        authorizers: &Listed<Authorizer>,
    ) -> Holds {
        ids.try_fold(true, |all, id| {
            let id = id?;
            let found = authorizers.found.iter().find(|it| it.id == *id);
            let authorizer =
                found.ok_or_else(|| unseen(authorizers, &format!("the authorizer `{id}`")))?;
            Ok(all && self.looks(authorizer)?)
        })
    }

    fn looks(&self, authorizer: &Authorizer) -> Holds {
        let is_function =
            matches!(authorizer.authorizer_type, AuthorizerType::Token | AuthorizerType::Request);
        let mut open = None;
        for source in authorizer.identity_sources.iter().filter(|_| is_function) {
            let Some((_, header)) = source.split_once("request.header.") else { continue };
            match self.brings(header) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(unknown) => open = Some(unknown),
            }
        }
        open.map_or(Ok(false), Err)
    }

    /// The methods in force on its stages, without `OPTIONS`.
    fn in_force<'a>(&self, api: &'a RestApi) -> Result<Vec<&'a DeployedMethod>, Unknown> {
        let mut methods = vec![];
        for stage in self.stages(api)? {
            let canary = stage.canary.as_ref().and_then(|canary| canary.deployment.as_ref());
            for id in stage.deployment.iter().chain(canary) {
                let found = api.deployments.found.iter().find(|it| it.name == *id);
                let deployment = found
                    .ok_or_else(|| unseen(&api.deployments, &format!("the deployment `{id}`")))?;
                let all = deployment.methods.known()?.map(|it| it.0.as_slice());
                let all = all.unwrap_or_default().iter();
                methods.extend(all.filter(|method| method.http_method != "OPTIONS"));
            }
        }
        Ok(methods)
    }
}

/// All of a listing, if it is whole.
fn complete<T>(listed: &Listed<T>) -> Result<&[T], Unknown> {
    match listed.gaps.first() {
        Some(gap) => Err(gap.unknown.clone()),
        None => Ok(&listed.found),
    }
}
