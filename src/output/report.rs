//! Reports as charts with their figures, for people.

use std::iter::once;

use super::age::span;
use super::bars;
use super::cell::{self, Times};
use super::sanitize::sanitize;
use super::{Format, Output};
use crate::error::Result;
use crate::model::capacity::unit as unit_of;
use crate::model::chart::{Bar, Group, Page, Picture, Section, Table};
use crate::model::report::meaning;
use crate::model::report::{
    By, CapacityLine, Count, Figure, HubLine, Lines, MonthValue, OffersLine, PackagesLine, Period,
    ReferralsView, SharingLine,
};
use crate::model::view::{Field, FieldKind, View};

/// The charts on a terminal.
pub(crate) fn draw(page: &Page, output: &Output) -> String {
    bars::draw(page.sections.iter().map(|section| &section.chart), output)
}

/// The offers of a period, a bar for each group: how many were answered, and how many not.
pub(crate) fn offers(lines: &Lines<OffersLine>, by: By, period: &Period, output: &Output) -> Result<Page> {
    let parts_of = |line: &OffersLine| {
        let median = line.median_minutes_to_answer.map(|minutes| format!("median {}", span(minutes)));
        let back = (!line.handed_back.is_zero()).then(|| format!("{} handed back", line.handed_back));
        let lapsed = (!line.lapsed.is_zero()).then(|| format!("{} lapsed", line.lapsed));
        let answered = format!("{} of {} answered", line.answered, line.offered);
        [Some(answered), median, Some(format!("{} won", line.won)), back, lapsed]
    };
    let bar = |line: &OffersLine| Bar {
        name: line.group_name.clone(),
        picture: share(line.answered, line.offered),
        label: parts_of(line).into_iter().flatten().collect(),
    };
    let title = format!("Offers by {by}");
    let total = lines.total.as_ref().map(|line| plain(parts_of(line).into_iter().flatten()));
    let chart = chart(&title, period, total, lines.lines.iter().map(bar));
    Ok(page(
        title,
        period,
        vec![section(chart, &lines.lines, lines.total.as_ref(), output)?],
        meaning::OFFERS,
    ))
}

/// The packages of a period, a bar for each group: how many were accepted, and how many not.
pub(crate) fn packages(
    lines: &Lines<PackagesLine>, by: By, period: &Period, output: &Output,
) -> Result<Page> {
    let parts_of = |line: &PackagesLine| {
        let median = line.median_minutes_to_acceptance.map(|minutes| format!("median {}", span(minutes)));
        let pending = (!line.pending.is_zero()).then(|| format!("{} pending", line.pending));
        let back = (!line.handed_back.is_zero()).then(|| format!("{} handed back", line.handed_back));
        [Some(format!("{} of {} accepted", line.won, line.packages)), median, pending, back]
    };
    let bar = |line: &PackagesLine| Bar {
        name: line.group.clone(),
        picture: share(line.won, line.packages),
        label: parts_of(line).into_iter().flatten().collect(),
    };
    let title = format!("Packages by {by}");
    let total = lines.total.as_ref().map(|line| plain(parts_of(line).into_iter().flatten()));
    let chart = chart(&title, period, total, lines.lines.iter().map(bar));
    Ok(page(
        title,
        period,
        vec![section(chart, &lines.lines, lines.total.as_ref(), output)?],
        meaning::PACKAGES,
    ))
}

/// The sharing requests of a period, a bar for each group: how many were answered, and how many not.
pub(crate) fn sharing(lines: &Lines<SharingLine>, by: By, period: &Period, output: &Output) -> Result<Page> {
    let parts_of = |line: &SharingLine| {
        let median = line.median_minutes_to_answer.map(|minutes| format!("median {}", span(minutes)));
        let answered = format!("{} of {} answered", line.answered, line.requests);
        [Some(answered), median, Some(format!("{} granted", line.granted))]
    };
    let bar = |line: &SharingLine| Bar {
        name: line.group_name.clone(),
        picture: share(line.answered, line.requests),
        label: parts_of(line).into_iter().flatten().collect(),
    };
    let title = format!("Sharing requests by {}", if by == By::Provider { "owner" } else { by.name() });
    let total = lines.total.as_ref().map(|line| plain(parts_of(line).into_iter().flatten()));
    let chart = chart(&title, period, total, lines.lines.iter().map(bar));
    Ok(page(
        title,
        period,
        vec![section(chart, &lines.lines, lines.total.as_ref(), output)?],
        meaning::SHARING,
    ))
}

/// The figures of the hub, each with a column for each month.
pub(crate) fn hub(lines: &[HubLine], name: Option<&str>, period: &Period) -> Page {
    let title = name.unwrap_or("The hub").to_owned();
    let sections = lines.chunk_by(|one, next| one.figure.subject() == next.figure.subject()).map(|lines| {
        let subject = lines.first().map_or("", |line| line.figure.subject());
        let bars = lines.iter().map(|line| Bar {
            name: line.figure.words().to_owned(),
            picture: Picture::Trend(
                line.months.iter().map(|month| month.value.and_then(Count::exact)).collect(),
            ),
            label: vec![hub_value(line.figure, line.value)],
        });
        let chart = Group { heading: subject.to_owned(), bars: bars.collect() };
        Section { chart, table: by_month(lines) }
    });
    let mut sections: Vec<Section> = sections.collect();
    if let Some(first) = sections.first_mut() {
        first.chart.heading = format!("{}, {}", first.chart.heading, period.words());
    }
    page(title, period, sections, meaning::HUB)
}

/// A row for each month, since there may be many, and as many columns as figures.
fn by_month(lines: &[HubLine]) -> Table {
    let figures = lines.iter().map(|line| (line.figure.words().to_owned(), true));
    let months = lines.first().map(|line| line.months.as_slice()).unwrap_or_default();
    let row = |(number, month): (usize, &MonthValue)| {
        let value =
            |line: &HubLine| hub_value(line.figure, line.months.get(number).and_then(|month| month.value));
        once(month.month.clone()).chain(lines.iter().map(value)).collect()
    };
    let total = once("period".to_owned()).chain(lines.iter().map(|line| hub_value(line.figure, line.value)));
    Table {
        heads: once(("month".to_owned(), false)).chain(figures).collect(),
        rows: months.iter().enumerate().map(row).collect(),
        total: Some(total.collect()),
    }
}

fn hub_value(figure: Figure, value: Option<Count>) -> String {
    match value {
        None => "–".to_owned(),
        Some(Count::Exact(minutes)) if figure.is_time() => span(minutes),
        Some(count) => count.to_string(),
    }
}

/// How many of the whole; nothing is drawn where either is masked.
fn share(part: Count, whole: Count) -> Picture {
    match (part.exact(), whole.exact()) {
        (Some(part), Some(whole)) => Picture::Bar { value: part, room: whole - part },
        (None, Some(whole)) => Picture::Bar { value: 0, room: whole },
        (_, None) => Picture::Bar { value: 0, room: 0 },
    }
}

fn chart(title: &str, period: &Period, total: Option<String>, bars: impl Iterator<Item = Bar>) -> Group {
    let total = total.map(|total| format!(": {total}")).unwrap_or_default();
    Group { heading: format!("{title}, {}{total}", period.words()), bars: bars.collect() }
}

fn page(title: String, period: &Period, sections: Vec<Section>, notes: &[&str]) -> Page {
    let notes = notes.iter().map(|note| (*note).to_owned()).collect();
    Page { title: sanitize(&title).into_owned(), about: period.words(), sections, notes }
}

/// A chart with all columns that a table shows.
fn section<T: View>(chart: Group, lines: &[T], total: Option<&T>, output: &Output) -> Result<Section> {
    let fields: Vec<&Field> = T::FIELDS.iter().filter(|field| field.shown).collect();
    let head = |field: &&Field| {
        // A span says its unit itself.
        let label = cell::label(field, fields.iter().copied());
        let label = if field.kind == FieldKind::Span { label.replace("minutes", "time") } else { label };
        (label, is_number(field.kind))
    };
    let heads = fields.iter().map(head).collect();
    let output = Output { format: Format::Table, ..output.clone() };
    let row = |line: &T| {
        let values = cell::fields(line)?;
        let text = |field: &&Field| {
            let value = values.get(field.key).unwrap_or(&serde_json::Value::Null);
            sanitize(&cell::cell(value, field.kind, Times::Exact, &output)).into_owned()
        };
        Ok(fields.iter().map(text).collect::<Vec<String>>())
    };
    let rows = lines.iter().map(row).collect::<Result<_>>()?;
    Ok(Section { chart, table: Table { heads, rows, total: total.map(row).transpose()? } })
}

fn is_number(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Number | FieldKind::Minutes | FieldKind::Span)
}

/// A group for each queue, a bar for each resource in each status.
pub(crate) fn referrals(lines: &[ReferralsView], output: &Output) -> Result<Page> {
    let sections = lines.chunk_by(|one, next| one.queue == next.queue).map(|lines| {
        let heading = lines.first().map_or("", |line| &line.queue).to_owned() + &open_and_closed(lines);
        section(Group { heading, bars: lines.iter().map(referrals_bar).collect() }, lines, None, output)
    });
    Ok(as_of_now("Referrals", sections.collect::<Result<_>>()?, meaning::REFERRALS, output))
}

/// Nothing where a number is masked, which would be computed from the sum.
fn open_and_closed(lines: &[ReferralsView]) -> String {
    let sum = |closed| {
        let counts = lines.iter().filter(|line| line.closed == closed).map(|line| line.referrals.exact());
        counts.sum::<Option<i64>>()
    };
    match (sum(false), sum(true)) {
        (Some(open), Some(0)) => format!(": {open} open"),
        (Some(open), Some(closed)) => format!(": {open} open, {closed} closed"),
        _ => String::new(),
    }
}

fn as_of_now(title: &str, sections: Vec<Section>, notes: &[&str], output: &Output) -> Page {
    let notes = notes.iter().map(|note| (*note).to_owned()).collect();
    Page { title: title.to_owned(), about: format!("As of {}", output.instant(output.now)), sections, notes }
}

fn referrals_bar(line: &ReferralsView) -> Bar {
    let assignee = line.resource_name.as_deref().unwrap_or("not assigned");
    let change = line.median_minutes_to_change.map(|minutes| format!("changed after {}", span(minutes)));
    let label = [
        Some(line.referrals.to_string()),
        line.oldest_days.map(|oldest| format!("oldest {}", days(oldest))),
        line.median_days.map(|median| format!("median {}", days(median))),
        change,
    ];
    Bar {
        name: format!("{} · {assignee}", line.status),
        picture: Picture::Bar { value: line.referrals.exact().unwrap_or(0), room: 0 },
        label: label.into_iter().flatten().collect(),
    }
}

fn plain(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// A group for each provider, a bar for each of its resources: what is used, and what is left.
pub(crate) fn capacity(lines: &[CapacityLine], output: &Output) -> Result<Page> {
    let mut groups: Vec<Vec<CapacityLine>> = Vec::new();
    for line in lines {
        let is_beside = |group: &&mut Vec<CapacityLine>| {
            group.first().is_some_and(|first| first.provider_name == line.provider_name)
        };
        match groups.iter_mut().find(is_beside) {
            Some(group) => group.push(line.clone()),
            None => groups.push(vec![line.clone()]),
        }
    }
    let sections = groups.iter().map(|lines| {
        let heading = lines.first().map_or("", |line| &line.provider_name).to_owned();
        section(Group { heading, bars: lines.iter().map(capacity_bar).collect() }, lines, None, output)
    });
    Ok(as_of_now("Capacity", sections.collect::<Result<_>>()?, meaning::CAPACITY, output))
}

fn capacity_bar(line: &CapacityLine) -> Bar {
    let unit = |places| {
        line.unit.as_deref().map(|unit| format!(" {}", unit_of(places, Some(unit)))).unwrap_or_default()
    };
    let (value, room, label) = match (line.used, line.remaining, line.places) {
        (Some(used), Some(remaining), Some(places)) => {
            let left = format!("{remaining} of {places}{} left", unit(places));
            let over = (used > places).then(|| format!("{} too many", used - places));
            let label = [Some(left), over, line.declared_days.map(declared)];
            (used.min(places), remaining, label.into_iter().flatten().collect())
        }
        _ => (0, 0, vec!["no capacity set".to_owned()]),
    };
    Bar { name: line.resource_name.clone(), picture: Picture::Bar { value, room }, label }
}

fn declared(days_ago: i64) -> String {
    match days_ago {
        0 => "set today".to_owned(),
        count => format!("set {} ago", days(count)),
    }
}

/// Whole days, and longer spans as [`span`] formats them.
fn days(count: i64) -> String {
    match count {
        ..1 => "under a day".to_owned(),
        1 => "1 day".to_owned(),
        _ => span(count * 24 * 60),
    }
}
