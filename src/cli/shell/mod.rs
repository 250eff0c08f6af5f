//! `shell`: lines as a person enters them, each run as a command line of its own, on one connection (rules 7.50 to 7.55).

mod completer;
mod editor;
mod history;
mod line;
pub(super) mod portal;
mod reader;

use std::process::ExitCode;

use self::editor::{Editor, Typing};
use self::line::{Session, Step};
use self::reader::Reader;
use super::globals::Globals;
use super::{environment, interrupt};
use crate::commands::shell::Shell;
use crate::db::Location;
use crate::error::{Error, Kind, Result};
use crate::model::batch::lines::Entered;
use crate::output::{ask, sink};

/// The exit status: of the one line that a client sends, else of the first that failed; 0 where a person has seen them.
pub(super) fn run(globals: Globals, command: &Shell) -> Result<ExitCode> {
    may_begin(&globals, command)?;
    let sent = if command.restricted { portal::sent()? } else { None };
    let mut session = Session::open(globals, command.restricted)?;
    if let Some(line) = sent {
        return Ok(ExitCode::from(session.one(&line)));
    }
    let is_interactive = session.may_ask();
    if is_interactive && environment::has_moving_cursor() {
        return enter(&mut session, command);
    }
    let mut reader = Reader::new(is_interactive.then(|| session.prompt()));
    let mut failed = None;
    let mut entered = Entered::default();
    loop {
        let more = reader.line(entered.is_open())?;
        let is_over = more.is_none();
        entered.add(&more.unwrap_or_default());
        if entered.is_open() && !is_over {
            continue;
        }
        for line in entered.take() {
            match session.run(&line) {
                Step::End => return Ok(ended(failed, is_interactive)),
                Step::Done(0) => {}
                Step::Done(status) => {
                    failed.get_or_insert(status);
                    if command.stop {
                        return Ok(ExitCode::from(status));
                    }
                }
            }
        }
        if is_over || sink::is_closed() {
            return Ok(ended(failed, is_interactive));
        }
    }
}

fn ended(failed: Option<u8>, is_interactive: bool) -> ExitCode {
    ExitCode::from(failed.filter(|_| !is_interactive).unwrap_or(0))
}

/// A person enters the lines.
fn enter(session: &mut Session, command: &Shell) -> Result<ExitCode> {
    let broken = interrupt::return_to_shell();
    let keeps = !command.no_history && !command.restricted;
    let mut editor = Editor::new(session, keeps, broken);
    loop {
        let text = match editor.read(session)? {
            Typing::Entered(text) => text,
            Typing::Dropped => continue,
            Typing::Ended => return Ok(ExitCode::SUCCESS),
            Typing::Broken => return Ok(ExitCode::from(Kind::Interrupted.exit_status())),
        };
        for line in Entered::of(&text).take() {
            match session.run(&line) {
                Step::End => return Ok(ExitCode::SUCCESS),
                Step::Done(0) => {}
                Step::Done(status) if command.stop => return Ok(ExitCode::from(status)),
                // What was pasted behind it was meant to follow a success no more than a line entered later.
                Step::Done(status) if status == Kind::Interrupted.exit_status() => break,
                Step::Done(_) => {}
            }
        }
        if interrupt::is_to_end() {
            return Ok(ExitCode::from(Kind::Interrupted.exit_status()));
        }
    }
}

/// Refused where an option makes no sense for all lines.
fn may_begin(globals: &Globals, command: &Shell) -> Result<()> {
    let of_one = [
        ("--operation-key", globals.operation_key.is_some() || environment::operation_key()?.is_some()),
        ("--out", globals.out.is_some()),
        ("--columns", globals.columns.is_some()),
    ];
    if let Some((option, _)) = of_one.iter().find(|(_, is_given)| *is_given) {
        return Err(Error::usage(format!("a shell takes no `{option}`"))
            .hint("it is of one command: put it on the line of that"));
    }
    if command.restricted && globals.on_line.names_profile() {
        return Err(Error::usage("a restricted shell takes no `--profile`")
            .hint("name the database and the account on its own line, with `--db` and `--as`"));
    }
    Ok(())
}

/// Who acts on what, such as `rosa@care`: the name of the profile, of the file, or of the server and its database.
fn name(globals: &Globals, location: &Location) -> String {
    globals.settings.profile_name().unwrap_or_else(|| location.short_name())
}

/// Whether a person can answer.
fn is_with_a_person(globals: &Globals) -> bool {
    !globals.no_input && !environment::is_automated() && ask::is_interactive()
}
