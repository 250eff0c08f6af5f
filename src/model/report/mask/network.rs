//! The figures of a table as flows through a network.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::successors;

use super::Sum;

/// Greater than every figure.
const MANY: i64 = i64::MAX / 4;

/// A figure flows `from` a node `to` another: in each row from the whole to its parts, from all rows together into the total.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Its row and its place in it; none of the rest of a sum, which is not shown.
    pub(super) place: Option<(usize, usize)>,
    pub(super) value: i64,
    pub(super) is_masked: bool,
    from: usize,
    to: usize,
    /// What it can be for a reader, where it is masked.
    low: i64,
    high: i64,
    /// By how much it is changed while another is tried.
    shift: i64,
}

pub(super) struct Network {
    least: i64,
    figures: Vec<Figure>,
    /// The figures that flow from or to each node.
    beside: Vec<Vec<usize>>,
}

/// A figure, and whether it grows or shrinks.
type Step = (usize, bool);

/// How a node is reached.
#[derive(Clone, Copy)]
struct Reached {
    /// The sum of what is masked on the way, and the number of steps.
    cost: (i64, usize),
    /// From which node by which step; none for the first.
    by: Option<(usize, Step)>,
}

impl Network {
    pub(super) fn new(rows: &[Vec<i64>], sums: &[Sum], least: i64) -> Self {
        let columns = Columns::new(rows.first().map_or(0, Vec::len), sums);
        let total = rows.len().saturating_sub(1);
        let is_small = |row: usize, column: usize| (1..least).contains(&columns.value(rows, row, column));
        let mut network = Network { least, figures: Vec::new(), beside: Vec::new() };
        for row in 0..rows.len() {
            for column in 0..columns.parents.len() {
                let value = columns.value(rows, row, column);
                // Of a number that is masked itself a part may be none, too.
                let wholes = columns.wholes(column).flat_map(|whole| [(row, whole), (total, whole)]);
                let is_inside = wholes
                    .chain([(total, column)])
                    .any(|(of, whole)| (of, whole) != (row, column) && is_small(of, whole));
                let is_shown = column < columns.shown;
                let (upper, lower) = columns.nodes(row, column, rows.len());
                let (from, to) = if row == total { (lower, upper) } else { (upper, lower) };
                network.add(Figure {
                    place: is_shown.then_some((row, column)),
                    value,
                    is_masked: !is_shown || (1..least).contains(&value) || is_inside,
                    from,
                    to,
                    low: i64::from(is_shown && !is_inside),
                    high: if is_shown { least - 1 } else { MANY },
                    shift: 0,
                });
            }
        }
        network
    }

    fn add(&mut self, figure: Figure) {
        let nodes = figure.from.max(figure.to) + 1;
        if self.beside.len() < nodes {
            self.beside.resize(nodes, Vec::new());
        }
        for node in [figure.from, figure.to] {
            if let Some(beside) = self.beside.get_mut(node) {
                beside.push(self.figures.len());
            }
        }
        self.figures.push(figure);
    }

    pub(super) fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// The figures to protect.
    pub(super) fn small(&self) -> Vec<usize> {
        let is_small = |figure: &Figure| (1..self.least).contains(&figure.value);
        (0..self.figures.len()).filter(|number| self.figures.get(*number).is_some_and(is_small)).collect()
    }

    /// Masks others until this one could be anything below the limit. Whether it can.
    pub(super) fn protect(&mut self, number: usize) -> bool {
        let Some(Figure { value, .. }) = self.figures.get(number) else { return true };
        let (more, less) = (self.least - 1 - value, value - 1);
        self.can_change(number, true, more) && self.can_change(number, false, less)
    }

    fn can_change(&mut self, number: usize, grows: bool, by: i64) -> bool {
        let (mut left, mut shifted) = (by, Vec::new());
        while left > 0 {
            let Some(way) = self.way_around(number, grows) else { break };
            let room = way.iter().map(|step| self.room(*step)).min().unwrap_or(0).min(left);
            for (figure, grows) in way {
                self.withhold(figure);
                self.shift(figure, if grows { room } else { -room });
                shifted.push(figure);
            }
            left -= room;
        }
        for figure in shifted {
            if let Some(figure) = self.figures.get_mut(figure) {
                figure.shift = 0;
            }
        }
        left <= 0
    }

    fn shift(&mut self, number: usize, by: i64) {
        if let Some(figure) = self.figures.get_mut(number) {
            figure.shift += by;
        }
    }

    fn withhold(&mut self, number: usize) {
        let least = self.least;
        if let Some(figure) = self.figures.get_mut(number).filter(|figure| !figure.is_masked) {
            (figure.is_masked, figure.low, figure.high) = (true, least, MANY);
        }
    }

    /// By how much a figure can change beyond what it is shifted.
    fn room(&self, (number, grows): Step) -> i64 {
        let Some(figure) = self.figures.get(number) else { return 0 };
        let value = figure.value + figure.shift;
        let (low, high) = match figure.is_masked {
            true => (figure.low, figure.high),
            // A zero says that there is none, and is not masked.
            false if figure.value < self.least => return 0,
            false => (self.least, MANY),
        };
        if grows { high - value } else { value - low }
    }

    /// How all sums still hold when this figure grows or shrinks: the way that masks the least, and of those the shortest.
    fn way_around(&self, number: usize, grows: bool) -> Option<Vec<Step>> {
        let figure = self.figures.get(number)?;
        let (start, end) = if grows { (figure.to, figure.from) } else { (figure.from, figure.to) };
        let mut reached: Vec<Option<Reached>> = vec![None; self.beside.len()];
        *reached.get_mut(start)? = Some(Reached { cost: (0, 0), by: None });
        let mut next = BinaryHeap::from([Reverse(((0, 0), start))]);
        while let Some(Reverse((cost, node))) = next.pop() {
            if node == end {
                return Some(steps(&reached, end));
            }
            if reached.get(node)?.is_some_and(|best| best.cost < cost) {
                continue;
            }
            for beside in self.beside.get(node)?.iter().filter(|beside| **beside != number) {
                let figure = self.figures.get(*beside)?;
                let grows = figure.from == node;
                let (step, target) = ((*beside, grows), if grows { figure.to } else { figure.from });
                if self.room(step) == 0 {
                    continue;
                }
                let cost = (cost.0 + if figure.is_masked { 0 } else { figure.value }, cost.1 + 1);
                let best = reached.get_mut(target)?;
                if best.is_none_or(|best| cost < best.cost) {
                    *best = Some(Reached { cost, by: Some((node, step)) });
                    next.push(Reverse((cost, target)));
                }
            }
        }
        None
    }
}

fn steps(reached: &[Option<Reached>], end: usize) -> Vec<Step> {
    let before =
        |(node, _): &(usize, Step)| reached.get(*node).copied().flatten().and_then(|reached| reached.by);
    let last = reached.get(end).copied().flatten().and_then(|reached| reached.by);
    successors(last, before).map(|(_, step)| step).collect()
}

/// The columns of a table as a tree, with one more for each rest.
struct Columns {
    shown: usize,
    /// Of which each column is a part.
    parents: Vec<Option<usize>>,
    /// What is left of a whole: the column, and the parts that are shown.
    rests: Vec<(usize, &'static [usize])>,
}

impl Columns {
    fn new(shown: usize, sums: &[Sum]) -> Self {
        let whole = |column: usize| sums.iter().find(|sum| sum.parts.contains(&column)).map(|sum| sum.whole);
        let mut parents: Vec<Option<usize>> = (0..shown).map(whole).collect();
        let rests: Vec<(usize, &[usize])> =
            sums.iter().filter(|sum| sum.has_rest).map(|sum| (sum.whole, sum.parts)).collect();
        parents.extend(rests.iter().map(|(whole, _)| Some(*whole)));
        Columns { shown, parents, rests }
    }

    fn value(&self, rows: &[Vec<i64>], row: usize, column: usize) -> i64 {
        let shown = |column: usize| rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0);
        match column.checked_sub(self.shown).and_then(|rest| self.rests.get(rest)) {
            Some((whole, parts)) => shown(*whole) - parts.iter().map(|part| shown(*part)).sum::<i64>(),
            None => shown(column),
        }
    }

    /// What a column is a part of, and what that is, and so on.
    fn wholes(&self, column: usize) -> impl Iterator<Item = usize> {
        let whole = |column: usize| self.parents.get(column).copied().flatten();
        successors(whole(column), move |column| whole(*column))
    }

    /// Between which nodes a figure flows: one for all rows, one for each whole in each row, one for each column without parts.
    fn nodes(&self, row: usize, column: usize, rows: usize) -> (usize, usize) {
        let in_row = |row: usize, column: usize| 1 + row * self.parents.len() + column;
        let upper = self.wholes(column).next().map_or(0, |whole| in_row(row, whole));
        let has_parts = self.parents.contains(&Some(column));
        (upper, if has_parts { in_row(row, column) } else { in_row(rows, column) })
    }
}
