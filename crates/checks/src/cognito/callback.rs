//! Where app clients send users back to.

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::cognito::ClientSettings;
use serde_json::json;

use super::concern::Judged;
use crate::web::is_in_clear;

/// Codes, tokens and users who signed out go over HTTPS, or do not leave the machine.
pub(super) fn insecure(client: &ClientSettings) -> Judged {
    if !client.oauth_enabled {
        return Ok(Some(Verdict::Pass(vec![Evidence::of::<ClientSettings>(
            "UserPoolClient.AllowedOAuthFlowsUserPoolClient",
            false,
            "false, or callback URLs on HTTPS",
        )])));
    }
    let faults = |field: &'static str, urls: &[String]| {
        let in_clear = urls.iter().filter(|url| is_in_clear(url));
        let of = |url: &String| {
            Evidence::of::<ClientSettings>(field, url.as_str(), "an address with https://")
        };
        in_clear.map(of).collect::<Vec<_>>()
    };
    let mut evidence = faults("UserPoolClient.CallbackURLs", &client.callback_urls);
    let only_logout = evidence.is_empty();
    evidence.extend(faults("UserPoolClient.LogoutURLs", &client.logout_urls));
    if evidence.is_empty() {
        let urls =
            json!({ "CallbackURLs": client.callback_urls, "LogoutURLs": client.logout_urls });
        let expected = "https://, the machine itself, or a scheme that only this app can have";
        let field = "UserPoolClient.CallbackURLs";
        return Ok(Some(Verdict::Pass(vec![Evidence::of::<ClientSettings>(
            field, urls, expected,
        )])));
    }
    let verdict = Verdict::faults(evidence);
    Ok(Some(if only_logout { verdict.severity(Severity::Low) } else { verdict }))
}
