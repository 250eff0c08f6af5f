//! What a row does: a new referral, or another state of a known one.

use super::super::{assign, new_events};
use super::{Importer, Pending};
use crate::commands::prelude::*;
use crate::interchange::referrals::ReferralRow;
use crate::model::account::Actor;
use crate::model::queue::Status;
use crate::model::referral::{self, Assigned, EventKind, Intake, ReferralView};

impl Importer<'_> {
    pub(super) fn created(
        &mut self, tx: &mut Tx<'_>, row: &ReferralRow, source: Option<&str>,
    ) -> Result<Change<ReferralView>> {
        let queue = row.queue.as_ref().ok_or_else(|| lacks("queue"))?;
        let queue = self.names.queues.find(tx, queue, Visibility::INTERNAL)?;
        let status = status(&queue, row.status.as_deref())?.clone();
        let (client, contact) = self.whose(tx, row)?;
        if !status.closed {
            queue.must_be_active()?;
            self.command.even_so.must_be_alive(&client)?;
        }
        let by = self.names.creators.find(self.context, tx, row.created_by.as_ref())?;
        let mut new = self.arriving(tx, row, &queue, &status, client)?;
        self.names.seen.once(new.code.clone(), || format!("the referral {}", new.code))?;
        new.contact = contact.map(Intake::of);
        new.created_by.clone_from(&by.account.login);
        if let Some(edit::Edit::Set(resource)) = &row.resource {
            let at = self.assigned_at(row, new.created_at)?;
            let assigned = self.assigned(tx, &new, resource)?;
            new.assigned = Some(Assigned { at, ..assigned });
        }
        let source = source.map(str::to_owned).zip(row.id.clone());
        self.remember_all(&new, &by);
        self.came(&new);
        let change = Change::created(new.view());
        self.pending.new.push((new, by.account.id, source));
        Ok(change)
    }

    fn arriving(
        &mut self, tx: &mut Tx<'_>, row: &ReferralRow, queue: &Queue, status: &Status, client: Client,
    ) -> Result<Referral> {
        let context = self.context;
        let created_at = row.created_at.unwrap_or(context.now());
        if created_at > context.now() {
            return Err(Error::invalid("referral.future", "created_at lies in the future"));
        }
        let taken = |code: &str| store::referral::is_code_taken(tx, code);
        let code = match self.names.codes.pop().filter(|_| row.code.is_none()) {
            Some(drawn) => drawn,
            None => context.code_of_row(Prefix::Referral, row.code.as_deref(), taken)?,
        };
        Ok(Referral {
            // Referrals are listed by their keys, the newest first.
            id: context.key_at(created_at),
            code,
            queue_id: queue.id,
            queue: queue.name.clone(),
            status_id: status.id,
            status: status.label.clone(),
            closed: status.closed,
            client_id: client.id,
            client_name: client.full_name(),
            client: client.code,
            client_postal_code: client.postal_code,
            contact: None,
            assigned: None,
            note: edit::apply(row.note.as_ref(), None),
            created_at,
            created_by: String::new(),
        })
    }

    /// When it came to its resource.
    fn assigned_at(&self, row: &ReferralRow, created_at: DateTime<Utc>) -> Result<DateTime<Utc>> {
        let at = row.assigned_at.unwrap_or(created_at);
        if at > self.context.now() || at < created_at {
            let message = "assigned_at does not lie between created_at and now";
            return Err(Error::invalid("referral.assigned_at", message));
        }
        Ok(at)
    }

    /// The history of a new referral: created, and later assigned.
    fn remember_all(&mut self, new: &Referral, by: &Actor) {
        let events = referral::events(None, new).into_iter();
        let (assigned, others) = events.partition(|event| event.kind == EventKind::Resource);
        let at = new.assigned.as_ref().map_or(new.created_at, |assigned| assigned.at);
        self.pending.events.extend(new_events(self.context, new.id, new.created_at, by, others));
        self.pending.events.extend(new_events(self.context, new.id, at, by, assigned));
    }

    /// An open referral goes only where the rules allow (rule 2.5).
    fn assigned(&mut self, tx: &mut Tx<'_>, referral: &Referral, resource: &str) -> Result<Assigned> {
        let resource = self.names.resources.find(tx, resource, Visibility::INTERNAL)?;
        if referral.closed {
            return Ok(Assigned::to(&resource, self.context.now()));
        }
        let key = (referral.queue_id, resource.id);
        if !self.names.linked.contains(&key) {
            assign::may_take(tx, referral, &resource)?;
            self.names.linked.insert(key);
        }
        Ok(Assigned::to(&resource, self.context.now()))
    }

    /// An open referral has come to a resource, maybe.
    fn came(&mut self, after: &Referral) {
        let Some(at) = after.assigned.as_ref().filter(|_| !after.closed) else { return };
        self.sum.assigned += 1;
        self.sum.resources.insert(at.id);
        if self.command.alert {
            self.pending.to_alert.push(after.clone());
        }
    }

    /// Writes what is new in a chunk.
    pub(super) fn store(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let Pending { new, events, to_alert } = std::mem::take(&mut self.pending);
        store::referral::insert(tx, &new)?;
        store::referral::insert_events(tx, &events)?;
        for referral in to_alert {
            self.sum.alerted += assign::alert(self.context, tx, None, &referral)?.accounts.len();
        }
        Ok(())
    }

    /// The client, and the contact if one is named.
    fn whose(&mut self, tx: &mut Tx<'_>, row: &ReferralRow) -> Result<(Client, Option<Contact>)> {
        let contact = row.contact_number.as_ref().map(|number| self.of_number(number)).transpose()?;
        let named = row.client.as_ref();
        let named = named.map(|text| self.names.clients.find(tx, text, Visibility::INTERNAL)).transpose()?;
        let Some(contact) = contact else { return Ok((named.ok_or_else(|| lacks("client"))?, None)) };
        if let Some(client) = named.as_ref().filter(|client| client.id != contact.client_id) {
            let (number, of, here) = (&contact.number, &contact.client, &client.code);
            let message = format!("the contact `{number}` is of {of}, and here it is of {here}");
            return Err(Error::refused("contact.another", message));
        }
        let of = self.names.clients.find(tx, &contact.client, Visibility::INTERNAL)?;
        Ok((of, Some(contact)))
    }

    fn of_number(&self, number: &str) -> Result<Contact> {
        let found = self.names.contacts.get(&text::fold(number)).cloned();
        found.ok_or_else(|| Error::not_found("contact.not_found", format!("there is no contact `{number}`")))
    }

    pub(super) fn changed(
        &mut self, tx: &mut Tx<'_>, row: &ReferralRow, before: Referral,
    ) -> Result<Change<ReferralView>> {
        self.must_be_the_same(tx, row, &before)?;
        let mut after =
            Referral { note: edit::apply(row.note.as_ref(), before.note.clone()), ..before.clone() };
        if let Some(label) = &row.status {
            let queue = match &row.queue {
                Some(same) => self.names.queues.find(tx, same, Visibility::INTERNAL)?,
                None => store::queue::by_id(tx, before.queue_id)?,
            };
            set_status(tx, &queue, label, &mut after)?;
            if before.closed && !after.closed {
                self.command.even_so.must_live(tx, before.client_id)?;
            }
        }
        match &row.resource {
            None => {}
            Some(edit::Edit::Clear) => after.assigned = None,
            Some(edit::Edit::Set(resource)) => self.reassign(tx, resource, &mut after)?,
        }
        let events = referral::events(Some(&before), &after);
        if events.is_empty() {
            return Ok(Change::unchanged(after.view()));
        }
        store::referral::update(tx, &before, &after)?;
        let has_moved = events.iter().any(|event| event.kind == EventKind::Resource);
        let events = new_events(self.context, after.id, self.context.now(), &self.context.actor, events);
        self.pending.events.extend(events);
        if has_moved {
            // What was to be said of its former resource is not true any more.
            store::alert::withdraw(tx, after.id)?;
            self.came(&after);
        }
        Ok(Change::of(before.view(), after.view()))
    }

    fn reassign(&mut self, tx: &mut Tx<'_>, resource: &str, referral: &mut Referral) -> Result<()> {
        let found = self.names.resources.find(tx, resource, Visibility::INTERNAL)?;
        if referral.is_at(found.id) {
            return Ok(());
        }
        referral.must_be_open()?;
        self.command.even_so.must_live(tx, referral.client_id)?;
        referral.assigned = Some(self.assigned(tx, referral, resource)?);
        Ok(())
    }

    /// Client, contact and queue of a referral never change, so a row with others is of another referral (rule 5.1).
    fn must_be_the_same(&mut self, tx: &mut Tx<'_>, row: &ReferralRow, known: &Referral) -> Result<()> {
        let client = row.client.as_ref();
        let client =
            client.map(|text| self.names.clients.find(tx, text, Visibility::INTERNAL)).transpose()?;
        let queue = row.queue.as_ref();
        let queue = queue.map(|text| self.names.queues.find(tx, text, Visibility::INTERNAL)).transpose()?;
        let number = known.contact.as_ref().map(|contact| text::fold(&contact.number));
        let has_number = |wanted: &String| number.as_deref() == Some(text::fold(wanted).as_str());
        let is_same = client.as_ref().is_none_or(|client| client.id == known.client_id)
            && queue.as_ref().is_none_or(|queue| queue.id == known.queue_id)
            && row.contact_number.as_ref().is_none_or(has_number);
        if is_same {
            return Ok(());
        }
        let there = described(&known.client_name, &known.client, &known.queue, number.as_deref());
        let name = client.as_ref().map_or_else(|| known.client_name.clone(), Client::full_name);
        let code = client.as_ref().map_or(&known.client, |client| &client.code);
        let here = queue.as_ref().map_or(&known.queue, |queue| &queue.name);
        let here = described(&name, code, here, row.contact_number.as_deref());
        let code = &known.code;
        Err(Error::refused("referral.another", format!("{code} is known as {there}, and here it is {here}")))
    }
}

fn described(client: &str, code: &str, queue: &str, contact: Option<&str>) -> String {
    let contact = contact.map(|number| format!(" of the contact `{number}`")).unwrap_or_default();
    format!("of {client} ({code}) in `{queue}`{contact}")
}

/// The status of a new referral. Only a closed one may have a retired status.
fn status<'a>(queue: &'a Queue, label: Option<&str>) -> Result<&'a Status> {
    let Some(label) = label else {
        let first = queue.first();
        return first.ok_or_else(|| Error::internal(format!("queue `{}` has no status", queue.name)));
    };
    let held = referral::held_status_in(queue, label)?;
    if held.closed { Ok(held) } else { referral::status_in(queue, label) }
}

/// As `referral set-status` does.
fn set_status(tx: &mut Tx<'_>, queue: &Queue, label: &str, referral: &mut Referral) -> Result<()> {
    if referral::held_status_in(queue, label)?.id == referral.status_id {
        return Ok(());
    }
    let status = referral::status_in(queue, label)?;
    if status.closed && !referral.closed {
        let pending = store::referral::pending_packages(tx, referral.id)?;
        referral::may_close(referral, &pending, false)?;
    }
    referral.status_id = status.id;
    referral.status.clone_from(&status.label);
    referral.closed = status.closed;
    Ok(())
}

fn lacks(what: &str) -> Error {
    Error::invalid("import.no_value", format!("is new and has no {what}"))
}
