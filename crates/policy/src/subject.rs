//! A policy together with the thing that it is attached to.

use std::collections::BTreeSet;

use crate::cell::{Cell, Facts, Who};
use crate::clause::Words;
use crate::glob::Glob;
use crate::idp;
use crate::mentions::Mentions;
use crate::policy::{Policy, Scope};
use crate::principal::Principal;
use crate::resource_types::{BUCKET_ACTIONS, HINTS, OBJECT_ACTIONS, SIGNED_ONLY, service};
use crate::universe::Universe;

/// What kind of policy a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// Attached to a resource: it names principals.
    Resource,
    /// Attached to a user, group or role.
    Identity,
    /// A role's trust policy.
    Trust,
}

/// A resource or trust policy, and where it hangs.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The document.
    pub policy: &'a Policy,
    /// Whether it is a role's trust policy.
    pub trust: bool,
    /// The type of the resource, such as `s3-bucket`.
    pub resource_type: &'a str,
    /// The resource's ARN, if known. Otherwise it is read off the policy.
    pub arn: Option<&'a str>,
    /// What is known beside it.
    pub facts: &'a Facts,
}

impl Subject<'_> {
    /// The requests that reach the resource from such a caller: nothing if there are none.
    pub(crate) fn universes(&self, who: &Who, only: Option<&[&str]>) -> Vec<Universe> {
        if self.trust {
            let action = match who {
                Who::Federated { provider } if idp::host(provider).is_none() => {
                    "sts:AssumeRoleWithSAML"
                }
                Who::Federated { .. } => "sts:AssumeRoleWithWebIdentity",
                _ => "sts:AssumeRole",
            };
            return vec![Universe {
                actions: vec![Words::of([action.to_lowercase().as_str()])],
                action_hints: vec![action.to_owned()],
                resource_hints: vec![
                    self.facts.localized(&format!("arn:aws:iam::{}:role/x", self.facts.owner)),
                ],
                resources: Vec::new(),
            }];
        }
        let service = service(self.resource_type);
        let anonymous = *who == Who::Anonymous;
        if anonymous && service.is_some_and(|service| SIGNED_ONLY.contains(&service)) {
            return Vec::new();
        }
        let mut actions = match service {
            Some(service) => vec![Words::of([format!("{service}:?*").as_str()])],
            None => vec![Words::of(["?*:?*"])],
        };
        if anonymous && service == Some("lambda") {
            actions = vec![Words::of(["lambda:invokefunctionurl"])];
        }
        if let Some(only) = only {
            actions.push(Words::of(
                only.iter()
                    .map(|action| action.to_lowercase())
                    .collect::<Vec<_>>()
                    .iter()
                    .map(String::as_str),
            ));
        }
        let hints = only.unwrap_or(HINTS);
        let own =
            |hint: &&&str| service.is_none_or(|service| hint.split(':').next() == Some(service));
        let action_hints: Vec<String> =
            hints.iter().filter(own).map(|hint| (*hint).to_owned()).collect();
        let universe =
            |also: Option<Words>, resources: Vec<Words>, resource_hints: Vec<String>| Universe {
                actions: actions.iter().cloned().chain(also).collect(),
                resources,
                action_hints: action_hints.clone(),
                resource_hints,
            };
        if self.resource_type != "s3-bucket" {
            let (resources, hints) = self.resources(service);
            return vec![universe(None, resources, hints)];
        }
        let split = |bucket: String| {
            let objects = vec![format!("{bucket}/x"), format!("{bucket}/*")];
            let inside = Words { globs: vec![bucket_objects(&bucket)], negated: false };
            let itself = Words { globs: vec![Glob::literal(&bucket)], negated: false };
            [
                universe(Some(Words::but(BUCKET_ACTIONS.iter().copied())), vec![inside], objects),
                universe(
                    Some(Words::but(OBJECT_ACTIONS.iter().copied())),
                    vec![itself],
                    vec![bucket],
                ),
            ]
        };
        self.buckets().into_iter().flat_map(split).collect()
    }

    /// The ARNs of the buckets that the policy can be about.
    fn buckets(&self) -> Vec<String> {
        if let Some(arn) = self.arn {
            return vec![arn.to_owned()];
        }
        let mut fixed = BTreeSet::new();
        let mut guessed = None;
        for template in self
            .policy
            .statements
            .iter()
            .filter_map(|s| s.resources.as_ref())
            .flat_map(Scope::values)
        {
            let text = template.text();
            let Some((head, rest)) = text.split_once(":s3:::") else { continue };
            let name = rest.split('/').next().unwrap_or_default();
            let head = if head.contains(['*', '?']) { "arn:aws" } else { head };
            if name.contains(['*', '?', '$']) {
                let example = Glob::wild(name).example();
                guessed = guessed
                    .or_else(|| (!name.contains('$')).then(|| format!("{head}:s3:::{example}")));
            } else {
                fixed.insert(format!("{head}:s3:::{name}"));
            }
        }
        if fixed.is_empty() {
            return vec![guessed.unwrap_or_else(|| "arn:aws:s3:::example-bucket".to_owned())];
        }
        fixed.into_iter().take(8).collect()
    }

    /// The resources of another service: those that the policy names, or whichever.
    pub(crate) fn resources(&self, service: Option<&str>) -> (Vec<Words>, Vec<String>) {
        let all = self
            .policy
            .statements
            .iter()
            .filter_map(|s| s.resources.as_ref())
            .flat_map(Scope::values);
        let (fixed, patterns): (Vec<_>, Vec<_>) =
            all.partition(|template| template.as_fixed().is_some());
        let mut named: Vec<String> =
            fixed.iter().filter_map(|template| template.as_fixed()).collect();
        named.extend(self.arn.map(str::to_owned));
        let examples = patterns.iter().map(|template| template.widened().example());
        let hints = named.iter().cloned().chain(examples).collect();
        // Where a resource has parts with ARNs of their own, the policy may speak of those.
        let whole = matches!(
            service,
            Some("sqs" | "sns" | "kms" | "secretsmanager" | "ecr" | "efs" | "events")
        );
        if !whole || named.is_empty() {
            return (Vec::new(), hints);
        }
        (
            vec![Words {
                globs: named.iter().map(|name| Glob::literal(name)).collect(),
                negated: false,
            }],
            hints,
        )
    }

    /// Everybody who has nothing of what the policy names (the specification's outsider).
    pub(crate) fn outsiders(&self, mentions: &Mentions) -> Vec<Cell> {
        let mut cells = vec![Cell::stranger(Who::Anonymous)];
        let accounts = mentions.strangers(self.facts.owner);
        let aws =
            |account: &_| Who::Aws { account: *account, kind: crate::cell::Kind::Role, arn: None };
        cells.extend(accounts.iter().map(aws).map(Cell::stranger));
        let service = other_service(mentions);
        cells.extend(
            accounts
                .iter()
                .map(|account| Who::Service { name: service.clone(), source: Some(*account) })
                .map(Cell::stranger),
        );
        if self.trust {
            // Nobody assumes a role without credentials.
            cells.retain(|cell| cell.who != Who::Anonymous);
            cells.extend(
                providers(mentions)
                    .filter(|provider| idp::shared(provider).is_some())
                    .map(|provider| Cell::stranger(Who::Federated { provider })),
            );
        }
        cells
    }

    /// The cells of a list with the universes that each can reach.
    pub(crate) fn questions(
        &self,
        cells: Vec<Cell>,
        only: Option<&[&str]>,
    ) -> Vec<(Cell, Vec<Universe>)> {
        cells.into_iter().map(|cell| (cell.clone(), self.universes(&cell.who, only))).collect()
    }
}

/// Identity providers that a policy names, those whose claims it compares, and those that every account has.
pub(crate) fn providers(mentions: &Mentions) -> impl Iterator<Item = String> {
    let mut all: Vec<String> = mentions
        .principals
        .iter()
        .filter_map(|principal| {
            if let Principal::Federated(provider) = principal {
                Some(provider.clone())
            } else {
                None
            }
        })
        .collect();
    let compared =
        mentions.keys.keys().filter_map(|key| idp::of_key(key.as_str())).map(|shared| shared.host);
    for host in compared.chain(idp::BUILT_IN) {
        if !all.iter().any(|own| idp::host(own) == Some(host)) {
            all.push(host.to_owned());
        }
    }
    all.into_iter()
}

/// A service that no policy names.
pub(crate) fn other_service(mentions: &Mentions) -> String {
    let named = |name: &str| {
        let named_principal = mentions.principals.contains(&Principal::Service(name.to_owned()));
        named_principal
            || mentions.keys.iter().any(|(key, values)| {
                key.as_str().starts_with("aws:principalservicename")
                    && values.iter().any(|value| value.text() == name)
            })
    };
    let candidates =
        ["events", "cloudtrail", "config", "sns", "s3", "scheduler", "iot", "ses", "example"];
    let services = candidates.map(|name| format!("{name}.amazonaws.com"));
    services.into_iter().find(|name| !named(name)).unwrap_or_else(|| "x.amazonaws.com".to_owned())
}

/// Everything in a bucket.
fn bucket_objects(bucket: &str) -> Glob {
    let prefix = Glob::literal(bucket);
    Glob::new(prefix.tokens().iter().copied().chain(Glob::wild("/*").tokens().iter().copied()))
}
