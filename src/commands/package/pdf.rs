//! `package pdf`: the sheet of a package for the provider that has accepted it (rule 8.45).

use super::sheet::Sheet;
use super::whose;
use crate::commands::prelude::*;
use crate::context::Looks;
use crate::interchange::pdf;
use crate::model::package;
use crate::output::target::Destination;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk package pdf PKG-7K3M9Q --file visits.pdf
  $ caredesk package pdf \"week 49\" --provider harbour --file harbour.pdf

Whose visits these are stands on it only as far as that provider sees it now, and that is in the register of disclosures.")]
pub(super) struct Pdf {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// Only if this provider has accepted it: code or name (or the beginning of either)
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    #[command(flatten)]
    destination: Destination,
}

view! {
    pub(super) struct Printed("package", |view| &view.file) {
        package: String => Code,
        reference: String => Text,
        /// The code of the provider that has accepted it.
        provider: String => Code(hidden),
        provider_name: String => Name,
        /// Null where the provider may not see whose it is.
        client: Option<String> => Code,
        client_name: Option<PersonName> => Name,
        /// Those that are not cancelled, and how long they last together.
        visits: usize => Number,
        duration_minutes: i64 => Minutes,
        file: String => Text,
        bytes: usize => Number,
    }
}

pub(super) fn run(context: &Context, command: &Pdf) -> Result<()> {
    context.report(|| {
        let to = &command.destination;
        let read = |tx: &mut Tx<'_>| read(context, tx, command);
        let build = |sheet: &Sheet| pdf::document(&sheet.page(context));
        let (sheet, bytes) = context.export_contacts_pdf("package.pdf", "package pdf", to, read, build)?;
        if to.is_standard() {
            return Ok(None);
        }
        let (visits, duration_minutes) = sheet.planned();
        let done = Printed {
            client_name: sheet.client.as_ref().map(Client::full_name),
            client: sheet.client.map(|client| client.code),
            provider: sheet.offer.provider,
            provider_name: sheet.offer.provider_name,
            package: sheet.package.code,
            reference: sheet.package.reference,
            visits,
            duration_minutes,
            file: to.name(),
            bytes,
        };
        let sentence = format!("Wrote package {} to {}.", done.reference, done.file);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

fn read(context: &Context, tx: &mut Tx<'_>, command: &Pdf) -> Result<(Sheet, Looks)> {
    let visibility = context.visibility();
    let found = store::lookup::<Package>(tx, &command.package, visibility)?;
    let provider = command.provider.as_ref();
    let provider = provider.map(|one| store::lookup::<Provider>(tx, one, visibility)).transpose()?;
    let offer = package::may_print(&found, provider.as_ref())?.clone();
    let (client, looks) = match whose(context, tx, &found)? {
        // What the hub prints shows no more than the provider sees.
        (Some(client), _) if !context.actor.is_portal() => {
            let look = context.look_of_provider(tx, offer.provider_id, client.id)?;
            (look.is_some().then_some(client), look.into_iter().collect())
        }
        seen => seen,
    };
    let sheet = Sheet {
        hub: store::setting::hub_name(tx)?,
        package: found.for_provider(offer.provider_id).view_for_provider(),
        offer,
        client,
    };
    let subject = sheet.package.code.clone();
    Ok((sheet, Looks { subject, looks }))
}
