//! `version`: which program this is, for support and for scripts.

use crate::commands::prelude::*;
use crate::output::{Output, Schemas};

view! {
    pub(crate) struct Version("version", |view| view.version) {
        version: &'static str => Code,
        /// The schema of the databases that it makes; it upgrades those of an older one, and refuses newer ones.
        schema: i64 => Number,
        /// The SQLite that is built in.
        sqlite: &'static str => Text,
        /// The processor and the system that it was built for.
        target: String => Text,
    }
}

pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.shows::<Version>();
}

/// `schema`, `sqlite` and `target` as in [`Version`].
pub(crate) fn run(out: &Output, (schema, sqlite): (i64, &'static str), target: String) -> Result<()> {
    out.show(&Version { version: env!("CARGO_PKG_VERSION"), schema, sqlite, target }, || None)
}
