//! A request and its answer, as rules and tests see them.

use crate::recognise::{Protocol, Recognised, recognise};

/// A request that reached the stand-in, with what was recognised in it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The `Host` header, with its port.
    pub host: String,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// The query string as sent, without the question mark.
    pub query: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The service, named as the AWS command line names it: `s3`, `s3control`, `cloudwatch`; `?` if unknown.
    pub service: String,
    /// The operation, named as the SDK names it: `GetBucketAcl`; `?` if unknown.
    pub operation: String,
    /// The region of the signature, empty for an unsigned request.
    pub region: String,
    /// The access key id of the signature, empty for an unsigned request.
    pub access_key: String,
    /// How the service words its answers.
    pub protocol: Protocol,
}

impl Request {
    /// Reads service, operation and signature out of the parts of an HTTP request.
    pub fn new(method: &str, target: &str, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let host = header(&headers, "host").unwrap_or_default().to_owned();
        let Recognised { service, operation, region, access_key, protocol } =
            recognise(method, &host, path, query, &headers, &body);
        Self {
            method: method.to_owned(),
            host,
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body,
            service,
            operation,
            region,
            access_key,
            protocol,
        }
    }

    /// The value of a parameter of the query string, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        parameter(&self.query, name)
    }

    /// The value of a parameter of the form in the body, decoded: `field("MaxItems")`.
    pub fn field(&self, name: &str) -> Option<String> {
        parameter(&String::from_utf8_lossy(&self.body), name)
    }

    /// Path and query, as on the request line.
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    /// True if host, path, query or body name `name` as a whole word: `logs` is in `logs.localhost` and not in
    /// `/my-logs`.
    pub fn names(&self, name: &str) -> bool {
        let joins = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let text =
            format!("{}\n{}\n{}", self.host, self.target(), String::from_utf8_lossy(&self.body));
        let text = decode(&text);
        text.match_indices(name).any(|(start, found)| {
            let (before, rest) = text.split_at(start);
            let after = rest.strip_prefix(found).unwrap_or_default();
            !before.ends_with(joins) && !after.starts_with(joins)
        })
    }
}

/// An answer, from the fake AWS or from a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers. The length and the connection are the stand-in's own business.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer of one content type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.into(),
        }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The first header of that name; names are in lower case.
pub(crate) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// The decoded value of a parameter of a query string or of a form; a bare key has an empty value.
pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key) == name).then(|| decode(&value.replace('+', " ")))
    })
}

/// Undoes percent-encoding; what is no valid escape stays as it is.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escape = tail
            .get(..2)
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        if let (b'%', Some(byte)) = (first, escape) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_whole_word_only() {
        let request = |host: &str, target: &str, body: &str| {
            Request::new(
                "GET",
                target,
                vec![("host".to_owned(), host.to_owned())],
                body.as_bytes().to_vec(),
            )
        };
        assert!(request("logs.localhost:1", "/?acl", "").names("logs"));
        assert!(request("localhost:1", "/logs?acl", "").names("logs"));
        assert!(!request("localhost:1", "/my-logs?acl", "").names("logs"));
        assert!(!request("localhost:1", "/logs-2?acl", "").names("logs"));
        assert!(request("localhost:1", "/", r#"{"TableName": "logs"}"#).names("logs"));
        let arn = "arn:aws:iam::123456789012:role/audit";
        assert!(
            request(
                "localhost:1",
                "/",
                "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Faudit&X=1"
            )
            .names(arn)
        );
    }

    #[test]
    fn parameters_are_decoded() {
        assert_eq!(parameter("acl&x-id=A%2FB", "x-id").as_deref(), Some("A/B"));
        assert_eq!(parameter("acl&x-id=A", "acl").as_deref(), Some(""));
        assert_eq!(parameter("acl", "policy"), None);
        assert_eq!(decode("100%"), "100%");
        let form = Request::new("POST", "/", vec![], b"Action=A&Filter.member.1=User".to_vec());
        assert_eq!(form.field("Filter.member.1").as_deref(), Some("User"));
    }
}
