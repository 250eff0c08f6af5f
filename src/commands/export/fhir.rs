//! `export fhir`: what the actor may see, as FHIR R4.

use crate::commands::prelude::*;
use crate::output::target::Target;

#[derive(Args)]
pub(super) struct Fhir {
    /// The global option.
    #[arg(skip)]
    pub(super) out: Option<Target>,
}

pub(super) fn run(_context: &Context, _command: &Fhir) -> Result<()> {
    Err(Error::usage("not yet"))
}
