//! Bar charts with labels and numbers, in the width of the screen.

use unicode_width::UnicodeWidthStr;

use super::Output;
use super::grid::{self, Column};
use super::layout::{GAP, Need, fit};
use super::sanitize::sanitize;
use super::style::{BAR, STRONG, paint};

/// One line of a chart: its label, the length of its bar, and the text after it.
pub(super) struct Bar {
    pub(super) name: String,
    /// The full part of the bar.
    pub(super) value: i64,
    /// The empty part after it; 0 for a bar that only counts.
    pub(super) room: i64,
    pub(super) label: String,
}

/// A heading and the bars below it.
pub(super) struct Group {
    pub(super) heading: String,
    pub(super) bars: Vec<Bar>,
}

/// All bars share one scale. Names and texts wrap, and the bars take the rest.
pub(super) fn draw(groups: &[Group], output: &Output) -> String {
    let (width, colour) = (output.drawing_width, output.colour);
    let bars = || groups.iter().flat_map(|group| &group.bars);
    let [mut name, mut room_for_bar, mut label] = [Need::default(); 3];
    for bar in bars() {
        name.add(&sanitize(&bar.name), true);
        label.add(&sanitize(&bar.label), true);
    }
    let room = width.saturating_sub(INDENT.len());
    let words = name.natural() + label.natural() + 2 * GAP;
    room_for_bar.reserve(room.saturating_sub(words).clamp(SHORTEST_BAR, LONGEST_BAR), false);
    let longest = bars().map(|bar| bar.value + bar.room).max().unwrap_or(0);
    let widths: Vec<usize> =
        fit(&[name, room_for_bar, label], Some(room), true).into_iter().flatten().collect();
    let columns: Vec<Column> = widths.iter().copied().map(Column::left).collect();
    let mut text = String::new();
    for (number, group) in groups.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        for line in grid::lines(&[Column::left(width)], [vec![sanitize(&group.heading).into_owned()]]) {
            text += &format!("{}\n", paint(&line, STRONG, colour));
        }
        for bar in &group.bars {
            let picture = picture(bar, longest, widths.get(1).copied().unwrap_or(0));
            let painted = paint(&picture, BAR, colour);
            let cells =
                vec![sanitize(&bar.name).into_owned(), picture.clone(), sanitize(&bar.label).into_owned()];
            for (number, line) in grid::lines(&columns, [cells]).iter().enumerate() {
                let line = if number == 0 { line.replacen(&picture, &painted, 1) } else { line.clone() };
                text += &format!("{INDENT}{line}\n");
            }
        }
    }
    text
}

const INDENT: &str = "  ";
const SHORTEST_BAR: usize = 8;
const LONGEST_BAR: usize = 40;
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// At most `room` columns, and at least one unless the value is 0.
fn picture(bar: &Bar, longest: i64, room: usize) -> String {
    let eighths = |value: i64| {
        let share = i128::from(value.max(0)) * (room as i128) * 8;
        usize::try_from(share / i128::from(longest.max(1))).unwrap_or(0)
    };
    let least = usize::from(bar.value > 0 && room > 0);
    let full = eighths(bar.value).max(least);
    let filled = "█".repeat(full / 8) + EIGHTHS[full % 8];
    let whole = eighths(bar.value + bar.room).div_ceil(8);
    let empty = "░".repeat(whole.saturating_sub(filled.width()));
    filled + &empty
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn bar(name: &str, value: i64, room: i64, label: &str) -> Bar {
        Bar { name: name.to_owned(), value, room, label: label.to_owned() }
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
        .assert_eq(&draw(&groups, &Output::for_tests(Some(80))));
        let narrow = draw(&groups, &Output::for_tests(Some(40)));
        assert!(narrow.lines().all(|line| line.width() <= 40), "{narrow}");
    }
}
