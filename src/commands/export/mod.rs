//! `export`: how the hub is set up, as a file (rule 7.31), and what is in it as other programs of the field read it.

mod fhir;
mod hmis;
mod hsds;
mod lists;
mod pages;
mod state;

use std::path::PathBuf;

use clap::Subcommand;

use crate::commands::prelude::*;
use crate::model::state::State;
use crate::output::Schemas;
use crate::output::target::Target;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Examples:
  $ caredesk export hub.yaml
  $ caredesk export hub.json --overwrite
  $ caredesk export | less

It holds the settings of the hub, categories, queues, providers with programs, contracts
and sharing, and accounts with their rights; no clients, no passwords. A file that is to be
named like a format, such as fhir, is written as ./fhir.")]
pub(crate) struct Export {
    #[command(subcommand)]
    format: Option<Format>,
    /// The file; its ending chooses YAML or JSON; `-` is standard output, as is no file
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Format {
    /// Write what you may see of providers, people, referrals, packages and consents as FHIR R4
    #[command(arg = at())]
    Fhir(fhir::Fhir),
    /// Write enrolments and releases as HMIS CSV
    #[command(arg = at())]
    Hmis(hmis::Export),
    /// Write the directory of providers as HSDS (Open Referral), in JSON and as tables
    #[command(arg = at())]
    Hsds(hsds::Hsds),
}

impl Export {
    /// Takes `--out`, which for a format may name a folder.
    pub(crate) fn take_target(&mut self, out: &mut Option<Target>) {
        match &mut self.format {
            Some(Format::Fhir(command)) => command.out = out.take(),
            Some(Format::Hmis(command)) => command.out = out.take(),
            Some(Format::Hsds(command)) => command.out = out.take(),
            None => {}
        }
    }
}

pub(crate) fn schema(schemas: &mut Schemas) {
    schemas
        .document::<State>()
        .changes::<fhir::Exported>()
        .changes::<hmis::Exported>()
        .changes::<hsds::ExportedDirectory>();
}

pub(crate) fn run(context: &Context, command: &Export) -> Result<()> {
    match &command.format {
        Some(Format::Fhir(command)) => fhir::run(context, command),
        Some(Format::Hmis(command)) => hmis::run(context, command),
        Some(Format::Hsds(command)) => hsds::run(context, command),
        None => state::run(context, command.file.as_deref()),
    }
}
