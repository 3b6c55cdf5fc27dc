//! Condition operators (IAM User Guide, "IAM JSON policy elements: Condition operators").

/// Quantifier over a key with many values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// None written: some value.
    One,
    /// `ForAllValues:`; holds for a missing key.
    All,
    /// `ForAnyValue:`; fails for a missing key.
    Any,
}

/// What the operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Text; `like` reads wildcards, `any_case` ignores case.
    Text {
        /// Whether `*` and `?` are wildcards.
        like: bool,
        /// Whether case is ignored.
        any_case: bool,
    },
    /// ARNs, component by component.
    Arn,
    /// Numbers.
    Number(Order),
    /// Instants.
    Date(Order),
    /// `true` or `false`.
    Bool,
    /// Base64 text.
    Binary,
    /// Addresses and networks.
    Ip,
    /// Whether the key is missing.
    Null,
}

/// A comparison of ordered things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// `=`
    Equals,
    /// `<`
    Less,
    /// `<=`
    LessEquals,
    /// `>`
    Greater,
    /// `>=`
    GreaterEquals,
}

impl Order {
    pub(crate) fn holds<T: PartialOrd>(self, a: &T, b: &T) -> bool {
        match self {
            Self::Equals => a == b,
            Self::Less => a < b,
            Self::LessEquals => a <= b,
            Self::Greater => a > b,
            Self::GreaterEquals => a >= b,
        }
    }
}

/// A condition operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// The quantifier before it.
    pub quantifier: Quantifier,
    /// What it compares.
    pub family: Family,
    /// `Not…`: the value must differ from all that are listed.
    pub negated: bool,
    /// `…IfExists`: holds for a missing key.
    pub if_exists: bool,
}

impl Operator {
    /// The operator of this name; IAM does not mind its case.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let (quantifier, rest) = if let Some(rest) = name.strip_prefix("forallvalues:") {
            (Quantifier::All, rest)
        } else if let Some(rest) = name.strip_prefix("foranyvalue:") {
            (Quantifier::Any, rest)
        } else {
            (Quantifier::One, name.as_str())
        };
        let (base, if_exists) =
            rest.strip_suffix("ifexists").map_or((rest, false), |base| (base, true));
        let (family, negated) = family(base)?;
        let null = family == Family::Null;
        (!null || (!if_exists && quantifier == Quantifier::One)).then_some(Self {
            quantifier,
            family,
            negated,
            if_exists,
        })
    }
}

fn family(base: &str) -> Option<(Family, bool)> {
    let text = |like, any_case| Family::Text { like, any_case };
    Some(match base {
        "stringequals" => (text(false, false), false),
        "stringnotequals" => (text(false, false), true),
        "stringequalsignorecase" => (text(false, true), false),
        "stringnotequalsignorecase" => (text(false, true), true),
        "stringlike" => (text(true, false), false),
        "stringnotlike" => (text(true, false), true),
        "arnequals" | "arnlike" => (Family::Arn, false),
        "arnnotequals" | "arnnotlike" => (Family::Arn, true),
        "bool" => (Family::Bool, false),
        "binaryequals" => (Family::Binary, false),
        "ipaddress" => (Family::Ip, false),
        "notipaddress" => (Family::Ip, true),
        "null" => (Family::Null, false),
        _ => {
            let (make, order): (fn(Order) -> Family, _) =
                if let Some(order) = base.strip_prefix("numeric") {
                    (Family::Number, order)
                } else {
                    (Family::Date, base.strip_prefix("date")?)
                };
            let (order, negated) = match order {
                "equals" => (Order::Equals, false),
                "notequals" => (Order::Equals, true),
                "lessthan" => (Order::Less, false),
                "lessthanequals" => (Order::LessEquals, false),
                "greaterthan" => (Order::Greater, false),
                "greaterthanequals" => (Order::GreaterEquals, false),
                _ => return None,
            };
            (make(order), negated)
        }
    })
}
