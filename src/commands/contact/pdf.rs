//! `contact pdf`: a contact as a printable document.

use crate::commands::prelude::*;
use crate::context::Audited;
use crate::interchange::pdf::{self, Body, PdfDocument, Section};
use crate::model::contact::{ContactReferral, ContactView};
use crate::model::time::long_date;
use crate::output::target::Destination;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk contact pdf 2026-0815 --file intake.pdf
  $ caredesk contact pdf CON-7K3M9Q --file - | lp")]
pub(super) struct Pdf {
    /// Number, name or family name (or the beginning of a number or name)
    #[arg(value_name = "NUMBER")]
    contact: Reference,
    #[command(flatten)]
    destination: Destination,
}

view! {
    pub(super) struct Printed("contact", |view| &view.file) {
        number: String => Code,
        file: String => Text,
        bytes: usize => Number,
    }
}

pub(super) fn run(context: &Context, command: &Pdf) -> Result<()> {
    context.report(|| {
        let to = &command.destination;
        let read = |tx: &mut Tx<'_>| {
            let view = super::seen(context, tx, &command.contact)?;
            let entry = Audited::read(&view.submitted.number);
            Ok(((view, store::setting::hub_name(tx)?), entry))
        };
        let build =
            |(view, hub): &(ContactView, _)| pdf::document(&page_content(context, view, Option::clone(hub)));
        let ((view, _), bytes) = context.export_pdf("contact.pdf", Right::Everyone, to, read, build)?;
        if to.is_standard() {
            return Ok(None);
        }
        let done = Printed { number: view.submitted.number, file: to.name(), bytes };
        let sentence = format!("Wrote contact {} to {}.", done.number, done.file);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

fn page_content(context: &Context, view: &ContactView, hub: Option<String>) -> PdfDocument {
    PdfDocument {
        kind: format!("Contact {}", view.submitted.number),
        title: view.submitted.full_name().to_string(),
        running: format!("Contact {} · {}", view.submitted.number, view.submitted.full_name()),
        fields: fields(context, view),
        sections: vec![
            Section { heading: "Details", body: narrative(view) },
            Section { heading: "Referrals", body: referrals(&view.referrals) },
        ],
        ..context.paper(hub, "Intake record")
    }
}

fn fields(context: &Context, view: &ContactView) -> Vec<(&'static str, Option<String>)> {
    let made = view.created_at.with_timezone(&context.zone).date_naive();
    vec![
        ("Submitted", Some(long_date(view.submitted.submitted_on))),
        ("Postal code", view.submitted.postal_code.clone()),
        ("Phone", view.submitted.phone.clone()),
        ("E-mail", view.submitted.email.clone()),
        ("Taken in", Some(format!("{} by {}", long_date(made), view.created_by))),
        ("Client", view.client.clone()),
    ]
    .into_iter()
    // Portal accounts do not see clients.
    .filter(|(label, _)| *label != "Client" || !context.actor.is_portal())
    .collect()
}

fn narrative(view: &ContactView) -> Body {
    match view.submitted.details.as_deref().filter(|text| !text.trim().is_empty()) {
        Some(text) => Body::Text(text.to_owned()),
        None => Body::Nothing("No details were given."),
    }
}

fn referrals(referrals: &[ContactReferral]) -> Body {
    if referrals.is_empty() {
        return Body::Nothing("There are none.");
    }
    let cells = |referral: &ContactReferral| {
        let r = referral.clone();
        vec![r.code, r.queue, r.resource_name.unwrap_or_else(|| "—".to_owned()), r.status]
    };
    Body::Table {
        heads: vec![("Referral", 0.18), ("Queue", 0.26), ("Resource", 0.36), ("Status", 0.2)],
        rows: referrals.iter().map(cells).collect(),
    }
}
