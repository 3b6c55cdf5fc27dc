//! Cells: kinds of requests alike in everything that hangs together (who asks, by which way, with which sign-in), so that the keys
//! left within one cell are independent of each other.

use std::collections::BTreeMap;

use crate::domain::Domain;
use crate::idp;
use crate::instant::Instant;
use crate::mentions::Mentions;
use crate::names::{AccountId, Key};
use crate::principal::Caller;

/// What is known beside the policies.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The partition of that account, which its ARNs carry.
    pub partition: String,
    /// The account that owns the policy.
    pub owner: AccountId,
    /// Its organization, if known.
    pub org: Option<String>,
    /// The instant from which on requests are thought of.
    pub now: Instant,
}

impl Facts {
    /// An instant that has passed by the time this is read; for callers that know no better.
    pub const RELEASE: Instant = Instant(1_793_000_000_000);

    /// An ARN of the partition `aws` as the owner's own partition has it.
    pub(crate) fn localized(&self, arn: &str) -> String {
        match arn.strip_prefix("arn:aws:") {
            Some(rest) => format!("arn:{}:{rest}", self.partition),
            None => arn.to_owned(),
        }
    }

    /// The organization, or a stand-in that no policy names.
    pub(crate) fn own_org(&self) -> &str {
        self.org.as_deref().unwrap_or("o-resourceowner")
    }
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            partition: "aws".to_owned(),
            owner: AccountId::EXAMPLE,
            org: None,
            now: Self::RELEASE,
        }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Anonymous,
    Aws {
        account: AccountId,
        kind: Kind,
        /// One principal, or any of the account.
        arn: Option<String>,
    },
    /// A service, on behalf of an account's resource.
    Service {
        name: String,
        source: Option<AccountId>,
    },
    Federated {
        provider: String,
    },
    Canonical {
        id: String,
    },
}

/// Which kind of AWS principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Role,
    User,
    Root,
    FederatedUser,
}

/// In which organization the caller's account is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// Whichever.
    Any,
    /// In none.
    No,
    /// In one that no policy names.
    Stranger,
    /// In this one.
    Of(String),
}

/// Which way the request comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    /// Over the Internet: it has an address.
    Internet,
    /// Through a VPC endpoint: it has an endpoint, and no public address.
    Endpoint,
}

/// How the caller signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mfa {
    /// Long-term keys: the key is absent.
    Absent,
    /// Temporary credentials without MFA.
    False,
    /// Temporary credentials with MFA; the age is known.
    True,
}

/// A kind of requests.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) who: Who,
    /// Whether the caller has nothing of what the policies name.
    pub(crate) stranger: bool,
    /// Whether the strangeness is asked of the account that a service acts for, not of who owns a bucket's name.
    pub(crate) deputy: bool,
    pub(crate) member: Member,
    /// Nothing where the question leaves it open; then it is the Internet, unless the policies tell the ways apart.
    pub(crate) path: Option<Path>,
    pub(crate) mfa: Mfa,
    /// What the question itself says about keys.
    pub(crate) held: BTreeMap<Key, Domain>,
}

impl Cell {
    pub(crate) fn new(who: Who) -> Self {
        let (stranger, deputy, held) = (false, false, BTreeMap::new());
        Self { who, stranger, deputy, member: Member::Any, path: None, mfa: Mfa::Absent, held }
    }

    pub(crate) fn stranger(who: Who) -> Self {
        Self { stranger: true, member: Member::No, ..Self::new(who) }
    }

    /// The same cell with a key held.
    pub(crate) fn with(&self, key: &str, domain: Domain) -> Self {
        let mut cell = self.clone();
        cell.held.insert(Key::new(key), domain);
        cell
    }

    /// The caller, for the principal element; `arn` is what the search found for `aws:PrincipalArn`.
    pub(crate) fn caller(&self, found: Option<&str>) -> Caller {
        match &self.who {
            Who::Anonymous => Caller::Anonymous,
            Who::Aws { account, kind, arn } => {
                let arn =
                    arn.as_deref().or(found).map_or_else(|| kind.example(*account), str::to_owned);
                if arn.contains(":assumed-role/")
                    && let Some(caller) = Caller::from_arn(&arn)
                {
                    return caller;
                }
                Caller::Aws { account: *account, arn, session: None }
            }
            Who::Service { name, .. } => Caller::Service { name: name.clone() },
            Who::Federated { provider } => Caller::Federated { provider: provider.clone() },
            Who::Canonical { id } => Caller::Canonical { id: id.clone() },
        }
    }

    /// The finer cells that keys of these policies tell apart.
    pub(crate) fn split(self, mentions: &Mentions) -> Vec<Self> {
        let mut cells = vec![self];
        if mentions.has_any(&[
            "aws:sourceip",
            "aws:vpcsourceip",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourcevpcarn",
        ]) || mentions.has_any(&["aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths"])
        {
            let open = |cell: &Cell| cell.path.is_none();
            vary_if(&mut cells, &[Path::Internet, Path::Endpoint], open, |cell, path| {
                cell.path = Some(*path);
            });
        }
        if mentions.has_any(&["aws:multifactorauthpresent", "aws:multifactorauthage"]) {
            vary_if(
                &mut cells,
                &[Mfa::Absent, Mfa::False, Mfa::True],
                Cell::is_aws,
                |cell, mfa| cell.mfa = *mfa,
            );
        }
        if mentions.has_any(&["aws:principalorgid", "aws:principalorgpaths"])
            || mentions.has_any(&["aws:sourceorgid", "aws:sourceorgpaths"])
        {
            let free = |cell: &Cell| cell.stranger && matches!(cell.member, Member::No);
            vary_if(&mut cells, &[Member::No, Member::Stranger], free, |cell, member| {
                cell.member = member.clone();
            });
        }
        let kinds = [
            "aws:principalarn",
            "aws:userid",
            "aws:username",
            "aws:principaltype",
            "aws:tokenissuetime",
        ];
        if mentions.has_any(&kinds) {
            let all = [Kind::Role, Kind::User, Kind::Root, Kind::FederatedUser];
            vary_if(&mut cells, &all, Cell::is_generic, |cell, own| {
                if let Who::Aws { kind, .. } = &mut cell.who {
                    *kind = *own;
                }
            });
        }
        // A user signs in for the console with temporary credentials; a role never has long-term keys.
        cells.retain(|cell| {
            !(matches!(cell.who, Who::Aws { kind: Kind::Role | Kind::FederatedUser, .. })
                && cell.mfa == Mfa::Absent
                && mentions.has_any(&kinds)
                && mentions.has_any(&["aws:multifactorauthpresent", "aws:multifactorauthage"]))
        });
        cells
    }

    fn is_aws(&self) -> bool {
        matches!(self.who, Who::Aws { .. })
    }

    fn is_generic(&self) -> bool {
        matches!(self.who, Who::Aws { arn: None, .. })
    }

    /// Whether the cell is an identity of a provider that many share.
    pub(crate) fn shared_idp(&self) -> Option<&'static idp::Shared> {
        if let Who::Federated { provider } = &self.who { idp::shared(provider) } else { None }
    }
}

fn vary_if<T>(
    cells: &mut Vec<Cell>,
    values: &[T],
    when: impl Fn(&Cell) -> bool,
    set: impl Fn(&mut Cell, &T),
) {
    let split = |cell: Cell| {
        if !when(&cell) {
            return vec![cell];
        }
        let with = |value| {
            let mut cell = cell.clone();
            set(&mut cell, value);
            cell
        };
        values.iter().map(with).collect()
    };
    *cells = std::mem::take(cells).into_iter().flat_map(split).collect();
}

impl Kind {
    pub(crate) fn example(self, account: AccountId) -> String {
        match self {
            Self::Role => format!("arn:aws:iam::{account}:role/x"),
            Self::User => format!("arn:aws:iam::{account}:user/x"),
            Self::Root => format!("arn:aws:iam::{account}:root"),
            Self::FederatedUser => format!("arn:aws:sts::{account}:federated-user/x"),
        }
    }

    pub(crate) fn pattern(self, account: AccountId) -> String {
        match self {
            Self::Root => self.example(account),
            _ => format!("{}*", self.example(account).trim_end_matches('x')),
        }
    }
}
