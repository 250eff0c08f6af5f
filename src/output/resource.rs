//! A resource: its fields for scripts, and its card for people.

use super::sanitize::sanitize;
use super::{Field, FieldKind, Output, View, capacity, hidden, shown};
use crate::model::resource::{ResourceCard, ResourceView};

impl View for ResourceView {
    const FIELDS: &'static [Field] = &[
        shown("code", FieldKind::Code),
        shown("name", FieldKind::Text),
        hidden("provider", FieldKind::Text),
        shown("provider_name", FieldKind::Text),
        shown("kind", FieldKind::Status),
        shown("state", FieldKind::Status),
        hidden("description", FieldKind::Text),
        hidden("eligibility", FieldKind::Text),
        hidden("fees", FieldKind::Text),
        hidden("application_process", FieldKind::Text),
        hidden("email", FieldKind::Text),
        hidden("url", FieldKind::Text),
    ];

    fn code(&self) -> &str {
        &self.code
    }
}

impl View for ResourceCard {
    const FIELDS: &'static [Field] = &[
        shown("code", FieldKind::Code),
        shown("name", FieldKind::Text),
        shown("provider", FieldKind::Text),
        shown("provider_name", FieldKind::Text),
        shown("kind", FieldKind::Status),
        shown("state", FieldKind::Status),
        shown("description", FieldKind::Text),
        shown("eligibility", FieldKind::Text),
        shown("fees", FieldKind::Text),
        shown("application_process", FieldKind::Text),
        shown("email", FieldKind::Text),
        shown("url", FieldKind::Text),
        shown("queues", FieldKind::Text),
        shown("accounts", FieldKind::Text),
        shown("capacity", FieldKind::Text),
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
    let mut text = format!("{} ({}), {}\n", sanitize(&resource.name), resource.code, resource.kind);
    for (word, content) in details {
        let Some(content) = content.filter(|content| !content.is_empty()) else { continue };
        let lines: Vec<String> = content.lines().map(|line| sanitize(line).into_owned()).collect();
        text += &format!("{word:12}  {}\n", lines.join(&format!("\n{:14}", "")));
    }
    text
}
