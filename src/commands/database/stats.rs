//! `database stats`: what the database is, how large, and what is in it.

use crate::commands::prelude::*;
use crate::context::health::{FileHealth, Health, TableFacts};
use crate::db;
use crate::model::database::{DatabaseStats, TableLine, holds, size_of};
use crate::store::audit;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk database stats
  $ caredesk database stats --exact -o json

The rows of a file are counted. Of a large table on a server the number is what the server knows since it last looked, unless with `--exact`. How large each \
  table is, only a server says.")]
pub(super) struct Stats {
    /// Also count the rows of large tables on a server
    #[arg(long)]
    exact: bool,
}

pub(super) fn run(context: &Context, command: &Stats) -> Result<()> {
    context.out.can_show::<DatabaseStats>()?;
    let health = context.health()?;
    let facts = context.with_database(|db| db.table_facts(command.exact))?;
    let end = context.read(audit::end)?;
    let (schema, sqlite) = db::about();
    let file = match &health {
        Health::File(file) => Some(file),
        Health::Server(_) => None,
    };
    let engine = match &health {
        Health::File(_) => format!("SQLite {sqlite}"),
        Health::Server(server) => format!("PostgreSQL {}", server.version_name),
    };
    let number = |of: fn(&FileHealth) -> u64| file.map(|file| signed(of(file)));
    let mut tables: Vec<TableLine> = facts.into_iter().map(line).collect();
    tables.sort_by_key(|table| (-table.bytes.unwrap_or(0), -table.rows));
    let stats = DatabaseStats {
        database: context.location.to_string(),
        engine,
        schema,
        bytes: signed(health.bytes()),
        log_bytes: number(|file| file.log_bytes),
        free_bytes: number(|file| file.free_bytes),
        page_bytes: number(|file| file.page_bytes),
        journal: file.map(|file| file.journal.clone()),
        entries: end.sequence,
        newest_entry_at: end.at,
        rows: tables.iter().map(|table| table.rows).sum(),
        tables,
    };
    context.out.show(&stats, || Some(output::database::card(&stats, &context.out)))
}

pub(super) fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn line(TableFacts { name, rows, is_estimated, on_server }: TableFacts) -> TableLine {
    TableLine {
        holds: holds(&name),
        table: name,
        rows,
        is_estimated,
        bytes: on_server.map(|facts| facts.bytes),
        index_bytes: on_server.map(|facts| facts.index_bytes),
        size: on_server.map(|facts| size_of(facts.bytes)),
        dead_rows: on_server.map(|facts| facts.dead_rows),
        vacuumed_at: on_server.and_then(|facts| facts.vacuumed_at),
    }
}
