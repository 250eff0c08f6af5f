//! `database vacuum`: free room is given back.

use super::stats::signed;
use crate::commands::prelude::*;
use crate::context::health::{FileHealth, Health};
use crate::model::database::{VacuumedView, size_of};
use crate::model::text::size;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk database vacuum --dry-run
  $ caredesk database vacuum

A file is written anew without its free pages, and its log is emptied: that takes twice as much room on the disk as there is in it, and changes wait meanwhile. A \
  run that breaks off leaves it as it was. On a server dead rows are cleared away while all go on working, by the role that owns the tables; with `--full` each table \
  is written anew while no one else can use it.")]
pub(super) struct Vacuum {
    /// On a server: write each table anew, which gives its room back to the disk, and keeps others out meanwhile
    #[arg(long)]
    full: bool,
}

/// It changes no data, and so is not recorded.
pub(super) fn run(context: &Context, command: &Vacuum) -> Result<()> {
    context.report(|| {
        let before = context.health()?;
        let mut view = VacuumedView {
            database: context.location.to_string(),
            bytes_before: signed(bytes(&before)),
            bytes_after: None,
            free_bytes: None,
            dead_rows: None,
        };
        match &before {
            Health::File(file) => {
                view.free_bytes = Some(signed(file.free_bytes + file.log_bytes));
                must_have_room(file)?;
            }
            Health::Server(_) => {
                let facts = context.with_database(|db| db.table_facts(false))?;
                let dead = facts.iter().filter_map(|table| table.on_server).map(|facts| facts.dead_rows);
                view.dead_rows = Some(dead.sum());
            }
        }
        if !context.dry_run {
            context.with_database(|db| db.vacuum(command.full))?;
            view.bytes_after = Some(signed(bytes(&context.health()?)));
        }
        let sentence = sentence(&view, matches!(before, Health::Server(_)) && !command.full);
        Ok(Some(Change::updated_only(view).saying(sentence)))
    })
}

/// With the log beside a file.
fn bytes(health: &Health) -> u64 {
    match health {
        Health::File(file) => file.bytes + file.log_bytes,
        Health::Server(server) => server.bytes,
    }
}

/// All that there is is written twice: beside the file, and into its log.
fn must_have_room(file: &FileHealth) -> Result<()> {
    let needed = file.bytes.saturating_sub(file.free_bytes) * 2;
    match file.space {
        Some(space) if space < needed => {
            let (needed, space, folder) = (size(needed), size(space), file.folder.display());
            let message = format!("it takes {needed} on the disk of `{folder}`, of which {space} are left");
            Err(Error::new(Kind::Environment, "database.no_room", message)
                .hint("make room on the disk; nothing was changed"))
        }
        _ => Ok(()),
    }
}

fn sentence(view: &VacuumedView, is_clearing: bool) -> String {
    let before = size_of(view.bytes_before);
    let dead = view.dead_rows.map(|rows| counted(rows, "dead row", "dead rows"));
    match (view.bytes_after, view.free_bytes, dead) {
        (None, Some(free), _) => {
            format!("Would write the file anew, of which {} of {before} are free.", size_of(free))
        }
        (None, None, dead) => {
            format!("Would clear away {}; the database has {before}.", dead.unwrap_or_default())
        }
        (Some(after), _, Some(dead)) if is_clearing => {
            format!("Cleared away {dead}; the database had {before} and has {}.", size_of(after))
        }
        (Some(after), _, _) => {
            format!("Wrote the database anew: it had {before} and has {}.", size_of(after))
        }
    }
}
