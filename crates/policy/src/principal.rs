//! Principals (IAM User Guide, "AWS JSON policy elements: Principal" and "`NotPrincipal`").

use std::fmt;

use crate::names::{AccountId, Arn};

/// A principal as a policy names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Principal {
    /// `*`, or `*` under `AWS`.
    Everyone,
    /// An account: its number or its root ARN.
    Account(AccountId),
    /// A user, role, session or federated user, or a `CloudFront` origin access identity.
    Arn(String),
    /// A service.
    Service(String),
    /// An identity provider.
    Federated(String),
    /// An account by its S3 canonical user id.
    Canonical(String),
    /// What is left of a deleted user or role: `AIDA…`, `AROA…`. It matches nobody.
    Deleted(String),
}

/// Why a principal cannot be read.
pub(crate) type Unread = String;

impl Principal {
    /// Reads one value under `kind` of a principal map.
    pub(crate) fn parse(kind: &str, value: &str) -> Result<Self, Unread> {
        let unread = || format!("principal `{kind}: {value}`");
        let named = !value.contains(['*', '?']) && !value.is_empty();
        match kind {
            "AWS" => Self::parse_aws(value).ok_or_else(unread),
            "Service" if named => Ok(Self::Service(value.to_lowercase())),
            "Federated" if named => Ok(Self::Federated(value.to_owned())),
            "CanonicalUser" if named => Ok(Self::Canonical(value.to_owned())),
            _ => Err(unread()),
        }
    }

    fn parse_aws(value: &str) -> Option<Self> {
        if value == "*" {
            return Some(Self::Everyone);
        }
        if let Some(account) = AccountId::parse(value) {
            return Some(Self::Account(account));
        }
        if let Some(arn) = Arn::parse(value) {
            let named = !value.contains(['*', '?']) && matches!(arn.service, "iam" | "sts");
            return match (arn.account_id(), arn.resource) {
                (Some(account), "root") => Some(Self::Account(account)),
                _ => named.then(|| Self::Arn(value.to_owned())),
            };
        }
        let id = value.len() >= 16
            && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        (id && value.starts_with('A')).then(|| Self::Deleted(value.to_owned()))
    }

    /// The account that the principal belongs to, if its name says so.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Account(account) => Some(*account),
            Self::Arn(arn) | Self::Federated(arn) => {
                Arn::parse(arn).and_then(|arn| arn.account_id())
            }
            Self::Everyone | Self::Service(_) | Self::Canonical(_) | Self::Deleted(_) => None,
        }
    }

    /// Whether the principal, standing in a policy, includes this caller.
    pub fn includes(&self, caller: &Caller) -> bool {
        match (self, caller) {
            (Self::Everyone, _) => true,
            (Self::Account(own), Caller::Aws { account, .. }) => own == account,
            (Self::Arn(own), Caller::Aws { arn, session, .. }) => {
                own == arn || session.as_ref() == Some(own)
            }
            (Self::Service(own), Caller::Service { name }) => own == name,
            (Self::Federated(own), Caller::Federated { provider }) => own == provider,
            (Self::Canonical(own), Caller::Canonical { id }) => own == id,
            _ => false,
        }
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("*"),
            Self::Account(account) => account.fmt(f),
            Self::Arn(name)
            | Self::Service(name)
            | Self::Federated(name)
            | Self::Canonical(name)
            | Self::Deleted(name) => f.write_str(name),
        }
    }
}

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Caller {
    /// Nobody known: the request is not signed.
    Anonymous,
    /// A user, a role, a root user.
    Aws {
        /// The account whose credentials are used.
        account: AccountId,
        /// The value of `aws:PrincipalArn`: the role's ARN for a session.
        arn: String,
        /// The session's own ARN, if it is a session that a policy may name.
        session: Option<String>,
    },
    /// A service principal.
    Service {
        /// Such as `lambda.amazonaws.com`.
        name: String,
    },
    /// An identity of a provider, about to assume a role.
    Federated {
        /// The provider as the policy names it.
        provider: String,
    },
    /// An account known by its S3 canonical user id only.
    Canonical {
        /// The id.
        id: String,
    },
}

impl Caller {
    /// The account, if there is one.
    pub fn account(&self) -> Option<AccountId> {
        if let Self::Aws { account, .. } = self { Some(*account) } else { None }
    }

    /// The caller of this user, role, session, federated user or root ARN.
    pub fn from_arn(text: &str) -> Option<Self> {
        let arn = Arn::parse(text)?;
        let account = arn.account_id()?;
        if let Some(session) = arn.resource.strip_prefix("assumed-role/") {
            let role = session.split('/').next()?;
            let role = format!("arn:{}:iam::{account}:role/{role}", arn.partition);
            return Some(Self::Aws { account, arn: role, session: Some(text.to_owned()) });
        }
        Some(Self::Aws { account, arn: text.to_owned(), session: None })
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anonymous => f.write_str("anonymous"),
            Self::Aws { arn, session, .. } => f.write_str(session.as_ref().unwrap_or(arn)),
            Self::Service { name } => f.write_str(name),
            Self::Federated { provider } => f.write_str(provider),
            Self::Canonical { id } => f.write_str(id),
        }
    }
}

/// The principal element of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principals {
    /// `Principal`.
    Of(Vec<Principal>),
    /// `NotPrincipal`.
    Not(Vec<Principal>),
}

impl Principals {
    /// The principals named, whichever way.
    pub fn named(&self) -> &[Principal] {
        let (Self::Of(named) | Self::Not(named)) = self;
        named
    }

    /// Whether a statement with this element speaks of the caller.
    ///
    /// A `Deny` with `NotPrincipal` spares a user, a role or a session only if its account (and its role) are listed too.
    pub fn include(&self, caller: &Caller, allow: bool) -> bool {
        match self {
            Self::Of(named) => named.iter().any(|principal| principal.includes(caller)),
            Self::Not(named) if allow => !named.iter().any(|principal| principal.includes(caller)),
            Self::Not(named) => !Self::spared(named, caller),
        }
    }

    fn spared(named: &[Principal], caller: &Caller) -> bool {
        let Caller::Aws { account, arn, session } = caller else {
            return named.iter().any(|principal| principal.includes(caller));
        };
        let lists = |name: &str| {
            named.iter().any(|principal| matches!(principal, Principal::Arn(own) if own == name))
        };
        let root = arn.ends_with(":root");
        named.contains(&Principal::Everyone)
            || (named.contains(&Principal::Account(*account))
                && (root || lists(arn))
                && session.as_ref().is_none_or(|session| lists(session)))
    }
}
