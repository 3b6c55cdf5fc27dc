//! `awspect scan` and `awspect collect`.

use std::io::{self, BufWriter, Write};

use awspect_checks::{Settings, judge};
use awspect_findings::Status;
use awspect_inventory::Completion;
use awspect_report::{Report, Run, Screen, Shown};

use crate::{
    args::{self, Color, FailOn, Format},
    closed_pipe_is_fine,
    destination::Destination,
    exit::{Exit, Failure},
    gate::gate,
    select::{self, Wanted},
    source::{self, Facts, now},
    terminal,
};

/// Facts, findings, reports, gate.
pub(crate) fn scan(args: &args::Scan, color: Color) -> Result<Exit, Failure> {
    let rules = select::rules(&args.service, &args.rule)?;
    let outputs = args
        .output
        .iter()
        .map(|(format, path)| Ok((*format, Destination::prepare(path)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    let save = args.save.as_deref().map(Destination::prepare).transpose()?;

    let started_at = now();
    let Facts { inventory, calls } = match &args.snapshot {
        Some(path) => source::snapshot(path)?,
        None if args.demo => source::demo()?,
        None => source::account(&args.account, select::wanted(&rules))?,
    };
    if let Some(save) = save {
        save.write(|to| inventory.write(to))?;
    }

    let settings = Settings {
        trusted_accounts: args.trusted_account.iter().cloned().collect(),
        ports: args.ports.iter().cloned().collect(),
    };
    let findings = judge(&inventory, &settings, rules.iter().copied());
    let ids = rules.iter().map(|rule| rule.id).collect();
    let run = Run { started_at, finished_at: now(), calls };
    let report = Report::new(env!("CARGO_PKG_VERSION"), args.demo, run, &inventory, ids, findings);

    let shown = Shown {
        statuses: Status::ALL
            .into_iter()
            .filter(|status| args.status.iter().any(|word| word.contains(*status)))
            .collect(),
        severity: args.severity,
    };
    for (format, destination) in outputs {
        destination.write(|to| write(format, &report, &shown, terminal::FILE, to))?;
    }
    let mut stdout = BufWriter::new(io::stdout().lock());
    let written = write(args.format, &report, &shown, terminal::stdout(color), &mut stdout);
    closed_pipe_is_fine(written.and_then(|()| stdout.flush()))
        .map_err(|error| Failure::usage(format!("cannot write to stdout: {error}")))?;

    if inventory.completion == Completion::Interrupted && args.snapshot.is_none() {
        return Ok(Exit::Interrupted);
    }
    let fail_on = args.fail_on.unwrap_or(if args.demo {
        FailOn::Never
    } else {
        FailOn::Severity(awspect_findings::Severity::Low)
    });
    Ok(match fail_on {
        FailOn::Never => Exit::Passed,
        FailOn::Severity(severity) => gate(&report.findings, Some(severity)),
    })
}

/// Facts only.
pub(crate) fn collect(args: &args::Collect) -> Result<Exit, Failure> {
    let destination = Destination::prepare(&args.output)?;
    let Facts { inventory, .. } = source::account(&args.account, Wanted::ALL)?;
    destination.write(|to| inventory.write(to))?;
    Ok(match inventory.completion {
        Completion::Complete => Exit::Passed,
        Completion::Interrupted => Exit::Interrupted,
    })
}

fn write(
    format: Format,
    report: &Report,
    shown: &Shown,
    screen: Screen,
    to: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => awspect_report::table(report, shown, screen, to),
        Format::Json => awspect_report::json(report, shown, to),
    }
}
