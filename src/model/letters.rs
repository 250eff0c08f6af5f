//! Letters that Unicode does not take apart, and signs that are written or pasted and that no one says.

/// What people enter for letters with strokes, hooks and tails, for ligatures and for letters of few languages.
const PLAIN: [(&str, &str); 38] = [
    ("", "·"),
    ("a", "ᶏẚⱥ"),
    ("ae", "æ"),
    ("av", "ꜻ"),
    ("b", "ƀƃɓᵬᶀꞗ"),
    ("c", "ƈȼɕꜿꞓꞔ"),
    ("d", "đðƌȡɖɗᵭᶁᶑꟈ"),
    ("e", "ǝəɇɛɝᶒᶓᶔⱸꬳꬴ"),
    ("f", "ƒᵮᶂꞙ"),
    ("g", "ǥɠɣᶃꞡꬶ"),
    ("h", "ħɦʮʯⱨꞕ"),
    ("hv", "ƕ"),
    ("i", "ıɨɩɪᶖ"),
    ("j", "ȷɉɟʄʝ"),
    ("k", "ĸƙᶄⱪꝁꝃꝅꞣ"),
    ("l", "łƚȴɫɬɭᶅⱡꝉꞎꬷꬸꬹ"),
    ("ll", "ỻ"),
    ("m", "ɰɱᵯᶆꬺ"),
    ("n", "ŋƞȵɲɳᵰᶇꞑꞥꬻ"),
    ("o", "øɔɵᴓᶗⱺꝋꝍꬿ"),
    ("oe", "œꭁꭂ"),
    ("oi", "ƣ"),
    ("ou", "ȣ"),
    ("p", "ƥᵱᵽᶈꝑꝓꝕ"),
    ("q", "ɋʠꝗꝙ"),
    ("r", "ʀɍɺɻɼɽɾɿᵲᵳᶉⱹꞧꭉꭌꭨ"),
    ("s", "ȿʂᵴᶊꞩꟊẜẝ"),
    ("ss", "ß"),
    ("sh", "ʃ"),
    ("t", "ŧƫƭȶʈᵵⱦ"),
    ("th", "þᵺ"),
    ("u", "ʉᶙꞹꭎꭒ"),
    ("v", "ʋᶌⱱⱴꝟỽ"),
    ("w", "ƿⱳ"),
    ("x", "ᶍꭖꭗꭘꭙ"),
    ("y", "ƴɏỿꭚ"),
    ("z", "ƶȥɀʐʑᵶᶎⱬ"),
    ("zh", "ʒ"),
];

/// What people enter for a letter in lower case without accents; none where that is the letter itself.
pub(super) fn plain(letter: char) -> Option<&'static str> {
    PLAIN.iter().find(|(_, letters)| letters.contains(letter)).map(|(plain, _)| *plain)
}

/// Whether a sign stands for the apostrophe of a name such as O'Neill, or is taken for it.
pub(super) fn is_apostrophe(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`'
            | '´'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '′'
            | '‵'
            | '＇'
            | 'ʹ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ʾ'
            | 'ʿ'
            | 'ˈ'
            | 'ˊ'
            | 'ˋ'
            | '՚'
            | '׳'
            | 'ꞌ'
            | 'Ꞌ'
            | '᾽'
            | '΄'
    )
}

/// Whether a character has no shape: soft hyphens, joiners, marks of direction, marks of byte order.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_has_one_plain_form() {
        let mut seen: Vec<char> = PLAIN.iter().flat_map(|(_, letters)| letters.chars()).collect();
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all);
        assert!(PLAIN.iter().all(|(plain, letters)| plain.is_ascii() && !letters.is_empty()));
    }

    #[test]
    fn no_sign_is_both_seen_and_invisible() {
        assert!(('\0'..=char::MAX).all(|letter| !(is_apostrophe(letter) && is_invisible(letter))));
        assert!(is_invisible('\u{200e}') && is_invisible('\u{ad}') && !is_invisible('-'));
    }
}
