//! Domain names in front of APIs.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{Fact as _, Reason, Unknown, apigateway::DomainName};

use crate::engine::unknown_value;

/// TLS 1.0 and 1.1 are not spoken.
pub(super) fn tls(domain: &DomainName) -> Decision {
    let Some(policy) = domain.security_policy.as_deref() else {
        return Err(Unknown::new(DomainName::ACTION, Reason::Malformed)
            .because("AWS does not say which TLS the domain speaks"));
    };
    let good = match policy {
        "TLS_1_0" => false,
        "TLS_1_2" => true,
        other if speaks_no_old_tls(other) => true,
        other => return Err(unknown_value::<DomainName>(other)),
    };
    let expected = if policy.split('_').any(|part| part == "PQ") {
        "TLS 1.2 or newer; PQ stands for keys that a quantum computer could not find out"
    } else {
        "TLS 1.2 or newer"
    };
    let evidence = Evidence::of::<DomainName>("securityPolicy", policy, expected);
    Ok(Verdict::holds(good, evidence))
}

/// `SecurityPolicy_TLS13_1_2_…`: the newest version, and where it is there the oldest.
fn speaks_no_old_tls(policy: &str) -> bool {
    let rest = ["SecurityPolicy_TLS12_", "SecurityPolicy_TLS13_"]
        .iter()
        .find_map(|newest| policy.strip_prefix(newest));
    rest.is_some_and(|rest| !["1_0_", "1_1_"].iter().any(|oldest| rest.starts_with(oldest)))
}

#[cfg(test)]
mod tests {
    use super::speaks_no_old_tls;

    #[test]
    fn a_name_says_which_tls_is_spoken() {
        for policy in [
            "SecurityPolicy_TLS13_1_3_2025_09",
            "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
            "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
            "SecurityPolicy_TLS13_2025_EDGE",
            "SecurityPolicy_TLS12_PFS_2025_EDGE",
            "SecurityPolicy_TLS12_2018_EDGE",
        ] {
            assert!(speaks_no_old_tls(policy), "{policy}");
        }
        for policy in ["SecurityPolicy_TLS13_1_0_2030_01", "SecurityPolicy_TLS10_2030_EDGE", ""] {
            assert!(!speaks_no_old_tls(policy), "{policy}");
        }
    }
}
