//! The ways to an API: its default endpoint, and the custom domains that are mapped to it.

use awspect_findings::Evidence;
use awspect_inventory::{
    Fact as _, Reason, Region, Unknown,
    apigateway::{Api, ApiSettings, DomainName, Mappings, RestApi, RestApiSettings, RoutingMode},
};
use serde_json::{Value, json};

use crate::Scan;

/// Where requests want to go.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    /// The API, by its id.
    pub(super) api: &'a str,
    pub(super) region: &'a Region,
    /// One stage, or any.
    pub(super) stage: Option<&'a str>,
    /// Whether the default endpoint answers.
    pub(super) default: bool,
    /// The field that says so.
    field: &'static str,
}

impl<'a> Target<'a> {
    pub(super) fn rest(api: &'a RestApi, settings: &RestApiSettings) -> Self {
        let default = !settings.disable_execute_api_endpoint;
        let field = "disableExecuteApiEndpoint";
        Self { api: &api.id, region: &api.region, stage: None, default, field }
    }

    pub(super) fn api(api: &'a Api, settings: &ApiSettings) -> Self {
        let default = !settings.disable_execute_api_endpoint;
        let field = "DisableExecuteApiEndpoint";
        Self { api: &api.id, region: &api.region, stage: None, default, field }
    }

    /// One of its stages.
    pub(super) fn stage(self, stage: &'a str) -> Self {
        Self { stage: Some(stage), ..self }
    }

    /// Whether the default endpoint answers, as evidence.
    pub(super) fn default_endpoint(&self, expected: &'static str) -> Evidence {
        Evidence::of::<RestApiSettings>(self.field, !self.default, expected)
    }
}

/// The ways to a target.
pub(super) struct Doors<'a> {
    pub(super) target: Target<'a>,
    /// The domains that are known to lead there.
    pub(super) domains: Vec<Door<'a>>,
    /// Those that may, for nobody knows where they lead; without a domain, those that nobody could list.
    others: Vec<(Option<&'a DomainName>, Unknown)>,
}

/// A domain that leads to a target.
#[derive(Clone, Copy)]
pub(super) struct Door<'a> {
    pub(super) domain: &'a DomainName,
    /// The stage; nothing where the path names it.
    pub(super) stage: Option<&'a str>,
    /// Below which path; nothing for all.
    pub(super) path: Option<&'a str>,
}

/// Whether strangers come to a target without being asked for a certificate.
pub(super) enum Way {
    /// They do, as this shows.
    Open(Evidence),
    /// They do not.
    Shut(Vec<Evidence>),
}

const EXPECTED: &str =
    "every custom domain with mutualTlsAuthentication, and the default endpoint disabled";

impl<'a> Doors<'a> {
    pub(super) fn of(scan: Scan<'a>, target: Target<'a>) -> Self {
        let all = &scan.inventory.apigateway.domain_names;
        let gaps = all.gaps.iter().filter(|gap| gap.covers(target.region));
        let others = gaps.map(|gap| (None, gap.unknown.clone())).collect();
        let mut doors = Self { target, domains: vec![], others };
        for domain in all.found.iter().filter(|domain| domain.region == *target.region) {
            let found = doors.domains.len();
            let rules = by_rules(domain);
            match domain.mappings.known() {
                Ok(_) if domain.routing_mode == Some(RoutingMode::RoutingRuleOnly) => {}
                Ok(mappings) => doors.domains.extend(leading(domain, mappings, target)),
                Err(unknown) => doors.others.push((Some(domain), unknown)),
            }
            if let (Some(unknown), true) = (rules, doors.domains.len() == found) {
                doors.others.push((Some(domain), unknown));
            }
        }
        doors
    }

    /// Whether there is a way at all.
    pub(super) fn exist(&self) -> Result<bool, Unknown> {
        match self.others.first() {
            _ if self.target.default || !self.domains.is_empty() => Ok(true),
            Some((_, unknown)) => Err(unknown.clone()),
            None => Ok(false),
        }
    }

    /// Whether one of the ways asks for no certificate.
    pub(super) fn way(&self) -> Result<Way, Unknown> {
        if self.target.default {
            return Ok(Way::Open(self.target.default_endpoint(EXPECTED)));
        }
        let bare = self.domains.iter().find(|door| door.domain.mutual_tls.is_none());
        if let Some(door) = bare {
            return Ok(Way::Open(certificate(door.domain, EXPECTED)));
        }
        let bare = |(domain, _): &&(Option<&DomainName>, Unknown)| {
            domain.is_none_or(|domain| domain.mutual_tls.is_none())
        };
        if let Some((_, unknown)) = self.others.iter().find(bare) {
            return Err(unknown.clone());
        }
        let mut evidence = vec![self.target.default_endpoint(EXPECTED)];
        evidence.extend(self.domains.iter().map(|door| certificate(door.domain, EXPECTED)));
        if self.domains.is_empty() {
            let expected =
                "any; nobody comes where no domain leads and the default endpoint is disabled";
            evidence.push(Evidence::of::<Mappings>(
                "domainNames mapped to it",
                json!([]),
                expected,
            ));
        }
        Ok(Way::Shut(evidence))
    }

    /// The domains that may lead there for all that is known.
    pub(super) fn perhaps(&self) -> impl Iterator<Item = (Option<&'a DomainName>, &Unknown)> {
        self.others.iter().map(|(domain, unknown)| (*domain, unknown))
    }

    /// The names of the domains.
    pub(super) fn names(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> =
            self.domains.iter().map(|door| door.domain.name.as_str()).collect();
        names.dedup();
        names
    }
}

/// What a domain says about callers' certificates.
pub(super) fn certificate(domain: &DomainName, expected: &'static str) -> Evidence {
    let truststore =
        domain.mutual_tls.as_ref().map(|own| json!({ "truststoreUri": own.truststore }));
    let field = format!("mutualTlsAuthentication of {}", domain.name);
    Evidence::of::<DomainName>(field, truststore.unwrap_or(Value::Null), expected)
}

fn leading<'a>(
    domain: &'a DomainName,
    mappings: Option<&'a Mappings>,
    target: Target<'a>,
) -> impl Iterator<Item = Door<'a>> {
    let all = mappings.into_iter().flat_map(|Mappings(all)| all);
    let leads = move |stage: Option<&str>| {
        stage.is_none() || target.stage.is_none() || stage == target.stage
    };
    all.filter(move |own| own.api == target.api && leads(own.stage.as_deref()))
        .map(move |own| Door { domain, stage: own.stage.as_deref(), path: own.path.as_deref() })
}

/// Why nobody knows where a domain leads beside its mappings.
fn by_rules(domain: &DomainName) -> Option<Unknown> {
    let unread =
        |what: String| Some(Unknown::new(DomainName::ACTION, Reason::Undecided).because(what));
    match &domain.routing_mode {
        None | Some(RoutingMode::BasePathMappingOnly | RoutingMode::ApiMappingOnly) => None,
        Some(RoutingMode::Other(other)) => unread(format!(
            "this version does not know the routing mode `{other}` of {}",
            domain.name
        )),
        Some(_) => unread(format!("the routing rules of {} are not read", domain.name)),
    }
}
