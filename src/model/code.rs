//! Codes that people quote (`PKG-7K3M9Q`), and the keys of imported things.

use uuid::Uuid;

use crate::model::prelude::*;

names! {
    /// The prefix of a code gives its kind.
    pub(crate) enum Prefix {
        Provider = "PRV",
        Resource = "RES",
        Client = "CLI",
        Contact = "CON",
        Referral = "REF",
        Visit = "VIS",
        Package = "PKG",
        Capacity = "CAP",
        Contract = "CTR",
        Record = "REC",
        SharingRequest = "SHR",
        Release = "ROI",
        Alert = "ALT",
        Import = "IMP",
    }
}

impl Prefix {
    /// A code of this kind from thirty random bits.
    pub(crate) fn code(self, bits: u32) -> String {
        let letters: String =
            (0..6).rev().map(|place| DIGITS[(bits >> (place * 5) & 31) as usize] as char).collect();
        format!("{}-{letters}", self.name())
    }

    /// Whether a stored text is such a code; what people name things cannot look like one.
    pub(crate) fn is_of(self, text: &str) -> bool {
        text.strip_prefix(self.name()).is_some_and(|rest| rest.starts_with('-'))
    }
}

/// Crockford's digits: without I, L, O and U, which are misread or misheard.
pub(crate) const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whether a text has the form of a code, which names must not have.
pub(crate) fn looks_like_a_code(text: &str) -> bool {
    let upper = text.trim().to_uppercase();
    Prefix::ALL
        .iter()
        .any(|prefix| upper.strip_prefix(prefix.name()).is_some_and(|rest| rest.starts_with('-')))
}

/// A name given to a thing. One that looks like a code would hide the thing with that code.
pub(crate) fn unlike_a_code(text: &str) -> Result<String, String> {
    let name = text::name(text)?;
    if looks_like_a_code(&name) { Err(format!("`{name}` has the form of a code of ours")) } else { Ok(name) }
}

/// The key of something imported: the same source and the same foreign id always give the same key, so
/// importing twice changes nothing.
pub(crate) fn imported_key<N>(noun: &str, source: &str, source_id: &str) -> Id<N> {
    const NAMESPACE: Uuid = Uuid::from_u128(0x8f1d_6a52_0c4e_5b7a_9d33_ca2e_de5c_0001);
    Id::of(Uuid::new_v5(&NAMESPACE, format!("{noun}\u{1f}{source}\u{1f}{source_id}").as_bytes()))
}

/// The key of what a directory that the hub writes has in it: the same parts always give the same.
pub(crate) fn written_key(parts: &[&str]) -> String {
    const NAMESPACE: Uuid = Uuid::from_u128(0x8f1d_6a52_0c4e_5b7a_9d33_ca2e_de5c_0002);
    Uuid::new_v5(&NAMESPACE, parts.join("\u{1f}").as_bytes()).to_string()
}

/// The number of a key that is written as formats of others have it, with its hyphens.
pub(crate) fn key_number(text: &str) -> Option<u128> {
    Uuid::parse_str(text).ok().filter(|_| text.len() == 36).map(|key| key.as_u128())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_behind_its_prefix() {
        assert_eq!(Prefix::Package.code(0), "PKG-000000");
        assert_eq!(Prefix::Visit.code((1 << 30) - 1), "VIS-ZZZZZZ");
    }

    #[test]
    fn a_number_is_no_code() {
        assert_eq!(unlike_a_code(" 2026/0815 ").unwrap(), "2026/0815");
        for bad in ["", "CON-7K3M9Q", "ref-1", "a\nb"] {
            assert!(unlike_a_code(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_like_codes_are_distinguished() {
        assert!(looks_like_a_code("pkg-winter"));
        assert!(!looks_like_a_code("winter"));
    }
}
