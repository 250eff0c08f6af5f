//! `referral show`: to staff with all that became of it, to a portal account in its measure.

use serde::Serialize;

use super::{Measure, measure};
use crate::context::Context;
use crate::error::Result;
use crate::model::reference::Reference;
use crate::model::referral::{ChangeView, ReferralView};
use crate::output::{self, Field, Record, Shape, hidden, shown};
use crate::store;

/// To staff.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    referral: ReferralView,
    history: Vec<ChangeView>,
}

impl Record for Whole {
    const FIELDS: &'static [Field] = &[
        shown("code", Shape::Text),
        shown("queue", Shape::Text),
        shown("status", Shape::Text),
        hidden("closed", Shape::YesNo),
        shown("client", Shape::Text),
        shown("client_name", Shape::Text),
        hidden("contact_number", Shape::Text),
        shown("resource", Shape::Text),
        hidden("resource_code", Shape::Text),
        hidden("provider", Shape::Text),
        hidden("assigned_at", Shape::Instant),
        shown("note", Shape::Text),
        shown("created_at", Shape::Instant),
        hidden("created_by", Shape::Text),
        hidden("history", Shape::Many),
    ];

    fn code(&self) -> &str {
        &self.referral.code
    }
}

pub(super) fn run(context: &Context, typed: &Reference) -> Result<()> {
    match measure(context) {
        Measure::Whole => whole(context, typed),
        Measure::Eight => {
            let found =
                context.read(|tx| store::referral::find_assigned(tx, typed, context.actor.sight()))?;
            context.out.show(&found.view_for_portal(), || None)
        }
        Measure::WithDetails => {
            let found =
                context.read(|tx| store::referral::find_assigned(tx, typed, context.actor.sight()))?;
            context.out.show(&found.details_for_portal(), || None)
        }
    }
}

fn whole(context: &Context, typed: &Reference) -> Result<()> {
    let whole = context.read(|tx| {
        let referral = store::referral::find_assigned(tx, typed, context.actor.sight())?;
        Ok(Whole { referral: referral.view(), history: store::referral::history(tx, referral.id)? })
    })?;
    context.out.show(&whole, || Some(output::referral::card(&whole.referral, &whole.history, &context.out)))
}
