//! `awspect rules`: what is looked for, from the rules' documents.

use std::io::{self, BufWriter, Write};

use awspect_checks::Rule;
use awspect_findings::Facts;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use serde::Serialize;

use crate::{
    args::{Color, Format, Rules},
    closed_pipe_is_fine,
    exit::Failure,
    select, terminal,
};

pub(crate) fn run(command: &Rules) -> Result<(), Failure> {
    let mut stdout = BufWriter::new(io::stdout().lock());
    let written = match command {
        Rules::List { format } => {
            let rules = select::rules(&[], &[])?;
            match format {
                Format::Table => list(&rules, &mut stdout),
                Format::Json => json(&rules, &mut stdout),
            }
        }
        Rules::Show { id, format } => {
            let rules = select::rules(&[], std::slice::from_ref(id))?;
            match format {
                Format::Table => rules.iter().try_for_each(|rule| show(rule, &mut stdout)),
                Format::Json => json(&rules, &mut stdout),
            }
        }
    };
    closed_pipe_is_fine(written.and_then(|()| stdout.flush()))
        .map_err(|error| Failure::usage(format!("cannot write to stdout: {error}")))
}

/// A rule as programs see it: id, title, text, and its document's TOML block.
#[derive(Serialize)]
struct Description<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(flatten)]
    facts: &'a Facts,
    rationale: &'a str,
    advice: &'a str,
    fix: &'a std::collections::BTreeMap<&'a str, &'a str>,
}

fn json(rules: &[&Rule], to: &mut impl Write) -> io::Result<()> {
    let all: Vec<_> = rules
        .iter()
        .map(|rule| {
            let document = rule.document();
            Description {
                id: rule.id,
                title: document.title,
                facts: &document.facts,
                rationale: document.rationale,
                advice: document.advice,
                fix: &document.fix,
            }
        })
        .collect();
    serde_json::to_writer_pretty(&mut *to, &all)?;
    writeln!(to)
}

fn list(rules: &[&Rule], to: &mut impl Write) -> io::Result<()> {
    let mut table = table();
    table.set_header(["Rule", "Severity", "What should be"]);
    for rule in rules {
        let document = rule.document();
        table.add_row([rule.id, document.facts.severity.as_str(), document.title]);
    }
    // Ids are there to be searched for and copied.
    if let Some(ids) = table.column_mut(0) {
        ids.set_constraint(ColumnConstraint::ContentWidth);
    }
    writeln!(to, "{table}")
}

fn show(rule: &Rule, to: &mut impl Write) -> io::Result<()> {
    let document = rule.document();
    let facts = &document.facts;
    let mut table = table();
    table.add_row(["Rule", rule.id]);
    table.add_row(["Severity", facts.severity.as_str()]);
    table.add_row(["Resource", &facts.resource]);
    table.add_row(["IAM actions", &facts.actions.join("\n")]);
    for (benchmark, ids) in &facts.compliance {
        table.add_row([benchmark, &ids.join(", ")]);
    }
    for (tool, checks) in [("Prowler", &facts.prowler), ("ScoutSuite", &facts.scoutsuite)] {
        if !checks.is_empty() {
            table.add_row([tool, &checks.join("\n")]);
        }
    }
    table.add_row(["See", &facts.references.join("\n")]);
    writeln!(to, "{}\n\n{table}\n\n{}\n", document.title, document.rationale)?;
    if !document.advice.is_empty() {
        writeln!(to, "{}\n", document.advice)?;
    }
    for (name, language) in [("AWS CLI", "sh"), ("CloudFormation", "yaml"), ("Terraform", "hcl")] {
        if let Some(text) = document.fix.get(language) {
            writeln!(to, "{name}:\n")?;
            for line in text.lines() {
                writeln!(to, "{}", format!("    {line}").trim_end())?;
            }
            writeln!(to)?;
        }
    }
    Ok(())
}

fn table() -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(terminal::stdout(Color::Never).width);
    table
}
