//! What else a directory lists: a list of a provider.

use crate::model::directory::Detail;
use crate::store::prelude::*;

impl Listed for Detail {
    fn imported() -> &'static str {
        sql!("directory_detail/imported")
    }

    fn delete() -> &'static str {
        sql!("directory_detail/delete")
    }

    fn of_provider() -> &'static str {
        sql!("directory_detail/of_provider")
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        from_row! { row => Detail { kind, name, code, note } }
    }

    fn insert(tx: &mut Tx<'_>, lines: &[Placed<'_, Self>]) -> Result<()> {
        let keyed: Vec<_> = lines.iter().map(|placed| (placed, fold_name(&placed.2.of.name))).collect();
        tx.bulk(sql!("directory_detail/insert"), &keyed, |((provider, position, line), key)| {
            let Detail { kind, name, code, note } = &*line.of;
            [provider as &dyn Param, position, &line.resource, kind, name, key, code, note]
        })
    }
}
