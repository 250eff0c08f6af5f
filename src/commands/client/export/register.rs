//! The register of disclosures about a client as a PDF to take along (rule 3.10).

use super::dossier::Dossier;
use crate::commands::prelude::*;
use crate::interchange::pdf::{Body, PdfDocument, Section};
use crate::model::disclosure::DisclosureView;
use crate::model::time::long_date;

pub(super) fn page(context: &Context, dossier: &Dossier) -> PdfDocument {
    const KIND: &str = "Register of disclosures";
    let client = &dossier.client;
    let has_name = dossier.hub.is_some();
    PdfDocument {
        letterhead: dossier.hub.clone().unwrap_or_else(|| KIND.to_owned()),
        mark: if has_name { KIND } else { "Confidential" }.to_owned(),
        kind: format!("Client {}", client.code),
        title: client.full_name(),
        running: format!("Client {} · {}", client.code, client.full_name()),
        fields: vec![
            ("Born", client.birth_date.map(long_date)),
            ("Postal code", client.postal_code.clone()),
            ("Times that records were seen", Some(dossier.disclosures.len().to_string())),
            ("As of", Some(long_date(context.today))),
        ],
        sections: vec![Section { heading: "Who has seen records of another", body: body(context, dossier) }],
        footer: context.printed_by(),
        author: context.actor.account.name.clone(),
        at: context.now(),
    }
}

fn body(context: &Context, dossier: &Dossier) -> Body {
    if dossier.disclosures.is_empty() {
        return Body::Nothing("No provider has looked at another's records.");
    }
    Body::Table {
        heads: vec![("When", 0.17), ("Seen by", 0.23), ("Records of", 0.22), ("What", 0.2), ("Basis", 0.18)],
        rows: dossier.disclosures.iter().map(|line| cells(context, line)).collect(),
    }
}

fn cells(context: &Context, line: &DisclosureView) -> Vec<String> {
    let records = counted(line.records, "record", "records");
    let login = match &line.acted_by {
        Some(admin) => format!("{}, used by {admin}", line.by),
        None => line.by.clone(),
    };
    let source = line.source.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
    vec![
        line.at.with_timezone(&context.zone).format("%Y-%m-%d %H:%M").to_string(),
        format!("{} ({login})", line.recipient_name),
        line.owner_name.clone(),
        format!("{}, {records}", line.data_type),
        format!("{}{source}", line.basis),
    ]
}
