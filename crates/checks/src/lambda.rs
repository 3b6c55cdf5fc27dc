//! Lambda rules.

mod callers;
mod layers;
mod running;
mod runtimes;
mod sources;
mod urls;

use crate::engine::{Rule, rule};

pub(crate) static RULES: [Rule; 7] = [
    rule!("lambda/policy-public", callers::public),
    rule!("lambda/policy-confused-deputy", |scan| callers::each_policy(scan, sources::deputies)),
    rule!("lambda/policy-apigw-wildcard", |scan| {
        callers::each_policy(scan, move |document| sources::apis(scan, document))
    }),
    rule!("lambda/url-public", |scan| {
        urls::each_url(scan, move |function, url| urls::public(scan, function, url))
    }),
    rule!("lambda/url-cors-wildcard", |scan| {
        urls::each_url(scan, |_, url| Ok(urls::open_origins(url)))
    }),
    rule!("lambda/layer-foreign", layers::foreign),
    rule!("lambda/runtime-deprecated", runtimes::deprecated),
];
