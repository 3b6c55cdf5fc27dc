//! Conditions, as written and as they apply to one request.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::glob::Glob;
use crate::instant::Instant;
use crate::names::Key;
use crate::operator::{Family, Operator, Order, Quantifier};
use crate::template::{Reading, Template};

/// One operator with one key; all conditions of a statement must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The operator.
    pub operator: Operator,
    /// The key.
    pub key: Key,
    /// The values, of which one must match (of a negated operator: none).
    pub values: Values,
}

/// The values of a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Text, ARNs, booleans, binaries.
    Text(Vec<Template>),
    /// Numbers.
    Number(Order, Vec<f64>),
    /// Dates.
    Date(Order, Vec<Instant>),
    /// Networks; a single address is a network of one.
    Ip(Vec<IpNet>),
    /// Of `Null`: whether it holds for a missing and for a present key.
    Null {
        /// Holds for a missing key (`"true"`).
        missing: bool,
        /// Holds for a present key (`"false"`).
        present: bool,
    },
}

impl Condition {
    /// Reads the values for an operator; the first that it cannot read comes back.
    pub(crate) fn read(
        operator: Operator,
        key: &str,
        texts: &[String],
        variables: bool,
    ) -> Result<Self, String> {
        fn all<'a, T>(
            texts: &'a [String],
            read: impl Fn(&'a str) -> Option<T>,
        ) -> Result<Vec<T>, String> {
            texts.iter().map(|text| read(text).ok_or_else(|| text.clone())).collect()
        }
        let templates = |wild| {
            texts.iter().map(|text| Template::parse(text, Reading { wild, variables })).collect()
        };
        let values = match operator.family {
            Family::Text { like, .. } => Values::Text(templates(like)),
            Family::Arn => Values::Text(templates(true)),
            Family::Bool | Family::Binary => Values::Text(templates(false)),
            Family::Number(order) => Values::Number(order, all(texts, read_number)?),
            Family::Date(order) => Values::Date(order, all(texts, Instant::parse)?),
            Family::Ip => Values::Ip(all(texts, read_net)?),
            Family::Null => {
                let flags = all(texts, |text| text.to_lowercase().parse::<bool>().ok())?;
                Values::Null { missing: flags.contains(&true), present: flags.contains(&false) }
            }
        };
        Ok(Self { operator, key: Key::new(key), values })
    }

    /// Its values as they are written, if they are text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.templates().iter().map(Template::text)
    }

    /// The texts of its values, if they are text.
    pub(crate) fn templates(&self) -> &[Template] {
        if let Values::Text(templates) = &self.values { templates } else { &[] }
    }

    /// The condition for one request, whose variables `lookup` knows.
    pub(crate) fn resolve(&self, lookup: &dyn Fn(&Key) -> Option<String>) -> Check {
        self.check(|template| template.resolve(lookup))
    }

    /// A condition without variables that holds whenever this one may hold, or only when it must.
    ///
    /// A pattern with a variable matches at most what the pattern with `*` matches, and at least nothing.
    pub(crate) fn approximate(&self, wider: bool) -> Check {
        let star = wider != self.operator.negated;
        self.check(|template| {
            if star || template.variables().next().is_none() {
                Some(template.widened().clone())
            } else {
                None
            }
        })
    }

    fn check(&self, glob: impl Fn(&Template) -> Option<Glob>) -> Check {
        let test = match &self.values {
            Values::Text(templates) => Test::Text(
                templates
                    .iter()
                    .filter_map(glob)
                    .map(|glob| match self.operator.family {
                        Family::Arn => glob.as_arn(),
                        Family::Bool | Family::Text { any_case: true, .. } => glob.any_case(),
                        _ => glob,
                    })
                    .collect(),
            ),
            Values::Number(order, numbers) => Test::Number(*order, numbers.clone()),
            Values::Date(order, dates) => Test::Date(*order, dates.clone()),
            Values::Ip(nets) => Test::Ip(nets.clone()),
            Values::Null { missing, present } => {
                Test::Null { missing: *missing, present: *present }
            }
        };
        Check {
            key: self.key.clone(),
            quantifier: self.operator.quantifier,
            negated: self.operator.negated,
            if_exists: self.operator.if_exists,
            test,
        }
    }
}

pub(crate) fn read_number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

fn read_net(text: &str) -> Option<IpNet> {
    let text = text.trim();
    text.parse::<IpNet>()
        .ok()
        .map(|net| net.trunc())
        .or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// A condition whose variables have been replaced.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Check {
    pub(crate) key: Key,
    pub(crate) quantifier: Quantifier,
    pub(crate) negated: bool,
    pub(crate) if_exists: bool,
    pub(crate) test: Test,
}

/// What one value of the key is held against.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    Text(Vec<Glob>),
    Number(Order, Vec<f64>),
    Date(Order, Vec<Instant>),
    Ip(Vec<IpNet>),
    Null { missing: bool, present: bool },
}

impl Test {
    /// Whether one of the listed values matches `value`.
    pub(crate) fn matches(&self, value: &str) -> bool {
        match self {
            Self::Text(globs) => globs.iter().any(|glob| glob.matches(value)),
            Self::Number(order, numbers) => read_number(value)
                .is_some_and(|value| numbers.iter().any(|number| order.holds(&value, number))),
            Self::Date(order, dates) => Instant::parse(value)
                .is_some_and(|value| dates.iter().any(|date| order.holds(&value, date))),
            Self::Ip(nets) => value
                .trim()
                .parse::<IpAddr>()
                .is_ok_and(|address| nets.iter().any(|net| net.contains(&address))),
            Self::Null { present, .. } => *present,
        }
    }
}

impl Check {
    /// Whether the condition holds for a request in which the key has these values, or none.
    pub(crate) fn holds(&self, values: Option<&[String]>) -> bool {
        let values = values.unwrap_or_default();
        if values.is_empty() {
            return self.holds_missing();
        }
        let fits = |value: &String| self.test.matches(value) != self.negated;
        if self.is_universal() { values.iter().all(fits) } else { values.iter().any(fits) }
    }

    /// Whether every value must fit, not one. A negated operator without a quantifier must differ in all.
    pub(crate) fn is_universal(&self) -> bool {
        match self.quantifier {
            Quantifier::All => true,
            Quantifier::Any => false,
            Quantifier::One => self.negated,
        }
    }

    /// Whether the condition holds for a request without the key.
    pub(crate) fn holds_missing(&self) -> bool {
        if let Test::Null { missing, .. } = self.test {
            return missing;
        }
        self.if_exists || self.is_universal()
    }
}
