//! How CloudFront speaks with origins, and which stand in for which.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact as _, Reason, Unknown,
    cloudfront::{
        CustomOrigin, Distribution, Origin, OriginKind, OriginProtocol, SslProtocol, ViewerProtocol,
    },
};
use serde_json::json;

use super::{
    concern::Judged,
    names::{of_behavior, of_origin, path},
};
use crate::engine::unknown_value;

/// A server is asked over HTTPS.
pub(super) fn https(distribution: &Distribution, origin: &Origin) -> Judged {
    let Some(server) = server(origin)? else { return Ok(None) };
    let protocol = of_origin(
        origin,
        "CustomOriginConfig.OriginProtocolPolicy",
        server.protocol.as_str(),
        "https-only",
    );
    match &server.protocol {
        OriginProtocol::HttpsOnly => Ok(Some(Verdict::Pass(vec![protocol]))),
        OriginProtocol::HttpOnly => Ok(Some(Verdict::faults(vec![protocol]))),
        OriginProtocol::MatchViewer => as_viewers(distribution, origin, protocol),
        OriginProtocol::Other(other) => Err(unknown_value::<Distribution>(other)),
    }
}

/// A server that is asked as the viewers ask.
fn as_viewers(distribution: &Distribution, origin: &Origin, protocol: Evidence) -> Judged {
    let mut open = None;
    let mut faults = vec![];
    for behavior in distribution.behaviors_of(origin) {
        match &behavior.viewer_protocol {
            ViewerProtocol::AllowAll => faults.push(of_behavior(
                behavior,
                "ViewerProtocolPolicy",
                behavior.viewer_protocol.as_str(),
                "redirect-to-https or https-only, or an origin with https-only",
            )),
            ViewerProtocol::Other(other) => open = Some(unknown_value::<Distribution>(other)),
            ViewerProtocol::HttpsOnly | ViewerProtocol::RedirectToHttps => {}
        }
    }
    match open {
        Some(unknown) if faults.is_empty() => Err(unknown),
        None if faults.is_empty() => Ok(Some(Verdict::Pass(vec![protocol]))),
        _ => {
            faults.insert(0, protocol);
            Ok(Some(Verdict::faults(faults)))
        }
    }
}

/// No version of TLS before 1.2 is spoken with a server.
pub(super) fn tls(origin: &Origin) -> Judged {
    let Some(server) = server(origin)? else { return Ok(None) };
    match &server.protocol {
        OriginProtocol::HttpOnly => return Ok(None),
        OriginProtocol::Other(other) => return Err(unknown_value::<Distribution>(other)),
        OriginProtocol::HttpsOnly | OriginProtocol::MatchViewer => {}
    }
    let protocols = server.ssl_protocols.as_deref().unwrap_or_default();
    if protocols.is_empty() {
        return Err(Unknown::new(Distribution::ACTION, Reason::Malformed)
            .because("the answer has no `OriginSslProtocols`"));
    }
    let versions: Vec<_> = protocols.iter().map(|it| (it, version(it))).collect();
    let is_old = |version: &(u8, u8)| *version < (1, 2);
    let known = || versions.iter().filter_map(|(_, version)| version.as_ref());
    let unread = versions.iter().find(|(_, version)| version.is_none());
    let names: Vec<&str> = protocols.iter().map(SslProtocol::as_str).collect();
    let evidence = of_origin(
        origin,
        "CustomOriginConfig.OriginSslProtocols",
        json!(names),
        "TLSv1.2 or newer alone",
    );
    match unread {
        None if !known().any(is_old) => Ok(Some(Verdict::Pass(vec![evidence]))),
        Some((other, _)) if !known().any(is_old) => {
            Err(unknown_value::<Distribution>(other.as_str()))
        }
        _ => {
            let broken = protocols.contains(&SslProtocol::SslV3);
            // What does not read as a version may be a new one.
            let only_old = unread.is_none() && known().all(is_old);
            let severity = if broken || only_old { Severity::Medium } else { Severity::Low };
            Ok(Some(Verdict::faults(vec![evidence]).severity(severity)))
        }
    }
}

/// The version of TLS, major and minor; SSL 3.0 comes before all of them.
fn version(protocol: &SslProtocol) -> Option<(u8, u8)> {
    let text = protocol.as_str();
    if text == "SSLv3" {
        return Some((0, 3));
    }
    let version = text.strip_prefix("TLSv")?;
    let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// How a server is spoken with; nothing of a bucket and of a server in a VPC.
fn server(origin: &Origin) -> Result<Option<&CustomOrigin>, Unknown> {
    match &origin.kind {
        OriginKind::Custom(server) => Ok(Some(server)),
        OriginKind::S3 { .. } | OriginKind::Vpc { .. } => Ok(None),
        OriginKind::Other => Err(Unknown::new(Distribution::ACTION, Reason::Undecided)
            .because("this version does not know this kind of origin")),
    }
}

/// A cache behavior reads from two origins that stand in for each other.
pub(super) fn failover(distribution: &Distribution) -> Judged {
    let groups = &distribution.origin_groups;
    let used = distribution.all_behaviors().find_map(|behavior| {
        let group = groups.iter().find(|it| it.id == behavior.target && it.members.len() > 1)?;
        Some((behavior, group))
    });
    let evidence = if let Some((behavior, group)) = used {
        let observed = json!({ "CacheBehavior": path(behavior), "Members": group.members });
        let field = format!("OriginGroups.Members of {}", group.id);
        Evidence::of::<Distribution>(field, observed, "two origins")
    } else {
        let unused: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
        let expected = "a group of two origins that a cache behavior leads to";
        Evidence::of::<Distribution>("OriginGroups", json!(unused), expected)
    };
    Ok(Some(Verdict::holds(used.is_some(), evidence)))
}
