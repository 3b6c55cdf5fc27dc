//! What users' passwords must be like.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Unknown,
    iam::{Credentials, Iam, PasswordPolicy},
};
use serde_json::{Value, json};

/// Where no user has a password, it does not matter what passwords must be like.
fn nobody_has_one(iam: &Iam) -> Result<Option<Evidence>, Unknown> {
    let mut open = iam.users.gaps.first().map(|gap| gap.unknown.clone());
    for user in &iam.users.found {
        match user.credentials.known() {
            Ok(Some(Credentials { password: Some(true), .. })) => return Ok(None),
            Ok(_) => {}
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    match open {
        Some(unknown) => Err(unknown),
        None => {
            Ok(Some(Evidence::of::<Credentials>("password_enabled", "of no user", "no passwords")))
        }
    }
}

/// Judges the policy, or what AWS demands where there is none; of no matter where nobody has a password.
fn judge(iam: &Iam, good: impl Fn(&PasswordPolicy) -> bool, show: Shown) -> Decision {
    let policy = iam.password_policy.known();
    if let Ok(Some(policy)) = &policy
        && good(policy)
    {
        return Ok(Verdict::Pass(vec![show.of(Some(policy))]));
    }
    if let Some(nobody) = nobody_has_one(iam)? {
        return Ok(Verdict::Pass(vec![nobody]));
    }
    Ok(Verdict::faults(vec![show.of(policy?)]))
}

/// A field of the policy, as evidence.
#[derive(Clone, Copy)]
struct Shown {
    field: &'static str,
    value: fn(&PasswordPolicy) -> Value,
    expected: &'static str,
}

impl Shown {
    fn of(&self, policy: Option<&PasswordPolicy>) -> Evidence {
        let observed = policy.map_or(Value::Null, self.value);
        Evidence::of::<PasswordPolicy>(self.field, observed, self.expected)
    }
}

/// There is a policy.
pub(super) fn exists(iam: &Iam) -> Decision {
    let show = Shown { field: "PasswordPolicy", value: |_| json!("set"), expected: "a policy" };
    judge(iam, |_| true, show)
}

/// Fourteen characters.
pub(super) fn length(iam: &Iam) -> Decision {
    let show = Shown {
        field: "MinimumPasswordLength",
        value: |policy| json!(policy.minimum_length),
        expected: "at least 14",
    };
    judge(iam, |policy| policy.minimum_length.is_some_and(|length| length >= 14), show)
}

/// No password of the last 24 again.
pub(super) fn reuse(iam: &Iam) -> Decision {
    let show = Shown {
        field: "PasswordReusePrevention",
        value: |policy| json!(policy.reuse_prevention),
        expected: "24",
    };
    judge(iam, |policy| policy.reuse_prevention.is_some_and(|count| count >= 24), show)
}

/// Characters of all four kinds.
pub(super) fn complexity(iam: &Iam) -> Decision {
    let show = Shown {
        field: "Require…",
        value: |policy| {
            json!({ "RequireUppercaseCharacters": policy.uppercase,
                "RequireLowercaseCharacters": policy.lowercase,
                "RequireNumbers": policy.numbers, "RequireSymbols": policy.symbols })
        },
        expected: "all four kinds",
    };
    let all = |policy: &PasswordPolicy| {
        policy.uppercase && policy.lowercase && policy.numbers && policy.symbols
    };
    judge(iam, all, show)
}

/// Ninety days at most.
pub(super) fn expiry(iam: &Iam) -> Decision {
    let show = Shown {
        field: "MaxPasswordAge",
        value: |policy| json!(policy.max_age),
        expected: "at most 90 days",
    };
    judge(iam, |policy| policy.max_age.is_some_and(|days| (1..=90).contains(&days)), show)
}
