//! `referral`: needs of clients, each in a queue and at most at one resource.

mod assign;
mod create;
mod list;
mod set_status;
mod show;

use clap::{Args, Subcommand};

use crate::context::{Context, Tx};
use crate::error::Result;
use crate::model::access::Permission;
use crate::model::reference::Reference;
use crate::model::referral;
use crate::output::{ChangeReport, Outcome};
use crate::store;

#[derive(Args)]
pub(crate) struct Referral {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Put a contact or a client into a queue
    Create(create::Create),
    /// Send a referral to a resource; the previous one no longer sees it
    Assign(assign::Assign),
    /// Take a referral from its resource, which sees it no more
    Unassign {
        /// Its code or the beginning of it
        referral: Reference,
    },
    /// Move a referral to another status of its queue
    SetStatus(set_status::SetStatus),
    /// Replace the note that the hub and the provider share
    Note(set_status::Note),
    /// List referrals, the newest first
    List(list::List),
    /// Show a referral, and to staff what became of it
    Show {
        /// Its code or the beginning of it
        referral: Reference,
    },
}

pub(crate) fn run(context: &Context, command: Referral) -> Result<()> {
    match command.verb {
        Verb::Create(create) => create::run(context, &create),
        Verb::Assign(assign) => assign::run(context, &assign),
        Verb::Unassign { referral } => assign::unassign(context, &referral),
        Verb::SetStatus(set_status) => set_status::run(context, &set_status),
        Verb::Note(note) => set_status::note(context, &note),
        Verb::List(list) => list::run(context, &list),
        Verb::Show { referral } => show::run(context, &referral),
    }
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

/// The report of a change, in the level of detail that the actor may see.
enum Answer<'a> {
    Whole(ChangeReport<'a, referral::ReferralView>),
    Eight(ChangeReport<'a, referral::PortalReferralView>),
    WithDetails(ChangeReport<'a, referral::PortalReferralDetails>),
}

impl Answer<'_> {
    fn say(&self, outcome: Outcome, sentence: &str, referral: &referral::Referral) -> Result<()> {
        match self {
            Answer::Whole(change_report) => change_report.say(outcome, sentence, &referral.view()),
            Answer::Eight(change_report) => change_report.say(outcome, sentence, &referral.view_for_portal()),
            Answer::WithDetails(change_report) => {
                change_report.say(outcome, sentence, &referral.details_for_portal())
            }
        }
    }
}

/// Created before the change, like [`Output::change_report`](crate::output::Output::change_report).
fn answer(context: &Context) -> Result<Answer<'_>> {
    Ok(match measure(context) {
        Measure::Whole => Answer::Whole(context.out.change_report()?),
        Measure::Eight => Answer::Eight(context.out.change_report()?),
        Measure::WithDetails => Answer::WithDetails(context.out.change_report()?),
    })
}

/// Stores the differences with history and audit entry; unchanged if there are none.
fn save(
    context: &Context,
    tx: &mut Tx<'_>,
    action: &'static str,
    before: &referral::Referral,
    after: &referral::Referral,
) -> Result<Outcome> {
    let changes = referral::changes(Some(before), after);
    if changes.is_empty() {
        return Ok(Outcome::Unchanged);
    }
    store::referral::update(tx, before, after)?;
    remember(context, tx, after, changes)?;
    context.audit(tx, action, &after.code, Some(&before.view()), Some(&after.view()))?;
    Ok(Outcome::Updated)
}

fn remember(
    context: &Context,
    tx: &mut Tx<'_>,
    referral: &referral::Referral,
    changes: Vec<referral::Change>,
) -> Result<()> {
    let keyed: Vec<_> = changes.into_iter().map(|change| (context.key(), change)).collect();
    store::referral::insert_changes(tx, referral.id, context.now, &context.actor, &keyed)
}
