//! What a list of providers shows, from all that is listed of one.

use crate::model::directory::{Address, AddressKind, Listing, Phone};

/// Removes duplicates and derives what a list of providers shows.
pub(super) fn tidy(listing: &mut Listing) {
    listing.lists.condense();
    for service in &mut listing.services {
        service.lists.condense();
    }
    (listing.phone, listing.postal_code) = derived(listing);
}

/// The phone and the postal code that follow from the lists.
pub(super) fn derived(listing: &Listing) -> (Option<String>, Option<String>) {
    let lists = || std::iter::once(&listing.lists).chain(listing.services.iter().map(|at| &at.lists));
    let kinds = AddressKind::ALL.iter();
    let postal_code =
        kinds.copied().find_map(|kind| lists().find_map(|lists| postal_code(&lists.addresses, kind)));
    (lists().find_map(|lists| voice(&lists.phones)), postal_code)
}

fn voice(phones: &[Phone]) -> Option<String> {
    phones.iter().find(|phone| phone.kind == "voice").map(|phone| phone.number.clone())
}

fn postal_code(addresses: &[Address], kind: AddressKind) -> Option<String> {
    addresses.iter().filter(|address| address.kind == kind).find_map(|address| address.postal_code.clone())
}
