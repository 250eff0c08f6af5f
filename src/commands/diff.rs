//! `diff`: how two hubs are set up differently (rule 7.31).

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::commands::prelude::*;
use crate::context::Run;
use crate::db::Location;
use crate::interchange::state::{read, text_of};
use crate::model::difference::DifferentLine;
use crate::model::state::State;
use crate::output::Schemas;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk diff hub.yaml
  $ caredesk diff care.db training.db
  $ caredesk diff hub.yaml postgres://anna@db.example/care")]
pub(crate) struct Diff {
    /// A database, or a file of `export` (.yaml, .yml or .json)
    #[arg(value_name = "A")]
    one: Side,
    /// The other [default: the database of `--db`]
    #[arg(value_name = "B")]
    other: Option<Side>,
}

/// What can be set up.
#[derive(Clone, Debug)]
enum Side {
    File(Input),
    Database(Location),
}

enum Loaded {
    File(State),
    Database(State),
}

impl Side {
    /// Denied: who acts may not read all of a database.
    fn load(&self, run: &Run) -> Result<Loaded> {
        match self {
            Side::File(file) => read(file).map(Loaded::File),
            Side::Database(location) => {
                let context = Context::open(Run { location: location.clone(), ..run.clone() })?;
                context.state().map(Loaded::Database)
            }
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Side::File(file) => f.write_str(&file.name()),
            Side::Database(location) => location.fmt(f),
        }
    }
}

impl FromStr for Side {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let lower = text.to_lowercase();
        if text == "-" || [".yaml", ".yml", ".json"].iter().any(|ending| lower.ends_with(ending)) {
            return Ok(Side::File(Input::from(PathBuf::from(text))));
        }
        text.parse().map(Side::Database)
    }
}

pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<DifferentLine>();
}

pub(crate) fn run(run: &Run, command: &Diff) -> Result<()> {
    let usual = Side::Database(run.location.clone());
    let (one, other) = (&command.one, command.other.as_ref().unwrap_or(&usual));
    // A file speaks only of a part, so it is seen as what it makes of the other.
    let (before, after) = match (one.load(run)?, other.load(run)?) {
        (Loaded::File(file), Loaded::Database(state)) => (state.merged(&file, None, |_| Ok(None))?, state),
        (Loaded::Database(state), Loaded::File(file)) => {
            let merged = state.merged(&file, None, |_| Ok(None))?;
            (state, merged)
        }
        (Loaded::Database(one) | Loaded::File(one), Loaded::Database(other) | Loaded::File(other)) => {
            (one, other)
        }
    };
    let is_same =
        run.out.difference(&text_of(before)?, &text_of(after)?, [&one.to_string(), &other.to_string()])?;
    if is_same {
        run.out.note("they are set up alike");
        return Ok(());
    }
    Err(Error::new(Kind::WouldChange, "diff.found", "they are set up differently"))
}
