//! What an account of one distribution answers where a test says nothing else.
//!
//! It reads the account's bucket `data`, another's `theirs`, and a server.

use serde_json::json;

use super::*;
use crate::tests::{
    account::usual as other,
    stub::{ok, status},
};

pub(super) const ID: &str = "E1SHOP";

/// An account without anything of CloudFront's.
pub(in crate::tests) fn usual(call: &Call) -> Answer {
    match call.operation.as_str() {
        LIST => distributions(&[], None),
        CONTROLS => list("OriginAccessControlList", "", None),
        IDENTITIES => list("CloudFrontOriginAccessIdentityList", "", None),
        _ => list("ResponseHeadersPolicyList", "", None),
    }
}

pub(in crate::tests) fn account(call: &Call) -> Answer {
    match call.operation.as_str() {
        LIST => distributions(&[&summary(ID, "")], None),
        CONFIG => config("<DefaultRootObject>index.html</DefaultRootObject>"),
        TAGS => ok("<Tags><Items><Tag><Key>team</Key><Value>blue</Value></Tag></Items></Tags>"),
        CONTROLS => list("OriginAccessControlList", &control("OAC1"), None),
        IDENTITIES => list("CloudFrontOriginAccessIdentityList", &identity("OAI1"), None),
        HEADERS => list("ResponseHeadersPolicyList", &policy("P1", "custom", ""), None),
        SOURCES => ok(json!({ "deliverySources": [{
            "name": "shop",
            "resourceArns": [arn(ID)],
            "service": "cloudfront",
            "logType": "ACCESS_LOGS",
        }] })
        .to_string()),
        DELIVERIES => ok(json!({ "deliveries": [{
            "deliverySourceName": "shop",
            "deliveryDestinationArn":
                "arn:aws:logs:us-east-1:111122223333:delivery-destination:logs",
            "deliveryDestinationType": "S3",
        }] })
        .to_string()),
        HEAD => status(403).with("x-amz-bucket-region", "eu-west-1"),
        _ => other(call),
    }
}

pub(super) fn arn(id: &str) -> String {
    format!("arn:aws:cloudfront::111122223333:distribution/{id}")
}

/// A page of a listing.
pub(super) fn list(name: &str, items: &str, next: Option<&str>) -> Answer {
    let next_marker = next.map(|next| format!("<NextMarker>{next}</NextMarker>"));
    let items = if items.is_empty() { String::new() } else { format!("<Items>{items}</Items>") };
    ok(format!(
        "<{name}><Marker></Marker>{}<MaxItems>100</MaxItems><IsTruncated>{}</IsTruncated>\
         <Quantity>0</Quantity>{items}</{name}>",
        next_marker.unwrap_or_default(),
        next.is_some(),
    ))
}

pub(super) fn distributions(summaries: &[&str], next: Option<&str>) -> Answer {
    list("DistributionList", &summaries.concat(), next)
}

/// A distribution as the listing has it, and what else it says.
pub(super) fn summary(id: &str, also: &str) -> String {
    let origins = [
        s3("bucket", "data.s3.eu-west-1.amazonaws.com"),
        s3("theirs", "theirs.s3.amazonaws.com"),
        server("server", "api.example.com"),
    ];
    with_origins(id, &origins, also)
}

/// A distribution of these origins, the first of which is the default.
pub(super) fn with_origins(id: &str, origins: &[String], also: &str) -> String {
    format!(
        "<DistributionSummary><Id>{id}</Id><ARN>{}</ARN><Status>Deployed</Status>\
         <LastModifiedTime>2025-01-01T00:00:00Z</LastModifiedTime>\
         <DomainName>d1.cloudfront.net</DomainName>\
         <Aliases><Quantity>1</Quantity><Items><CNAME>shop.example.com</CNAME></Items></Aliases>\
         <Origins><Quantity>{}</Quantity><Items>{}</Items></Origins>\
         <DefaultCacheBehavior>{}</DefaultCacheBehavior>\
         <CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior>\
         <PathPattern>/login*</PathPattern>{}</CacheBehavior></Items></CacheBehaviors>\
         <Comment></Comment><PriceClass>PriceClass_All</PriceClass><Enabled>true</Enabled>\
         <ViewerCertificate><CloudFrontDefaultCertificate>true</CloudFrontDefaultCertificate>\
         <MinimumProtocolVersion>TLSv1</MinimumProtocolVersion></ViewerCertificate>\
         <Restrictions><GeoRestriction><RestrictionType>none</RestrictionType>\
         <Quantity>0</Quantity></GeoRestriction></Restrictions>\
         <WebACLId></WebACLId><HttpVersion>http2</HttpVersion><IsIPV6Enabled>true</IsIPV6Enabled>\
         <Staging>false</Staging>{also}</DistributionSummary>",
        arn(id),
        origins.len(),
        origins.concat(),
        behavior("redirect-to-https"),
        behavior("allow-all"),
    )
}

fn behavior(protocol: &str) -> String {
    format!(
        "<TargetOriginId>bucket</TargetOriginId>\
         <ViewerProtocolPolicy>{protocol}</ViewerProtocolPolicy>\
         <AllowedMethods><Quantity>2</Quantity><Items><Method>GET</Method><Method>HEAD</Method>\
         </Items></AllowedMethods>\
         <ResponseHeadersPolicyId>P1</ResponseHeadersPolicyId>"
    )
}

pub(super) fn s3(id: &str, domain: &str) -> String {
    format!(
        "<Origin><Id>{id}</Id><DomainName>{domain}</DomainName><OriginPath></OriginPath>\
         <S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig>\
         <OriginAccessControlId>OAC1</OriginAccessControlId></Origin>"
    )
}

pub(super) fn server(id: &str, domain: &str) -> String {
    format!(
        "<Origin><Id>{id}</Id><DomainName>{domain}</DomainName><OriginPath>/v1</OriginPath>\
         <CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader>\
         <HeaderName>X-From</HeaderName><HeaderValue>not for any inventory</HeaderValue>\
         </OriginCustomHeader></Items></CustomHeaders>\
         <CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort>\
         <OriginProtocolPolicy>https-only</OriginProtocolPolicy>\
         <OriginSslProtocols><Quantity>2</Quantity><Items><SslProtocol>TLSv1.1</SslProtocol>\
         <SslProtocol>TLSv1.2</SslProtocol></Items></OriginSslProtocols>\
         </CustomOriginConfig></Origin>"
    )
}

/// What `GetDistributionConfig` says.
pub(super) fn config(says: &str) -> Answer {
    ok(format!("<DistributionConfig>{says}<Enabled>true</Enabled></DistributionConfig>"))
}

pub(super) fn control(id: &str) -> String {
    format!(
        "<OriginAccessControlSummary><Id>{id}</Id><Description></Description><Name>shop</Name>\
         <SigningProtocol>sigv4</SigningProtocol><SigningBehavior>always</SigningBehavior>\
         <OriginAccessControlOriginType>s3</OriginAccessControlOriginType>\
         </OriginAccessControlSummary>"
    )
}

pub(super) fn identity(id: &str) -> String {
    format!(
        "<CloudFrontOriginAccessIdentitySummary><Id>{id}</Id>\
         <S3CanonicalUserId>c0ffee</S3CanonicalUserId><Comment></Comment>\
         </CloudFrontOriginAccessIdentitySummary>"
    )
}

pub(super) fn policy(id: &str, kind: &str, says: &str) -> String {
    format!(
        "<ResponseHeadersPolicySummary><Type>{kind}</Type><ResponseHeadersPolicy><Id>{id}</Id>\
         <LastModifiedTime>2025-01-01T00:00:00Z</LastModifiedTime>\
         <ResponseHeadersPolicyConfig><Name>shop</Name>{says}</ResponseHeadersPolicyConfig>\
         </ResponseHeadersPolicy></ResponseHeadersPolicySummary>"
    )
}
