//! Where the facts come from: an account, a snapshot, or the demo.

use std::{collections::BTreeMap, fs, path::Path};

use awspect_collect::{Limits, Options, Session, SessionError, Stopper, collect, stop};
use awspect_inventory::Inventory;
use time::OffsetDateTime;

use crate::{
    args::Account,
    exit::{Exit, Failure},
    select::Wanted,
};

/// The account that ships with awspect, as `awspect collect` wrote it.
static DEMO: &[u8] = include_bytes!("../../../fixtures/demo.json");

/// Facts, and what it took to get them.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) inventory: Inventory,
    pub(crate) calls: BTreeMap<String, u64>,
}

impl Facts {
    fn without_calls(inventory: Inventory) -> Self {
        Self { inventory, calls: BTreeMap::new() }
    }
}

pub(crate) fn demo() -> Result<Facts, Failure> {
    let inventory = Inventory::read(DEMO)
        .map_err(|error| Failure { exit: Exit::Internal, message: format!("the demo: {error}") })?;
    Ok(Facts::without_calls(inventory))
}

pub(crate) fn snapshot(path: &Path) -> Result<Facts, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
    let inventory = Inventory::read(&bytes).map_err(|error| Failure::file("read", path, &error))?;
    Ok(Facts::without_calls(inventory))
}

/// Asks AWS. An interrupt ends the asking; what came until then is the answer.
pub(crate) fn account(account: &Account, wanted: Wanted) -> Result<Facts, Failure> {
    let (stopper, stop) = stop();
    let options = Options {
        profile: account.profile.clone().or_else(environment_profile),
        regions: account.region.clone(),
        endpoint_url: account.endpoint_url.clone(),
        ca_bundle: ca_bundle()?,
        only: wanted.only,
        last_accessed: account.last_accessed,
        predictable_names: wanted.predictable_names,
        sample_objects: account.sample_objects,
        salt: None,
        limits: Limits::default(),
        stop: stop.clone(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure { exit: Exit::Internal, message: error.to_string() })?;
    let facts = runtime.block_on(async {
        tokio::spawn(interrupts(stopper));
        let session = tokio::select! {
            session = Session::open(options) => session.map_err(|error| failure(&error)),
            () = stop.requested() => Err(interrupted()),
        };
        let session = match session {
            Err(_) if stop.is_requested() => return Err(interrupted()),
            session => session?,
        };
        let inventory = collect(&session, now()).await;
        Ok(Facts { inventory, calls: session.calls() })
    });
    // A name that is still being resolved must not hold up the end.
    runtime.shutdown_background();
    facts
}

/// The first interrupt asks for what there is, the second one for nothing more.
async fn interrupts(stopper: Stopper) {
    interrupt().await;
    stopper.stop();
    interrupt().await;
    std::process::exit(i32::from(Exit::Interrupted as u8));
}

async fn interrupt() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => (),
                _ = terminated.recv() => (),
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn interrupted() -> Failure {
    Failure {
        exit: Exit::Interrupted,
        message: "interrupted before AWS said whose account this is".to_owned(),
    }
}

fn failure(error: &SessionError) -> Failure {
    let exit = match error {
        SessionError::Credentials(_) => Exit::Credentials,
        SessionError::Identity(_) => Exit::Incomplete,
        SessionError::Settings(_) => Exit::Usage,
    };
    Failure { exit, message: error.to_string() }
}

#[expect(clippy::disallowed_methods, reason = "the clock is read here")]
pub(crate) fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// The profile that the environment names, unless it also holds keys, which then go first.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn environment_profile() -> Option<String> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    if set("AWS_ACCESS_KEY_ID").is_some() { None } else { set("AWS_PROFILE") }
}

/// The certificates that the AWS CLI would trust.
#[expect(clippy::disallowed_methods, reason = "the environment is read here")]
fn ca_bundle() -> Result<Option<Vec<u8>>, Failure> {
    let Some(path) = std::env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let path = Path::new(&path);
    fs::read(path).map(Some).map_err(|error| Failure::file("read", path, &error))
}
