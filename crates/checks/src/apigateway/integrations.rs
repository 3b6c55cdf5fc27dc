//! What APIs call, and over which way.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Fact, Reason, Unknown,
    apigateway::{ApiIntegration, Connection, Integration, IntegrationKind, Method},
};
use serde_json::json;

use crate::{
    Scan,
    engine::{Judged, Subject, gaps, unknown_value},
};

/// No server is called in clear.
pub(super) fn cleartext(scan: Scan<'_>) -> Vec<(Subject<'_>, Decision)> {
    let gateway = &scan.inventory.apigateway;
    let mut judged: Vec<(Subject<'_>, Decision)> = vec![];
    for api in &gateway.rest_apis.found {
        judged.extend(api.methods.found.iter().filter_map(|method| {
            let decision = called::<Method>(method.integration.as_ref()?, FIELDS).transpose()?;
            Some((Subject::Resource(method as _), decision))
        }));
        judged.extend(gaps(&api.methods));
    }
    for api in &gateway.apis.found {
        judged.extend(api.integrations.found.iter().filter_map(|own| {
            let decision = called::<ApiIntegration>(&own.calls, FIELDS_V2).transpose()?;
            Some((Subject::Resource(own as _), decision))
        }));
        judged.extend(gaps(&api.integrations));
    }
    judged.extend(gaps(&gateway.rest_apis).chain(gaps(&gateway.apis)));
    judged
}

/// What AWS calls the URL, the network and the check of the certificate.
type Fields = [&'static str; 3];
const FIELDS: Fields = ["uri", "connectionType", "tlsConfig.insecureSkipVerification"];
const FIELDS_V2: Fields =
    ["IntegrationUri", "ConnectionType", "TlsConfig.InsecureSkipVerification"];

fn called<F: Fact>(calls: &Integration, [uri, connection, insecure]: Fields) -> Judged {
    match &calls.kind {
        IntegrationKind::Http | IntegrationKind::HttpProxy => {}
        IntegrationKind::Other(other) => return Err(unknown_value::<F>(other)),
        IntegrationKind::Aws | IntegrationKind::AwsProxy | IntegrationKind::Mock => {
            return Ok(None);
        }
    }
    let Some(url) = calls.uri.as_deref() else {
        return Err(
            Unknown::new(F::ACTION, Reason::Malformed).because("an integration without a URL")
        );
    };
    let over = calls.connection.as_ref().map_or("INTERNET", Connection::as_str);
    let observed =
        json!({ uri: url, connection: over, insecure: calls.insecure_skip_verification });
    let evidence = Evidence::of::<F>(
        uri,
        observed,
        "https:// with a certificate that is checked, or a VPC link",
    );
    if calls.connection == Some(Connection::VpcLink) {
        return Ok(Some(Verdict::Pass(vec![evidence])));
    }
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let fault = match scheme.as_deref() {
        _ if url.starts_with("${") => return Ok(None),
        Some("http") => Some(None),
        Some("https") if calls.insecure_skip_verification => Some(Some(Severity::Low)),
        Some("https") => None,
        _ => return Err(unknown_value::<F>(url)),
    };
    match (fault, &calls.connection) {
        (None, _) => Ok(Some(Verdict::Pass(vec![evidence]))),
        (Some(_), Some(Connection::Other(other))) => Err(unknown_value::<F>(other)),
        (Some(severity), _) => Ok(Some(Verdict::Fail { evidence: vec![evidence], severity })),
    }
}
