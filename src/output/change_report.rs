//! What is said of a change. It is asked for before anything is changed, so that `--columns` that cannot be shown are refused
//! while nothing is done yet.

use std::marker::PhantomData;

use serde::Serialize;
use serde_json::Value;

use super::list::List;
use super::{Field, FieldKind, Format, Outcome, Output, View, cell, hidden, line, shown, view};
use crate::error::Result;

/// The columns that every change has behind those of the thing itself; the second in a dry run only.
const OF_A_CHANGE: [Field; 2] = [shown("result", FieldKind::Status), hidden("dry_run", FieldKind::YesNo)];

/// The last word of a command that changes things of one sort.
pub(crate) struct ChangeReport<'a, T> {
    output: &'a Output,
    things: PhantomData<T>,
}

/// A thing as a change leaves it.
#[derive(Serialize)]
struct Changed<'a, T> {
    #[serde(flatten)]
    object: &'a T,
    result: Outcome,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
}

impl Output {
    /// Usage error where `--columns` names what a thing of this sort does not have.
    pub(crate) fn change_report<T: View>(&self) -> Result<ChangeReport<'_, T>> {
        if let Some(columns) = &self.columns {
            view::check_columns(columns, T::FIELDS.iter().chain(self.of_a_change()))?;
        }
        Ok(ChangeReport { output: self, things: PhantomData })
    }

    fn of_a_change(&self) -> &'static [Field] {
        let [result, _] = &OF_A_CHANGE;
        if self.dry_run { &OF_A_CHANGE } else { std::slice::from_ref(result) }
    }
}

impl<T: View> ChangeReport<'_, T> {
    /// One thing that was changed: a sentence for people, the object with `result` for scripts, the columns that are asked
    /// for to whom asks for them.
    pub(crate) fn say(&self, outcome: Outcome, sentence: &str, object: &T) -> Result<()> {
        let output = self.output;
        if output.quiet {
            return line(object.code());
        }
        if self.is_a_sentence(sentence)? {
            return Ok(());
        }
        let fields = output.narrowed(cell::fields(&self.changed(outcome, object))?);
        output.document(&Value::Object(fields), T::FIELDS)
    }

    /// Several things of one sort that were changed together: one sentence for people, an array for scripts, a table where
    /// columns are asked for; a single one is printed as [`ChangeReport::say`] does.
    pub(crate) fn say_all(&self, outcome: Outcome, sentence: &str, objects: &[T]) -> Result<()> {
        if let [one] = objects {
            return self.say(outcome, sentence, one);
        }
        if !self.output.quiet && self.is_a_sentence(sentence)? {
            return Ok(());
        }
        let mut list = List::<Changed<'_, T>>::begin(self.output, self.output.of_a_change())?;
        for object in objects {
            list.row(&self.changed(outcome, object))?;
        }
        list.end("")
    }

    fn changed<'b>(&self, result: Outcome, object: &'b T) -> Changed<'b, T> {
        Changed { object, result, dry_run: self.output.dry_run }
    }

    /// Says it as a sentence, if that is what is to be said. Columns alone would not tell that it was only tried.
    fn is_a_sentence(&self, sentence: &str) -> Result<bool> {
        let output = self.output;
        let is_one = output.format == Format::Table && output.columns.is_none();
        if is_one {
            output.sentence(sentence)?;
        } else if output.format == Format::Table && output.dry_run {
            output.note(&format!("dry run: {sentence}"));
        }
        Ok(is_one)
    }
}

impl<T: View> View for Changed<'_, T> {
    const FIELDS: &'static [Field] = T::FIELDS;

    fn code(&self) -> &str {
        self.object.code()
    }
}
