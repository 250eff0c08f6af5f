//! Waiting referrals and free capacity, as bars for people.

use super::Output;
use super::age::span;
use super::bars::{self, Bar, Group};
use super::grid::HARD_BLANK;
use crate::model::capacity::unit as unit_of;
use crate::model::report::{CapacityLine, ReferralsView};

/// A group for each queue, a bar for each resource in each status.
pub(crate) fn referrals(lines: &[ReferralsView], output: &Output) -> String {
    let groups = lines
        .chunk_by(|one, next| one.queue == next.queue)
        .map(|lines| {
            let open = lines.iter().filter(|line| !line.closed).map(|line| line.referrals).sum::<usize>();
            let closed = lines.iter().map(|line| line.referrals).sum::<usize>() - open;
            let queue = lines.first().map_or("", |line| &line.queue);
            let besides = if closed > 0 { format!(", {closed} closed") } else { String::new() };
            Group {
                heading: format!("{queue}: {open} open{besides}"),
                bars: lines.iter().map(referrals_bar).collect(),
            }
        })
        .collect::<Vec<_>>();
    bars::draw(&groups, output)
}

fn referrals_bar(line: &ReferralsView) -> Bar {
    let assignee = line.resource_name.as_deref().unwrap_or("not assigned");
    let change = line.median_minutes_to_change.map(|minutes| format!("changed after {}", span(minutes)));
    let label = [
        Some(line.referrals.to_string()),
        Some(format!("oldest {}", days(line.oldest_days))),
        Some(format!("median {}", days(line.median_days))),
        change,
    ];
    Bar {
        name: format!("{} · {assignee}", line.status),
        value: i64::try_from(line.referrals).unwrap_or(i64::MAX),
        room: 0,
        label: parts(label.into_iter().flatten()),
    }
}

/// Joined by commas; a line breaks between two parts, never inside one.
fn parts(parts: impl Iterator<Item = String>) -> String {
    parts.map(|part| part.replace(' ', HARD_BLANK)).collect::<Vec<_>>().join(", ")
}

/// A group for each provider, a bar for each of its resources: what is used, and what is left.
pub(crate) fn capacity(lines: &[CapacityLine], output: &Output) -> String {
    let mut groups: Vec<Group> = Vec::new();
    for line in lines {
        let bar = capacity_bar(line);
        match groups.iter_mut().find(|group| group.heading == line.provider_name) {
            Some(group) => group.bars.push(bar),
            None => groups.push(Group { heading: line.provider_name.clone(), bars: vec![bar] }),
        }
    }
    bars::draw(&groups, output)
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
            (used.min(places), remaining, parts(label.into_iter().flatten()))
        }
        _ => (0, 0, "no capacity set".to_owned()),
    };
    Bar { name: line.resource_name.clone(), value, room, label }
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
