//! An account that has something of everything, as it should be and as it should not.

use std::sync::OnceLock;

use awspect_fakeaws::{FakeAws, ec2::no_networks};
use awspect_tests::{
    cognito::{
        Cognito,
        stand_in::{TextMessages, bare, logs, risk, roles, text_messages},
    },
    iam::{
        Iam,
        documents::{allow, trust_if},
    },
    json::Json,
    moto::{Keys, Moto},
    run::scan,
    seed::Seed,
};
use serde_json::{Value, json};

use crate::BINARY;

/// Where the pools are. Good ones send their text messages from elsewhere.
pub(crate) const HOME: &str = "eu-west-1";
pub(crate) const FAR: &str = "eu-central-1";

/// The account, the stand-in before it, and the ids of its pools.
pub(crate) struct World {
    pub(crate) keys: Keys,
    pub(crate) fake: FakeAws,
    pub(crate) ids: Ids,
}

pub(crate) struct Ids {
    pub(crate) tidy: String,
    watched: String,
    members: String,
    maps: String,
    open: String,
}

impl World {
    /// A scan of the one region.
    pub(crate) fn scan(&self) -> Value {
        let only = ["--service", "cognito", "--region", HOME];
        scan(BINARY, &self.keys, &self.fake.endpoint(), &only).json()
    }
}

/// What a scan says where nothing is refused.
pub(crate) fn report() -> &'static Value {
    static REPORT: OnceLock<Value> = OnceLock::new();
    REPORT.get_or_init(|| world("220000000001").scan())
}

/// An account of its own.
pub(crate) fn world(account: &str) -> World {
    let moto = Moto::shared();
    let seed = Seed::new(moto, account);
    let cognito = Cognito::new(Json::new(moto, seed.keys(), HOME));
    let ids = pools(&cognito, account);
    identities(&Iam::new(&seed), account, &ids);
    let fake = FakeAws::start(moto.address());
    no_networks(&fake, &[HOME, FAR]);
    stand_in(&fake, account, &ids);
    World { keys: seed.keys().clone(), fake, ids }
}

fn role(account: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:role/{name}")
}

fn pools(cognito: &Cognito<'_>, account: &str) -> Ids {
    let strong = json!({ "PasswordPolicy": {
        "MinimumLength": 14, "RequireUppercase": true, "RequireLowercase": true,
        "RequireNumbers": true, "RequireSymbols": true, "TemporaryPasswordValidityDays": 1,
    } });
    let enforced = json!({ "AdvancedSecurityMode": "ENFORCED" });
    let by_mail = json!({ "RecoveryMechanisms": [{ "Name": "verified_email", "Priority": 1 }] });
    let far = json!({
        "SnsCallerArn": role(account, "texts"), "ExternalId": "shop", "SnsRegion": FAR,
    });
    let here = json!({ "SnsCallerArn": role(account, "texts-any"), "ExternalId": "shop" });
    let factors = |app: bool| {
        json!({
            "SmsMfaConfiguration": { "SmsConfiguration": far },
            "SoftwareTokenMfaConfiguration": { "Enabled": app },
            "MfaConfiguration": "ON",
        })
    };
    let tidy = cognito.pool(
        "tidy",
        json!({
            "Policies": strong,
            "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true },
            "AutoVerifiedAttributes": ["email"],
            "AccountRecoverySetting": by_mail,
            "DeletionProtection": "ACTIVE",
            "UserPoolTier": "PLUS",
            "UserPoolAddOns": enforced,
            "SmsConfiguration": far,
        }),
    );
    cognito.mfa(&tidy, factors(true));
    cognito.guard(&tidy, &format!("shop-{account}"));
    let careless = cognito.pool(
        "careless",
        json!({
            "Policies": { "PasswordPolicy": {
                "MinimumLength": 6, "TemporaryPasswordValidityDays": 90,
            } },
            "AutoVerifiedAttributes": ["phone_number"],
            "DeletionProtection": "INACTIVE",
            "UserPoolTier": "ESSENTIALS",
            "SmsConfiguration": here,
            "Schema": [{ "Name": "role", "AttributeDataType": "String", "Mutable": true }],
        }),
    );
    let texting = cognito.pool(
        "texting",
        json!({ "Policies": strong, "SmsConfiguration": far, "AccountRecoverySetting": by_mail }),
    );
    cognito.mfa(&texting, factors(false));
    let watched = cognito.pool(
        "watched",
        json!({ "Policies": strong, "UserPoolTier": "PLUS", "UserPoolAddOns": enforced }),
    );
    clients(cognito, &tidy, &careless, &watched);
    let takes = |pool: &str, check: bool, guests: bool| {
        json!({
            "AllowUnauthenticatedIdentities": guests,
            "CognitoIdentityProviders": [{
                "ProviderName": format!("cognito-idp.{HOME}.amazonaws.com/{pool}"),
                "ClientId": "1example23456789", "ServerSideTokenCheck": check,
            }],
        })
    };
    let members = cognito.identity_pool("members", takes(&tidy, true, false));
    let maps = cognito.identity_pool("maps", json!({ "AllowUnauthenticatedIdentities": true }));
    let open = cognito.identity_pool("open", takes(&careless, false, true));
    Ids { tidy, watched, members, maps, open }
}

fn clients(cognito: &Cognito<'_>, tidy: &str, careless: &str, watched: &str) {
    let web = json!({
        "GenerateSecret": false,
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"],
        "CallbackURLs": ["https://shop.example.com/signed-in"],
        "SupportedIdentityProviders": ["COGNITO"],
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": true,
        "RefreshTokenValidity": 7,
        "WriteAttributes": ["name"],
    });
    cognito.client(tidy, "web", web);
    let machine = json!({
        "GenerateSecret": true,
        "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthScopes": ["orders/read"],
    });
    cognito.client(tidy, "machine", machine);
    let old = json!({
        "GenerateSecret": false,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["implicit"],
        "AllowedOAuthScopes": ["openid"],
        "CallbackURLs": ["http://shop.example.com/signed-in"],
        "SupportedIdentityProviders": ["COGNITO"],
        "PreventUserExistenceErrors": "LEGACY",
        "EnableTokenRevocation": false,
        "RefreshTokenValidity": 3650,
        "WriteAttributes": ["name", "custom:role"],
    });
    cognito.client(careless, "old", old);
    cognito.client(watched, "app", json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }));
}

/// Trusts an identity pool to say who has signed in, or is a guest.
fn identity(pool: &str, amr: &str) -> Value {
    let of = |claim: &str| format!("cognito-identity.amazonaws.com:{claim}");
    trust_if(
        &json!({ "Federated": "cognito-identity.amazonaws.com" }),
        &json!({
            "StringEquals": { of("aud"): pool },
            "ForAnyValue:StringLike": { of("amr"): amr },
        }),
    )
}

fn identities(iam: &Iam<'_>, account: &str, ids: &Ids) {
    let service = json!({ "Service": "cognito-idp.amazonaws.com" });
    let own = json!({ "StringEquals": { "sts:ExternalId": "shop", "aws:SourceAccount": account } });
    iam.role("texts", &trust_if(&service, &own)).inline("send", &allow("sns:Publish", "*"));
    let too_much = allow(json!(["sns:*", "dynamodb:GetItem"]), "*");
    iam.role("texts-any", &trust_if(&service, &json!({}))).inline("send", &too_much);
    let files = "arn:aws:s3:::shop-files/${cognito-identity.amazonaws.com:sub}/*";
    iam.role("member", &identity(&ids.members, "authenticated"))
        .inline("files", &allow("s3:GetObject", files));
    let maps = allow(json!(["geo:GetMapTile", "geo:GetMapSprites"]), "*");
    iam.role("map-guest", &identity(&ids.maps, "unauthenticated")).inline("maps", &maps);
    iam.role("open-guest", &identity(&ids.open, "unauthenticated"))
        .inline("files", &allow("s3:*", "*"));
    iam.role("open-member", &identity(&ids.open, "authenticated"))
        .inline("all", &allow(json!(["dynamodb:*", "s3:*"]), "*"));
}

fn stand_in(fake: &FakeAws, account: &str, ids: &Ids) {
    bare(fake);
    let member = json!({ "authenticated": role(account, "member") });
    roles(fake, &ids.members, &member, false);
    let guest = json!({ "unauthenticated": role(account, "map-guest") });
    roles(fake, &ids.maps, &guest, false);
    let both = json!({
        "unauthenticated": role(account, "open-guest"),
        "authenticated": role(account, "open-member"),
    });
    roles(fake, &ids.open, &both, true);
    let act = |action: &str| {
        let one = json!({ "EventAction": action, "Notify": false });
        json!({
            "CompromisedCredentialsRiskConfiguration": { "Actions": { "EventAction": action } },
            "AccountTakeoverRiskConfiguration": { "Actions": {
                "HighAction": one, "MediumAction": one,
            } },
        })
    };
    risk(fake, &ids.tidy, None, act("BLOCK"));
    risk(fake, &ids.watched, None, act("NO_ACTION"));
    let group = format!("arn:aws:logs:{HOME}:{account}:log-group:/aws/vendedlogs/cognito");
    let log = |source: &str, level: &str| {
        json!({
            "EventSource": source, "LogLevel": level,
            "CloudWatchLogsConfiguration": { "LogGroupArn": group },
        })
    };
    let both = json!([log("userNotification", "ERROR"), log("userAuthEvents", "INFO")]);
    logs(fake, &ids.tidy, &both);
    let plenty = TextMessages { sandbox: false, told: Some(200), allowed: 500, spent: Some(12.5) };
    text_messages(fake, FAR, plenty);
    let little = TextMessages { sandbox: true, told: None, allowed: 1, spent: Some(0.4) };
    text_messages(fake, HOME, little);
}
