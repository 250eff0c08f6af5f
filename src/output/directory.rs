//! What a directory says of a provider or a resource, as lines of a card.

use crate::model::directory::{Address, ContactPerson, Detail, DetailKind, OpeningHours, Phone};

/// A label and its text; an empty text has no line.
pub(super) type Line = (String, Option<String>);

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The lists of one resource, or of a provider as a whole.
pub(super) struct Lists<'a> {
    pub(super) phones: Vec<&'a Phone>,
    pub(super) addresses: Vec<&'a Address>,
    pub(super) details: Vec<&'a Detail>,
    pub(super) opening_hours: Vec<&'a OpeningHours>,
    pub(super) contact_persons: Vec<&'a ContactPerson>,
}

/// One line for each list, each entry on a line of its own.
pub(super) fn lines(lists: &Lists<'_>) -> Vec<Line> {
    let mut lines = vec![
        line("phones", lists.phones.iter().map(|phone| number(phone))),
        line("addresses", lists.addresses.iter().map(|address| place(address))),
        line("open", week(&lists.opening_hours).into_iter()),
        line("contacts", lists.contact_persons.iter().map(|person| role(person))),
    ];
    lines.extend(DetailKind::ALL.iter().map(|&kind| {
        let of_kind = lists.details.iter().filter(|detail| detail.kind == kind);
        line(kind.name(), of_kind.map(|detail| named(detail)))
    }));
    lines
}

fn line(label: &str, entries: impl Iterator<Item = String>) -> Line {
    (label.replace('-', " "), Some(entries.collect::<Vec<_>>().join("\n")))
}

/// `(800) 555-0100 ext. 4, fax, Intake`.
fn number(phone: &Phone) -> String {
    let extension = phone.extension.as_ref().map(|extension| format!(" ext. {extension}"));
    let number = format!("{}{}", phone.number, extension.unwrap_or_default());
    let kind = Some(&phone.kind).filter(|kind| *kind != "voice");
    joined([Some(&number), kind, phone.department.as_ref()])
}

fn place(address: &Address) -> String {
    let Address { attention, line_1, line_2, city, region, postal_code, country, .. } = address;
    let town =
        [city, region, postal_code].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let town = Some(town).filter(|town| !town.is_empty());
    joined([attention, line_1, line_2, &town, country].map(Option::as_ref))
}

fn role(person: &ContactPerson) -> String {
    joined([&person.name, &person.title, &person.department, &person.email].map(Option::as_ref))
}

/// `Emergency Food (BD-1800), taken from local pantries`.
fn named(detail: &Detail) -> String {
    let code = detail.code.as_ref().filter(|code| **code != detail.name).map(|code| format!(" ({code})"));
    joined([Some(&format!("{}{}", detail.name, code.unwrap_or_default())), detail.note.as_ref()])
}

fn joined<const N: usize>(parts: [Option<&String>; N]) -> String {
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Days of the same hours are named together: `Mon Tue Wed 09:00-17:00`.
fn week(hours: &[&OpeningHours]) -> Vec<String> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for one in hours {
        let (day, what) = (day_of(one), what_of(one));
        match groups.last_mut() {
            Some((days, same)) if *same == what && one.weekday.is_some() => *days += &format!(" {day}"),
            _ => groups.push((day, what)),
        }
    }
    groups.into_iter().map(|(days, what)| format!("{days} {what}").trim().to_owned()).collect()
}

fn day_of(hours: &OpeningHours) -> String {
    let day = hours.weekday.and_then(|day| DAYS.get(usize::try_from(day - 1).ok()?));
    day.map(|day| (*day).to_owned()).unwrap_or_default()
}

fn what_of(hours: &OpeningHours) -> String {
    let times = match (&hours.opens, &hours.closes) {
        _ if hours.closed => Some("closed".to_owned()),
        (Some(opens), Some(closes)) => Some(format!("{opens}-{closes}")),
        (Some(opens), None) => Some(format!("from {opens}")),
        (None, Some(closes)) => Some(format!("until {closes}")),
        (None, None) => None,
    };
    let from = hours.starts_on.map(|day| format!("from {day}"));
    let until = hours.ends_on.map(|day| format!("until {day}"));
    joined([times.as_ref(), from.as_ref(), until.as_ref(), hours.note.as_ref()])
}
