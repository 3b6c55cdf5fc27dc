//! Answers of IAM that a fake AWS cannot be brought to give: made here, or the fake's own with something put right.
//!
//! ```no_run
//! use awspect_fakeaws::{FakeAws, iam};
//!
//! let fake = FakeAws::start("127.0.0.1:5000".parse().unwrap());
//! fake.on("iam", "GetAccountSummary").respond(iam::summary(&[("AccountMFAEnabled", 1)]));
//! fake.rewrite("iam", "GetAccountAuthorizationDetails", |_, answer| {
//!     iam::with_boundary(answer, "carol", "arn:aws:iam::111122223333:policy/limit")
//! });
//! ```

pub(crate) mod amend;
mod base64;
mod report;

pub use report::CredentialReport;

use std::fmt::Display;

use crate::request::{Request, Response};

const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";

/// An answer of an operation, with what stands in its result.
pub fn result(operation: &str, inside: &str) -> Response {
    let body = format!(
        "<{operation}Response xmlns=\"{NAMESPACE}\"><{operation}Result>{inside}</{operation}Result>\
         <ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata>\
         </{operation}Response>"
    );
    Response::new(200, "text/xml", body)
}

/// The items of a list.
fn members(items: impl Iterator<Item = impl Display>) -> String {
    items.map(|item| format!("<member>{item}</member>")).collect::<Vec<_>>().concat()
}

/// The figures of an account, and no others.
pub fn summary(figures: &[(&str, u32)]) -> Response {
    let entries = figures
        .iter()
        .map(|(name, count)| format!("<entry><key>{name}</key><value>{count}</value></entry>"));
    let map = entries.collect::<Vec<_>>().concat();
    result("GetAccountSummary", &format!("<SummaryMap>{map}</SummaryMap>"))
}

/// What an organization manages centrally.
pub fn organization_features(features: &[&str]) -> Response {
    let list = format!(
        "<OrganizationId>o-aabbccddee</OrganizationId><EnabledFeatures>{}</EnabledFeatures>",
        members(features.iter())
    );
    result("ListOrganizationsFeatures", &list)
}

/// Starts a job whose id is the ARN that it is about, so that the answer to the next call can tell whom it is for.
pub fn last_accessed_job(request: &Request) -> Response {
    let arn = request.field("Arn").unwrap_or_default();
    result("GenerateServiceLastAccessedDetails", &format!("<JobId>{}</JobId>", escape(&arn)))
}

/// What a finished job found: services, and when each was last used.
pub fn last_accessed(services: &[(&str, Option<&str>)]) -> Response {
    let services = services.iter().map(|(service, used)| {
        let used = used.map(|at| format!("<LastAuthenticated>{at}</LastAuthenticated>"));
        format!(
            "<ServiceName>{service}</ServiceName><ServiceNamespace>{service}</ServiceNamespace>{}\
             <TotalAuthenticatedEntities>0</TotalAuthenticatedEntities>",
            used.unwrap_or_default()
        )
    });
    let services = members(services);
    let found = format!(
        "<JobStatus>COMPLETED</JobStatus><JobCreationDate>2026-01-02T03:04:05Z</JobCreationDate>\
         <JobCompletionDate>2026-01-02T03:04:06Z</JobCompletionDate>\
         <ServicesLastAccessed>{services}</ServicesLastAccessed><IsTruncated>false</IsTruncated>"
    );
    result("GetServiceLastAccessedDetails", &found)
}

/// Answers with a list in pages of at most `size` items, less if the caller asks for less.
pub fn pages(
    operation: &'static str,
    list: &'static str,
    items: Vec<String>,
    size: usize,
) -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    move |request| {
        let number = |name| request.field(name).and_then(|text| text.parse::<usize>().ok());
        let size = number("MaxItems").unwrap_or(size).min(size);
        let start = number("Marker").unwrap_or(0);
        let page = members(items.iter().skip(start).take(size));
        let next = start + size;
        let more = if next < items.len() {
            format!("<IsTruncated>true</IsTruncated><Marker>{next}</Marker>")
        } else {
            "<IsTruncated>false</IsTruncated>".to_owned()
        };
        result(operation, &format!("<{list}>{page}</{list}>{more}"))
    }
}

/// The details of an account, in which a user has a permissions boundary.
pub fn with_boundary(details: Response, user: &str, boundary: &str) -> Response {
    let name = format!("<UserName>{}</UserName>", escape(user));
    let bound = format!(
        "{name}<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>\
         <PermissionsBoundaryArn>{}</PermissionsBoundaryArn></PermissionsBoundary>",
        escape(boundary)
    );
    edited(details, |text| text.replace(&name, &bound))
}

/// An answer in which something has another value: that of the first `element` after the element `name` with its text.
///
/// `with_value(details, ("RoleName", "forgotten"), ("CreateDate", "2020-01-02T03:04:05Z"))`
pub fn with_value(answer: Response, name: (&str, &str), element: (&str, &str)) -> Response {
    let name = format!("<{0}>{1}</{0}>", name.0, escape(name.1));
    let (tag, value) = element;
    let (open, close, empty) = (format!("<{tag}>"), format!("</{tag}>"), format!("<{tag}/>"));
    edited(answer, |text| {
        let Some(start) = text.find(&name).map(|at| at + name.len()) else { return text };
        let (before, rest) = text.split_at(start);
        let (between, after) = match (rest.split_once(&open), rest.split_once(&empty)) {
            (Some((between, _)), Some((shorter, after))) if shorter.len() < between.len() => {
                (shorter, after)
            }
            (Some((between, old)), _) => {
                (between, old.split_once(&close).map_or("", |(_, after)| after))
            }
            (None, Some(parts)) => parts,
            (None, None) => return text,
        };
        format!("{before}{between}{open}{value}{close}{after}")
    })
}

fn edited(answer: Response, edit: impl FnOnce(String) -> String) -> Response {
    let text = edit(answer.text());
    Response { body: text.into_bytes(), ..answer }
}

/// A policy document as IAM sends it: percent-encoded (RFC 3986).
pub fn encoded(document: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    document
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Text as XML has it.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(form: &str) -> Request {
        Request::new("POST", "/", Vec::new(), form.as_bytes().to_vec())
    }

    #[test]
    fn a_list_comes_in_pages() {
        let items = ["a", "b", "c"].map(str::to_owned).to_vec();
        let page = pages("ListThings", "Things", items, 2);
        let first = page(&request("MaxItems=1000")).text();
        let things = "<Things><member>a</member><member>b</member></Things>";
        assert!(
            first.contains(&format!("{things}<IsTruncated>true</IsTruncated><Marker>2</Marker>"))
        );
        let last = page(&request("MaxItems=1000&Marker=2")).text();
        assert!(last.contains("<Things><member>c</member></Things><IsTruncated>false"), "{last}");
        assert!(page(&request("MaxItems=1")).text().contains("<Marker>1</Marker>"));
    }

    #[test]
    fn documents_are_encoded_as_iam_does() {
        assert_eq!(encoded("{\"a\": \"é*-\"}"), "%7B%22a%22%3A%20%22%C3%A9%2A-%22%7D");
    }

    #[test]
    fn an_answer_is_put_right_where_it_names_somebody() {
        let one = |name: &str, date: &str| {
            format!("<member><RoleName>{name}</RoleName><CreateDate>{date}</CreateDate></member>")
        };
        let answer = Response::new(200, "text/xml", one("a", "now") + &one("b", "now"));
        let dated = with_value(answer.clone(), ("RoleName", "b"), ("CreateDate", "then"));
        assert_eq!(dated.text(), one("a", "now") + &one("b", "then"));
        assert_eq!(with_value(answer.clone(), ("RoleName", "c"), ("CreateDate", "then")), answer);
        let empty = Response::new(200, "text/xml", "<RoleName>a</RoleName><Used/><Used>x</Used>");
        let used = with_value(empty, ("RoleName", "a"), ("Used", "y")).text();
        assert_eq!(used, "<RoleName>a</RoleName><Used>y</Used><Used>x</Used>");
        let users = Response::new(200, "text/xml", "<UserName>a</UserName><UserName>ab</UserName>");
        let bound = with_boundary(users, "a", "arn:p").text();
        assert!(bound.contains("<UserName>a</UserName><PermissionsBoundary>"), "{bound}");
        assert_eq!(bound.matches("<PermissionsBoundaryArn>arn:p<").count(), 1);
    }
}
