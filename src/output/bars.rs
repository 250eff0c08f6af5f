//! Bar charts with labels and numbers, in the width of the screen.

use unicode_width::UnicodeWidthStr;

use super::Output;
use super::grid::{self, Column, HARD_BLANK};
use super::layout::{GAP, Need, fit};
use super::sanitize::sanitize;
use super::style::{BAR, STRONG, paint};
use crate::model::chart::{Group, Picture};

/// All bars share one scale. Names and texts wrap, and the bars take the rest.
pub(super) fn draw<'a>(groups: impl Iterator<Item = &'a Group> + Clone, output: &Output) -> String {
    let (width, colour) = (output.drawing_width, output.colour);
    let bars = || groups.clone().flat_map(|group| &group.bars);
    let [mut name, mut room_for_bar, mut label] = [Need::default(); 3];
    for bar in bars() {
        name.add(&sanitize(&bar.name), true);
        label.add(&sanitize(&unbroken(&bar.label)), true);
    }
    let room = width.saturating_sub(INDENT.len());
    let words = name.natural() + label.natural() + 2 * GAP;
    room_for_bar.reserve(room.saturating_sub(words).clamp(SHORTEST_BAR, LONGEST_BAR), false);
    let longest = groups.clone().map(Group::longest).max().unwrap_or(0);
    let widths: Vec<usize> =
        fit(&[name, room_for_bar, label], Some(room), true).into_iter().flatten().collect();
    let columns: Vec<Column> = widths.iter().copied().map(Column::left).collect();
    let mut text = String::new();
    for (number, group) in groups.enumerate() {
        if number > 0 {
            text.push('\n');
        }
        for line in grid::lines(&[Column::left(width)], [vec![sanitize(&group.heading).into_owned()]]) {
            text += &format!("{}\n", paint(&line, STRONG, colour));
        }
        for bar in &group.bars {
            let picture = picture(&bar.picture, longest, widths.get(1).copied().unwrap_or(0));
            let painted = paint(&picture, BAR, colour);
            let label = unbroken(&bar.label);
            let cells =
                vec![sanitize(&bar.name).into_owned(), picture.clone(), sanitize(&label).into_owned()];
            for (number, line) in grid::lines(&columns, [cells]).iter().enumerate() {
                let line = if number == 0 { line.replacen(&picture, &painted, 1) } else { line.clone() };
                text += &format!("{INDENT}{line}\n");
            }
        }
    }
    text
}

/// A line breaks between two parts, never inside one.
fn unbroken(parts: &[String]) -> String {
    parts.iter().map(|part| part.replace(' ', HARD_BLANK)).collect::<Vec<_>>().join(", ")
}

const INDENT: &str = "  ";
const SHORTEST_BAR: usize = 8;
const LONGEST_BAR: usize = 40;
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

fn picture(picture: &Picture, longest: i64, room: usize) -> String {
    match picture {
        Picture::Bar { value, room: empty } => bar(*value, *empty, longest, room),
        Picture::Trend(values) => trend(values, room),
    }
}

/// At most `room` columns, and at least one unless the value is 0.
fn bar(value: i64, empty: i64, longest: i64, room: usize) -> String {
    let eighths = |value: i64| {
        let share = i128::from(value.max(0)) * (room as i128) * 8;
        usize::try_from(share / i128::from(longest.max(1))).unwrap_or(0)
    };
    let least = usize::from(value > 0 && room > 0);
    let full = eighths(value).max(least);
    let filled = "█".repeat(full / 8) + EIGHTHS[full % 8];
    let whole = eighths(value + empty).div_ceil(8);
    let empty = "░".repeat(whole.saturating_sub(filled.width()));
    filled + &empty
}

const HEIGHTS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A column for each value. Where there is no room for that, one stands for as many neighbours as it takes, at their mean.
fn trend(values: &[Option<i64>], room: usize) -> String {
    let neighbours = values.len().div_ceil(room.max(1)).max(1);
    let means: Vec<Option<i64>> = values.chunks(neighbours).map(mean).collect();
    let most = means.iter().flatten().max().copied().unwrap_or(0).max(1);
    let column = |value: &Option<i64>| match value {
        None => "·",
        Some(..=0) => " ",
        Some(value) => {
            let height = usize::try_from(i128::from(*value) * 8 / i128::from(most)).unwrap_or(0);
            HEIGHTS.get(height.saturating_sub(1)).copied().unwrap_or("█")
        }
    };
    means.iter().map(column).collect()
}

fn mean(values: &[Option<i64>]) -> Option<i64> {
    let known: Vec<i64> = values.iter().flatten().copied().collect();
    known.iter().sum::<i64>().checked_div(i64::try_from(known.len()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chart::Bar;
    use expect_test::expect;

    fn bar(name: &str, value: i64, room: i64, label: &str) -> Bar {
        Bar { name: name.to_owned(), picture: Picture::Bar { value, room }, label: vec![label.to_owned()] }
    }

    #[test]
    fn a_trend_has_a_column_for_each_month() {
        assert_eq!(trend(&[Some(0), None, Some(1), Some(4), Some(8)], 8), " ·▁▄█");
        assert_eq!(trend(&[Some(2), Some(4), None, Some(8), Some(1), Some(1)], 3), "▃█▁");
        assert_eq!(trend(&[], 3), "");
    }

    #[test]
    fn bars_share_one_scale_and_fit_the_screen() {
        let groups = [
            Group {
                heading: "Home care".to_owned(),
                bars: vec![bar("New", 16, 0, "16"), bar("Attempting Contact", 1, 0, "1, oldest 9 d")],
            },
            Group {
                heading: "Beds".to_owned(),
                bars: vec![bar("Oak", 2, 6, "2 of 8"), bar("Elm", 0, 0, "?")],
            },
        ];
        expect![[r"
            Home care
              New                 ████████████████████████████████████████  16
              Attempting Contact  ██▌                                       1, oldest 9 d

            Beds
              Oak                 █████░░░░░░░░░░░░░░░                      2 of 8
              Elm                                                           ?
        "]]
        .assert_eq(&draw(groups.iter(), &Output::for_tests(Some(80))));
        let narrow = draw(groups.iter(), &Output::for_tests(Some(40)));
        assert!(narrow.lines().all(|line| line.width() <= 40), "{narrow}");
    }
}
