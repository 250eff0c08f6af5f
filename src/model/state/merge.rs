//! A state with what a file says: things are met by their whole names, or by their codes (rules 6.1 and 7.31).

use std::collections::{BTreeMap, BTreeSet};

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
            each(providers, of_file, "provider", is_same_provider, |one, from| {
                provider(one, from, prune.is_some())
            })?;
            prune_rest(prune.is_some(), providers, of_file, is_same_provider, |one| one.active = Some(false));
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
        let is_same = |one: &Queue, from: &Queue| fold(&one.name) == fold(&from.name);
        let queues = self.queues.get_or_insert_default();
        each(queues, of_file, "queue", is_same, |one, from| {
            overlay!(one, from: active, statuses, resources;);
            names.resolve(one.resources.as_mut())
        })?;
        prune_rest(prune, queues, of_file, is_same, |one| one.active = Some(false));
        Ok(())
    }

    fn accounts_from(&mut self, file: &State, prune: Option<&str>, names: &References) -> Result<()> {
        let Some(of_file) = &file.accounts else { return Ok(()) };
        let is_same = |one: &Account, from: &Account| fold(&one.login) == fold(&from.login);
        let accounts = self.accounts.get_or_insert_default();
        each(accounts, of_file, "account", is_same, |one, from| {
            account(one, from);
            names.resolve(one.resources.as_mut())
        })?;
        prune_rest(prune.is_some(), accounts, of_file, is_same, |one| {
            if prune.is_none_or(|acting| fold(acting) != fold(&one.login)) {
                one.active = Some(false);
            }
        });
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

/// What a part of a file is called in errors, and how a new thing begins.
trait Part: Clone {
    fn name(&self) -> &str;
    fn begun(&self) -> Self;
}

macro_rules! part {
    ($type:ident, $name:ident $(, $key:ident: $value:expr)*) => {
        impl Part for $type {
            fn name(&self) -> &str {
                &self.$name
            }

            fn begun(&self) -> Self {
                $type { $name: self.$name.clone(), $($key: $value,)* ..$type::default() }
            }
        }
    };
}

part!(Provider, name, active: Some(true), agency: Some(Agency { state: Some(resource::State::Active), ..Agency::default() }));
part!(Program, name, state: Some(resource::State::Active));
part!(Contract, name);
part!(Queue, name, active: Some(true));
part!(Account, login, active: Some(true));

/// Finds the thing of each part of a file, or begins one, and takes over what the file says of it.
fn each<T: Part>(
    present: &mut Vec<T>, of_file: &[T], noun: &str, is_same: impl Fn(&T, &T) -> bool,
    mut take: impl FnMut(&mut T, &T) -> Result<()>,
) -> Result<()> {
    let mut met = BTreeSet::new();
    for from in of_file {
        let same: Vec<usize> = (0..present.len()).filter(|at| is_same(&present[*at], from)).collect();
        let at = match same.as_slice() {
            [] => {
                present.push(from.begun());
                present.len() - 1
            }
            [one] => *one,
            _ => return Err(ambiguous(noun, from.name())),
        };
        if !met.insert(at) {
            return Err(invalid("twice", format!("the file speaks twice of the {noun} `{}`", from.name())));
        }
        take(&mut present[at], from)?;
    }
    Ok(())
}

fn prune_rest<T>(
    prune: bool, present: &mut [T], of_file: &[T], is_same: impl Fn(&T, &T) -> bool, end: impl Fn(&mut T),
) {
    let is_named = |one: &T| of_file.iter().any(|from| is_same(one, from));
    present.iter_mut().filter(|one| prune && !is_named(one)).for_each(end);
}

/// By the code where the file has one.
fn is_same_coded(one: (&str, Option<&String>), from: (&str, Option<&String>)) -> bool {
    match from.1 {
        Some(code) => one.1 == Some(code),
        None => fold_name(one.0) == fold_name(from.0),
    }
}

fn is_same_provider(one: &Provider, from: &Provider) -> bool {
    is_same_coded((&one.name, one.code.as_ref()), (&from.name, from.code.as_ref()))
}

fn is_same_program(one: &Program, from: &Program) -> bool {
    is_same_coded((&one.name, one.code.as_ref()), (&from.name, from.code.as_ref()))
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
        each(programs, of_file, "program", is_same_program, |onto, from| {
            if from.code.is_some() {
                onto.name.clone_from(&from.name);
            }
            overlay!(onto, from: code, state; description, eligibility, fees, application_process, email, url);
            Ok(())
        })?;
        prune_rest(prune, programs, of_file, is_same_program, |one| {
            one.state = Some(resource::State::Inactive);
        });
    }
    if let Some(of_file) = &from.contracts {
        let is_same = |one: &Contract, from: &Contract| fold(&one.name) == fold(&from.name);
        each(onto.contracts.get_or_insert_default(), of_file, "contract", is_same, |onto, from| {
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
        for provider in merged.providers.iter().flatten() {
            let from = file.providers.iter().flatten().find(|from| is_same_provider(provider, from));
            references.add(&provider.name, provider.code.as_ref(), from.is_some());
            let of_file = from.and_then(|from| from.programs.as_deref()).unwrap_or_default();
            for program in provider.programs.iter().flatten() {
                let is_named = of_file.iter().any(|from| is_same_program(program, from));
                references.add(&program.name, program.code.as_ref(), is_named);
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
