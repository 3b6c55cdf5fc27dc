//! An account that has something of everything, as it should be and as it should not.

mod functions;
mod gateways;

pub(crate) use gateways::regional;

use std::sync::OnceLock;

use awspect_fakeaws::{FakeAws, ec2::no_networks};
use awspect_tests::{
    json::Json,
    moto::{Keys, Moto},
    run::scan,
    seed::Seed,
};
use serde_json::Value;

use crate::BINARY;

/// Where everything is.
pub(crate) const HOME: &str = "eu-west-1";

/// The account, the stand-in before it, and the ids of its APIs.
pub(crate) struct World {
    pub(crate) keys: Keys,
    pub(crate) fake: FakeAws,
    pub(crate) ids: Ids,
}

/// The ids of APIs that tests ask for.
pub(crate) struct Ids {
    pub(crate) shop: String,
    pub(crate) web: String,
}

impl World {
    /// A scan of the one region.
    pub(crate) fn scan(&self) -> Value {
        scan_of(&self.keys, &self.fake, &["apigateway", "lambda"])
    }
}

/// What a scan of one region says of these services.
pub(crate) fn scan_of(keys: &Keys, fake: &FakeAws, services: &[&str]) -> Value {
    let mut only = vec!["--region", HOME];
    only.extend(services.iter().flat_map(|service| ["--service", service]));
    scan(BINARY, keys, &fake.endpoint(), &only).json()
}

/// What a scan says where nothing is refused.
pub(crate) fn report() -> &'static Value {
    static REPORT: OnceLock<Value> = OnceLock::new();
    REPORT.get_or_init(|| world("230000000001").scan())
}

/// A stand-in before an account with one region.
pub(crate) fn one_region() -> FakeAws {
    let fake = FakeAws::start(Moto::shared().address());
    no_networks(&fake, &[HOME]);
    fake
}

/// An account of its own.
pub(crate) fn world(account: &str) -> World {
    let moto = Moto::shared();
    let seed = Seed::new(moto, account);
    let aws = Json::new(moto, seed.keys(), HOME);
    let fake = one_region();
    let ids = gateways::fill(seed.keys(), &aws, &fake);
    functions::fill(&seed, &aws, &fake, &ids);
    World { keys: seed.keys().clone(), fake, ids }
}
