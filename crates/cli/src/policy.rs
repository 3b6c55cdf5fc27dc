//! `awspect policy`: one question about a policy, or a list of cases.

use std::{
    fs,
    io::{self, BufWriter, Read as _, Write},
    path::{Path, PathBuf},
};

use awspect_policy::{
    AskError, PolicyKind,
    ask::{Ask, Question},
    cases,
};
use clap::Args as Group;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    closed_pipe_is_fine,
    exit::{Exit, Failure},
    source::now,
};

/// Prove what a policy allows: a yes comes with a request that gets through, a no holds for all requests
#[derive(Debug, Group)]
#[command(after_help = "\
Questions: allows, is_public, public_write, exposure, s3_bpa_public, enforces_tls,
grants_full_admin, privilege_escalation, denies_without_mfa, confused_deputy_protected

The answer is JSON; the exit code is 0 whatever it is, and 2 if the question cannot be asked.")]
pub(crate) struct Args {
    /// What the policy is attached to: resource, identity or trust
    #[arg(long, value_parser = kind, required_unless_present = "cases")]
    kind: Option<PolicyKind>,

    /// The type of the resource, `s3-bucket`, `kms-key`, `sqs-queue`, …
    #[arg(long = "type", value_name = "TYPE")]
    resource_type: Option<String>,

    /// What to ask
    #[arg(long, value_parser = question, required_unless_present = "cases")]
    question: Option<Question>,

    /// The account that owns the policy
    #[arg(long, value_name = "ID")]
    account: Option<String>,

    /// The organization of that account
    #[arg(long, value_name = "ID")]
    org: Option<String>,

    /// For `allows`: a JSON object with action, resource and context
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,

    /// The permissions boundary
    #[arg(long, value_name = "FILE")]
    boundary: Option<PathBuf>,

    /// The session policy
    #[arg(long, value_name = "FILE")]
    session: Option<PathBuf>,

    /// A service control policy (repeat for each level)
    #[arg(long, value_name = "FILE")]
    scp: Vec<PathBuf>,

    /// Answer a list of cases, a line each, instead of one question
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    cases: Option<PathBuf>,

    /// The policy; `-` reads stdin
    #[arg(required_unless_present = "cases")]
    file: Option<PathBuf>,
}

fn kind(text: &str) -> Result<PolicyKind, AskError> {
    text.parse()
}

fn question(text: &str) -> Result<Question, AskError> {
    text.parse()
}

pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    let lines = match (&args.cases, args.kind, args.question, &args.file) {
        (Some(path), ..) => {
            let replies = cases(&read(path)?).map_err(|error| asked(path, &error))?;
            replies.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()
        }
        (None, Some(kind), Some(question), Some(path)) => {
            let ask = Ask {
                account: args.account.clone(),
                org: args.org.clone(),
                request: optional(args.request.as_deref())?,
                boundary: optional(args.boundary.as_deref())?,
                session: optional(args.session.as_deref())?,
                scps: args.scp.iter().map(|path| read(path)).collect::<Result<_, _>>()?,
                now: now().replace_nanosecond(0).ok().and_then(rfc3339),
                ..Ask::new(
                    question,
                    kind,
                    args.resource_type.as_deref().unwrap_or_default(),
                    &read(path)?,
                )
            };
            let reply = ask.answer().map_err(|error| asked(path, &error))?;
            serde_json::to_string_pretty(&reply).map(|reply| vec![reply])
        }
        // The command line asks for them.
        _ => return Err(Failure::usage("a policy needs --kind and --question")),
    };
    let lines = lines.map_err(|error| Failure {
        exit: Exit::Internal,
        message: format!("the answer: {error}"),
    })?;
    let mut stdout = BufWriter::new(io::stdout().lock());
    let written = lines.iter().try_for_each(|line| writeln!(stdout, "{line}"));
    closed_pipe_is_fine(written.and_then(|()| stdout.flush()))
        .map_err(|error| Failure::usage(format!("cannot write to stdout: {error}")))?;
    Ok(Exit::Passed)
}

fn rfc3339(time: OffsetDateTime) -> Option<String> {
    time.format(&Rfc3339).ok()
}

fn asked(path: &Path, error: &AskError) -> Failure {
    Failure::usage(format!("cannot answer for `{}`: {error}", path.display()))
}

fn optional(path: Option<&Path>) -> Result<Option<String>, Failure> {
    path.map(read).transpose()
}

fn read(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let result = if path == Path::new("-") {
        io::stdin().lock().read_to_string(&mut text).map(drop)
    } else {
        fs::read_to_string(path).map(|content| text = content)
    };
    result.map_err(|error| Failure::file("read", path, &error))?;
    Ok(text)
}
