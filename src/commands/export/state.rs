//! `export FILE`: how the hub is set up, as a file that can be edited, kept and applied (rule 7.31).

use std::io::Write;
use std::path::Path;

use crate::commands::prelude::*;
use crate::file::{AtomicFile, Mode};
use crate::interchange::state::{Form, write};

pub(super) fn run(context: &Context, file: Option<&Path>) -> Result<()> {
    let state = context.state()?.for_file();
    let Some(path) = file.filter(|path| path.as_os_str() != "-") else {
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
