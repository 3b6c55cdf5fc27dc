//! What headers are added to responses.

use serde_json::{Value, json};

use super::{account::*, *};

async fn policy_of(kind: &str, says: &str) -> Value {
    let stub = with(HEADERS, list("ResponseHeadersPolicyList", &policy("P1", kind, says), None));
    at(&stub, "/response_headers_policies/found/0").await
}

#[tokio::test]
async fn a_policy_is_read_and_the_values_of_its_headers_are_not_kept() {
    let list = |name, item, text| {
        format!("<{name}><Quantity>1</Quantity><Items><{item}>{text}</{item}></Items></{name}>")
    };
    let says = [
        "<CorsConfig>",
        &list("AccessControlAllowOrigins", "Origin", "*"),
        &list("AccessControlAllowHeaders", "Header", "X-A"),
        &list("AccessControlAllowMethods", "Method", "ALL"),
        "<AccessControlAllowCredentials>true</AccessControlAllowCredentials>\
         <OriginOverride>true</OriginOverride></CorsConfig><SecurityHeadersConfig>\
         <StrictTransportSecurity><Override>true</Override>\
         <IncludeSubdomains>true</IncludeSubdomains><Preload>false</Preload>\
         <AccessControlMaxAgeSec>31536000</AccessControlMaxAgeSec></StrictTransportSecurity>\
         <FrameOptions><Override>true</Override><FrameOption>DENY</FrameOption></FrameOptions>\
         <ContentTypeOptions><Override>true</Override></ContentTypeOptions>\
         </SecurityHeadersConfig><CustomHeadersConfig><Quantity>1</Quantity><Items>\
         <ResponseHeadersPolicyCustomHeader><Header>X-Key</Header>\
         <Value>not for any inventory</Value><Override>true</Override>\
         </ResponseHeadersPolicyCustomHeader></Items></CustomHeadersConfig>",
    ]
    .concat();
    assert_eq!(
        policy_of("custom", &says).await,
        json!({
            "arn": "arn:aws:cloudfront::111122223333:response-headers-policy/P1",
            "id": "P1",
            "name": "shop",
            "owner": "custom",
            "cors": {
                "origins": ["*"],
                "methods": ["ALL"],
                "headers": ["X-A"],
                "credentials": true,
                "overrides": true,
            },
            "security": {
                "hsts": {
                    "max_age": 31_536_000,
                    "include_subdomains": true,
                    "preload": false,
                    "overrides": true,
                },
                "content_type_options": true,
                "frame_options": "DENY",
                "referrer_policy": null,
                "content_security_policy": null,
                "xss_protection": false,
            },
            "custom": ["X-Key"],
            "removed": [],
        })
    );
}

#[tokio::test]
async fn one_of_awss_own_has_no_account() {
    let policy = policy_of("managed", "").await;
    assert_eq!(policy["arn"], "arn:aws:cloudfront:::response-headers-policy/P1");
    assert_eq!(policy["cors"], json!(null));
}
