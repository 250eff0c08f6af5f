//! Takes a change back, if nothing has changed since in what it touched (rule 7.42).

use serde::Serialize;
use serde_json::Value;

use crate::context::{Audited, Change, Context, Tx};
use crate::error::{Error, Kind, Result};
use crate::id::Id;
use crate::model::access::{Action, Level};
use crate::model::account::Account;
use crate::model::audit::{Entry, Link};
use crate::model::client::Client;
use crate::model::history::HistoryLine;
use crate::model::id::ClientId;
use crate::model::operation::{Done, Operation, OperationView, undo_action};
use crate::model::reference::Reference;
use crate::model::visibility::Visibility;
use crate::model::{referral, text::counted};
use crate::store;
use crate::store::operation::DoneFilter;

use super::back::Back;
use super::entries::entry_back;
use super::{links, operation_with, operations};

/// As many changes are named for people.
const NAMED: usize = 20;

/// Operations that are looked through at once.
const AT_ONCE: i64 = 50;

/// What the trail keeps of taking one back.
#[derive(Serialize)]
struct Undone<'a> {
    operation: i64,
    action: &'a str,
    /// How many alerts it withdrew that had not been sent.
    unsent_alerts: usize,
}

/// What an undo is about.
pub(crate) enum Meant {
    /// Its code: an import is taken back in a way of its own.
    Import(Reference),
    /// By its number; none where that is known from an earlier run alone.
    Operation(Option<Reference>),
}

impl Context {
    /// Whose operations the actor sees; none if those of all.
    pub(crate) fn sees_operations_of(&self) -> Result<Option<&str>> {
        if self.actor.is_portal() {
            return Err(Error::new(Kind::Denied, "operation.portal", "operations are the hub's")
                .hint("`caredesk referral show` and `caredesk package history` show what has changed"));
        }
        let is_all = self.has_right(Action::ReadAudit);
        Ok((!is_all).then_some(self.actor.account.login.as_str()))
    }

    /// Denied for those of others.
    pub(crate) fn must_see_operations_of(&self, login: &str) -> Result<()> {
        let is_own = self.actor.account.login == login;
        if is_own { Ok(()) } else { self.require(Action::ReadAudit) }
    }

    /// By the number of an entry of it, or by the code of an import; else the newest of the actor that stands and takes back nothing.
    pub(crate) fn operation_named(&self, tx: &mut Tx<'_>, named: Option<&Reference>) -> Result<Done> {
        let by = self.sees_operations_of()?;
        let Some(reference) = named else { return self.newest_operation(tx) };
        let entry = match reference.as_str().parse::<i64>() {
            Ok(number) => Some(number),
            Err(_) => match store::lookup::<Operation>(tx, reference, self.visibility()) {
                Ok(import) => Some(import.first_entry),
                Err(error) if error.kind() == Kind::NotFound => None,
                Err(error) => return Err(error),
            },
        };
        let found = entry.map(|entry| operation_with(tx, entry)).transpose()?.flatten();
        found.filter(|done| by.is_none_or(|by| by == done.by)).ok_or_else(|| {
            Error::not_found("operation.not_found", format!("there is no operation `{reference}`"))
                .hint("`caredesk operation list` shows them with their numbers")
        })
    }

    fn newest_operation(&self, tx: &mut Tx<'_>) -> Result<Done> {
        let login = self.actor.account.login.as_str();
        let mut before = None;
        loop {
            let filter = DoneFilter { by: Some(login), before, ..DoneFilter::default() };
            let page = operations(tx, &filter, AT_ONCE)?;
            let Some(last) = page.last() else { break };
            before = Some(last.first);
            if let Some(done) = page.into_iter().find(Done::stands) {
                return Ok(done);
            }
        }
        Err(Error::refused("operation.nothing", format!("`{login}` has changed nothing that stands"))
            .hint("`caredesk operation list` shows what others did; `caredesk undo NUMBER` takes one back"))
    }

    /// What is to be taken back. From now on it is that, whatever others do before it is.
    pub(crate) fn meant_to_undo(&self, named: Option<&Reference>) -> Result<Meant> {
        let reference = |text: &str| text.parse().map_err(|why: String| Error::internal(why));
        match self.read(|tx| self.operation_named(tx, named)) {
            Ok(Done { import: Some(import), .. }) => Ok(Meant::Import(reference(&import.code)?)),
            Ok(done) => Ok(Meant::Operation(Some(reference(&done.first.to_string())?))),
            // An earlier run with the same operation key may have done it.
            Err(_) if self.operation_key.is_some() => Ok(Meant::Operation(named.cloned())),
            Err(error) => Err(error),
        }
    }

    /// Takes it back.
    pub(crate) fn undo(&self, tx: &mut Tx<'_>, done: &Done) -> Result<Change<OperationView>> {
        self.may_undo(tx, done)?;
        if let Some(import) = &done.import {
            let hint = format!("`caredesk import undo {}` does that", import.code);
            return Err(stands(done, "an import is taken back in a way of its own").hint(hint));
        }
        let back = Back::of(tx, done)?;
        can_undo(&back)?;
        let mut entries = Vec::new();
        for link in &back.links {
            entries.extend(entry_back(tx, link, done.last)?);
        }
        let said = said(&entries);
        let undone =
            Undone { operation: done.first, action: &done.action, unsent_alerts: back.unsent_alerts() };
        let own = Audited::read_of(&done.first.to_string(), &undone);
        back.take(tx).map_err(|error| in_words(done, error))?;
        self.rules_hold(tx, &back)?;
        let number = self.newest_entry() + 1;
        let after = Done { undone: Some((number, self.now())), ..done.clone() };
        let alerts = back.unsent_alerts();
        let withdrawn = (alerts > 0).then(|| {
            let alerts = counted(i64::try_from(alerts).unwrap_or(i64::MAX), "alert", "alerts");
            format!("{alerts} of it that had not been sent will not be")
        });
        Ok(Change::updated(done.view(), after.view())
            .audited_as(own)
            .preceded_by(entries.into_iter().rev().map(audited))
            .asking(Some(format!("Undo {}: {said}?", done.words())))
            .saying(format!("Undid {}: {said}.", done.words()))
            .noting(withdrawn))
    }

    /// Denied without the right to do what it did; what others did is for admins.
    fn may_undo(&self, tx: &mut Tx<'_>, done: &Done) -> Result<()> {
        if let Err(why) = done.rights() {
            return Err(stands(done, &why));
        }
        let mut one = done.clone();
        loop {
            one.needed().into_iter().try_for_each(|right| self.require(right))?;
            let Some(undone) = one.undoes else { break };
            let Some(next) = operation_with(tx, undone)? else { break };
            one = next;
        }
        if done.by == self.actor.account.login || self.actor.account.level == Level::Admin {
            return Ok(());
        }
        let message = format!("{} was done by `{}`", done.words(), done.by);
        Err(Error::new(Kind::Denied, "operation.of_another", message)
            .hint("an admin can take back what others did"))
    }

    /// What no change may leave behind.
    fn rules_hold(&self, tx: &mut Tx<'_>, back: &Back) -> Result<()> {
        let accounts = back.ids("account");
        for id in &accounts {
            let account = store::by_id::<Account>(tx, Id::of(*id.uuid()), Visibility::INTERNAL)?;
            if let Some(account) = account.filter(|account| !account.active) {
                account.must_not_be_own(self.actor.account.id)?;
            }
        }
        if !accounts.is_empty() && store::account::active_admins(tx, None)? == 0 {
            return Err(Error::refused("account.last_admin", "no active admin would be left")
                .hint("make another first: `caredesk account edit LOGIN --level admin`"));
        }
        for id in back.changed("referral", "status_id") {
            let after = store::referral::by_id(tx, Id::of(*id.uuid()))?;
            if after.closed {
                let pending = store::referral::pending_packages(tx, after.id)?;
                referral::may_close(&after, &pending, false)?;
            } else {
                must_live(tx, after.client_id)?;
            }
        }
        for id in back.changed("referral", "resource_id") {
            let after = store::referral::by_id(tx, Id::of(*id.uuid()))?;
            if after.assigned.is_some() {
                after.must_be_open()?;
                must_live(tx, after.client_id)?;
            }
        }
        for visit in back.planned() {
            let after = store::referral::by_id(tx, Id::of(*visit.uuid()))?;
            after.must_be_open()?;
            must_live(tx, after.client_id)?;
        }
        Ok(())
    }
}

fn must_live(tx: &mut Tx<'_>, client: ClientId) -> Result<()> {
    let client = store::by_id::<Client>(tx, client, Visibility::INTERNAL)?;
    client.map_or(Ok(()), |client| client.must_be_alive())
}

/// What an operation did, as it is explained.
pub(crate) struct Explained {
    pub(crate) changes: Vec<HistoryLine>,
    /// Why it cannot be taken back.
    pub(crate) why_not: Option<String>,
    /// The later operations that are in the way.
    pub(crate) in_the_way: Vec<Done>,
}

/// What an operation changed, and what is in the way of taking it back.
pub(crate) fn explain_operation(tx: &mut Tx<'_>, done: &Done) -> Result<Explained> {
    let only = |tx: &mut Tx<'_>, why_not: Option<String>| {
        let links = links(tx, done, MANY)?;
        Ok(Explained { changes: changes(&links), why_not, in_the_way: Vec::new() })
    };
    match done.rights() {
        Err(why) => return only(tx, Some(why)),
        Ok(_) if done.import.is_some() => return only(tx, None),
        Ok(_) => {}
    }
    match Back::of(tx, done) {
        Ok(back) => Ok(Explained {
            changes: changes(&back.links),
            why_not: can_undo(&back).err().map(|error| reason(&error)),
            in_the_way: back.in_the_way,
        }),
        Err(error) if error.kind() == Kind::Refused => only(tx, Some(reason(&error))),
        Err(error) => Err(error),
    }
}

/// Entries of an import that are shown.
const MANY: i64 = 1_000;

/// What entries have changed.
fn changes(links: &[Link]) -> Vec<HistoryLine> {
    let own = links.iter().filter(|link| link.entry.action != "operation.undo");
    own.flat_map(HistoryLine::of).collect()
}

fn audited(back: Link) -> Audited {
    let Entry { action, subject, before, after, .. } = back.entry;
    Audited::back_as(undo_action(&action), subject, before, after)
}

/// For people: `REF-7K3M9Q resource RES-2A → none`, and of a whole that it is removed, or there again.
fn said(entries: &[Link]) -> String {
    let mut said: Vec<String> = entries.iter().flat_map(words_of).collect();
    let more = said.len().saturating_sub(NAMED);
    if more > 0 {
        said.truncate(NAMED);
        said.push(format!("and {more} more"));
    }
    said.join(", ")
}

fn words_of(link: &Link) -> Vec<String> {
    let whole = match (&link.entry.before, &link.entry.after) {
        (Some(_), None) => Some("removed"),
        (None, Some(_)) => Some("there again"),
        _ => None,
    };
    let of = |line: HistoryLine| {
        let what = line.change().or_else(|| whole.map(str::to_owned));
        [line.on].into_iter().chain(what).collect::<Vec<_>>().join(" ")
    };
    HistoryLine::of(link).into_iter().map(of).collect()
}

/// Refused if it is not as it was left.
fn can_undo(back: &Back) -> Result<()> {
    let done = &back.done;
    if let Some(alert) = back.sent_alert() {
        let why = format!("alert {alert} about it was sent");
        return Err(Error::refused("operation.alerted", format!("{} cannot be undone: {why}", done.words()))
            .hint("change it by hand, so that who was alerted is alerted again")
            .detail("alert", alert));
    }
    if withdrew_alerts(&back.links) {
        let why = "alerts that it withdrew are not queued again";
        return Err(Error::refused("operation.alerted", format!("{} cannot be undone: {why}", done.words()))
            .hint("make the change by hand, so that who it is about is alerted"));
    }
    if let Some(first) = back.in_the_way.first() {
        return Err(changed_since(done, first, &back.in_the_way));
    }
    if back.is_nothing() {
        return Err(stands(done, "what it changed is kept no more"));
    }
    Ok(())
}

/// Why it cannot be undone, without what cannot be.
fn reason(error: &Error) -> String {
    let message = error.message();
    message.split_once("cannot be undone: ").map_or(message, |(_, why)| why).to_owned()
}

fn withdrew_alerts(links: &[Link]) -> bool {
    let own = links.iter().filter(|link| link.entry.action == "operation.undo");
    let mut alerts = own.filter_map(|link| {
        let undone: Value = serde_json::from_str(link.entry.after.as_deref()?).ok()?;
        undone.get("unsent_alerts")?.as_u64()
    });
    alerts.any(|alerts| alerts > 0)
}

fn stands(done: &Done, why: &str) -> Error {
    let code = if done.undone.is_some() { "operation.undone" } else { "operation.stands" };
    let error = Error::refused(code, format!("{} cannot be undone: {why}", done.words()));
    match done.undone {
        Some((number, _)) => error.hint(format!("`caredesk undo {number}` does it again")),
        None => error.hint(format!("`caredesk operation show {}` shows what it changed", done.first)),
    }
}

fn changed_since(done: &Done, first: &Done, all: &[Done]) -> Error {
    let more = match all.len() {
        1 => String::new(),
        count => format!(", and {} before it", count - 1),
    };
    let words = format!("{} cannot be undone: {} came after it{more}", done.words(), first.words());
    let numbers: Vec<i64> = all.iter().map(|done| done.first).collect();
    let shown = format!("`caredesk operation show {}` shows what that changed", first.first);
    let next = match first.rights() {
        Ok(_) => format!("undo it first: `caredesk undo {}`", first.first),
        Err(_) => "it stands, so what is to be otherwise is changed by hand".to_owned(),
    };
    Error::refused("operation.changed_since", words)
        .hint(format!("{shown}; {next}"))
        .detail("operations", numbers)
}

/// What the database refuses, without the names of its constraints.
fn in_words(done: &Done, error: Error) -> Error {
    let why = match error.code() {
        "database.unique" => "another has what it changed back to, such as a name",
        "database.reference" => "something else refers to what it created, or what it referred to is gone",
        "database.check" | "database.missing" => "what was there before is not allowed any more",
        _ => return error,
    };
    let words = done.words();
    Error::refused("operation.conflict", format!("{words} cannot be undone: {why}"))
        .hint("look what has changed since, and change it by hand")
        .because(error)
}
