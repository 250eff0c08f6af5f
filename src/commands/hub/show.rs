//! `hub show`: what the hub is called, and its settings.

use super::view;
use crate::commands::prelude::*;

pub(super) fn run(context: &Context) -> Result<()> {
    let view = context.read(view)?;
    context.out.show(&view, || None)
}
