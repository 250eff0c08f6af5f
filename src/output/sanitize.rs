//! Makes control characters visible. Names and notes come from imports and from other people, and must not
//! move the cursor, recolour the screen or reverse the reading direction.

use std::borrow::Cow;

/// The text on one line with every control and direction character replaced by a visible one: a newline by
/// `⏎`, a tab by a space, other C0 characters and DEL by their control pictures (ESC becomes `␛`), the rest
/// by `�`. Text without such characters, which is nearly all, is borrowed.
pub(crate) fn sanitize(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| picture(c).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| picture(c).unwrap_or(c)).collect())
}

/// Keeps line breaks and replaces all other such characters.
pub(super) fn clean_lines(text: &str) -> String {
    text.split('\n').map(sanitize).collect::<Vec<_>>().join("\n")
}

/// The same JSON with every such character in its strings as an escape (`\u202e`): harmless, and exact when
/// parsed. JSON escapes C0 characters itself, so a line break in it belongs to the layout.
pub(crate) fn escaped(json: &str) -> Cow<'_, str> {
    if json.chars().all(|c| c == '\n' || picture(c).is_none()) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match picture(c) {
            Some(_) if c != '\n' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => text.push(c),
        }
    }
    Cow::Owned(text)
}

/// The replacement of a character that must not reach a terminal; none for an ordinary one.
fn picture(c: char) -> Option<char> {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' => Some('⏎'),
        '\t' => Some(' '),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}' => Some('�'),
        _ if turns_direction(c) => Some('�'),
        _ => None,
    }
}

/// The marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX #9), and the
/// deprecated format characters next to them.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in ["", "Zoë Müller-Ångström", "اللغة", "日本語", "👩‍⚕️ visit"] {
            assert!(matches!(sanitize(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(sanitize("a\x1b[31mred\r\nb\tc\0\x7f"), "a␛[31mred␍⏎b c␀␡");
        assert_eq!(sanitize("\u{9b}31m \u{202e}cod\u{2066}x\u{2028}"), "�31m �cod�x⏎");
    }

    #[test]
    fn json_stays_exact_and_is_harmless() {
        let text = "a\u{9b}31m\u{202e}b\n\u{7f}\u{2028}é";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let escaped = escaped(&json);
        assert!(!escaped.chars().any(|c| c != '\n' && picture(c).is_some()), "{escaped}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&escaped).unwrap(), [text]);
        assert!(matches!(super::escaped("[\n  \"é\"\n]"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_obeyed_survives(text in any::<String>(), bad in any::<[char; 4]>(), low in 0_u32..0xa0, bidi in 0x2028_u32..0x2070) {
            let extra: String = [low, bidi].into_iter().filter_map(char::from_u32).chain(bad).collect();
            let dirty = format!("{extra}{text}{extra}");
            let shown = sanitize(&dirty);
            prop_assert!(shown.bytes().all(|byte| byte >= 0x20));
            prop_assert!(!shown.chars().any(char::is_control));
            let directions = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{2028}\u{2029}";
            prop_assert!(!shown.chars().any(|c| directions.contains(c)));
            prop_assert_eq!(shown.chars().count(), dirty.chars().count());
            prop_assert_eq!(sanitize(&shown), &*shown);
        }
    }
}
