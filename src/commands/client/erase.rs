//! `client erase`: the right to be forgotten (rule 5.8).

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use serde_json::Value;

use super::export::{self, Copy};
use crate::commands::prelude::*;
use crate::context::{Audited, everything_planned};
use crate::model::audit::{ERASE, Entry, Erasure, Link};
use crate::model::erasure::{self, ErasedClient};
use crate::store::erasure::TABLES;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk client erase CLI-7K3M9Q --export ada-moss
  $ caredesk client erase CLI-7K3M9Q --dry-run

Names, texts, documents and the content of audit entries are removed; counts, statuses, times and codes stay, and `caredesk \
  audit verify` still holds. The database is then written anew, so that nothing is left in its free pages or in its log. \
  Backups, copies and sent messages are not reached. Of a client whose import was taken back the audit trail goes on telling: \
  give its code to erase that too.")]
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

/// Who is to be erased.
enum Whom {
    Here(Box<Client>),
    /// The code, and when it was erased.
    Erased(String, DateTime<Utc>),
    /// The code, and what the audit trail holds, which is all: the import of the client was taken back.
    Gone(String, Vec<Link>),
}

/// Asks before a copy is written.
fn prepare(context: &Context, command: &Erase) -> Result<Option<Copy>> {
    let sure = "It cannot be taken back.";
    match context.read(|tx| whom(context, tx, &command.client))? {
        Whom::Erased(..) => Ok(None),
        Whom::Gone(code, _) if command.export.is_some() => Err(nothing_to_copy(&code)),
        Whom::Gone(code, _) => {
            let what = format!("what the audit trail holds about {code}, whose import was taken back");
            context.ask_first(&format!("Are you sure you want to erase {what}? {sure}")).map(|()| None)
        }
        Whom::Here(client) => {
            let copy = if command.export.is_some() {
                ""
            } else {
                " There is no copy: `--export FOLDER` makes one first."
            };
            let (code, name) = (&client.code, client.full_name());
            context.ask_first(&format!("Are you sure you want to erase {code} ({name})? {sure}{copy}"))?;
            let Some(dir) = &command.export else { return Ok(None) };
            export::export(context, &code.parse().map_err(Error::internal)?, dir).map(Some)
        }
    }
}

fn nothing_to_copy(code: &str) -> Error {
    let message = format!("the import of client {code} was taken back, so there is nothing to copy");
    Error::refused("client.gone", message)
        .hint(format!("`caredesk audit list --on {code}` shows what the audit trail holds"))
}

/// Refused while something is open.
fn whom(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<Whom> {
    let client = match store::lookup::<Client>(tx, reference, context.visibility()) {
        Err(error) if error.kind() == Kind::NotFound => return gone(tx, reference, error),
        found => found?,
    };
    if let Some(at) = store::erasure::erased_at(tx, client.id)? {
        // Something may have been written about it since.
        let about = store::audit::about(tx, client.id)?;
        if !about.iter().any(Link::may_be_erased) {
            return Ok(Whom::Erased(client.code, at));
        }
    }
    let mut open = everything_planned(context, tx, &client)?;
    for one in store::erasure::open(tx, client.id, context.today)? {
        if open.iter().all(|planned| planned.code != one.code) {
            open.push(one.planned());
        }
    }
    erasure::must_be_closed(&client, &open)?;
    Ok(Whom::Here(Box::new(client)))
}

/// Where the trail alone knows a client; `missing` if it does not either.
fn gone(tx: &mut Tx<'_>, reference: &Reference, missing: Error) -> Result<Whom> {
    let Some(code) = reference.whole_code().filter(|code| Prefix::Client.is_of(code)) else {
        return Err(missing);
    };
    let about = store::audit::about_gone(tx, &code)?;
    if about.iter().any(Link::may_be_erased) {
        return Ok(Whom::Gone(code, about));
    }
    let erasure = about.iter().find(|link| link.entry.action == ERASE);
    erasure.map(|link| Whom::Erased(code, link.entry.at)).ok_or(missing)
}

fn erase(
    context: &Context, tx: &mut Tx<'_>, command: &Erase, copy: Option<&Copy>,
) -> Result<Change<ErasedClient>> {
    match whom(context, tx, &command.client)? {
        Whom::Here(client) => erase_client(context, tx, &client, copy),
        Whom::Gone(code, about) => {
            let trail = empty(tx, &code, &about, &HashMap::new())?;
            Ok(erased(ErasedClient::left(code, context.now()), &trail))
        }
        // The database is written anew all the same, in case that it could not be the first time.
        Whom::Erased(code, at) => {
            let day = at.with_timezone(&context.zone).date_naive();
            let why = format!("client {code} was erased on {day}");
            Ok(Change::unchanged(ErasedClient::left(code, at)).already(why))
        }
    }
}

fn erase_client(
    context: &Context, tx: &mut Tx<'_>, client: &Client, copy: Option<&Copy>,
) -> Result<Change<ErasedClient>> {
    if let Some(copy) = copy {
        copy.must_be_of_now(context, tx, client)?;
    }
    let about = store::audit::about(tx, client.id)?;
    let numbers = renumbered(context, tx, client)?;
    let left = context.key();
    let counts = store::erasure::erase(tx, client, left, || context.key(), context.now())?;
    store::versions::forget_changed(tx, context.newest_entry() + 1)?;
    let trail = empty(tx, &client.code, &about, &numbers)?;
    let left = ErasedClient {
        contacts: counts.contacts,
        referrals: counts.referrals,
        records: counts.records,
        documents: counts.documents,
        copy: copy.map(|copy| copy.exported.folder.clone()),
        ..ErasedClient::left(client.code.clone(), context.now())
    };
    Ok(erased(left, &trail))
}

fn erased(left: ErasedClient, trail: &Erasure) -> Change<ErasedClient> {
    let left = ErasedClient { audit_entries: trail.entries.len(), ..left };
    let (sentence, audited) = (sentence(&left), Audited::read_of(&left.code, trail));
    Change::deleted_as(left, audited).saying(sentence)
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

/// Empties the entries of the audit trail about a client, but for those of erasures, and forgets which files it came from.
fn empty(
    tx: &mut Tx<'_>, client: &str, about: &[Link], numbers: &HashMap<String, String>,
) -> Result<Erasure> {
    let of_contacts = about.iter().filter(|link| link.entry.action.starts_with("contact."));
    let contacts: HashSet<&String> = of_contacts.map(|link| &link.entry.subject).collect();
    let mut left = Vec::with_capacity(about.len());
    for link in about.iter().filter(|link| link.may_be_erased()) {
        let given = contacts.contains(&link.entry.subject) && !Prefix::Contact.is_of(&link.entry.subject);
        let subject = match numbers.get(&link.entry.subject) {
            Some(number) => number,
            // A number that the contact had before.
            None if given => client,
            None => &link.entry.subject,
        };
        for number in numbers_of(link) {
            let new = numbers.get(&number).map_or(client, String::as_str);
            store::operation_key::rename(tx, &number, new)?;
        }
        let emptied = link.erased(subject);
        store::audit::erase(tx, &emptied)?;
        left.push(emptied);
    }
    for import in store::audit::imports(tx, about)? {
        store::erasure::operation(tx, &import)?;
    }
    Ok(Erasure::of(client.to_owned(), &left))
}

/// The numbers that people gave to the contact of the entry.
fn numbers_of(link: &Link) -> Vec<String> {
    let Entry { action, before, after, .. } = &link.entry;
    if !action.starts_with("contact.") {
        return Vec::new();
    }
    let number =
        |view: &String| Some(serde_json::from_str::<Value>(view).ok()?["number"].as_str()?.to_owned());
    let numbers = [before, after].into_iter().flatten().filter_map(number);
    numbers.filter(|number| !Prefix::Contact.is_of(number)).collect()
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
