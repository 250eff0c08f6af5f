//! How long texts may be, by their kind. Whether a text comes from an option, a file or standard input, the same limit holds,
//! and the error names it (rule 4.3).

/// The most that a text of one kind may have.
pub(crate) struct Limit {
    /// The beginning of a sentence, such as `a name has`.
    has: &'static str,
    most: usize,
    unit: Unit,
}

enum Unit {
    Characters,
    Bytes,
}

/// Names of people, organisations, queues and whatever else is called something; titles.
pub(crate) const NAME: Limit = Limit { has: "a name has", most: 200, unit: Unit::Characters };

/// What stands on one line and is no name: ids, phone numbers, postal codes, addresses, links; also what a reference is.
/// In bytes, since it has to fit into an index of the database.
pub(crate) const LINE: Limit = Limit { has: "a value on one line has", most: 1_000, unit: Unit::Bytes };

/// A path of 256 without its angle brackets (RFC 5321, section 4.5.3.1.3).
pub(crate) const EMAIL: Limit = Limit { has: "an e-mail address has", most: 254, unit: Unit::Bytes };

/// Notes and reasons, which are kept in the history as often as they change.
pub(crate) const NOTE: Limit = Limit { has: "a note has", most: 20_000, unit: Unit::Characters };

/// Descriptions and narratives.
pub(crate) const TEXT: Limit = Limit { has: "a text has", most: 1 << 20, unit: Unit::Bytes };

/// What a directory says of one thing and no field of ours holds.
pub(crate) const REMAINDER: Limit =
    Limit { has: "what is kept besides has", most: 256 << 10, unit: Unit::Bytes };

impl Limit {
    /// The number, of whatever unit.
    pub(crate) const fn most(&self) -> usize {
        self.most
    }

    /// An error that names the limit.
    pub(crate) fn hold(&self, text: &str) -> Result<(), String> {
        if self.is_kept(text) { Ok(()) } else { Err(self.sentence()) }
    }

    /// The same for a cell, of which the reason says what it is.
    pub(crate) fn hold_cell(&self, text: &str) -> Result<(), String> {
        if self.is_kept(text) { Ok(()) } else { Err(format!("has more than {}", self.amount())) }
    }

    /// Such as `a name has at most 200 characters`.
    pub(crate) fn sentence(&self) -> String {
        format!("{} at most {}", self.has, self.amount())
    }

    fn is_kept(&self, text: &str) -> bool {
        text.len() <= self.most || matches!(self.unit, Unit::Characters) && text.chars().count() <= self.most
    }

    fn amount(&self) -> String {
        let unit = match self.unit {
            Unit::Characters => "characters",
            Unit::Bytes => "bytes",
        };
        format!("{} {unit}", grouped(self.most))
    }
}

/// With a comma between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_as_long_as_the_limit_is_taken_and_one_more_is_not() {
        for (limit, words) in [
            (NAME, "a name has at most 200 characters"),
            (LINE, "a value on one line has at most 1,000 bytes"),
            (EMAIL, "an e-mail address has at most 254 bytes"),
            (NOTE, "a note has at most 20,000 characters"),
            (TEXT, "a text has at most 1,048,576 bytes"),
        ] {
            assert_eq!(limit.hold(&"x".repeat(limit.most)), Ok(()));
            assert_eq!(limit.hold(&"x".repeat(limit.most + 1)), Err(words.to_owned()));
        }
    }

    #[test]
    fn characters_are_not_bytes() {
        assert_eq!(NAME.hold(&"é".repeat(200)), Ok(()));
        assert_eq!(LINE.hold_cell(&"é".repeat(501)), Err("has more than 1,000 bytes".to_owned()));
    }
}
