//! Plain HTTP requests to the fake AWS, for what the harness itself has to ask. Tests seed through the SDK.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Long enough for the first call to a service, which imports it.
const PATIENCE: Duration = Duration::from_mins(1);

/// An answer as it came over the wire.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header lines.
    pub headers: String,
    /// The body, as far as it came.
    pub body: String,
}

/// A request with the header by which a fake AWS tells service and region. It carries no signature.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The service as signatures name it.
    pub service: &'a str,
    /// The region.
    pub region: &'a str,
    /// Method and target: `GET /?acl`.
    pub line: &'a str,
    /// The `Host` header.
    pub host: &'a str,
    /// Other header lines.
    pub headers: &'a [&'a str],
    /// The body.
    pub body: &'a str,
}

impl Default for Call<'_> {
    fn default() -> Self {
        Self {
            service: "s3",
            region: "us-east-1",
            line: "GET /",
            host: "localhost",
            headers: &[],
            body: "",
        }
    }
}

impl Call<'_> {
    /// Sends it and reads the answer to its end.
    ///
    /// # Panics
    ///
    /// If there is no HTTP answer within a minute.
    pub fn send(&self, to: SocketAddr) -> Answer {
        let Self { service, region, line, host, headers, body } = self;
        // Version 1.0, so that the answer comes in one piece and ends with the connection.
        let mut lines = vec![
            format!("{line} HTTP/1.0"),
            format!("Host: {host}"),
            format!("Content-Length: {}", body.len()),
            format!(
                "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/{region}/{service}/aws4_request, \
                 SignedHeaders=host, Signature=00"
            ),
        ];
        lines.extend(headers.iter().map(|header| (*header).to_owned()));
        let text = exchange(to, &format!("{}\r\n\r\n{body}", lines.join("\r\n")));
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let (status, headers) = head.split_once("\r\n").unwrap_or((head, ""));
        let status = status.split(' ').nth(1).and_then(|status| status.parse().ok());
        Answer {
            status: status.unwrap_or_else(|| panic!("no HTTP answer to `{line}`: `{text}`")),
            headers: headers.to_owned(),
            body: body.to_owned(),
        }
    }
}

fn exchange(to: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(to).expect("the fake AWS listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit that is not zero");
    stream.write_all(text.as_bytes()).expect("the fake AWS reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the fake AWS answers");
    String::from_utf8_lossy(&answer).into_owned()
}
