//! What the filters of a list name: a thing, an account, an action. One that does not exist is an error, since an empty list would
//! say that nothing was changed.

use crate::commands::prelude::*;
use crate::model::text::nearest;
use crate::store::Lookup;
use crate::store::audit;

/// Finds what entries on a thing stand under.
type Find = fn(&mut Tx<'_>, &Reference) -> Result<String>;

/// In the order of trying.
const FINDS: [Find; 10] = [
    |tx, named| found::<Client>(tx, named, |client| client.code),
    |tx, named| found::<Provider>(tx, named, |provider| provider.code),
    |tx, named| found::<Referral>(tx, named, |referral| referral.code),
    |tx, named| found::<Package>(tx, named, |package| package.code),
    |tx, named| found::<Visit>(tx, named, |visit| visit.code),
    |tx, named| found::<Account>(tx, named, |account| account.login),
    |tx, named| found::<Queue>(tx, named, |queue| queue.name),
    |tx, named| found::<Resource>(tx, named, |resource| resource.code),
    |tx, named| found::<Contact>(tx, named, |contact| contact.number),
    |tx, named| found::<Category>(tx, named, |category| category.name),
];

fn found<T: Lookup>(tx: &mut Tx<'_>, named: &Reference, subject: fn(T::Found) -> String) -> Result<String>
where
    Visibility: Into<T::Scope>,
{
    store::lookup::<T>(tx, named, Visibility::INTERNAL).map(subject)
}

/// What the trail knows under exactly this, else what a noun calls so.
pub(super) fn subject(tx: &mut Tx<'_>, named: &Reference) -> Result<String> {
    if audit::is_subject(tx, named.as_str())? {
        return Ok(named.as_str().to_owned());
    }
    let mut near = None;
    for find in FINDS {
        match find(tx, named) {
            Err(error) if error.kind() == Kind::NotFound => {
                let hint = error.hint_text().filter(|hint| hint.starts_with("did you mean"));
                near = near.or(hint.map(str::to_owned));
            }
            found => return found,
        }
    }
    let hint = near.unwrap_or_else(|| "name it by its code, its login or its name".to_owned());
    Err(Error::not_found("audit.no_subject", format!("there is nothing called `{named}`")).hint(hint))
}

/// An account of today, or who has left entries from before there were accounts.
pub(super) fn actor(tx: &mut Tx<'_>, named: &Reference) -> Result<String> {
    match store::lookup::<Account>(tx, named, Visibility::INTERNAL) {
        Ok(account) => Ok(account.login),
        Err(error) if error.kind() == Kind::NotFound && audit::is_actor(tx, named.as_str())? => {
            Ok(named.as_str().to_owned())
        }
        Err(error) => Err(error),
    }
}

/// The actions of the trail that are meant: one, or those of a noun. Not found if it has none.
pub(super) fn actions(tx: &mut Tx<'_>, named: &str) -> Result<Vec<String>> {
    let known = audit::actions(tx)?;
    let is_meant = |action: &&String| *action == named || action.split('.').next() == Some(named);
    let meant: Vec<String> = known.iter().filter(is_meant).cloned().collect();
    if !meant.is_empty() {
        return Ok(meant);
    }
    let near: Vec<String> = nearest(named, known.iter().map(String::as_str))
        .into_iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let hint = match near.as_slice() {
        [] => format!("there are {}", known.join(", ")),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    Err(Error::not_found("audit.no_action", format!("the audit trail has no action `{named}`")).hint(hint))
}
