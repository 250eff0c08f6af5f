//! Fits text into terminal columns by cutting and wrapping.

use unicode_width::UnicodeWidthStr;

use super::grid::HARD_BLANK;

/// The width of the text on a terminal.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// The text itself if it fits in `width` columns, else its beginning and `…`.
pub(super) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    if width == 0 {
        return String::new();
    }
    let (head, _) = split(text, width - 1);
    // A trailing joiner would combine with the character after the cut.
    format!("{}…", head.trim_end_matches([' ', '\u{200d}']))
}

/// Lines of at most `width` columns (at least 1), broken at spaces (not at no-break spaces), and inside a
/// word only if it is longer than a line.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if columns(line) + 1 + columns(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.extend(pieces(word, width)),
        }
    }
    lines
}

/// As [`wrap`], with at most `most` lines; the last one ends in `…` if text is left over.
pub(super) fn wrap_within(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, width);
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(cut(&rest, width));
    }
    lines
}

/// A sentence in lines of at most `width` columns, all but the first indented. What is in backticks is never
/// broken, so that it can be copied.
pub(super) fn hanging(sentence: &str, width: usize, indent: usize) -> String {
    let parts = sentence.split('`').enumerate();
    let whole = |(number, part): (usize, &str)| {
        if number % 2 == 1 { part.replace(' ', HARD_BLANK) } else { part.to_owned() }
    };
    let sentence = parts.map(whole).collect::<Vec<_>>().join("`");
    let mut lines: Vec<String> = Vec::new();
    for word in sentence.split(' ') {
        match lines.last_mut() {
            None => lines.push(word.to_owned()),
            Some(line) if columns(line) + 1 + columns(word) <= width => *line += &format!(" {word}"),
            Some(_) => lines.push(format!("{:indent$}{word}", "")),
        }
    }
    lines.join("\n").replace(HARD_BLANK, " ")
}

fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while columns(rest) > width {
        let (head, tail) = split(rest, width);
        pieces.push(head.to_owned());
        rest = tail;
    }
    pieces.push(rest.to_owned());
    pieces
}

/// The longest beginning of at most `width` columns and the rest. The beginning is never empty unless `width`
/// is 0, so that repeating it terminates; a wide character in one column is accepted for that.
fn split(text: &str, width: usize) -> (&str, &str) {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let head = text.get(..next).unwrap_or(text);
        if columns(head) > width && (end > 0 || width == 0) {
            break;
        }
        end = next;
    }
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_columns() {
        assert_eq!(cut("accepted", 8), "accepted");
        assert_eq!(cut("accepted", 7), "accept…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("a b", 2), "a…");
        assert_eq!(cut("anything", 0), "");
    }

    #[test]
    fn wraps_at_spaces_and_breaks_only_long_words() {
        assert_eq!(wrap("offered 30 min", 10), ["offered 30", "min"]);
        assert_eq!(wrap("PKG-7K3M9Q-LONG was", 10), ["PKG-7K3M9Q", "-LONG was"]);
        assert_eq!(
            hanging("note: no room: `a b c` goes on", 14, 6),
            "note: no room:\n      `a b c`\n      goes on"
        );
        assert_eq!(hanging("note: `longer than a line`", 10, 6), "note:\n      `longer than a line`");
        assert_eq!(wrap_within("one two three four", 5, 2), ["one", "two…"]);
    }
}
