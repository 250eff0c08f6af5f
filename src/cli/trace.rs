//! `-v`: each statement is printed; `-vv`: with its plan.

use crate::db::{self, Traced};
use crate::output::{self, Format};

pub(super) fn begin(verbose: u8, format: Format) {
    if verbose == 0 {
        return db::trace_no_more();
    }
    let as_json = matches!(format, Format::Json | Format::Jsonl);
    let report = move |one: &Traced<'_>| output::statement(one.name, one.took, one.rows, one.plan, as_json);
    db::trace(verbose > 1, Box::new(report));
}
