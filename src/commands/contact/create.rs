//! `contact create`: an intake record of a known client, or of a new one who is created with it, named or anonymous.

use super::{details, of_number};
use crate::commands::prelude::*;
use crate::model::client::possible_duplicate;
use crate::model::code::unlike_a_code;
use crate::model::contact::{self, ContactView};

/// Clap does not say in a usage line what is required only without another option.
const CREATE_USAGE: &str =
    "caredesk contact create [OPTIONS] <--client <CLIENT>|--given <GIVEN> --family <FAMILY>|--anonymous>";

#[derive(Args)]
#[command(override_usage = CREATE_USAGE, after_help = "\
Examples:
  $ caredesk contact create --client winterbourne \\
      --details \"Asks for help at home.\"
  $ caredesk contact create --given Ada --family Brook --number 2026-0815 \\
      --details-file a.txt
  $ caredesk contact create --anonymous --postal-code M14 \\
      --details \"Rang about food for two.\"

Who does not say who they are becomes a client without a name. `caredesk contact edit NUMBER --client CLIENT` or `caredesk client \
  edit` says later who it was.")]
pub(super) struct Create {
    /// The client: code, id or name (or the beginning of one)
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// The given name of a new client, who is created with the contact
    #[arg(long, value_parser = text::name, conflicts_with = "client", required_unless_present_any = ["client", "anonymous"])]
    given: Option<String>,
    /// The family name of a new client
    #[arg(long, value_parser = text::name, conflicts_with = "client", required_unless_present_any = ["client", "anonymous"])]
    family: Option<String>,
    /// A person who does not say who they are
    #[arg(long, conflicts_with_all = ["client", "given", "family"])]
    anonymous: bool,
    /// The postal code of the home address [default: that of the client]
    #[arg(long, value_parser = text::line)]
    postal_code: Option<String>,
    /// The phone number
    #[arg(long, value_parser = text::line)]
    phone: Option<String>,
    /// The e-mail address
    #[arg(long, value_parser = text::email)]
    email: Option<String>,
    /// The date of submission [default: today]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<Day>,
    /// The number that people quote [default: a new CON-…]
    #[arg(long, value_parser = unlike_a_code)]
    number: Option<String>,
    /// The details, in the person's own words
    #[arg(long, value_name = "TEXT", value_parser = contact::details, allow_hyphen_values = true)]
    details: Option<String>,
    /// Read the details from this text file, in UTF-8; `-` is standard input
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath, conflicts_with = "details")]
    details_file: Option<Input>,
    /// Do nothing if a contact with this number exists
    #[arg(long, requires = "number")]
    if_not_exists: bool,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    let details = || Ok(details::read(command.details_file.as_ref())?.or_else(|| command.details.clone()));
    context.change_with("contact.create", Action::ChangeContacts, details, |tx, details| {
        let known = store::lookup_optional::<Client>(tx, command.client.as_ref(), context.visibility())?;
        let number = command.number.as_deref().filter(|_| command.if_not_exists);
        if let Some(same) = number.map(|number| of_number(tx, number)).transpose()?.flatten() {
            let referrals = store::contact::referrals(tx, same.id, Visibility::INTERNAL)?;
            let why = format!("contact {} for {} exists", same.number, who(&same));
            return Ok(Change::unchanged(same.view(false, referrals)).already(why));
        }
        match known {
            Some(client) => {
                let new = insert(context, tx, command, &client, details.clone())?;
                let sentence = format!("Created contact {} for {}.", new.number, who(&new));
                Ok(Change::created(new.view(false, Vec::new())).saying(sentence))
            }
            None => with_new_client(context, tx, command, details.clone()),
        }
    })
}

fn who(contact: &Contact) -> String {
    format!("{} ({})", contact.full_name(), contact.client)
}

/// Creates the client as `client create` does, or one without a name.
fn with_new_client(
    context: &Context, tx: &mut Tx<'_>, command: &Create, details: Option<String>,
) -> Result<Change<ContactView>> {
    let code = context.code(Prefix::Client, |code| store::client::is_code_taken(tx, code))?;
    let given = command.given.clone().unwrap_or_default();
    let family = command.family.clone().unwrap_or_default();
    let client = Client {
        postal_code: command.postal_code.clone(),
        ..Client::named(context.key(), code, given, family)
    };
    let same = if client.anonymous { None } else { store::client::same(tx, &client)? };
    store::client::insert(tx, std::slice::from_ref(&client))?;
    let new = insert(context, tx, command, &client, details)?;
    let sentence = format!("Created contact {} and client {} ({}).", new.number, new.client, new.full_name());
    Ok(Change::created(new.view(false, Vec::new()))
        .after_creating("client.create", &client)
        .warning(same.as_ref().map(possible_duplicate))
        .saying(sentence))
}

fn insert(
    context: &Context, tx: &mut Tx<'_>, command: &Create, client: &Client, details: Option<String>,
) -> Result<Contact> {
    let day = command.date.map_or(context.today, |day| day.resolve_past(context.today));
    let number = match &command.number {
        Some(number) => number.clone(),
        None => context.code(Prefix::Contact, |code| store::contact::is_number_taken(tx, code))?,
    };
    let new = Contact {
        id: context.key(),
        number,
        client_id: client.id,
        client: client.code.clone(),
        client_name: client.full_name(),
        given: client.given.clone(),
        family: client.family.clone(),
        postal_code: command.postal_code.clone().or_else(|| client.postal_code.clone()),
        phone: command.phone.clone(),
        email: command.email.clone(),
        submitted_on: contact::submitted_on(day, context.today)?,
        details,
        created_at: context.now(),
        created_by: context.actor.account.login.clone(),
    };
    store::contact::insert(tx, &[(new.clone(), context.actor.account.id)])?;
    Ok(new)
}
