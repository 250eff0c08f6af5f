//! Service categories.

use crate::model::category::{Category, NOUN};
use crate::store::prelude::*;

/// Refused if the name is taken.
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
pub(crate) fn list(tx: &mut Tx<'_>, id: Option<CategoryId>, visibility: Visibility) -> Result<Vec<Category>> {
    tx.all(sql!("category/list"), params![id, visibility.account()], |row| {
        Ok(Category { id: row.get("id")?, name: row.get("name")? })
    })
}

impl Lookup for Category {
    finds!(Category, Category, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Category> {
        let (name, name_end) = reference.label_range();
        tx.all(sql!("category/candidates"), params![name, name_end, visibility.account()], named)
    }

    fn by_id(tx: &mut Tx<'_>, id: CategoryId, visibility: Visibility) -> Result<Option<Category>> {
        Ok(list(tx, Some(id), visibility)?.pop())
    }

    fn names(tx: &mut Tx<'_>, _: &Reference, visibility: Visibility) -> Result<Vec<String>> {
        Ok(list(tx, None, visibility)?.into_iter().map(|category| category.name).collect())
    }
}
