//! A resource: its fields for scripts, and its card for people.

use super::{Card, Output, capacity};
use crate::model::resource::ResourceCard;

pub(crate) fn card<'a>(card: &ResourceCard, output: &'a Output) -> Card<'a> {
    let resource = &card.resource;
    let joined = |names: &Option<Vec<String>>| names.as_ref().map(|names| names.join(", "));
    Card::new(output, &format!("{} ({}), {}", resource.name, resource.code, resource.kind)).lines([
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
    ])
}
