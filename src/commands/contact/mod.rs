//! `contact`: submitted intake records.

mod create;
mod details;
mod edit;
mod list;
mod pdf;
mod show;

use crate::commands::prelude::*;
use crate::model::contact::ContactLine;
use crate::model::contact::{self, ContactView};

verbs! {
    Contact: lists ContactLine, shows ContactView, changes ContactView, changes pdf::Printed;

    /// Create a contact for a client or for a new person
    Create(create::Create) => create::run,
    /// List contacts, the newest first
    List(list::List) => list::run,
    /// Show a contact, with its referrals
    Show {
        /// Its number or name, or the beginning of either; a family name
        #[arg(value_name = "NUMBER")]
        contact: Reference,
    } => show::run,
    /// Change what is given; `none` clears
    Edit(edit::Edit) => edit::run,
    /// Write a contact, with its referrals, as a PDF; that is recorded in the audit trail
    Pdf(pdf::Pdf) => pdf::run,
}

/// The contact with the referrals that this actor may see.
fn seen(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<ContactView> {
    let visibility = context.visibility();
    let contact = store::lookup::<contact::Contact>(tx, reference, visibility)?;
    let referrals = store::contact::referrals(tx, contact.id, visibility)?;
    Ok(contact.view(context.actor.is_portal(), referrals))
}
