//! Compares an import with what is stored: which rows are new, which differ, which stay.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use super::Provider;
use super::imported::{Desired, EndedBySource, Existing, Line, Lines, Resource};
use crate::model::directory::{List, Remainder, Spoken, Text, remainder};
use crate::model::id::{ProviderId, ResourceId};
use crate::model::resource::{ResourceKind, State};

/// A resource before and after; new without a before.
#[derive(Clone, Debug)]
pub(crate) struct Step<'a> {
    pub(crate) before: Option<Resource<'static>>,
    pub(crate) after: Resource<'a>,
}

impl Step<'_> {
    pub(crate) fn is_change(&self) -> bool {
        self.before.as_ref() != Some(&self.after)
    }

    pub(super) fn has_come(&self) -> bool {
        self.before.as_ref().is_none_or(|before| before.provider != self.after.provider)
    }
}

/// One provider before and after.
#[derive(Clone, Debug)]
pub(crate) struct Reconciled<'a> {
    pub(crate) before: Existing,
    pub(crate) provider: Provider,
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) lines: Lines<'a>,
    /// How many programs that are not inactive the source does not mention.
    pub(crate) absent: usize,
}

impl<'a> Desired<'a> {
    /// The changes from the stored to the described state. What the source does not mention stays, and so do
    /// programs created by hand. Lists that the source has become those of the source. A program that is not in the source's
    /// list of programs becomes inactive if `is_gone` says so; a paused one stays paused (rule 5.2).
    pub(crate) fn reconcile(
        self, mut before: Existing, is_gone: impl Fn(&Resource<'_>) -> bool,
    ) -> Reconciled<'a> {
        let is_new = before.provider.is_none();
        let lines = self.lines.keeping(&before.lines, &self.spoken);
        let spoken_of = |owner: Option<ResourceId>| {
            self.spoken
                .iter()
                .find(|(of, _)| *of == owner)
                .map_or_else(Spoken::default, |(_, spoken)| *spoken)
        };
        let has_programs = spoken_of(None).has(List::Programs);
        let provider = match &before.provider {
            None => self.provider,
            Some(was) => provider_after(was, self.provider, spoken_of(None), before.ended_by_source),
        };
        let mut existing = std::mem::take(&mut before.programs);
        let mut steps: Vec<Step<'a>> = Vec::with_capacity(self.resources.len());
        for resource in
            self.resources.into_iter().filter(|resource| is_new || resource.kind != ResourceKind::Agency)
        {
            let at = existing.iter().position(|existing| existing.id == resource.id);
            steps.push(match at.map(|at| existing.swap_remove(at)) {
                None => Step { before: None, after: resource },
                Some(was) => {
                    let spoken = spoken_of(Some(was.id));
                    Step { after: resource_after(&was, resource, spoken), before: Some(was) }
                }
            });
        }
        existing.retain(|program| program.state != State::Inactive && is_gone(program));
        let absent = if has_programs { 0 } else { existing.len() };
        steps.extend(existing.into_iter().filter(|_| has_programs).map(gone));
        Reconciled { before, provider, steps, lines, absent }
    }
}

fn gone<'a>(was: Resource<'static>) -> Step<'a> {
    let ended_by_source = Some(EndedBySource::Absence);
    Step { after: Resource { state: State::Inactive, ended_by_source, ..was.clone() }, before: Some(was) }
}

/// Assigns the stored programs to their providers: `homes` gives the provider of each program in the source.
pub(crate) fn reconcile_programs(
    existing: &mut HashMap<ProviderId, Existing>, programs: Vec<Resource<'static>>,
    homes: &HashMap<ResourceId, ProviderId>,
) {
    for program in programs {
        let home = homes.get(&program.id).copied().unwrap_or(program.provider);
        if home != program.provider {
            existing.entry(program.provider).or_default().moved.push(program.clone());
        }
        existing.entry(home).or_default().programs.push(program);
    }
}

impl Reconciled<'_> {
    pub(crate) fn is_new(&self) -> bool {
        self.before.provider.is_none()
    }

    pub(crate) fn is_change(&self) -> bool {
        self.has_other_fields() || self.before.lines != self.lines || self.has_other_resources()
    }

    pub(crate) fn has_other_fields(&self) -> bool {
        self.before.provider.as_ref() != Some(&self.provider)
    }

    /// Lists that hold the same as before stay in the order that they had: rows of tables have none.
    pub(crate) fn in_known_order(&mut self) {
        let (before, lines) = (&self.before.lines, &mut self.lines);
        keep_order(&before.phones, &mut lines.phones);
        keep_order(&before.addresses, &mut lines.addresses);
        keep_order(&before.details, &mut lines.details);
        keep_order(&before.opening_hours, &mut lines.opening_hours);
        keep_order(&before.contact_persons, &mut lines.contact_persons);
        // A merge leaves them as they were at the two.
        if settled(&before.remainders) == settled(&lines.remainders) {
            lines.remainders.clone_from(&before.remainders);
        }
    }

    fn has_other_resources(&self) -> bool {
        !self.before.moved.is_empty() || self.steps.iter().any(Step::is_change)
    }
}

/// What is said of each, in whatever order and however often.
fn settled(lines: &[Line<Cow<'_, Remainder>>]) -> HashMap<Option<ResourceId>, Vec<Remainder>> {
    let mut of: HashMap<Option<ResourceId>, Vec<Remainder>> = HashMap::new();
    for line in lines {
        of.entry(line.resource).or_default().push(line.of.clone().into_owned());
    }
    of.into_iter().map(|(owner, list)| (owner, remainder::settled(list))).collect()
}

fn keep_order<T: Clone + Eq + Hash + 'static>(
    before: &[Line<Cow<'static, T>>], lines: &mut Vec<Line<Cow<'_, T>>>,
) {
    let counted = |list: &[Line<Cow<'_, T>>]| {
        let mut counts: HashMap<(Option<ResourceId>, T), usize> = HashMap::new();
        for line in list {
            *counts.entry((line.resource, line.of.clone().into_owned())).or_default() += 1;
        }
        counts
    };
    if lines.len() == before.len() && counted(lines) == counted(before) {
        *lines = before.to_vec();
    }
}

/// What is inactive here is active again if the source says so that has made it inactive. The phone and the postal code are the first
/// of those that are listed.
fn provider_after(
    was: &Provider, desired: Provider, spoken: Spoken, ended: Option<EndedBySource>,
) -> Provider {
    let kept = |list, known: &Option<String>| if spoken.has(list) { None } else { known.clone() };
    Provider {
        code: was.code.clone(),
        alternate_name: spoken
            .text(Text::AlternateName, desired.alternate_name, || was.alternate_name.clone()),
        description: spoken.text(Text::Description, desired.description, || was.description.clone()),
        email: spoken.text(Text::Email, desired.email, || was.email.clone()),
        phone: desired.phone.or_else(|| kept(List::Phones, &was.phone)),
        url: spoken.text(Text::Url, desired.url, || was.url.clone()),
        postal_code: desired.postal_code.or_else(|| kept(List::Addresses, &was.postal_code)),
        active: desired.active && (was.active || ended.is_some() && spoken.has(List::Status)),
        ..desired
    }
}

fn resource_after<'a>(was: &Resource<'static>, desired: Resource<'a>, spoken: Spoken) -> Resource<'a> {
    let state = state_after(was, desired.state, spoken);
    Resource {
        code: was.code.clone(),
        alternate_name: spoken
            .text(Text::AlternateName, desired.alternate_name, || was.alternate_name.clone()),
        description: spoken.text(Text::Description, desired.description, || was.description.clone()),
        eligibility: spoken.text(Text::Eligibility, desired.eligibility, || was.eligibility.clone()),
        fees: spoken.text(Text::Fees, desired.fees, || was.fees.clone()),
        application_process: spoken
            .text(Text::ApplicationProcess, desired.application_process, || was.application_process.clone()),
        email: spoken.text(Text::Email, desired.email, || was.email.clone()),
        url: spoken.text(Text::Url, desired.url, || was.url.clone()),
        state,
        ended_by_source: if state == was.state { was.ended_by_source } else { desired.ended_by_source },
        ..desired
    }
}

/// What was absent from the source is there again; what the source had as inactive is active again if it says so.
fn state_after(was: &Resource<'_>, desired: State, spoken: Spoken) -> State {
    let may_begin = match was.ended_by_source {
        Some(EndedBySource::Absence) => true,
        Some(EndedBySource::Status) => spoken.has(List::Status),
        None => false,
    };
    match (was.state, desired) {
        (State::Inactive, State::Active) if may_begin => State::Active,
        // A hub may have paused what has ended here.
        (State::Inactive, State::Paused) => State::Inactive,
        (was, State::Active) => was,
        (_, ended) => ended,
    }
}
