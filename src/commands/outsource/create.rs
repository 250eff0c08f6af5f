//! `outsource create`: visits of a referral, offered to providers as one package (rules 1.1 to 1.3).

use super::choose::{self, Selection};
use super::{names, visits_in};
use crate::commands::prelude::*;
use crate::model::package::{self, PackageStatus};
use crate::store::package::Request;
use crate::store::referral::HubReferral;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk outsource create REF-7K3M9Q
  $ caredesk outsource create REF-7K3M9Q --all-visits --provider harbour willow
  $ caredesk outsource create REF-7K3M9Q --visit VIS-2A VIS-9F --provider harbour

The first example asks for the visits and the providers with tick boxes.")]
pub(super) struct Create {
    #[command(flatten)]
    selection: Selection,
    /// The reference of the package [default: its code]
    #[arg(long, value_parser = package::reference)]
    reference: Option<String>,
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
        let new = send(context, tx, &referral, &visits, &providers, command.reference.as_deref())?;
        let (visits, providers) = (visits_in(&new), names(&new));
        let sentence =
            format!("Created package {}: {visits} of {}, offered to {providers}.", new.named(), new.referral);
        Ok(Change::created(new.view()).asking(chosen.question.as_ref()).saying(sentence))
    })
}

fn visits(
    context: &Context, tx: &mut Tx<'_>, all: bool, references: &[Reference], referral: &Referral,
) -> Result<Vec<Visit>> {
    if all {
        return choose::free_visits(tx, referral);
    }
    store::lookup_many::<Visit>(tx, references, context.visibility())
}

/// Rules 1.1 to 1.3.
pub(super) fn send(
    context: &Context, tx: &mut Tx<'_>, referral: &Referral, visits: &[Visit], providers: &[Provider],
    reference: Option<&str>,
) -> Result<Package> {
    package::may_send(referral, visits, providers)?;
    let code = context.code(Prefix::Package, |code| store::package::is_code_taken(tx, code))?;
    let new = Package {
        id: context.key(),
        reference: reference.unwrap_or(&code).to_owned(),
        code,
        referral_id: referral.id,
        referral: referral.code.clone(),
        status: PackageStatus::Pending,
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
        &requests(context, providers),
        context.actor.account.id,
        context.now(),
    )?;
    store::package::touch_visits(tx, new.id)?;
    store::package::whole(tx, &new)
}

pub(super) fn requests<'a>(
    context: &Context, providers: impl IntoIterator<Item = &'a Provider>,
) -> Vec<Request> {
    providers.into_iter().map(|provider| Request { id: context.key(), provider: provider.id }).collect()
}
