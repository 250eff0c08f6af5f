//! `export fhir`: what the actor may see, as FHIR R4 (rule 8.1).

mod care;
mod directory;
mod exporter;
mod package;
mod people;
mod sharing;
mod target;
mod trail;

use std::collections::BTreeMap;

use serde::Serialize;

use self::exporter::{Exporter, Written};
use self::target::Form;
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::interchange::fhir::write::ResourceType;
use crate::model::as_of::AsOf;
use crate::output::target::Target;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk export fhir --out hub.json
  $ caredesk export fhir --out hub-fhir
  $ caredesk export fhir --since -1d --type Patient,Task --out news.ndjson
  $ caredesk export fhir --at 2026-11-01 --out then.json

A file that ends in .json is a Bundle, one in .ndjson has a resource on each line, and any other name is that of a new folder with \
  an .ndjson file for each type; without --out the Bundle goes to standard output. Ids are the codes that people quote, the same in \
  each export. `caredesk client import` reads the Patients, and of this hub's own export changes nothing.")]
pub(super) struct Fhir {
    /// Only resources of these types, between commas
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', ignore_case = true)]
    types: Vec<ResourceType>,
    /// Only what has changed since: a day, a moment, or -2h for two hours ago
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    since: Option<AsOf>,
    /// The address under which the resources would be found, for the entries of a Bundle
    #[arg(long, value_name = "URL", default_value = "http://caredesk.invalid/fhir")]
    base: String,
    /// The global option.
    #[arg(skip)]
    pub(super) out: Option<Target>,
}

view! {
    pub(super) struct Exported("export", |view| &view.file) {
        /// The file or the folder.
        file: String => Text,
        resources: u64 => Number,
        /// How many resources there are of each type.
        types: Vec<TypeCount> => Many,
    }
}

view! {
    pub(super) struct TypeCount("export", |view| &view.resource_type) {
        resource_type as "type": String => Code,
        resources: u64 => Number,
    }
}

/// The audit entry of an export.
#[derive(Serialize)]
struct AuditedExport<'a> {
    since: Option<DateTime<Utc>>,
    resources: &'a BTreeMap<ResourceType, u64>,
}

/// Recorded before the file is there; a dry run writes and records nothing.
pub(super) fn run(context: &Context, command: &Fhir) -> Result<()> {
    context.report(|| {
        let form = Form::of(command.out.as_ref());
        let since = since(context, command)?;
        let only_tries = context.dry_run && !form.is_standard();
        let export = |tx: &mut Tx<'_>| {
            let target = form.begin(context, &command.base)?;
            let mut exporter = Exporter::begin(context, tx, target, (&command.types, since))?;
            write_all(tx, &mut exporter)?;
            exporter.end()
        };
        let Written { counts, target } = context.long_export(
            "export.fhir",
            right(&command.types),
            only_tries,
            export,
            |tx, written, looks| {
                // The register has a line for each; the entry is of the whole.
                context.disclose(tx, looks.clone(), "export fhir")?;
                let entry = AuditedExport { since, resources: &written.counts };
                Ok(Some(Audited::read_of("fhir", &entry)))
            },
        )?;
        if !only_tries {
            target.keep()?;
        }
        Ok(form.name().map(|file| reported(file, &counts)))
    })
}

/// What is referred to comes first.
fn write_all(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    directory::write(tx, exporter)?;
    people::write(tx, exporter)?;
    care::write(tx, exporter)?;
    package::write(tx, exporter)?;
    sharing::write(tx, exporter)?;
    trail::write(tx, exporter)
}

/// When what is of a provider last changed would tell of others (rule 1.11).
fn since(context: &Context, command: &Fhir) -> Result<Option<DateTime<Utc>>> {
    let Some(since) = command.since else { return Ok(None) };
    if context.actor.is_portal() {
        return Err(Error::usage("`--since` is for the hub: a provider is not shown when things change")
            .hint("leave it out"));
    }
    let since = since.beginning(context.now(), context.today, context.zone);
    since.map(Some).map_err(|why| Error::invalid("export.since", why))
}

/// Which right it takes: the trail is not for all, where it is asked for by name.
fn right(types: &[ResourceType]) -> Right {
    let is_of_trail = |one: &ResourceType| matches!(one, ResourceType::AuditEvent | ResourceType::Provenance);
    if types.iter().any(is_of_trail) { Action::ReadAudit.into() } else { Right::Everyone }
}

fn reported(file: String, counts: &BTreeMap<ResourceType, u64>) -> Change<Exported> {
    let types = counts
        .iter()
        .map(|(kind, number)| TypeCount { resource_type: kind.name().to_owned(), resources: *number });
    let done = Exported { file, resources: counts.values().sum(), types: types.collect() };
    let each: Vec<String> = counts.iter().map(|(kind, number)| format!("{number} {kind}")).collect();
    let of = if each.is_empty() { String::new() } else { format!(": {}", each.join(", ")) };
    let resources = counted(done.resources, "resource", "resources");
    let sentence = format!("Wrote {resources} to {}{of}.", done.file);
    Change::created(done).saying(sentence)
}
