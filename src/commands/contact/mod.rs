//! `contact`: submitted intake records.

mod create;
mod details;
mod edit;
mod list;
mod pdf;
mod show;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::contact::ContactLine;
use crate::model::contact::{self, ContactView};
use crate::model::reference::Reference;
use crate::output::Schemas;
use crate::store;

#[derive(Args)]
pub(crate) struct Contact {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Create a contact for a client or for a new person
    Create(create::Create),
    /// List contacts, the newest first
    List(list::List),
    /// Show a contact, with its referrals
    Show {
        /// Its number or name, or the beginning of either; a family name
        #[arg(value_name = "NUMBER")]
        contact: Reference,
    },
    /// Change what is given; `none` clears
    Edit(edit::Edit),
    /// Write a contact, with its referrals, as a PDF; that is recorded in the audit trail
    Pdf(pdf::Pdf),
}

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<ContactLine>().shows::<ContactView>().changes::<ContactView>().changes::<pdf::Printed>();
}

pub(crate) fn run(context: &Context, command: Contact) -> Result<()> {
    match command.verb {
        Verb::Create(create) => create::run(context, &create),
        Verb::List(list) => list::run(context, &list),
        Verb::Show { contact } => show::run(context, &contact),
        Verb::Edit(edit) => edit::run(context, &edit),
        Verb::Pdf(pdf) => pdf::run(context, &pdf),
    }
}

/// The contact with the referrals that this actor may see.
fn seen(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<ContactView> {
    let visibility = context.visibility();
    let contact = store::lookup::<contact::Contact>(tx, reference, visibility)?;
    let referrals = store::contact::referrals(tx, contact.id, visibility)?;
    Ok(contact.view(context.actor.is_portal(), referrals))
}
