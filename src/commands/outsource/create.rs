//! `outsource create`: visits of a referral, offered to providers as one package (rules 1.1 to 1.3).

use super::choose::{self, Selection};
use super::waves::Timing;
use super::{names as offered_to, until, visits_in};
use crate::commands::prelude::*;
use crate::context::names_in_note;
use crate::model::alert::{AlertKind, Alerted};
use crate::model::package::{self, Ask, OfferStatus, PackageStatus};
use crate::store::package::Request;
use crate::store::referral::HubReferral;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk outsource create REF-7K3M9Q
  $ caredesk outsource create REF-7K3M9Q --all-visits --provider harbour willow
  $ caredesk outsource create REF-7K3M9Q --visit VIS-2A VIS-9F \\
      --provider harbour --answer-by 4h
  $ caredesk outsource create REF-7K3M9Q --all-visits --provider harbour \\
      --then willow --after 4h

The first example asks for the visits and the providers with tick boxes. In the last one willow is asked in four hours, if harbour has not accepted by then.")]
pub(super) struct Create {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    timing: Timing,
    /// The reference of the package [default: its code]
    #[arg(long, value_parser = package::reference)]
    reference: Option<String>,
    /// A note for the providers that are asked; without the client's name
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    provider_note: Option<String>,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    let missing = || choose::missing(context, &command.selection);
    context.change_with("outsource.create", Action::ChangePackages, missing, |tx, chosen| {
        let referral = store::lookup::<HubReferral>(tx, &command.selection.referral, context.visibility())?;
        command.even_so.must_live(tx, referral.client_id)?;
        let visits = visits(context, tx, command.selection.all_visits, &chosen.visits, &referral)?;
        let providers = store::lookup_many::<Provider>(tx, &chosen.providers, context.visibility())?;
        let (reference, note) = (command.reference.clone(), command.provider_note.clone());
        let first = providers.into_iter().map(Ask::at_once).collect();
        let asks = command.timing.plan(context, tx, first, None)?;
        let new = send(context, tx, &referral, &visits, &asks, Named { reference, note })?;
        let overlaps = context.overlaps(tx, referral.client_id, &visits)?;
        let names = names_in_note(tx, referral.client_id, command.provider_note.as_deref())?;
        let alerted = alert_open(context, tx, &new)?;
        let change =
            Change::created(new.view()).asking(chosen.question.as_ref()).saying(sentence(context, &new));
        Ok(change.warning(overlaps).warning(names).alerting(&alerted))
    })
}

/// The providers that are asked now.
pub(super) fn alert_open(context: &Context, tx: &mut Tx<'_>, new: &Package) -> Result<Alerted> {
    let open = new.offers.iter().filter(|offer| offer.status == OfferStatus::Pending);
    context.alert_providers(tx, AlertKind::Offered, new, open)
}

fn visits(
    context: &Context, tx: &mut Tx<'_>, all: bool, references: &[Reference], referral: &Referral,
) -> Result<Vec<Visit>> {
    if all {
        return choose::free_visits(tx, referral);
    }
    store::lookup_many::<Visit>(tx, references, context.visibility())
}

/// What the hub says of a package.
pub(super) struct Named {
    pub(super) reference: Option<String>,
    pub(super) note: Option<String>,
}

fn sentence(context: &Context, new: &Package) -> String {
    let (named, referral, visits) = (new.named(), &new.referral, visits_in(new));
    let (providers, until) = (offered_to(context, new), until(context, new));
    format!("Created package {named}: {visits} of {referral}, offered to {providers}{until}.")
}

/// Rules 1.1 to 1.3 and 1.13.
pub(super) fn send(
    context: &Context, tx: &mut Tx<'_>, referral: &Referral, visits: &[Visit], asks: &[Ask], named: Named,
) -> Result<Package> {
    package::may_send(referral, visits, asks, context.now())?;
    let code = context.code(Prefix::Package, |code| store::package::is_code_taken(tx, code))?;
    let new = Package {
        id: context.key(),
        reference: named.reference.unwrap_or_else(|| code.clone()),
        code,
        referral_id: referral.id,
        referral: referral.code.clone(),
        status: PackageStatus::Pending,
        provider_note: named.note,
        postal_code: None,
        lapses_at: None,
        created_at: context.now(),
        created_by: context.actor.account.login.clone(),
        amended_at: None,
        amended_by: None,
        recalled_at: None,
        recalled_by: None,
        visits: Vec::new(),
        offers: Vec::new(),
    };
    store::package::insert(tx, &new, context.actor.account.id)?;
    store::package::insert_visits(tx, new.id, visits)?;
    store::package::insert_offers(
        tx,
        new.id,
        &requests(context, asks),
        context.actor.account.id,
        context.now(),
    )?;
    store::package::touch_visits(tx, new.id)?;
    let new = store::package::whole(tx, &new)?.settled();
    if new.lapses_at.is_some() {
        store::package::settle(tx, &new)?;
    }
    Ok(new)
}

pub(super) fn requests(context: &Context, asks: &[Ask]) -> Vec<Request> {
    let request = |ask: &Ask| Request {
        id: context.key(),
        provider: ask.provider.id,
        opens_at: ask.opens_at,
        lapses_at: ask.lapses_at,
    };
    asks.iter().map(request).collect()
}
