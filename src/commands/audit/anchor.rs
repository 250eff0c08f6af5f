//! `audit anchor`: seals, one behind the other, in a file or with a command that keeps them elsewhere (rule 7.72).

use std::ffi::OsString;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::sealing::{Key, sealed};
use crate::commands::prelude::*;
use crate::context::{Pause, Watch, duration};
use crate::file;
use crate::interchange::seal::{self, SealKey};
use crate::model::audit::SealView;
use crate::output::List;
use crate::output::pass::pass_to;

#[derive(Args)]
#[command(
    override_usage = "caredesk audit anchor [OPTIONS] FILE\n       caredesk audit anchor [OPTIONS] -- COMMAND [ARGUMENT]...",
    after_help = "\
Examples:
  $ caredesk audit anchor /mnt/archive/caredesk.anchors
  $ caredesk audit anchor --follow -- ssh vault 'cat >> caredesk.anchors'
  $ ssh vault cat caredesk.anchors | caredesk audit verify --since -

A file gets each seal at its end. A command gets it as its input, is run without a shell, and must end with 0. With `--follow` the next seal comes when there are new entries, \
as soon as `--every` allows, until Ctrl-C: what is lost after that, as by a standby that was behind and took over, is found by `audit verify --since`."
)]
pub(super) struct Anchor {
    /// The file to write at the end of, which is made if there is none
    #[arg(value_name = "FILE", required_unless_present = "command", conflicts_with = "command", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The command that takes each seal, with its arguments
    #[arg(last = true, value_name = "COMMAND", value_hint = clap::ValueHint::CommandWithArguments)]
    command: Vec<OsString>,
    #[command(flatten)]
    key: Key,
    /// Go on with new entries as they come
    #[arg(short, long)]
    follow: bool,
    /// With `--follow`, at most one seal in so long, such as 10s or 5min
    #[arg(long, value_name = "DURATION", value_parser = duration, requires = "follow", default_value = "1s")]
    every: Duration,
    /// Follow so long at most, such as 30s, 5min or 2h
    #[arg(long, value_name = "DURATION", value_parser = duration, requires = "follow")]
    timeout: Option<Duration>,
}

pub(super) fn run(context: &Context, command: &Anchor) -> Result<()> {
    if command.follow {
        context.out.must_stream()?;
    }
    let watch = context.watch(Action::ReadAudit, command.timeout).while_read();
    let mut watch = if command.follow { watch } else { watch.impatient() };
    let key = command.key.open(context)?;
    let mut anchoring = Anchoring { context, command, key, list: context.out.list()?, last: None };
    anchoring.step(&mut watch)?;
    if command.follow {
        anchoring.follow(&mut watch)?;
    }
    anchoring.list.end("no seal")
}

impl Anchor {
    /// The file, or the name of the command.
    fn to(&self) -> String {
        let command = || self.command.first().map(|name| name.to_string_lossy().into_owned());
        let file = self.file.as_ref().map(|path| path.display().to_string());
        file.or_else(command).unwrap_or_default()
    }
}

struct Anchoring<'a> {
    context: &'a Context,
    command: &'a Anchor,
    key: SealKey,
    list: List<'a, SealView>,
    /// The number of the last entry, and its hash, that were anchored.
    last: Option<(i64, String)>,
}

impl Anchoring<'_> {
    fn follow(&mut self, watch: &mut Watch<'_>) -> Result<()> {
        let mut is_failing = false;
        loop {
            if watch.rest(self.command.every) != Pause::Over || watch.pause() != Pause::Over {
                return Ok(());
            }
            match self.step(watch) {
                Ok(true) => is_failing = false,
                Ok(false) => return Ok(()),
                // What keeps them may be away for a while; the next seal says what this one would have.
                Err(error) if ["command.failed", "file.unwritable"].contains(&error.code()) => {
                    if !is_failing {
                        self.context.out.warn(&format!("{}; trying again", error.message()));
                    }
                    is_failing = true;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Anchors what there is, unless that is done. Returns false where what it prints is not read any more.
    fn step(&mut self, watch: &mut Watch<'_>) -> Result<bool> {
        let context = self.context;
        let seen = watch.read(|tx| sealed(context, tx))?;
        if self.last.as_ref() == Some(&(seen.entries, seen.head)) {
            return Ok(true);
        }
        let mut sealed = context.read_lasting(|tx| sealed(context, tx))?;
        let end = (sealed.entries, sealed.head.clone());
        sealed.server = context.server_state()?;
        let text = seal::written(&sealed, &self.key)?;
        if !context.dry_run {
            self.keep(&text)?;
        }
        self.last = Some(end);
        self.list.row_now(&SealView::of(&sealed, self.key.fingerprint(), self.command.to()))
    }

    fn keep(&self, text: &str) -> Result<()> {
        match &self.command.file {
            Some(path) => add(path, text).map_err(|error| file::unwritable(path, error)),
            None => pass_to(&self.command.command, text),
        }
    }
}

/// Writes at the end of a file, on a line of its own if another run was cut off there, and waits until it is on the disk.
fn add(path: &Path, text: &str) -> io::Result<()> {
    let mut file = file::open_to_append(path)?;
    let mut whole = String::new();
    if file.metadata()?.is_file() {
        let mut last = [b'\n'];
        if file.seek(io::SeekFrom::End(-1)).is_ok() {
            file.read_exact(&mut last)?;
        }
        if last != *b"\n" {
            whole.push('\n');
        }
    }
    whole.push_str(text);
    file.write_all(whole.as_bytes())?;
    match file.sync_data() {
        // A pipe or a device keeps nothing.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        done => done,
    }
}
