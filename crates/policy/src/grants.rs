//! What is granted, put so that a person can read it: to whom outside of a zone of trust, and which actions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::actions::{AccessLevel, Action};
use crate::answer::{Answer, Witness};
use crate::budget::Budget;
use crate::cell::{Cell, Facts, Member, Who};
use crate::clause::Words;
use crate::glob::Glob;
use crate::identity::Identity;
use crate::names::AccountId;
use crate::policy::{Policy, Scope, Statement, StatementRef};
use crate::principal::{Principal, Principals};
use crate::prover::Prover;
use crate::subject::Subject;
use crate::universe::Universe;

/// Whose principals are no strangers, beside the owner's.
#[derive(Clone, Debug, Default)]
pub struct Zone {
    /// Accounts that are trusted.
    pub accounts: BTreeSet<AccountId>,
    /// An organization that is trusted.
    pub org: Option<String>,
}

/// Somebody outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outsider {
    /// Anybody.
    Anyone,
    /// Any principal of an account.
    Account(AccountId),
    /// Any principal of an organization.
    Organization(String),
    /// One principal.
    Principal(String),
    /// A service on behalf of an account.
    Service(String, Option<AccountId>),
    /// Identities of a provider.
    Federated(String),
    /// An account by its canonical user id.
    Canonical(String),
}

impl fmt::Display for Outsider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("anyone"),
            Self::Account(account) => write!(f, "account {account}"),
            Self::Organization(org) => write!(f, "organization {org}"),
            Self::Principal(name)
            | Self::Federated(name)
            | Self::Canonical(name)
            | Self::Service(name, None) => f.write_str(name),
            Self::Service(name, Some(account)) => write!(f, "{name} for account {account}"),
        }
    }
}

/// What somebody outside can do.
#[derive(Clone, Debug, PartialEq)]
pub struct OutsideGrant {
    /// Who.
    pub who: Outsider,
    /// The patterns of actions, as the policy writes them, of which something is left after the denies.
    pub actions: BTreeSet<String>,
    /// The statements that grant them.
    pub statements: BTreeSet<StatementRef>,
    /// One request that gets through.
    pub witness: Witness,
}

/// All that is known to be granted outside of a zone, and what could not be decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutsideGrants {
    /// What is granted, to whom.
    pub grants: Vec<OutsideGrant>,
    /// What could not be decided.
    pub open: BTreeSet<String>,
}

impl<'a> Subject<'a> {
    /// Which principals outside of the zone can do which actions.
    pub fn outside_grants(&self, zone: &Zone, budget: &'a Budget) -> OutsideGrants {
        let prover = Prover::new(vec![vec![self.policy]], self.facts, budget);
        let strangers =
            self.outsiders(&prover.mentions).into_iter().map(|cell| (Outsider::Anyone, cell));
        let named =
            self.named_outside(&prover.mentions).into_iter().map(|cell| (outsider(&cell), cell));
        let trusted = |who: &Outsider| match who {
            Outsider::Account(account) | Outsider::Service(_, Some(account)) => {
                zone.accounts.contains(account)
            }
            Outsider::Principal(arn) => crate::names::Arn::parse(arn)
                .and_then(|arn| arn.account_id())
                .is_some_and(|own| zone.accounts.contains(&own)),
            Outsider::Organization(org) => zone.org.as_ref() == Some(org),
            _ => false,
        };
        let mut by_who: BTreeMap<Outsider, OutsideGrant> = BTreeMap::new();
        let mut open = BTreeSet::new();
        for (who, cell) in strangers.chain(named).filter(|(who, _)| !trusted(who)) {
            // Whatever anyone can do, a named principal can do as well; it is said once.
            let known: BTreeSet<String> = by_who
                .get(&Outsider::Anyone)
                .map(|grant| grant.actions.clone())
                .unwrap_or_default();
            for (text, words) in self.action_patterns() {
                if known.contains(&text) && who != Outsider::Anyone {
                    continue;
                }
                for mut universe in self.universes(&cell.who, None) {
                    universe.actions.push(words.clone());
                    match prover.find_any([(cell.clone(), &universe)]) {
                        Ok(None) => {}
                        Ok(Some(found)) => {
                            let witness = Witness::from(found);
                            let grant = by_who.entry(who.clone()).or_insert_with(|| OutsideGrant {
                                who: who.clone(),
                                actions: BTreeSet::new(),
                                statements: BTreeSet::new(),
                                witness: witness.clone(),
                            });
                            grant.actions.insert(text.clone());
                            grant.statements.extend(witness.statements);
                        }
                        Err(why) => {
                            open.insert(why.to_string());
                        }
                    }
                }
            }
        }
        OutsideGrants { grants: by_who.into_values().collect(), open }
    }

    /// The patterns that the allows name, `all but …` for `NotAction`.
    fn action_patterns(&self) -> BTreeMap<String, Words> {
        let mut patterns = BTreeMap::new();
        for statement in self.policy.allows() {
            match &statement.actions {
                Scope::In(actions) => patterns.extend(actions.iter().map(|action| {
                    (
                        action.text().to_owned(),
                        Words { globs: vec![action.glob().clone()], negated: false },
                    )
                })),
                Scope::NotIn(actions) => {
                    let texts: Vec<&str> =
                        actions.iter().map(crate::policy::ActionPattern::text).collect();
                    let globs = actions.iter().map(|action| action.glob().clone()).collect();
                    patterns.insert(
                        format!("all but {}", texts.join(", ")),
                        Words { globs, negated: true },
                    );
                }
            }
        }
        patterns
    }
}

fn outsider(cell: &Cell) -> Outsider {
    match (&cell.who, &cell.member) {
        (Who::Aws { arn: Some(arn), .. }, _) => Outsider::Principal(arn.clone()),
        (Who::Aws { .. }, Member::Of(org)) => Outsider::Organization(org.clone()),
        (Who::Aws { account, .. }, _) => Outsider::Account(*account),
        (Who::Service { name, source }, _) => Outsider::Service(name.clone(), *source),
        (Who::Federated { provider }, _) => Outsider::Federated(provider.clone()),
        (Who::Canonical { id }, _) => Outsider::Canonical(id.clone()),
        (Who::Anonymous, _) => Outsider::Anyone,
    }
}

impl Policy {
    /// Statements that grant a service's whole set of actions, or all but some, to others than AWS services and the root of the owner's
    /// account, which is how a policy leaves the decision to the account's own policies.
    pub fn wildcard_grants(&self, service: &str, owner: Option<AccountId>) -> Vec<StatementRef> {
        let whole = Glob::wild(&format!("{service}:*")).any_case();
        let wide = |statement: &&Statement| match &statement.actions {
            Scope::In(actions) => {
                actions.iter().any(|action| action.glob().any_case().covers(&whole))
            }
            Scope::NotIn(_) => true,
        };
        let narrow = |principal: &Principal| match principal {
            Principal::Account(account) => Some(*account) == owner,
            Principal::Service(_) | Principal::Deleted(_) => true,
            _ => false,
        };
        let open = |statement: &&Statement| match &statement.principals {
            Some(Principals::Of(named)) => !named.iter().all(narrow),
            Some(Principals::Not(_)) => true,
            None => false,
        };
        self.allows().filter(wide).filter(open).map(Statement::reference).collect()
    }

    /// Principals that were deleted and have left their ids behind, with the statements that still name them.
    pub fn dead_principals(&self) -> Vec<(String, StatementRef)> {
        let dead = |statement: &Statement| {
            let reference = statement.reference();
            let named = statement.principals.as_ref().map_or(&[][..], Principals::named);
            let ids = named.iter().filter_map(|principal| match principal {
                Principal::Deleted(id) => Some((id.clone(), reference.clone())),
                _ => None,
            });
            ids.collect::<Vec<_>>()
        };
        self.statements.iter().flat_map(dead).collect()
    }
}

impl Identity<'_> {
    /// The actions of the table that the identity may take on some resource under some condition, and those left open.
    pub fn granted_actions(&self, budget: &Budget) -> (Vec<Action>, Vec<Action>) {
        let layers = self.layers();
        let prover = Prover::new(layers.clone(), self.facts, budget);
        let mut granted = Vec::new();
        let mut open = Vec::new();
        for (name, action) in Action::all() {
            let speaks = |statement: &&Statement| {
                let listed =
                    statement.actions.values().iter().any(|pattern| pattern.glob().matches(name));
                listed != statement.actions.is_negated()
            };
            let plain = |statement: &Statement| {
                statement.conditions.is_empty()
                    && statement.unsupported.is_empty()
                    && matches!(&statement.resources, Some(Scope::In(all)) if all.iter().any(|one| one.text() == "*"))
            };
            let allowed = |layer: &Vec<&Policy>| {
                layer.iter().any(|policy| policy.allows().any(|own| speaks(&own)))
            };
            if !layers.iter().all(allowed) {
                continue;
            }
            let plainly = |layer: &Vec<&Policy>| {
                layer.iter().any(|policy| policy.allows().filter(speaks).any(plain))
            };
            let denied =
                layers.iter().flatten().any(|policy| policy.denies().any(|deny| speaks(&deny)));
            if !denied && layers.iter().all(plainly) {
                granted.push(action);
                continue;
            }
            let universe = Universe { actions: vec![Words::of([name])], ..Universe::default() };
            match prover.find_any([(self.cell(&prover.mentions), &universe)]) {
                Ok(None) => {}
                Ok(Some(_)) => granted.push(action),
                Err(_) => open.push(action),
            }
        }
        (granted, open)
    }

    /// The access levels that the identity has in each service.
    pub fn granted_levels(&self, budget: &Budget) -> BTreeMap<&'static str, BTreeSet<AccessLevel>> {
        let mut levels: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for action in self.granted_actions(budget).0 {
            levels.entry(action.service).or_default().insert(action.level);
        }
        levels
    }
}

/// A statement that allows all of a service on all of its resources.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeService {
    /// The service's prefix, or `*` for all services.
    pub service: &'static str,
    /// One request that the denies leave of it.
    pub witness: Witness,
}

impl Identity<'_> {
    /// Services of which some statement allows everything on every resource, without a condition.
    ///
    /// A deny counts where it leaves nothing; one that spares most of the service does not make the statement narrow. Why services
    /// could not be decided comes second.
    pub fn whole_services(&self, budget: &Budget) -> (Vec<WholeService>, BTreeSet<String>) {
        let layers = self.layers();
        let prover = Prover::new(layers.clone(), self.facts, budget);
        let mut whole = Vec::new();
        let mut open = BTreeSet::new();
        let every = std::iter::once("*").chain(Action::services());
        for service in every {
            if matches!(whole.first(), Some(WholeService { service: "*", .. })) {
                break;
            }
            let held = |layer: &Vec<&Policy>| {
                layer
                    .iter()
                    .any(|policy| policy.allows().any(|own| is_whole(own, service, self.facts)))
            };
            if !layers.iter().all(held) {
                continue;
            }
            let universe = Universe {
                actions: vec![Words::of([format!("{service}:?*").trim_start_matches("*:")])],
                action_hints: Action::of_service(service)
                    .take(1)
                    .map(|own| own.to_string())
                    .collect(),
                ..Universe::default()
            };
            match prover.find_any([(self.cell(&prover.mentions), &universe)]) {
                Ok(None) => {}
                Ok(Some(found)) => whole.push(WholeService { service, witness: found.into() }),
                Err(why) => {
                    open.insert(why.to_string());
                }
            }
        }
        (whole, open)
    }
}

/// Services whose ARNs have no region.
const GLOBAL: [&str; 6] =
    ["cloudfront", "globalaccelerator", "iam", "organizations", "route53", "s3"];

/// Services whose ARNs have no account either: a name is enough.
const NAMED_ALONE: [&str; 2] = ["route53", "s3"];

fn is_whole(statement: &Statement, service: &str, facts: &Facts) -> bool {
    let actions =
        if service == "*" { Glob::wild("*") } else { Glob::wild(&format!("{service}:*")) };
    // All there are, all of the account's, and both as services without regions or accounts in their ARNs write them.
    let regions = if GLOBAL.contains(&service) { "" } else { "*" };
    let Facts { partition, owner, .. } = facts;
    let account = owner.to_string();
    let owners: &[&str] =
        if NAMED_ALONE.contains(&service) { &["*", ""] } else { &["*", &account] };
    let resources: Vec<Glob> = owners
        .iter()
        .map(|own| Glob::wild(&format!("arn:{partition}:{service}:{regions}:{own}:*")))
        .collect();
    let (Scope::In(patterns), Some(Scope::In(templates))) =
        (&statement.actions, &statement.resources)
    else {
        return false;
    };
    let covers =
        |glob: &Glob| glob.covers(&actions) || (service == "*" && glob.covers(&Glob::wild("*:*")));
    statement.conditions.is_empty()
        && statement.unsupported.is_empty()
        && patterns.iter().any(|pattern| covers(pattern.glob()))
        && templates.iter().any(|template| {
            template.variables().next().is_none()
                && resources.iter().any(|all| template.widened().covers(all))
        })
}

impl Answer {
    /// The statements that the answer's witness rests on.
    pub fn statements(&self) -> &[StatementRef] {
        self.witness().map_or(&[], |witness| &witness.statements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Facts;

    fn whole(statements: &str) -> Vec<&'static str> {
        let policy = Policy::parse(&format!(r#"{{"Statement":[{statements}]}}"#)).unwrap();
        let facts = Facts::default();
        let (whole, open) = Identity::new(vec![&policy], &facts).whole_services(&Budget::default());
        assert!(open.is_empty());
        whole.into_iter().map(|own| own.service).collect()
    }

    #[test]
    fn a_wildcard_reaches_what_the_denies_leave() {
        let all = r#"{"Effect":"Allow","Action":"kms:*","Resource":"*"}"#;
        assert_eq!(whole(all), ["kms"]);
        assert_eq!(whole(&all.replace("\"kms:*\"", "[\"KMS:*\", \"s3:Get*\"]")), ["kms"]);
        assert_eq!(whole(&all.replace("\"*\"", "[\"arn:aws:kms:*:*:key/*\", \"*\"]")), ["kms"]);
        assert_eq!(whole(&all.replace("\"*\"", "\"arn:aws:kms:*:111122223333:*\"")), ["kms"]);
        let s3 = all.replace("kms:*", "s3:*");
        assert_eq!(whole(&s3.replace("\"*\"", "\"arn:aws:s3:::*\"")), ["s3"]);
        assert_eq!(whole(&s3.replace("\"*\"", "\"arn:aws:s3:::data*\"")), [""; 0]);
        assert_eq!(whole(&all.replace("kms:*", "*:*")), ["*"]);
        assert_eq!(whole(&all.replace("kms:*", "kms:D*")), [""; 0]);
        assert_eq!(whole(&all.replace("\"*\"", "\"arn:aws:kms:eu-west-1:*:*\"")), [""; 0]);
        let one = r#"{"Effect":"Deny","Action":"*","Resource":"arn:aws:kms:*:*:key/1"}"#;
        assert_eq!(whole(&format!("{all},{one}")), ["kms"]);
        let every = r#"{"Effect":"Deny","Action":"kms:*","Resource":"*"}"#;
        assert_eq!(whole(&format!("{all},{every}")), [""; 0]);
    }

    #[test]
    fn other_partitions_have_other_arns() {
        let facts = Facts { partition: "aws-cn".to_owned(), ..Facts::default() };
        let budget = Budget::default();
        let read = |text: &str| Policy::parse(&format!(r#"{{"Statement":[{text}]}}"#)).unwrap();
        let all = read(r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws-cn:s3:::*"}"#);
        let (whole, _) = Identity::new(vec![&all], &facts).whole_services(&budget);
        assert_eq!(whole.first().map(|own| own.service), Some("s3"));
        let all = read(r#"{"Effect":"Allow","Action":"*","Resource":"arn:aws-cn:*:*:*:*"}"#);
        assert!(Identity::new(vec![&all], &facts).grants_full_admin(&budget).is_yes());

        let who = |account: &str| {
            let policy = read(&format!(
                r#"{{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":
                    {{"ArnLike":{{"aws:PrincipalArn":"arn:aws-cn:iam::{account}:role/deploy"}}}}}}"#
            ));
            let (trust, resource_type) = (true, "iam-role");
            let subject =
                Subject { policy: &policy, trust, resource_type, arn: None, facts: &facts };
            let found = subject.outside_grants(&Zone::default(), &budget);
            found.grants.into_iter().map(|own| own.who).collect::<Vec<_>>()
        };
        assert_eq!(who("*"), [Outsider::Anyone]);
        let other = AccountId::parse("444455556666").map(Outsider::Account);
        assert_eq!(who("444455556666"), Vec::from_iter(other));
        assert_eq!(who("111122223333"), []);
    }
}
