//! The page of `package pdf`: what a provider needs to come.

use crate::commands::prelude::*;
use crate::interchange::pdf::{Body, PdfDocument, Section};
use crate::model::package::{Offer, PackageView, PackagedVisitView};
use crate::model::time::long_date;
use crate::model::visit::VisitStatus;

pub(super) struct Sheet {
    pub(super) hub: Option<String>,
    /// As the provider sees it.
    pub(super) package: PackageView,
    /// The one that was accepted.
    pub(super) offer: Offer,
    /// None where the provider may not see whose it is.
    pub(super) client: Option<Client>,
}

impl Sheet {
    /// How many visits are not cancelled, and how many minutes they last.
    pub(super) fn planned(&self) -> (usize, i64) {
        let planned = self.package.visits.iter().filter(|visit| visit.status == VisitStatus::Planned);
        planned.fold((0, 0), |(visits, minutes), visit| (visits + 1, minutes + visit.duration_minutes))
    }

    pub(super) fn page(&self, context: &Context) -> PdfDocument {
        let reference = &self.package.reference;
        let title = self.client.as_ref().map_or_else(|| reference.clone(), |one| one.full_name().to_string());
        PdfDocument {
            kind: if *reference == self.package.code {
                format!("Package {reference}")
            } else {
                format!("Package {reference} ({})", self.package.code)
            },
            running: format!("Package {reference} · {title}"),
            title,
            fields: self.fields(context),
            sections: self.sections(context),
            ..context.paper(self.hub.clone(), "Package sheet")
        }
    }

    fn fields(&self, context: &Context) -> Vec<(&'static str, Option<String>)> {
        let day = |at: DateTime<Utc>| long_date(at.with_timezone(&context.zone).date_naive());
        let mut fields = vec![
            ("Provider", Some(self.offer.provider_name.clone())),
            ("Accepted", self.offer.responded_at.map(day)),
        ];
        if let Some(client) = &self.client {
            let phones: Vec<String> = client.phones.iter().map(ToString::to_string).collect();
            fields.extend([
                ("Address", client.address.clone()),
                ("Postal code", client.postal_code.clone()),
                ("Phones", (!phones.is_empty()).then(|| phones.join("; "))),
                ("Client", Some(client.code.clone())),
            ]);
        } else {
            fields.push(("Area", self.package.area.clone()));
        }
        let starts = || self.package.visits.iter().map(|visit| visit.start);
        let range = starts().min().zip(starts().max());
        let range = range.map(|(first, last)| match (day(first), day(last)) {
            (first, last) if first == last => first,
            (first, last) => format!("{first} – {last}"),
        });
        let (visits, minutes) = self.planned();
        let total = format!("{}, {}", counted(visits, "visit", "visits"), text::duration(minutes));
        fields.extend([
            ("Referral", Some(self.package.referral.clone())),
            ("In all", Some(total)),
            ("Dates", range),
            ("Times are those of", Some(context.zone.name().to_owned())),
        ]);
        fields
    }

    fn sections(&self, context: &Context) -> Vec<Section> {
        let note = |heading, text: Option<&String>| {
            text.map(|text| Section { heading, body: Body::Text(text.clone()) })
        };
        let carer_note = self.client.as_ref().and_then(|client| client.carer_note.as_ref());
        let notes =
            [note("For carers", carer_note), note("From the hub", self.package.provider_note.as_ref())];
        let visits = Section { heading: "Visits", body: self.visits(context) };
        notes.into_iter().flatten().chain([visits]).collect()
    }

    fn visits(&self, context: &Context) -> Body {
        let mut visits: Vec<&PackagedVisitView> = self.package.visits.iter().collect();
        visits.sort_by_key(|visit| visit.start);
        let mut rows: Vec<Vec<String>> = visits.iter().map(|visit| cells(context, visit)).collect();
        let (_, minutes) = self.planned();
        rows.push(vec!["In all".to_owned(), String::new(), text::duration(minutes), String::new()]);
        Body::Table { heads: vec![("Day", 0.27), ("Time", 0.19), ("Duration", 0.16), ("Note", 0.38)], rows }
    }
}

/// A cancelled visit takes no time, and stays on the sheet so that it is not missed in silence.
fn cells(context: &Context, visit: &PackagedVisitView) -> Vec<String> {
    let start = visit.start.with_timezone(&context.zone);
    let duration = match visit.status {
        VisitStatus::Planned => text::duration(visit.duration_minutes),
        VisitStatus::Cancelled => "cancelled".to_owned(),
    };
    vec![
        start.format("%a %-d %B %Y").to_string(),
        time::span(visit.start, visit.duration_minutes, context.zone),
        duration,
        visit.provider_note.clone().unwrap_or_default(),
    ]
}
