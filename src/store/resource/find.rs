//! Finds resources that take referrals by words, by what their directory says, and by where they are.

use crate::model::directory::{Coordinates, DetailKind};
use crate::model::resource::ResourceKind;
use crate::model::resource::search::{Near, postal_key};
use crate::model::text::escaped_for_like;
use crate::store::prelude::*;

/// More words than this are not looked for.
const MOST_WORDS: usize = 5;

/// So many candidates are looked at first. Where the rarest criterion has more, these nearly always fill a page; where they
/// do not, all are looked at.
const FIRST_CANDIDATES: i64 = 5_000;

/// The same of the nearest, each of which is looked up by its number.
const FIRST_NEAREST: i64 = 2_000;

/// So many are few if nothing else is looked up of each.
const FEW_ALONE: i64 = 20_000;

/// What the query counts at least for a word that begins one of a category.
const NAMED: i64 = 11;

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
pub(crate) fn best(
    tx: &mut Tx<'_>, search: &Search, visibility: Visibility, limit: i64,
) -> Result<Vec<Found>> {
    let (mut plan, is_whole) = Plan::of(tx, search, visibility)?;
    if !is_whole && limit < FIRST_CANDIDATES {
        let found = find(tx, search, &plan, visibility, plan.first_candidates(search, limit), limit)?;
        if i64::try_from(found.len()).is_ok_and(|found| found >= limit) {
            return Ok(found);
        }
        plan.without_first(search);
    }
    find(tx, search, &plan, visibility, i64::MAX, limit)
}

/// Where the candidates come from, and what they are then measured by.
#[derive(Default)]
struct Plan {
    from_word: Option<Range>,
    from_term: Option<Term>,
    nearest: Option<bool>,
    by_name: Option<bool>,
    from_queue: Option<QueueId>,
    from_capacity: Option<DateTime<Utc>>,
    /// Of what the actor sees, which is little where the actor does not see all.
    from_visible: bool,
    /// The day of the week.
    from_hours: Option<i64>,
    words: Vec<Range>,
    terms: Vec<Term>,
}

/// Words from the first to before the second.
#[derive(Clone)]
struct Range(String, String);

/// What a category, area or language is called.
#[derive(Clone)]
struct Term {
    kind: DetailKind,
    name: String,
    code: String,
}

impl Plan {
    /// The candidates come from the rarest criterion. Returns whether those are surely few.
    fn of(tx: &mut Tx<'_>, search: &Search, visibility: Visibility) -> Result<(Self, bool)> {
        let mut plan = Plan {
            words: search.words.iter().take(MOST_WORDS).map(|word| Range::of(word)).collect(),
            terms: search.terms(),
            ..Plan::default()
        };
        let is_alone = plan.words.len() + plan.terms.len() == 1 && search.open_at.is_none();
        let most = if is_alone { FEW_ALONE } else { FIRST_CANDIDATES };
        let word = rarest(&plan.words, |word| count_word(tx, word, most + 1))?;
        let term = rarest(&plan.terms, |term| count_term(tx, term, most + 1))?;
        let hits = [word, term].iter().flatten().map(|(hits, _)| *hits).min();
        let is_few = hits.is_some_and(|hits| hits <= most);
        let few = [visibility.account().is_some(), search.queue.is_some(), search.with_capacity.is_some()];
        match (word, term) {
            _ if !is_few && few.contains(&true) => {
                plan.from_visible = few[0];
                plan.from_queue = search.queue.filter(|_| !few[0]);
                plan.from_capacity = search.with_capacity.filter(|_| !few[0] && !few[1]);
                return Ok((plan, true));
            }
            _ if !is_few && search.near.is_some() => plan.nearest = Some(true),
            (Some((hits, at)), other) if other.is_none_or(|(others, _)| hits <= others) => {
                plan.from_word = Some(plan.words.remove(at));
            }
            (_, Some((_, at))) => plan.from_term = Some(plan.terms.remove(at)),
            _ => plan.by_name = Some(true),
        }
        Ok((plan, is_few))
    }

    /// Of the nearest no more are looked at than are shown, if nothing else is asked for.
    fn first_candidates(&self, search: &Search, limit: i64) -> i64 {
        let is_alone = self.words.is_empty()
            && self.terms.is_empty()
            && search.open_at.is_none()
            && search.queue.is_none()
            && search.with_capacity.is_none();
        match self.nearest {
            None => FIRST_CANDIDATES,
            Some(_) if is_alone => limit,
            Some(_) => FIRST_NEAREST.max(limit),
        }
    }

    /// The first candidates did not fill a page: of all that there are, few are open then.
    fn without_first(&mut self, search: &Search) {
        if self.nearest.take().or(self.by_name.take()).is_some() {
            self.from_hours = search.weekday();
            self.by_name = self.from_hours.is_none().then_some(true);
        }
    }
}

impl Range {
    fn of(word: &str) -> Self {
        Range(word.to_owned(), format!("{word}\u{10ffff}"))
    }

    fn texts(&self) -> (&str, &str) {
        (&self.0, &self.1)
    }
}

impl Search {
    /// 1 is Monday.
    fn weekday(&self) -> Option<i64> {
        self.open_at.map(|local| local.weekday().number_from_monday().into())
    }

    /// The points of what has all words in its name or in a category.
    fn named(&self) -> Option<i64> {
        let words = i64::try_from(self.words.len().min(MOST_WORDS)).unwrap_or(0);
        (words > 0).then_some(words * NAMED)
    }

    /// A category is named by the beginning of its code, others by all of it.
    fn terms(&self) -> Vec<Term> {
        let asked = [
            (DetailKind::Category, &self.category, "%"),
            (DetailKind::Area, &self.area, ""),
            (DetailKind::Language, &self.language, ""),
        ];
        let term = |(kind, text, rest): (DetailKind, &Option<String>, &str)| {
            let text = text.as_ref()?;
            Some(Term {
                kind,
                name: format!("%{}%", escaped_for_like(&fold_name(text))),
                code: format!("{}{rest}", escaped_for_like(&text.trim().to_uppercase())),
            })
        };
        asked.into_iter().filter_map(term).collect()
    }
}

/// The fewest hits, and which has them.
fn rarest<T>(all: &[T], mut count: impl FnMut(&T) -> Result<i64>) -> Result<Option<(i64, usize)>> {
    let counted: Result<Vec<i64>> = all.iter().map(&mut count).collect();
    Ok(counted?.into_iter().zip(0..).min())
}

fn count_word(tx: &mut Tx<'_>, Range(from, to): &Range, most: i64) -> Result<i64> {
    let values = params![*from, *to, most];
    Ok(tx.first(sql!("resource/count_word"), values, |row| row.get("hits"))?.unwrap_or(0))
}

fn count_term(tx: &mut Tx<'_>, term: &Term, most: i64) -> Result<i64> {
    let values = params![term.kind, term.name, term.code, most];
    Ok(tx.first(sql!("resource/count_term"), values, |row| row.get("hits"))?.unwrap_or(0))
}

fn find(
    tx: &mut Tx<'_>, search: &Search, plan: &Plan, visibility: Visibility, candidates: i64, limit: i64,
) -> Result<Vec<Found>> {
    let word_at = |at: usize| match at.checked_sub(1) {
        None => plan.from_word.as_ref(),
        Some(other) => plan.words.get(other),
    };
    let words: Vec<(Option<&str>, Option<&str>)> =
        (0..=MOST_WORDS).map(|at| word_at(at).map(Range::texts).unzip()).collect();
    let terms = [plan.from_term.as_ref(), plan.terms.first(), plan.terms.get(1), plan.terms.get(2)];
    let terms = terms.map(term_values);
    let (day, time) =
        search.open_at.map(|local| (local.date(), local.time().format("%H:%M").to_string())).unzip();
    let weekday = search.weekday();
    let place = search.near.as_ref().and_then(|near| near.place);
    let rest = params![
        place.map(|place| place.latitude),
        place.map(|place| place.longitude),
        place.map(Coordinates::longitude_scale),
        search.near.as_ref().filter(|near| near.place.is_none()).map(|near| near.postal_key.as_str()),
        plan.nearest,
        plan.by_name,
        candidates,
        weekday,
        weekday.map(|day| if day == 1 { 7 } else { day - 1 }),
        time,
        day,
        search.queue,
        search.with_capacity,
        visibility.account(),
        limit,
        plan.from_queue,
        plan.from_capacity,
        visibility.account().filter(|_| plan.from_visible),
        plan.from_hours,
        search.near.as_ref().and_then(|_| search.named())
    ];
    let mut values: Vec<&dyn Param> = Vec::new();
    values.extend(words.iter().flat_map(|(from, to)| [from as &dyn Param, to]));
    values.extend(terms.iter().flat_map(|(kind, name, code)| [kind as &dyn Param, name, code]));
    values.extend_from_slice(rest);
    tx.all(sql!("resource/find"), &values, found)
}

fn term_values(term: Option<&Term>) -> (Option<DetailKind>, Option<&str>, Option<&str>) {
    (term.map(|term| term.kind), term.map(|term| term.name.as_str()), term.map(|term| term.code.as_str()))
}

fn found(row: &Row<'_>) -> Result<Found> {
    let degrees: (Option<i64>, Option<i64>) = (row.get("latitude")?, row.get("longitude")?);
    let place = degrees.0.zip(degrees.1);
    let place = place.map(|(latitude, longitude)| Coordinates { latitude, longitude });
    from_row! { row => Found {
        id, provider_id, code, name, provider, provider_name, kind, description, postal_code, place: place,
    } }
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
