//! Puts things into the fake AWS, through the SDK.

use aws_sdk_s3::{
    Client,
    config::{BehaviorVersion, Credentials, Region},
    types::{BucketLocationConstraint, CreateBucketConfiguration},
};
use aws_smithy_http_client::Builder;
use tokio::runtime::Runtime;

use crate::{
    http::Call,
    moto::{Keys, Moto},
};

/// Seeds one account.
#[derive(Debug)]
pub struct Seed<'a> {
    moto: &'a Moto,
    keys: Keys,
    account: String,
    runtime: Runtime,
}

impl<'a> Seed<'a> {
    /// Begins with an account that is empty, if nobody used its id before.
    ///
    /// # Panics
    ///
    /// If the fake AWS gives no keys.
    pub fn new(moto: &'a Moto, account: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime can be built");
        Self { moto, keys: moto.keys(account), account: account.to_owned(), runtime }
    }

    /// The keys of the account.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// An S3 client in a region.
    pub fn s3(&self, region: &str) -> Client {
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(self.credentials())
            .endpoint_url(format!("http://{}", self.moto.address()))
            .force_path_style(true)
            .http_client(Builder::new().build_http())
            .region(Region::new(region.to_owned()))
            .build();
        Client::from_conf(config)
    }

    /// An IAM client.
    pub fn iam(&self) -> aws_sdk_iam::Client {
        let config = aws_sdk_iam::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(self.credentials())
            .endpoint_url(format!("http://{}", self.moto.address()))
            .http_client(Builder::new().build_http())
            .region(Region::new("us-east-1"))
            .build();
        aws_sdk_iam::Client::from_conf(config)
    }

    fn credentials(&self) -> Credentials {
        let keys = &self.keys;
        Credentials::new(
            &keys.access_key_id,
            &keys.secret_access_key,
            Some(keys.session_token.clone()),
            None,
            "seed",
        )
    }

    /// The account's id.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// Waits for calls to end.
    pub fn run<T>(&self, calls: impl Future<Output = T>) -> T {
        self.runtime.block_on(calls)
    }

    /// Makes a bucket.
    ///
    /// # Panics
    ///
    /// If the fake AWS refuses.
    pub async fn bucket(&self, region: &str, name: &str, object_lock: bool) -> Client {
        let client = self.s3(region);
        let mut call = client.create_bucket().bucket(name);
        if region != "us-east-1" {
            let place = CreateBucketConfiguration::builder()
                .location_constraint(BucketLocationConstraint::from(region))
                .build();
            call = call.create_bucket_configuration(place);
        }
        if object_lock {
            call = call.object_lock_enabled_for_bucket(true);
        }
        call.send().await.expect("the bucket can be made");
        client
    }

    /// Sets the account's own block, by the wire: S3 Control's endpoints have the account id before the host.
    pub fn account_block(&self, on: [bool; 4]) {
        let body = block("PublicAccessBlockConfiguration", on);
        self.control("us-east-1", "PUT /v20180820/configuration/publicAccessBlock", &body);
    }

    /// Makes an access point.
    pub fn access_point(&self, region: &str, name: &str, bucket: &str, on: [bool; 4]) {
        let body = format!(
            "<CreateAccessPointRequest xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\">\
             <Bucket>{bucket}</Bucket>{}</CreateAccessPointRequest>",
            block("PublicAccessBlockConfiguration", on)
        );
        self.control(region, &format!("PUT /v20180820/accesspoint/{name}"), &body);
    }

    /// Sets an access point's policy.
    pub fn access_point_policy(&self, region: &str, name: &str, policy: &str) {
        let policy = policy.replace('&', "&amp;").replace('<', "&lt;");
        let body = format!(
            "<PutAccessPointPolicyRequest xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\">\
             <Policy>{policy}</Policy></PutAccessPointPolicyRequest>"
        );
        self.control(region, &format!("PUT /v20180820/accesspoint/{name}/policy"), &body);
    }

    fn control(&self, region: &str, line: &str, body: &str) {
        let host = format!("{}.s3-control.{region}.amazonaws.com", self.account);
        let authorization = format!(
            "Authorization: AWS4-HMAC-SHA256 Credential={}/20260102/{region}/s3/aws4_request, \
             SignedHeaders=host, Signature=00",
            self.keys.access_key_id
        );
        let headers = [
            format!("x-amz-account-id: {}", self.account),
            format!("X-Amz-Security-Token: {}", self.keys.session_token),
            authorization,
        ];
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let call = Call { region, line, host: &host, headers: &headers, body, ..Call::default() };
        let answer = call.send(self.moto.address());
        assert!(answer.status < 300, "{line}: {} {}", answer.status, answer.body);
    }
}

/// The four switches as XML, in the order of the API.
fn block(name: &str, on: [bool; 4]) -> String {
    let names =
        ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
    let switches = names.iter().zip(on).map(|(name, on)| format!("<{name}>{on}</{name}>"));
    format!("<{name}>{}</{name}>", switches.collect::<Vec<_>>().concat())
}
