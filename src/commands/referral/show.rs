//! `referral show`: with its history for staff, and with the permitted fields for a portal account.

use super::{Measure, measure};
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::contact::ContactDetails;
use crate::model::referral::{PortalReferralCard, ReferralCard};
use crate::output::referral::card;

pub(super) fn run(context: &Context, reference: &Reference) -> Result<()> {
    match measure(context) {
        Measure::Whole => {
            let whole = context.read(|tx| whole(context, tx, reference))?;
            context.show_with_logins(&whole, || {
                Some(card(&whole.referral, whole.contact.as_ref(), &whole.history, &context.out))
            })
        }
        Measure::Eight => {
            let found = context.read(|tx| find(context, tx, reference))?;
            context.show_with_logins(&found.view_for_portal(), || None)
        }
        Measure::WithDetails => {
            let seen = if context.out.shows::<PortalReferralCard>("contact")? {
                context.audited_read("contact.read", |tx| details(context, tx, reference))?
            } else {
                context.read(|tx| {
                    let referral = find(context, tx, reference)?.details_for_portal();
                    Ok(PortalReferralCard { referral, contact: None })
                })?
            };
            context.show_with_logins(&seen, || {
                Some(card(&seen.referral, seen.contact.as_ref(), &[], &context.out))
            })
        }
    }
}

fn find(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<Referral> {
    store::lookup::<Referral>(tx, reference, context.visibility())
}

fn whole(context: &Context, tx: &mut Tx<'_>, reference: &Reference) -> Result<ReferralCard> {
    let found = find(context, tx, reference)?;
    Ok(ReferralCard {
        referral: found.view(),
        contact: contact(context, tx, &found)?,
        history: store::referral::history(tx, found.id)?,
    })
}

/// A portal account sees a contact only if the access is recorded.
fn details(
    context: &Context, tx: &mut Tx<'_>, reference: &Reference,
) -> Result<(PortalReferralCard, Option<Audited>)> {
    let found = find(context, tx, reference)?;
    let contact = contact(context, tx, &found)?;
    let entry = contact.as_ref().map(|contact| Audited::read(&contact.number));
    Ok((PortalReferralCard { referral: found.details_for_portal(), contact }, entry))
}

fn contact(context: &Context, tx: &mut Tx<'_>, referral: &Referral) -> Result<Option<ContactDetails>> {
    let Some(intake) = &referral.contact else { return Ok(None) };
    let visibility = context.visibility();
    Ok(store::by_id::<Contact>(tx, intake.id, visibility)?.map(|contact| contact.details()))
}
