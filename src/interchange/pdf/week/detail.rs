//! How much of a week is on its page, and in which type.

use super::WeekPlan;

/// What a page shows of its week.
#[derive(Clone, Copy)]
pub(super) struct Detail {
    pub(super) size: f32,
    pub(super) has_place: bool,
    /// How many letters of each note.
    pub(super) note: usize,
    /// Whether time and name share a line.
    pub(super) is_dense: bool,
}

const fn detail(size: f32, has_place: bool, note: usize) -> Detail {
    Detail { size, has_place, note, is_dense: false }
}

/// From the largest to the smallest type that can be read on paper.
pub(super) const DETAILS: [Detail; 9] = [
    detail(9.5, true, usize::MAX),
    detail(9.0, true, usize::MAX),
    detail(8.0, true, usize::MAX),
    detail(7.0, true, usize::MAX),
    detail(7.0, true, 120),
    detail(6.5, true, 60),
    detail(6.5, true, 0),
    detail(6.5, false, 0),
    Detail { is_dense: true, ..detail(6.0, false, 0) },
];

impl Detail {
    /// What of a week is not on its page, for who reads it.
    pub(super) fn left_out(self, plan: &WeekPlan, missing: usize) -> Option<String> {
        let visits = || plan.days.iter().flat_map(|day| &day.visits);
        let mut notes = visits().filter_map(|visit| visit.note.as_ref());
        let is_cut = notes.any(|note| note.chars().count() > self.note);
        let lacks_places = !self.has_place && visits().any(|visit| visit.place.is_some());
        let what = match (lacks_places, is_cut) {
            (true, true) => Some("addresses and notes"),
            (true, false) => Some("addresses"),
            (false, true) if self.note > 0 => Some("long notes"),
            (false, true) => Some("notes"),
            (false, false) => None,
        };
        if missing == 0 {
            return what.map(|what| format!("Left out, to fit on one page: {what}. {}", plan.elsewhere));
        }
        let all = visits().count();
        let without = what.map(|what| format!(", without {what}")).unwrap_or_default();
        let on_the_page = format!("{} of {all} visits are on this page{without}", all - missing);
        Some(format!("{on_the_page}: {}", plan.elsewhere))
    }
}

/// The beginning of a text that is too long, with a sign that it goes on.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_note_says_that_it_goes_on() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("äbc def", 4), "äbc…");
    }
}
