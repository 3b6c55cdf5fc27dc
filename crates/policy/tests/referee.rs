//! The crate's automata against a general engine of regular expressions, on random sets of patterns, and relations that must hold
//! between the answers to related policies.
#![expect(clippy::expect_used, reason = "a test that cannot go on should stop")]

use aws_smt_strings::regular_expressions::{ReManager, RegLan};
use awspect_policy::{Answer, Automata, Budget, Facts, Glob, Policy, StringSets, Subject, Token};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn glob(&mut self) -> Glob {
        let tokens = (0..=self.roll(5)).map(|_| match self.roll(11) {
            0 | 1 => Token::Char('a'),
            2 => Token::Char('b'),
            3 => Token::Char(if self.roll(2) == 0 { ':' } else { '/' }),
            4 => Token::AnyCase('a'),
            5 => Token::One,
            6 => Token::StarBut(':'),
            7 => Token::StarBut('/'),
            8 => Token::OneBut('/'),
            _ => Token::Star,
        });
        Glob::new(tokens.collect::<Vec<_>>())
    }
}

fn expression(manager: &mut ReManager, glob: &Glob) -> RegLan {
    let parts: Vec<RegLan> = glob
        .tokens()
        .iter()
        .map(|token| {
            let mut one = |c: char| manager.char(u32::from(c));
            match token {
                Token::Char(c) => one(*c),
                Token::AnyCase(c) => {
                    let (lower, upper) = (one(*c), one(c.to_ascii_uppercase()));
                    manager.union(lower, upper)
                }
                Token::One => manager.all_chars(),
                Token::Star => manager.full(),
                Token::OneBut(end) | Token::StarBut(end) => {
                    let (low, high) = (
                        manager.range(0, u32::from(*end) - 1),
                        manager.range(u32::from(*end) + 1, 0x2_ffff),
                    );
                    let other = manager.union(low, high);
                    if matches!(token, Token::StarBut(_)) { manager.star(other) } else { other }
                }
            }
        })
        .collect();
    manager.concat_list(parts)
}

#[test]
fn the_general_engine_agrees() {
    let mut dice = Dice(1);
    let mut empty = 0;
    for round in 0..1_500 {
        let unions: Vec<Vec<Glob>> =
            (0..=dice.roll(2)).map(|_| (0..=dice.roll(2)).map(|_| dice.glob()).collect()).collect();
        let without: Vec<Glob> = (0..dice.roll(4)).map(|_| dice.glob()).collect();
        let must: Vec<&[Glob]> = unions.iter().map(Vec::as_slice).collect();
        let must_not: Vec<&Glob> = without.iter().collect();
        let found = Automata
            .find(&must, &must_not, &Budget::default())
            .expect("small patterns stay within the budget");
        let mut manager = ReManager::new();
        let mut set = manager.full();
        for union in &unions {
            let parts: Vec<RegLan> =
                union.iter().map(|glob| expression(&mut manager, glob)).collect();
            let union = manager.union_list(parts);
            set = manager.inter(set, union);
        }
        let parts: Vec<RegLan> =
            without.iter().map(|glob| expression(&mut manager, glob)).collect();
        let set = manager.diff_list(set, parts);
        assert_eq!(
            found.is_none(),
            manager.is_empty_re(set),
            "round {round}: {unions:?} without {without:?}"
        );
        match found {
            None => empty += 1,
            Some(text) => {
                assert!(
                    unions.iter().all(|union| union.iter().any(|glob| glob.matches(&text))),
                    "{text}"
                );
                assert!(!without.iter().any(|glob| glob.matches(&text)), "{text}");
            }
        }
        if let ([first, ..], Some(other)) =
            (must_not.as_slice(), unions.first().and_then(|union| union.first()))
            && first.covers(other)
        {
            let (first, other) = (expression(&mut manager, first), expression(&mut manager, other));
            let rest = manager.diff(other, first);
            assert!(manager.is_empty_re(rest), "round {round}");
        }
    }
    assert!(empty > 100, "{empty}");
}

fn is_public(text: &str) -> Answer {
    let policy = Policy::parse(text).expect("a policy");
    let (facts, budget) = (Facts::default(), Budget::default());
    Subject {
        policy: &policy,
        trust: false,
        resource_type: "s3-bucket",
        arn: Some("arn:aws:s3:::b"),
        facts: &facts,
    }
    .is_public(&budget)
}

fn bucket_policy(dice: &mut Dice) -> Vec<String> {
    let mut pick = |from: &[&str]| {
        from.iter()
            .cycle()
            .nth(usize::try_from(dice.roll(60)).unwrap_or(0))
            .copied()
            .unwrap_or_default()
            .to_owned()
    };
    (0..4)
        .map(|_| {
            let effect = pick(&["Allow", "Deny"]);
            let principal = pick(&[r#""*""#, r#"{"AWS":"111122223333"}"#, r#"{"AWS":["*"]}"#]);
            let action = pick(&["s3:GetObject", "s3:Get*", "s3:*", "s3:PutObject"]);
            let resource = pick(&["arn:aws:s3:::b/*", "arn:aws:s3:::b/x", "*"]);
            let condition = pick(&[
                "",
                r#","Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}"#,
                r#","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#,
                r#","Condition":{"StringLike":{"aws:Referer":"a*"}}"#,
                r#","Condition":{"Bool":{"aws:SecureTransport":"false"}}"#,
            ]);
            format!(r#"{{"Effect":"{effect}","Principal":{principal},"Action":"{action}","Resource":"{resource}"{condition}}}"#)
        })
        .collect()
}

fn document(statements: &[String]) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
}

#[test]
fn what_means_the_same_is_answered_the_same_and_denies_only_take_away() {
    let mut dice = Dice(2);
    for _ in 0..300 {
        let statements = bucket_policy(&mut dice);
        let answer = is_public(&document(&statements)).is_yes();
        let reversed: Vec<String> = statements.iter().rev().cloned().collect();
        assert_eq!(answer, is_public(&document(&reversed)).is_yes(), "{statements:?}");
        let shouted: Vec<String> = statements
            .iter()
            .map(|s| s.replace("s3:G", "S3:g").replace("aws:S", "AWS:s").replace("aws:P", "aws:p"))
            .collect();
        assert_eq!(answer, is_public(&document(&shouted)).is_yes(), "{statements:?}");
        let listed: Vec<String> = statements
            .iter()
            .map(|s| s.replace(r#""Resource":"*""#, r#""Resource":["*"]"#))
            .collect();
        assert_eq!(answer, is_public(&document(&listed)).is_yes(), "{statements:?}");
        let split: Vec<String> = statements.iter().flat_map(|s| [s.clone(), s.clone()]).collect();
        assert_eq!(answer, is_public(&document(&split)).is_yes(), "{statements:?}");
        for extra in bucket_policy(&mut dice) {
            let allow = extra.starts_with(r#"{"Effect":"Allow""#);
            let more = is_public(&document(&[statements.clone(), vec![extra]].concat())).is_yes();
            assert!(if allow { more || !answer } else { answer || !more }, "{statements:?}");
        }
    }
}
