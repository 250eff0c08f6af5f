//! Figures by group: cases are counted one by one, and nothing but the counts is kept.

use std::collections::HashMap;

use super::mask::{Sum, mask};
use super::{Count, Period, Spread};
use crate::model::prelude::*;

names! {
    /// What the lines of a report are.
    pub(crate) enum By {
        Provider = "provider",
        Queue = "queue",
        Month = "month",
    }
}

/// What a case is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Provider(ProviderId),
    Queue(QueueId),
    /// Its place among the months of the period.
    Month(usize),
}

/// What groups are called: the code, none of a queue, and the name.
pub(crate) type Names = HashMap<Key, (Option<String>, String)>;

/// So many counts of each group, and the minutes that its cases took.
#[derive(Clone, Debug)]
struct Figures<const N: usize> {
    counts: [i64; N],
    minutes: Spread,
}

impl<const N: usize> Default for Figures<N> {
    fn default() -> Self {
        Figures { counts: [0; N], minutes: Spread::default() }
    }
}

impl<const N: usize> Figures<N> {
    fn add(&mut self, places: &[usize], minutes: Option<i64>) {
        for place in places {
            if let Some(count) = self.counts.get_mut(*place) {
                *count += 1;
            }
        }
        if let Some(minutes) = minutes {
            self.minutes.add(minutes);
        }
    }
}

pub(crate) struct Tallies<const N: usize> {
    by: By,
    groups: HashMap<Key, Figures<N>>,
    total: Figures<N>,
}

impl<const N: usize> Tallies<N> {
    pub(crate) fn new(by: By) -> Self {
        Tallies { by, groups: HashMap::new(), total: Figures::default() }
    }

    /// Counts a case at these places; `minutes` is how long it took, where that counts.
    pub(super) fn add(&mut self, key: Key, places: &[usize], minutes: Option<i64>) {
        self.groups.entry(key).or_default().add(places, minutes);
        self.total.add(places, minutes);
    }

    pub(super) fn by(&self) -> By {
        self.by
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> {
        self.groups.keys().copied()
    }

    /// The lines by name, or all months of the period, also those without a case.
    pub(super) fn lines<T>(
        mut self, period: &Period, mut names: Names, sums: &[Sum], least: Option<i64>,
        line: impl Fn(Line<N>) -> T,
    ) -> Lines<T> {
        let keys: Vec<(Key, (Option<String>, String))> = if self.by == By::Month {
            let month = |(at, month): (usize, &str)| (Key::Month(at), (None, month.to_owned()));
            period.months().enumerate().map(month).collect()
        } else {
            let mut keys: Vec<_> =
                self.groups.keys().map(|key| (*key, names.remove(key).unwrap_or_default())).collect();
            keys.sort_by_cached_key(|(_, (code, name))| (text::fold_name(name), code.clone()));
            keys
        };
        let mut figures: Vec<Figures<N>> =
            keys.iter().map(|(key, _)| self.groups.remove(key).unwrap_or_default()).collect();
        figures.push(self.total);
        let counts: Vec<Vec<i64>> = figures.iter().map(|figures| figures.counts.to_vec()).collect();
        let masked = match least {
            Some(least) => mask(&counts, sums, least),
            None => counts.iter().map(|row| row.iter().copied().map(Count::Exact).collect()).collect(),
        };
        let names = keys.into_iter().map(|(_, names)| names).chain([(None, "total".to_owned())]);
        let lines = names.zip(masked).zip(&figures).map(|(((code, name), counts), figures)| Line {
            code,
            name,
            counts: std::array::from_fn(|place| counts.get(place).copied().unwrap_or(Count::Exact(0))),
            median: figures.minutes.median(),
        });
        let mut lines: Vec<T> = lines.map(line).collect();
        let total = lines.pop();
        Lines { lines, total }
    }
}

/// One line as it is shown.
pub(super) struct Line<const N: usize> {
    pub(super) code: Option<String>,
    pub(super) name: String,
    pub(super) counts: [Count; N],
    pub(super) median: Option<i64>,
}

/// The lines of a report and their total.
pub(crate) struct Lines<T> {
    pub(crate) lines: Vec<T>,
    pub(crate) total: Option<T>,
}

/// The whole minutes between two instants.
pub(super) fn minutes(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    to.signed_duration_since(from).num_minutes().max(0)
}
