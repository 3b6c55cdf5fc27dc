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
#[derive(Clone, Copy)]
enum Form {
    /// One address for many customers.
    Shared(&'static Shared),
    /// A Kubernetes cluster: `system:serviceaccount:<namespace>:<name>`.
    Cluster,
    /// A provider of the account's own choice.
    Own,
}

/// A provider that signs tokens for many customers by one address.
struct Shared {
    hosts: &'static [&'static str],
    /// What the subject begins with; then comes the customer.
    start: &'static str,
    /// The sign that ends the customer's name.
    end: char,
    /// The rest of some project's subject.
    other: &'static str,
    /// Claims whose value begins with the customer.
    customers: &'static [&'static str],
    /// Claims whose value is the customer, that sign and the project.
    projects: &'static [&'static str],
    /// Claims that number the project.
    numbers: &'static [&'static str],
}

/// What nobody calls anything.
const UNNAMED: &str = "awspect-unnamed";

const SHARED: [Shared; 4] = [
    Shared {
        hosts: &["token.actions.githubusercontent.com"],
        start: "repo:",
        end: '/',
        other: "awspect-unnamed:ref:refs/heads/main",
        customers: &["repository_owner", "repository"],
        projects: &["repository"],
        numbers: &["repository_id"],
    },
    Shared {
        hosts: &["gitlab.com"],
        start: "project_path:",
        end: '/',
        other: "awspect-unnamed:ref_type:branch:ref:main",
        customers: &["namespace_path", "project_path"],
        projects: &["project_path"],
        numbers: &["project_id"],
    },
    Shared {
        hosts: &["app.terraform.io", "app.eu.terraform.io"],
        start: "organization:",
        end: ':',
        other: "project:awspect-unnamed:workspace:awspect-unnamed:run_phase:apply",
        customers: &["terraform_organization_name"],
        projects: &[],
        numbers: &[],
    },
    Shared {
        hosts: &["agent.buildkite.com"],
        start: "organization:",
        end: ':',
        other: "pipeline:awspect-unnamed:ref:refs/heads/main:commit:0:step:s",
        customers: &["organization_slug"],
        projects: &[],
        numbers: &[],
    },
];

/// Claims to try, how bad it is if they get in, and what should be there instead.
pub(super) struct Trial {
    pub(super) severity: Severity,
    pub(super) claims: Vec<(String, String)>,
    pub(super) expected: &'static str,
}

impl<'a> Claims<'a> {
    pub(super) fn of(provider: &'a str) -> Self {
        let host = Self::host(provider);
        let is_own = |own: &&Shared| own.hosts.iter().any(|it| host.eq_ignore_ascii_case(it));
        let form = match SHARED.iter().find(is_own) {
            Some(shared) => Form::Shared(shared),
            // The latter of clusters with IPv6.
            None if host.starts_with("oidc.eks.") || host.starts_with("oidc-eks.") => Form::Cluster,
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

    /// Claims that nobody meant to let in, of customers that the policy does name.
    pub(super) fn strangers(&self, policy: &Policy) -> Vec<Trial> {
        let (severity, expected) = match self.form {
            Form::Shared(_) => {
                (Severity::Medium, "a subject that names the repository, not all of the owner's")
            }
            Form::Cluster => (Severity::High, "a subject that names the service account"),
            Form::Own => {
                (Severity::High, "a condition on a claim that names who may come, as `sub`")
            }
        };
        let tokens = match self.form {
            Form::Shared(shared) => self.other_projects(shared, policy),
            Form::Cluster => self.other_accounts(policy),
            Form::Own => vec![vec![(self.key("sub"), UNNAMED.to_owned())]],
        };
        let trial = |claims| Trial { severity, claims, expected };
        tokens.into_iter().map(trial).collect()
    }

    /// The values that a policy's conditions name for a claim.
    fn values<'p>(&self, policy: &'p Policy, claim: &str) -> impl Iterator<Item = &'p str> {
        let key = self.key(claim);
        let conditions = policy.allows().flat_map(|statement| &statement.conditions);
        let own = conditions.filter(move |own| own.key.as_str().eq_ignore_ascii_case(&key));
        own.flat_map(Condition::texts)
    }

    /// Tokens of another project of each customer that the policy names.
    fn other_projects(&self, shared: &Shared, policy: &Policy) -> Vec<Vec<(String, String)>> {
        let subjects = self.values(policy, "sub").filter_map(|value| {
            let (customer, rest) = value.strip_prefix(shared.start)?.split_once(shared.end)?;
            Some((customer, rest))
        });
        let named = shared.customers.iter().flat_map(|claim| self.values(policy, claim));
        let named = named.filter_map(|value| Some((value.split(shared.end).next()?, "")));
        let mut trials: Vec<(&str, String)> = subjects
            .chain(named)
            .filter(|(customer, _)| !customer.is_empty() && !customer.contains(['*', '?', '$']))
            .map(|(customer, rest)| (customer, alike(rest, shared.other)))
            .collect();
        if trials.is_empty() {
            // The policy may name a customer by another claim, such as a number.
            trials.push((UNNAMED, shared.other.to_owned()));
        }
        trials.sort_unstable();
        trials.dedup();
        let token = |(customer, rest): (&str, String)| {
            let (start, end) = (shared.start, shared.end);
            let subject = ("sub", format!("{start}{customer}{end}{rest}"));
            let project = format!("{customer}{end}{UNNAMED}");
            let projects = shared.projects.iter().map(|claim| (*claim, project.clone()));
            let numbers = shared.numbers.iter().map(|claim| (*claim, UNNAMED.to_owned()));
            let told = |(claim, _): &(&str, String)| self.values(policy, claim).next().is_some();
            let others = projects.chain(numbers).filter(told);
            let all = std::iter::once(subject).chain(others);
            all.map(|(claim, value)| (self.key(claim), value)).collect()
        };
        trials.into_iter().map(token).collect()
    }

    /// Tokens of service accounts that the policy does not name: any, and in another namespace one of the same name.
    fn other_accounts(&self, policy: &Policy) -> Vec<Vec<(String, String)>> {
        const START: &str = "system:serviceaccount";
        let same = self.values(policy, "sub").filter_map(|value| {
            let (_, name) = value.strip_prefix(START)?.strip_prefix(':')?.split_once(':')?;
            (!name.contains('$')).then(|| filled(name))
        });
        let mut names: Vec<String> = std::iter::once(UNNAMED.to_owned()).chain(same).collect();
        names.sort_unstable();
        names.dedup();
        let subject = |name: String| format!("{START}:{UNNAMED}:{name}");
        names.into_iter().map(|name| vec![(self.key("sub"), subject(name))]).collect()
    }
}

/// The end of another project's subject that is as like to the end of a pattern as can be: it differs in the names alone.
fn alike(pattern: &str, other: &str) -> String {
    let own: Vec<&str> = pattern.split(':').collect();
    // What a wildcard ends goes on as the other does.
    let is_whole = own.last().is_some_and(|last| !last.is_empty() && !last.contains('*'));
    let mut rest = own.iter();
    let mut parts: Vec<String> = vec![];
    for part in other.split(':') {
        parts.push(match rest.next() {
            None if is_whole => break,
            Some(own) if part != UNNAMED && !["", "*"].contains(own) => filled(own),
            _ => part.to_owned(),
        });
    }
    parts.extend(rest.map(|own| filled(own)));
    parts.join(":")
}

/// Some text that a pattern matches.
fn filled(pattern: &str) -> String {
    pattern.replace('*', UNNAMED).replace('?', "x")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_projects_subject_differs_in_names_alone() {
        let github = "awspect-unnamed:ref:refs/heads/main";
        for (pattern, is) in [
            ("", github),
            ("*", github),
            ("*:*", github),
            ("infra:*", github),
            ("*:environment:prod", "awspect-unnamed:environment:prod"),
            ("*:ref:refs/tags/v?", "awspect-unnamed:ref:refs/tags/vx"),
            (
                "*:ref:refs/heads/release/*",
                "awspect-unnamed:ref:refs/heads/release/awspect-unnamed",
            ),
            ("*:pull_request", "awspect-unnamed:pull_request"),
            ("*:ref:refs/heads/main:env:x", "awspect-unnamed:ref:refs/heads/main:env:x"),
        ] {
            assert_eq!(alike(pattern, github), is, "{pattern}");
        }
        let terraform = "project:awspect-unnamed:workspace:awspect-unnamed:run_phase:apply";
        let plan = "project:awspect-unnamed:workspace:awspect-unnamed:run_phase:plan";
        assert_eq!(alike("project:*:workspace:*:run_phase:plan", terraform), plan);
        assert_eq!(alike("project:web:workspace:*:run_phase:*", terraform), terraform);
    }
}
