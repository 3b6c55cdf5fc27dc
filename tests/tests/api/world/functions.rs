//! The functions of the account.

use awspect_fakeaws::FakeAws;
use awspect_tests::{
    iam::{Iam, documents::service},
    json::Json,
    lambda::{Lambda, stand_in},
    seed::Seed,
};
use serde_json::json;

use super::{HOME, Ids};

/// A layer of an account that nobody named.
const FOREIGN: &str = "arn:aws:lambda:eu-west-1:444455556666:layer:tracer:7";

pub(super) fn fill(seed: &Seed<'_>, aws: &Json<'_>, fake: &FakeAws, ids: &Ids) {
    stand_in::bare(fake);
    let account = aws.account();
    Iam::new(seed).role("run", &service("lambda"));
    let role = format!("arn:aws:iam::{account}:role/run");
    let lambda = Lambda::new(aws);
    let common = lambda.layer("common");
    lambda.layer("shared");
    lambda.share("shared");

    lambda.function("orders", "python3.13", &role, &[&common]);
    let bucket = json!({ "SourceArn": "arn:aws:s3:::shop-orders", "SourceAccount": account });
    lambda.permit("orders", "s3.amazonaws.com", bucket);
    let api = format!("arn:aws:execute-api:{HOME}:{account}:{}/*/GET/orders", ids.shop);
    lambda.permit("orders", "apigateway.amazonaws.com", json!({ "SourceArn": api }));
    let cors = json!({ "AllowOrigins": ["https://shop.example.com"] });
    stand_in::url(fake, "orders", &lambda.arn("orders"), "AWS_IAM", &cors);

    lambda.function("everyone", "python3.7", &role, &[]);
    lambda.environment("everyone", "DB_PASSWORD", "Kx9-trombone-72-lagoon");
    stand_in::foreign_layer(fake, "everyone", FOREIGN);
    let everyone = lambda.arn("everyone");
    let [url, invoke] = stand_in::by_url(&everyone);
    let statements = [stand_in::everybody(&everyone), url, invoke];
    stand_in::admits(fake, "everyone", None, &statements);
    let cors = json!({ "AllowOrigins": ["*"], "AllowCredentials": true });
    stand_in::url(fake, "everyone", &everyone, "NONE", &cors);

    // Two names for the same version, and each lets in others.
    lambda.function("thumbs", "python3.13", &role, &[]);
    lambda.permit("thumbs", "s3.amazonaws.com", json!({}));
    let any = format!("arn:aws:execute-api:{HOME}:{account}:*/*/GET/thumbs");
    lambda.permit("thumbs", "apigateway.amazonaws.com", json!({ "SourceArn": any }));
    lambda.publish("thumbs", "live");
    lambda.publish("thumbs", "next");
    let live = lambda.arn("thumbs:live");
    let statements = [&stand_in::by_url(&live)[..], &[stand_in::everybody(&live)]].concat();
    stand_in::admits(fake, "thumbs", Some("live"), &statements);
    let cors = json!({ "AllowMethods": ["GET"] });
    stand_in::url(fake, "thumbs", &live, "NONE", &cors);
}
