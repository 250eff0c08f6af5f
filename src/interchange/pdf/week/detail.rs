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
        let longest = visits().filter_map(|visit| visit.note.as_ref()).map(|note| note.chars().count()).max();
        let has_places = visits().any(|visit| visit.place.is_some());
        let what = match (missing, longest.filter(|longest| *longest > self.note)) {
            (1.., _) => {
                let all = visits().count();
                return Some(format!(
                    "{} of {all} visits are on this page: {}",
                    all - missing,
                    plan.elsewhere
                ));
            }
            (0, Some(_)) if self.has_place && self.note > 0 => "long notes",
            (0, Some(_)) if self.has_place => "notes",
            (0, Some(_)) => "addresses and notes",
            (0, None) if !self.has_place && has_places => "addresses",
            (0, None) => return None,
        };
        Some(format!("Left out, to fit on one page: {what}. {}", plan.elsewhere))
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
