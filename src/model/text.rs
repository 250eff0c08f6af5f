//! Texts that people enter: what counts as a name, and how spellings of one name are compared.

use std::fmt::Display;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letters;
use super::limit::{self, Limit};

/// The form in which texts are compared and searched: without case, accents and runs of white space.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        return words.join(" ").to_ascii_lowercase();
    }
    let bare: String =
        text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same for names of people, organisations and what they offer: letters with strokes and ligatures become what people
/// enter for them, apostrophes of all kinds and characters without a shape are left out. What is stored to be searched by
/// name is folded so; another way to fold takes a step of the schema, with which the program folds it anew.
pub(crate) fn fold_name(text: &str) -> String {
    fold_letters(text, "")
}

/// The same where words are parted at apostrophes, so that `L'Arche` is found by its last word.
pub(crate) fn fold_words(text: &str) -> String {
    fold_letters(text, "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fold_letters(text: &str, apostrophe: &str) -> String {
    if text.is_ascii() {
        return fold(text).replace(letters::is_apostrophe, apostrophe);
    }
    // Unicode takes some of the apostrophes apart, into a blank and an accent.
    let seen = text.chars().filter(|letter| !letters::is_invisible(*letter));
    let seen: String =
        seen.map(|letter| if letters::is_apostrophe(letter) { '\'' } else { letter }).collect();
    let folded = fold(&seen);
    if folded.is_ascii() {
        return folded.replace('\'', apostrophe);
    }
    let mut bare = String::with_capacity(folded.len());
    for letter in folded.chars() {
        match letters::plain(letter) {
            _ if letters::is_apostrophe(letter) => bare.push_str(apostrophe),
            Some(plain) => bare.push_str(plain),
            None => bare.push(letter),
        }
    }
    bare
}

/// A name for a person, an organisation, a queue: trimmed, not empty, one line, without control characters.
pub(crate) fn name(text: &str) -> Result<String, String> {
    one_line(text, "a name", &limit::NAME)
}

/// What stands on one line and is no name, such as a phone number or a link: the same, and longer.
pub(crate) fn line(text: &str) -> Result<String, String> {
    one_line(text, "a value", &limit::LINE)
}

fn one_line(text: &str, what: &str, limit: &Limit) -> Result<String, String> {
    let trimmed = text.trim();
    match trimmed {
        "" => Err(format!("{what} cannot be empty")),
        _ if trimmed.chars().any(char::is_control) => Err(format!("{what} has no control characters")),
        _ => limit.hold(trimmed).map(|()| trimmed.to_owned()),
    }
}

/// Free text, kept exactly. Refused: the one character that PostgreSQL cannot store.
pub(crate) fn free(text: &str) -> Result<String, String> {
    free_text(text, &limit::TEXT)
}

/// A note or a reason: the same, and shorter.
pub(crate) fn note(text: &str) -> Result<String, String> {
    free_text(text, &limit::NOTE)
}

fn free_text(text: &str, limit: &Limit) -> Result<String, String> {
    if text.contains('\0') {
        return Err("a text cannot hold the character NUL".to_owned());
    }
    limit.hold(text).map(|()| text.to_owned())
}

/// A rough check of an e-mail address: something, one `@`, something with a dot or a bare host.
pub(crate) fn email(text: &str) -> Result<String, String> {
    let text = text.trim();
    let is_good = text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && !host.is_empty()
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    let has_gap = text
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control() || "<>()[],;:\"".contains(letter));
    limit::EMAIL.hold(text)?;
    if !is_good || has_gap {
        return Err(format!("`{text}` is not an e-mail address, such as office@example.org"));
    }
    Ok(text.to_owned())
}

/// What tables say for yes and for no; spreadsheets write TRUE and FALSE in the language of their user.
const YES: [&str; 15] = [
    "true", "yes", "y", "on", "1", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "si", "vero", "sì", "waar",
];
const NO: [&str; 12] =
    ["false", "no", "n", "off", "0", "falsch", "nein", "faux", "non", "falso", "onwaar", "nee"];

/// Parses yes or no as tables and spreadsheets write them.
pub(crate) fn yes_or_no(text: &str) -> Result<bool, String> {
    let word = text.to_lowercase();
    match (YES.contains(&word.as_str()), NO.contains(&word.as_str())) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(format!("`{text}` is neither yes nor no")),
    }
}

/// Escapes a text for a LIKE pattern whose escape is a backslash.
pub(crate) fn escaped_for_like(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// Quoted for a shell if it has to be.
pub(crate) fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | '/');
    if !word.is_empty() && word.chars().all(is_plain) { word.to_owned() } else { quoted(word) }
}

/// Quoted for a shell.
pub(crate) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// `a`, `a and b`, `a, b and c`, `a, b and 7 more`: at most `most` of them.
pub(crate) fn several(names: &[String], most: usize) -> String {
    let shown = names.get(..most).filter(|_| names.len() > most + 1).unwrap_or(names);
    match (shown, names.len() - shown.len()) {
        ([], _) => String::new(),
        ([one], 0) => one.clone(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// How large something is, in words: `640 KiB`, `12.5 MiB`, `14 GiB`.
pub(crate) fn size(bytes: u64) -> String {
    let in_tenths = |unit: u32| format!("{}.{}", bytes >> unit, ((bytes & ((1 << unit) - 1)) * 10) >> unit);
    match bytes {
        0..0x10_0000 => format!("{} KiB", bytes.div_ceil(1024)),
        0x10_0000..0x640_0000 => format!("{} MiB", in_tenths(20)),
        0x640_0000..0x2_8000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", in_tenths(30)),
    }
}

/// `2 h 30 min`, `3 h`, `45 min`.
pub(crate) fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// `1 visit`, `2 visits`.
pub(crate) fn counted<N: Display + PartialEq + From<u8>>(number: N, one: &str, several: &str) -> String {
    let noun = if number == N::from(1) { one } else { several };
    format!("{number} {noun}")
}

/// The three most similar names, best first; empty if none is near.
pub(crate) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let text = fold_name(text);
    let scored = names.map(|name| (likeness(&text, &fold_name(name)), name));
    let mut scored: Vec<(f64, &str)> = scored.filter(|(score, _)| *score >= 0.82).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.truncate(3);
    scored.into_iter().map(|(_, name)| name).collect()
}

/// People often enter the beginning of a long name, so it is compared as well as the whole.
fn likeness(text: &str, name: &str) -> f64 {
    let beginning: String = name.chars().take(text.chars().count()).collect();
    strsim::jaro_winkler(text, name).max(strsim::jaro_winkler(text, &beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        assert_eq!(fold("  Zoë   ÉLAN "), "zoe elan");
        assert_eq!(fold("Acme  Care"), fold("acme care"));
    }

    #[test]
    fn letters_with_strokes_are_found_without_them() {
        assert_eq!(fold_name("Łukasz Wójcik"), "lukasz wojcik");
        assert_eq!(fold_name("Jürgen Großmann"), "jurgen grossmann");
        assert_eq!(fold_name("Søren Đinko Þór Æsa"), "soren dinko thor aesa");
        assert_eq!(fold_name("Ŧor Ŋgugi Ɓala Əliyev Ŀ ŉ Ĳ"), "tor ngugi bala eliyev l n ij");
        assert_eq!(fold_name("张 示例"), "张 示例");
    }

    #[test]
    fn signs_that_no_one_says_do_not_part_spellings() {
        for name in ["O'Neill", "O’Neill", "O‘NEILL", "O´Neill", "O`Neill", "Oʼneill", "O＇Neill", "Oneill"]
        {
            assert_eq!(fold_name(name), "oneill", "{name}");
        }
        assert_eq!(fold_name("\u{202b}Mül\u{ad}ler\u{200b}\u{feff}"), "muller");
        assert_eq!((fold_name(" ' "), fold_words("L’Arche")), (String::new(), "l'arche".to_owned()));
        // What has no shape of its own leaves no blank.
        assert_eq!((fold_words("æ ·"), fold_words("day · out")), ("ae".to_owned(), "day out".to_owned()));
    }

    /// Whatever Unicode calls a letter of the Latin alphabet with a stroke, and accents of all kinds.
    #[test]
    fn every_latin_letter_with_a_stroke_or_an_accent_becomes_plain() {
        let blocks = ['\u{c0}'..='\u{24f}', '\u{1e00}'..='\u{1eff}', '\u{2c60}'..='\u{2c66}'];
        let letters = blocks.into_iter().flatten().filter(|letter| letter.is_alphabetic());
        let odd: String = letters.filter(|letter| !fold_name(&letter.to_string()).is_ascii()).collect();
        assert_eq!(odd, "ƄƅƍƛƜƧƨƪƱƸƹƺƻƼƽƾǀǁǂǃȜȝȸȹɁɂɅẟ", "letters of their own");
    }

    #[test]
    fn a_near_name_is_found_and_a_far_one_is_not() {
        let names = ["Oak House Care", "Brook Lane Support"];
        assert_eq!(nearest("oak huose", names.into_iter()), ["Oak House Care"]);
        assert!(nearest("xyzzy", names.into_iter()).is_empty());
        assert_eq!(nearest("zlo", ["Żłó"].into_iter()), ["Żłó"], "as people enter letters with strokes");
    }

    #[test]
    fn an_address_needs_both_sides() {
        assert!(email("a@b.example").is_ok());
        for bad in ["", "a", "a@", "@b", "a@b@c", "a b@c.example", "a@.example"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_no_longer_than_mail_servers_take() {
        let of = |length: usize| format!("{}@b.example", "a".repeat(length - "@b.example".len()));
        assert_eq!(email(&of(254)), Ok(of(254)));
        assert_eq!(email(&of(255)), Err("an e-mail address has at most 254 bytes".to_owned()));
        assert!(email(&"é@b.example".replace('é', &"é".repeat(123))).is_err(), "its bytes are counted");
    }
}
