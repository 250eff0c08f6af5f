//! The one who acts, in words, and what waits.

use super::card::Marked;
use super::style::STRONG;
use super::{Card, Output};
use crate::model::whoami::{Held, WhoAmI};
use crate::model::work::{Desk, Work};

pub(crate) fn card<'a>(me: &WhoAmI, output: &'a Output) -> Card<'a> {
    let level =
        if me.level.is_staff() { format!("{} of the hub", me.level) } else { "portal account".to_owned() };
    let by = me.acted_by.as_ref().map(|login| format!(", used by {login}")).unwrap_or_default();
    let title = format!("{} ({}), {level}{by}", me.name, me.login);
    let lines = [
        ("speaks for", held(&me.providers)),
        ("acts for", held(&me.resources)),
        ("may", me.may.join("\n")),
        ("may not", me.may_not.join("\n")),
        ("database", me.database.clone()),
        ("time zone", me.time_zone.clone()),
    ];
    let card = Card::new(output, &title).lines(lines.map(|(label, value)| (label, Some(value))));
    waiting(card.blank(), &me.work, output)
}

pub(crate) fn desk<'a>(desk: &Desk, output: &'a Output) -> Card<'a> {
    let card = Card::new(output, &format!("{} ({})", desk.name, desk.login));
    waiting(card.blank(), &desk.work, output)
}

pub(super) fn held(held: &[Held]) -> String {
    held.iter().map(|one| format!("{} ({})", one.name, one.code)).collect::<Vec<_>>().join("\n")
}

fn waiting<'a>(card: Card<'a>, work: &[Work], output: &'a Output) -> Card<'a> {
    if work.is_empty() {
        return card.text("Nothing waits for you.");
    }
    let rows: Vec<Marked<2>> = work
        .iter()
        .map(|one| Marked {
            style: STRONG,
            cells: [
                one.oldest_at.map_or_else(|| "–".to_owned(), |at| output.waited(at)),
                one.words() + &time_left(one, output),
            ],
            command: Some(one.command.clone()),
        })
        .collect();
    card.text("Waiting:").marked(&rows)
}

/// `; the first until 2026-11-22 14:00 (in 4 h)`.
fn time_left(work: &Work, output: &Output) -> String {
    let Some(end) = work.lapses_at else { return String::new() };
    let which = if work.number == 1 { "" } else { "the first " };
    format!("; {which}until {}", output.past(end))
}
