//! `disclosure pdf`: the accounting of disclosures for a client to take along (rule 3.10).

use crate::commands::prelude::*;
use crate::context::Audited;
use crate::interchange::pdf;
use crate::output::target::Destination;
use crate::store::disclosure::Filter;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk disclosure pdf \"Ada Moss\" --file ada.pdf")]
pub(super) struct Pdf {
    /// Code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    #[command(flatten)]
    destination: Destination,
}

view! {
    pub(super) struct Printed("disclosure", |view| &view.file) {
        client: String => Code,
        client_name: PersonName => Name,
        file: String => Text,
        /// How many times something was seen.
        disclosures: usize => Number,
    }
}

pub(super) fn run(context: &Context, command: &Pdf) -> Result<()> {
    context.report(|| {
        let to = &command.destination;
        let read = |tx: &mut Tx<'_>| {
            let client = store::lookup::<Client>(tx, &command.client, context.visibility())?;
            let filter = Filter { client: Some(client.id), ..Filter::default() };
            let lines = store::disclosure::list(tx, &filter, i64::MAX)?;
            let page = context.register(&client, store::setting::hub_name(tx)?, &lines);
            let entry = Audited::read(&client.code);
            Ok(((client, page, lines.len()), entry))
        };
        let right = Action::ReadDisclosures;
        let ((client, _, disclosures), _) =
            context.export_pdf("disclosure.pdf", right, to, read, |(_, page, _)| pdf::document(page))?;
        if to.is_standard() {
            return Ok(None);
        }
        let (code, client_name, file) = (client.code.clone(), client.full_name(), to.name());
        let sentence = format!("Wrote the register of client {code} ({client_name}) to {file}.");
        Ok(Some(Change::created(Printed { client: code, client_name, file, disclosures }).saying(sentence)))
    })
}
