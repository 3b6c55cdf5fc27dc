//! By what right a distribution reads its origins.

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Place, Resource,
    macros::{fact, open_enum},
};

/// An origin access control (`ListOriginAccessControls`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginAccessControl {
    /// Its ARN, `arn:<partition>:cloudfront::<account>:origin-access-control/<id>`.
    pub arn: Arn,
    /// Its id, which origins name it by.
    pub id: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Which requests to the origin are signed.
    pub signing: SigningBehavior,
    /// How.
    pub protocol: SigningProtocol,
    /// What kind of origin it is for.
    pub origin_type: AccessControlOrigin,
}
fact!(OriginAccessControl, "cloudfront:ListOriginAccessControls");

impl Resource for OriginAccessControl {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::CloudFront::OriginAccessControl")
    }
}

open_enum! {
    /// Which requests to the origin are signed (`SigningBehavior`).
    SigningBehavior {
        /// All.
        Always = "always",
        /// None.
        Never = "never",
        /// Those that the viewer sent without an `Authorization` header.
        NoOverride = "no-override",
    }
}

open_enum! {
    /// How requests to the origin are signed (`SigningProtocol`).
    SigningProtocol {
        /// Signature Version 4.
        SigV4 = "sigv4",
    }
}

open_enum! {
    /// What kind of origin an origin access control is for (`OriginAccessControlOriginType`).
    AccessControlOrigin {
        /// A bucket.
        S3 = "s3",
        /// A container of `MediaStore`.
        MediaStore = "mediastore",
        /// A channel of `MediaPackage` v2.
        MediaPackageV2 = "mediapackagev2",
        /// The URL of a Lambda function.
        Lambda = "lambda",
    }
}

/// An origin access identity (`ListCloudFrontOriginAccessIdentities`), the old way to read buckets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginAccessIdentity {
    /// Its ARN, `arn:<partition>:cloudfront::<account>:origin-access-identity/<id>`. Policies name it otherwise, as
    /// `arn:<partition>:iam::cloudfront:user/CloudFront Origin Access Identity <id>`.
    pub arn: Arn,
    /// Its id, which origins name it by.
    pub id: String,
    /// Its canonical user id, which ACLs and policies may name.
    pub canonical_user: String,
}
fact!(OriginAccessIdentity, "cloudfront:ListCloudFrontOriginAccessIdentities");

impl Resource for OriginAccessIdentity {
    fn arn(&self) -> &Arn {
        &self.arn
    }

    fn name(&self) -> &str {
        &self.id
    }

    fn place(&self) -> Place<'_> {
        Place::Global
    }

    fn kind(&self) -> Option<&'static str> {
        Some("AWS::CloudFront::CloudFrontOriginAccessIdentity")
    }
}
