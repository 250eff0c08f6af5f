//! Service categories.

use uuid::Uuid;

use crate::db::{OnUnique, Tx, params, sql};
use crate::error::{Error, Result};
use crate::model::category::{Category, NOUN};
use crate::model::reference::{Candidate, Reference, absent, choose};
use crate::model::text::fold;

/// Refused where the name is taken.
pub(crate) fn insert(tx: &mut Tx<'_>, category: &Category) -> Result<()> {
    let Category { id, name } = category;
    tx.run(sql!("category/insert"), params![*id, *name, fold(name)])
        .on_unique("category_name_key", || {
            Error::refused("category.exists", format!("there is a category `{name}` already"))
                .hint("`--if-not-exists` leaves it as it is")
        })
        .map(drop)
}

/// By name.
pub(crate) fn list(tx: &mut Tx<'_>, id: Option<Uuid>, visibility: Option<Uuid>) -> Result<Vec<Category>> {
    tx.all(sql!("category/list"), params![id, visibility], |row| {
        Ok(Category { id: row.get("id")?, name: row.get("name")? })
    })
}

/// Not found, also for an actor who may not see it; refused where the name is ambiguous.
pub(crate) fn find(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Category> {
    let found = candidates(tx, reference, visibility)?;
    let id = choose(&NOUN, reference, &found, || {
        Ok(list(tx, None, visibility)?.into_iter().map(|category| category.name).collect())
    })?;
    list(tx, Some(id), visibility)?.pop().ok_or_else(|| absent(&NOUN, reference, &[]))
}

fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Option<Uuid>) -> Result<Vec<Candidate>> {
    let (from, to) = reference.name_range();
    tx.all(sql!("category/candidates"), params![from, to, visibility], |row| {
        let name: String = row.get("name")?;
        Ok(Candidate { id: row.get("id")?, code: name.clone(), name: String::new(), rank: row.get("fit")? })
    })
}
