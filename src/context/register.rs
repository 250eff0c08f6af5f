//! The register of disclosures about a client as a PDF to take along (rule 3.10).

use super::Context;
use crate::interchange::pdf::{Body, PdfDocument, Section};
use crate::model::client::Client;
use crate::model::disclosure::{Disclosed, DisclosureView};
use crate::model::text::counted;
use crate::model::time::long_date;

impl Context {
    /// Whom it is for, and each line.
    pub(crate) fn register(
        &self, client: &Client, hub: Option<String>, lines: &[DisclosureView],
    ) -> PdfDocument {
        PdfDocument {
            kind: format!("Client {}", client.code),
            title: client.full_name().to_string(),
            running: format!("Client {} · {}", client.code, client.full_name()),
            fields: vec![
                ("Born", client.birth_date.map(long_date)),
                ("Postal code", client.postal_code.clone()),
                ("Times that something was seen", Some(lines.len().to_string())),
                ("As of", Some(long_date(self.today))),
            ],
            sections: vec![Section { heading: "Who has seen what another holds", body: body(self, lines) }],
            ..self.paper(hub, "Register of disclosures")
        }
    }
}

fn body(context: &Context, lines: &[DisclosureView]) -> Body {
    if lines.is_empty() {
        return Body::Nothing("No provider has looked at what another holds.");
    }
    Body::Table {
        heads: vec![("When", 0.17), ("Seen by", 0.23), ("Held by", 0.22), ("What", 0.2), ("Basis", 0.18)],
        rows: lines.iter().map(|line| cells(context, line)).collect(),
    }
}

fn cells(context: &Context, line: &DisclosureView) -> Vec<String> {
    let what = match line.data_type {
        Disclosed::ContactDetails => "name, address, phones, note for carers".to_owned(),
        data_type => format!("{data_type}, {}", counted(line.records, "record", "records")),
    };
    let login = match &line.acted_by {
        Some(admin) => format!("{}, used by {admin}", line.by),
        None => line.by.clone(),
    };
    let source = line.source.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
    let who = if line.preview {
        format!("the hub, as {} sees it ({login})", line.recipient_name)
    } else {
        format!("{} ({login})", line.recipient_name)
    };
    vec![
        context.zone.local(line.at),
        who,
        line.owner_name.clone().unwrap_or_else(|| "the hub".to_owned()),
        what,
        format!("{}{source}", line.basis),
    ]
}
