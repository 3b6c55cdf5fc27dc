//! What the fake AWS does not know of CloudFront and of what stands behind it, answered by the stand-in.

use awspect_fakeaws::{FakeAws, Response};
use serde_json::{Value, json};

use super::distribution::{Distribution, element};

fn xml(body: &str) -> Response {
    Response::new(200, "text/xml", body)
}

/// A listing of CloudFront in one page.
fn listing(name: &str, items: &str) -> Response {
    let items = if items.is_empty() { String::new() } else { element("Items", items) };
    let page = "<MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>0</Quantity>";
    xml(&element(name, &format!("<Marker></Marker>{page}{items}")))
}

fn answer(kind: &str, body: &Value) -> Response {
    Response::new(200, kind, body.to_string())
}

/// Lets an account have no origin access identity, no response headers policy, and no log that is delivered.
pub fn bare(fake: &FakeAws) {
    identities(fake, &[]);
    policies(fake, &[]);
    fake.on("logs", "DescribeDeliverySources").respond(logs(&json!({ "deliverySources": [] })));
    fake.on("logs", "DescribeDeliveries").respond(logs(&json!({ "deliveries": [] })));
}

/// Puts what the fake AWS drops of a distribution back into its listing.
pub(super) fn restore(fake: &FakeAws, id: &str, distribution: &Distribution) {
    let (id, dropped) = (id.to_owned(), distribution.dropped());
    fake.on("cloudfront", "ListDistributions").rewrite(move |_, mut response| {
        if let Some(text) = restored(&response.text(), &id, &dropped) {
            response.body = text.into_bytes();
        }
        response
    });
}

/// The listing with these elements of a distribution, if the distribution is on this page.
fn restored(page: &str, id: &str, elements: &[(&str, String)]) -> Option<String> {
    let start = page.find(&format!("<DistributionSummary><Id>{id}</Id>"))?;
    let (before, rest) = page.split_at(start);
    let (summary, after) = rest.split_once("</DistributionSummary>")?;
    let mut summary = summary.to_owned();
    for (name, element) in elements {
        let (from, end) = (summary.find(&format!("<{name}>"))?, format!("</{name}>"));
        let to = summary.find(&end)? + end.len();
        summary.replace_range(from..to, element);
    }
    Some(format!("{before}{summary}</DistributionSummary>{after}"))
}

/// Sets the origin access identities, by their ids and their other names.
pub fn identities(fake: &FakeAws, all: &[(&str, &str)]) {
    let items = all.iter().map(|(id, user)| {
        let user = element("S3CanonicalUserId", user);
        let parts = element("Id", id) + &user + &element("Comment", "");
        element("CloudFrontOriginAccessIdentitySummary", &parts)
    });
    let items: String = items.collect();
    fake.on("cloudfront", "ListCloudFrontOriginAccessIdentities")
        .respond(listing("CloudFrontOriginAccessIdentityList", &items));
}

/// Sets the response headers policies: those with these ids have HSTS for so many seconds and nothing that sniffs or frames.
pub fn policies(fake: &FakeAws, all: &[(&str, u32)]) {
    let items = all.iter().map(|(id, seconds)| {
        let always = "<Override>true</Override>";
        let headers = format!(
            "<StrictTransportSecurity>{always}\
             <AccessControlMaxAgeSec>{seconds}</AccessControlMaxAgeSec></StrictTransportSecurity>\
             <FrameOptions>{always}<FrameOption>DENY</FrameOption></FrameOptions>\
             <ContentTypeOptions>{always}</ContentTypeOptions>"
        );
        let config = element("Name", id) + &element("SecurityHeadersConfig", &headers);
        let policy = element("Id", id)
            + &element("LastModifiedTime", "2025-01-01T00:00:00Z")
            + &element("ResponseHeadersPolicyConfig", &config);
        let kind = element("Type", "custom");
        let policy = element("ResponseHeadersPolicy", &policy);
        element("ResponseHeadersPolicySummary", &(kind + &policy))
    });
    let items: String = items.collect();
    fake.on("cloudfront", "ListResponseHeadersPolicies")
        .respond(listing("ResponseHeadersPolicyList", &items));
}

fn logs(body: &Value) -> Response {
    answer("application/x-amz-json-1.1", body)
}

/// Has CloudWatch Logs deliver the access logs of a distribution.
pub fn delivered(fake: &FakeAws, distribution: &str, destination: &str) {
    let source = json!({
        "name": "shop", "resourceArns": [distribution], "service": "cloudfront",
        "logType": "ACCESS_LOGS",
    });
    let delivery = json!({
        "deliverySourceName": "shop", "deliveryDestinationArn": destination,
        "deliveryDestinationType": "CWL",
    });
    fake.on("logs", "DescribeDeliverySources")
        .respond(logs(&json!({ "deliverySources": [source] })));
    fake.on("logs", "DescribeDeliveries").respond(logs(&json!({ "deliveries": [delivery] })));
}

/// Sets the functions of a region that have addresses: the function and the host's first label alike, and who may call.
pub fn function_urls(fake: &FakeAws, region: &str, account: &str, all: &[(&str, &str)]) {
    let arn = |name: &str| format!("arn:aws:lambda:{region}:{account}:function:{name}");
    let functions = all.iter().map(|(name, _)| {
        json!({
            "FunctionName": name, "FunctionArn": format!("{}:$LATEST", arn(name)),
            "Version": "$LATEST", "Runtime": "python3.13", "PackageType": "Zip",
            "Role": format!("arn:aws:iam::{account}:role/{name}"),
        })
    });
    let functions = json!({ "Functions": functions.collect::<Vec<_>>() });
    fake.on("lambda", "ListFunctions")
        .in_region(region)
        .respond(answer("application/json", &functions));
    for (name, auth) in all {
        let url = json!({
            "FunctionArn": arn(name), "AuthType": auth,
            "FunctionUrl": format!("https://{}/", function_host(region, name)),
            "CreationTime": "2025-01-01T00:00:00Z", "LastModifiedTime": "2025-01-01T00:00:00Z",
        });
        fake.on("lambda", "ListFunctionUrlConfigs")
            .only(name)
            .respond(answer("application/json", &json!({ "FunctionUrlConfigs": [url] })));
    }
}

/// The host of a function's address.
pub fn function_host(region: &str, name: &str) -> String {
    format!("{name}.lambda-url.{region}.on.aws")
}

/// Refuses to look into a bucket as S3 does: with the region where it is another's, without where nothing is said.
pub fn refused_bucket(fake: &FakeAws, bucket: &str, region: Option<&str>) {
    let region = region.map(|region| ("x-amz-bucket-region", region));
    let headers: Vec<(&str, &str)> = region.into_iter().collect();
    fake.on("s3", "HeadBucket").only(bucket).answer(403, &headers, "");
}

#[cfg(test)]
mod tests {
    use super::restored;

    #[test]
    fn only_the_elements_of_the_one_distribution_are_put_back() {
        let summary = |id: &str, a: &str| {
            format!("<DistributionSummary><Id>{id}</Id><A>{a}</A><B/></DistributionSummary>")
        };
        let page = format!("<Items>{}{}</Items>", summary("E1", "1"), summary("E2", "2"));
        let whole = [("A", "<A>whole</A>".to_owned())];
        let expected = format!("<Items>{}{}</Items>", summary("E1", "1"), summary("E2", "whole"));
        assert_eq!(restored(&page, "E2", &whole), Some(expected));
        assert_eq!(restored(&page, "E3", &whole), None);
    }
}
