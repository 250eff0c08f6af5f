//! The one way to change a thing. A verb finds it, checks the rules, writes it, and returns its state before
//! and after; what all verbs share is here: columns, right, transaction, question, audit entry, report.

mod question;
mod several;

use std::fmt::Display;
use std::mem;

use super::confirm::Agree;
use super::repeat::Answer;
use super::{Audited, Context, Run, Tx};
use crate::db::Ending;
use crate::error::{Error, Kind, Result};
use crate::model::access::Right;
use crate::model::alert::Alerted;
use crate::model::sharing::Effect;
use crate::model::view::View;
use crate::output::{ChangeReport, Changed, Outcome};
pub(crate) use question::Question;

/// What a command does to one thing, or to several of one sort.
pub(crate) struct Change<V> {
    things: Vec<Changed<V>>,
    audited: Vec<Audited>,
    sentence: Option<String>,
    question: Option<Question>,
    notes: Vec<String>,
    warnings: Vec<String>,
    /// What an earlier run with the same operation key came to, which has done it all.
    before: Option<Answer>,
}

impl<V: View + PartialEq> Change<V> {
    /// An existing thing: updated, or unchanged if nothing differs.
    pub(crate) fn of(before: V, after: V) -> Self {
        if before == after {
            Change::unchanged(after)
        } else {
            Change::one(Outcome::Updated, Some(before), after)
        }
    }

    /// A thing that there may have been.
    pub(crate) fn between(before: Option<V>, after: V) -> Self {
        match before {
            Some(before) => Change::of(before, after),
            None => Change::created(after),
        }
    }

    /// A thing that changed in a field that is not shown, such as a password.
    pub(crate) fn updated(before: V, after: V) -> Self {
        Change::one(Outcome::Updated, Some(before), after)
    }

    /// A thing that changed in what it does not say.
    pub(crate) fn updated_only(after: V) -> Self {
        Change::one(Outcome::Updated, None, after)
    }

    /// A new thing.
    pub(crate) fn created(after: V) -> Self {
        Change::one(Outcome::Created, None, after)
    }

    /// A thing that was deleted; `before` is its last state.
    pub(crate) fn deleted(before: V) -> Self {
        let audited = Audited::new(&before.code(), Some(&before), None::<&()>);
        Change { audited: vec![audited], ..Change::shown(Changed::new(Outcome::Deleted, None, before)) }
    }

    /// A thing that was deleted in a way that its last state is not recorded, but this.
    pub(crate) fn deleted_as(left: V, audited: Audited) -> Self {
        Change { audited: vec![audited], ..Change::shown(Changed::new(Outcome::Deleted, None, left)) }
    }

    /// A thing that is out of use but stays in the history, such as a recalled package.
    pub(crate) fn recalled(before: V, after: V) -> Self {
        Change::one(Outcome::Deleted, Some(before), after)
    }

    /// A thing that is already as wanted: no audit entry.
    pub(crate) fn unchanged(thing: V) -> Self {
        Change::shown(Changed::new(Outcome::Unchanged, None, thing))
    }

    /// No thing yet; [`Change::and`] adds others.
    pub(crate) fn none() -> Self {
        Change {
            things: Vec::new(),
            audited: Vec::new(),
            sentence: None,
            question: None,
            notes: Vec::new(),
            warnings: Vec::new(),
            before: None,
        }
    }

    fn done_before(answer: Answer) -> Self {
        Change { before: Some(answer), ..Change::none() }
    }

    fn shown(thing: Changed<V>) -> Self {
        Change { things: vec![thing], ..Change::none() }
    }

    fn one(outcome: Outcome, before: Option<V>, after: V) -> Self {
        let audited = Audited::new(&after.code(), before.as_ref(), Some(&after));
        Change { audited: vec![audited], ..Change::shown(Changed::new(outcome, before, after)) }
    }

    /// What this actor sees of the thing, if that is less than what is audited.
    pub(crate) fn shown_as<W: View + PartialEq>(self, before: impl Into<Option<W>>, after: W) -> Change<W> {
        let before = before.into();
        // What is shown may hold more than the thing itself, and so differ where that does not.
        let outcome = match self.outcome() {
            Outcome::Unchanged if before.as_ref().is_some_and(|before| *before != after) => Outcome::Updated,
            outcome => outcome,
        };
        Change {
            things: vec![Changed::new(outcome, before, after)],
            audited: self.audited,
            sentence: self.sentence,
            question: self.question,
            notes: self.notes,
            warnings: self.warnings,
            before: self.before,
        }
    }

    /// Full sentences for people, in place of the usual `Changed queue … : name A → B`. Of what stays as it is, the kit
    /// says so.
    pub(crate) fn saying(mut self, sentence: impl Into<String>) -> Self {
        if self.things.is_empty() || self.outcome() != Outcome::Unchanged {
            self.sentence = Some(sentence.into());
        }
        self
    }

    /// Why nothing is to be changed, without a full stop: more than that the thing stays as it is.
    pub(crate) fn already(mut self, why: impl Display) -> Self {
        if self.outcome() == Outcome::Unchanged {
            self.sentence = Some(format!("Nothing to change: {why}."));
        }
        self
    }

    /// A question that must be answered with yes first. Without a terminal only `--yes` answers it.
    pub(crate) fn asking(mut self, question: Option<impl Into<Question>>) -> Self {
        self.question = question.map(Into::into);
        self
    }

    /// A warning on stderr.
    pub(crate) fn warning(mut self, warning: Option<impl Into<String>>) -> Self {
        self.warnings.extend(warning.map(Into::into));
        self
    }

    /// Several warnings on stderr.
    pub(crate) fn warning_all(mut self, warnings: impl IntoIterator<Item = String>) -> Self {
        self.warnings.extend(warnings);
        self
    }

    /// A note on stderr.
    pub(crate) fn noting(mut self, note: Option<impl Into<String>>) -> Self {
        self.notes.extend(note.map(Into::into));
        self
    }

    /// Several notes on stderr.
    pub(crate) fn noting_all(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// Who sees more and who sees fewer records after it; a sentence that was given ends with that.
    pub(crate) fn with_effect(mut self, effect: Effect) -> Self {
        self.sentence = self.sentence.map(|sentence| sentence + &effect.words());
        self.things.iter_mut().for_each(|thing| thing.effect = Some(effect.clone()));
        self
    }

    /// What stops by it, if it changes something: said and, where that is something, asked. `what` is done, in words:
    /// `deactivate queue …`.
    pub(crate) fn stopping(mut self, what: impl Display, effect: Effect) -> Self {
        let effect = if self.outcome() == Outcome::Unchanged { Effect::default() } else { effect };
        let question =
            effect.is_loss().then(|| format!("Are you sure you want to {what}?{}", effect.words()).into());
        let question = self.question.take().or(question);
        self.asking(question).with_effect(effect)
    }

    /// The same of a thing that may be one of several to which it is done: the verb, the noun and its plural, and the name.
    pub(crate) fn stopping_each(
        self, (verb, noun, plural): (&'static str, &str, &'static str), name: &str, effect: Effect,
    ) -> Self {
        let (what, stops) = (format!("{verb} {noun} {name}"), effect.clone());
        let mut change = self.stopping(what, effect);
        change.question = change.question.map(|asked| asked.of(verb, plural, name).stopping(&stops));
        change
    }

    /// Whom it alerts; its sentence ends with that. Last of what is said, and nothing of what changes nothing.
    pub(crate) fn alerting<'a>(self, alerted: impl Into<Option<&'a Alerted>>) -> Self {
        match alerted.into().filter(|_| self.outcome() != Outcome::Unchanged) {
            Some(alerted) => self.with_alerted(alerted),
            None => self,
        }
    }

    /// The same where to alert is all that was wanted, and so what came of it is said in any case.
    pub(crate) fn with_alerted(mut self, alerted: &Alerted) -> Self {
        self.sentence = self.sentence.map(|sentence| alerted.ending(&sentence));
        self.things.iter_mut().for_each(|thing| thing.alerted = Some(alerted.clone()));
        self
    }

    /// The subject of the audit entry, if it is not the code of the thing.
    pub(crate) fn on(mut self, subject: &str) -> Self {
        self.audited.iter_mut().for_each(|audited| subject.clone_into(&mut audited.subject));
        self
    }

    /// Further entries of the audit trail, before those of the thing itself.
    pub(crate) fn preceded_by(mut self, entries: impl IntoIterator<Item = Audited>) -> Self {
        self.audited.splice(0..0, entries);
        self
    }

    /// Further entries of the audit trail, behind those of the thing itself.
    pub(crate) fn followed_by(mut self, entries: impl IntoIterator<Item = Audited>) -> Self {
        self.audited.extend(entries);
        self
    }

    /// Another audit entry, before that of the thing itself, for a thing that was created with it.
    pub(crate) fn after_creating<W: View>(mut self, action: &'static str, with: &W) -> Self {
        let entry = Audited { action: Some(action), ..Audited::new(&with.code(), None::<&()>, Some(with)) };
        self.audited.insert(0, entry);
        self
    }

    fn print(&self, report: &ChangeReport<'_, V>) -> Result<()> {
        match &self.before {
            Some(answer) => report.print_again(answer.things()),
            None => report.print(&self.things, self.sentence.as_deref()),
        }
    }

    /// What a row of an import came to: the things, their audit entries, the notes and warnings.
    pub(super) fn into_row(self) -> (Vec<Changed<V>>, Vec<Audited>, Vec<String>) {
        (self.things, self.audited, self.notes.into_iter().chain(self.warnings).collect())
    }

    /// The outcome of all things: unchanged only if all are.
    pub(crate) fn outcome(&self) -> Outcome {
        Outcome::of_all(self.things.iter().map(|thing| thing.outcome)).unwrap_or(Outcome::Unchanged)
    }
}

impl Run {
    /// Reports what is done outside of an open database, such as writing a file: columns first, then the work. Nothing
    /// is said where that goes to standard output itself.
    pub(crate) fn report<V: View + PartialEq>(
        &self, work: impl FnOnce() -> Result<Option<Change<V>>>,
    ) -> Result<()> {
        let report = self.out.change_report::<V>()?;
        match work()? {
            Some(change) => change.print(&report),
            None => Ok(()),
        }
    }
}

impl Context {
    /// Changes things, in this order: `--columns` that cannot be shown are refused; the right is checked,
    /// though a thing that does not exist for this actor is not found rather than denied; `work` runs in one
    /// transaction, which may be retried and is rolled back in a dry run; differences are written into the
    /// audit trail as `action`; a question is asked before the commit; the result is reported.
    pub(crate) fn change<V: View + PartialEq>(
        &self, action: &'static str, right: impl Into<Right>,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<Change<V>>,
    ) -> Result<()> {
        self.change_with(action, right, || Ok(()), |tx, ()| work(tx))
    }

    /// The same with input from outside, such as a file or an answer on a terminal: `prepare` reads it before
    /// the transaction, which would block others, and only for actors with the right.
    pub(crate) fn change_with<P: Default, V: View + PartialEq>(
        &self, action: &'static str, right: impl Into<Right>, prepare: impl FnOnce() -> Result<P>,
        mut work: impl FnMut(&mut Tx<'_>, &P) -> Result<Change<V>>,
    ) -> Result<()> {
        let report = self.out.change_report::<V>()?.of(action);
        if let Err(denied) = self.actor.may(right) {
            return Err(self.not_found_before(denied, |tx| work(tx, &P::default())));
        }
        let change = if let Some(answer) = self.lasting_answer()? {
            Change::done_before(answer)
        } else {
            let prepared = prepare()?;
            self.agreed(action, &mut |tx| work(tx, &prepared))?
        };
        self.remark(&change);
        change.print(&report)
    }

    /// A command that cannot be one transaction, such as a delivery: columns, right, then the work, which consists of
    /// [steps](Context::step). What was done is reported also beside an error, which is the one to end with.
    pub(crate) fn change_in_steps<V: View + PartialEq>(
        &self, right: impl Into<Right>, work: impl FnOnce() -> Result<(Change<V>, Result<()>)>,
    ) -> Result<()> {
        let report = self.out.change_report::<V>()?;
        self.actor.may(right)?;
        let (change, ending) = work()?;
        self.remark(&change);
        let printed = match &ending {
            Err(error) if change.things.is_empty() && error.kind() != Kind::Partial => Ok(()),
            _ => change.print(&report),
        };
        ending.and(printed)
    }

    /// What a change says beside its result.
    fn remark<V>(&self, change: &Change<V>) {
        change.notes.iter().for_each(|note| self.out.note(note));
        change.warnings.iter().for_each(|warning| self.out.warn(warning));
    }

    /// One transaction of such a command, with its audit entries.
    pub(crate) fn step<V: View + PartialEq>(
        &self, action: &'static str, mut work: impl FnMut(&mut Tx<'_>) -> Result<Change<V>>,
    ) -> Result<Change<V>> {
        self.agreed(action, &mut work)
    }

    /// A thing that the actor may neither change nor see does not exist (rule 2.6): whether `work` finds it
    /// is tried, then rolled back.
    pub(super) fn not_found_before<V>(
        &self, denied: Error, mut work: impl FnMut(&mut Tx<'_>) -> Result<V>,
    ) -> Error {
        let work = |tx: &mut Tx<'_>| {
            tx.as_of(self.now(), self.today);
            work(tx)
        };
        match self.db.borrow_mut().write(Ending::Rollback, work) {
            Err(error) if comes_before_a_denial(&error) => error,
            _ => denied,
        }
    }

    /// Performs the change, after a confirmation if needed.
    fn agreed<V: View + PartialEq>(
        &self, action: &'static str, work: &mut impl FnMut(&mut Tx<'_>) -> Result<Change<V>>,
    ) -> Result<Change<V>> {
        let key = self.operation_key()?;
        let work = |tx: &mut Tx<'_>, (): &mut (), agree: &mut Agree<'_>| {
            if let Some(answer) = self.answer_before(tx)? {
                return Ok(Change::done_before(answer));
            }
            let mut change = work(tx)?;
            agree(change.question.as_ref().map(Question::words).as_deref())?;
            let entries = self.entries(action, mem::take(&mut change.audited))?;
            self.audit_all(tx, entries)?;
            self.keep_answer(tx, &key, &Answer::of(&change.things))?;
            Ok(change)
        };
        self.confirmed(&key, &mut (), work, |(), question| self.confirm(question))
    }
}

fn comes_before_a_denial(error: &Error) -> bool {
    matches!(error.kind(), Kind::NotFound | Kind::Busy | Kind::Environment | Kind::Internal)
        || error.code().ends_with(".ambiguous")
}
