//! The lists of a provider that a directory fills: each is read and written as a whole, in the order of its source.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::provider::ListedView;
use crate::model::provider::imported::{Existing, Line};
use crate::model::resource::{Resource, ResourceKind};
use crate::store::prelude::*;

/// An entry with its provider and its position in the provider's list.
pub(crate) type Placed<'a, T> = (ProviderId, i64, &'a Line<Cow<'a, T>>);

/// What a provider has a list of, in a table of its own.
pub(crate) trait Listed: Clone + 'static {
    /// Returns the entries of all providers of the source $1.
    fn imported() -> &'static str;
    /// Takes away the entries of the provider $1.
    fn delete() -> &'static str;
    /// Returns the entries of the provider $1: of its resource $2, or of none if $3 is true.
    fn of_provider() -> &'static str;

    fn read(row: &Row<'_>) -> Result<Self>;

    fn insert(tx: &mut Tx<'_>, lines: &[Placed<'_, Self>]) -> Result<()>;
}

/// Loads the entries of each provider of a source into the list that `place` gives.
pub(crate) fn imported<T: Listed>(
    tx: &mut Tx<'_>, source: &str, existing: &mut HashMap<ProviderId, Existing>,
    place: impl Fn(&mut Existing) -> &mut Vec<Line<Cow<'static, T>>>,
) -> Result<()> {
    tx.each(T::imported(), params![source], |row| {
        let line = Line { resource: row.get("resource_id")?, of: Cow::Owned(T::read(row)?) };
        place(existing.entry(row.get("provider_id")?).or_default()).push(line);
        Ok(())
    })
}

/// Replaces the entries of some providers: `old` had some before, `lines` are all that there are now.
pub(crate) fn replace<T: Listed>(
    tx: &mut Tx<'_>, old: impl Iterator<Item = ProviderId>, lines: &[Placed<'_, T>],
) -> Result<()> {
    for provider in old {
        tx.run(T::delete(), params![provider])?;
    }
    T::insert(tx, lines)
}

/// All entries of a provider.
pub(crate) fn all<T: Listed>(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<ListedView<T>>> {
    tx.all(T::of_provider(), params![provider, None::<ResourceId>, None::<bool>], |row| {
        from_row! { row => ListedView { resource, resource_name, of: T::read(row)? } }
    })
}

/// The entries of a resource, or of its provider as a whole for the agency record.
pub(crate) fn of_resource<T: Listed>(tx: &mut Tx<'_>, resource: &Resource) -> Result<Vec<T>> {
    let is_agency = resource.kind == ResourceKind::Agency;
    let own = (!is_agency).then_some(resource.id);
    tx.all(T::of_provider(), params![resource.provider_id, own, is_agency.then_some(true)], T::read)
}
