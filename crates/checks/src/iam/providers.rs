//! Identity providers, and the claims by which they tell their customers apart.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::iam::{OidcProvider, OidcSettings};
use awspect_policy::{Condition, Policy};

/// The claims of a provider's tokens that a trust policy can rest on.
pub(super) struct Claims<'a> {
    host: &'a str,
    form: Form,
}

/// How a provider writes the subject of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One address for many customers; the subject begins with the customer, up to the given number of these signs.
    Shared { end: char, ends: usize, other: &'static str },
    /// A Kubernetes cluster: `system:serviceaccount:<namespace>:<name>`.
    Cluster,
    /// A provider of the account's own choice.
    Own,
}

const SHARED: [(&str, Form); 4] = [
    (
        "token.actions.githubusercontent.com",
        Form::Shared { end: '/', ends: 1, other: "awspect-unnamed:ref:refs/heads/main" },
    ),
    (
        "gitlab.com",
        Form::Shared { end: '/', ends: 1, other: "awspect-unnamed:ref_type:branch:ref:main" },
    ),
    (
        "app.terraform.io",
        Form::Shared {
            end: ':',
            ends: 2,
            other: "project:awspect-unnamed:workspace:awspect-unnamed:run_phase:apply",
        },
    ),
    (
        "agent.buildkite.com",
        Form::Shared {
            end: ':',
            ends: 2,
            other: "pipeline:awspect-unnamed:ref:refs/heads/main:commit:0:step:s",
        },
    ),
];

/// A subject to try, how bad it is if it gets in, and what should be there instead.
pub(super) type Trial = (Severity, String, &'static str);

impl<'a> Claims<'a> {
    pub(super) fn of(provider: &'a str) -> Self {
        let host = Self::host(provider);
        let shared = SHARED.iter().find(|(own, _)| host.eq_ignore_ascii_case(own));
        let form = match shared {
            Some((_, form)) => *form,
            None if host.starts_with("oidc.eks.") => Form::Cluster,
            None => Form::Own,
        };
        Self { host, form }
    }

    /// The provider's address, which its condition keys begin with.
    pub(super) fn host(provider: &str) -> &str {
        provider.split_once(":oidc-provider/").map_or(provider, |(_, host)| host)
    }

    /// The condition key of a claim.
    pub(super) fn key(&self, claim: &str) -> String {
        format!("{}:{claim}", self.host)
    }

    /// Subjects that nobody meant to let in, of customers that the policy does name, the worst first.
    pub(super) fn strangers(&self, policy: &Policy) -> Vec<Trial> {
        match self.form {
            Form::Shared { end, ends, other } => heads(policy, &self.key("sub"), end, ends)
                .into_iter()
                .chain(self.owners(policy))
                .map(|head| {
                    let expected = "a subject that names the repository, not all of the owner's";
                    (Severity::Medium, format!("{head}{other}"), expected)
                })
                .collect(),
            Form::Cluster => {
                let stranger = "system:serviceaccount:awspect-unnamed:awspect-unnamed";
                let expected = "a subject that names the service account";
                vec![(Severity::High, stranger.to_owned(), expected)]
            }
            Form::Own => {
                let expected = "a condition on a claim that names who may come, as `sub`";
                vec![(Severity::High, "awspect-unnamed".to_owned(), expected)]
            }
        }
    }
}

impl Claims<'_> {
    /// The beginnings of GitHub's subjects for the owners that a policy names by a claim of their own.
    fn owners(&self, policy: &Policy) -> Vec<String> {
        let key = self.key("repository_owner");
        let conditions = policy.allows().flat_map(|statement| &statement.conditions);
        let values = conditions
            .filter(|condition| condition.key.as_str().eq_ignore_ascii_case(&key))
            .flat_map(Condition::texts);
        values
            .filter(|value| !value.contains(['*', '?', '$', '/']))
            .map(|value| format!("repo:{value}/"))
            .collect()
    }
}

/// The customers that a policy names in a claim: the beginnings of its values, up to the sign that ends the name.
fn heads(policy: &Policy, key: &str, end: char, ends: usize) -> Vec<String> {
    let conditions = policy.allows().flat_map(|statement| &statement.conditions);
    let values = conditions
        .filter(|condition| condition.key.as_str().eq_ignore_ascii_case(key))
        .flat_map(Condition::texts);
    let mut heads: Vec<String> = values
        .filter_map(|value| {
            let (at, _) = value.match_indices(end).nth(ends.checked_sub(1)?)?;
            let head = value.get(..=at)?;
            (!head.contains(['*', '?', '$'])).then(|| head.to_owned())
        })
        .collect();
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// A provider lists the audiences that its tokens may be for.
pub(super) fn audiences(provider: &OidcProvider) -> Decision {
    let github = Claims::host(provider.arn.as_str()) == "token.actions.githubusercontent.com";
    let settings = provider.settings.known()?;
    let clients = settings.map(|settings| settings.client_ids.as_slice()).unwrap_or_default();
    let strange = |client: &&String| {
        client.contains('*') || (github && client.as_str() != "sts.amazonaws.com")
    };
    let good = !clients.is_empty() && !clients.iter().any(|client| strange(&client));
    let expected = if github { "sts.amazonaws.com" } else { "the audiences that are in use" };
    Ok(Verdict::holds(
        good,
        Evidence::of::<OidcSettings>("ClientIDList", clients.to_vec(), expected),
    ))
}
