//! The harness holds: the fake AWS answers, and the stand-in does to its answers what a test asks.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use awspect_fakeaws::{FakeAws, Memory, Response};
use awspect_tests::http::{Answer, Call};
use awspect_tests::moto::Moto;

fn create_bucket(moto: &Moto, name: &str, region: &str) {
    let line = format!("PUT /{name}");
    let place = format!(
        "<CreateBucketConfiguration><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>"
    );
    let body = if region == "us-east-1" { "" } else { &place };
    let answer = Call { line: &line, region, body, ..Call::default() }.send(moto.address());
    assert_eq!(answer.status, 200, "{}", answer.body);
}

fn get(fake: &FakeAws, target: &str) -> Answer {
    Call { line: &format!("GET {target}"), ..Call::default() }.send(fake.address())
}

#[test]
fn requests_are_passed_on_and_recorded() {
    let moto = Moto::shared();
    let fake = FakeAws::start(moto.address());
    create_bucket(moto, "passed-on", "eu-west-1");
    assert!(get(&fake, "/").body.contains("<Name>passed-on</Name>"));
    assert_eq!(get(&fake, "/passed-on?policy").status, 404);
    let by_host = Call {
        line: "GET /?location",
        host: "passed-on.localhost:1",
        region: "eu-west-1",
        ..Call::default()
    };
    assert!(by_host.send(fake.address()).body.contains("eu-west-1"));
    let head = Call { line: "HEAD /passed-on", ..Call::default() }.send(fake.address());
    assert!(
        head.headers.to_lowercase().contains("x-amz-bucket-region: eu-west-1"),
        "{}",
        head.headers
    );
    get(&fake, "/passed-on?what-is-this&list-type=2");
    Call { line: "PATCH /nowhere", ..Call::default() }.send(fake.address());

    let calls: Vec<_> =
        fake.calls().into_iter().map(|call| (call.operation, call.region, call.status)).collect();
    let call = |operation: &str, region: &str, status| {
        (operation.to_owned(), region.to_owned(), Some(status))
    };
    let expected = [
        call("ListBuckets", "us-east-1", 200),
        call("GetBucketPolicy", "us-east-1", 404),
        call("GetBucketLocation", "eu-west-1", 200),
        call("HeadBucket", "us-east-1", 200),
        call("ListObjectsV2", "us-east-1", 200),
    ];
    assert_eq!(calls.get(..5), Some(&expected[..]));
    assert_eq!(calls.last().map(|(operation, ..)| operation.as_str()), Some("?"));
    assert_eq!(fake.most_in_flight(), 1);
}

#[test]
fn refusals_come_and_go_while_it_runs() {
    let moto = Moto::shared();
    let fake = FakeAws::start(moto.address());
    create_bucket(moto, "refused", "us-east-1");
    create_bucket(moto, "refused-not", "us-east-1");
    let rule = fake.on("s3", "GetBucketAcl").only("refused").refuse();
    let refused = get(&fake, "/refused?acl");
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("<Error><Code>AccessDenied</Code>"), "{}", refused.body);
    assert_eq!(get(&fake, "/refused-not?acl").status, 200);
    fake.clear(rule);
    assert_eq!(get(&fake, "/refused?acl").status, 200);
    fake.on("s3", "*").times(2).error(503, "SlowDown", "Please reduce your request rate.");
    let statuses = [(); 3].map(|()| get(&fake, "/refused?acl").status);
    assert_eq!(statuses, [503, 503, 200]);
}

#[test]
fn answers_are_replaced_and_rewritten() {
    let moto = Moto::shared();
    let fake = FakeAws::start(moto.address());
    fake.answer("s3", "GetBucketPolicy", 200, &[("content-type", "application/json")], "{}");
    assert_eq!(get(&fake, "/anything?policy").body, "{}");
    fake.rewrite("s3", "GetBucketPolicy", |request, answer| {
        Response::new(answer.status, "text/plain", format!("{} {}", request.path, answer.text()))
    });
    assert_eq!(get(&fake, "/anything?policy").body, "/anything {}");
}

#[test]
fn an_answer_is_remembered_by_the_next_stand_in() {
    let moto = Moto::shared();
    let memory = Memory::default();
    let remembering = || {
        let fake = FakeAws::start(moto.address());
        fake.on("s3", "GetBucketLocation").remember(&memory);
        fake
    };
    assert_eq!(get(&remembering(), "/remembered?location").status, 404);
    create_bucket(moto, "remembered", "eu-west-1");
    let first = get(&remembering(), "/remembered?location");
    assert_eq!(first.status, 200, "an error is asked for again");
    assert_eq!(get(&remembering(), "/not-there?location").body, first.body);
    let fake = remembering();
    fake.refuse("s3", "GetBucketLocation");
    assert_eq!(get(&fake, "/remembered?location").status, 403);
}

#[test]
fn the_list_of_buckets_is_paged() {
    // A server of its own: the list has the buckets of all tests of an account.
    let moto = Moto::start();
    let fake = FakeAws::start(moto.address());
    for (name, region) in
        [("page-a", "us-east-1"), ("page-b", "eu-west-1"), ("page-c", "ap-south-1")]
    {
        create_bucket(&moto, name, region);
    }
    fake.page_buckets(2);
    let first = get(&fake, "/?max-buckets=1000&x-id=ListBuckets").body;
    assert!(first.contains("<BucketRegion>us-east-1</BucketRegion>"), "{first}");
    assert!(first.contains("<BucketRegion>eu-west-1</BucketRegion>"), "{first}");
    assert!(first.contains("<ContinuationToken>after/page-b==</ContinuationToken>"), "{first}");
    assert!(!first.contains("page-c"), "{first}");
    let second =
        get(&fake, "/?max-buckets=1000&continuation-token=after%2Fpage-b%3D%3D&x-id=ListBuckets")
            .body;
    assert_eq!(second.matches("<Bucket>").count(), 1, "{second}");
    assert!(second.contains("<BucketRegion>ap-south-1</BucketRegion>"), "{second}");
    assert!(!second.contains("ContinuationToken"), "{second}");
    assert_eq!(fake.counts().len(), 1, "the stand-in's own calls are not in the record");
    moto.reset();
    assert!(!get(&fake, "/").body.contains("page-a"));
}

#[test]
fn a_cut_answer_ends_in_the_middle_of_its_body() {
    let fake = FakeAws::start(Moto::shared().address());
    fake.answer("s3", "ListBuckets", 200, &[], "0123456789");
    fake.cut("s3", "ListBuckets");
    let answer = get(&fake, "/");
    assert_eq!((answer.status, answer.body.as_str()), (200, "01234"));
    assert!(answer.headers.contains("content-length: 10"), "{}", answer.headers);
}

#[test]
fn delayed_calls_are_in_flight_together() {
    let fake = FakeAws::start(Moto::shared().address());
    fake.answer("s3", "ListBuckets", 200, &[], "");
    fake.delay("s3", "ListBuckets", Duration::from_millis(300));
    std::thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| get(&fake, "/"));
        }
    });
    assert_eq!(fake.most_in_flight(), 5);
    assert!(
        fake.calls()
            .iter()
            .all(|call| call.left >= Some(call.arrived + Duration::from_millis(300)))
    );
}

#[test]
fn a_hung_call_is_in_flight_until_the_caller_gives_up() {
    let fake = FakeAws::start(Moto::shared().address());
    fake.hang("s3", "ListBuckets");
    let mut caller = TcpStream::connect(fake.address()).expect("the stand-in listens");
    let request = "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 \
                   Credential=A/20260102/us-east-1/s3/aws4_request\r\n\r\n";
    caller.write_all(request.as_bytes()).expect("the stand-in reads");
    caller
        .set_read_timeout(Some(Duration::from_millis(200)))
        .expect("a time limit that is not zero");
    assert!(caller.read(&mut [0; 1]).is_err(), "no answer and no end of the connection");
    let left = || fake.calls().first().map(|call| (call.left.is_some(), call.status));
    assert_eq!(left(), Some((false, None)));
    drop(caller);
    let gave_up = (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        left() == Some((true, None))
    });
    assert!(gave_up);
}

#[test]
fn an_account_has_keys_of_its_own() {
    let moto = Moto::shared();
    let keys = moto.keys("222222222222");
    assert_eq!(keys.account, "222222222222");
    assert!(keys.access_key_id.starts_with("ASIA"), "{keys:?}");
    assert!(keys.variables().iter().all(|(_, value)| !value.is_empty()));
}

#[test]
fn an_unreachable_fake_aws_is_told_apart_from_its_answers() {
    let address = {
        let moto = Moto::start();
        moto.address()
    };
    let fake = FakeAws::start(address);
    let answer = get(&fake, "/");
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains("the stand-in got no answer"), "{}", answer.body);
}
