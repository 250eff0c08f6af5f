//! `referral unassign`: a referral leaves its resource.

use super::{Altered, change, save};
use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    change(context, "referral.unassign", Action::ChangeReferrals, |tx| {
        let before = store::lookup::<Referral>(tx, reference, context.visibility())?;
        let after = Referral { assigned: None, ..before.clone() };
        let code = &before.code;
        let why = format!("referral {code} is at no resource");
        let was = before.assigned.as_ref().map_or("", |was| was.name.as_str());
        let sentence = format!("Unassigned referral {code} from `{was}`.");
        let alerted = save(context, tx, Some(&before), &after)?;
        Ok(Altered::of(before, after).saying(sentence).already(why).alerting(alerted))
    })
}
