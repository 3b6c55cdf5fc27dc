//! The command line.

use std::path::PathBuf;

use awspect_checks::ec2::{PortList, WITH_PORTS};
use awspect_findings::{Severity, Status};
use awspect_inventory::{AccountId, Region};
use clap::{Args as Group, Parser, Subcommand, ValueEnum};

use crate::policy;

/// Audits the security posture of live AWS accounts through read-only API calls
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colors; `auto` heeds `NO_COLOR` and pipes
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,

    /// Say on stderr what is asked and refused; twice for more
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge an account, a snapshot of one, or the demo
    Scan(Scan),
    /// Write an account's facts to a snapshot, to be judged later or elsewhere
    Collect(Collect),
    /// Prove what a policy allows
    Policy(policy::Args),
    /// Show what is looked for
    #[command(subcommand)]
    Rules(Rules),
}

/// What to judge, by which rules, and how to tell.
#[derive(Debug, Group)]
#[command(after_help = "\
Exit codes:
  0    the gate passed
  1    internal error
  2    usage or configuration
  3    findings at or above --fail-on
  4    incomplete: no such finding, but a rule of that severity could not be decided
  5    no usable credentials
  130  interrupted, the report is partial")]
pub(crate) struct Scan {
    #[command(flatten)]
    pub(crate) account: Account,

    /// Judge this snapshot instead of asking AWS
    #[arg(long, value_name = "SNAPSHOT", conflicts_with_all = ["Account", "demo"])]
    pub(crate) snapshot: Option<PathBuf>,

    /// Judge the account that ships with awspect; needs no credentials and no network
    #[arg(long, conflicts_with = "Account")]
    pub(crate) demo: bool,

    /// Only rules of this service (repeat for more; `*` stands for any text)
    #[arg(long, value_name = "SERVICE")]
    pub(crate) service: Vec<String>,

    /// Only this rule (repeat for more; `s3/bucket-acl-*` takes several)
    #[arg(long, value_name = "ID")]
    pub(crate) rule: Vec<String>,

    /// An account that counts as your own (repeat for more)
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) trusted_account: Vec<AccountId>,

    /// The ports that a rule looks at, instead of those in its document: `ec2/sg-open-ssh=tcp/22,tcp/2222` (repeat for more)
    #[arg(long, value_name = "ID=LIST", value_parser = ports)]
    pub(crate) ports: Vec<(&'static str, PortList)>,

    /// List findings of this severity and above; the rest is counted
    #[arg(long, value_name = "SEVERITY", default_value = "low")]
    pub(crate) severity: Severity,

    /// List findings of these statuses: fail, unknown, pass, or all
    #[arg(long, value_name = "STATUS,…", default_value = "fail,unknown", value_delimiter = ',')]
    pub(crate) status: Vec<Statuses>,

    /// What to write to stdout
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Write a report to a file as well (repeat for more), `json=report.json`
    #[arg(long, value_name = "FORMAT=PATH", value_parser = output)]
    pub(crate) output: Vec<(Format, PathBuf)>,

    /// Write the facts to a snapshot as well, those that the chosen rules need
    #[arg(long, value_name = "SNAPSHOT")]
    pub(crate) save: Option<PathBuf>,

    /// Exit with 3 if a finding is of this severity or above, or never (`none`) [default: low; with --demo: none]
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
}

#[derive(Debug, Group)]
pub(crate) struct Collect {
    #[command(flatten)]
    pub(crate) account: Account,

    /// Where to write the facts
    #[arg(long, short, value_name = "SNAPSHOT")]
    pub(crate) output: PathBuf,
}

/// Whose account, and how to reach it.
#[derive(Debug, Group)]
#[group(id = "Account", multiple = true)]
pub(crate) struct Account {
    /// A profile of the AWS configuration files
    #[arg(long)]
    pub(crate) profile: Option<String>,

    /// Only resources of this region, and global ones (repeat for more)
    #[arg(long)]
    pub(crate) region: Vec<Region>,

    /// An endpoint in place of AWS's own, for all services
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    pub(crate) endpoint_url: Option<String>,

    /// Ask which services users, groups and roles really used (starts jobs in IAM)
    #[arg(long)]
    pub(crate) last_accessed: bool,

    /// Look at the ACLs of up to 20 objects of each bucket whose ACLs count (S3 bills each call)
    #[arg(long)]
    pub(crate) sample_objects: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Rules {
    /// One line per rule
    List {
        /// How to write it
        #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
        format: Format,
    },
    /// All about one rule, or about several (`s3/bucket-acl-*`)
    Show {
        /// The rule's id
        id: String,
        /// How to write it
        #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
        format: Format,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// One word of `--status`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Statuses {
    All,
    One(Status),
}

impl Statuses {
    pub(crate) fn contains(self, status: Status) -> bool {
        match self {
            Self::All => true,
            Self::One(one) => one == status,
        }
    }
}

impl std::str::FromStr for Statuses {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        let status = Status::ALL.into_iter().find(|status| status.as_str() == text);
        status.map(Self::One).ok_or_else(|| "none of fail, unknown, pass, all".to_owned())
    }
}

/// The word of `--fail-on`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FailOn {
    Never,
    Severity(Severity),
}

impl std::str::FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self::Never);
        }
        let severity = text.parse().map(Self::Severity);
        severity.map_err(|_| "none of critical, high, medium, low, info, none".to_owned())
    }
}

fn output(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, path) = text.split_once('=').ok_or("not of the form FORMAT=PATH")?;
    let format = Format::from_str(format, false)
        .map_err(|_| format!("`{}` is none of table, json", format.escape_default()))?;
    if path.is_empty() {
        return Err("no path after the `=`".to_owned());
    }
    Ok((format, path.into()))
}

fn ports(text: &str) -> Result<(&'static str, PortList), String> {
    let (id, list) = text.split_once('=').ok_or("not of the form ID=LIST")?;
    let known = WITH_PORTS.into_iter().find(|known| *known == id);
    let id = known.ok_or_else(|| format!("ports are a matter of {}", WITH_PORTS.join(", ")))?;
    Ok((id, list.parse::<PortList>().map_err(|error| error.to_string())?))
}

/// An address that an SDK can send to: scheme, host, perhaps a port and a path.
fn endpoint(text: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "not an http:// or https:// address";
    let uri: hyper::Uri = text.parse().map_err(|_| EXPECTED)?;
    let authority = uri.authority().ok_or(EXPECTED)?;
    let after_host = authority.as_str().strip_prefix(authority.host()).ok_or(EXPECTED)?;
    let is_port = match after_host.strip_prefix(':') {
        Some(port) => port.parse::<u16>().is_ok_and(|port| port > 0),
        None => after_host.is_empty(),
    };
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    if !is_http || !is_port || authority.host().is_empty() || uri.query().is_some() {
        return Err(EXPECTED);
    }
    Ok(text.trim_end_matches('/').to_owned())
}
