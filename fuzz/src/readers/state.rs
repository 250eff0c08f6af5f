//! How a hub is set up, as YAML or JSON: what is read is written, and read again as the same.

use super::{honest, input};
use crate::interchange::state::{self, Form, text_of};

pub(super) fn state(data: &[u8]) {
    let Some(read) = honest(state::read(&input("hub.yaml", data))) else { return };
    for (form, name) in [(Form::Yaml, "hub.yaml"), (Form::Json, "hub.json")] {
        let text = state::write(&read, form).expect("what was read can be written");
        let again = state::read(&input(name, text.as_bytes()));
        let again = again.unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        assert!(again == read, "{text}\n{read:?}\n{again:?}");
    }
    honest(text_of(read.clone()));
    honest(read.clone().merged(&read, None, |_| Ok(None)));
}
