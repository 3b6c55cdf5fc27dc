//! What the readers of API Gateway share.

use std::collections::{BTreeMap, HashMap};

use awspect_inventory::apigateway::AccessLog;

use crate::{
    ask::Missing,
    read::{given, some_arn},
};

/// The headers of CORS among what an answer is given, by their name in small letters.
///
/// Other headers may be anything, and are not kept.
pub(super) fn cors_headers(given: HashMap<String, String>) -> BTreeMap<String, String> {
    let headers = given.into_iter().filter_map(|(target, value)| {
        let (_, name) = target.split_once("response.header.")?;
        let name = name.to_ascii_lowercase();
        name.starts_with("access-control-").then_some((name, value))
    });
    headers.collect()
}

/// Where a stage logs each request; a format alone writes nothing.
pub(super) fn access_log(destination: Option<String>) -> Result<Option<AccessLog>, Missing> {
    let destination = some_arn(destination, "destinationArn")?;
    Ok(destination.map(|destination| AccessLog { destination }))
}

/// Requests a second, in thousandths.
pub(super) fn milli(rate: f64) -> Result<i64, Missing> {
    // What is no number does not come out as digits.
    format!("{:.0}", rate * 1e3).parse().map_err(|_| Missing("rateLimit"))
}

/// What of an address is no secret: an ARN without a query, and of a URL its scheme and host.
pub(super) fn address(uri: Option<String>) -> Option<String> {
    let uri = given(uri)?;
    let before =
        |text: &str, ends: &[char]| text.split(ends).next().map(str::to_owned).unwrap_or_default();
    if uri.starts_with("arn:") {
        return Some(before(&uri, &['?']));
    }
    let Some((scheme, rest)) = uri.split_once("://") else {
        return Some(before(&uri, &['/', '?', '#']));
    };
    let authority = before(rest, &['/', '?', '#']);
    let host = authority.rsplit_once('@').map_or(authority.as_str(), |(_, host)| host);
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_no_path_and_no_password() {
        let function = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:shop:${stageVariables.alias}/invocations";
        for (uri, kept) in [
            ("http://backend.example.com/a/token?key=b", "http://backend.example.com"),
            ("https://user:password@example.com:8443/", "https://example.com:8443"),
            ("https://user:pass@word@example.com", "https://example.com"),
            ("https://${stageVariables.host}/x", "https://${stageVariables.host}"),
            ("HTTP://example.com#x", "HTTP://example.com"),
            ("${stageVariables.url}/x", "${stageVariables.url}"),
            (
                "arn:aws:apigateway:eu-west-1:sqs:action/SendMessage?a=b",
                "arn:aws:apigateway:eu-west-1:sqs:action/SendMessage",
            ),
            (function, function),
        ] {
            assert_eq!(address(Some(uri.to_owned())).as_deref(), Some(kept));
        }
        assert_eq!(address(Some(String::new())), None);
    }

    #[test]
    fn a_rate_is_a_number_of_thousandths() {
        for (rate, is) in [(10_000.0, 10_000_000), (0.5, 500), (-1.0, -1_000), (0.0, 0)] {
            assert_eq!(milli(rate).unwrap(), is);
        }
        for odd in [f64::NAN, f64::INFINITY, 1e300] {
            assert!(milli(odd).is_err());
        }
    }
}
