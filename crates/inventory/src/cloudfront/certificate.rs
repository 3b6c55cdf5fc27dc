//! How viewers speak TLS with a distribution.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Arn, macros::open_enum};

/// The certificate that viewers see, and what they must speak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewerCertificate {
    /// Whether it is that of `*.cloudfront.net`, with which `TLSv1` is the least whatever `minimum_protocol` says.
    pub default: bool,
    /// One of ACM.
    pub acm: Option<Arn>,
    /// The id of one of IAM.
    pub iam: Option<String>,
    /// Who is served HTTPS; nothing with the default certificate.
    pub support: Option<SslSupport>,
    /// The least that viewers must speak; nothing where AWS does not say.
    pub minimum_protocol: Option<SecurityPolicy>,
}

open_enum! {
    /// Who is served HTTPS (`SSLSupportMethod`).
    SslSupport {
        /// Those who name the host (SNI).
        SniOnly = "sni-only",
        /// All, by addresses of the distribution's own, which cost extra.
        Vip = "vip",
        /// All, by addresses that the owner asked AWS for.
        StaticIp = "static-ip",
    }
}

/// A security policy for viewers as AWS spells it (`MinimumProtocolVersion`), `TLSv1.2_2021`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecurityPolicy(pub String);

impl SecurityPolicy {
    /// The least version of TLS, major and minor, where the name tells; `SSLv3` is `(0, 3)`, below all of them.
    pub fn version(&self) -> Option<(u8, u8)> {
        let protocol = self.0.split('_').next()?;
        if protocol == "SSLv3" {
            return Some((0, 3));
        }
        let version = protocol.strip_prefix("TLSv")?;
        let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
        Some((major.parse().ok()?, minor.parse().ok()?))
    }

    /// The year of its ciphers, where the name has one.
    pub fn year(&self) -> Option<u16> {
        self.0.split_once('_')?.1.parse().ok()
    }
}

impl fmt::Display for SecurityPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_security_policy_tells_its_version_and_year() {
        for (name, version, year) in [
            ("SSLv3", Some((0, 3)), None),
            ("TLSv1", Some((1, 0)), None),
            ("TLSv1_2016", Some((1, 0)), Some(2016)),
            ("TLSv1.1_2016", Some((1, 1)), Some(2016)),
            ("TLSv1.2_2021", Some((1, 2)), Some(2021)),
            ("TLSv1.3_2025", Some((1, 3)), Some(2025)),
            ("TLSv2", Some((2, 0)), None),
            ("BRAND_NEW", None, None),
            ("TLSv1.x_2021", None, Some(2021)),
            ("", None, None),
        ] {
            let policy = SecurityPolicy(name.to_owned());
            assert_eq!((policy.version(), policy.year()), (version, year), "{name}");
        }
    }
}
