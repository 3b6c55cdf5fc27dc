//! Host names to addresses, local ones without asking anybody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns, ResolveDnsError};

/// The system's resolver, but for names below a loopback endpoint.
///
/// Some services put a name before the endpoint's host: S3 the bucket's, S3 Control the account id. The
/// system need not know `111122223333.localhost`, though RFC 6761 says what it must mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolver;

impl ResolveDns for Resolver {
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        DnsFuture::new(async move {
            if let Some(addresses) = local(name) {
                return Ok(addresses);
            }
            let found = tokio::net::lookup_host((name, 0)).await.map_err(ResolveDnsError::new)?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

fn local(name: &str) -> Option<Vec<IpAddr>> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let (_, parent) = name.rsplit_once('.').unwrap_or(("", name));
    if parent.eq_ignore_ascii_case("localhost") {
        return Some(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    // `111122223333.127.0.0.1`: the last four labels are the endpoint.
    let (start, _) = name.rmatch_indices('.').nth(3)?;
    let address: Ipv4Addr = name.get(start + 1..)?.parse().ok()?;
    address.is_loopback().then(|| vec![address.into()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_below_a_loopback_endpoint_are_loopback() {
        for name in ["localhost", "LOCALHOST.", "a.localhost", "a.b.localhost"] {
            assert_eq!(local(name).unwrap().first(), Some(&Ipv4Addr::LOCALHOST.into()), "{name}");
        }
        assert_eq!(local("111122223333.127.0.0.2"), Some(vec![Ipv4Addr::new(127, 0, 0, 2).into()]));
    }

    #[test]
    fn other_names_are_the_systems() {
        for name in ["", "localhost.example.com", "notlocalhost", "a.10.0.0.1", "s3.amazonaws.com"]
        {
            assert_eq!(local(name), None, "{name}");
        }
    }
}
