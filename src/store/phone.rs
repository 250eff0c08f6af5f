//! Numbers to call: a list of a provider.

use crate::model::directory::Phone;
use crate::store::prelude::*;

impl Listed for Phone {
    fn imported() -> &'static str {
        sql!("phone/imported")
    }

    fn delete() -> &'static str {
        sql!("phone/delete")
    }

    fn of_provider() -> &'static str {
        sql!("phone/of_provider")
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        let kind: Option<String> = row.get("kind")?;
        from_row! { row => Phone { number, extension, department, kind: kind.unwrap_or_default() } }
    }

    fn insert(tx: &mut Tx<'_>, lines: &[Placed<'_, Self>]) -> Result<()> {
        tx.bulk(sql!("phone/insert"), lines, |(provider, position, line)| {
            let Phone { number, extension, kind, department } = &*line.of;
            [provider as &dyn Param, position, &line.resource, number, extension, kind, department]
        })
    }
}
