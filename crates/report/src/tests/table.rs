use awspect_findings::{Finding, Severity, Status};
use awspect_inventory::Reason;

use super::fixture::{EVIL, all, asked, attacked, attacked_unknown, complete, fine, report, usual};
use crate::{Report, Screen, Shown, escape, table};

#[test]
fn sixty_columns() {
    insta::assert_snapshot!(plain(&report(), &usual(), 60));
}

#[test]
fn a_hundred_columns() {
    insta::assert_snapshot!(plain(&report(), &usual(), 100));
}

#[test]
fn wide_and_everything() {
    insta::assert_snapshot!(plain(&report(), &all(), 160));
}

#[test]
fn colors_where_they_are_wanted() {
    let report = complete(vec![attacked(), attacked_unknown(), fine()]);
    let text = show(&report, &all(), Screen { width: 100, color: true });
    insta::assert_snapshot!(text.replace('\u{1b}', "<ESC>"));
}

#[test]
fn no_findings() {
    insta::assert_snapshot!(plain(&complete(vec![]), &usual(), 100));
}

#[test]
fn the_demo_says_so_and_passes_are_hidden() {
    let report = Report { demo: true, ..complete(vec![fine(), fine()]) };
    insta::assert_snapshot!(plain(&report, &usual(), 100));
}

#[test]
fn what_is_hidden_names_the_options_that_show_it() {
    let shown = Shown { statuses: [Status::Fail].into(), severity: Severity::Critical };
    let text = plain(&report(), &shown, 200);
    let hidden: Vec<_> = text.lines().filter(|line| line.starts_with("Not shown")).collect();
    insta::assert_snapshot!(hidden.join("\n"));
}

#[test]
fn it_fits() {
    for width in [40, 60, 80, 100, 160] {
        for line in plain(&report(), &all(), width).lines() {
            assert!(line.chars().count() <= width.into(), "{width}: {line}");
        }
    }
}

#[test]
fn an_attacker_moves_nothing() {
    let mut report = complete(vec![attacked(), attacked_unknown()]);
    report.asked.push(asked(EVIL, "eu-west-1", 1, &[(Reason::AccessDenied, 1)]));
    let text = plain(&report, &all(), 160);
    for line in text.lines() {
        assert_eq!(escape::terminal(line), line);
    }
    insta::assert_snapshot!(text);
}

#[test]
fn long_texts_are_cut() {
    let mut finding: Finding = attacked();
    finding.resource.name = "n".repeat(100_000);
    for evidence in &mut finding.evidence {
        evidence.observed = "o".repeat(100_000).into();
    }
    assert!(plain(&complete(vec![finding]), &all(), 100).len() < 10_000);
}

fn plain(report: &Report, shown: &Shown, width: u16) -> String {
    show(report, shown, Screen { width, color: false })
}

fn show(report: &Report, shown: &Shown, screen: Screen) -> String {
    let mut bytes = vec![];
    table(report, shown, screen, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}
