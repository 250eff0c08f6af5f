//! `contact`: submitted intake records.

mod create;
mod details;
mod edit;
mod pdf;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::client::Client;
use crate::model::contact::{self, ContactLine, ContactView};
use crate::model::reference::Reference;
use crate::model::time::Day;
use crate::output::{Page, contact::card};
use crate::store;
use crate::store::contact::Filter;

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
    List(List),
    /// Show a contact, with its referrals
    Show {
        /// Its number or name, or the beginning of either; a family name
        #[arg(value_name = "NUMBER")]
        contact: Reference,
    },
    /// Change what is given; `none` clears
    Edit(edit::Edit),
    /// Print a contact, with its referrals, as a PDF; the look is recorded
    Pdf(pdf::Pdf),
}

const LIST_EXAMPLES: &str = "\
Examples:
  $ caredesk contact list --since monday
  $ caredesk contact list --client winterbourne -o json";

#[derive(Args)]
#[command(after_help = LIST_EXAMPLES)]
struct List {
    /// Only of this client
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// Only those submitted on this day or later
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<Day>,
    /// Only those submitted on this day or earlier
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    until: Option<Day>,
    #[command(flatten)]
    page: Page,
}

pub(crate) fn run(context: &Context, command: Contact) -> Result<()> {
    match command.verb {
        Verb::Create(create) => create::run(context, &create),
        Verb::List(list) => self::list(context, &list),
        Verb::Show { contact } => show(context, &contact),
        Verb::Edit(edit) => edit::run(context, &edit),
        Verb::Pdf(pdf) => pdf::run(context, &pdf),
    }
}

fn list(context: &Context, command: &List) -> Result<()> {
    let visibility = context.visibility();
    let is_portal = context.actor.is_portal();
    let since = command.since.map(|day| day.resolve_past(context.today));
    let until = command.until.map(|day| day.resolve(context.today));
    let mut list = context.out.list::<ContactLine>()?;
    context.read(|tx| {
        let client = store::lookup_optional::<Client>(tx, command.client.as_ref(), visibility)?
            .map(|client| client.id);
        let start = store::lookup_optional::<contact::Contact>(tx, command.page.after.as_ref(), visibility)?;
        let page = |after: Option<&contact::Contact>, limit| {
            let after = after.map(|contact| contact.id);
            let filter = Filter { client, since, until, after, ..Filter::default() };
            store::contact::list(tx, &filter, visibility, limit)
        };
        context.out.pages(command.page.limit, start, &mut list, page, |contact| contact.line(is_portal))
    })?;
    list.end("no contacts")
}

/// A portal account sees a contact only if the access is recorded.
fn show(context: &Context, reference: &Reference) -> Result<()> {
    context.out.can_show::<ContactView>()?;
    let view = if context.actor.is_portal() {
        context.look(|tx| {
            let view = seen(context, tx, reference)?;
            context.audit_look(tx, "contact.look", &view.submitted.number)?;
            Ok(view)
        })?
    } else {
        context.read(|tx| seen(context, tx, reference))?
    };
    context.out.show(&view, || Some(card(&view, &context.out)))
}

/// The contact with the referrals that this actor may see.
fn seen(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<ContactView> {
    let visibility = context.visibility();
    let contact = store::lookup::<contact::Contact>(tx, reference, visibility)?;
    let referrals = store::contact::referrals(tx, contact.id, visibility)?;
    Ok(contact.view(context.actor.is_portal(), referrals))
}
