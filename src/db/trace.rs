//! What each statement took, for who asks: its name, its time, its rows, and its plan. Values are never among it, since they are
//! of people.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::{Engine, Params, Row, Tx, sqlite, text};
use crate::error::Result;

/// A statement that was run.
pub(crate) struct Traced<'a> {
    /// That of its file, such as `package/list`, or how it begins.
    pub(crate) name: &'a str,
    pub(crate) took: Duration,
    /// Read or changed; none of a commit.
    pub(crate) rows: Option<u64>,
    /// Which indexes it uses, as the engine says; empty where that is not asked for.
    pub(crate) plan: &'a [String],
}

type Report = Box<dyn Fn(&Traced<'_>) + Send + Sync>;

struct Tracer {
    report: Report,
    with_plans: bool,
}

static TRACER: RwLock<Option<Arc<Tracer>>> = RwLock::new(None);

/// From now on each statement of this process is reported.
pub(crate) fn trace(with_plans: bool, report: Report) {
    set(Some(Arc::new(Tracer { report, with_plans })));
}

/// From now on none is.
pub(crate) fn trace_no_more() {
    set(None);
}

fn set(tracer: Option<Arc<Tracer>>) {
    *TRACER.write().unwrap_or_else(PoisonError::into_inner) = tracer;
}

/// A statement that is being run.
pub(super) struct Watch {
    tracer: Arc<Tracer>,
    plan: Vec<String>,
    since: Instant,
}

/// None where nothing is reported.
pub(super) fn watch(plan: impl FnOnce() -> Result<Vec<String>>) -> Result<Option<Watch>> {
    let Some(tracer) = TRACER.read().unwrap_or_else(PoisonError::into_inner).clone() else { return Ok(None) };
    let plan = if tracer.with_plans { plan()? } else { Vec::new() };
    Ok(Some(Watch { tracer, plan, since: Instant::now() }))
}

impl Watch {
    fn end(&self, name: &str, rows: Option<u64>, aside: Duration) {
        let took = self.since.elapsed().saturating_sub(aside);
        (self.tracer.report)(&Traced { name, took, rows, plan: &self.plan });
    }
}

/// Reports what has read or changed so many rows.
pub(super) fn end(watch: Option<&Watch>, name: &str, rows: Option<u64>) {
    if let Some(watch) = watch {
        watch.end(name, rows, Duration::ZERO);
    }
}

impl Tx<'_> {
    /// Streams the rows. What is done with each does not count as time of the statement.
    pub(super) fn watched_each(
        &mut self, sql: &str, params: Params<'_>, row: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let Some(watch) = watch(|| self.plan(sql, params))? else { return self.rows(sql, params, row) };
        let (mut rows, mut aside) = (0, Duration::ZERO);
        let done = self.rows(sql, params, &mut |found| {
            let begun = Instant::now();
            let read = row(found);
            rows += 1;
            aside += begun.elapsed();
            read
        });
        watch.end(text::name(sql), Some(rows), aside);
        done
    }

    fn rows(
        &mut self, sql: &str, params: Params<'_>, row: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.guard(|engine| match engine {
            Engine::Sqlite(tx) => sqlite::each(tx, sql, params, row),
            Engine::Postgres(tx) => tx.each(sql, params, row),
        })
    }

    /// How the engine runs a statement: which tables and indexes it reads, and nothing of its values.
    pub(super) fn plan(&mut self, sql: &str, params: Params<'_>) -> Result<Vec<String>> {
        let (explain, column) = match self.engine {
            Engine::Sqlite(_) => ("EXPLAIN QUERY PLAN", "detail"),
            Engine::Postgres(_) => ("EXPLAIN", "QUERY PLAN"),
        };
        let mut plan = Vec::new();
        self.rows(&format!("{explain}\n{sql}"), params, &mut |row| {
            plan.push(row.get::<String>(column)?);
            Ok(())
        })?;
        // Below a node PostgreSQL says its conditions, in which it writes values.
        if !self.is_sqlite() {
            plan.retain(|line| line.contains("(cost="));
        }
        Ok(plan)
    }
}
