//! `contact`: submitted intake records.

mod create;
mod details;
mod edit;
mod identify;
mod import;
mod list;
mod pdf;
mod show;

use crate::commands::prelude::*;
use crate::model::contact::ContactLine;
use crate::model::contact::{self, ContactView};
use crate::model::import::Summary;
use crate::store::contact::Filter;

verbs! {
    Contact: lists ContactLine, shows ContactView, changes ContactView, changes pdf::Printed,
        imports Summary, rows ContactView;

    /// Create a contact for a client, for a new person, or for one who is anonymous
    Create(create::Create) => create::run,
    /// Import contacts from tables; repeating an import changes nothing
    Import(import::Import) => import::run,
    /// List contacts, newest first
    List(list::List) => list::run,
    /// Show a contact, with its referrals
    Show {
        /// Number, name or family name (or the beginning of a number or name)
        #[arg(value_name = "NUMBER")]
        contact: Reference,
    } => show::run,
    /// Change a contact; the value `none` clears a field
    Edit(edit::Edit) => edit::run,
    /// Export a contact with its referrals as a PDF, which is recorded in the audit trail
    Pdf(pdf::Pdf) => pdf::run,
}

/// The contact with the referrals that this actor may see.
fn seen(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<ContactView> {
    let visibility = context.visibility();
    let contact = store::lookup::<contact::Contact>(tx, reference, visibility)?;
    let referrals = store::contact::referrals(tx, contact.id, visibility)?;
    Ok(contact.view(context.actor.is_portal(), referrals))
}

fn of_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<contact::Contact>> {
    let filter = Filter { number: Some(number), ..Filter::default() };
    Ok(store::contact::list(tx, &filter, Visibility::INTERNAL, 1)?.pop())
}
