//! A REST API with all that stands between strangers and its methods.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    apigateway::{EndpointType, RestApi, RestApiSettings},
};
use awspect_policy::Sender;

use super::{
    doors::{Doors, Target, Way},
    paths::requests,
    resource_policy::{Admits, ResourcePolicy, admitted, without},
    serving::{Served, Serving},
};
use crate::{Scan, engine::unknown_value};

/// A REST API.
pub(super) struct Guarded<'a> {
    pub(super) scan: Scan<'a>,
    pub(super) api: &'a RestApi,
    pub(super) settings: &'a RestApiSettings,
    pub(super) is_private: bool,
    pub(super) policy: Result<Option<ResourcePolicy<'a>>, Unknown>,
    pub(super) serving: Serving<'a>,
}

impl<'a> Guarded<'a> {
    pub(super) fn of(scan: Scan<'a>, api: &'a RestApi) -> Result<Self, Unknown> {
        let settings = rest_settings(api)?;
        let is_private = is_private(settings)?;
        let policy = ResourcePolicy::of(scan, api, is_private);
        Ok(Self { scan, api, settings, is_private, policy, serving: Serving::of(api) })
    }

    /// The ways to a stage, or to any.
    pub(super) fn doors(&self, stage: Option<&'a str>) -> Doors<'a> {
        let target = Target::rest(self.api, self.settings);
        Doors::of(self.scan, stage.map_or(target, |stage| target.stage(stage)))
    }

    /// Whether something keeps a sender's requests from a method, wherever it is served: the way that they come, or the policy.
    pub(super) fn keeps_out(&self, sender: Sender, served: &[Served<'a>]) -> Decision {
        let (mut good, mut open) = (vec![], None);
        for one in served {
            match self.keeps_out_of(sender, one) {
                Ok(Verdict::Pass(evidence)) => add(&mut good, evidence),
                Ok(fail) => return Ok(fail),
                Err(unknown) => _ = open.get_or_insert(unknown),
            }
        }
        open.map_or(Ok(Verdict::Pass(good)), Err)
    }

    fn keeps_out_of(&self, sender: Sender, served: &Served<'a>) -> Decision {
        let way = self.doors(Some(&served.stage.name)).way();
        if let Ok(Way::Shut(evidence)) = way {
            return Ok(Verdict::Pass(evidence));
        }
        let (expected, who) = match sender {
            Sender::Anybody => ("no such request", "stranger without credentials"),
            _ => ("no such request of a foreign account", "identity of a foreign account"),
        };
        let fault = match self.policy.as_ref().map_err(Clone::clone)? {
            None if self.is_private => {
                let expected =
                    "none, or one with conditions; without one a private API lets nobody in";
                return Ok(Verdict::Pass(vec![without(expected)]));
            }
            None => without("a policy that admits named callers or addresses"),
            Some(policy) => {
                let methods = requests(&policy.arn, served);
                match policy.admits(sender, &methods)? {
                    Admits::Nothing => {
                        let kept = policy.kept_out(sender, Some(&methods), who);
                        return Ok(Verdict::Pass(vec![kept]));
                    }
                    Admits::This(witness) => admitted(witness.as_deref(), expected),
                }
            }
        };
        Ok(match way? {
            Way::Shut(evidence) => Verdict::Pass(evidence),
            Way::Open(_) if self.is_private => Verdict::faults(vec![fault]),
            Way::Open(door) => Verdict::faults(vec![fault, door]),
        })
    }
}

/// The settings of a REST API, which every one has.
pub(super) fn rest_settings(api: &RestApi) -> Result<&RestApiSettings, Unknown> {
    let without = || Unknown::new(RestApiSettings::ACTION, Reason::Malformed);
    api.settings.known()?.ok_or_else(without)
}

/// Whether an API is reached through VPC endpoints alone.
pub(super) fn is_private(settings: &RestApiSettings) -> Result<bool, Unknown> {
    let types = &settings.endpoint_types;
    let other = types.iter().find_map(|own| match own {
        EndpointType::Other(other) => Some(other),
        _ => None,
    });
    match other {
        Some(other) => Err(unknown_value::<RestApiSettings>(other)),
        None if types.is_empty() => {
            Err(Unknown::new(RestApiSettings::ACTION, Reason::Malformed)
                .because("no endpoint type"))
        }
        None => Ok(types.contains(&EndpointType::Private)),
    }
}

/// Adds what is not there yet.
pub(super) fn add(kept: &mut Vec<Evidence>, evidence: Vec<Evidence>) {
    for own in evidence {
        if !kept.contains(&own) {
            kept.push(own);
        }
    }
}
