//! Writes manual pages from the grammar.

use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::Cli;
use crate::error::Result;
use crate::file::{self, AtomicFile, Mode};

/// All pages or, if one is there already and may not be replaced, none.
pub(super) fn write(folder: &Path, overwrite: bool) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| file::unwritable(folder, error))?;
    // A page shows the long help, but the crate omits what the short help hides.
    let mut grammar =
        Cli::command().disable_help_subcommand(true).mut_args(|option| option.hide_short_help(false));
    grammar.build();
    pages(grammar.clone(), folder, &mut |path, _| file::must_be_vacant(path, overwrite))?;
    pages(grammar, folder, &mut |path, page| {
        let mut file = AtomicFile::create(path, Mode::Public, overwrite)?;
        page.render(&mut file).map_err(|error| file::unwritable(path, error))?;
        file.keep()
    })
}

/// The pages of the command and its subcommands.
fn pages(command: Command, folder: &Path, each: &mut dyn FnMut(&Path, &Man) -> Result<()>) -> Result<()> {
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        pages(verb.clone(), folder, each)?;
    }
    let page = Man::new(command);
    each(&folder.join(page.get_filename()), &page)
}
