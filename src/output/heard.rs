//! What a line of a batch came to, kept for its row instead of being said at once.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Changed, Outcome, Output};
use crate::error::Result;
use crate::model::view::View;

/// What a command does and says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard {
    pub(crate) things: Vec<HeardThing>,
    /// In a sentence, for people.
    pub(crate) sentence: Option<String>,
    /// Its notes and warnings.
    pub(crate) remarks: Vec<String>,
}

/// One thing that was changed, or stays as it is.
#[derive(Clone, Debug)]
pub(crate) struct HeardThing {
    pub(crate) noun: &'static str,
    pub(crate) outcome: Outcome,
    pub(crate) code: String,
}

impl Heard {
    /// What became of each thing, and its code.
    pub(crate) fn results(&self) -> Vec<(Outcome, String)> {
        self.things.iter().map(|thing| (thing.outcome, thing.code.clone())).collect()
    }
}

/// Who listens to a command, and whether no one else does, so that it need not be printed.
#[derive(Clone, Debug)]
pub(crate) struct Listener {
    heard: Arc<Mutex<Heard>>,
    pub(super) is_alone: bool,
}

impl Listener {
    pub(crate) fn new(is_alone: bool) -> Self {
        Listener { heard: Arc::default(), is_alone }
    }

    /// What was heard since it was taken last.
    pub(crate) fn take(&self) -> Heard {
        self.with(mem::take)
    }

    pub(super) fn remark(&self, text: &str) {
        self.with(|heard| heard.remarks.push(text.to_owned()));
    }

    pub(super) fn changed<T: View>(&self, things: &[Changed<T>], sentence: String) {
        let thing = |one: &Changed<T>| (one.outcome, one.after.code().into_owned());
        self.did(T::NOUN, things.iter().map(thing), sentence);
    }

    /// The same of what is known by its results and codes alone.
    pub(super) fn did(
        &self, noun: &'static str, things: impl Iterator<Item = (Outcome, String)>, sentence: String,
    ) {
        let thing = |(outcome, code)| HeardThing { noun, outcome, code };
        self.with(|heard| {
            heard.things.extend(things.map(thing));
            heard.sentence = Some(sentence);
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Heard) -> T) -> T {
        work(&mut self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Output {
    /// For people below the rows: what all came to.
    pub(crate) fn summary(&self, sentence: &str) -> Result<()> {
        if self.is_drawing() { self.sentence(sentence) } else { Ok(()) }
    }
}
