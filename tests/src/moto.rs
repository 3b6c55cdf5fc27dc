//! The fake AWS: `moto_server`, a process of its own.
//!
//! One server serves all tests of a test binary: a start costs half a second and the first call to a service up to two
//! more. The server's state is one for all, and the tests of a binary run at once; so that they do not see each other,
//! each takes an account of its own with [`Moto::keys`]. A reset would pull the ground from under the others: it is for
//! a server that a test has to itself, from [`Moto::start`]. Bucket names are shared by all accounts, as in AWS.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use crate::http::{Answer, Call};
use crate::python;

const LAUNCHER: &str = include_str!("moto_server.py");

/// How long a server may take to start. It takes half a second.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the server keeps of the caller's environment.
const KEPT: [&str; 5] = ["PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"];

/// A running server. It ends when it is dropped, and with the test process however that ends.
#[derive(Debug)]
pub struct Moto {
    process: Child,
    address: SocketAddr,
    log: PathBuf,
}

/// Keys of a principal in an account.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The account.
    pub account: String,
    /// `AWS_ACCESS_KEY_ID`
    pub access_key_id: String,
    /// `AWS_SECRET_ACCESS_KEY`
    pub secret_access_key: String,
    /// `AWS_SESSION_TOKEN`
    pub session_token: String,
}

impl Moto {
    /// The server of this test binary, started on first use.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Moto> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Starts a server.
    ///
    /// # Panics
    ///
    /// If it cannot be started; the message has the end of its log.
    pub fn start() -> Self {
        let python = python::interpreter();
        let (log, file) = log();
        let errors = file.try_clone().expect("a log can be shared");
        let mut process = Command::new(python)
            .args(["-I", "-c", LAUNCHER])
            .env_clear()
            .envs(environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .expect("the environment has a Python");
        let stdout = process.stdout.take().expect("standard output is piped");
        let Some(port) = first_line(stdout).and_then(|line| line.trim().parse().ok()) else {
            drop(process.kill());
            panic!("moto_server did not start:\n{}", tail(&log));
        };
        Self { process, address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)), log }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint for seeding.
    pub fn endpoint(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// What it said, a line for each request.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Keys to an account, which need not exist before: those of a role in it.
    ///
    /// # Panics
    ///
    /// If the server refuses.
    pub fn keys(&self, account: &str) -> Keys {
        let body = format!(
            "Action=AssumeRole&Version=2011-06-15&RoleSessionName=test&RoleArn=arn:aws:iam::{account}:role/audit"
        );
        let headers = ["Content-Type: application/x-www-form-urlencoded"];
        let answer = Call {
            service: "sts",
            line: "POST /",
            headers: &headers,
            body: &body,
            ..Call::default()
        }
        .send(self.address);
        let key = |name| element(&answer, name);
        Keys {
            account: account.to_owned(),
            access_key_id: key("AccessKeyId"),
            secret_access_key: key("SecretAccessKey"),
            session_token: key("SessionToken"),
        }
    }

    /// Forgets everything in all accounts. Not for the shared server while other tests run.
    ///
    /// # Panics
    ///
    /// If the server refuses.
    pub fn reset(&self) {
        let answer = Call { line: "POST /moto-api/reset", ..Call::default() }.send(self.address);
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Keys {
    /// The variables that give these keys to a program.
    pub fn variables(&self) -> [(&'static str, &str); 3] {
        [
            ("AWS_ACCESS_KEY_ID", &self.access_key_id),
            ("AWS_SECRET_ACCESS_KEY", &self.secret_access_key),
            ("AWS_SESSION_TOKEN", &self.session_token),
        ]
    }
}

/// The server's whole environment: none of the caller's AWS settings or proxies.
#[expect(
    clippy::disallowed_methods,
    reason = "the server runs in what is left of the caller's environment"
)]
fn environment() -> Vec<(&'static str, std::ffi::OsString)> {
    let mut variables: Vec<_> =
        KEPT.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))).collect();
    variables.extend([
        ("AWS_ACCESS_KEY_ID", "testing".into()),
        ("AWS_SECRET_ACCESS_KEY", "testing".into()),
        ("AWS_EC2_METADATA_DISABLED", "true".into()),
        ("MOTO_EC2_LOAD_DEFAULT_AMIS", "false".into()),
        ("MOTO_IAM_LOAD_MANAGED_POLICIES", "true".into()),
    ]);
    variables
}

/// A log of its own for each server of each test binary, overwritten by the next run.
fn log() -> (PathBuf, File) {
    static SERVERS: AtomicUsize = AtomicUsize::new(0);
    let number = SERVERS.fetch_add(1, Ordering::Relaxed);
    let program = std::env::current_exe().expect("a running program has a path");
    let name = program.file_stem().expect("a program has a name").to_string_lossy().into_owned();
    let folder = python::target_dir().join("moto-logs");
    fs::create_dir_all(&folder).expect("a writable target directory");
    let path = folder.join(format!("{name}-{number}.log"));
    let file = File::create(&path).expect("a writable target directory");
    (path, file)
}

/// The first line, or none if the program ends or takes too long.
fn first_line(stdout: ChildStdout) -> Option<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let line = BufReader::new(stdout).lines().next();
        drop(sender.send(line));
    });
    receiver.recv_timeout(PATIENCE).ok()??.ok()
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines.get(lines.len().saturating_sub(20)..).unwrap_or_default().join("\n")
}

fn element(answer: &Answer, name: &str) -> String {
    let between =
        || answer.body.split_once(&format!("<{name}>"))?.1.split_once(&format!("</{name}>"));
    match between() {
        Some((text, _)) => text.to_owned(),
        None => panic!("no {name} in the answer: {}", answer.body),
    }
}
