//! A resource: its fields for scripts, and its card for people.

use super::directory::{self, Lists};
use super::{Card, Output, capacity};
use crate::model::resource::ResourceCard;

pub(crate) fn card<'a>(card: &ResourceCard, output: &'a Output) -> Card<'a> {
    let resource = &card.resource;
    let queues = card.queues.as_ref().map(|names| names.join(", "));
    let accounts = card.accounts.iter().flatten().map(|login| output.login(login)).collect::<Vec<_>>();
    let lists = Lists {
        phones: card.phones.iter().collect(),
        addresses: card.addresses.iter().collect(),
        details: card.details.iter().collect(),
        opening_hours: card.opening_hours.iter().collect(),
        contact_persons: card.contact_persons.iter().collect(),
    };
    let own = [
        ("provider", Some(format!("{} ({})", resource.provider_name, resource.provider))),
        ("state", Some(resource.state.name().to_owned())),
        ("description", resource.description.clone()),
        ("eligibility", resource.eligibility.clone()),
        ("fees", resource.fees.clone()),
        ("how to apply", resource.application_process.clone()),
        ("e-mail", resource.email.clone()),
        ("web", resource.url.clone()),
    ];
    let ours = [
        ("queues", queues),
        ("accounts", Some(accounts.join(", "))),
        ("capacity", card.capacity.as_ref().map(|entry| capacity::in_force(entry, output))),
    ];
    let labelled = |(label, text): (&str, Option<String>)| (label.to_owned(), text);
    let title = format!("{} ({}), {}", resource.name, resource.code, resource.kind);
    let lines =
        own.into_iter().map(labelled).chain(directory::lines(&lists)).chain(ours.into_iter().map(labelled));
    Card::new(output, &title).lines(lines)
}
