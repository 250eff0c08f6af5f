//! What a change asks before it is done. Those of several changes in one are one question.

use crate::model::sharing::Effect;
use crate::model::text::several;

/// How many things a question names.
const NAMED: usize = 5;

/// A question of yes or no.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// As it is asked of one thing, or of things that are not alike.
    text: String,
    alike: Option<Alike>,
}

/// What is asked of several things of one sort.
#[derive(Clone, Debug)]
struct Alike {
    /// `delete`.
    verb: &'static str,
    /// `outsourced packages`.
    noun: &'static str,
    names: Vec<String>,
    /// What is said before it of single things, with a full stop.
    before: Vec<String>,
    effect: Effect,
}

impl Question {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Question { text: text.into(), alike: None }
    }

    /// As it is asked where the same is done to others too: `verb` and the plural of the thing, and its name.
    pub(crate) fn of(self, verb: &'static str, noun: &'static str, name: impl Into<String>) -> Self {
        let (names, before, effect) = (vec![name.into()], Vec::new(), Effect::default());
        Question { alike: Some(Alike { verb, noun, names, before, effect }), ..self }
    }

    /// What is said of the thing before the question.
    pub(crate) fn after(mut self, sentence: Option<String>) -> Self {
        self.alike.iter_mut().for_each(|alike| alike.before.extend(sentence.clone()));
        self
    }

    /// What stops by it.
    pub(crate) fn stopping(mut self, effect: &Effect) -> Self {
        self.alike.iter_mut().for_each(|alike| alike.effect.clone_from(effect));
        self
    }

    pub(crate) fn and(self, other: Question) -> Self {
        let text = format!("{} {}", self.text, other.text);
        let alike = match (self.alike, other.alike) {
            (Some(mut one), Some(other)) if (one.verb, one.noun) == (other.verb, other.noun) => {
                one.names.extend(other.names);
                one.before.extend(other.before);
                one.effect = one.effect.and(other.effect);
                Some(one)
            }
            _ => None,
        };
        Question { text, alike }
    }

    pub(crate) fn words(&self) -> String {
        match &self.alike {
            Some(alike) if alike.names.len() > 1 => alike.words(),
            _ => self.text.clone(),
        }
    }
}

impl Alike {
    fn words(&self) -> String {
        let Alike { verb, noun, names, before, effect } = self;
        let (number, names) = (names.len(), several(names, NAMED));
        let question = format!("Are you sure you want to {verb} these {number} {noun}: {names}?");
        let before = before.iter().map(String::as_str);
        let sentences: Vec<&str> = before.chain([question.as_str()]).collect();
        sentences.join(" ") + &effect.words()
    }
}

impl<T: Into<String>> From<T> for Question {
    fn from(text: T) -> Self {
        Question::new(text)
    }
}
