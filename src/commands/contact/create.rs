//! `contact create`: an intake record of a known client, or of a new one who is created with it.

use clap::Args;

use super::details::DetailsFile;
use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::Action;
use crate::model::client::{Client, looks_doubled};
use crate::model::code::{Prefix, unlike_a_code};
use crate::model::contact::{self, Contact, ContactView};
use crate::model::reference::Reference;
use crate::model::text;
use crate::model::time::Day;
use crate::model::visibility::Visibility;
use crate::output::{ChangeReport, Outcome};
use crate::store;
use crate::store::contact::Filter;

const CREATE_EXAMPLES: &str = "\
Examples:
  $ caredesk contact create --client winterbourne --details \"Asks for help at home.\"
  $ caredesk contact create --given Ada --family Brook --number 2026-0815 --details-file a.txt";

#[derive(Args)]
#[command(after_help = CREATE_EXAMPLES)]
pub(super) struct Create {
    /// Whose: a code, an id or a name, or the beginning of one
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// The given name of a new client, who is made with it
    #[arg(long, value_parser = text::name, conflicts_with = "client", required_unless_present = "client")]
    given: Option<String>,
    /// The family name of a new client
    #[arg(long, value_parser = text::name, conflicts_with = "client", required_unless_present = "client")]
    family: Option<String>,
    /// Where the person lives [default: what the client has]
    #[arg(long, value_parser = text::name)]
    postal_code: Option<String>,
    /// Where to call
    #[arg(long, value_parser = text::name)]
    phone: Option<String>,
    /// Where to write to
    #[arg(long, value_parser = text::email)]
    email: Option<String>,
    /// The submit date [default: today]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<Day>,
    /// What people quote [default: a new CON-…]
    #[arg(long, value_parser = unlike_a_code)]
    number: Option<String>,
    /// What the person said, in their own words
    #[arg(long, value_name = "TEXT", value_parser = contact::details, allow_hyphen_values = true)]
    details: Option<String>,
    #[command(flatten)]
    from_file: DetailsFile,
    /// Leave a contact with this number as it is
    #[arg(long, requires = "number")]
    if_not_exists: bool,
}

/// The client of the contact.
struct Subject {
    client: Client,
    is_new: bool,
    /// An existing client whom the new one may duplicate.
    double: Option<Client>,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    let change_report = context.out.change_report()?;
    if command.client.is_none() {
        context.actor.may(Action::ChangeContacts)?;
    }
    let details = command.from_file.read()?.or_else(|| command.details.clone());
    let (made, subject) = context.write(|tx| {
        let known = match &command.client {
            None => None,
            Some(reference) => Some(store::lookup::<Client>(tx, reference, context.visibility())?),
        };
        context.actor.may(Action::ChangeContacts)?;
        if let Some(same) = of_this_number(tx, command)? {
            return Ok((same, None));
        }
        let subject = subject(context, tx, command, known)?;
        let made = new(context, tx, command, &subject.client, details.clone())?;
        store::contact::insert(tx, &made, context.actor.account.id)?;
        let view = made.view(false, Vec::new());
        context.audit(tx, "contact.create", &made.number, None::<&()>, Some(&view))?;
        Ok((made, Some(subject)))
    })?;
    say(context, &change_report, &made, subject.as_ref())
}

fn of_this_number(tx: &mut Tx<'_>, command: &Create) -> Result<Option<Contact>> {
    if !command.if_not_exists {
        return Ok(None);
    }
    let filter = Filter { number: command.number.as_deref(), ..Filter::default() };
    Ok(store::contact::list(tx, &filter, Visibility::INTERNAL, 1)?.pop())
}

/// Resolves the client, or creates one as `client create` does.
fn subject(context: &Context, tx: &mut Tx<'_>, command: &Create, known: Option<Client>) -> Result<Subject> {
    if let Some(client) = known {
        return Ok(Subject { client, is_new: false, double: None });
    }
    let code = context.code(Prefix::Client, |code| store::client::is_code_taken(tx, code))?;
    let given = command.given.clone().unwrap_or_default();
    let family = command.family.clone().unwrap_or_default();
    let client = Client {
        postal_code: command.postal_code.clone(),
        ..Client::named(context.key(), code, given, family)
    };
    let double = store::client::same(tx, &client)?;
    store::client::insert(tx, std::slice::from_ref(&client))?;
    context.audit(tx, "client.create", &client.code, None::<&()>, Some(&client.view()))?;
    Ok(Subject { client, is_new: true, double })
}

fn new(
    context: &Context,
    tx: &mut Tx<'_>,
    command: &Create,
    client: &Client,
    details: Option<String>,
) -> Result<Contact> {
    let day = command.date.map_or(context.today, |day| day.resolve_past(context.today));
    let number = match &command.number {
        Some(number) => number.clone(),
        None => context.code(Prefix::Contact, |code| store::contact::is_number_taken(tx, code))?,
    };
    Ok(Contact {
        id: context.key(),
        number,
        client_id: client.id,
        client: client.code.clone(),
        given: client.given.clone(),
        family: client.family.clone(),
        postal_code: command.postal_code.clone().or_else(|| client.postal_code.clone()),
        phone: command.phone.clone(),
        email: command.email.clone(),
        submitted_on: contact::submitted_on(day, context.today)?,
        details,
        created_at: context.now,
        created_by: context.actor.account.login.clone(),
    })
}

fn say(
    context: &Context,
    change_report: &ChangeReport<'_, ContactView>,
    made: &Contact,
    subject: Option<&Subject>,
) -> Result<()> {
    if let Some(double) = subject.and_then(|subject| subject.double.as_ref()) {
        context.out.warn(&looks_doubled(double));
    }
    let (number, who) = (&made.number, format!("{} ({})", made.full_name(), made.client));
    let (outcome, sentence) = match subject {
        None => (Outcome::Unchanged, format!("There is a contact {number} for {who}.")),
        Some(Subject { is_new: true, .. }) => {
            (Outcome::Created, format!("Created the contact {number} and the client {who}."))
        }
        Some(_) => (Outcome::Created, format!("Created the contact {number} for {who}.")),
    };
    let referrals = match subject {
        None => context.read(|tx| store::contact::referrals(tx, made.id, Visibility::INTERNAL))?,
        Some(_) => Vec::new(),
    };
    change_report.say(outcome, &sentence, &made.view(false, referrals))
}
