//! What viewers speak with a distribution, and whose certificate they see.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudfront::{
        CacheBehavior, ConnectionMode, Distribution, SslSupport, ViewerCertificate, ViewerProtocol,
    },
};
use serde_json::json;

use super::{concern::Judged, names::of_behavior};
use crate::engine::unknown_value;

/// The least version of TLS.
const VERSION: (u8, u8) = (1, 2);
/// The first year whose ciphers for it are all current.
const YEAR: u16 = 2021;

/// A cache behavior refuses plain HTTP.
pub(super) fn https(behavior: &CacheBehavior) -> Judged {
    let protocol = &behavior.viewer_protocol;
    if let ViewerProtocol::Other(other) = protocol {
        return Err(unknown_value::<Distribution>(other));
    }
    let expected = "redirect-to-https or https-only";
    let evidence = of_behavior(behavior, "ViewerProtocolPolicy", protocol.as_str(), expected);
    Ok(Some(Verdict::holds(*protocol != ViewerProtocol::AllowAll, evidence)))
}

/// Old versions of TLS and old ciphers are refused.
pub(super) fn tls_policy(distribution: &Distribution) -> Judged {
    let Some(certificate) = certificate(distribution)? else { return Ok(None) };
    let policy = certificate.minimum_protocol.as_ref();
    let expected = "TLSv1.2_2021 or newer";
    if certificate.default {
        let observed = json!({ "CloudFrontDefaultCertificate": true,
            "MinimumProtocolVersion": policy.map(|policy| &policy.0) });
        let expected =
            "a certificate of your own, with which the policy can be TLSv1.2_2021 or newer";
        let evidence = Evidence::of::<Distribution>("ViewerCertificate", observed, expected);
        return Ok(Some(Verdict::faults(vec![evidence]).severity(Severity::Low)));
    }
    let policy = policy.ok_or_else(|| missing("ViewerCertificate.MinimumProtocolVersion"))?;
    let unknown = || unknown_value::<Distribution>(&policy.0);
    let version = policy.version().ok_or_else(unknown)?;
    let year = policy.year();
    // The two that are older than the years in the names.
    if year.is_none() && !["SSLv3", "TLSv1"].contains(&policy.0.as_str()) {
        return Err(unknown());
    }
    let good = version > VERSION || (version == VERSION && year >= Some(YEAR));
    let field = "ViewerCertificate.MinimumProtocolVersion";
    let verdict =
        Verdict::holds(good, Evidence::of::<Distribution>(field, policy.0.as_str(), expected));
    Ok(Some(if version == VERSION { verdict.severity(Severity::Low) } else { verdict }))
}

/// Names of its owner's are served with a certificate of its owner's.
pub(super) fn custom_certificate(distribution: &Distribution) -> Judged {
    if distribution.aliases.is_empty() || is_template(distribution)? {
        return Ok(None);
    }
    let Some(certificate) = certificate(distribution)? else { return Ok(None) };
    let observed = json!({ "Aliases": distribution.aliases,
        "CloudFrontDefaultCertificate": certificate.default,
        "ACMCertificateArn": certificate.acm, "IAMCertificateId": certificate.iam });
    let expected = "a certificate for these names";
    let evidence = Evidence::of::<Distribution>("ViewerCertificate", observed, expected);
    Ok(Some(Verdict::holds(!certificate.default, evidence)))
}

/// The certificate goes to clients that say which name they want.
pub(super) fn sni(distribution: &Distribution) -> Judged {
    let Some(certificate) = certificate(distribution)?.filter(|it| !it.default) else {
        return Ok(None);
    };
    let support = certificate.support.as_ref();
    let support = support.ok_or_else(|| missing("ViewerCertificate.SSLSupportMethod"))?;
    if let SslSupport::Other(other) = support {
        return Err(unknown_value::<Distribution>(other));
    }
    let field = "ViewerCertificate.SSLSupportMethod";
    let evidence = Evidence::of::<Distribution>(field, support.as_str(), "sni-only");
    Ok(Some(Verdict::holds(*support != SslSupport::Vip, evidence)))
}

/// The certificate that viewers see; nothing of a template whose tenants bring their own.
fn certificate(distribution: &Distribution) -> Result<Option<&ViewerCertificate>, Unknown> {
    match &distribution.viewer_certificate {
        Some(certificate) if certificate.default && is_template(distribution)? => Ok(None),
        None if is_template(distribution)? => Ok(None),
        None => Err(missing("ViewerCertificate")),
        certificate => Ok(certificate.as_ref()),
    }
}

/// Whether tenants bring names, certificates and web ACLs of their own.
pub(super) fn is_template(distribution: &Distribution) -> Result<bool, Unknown> {
    match &distribution.connection_mode {
        Some(ConnectionMode::TenantOnly) => Ok(true),
        Some(ConnectionMode::Direct) | None => Ok(false),
        Some(ConnectionMode::Other(other)) => Err(unknown_value::<Distribution>(other)),
    }
}

/// The answer lacks what it must have.
fn missing(field: &str) -> Unknown {
    Unknown::new(Distribution::ACTION, Reason::Malformed)
        .because(format!("the answer has no `{field}`"))
}
