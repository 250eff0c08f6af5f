//! The commands that lead from one state to another: whatever a file says is done by the verb that does it by hand.

mod account;
mod provider;
mod queue;

use std::ffi::OsString;
use std::fmt::Display;

use super::State;
use account::account_to;
use provider::{contracts_to, links_to, provider_in_use, sharing_to};
use queue::queue_to;

use crate::error::Result;
use crate::model::text::{fold, shell_word};

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Without the name of the program.
    words: Vec<String>,
    /// Whether it is about what an earlier step begins, so that nothing is lost by it.
    is_of_new: bool,
}

impl Step {
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// With a yes to what it asks, since all was asked before.
    pub(crate) fn agreed(&self) -> Vec<OsString> {
        let (command, rest) = self.words.split_at(self.words.len().min(2));
        command
            .iter()
            .map(String::as_str)
            .chain(["--yes"])
            .chain(rest.iter().map(String::as_str))
            .map(OsString::from)
            .collect()
    }

    /// As it stands on a line, after the name of the program.
    pub(crate) fn line(&self) -> String {
        let quoted = |word: &str| match word.split_once('=').filter(|(name, _)| name.starts_with("--")) {
            Some((name, value)) => format!("{name}={}", shell_word(value)),
            None => shell_word(word),
        };
        self.words().map(quoted).collect::<Vec<_>>().join(" ")
    }

    /// Whether something is lost by it.
    pub(crate) fn ends_something(&self) -> bool {
        let [noun, verb] = [0, 1].map(|at| self.words.get(at).map_or("", String::as_str));
        match verb {
            _ if self.is_of_new => false,
            "deactivate" | "disable" | "remove-resource" | "forbid" | "unlink" | "retire-status" => true,
            "setup" => noun == "sharing",
            "edit" => self.words().any(|word| {
                word.starts_with("--state=") && word != "--state=active"
                    || word.starts_with("--level=")
                    || word.starts_with("--stop=")
            }),
            _ => false,
        }
    }

    fn new(words: &[&str]) -> Self {
        Step { words: words.iter().map(|word| (*word).to_owned()).collect(), is_of_new: false }
    }

    fn of_new(self, is_of_new: bool) -> Self {
        Step { is_of_new, ..self }
    }

    fn option(mut self, name: &str, value: impl Display) -> Self {
        self.words.push(format!("--{name}={value}"));
        self
    }

    /// A new or emptied value where it differs.
    fn changed<T: Display>(self, name: &str, before: Option<&Option<T>>, after: Option<&Option<T>>) -> Self {
        // The word is what empties a value.
        let text = |value: Option<&Option<T>>| {
            value.and_then(Option::as_ref).map(ToString::to_string).filter(|text| text != "none")
        };
        match text(after) {
            after if text(before) == after => self,
            Some(value) => self.option(name, value),
            None => self.option(name, "none"),
        }
    }

    /// A new value where it differs; none is as it was.
    fn set<T: PartialEq + Display>(self, name: &str, before: Option<&T>, after: Option<&T>) -> Self {
        match after {
            Some(value) if before != after => self.option(name, value),
            _ => self,
        }
    }

    fn switched(self, name: &str, before: Option<bool>, after: Option<bool>) -> Self {
        let word = |on: bool| if on { "on" } else { "off" };
        self.set(name, before.map(word).as_ref(), after.map(word).as_ref())
    }

    /// What stands behind the options, whatever it begins with.
    fn on<'a>(mut self, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        self.words.push("--".to_owned());
        self.words.extend(arguments.into_iter().map(str::to_owned));
        self
    }

    /// The same, or nothing where no option is set.
    fn on_if_set<'a>(self, arguments: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        self.has_options().then(|| self.on(arguments))
    }

    fn has_options(&self) -> bool {
        self.words.iter().any(|word| word.starts_with("--"))
    }
}

impl State {
    /// The commands that make `after` of this state, in an order in which each finds what it needs. Refused: what no command
    /// can do.
    pub(crate) fn steps_to(&self, after: &State) -> Result<Vec<Step>> {
        let mut steps = Vec::new();
        self.hub_to(after, &mut steps);
        let known: Vec<String> = self.categories.iter().flatten().map(|name| fold(name)).collect();
        let new = after.categories.iter().flatten().filter(|name| !known.contains(&fold(name)));
        steps.extend(new.map(|name| Step::new(&["category", "create"]).on([name.as_str()])));
        let providers = pairs(self.providers.as_deref(), after.providers.as_deref());
        let mut in_use = Vec::with_capacity(providers.len());
        for (before, after) in &providers {
            in_use.push(provider_in_use(*before, after, &mut steps));
        }
        for (before, after) in &providers {
            contracts_to(*before, after, &mut steps);
            sharing_to(*before, after, &mut steps);
        }
        for (before, after) in &providers {
            links_to(*before, after, &mut steps);
        }
        let queues = pairs(self.queues.as_deref(), after.queues.as_deref());
        for (before, after) in &queues {
            queue_to(*before, after, &mut steps)?;
        }
        for (before, after) in pairs(self.accounts.as_deref(), after.accounts.as_deref()) {
            account_to(before, after, &mut steps)?;
        }
        for (before, after) in &queues {
            let was = before.and_then(|queue| queue.active);
            steps.extend(active_to(&QUEUE, was, after.active, &after.name));
        }
        for ((before, after), in_use) in providers.iter().zip(in_use) {
            let key = key(after.code.as_ref(), &after.name);
            let was = before.map(|_| in_use);
            steps.extend(active_to(&PROVIDER, was, after.active, key));
        }
        Ok(steps)
    }

    fn hub_to(&self, after: &State, steps: &mut Vec<Step>) {
        let (before, after) = (self.hub.clone().unwrap_or_default(), after.hub.clone().unwrap_or_default());
        let step = Step::new(&["hub", "edit"])
            .set("name", before.name.as_ref(), after.name.as_ref())
            .set("contact-days", before.contact_days.as_ref(), after.contact_days.as_ref())
            .set("request-days", before.request_days.as_ref(), after.request_days.as_ref())
            .changed("signing-age", before.signing_age.as_ref(), after.signing_age.as_ref());
        steps.extend(Some(step).filter(Step::has_options));
    }
}

/// A merged state has what there was in its place, and what is new behind it.
fn pairs<'a, T>(before: Option<&'a [T]>, after: Option<&'a [T]>) -> Vec<(Option<&'a T>, &'a T)> {
    let before = before.unwrap_or_default();
    after.unwrap_or_default().iter().enumerate().map(|(at, one)| (before.get(at), one)).collect()
}

/// What a thing is called on a line.
fn key<'a>(code: Option<&'a String>, name: &'a str) -> &'a str {
    code.map_or(name, String::as_str)
}

/// The verbs that end and begin the use of a thing.
struct Use {
    noun: &'static str,
    end: &'static str,
    begin: &'static str,
}

const QUEUE: Use = Use { noun: "queue", end: "deactivate", begin: "activate" };
const PROVIDER: Use = Use { noun: "provider", end: "deactivate", begin: "activate" };
const ACCOUNT: Use = Use { noun: "account", end: "disable", begin: "enable" };

/// What is new is in use.
fn active_to(verbs: &Use, before: Option<bool>, after: Option<bool>, key: &str) -> Option<Step> {
    let verb = match (before.unwrap_or(true), after.unwrap_or(true)) {
        (true, false) => verbs.end,
        (false, true) => verbs.begin,
        _ => return None,
    };
    Some(Step::new(&[verbs.noun, verb]).of_new(before.is_none()).on([key]))
}

/// A step for each that is new in a list, and then for each that has left it.
fn exchanged<'a, T: PartialEq>(
    before: &'a [T], after: &'a [T], add: impl Fn(&'a T) -> Step, remove: impl Fn(&'a T) -> Step,
) -> impl Iterator<Item = Step> {
    let new = after.iter().filter(|one| !before.contains(one)).map(add);
    new.chain(before.iter().filter(|one| !after.contains(one)).map(remove))
}
