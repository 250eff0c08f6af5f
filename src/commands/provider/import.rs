//! `provider import`: directories of providers, in one transaction.

use crate::model::view::view;
use clap::{Args, ValueEnum};

use super::apply;
use super::source::{self, Source};
use crate::context::{Context, ImportOptions};
use crate::error::Result;
use crate::file::Input;
use crate::model::access::Action;
use crate::model::import::Counts;
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
    /// Which column of a table holds a field: name, id, `alternate_name`, description, email, phone, url, address, city,
    /// region, `postal_code`
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

fn mapping(text: &str) -> Result<(String, String), String> {
    let parted = text.split_once('=').filter(|(field, column)| !field.is_empty() && !column.is_empty());
    let (field, column) =
        parted.ok_or_else(|| format!("`{text}` is not FIELD=COLUMN, such as name=\"Provider Name\""))?;
    Ok((field.trim().to_owned(), column.to_owned()))
}

view! {
    /// What an import did. `read` and `rejected` count rows of every table of the sources (or JSON objects); `created`,
    /// `updated` and `unchanged` count providers; the last three say what those providers have in the sources.
    #[derive(Copy, Default)]
    pub(super) struct Report("import", |_view| "") {
        ..counts: Counts,
        resources: u64 => Number,
        phones: u64 => Number,
        addresses: u64 => Number,
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
    context.actor.may(Action::ChangeProviders)?;
    let sources = source::read(command)?;
    let notes: Vec<&String> = sources.iter().flat_map(|source| &source.directory.notes).collect();
    context.out.notes(&notes);
    let counts = tell_rejects(context, command, &sources)?;
    if !command.options.keep_going {
        counts.all_or_nothing()?;
    }
    let (report, missing) = take(context, &sources, counts)?;
    for (source, missing) in sources.iter().zip(missing).filter(|(_, missing)| *missing > 0) {
        let name = &source.name;
        context.out.note(&format!(
            "providers that `{name}` had before and has no more: {missing}; they stay as they are"
        ));
    }
    context.out.sum(&report.sentence(), &report)?;
    report.counts.partial()
}

/// The sources are read beforehand, so that the lock is held only while writing.
fn take(context: &Context, sources: &[Source], counts: Counts) -> Result<(Report, Vec<usize>)> {
    let listings = sources.iter().map(|source| source.directory.listings.len() as u64).sum();
    context.write(|tx| {
        let mut progress = Progress::new(&context.out, "providers", listings);
        let mut report = Report { counts, ..Report::default() };
        let each = sources.iter().map(|source| apply::apply(context, tx, source, &mut report, &mut progress));
        let missing = each.collect::<Result<Vec<_>>>()?;
        Ok((report, missing))
    })
}

fn tell_rejects(context: &Context, command: &Import, sources: &[Source]) -> Result<Counts> {
    let mut rejects = context.rejects(&command.options, &command.paths)?;
    for row in sources.iter().flat_map(|source| &source.directory.rejects) {
        rejects.add(&row.origin(), &row.reason, &row.columns, &row.cells)?;
    }
    let read = sources.iter().map(|source| source.directory.read).sum();
    let counts = Counts { read, rejected: rejects.count(), ..Counts::default() };
    rejects.tell(&context.out)?;
    Ok(counts)
}
