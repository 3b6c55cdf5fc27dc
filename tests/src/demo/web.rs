//! What the demo's visitors reach first: two distributions, one of them forgotten, and web ACLs.

use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};

use super::{ACCOUNT, answer, api::API, text};

const SHOP: &str = "EDFDVBD6EXAMPLE";
const PRESS: &str = "E1PRESSEXAMPLE";
const CONTROL: &str = "E2SHOPWEBEXAMPLE";
/// A response headers policy of AWS's own.
const HEADERS: &str = "67f7725c-6f97-4210-82d7-5512b31e9d03";
/// What pages are read by, and what an API is asked by.
const READS: [&str; 2] = ["GET", "HEAD"];
const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];
const FRONT: &str = "11111111-aaaa-4bbb-8ccc-222222222222";
const BEHIND: &str = "33333333-aaaa-4bbb-8ccc-444444444444";

/// Answers for CloudFront, for the delivery of its logs and for AWS WAF.
pub(super) fn stand_in(fake: &FakeAws) {
    fake.on("cloudfront", "*").answer_with(cloudfront);
    fake.on("logs", "DescribeDeliver*").answer_with(delivered);
    // Which web ACL is in front of a user pool is told with the pools.
    fake.on("wafv2", "*").when(|it| it.operation != "GetWebACLForResource").answer_with(waf);
    for classic in ["waf", "waf-regional"] {
        fake.on(classic, "ListWebACLs").respond(answer(&json!({ "WebACLs": [] })));
    }
}

fn cloudfront(request: &Request) -> Response {
    let is_shop = request.names(SHOP);
    let body = match request.operation.as_str() {
        "ListDistributions" => list("DistributionList", &(shop() + &press())),
        "GetDistributionConfig" if is_shop => {
            "<DistributionConfig><DefaultRootObject>index.html</DefaultRootObject>\
             <Enabled>true</Enabled></DistributionConfig>"
                .to_owned()
        }
        "GetDistributionConfig" => {
            "<DistributionConfig><Enabled>true</Enabled></DistributionConfig>".to_owned()
        }
        "ListTagsForResource" if is_shop => "<Tags><Items>\
             <Tag><Key>app</Key><Value>shop</Value></Tag>\
             <Tag><Key>env</Key><Value>prod</Value></Tag></Items></Tags>"
            .to_owned(),
        "ListTagsForResource" => "<Tags><Items></Items></Tags>".to_owned(),
        "ListOriginAccessControls" => list(
            "OriginAccessControlList",
            &format!(
                "<OriginAccessControlSummary><Id>{CONTROL}</Id><Description></Description>\
                 <Name>shop-web</Name><SigningProtocol>sigv4</SigningProtocol>\
                 <SigningBehavior>always</SigningBehavior>\
                 <OriginAccessControlOriginType>s3</OriginAccessControlOriginType>\
                 </OriginAccessControlSummary>"
            ),
        ),
        "ListResponseHeadersPolicies" => list("ResponseHeadersPolicyList", &security_headers()),
        _ => list("CloudFrontOriginAccessIdentityList", ""),
    };
    Response::new(200, "text/xml", body)
}

/// A listing in one page.
fn list(name: &str, items: &str) -> String {
    format!(
        "<{name}><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated>\
         <Quantity>0</Quantity><Items>{items}</Items></{name}>"
    )
}

/// The pages, and the API under the same name.
fn shop() -> String {
    let pages = format!(
        "<Origin><Id>pages</Id><DomainName>shop-web.s3.eu-west-1.amazonaws.com</DomainName>\
         <OriginPath></OriginPath>\
         <S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig>\
         <OriginAccessControlId>{CONTROL}</OriginAccessControlId></Origin>"
    );
    let api = format!("{API}.execute-api.eu-west-1.amazonaws.com");
    let api = server("api", &api, "/prod", "https-only", &["TLSv1.2"]);
    let headers = format!("<ResponseHeadersPolicyId>{HEADERS}</ResponseHeadersPolicyId>");
    let paths = format!(
        "<CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior>\
         <PathPattern>/api/*</PathPattern>{}</CacheBehavior></Items></CacheBehaviors>",
        behavior("api", "https-only", &METHODS, "")
    );
    distribution(
        (SHOP, "d111111abcdef8.cloudfront.net", "shop.example.com", "TLSv1.2_2021"),
        &[pages, api],
        &format!(
            "<DefaultCacheBehavior>{}</DefaultCacheBehavior>{paths}",
            behavior("pages", "redirect-to-https", &READS, &headers)
        ),
        &acl_arn(FRONT),
    )
}

/// From a fair, of which nobody took it down: a website of S3's, in clear text behind it and in front.
fn press() -> String {
    let site = "shop-press-kit.s3-website-us-east-1.amazonaws.com";
    distribution(
        (PRESS, "d222222abcdef8.cloudfront.net", "press.shop.example.com", "TLSv1_2016"),
        &[server("site", site, "", "http-only", &["TLSv1", "TLSv1.1", "TLSv1.2"])],
        &format!(
            "<DefaultCacheBehavior>{}</DefaultCacheBehavior>\
             <CacheBehaviors><Quantity>0</Quantity></CacheBehaviors>",
            behavior("site", "allow-all", &READS, "")
        ),
        "",
    )
}

/// A distribution by its id, its domain, its owner's name for it and the least TLS.
fn distribution(
    (id, domain, alias, least): (&str, &str, &str, &str),
    origins: &[String],
    behaviors: &str,
    web_acl: &str,
) -> String {
    let (quantity, origins) = (origins.len(), origins.concat());
    format!(
        "<DistributionSummary><Id>{id}</Id>\
         <ARN>arn:aws:cloudfront::{ACCOUNT}:distribution/{id}</ARN><Status>Deployed</Status>\
         <LastModifiedTime>2024-05-02T09:00:00Z</LastModifiedTime>\
         <DomainName>{domain}</DomainName>\
         <Aliases><Quantity>1</Quantity><Items><CNAME>{alias}</CNAME></Items></Aliases>\
         <Origins><Quantity>{quantity}</Quantity><Items>{origins}</Items></Origins>{behaviors}\
         <Comment></Comment><PriceClass>PriceClass_100</PriceClass><Enabled>true</Enabled>\
         <ViewerCertificate>\
         <ACMCertificateArn>arn:aws:acm:us-east-1:{ACCOUNT}:certificate/shop</ACMCertificateArn>\
         <SSLSupportMethod>sni-only</SSLSupportMethod>\
         <MinimumProtocolVersion>{least}</MinimumProtocolVersion></ViewerCertificate>\
         <Restrictions><GeoRestriction><RestrictionType>none</RestrictionType>\
         <Quantity>0</Quantity></GeoRestriction></Restrictions>\
         <WebACLId>{web_acl}</WebACLId><HttpVersion>http2</HttpVersion>\
         <IsIPV6Enabled>true</IsIPV6Enabled><Staging>false</Staging></DistributionSummary>"
    )
}

fn server(id: &str, domain: &str, path: &str, protocol: &str, versions: &[&str]) -> String {
    let versions = texts("SslProtocol", versions);
    format!(
        "<Origin><Id>{id}</Id><DomainName>{domain}</DomainName><OriginPath>{path}</OriginPath>\
         <CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort>\
         <OriginProtocolPolicy>{protocol}</OriginProtocolPolicy>\
         <OriginSslProtocols>{versions}</OriginSslProtocols></CustomOriginConfig></Origin>"
    )
}

fn behavior(origin: &str, viewers: &str, methods: &[&str], more: &str) -> String {
    let methods = texts("Method", methods);
    format!(
        "<TargetOriginId>{origin}</TargetOriginId>\
         <ViewerProtocolPolicy>{viewers}</ViewerProtocolPolicy>\
         <AllowedMethods>{methods}</AllowedMethods>{more}"
    )
}

/// Texts with how many they are.
fn texts(name: &str, all: &[&str]) -> String {
    let items: Vec<String> = all.iter().map(|text| format!("<{name}>{text}</{name}>")).collect();
    format!("<Quantity>{}</Quantity><Items>{}</Items>", all.len(), items.concat())
}

fn security_headers() -> String {
    let ours = "<Override>false</Override>";
    format!(
        "<ResponseHeadersPolicySummary><Type>managed</Type><ResponseHeadersPolicy>\
         <Id>{HEADERS}</Id><LastModifiedTime>2021-11-02T00:00:00Z</LastModifiedTime>\
         <ResponseHeadersPolicyConfig><Name>Managed-SecurityHeadersPolicy</Name>\
         <SecurityHeadersConfig><ContentTypeOptions><Override>true</Override></ContentTypeOptions>\
         <FrameOptions>{ours}<FrameOption>SAMEORIGIN</FrameOption></FrameOptions>\
         <StrictTransportSecurity>{ours}\
         <AccessControlMaxAgeSec>31536000</AccessControlMaxAgeSec></StrictTransportSecurity>\
         </SecurityHeadersConfig></ResponseHeadersPolicyConfig></ResponseHeadersPolicy>\
         </ResponseHeadersPolicySummary>"
    )
}

/// The shop's requests go to the bucket for logs.
fn delivered(request: &Request) -> Response {
    answer(&match request.operation.as_str() {
        "DescribeDeliverySources" => json!({ "deliverySources": [{
            "name": "shop", "service": "cloudfront", "logType": "ACCESS_LOGS",
            "resourceArns": [format!("arn:aws:cloudfront::{ACCOUNT}:distribution/{SHOP}")],
        }] }),
        _ => json!({ "deliveries": [{
            "deliverySourceName": "shop", "deliveryDestinationType": "S3",
            "deliveryDestinationArn":
                format!("arn:aws:logs:us-east-1:{ACCOUNT}:delivery-destination:shop-logs"),
        }] }),
    })
}

fn waf(request: &Request) -> Response {
    let is_edge = text(request, "Scope") == "CLOUDFRONT";
    let is_home = request.region == "eu-west-1";
    let body = match request.operation.as_str() {
        "ListWebACLs" if is_edge => json!({ "WebACLs": [named(FRONT)] }),
        "ListWebACLs" if is_home => json!({ "WebACLs": [named(BEHIND)] }),
        "ListWebACLs" => json!({ "WebACLs": [] }),
        "GetWebACL" => json!({ "WebACL": acl(&text(request, "Id")) }),
        "ListLoggingConfigurations" if !is_edge && text(request, "LogScope") == "CUSTOMER" => {
            let group = format!("arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:aws-waf-logs-shop");
            let log = json!({ "ResourceArn": acl_arn(BEHIND), "LogDestinationConfigs": [group] });
            json!({ "LoggingConfigurations": [log] })
        }
        // Nobody reads what is only counted, so nobody had it written.
        "ListLoggingConfigurations" => json!({ "LoggingConfigurations": [] }),
        "ListResourcesForWebACL" if text(request, "ResourceType") == "API_GATEWAY" => {
            json!({ "ResourceArns":
                [format!("arn:aws:apigateway:eu-west-1::/restapis/{API}/stages/prod")] })
        }
        "ListResourcesForWebACL" => json!({ "ResourceArns": [] }),
        "ListRuleGroups" => json!({ "RuleGroups": [] }),
        _ => json!({}),
    };
    answer(&body)
}

fn name(id: &str) -> &'static str {
    if id == FRONT { "shop-front" } else { "shop-api" }
}

/// The ARN of a web ACL; that of the distribution is in the one region that CloudFront looks at.
fn acl_arn(id: &str) -> String {
    let scope = if id == FRONT { "us-east-1" } else { "eu-west-1" };
    let kind = if id == FRONT { "global" } else { "regional" };
    format!("arn:aws:wafv2:{scope}:{ACCOUNT}:{kind}/webacl/{}/{id}", name(id))
}

/// The web ACL in front of the API.
pub(super) fn guard() -> String {
    acl_arn(BEHIND)
}

fn named(id: &str) -> Value {
    json!({ "ARN": acl_arn(id), "Id": id, "Name": name(id) })
}

/// That in front was to count for a week, before it stops anything; the week is long over.
fn acl(id: &str) -> Value {
    let core = |action: &str| {
        json!({
            "Name": "core", "Priority": 1, "OverrideAction": { action: {} },
            "Statement": { "ManagedRuleGroupStatement": {
                "VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet",
            } },
            "VisibilityConfig": visible("core"),
        })
    };
    let rate = json!({
        "Name": "rate", "Priority": 0, "Action": { "Block": {} },
        "Statement": { "RateBasedStatement": { "Limit": 2_000, "AggregateKeyType": "IP" } },
        "VisibilityConfig": visible("rate"),
    });
    json!({
        "Name": name(id), "Id": id, "ARN": acl_arn(id), "DefaultAction": { "Allow": {} },
        "Rules": if id == FRONT { json!([core("Count")]) } else { json!([rate, core("None")]) },
        "VisibilityConfig": visible(name(id)),
    })
}

fn visible(name: &str) -> Value {
    json!({
        "SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": name,
    })
}
