//! A pool with more clients than a page holds.

use std::collections::BTreeSet;

use awspect_tests::{cognito::Cognito, json::Json, moto::Moto, report::text, run::findings};
use serde_json::json;

use crate::world::{HOME, world};

#[test]
fn seventy_clients_are_all_judged() {
    let world = world("220000000020");
    let cognito = Cognito::new(Json::new(Moto::shared(), &world.keys, HOME));
    for n in 0..70 {
        let settings = json!({ "EnableTokenRevocation": n % 2 == 0 });
        cognito.client(&world.ids.tidy, &format!("app-{n:02}"), settings);
    }
    let report = world.scan();
    let judged = |status: &str| {
        let own = findings(&report).iter().filter(|it| {
            text(it, "/rule") == "cognito/client-token-revocation" && text(it, "/status") == status
        });
        let names = own.map(|it| text(it, "/resource/name"));
        names.filter(|name| name.starts_with("app-")).collect::<BTreeSet<_>>().len()
    };
    assert_eq!((judged("pass"), judged("fail")), (35, 35));
    assert_eq!(
        report["run"]["api_calls"]["cognitoidentityprovider:DescribeUserPoolClient"],
        70 + 4
    );
}
