//! A resource: its fields for scripts, and its card for people.

use super::clean::clean;
use super::{Field, Output, Record, Shape, capacity, hidden, shown};
use crate::model::resource::{ResourceCard, ResourceView};

impl Record for ResourceView {
    const FIELDS: &'static [Field] = &[
        shown("code", Shape::Text),
        shown("name", Shape::Text),
        hidden("provider", Shape::Text),
        shown("provider_name", Shape::Text),
        shown("kind", Shape::Text),
        shown("state", Shape::Text),
        hidden("description", Shape::Text),
        hidden("eligibility", Shape::Text),
        hidden("fees", Shape::Text),
        hidden("application_process", Shape::Text),
        hidden("email", Shape::Text),
        hidden("url", Shape::Text),
    ];

    fn code(&self) -> &str {
        &self.code
    }
}

impl Record for ResourceCard {
    const FIELDS: &'static [Field] = &[
        shown("code", Shape::Text),
        shown("name", Shape::Text),
        shown("provider", Shape::Text),
        shown("provider_name", Shape::Text),
        shown("kind", Shape::Text),
        shown("state", Shape::Text),
        shown("description", Shape::Text),
        shown("eligibility", Shape::Text),
        shown("fees", Shape::Text),
        shown("application_process", Shape::Text),
        shown("email", Shape::Text),
        shown("url", Shape::Text),
        shown("queues", Shape::Text),
        shown("accounts", Shape::Text),
        shown("capacity", Shape::Text),
    ];

    fn code(&self) -> &str {
        &self.resource.code
    }
}

pub(crate) fn card(card: &ResourceCard, output: &Output) -> String {
    let resource = &card.resource;
    let joined = |names: &Option<Vec<String>>| names.as_ref().map(|names| names.join(", "));
    let details = [
        ("provider", Some(format!("{} ({})", resource.provider_name, resource.provider))),
        ("state", Some(resource.state.name().to_owned())),
        ("description", resource.description.clone()),
        ("eligibility", resource.eligibility.clone()),
        ("fees", resource.fees.clone()),
        ("how to apply", resource.application_process.clone()),
        ("e-mail", resource.email.clone()),
        ("web", resource.url.clone()),
        ("queues", joined(&card.queues)),
        ("accounts", joined(&card.accounts)),
        ("capacity", card.capacity.as_ref().map(|entry| capacity::in_force(entry, output))),
    ];
    let mut text = format!("{} ({}), {}\n", clean(&resource.name), resource.code, resource.kind);
    for (word, said) in details {
        let Some(said) = said.filter(|said| !said.is_empty()) else { continue };
        let lines: Vec<String> = said.lines().map(|line| clean(line).into_owned()).collect();
        text += &format!("{word:12}  {}\n", lines.join(&format!("\n{:14}", "")));
    }
    text
}
