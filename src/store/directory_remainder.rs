//! What a directory says and nothing else holds: a list of a provider.

use crate::model::directory::Remainder;
use crate::store::prelude::*;

impl Listed for Remainder {
    fn imported() -> &'static str {
        sql!("directory_remainder/imported")
    }

    fn delete() -> &'static str {
        sql!("directory_remainder/delete")
    }

    fn of_provider() -> &'static str {
        sql!("directory_remainder/of_provider")
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        from_row! { row => Remainder { entity, entry, content } }
    }

    fn insert(tx: &mut Tx<'_>, lines: &[Placed<'_, Self>]) -> Result<()> {
        tx.bulk(sql!("directory_remainder/insert"), lines, |(provider, position, line)| {
            let Remainder { entity, entry, content } = &*line.of;
            [provider as &dyn Param, position, &line.resource, entity, entry, content]
        })
    }
}
