//! The APIs of the account.

use awspect_fakeaws::FakeAws;
use awspect_tests::{
    apigateway::{ApiGateway, server, stand_in},
    cloudfront::{
        CloudFront,
        distribution::{Behavior, Distribution, Origin},
    },
    cognito::Cognito,
    iam::documents::policy,
    json::Json,
    moto::{Keys, Moto},
};
use serde_json::{Value, json};

use super::{HOME, Ids};

pub(super) fn fill(keys: &Keys, aws: &Json<'_>, fake: &FakeAws) -> Ids {
    stand_in::bare(fake);
    let gateway = ApiGateway::new(aws, fake);
    gateway.logs_by(&format!("arn:aws:iam::{}:role/logs", aws.account()));
    let cognito = Cognito::new(aws.clone());
    let pool = cognito.pool_arn(&cognito.pool("members", json!({})));
    let shop = shop(gateway, fake, &pool, &group(aws));
    careless(gateway, &pool);
    walled(gateway);
    private(gateway);
    metered(gateway);
    behind_domains(gateway, fake);
    let web = web(gateway, &group(aws));
    lax(gateway);
    in_front(keys, &format!("{web}.execute-api.{HOME}.amazonaws.com"));
    Ids { shop, web }
}

/// A distribution with a web ACL, before a default endpoint.
fn in_front(keys: &Keys, host: &str) {
    let acl = format!("arn:aws:wafv2:us-east-1:{}:global/webacl/shop/a1b2c3d4", keys.account);
    CloudFront::new(Moto::shared(), keys).simple(&Distribution {
        name: "web".to_owned(),
        origins: vec![Origin::server("api", host, "https-only", &["TLSv1.2"])],
        default: Behavior { target: "api", viewers: "https-only", ..Behavior::default() },
        web_acl: Some(acl),
        ..Distribution::default()
    });
}

/// A log group for each request.
fn group(aws: &Json<'_>) -> String {
    format!("arn:aws:logs:{HOME}:{}:log-group:requests", aws.account())
}

/// Asks for nothing.
fn nothing() -> Value {
    json!({ "authorizationType": "NONE" })
}

fn signature() -> Value {
    json!({ "authorizationType": "AWS_IAM" })
}

fn keyed() -> Value {
    json!({ "authorizationType": "NONE", "apiKeyRequired": true })
}

/// An API that can be called from everywhere.
pub(crate) fn regional() -> Value {
    json!({ "endpointConfiguration": { "types": ["REGIONAL"] } })
}

/// Settings with a resource policy: everybody may call, and then what else it says.
fn with_policy(mut settings: Value, more: &[Value]) -> Value {
    let mut all = vec![statement("Allow", &Value::Null)];
    all.extend_from_slice(more);
    settings["policy"] = json!(policy(json!(all)).to_string());
    settings
}

fn statement(effect: &str, condition: &Value) -> Value {
    let mut own = json!({
        "Effect": effect, "Principal": "*", "Action": "execute-api:Invoke",
        "Resource": "execute-api:/*",
    });
    if !condition.is_null() {
        own["Condition"] = condition.clone();
    }
    own
}

/// As it should be.
fn shop(gateway: ApiGateway<'_>, fake: &FakeAws, pool: &str, group: &str) -> String {
    let api = gateway.rest_api("shop", regional());
    let function = gateway.function("orders");
    let callers = api.authorizer(
        "callers",
        json!({
            "type": "TOKEN", "authorizerUri": function["uri"], "authorizerResultTtlInSeconds": 300,
            "identitySource": "method.request.header.Authorization",
        }),
    );
    let members = api.authorizer("members", tokens(pool));
    let custom = json!({ "authorizationType": "CUSTOM", "authorizerId": callers });
    let scoped = json!({
        "authorizationType": "COGNITO_USER_POOLS", "authorizerId": members,
        "authorizationScopes": ["shop/profile"],
    });
    let api = api
        .method("GET /orders", custom, &function)
        .preflight("/orders", &json!({ "Origin": "https://shop.example.com" }))
        .method("GET /profile", scoped, &server("https://profiles.example.com/api"))
        .deploy(
            "shop-prod",
            &[
                ("/*/*/logging/loglevel", "INFO"),
                ("/*/*/throttling/rateLimit", "50"),
                ("/*/*/caching/enabled", "true"),
                ("/*/*/caching/dataEncrypted", "true"),
                ("/cacheClusterEnabled", "true"),
                ("/tracingEnabled", "true"),
                ("/accessLogSettings/destinationArn", group),
            ],
        );
    api.guard("shop-prod", "shop");
    stand_in::client_certificate(fake, api.id());
    api.id().to_owned()
}

/// Takes the tokens of a user pool.
fn tokens(pool: &str) -> Value {
    json!({
        "type": "COGNITO_USER_POOLS", "providerARNs": [pool],
        "identitySource": "method.request.header.Authorization",
    })
}

/// As it should not be.
fn careless(gateway: ApiGateway<'_>, pool: &str) {
    let api = gateway.rest_api("careless", with_policy(regional(), &[]));
    let function = gateway.function("everyone");
    api.authorizer(
        "idle",
        json!({
            "type": "REQUEST", "authorizerUri": function["uri"],
            "authorizerResultTtlInSeconds": 3600,
            "identitySource": "context.identity.sourceIp",
        }),
    );
    let anyone = api.authorizer("anyone", tokens(pool));
    let ghosts = api.authorizer("ghosts", tokens(&format!("{pool}Gone")));
    let unscoped = json!({ "authorizationType": "COGNITO_USER_POOLS", "authorizerId": anyone });
    let dead = json!({
        "authorizationType": "COGNITO_USER_POOLS", "authorizerId": ghosts,
        "authorizationScopes": ["shop/profile"],
    });
    api.method("GET /open", nothing(), &function)
        .preflight("/open", &json!({ "Origin": "*", "Credentials": "true" }))
        .method("GET /keyed", keyed(), &function)
        .method("GET /accounts", unscoped, &function)
        .method("GET /ghosts", dead, &function)
        .method("GET /rates", signature(), &server("http://rates.example.com/today"))
        .deploy(
            "careless-prod",
            &[
                ("/*/*/logging/loglevel", "OFF"),
                ("/*/*/logging/dataTrace", "true"),
                ("/*/*/throttling/rateLimit", "10000"),
                ("/*/*/caching/enabled", "true"),
                ("/*/*/caching/dataEncrypted", "false"),
                ("/cacheClusterEnabled", "true"),
                ("/variables/dbPassword", "Kx9-trombone-72-lagoon"),
            ],
        );
}

/// Methods that ask for nothing, with and without a policy that keeps strangers out.
fn walled(gateway: ApiGateway<'_>) {
    let office = json!({ "NotIpAddress": { "aws:SourceIp": ["203.0.113.0/24"] } });
    let denied = [statement("Deny", &office)];
    let function = gateway.function("orders");
    gateway
        .rest_api("orders-internal", with_policy(regional(), &denied))
        .method("GET /walled", nothing(), &function)
        .deploy("walled", &[]);
    gateway
        .rest_api("admin-internal", regional())
        .method("GET /admin", nothing(), &function)
        .deploy("admin", &[]);
}

fn private(gateway: ApiGateway<'_>) {
    let private = || json!({ "endpointConfiguration": { "types": ["PRIVATE"] } });
    let own = json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-0a1b2c3d4e5f60718" } });
    let function = gateway.function("orders");
    gateway
        .rest_api("internal-ledger", with_policy(private(), &[statement("Deny", &own)]))
        .method("GET /ledger", nothing(), &function)
        .deploy("ledger", &[]);
    gateway
        .rest_api("internal-notes", with_policy(private(), &[]))
        .method("GET /notes", nothing(), &function)
        .deploy("notes", &[]);
}

/// All methods ask for keys, and all keys have a limit.
fn metered(gateway: ApiGateway<'_>) {
    let api = gateway
        .rest_api("metered", regional())
        .method("GET /metered", keyed(), &gateway.function("orders"))
        .deploy("metered", &[]);
    gateway.plan("partners", api.id(), "metered", 5);
}

/// Domains that ask for a certificate, before APIs whose default endpoints do not.
fn behind_domains(gateway: ApiGateway<'_>, fake: &FakeAws) {
    let function = gateway.function("orders");
    let closed = || {
        let mut settings = regional();
        settings["disableExecuteApiEndpoint"] = json!(true);
        settings
    };
    for (name, domain, settings) in
        [("partners", "partners.example.com", closed()), ("leaky", "leaky.example.com", regional())]
    {
        let api = gateway
            .rest_api(name, settings)
            .method(&format!("GET /{name}"), nothing(), &function)
            .deploy(name, &[]);
        gateway.domain(domain, "REGIONAL", "TLS_1_2");
        stand_in::mutual_tls(fake, domain);
        stand_in::mapped(fake, domain, api.id(), name);
    }
    gateway.domain("old.example.com", "EDGE", "TLS_1_0");
    let catalog = gateway
        .rest_api("catalog", closed())
        .method("GET /catalog", nothing(), &function)
        .deploy("catalog", &[]);
    gateway.map("old.example.com", catalog.id(), "catalog");
    gateway.domain("spare.example.com", "EDGE", "TLS_1_2");
}

/// An HTTP API as it should be, but for one of its stages.
fn web(gateway: ApiGateway<'_>, group: &str) -> String {
    let cors = json!({
        "allowOrigins": ["https://shop.example.com"], "allowMethods": ["GET"],
        "allowHeaders": ["authorization"], "allowCredentials": true,
    });
    let api = gateway.http_api("web", json!({ "protocolType": "HTTP", "corsConfiguration": cors }));
    let members = api.authorizer(
        "web-members",
        json!({
            "authorizerType": "JWT", "identitySource": ["$request.header.Authorization"],
            "jwtConfiguration": {
                "audience": ["1example23456789"],
                "issuer": format!("https://cognito-idp.{HOME}.amazonaws.com/{HOME}_Example1"),
            },
        }),
    );
    let asks = json!({ "authorizationType": "JWT", "authorizerId": members });
    let api = api
        .route("GET /carts", asks, "https://carts.example.com/")
        .stage("web-dev", None)
        .stage("web-prod", Some(group));
    api.id().to_owned()
}

/// An HTTP API as it should not be, and a WebSocket API to which everybody connects.
fn lax(gateway: ApiGateway<'_>) {
    let cors = json!({
        "allowOrigins": ["https://*"], "allowMethods": ["*"], "allowCredentials": true,
    });
    let api = gateway.http_api("lax", json!({ "protocolType": "HTTP", "corsConfiguration": cors }));
    api.authorizer(
        "lax-members",
        json!({
            "authorizerType": "JWT", "identitySource": ["$request.header.Authorization"],
            "jwtConfiguration": { "audience": [], "issuer": "https://accounts.google.com" },
        }),
    );
    api.route("GET /free", nothing(), "http://free.example.com/").stage("lax-prod", None);
    let chat = json!({
        "protocolType": "WEBSOCKET", "routeSelectionExpression": "$request.body.action",
    });
    gateway
        .http_api("chat", chat)
        .route("$default", nothing(), "https://chat.example.com/")
        .stage("chat-prod", None);
}
