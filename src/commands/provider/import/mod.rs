//! `provider import`: directories of providers, in one transaction.

mod apply;
mod capacity;
mod files;
mod own_directory;
mod own_list;
mod rejected;
mod report;
mod said;
mod source;

pub(super) use report::Report;

use files::Read;
use report::{ProviderRun, Totals};
use source::Source;

use crate::commands::prelude::*;
use crate::context::ImportArgs;
use crate::model::import_kind::ImportKind;
use crate::output::progress::Progress;

// A provider is known by its source and its id there, so importing twice changes nothing. What a source leaves out stays
// as it is; phones and addresses become those of the source. Inactive becomes what the source says is so, and a program that is not in
// its list any more, where that is known to be whole. Providers that it has no more, programs made by hand, and what was paused or
// deactivated here, are left alone.
#[derive(Args)]
#[command(mut_arg("files", |arg| arg.help(FILES)), mut_arg("format", |arg| arg.help(FORMAT)), after_help = "\
Examples:
  $ caredesk provider import directory/ --dry-run
  $ caredesk provider import directory/ --source county --keep-going \\
      --rejects bad.csv
  $ caredesk provider import agencies.csv --map name=\"Provider Name\" \\
      --map phone=Telephone

Columns of a table: name, id, alternate_name, description, email, phone, url, active, address, city, region, postal_code. \
  Where rows are agencies and programs, also parent (the id of the agency) and level (agency, site, program); the headings of \
  iCarol are known. What `provider list` writes is read as it is.")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
    /// The files have all programs of their providers: one that is not in them any more has ended, and becomes inactive
    #[arg(long)]
    complete: bool,
}

const FORMAT: &str = "The format: `csv` for any table, or `hsds` [default: recognised from the content]";
const FILES: &str = "HSDS folders (also zipped) or JSON files, or tables of providers";

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.out.can_show::<Report>()?;
    let args = &command.args;
    let (run, done) = context.import_rows(
        ImportKind::Providers,
        args,
        || files::read(args, command.complete),
        |tx, run, Read { sources, lists }| {
            own_list::apply(context, tx, lists, run)?;
            for source in sources {
                let directory = &source.directory;
                run.origins = Some(source.origins());
                run.remarks.add(directory.remarks.clone());
                run.counts.read += directory.read;
                directory.rejects.iter().try_for_each(|row| run.reject(row, &row.reason))?;
            }
            if !args.keep_going {
                run.counts.all_or_nothing()?;
            }
            take(context, tx, args, sources, run)
        },
    )?;
    run.report(context, done, |summary, totals: Totals| {
        let report = totals.report(summary);
        context.out.sum(&report.sentence(), &report)
    })
}

fn take(
    context: &Context, tx: &mut Tx<'_>, args: &ImportArgs, sources: &[Source], run: &mut ProviderRun<'_>,
) -> Result<()> {
    let listings =
        sources.iter().map(|source| (source.directory.listings.len() + source.own.len()) as u64).sum();
    let mut progress = Progress::new(&context.out, "providers", listings);
    for source in sources {
        run.origins = Some(source.origins());
        own_directory::apply(context, tx, source, run, &mut progress)?;
        if source.own.is_empty() || !source.directory.listings.is_empty() {
            apply::apply(context, tx, source, args, run, &mut progress)?;
        }
        said::apply(tx, source, run)?;
    }
    Ok(())
}
