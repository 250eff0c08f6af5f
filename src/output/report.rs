//! Waiting referrals and free capacity, as bars for people.

use super::Output;
use super::age::span;
use super::bars::{self, Bar, Group};
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
    let change = match line.median_minutes_to_change {
        Some(minutes) => format!(", changed after {}", span(minutes)),
        None => String::new(),
    };
    Bar {
        name: format!("{} · {assignee}", line.status),
        value: i64::try_from(line.referrals).unwrap_or(i64::MAX),
        room: 0,
        label: format!(
            "{}, oldest {}, median {}{change}",
            line.referrals,
            days(line.oldest_days),
            days(line.median_days)
        ),
    }
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
            let over = if used > places { format!(", {} too many", used - places) } else { String::new() };
            let label = format!("{remaining} of {places}{} left{over}{}", unit(places), declared(line));
            (used.min(places), remaining, label)
        }
        _ => (0, 0, "no capacity set".to_owned()),
    };
    Bar { name: line.resource_name.clone(), value, room, label }
}

fn declared(line: &CapacityLine) -> String {
    match line.declared_days {
        Some(0) => ", set today".to_owned(),
        Some(count) => format!(", set {} ago", days(count)),
        None => String::new(),
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
