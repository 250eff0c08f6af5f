//! One thing by what a person calls it. What differs from noun to noun is in the trait; the choice is made here, once.

use crate::db::{Row, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::model::reference::{Candidate, Noun, Reference, absent, choose};

/// How many names are compared with one that means nothing, to suggest the nearest.
pub(super) const NAMES_TO_COMPARE: i64 = 5_000;

/// A kind of thing that references mean.
pub(crate) trait Lookup {
    type Found;
    /// What the ids are of.
    type Noun;
    /// For whom, and among which.
    type Scope: Copy;
    const NOUN: &'static Noun;

    fn id(found: &Self::Found) -> Id<Self::Noun>;

    /// The one that the reference names in full, where that is a single look into one index.
    fn exact(_tx: &mut Tx<'_>, _reference: &Reference, _scope: Self::Scope) -> Result<Option<Self::Found>> {
        Ok(None)
    }

    /// Whatever the reference may mean, with how well it fits.
    fn candidates(
        tx: &mut Tx<'_>,
        reference: &Reference,
        scope: Self::Scope,
    ) -> Result<Vec<Candidate<Self::Noun>>>;

    fn by_id(tx: &mut Tx<'_>, id: Id<Self::Noun>, scope: Self::Scope) -> Result<Option<Self::Found>>;

    /// Names that the reference may be a misspelling of.
    fn names(_tx: &mut Tx<'_>, _reference: &Reference, _scope: Self::Scope) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

/// Not found, also for an actor who may not see it; refused where the reference is ambiguous.
pub(crate) fn lookup<T: Lookup>(
    tx: &mut Tx<'_>,
    reference: &Reference,
    scope: impl Into<T::Scope>,
) -> Result<T::Found> {
    let scope = scope.into();
    if let Some(found) = T::exact(tx, reference, scope)? {
        return Ok(found);
    }
    let candidates = T::candidates(tx, reference, scope)?;
    let id = choose(T::NOUN, reference, &candidates, || T::names(tx, reference, scope))?;
    T::by_id(tx, id, scope)?.ok_or_else(|| absent(T::NOUN, reference, &[]))
}

/// The one with this id, if it may be seen.
pub(crate) fn by_id<T: Lookup>(
    tx: &mut Tx<'_>,
    id: Id<T::Noun>,
    scope: impl Into<T::Scope>,
) -> Result<Option<T::Found>> {
    T::by_id(tx, id, scope.into())
}

/// What an option of the command line names, where it was given.
pub(crate) fn lookup_optional<T: Lookup>(
    tx: &mut Tx<'_>,
    reference: Option<&Reference>,
    scope: impl Into<T::Scope>,
) -> Result<Option<T::Found>> {
    reference.map(|reference| lookup::<T>(tx, reference, scope)).transpose()
}

/// In the order of the references; what is named twice is there once.
pub(crate) fn lookup_many<T: Lookup>(
    tx: &mut Tx<'_>,
    references: &[Reference],
    scope: impl Into<T::Scope>,
) -> Result<Vec<T::Found>> {
    let scope = scope.into();
    let mut all: Vec<T::Found> = Vec::with_capacity(references.len());
    for reference in references {
        let found = lookup::<T>(tx, reference, scope)?;
        if !all.iter().any(|known| T::id(known) == T::id(&found)) {
            all.push(found);
        }
    }
    Ok(all)
}

/// A candidate that has a code and no name.
pub(super) fn coded<N>(row: &Row<'_>) -> Result<Candidate<N>> {
    Ok(Candidate { id: row.get("id")?, code: row.get("code")?, name: String::new(), rank: row.get("fit")? })
}

/// A candidate that has both.
pub(super) fn coded_and_named<N>(row: &Row<'_>) -> Result<Candidate<N>> {
    Ok(Candidate { name: row.get("name")?, ..coded(row)? })
}

/// A candidate that is known by its name alone.
pub(super) fn named<N>(row: &Row<'_>) -> Result<Candidate<N>> {
    Ok(Candidate { id: row.get("id")?, code: row.get("name")?, name: String::new(), rank: row.get("fit")? })
}
