//! Addresses, with their coordinates: a list of a provider.

use crate::model::directory::{Address, Coordinates};
use crate::store::prelude::*;

impl Listed for Address {
    fn imported() -> &'static str {
        sql!("address/imported")
    }

    fn delete() -> &'static str {
        sql!("address/delete")
    }

    fn of_provider() -> &'static str {
        sql!("address/of_provider")
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        let degrees: (Option<i64>, Option<i64>) = (row.get("latitude")?, row.get("longitude")?);
        let place = degrees.0.zip(degrees.1);
        let place = place.map(|(latitude, longitude)| Coordinates { latitude, longitude });
        from_row! { row => Address {
            attention, line_1, line_2, city, region, postal_code, country, kind, place: place,
        } }
    }

    fn insert(tx: &mut Tx<'_>, lines: &[Placed<'_, Self>]) -> Result<()> {
        let degrees: Vec<_> = lines
            .iter()
            .map(|(_, _, line)| line.of.place.map(|place| (place.latitude, place.longitude)).unzip())
            .collect();
        let rows: Vec<_> = lines.iter().zip(&degrees).collect();
        tx.bulk(sql!("address/insert"), &rows, |((provider, position, line), (latitude, longitude))| {
            let Address { attention, line_1, line_2, city, region, postal_code, country, kind, place: _ } =
                &*line.of;
            [
                provider as &dyn Param, position, &line.resource, kind, attention, line_1, line_2, city,
                region, postal_code, country, latitude, longitude,
            ]
        })
    }
}
