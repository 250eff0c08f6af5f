//! How much a package is in each week, beside what a provider has in that week already (rule 1.12).

use std::collections::BTreeMap;

use chrono::Days;

use super::{Offer, PackageView};
use crate::model::client::Client;
use crate::model::client_phone::Phone;
use crate::model::prelude::*;
use crate::model::time;
use crate::model::visit::VisitStatus;

view! {
    /// A package with the details of `show`.
    pub(crate) struct PackageCard("package", |view| &view.package.code, &view.package.reference) {
        ..package: PackageView,
        /// Whose it is and what it takes to come: null where the actor may not see it.
        client: Option<String> => Code,
        client_name: Option<PersonName> => Name,
        address: Option<String> => Text,
        postal_code: Option<String> => Code,
        /// Each is a number, or a label and a number.
        phones: Vec<Phone> => Text,
        carer_note: Option<String> => Text,
        /// How much it is in each week.
        weeks: Vec<PackageWeek> => Many,
    }
}

view! {
    /// The visits of a package in one week, and what the provider that is asked has beside them.
    pub(crate) struct PackageWeek("package", |view| &view.week) {
        /// The ISO week, such as `2026-W49`.
        week: String => Code,
        visits: usize => Number,
        duration_minutes: i64 => Minutes,
        /// The code of the provider that has the rest; none for the hub, which may ask several.
        provider: Option<String> => Code(hidden),
        provider_name: Option<String> => Name(hidden),
        /// Visits of other packages that the provider has accepted.
        held_visits: Option<usize> => Number,
        held_duration_minutes: Option<i64> => Minutes,
    }
}

impl PackageCard {
    /// Without a client where the actor may not see whose it is.
    pub(crate) fn new(package: PackageView, client: Option<Client>, weeks: Vec<PackageWeek>) -> Self {
        let name = client.as_ref().map(Client::full_name);
        let Some(Client { code, address, postal_code, phones, carer_note, .. }) = client else {
            return PackageCard {
                package,
                client: None,
                client_name: None,
                address: None,
                postal_code: None,
                phones: Vec::new(),
                carer_note: None,
                weeks,
            };
        };
        PackageCard {
            package,
            client: Some(code),
            client_name: name,
            address,
            postal_code,
            phones,
            carer_note,
            weeks,
        }
    }
}

/// What a provider that may see the package has beside it: the start and the minutes of each visit.
pub(crate) struct Workload<'a> {
    pub(crate) offer: &'a Offer,
    pub(crate) held: Vec<(DateTime<Utc>, i64)>,
}

/// How many visits, and how many minutes, by Mondays.
type Weeks = BTreeMap<NaiveDate, (usize, i64)>;

impl PackageView {
    /// The Monday of its first week and that after its last; none if no visit is left.
    pub(crate) fn weeks_range(&self, zone: Zone) -> Option<(NaiveDate, NaiveDate)> {
        let weeks = self.planned(zone);
        let (first, last) = (weeks.keys().next()?, weeks.keys().next_back()?);
        Some((*first, last.checked_add_days(Days::new(7))?))
    }

    /// For the hub, which may ask several, without a workload.
    pub(crate) fn by_week(&self, workload: Option<&Workload<'_>>, zone: Zone) -> Vec<PackageWeek> {
        let held = workload.map(|workload| weeks(workload.held.iter().copied(), zone));
        let offer = workload.map(|workload| workload.offer);
        let week = |(monday, (visits, minutes)): (NaiveDate, (usize, i64))| {
            let held = held.as_ref().map(|held| held.get(&monday).copied().unwrap_or_default());
            PackageWeek {
                week: monday.format("%G-W%V").to_string(),
                visits,
                duration_minutes: minutes,
                provider: offer.map(|offer| offer.provider.clone()),
                provider_name: offer.map(|offer| offer.provider_name.clone()),
                held_visits: held.map(|(visits, _)| visits),
                held_duration_minutes: held.map(|(_, minutes)| minutes),
            }
        };
        self.planned(zone).into_iter().map(week).collect()
    }

    fn planned(&self, zone: Zone) -> Weeks {
        let planned = self.visits.iter().filter(|visit| visit.status == VisitStatus::Planned);
        weeks(planned.map(|visit| (visit.start, visit.duration_minutes)), zone)
    }
}

fn weeks(visits: impl IntoIterator<Item = (DateTime<Utc>, i64)>, zone: Zone) -> Weeks {
    let mut weeks = Weeks::new();
    for (start, minutes) in visits {
        let week = weeks.entry(time::monday(start.with_timezone(&zone).date_naive())).or_default();
        *week = (week.0 + 1, week.1 + minutes);
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule 1.12.
    #[test]
    fn a_week_begins_on_monday_on_the_wall() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let visits = [
            (at("2026-07-05T22:30:00Z"), 30),
            (at("2026-07-05T23:30:00Z"), 45),
            (at("2026-07-07T09:00:00Z"), 15),
        ];
        let weeks = weeks(visits, "Europe/London".parse().unwrap());
        let found: Vec<_> = weeks.iter().map(|(monday, week)| (monday.to_string(), *week)).collect();
        assert_eq!(found, [("2026-06-29".to_owned(), (1, 30)), ("2026-07-06".to_owned(), (2, 60))]);
    }
}
