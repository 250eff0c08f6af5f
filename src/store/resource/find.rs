//! Finds resources that take referrals by words, by what their directory says, and by where they are.

use crate::model::directory::Coordinates;
use crate::model::resource::ResourceKind;
use crate::model::resource::search::{Near, postal_key};
use crate::model::text::escaped_for_like;
use crate::store::prelude::*;

/// More words than this are not looked for.
const MOST_WORDS: usize = 5;

/// An absent field does not limit the result.
#[derive(Default)]
pub(crate) struct Search {
    /// Folded; each must begin a word of the resource.
    pub(crate) words: Vec<String>,
    /// A part of the name of a category, or the beginning of its code.
    pub(crate) category: Option<String>,
    pub(crate) area: Option<String>,
    /// A part of the name of a language, or its code.
    pub(crate) language: Option<String>,
    /// Open at this local time.
    pub(crate) open_at: Option<NaiveDateTime>,
    pub(crate) queue: Option<QueueId>,
    /// With places left at this instant.
    pub(crate) with_capacity: Option<DateTime<Utc>>,
    /// The nearest first.
    pub(crate) near: Option<Near>,
}

/// A resource that was found.
pub(crate) struct Found {
    pub(crate) id: ResourceId,
    pub(crate) provider_id: ProviderId,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    pub(crate) kind: ResourceKind,
    pub(crate) description: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) place: Option<Coordinates>,
}

/// The best first, at most `limit`.
pub(crate) fn find(
    tx: &mut Tx<'_>, search: &Search, visibility: Visibility, limit: i64,
) -> Result<Vec<Found>> {
    let words: Vec<(String, String)> = search
        .words
        .iter()
        .take(MOST_WORDS)
        .map(|word| (word.clone(), format!("{word}\u{10ffff}")))
        .collect();
    let from = |at: usize| words.get(at).map(|word| word.0.as_str());
    let to = |at: usize| words.get(at).map(|word| word.1.as_str());
    let count = i64::try_from(words.len()).ok().filter(|count| *count > 0);
    let code =
        search.category.as_ref().map(|text| format!("{}%", escaped_for_like(&text.trim().to_uppercase())));
    let (day, time) =
        search.open_at.map(|local| (local.date(), local.time().format("%H:%M").to_string())).unzip();
    let weekday = day.map(|day| i64::from(day.weekday().number_from_monday()));
    let place = search.near.as_ref().and_then(|near| near.place);
    let values = params![
        from(0),
        to(0),
        from(1),
        to(1),
        from(2),
        to(2),
        from(3),
        to(3),
        from(4),
        to(4),
        count,
        count.is_none().then_some(true),
        part_of(search.category.as_ref()),
        part_of(search.area.as_ref()),
        part_of(search.language.as_ref()),
        code,
        search.language.as_ref().map(|text| text.trim().to_lowercase()),
        weekday,
        weekday.map(|day| if day == 1 { 7 } else { day - 1 }),
        time,
        day,
        search.queue,
        search.with_capacity,
        search.near.as_ref().map(|_| true),
        place.map(|place| place.latitude),
        place.map(|place| place.longitude),
        place.map(Coordinates::longitude_scale),
        search.near.as_ref().filter(|near| near.place.is_none()).map(|near| near.postal_key.as_str()),
        visibility.account(),
        limit
    ];
    tx.all(sql!("resource/find"), values, found)
}

fn found(row: &Row<'_>) -> Result<Found> {
    let degrees: (Option<i64>, Option<i64>) = (row.get("latitude")?, row.get("longitude")?);
    let place = degrees.0.zip(degrees.1);
    let place = place.map(|(latitude, longitude)| Coordinates { latitude, longitude });
    from_row! { row => Found {
        id, provider_id, code, name, provider, provider_name, kind, description, postal_code, place: place,
    } }
}

/// What a name is like that holds the text.
fn part_of(text: Option<&String>) -> Option<String> {
    text.map(|text| format!("%{}%", escaped_for_like(&fold(text))))
}

/// Near to a postal code, whose place is that of the resources with that code.
pub(crate) fn near(tx: &mut Tx<'_>, postal_code: &str) -> Result<Near> {
    let postal_key = postal_key(postal_code);
    let place = place_of_postal_key(tx, &postal_key)?;
    Ok(Near { postal_key, place })
}

fn place_of_postal_key(tx: &mut Tx<'_>, postal_key: &str) -> Result<Option<Coordinates>> {
    let found: Option<(Option<i64>, Option<i64>)> =
        tx.first(sql!("resource/place_of_postal_key"), params![postal_key], |row| {
            Ok((row.get("latitude")?, row.get("longitude")?))
        })?;
    let both = found.and_then(|(latitude, longitude)| latitude.zip(longitude));
    Ok(both.map(|(latitude, longitude)| Coordinates { latitude, longitude }))
}

impl Found {
    /// How far away it is, where both places are known.
    pub(crate) fn kilometres_from(&self, near: Option<&Near>) -> Option<f64> {
        let from = near?.place?;
        self.place.map(|place| from.kilometres_to(place))
    }
}

/// The names of the categories of a resource.
pub(crate) fn categories(tx: &mut Tx<'_>, found: &Found) -> Result<Vec<String>> {
    tx.all(sql!("resource/categories"), params![found.id, found.provider_id], |row| row.get("name"))
}

/// How many more referrals it can take at an instant; none if it says nothing.
pub(crate) fn places_left(tx: &mut Tx<'_>, found: &Found, now: DateTime<Utc>) -> Result<Option<i64>> {
    let left: Option<i64> =
        tx.first(sql!("resource/places_left"), params![found.id, now], |row| row.get("places_left"))?;
    Ok(left.map(|left| left.max(0)))
}

/// The first number to call of a resource, or else of its provider.
pub(crate) fn phone(tx: &mut Tx<'_>, found: &Found) -> Result<Option<String>> {
    tx.first(sql!("resource/phone"), params![found.id, found.provider_id], |row| row.get("number"))
}
