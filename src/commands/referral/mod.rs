//! `referral`: needs of clients, each in a queue and at most at one resource.

mod assign;
mod create;
mod history;
mod import;
mod list;
mod note;
mod reassign;
mod set_status;
mod show;
mod unassign;

use crate::commands::prelude::*;
use crate::context::Audience;
use crate::model::access::Right;
use crate::model::account::Actor;
use crate::model::alert::{AlertKind, Alerted};
use crate::model::history::HistoryLine;
use crate::model::import::Summary;
use crate::model::referral::PortalReferralCard;
use crate::model::referral::PortalReferralDetails;
use crate::model::referral::PortalReferralView;
use crate::model::referral::ReferralCard;
use crate::model::referral::ReferralView;
use crate::model::referral::{self, Event, EventKind};
use crate::model::sharing::Effect;
use crate::model::stop;
use crate::model::view::View;
use crate::store::referral::NewEvent;

verbs! {
    Referral: lists ReferralView, lists PortalReferralView, lists PortalReferralDetails, lists HistoryLine, shows ReferralCard,
        shows PortalReferralView, shows PortalReferralCard, changes ReferralView, changes PortalReferralView,
        changes PortalReferralDetails, imports Summary, rows ReferralView;

    /// Create a referral of a contact or a client in a queue
    Create(create::Create) => create::run,
    /// Import referrals from tables; repeating an import changes nothing
    Import(import::Import) => import::run,
    /// Assign referrals to a resource; the previous one no longer sees them
    Assign(assign::Assign) => assign::run,
    /// Take referrals from their resource, which no longer sees them
    Unassign {
        /// Codes (or the beginnings of them)
        #[arg(required = true, value_name = "REFERRAL")]
        referrals: Vec<Reference>,
    } => unassign::run,
    /// Assign the open referrals of one resource to another
    Reassign(reassign::Reassign) => reassign::run,
    /// Move referrals to another status of their queue
    SetStatus(set_status::SetStatus) => set_status::run,
    /// Change the note that the hub and the provider share
    Note(note::Note) => note::run,
    /// List referrals, newest first
    #[command(arg = at())]
    List(list::List) => list::run,
    /// Show a referral, for staff with its history
    #[command(arg = at())]
    Show {
        /// Code (or the beginning of it)
        referral: Reference,
    } => show::run,
    /// Show what became of a referral, its visits and its packages, step by step: who changed what, from what to what
    #[command(arg = steps_at())]
    History {
        /// Code (or the beginning of it)
        referral: Reference,
    } => history::run,
}

/// How much of a referral is shown. Each level of detail is a type of its own, so that hidden fields are not even
/// columns.
#[derive(Clone, Copy)]
enum Measure {
    Whole,
    Eight,
    WithDetails,
}

/// Rule 2.7.
fn measure(context: &Context) -> Measure {
    match (context.actor.is_portal(), &context.actor.account.permissions) {
        (false, _) => Measure::Whole,
        (true, given) if given.contains(&Permission::AccessContactDetails) => Measure::WithDetails,
        (true, _) => Measure::Eight,
    }
}

/// A referral before and after a verb; `before` is `None` for a new one.
struct Altered {
    before: Option<referral::Referral>,
    after: referral::Referral,
    /// Replaces the usual sentence.
    sentence: Option<String>,
    /// Replaces it where nothing changes.
    already: Option<String>,
    warnings: Vec<String>,
    /// What the resource that it goes to notes beside its capacity.
    capacity_note: Option<String>,
    stops: stop::Found,
    alerted: Option<Alerted>,
}

impl Altered {
    /// Reported in the usual sentence.
    fn of(before: referral::Referral, after: referral::Referral) -> Self {
        Altered {
            before: Some(before),
            after,
            sentence: None,
            already: None,
            warnings: Vec::new(),
            capacity_note: None,
            stops: Vec::new(),
            alerted: None,
        }
    }

    fn stopping(self, stops: stop::Found) -> Self {
        Altered { stops, ..self }
    }

    fn saying(self, sentence: String) -> Self {
        Altered { sentence: Some(sentence), ..self }
    }

    fn alerting(self, alerted: Option<Alerted>) -> Self {
        Altered { alerted, ..self }
    }

    fn already(self, why: String) -> Self {
        Altered { already: Some(why), ..self }
    }

    /// Audited as staff see it, reported as `view` shows it.
    fn shown<V: View + PartialEq>(self, view: impl Fn(&referral::Referral) -> V) -> Change<V> {
        let change = match &self.before {
            None => Change::created(self.after.view()),
            Some(before) => Change::of(before.view(), self.after.view()),
        };
        let change = change.shown_as(self.before.as_ref().map(&view), view(&self.after));
        let change = self.warnings.into_iter().fold(change, |change, warning| change.warning(Some(warning)));
        let change = match self.sentence {
            Some(sentence) => change.saying(sentence),
            None => change,
        };
        let change = match self.already {
            Some(why) => change.already(why),
            None => change,
        };
        let change = if self.stops.is_empty() {
            change
        } else {
            let effect = Effect::stopping(self.stops);
            change.stopping_each(("close", "referral", "referrals"), &self.after.code, effect)
        };
        change.alerting(self.alerted.as_ref())
    }
}

/// Several referrals that are changed together.
struct Together {
    referrals: Vec<Altered>,
    /// Replaces the sentences of all of them.
    sentence: Option<String>,
    question: Option<String>,
}

impl Together {
    fn each(referrals: Vec<Altered>) -> Self {
        Together { referrals, sentence: None, question: None }
    }

    fn shown<V: View + PartialEq>(mut self, view: impl Fn(&referral::Referral) -> V) -> Change<V> {
        // The last warning of a full resource says how full it is after all of them.
        let last = self.referrals.iter().rposition(|one| !one.warnings.is_empty()).unwrap_or_default();
        self.referrals.iter_mut().take(last).for_each(|one| one.warnings.clear());
        // All go to one resource, so that its note is said once.
        let note = self.referrals.iter().find_map(|one| one.capacity_note.clone());
        let change = Change::all(self.referrals.into_iter().map(|one| one.shown(&view))).noting(note);
        let change = match self.sentence {
            Some(sentence) => change.saying(sentence),
            None => change,
        };
        if self.question.is_some() { change.asking(self.question) } else { change }
    }
}

/// Changes a referral and reports it in the level of detail that the actor may see.
fn change(
    context: &Context, action: &'static str, right: impl Into<Right>,
    work: impl Fn(&mut Tx<'_>) -> Result<Altered>,
) -> Result<()> {
    change_together(context, action, right, |tx| Ok(Together::each(vec![work(tx)?])))
}

/// The same for each of several referrals, in one transaction. All are looked up before any is changed, so that one that the actor
/// may not see is not found whatever the others come to.
fn change_each(
    context: &Context, action: &'static str, right: impl Into<Right>, references: &[Reference],
    work: impl Fn(&mut Tx<'_>, referral::Referral) -> Result<Altered>,
) -> Result<()> {
    change_together(context, action, right, |tx| {
        let all = store::lookup_many::<referral::Referral>(tx, references, context.visibility())?;
        let altered = all.into_iter().map(|before| work(tx, before)).collect::<Result<Vec<_>>>()?;
        Ok(Together::each(altered))
    })
}

fn change_together(
    context: &Context, action: &'static str, right: impl Into<Right>,
    work: impl Fn(&mut Tx<'_>) -> Result<Together>,
) -> Result<()> {
    type Whole = referral::Referral;
    match measure(context) {
        Measure::Whole => context.change(action, right, |tx| Ok(work(tx)?.shown(Whole::view))),
        Measure::Eight => context.change(action, right, |tx| Ok(work(tx)?.shown(Whole::view_for_portal))),
        Measure::WithDetails => {
            context.change(action, right, |tx| Ok(work(tx)?.shown(Whole::details_for_portal)))
        }
    }
}

/// The referrals of a line that ends with something else, such as a resource, and that, if there is one.
fn and_last(names: &[Reference]) -> (&[Reference], Option<&Reference>) {
    match names {
        [referrals @ .., last] if !referrals.is_empty() => (referrals, Some(last)),
        referrals => (referrals, None),
    }
}

/// Stores a new referral, or what differs, with its history and the alerts of that.
fn save(
    context: &Context, tx: &mut Tx<'_>, before: Option<&referral::Referral>, after: &referral::Referral,
) -> Result<Option<Alerted>> {
    let events = referral::events(before, after);
    match before {
        None => store::referral::insert(tx, &[(after.clone(), context.actor.account.id, None)])?,
        Some(_) if events.is_empty() => return Ok(None),
        Some(before) => store::referral::update(tx, before, after)?,
    }
    let has = |kind| events.iter().any(|event| event.kind == kind);
    let (has_moved, has_status) = (has(EventKind::Resource), has(EventKind::Status));
    let events = new_events(context, after.id, context.now(), &context.actor, events);
    store::referral::insert_events(tx, &events)?;
    if has_moved {
        let was = before.and_then(|before| before.assigned.as_ref());
        return assign::alert(context, tx, was, after).map(Some);
    }
    if has_status { alert_status(context, tx, after) } else { Ok(None) }
}

/// The accounts of its resource, and of the hub who assigned it where a portal account has moved it (rule 2.11).
fn alert_status(
    context: &Context, tx: &mut Tx<'_>, referral: &referral::Referral,
) -> Result<Option<Alerted>> {
    let Some(at) = &referral.assigned else { return Ok(None) };
    let alerted = context.alert(tx, AlertKind::Status, Audience::Resource(referral, at))?;
    if !context.actor.is_portal() {
        return Ok(Some(alerted));
    }
    let hub = context.alert(tx, AlertKind::Status, Audience::Assigner(referral, at))?;
    Ok(Some(alerted.and(hub)))
}

/// The lines of the history for what happened to a referral.
fn new_events(
    context: &Context, referral: ReferralId, at: DateTime<Utc>, by: &Actor, events: Vec<Event>,
) -> Vec<NewEvent> {
    let (by, acted_by) = (by.account.id, &by.impersonator);
    let event = |event| NewEvent { id: context.key(), referral, at, by, acted_by: acted_by.clone(), event };
    events.into_iter().map(event).collect()
}
