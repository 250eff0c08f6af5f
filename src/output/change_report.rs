//! The report of a change. It is created before anything is changed, so that unknown `--columns` are refused
//! first.

use std::marker::PhantomData;

use serde::Serialize;
use serde_json::Value;

use super::cell::Times;
use super::cell::{self, Fields};
use super::list::List;
use super::{Format, Outcome, Output, columns, line};
use crate::error::Result;
use crate::model::alert::Alerted;
use crate::model::difference::{Difference, differences};
use crate::model::next_step::next_step;
use crate::model::sharing::Effect;
use crate::model::view::{Field, FieldKind, View};

/// The columns of every change after those of the thing; the last only in a dry run.
const OF_A_CHANGE: [Field; 3] = [
    Field::ranked("result", FieldKind::Status, 0),
    Field::hidden("changes", FieldKind::Many),
    Field::hidden("dry_run", FieldKind::YesNo),
];

/// A longer text is not repeated in the sentence about a change.
const LONGEST_IN_A_SENTENCE: usize = 100;

/// The report of a command that changes things of one kind.
pub(crate) struct ChangeReport<'a, T> {
    output: &'a Output,
    /// What is done, as the audit trail calls it; none where nothing can be next.
    action: Option<&'static str>,
    things: PhantomData<T>,
}

/// A thing before and after a change.
pub(crate) struct Changed<T> {
    pub(crate) outcome: Outcome,
    /// None without a comparison: for new, deleted and unchanged things.
    pub(crate) before: Option<T>,
    pub(crate) after: T,
    /// Who sees more and who sees fewer records after it, if known.
    pub(crate) effect: Option<Effect>,
    /// Whom it alerts, where it may alert accounts.
    pub(crate) alerted: Option<Alerted>,
    /// Replaces its usual sentence; empty where that of another thing says it.
    pub(crate) said: Option<String>,
}

/// The fields that a change adds to those of the thing.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct ChangeFields<'a> {
    result: Outcome,
    changes: &'a [Difference],
    #[serde(flatten)]
    effect: &'a Option<Effect>,
    #[serde(flatten)]
    alerted: &'a Option<Alerted>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    /// Whether it was done before, by a run with the same operation key; then the code of the thing is all that is given of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    repeated: bool,
}

impl Output {
    /// Usage error if `--columns` names an unknown column.
    pub(crate) fn change_report<T: View>(&self) -> Result<ChangeReport<'_, T>> {
        if let Some(columns) = &self.columns {
            columns::check_columns(columns, T::FIELDS.iter().chain(self.change_fields()))?;
        }
        Ok(ChangeReport { output: self, action: None, things: PhantomData })
    }

    fn change_fields(&self) -> &'static [Field] {
        let [own @ .., _dry_run] = &OF_A_CHANGE;
        if self.dry_run { &OF_A_CHANGE } else { own }
    }
}

impl<T> Changed<T> {
    pub(crate) fn new(outcome: Outcome, before: Option<T>, after: T) -> Self {
        Changed { outcome, before, after, effect: None, alerted: None, said: None }
    }
}

impl<T: View> ChangeReport<'_, T> {
    /// Of what is done, so that people hear what is next.
    pub(crate) fn of(self, action: &'static str) -> Self {
        ChangeReport { action: Some(action), ..self }
    }

    /// For people a sentence, by default the usual one; for scripts the object with `result` and `changes`,
    /// or an array of several; with `--columns` the selected columns.
    pub(crate) fn print(&self, things: &[Changed<T>], sentence: Option<&str>) -> Result<()> {
        if let Some(listener) = &self.output.listener {
            listener.changed(things, self.sentence(things, sentence)?);
            if listener.is_alone {
                return Ok(());
            }
        }
        let written = self.write(things, sentence);
        if things.iter().all(|thing| thing.outcome == Outcome::Unchanged) {
            return written;
        }
        self.output.done(written, || self.usual_sentences(things).unwrap_or_default())?;
        self.hint(things)
    }

    /// What is next, where that is the same for all that was changed.
    fn hint(&self, things: &[Changed<T>]) -> Result<()> {
        let Some(action) = self.action.filter(|_| self.output.is_for_people() && !self.output.dry_run) else {
            return Ok(());
        };
        let next = |thing: &Changed<T>| -> Result<Option<String>> {
            let before = thing.before.as_ref().map(cell::fields).transpose()?;
            Ok(next_step(action, before.as_ref(), &cell::fields(&thing.after)?))
        };
        let mut steps = things.iter().map(next).collect::<Result<Vec<_>>>()?;
        steps.dedup();
        if let [Some(step)] = steps.as_slice() {
            self.output.aside("hint", step);
        }
        Ok(())
    }

    fn write(&self, things: &[Changed<T>], sentence: Option<&str>) -> Result<()> {
        let output = self.output;
        if output.quiet {
            return things.iter().try_for_each(|thing| line(&thing.after.code()));
        }
        if output.format == Format::Table {
            let sentence = self.sentence(things, sentence)?;
            if output.columns.is_none() {
                return output.sentence(&sentence);
            }
            // Columns alone would not show that it was a dry run.
            if output.dry_run {
                output.note(&format!("dry run: {sentence}"));
            }
        }
        if let [one] = things {
            let fields = output.narrowed(self.object(one)?);
            return output.document(&Value::Object(fields), T::FIELDS);
        }
        let mut list = List::<T>::begin(output, output.change_fields())?;
        for thing in things {
            list.object(&thing.after.code(), &self.object(thing)?)?;
        }
        list.end("")
    }

    fn sentence(&self, things: &[Changed<T>], sentence: Option<&str>) -> Result<String> {
        sentence.map_or_else(|| self.usual_sentences(things), |sentence| Ok(sentence.to_owned()))
    }

    fn object(&self, thing: &Changed<T>) -> Result<Fields> {
        let mut fields = cell::fields(&thing.after)?;
        let change_fields = ChangeFields {
            result: thing.outcome,
            changes: &thing.differences()?,
            effect: &thing.effect,
            alerted: &thing.alerted,
            dry_run: self.output.dry_run,
            repeated: false,
        };
        fields.extend(cell::fields(&change_fields)?);
        Ok(fields)
    }

    /// The answer of an earlier run with the same operation key: results and codes.
    pub(crate) fn print_again(&self, things: &[(Outcome, String)]) -> Result<()> {
        let output = self.output;
        if let Some(listener) = &output.listener {
            listener.did(T::NOUN, things.iter().cloned(), Self::sentence_again(things));
        }
        if output.quiet {
            return things.iter().try_for_each(|(_, code)| line(code));
        }
        if output.format == Format::Table && output.columns.is_none() {
            return output.sentence(&Self::sentence_again(things));
        }
        if let [one] = things {
            return output.document(&Value::Object(output.narrowed(Self::object_again(one)?)), T::FIELDS);
        }
        let mut list = List::<T>::begin(output, output.change_fields())?;
        for thing in things {
            list.object(&thing.1, &Self::object_again(thing)?)?;
        }
        list.end("")
    }

    fn sentence_again(things: &[(Outcome, String)]) -> String {
        let did = |(outcome, code): &(Outcome, String)| format!("{} {} {code}", outcome.verb(), T::NOUN);
        let did = things.iter().map(did).collect::<Vec<_>>().join(", ");
        format!("Nothing to do: an earlier run with this operation key {did}.")
    }

    fn object_again((outcome, code): &(Outcome, String)) -> Result<Fields> {
        let mut fields = Fields::new();
        fields.insert(T::CODE_KEY.to_owned(), code.as_str().into());
        let change_fields = ChangeFields {
            result: *outcome,
            changes: &[],
            effect: &None,
            alerted: &None,
            dry_run: false,
            repeated: true,
        };
        fields.extend(cell::fields(&change_fields)?);
        Ok(fields)
    }

    fn usual_sentences(&self, things: &[Changed<T>]) -> Result<String> {
        let sentence = |thing: &Changed<T>| thing.said.clone().map_or_else(|| self.usual_sentence(thing), Ok);
        let mut sentences = things.iter().map(sentence).collect::<Result<Vec<String>>>()?;
        sentences.retain(|sentence| !sentence.is_empty());
        Ok(sentences.join(" "))
    }

    /// `Changed account rosa: email none → rosa@harbour.example, level standard → supervisor.`
    fn usual_sentence(&self, thing: &Changed<T>) -> Result<String> {
        let thing_name = named(&thing.after)?;
        let differences = thing.differences()?;
        let words: Vec<String> = differences.iter().map(|one| words(self.output, T::FIELDS, one)).collect();
        let sentence = match thing.outcome {
            Outcome::Created => format!("Created {thing_name}."),
            Outcome::Updated => format!("Changed {thing_name}: {}.", words.join(", ")),
            Outcome::Unchanged => format!("Nothing to change: {thing_name} stays as it is."),
            Outcome::Deleted => format!("Deleted {thing_name}."),
        };
        let sentence = sentence + &thing.effect.as_ref().map(Effect::words).unwrap_or_default();
        Ok(match &thing.alerted {
            Some(alerted) => alerted.ending(&sentence),
            None => sentence,
        })
    }
}

/// A difference in a sentence: `email none → rosa@harbour.example`.
pub(super) fn words(output: &Output, fields: &[Field], difference: &Difference) -> String {
    let (name, kind) = cell::known(&difference.field, fields);
    let word = |value: &Value| match cell::cell(value, kind, Times::Exact, output) {
        text if text.is_empty() => "none".to_owned(),
        text => text,
    };
    let (from, to) = (word(&difference.from), word(&difference.to));
    // Two lists of the same length look alike, and a long text would hide the other fields.
    let is_long = [&from, &to].iter().any(|text| text.chars().count() > LONGEST_IN_A_SENTENCE);
    if from == to || is_long { name } else { format!("{name} {from} → {to}") }
}

/// `provider PRV-7K3M9Q (Harbour Home Care)`, `client CLI-7K3M9Q (Ada Moss)`; a queue, which has no code, by its name in backticks.
fn named<T: View>(thing: &T) -> Result<String> {
    let has_no_code = T::FIELDS.first().is_some_and(|field| field.key == "name");
    let code = if has_no_code { format!("`{}`", thing.code()).into() } else { thing.code() };
    let name = thing.name().map(str::to_owned).or(cell::person(&cell::fields(thing)?));
    Ok(match name.filter(|name| *name != thing.code()) {
        Some(name) => format!("{} {code} ({name})", T::NOUN),
        None => format!("{} {code}", T::NOUN),
    })
}

impl<T: Serialize> Changed<T> {
    /// The changed fields, in order.
    fn differences(&self) -> Result<Vec<Difference>> {
        let Some(before) = &self.before else { return Ok(Vec::new()) };
        Ok(differences(&cell::fields(before)?, cell::fields(&self.after)?))
    }
}
