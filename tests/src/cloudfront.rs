//! CloudFront for the fake AWS: distributions, and what they ask their origins by.

pub mod distribution;
pub mod stand_in;

use awspect_fakeaws::FakeAws;
use serde_json::json;

use crate::{
    http::Call,
    json::Json,
    moto::{Keys, Moto},
};

use distribution::{Distribution, element};

const NAMESPACE: &str = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

/// CloudFront of an account, being filled, and the APIs behind it.
#[derive(Debug)]
pub struct CloudFront<'a> {
    moto: &'a Moto,
    keys: Keys,
}

impl<'a> CloudFront<'a> {
    /// Begins.
    pub fn new(moto: &'a Moto, keys: &Keys) -> Self {
        Self { moto, keys: keys.clone() }
    }

    /// Makes a distribution, and gives its id. What the fake AWS drops of it the stand-in puts back.
    pub fn distribution(&self, fake: &FakeAws, distribution: &Distribution) -> String {
        let id = self.simple(distribution);
        stand_in::restore(fake, &id, distribution);
        id
    }

    /// Makes a distribution of which the fake AWS drops nothing, and gives its id.
    pub fn simple(&self, distribution: &Distribution) -> String {
        self.create("distribution", "DistributionConfig", &distribution.config())
    }

    /// Makes an origin access control, and gives its id: `never` signs, `always`.
    pub fn control(&self, name: &str, signing: &str, origins: &str) -> String {
        let parts = [
            element("Name", name),
            element("Description", ""),
            element("SigningProtocol", "sigv4"),
            element("SigningBehavior", signing),
            element("OriginAccessControlOriginType", origins),
        ];
        self.create("origin-access-control", "OriginAccessControlConfig", &parts.concat())
    }

    /// The ARN of a distribution.
    pub fn arn(&self, id: &str) -> String {
        format!("arn:aws:cloudfront::{}:distribution/{id}", self.keys.account)
    }

    /// Makes a REST API without methods, and gives its id.
    ///
    /// # Panics
    ///
    /// If the fake AWS refuses.
    pub fn rest_api(&self, region: &str, name: &str, has_address: bool) -> String {
        let aws = Json::new(self.moto, &self.keys, region);
        let api = json!({ "name": name, "disableExecuteApiEndpoint": !has_address });
        let answer = aws.rest("apigateway", "POST /restapis", &api);
        answer["id"].as_str().expect("an API has an id").to_owned()
    }

    fn create(&self, kind: &str, document: &str, body: &str) -> String {
        let line = format!("POST /2020-05-31/{kind}");
        let body = format!("<{document} xmlns=\"{NAMESPACE}\">{body}</{document}>");
        let headers = [
            "Content-Type: application/xml".to_owned(),
            format!("X-Amz-Security-Token: {}", self.keys.session_token),
            format!(
                "Authorization: AWS4-HMAC-SHA256 Credential={}/20260102/us-east-1/cloudfront/aws4_request, \
                 SignedHeaders=host, Signature=00",
                self.keys.access_key_id
            ),
        ];
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let (service, line) = ("cloudfront", line.as_str());
        let call = Call { service, line, headers: &headers, body: &body, ..Call::default() };
        let answer = call.send(self.moto.address());
        assert!(answer.status < 300, "{line}: {} {}", answer.status, answer.body);
        let id = answer.body.split_once("<Id>").and_then(|(_, rest)| rest.split_once("</Id>"));
        id.unwrap_or_else(|| panic!("no id in {}", answer.body)).0.to_owned()
    }
}
