//! `client erase`: the right to be forgotten (rule 5.8).

use std::collections::HashMap;
use std::path::PathBuf;

use super::export::{self, Copy};
use super::planned::everything_planned;
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::audit::{ERASE, Erasure, Link};
use crate::model::erasure::{self, ErasedClient};
use crate::store::erasure::TABLES;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client erase CLI-7K3M9Q --export ada-moss
  $ caredesk client erase CLI-7K3M9Q --dry-run

Names, texts, documents and the content of audit entries are removed; counts, statuses, times and codes stay, and `caredesk \
  audit verify` still holds. The database is then written anew, so that nothing is left in its free pages or in its log. \
  Backups, copies and sent messages are not reached.")]
pub(super) struct Erase {
    /// Code, id, name or family name (or the beginning of a code or name)
    client: Reference,
    /// First write a copy of all that is held into this new folder
    #[arg(long, value_name = "FOLDER", value_hint = clap::ValueHint::DirPath)]
    export: Option<PathBuf>,
}

/// A failure to write the database anew is reported beside what was erased; a second run tries again.
pub(super) fn run(context: &Context, command: &Erase) -> Result<()> {
    context.change_in_steps(Action::EraseClients, || {
        context.with_database(|db| db.begin_overwriting(TABLES))?;
        let copy = prepare(context, command)?;
        let change = context.step(ERASE, |tx| erase(context, tx, command, copy.as_ref()))?;
        if context.dry_run {
            return Ok((change, Ok(())));
        }
        let ending = context.with_database(|db| db.rewrite(TABLES));
        context.out.note(&out_of_reach(context));
        Ok((change, ending))
    })
}

/// Asks before a copy is written.
fn prepare(context: &Context, command: &Erase) -> Result<Option<Copy>> {
    let client = context.read(|tx| erasable(context, tx, &command.client))?;
    let Some(client) = client else { return Ok(None) };
    let copy =
        if command.export.is_some() { "" } else { " There is no copy: `--export FOLDER` makes one first." };
    context.ask_first(&format!(
        "Are you sure you want to erase {} ({})? It cannot be taken back.{copy}",
        client.code,
        client.full_name()
    ))?;
    let Some(dir) = &command.export else { return Ok(None) };
    export::export(context, &client.code.parse().map_err(Error::internal)?, dir).map(Some)
}

/// None if it was erased already. Refused while something is open.
fn erasable(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<Option<Client>> {
    let client = store::lookup::<Client>(tx, reference, context.visibility())?;
    if store::erasure::erased_at(tx, client.id)?.is_some() {
        return Ok(None);
    }
    let mut open = everything_planned(context, tx, &client)?;
    for one in store::erasure::open(tx, client.id, context.today)? {
        if open.iter().all(|planned| planned.code != one.code) {
            open.push(one.planned());
        }
    }
    erasure::must_be_closed(&client, &open)?;
    Ok(Some(client))
}

fn erase(
    context: &Context, tx: &mut Tx<'_>, command: &Erase, copy: Option<&Copy>,
) -> Result<Change<ErasedClient>> {
    let Some(client) = erasable(context, tx, &command.client)? else {
        return unchanged(context, tx, command);
    };
    if let Some(copy) = copy {
        copy.must_be_of_now(context, tx, &client)?;
    }
    let about = store::audit::about(tx, client.id)?;
    let numbers = renumbered(context, tx, &client)?;
    let left = context.key();
    let counts = store::erasure::erase(tx, &client, left, || context.key(), context.now)?;
    let trail = empty(tx, &client, &about, &numbers)?;
    let erased = ErasedClient {
        code: client.code.clone(),
        erased_at: context.now,
        contacts: counts.contacts,
        referrals: counts.referrals,
        records: counts.records,
        documents: counts.documents,
        audit_entries: trail.entries.len(),
        copy: copy.map(|copy| copy.exported.folder.clone()),
    };
    let sentence = sentence(&erased);
    Ok(Change::deleted_as(erased, Audited::read_of(&client.code, &trail)).saying(sentence))
}

/// The database is written anew all the same, in case that it could not be the first time.
fn unchanged(context: &Context, tx: &mut Tx<'_>, command: &Erase) -> Result<Change<ErasedClient>> {
    let client = store::lookup::<Client>(tx, &command.client, context.visibility())?;
    let erased_at = store::erasure::erased_at(tx, client.id)?.unwrap_or(context.now);
    let day = erased_at.with_timezone(&context.zone).date_naive();
    let why = format!("client {} was erased on {day}", client.code);
    let left = ErasedClient::left(client.code, erased_at);
    Ok(Change::unchanged(left).already(why))
}

/// Numbers that people gave may hold anything; the contacts get others. Returns the new ones by the old.
fn renumbered(context: &Context, tx: &mut Tx<'_>, client: &Client) -> Result<HashMap<String, String>> {
    let mut new = HashMap::new();
    for (contact, number) in store::erasure::numbers(tx, client.id)? {
        if Prefix::Contact.is_of(&number) {
            continue;
        }
        let code = context.code(Prefix::Contact, |code| store::contact::is_number_taken(tx, code))?;
        store::erasure::renumber(tx, contact, &code)?;
        new.insert(number, code);
    }
    Ok(new)
}

/// Empties the entries of the audit trail about a client, but for those of erasures.
fn empty(
    tx: &mut Tx<'_>, client: &Client, about: &[Link], numbers: &HashMap<String, String>,
) -> Result<Erasure> {
    let mut left = Vec::with_capacity(about.len());
    for link in about.iter().filter(|link| link.may_be_erased()) {
        let given = link.entry.action.starts_with("contact.") && !Prefix::Contact.is_of(&link.entry.subject);
        let subject = match numbers.get(&link.entry.subject) {
            Some(number) => number,
            // A number that the contact had before.
            None if given => &client.code,
            None => &link.entry.subject,
        };
        let emptied = link.erased(subject);
        store::audit::erase(tx, &emptied)?;
        left.push(emptied);
    }
    Ok(Erasure::of(client.code.clone(), &left))
}

fn sentence(erased: &ErasedClient) -> String {
    let copy = erased.copy.as_ref().map(|dir| format!(" A copy is in {dir}.")).unwrap_or_default();
    format!(
        "Erased client {}: {}, {}, {}, {}, and what {} of the audit trail held.{copy}",
        erased.code,
        counted(erased.contacts, "contact", "contacts"),
        counted(erased.referrals, "referral", "referrals"),
        counted(erased.records, "record", "records"),
        counted(erased.documents, "document", "documents"),
        counted(erased.audit_entries, "entry", "entries"),
    )
}

fn out_of_reach(context: &Context) -> String {
    let copies = context.copies_beside();
    let what = "backups, files that were written and messages that were sent are out of reach";
    if context.is_on_server() {
        return format!(
            "{what}, and so is the server's write-ahead log until it and its archives are recycled"
        );
    }
    if copies.is_empty() {
        what.to_owned()
    } else {
        format!("{what}; beside the database: {}", copies.join(", "))
    }
}
