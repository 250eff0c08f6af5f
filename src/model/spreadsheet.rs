//! What keeps a spreadsheet from running a text as a formula, and takes it off again.

use std::borrow::Cow;

/// Text for a table that a spreadsheet may open: an apostrophe stands before every part that it would run. A
/// part begins at the start, or behind what some spreadsheet takes for the end of a cell.
pub(crate) fn guard(text: &str) -> Cow<'_, str> {
    guarded(text, |_| true)
}

/// Text for a table that is read by programs, exact but for what [`unguard`] would change: an apostrophe that
/// stands where a guard would is doubled.
pub(crate) fn exact(text: &str) -> Cow<'_, str> {
    guarded(text, |part| part.starts_with('\''))
}

/// The text from which [`guard`] or [`exact`] made this one; any other is returned as it is.
pub(crate) fn unguard(text: &str) -> Cow<'_, str> {
    if !text.contains('\'') {
        return Cow::Borrowed(text);
    }
    let parts = parts(text).map(|(part, is_run)| part.strip_prefix('\'').filter(|_| is_run).unwrap_or(part));
    Cow::Owned(parts.collect())
}

fn guarded(text: &str, takes_guard: impl Fn(&str) -> bool) -> Cow<'_, str> {
    if !parts(text).any(|(part, is_run)| is_run && takes_guard(part)) {
        return Cow::Borrowed(text);
    }
    let mut guarded = String::with_capacity(text.len() + 4);
    for (part, is_run) in parts(text) {
        if is_run && takes_guard(part) {
            guarded.push('\'');
        }
        guarded.push_str(part);
    }
    Cow::Owned(guarded)
}

/// The parts of a text, each with its end, and whether a spreadsheet would run it. Apostrophes at its
/// beginning change nothing about that, so that a guard can be set and taken off.
fn parts(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split_inclusive([';', '\t', '\n', '\r']).enumerate().map(|(index, part)| {
        let begins = part.trim_start_matches(|c: char| matches!(c, '\'' | '"') || is_blank(c));
        let is_run = begins.starts_with(is_sign)
            || index == 0 && part.trim_start_matches('\'').starts_with(['\t', '\n', '\r'])
            || index == 0 && is_number_as_text(text);
        (part, is_run)
    })
}

/// With the apostrophe that people set so that a number keeps its zeros.
fn is_number_as_text(text: &str) -> bool {
    let number = text.trim_start_matches('\'');
    let is_number = |letter: char| letter.is_ascii_digit() || " -./()".contains(letter);
    number.len() < text.len()
        && number.starts_with(|letter: char| letter.is_ascii_digit())
        && number.chars().all(is_number)
}

/// The signs that begin a formula, and their full-width and small forms.
fn is_sign(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫')
}

/// Ends of parts excepted, which have been split at.
fn is_blank(c: char) -> bool {
    let is_hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    !matches!(c, ';' | '\t' | '\n' | '\r') && (is_hidden || c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_be_run_gets_an_apostrophe() {
        for (text, guarded) in [
            ("=1+1", "'=1+1"),
            ("+44 1632 960501", "'+44 1632 960501"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("  =1+1", "'  =1+1"),
            ("\u{a0}=1+1", "'\u{a0}=1+1"),
            ("\"=1+1", "'\"=1+1"),
            ("＝1+1", "'＝1+1"),
            ("a;=1+1", "a;'=1+1"),
            ("a; -1;b", "a;' -1;b"),
            ("a\n=1+1", "a\n'=1+1"),
            ("'=1+1", "''=1+1"),
        ] {
            assert_eq!(guard(text), guarded);
        }
    }

    #[test]
    fn harmless_text_is_borrowed() {
        for text in ["", "'t Hooft", "a-b", "1-2", "O'Neil; Zoë = x", "'", "a; 'b"] {
            for same in [guard(text), exact(text), unguard(text)] {
                assert_eq!(same, text);
            }
        }
        assert!(matches!(guard("Zoë-Ann Müller"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_apostrophe_before_a_number_is_that_of_a_spreadsheet() {
        for (text, number) in [("'0012", "0012"), ("'01632 960-501", "01632 960-501"), ("''12", "'12")] {
            assert_eq!(
                (unguard(text), exact(number)),
                (number.into(), if number.starts_with('\'') { "''12" } else { number }.into())
            );
        }
        for text in ["'68 Club", "'", "'t 12", "12'"] {
            assert_eq!(unguard(text), text);
        }
    }

    #[test]
    fn for_programs_only_an_apostrophe_is_doubled() {
        assert_eq!((exact("=1"), exact("'=1"), exact("''=1")), ("=1".into(), "''=1".into(), "'''=1".into()));
    }

    proptest! {
        #[test]
        fn a_guard_is_taken_off_without_loss(text in any::<String>(), risky in "[a0' \";\t\r\n=+@＝－\u{a0}\u{feff}-]{0,12}") {
            for text in [text, risky] {
                let (guarded, exact) = (guard(&text), exact(&text));
                prop_assert_eq!(unguard(&guarded), &*text);
                prop_assert_eq!(unguard(&exact), &*text);
                let cells = guarded.split([';', '\t', '\n', '\r']);
                for cell in cells {
                    prop_assert!(!cell.trim_start_matches(['"', ' ', '\u{a0}', '\u{feff}']).starts_with(is_sign), "{}", guarded);
                }
                prop_assert!(!guarded.starts_with(['\t', '\r', '\n']));
            }
        }
    }
}
