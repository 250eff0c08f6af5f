//! Finds one thing by the reference that a person gave. What differs between nouns is in the trait; the
//! choice is made here.

use crate::db::{Row, Tx};
use crate::error::{Kind, Result};
use crate::id::Id;
use crate::model::id::AccountId;
use crate::model::reference::{Candidate, Noun, Reference, absent, choose};

/// How many names are compared with an unknown one to suggest the nearest.
pub(super) const NAMES_TO_COMPARE: i64 = 5_000;

/// How many of the things that begin as a reference are read for staff, since a million may. Those of a portal account are read
/// whole, since only then is it known which of them it may see.
pub(super) fn at_most(portal: Option<AccountId>) -> Option<i64> {
    portal.is_none().then_some(20)
}

/// A kind of thing that references can name.
pub(crate) trait Lookup {
    type Found;
    /// The type of its ids.
    type Noun;
    /// For whom, and in what set, it is searched.
    type Scope: Copy;
    const NOUN: &'static Noun;

    fn id(found: &Self::Found) -> Id<Self::Noun>;

    /// Finds a thing whose whole code is the reference, if that is a single index lookup.
    fn exact(_tx: &mut Tx<'_>, _reference: &Reference, _scope: Self::Scope) -> Result<Option<Self::Found>> {
        Ok(None)
    }

    /// All candidates of the reference, with how well each fits.
    fn candidates(tx: &mut Tx<'_>, reference: &Reference, scope: Self::Scope) -> Candidates<Self::Noun>;

    fn by_id(tx: &mut Tx<'_>, id: Id<Self::Noun>, scope: Self::Scope) -> Result<Option<Self::Found>>;

    /// Names to suggest if the reference is misspelled.
    fn names(_tx: &mut Tx<'_>, _reference: &Reference, _scope: Self::Scope) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

/// The candidates of a reference.
pub(super) type Candidates<N> = Result<Vec<Candidate<N>>>;

/// What nearly every [`Lookup`] has alike: what is found, the noun of its id, the scope; with `by list` also
/// the search by id, through the list of the noun.
macro_rules! finds {
    ($found:ty, $noun:ident, $scope:ty) => {
        type Found = $found;
        type Noun = crate::model::id::noun::$noun;
        type Scope = $scope;
        const NOUN: &'static crate::model::reference::Noun = &NOUN;

        fn id(found: &$found) -> crate::id::Id<Self::Noun> {
            found.id
        }
    };
    (by list, $found:ty, $noun:ident, $scope:ty) => {
        crate::store::lookup::finds!($found, $noun, $scope);

        fn by_id(tx: &mut Tx<'_>, id: crate::id::Id<Self::Noun>, scope: $scope) -> Result<Option<$found>> {
            Ok(list(tx, &Filter { id: Some(id), ..Filter::default() }, scope, 1)?.pop())
        }
    };
}

pub(super) use finds;

/// Errors: not found, also for an actor who may not see it; refused if the reference is ambiguous.
pub(crate) fn lookup<T: Lookup>(
    tx: &mut Tx<'_>, reference: &Reference, scope: impl Into<T::Scope>,
) -> Result<T::Found> {
    let scope = scope.into();
    if let Some(found) = T::exact(tx, reference, scope)? {
        return Ok(found);
    }
    let candidates = T::candidates(tx, reference, scope)?;
    let id = choose(T::NOUN, reference, &candidates, || T::names(tx, reference, scope))?;
    T::by_id(tx, id, scope)?.ok_or_else(|| absent(T::NOUN, reference, &[]))
}

/// The same where it may not be there for this actor.
pub(crate) fn lookup_if_there<T: Lookup>(
    tx: &mut Tx<'_>, reference: &Reference, scope: impl Into<T::Scope>,
) -> Result<Option<T::Found>> {
    match lookup::<T>(tx, reference, scope) {
        Err(error) if error.kind() == Kind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// The thing with this id, if the actor may see it.
pub(crate) fn by_id<T: Lookup>(
    tx: &mut Tx<'_>, id: Id<T::Noun>, scope: impl Into<T::Scope>,
) -> Result<Option<T::Found>> {
    T::by_id(tx, id, scope.into())
}

/// Resolves an optional reference.
pub(crate) fn lookup_optional<T: Lookup>(
    tx: &mut Tx<'_>, reference: Option<&Reference>, scope: impl Into<T::Scope>,
) -> Result<Option<T::Found>> {
    reference.map(|reference| lookup::<T>(tx, reference, scope)).transpose()
}

/// The id of what an optional reference names, such as a filter of a list.
pub(crate) fn lookup_id<T: Lookup>(
    tx: &mut Tx<'_>, reference: Option<&Reference>, scope: impl Into<T::Scope>,
) -> Result<Option<Id<T::Noun>>> {
    Ok(lookup_optional::<T>(tx, reference, scope)?.as_ref().map(T::id))
}

/// The ids of what references name, such as a filter of a list that may be given several times.
pub(crate) fn lookup_ids<T: Lookup>(
    tx: &mut Tx<'_>, references: &[Reference], scope: impl Into<T::Scope>,
) -> Result<Vec<Id<T::Noun>>> {
    Ok(lookup_many::<T>(tx, references, scope)?.iter().map(T::id).collect())
}

/// In the order of the references, without duplicates.
pub(crate) fn lookup_many<T: Lookup>(
    tx: &mut Tx<'_>, references: &[Reference], scope: impl Into<T::Scope>,
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

/// A candidate with a code and no name.
pub(super) fn coded<N>(row: &Row<'_>) -> Result<Candidate<N>> {
    Ok(Candidate { id: row.get("id")?, code: row.get("code")?, name: String::new(), rank: row.get("fit")? })
}

/// A candidate with a code and a name.
pub(super) fn coded_and_named<N>(row: &Row<'_>) -> Result<Candidate<N>> {
    Ok(Candidate { name: row.get("name")?, ..coded(row)? })
}

/// A candidate with a name and no code.
pub(super) fn named<N>(row: &Row<'_>) -> Result<Candidate<N>> {
    Ok(Candidate { id: row.get("id")?, code: row.get("name")?, name: String::new(), rank: row.get("fit")? })
}
