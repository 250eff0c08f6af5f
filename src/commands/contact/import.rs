//! `contact import`: intake records from tables. A contact is known by its number.

use std::collections::HashMap;

use crate::commands::prelude::*;
use crate::context::{Creators, EachRow, ImportArgs, Known, Seen};
use crate::interchange::contacts::{self, ContactRow};
use crate::interchange::table::{Reading, Rows};
use crate::model::contact::{self, ContactView};
use crate::model::directory::Reject;
use crate::model::import_kind::ImportKind;
use crate::model::sharing::Effect;
use crate::store::client::ClientOfRow;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk contact import intake.csv --map number=\"Case no.\" --keep-going \\
      --rejects bad.csv

Columns: number, client, given, family, postal_code, phone, email, submitted_on, details, created_at, created_by, anonymous. A client is given by its code or its id in \
  another system, and is imported first (`caredesk client import`); names and postal code are those of the client where the table \
  has no column for them. A row that says yes to `anonymous` has no name, and needs no client: a new one has the client without a \
  name that comes of it. A known number is of the same client, or the row is rejected. What `contact list` writes is read as it is.")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.import_each(ImportKind::Contacts, &command.args, |_| {
        let (clients, creators, known, new, seen) = Default::default();
        Ok(Importer { context, clients, creators, known, new, seen })
    })
}

struct Importer<'a> {
    context: &'a Context,
    clients: Known<ClientOfRow>,
    creators: Creators,
    /// Those of the present chunk, by folded number.
    known: HashMap<String, Contact>,
    new: Vec<(Contact, AccountId)>,
    seen: Seen,
}

impl EachRow for Importer<'_> {
    type Row = ContactRow;
    type View = ContactView;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<ContactRow>> {
        contacts::open(input, how, self.context.today, self.context.zone)
    }

    fn prepare(&mut self, tx: &mut Tx<'_>, rows: &[(ContactRow, Reject)]) -> Result<()> {
        self.known = store::contact::of_numbers(tx, rows.iter().map(|(row, _)| &row.number))?;
        self.clients.prepare(tx, rows.iter().filter_map(|(row, _)| row.client.as_ref()))
    }

    fn change(&mut self, tx: &mut Tx<'_>, row: ContactRow) -> Result<Change<ContactView>> {
        let key = text::fold(&row.number);
        self.seen.once(&key, || format!("the number `{}`", row.number))?;
        let client = row.client.as_ref();
        let client = client.map(|text| self.clients.find(tx, text, Visibility::INTERNAL)).transpose()?;
        match self.known.remove(&key) {
            Some(before) => self.edited(tx, row, client, before),
            None => self.created(tx, row, client),
        }
    }

    fn finish(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        store::contact::insert(tx, &std::mem::take(&mut self.new))
    }

    fn end(&mut self, _: &mut Tx<'_>) -> Result<(Effect, Vec<String>)> {
        Ok((Effect::default(), self.creators.sentence().into_iter().collect()))
    }
}

impl Importer<'_> {
    fn created(
        &mut self, tx: &mut Tx<'_>, row: ContactRow, client: Option<Client>,
    ) -> Result<Change<ContactView>> {
        let context = self.context;
        let (client, with) = match client {
            Some(client) => (must_be_named_alike(&row, client)?, None),
            None if row.anonymous => self.new_client(tx, &row).map(|new| (new.clone(), Some(new)))?,
            None => return Err(Error::invalid("import.no_value", "is new and has no client")),
        };
        let submitted_on = contact::submitted_on(row.submitted_on.unwrap_or(context.today), context.today)?;
        let begin = time::start_of(submitted_on, context.zone);
        let begin = begin.map_err(|why| Error::invalid("contact.date", why))?;
        let created_at = row.created_at.unwrap_or(context.now());
        if created_at > context.now() {
            return Err(Error::invalid("contact.future", "created_at lies in the future"));
        }
        let by = self.creators.find(context, tx, row.created_by.as_ref())?.account;
        let new = Contact {
            // Contacts are listed by their keys, the newest first.
            id: context.key_at(row.created_at.unwrap_or(begin)),
            number: row.number,
            client_id: client.id,
            client_name: client.full_name(),
            client: client.code,
            given: if row.anonymous { String::new() } else { row.given.unwrap_or(client.given) },
            family: if row.anonymous { String::new() } else { row.family.unwrap_or(client.family) },
            postal_code: edit::apply(row.postal_code.as_ref(), client.postal_code),
            phone: edit::apply(row.phone.as_ref(), None),
            email: edit::apply(row.email.as_ref(), None),
            submitted_on,
            details: edit::apply(row.details.as_ref(), None),
            created_at,
            created_by: by.login,
        };
        let change = Change::created(new.view(false, Vec::new()));
        self.new.push((new, by.id));
        Ok(match with {
            Some(client) => change.after_creating("client.create", &client),
            None => change,
        })
    }

    /// Who is behind a contact that has neither a name nor a client.
    fn new_client(&self, tx: &mut Tx<'_>, row: &ContactRow) -> Result<Client> {
        let context = self.context;
        let code = context.code(Prefix::Client, |code| store::client::is_code_taken(tx, code))?;
        let client = Client {
            postal_code: edit::apply(row.postal_code.as_ref(), None),
            ..Client::named(context.key(), code, String::new(), String::new())
        };
        store::client::insert(tx, std::slice::from_ref(&client))?;
        Ok(client)
    }

    fn edited(
        &self, tx: &mut Tx<'_>, row: ContactRow, client: Option<Client>, before: Contact,
    ) -> Result<Change<ContactView>> {
        if let Some(client) = client.filter(|client| client.id != before.client_id) {
            return Err(another(&before, &client));
        }
        if row.anonymous && !before.is_anonymous() {
            let (number, name) = (&before.number, before.full_name());
            let message = format!("the number `{number}` is of {name}, and here it is anonymous");
            return Err(Error::refused("contact.another", message));
        }
        if before.is_anonymous() {
            must_be_named_alike(&row, client_of(tx, &before)?)?;
        }
        let was = before.clone();
        let day = row.submitted_on.unwrap_or(was.submitted_on);
        let after = Contact {
            given: row.given.unwrap_or(was.given),
            family: row.family.unwrap_or(was.family),
            postal_code: edit::apply(row.postal_code.as_ref(), was.postal_code),
            phone: edit::apply(row.phone.as_ref(), was.phone),
            email: edit::apply(row.email.as_ref(), was.email),
            submitted_on: contact::submitted_on(day, self.context.today)?,
            details: edit::apply(row.details.as_ref(), was.details),
            ..was
        };
        if after == before {
            return Ok(Change::unchanged(after.view(false, Vec::new())));
        }
        store::contact::update(tx, &before, &after)?;
        let referrals = store::contact::referrals(tx, before.id, Visibility::INTERNAL)?;
        let change = Change::of(before.view(false, referrals.clone()), after.view(false, referrals));
        Ok(change.on(&before.number))
    }
}

fn client_of(tx: &mut Tx<'_>, contact: &Contact) -> Result<Client> {
    let client = store::by_id::<Client>(tx, contact.client_id, Visibility::INTERNAL)?;
    client.ok_or_else(|| Error::internal("a contact of a client that does not exist"))
}

/// Refused: a name for a contact of who is anonymous, since a file does not say who that is (rule 2.14).
fn must_be_named_alike(row: &ContactRow, client: Client) -> Result<Client> {
    if !client.anonymous || row.given.is_none() && row.family.is_none() {
        return Ok(client);
    }
    let (number, code) = (&row.number, &client.code);
    let message = format!("{code} is anonymous, and here the contact has a name");
    Err(Error::refused("client.anonymous", message)
        .hint(format!("`caredesk contact edit {number}` with the name says who it is, or with `--client`")))
}

/// Rule 5.1.
fn another(known: &Contact, client: &Client) -> Error {
    let Contact { number, client: code, client_name, .. } = known;
    let (here, name) = (&client.code, client.full_name());
    let message =
        format!("the number `{number}` is of {client_name} ({code}), and here it is of {name} ({here})");
    Error::refused("contact.another", message)
}
