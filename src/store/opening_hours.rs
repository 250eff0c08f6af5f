//! When it is open: a list of a provider.

use crate::model::directory::OpeningHours;
use crate::store::prelude::*;

impl Listed for OpeningHours {
    fn imported() -> &'static str {
        sql!("opening_hours/imported")
    }

    fn delete() -> &'static str {
        sql!("opening_hours/delete")
    }

    fn of_provider() -> &'static str {
        sql!("opening_hours/of_provider")
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        from_row! { row => OpeningHours {
            weekday, opens, closes, starts_on, ends_on, closed, note,
        } }
    }

    fn insert(tx: &mut Tx<'_>, lines: &[Placed<'_, Self>]) -> Result<()> {
        tx.bulk(sql!("opening_hours/insert"), lines, |(provider, position, line)| {
            let OpeningHours { weekday, opens, closes, starts_on, ends_on, closed, note } = &*line.of;
            [
                provider as &dyn Param, position, &line.resource, weekday, opens, closes, starts_on, ends_on,
                closed, note,
            ]
        })
    }
}
