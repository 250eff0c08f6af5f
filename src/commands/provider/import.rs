//! `provider import`: directories of providers, in one transaction.

use crate::model::view::view;
use clap::{Args, ValueEnum};

use super::apply;
use super::source::{self, Source};
use crate::context::{self, Context, ImportOptions, ImportRun, Tx};
use crate::error::Result;
use crate::file::Input;
use crate::model::access::Action;
use crate::model::import::{Counts, mapping};
use crate::model::text::{self, counted};
use crate::output::progress::Progress;

/// A provider is known by its source and its id there, so importing twice changes nothing. What a source leaves out stays
/// as it is; phones and addresses become those of the source; programs that an HSDS source has no more become inactive.
/// Providers that it has no more, programs made by hand, and what was paused or deactivated here, are left alone.
const IMPORT_EXAMPLES: &str = "\
Examples:
  $ caredesk provider import directory/ --dry-run
  $ caredesk provider import directory/ --source county --keep-going --rejects bad.csv
  $ caredesk provider import agencies.csv --map name=\"Provider Name\" --map phone=Telephone";

#[derive(Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(super) struct Import {
    /// HSDS folders or JSON files, tables of providers, or `-` for a table from standard input
    #[arg(required = true, value_name = "PATH|-", value_hint = clap::ValueHint::AnyPath)]
    pub(super) paths: Vec<Input>,
    /// The format [default: a folder or JSON is hsds, any other text is csv]
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
    /// Which column of a table holds a field: `name`, `id`, `alternate_name`, `description`, `email`, `phone`, `url`,
    /// `address`, `city`, `region`, `postal_code`
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = mapping)]
    pub(super) mapping: Vec<(String, String)>,
    /// Where they come from; ids count within their source [default: the name of the file or folder without its ending]
    #[arg(long, value_name = "NAME", value_parser = text::name)]
    pub(super) source: Option<String>,
    #[command(flatten)]
    options: ImportOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Human Services Data Specification: a folder of tables (1, 2 or 3), or JSON (3).
    Hsds,
    /// One table with a provider in each row.
    Csv,
}

view! {
    /// What an import did. `read` and `rejected` count rows of every table of the sources (or JSON objects); `created`,
    /// `updated` and `unchanged` count providers; the last three say what those providers have in the sources.
    #[derive(Copy)]
    pub(super) struct Report("import", |_view| "") {
        ..counts: Counts,
        resources: u64 => Number,
        phones: u64 => Number,
        addresses: u64 => Number,
    }
}

/// What an import counts besides providers.
#[derive(Default)]
pub(super) struct Totals {
    pub(super) resources: u64,
    pub(super) phones: u64,
    pub(super) addresses: u64,
}

pub(super) type ProviderRun<'a> = ImportRun<'a, Totals>;

impl Totals {
    fn report(&self, counts: Counts) -> Report {
        let Totals { resources, phones, addresses } = *self;
        Report { counts, resources, phones, addresses }
    }
}

impl Report {
    fn sentence(&self) -> String {
        let Report {
            counts: Counts { read, created, updated, unchanged, rejected },
            resources,
            phones,
            addresses,
        } = self;
        let resources = counted(*resources, "resource", "resources");
        let phones = counted(*phones, "phone", "phones");
        let addresses = counted(*addresses, "address", "addresses");
        let read = counted(*read, "row", "rows");
        format!(
            "Providers: {created} created, {updated} updated, {unchanged} unchanged, with {resources}, {phones} and \
             {addresses}; {read} read, {rejected} rejected."
        )
    }
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.out.can_show::<Report>()?;
    let import = context::Import {
        action: "provider.import",
        right: Action::ChangeProviders,
        options: &command.options,
        inputs: &command.paths,
    };
    let (run, done) = context.import_rows(
        &import,
        || source::read(command),
        |tx, run, sources| {
            for directory in sources.iter().map(|source| &source.directory) {
                run.notes.extend_from_slice(&directory.notes);
                run.counts.read += directory.read;
                directory.rejects.iter().try_for_each(|row| run.reject(row, &row.reason))?;
            }
            if !command.options.keep_going {
                run.counts.all_or_nothing()?;
            }
            take(context, tx, sources, run)
        },
    )?;
    run.report(context, done, |counts, totals: Totals| {
        let report = totals.report(counts);
        context.out.sum(&report.sentence(), &report)
    })
}

fn take(context: &Context, tx: &mut Tx<'_>, sources: &[Source], run: &mut ProviderRun<'_>) -> Result<()> {
    let listings = sources.iter().map(|source| source.directory.listings.len() as u64).sum();
    let mut progress = Progress::new(&context.out, "providers", listings);
    for source in sources {
        let missing = apply::apply(context, tx, source, run, &mut progress)?;
        if missing > 0 {
            let name = &source.name;
            run.notes.push(format!(
                "providers that `{name}` had before and has no more: {missing}; they stay as they are"
            ));
        }
    }
    Ok(())
}
