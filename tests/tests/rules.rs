//! Every rule has a document and a fixture, and judges its fixture as the names in it say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
};

use awspect_checks::{Rule, Settings, all, judge};
use awspect_findings::{Document, Finding, Status};
use awspect_tests::fixtures::{Fixture, fixtures, repository};

/// A fixture's resources are named after the verdict that they must get: `fail-never-set`.
#[test]
fn every_rule_judges_its_fixture() {
    for rule in all() {
        let mut seen = BTreeSet::new();
        let mut lines = String::new();
        for fixture in fixtures(rule.id) {
            for finding in findings(rule, &fixture) {
                let name = fixture.name.clone().unwrap_or_else(|| named(&finding));
                let expected = name.split('-').next().unwrap_or_default();
                assert_eq!(finding.status.as_str(), expected, "{}: {name}", rule.id);
                seen.insert(finding.status);
                describe(&name, &finding, &mut lines);
            }
        }
        assert_eq!(seen, BTreeSet::from(Status::ALL), "the fixture of {} shows all", rule.id);
        insta::assert_snapshot!(rule.id.replace('/', "__"), lines);
    }
}

fn findings(rule: &Rule, fixture: &Fixture) -> Vec<Finding> {
    judge(&fixture.inventory, &Settings::default(), [rule])
}

/// The last part of the ARN, which for a gap is a pattern.
fn named(finding: &Finding) -> String {
    finding.resource.arn.rsplit([':', '/']).next().unwrap_or_default().to_owned()
}

fn describe(name: &str, finding: &Finding, to: &mut String) {
    let _ = writeln!(to, "{name} ({})", finding.severity);
    for it in &finding.evidence {
        let _ = writeln!(
            to,
            "    {} {} is {}, expected {}",
            it.action, it.field, it.observed, it.expected
        );
    }
    if let Some(reason) = &finding.reason {
        let message = reason.message.as_deref().unwrap_or_default();
        let _ = writeln!(to, "    {} {} {message}", reason.action, reason.reason);
    }
}

#[test]
fn every_document_parses_and_belongs_to_a_rule() {
    let mut faults = vec![];
    let mut written = BTreeSet::new();
    for service in fs::read_dir(repository("rules")).unwrap() {
        for file in fs::read_dir(service.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            if let Err(error) = Document::parse(&text) {
                faults.push(format!("{}: {error}", path.display()));
            }
            let id = path.strip_prefix(repository("rules")).unwrap().with_extension("");
            written.insert(id.to_str().unwrap().to_owned());
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let declared: BTreeSet<_> = all().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(written, declared);
}

/// Ids are a promise to everybody who names them in a gate or a suppression.
#[test]
fn ids_and_severities_change_only_on_purpose() {
    let ids: BTreeMap<_, _> =
        all().map(|rule| (rule.id, rule.document().facts.severity.as_str())).collect();
    assert_eq!(ids.len(), all().count(), "an id is given once");
    insta::assert_debug_snapshot!(ids);
}

/// A fact that a rule reads and its document does not name would be missing from the permissions that a scan asks for.
#[test]
fn every_document_names_the_actions_that_the_rule_reads() {
    for rule in all() {
        let actions = &rule.document().facts.actions;
        for fixture in fixtures(rule.id) {
            for finding in findings(rule, &fixture) {
                let read = finding.evidence.iter().map(|it| it.action.clone());
                for action in read.chain(finding.reason.map(|reason| reason.action)) {
                    let named = actions.iter().any(|it| it == action.as_str());
                    assert!(named, "{} reads {action}", rule.id);
                }
            }
        }
    }
}

/// What the fix of a finding names is the resource itself: no placeholder is left for the user to find.
#[test]
fn every_fix_can_be_pasted() {
    for rule in all() {
        for fixture in fixtures(rule.id) {
            for finding in findings(rule, &fixture) {
                let Some(fix) = &finding.remediation else { continue };
                for text in [&fix.cli, &fix.cloudformation, &fix.terraform] {
                    assert!(!text.contains("{resource."), "{}: {text}", rule.id);
                }
            }
        }
    }
}

#[test]
fn a_trusted_account_may_receive_copies() {
    let rule = all().find(|rule| rule.id == "s3/bucket-replication-destination-external").unwrap();
    let settings = Settings {
        trusted_accounts: ["444455556666".parse().unwrap()].into(),
        ..Settings::default()
    };
    let fixture = fixtures(rule.id).remove(0);
    let judged: BTreeMap<String, Status> = judge(&fixture.inventory, &settings, [rule])
        .iter()
        .map(|finding| (named(finding), finding.status))
        .collect();
    assert_eq!(judged["fail-stranger"], Status::Pass);
    // Not ours, and AWS does not say whose: it may be the trusted one's.
    assert_eq!(judged["fail-not-ours"], Status::Unknown);
}

#[test]
fn a_users_ports_take_the_place_of_a_documents() {
    let judged = |id: &str, ports: &str| -> BTreeMap<String, Status> {
        let rule = all().find(|rule| rule.id == id).unwrap();
        let settings =
            Settings { ports: [(rule.id, ports.parse().unwrap())].into(), ..Settings::default() };
        judge(&fixtures(id).remove(0).inventory, &settings, [rule])
            .iter()
            .map(|finding| (named(finding), finding.status))
            .collect()
    };
    let expected = judged("ec2/sg-open-unexpected", "tcp/7331,udp/7331");
    assert_eq!(expected["fail-reached"], Status::Pass);
    assert_eq!(expected["pass-web"], Status::Fail);
    assert_eq!(expected["fail-all-traffic"], Status::Fail);
    let ssh = judged("ec2/sg-open-ssh", "tcp/443");
    assert_eq!(ssh["fail-reached"], Status::Pass);
    assert_eq!(ssh["fail-all-traffic"], Status::Fail);
}

#[test]
fn no_two_findings_share_a_fingerprint_and_none_depends_on_what_may_change() {
    let mut seen = BTreeSet::new();
    for rule in all() {
        for fixture in fixtures(rule.id).iter().take(1) {
            for mut finding in findings(rule, fixture) {
                let fingerprint = finding.fingerprint();
                assert!(seen.insert(fingerprint.clone()), "{} {}", rule.id, named(&finding));
                finding.title = String::new();
                finding.resource.tags = [("a".to_owned(), "b".to_owned())].into();
                finding.resource.region = finding.resource.region.filter(|_| false);
                if !finding.resource.arn.contains('*') {
                    assert_eq!(finding.fingerprint(), fingerprint);
                }
            }
        }
    }
}
