//! Two records become one (rule 5.7): what stands in the way, and what is said before.

use crate::model::prelude::*;

/// Two things that cannot be one, and the command that ends one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Obstacle {
    /// Without a full stop.
    pub(crate) what: String,
    pub(crate) command: String,
}

/// How many rows of a kind move: the number, and the word for one and for several.
pub(crate) type Moved = (u64, &'static str, &'static str);

/// Refused if anything stands in the way; `pair` has the code that is given up and the one that stays.
pub(crate) fn may_merge(refusal: &'static str, pair: [&str; 2], obstacles: &[Obstacle]) -> Result<()> {
    if obstacles.is_empty() {
        return Ok(());
    }
    let [other, kept] = pair;
    let what: Vec<&str> = obstacles.iter().map(|obstacle| obstacle.what.as_str()).collect();
    let commands: Vec<String> = obstacles.iter().map(|obstacle| format!("`{}`", obstacle.command)).collect();
    let message = format!("{other} and {kept} cannot be one yet: {}", what.join("; "));
    Err(Error::refused(refusal, message)
        .hint(format!("first decide what holds: {}", commands.join(", ")))
        .detail("obstacles", what.iter().map(|&what| what.to_owned()).collect::<Vec<_>>()))
}

/// `2 contacts, 1 referral`; empty if nothing moves.
pub(crate) fn moved_words(moved: &[Moved]) -> String {
    let words = moved.iter().filter(|(count, ..)| *count > 0);
    words.map(|(count, one, several)| counted(*count, one, several)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_is_counted_and_what_cannot_be_one_is_named() {
        assert_eq!(
            moved_words(&[(2, "contact", "contacts"), (0, "x", "x"), (1, "record", "records")]),
            "2 contacts, 1 record"
        );
        let obstacle = Obstacle { what: "A and B".to_owned(), command: "end A".to_owned() };
        let refusal = may_merge("client.cannot_merge", ["CLI-1", "CLI-2"], &[obstacle]).unwrap_err();
        assert_eq!(refusal.to_string(), "CLI-1 and CLI-2 cannot be one yet: A and B");
        assert_eq!(refusal.hint_text(), Some("first decide what holds: `end A`"));
        assert!(may_merge("client.cannot_merge", ["CLI-1", "CLI-2"], &[]).is_ok());
    }
}
