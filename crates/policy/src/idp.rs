//! Identity providers that issue tokens for everybody, and the claims that say for whom (IAM User Guide, "Create a role for `OpenID`
//! Connect federation", and the providers' own pages).

use crate::names::Arn;

/// A provider that serves more than one customer from one address.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    pub(crate) host: &'static str,
    /// The claims that tell customers apart.
    pub(crate) claims: &'static [Claim],
}

/// A claim whose value an outsider cannot choose freely.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) name: &'static str,
    /// What an outsider's value looks like.
    pub(crate) shape: &'static str,
    /// The character that ends the customer's name; without one, the whole value names the customer.
    pub(crate) end: Option<char>,
    /// How many of them there are before and with that end.
    pub(crate) ends: usize,
}

const fn whole(name: &'static str, shape: &'static str) -> Claim {
    Claim { name, shape, end: None, ends: 0 }
}

const fn upto(name: &'static str, shape: &'static str, end: char, ends: usize) -> Claim {
    Claim { name, shape, end: Some(end), ends }
}

/// The providers.
pub(crate) const SHARED: &[Shared] = &[
    Shared {
        host: "token.actions.githubusercontent.com",
        claims: &[
            upto("sub", "repo:*/*:*", '/', 1),
            whole("repository_owner", "*"),
            whole("repository_owner_id", "*"),
            upto("repository", "*/*", '/', 1),
            whole("repository_id", "*"),
            whole("enterprise", "*"),
            whole("enterprise_id", "*"),
            whole("actor", "*"),
            whole("actor_id", "*"),
        ],
    },
    Shared {
        host: "gitlab.com",
        claims: &[
            upto("sub", "project_path:*/*:*", '/', 1),
            upto("project_path", "*/*", '/', 1),
            whole("namespace_path", "*"),
            whole("namespace_id", "*"),
            whole("project_id", "*"),
        ],
    },
    Shared {
        host: "app.terraform.io",
        claims: &[
            upto("sub", "organization:*:project:*:workspace:*:run_phase:*", ':', 2),
            whole("terraform_organization_name", "*"),
            whole("terraform_organization_id", "*"),
        ],
    },
    Shared {
        host: "app.eu.terraform.io",
        claims: &[
            upto("sub", "organization:*:project:*:workspace:*:run_phase:*", ':', 2),
            whole("terraform_organization_name", "*"),
            whole("terraform_organization_id", "*"),
        ],
    },
    Shared {
        host: "agent.buildkite.com",
        claims: &[
            upto("sub", "organization:*:pipeline:*", ':', 2),
            whole("organization_slug", "*"),
        ],
    },
    Shared {
        host: "oidc.vercel.com",
        claims: &[upto("sub", "owner:*:project:*:environment:*", ':', 2)],
    },
    Shared {
        host: "cognito-identity.amazonaws.com",
        claims: &[whole("aud", "*:*"), whole("sub", "*:*")],
    },
    Shared {
        host: "accounts.google.com",
        claims: &[
            whole("aud", "*"),
            whole("oaud", "*"),
            whole("azp", "*"),
            whole("sub", "*"),
            whole("email", "*@*"),
        ],
    },
    Shared { host: "graph.facebook.com", claims: &[whole("app_id", "*"), whole("id", "*")] },
    Shared { host: "www.amazon.com", claims: &[whole("app_id", "*"), whole("user_id", "*")] },
];

/// The providers that every account has without creating one.
pub(crate) const BUILT_IN: [&str; 4] = [
    "cognito-identity.amazonaws.com",
    "accounts.google.com",
    "graph.facebook.com",
    "www.amazon.com",
];

/// The host and path of a provider named by its ARN or by its host; nothing for SAML.
pub(crate) fn host(provider: &str) -> Option<&str> {
    match Arn::parse(provider) {
        Some(arn) => arn.resource.strip_prefix("oidc-provider/"),
        None => Some(provider),
    }
}

/// The shared provider that a principal names.
pub(crate) fn shared(provider: &str) -> Option<&'static Shared> {
    let host = host(provider)?;
    SHARED.iter().find(|shared| shared.host.eq_ignore_ascii_case(host))
}

/// The provider whose claim a condition key is.
pub(crate) fn of_key(key: &str) -> Option<&'static Shared> {
    let (host, _) = key.rsplit_once(':')?;
    SHARED.iter().find(|shared| shared.host == host)
}
