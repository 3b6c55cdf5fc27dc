//! Whose credentials, which account, which endpoint: what every collector starts from.

mod identity;
mod pace;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use aws_config::{
    AppName, BehaviorVersion, ConfigLoader, SdkConfig, profile::ProfileFileCredentialsProvider,
    provider_config::ProviderConfig,
};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::config::{ProvideCredentials as _, StalledStreamProtectionConfig};
use aws_smithy_http_client::{
    Builder, Connector,
    proxy::ProxyConfig,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::{
    http::SharedHttpClient, runtime_components::RuntimeComponents,
};
use awspect_inventory::{Account, Action, Region};
use thiserror::Error;

use crate::{
    ask::{Ask, Ledger},
    http::{Http, Limits, NameOperation},
    reason::innermost,
    resolve::Resolver,
    secret::{Detector, Salt},
    stop::{Pauses, Stop},
    wait::Wait,
    wanted::with_needs,
};
use pace::{Paces, adaptive};

/// What a session needs to know beyond what the AWS CLI's files and environment say.
#[derive(Debug)]
pub struct Options {
    /// A profile of the shared configuration files.
    pub profile: Option<String>,
    /// The regions to look at; empty for all that the account has enabled.
    pub regions: Vec<Region>,
    /// An endpoint in place of AWS's own, for all services.
    pub endpoint_url: Option<String>,
    /// Certificates to trust beside the system's, in PEM (`AWS_CA_BUNDLE`).
    pub ca_bundle: Option<Vec<u8>>,
    /// The IAM actions whose answers are wanted; without it all that the collectors know.
    ///
    /// What must be asked before those can be is asked all the same.
    pub only: Option<BTreeSet<Action>>,
    /// Whether to ask which services each principal used, which starts a job in IAM for each.
    pub last_accessed: bool,
    /// Whether to ask who holds the bucket names that everybody can compute for the account, a call for each.
    pub predictable_names: bool,
    /// Whether to look at some objects of each bucket, for which AWS bills each call.
    pub sample_objects: bool,
    /// What makes the digests of secrets; nothing is one drawn for this session, which is what anybody but a test wants.
    pub salt: Option<Salt>,
    /// What the calls may use up.
    pub limits: Limits,
    /// Ends the collection early.
    pub stop: Stop,
}

/// What the clients of all services are made from.
macro_rules! settings {
    ($sdk:ident, $session:expr, $region:expr) => {
        $sdk::config::Builder::from(&$session.sdk)
            .region(sdk_region($region))
            .interceptor(NameOperation)
    };
}

/// Why there is no session.
#[derive(Debug, Error)]
pub enum SessionError {
    /// No credentials, or none that AWS takes.
    #[error("no usable credentials: {0}")]
    Credentials(String),
    /// AWS did not say whose credentials they are.
    #[error("cannot tell whose account this is: sts:GetCallerIdentity: {0}")]
    Identity(String),
    /// A setting that no session can be made with.
    #[error("{0}")]
    Settings(String),
}

/// An account that can be asked.
#[derive(Debug)]
pub struct Session {
    /// Whose it is.
    pub account: Account,
    pub(crate) sdk: SdkConfig,
    pub(crate) home: Region,
    pub(crate) regions: Vec<Region>,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) last_accessed: bool,
    pub(crate) predictable_names: bool,
    pub(crate) sample_objects: bool,
    pub(crate) detector: Detector,
    only: Option<Arc<BTreeSet<Action>>>,
    pub(crate) stop: Stop,
    pause: Duration,
    paces: Paces,
    http: Http,
}

impl Session {
    /// Finds credentials as the AWS CLI does, and asks STS whose they are.
    pub async fn open(options: Options) -> Result<Self, SessionError> {
        let inner = wire(options.ca_bundle.clone())?;
        Self::over(inner, aws_config::defaults(BehaviorVersion::latest()), options).await
    }

    /// The same over an HTTP client and settings of the caller's.
    pub(crate) async fn over(
        inner: SharedHttpClient,
        settings: ConfigLoader,
        options: Options,
    ) -> Result<Self, SessionError> {
        let http = Http::new(inner, options.limits, options.stop.clone());
        let sdk = load(settings, &http, &options).await;
        let home = match sdk.region() {
            Some(region) => region.as_ref().parse().map_err(|error| {
                SessionError::Settings(format!("the configured region: {error}"))
            })?,
            None => return Err(SessionError::Settings("no region".to_owned())),
        };

        let provider = sdk
            .credentials_provider()
            .ok_or_else(|| SessionError::Credentials("none are configured".to_owned()))?;
        provider.provide_credentials().await.map_err(|error| {
            SessionError::Credentials(no_credentials(&error, options.profile.as_deref()))
        })?;

        let salt = match options.salt {
            Some(salt) => salt,
            None => Salt::draw()
                .map_err(|error| SessionError::Settings(format!("no random numbers: {error}")))?,
        };
        let account = identity::account(&sdk).await?;
        Ok(Self {
            account,
            sdk,
            home,
            regions: options.regions,
            ledger: Arc::default(),
            last_accessed: options.last_accessed,
            predictable_names: options.predictable_names,
            sample_objects: options.sample_objects,
            detector: Detector::new(salt),
            only: options.only.map(|only| Arc::new(with_needs(only))),
            stop: options.stop,
            pause: options.limits.pause,
            paces: Paces::default(),
            http,
        })
    }

    /// How often each operation was sent so far, `s3:ListBuckets`, retries included.
    pub fn calls(&self) -> BTreeMap<String, u64> {
        self.http.calls()
    }

    pub(crate) fn ask(&self, region: &Region) -> Ask {
        Ask::new(&self.ledger, self.only.as_ref(), region)
    }

    /// Whether anybody wants an answer to this action.
    pub(crate) fn wants(&self, action: &Action) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(action))
    }

    /// The patience for something that AWS is still making.
    pub(crate) fn wait(&self) -> Wait {
        Wait::new(self.pause, &self.stop)
    }

    pub(crate) fn s3(&self, region: &Region) -> aws_sdk_s3::Client {
        let config = settings!(aws_sdk_s3, self, region)
            // As the AWS CLI does: a bucket's name can be put before AWS's own hosts, not before any host.
            .force_path_style(self.sdk.endpoint_url().is_some());
        aws_sdk_s3::Client::from_conf(config.build())
    }
}

/// Clients that need nothing of their own.
///
/// A service that is one for all of a partition knows by itself where it is and which region it signs for.
macro_rules! clients {
    ($($name:ident: $sdk:ident),+ $(,)?) => {
        impl Session {$(
            pub(crate) fn $name(&self, region: &Region) -> $sdk::Client {
                $sdk::Client::from_conf(settings!($sdk, self, region).build())
            }
        )+}
    };
}

clients! {
    access_analyzer: aws_sdk_accessanalyzer,
    account: aws_sdk_account,
    apigateway: aws_sdk_apigateway,
    apigatewayv2: aws_sdk_apigatewayv2,
    cloudfront: aws_sdk_cloudfront,
    autoscaling: aws_sdk_applicationautoscaling,
    backup: aws_sdk_backup,
    cloudwatch: aws_sdk_cloudwatch,
    cloudwatch_logs: aws_sdk_cloudwatchlogs,
    cognito_identity: aws_sdk_cognitoidentity,
    cognito_idp: aws_sdk_cognitoidentityprovider,
    dax: aws_sdk_dax,
    ec2: aws_sdk_ec2,
    iam: aws_sdk_iam,
    kms: aws_sdk_kms,
    lambda: aws_sdk_lambda,
    organizations: aws_sdk_organizations,
    s3control: aws_sdk_s3control,
    sms_voice: aws_sdk_pinpointsmsvoicev2,
    sns: aws_sdk_sns,
    waf: aws_sdk_waf,
    waf_regional: aws_sdk_wafregional,
    wafv2: aws_sdk_wafv2,
}

/// Clients of services that answer few calls a second, of which a large account takes thousands.
macro_rules! paced {
    ($($name:ident: $sdk:ident),+ $(,)?) => {
        impl Session {$(
            pub(crate) fn $name(&self, region: &Region) -> $sdk::Client {
                let config = settings!($sdk, self, region)
                    .retry_config(adaptive(self.sdk.retry_config()))
                    .retry_partition(self.paces.of(stringify!($name), region));
                $sdk::Client::from_conf(config.build())
            }
        )+}
    };
}

paced! {
    cloudformation: aws_sdk_cloudformation,
    dynamodb: aws_sdk_dynamodb,
}

fn sdk_region(region: &Region) -> aws_config::Region {
    aws_config::Region::new(region.as_str().to_owned())
}

/// The SDK's own HTTP client, with our resolver, the environment's proxy and the caller's certificates.
fn wire(ca_bundle: Option<Vec<u8>>) -> Result<SharedHttpClient, SessionError> {
    let trusted = TrustStore::default();
    let trusted = match ca_bundle {
        Some(pem) => trusted.with_pem_certificate(pem),
        None => trusted,
    };
    let tls = TlsContext::builder()
        .with_trust_store(trusted)
        .build()
        .map_err(|error| SessionError::Settings(format!("the CA bundle: {}", innermost(&error))))?;
    Ok(Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder().proxy_config(ProxyConfig::from_env());
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .tls_context(tls.clone())
            .build_with_resolver(Resolver)
    }))
}

async fn load(settings: ConfigLoader, http: &Http, options: &Options) -> SdkConfig {
    let mut loader = settings
        .http_client(http.clone())
        .sleep_impl(Pauses(options.stop.clone()))
        // Bodies arrive whole, under the time limit of the layer below.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    if let Ok(name) = AppName::new(concat!("awspect-", env!("CARGO_PKG_VERSION"))) {
        loader = loader.app_name(name);
    }
    if let Some(profile) = &options.profile {
        // As the AWS CLI does: a profile that was asked for by name goes before the environment's keys, and
        // one that does not exist is an error, not a reason to look for other credentials.
        let provider = ProfileFileCredentialsProvider::builder()
            .configure(
                &ProviderConfig::default()
                    .with_http_client(http.clone())
                    .with_sleep_impl(Pauses(options.stop.clone())),
            )
            .profile_name(profile)
            .build();
        loader = loader.profile_name(profile).credentials_provider(provider);
    }
    if let Some(url) = &options.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    if let Some(region) = options.regions.first() {
        loader = loader.region(sdk_region(region));
    }
    let sdk = loader.load().await;
    if sdk.region().is_some() {
        return sdk;
    }
    // Where the AWS CLI's global commands go when nobody says where.
    sdk.into_builder().region(aws_config::Region::from_static("us-east-1")).build()
}

/// In one line what the SDK says in many, with what to do about it.
fn no_credentials(error: &CredentialsError, profile: Option<&str>) -> String {
    match (error, profile) {
        (CredentialsError::CredentialsNotLoaded(_), Some(profile)) => {
            format!("the AWS configuration files have none for the profile `{profile}`")
        }
        (CredentialsError::CredentialsNotLoaded(_), None) => "none in the environment, the \
            configuration files or the instance; name a profile with --profile or AWS_PROFILE, or \
            log in first"
            .to_owned(),
        _ => innermost(error),
    }
}
