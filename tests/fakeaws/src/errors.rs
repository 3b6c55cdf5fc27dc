//! Errors as each protocol words them: bodies, codes and statuses of real AWS.

use crate::recognise::Protocol;
use crate::request::{Request, Response};

const REQUEST_ID: &str = "4442587F-B7D0-4A2F-9E1C-FA15C0FFEE00";
const HOST_ID: &str = "c29tZSBob3N0IHRoYXQgYW5zd2VyZWQ=";

/// The answer to a caller who lacks the permission.
pub(crate) fn refusal(request: &Request) -> Response {
    let (status, code) = match (request.protocol, request.service.as_str()) {
        (Protocol::Ec2, _) => (403, "UnauthorizedOperation"),
        (_, "sns") => (403, "AuthorizationError"),
        (Protocol::Json10 | Protocol::Json11, _) => (400, "AccessDeniedException"),
        (Protocol::RestJson, _) => (403, "AccessDeniedException"),
        (Protocol::Query | Protocol::RestXml | Protocol::S3 | Protocol::Cbor, _) => {
            (403, "AccessDenied")
        }
    };
    let action = match request.service.as_str() {
        "apigateway" | "apigatewayv2" => format!("apigateway:{}", request.method),
        // Both versions of the operation take the one permission.
        "accessanalyzer" => format!("access-analyzer:{}", request.operation.replace("V2", "")),
        service => format!("{service}:{}", request.operation),
    };
    let sentence = format!(
        "User: arn:aws:iam::123456789012:user/audit is not authorized to perform: {action}"
    );
    let message = match (request.protocol, request.service.as_str()) {
        (Protocol::S3, _) | (_, "s3control") => "Access Denied".to_owned(),
        (Protocol::Ec2, _) => {
            format!("You are not authorized to perform this operation. {sentence}")
        }
        _ => format!("{sentence} because no identity-based policy allows the {action} action"),
    };
    error(request, status, code, &message)
}

/// An error of any code, in the shape of the request's protocol.
pub(crate) fn error(request: &Request, status: u16, code: &str, message: &str) -> Response {
    let xml = |body: String| {
        Response::new(
            status,
            "text/xml",
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}"),
        )
    };
    let mut response = match request.protocol {
        Protocol::S3 => xml(format!(
            "<Error><Code>{code}</Code><Message>{message}</Message>\
             <RequestId>{REQUEST_ID}</RequestId><HostId>{HOST_ID}</HostId></Error>"
        )),
        Protocol::RestXml if request.service == "s3control" => xml(format!(
            "<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error>\
             <RequestId>{REQUEST_ID}</RequestId><HostId>{HOST_ID}</HostId></ErrorResponse>"
        )),
        Protocol::RestXml | Protocol::Query => {
            let fault = if status < 500 { "Sender" } else { "Receiver" };
            xml(format!(
                "<ErrorResponse><Error><Type>{fault}</Type><Code>{code}</Code><Message>{message}</Message></Error>\
                 <RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
            ))
        }
        Protocol::Ec2 => xml(format!(
            "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>\
             <RequestID>{REQUEST_ID}</RequestID></Response>"
        )),
        Protocol::Json10 => Response::new(
            status,
            "application/x-amz-json-1.0",
            format!(r#"{{"__type":"com.amazon.coral.service#{code}","Message":"{message}"}}"#),
        ),
        Protocol::Json11 => Response::new(
            status,
            "application/x-amz-json-1.1",
            format!(r#"{{"__type":"{code}","Message":"{message}"}}"#),
        ),
        Protocol::RestJson => {
            Response::new(status, "application/json", format!(r#"{{"Message":"{message}"}}"#))
        }
        Protocol::Cbor => Response::new(
            status,
            "application/cbor",
            cbor(&[("__type", code), ("Message", message)]),
        ),
    };
    for (name, value) in marks(request, code) {
        response.headers.push((name.to_owned(), value));
    }
    if request.method == "HEAD" {
        response.body.clear();
    }
    response
}

/// The headers that go with an error.
fn marks(request: &Request, code: &str) -> Vec<(&'static str, String)> {
    let id = REQUEST_ID.to_owned();
    match request.protocol {
        Protocol::S3 => vec![("x-amz-request-id", id), ("x-amz-id-2", HOST_ID.to_owned())],
        Protocol::RestXml if request.service == "s3control" => {
            vec![("x-amz-request-id", id), ("x-amz-id-2", HOST_ID.to_owned())]
        }
        Protocol::RestJson => vec![("x-amzn-requestid", id), ("x-amzn-errortype", code.to_owned())],
        Protocol::Cbor => {
            vec![("x-amzn-requestid", id), ("smithy-protocol", "rpc-v2-cbor".to_owned())]
        }
        _ => vec![("x-amzn-requestid", id)],
    }
}

/// A CBOR map of texts.
fn cbor(pairs: &[(&str, &str)]) -> Vec<u8> {
    let head = |major: u8, length: usize| {
        let [high, low] = u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
        vec![(major << 5) | 0x19, high, low]
    };
    let text = |text: &str| [head(3, text.len()), text.as_bytes().to_vec()].concat();
    let mut bytes = head(5, pairs.len());
    for (key, value) in pairs {
        bytes.extend(text(key));
        bytes.extend(text(value));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(protocol: Protocol, service: &str, operation: &str) -> Request {
        let mut request = Request::new("POST", "/", Vec::new(), Vec::new());
        request.protocol = protocol;
        service.clone_into(&mut request.service);
        operation.clone_into(&mut request.operation);
        request
    }

    #[test]
    fn each_protocol_refuses_in_its_own_words() {
        let table = [
            (
                Protocol::S3,
                "s3",
                "GetBucketAcl",
                403,
                "<Error><Code>AccessDenied</Code><Message>Access Denied</Message>",
            ),
            (
                Protocol::RestXml,
                "s3control",
                "GetAccessPoint",
                403,
                "<ErrorResponse><Error><Code>AccessDenied</Code>",
            ),
            (
                Protocol::RestXml,
                "cloudfront",
                "ListDistributions",
                403,
                "<Type>Sender</Type><Code>AccessDenied</Code>",
            ),
            (
                Protocol::Query,
                "iam",
                "ListUsers",
                403,
                "<Code>AccessDenied</Code><Message>User: arn:aws:iam::",
            ),
            (Protocol::Query, "sns", "ListTopics", 403, "<Code>AuthorizationError</Code>"),
            (
                Protocol::Ec2,
                "ec2",
                "DescribeVpcs",
                403,
                "<Errors><Error><Code>UnauthorizedOperation</Code>",
            ),
            (
                Protocol::Json10,
                "dynamodb",
                "ListTables",
                400,
                r#"{"__type":"com.amazon.coral.service#AccessDeniedException","#,
            ),
            (
                Protocol::Json11,
                "kms",
                "ListKeys",
                400,
                r#"{"__type":"AccessDeniedException","Message":"User: "#,
            ),
            (
                Protocol::RestJson,
                "lambda",
                "ListFunctions",
                403,
                "perform: lambda:ListFunctions because",
            ),
            (
                Protocol::RestJson,
                "apigateway",
                "GetRestApis",
                403,
                "perform: apigateway:POST because",
            ),
            (
                Protocol::RestJson,
                "accessanalyzer",
                "ListFindingsV2",
                403,
                "perform: access-analyzer:ListFindings because",
            ),
            (Protocol::Cbor, "cloudwatch", "DescribeAlarms", 403, "AccessDenied"),
        ];
        for (protocol, service, operation, status, words) in table {
            let response = refusal(&request(protocol, service, operation));
            assert_eq!(response.status, status, "{service}");
            assert!(response.text().contains(words), "{service}: {}", response.text());
        }
    }

    #[test]
    fn rest_json_names_the_code_in_a_header() {
        let response = refusal(&request(Protocol::RestJson, "lambda", "ListFunctions"));
        assert!(
            response
                .headers
                .contains(&("x-amzn-errortype".to_owned(), "AccessDeniedException".to_owned()))
        );
    }

    #[test]
    fn an_answer_to_head_has_no_body() {
        let mut head = request(Protocol::S3, "s3", "HeadBucket");
        "HEAD".clone_into(&mut head.method);
        assert_eq!(refusal(&head).body, b"");
    }

    #[test]
    fn cbor_is_a_map_of_texts() {
        assert_eq!(cbor(&[("a", "bc")]), [0xb9, 0, 1, 0x79, 0, 1, b'a', 0x79, 0, 2, b'b', b'c']);
    }
}
