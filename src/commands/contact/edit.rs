//! `contact edit`: corrects an intake record.

use super::{details, identify};
use crate::commands::prelude::*;
use crate::model::client::must_have_a_family_name;
use crate::model::code::unlike_a_code;
use crate::model::contact;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk contact edit 20417 --phone none --details-file intake.txt
  $ caredesk contact edit 20417 --client winterbourne --dry-run

`--client` says who the anonymous person of a contact is: that client has from then on all contacts and referrals of the person, \
  which cannot be taken back. A name says who a person is that is not a client yet. Contacts stay as they were submitted: a \
  contact shows no name until it is given one itself.")]
pub(super) struct Edit {
    /// Number, name or family name (or the beginning of a number or name)
    #[arg(value_name = "NUMBER")]
    contact: Reference,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The client that the anonymous person of this contact is: code, id or name (or the beginning of one)
    #[arg(long, value_name = "CLIENT")]
    client: Option<Reference>,
    /// The given name, as submitted
    #[arg(long, value_parser = edit::never_none(text::name))]
    given: Option<String>,
    /// The family name, as submitted
    #[arg(long, value_parser = edit::never_none(text::name))]
    family: Option<String>,
    /// The postal code of the home address
    #[arg(long, value_parser = edit::or_none(text::line))]
    postal_code: Option<edit::Edit<String>>,
    /// The phone number
    #[arg(long, value_parser = edit::or_none(text::line))]
    phone: Option<edit::Edit<String>>,
    /// The e-mail address
    #[arg(long, value_parser = edit::or_none(text::email))]
    email: Option<edit::Edit<String>>,
    /// The date of submission
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<Day>,
    /// The number that people quote
    #[arg(long, value_parser = unlike_a_code)]
    number: Option<String>,
    /// The details, in the person's own words
    #[arg(long, value_name = "TEXT", value_parser = edit::or_none(contact::details), allow_hyphen_values = true)]
    details: Option<edit::Edit<String>>,
    /// Read the details from this text file, in UTF-8; `-` is standard input
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath, conflicts_with = "details")]
    details_file: Option<Input>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    let fields = &command.fields;
    let details = || {
        let from_file = details::read(fields.details_file.as_ref())?;
        Ok(from_file.map(edit::Edit::Set).or_else(|| fields.details.clone()))
    };
    context.change_with("contact.edit", Action::ChangeContacts, details, |tx, details| {
        let before = store::lookup::<Contact>(tx, &command.contact, context.visibility())?;
        let edited = edited(context, fields, details.as_ref(), &before)?;
        let client = store::lookup_optional::<Client>(tx, fields.client.as_ref(), context.visibility())?;
        let (after, known) = identify::known(context, tx, (&before, edited), client)?;
        if after != before {
            store::contact::update(tx, &before, &after)?;
        }
        let referrals = store::contact::referrals(tx, before.id, Visibility::INTERNAL)?;
        let change = Change::of(before.view(false, referrals.clone()), after.view(false, referrals));
        Ok(known.joined_to(change.on(&before.number)))
    })
}

fn edited(
    context: &Context, fields: &Fields, details: Option<&edit::Edit<String>>, before: &Contact,
) -> Result<Contact> {
    let was = before.clone();
    let submitted_on = match fields.date {
        None => was.submitted_on,
        Some(day) => contact::submitted_on(day.resolve_past(context.today), context.today)?,
    };
    let after = Contact {
        number: fields.number.clone().unwrap_or(was.number),
        given: fields.given.clone().unwrap_or(was.given),
        family: fields.family.clone().unwrap_or(was.family),
        postal_code: edit::apply(fields.postal_code.as_ref(), was.postal_code),
        phone: edit::apply(fields.phone.as_ref(), was.phone),
        email: edit::apply(fields.email.as_ref(), was.email),
        submitted_on,
        details: edit::apply(details, was.details),
        ..was
    };
    if before.is_anonymous() {
        must_have_a_family_name(&after.given, &after.family)?;
    }
    Ok(after)
}
