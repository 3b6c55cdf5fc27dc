//! Each row of AWS's tables on matching, conditions and evaluation order, named after it.
#![expect(clippy::expect_used, reason = "a test that cannot go on should stop")]

use awspect_policy::{
    AccountId, Caller, Decision, Key, Policies, Policy, PolicyError, Request, percent_decode,
};

fn policy(statements: &str) -> Policy {
    Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#))
        .expect("a policy")
}

fn request(action: &str, resource: &str, context: &[(&str, &[&str])]) -> Request {
    let context = context
        .iter()
        .map(|(key, values)| (Key::new(key), values.iter().map(|v| (*v).to_owned()).collect()));
    let caller = Caller::from_arn("arn:aws:iam::111122223333:user/alice").expect("a user");
    Request {
        caller,
        action: action.to_owned(),
        resource: resource.to_owned(),
        context: context.collect(),
    }
}

fn allows(statements: &str, request: &Request) -> bool {
    let policy = policy(statements);
    Policies { identity: Some(vec![&policy]), ..Policies::default() }.decide(request).is_allowed()
}

/// Whether a condition holds for these values of the key `k`.
fn holds(condition: &str, values: Option<&[&str]>) -> bool {
    let statement =
        format!(r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{{condition}}}}}"#);
    let context: Vec<(&str, &[&str])> = values.map(|values| ("k", values)).into_iter().collect();
    allows(&statement, &request("s3:GetObject", "*", &context))
}

mod matching {
    use super::*;

    fn action(pattern: &str, action: &str) -> bool {
        let statement = format!(r#"{{"Effect":"Allow","Action":"{pattern}","Resource":"*"}}"#);
        allows(&statement, &request(action, "*", &[]))
    }

    fn resource(pattern: &str, resource: &str) -> bool {
        let statement = format!(r#"{{"Effect":"Allow","Action":"*","Resource":"{pattern}"}}"#);
        allows(
            &statement,
            &request("s3:GetObject", resource, &[("aws:username", &["alice"]), ("m", &["a", "b"])]),
        )
    }

    #[test]
    fn actions_are_case_insensitive() {
        assert!(action("S3:getOBJECT", "s3:GetObject"));
    }

    #[test]
    fn star_is_any_run_and_question_mark_one_character() {
        assert!(
            action("s3:Get*", "s3:Get")
                && action("s3:*Object", "s3:GetObject")
                && action("s3:?etObject", "s3:GetObject")
        );
        assert!(!action("s3:?GetObject", "s3:GetObject"));
    }

    #[test]
    fn resources_are_case_sensitive() {
        assert!(!resource("arn:aws:s3:::b/A", "arn:aws:s3:::b/a"));
    }

    #[test]
    fn star_crosses_slashes_in_resources() {
        assert!(
            resource("arn:aws:s3:::b/*/z", "arn:aws:s3:::b/x/y/z")
                && resource("arn:aws:s3:::b/*/z", "arn:aws:s3:::b//z")
        );
    }

    #[test]
    fn a_bucket_and_its_objects_are_disjoint() {
        assert!(
            !resource("arn:aws:s3:::b", "arn:aws:s3:::b/a")
                && !resource("arn:aws:s3:::b/*", "arn:aws:s3:::b")
        );
    }

    #[test]
    fn variables_stand_behind_the_fifth_colon() {
        assert!(resource("arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/alice"));
        assert!(!resource("arn:aws:${aws:username}:::b", "arn:aws:alice:::b"));
    }

    #[test]
    fn variables_have_defaults_and_literals() {
        assert!(resource("arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}", "arn:aws:s3:::b/none"));
        assert!(resource("arn:aws:s3:::b/${*}${?}${$}", "arn:aws:s3:::b/*?$"));
        assert!(!resource("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/a"));
    }

    #[test]
    fn an_unresolvable_or_multivalued_variable_does_not_match() {
        assert!(!resource("arn:aws:s3:::b/${aws:userid}", "arn:aws:s3:::b/"));
        assert!(!resource("arn:aws:s3:::b/${m}", "arn:aws:s3:::b/a"));
    }

    #[test]
    fn without_the_later_version_a_variable_is_text() {
        let text = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}"}}"#;
        let policy = Policy::parse(text).expect("a policy");
        let policies = Policies { identity: Some(vec![&policy]), ..Policies::default() };
        let context: [(&str, &[&str]); 1] = [("aws:username", &["alice"])];
        assert!(
            !policies
                .decide(&request("s3:GetObject", "arn:aws:s3:::b/alice", &context))
                .is_allowed()
        );
        assert!(
            policies
                .decide(&request("s3:GetObject", "arn:aws:s3:::b/${aws:username}", &context))
                .is_allowed()
        );
    }

    #[test]
    fn not_resource_star_matches_nothing() {
        let statement = r#"{"Effect":"Allow","Action":"*","NotResource":["*","arn:aws:s3:::x"]}"#;
        assert!(!allows(statement, &request("s3:GetObject", "arn:aws:s3:::b/a", &[])));
    }

    #[test]
    fn not_action_is_the_complement_across_services() {
        let statement = r#"{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}"#;
        assert!(allows(statement, &request("ec2:RunInstances", "*", &[])));
        assert!(!allows(statement, &request("s3:GetObject", "*", &[])));
    }

    #[test]
    fn condition_keys_are_case_insensitive_tag_keys_too() {
        let statement = r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:principaltag/TEAM":"Blue"}}}"#;
        assert!(allows(
            statement,
            &request("s3:GetObject", "*", &[("aws:PrincipalTag/Team", &["Blue"])])
        ));
        assert!(!allows(
            statement,
            &request("s3:GetObject", "*", &[("aws:PrincipalTag/Team", &["blue"])])
        ));
    }
}

mod missing_key {
    use super::*;

    /// Operators with a value that a present key could have, and whether they are negated.
    const OPERATORS: &[(&str, &str, bool)] = &[
        ("StringEquals", "a", false),
        ("StringEqualsIgnoreCase", "a", false),
        ("StringLike", "a", false),
        ("ArnEquals", "arn:aws:s3:::b", false),
        ("ArnLike", "arn:aws:s3:::b", false),
        ("NumericEquals", "1", false),
        ("NumericLessThan", "1", false),
        ("NumericLessThanEquals", "1", false),
        ("NumericGreaterThan", "1", false),
        ("NumericGreaterThanEquals", "1", false),
        ("DateEquals", "2020-01-01", false),
        ("DateLessThan", "2020-01-01", false),
        ("DateLessThanEquals", "2020-01-01", false),
        ("DateGreaterThan", "2020-01-01", false),
        ("DateGreaterThanEquals", "2020-01-01", false),
        ("Bool", "true", false),
        ("BinaryEquals", "QQ==", false),
        ("IpAddress", "10.0.0.0/8", false),
        ("StringNotEquals", "a", true),
        ("StringNotEqualsIgnoreCase", "a", true),
        ("StringNotLike", "a", true),
        ("ArnNotEquals", "arn:aws:s3:::b", true),
        ("ArnNotLike", "arn:aws:s3:::b", true),
        ("NumericNotEquals", "1", true),
        ("DateNotEquals", "2020-01-01", true),
        ("NotIpAddress", "10.0.0.0/8", true),
    ];

    fn each(prefix: &str, suffix: &str, want: impl Fn(bool) -> bool) {
        for (operator, value, negated) in OPERATORS {
            let condition = format!(r#""{prefix}{operator}{suffix}":{{"k":"{value}"}}"#);
            assert_eq!(holds(&condition, None), want(*negated), "{condition}");
        }
    }

    #[test]
    fn positive_is_false_and_negated_true() {
        each("", "", |negated| negated);
    }

    #[test]
    fn if_exists_is_true_positive_or_negated() {
        each("", "IfExists", |_| true);
    }

    #[test]
    fn for_all_values_is_true_positive_or_negated() {
        each("ForAllValues:", "", |_| true);
    }

    #[test]
    fn for_any_value_is_false_positive_or_negated() {
        each("ForAnyValue:", "", |_| false);
    }

    #[test]
    fn an_empty_set_is_a_missing_key() {
        assert!(holds(r#""ForAllValues:StringEquals":{"k":"a"}"#, Some(&[])));
        assert!(!holds(r#""ForAnyValue:StringEquals":{"k":"a"}"#, Some(&[])));
    }

    #[test]
    fn null_true_is_true_and_null_false_is_false() {
        assert!(holds(r#""Null":{"k":"true"}"#, None) && !holds(r#""Null":{"k":"false"}"#, None));
        assert!(
            !holds(r#""Null":{"k":"true"}"#, Some(&["a"]))
                && holds(r#""Null":{"k":false}"#, Some(&["a"]))
        );
    }
}

mod conditions {
    use super::*;

    #[test]
    fn string_equals_has_no_wildcards_and_string_like_has() {
        assert!(
            !holds(r#""StringEquals":{"k":"a*"}"#, Some(&["ab"]))
                && holds(r#""StringLike":{"k":"a*"}"#, Some(&["ab"]))
        );
    }

    #[test]
    fn values_are_ored_and_negated_ones_all_differ() {
        assert!(holds(r#""StringEquals":{"k":["a","b"]}"#, Some(&["b"])));
        assert!(!holds(r#""StringNotEquals":{"k":["a","b"]}"#, Some(&["b"])));
    }

    #[test]
    fn operators_and_keys_are_anded() {
        assert!(!holds(r#""StringEquals":{"k":"a"},"StringLike":{"l":"*"}"#, Some(&["a"])));
        assert!(!holds(r#""StringEquals":{"k":"a","l":"b"}"#, Some(&["a"])));
    }

    #[test]
    fn arn_patterns_match_component_by_component() {
        let condition = r#""ArnEquals":{"k":"arn:aws:x:*:111122223333:finance/*"}"#;
        assert!(holds(condition, Some(&["arn:aws:x:us-east-1:111122223333:finance/a:b"])));
        assert!(!holds(
            condition,
            Some(&["arn:aws:x:us-east-2:999999999999:store/abc:111122223333:finance/d"])
        ));
        assert!(holds(
            r#""StringLike":{"k":"arn:aws:x:*:111122223333:finance/*"}"#,
            Some(&["arn:aws:x:us-east-2:999999999999:store/abc:111122223333:finance/d"])
        ));
    }

    #[test]
    fn addresses_without_prefix_are_one_and_families_differ() {
        assert!(holds(r#""IpAddress":{"k":"10.0.0.1"}"#, Some(&["10.0.0.1"])));
        assert!(!holds(r#""IpAddress":{"k":"10.0.0.1"}"#, Some(&["10.0.0.2"])));
        assert!(!holds(r#""IpAddress":{"k":"0.0.0.0/0"}"#, Some(&["2001:db8::1"])));
        assert!(!holds(r#""IpAddress":{"k":"::/0"}"#, Some(&["10.0.0.1"])));
    }

    #[test]
    fn numbers_and_dates_compare_as_such() {
        assert!(holds(r#""NumericLessThanEquals":{"k":"10"}"#, Some(&["9"])));
        assert!(holds(r#""NumericEquals":{"k":10}"#, Some(&["10.0"])));
        assert!(holds(
            r#""DateGreaterThan":{"k":"2020-01-01T00:00:00+01:00"}"#,
            Some(&["2020-01-01T00:00:00Z"])
        ));
        assert!(holds(r#""DateEquals":{"k":"1577836800"}"#, Some(&["2020-01-01"])));
    }

    #[test]
    fn quantifiers_over_several_values() {
        let held: Option<&[&str]> = Some(&["a", "c"]);
        assert!(!holds(r#""ForAllValues:StringEquals":{"k":["a","b"]}"#, held));
        assert!(holds(r#""ForAnyValue:StringEquals":{"k":["a","b"]}"#, held));
        assert!(holds(r#""ForAnyValue:StringNotEquals":{"k":["a","b"]}"#, held));
        assert!(!holds(r#""ForAllValues:StringNotEquals":{"k":["a","b"]}"#, held));
    }

    #[test]
    fn a_binary_is_compared_as_it_is() {
        assert!(holds(r#""BinaryEquals":{"k":"QmluYXJ5"}"#, Some(&["QmluYXJ5"])));
    }
}

mod order {
    use super::*;

    const ALL: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    const S3: &str = r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#;
    const EC2: &str = r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#;
    const DENY: &str = r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#;
    const ROLE: &str = "arn:aws:iam::111122223333:role/r";
    const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/r/s";

    fn get(caller: &str) -> Request {
        let caller = Caller::from_arn(caller).expect("a principal");
        Request { caller, ..request("s3:GetObject", "arn:aws:s3:::b/a", &[]) }
    }

    fn granting(principal: &str) -> Policy {
        policy(&format!(
            r#"{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"s3:*","Resource":"*"}}"#
        ))
    }

    fn owner() -> AccountId {
        AccountId::EXAMPLE
    }

    #[test]
    fn an_explicit_deny_anywhere_wins() {
        let (all, deny) = (policy(ALL), policy(&format!("{ALL},{DENY}")));
        let own = Policies { identity: Some(vec![&all]), ..Policies::default() };
        let request = get("arn:aws:iam::111122223333:user/alice");
        let layered = [
            Policies { boundary: Some(&deny), ..own.clone() },
            Policies { session: Some(vec![&deny]), ..own.clone() },
            Policies { scps: vec![vec![&deny]], ..own.clone() },
            Policies { rcps: vec![vec![&deny]], ..own.clone() },
            Policies { identity: Some(vec![&all, &deny]), ..own.clone() },
        ];
        for policies in layered {
            assert!(matches!(policies.decide(&request), Decision::ExplicitDeny(_)));
        }
    }

    #[test]
    fn each_scp_level_must_allow_and_its_policies_add_up() {
        let (all, s3, ec2) = (policy(ALL), policy(S3), policy(EC2));
        let request = get("arn:aws:iam::111122223333:user/alice");
        let with = |scps| {
            Policies { identity: Some(vec![&all]), scps, ..Policies::default() }
                .decide(&request)
                .is_allowed()
        };
        assert!(with(vec![vec![&all], vec![&ec2, &s3]]));
        assert!(!with(vec![vec![&all], vec![&ec2]]));
    }

    #[test]
    fn scps_do_not_bind_service_linked_roles() {
        let (all, ec2) = (policy(ALL), policy(EC2));
        let policies =
            Policies { identity: Some(vec![&all]), scps: vec![vec![&ec2]], ..Policies::default() };
        let linked =
            "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX";
        assert!(policies.decide(&get(linked)).is_allowed());
        assert!(!policies.decide(&get(ROLE)).is_allowed());
    }

    #[test]
    fn an_rcp_must_allow() {
        let (all, ec2) = (policy(ALL), policy(EC2));
        let policies =
            Policies { identity: Some(vec![&all]), rcps: vec![vec![&ec2]], ..Policies::default() };
        assert_eq!(policies.decide(&get(ROLE)), Decision::ImplicitDeny("resource control policy"));
    }

    #[test]
    fn identity_boundary_and_session_intersect() {
        let (all, s3, ec2) = (policy(ALL), policy(S3), policy(EC2));
        let own = Policies { identity: Some(vec![&s3, &ec2]), ..Policies::default() };
        let request = get(ROLE);
        assert!(
            Policies { boundary: Some(&all), session: Some(vec![&s3]), ..own.clone() }
                .decide(&request)
                .is_allowed()
        );
        assert!(!Policies { boundary: Some(&ec2), ..own.clone() }.decide(&request).is_allowed());
        assert!(!Policies { session: Some(vec![&ec2]), ..own }.decide(&request).is_allowed());
    }

    #[test]
    fn in_the_account_a_named_user_or_session_wins_over_implicit_denies() {
        let ec2 = policy(EC2);
        let limits = Policies {
            identity: Some(vec![]),
            boundary: Some(&ec2),
            session: Some(vec![&ec2]),
            ..Policies::default()
        };
        for principal in ["arn:aws:iam::111122223333:user/alice", SESSION] {
            let granting = granting(principal);
            let policies = Policies { resource: Some((&granting, owner())), ..limits.clone() };
            assert!(policies.decide(&get(principal)).is_allowed(), "{principal}");
        }
    }

    #[test]
    fn in_the_account_a_named_role_is_still_limited_by_boundary_and_session() {
        let (ec2, granting) = (policy(EC2), granting(ROLE));
        let free = Policies {
            identity: Some(vec![]),
            resource: Some((&granting, owner())),
            ..Policies::default()
        };
        assert!(free.decide(&get(SESSION)).is_allowed());
        assert!(
            !Policies { boundary: Some(&ec2), ..free.clone() }.decide(&get(SESSION)).is_allowed()
        );
        assert!(!Policies { session: Some(vec![&ec2]), ..free }.decide(&get(SESSION)).is_allowed());
    }

    #[test]
    fn in_the_account_naming_the_account_leaves_it_to_the_identity() {
        let granting = granting("111122223333");
        let policies = Policies {
            identity: Some(vec![]),
            resource: Some((&granting, owner())),
            ..Policies::default()
        };
        assert!(!policies.decide(&get(ROLE)).is_allowed());
    }

    #[test]
    fn across_accounts_both_sides_must_allow() {
        let (all, granting) = (policy(ALL), granting("444455556666"));
        let request = get("arn:aws:iam::444455556666:role/r");
        let both = Policies {
            identity: Some(vec![&all]),
            resource: Some((&granting, owner())),
            ..Policies::default()
        };
        assert!(both.decide(&request).is_allowed());
        assert!(!Policies { identity: Some(vec![]), ..both.clone() }.decide(&request).is_allowed());
        let silent = policy("");
        assert!(
            !Policies { resource: Some((&silent, owner())), ..both.clone() }
                .decide(&request)
                .is_allowed()
        );
        // A scanner does not see the caller's side, and must take it to allow.
        assert!(Policies { identity: None, ..both }.decide(&request).is_allowed());
    }

    #[test]
    fn key_and_trust_policies_must_themselves_allow() {
        let (all, silent) = (policy(ALL), policy(""));
        let policies = Policies {
            identity: Some(vec![&all]),
            resource: Some((&silent, owner())),
            ..Policies::default()
        };
        assert!(policies.decide(&get(ROLE)).is_allowed());
        assert!(
            !Policies { resource_must_allow: true, ..policies }.decide(&get(ROLE)).is_allowed()
        );
    }

    #[test]
    fn deny_with_not_principal_spares_only_who_is_listed_with_account_and_role() {
        let spared = |named: &str, caller: &str| {
            let statements = format!(
                r#"{{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}},{{"Effect":"Deny","NotPrincipal":{{"AWS":[{named}]}},"Action":"*","Resource":"*"}}"#
            );
            let policy = policy(&statements);
            Policies { resource: Some((&policy, owner())), ..Policies::default() }
                .decide(&get(caller))
                .is_allowed()
        };
        let user = "arn:aws:iam::111122223333:user/alice";
        assert!(spared(
            r#""arn:aws:iam::111122223333:root","arn:aws:iam::111122223333:user/alice""#,
            user
        ));
        assert!(!spared(r#""arn:aws:iam::111122223333:user/alice""#, user));
        assert!(!spared(
            r#""arn:aws:iam::111122223333:root","arn:aws:iam::111122223333:role/r""#,
            SESSION
        ));
        let all = r#""111122223333","arn:aws:iam::111122223333:role/r","arn:aws:sts::111122223333:assumed-role/r/s""#;
        assert!(spared(all, SESSION));
    }
}

mod grammar {
    use super::*;

    #[test]
    fn tolerant_where_aws_is() {
        for text in [
            r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#,
            r#"{"Version":"2008-10-17","Id":"x","Statement":[]}"#,
            r#"{"Statement":{"Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false},"NumericEquals":{"k":[1,2.5]}},"Action":["a:b"],"Effect":"Deny"}}"#,
            "\u{feff}{\"Statement\":[]}",
        ] {
            let policy = Policy::parse(text).expect(text);
            assert_eq!(policy.unsupported().count(), 0, "{text}");
        }
    }

    #[test]
    fn strict_where_aws_is() {
        let wrong = |text: &str| Policy::parse(text).expect_err(text);
        assert!(
            matches!(wrong(r#"{"Statement":[],"Statement":[]}"#), PolicyError::Duplicate(key) if key == "Statement")
        );
        let condition = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":"true"},"Bool":{"b":"true"}}}}"#;
        assert!(matches!(wrong(condition), PolicyError::Duplicate(_)));
        let both =
            r#"{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}}"#;
        assert_eq!(
            wrong(both).to_string(),
            "in statement 1, both `Action` and `NotAction` are present"
        );
        assert!(matches!(
            wrong(r#"{"Statement":{"Effect":"Allow","Resource":"*"}}"#),
            PolicyError::Missing { .. }
        ));
        assert!(matches!(
            wrong(r#"{"Statement":{"Action":"*","Resource":"*"}}"#),
            PolicyError::Missing { .. }
        ));
        assert!(matches!(
            wrong(r#"{"Statement":{"Effect":"allow","Action":"*"}}"#),
            PolicyError::Kind { .. }
        ));
        assert!(matches!(
            wrong(r#"{"Version":"2020-01-01","Statement":[]}"#),
            PolicyError::Kind { .. }
        ));
        assert!(matches!(wrong("[]"), PolicyError::Kind { .. }));
        assert!(matches!(wrong("{"), PolicyError::Json(_)));
        assert!(matches!(wrong(&"[".repeat(100_000)), PolicyError::Json(_)));
    }

    #[test]
    fn what_is_not_understood_is_kept() {
        let unsupported = |element: &str| {
            let text = format!(r#"{{"Statement":{{"Effect":"Allow","Action":"*",{element}}}}}"#);
            Policy::parse(&text).expect(&text).unsupported().collect::<Vec<_>>()
        };
        assert_eq!(unsupported(r#""Sid":"x","Extra":1"#), ["x: element `Extra`"]);
        assert_eq!(
            unsupported(r#""Condition":{"StringSortOf":{"k":"v"}}"#),
            ["statement 1: condition operator `StringSortOf` on `k`"]
        );
        assert_eq!(
            unsupported(r#""Condition":{"IpAddress":{"k":"10.0.0.0/99"}}"#),
            ["statement 1: value `10.0.0.0/99` of `IpAddress` on `k`"]
        );
        assert_eq!(
            unsupported(r#""Principal":{"AWS":"arn:aws:iam::111122223333:role/*"}"#).len(),
            1
        );
    }

    #[test]
    fn documents_come_percent_encoded() {
        let text = "%7B%22Statement%22%3A%5B%5D%7D";
        assert_eq!(percent_decode(text), r#"{"Statement":[]}"#);
        assert!(
            Policy::parse_encoded(text).is_ok()
                && Policy::parse_encoded(r#"{"Statement":[]}"#).is_ok()
        );
        assert_eq!(percent_decode("%zz%4"), "%zz%4");
    }
}
