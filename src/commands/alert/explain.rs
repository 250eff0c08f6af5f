//! `alert explain`: who is alerted of a thing, and who is not, and why (rule 2.11).

use std::collections::BTreeMap;

use super::thing::Thing;
use crate::commands::prelude::*;
use crate::model::alert::{AlertKind, AudienceView, Unalerted};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk alert explain PKG-7K3M9Q
  $ caredesk alert explain REF-7K3M9Q -o json")]
pub(super) struct Explain {
    /// The code of a referral, package, sharing request or release, the reference of a package (or the beginning of
    /// either), or the number of the contact of a referral
    about: Reference,
}

pub(super) fn run(context: &Context, command: &Explain) -> Result<()> {
    context.list("no account can be alerted of it: it is at no resource", |tx, list| {
        let thing = Thing::find(tx, &command.about, context.visibility())?;
        for view in explained(tx, &thing)? {
            if !list.row(&view)? {
                break;
            }
        }
        Ok(())
    })
}

/// One row for each account and reason, with the kinds that it holds for.
fn explained(tx: &mut Tx<'_>, thing: &Thing) -> Result<Vec<AudienceView>> {
    const ALL: i64 = i64::MAX;
    let alerts = store::alert::list(tx, &thing.filter(), Visibility::INTERNAL, ALL)?;
    let mut views = Vec::new();
    for (audience, kinds) in thing.audiences() {
        let candidates = audience.candidates(tx)?;
        let of = audience.name();
        if candidates.is_empty() {
            let reason = Some(Unalerted::NoAccount);
            views.push(AudienceView {
                account: None,
                of: of.to_owned(),
                kinds: kinds.to_vec(),
                is_alerted: false,
                reason,
                alerts: Vec::new(),
            });
        }
        for candidate in &candidates {
            let mut by_reason: BTreeMap<Option<Unalerted>, Vec<AlertKind>> = BTreeMap::new();
            for kind in kinds {
                by_reason.entry(candidate.obstacle(*kind, &[])).or_default().push(*kind);
            }
            for (reason, kinds) in by_reason {
                let own = alerts
                    .iter()
                    .filter(|alert| alert.account == candidate.login && kinds.contains(&alert.kind));
                views.push(AudienceView {
                    account: Some(candidate.login.clone()),
                    of: of.to_owned(),
                    is_alerted: reason.is_none(),
                    reason,
                    alerts: own.map(|alert| alert.code.clone()).collect(),
                    kinds,
                });
            }
        }
    }
    Ok(views)
}
