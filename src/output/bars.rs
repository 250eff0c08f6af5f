//! Bars beside words and numbers, in as many columns as the screen has.

use anstyle::{AnsiColor, Style};

use super::sanitize::sanitize;
use super::wrap::{columns, cut};

/// One line of a picture: what it is about, how long its bar is, and what is said behind it.
pub(crate) struct Bar {
    pub(crate) name: String,
    /// The full part of the bar.
    pub(crate) value: i64,
    /// The empty part behind it; 0 for a bar that only counts.
    pub(crate) room: i64,
    pub(crate) label: String,
}

/// A heading and the bars below it.
pub(crate) struct Group {
    pub(crate) heading: String,
    pub(crate) bars: Vec<Bar>,
}

/// All bars are drawn to one scale. `width` is in columns of a terminal; what does not fit is cut, the numbers last.
pub(crate) fn draw(groups: &[Group], width: usize, colour: bool) -> String {
    let bars = || groups.iter().flat_map(|group| &group.bars);
    let widest = |of: &dyn Fn(&Bar) -> usize| bars().map(of).max().unwrap_or(0);
    let label = widest(&|bar| columns(&sanitize(&bar.label)));
    let name = widest(&|bar| columns(&sanitize(&bar.name))).min(width.saturating_sub(label + MARGIN) / 2);
    let longest = bars().map(|bar| bar.value + bar.room).max().unwrap_or(0);
    let room = width.saturating_sub(name + label + MARGIN).min(WIDEST_BAR);
    let bold = if colour { Style::new().bold() } else { Style::new() };
    let mut text = String::new();
    for (number, group) in groups.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        text += &format!("{bold}{}{bold:#}\n", cut(&sanitize(&group.heading), width));
        for bar in &group.bars {
            let label = cut(&sanitize(&bar.name), name);
            let gap = " ".repeat(name - columns(&label));
            let picture = picture(bar, longest, room, colour);
            text += format!("  {label}{gap}  {picture}  {}", sanitize(&bar.label)).trim_end();
            text.push('\n');
        }
    }
    text
}

/// Columns between the pieces of a line and before it.
const MARGIN: usize = 6;
const WIDEST_BAR: usize = 40;
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Padded to `room` columns. Something is never drawn as nothing.
fn picture(bar: &Bar, longest: i64, room: usize, colour: bool) -> String {
    let eighths = |value: i64| {
        let share = i128::from(value.max(0)) * (room as i128) * 8;
        usize::try_from(share / i128::from(longest.max(1))).unwrap_or(0)
    };
    let least = usize::from(bar.value > 0 && room > 0);
    let full = eighths(bar.value).max(least);
    let filled = "█".repeat(full / 8) + EIGHTHS[full % 8];
    let whole = eighths(bar.value + bar.room).div_ceil(8);
    let empty = "░".repeat(whole.saturating_sub(columns(&filled)));
    let gap = " ".repeat(room.saturating_sub(columns(&filled) + columns(&empty)));
    let ink = if colour { AnsiColor::Cyan.on_default() } else { Style::new() };
    format!("{ink}{filled}{empty}{ink:#}{gap}")
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
        .assert_eq(&draw(&groups, 80, false));
        let narrow = draw(&groups, 40, false);
        assert!(narrow.lines().all(|line| columns(line) <= 40), "{narrow}");
    }
}
