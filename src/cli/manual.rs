//! Writes manual pages from the grammar.

use std::path::Path;

use clap::{Command, CommandFactory};

use super::Cli;
use crate::error::Result;
use crate::file::{self, AtomicFile, Mode};

pub(super) fn write(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| file::unwritable(folder, error))?;
    // A page shows the long help, but the crate omits what the short help hides.
    let mut grammar =
        Cli::command().disable_help_subcommand(true).mut_args(|option| option.hide_short_help(false));
    grammar.build();
    pages(grammar, folder)
}

/// Writes the pages of the command and its subcommands. Pages of an older version are replaced.
fn pages(command: Command, folder: &Path) -> Result<()> {
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        pages(verb.clone(), folder)?;
    }
    let page = clap_mangen::Man::new(command);
    let path = folder.join(page.get_filename());
    let mut file = AtomicFile::beside(&path, Mode::Public)?;
    page.render(&mut file).map_err(|error| file::unwritable(&path, error))?;
    file.keep(&path, true)
}
