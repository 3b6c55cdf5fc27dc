//! Origin access controls and origin access identities.

use serde_json::json;

use super::*;

#[tokio::test]
async fn what_distributions_read_origins_with_is_read() {
    let cloudfront = cloudfront(&Stub::new(account).regions(["eu-west-1"])).await;
    assert_eq!(
        cloudfront["origin_access_controls"]["found"],
        json!([{
            "arn": "arn:aws:cloudfront::111122223333:origin-access-control/OAC1",
            "id": "OAC1",
            "name": "shop",
            "signing": "always",
            "protocol": "sigv4",
            "origin_type": "s3",
        }])
    );
    assert_eq!(
        cloudfront["origin_access_identities"]["found"],
        json!([{
            "arn": "arn:aws:cloudfront::111122223333:origin-access-identity/OAI1",
            "id": "OAI1",
            "canonical_user": "c0ffee",
        }])
    );
}
