//! Text messages that will not be sent.

use awspect_tests::{
    cognito::stand_in::{TextMessages, text_messages},
    report::{finding, status, text},
};

use crate::world::{FAR, world};

const RULE: &str = "cognito/sms-spend-limit";

#[test]
fn a_limit_that_is_nearly_used_up_locks_users_out() {
    let world = world("220000000010");
    for (spent, expected) in
        [(None, "pass"), (Some(79.9), "pass"), (Some(80.0), "fail"), (Some(100.1), "fail")]
    {
        let state = TextMessages { sandbox: false, told: Some(100), allowed: 500, spent };
        text_messages(&world.fake, FAR, state);
        assert_eq!(status(&world.scan(), RULE, "tidy"), expected, "{spent:?}");
    }
}

#[test]
fn a_limit_that_cannot_be_read_is_unknown_and_names_the_permission() {
    let world = world("220000000011");
    for (service, operation, action) in [
        ("sns", "GetSMSAttributes", "sns:GetSMSAttributes"),
        ("sms-voice", "DescribeSpendLimits", "sms-voice:DescribeSpendLimits"),
        ("cloudwatch", "GetMetricStatistics", "cloudwatch:GetMetricStatistics"),
    ] {
        let refused = world.fake.refuse(service, operation);
        let report = world.scan();
        world.fake.clear(refused);
        let found = finding(&report, RULE, "tidy");
        assert_eq!(text(found, "/status"), "unknown", "{action}");
        assert_eq!(text(found, "/reason/action"), action);
    }
}
