//! The command line: what is wrong gets one clear line and the right code.

#![expect(clippy::unwrap_used, reason = "a case that cannot be set up should stop its test")]

use std::{
    fs,
    io::Read as _,
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use awspect_fakeaws::{
    FakeAws,
    ec2::{REGIONS, no_networks},
};
use awspect_tests::{
    moto::{Keys, Moto},
    run::{Outcome, command, run},
    s3::Bucket,
    seed::Seed,
};

const BINARY: &str = env!("CARGO_BIN_EXE_awspect-under-test");

/// Runs without credentials, and expects one line on stderr and nothing on stdout.
fn refused(args: &[&str]) -> (i32, String) {
    one_line(&run(BINARY, None, args))
}

fn one_line(outcome: &Outcome) -> (i32, String) {
    assert_eq!(outcome.stdout, "");
    let line = outcome.stderr.strip_suffix('\n').unwrap_or(&outcome.stderr).to_owned();
    assert!(!line.contains('\n'), "{line}");
    assert!(!line.chars().any(char::is_control), "{line:?}");
    (outcome.code, line)
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli");
    fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{}-{name}", std::process::id()))
}

fn file(name: &str, content: &str) -> String {
    let path = scratch(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_slip_of_the_pen_is_answered_with_what_was_meant() {
    for (args, line) in [
        (
            ["scan", "--demo", "--rule", "s3/bucket-verisoning"],
            "error: no rule `s3/bucket-verisoning`; did you mean `s3/bucket-versioning`?",
        ),
        (["scan", "--demo", "--service", "s4"], "error: no service `s4`; did you mean `s3`?"),
        (
            ["scan", "--demo", "--rule", "nothing-like-it*"],
            "error: no rule `nothing-like-it*`; `awspect rules list` shows all",
        ),
        (
            ["rules", "show", "s3/bucket-loging", "--format=json"],
            "error: no rule `s3/bucket-loging`; did you mean `s3/bucket-logging`?",
        ),
        (
            ["scan", "--demo", "--rule", "\u{1b}[31m"],
            "error: no rule `\\u{1b}[31m`; `awspect rules list` shows all",
        ),
    ] {
        assert_eq!(refused(&args), (2, line.to_owned()));
    }
}

#[test]
fn arguments_that_make_no_sense_are_usage() {
    for args in [
        &["scan", "--severity", "urgent"][..],
        &["scan", "--status", "failed"],
        &["scan", "--fail-on", "never"],
        &["scan", "--region", "Europe"],
        &["scan", "--trusted-account", "12345"],
        &["scan", "--endpoint-url", "localhost:5000"],
        &["scan", "--endpoint-url", "http://"],
        &["scan", "--endpoint-url", "http://[::1"],
        &["scan", "--endpoint-url", "http://localhost:99999"],
        &["scan", "--endpoint-url", "http://user@localhost"],
        &["scan", "--endpoint-url", "ftp://localhost"],
        &["scan", "--output", "report.json"],
        &["scan", "--output", "pdf=report.pdf"],
        &["scan", "--demo", "--snapshot", "x"],
        &["scan", "--demo", "--region", "eu-west-1"],
        &["scan", "--snapshot", "x", "--profile", "p"],
        &["collect"],
        &["audit"],
        &[],
    ] {
        let outcome = run(BINARY, None, args);
        assert_eq!(outcome.code, 2, "{args:?} {}", outcome.stderr);
        assert_eq!(outcome.stdout, "", "{args:?}");
        assert!(!outcome.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn a_snapshot_that_is_none_is_named_with_the_reason() {
    let (code, line) = refused(&["scan", "--snapshot", "/nonexistent/snapshot.json"]);
    assert_eq!(code, 2);
    assert!(line.starts_with("error: cannot read `/nonexistent/snapshot.json`: "), "{line}");

    let newer = "{\"format\": \"awspect-snapshot\", \"version\": 99, \"anything\": 1}";
    let damaged = "{\"format\": \"awspect-snapshot\", \"version\": 1, \"regions\": 5}";
    for (name, content, reason) in [
        ("empty", "", "not an awspect snapshot"),
        ("text", "hello", "not an awspect snapshot"),
        ("foreign", "{\"format\": \"other\", \"version\": 1}", "not an awspect snapshot"),
        ("list", "[]", "not an awspect snapshot"),
        ("deep", &"[".repeat(100_000), "not an awspect snapshot"),
        (
            "newer",
            newer,
            "written by a newer awspect (snapshot version 99, this one reads up to 2)",
        ),
        ("damaged", damaged, "damaged snapshot: "),
        ("cut", &newer.replace("99", "1").replace("1}", ""), "not an awspect snapshot"),
    ] {
        let path = file(name, content);
        let (code, line) = refused(&["scan", "--snapshot", &path]);
        assert_eq!(code, 2, "{line}");
        assert!(line.starts_with(&format!("error: cannot read `{path}`: {reason}")), "{line}");
    }
}

#[test]
fn no_credentials_and_bad_ones_are_told_apart_from_no_answer() {
    let (code, line) = refused(&["scan", "--endpoint-url", "http://localhost:1"]);
    assert_eq!(code, 5);
    assert!(line.starts_with("error: no usable credentials: none in the environment"), "{line}");

    let (code, line) = refused(&["scan", "--profile", "not-there"]);
    assert_eq!(code, 5);
    assert!(line.ends_with("have none for the profile `not-there`"), "{line}");

    let fake = FakeAws::start(Moto::shared().address());
    no_networks(&fake, REGIONS);
    fake.on("sts", "*").error(403, "InvalidClientTokenId", "The security token is invalid.");
    let keys = Moto::shared().keys("100000000011");
    let (code, line) =
        one_line(&run(BINARY, Some(&keys), &["scan", "--endpoint-url", &fake.endpoint()]));
    assert_eq!(code, 5);
    assert!(line.ends_with("InvalidClientTokenId: The security token is invalid."), "{line}");

    let (code, line) =
        one_line(&run(BINARY, Some(&keys), &["scan", "--endpoint-url", "http://localhost:1"]));
    assert_eq!(code, 4);
    assert!(line.contains("Connection refused") && line.contains("http://localhost:1"), "{line}");
}

#[test]
fn what_cannot_be_written_is_said_before_the_work_begins() {
    let keys = Moto::shared().keys("100000000012");
    let fake = FakeAws::start(Moto::shared().address());
    no_networks(&fake, REGIONS);
    let endpoint = fake.endpoint();
    for target in
        [&["--save", "/nonexistent/x"][..], &["--output", "json=/nonexistent/x"], &["--save", "/"]]
    {
        let mut args = vec!["scan", "--endpoint-url", &endpoint];
        args.extend(target);
        let (code, line) = one_line(&run(BINARY, Some(&keys), &args));
        assert_eq!(code, 2);
        assert!(line.starts_with("error: cannot write `/"), "{line}");
    }
    assert!(fake.calls().is_empty());
}

#[test]
fn reports_go_to_files_and_to_stdout_alike() {
    let json = scratch("report.json");
    let table = scratch("report.txt");
    let args = [
        "scan",
        "--demo",
        "--format",
        "json",
        "--output",
        &format!("json={}", json.display()),
        "--output",
        &format!("table={}", table.display()),
    ];
    let outcome = run(BINARY, None, &args);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(fs::read_to_string(json).unwrap(), outcome.stdout);
    assert!(fs::read_to_string(table).unwrap().contains("SUMMARY"));
}

#[test]
fn a_saved_snapshot_is_judged_like_the_account_itself() {
    let seed = Seed::new(Moto::shared(), "100000000013");
    Bucket::new(&seed, "eu-west-1", "snapshot-bucket").versioning("Enabled");
    let fake = FakeAws::start(Moto::shared().address());
    no_networks(&fake, REGIONS);
    let endpoint = fake.endpoint();
    let (saved, collected) = (scratch("saved.json"), scratch("collected.json"));
    let scan = ["--format", "json", "--status", "all", "--severity", "info"];
    let live = ["scan", "--endpoint-url", &endpoint, "--save", saved.to_str().unwrap()];
    let live = run(BINARY, Some(seed.keys()), &[&live[..], &scan].concat());
    let collect = ["collect", "--endpoint-url", &endpoint, "-o", collected.to_str().unwrap()];
    assert_eq!(run(BINARY, Some(seed.keys()), &collect).code, 0);
    let strip = |outcome: &Outcome| {
        let mut report = outcome.json();
        report["run"].take();
        report
    };
    for path in [saved, collected] {
        let again = ["scan", "--snapshot", path.to_str().unwrap()];
        let again = run(BINARY, None, &[&again[..], &scan].concat());
        assert_eq!(strip(&again), strip(&live));
        assert_eq!(again.code, live.code);
    }
}

#[test]
fn colors_are_for_terminals() {
    let escape = '\u{1b}';
    let plain = run(BINARY, None, &["scan", "--demo"]);
    assert!(!plain.stdout.contains(escape));
    let colored = run(BINARY, None, &["scan", "--demo", "--color", "always"]);
    assert!(colored.stdout.contains(escape));
    let never = run(BINARY, None, &["scan", "--demo", "--color", "never"]);
    assert_eq!(never.stdout, plain.stdout);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let mut child = command(BINARY)
        .args(["scan", "--demo", "--format", "json", "--status", "all", "--severity", "info"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

#[test]
fn the_rules_are_listed_and_shown() {
    let list = run(BINARY, None, &["rules", "list"]);
    assert_eq!(list.code, 0);
    for rule in awspect_checks::all() {
        assert!(list.stdout.contains(rule.id), "{}", rule.id);
        let shown = run(BINARY, None, &["rules", "show", rule.id, "--format", "json"]).json();
        assert_eq!(shown.as_array().unwrap().len(), 1, "{}", rule.id);
        let text = run(BINARY, None, &["rules", "show", rule.id]).stdout;
        assert!(text.contains(rule.document().title) && text.contains("AWS CLI:"), "{text}");
    }
    let several = run(BINARY, None, &["rules", "show", "s3/bucket-acl-*", "--format", "json"]);
    assert_eq!(several.json().as_array().unwrap().len(), 4);
}

fn interrupt_when(fake: &FakeAws, keys: &Keys, asked: impl Fn() -> bool) -> Outcome {
    let child = command(BINARY)
        .envs(keys.variables())
        .args(["scan", "--endpoint-url", &fake.endpoint(), "--format", "json", "--status", "all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    for _ in 0..1_000 {
        if asked() {
            break;
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
    assert!(asked(), "the scan never came so far");
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    child.wait_with_output().unwrap().into()
}

#[test]
fn an_interrupt_ends_the_scan_with_what_there_is() {
    let seed = Seed::new(Moto::shared(), "100000000014");
    Bucket::new(&seed, "us-east-1", "interrupt-read").versioning("Enabled");
    Bucket::new(&seed, "us-east-1", "interrupt-hung");
    let fake = FakeAws::start(Moto::shared().address());
    no_networks(&fake, REGIONS);
    fake.on("s3", "GetBucketVersioning").only("interrupt-hung").hang();
    let most = || {
        fake.count("s3", "GetBucketVersioning") == 2 && fake.count("s3", "GetBucketTagging") == 2
    };
    let outcome = interrupt_when(&fake, seed.keys(), most);
    assert_eq!(outcome.code, 130, "{}", outcome.stderr);
    let report = outcome.json();
    assert_eq!(report["accounts"][0]["complete"], false);
    let versioning = |name: &str| {
        let all = report["findings"].as_array().unwrap();
        let own = all
            .iter()
            .find(|it| it["rule"] == "s3/bucket-versioning" && it["resource"]["name"] == name);
        own.unwrap().clone()
    };
    assert_eq!(versioning("interrupt-hung")["status"], "unknown");
    assert_eq!(versioning("interrupt-hung")["reason"]["cause"], "interrupted");

    let fake = FakeAws::start(Moto::shared().address());
    no_networks(&fake, REGIONS);
    fake.hang("sts", "GetCallerIdentity");
    let outcome =
        interrupt_when(&fake, seed.keys(), || fake.count("sts", "GetCallerIdentity") == 1);
    assert_eq!(one_line(&outcome).0, 130);
}

#[test]
fn the_gate_counts_what_is_not_listed_and_what_nobody_knows() {
    let seed = Seed::new(Moto::shared(), "100000000015");
    Bucket::new(&seed, "us-east-1", "gate-bucket").versioning("Enabled");
    let fake = FakeAws::start(Moto::shared().address());
    no_networks(&fake, REGIONS);
    let endpoint = fake.endpoint();
    let scan = |rule: &str, more: &[&str]| {
        let args = [&["scan", "--endpoint-url", &endpoint, "--rule", rule][..], more].concat();
        run(BINARY, Some(seed.keys()), &args).code
    };
    assert_eq!(scan("s3/bucket-versioning", &[]), 0);
    assert_eq!(scan("s3/bucket-logging", &[]), 3);
    assert_eq!(scan("s3/bucket-logging", &["--severity", "critical", "--status", "pass"]), 3);
    assert_eq!(scan("s3/bucket-logging", &["--fail-on", "medium"]), 0);
    assert_eq!(scan("s3/bucket-logging", &["--fail-on", "none"]), 0);
    assert_eq!(scan("s3/bucket-lifecycle", &[]), 0, "an info finding is below the default gate");
    assert_eq!(scan("s3/bucket-lifecycle", &["--fail-on", "info"]), 3);
    fake.refuse("s3", "GetBucketVersioning");
    assert_eq!(scan("s3/bucket-versioning", &[]), 4, "unknown is no pass");
    assert_eq!(scan("s3/bucket-versioning", &["--fail-on", "high"]), 0);
    assert_eq!(scan("s3/bucket-*", &[]), 3, "a certain failure says more than an unknown");
}
