//! Lambda rules.

mod callers;
mod environment;
mod layers;
mod running;
mod runtimes;
mod sources;
mod urls;

use crate::engine::{Rule, rule};

pub(crate) static RULES: [Rule; 8] = [
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
    rule!("lambda/env-secret", environment::secrets),
    rule!("lambda/layer-foreign", layers::foreign),
    rule!("lambda/runtime-deprecated", runtimes::deprecated),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use awspect_findings::Status;
    use awspect_inventory::Inventory;

    use crate::{Settings, all, judge};

    fn judged(id: &str, fixture: &[u8]) -> BTreeMap<String, Status> {
        let settings = Settings {
            trusted_accounts: ["444455556666".parse().unwrap()].into(),
            ..Settings::default()
        };
        let rule = all().find(|rule| rule.id == id).unwrap();
        judge(&Inventory::read(fixture).unwrap(), &settings, [rule])
            .into_iter()
            .map(|finding| (finding.resource.name, finding.status))
            .collect()
    }

    #[test]
    fn a_trusted_account_is_no_stranger() {
        let apis = judged(
            "lambda/policy-apigw-wildcard",
            include_bytes!("../../../fixtures/lambda/policy-apigw-wildcard.json"),
        );
        assert_eq!(apis["fail-foreign"], Status::Pass);
        assert_eq!(apis["fail-any-api"], Status::Fail);
        let layers = judged(
            "lambda/layer-foreign",
            include_bytes!("../../../fixtures/lambda/layer-foreign.json"),
        );
        assert_eq!(layers["fail-foreign"], Status::Pass);
        assert_eq!(layers["unknown-version"], Status::Unknown);
    }
}
