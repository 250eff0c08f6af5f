//! The choices of a question, each on one line however long its name is.

use super::sanitize::sanitize;
use super::wrap::{columns, cut};

const GAP: &str = "  ";

/// What a person chooses by: the code and a note, such as a distance, are shown whole; the name as far as there is room.
pub(crate) struct Choice {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) note: String,
}

impl Choice {
    /// All of it, which is what a filter searches.
    pub(super) fn whole(&self) -> String {
        [&*self.code, &self.name, &self.note].join(GAP)
    }
}

/// A line for each in `width` columns, with the notes below each other.
pub(super) fn lines(choices: &[Choice], width: usize) -> Vec<String> {
    let widest = |text: fn(&Choice) -> &str| choices.iter().map(|choice| columns(text(choice))).max();
    let [code, name, note] =
        [widest(|choice| &choice.code), widest(|choice| &choice.name), widest(|choice| &choice.note)]
            .map(Option::unwrap_or_default);
    let gaps = GAP.len() * if note == 0 { 1 } else { 2 };
    let room = name.min(width.saturating_sub(code + note + gaps));
    choices.iter().map(|choice| line(choice, code, room)).collect()
}

fn line(choice: &Choice, code: usize, room: usize) -> String {
    let padded = |text: &str, width| format!("{text}{}", " ".repeat(width - columns(text).min(width)));
    let (code, name) = (padded(&sanitize(&choice.code), code), cut(&sanitize(&choice.name), room));
    let line = format!("{code}{GAP}{}{GAP}{}", padded(&name, room), sanitize(&choice.note));
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(code: &str, name: &str, note: &str) -> Choice {
        let [code, name, note] = [code, name, note].map(str::to_owned);
        Choice { code, name, note }
    }

    #[test]
    fn a_long_name_is_cut_and_what_follows_it_stays() {
        let choices = [
            choice("PRV-1", "Oak House", "4 km"),
            choice("PRV-22", "Saint Anne's Community Meals on Wheels", "12 km"),
            choice("PRV-3", "王氏居家照護服務", ""),
            choice("PRV-4", "a\u{1b}b", "far"),
        ];
        assert_eq!(
            lines(&choices, 32),
            [
                "PRV-1   Oak House          4 km",
                "PRV-22  Saint Anne's Com…  12 km",
                "PRV-3   王氏居家照護服務",
                "PRV-4   a␛b                far"
            ]
        );
        assert_eq!(lines(&choices[..1], 80), ["PRV-1  Oak House  4 km"]);
        assert_eq!(lines(&choices[2..3], 12), ["PRV-3  王氏…"]);
        assert!(choices[1].whole().ends_with("on Wheels  12 km"));
    }
}
