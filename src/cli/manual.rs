//! Manual pages, written from the grammar.

use std::path::Path;

use clap::CommandFactory;

use super::Cli;
use crate::error::{Error, Result};

pub(super) fn write(folder: &Path) -> Result<()> {
    let unwritable = |error: std::io::Error| {
        Error::invalid("man.folder", format!("`{}` cannot be written: {error}", folder.display()))
    };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    // A page is long help, but the crate leaves out what the short one hides.
    let grammar =
        Cli::command().disable_help_subcommand(true).mut_args(|option| option.hide_short_help(false));
    clap_mangen::generate_to(grammar, folder).map_err(unwritable)
}
