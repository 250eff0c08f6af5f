//! A day of the hub: all visits of all clients, and which of them no provider has.

use super::visit::VisitStatus;
use crate::model::prelude::*;

view! {
    /// A visit of a day, with whose it is and who has it.
    pub(crate) struct DayVisit("visit", |view| &view.code) {
        @id: VisitId,
        start: DateTime<Utc> => Instant,
        duration_minutes: i64 => Minutes(rank 2),
        code: String => Code(rank 3),
        referral: String => Code(hidden),
        client: String => Code(hidden),
        client_name: PersonName => Name,
        /// The provider that has accepted it.
        provider: Option<String> => Code(hidden),
        provider_name: Option<String> => Name,
        status: VisitStatus => Status,
        /// Whether it is planned and no provider has accepted it, as in `visit list --uncovered`.
        uncovered: bool => YesNo(counted),
    }
}

impl DayVisit {
    /// For people: what no provider has is marked where a provider would stand.
    pub(crate) fn marked(mut self) -> Self {
        if self.uncovered {
            self.provider_name = Some("UNCOVERED".to_owned());
        }
        self
    }
}
