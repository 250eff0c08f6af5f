//! A state with what a file says: things are met by their whole names, or by their codes (rules 6.1 and 7.31).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Account, Agency, Contract, FORM, Hub, Program, Provider, Queue, Sharing, State};
use crate::error::{Error, Kind, Result};
use crate::model::code::Prefix;
use crate::model::resource;
use crate::model::text::{fold, fold_name, several};

/// Takes over what the other speaks of; an emptied value is none.
macro_rules! overlay {
    ($onto:ident, $from:ident: $($plain:ident),*; $($said:ident),*) => {
        $(if $from.$plain.is_some() { $onto.$plain.clone_from(&$from.$plain); })*
        $(if $from.$said.is_some() { $onto.$said = $from.$said.clone().filter(Option::is_some); })*
    };
}

impl State {
    /// This state, in which things have their codes, as it is once the file is applied. With `prune`, what the file could
    /// have named and does not is put out of use, but for the account of this login, which acts. `new_code` gives a code to
    /// what is new. Invalid: the form of the file, two parts about one thing, a name that several have, a reference to nothing.
    pub(crate) fn merged(
        &self, file: &State, prune: Option<&str>, mut new_code: impl FnMut(Prefix) -> Result<Option<String>>,
    ) -> Result<State> {
        if file.caredesk != FORM {
            return Err(invalid(
                "form",
                format!("this is form {} of a state, and {FORM} is known", file.caredesk),
            ));
        }
        let mut merged = self.clone();
        if let Some(of_file) = &file.hub {
            hub(merged.hub.get_or_insert_default(), of_file);
        }
        if let Some(of_file) = &file.categories {
            categories(merged.categories.get_or_insert_default(), of_file);
        }
        if let Some(of_file) = &file.providers {
            let providers = merged.providers.get_or_insert_default();
            let met = each(providers, of_file, "provider", |one, from| provider(one, from, prune.is_some()))?;
            if prune.is_some() {
                rest(providers, &met).for_each(|one| one.active = Some(false));
            }
        }
        for provider in merged.providers.iter_mut().flatten() {
            fill(&mut provider.code, || new_code(Prefix::Provider))?;
            for program in provider.programs.iter_mut().flatten() {
                fill(&mut program.code, || new_code(Prefix::Resource))?;
            }
        }
        let names = References::of(&merged, file);
        for one in merged.providers.iter_mut().flatten() {
            names.resolve_sharing(one)?;
        }
        merged.queues_from(file, prune.is_some(), &names)?;
        merged.accounts_from(file, prune, &names)?;
        Ok(merged)
    }

    fn queues_from(&mut self, file: &State, prune: bool, names: &References) -> Result<()> {
        let Some(of_file) = &file.queues else { return Ok(()) };
        let queues = self.queues.get_or_insert_default();
        let met = each(queues, of_file, "queue", |one, from| {
            overlay!(one, from: active, statuses, resources;);
            names.resolve(one.resources.as_mut())
        })?;
        if prune {
            rest(queues, &met).for_each(|one| one.active = Some(false));
        }
        Ok(())
    }

    fn accounts_from(&mut self, file: &State, prune: Option<&str>, names: &References) -> Result<()> {
        let Some(of_file) = &file.accounts else { return Ok(()) };
        let accounts = self.accounts.get_or_insert_default();
        let met = each(accounts, of_file, "account", |one, from| {
            account(one, from);
            names.resolve(one.resources.as_mut())
        })?;
        if let Some(acting) = prune.map(fold) {
            let others = rest(accounts, &met).filter(|one| fold(&one.login) != acting);
            others.for_each(|one| one.active = Some(false));
        }
        Ok(())
    }
}

/// A code for what is new, so that its name need not be enough.
fn fill(code: &mut Option<String>, new_code: impl FnOnce() -> Result<Option<String>>) -> Result<()> {
    if code.is_none() {
        *code = new_code()?;
    }
    Ok(())
}

/// By what a part of a file is met, and how a new thing begins.
trait Part: Clone {
    /// As errors call it.
    fn name(&self) -> &str;
    /// The name as it is compared.
    fn key(&self) -> String;
    /// Where it is met by that too.
    fn code(&self) -> Option<&String>;
    fn begun(&self) -> Self;
}

macro_rules! part {
    ($type:ident, $fold:ident($name:ident), $code:expr $(, $key:ident: $value:expr)*) => {
        impl Part for $type {
            fn name(&self) -> &str {
                &self.$name
            }

            fn key(&self) -> String {
                $fold(&self.$name)
            }

            fn code(&self) -> Option<&String> {
                let code: fn(&$type) -> Option<&String> = $code;
                code(self)
            }

            fn begun(&self) -> Self {
                $type { $name: self.$name.clone(), $($key: $value,)* ..$type::default() }
            }
        }
    };
}

part!(Provider, fold_name(name), |one| one.code.as_ref(), active: Some(true),
    agency: Some(Agency { state: Some(resource::State::Active), ..Agency::default() }));
part!(Program, fold_name(name), |one| one.code.as_ref(), state: Some(resource::State::Active));
part!(Contract, fold(name), |_| None);
part!(Queue, fold(name), |_| None, active: Some(true));
part!(Account, fold(login), |_| None, active: Some(true));

/// Where things stand in a list, by their codes and by their names.
#[derive(Default)]
struct Places {
    of_codes: HashMap<String, Vec<usize>>,
    of_names: HashMap<String, Vec<usize>>,
}

impl Places {
    fn of<T: Part>(all: &[T]) -> Self {
        let mut places = Places::default();
        all.iter().enumerate().for_each(|(at, one)| places.add(one, at));
        places
    }

    fn add<T: Part>(&mut self, one: &T, at: usize) {
        if let Some(code) = one.code() {
            self.of_codes.entry(code.clone()).or_default().push(at);
        }
        self.of_names.entry(one.key()).or_default().push(at);
    }

    /// It is to be called otherwise.
    fn forget<T: Part>(&mut self, one: &T, at: usize) {
        let of_code = one.code().and_then(|code| self.of_codes.get_mut(code));
        of_code
            .into_iter()
            .chain(self.of_names.get_mut(&one.key()))
            .for_each(|all| all.retain(|one| *one != at));
    }

    /// Which things a part of a file may mean: by its code where it has one, else by its name.
    fn meant<T: Part>(&self, from: &T) -> &[usize] {
        let found = match from.code() {
            Some(code) => self.of_codes.get(code),
            None => self.of_names.get(&from.key()),
        };
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Finds the thing of each part of a file, or begins one, and takes over what the file says of it. Returns where those stand.
fn each<T: Part>(
    present: &mut Vec<T>, of_file: &[T], noun: &str, mut take: impl FnMut(&mut T, &T) -> Result<()>,
) -> Result<BTreeSet<usize>> {
    let mut places = Places::of(present);
    let mut met = BTreeSet::new();
    for from in of_file {
        let at = match *places.meant(from) {
            [] => {
                present.push(from.begun());
                places.add(&present[present.len() - 1], present.len() - 1);
                present.len() - 1
            }
            [one] => one,
            _ => return Err(ambiguous(noun, from.name())),
        };
        if !met.insert(at) {
            return Err(invalid("twice", format!("the file speaks twice of the {noun} `{}`", from.name())));
        }
        places.forget(&present[at], at);
        take(&mut present[at], from)?;
        places.add(&present[at], at);
    }
    Ok(met)
}

/// What the file does not speak of.
fn rest<'t, T>(present: &'t mut [T], met: &BTreeSet<usize>) -> impl Iterator<Item = &'t mut T> {
    present.iter_mut().enumerate().filter(|(at, _)| !met.contains(at)).map(|(_, one)| one)
}

fn hub(onto: &mut Hub, from: &Hub) {
    overlay!(onto, from: name, contact_days, request_days; signing_age);
}

fn categories(present: &mut Vec<String>, of_file: &[String]) {
    for name in of_file {
        if !present.iter().any(|one| fold(one) == fold(name)) {
            present.push(name.clone());
        }
    }
}

fn provider(onto: &mut Provider, from: &Provider, prune: bool) -> Result<()> {
    if from.code.is_some() {
        onto.name.clone_from(&from.name);
    }
    overlay!(onto, from: code, active; email, phone, postal_code, url);
    if let Some(from) = &from.agency {
        let onto = onto.agency.get_or_insert_default();
        overlay!(onto, from: state; description, eligibility, fees, application_process, email, url);
    }
    if let Some(of_file) = &from.programs {
        let programs = onto.programs.get_or_insert_default();
        let met = each(programs, of_file, "program", |onto, from| {
            if from.code.is_some() {
                onto.name.clone_from(&from.name);
            }
            overlay!(onto, from: code, state; description, eligibility, fees, application_process, email, url);
            Ok(())
        })?;
        if prune {
            rest(programs, &met).for_each(|one| one.state = Some(resource::State::Inactive));
        }
    }
    if let Some(of_file) = &from.contracts {
        each(onto.contracts.get_or_insert_default(), of_file, "contract", |onto, from| {
            overlay!(onto, from: starts_on, categories; ends_on);
            Ok(())
        })?;
    }
    for (data_type, from) in from.sharing.iter().flatten() {
        let onto = onto.sharing.get_or_insert_default().entry(*data_type).or_default();
        sharing(onto, from);
    }
    Ok(())
}

fn sharing(onto: &mut Sharing, from: &Sharing) {
    overlay!(onto, from: level, client_by_client, require_expiry, release, with; default_days, notice);
}

fn account(onto: &mut Account, from: &Account) {
    overlay!(onto, from: name, level, active, can, resources, alerts_off; email);
}

/// The parts of a file, found by what they speak of: by a code, or by a name without one.
struct Spoken<'f, T> {
    of_codes: HashMap<&'f String, &'f T>,
    of_names: HashMap<String, &'f T>,
}

impl<'f, T: Part> Spoken<'f, T> {
    fn of(parts: Option<&'f [T]>) -> Self {
        let mut spoken = Spoken { of_codes: HashMap::new(), of_names: HashMap::new() };
        for part in parts.unwrap_or_default() {
            match part.code() {
                Some(code) => spoken.of_codes.insert(code, part),
                None => spoken.of_names.insert(part.key(), part),
            };
        }
        spoken
    }

    fn find(&self, one: &T) -> Option<&'f T> {
        let of_code = one.code().and_then(|code| self.of_codes.get(code));
        of_code.or_else(|| self.of_names.get(&one.key())).copied()
    }
}

/// What references of a file mean: a code; else the one thing of this whole name that the file names, or that there is.
struct References {
    of_file: Called,
    of_all: Called,
    codes: BTreeSet<String>,
}

/// By the folded name: what stands for each thing that has it.
type Called = BTreeMap<String, BTreeSet<String>>;

impl References {
    fn of(merged: &State, file: &State) -> Self {
        let mut references =
            References { of_file: Called::new(), of_all: Called::new(), codes: BTreeSet::new() };
        let of_file = Spoken::of(file.providers.as_deref());
        for provider in merged.providers.iter().flatten() {
            let from = of_file.find(provider);
            references.add(&provider.name, provider.code.as_ref(), from.is_some());
            let of_file = Spoken::of(from.and_then(|from| from.programs.as_deref()));
            for program in provider.programs.iter().flatten() {
                references.add(&program.name, program.code.as_ref(), of_file.find(program).is_some());
            }
        }
        references
    }

    fn add(&mut self, name: &str, code: Option<&String>, is_named: bool) {
        let key = code.map_or(name, String::as_str).to_owned();
        self.codes.extend(code.cloned());
        if is_named {
            self.of_file.entry(fold_name(name)).or_default().insert(key.clone());
        }
        self.of_all.entry(fold_name(name)).or_default().insert(key);
    }

    fn resolve(&self, references: Option<&mut Vec<String>>) -> Result<()> {
        references.into_iter().flatten().try_for_each(|one| {
            *one = self.meant(one)?;
            Ok(())
        })
    }

    fn resolve_sharing(&self, provider: &mut Provider) -> Result<()> {
        let all = provider.sharing.iter_mut().flat_map(BTreeMap::values_mut);
        all.into_iter().try_for_each(|sharing| self.resolve(sharing.with.as_mut()))
    }

    fn meant(&self, reference: &str) -> Result<String> {
        if self.codes.contains(reference) {
            return Ok(reference.to_owned());
        }
        let name = fold_name(reference);
        let called = self.of_file.get(&name).or_else(|| self.of_all.get(&name));
        let found: Vec<String> = called.into_iter().flatten().cloned().collect();
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(invalid(
                "unknown",
                format!("neither the file nor the database has a provider or program `{reference}`"),
            )),
            codes => Err(ambiguous("provider or program", reference)
                .hint(format!("write its code: {}", several(codes, 5)))),
        }
    }
}

fn ambiguous(noun: &str, name: &str) -> Error {
    invalid("ambiguous", format!("there are several of the name `{name}`, so which {noun} is meant is open"))
        .hint("add its `code`")
}

fn invalid(reason: &str, message: String) -> Error {
    let code = match reason {
        "form" => "state.form",
        "twice" => "state.twice",
        "unknown" => "state.unknown",
        _ => "state.ambiguous",
    };
    Error::new(Kind::Invalid, code, message)
}
