//! Cleans the text of cells: names are tidied, free text is kept exactly.

use std::borrow::Cow;

use crate::model::limit;

/// For values on one line (names, ids, emails, numbers): trims white space, folds a run of white space that
/// holds a line end or tab into one space, takes off invisible characters, rejects every other control character
/// with a reason, and what is too long.
pub(crate) fn clean_name(text: &str) -> Result<String, String> {
    let text = visible(text);
    let trimmed = text.trim_matches(|letter: char| letter.is_whitespace() || is_mark(letter));
    limit::LINE.hold_cell(trimmed)?;
    if !trimmed.chars().any(char::is_control) {
        return Ok(trimmed.to_owned());
    }
    let mut clean = String::with_capacity(trimmed.len());
    let mut broken = false;
    for character in trimmed.chars() {
        match character {
            '\n' | '\r' | '\t' => broken = true,
            ' ' if broken => {}
            other if other.is_control() => return Err(refusal(other)),
            other => {
                if std::mem::take(&mut broken) {
                    clean.truncate(clean.trim_end().len());
                    clean.push(' ');
                }
                clean.push(other);
            }
        }
    }
    Ok(clean)
}

/// Without the characters that come along when a text is copied from a web page, and mean nothing anywhere.
fn visible(text: &str) -> Cow<'_, str> {
    let is_invisible = |letter| matches!(letter, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    if text.contains(is_invisible) { text.replace(is_invisible, "").into() } else { text.into() }
}

/// Joiners and marks of direction mean something only inside a word.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// For free text: kept exactly, with white space and line ends; blank is none. A NUL is rejected, because PostgreSQL cannot
/// store it, and what is too long.
pub(crate) fn clean_text(text: &str) -> Result<Option<String>, String> {
    if text.contains('\0') {
        return Err(refusal('\0'));
    }
    limit::TEXT.hold_cell(text)?;
    Ok((!text.trim().is_empty()).then(|| text.to_owned()))
}

fn refusal(character: char) -> String {
    format!("holds the control character U+{:04X}", u32::from(character))
}
