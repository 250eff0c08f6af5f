//! Whether an actor may see a thing of which only the code is known.

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::model::code::Prefix;
use crate::model::contact::Contact;
use crate::model::contract::Contract;
use crate::model::package::Package;
use crate::model::provider::Provider;
use crate::model::record::{FoundRecord, Viewer};
use crate::model::reference::Reference;
use crate::model::referral::Referral;
use crate::model::release::Release;
use crate::model::resource::Resource;
use crate::model::sharing::Request;
use crate::model::visibility::Visibility;
use crate::model::visit::Visit;
use crate::store::client::KnownClient;
use crate::store::provider::Partner;
use crate::store::{Lookup, lookup_if_there};

/// What is no more, there is nothing to see of.
pub(super) fn may_see(tx: &mut Tx<'_>, code: &str, visibility: Visibility) -> Result<bool> {
    let prefix = Prefix::ALL.iter().find(|prefix| prefix.is_of(code));
    let Some(prefix) = prefix.filter(|_| visibility.is_portal()) else { return Ok(true) };
    let reference: Reference = code.parse().map_err(Error::internal)?;
    match prefix {
        Prefix::Provider => sees::<Partner>(tx, &reference, visibility),
        Prefix::Resource | Prefix::Capacity => sees::<Resource>(tx, &reference, visibility),
        Prefix::Client => sees::<KnownClient>(tx, &reference, visibility),
        Prefix::Contact => sees::<Contact>(tx, &reference, visibility),
        Prefix::Referral => sees::<Referral>(tx, &reference, visibility),
        Prefix::Visit => sees::<Visit>(tx, &reference, visibility),
        Prefix::Package => sees::<Package>(tx, &reference, visibility),
        Prefix::Contract => sees::<Contract>(tx, &reference, visibility),
        Prefix::SharingRequest => sees::<Request>(tx, &reference, visibility),
        Prefix::Release => sees::<Release>(tx, &reference, visibility),
        Prefix::Record => sees_record(tx, &reference, visibility),
        Prefix::Alert | Prefix::Import => Ok(true),
    }
}

fn sees<T: Lookup<Scope: From<Visibility>>>(
    tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
) -> Result<bool> {
    if lookup_if_there::<T>(tx, reference, visibility)?.is_some() {
        return Ok(true);
    }
    Ok(lookup_if_there::<T>(tx, reference, Visibility::INTERNAL)?.is_none())
}

/// Who keeps a record sees it.
fn sees_record(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<bool> {
    let Some(record) = lookup_if_there::<FoundRecord>(tx, reference, Viewer::Hub)? else { return Ok(true) };
    let owner: Reference = record.view.owner.parse().map_err(Error::internal)?;
    Ok(lookup_if_there::<Provider>(tx, &owner, visibility)?.is_some())
}
