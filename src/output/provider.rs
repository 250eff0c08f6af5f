//! A provider as a card for people: itself, what its directory says, its resources.

use super::directory::{self, Lists};
use super::{Card, Output};
use crate::model::provider::{ListedView, ProviderCard, ResourceView};
use crate::model::view::View;

/// Lists of single resources are on their own cards.
pub(crate) fn card<'a>(card: &ProviderCard, output: &'a Output) -> Card<'a> {
    let provider = &card.provider;
    let active = if provider.active { "active" } else { "inactive" };
    let source = provider.source.as_ref().zip(provider.source_id.as_ref());
    let lists = Lists {
        phones: own(&card.phones),
        addresses: own(&card.addresses),
        details: own(&card.details),
        opening_hours: own(&card.opening_hours),
        contact_persons: own(&card.contact_persons),
    };
    let has_phones = !lists.phones.is_empty();
    let has_addresses = !lists.addresses.is_empty();
    let mut lines = vec![
        ("also called".to_owned(), provider.alternate_name.clone()),
        ("description".to_owned(), provider.description.clone()),
        ("email".to_owned(), provider.email.clone()),
        ("phone".to_owned(), provider.phone.clone().filter(|_| !has_phones)),
        ("url".to_owned(), provider.url.clone()),
        ("postal code".to_owned(), provider.postal_code.clone().filter(|_| !has_addresses)),
    ];
    lines.extend(directory::lines(&lists));
    lines.push(("source".to_owned(), source.map(|(source, id)| format!("{source}, id {id}"))));
    let title = format!("{} ({}), {active}", provider.name, provider.code);
    Card::new(output, &title).lines(lines).table(ResourceView::FIELDS, &card.resources)
}

fn own<T>(all: &[ListedView<T>]) -> Vec<&T> {
    all.iter().filter(|one| one.resource.is_none()).map(|one| &one.of).collect()
}
