//! A resource: its fields for scripts, and its card for people.

use super::sanitize::sanitize;
use super::{Output, capacity};
use crate::model::resource::ResourceCard;

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
