//! Several changes in one: all of what each says and asks.

use std::iter;

use super::Change;
use crate::context::Audited;
use crate::model::view::View;

impl<V: View + PartialEq> Change<V> {
    /// Several changes in one.
    pub(crate) fn all(changes: impl IntoIterator<Item = Self>) -> Self {
        changes.into_iter().fold(Change::none(), Change::and)
    }

    /// Appends the things, sentences, questions, notes and warnings of another change.
    pub(crate) fn and(mut self, mut other: Self) -> Self {
        // Where one has a sentence of its own and the other the usual ones, the first is said in the midst of these.
        if self.sentence.is_some() != other.sentence.is_some() {
            self.say_of_first();
            other.say_of_first();
        }
        self.things.extend(other.things);
        self.audited.extend(other.audited);
        self.notes.extend(other.notes);
        self.warnings.extend(other.warnings);
        self.question = match (self.question, other.question) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        };
        self.sentence = joined(self.sentence, other.sentence);
        self
    }

    /// Another entry of the audit trail in place of that of the thing itself.
    pub(crate) fn audited_as(mut self, audited: Audited) -> Self {
        self.audited = vec![audited];
        self
    }

    /// Gives the sentence to the first thing, and to the others none.
    fn say_of_first(&mut self) {
        if self.things.is_empty() {
            return;
        }
        let Some(sentence) = self.sentence.take() else { return };
        let said = iter::once(sentence).chain(iter::repeat(String::new()));
        self.things.iter_mut().zip(said).for_each(|(thing, said)| thing.said = Some(said));
    }
}

/// What both say, one after the other.
fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} {second}")),
        (first, second) => first.or(second),
    }
}
