//! The widths of the columns of a table, and which columns are left out if they do not fit.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Blanks between two columns.
pub(super) const GAP: usize = 2;
/// The longest word that a text column is kept wide enough for.
const LONGEST_WORD: usize = 20;
/// The minimum width of a text column.
const NARROWEST: usize = 8;

/// The widths that one column needs, in terminal columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Need {
    /// The whole heading on one line.
    heading: usize,
    /// Its longest word: headings wrap.
    heading_word: usize,
    /// The widest cell on one line.
    content: usize,
    /// The longest word in a cell; the whole cell if it must not be broken.
    word: usize,
    /// The column with the highest rank is left out first, of several the last; but before all those that say nothing.
    rank: u8,
    says_something: bool,
}

impl Need {
    pub(super) fn new(heading: &str, rank: u8) -> Self {
        let (heading, heading_word) = (heading.width(), longest_word(heading));
        Need { heading, heading_word, rank, ..Need::default() }
    }

    /// Grows to fit a cell. One that `wraps` needs less.
    pub(super) fn add(&mut self, cell: &str, wraps: bool) {
        let width = cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        self.says_something |= width > 0;
        self.content = self.content.max(width);
        if !wraps {
            self.word = self.word.max(width);
        } else if self.word < LONGEST_WORD.min(width) {
            self.word = self.word.max(longest_word(cell).clamp(NARROWEST, LONGEST_WORD).min(width));
        }
    }

    /// Reserves room for later cells.
    pub(super) fn reserve(&mut self, width: usize, wraps: bool) {
        self.content = self.content.max(width);
        if !wraps {
            self.word = self.word.max(width);
        }
    }

    /// Whether any cell so far has something in it.
    pub(super) fn says_something(&self) -> bool {
        self.says_something
    }

    /// All on one line.
    pub(super) fn natural(&self) -> usize {
        self.content.max(self.heading)
    }

    /// The cells on one line, the heading on as many as it takes.
    fn compact(&self) -> usize {
        self.content.max(self.heading_word)
    }

    /// The minimum: any less would break a word, or cut what must not be cut.
    pub(super) fn least(&self) -> usize {
        self.word.max(self.heading_word).max(1)
    }
}

/// A width for each column, none for one that is left out. Without `room` all have their full width. If the
/// minimum does not fit, columns are left out, but never the first, and none if `is_whole`, since all were
/// requested.
pub(super) fn fit(needs: &[Need], room: Option<usize>, is_whole: bool) -> Vec<Option<usize>> {
    let mut widths: Vec<Option<usize>> = needs.iter().map(|need| Some(need.natural())).collect();
    let Some(room) = room else { return widths };
    let least = |widths: &[Option<usize>]| {
        let kept = needs.iter().zip(widths).filter(|(_, width)| width.is_some());
        total(kept.map(|(need, _)| need.least()))
    };
    while !is_whole && least(&widths) > room {
        let kept = widths.iter().enumerate().skip(1).filter(|(_, width)| width.is_some());
        let order = |index: &usize| (!needs[*index].says_something, needs[*index].rank, *index);
        let Some(last) = kept.map(|(index, _)| index).max_by_key(order) else { break };
        widths[last] = None;
    }
    let kept: Vec<Need> =
        needs.iter().zip(&widths).filter(|(_, width)| width.is_some()).map(|(need, _)| *need).collect();
    let mut fitted: Vec<usize> = kept.iter().map(Need::natural).collect();
    give_way(&mut fitted, &kept.iter().map(Need::compact).collect::<Vec<_>>(), room);
    give_way(&mut fitted, &kept.iter().map(Need::least).collect::<Vec<_>>(), room);
    let mut fitted = fitted.into_iter();
    widths.into_iter().map(|width| width.and_then(|_| fitted.next())).collect()
}

/// Shrinks the widest column repeatedly until all fit or each is at its minimum.
pub(super) fn give_way(widths: &mut [usize], floors: &[usize], room: usize) {
    while total(widths.iter().copied()) > room {
        let able = widths.iter_mut().zip(floors).filter(|(width, floor)| **width > **floor);
        let Some((widest, _)) = able.max_by_key(|(width, _)| **width) else { break };
        *widest -= 1;
    }
}

/// The minimum for a text, as that of a column.
pub(super) fn least(text: &str) -> usize {
    let mut need = Need::default();
    need.add(text, true);
    need.least()
}

fn total(widths: impl Iterator<Item = usize>) -> usize {
    let (sum, count) = widths.fold((0, 0_usize), |(sum, count), width| (sum + width, count + 1));
    sum + GAP * count.saturating_sub(1)
}

/// Scripts without blanks, whose letters are two columns wide, go on in the next line after any letter.
fn longest_word(text: &str) -> usize {
    let is_wide = |letter: char| letter.width().is_some_and(|width| width > 1);
    let word = |word: &str| word.split(is_wide).map(UnicodeWidthStr::width).max().unwrap_or(0);
    text.split([' ', '\n']).map(word).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(heading: &str, cell: &str, rank: u8) -> Need {
        let mut need = Need::new(heading, rank);
        need.add(cell, false);
        need
    }

    fn text(heading: &str, cell: &str) -> Need {
        let mut need = Need::new(heading, 0);
        need.add(cell, true);
        need
    }

    #[test]
    fn headings_give_way_before_text_and_text_before_columns_are_left_out() {
        let needs = [
            fixed("CODE", "REF-7K3M9Q", 0),
            text("NOTE", "rings twice and waits a long while"),
            fixed("DURATION MINUTES", "30", 0),
        ];
        let fitted = |room| fit(&needs, room, false);
        assert_eq!(fitted(None), [Some(10), Some(34), Some(16)]);
        assert_eq!(fitted(Some(57)), [Some(10), Some(34), Some(9)]);
        assert_eq!(fitted(Some(40)), [Some(10), Some(18), Some(8)]);
        assert_eq!(fitted(Some(30)), [Some(10), Some(8), Some(8)]);
        assert_eq!(fitted(Some(29)), [Some(10), Some(17), None]);
        assert_eq!(fitted(Some(10)), [Some(10), None, None]);
        assert_eq!(fit(&needs, Some(10), true), [Some(10), Some(8), Some(8)]);
    }

    #[test]
    fn wide_letters_are_no_long_words() {
        assert_eq!(text("", "王氏居家照護服務股份有限公司").least(), NARROWEST);
        assert_eq!(text("", "Wang 王氏").least(), NARROWEST);
        assert_eq!(text("", "Rechtsschutzversicherungsgesellschaften").least(), LONGEST_WORD);
    }

    #[test]
    fn the_highest_rank_is_left_out_first_and_among_equals_the_last() {
        let needs =
            [fixed("A", "aaaa", 9), fixed("B", "bbbb", 1), fixed("C", "cccc", 0), fixed("D", "dddd", 0)];
        assert_eq!(fit(&needs, Some(16), false), [Some(4), None, Some(4), Some(4)]);
        assert_eq!(fit(&needs, Some(10), false), [Some(4), None, Some(4), None]);
        let needs = [fixed("A", "aaaa", 0), fixed("B", "", 0), fixed("C", "cccc", 9)];
        assert_eq!(fit(&needs, Some(10), false), [Some(4), None, Some(4)]);
    }
}
