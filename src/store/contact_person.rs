//! Persons at a provider whom its directory names: a list of a provider.

use crate::model::directory::ContactPerson;
use crate::store::prelude::*;

impl Listed for ContactPerson {
    fn imported() -> &'static str {
        sql!("contact_person/imported")
    }

    fn delete() -> &'static str {
        sql!("contact_person/delete")
    }

    fn of_provider() -> &'static str {
        sql!("contact_person/of_provider")
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        from_row! { row => ContactPerson { name, title, department, email } }
    }

    fn insert(tx: &mut Tx<'_>, lines: &[Placed<'_, Self>]) -> Result<()> {
        tx.bulk(sql!("contact_person/insert"), lines, |(provider, position, line)| {
            let ContactPerson { name, title, department, email } = &*line.of;
            [provider as &dyn Param, position, &line.resource, name, title, department, email]
        })
    }
}
