//! Where visits are, as far as a provider that is only asked may know (rule 1.12).

/// The postal code up to its blank, or else its first three characters: an area, not a house. None of an empty one.
pub(crate) fn area(postal_code: &str) -> Option<String> {
    let area: String = match postal_code.trim().split_once(char::is_whitespace) {
        Some((area, _)) => area.to_owned(),
        None => postal_code.trim().chars().take(3).collect(),
    };
    (!area.is_empty()).then_some(area)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule 1.12.
    #[test]
    fn an_area_is_no_house() {
        for (postal_code, expected) in [
            ("SW1A 1AA", "SW1A"),
            (" 02155 ", "021"),
            ("1010", "101"),
            ("K1A 0B1", "K1A"),
            ("ÄÖÜß", "ÄÖÜ"),
            ("7", "7"),
        ] {
            assert_eq!(area(postal_code).as_deref(), Some(expected), "{postal_code}");
        }
        assert_eq!(area(" "), None);
    }
}
