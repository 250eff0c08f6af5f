//! `referral unassign`: a referral leaves its resource.

use super::{Altered, change, save};
use crate::commands::prelude::*;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    change(context, "referral.unassign", Action::ChangeReferrals, |tx| {
        let before = store::lookup::<Referral>(tx, reference, context.visibility())?;
        let after = Referral { assigned: None, ..before.clone() };
        let code = &before.code;
        let sentence = match &before.assigned {
            None => format!("The referral {code} is at no resource already."),
            Some(was) => format!("The referral {code} was taken from `{}`.", was.name),
        };
        save(context, tx, Some(&before), &after)?;
        Ok(Altered::of(before, after).saying(sentence))
    })
}
