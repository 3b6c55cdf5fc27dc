//! One question in, one answer out, all of it text: what a command line needs.

use std::fmt;
use std::str::FromStr;

use crate::bpa::{BpaScope, s3_bpa_public};
use crate::budget::Budget;
use crate::cell::Facts;
use crate::evaluate::Policies;
use crate::identity::Identity;
use crate::instant::Instant;
use crate::names::AccountId;
use crate::node::Node;
use crate::parse::PolicyError;
use crate::policy::Policy;
use crate::reading::{AskError, read_policies, read_request};
pub use crate::reply::Reply;
use crate::request::Request;
use crate::subject::{PolicyKind, Subject};

/// The questions of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// Is this request allowed?
    Allows,
    /// Can an outsider do something?
    IsPublic,
    /// Can an outsider create, overwrite or delete objects?
    PublicWrite,
    /// How far is it exposed?
    Exposure,
    /// Is it public as S3 Block Public Access means it?
    S3BpaPublic,
    /// Is every request without TLS denied?
    EnforcesTls,
    /// Does it grant every action on every resource?
    GrantsFullAdmin,
    /// Does it hold a known way to more privileges?
    PrivilegeEscalation,
    /// Is `iam:CreateUser` denied to everyone without MFA?
    DeniesWithoutMfa,
    /// Do the services named act for the owner only?
    ConfusedDeputyProtected,
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Allows,
        Self::IsPublic,
        Self::PublicWrite,
        Self::Exposure,
        Self::S3BpaPublic,
        Self::EnforcesTls,
        Self::GrantsFullAdmin,
        Self::PrivilegeEscalation,
        Self::DeniesWithoutMfa,
        Self::ConfusedDeputyProtected,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allows => "allows",
            Self::IsPublic => "is_public",
            Self::PublicWrite => "public_write",
            Self::Exposure => "exposure",
            Self::S3BpaPublic => "s3_bpa_public",
            Self::EnforcesTls => "enforces_tls",
            Self::GrantsFullAdmin => "grants_full_admin",
            Self::PrivilegeEscalation => "privilege_escalation",
            Self::DeniesWithoutMfa => "denies_without_mfa",
            Self::ConfusedDeputyProtected => "confused_deputy_protected",
        }
    }

    /// Whether the question is about an identity's policies, a resource's, or either.
    fn suits(self, kind: PolicyKind) -> bool {
        match self {
            Self::Allows => true,
            Self::GrantsFullAdmin | Self::PrivilegeEscalation | Self::DeniesWithoutMfa => {
                kind == PolicyKind::Identity
            }
            _ => kind != PolicyKind::Identity,
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Question {
    type Err = AskError;

    fn from_str(text: &str) -> Result<Self, AskError> {
        let named = |question: &Self| question.name() == text.replace('-', "_");
        Self::ALL.into_iter().find(named).ok_or_else(|| AskError::Question(text.to_owned()))
    }
}

impl FromStr for PolicyKind {
    type Err = AskError;

    fn from_str(text: &str) -> Result<Self, AskError> {
        match text {
            "resource" => Ok(Self::Resource),
            "identity" => Ok(Self::Identity),
            "trust" => Ok(Self::Trust),
            _ => Err(AskError::Kind(text.to_owned())),
        }
    }
}

/// A question with all that belongs to it. Documents are JSON texts, percent-encoded or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The question.
    pub question: Question,
    /// What kind of policy it is.
    pub kind: PolicyKind,
    /// The type of the resource, such as `s3-bucket`; identity policies need none.
    pub resource_type: String,
    /// The policy.
    pub policy: String,
    /// The account that owns it.
    pub account: Option<String>,
    /// The owner's organization.
    pub org: Option<String>,
    /// An object with `action`, `resource`, `context`, and optionally `principal`, `boundary`, `session_policy`, `scps`, `rcps`.
    pub request: Option<String>,
    /// The permissions boundary.
    pub boundary: Option<String>,
    /// The session policy.
    pub session: Option<String>,
    /// Service control policies, one for each level.
    pub scps: Vec<String>,
    /// The instant to think of, ISO 8601; the release of this crate if there is none.
    pub now: Option<String>,
}

impl Ask {
    /// A question about a policy with nothing else known.
    pub fn new(question: Question, kind: PolicyKind, resource_type: &str, policy: &str) -> Self {
        Self {
            question,
            kind,
            resource_type: resource_type.to_owned(),
            policy: policy.to_owned(),
            account: None,
            org: None,
            request: None,
            boundary: None,
            session: None,
            scps: Vec::new(),
            now: None,
        }
    }

    /// Answers it within the default budget.
    pub fn answer(&self) -> Result<Reply, AskError> {
        let node = |text: &Option<String>| text.as_ref().map(|text| Node::Text(text.clone()));
        let params = match &self.request {
            Some(text) => serde_json::from_str(text).map_err(PolicyError::Json)?,
            None => Node::Map(Vec::new()),
        };
        Asked {
            question: self.question,
            kind: self.kind,
            resource_type: &self.resource_type,
            policy: Node::Text(self.policy.clone()),
            params,
            account: self.account.as_deref(),
            org: self.org.as_deref(),
            now: self.now.as_deref(),
            boundary: node(&self.boundary),
            session: node(&self.session),
            scps: Node::List(self.scps.iter().cloned().map(Node::Text).collect()),
        }
        .answer()
    }
}

/// A question whose documents are JSON already.
pub(crate) struct Asked<'t> {
    pub(crate) question: Question,
    pub(crate) kind: PolicyKind,
    pub(crate) resource_type: &'t str,
    pub(crate) policy: Node,
    pub(crate) params: Node,
    pub(crate) account: Option<&'t str>,
    pub(crate) org: Option<&'t str>,
    pub(crate) now: Option<&'t str>,
    pub(crate) boundary: Option<Node>,
    pub(crate) session: Option<Node>,
    pub(crate) scps: Node,
}

impl Asked<'_> {
    pub(crate) fn answer(&self) -> Result<Reply, AskError> {
        if !self.question.suits(self.kind) {
            return Err(AskError::Unsuited(self.question));
        }
        let facts = self.facts()?;
        let budget = Budget::default();
        let policies = read_policies(&self.policy)?;
        let limit = |given: Option<&Node>, names: &[&str]| {
            let node = given.or_else(|| names.iter().find_map(|name| self.params.get(name)));
            node.map(read_policies).transpose()
        };
        let boundary = limit(
            self.boundary.as_ref(),
            &["boundary", "permissions_boundary", "permission_boundary"],
        )?;
        let session =
            limit(self.session.as_ref(), &["session_policy", "session", "session_policies"])?;
        let levels = |given: &Node, names: &[&str]| -> Result<Vec<Vec<Policy>>, AskError> {
            let given =
                std::iter::once(given).chain(names.iter().filter_map(|name| self.params.get(name)));
            given.flat_map(Node::items).map(read_policies).collect()
        };
        let scps = levels(&self.scps, &["scps", "scp"])?;
        let rcps = levels(&Node::List(Vec::new()), &["rcps", "rcp"])?;
        let identity = Identity {
            policies: policies.iter().collect(),
            boundary: boundary.as_ref().and_then(|boundary| boundary.first()),
            session: session.as_ref().map(|session| session.iter().collect()),
            scps: scps.iter().map(|level| level.iter().collect()).collect(),
            rcps: rcps.iter().map(|level| level.iter().collect()).collect(),
            arn: None,
            carries: Vec::new(),
            facts: &facts,
        };
        let policy = policies.first().ok_or(AskError::NoPolicy)?;
        let arn = self.params.text("resource_arn");
        let subject = Subject {
            policy,
            trust: self.kind == PolicyKind::Trust,
            resource_type: self.resource_type,
            arn,
            facts: &facts,
        };
        Ok(match self.question {
            Question::Allows => self.decide(&identity, &facts)?,
            Question::IsPublic => {
                Reply::of(subject.is_public(&budget)).blocked(|| subject.blockers(None, &budget))
            }
            Question::PublicWrite => {
                let only = Some(crate::resource_types::WRITE_ACTIONS);
                Reply::of(subject.public_write(&budget)).blocked(|| subject.blockers(only, &budget))
            }
            Question::Exposure => Reply::exposed(subject.exposure(&budget)),
            Question::S3BpaPublic => {
                let vpc = self.params.get("vpc_configuration").is_some()
                    || self
                        .params
                        .text("network_origin")
                        .is_some_and(|origin| origin.eq_ignore_ascii_case("vpc"));
                let scope = match self.resource_type {
                    "s3-access-point" if vpc => BpaScope::VpcAccessPoint,
                    "s3-access-point" => BpaScope::AccessPoint,
                    _ => BpaScope::Bucket,
                };
                Reply::bpa(s3_bpa_public(policy, scope))
            }
            Question::EnforcesTls => Reply::of(subject.enforces_tls(&budget)).resting_on(policy),
            Question::ConfusedDeputyProtected => {
                Reply::of(subject.confused_deputy_protected(&budget))
            }
            Question::GrantsFullAdmin => Reply::of(identity.grants_full_admin(&budget)),
            Question::PrivilegeEscalation => Reply::of(identity.privilege_escalation(&budget)),
            Question::DeniesWithoutMfa => {
                Reply::of(identity.denies_without_mfa(&budget)).resting_on(policy)
            }
        })
    }

    fn facts(&self) -> Result<Facts, AskError> {
        let account = self
            .account
            .or_else(|| self.params.text("account"))
            .or_else(|| self.params.text("account_id"));
        let owner = match account {
            Some(text) => {
                AccountId::parse(text).ok_or_else(|| AskError::Account(text.to_owned()))?
            }
            None => AccountId::EXAMPLE,
        };
        let org =
            self.org.or_else(|| self.params.text("org")).or_else(|| self.params.text("org_id"));
        let now = match self.now.or_else(|| self.params.text("now")) {
            Some(text) => Instant::parse(text).ok_or_else(|| AskError::Instant(text.to_owned()))?,
            None => Facts::RELEASE,
        };
        Ok(Facts { owner, org: org.map(str::to_owned), now, ..Facts::default() })
    }

    fn decide(&self, identity: &Identity<'_>, facts: &Facts) -> Result<Reply, AskError> {
        let request: Request = read_request(&self.params, facts)?;
        let decision = if self.kind == PolicyKind::Identity {
            identity.decide(&request)
        } else {
            let resource = identity.policies.first().map(|policy| (*policy, facts.owner));
            let resource_must_allow = true;
            Policies { resource, resource_must_allow, ..Policies::default() }.decide(&request)
        };
        Ok(Reply::decided(&decision, request))
    }
}
