//! What an import of providers counts, and its report.

use crate::commands::prelude::*;
use crate::context::ImportRun;
use crate::model::directory::Listing;
use crate::model::import::{Counts, Summary};
use crate::model::provider::imported::Desired;

view! {
    /// What an import did. `read` and `rejected` count rows of every table of the sources (or JSON objects); `created`,
    /// `updated` and `unchanged` count providers; the last three say what those providers have in the sources.
    pub(crate) struct Report("import", |_view| "") {
        ..summary: Summary,
        resources: u64 => Number,
        phones: u64 => Number,
        addresses: u64 => Number,
    }
}

/// What an import counts besides providers.
#[derive(Default)]
pub(super) struct Totals {
    resources: u64,
    phones: u64,
    addresses: u64,
}

pub(super) type ProviderRun<'a> = ImportRun<'a, Totals>;

impl Totals {
    pub(super) fn count(&mut self, desired: &Desired<'_>, listing: &Listing) {
        self.resources += listing.services.len() as u64;
        self.phones += desired.lines.phones.len() as u64;
        self.addresses += desired.lines.addresses.len() as u64;
    }

    pub(super) fn report(&self, summary: &Summary) -> Report {
        let Totals { resources, phones, addresses } = *self;
        Report { summary: summary.clone(), resources, phones, addresses }
    }
}

impl Report {
    pub(super) fn sentence(&self) -> String {
        let Report {
            summary: Summary { counts: Counts { read, created, updated, unchanged, rejected }, .. },
            resources,
            phones,
            addresses,
        } = self;
        let resources = counted(*resources, "resource", "resources");
        let phones = counted(*phones, "phone", "phones");
        let addresses = counted(*addresses, "address", "addresses");
        let read = counted(*read, "row", "rows");
        format!(
            "Providers: {created} created, {updated} updated, {unchanged} unchanged, with {resources}, {phones} and \
             {addresses}; {read} read, {rejected} rejected."
        )
    }
}
