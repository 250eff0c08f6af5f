//! Records that may be one, the likeliest first.

use super::card::Marked;
use super::style::{FAINT, STRONG};
use super::{Card, Output};
use crate::error::Result;
use crate::model::duplicate::Duplicate;
use crate::model::text::counted;

/// For people each pair, its reasons a line each, and the command that makes one of them.
pub(crate) fn print(
    output: &Output, mut found: Vec<Duplicate>, limit: Option<usize>, too_common: usize,
) -> Result<()> {
    found.sort_by(|one, other| {
        other.score.cmp(&one.score).then_with(|| (&one.code, &one.other).cmp(&(&other.code, &other.other)))
    });
    let all = found.len();
    found.truncate(limit.unwrap_or(usize::MAX));
    if found.len() < all {
        output.note(&format!("{} of {all} pairs are shown", found.len()));
    }
    if too_common > 0 {
        let keys = counted(too_common, "name, phone or address is", "names, phones or addresses are");
        output.note(&format!("{keys} so common that they tell nothing"));
    }
    if found.is_empty() || !output.is_drawing() {
        return output.rows(found, "nothing looks as if it were there twice");
    }
    let rows: Vec<Marked<2>> = found.iter().flat_map(rows).collect();
    output.put(Card::new(output, "").marked(&rows))
}

fn rows(pair: &Duplicate) -> Vec<Marked<2>> {
    let Duplicate { score, code, name, other, other_name, .. } = pair;
    let row = |style, mark: String, text: String| Marked { style, cells: [mark, text], command: None };
    let mut rows =
        vec![row(STRONG, format!("{score} of 100"), format!("{code} ({name}) and {other} ({other_name})"))];
    rows.extend(pair.reasons.iter().map(|reason| row(FAINT, String::new(), format!("· {reason}"))));
    if let Some(last) = rows.last_mut() {
        last.command = Some(pair.command.clone());
    }
    rows
}
