//! `referral unassign`: referrals leave their resource.

use super::{Altered, change_each, save};
use crate::commands::prelude::*;

pub(super) fn run(context: &Context, references: &[Reference]) -> Result<()> {
    change_each(context, "referral.unassign", Action::ChangeReferrals, references, |tx, before| {
        let after = Referral { assigned: None, ..before.clone() };
        let code = &before.code;
        let why = format!("referral {code} is at no resource");
        let was = before.assigned.as_ref().map_or("", |was| was.name.as_str());
        let sentence = format!("Unassigned referral {code} from `{was}`.");
        let alerted = save(context, tx, Some(&before), &after)?;
        Ok(Altered::of(before, after).saying(sentence).already(why).alerting(alerted))
    })
}
