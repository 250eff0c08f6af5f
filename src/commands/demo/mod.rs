//! `demo`: a small invented town lives one of the three jobs, shown with the program's own commands, or two months of all.

mod outsource;
mod portal;
mod sharing;
mod stage;
mod town;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::commands::prelude::*;
use crate::context::Run;
use crate::db::Location;
use crate::file::TemporaryFolder;
pub(crate) use stage::Execute;
use stage::Stage;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk demo
  $ caredesk demo portal
  $ caredesk demo --into town.db")]
pub(crate) struct Demo {
    /// The job to watch [default: outsource]
    #[arg(value_enum, conflicts_with = "into")]
    story: Option<Story>,
    /// Take the providers from this HSDS directory instead of the invented town, to outsource
    #[arg(long, value_name = "DIR", conflicts_with = "into")]
    directory: Option<PathBuf>,
    /// Leave a town to play in, in this new database: a dozen clients, and two months of history
    #[arg(long, value_name = "FILE|URL")]
    into: Option<Location>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Story {
    /// A week of visits goes to the first provider that accepts
    Outsource,
    /// A provider says what it can take, and works through its referrals
    Portal,
    /// A provider asks another for one kind of record of one client
    Sharing,
}

/// The files of the town: eight organisations in the form of an HSDS directory, a signed release, and what happens.
const FILES: [(&str, &[u8]); 6] = [
    ("directory/organizations.csv", include_bytes!("../../../examples/directory/organizations.csv")),
    ("directory/locations.csv", include_bytes!("../../../examples/directory/locations.csv")),
    ("directory/services.csv", include_bytes!("../../../examples/directory/services.csv")),
    ("directory/phones.csv", include_bytes!("../../../examples/directory/phones.csv")),
    ("directory/addresses.csv", include_bytes!("../../../examples/directory/addresses.csv")),
    ("release.pdf", include_bytes!("../../../examples/town/release.pdf")),
];

pub(crate) fn run(run: &Run, command: &Demo, execute: Execute<'_>) -> Result<()> {
    let scratch = TemporaryFolder::new().map_err(|error| cannot("make a folder for the demo", error))?;
    unpack(scratch.path())?;
    if let Some(location) = &command.into {
        return town::build(&Stage::new(run, location.clone(), scratch.path(), execute));
    }
    let file = Location::File(scratch.path().join("town.db"));
    let stage = Stage::new(run, file, scratch.path(), execute);
    match command.story.unwrap_or(Story::Outsource) {
        Story::Outsource => {
            let directory = command.directory.clone().unwrap_or_else(|| scratch.path().join("directory"));
            outsource::tell(&stage, &directory)?;
        }
        Story::Portal => portal::tell(&stage)?,
        Story::Sharing => sharing::tell(&stage)?,
    }
    Stage::say(
        "There are `caredesk demo outsource`, `portal` and `sharing`; `caredesk demo --into FILE` leaves a town to",
    )?;
    Stage::go_on("play in. Begin your own with `caredesk init`.")
}

fn unpack(folder: &Path) -> Result<()> {
    let write = |(name, bytes): (&str, &[u8])| {
        let path = folder.join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, bytes)
    };
    FILES.into_iter().try_for_each(write).map_err(|error| cannot("write the town", error))
}

fn cannot(what: &str, error: std::io::Error) -> Error {
    Error::new(Kind::Environment, "demo.folder", format!("cannot {what}: {error}")).because(error)
}
