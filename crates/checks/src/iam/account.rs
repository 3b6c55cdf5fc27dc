//! What is true of the account as a whole.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    access_analyzer::{AnalyzedRegion, Analyzer, AnalyzerStatus, Analyzers, ExternalFindings},
    contacts::SecurityContact,
    iam::{Credentials, Iam, Role, SamlProvider, ServerCertificate},
};
use serde_json::json;

use super::noise;
use crate::{
    Scan,
    engine::{Subject, gaps},
};

/// A certificate is valid.
pub(super) fn certificate(scan: Scan<'_>, certificate: &ServerCertificate) -> Decision {
    let expires = certificate.expires.ok_or_else(|| {
        Unknown::new(ServerCertificate::ACTION, Reason::Malformed)
            .because("the answer has no `Expiration`")
    })?;
    let expected = format!("after {}", scan.inventory.collected_at.date());
    Ok(Verdict::holds(
        expires > scan.inventory.collected_at,
        Evidence::of::<ServerCertificate>("Expiration", expires.date().to_string(), expected),
    ))
}

/// Somebody can talk to AWS Support.
pub(super) fn support(iam: &Iam) -> Decision {
    const POLICY: &str = "policy/AWSSupportAccess";
    let users = iam.users.found.iter().map(|own| (&own.arn, &own.attached));
    let groups = iam.groups.found.iter().map(|own| (&own.arn, &own.attached));
    let roles = iam.roles.found.iter().map(|own| (&own.arn, &own.attached));
    let has = |attached: &Vec<awspect_inventory::iam::AttachedPolicy>| {
        attached.iter().any(|policy| {
            policy.arn.resource() == POLICY && policy.arn.as_str().contains(":iam::aws:")
        })
    };
    let holder = roles.chain(groups).chain(users).find(|(_, attached)| has(attached));
    let gap = [iam.roles.gaps.first(), iam.groups.gaps.first(), iam.users.gaps.first()]
        .into_iter()
        .flatten()
        .next();
    let expected = "AWSSupportAccess on a role";
    match (holder, gap) {
        (Some((arn, _)), _) => {
            let field = "AttachedManagedPolicies";
            Ok(Verdict::Pass(vec![Evidence::of::<Role>(field, arn.as_str(), expected)]))
        }
        (None, Some(gap)) => Err(gap.unknown.clone()),
        (None, None) => {
            let none = serde_json::Value::Null;
            Ok(Verdict::faults(vec![Evidence::of::<Role>(
                "AttachedManagedPolicies",
                none,
                expected,
            )]))
        }
    }
}

/// People come from an identity provider, not from a list of users with passwords.
pub(super) fn federation(iam: &Iam) -> Decision {
    let expected = "a SAML provider or IAM Identity Center";
    if let Some(provider) = iam.saml_providers.found.first() {
        let field = "SAMLProviderList[].Arn";
        let evidence = Evidence::of::<SamlProvider>(field, provider.arn.as_str(), expected);
        return Ok(Verdict::Pass(vec![evidence]));
    }
    if let Some(role) = iam.roles.found.iter().find(|role| noise::is_identity_center(role)) {
        let evidence = Evidence::of::<Role>("RoleDetailList[].Arn", role.arn.as_str(), expected);
        return Ok(Verdict::Pass(vec![evidence]));
    }
    let mut people = vec![];
    let mut open = iam.users.gaps.first().map(|gap| gap.unknown.clone());
    for user in &iam.users.found {
        match user.credentials.known() {
            Ok(Some(Credentials { password: Some(true), .. })) => people.push(user.name.as_str()),
            Ok(_) => {}
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    let unseen = iam.saml_providers.gaps.first().or(iam.roles.gaps.first());
    match (people.is_empty(), open, unseen) {
        (true, Some(unknown), _) => Err(unknown),
        (false, _, Some(gap)) => Err(gap.unknown.clone()),
        _ => {
            let evidence = Evidence::of::<Credentials>(
                "password_enabled",
                json!({ "users with a password": people.len() }),
                expected,
            );
            Ok(Verdict::holds(people.is_empty(), evidence))
        }
    }
}

/// Access from outside is watched in the region.
pub(super) fn analyzer(region: &AnalyzedRegion) -> Decision {
    let analyzers = region.analyzers.known()?;
    let analyzers = analyzers.map(|Analyzers(own)| own.as_slice()).unwrap_or_default();
    let good =
        analyzers.iter().any(|own| own.kind.is_external() && own.status == AnalyzerStatus::Active);
    let observed: Vec<_> = analyzers
        .iter()
        .map(|own| json!({ "name": own.name, "type": own.kind.as_str(), "status": own.status.as_str() }))
        .collect();
    let expected = "an ACTIVE analyzer of the type ACCOUNT or ORGANIZATION";
    Ok(Verdict::holds(good, Evidence::of::<Analyzers>("analyzers", observed, expected)))
}

/// Puts each working analyzer of access from outside to a rule.
pub(super) fn analyzers<'a>(
    scan: Scan<'a>,
    decide: impl Fn(&'a Analyzer) -> Decision,
) -> Vec<(Subject<'a>, Decision)> {
    let regions = &scan.inventory.access_analyzer.regions;
    let mut judged = vec![];
    for region in &regions.found {
        match region.analyzers.known() {
            Err(unknown) => judged.push((Subject::Resource(region), Err(unknown))),
            Ok(analyzers) => {
                let own = analyzers.into_iter().flat_map(|Analyzers(own)| own);
                let external = own
                    .filter(|own| own.kind.is_external() && own.status == AnalyzerStatus::Active);
                judged.extend(external.map(|own| (Subject::Resource(own as _), decide(own))));
            }
        }
    }
    judged.extend(gaps(regions));
    judged
}

/// Nothing is open to the outside that nobody has looked at.
pub(super) fn findings(analyzer: &Analyzer) -> Decision {
    const SHOWN: usize = 20;
    let findings = analyzer.findings.known()?;
    let findings = findings.map(|ExternalFindings(own)| own.as_slice()).unwrap_or_default();
    let resources: Vec<_> = findings
        .iter()
        .take(SHOWN)
        .map(|own| json!({ "id": own.id, "resource": own.resource, "type": own.resource_type }))
        .collect();
    let observed = json!({ "active": findings.len(), "findings": resources });
    let expected = "no active finding: each resolved, or archived by somebody who knows why";
    Ok(Verdict::holds(
        findings.is_empty(),
        Evidence::of::<ExternalFindings>("findings", observed, expected),
    ))
}

/// AWS knows whom to write to.
pub(super) fn security_contact(contact: &awspect_inventory::Observed<SecurityContact>) -> Decision {
    let contact = contact.known()?;
    let observed = match contact {
        Some(SecurityContact { has_email: true }) => json!("set"),
        Some(_) => json!("without an address"),
        None => serde_json::Value::Null,
    };
    let good = contact.is_some_and(|contact| contact.has_email);
    let evidence =
        Evidence::of::<SecurityContact>("AlternateContact", observed, "a SECURITY contact");
    Ok(Verdict::holds(good, evidence))
}
