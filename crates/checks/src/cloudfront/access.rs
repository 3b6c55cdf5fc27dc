//! By what right origins are asked: origin access controls, origin access identities, or none.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    cloudfront::{Distribution, Origin, OriginAccessControl, OriginKind, SigningBehavior},
};
use serde_json::json;

use super::{concern::unseen, names::of_origin};
use crate::{Scan, engine::unknown_value};

/// An access control signs every request.
pub(super) fn signing(scan: Scan<'_>, control: &OriginAccessControl) -> Decision {
    let signing = &control.signing;
    if let SigningBehavior::Other(other) = signing {
        return Err(unknown_value::<OriginAccessControl>(other));
    }
    let expected = "always";
    let evidence =
        Evidence::of::<OriginAccessControl>("SigningBehavior", signing.as_str(), expected);
    let severity = match signing {
        SigningBehavior::Never => Severity::Medium,
        SigningBehavior::NoOverride => Severity::Low,
        _ => return Ok(Verdict::Pass(vec![evidence])),
    };
    let distributions = &scan.inventory.cloudfront.distributions;
    let names = |origin: &Origin| origin.access_control.as_ref() == Some(&control.id);
    let users: Vec<&str> = distributions
        .found
        .iter()
        .filter(|it| it.enabled && it.origins.iter().any(names))
        .map(|it| it.id.as_str())
        .collect();
    let unused = users.is_empty() && distributions.gaps.is_empty();
    let mut evidence = vec![evidence];
    if unused || !users.is_empty() {
        let expected = "any; these ask their origins by it";
        let field = "Origins.OriginAccessControlId";
        evidence.push(Evidence::of::<Distribution>(field, json!(users), expected));
    }
    let severity = if unused { Severity::Info } else { severity };
    Ok(Verdict::faults(evidence).severity(severity))
}

/// By what right an origin is asked.
pub(super) enum Right<'a> {
    /// As CloudFront, whose requests are signed.
    Signed(&'a OriginAccessControl),
    /// By an access control that never signs.
    Unsigned(&'a OriginAccessControl),
    /// By an origin access identity, by its id.
    Identity(&'a str),
    /// By none, like anybody.
    None,
}

/// By what right an origin is asked. An access control goes before an identity.
pub(super) fn right<'a>(scan: Scan<'a>, origin: &'a Origin) -> Result<Right<'a>, Unknown> {
    let Some(id) = &origin.access_control else {
        return Ok(match &origin.kind {
            OriginKind::S3 { access_identity: Some(id) } => Right::Identity(id),
            _ => Right::None,
        });
    };
    let controls = &scan.inventory.cloudfront.origin_access_controls;
    let control = controls.found.iter().find(|control| control.id == *id);
    let control =
        control.ok_or_else(|| unseen(controls, &format!("the origin access control `{id}`")))?;
    match &control.signing {
        SigningBehavior::Never => Ok(Right::Unsigned(control)),
        SigningBehavior::Other(other) => Err(unknown_value::<OriginAccessControl>(other)),
        SigningBehavior::Always | SigningBehavior::AlwaysAmzAuth | SigningBehavior::NoOverride => {
            Ok(Right::Signed(control))
        }
    }
}

impl Right<'_> {
    /// What shows it.
    pub(super) fn evidence(&self, origin: &Origin) -> Evidence {
        let expected = "an origin access control that signs";
        match self {
            Self::Signed(control) | Self::Unsigned(control) => {
                let observed = json!({ "Id": control.id, "Name": control.name,
                    "SigningBehavior": control.signing.as_str() });
                let field = format!("SigningBehavior of {}, for {}", control.name, origin.id);
                Evidence::of::<OriginAccessControl>(field, observed, expected)
            }
            Self::Identity(id) => {
                of_origin(origin, "S3OriginConfig.OriginAccessIdentity", *id, expected)
            }
            Self::None => of_origin(origin, "OriginAccessControlId", json!(null), expected),
        }
    }
}
