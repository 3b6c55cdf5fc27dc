//! What the fake AWS does not know of Cognito and of text messages, answered by the stand-in.

use aws_smithy_cbor::Encoder;
use aws_smithy_types::DateTime;
use awspect_fakeaws::{FakeAws, Request, Response};
use serde_json::{Value, json};

use crate::json::with;

/// An answer of a service that speaks JSON.
fn answer(body: &Value) -> Response {
    Response::new(200, "application/x-amz-json-1.1", body.to_string())
}

/// An answer as the fake AWS gave it, with another value at a place.
///
/// # Panics
///
/// If the answer is no JSON object.
pub fn amended(
    mut response: Response,
    object: Option<&str>,
    field: &str,
    value: &Value,
) -> Response {
    let mut body: Value = serde_json::from_slice(&response.body).expect("the answer is JSON");
    let place = match object {
        Some(name) => body.get_mut(name),
        None => Some(&mut body),
    };
    place.expect("the answer has the object")[field] = value.clone();
    response.body = body.to_string().into_bytes();
    response
}

/// Lets every user pool have no risk settings and send no logs, and every identity pool hand out no roles.
pub fn bare(fake: &FakeAws) {
    let named = |field: &'static str, inner: &'static str| {
        move |request: &Request| {
            let sent: Value = serde_json::from_slice(&request.body).unwrap_or_default();
            let id = sent.get(field).cloned().unwrap_or_default();
            let own = json!({ field: id });
            answer(&if inner.is_empty() { own } else { json!({ inner: own }) })
        }
    };
    fake.on("cognito-idp", "DescribeRiskConfiguration")
        .answer_with(named("UserPoolId", "RiskConfiguration"));
    fake.on("cognito-idp", "GetLogDeliveryConfiguration")
        .answer_with(named("UserPoolId", "LogDeliveryConfiguration"));
    fake.on("cognito-identity", "GetIdentityPoolRoles").answer_with(named("IdentityPoolId", ""));
}

/// Sets what threat protection does in a pool, or for one client.
pub fn risk(fake: &FakeAws, pool: &str, client: Option<&str>, settings: Value) {
    let settings = with(with(settings, "UserPoolId", pool), "ClientId", client);
    let response = answer(&json!({ "RiskConfiguration": settings }));
    let rule = fake.on("cognito-idp", "DescribeRiskConfiguration").only(pool);
    match client {
        Some(client) => rule.only(client).respond(response),
        None => rule.when(|request| !request.names("ClientId")).respond(response),
    };
}

/// Sets where a pool sends its logs.
pub fn logs(fake: &FakeAws, pool: &str, configurations: &Value) {
    let delivery = json!({ "UserPoolId": pool, "LogConfigurations": configurations });
    fake.on("cognito-idp", "GetLogDeliveryConfiguration")
        .only(pool)
        .respond(answer(&json!({ "LogDeliveryConfiguration": delivery })));
}

/// Sets the roles that an identity pool hands out, and whether its clients may choose others.
pub fn roles(fake: &FakeAws, pool: &str, roles: &Value, classic: bool) {
    fake.on("cognito-identity", "GetIdentityPoolRoles")
        .only(pool)
        .respond(answer(&json!({ "IdentityPoolId": pool, "Roles": roles })));
    let classic = json!(classic);
    fake.on("cognito-identity", "DescribeIdentityPool")
        .only(pool)
        .rewrite(move |_, response| amended(response, None, "AllowClassicFlow", &classic));
}

/// What a region may send by text message.
#[derive(Clone, Copy, Debug)]
pub struct TextMessages {
    /// Whether only numbers that were verified get any.
    pub sandbox: bool,
    /// US dollars a month that SNS was told.
    pub told: Option<u32>,
    /// US dollars a month that AWS allows.
    pub allowed: u32,
    /// US dollars that were spent this month.
    pub spent: Option<f64>,
}

/// Sets what a region may send by text message.
pub fn text_messages(fake: &FakeAws, region: &str, state: TextMessages) {
    let xml = |operation: &str, inner: &str| {
        let body = format!(
            "<{operation}Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">\
             <{operation}Result>{inner}</{operation}Result></{operation}Response>"
        );
        Response::new(200, "text/xml", body)
    };
    let told = state.told.map(|dollars| {
        format!("<entry><key>MonthlySpendLimit</key><value>{dollars}</value></entry>")
    });
    let attributes = format!("<attributes>{}</attributes>", told.unwrap_or_default());
    fake.on("sns", "GetSMSAttributes")
        .in_region(region)
        .respond(xml("GetSMSAttributes", &attributes));
    let sandbox = format!("<IsInSandbox>{}</IsInSandbox>", state.sandbox);
    fake.on("sns", "GetSMSSandboxAccountStatus")
        .in_region(region)
        .respond(xml("GetSMSSandboxAccountStatus", &sandbox));
    let limit = json!({
        "Name": "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT",
        "EnforcedLimit": state.told.unwrap_or(state.allowed), "MaxLimit": state.allowed,
        "Overridden": state.told.is_some(),
    });
    fake.on("sms-voice", "DescribeSpendLimits")
        .in_region(region)
        .respond(answer(&json!({ "SpendLimits": [limit] })));
    let mut figures = Encoder::new(vec![]);
    figures.map(2).str("Label").str("SMSMonthToDateSpentUSD").str("Datapoints");
    figures.array(usize::from(state.spent.is_some()));
    if let Some(dollars) = state.spent {
        // The scan asks for this month and takes the latest that it gets.
        let at = DateTime::from_secs(1_768_431_600);
        figures.map(3).str("Timestamp").timestamp(&at).str("Maximum").double(dollars);
        figures.str("Unit").str("None");
    }
    let mut figures = Response::new(200, "application/cbor", figures.into_writer());
    figures.headers.push(("smithy-protocol".to_owned(), "rpc-v2-cbor".to_owned()));
    fake.on("cloudwatch", "GetMetricStatistics").in_region(region).respond(figures);
}
