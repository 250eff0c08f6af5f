//! `sharing who`: all who see something of a client, of which type, on what ground, since when and until when.

use std::collections::HashSet;

use chrono::Days;

use crate::commands::prelude::*;
use crate::model::sharing::Sight;
use crate::store::client::KnownClient;

pub(super) fn run(context: &Context, client: &Reference) -> Result<()> {
    let visibility = context.visibility();
    let rows = context.read(|tx| {
        let client = store::lookup::<KnownClient>(tx, client, visibility)?;
        let mut rows = records(tx, client.id, visibility)?;
        rows.extend(visits(context, tx, client.id)?);
        rows.extend(store::sharing::who_referrals(tx, client.id, visibility)?);
        Ok(rows)
    })?;
    context.out.rows(rows, "no provider sees anything of this client")
}

/// A provider is not said by which release another shows it something.
fn records(tx: &mut Tx<'_>, client: ClientId, visibility: Visibility) -> Result<Vec<Sight>> {
    let found = store::sharing::who(tx, client, visibility)?;
    if !visibility.is_portal() {
        return Ok(found);
    }
    let own = store::provider::list(tx, &store::provider::Filter::default(), visibility, i64::MAX)?;
    let own: HashSet<ProviderId> = own.iter().map(|provider| provider.id).collect();
    let is_owners = |id: Option<ProviderId>| id.is_some_and(|id| own.contains(&id));
    let sides =
        found.into_iter().map(|sight| if is_owners(sight.owner_id) { sight } else { sight.of_recipient() });
    Ok(sides.collect())
}

/// Whose accepted visits are shown up to some days after the last (rule 1.12).
fn visits(context: &Context, tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<Sight>> {
    let since = context.contacts_since(tx)?;
    let days = Days::new(u64::try_from(store::setting::contact_days(tx)?).unwrap_or_default());
    let found = store::sharing::who_visits(tx, client, since, context.visibility())?;
    let until = |last: DateTime<Utc>| last.with_timezone(&context.zone).date_naive().checked_add_days(days);
    Ok(found.into_iter().map(|(sight, last)| Sight { until_on: until(last), ..sight }).collect())
}
