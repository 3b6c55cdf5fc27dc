//! Addresses of the web.

/// Whether an address leads over the network in clear.
pub(crate) fn is_in_clear(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.split_once(']') {
        Some((address, _)) => address.strip_prefix('[').unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    !["localhost", "127.0.0.1", "::1"].contains(&host)
}

#[cfg(test)]
mod tests {
    use super::is_in_clear;

    #[test]
    fn what_leaves_the_machine_without_tls_is_in_clear() {
        for url in [
            "http://app.example.com/callback",
            "HTTP://app.example.com",
            "http://localhost.example.com/",
            "http://localhost@app.example.com/",
            "http://localhost:8080@app.example.com/",
            "http://app.example.com?http://localhost",
            "http://127.0.0.10/",
            "http://[::2]:80/",
        ] {
            assert!(is_in_clear(url), "{url}");
        }
    }

    #[test]
    fn what_stays_there_or_has_another_scheme_is_not() {
        for url in [
            "https://app.example.com/callback",
            "http://localhost",
            "http://localhost:3000/callback",
            "http://LOCALHOST/",
            "http://127.0.0.1:8080/",
            "http://[::1]/callback",
            "http://[::1]:8080",
            "myapp://callback",
            "urn:ietf:wg:oauth:2.0:oob",
        ] {
            assert!(!is_in_clear(url), "{url}");
        }
    }
}
