//! `export`: how the hub is set up, as a file that can be edited, kept and applied (rule 7.31).

use std::io::Write;
use std::path::PathBuf;

use crate::commands::prelude::*;
use crate::file::{AtomicFile, Mode};
use crate::interchange::state::{Form, write};
use crate::model::state::State;
use crate::output::Schemas;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk export hub.yaml
  $ caredesk export hub.json --overwrite
  $ caredesk export | less

It holds the settings of the hub, categories, queues, providers with programs, contracts
and sharing, and accounts with their rights; no clients, no passwords.")]
pub(crate) struct Export {
    /// The file; its ending chooses YAML or JSON; `-` is standard output, as is no file
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
}

pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.document::<State>();
}

pub(crate) fn run(context: &Context, command: &Export) -> Result<()> {
    let state = context.state()?.for_file();
    let Some(path) = command.file.as_ref().filter(|path| path.as_os_str() != "-") else {
        let form = if context.out.format.is_json() { Form::Json } else { Form::Yaml };
        return output::raw(write(&state, form)?.as_bytes());
    };
    let text = write(&state, Form::of(&path.to_string_lossy()))?;
    let mut file = AtomicFile::create(path, Mode::Private, context.overwrite)?;
    file.write_all(text.as_bytes()).map_err(|error| crate::file::unwritable(path, error))?;
    file.keep()?;
    context.out.note(&format!("wrote {}", path.display()));
    Ok(())
}
