use awspect_findings::{Finding, Severity, Status};
use awspect_inventory::Reason;
use unicode_width::UnicodeWidthStr as _;

use super::fixture::{
    EVIL, all, asked, attacked, attacked_by, attacked_unknown, complete, fine, report, unknown_by,
    usual,
};
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
fn the_same_facts_give_the_same_bytes() {
    let mut later = report();
    later.run.finished_at += time::Duration::DAY;
    assert_eq!(plain(&report(), &all(), 100), plain(&later, &all(), 100));
}

#[test]
fn what_is_hidden_names_the_options_that_show_it() {
    let shown = Shown { statuses: [Status::Fail].into(), severity: Severity::Critical };
    let text = plain(&report(), &shown, 200);
    let hidden: Vec<_> = text.lines().filter(|line| line.starts_with("Not shown")).collect();
    insta::assert_snapshot!(hidden.join("\n"));
}

/// Whatever names, tags, codes and values say: one glyph after the other, none beyond the edge.
#[test]
fn it_fits() {
    let nasty = [
        EVIL.to_owned(),
        "unbroken".repeat(40),
        "寬字元".repeat(40),
        format!("a{}", "寬".repeat(80)),
        "👩‍👩‍👧‍👦 ☁️ 🇨🇭 1️⃣ ".repeat(20),
        format!("e{}", "\u{301}".repeat(200)),
        "\t \u{3000} \u{a0}".repeat(40),
        "- -- --- ─── → … ".repeat(10),
        "\u{1b}]8;;https://example.org\u{7}".repeat(9),
        "ﷺ﷽𒐫꧅ لا ".repeat(20),
        String::new(),
    ];
    for (number, text) in nasty.iter().enumerate() {
        let before = &nasty[number.saturating_sub(1)];
        let mixed = format!("{text} {before}{text}");
        let mut hostile = complete(
            [text, &mixed].into_iter().flat_map(|it| [attacked_by(it), unknown_by(it)]).collect(),
        );
        hostile.asked.push(asked(text, "eu-west-1", 1, &[(Reason::AccessDenied, 1)]));
        for report in [&hostile, &report()] {
            for width in [40, 41, 60, 100, 160] {
                for line in plain(report, &all(), width).split('\n') {
                    assert!(!line.contains(char::is_control), "{width}: {line:?}");
                    assert!(line.width() <= width.into(), "{width}: {line}");
                    assert_eq!(line.trim_end(), line, "{width}");
                }
            }
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
