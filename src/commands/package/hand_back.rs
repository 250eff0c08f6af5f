//! `package hand-back`: who has accepted gives the package back (rule 1.14).

use crate::commands::prelude::*;
use crate::context::Audience;
use crate::model::alert::AlertKind;
use crate::model::package::{self, HandBack, Offer};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk package hand-back PKG-7K3M9Q \\
      --reason \"our carer for the mornings is ill\"
  $ caredesk package hand-back \"week 49\" --provider willow \\
      --reason \"no driver before nine\"

The visits are free again; the hub sends them on with `outsource resend`. Until then the answer stands.")]
pub(super) struct HandBackArgs {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// The provider that gives it back: code or name (or the beginning of either) [default: the portal account's own]
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<Reference>,
    /// The reason, which the hub sees
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    reason: String,
}

pub(super) fn run(context: &Context, command: &HandBackArgs) -> Result<()> {
    let visibility = context.visibility();
    context.change("package.hand-back", (Permission::RespondPackages, Action::ChangePackages), |tx| {
        let provider = store::lookup_optional::<Provider>(tx, command.provider.as_ref(), visibility)?;
        let seen = store::lookup::<Package>(tx, &command.package, visibility)?;
        let own = own(context, &seen, provider.as_ref())?;
        let before = store::package::whole(tx, &seen)?;
        let offer = match package::may_hand_back(&before, &own)? {
            HandBack::Now(offer) => offer,
            HandBack::Before => {
                let why = format!("package {} was handed back before", before.named());
                let change = Change::unchanged(before.view());
                return Ok(shown(context, change, &seen, &before).already(why));
            }
        };
        store::package::hand_back(tx, offer.id, context.now(), context.actor.account.id, &command.reason)?;
        store::package::touch_visits(tx, before.id)?;
        store::package::free_visits(tx, before.id)?;
        let after = store::package::whole(tx, &before)?.settled();
        store::package::settle(tx, &after)?;
        let (name, visits) = (&offer.provider_name, counted(after.visits.len(), "visit is", "visits are"));
        let sentence = format!("Handed package {} back for `{name}`; {visits} free again.", after.named());
        let alerted = context.alert(tx, AlertKind::HandedBack, Audience::Asker(&after, Some(offer)))?;
        let change = Change::of(before.view(), after.view());
        let change = shown(context, change, &before, &after).saying(sentence);
        Ok(change.noting(advice(context, &after)).alerting(&alerted))
    })
}

/// The offers of who gives it back. Staff speak for no provider, and so name it.
fn own<'a>(context: &Context, seen: &'a Package, provider: Option<&Provider>) -> Result<Vec<&'a Offer>> {
    if provider.is_none() && !context.actor.is_portal() {
        return Err(Error::usage("no provider is named that gives the package back")
            .hint("name it with `--provider`"));
    }
    let is_own = |offer: &&Offer| provider.is_none_or(|provider| offer.provider_id == provider.id);
    Ok(seen.offers.iter().filter(is_own).collect())
}

/// A provider sees its own part (rule 1.11).
fn shown(
    context: &Context, change: Change<package::PackageView>, before: &Package, after: &Package,
) -> Change<package::PackageView> {
    if !context.actor.is_portal() {
        return change;
    }
    let own = |package: &Package| match after.handed_back_by() {
        Some(offer) => package.for_provider(offer.provider_id).view_for_provider(),
        None => package.view_for_provider(),
    };
    change.shown_as(own(before), own(after))
}

fn advice(context: &Context, package: &Package) -> Option<String> {
    let code = &package.code;
    (!context.actor.is_portal())
        .then(|| format!("`caredesk outsource resend {code} --provider PROVIDER` sends its visits on"))
}
