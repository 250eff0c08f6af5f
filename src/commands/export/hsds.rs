//! `export hsds`: the directory of providers, as HSDS.

use crate::commands::prelude::*;
use crate::output::target::Target;

#[derive(Args)]
pub(super) struct Hsds {
    /// The global option.
    #[arg(skip)]
    pub(super) out: Option<Target>,
}

pub(super) fn run(_context: &Context, _command: &Hsds) -> Result<()> {
    Err(Error::usage("not yet"))
}
