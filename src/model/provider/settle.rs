//! What an import comes to where some of it is there already: which rows are new, which differ, which stay.

use std::collections::HashMap;

use uuid::Uuid;

use super::Provider;
use super::imported::{ACTIVE, Held, INACTIVE, Line, PAUSED, Resource, Wanted, are_same};
use crate::model::directory::{Address, Phone};

/// A resource before and after; without a before it is new.
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
pub(crate) struct Settled<'a> {
    pub(crate) before: Held,
    pub(crate) provider: Provider,
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) phones: Vec<Line<&'a Phone>>,
    pub(crate) addresses: Vec<Line<&'a Address>>,
}

impl<'a> Wanted<'a> {
    /// What it comes to, given what there is. What the source does not say of a provider or a program stays as it is, and
    /// so do programs that were made by hand. Phones and addresses become those of the source. A program that the source has
    /// no more becomes inactive where `is_gone` says so; one that is paused stays paused.
    pub(crate) fn settle(self, mut before: Held, is_gone: impl Fn(&Resource<'_>) -> bool) -> Settled<'a> {
        let is_new = before.provider.is_none();
        let provider = match &before.provider {
            None => self.provider,
            Some(was) => provider_after(was, self.provider),
        };
        let mut held = std::mem::take(&mut before.programs);
        let mut steps: Vec<Step<'a>> = Vec::with_capacity(self.resources.len());
        for resource in self.resources.into_iter().filter(|resource| is_new || resource.kind != "agency") {
            let at = held.iter().position(|held| held.id == resource.id);
            steps.push(match at.map(|at| held.swap_remove(at)) {
                None => Step { before: None, after: resource },
                Some(was) => Step { after: resource_after(&was, resource), before: Some(was) },
            });
        }
        steps.extend(held.into_iter().filter(|program| is_gone(program)).map(gone));
        Settled { before, provider, steps, phones: self.phones, addresses: self.addresses }
    }
}

fn gone<'a>(was: Resource<'static>) -> Step<'a> {
    Step { after: Resource { state: INACTIVE, ..was.clone() }, before: Some(was) }
}

/// Sets the programs that are there to the providers that want them: `homes` says which provider the source has each
/// program of now.
pub(crate) fn settle_programs(
    held: &mut HashMap<Uuid, Held>,
    programs: Vec<Resource<'static>>,
    homes: &HashMap<Uuid, Uuid>,
) {
    for program in programs {
        let home = homes.get(&program.id).copied().unwrap_or(program.provider);
        if home != program.provider {
            held.entry(program.provider).or_default().moved.push(program.clone());
        }
        held.entry(home).or_default().programs.push(program);
    }
}

impl Settled<'_> {
    pub(crate) fn is_new(&self) -> bool {
        self.before.provider.is_none()
    }

    pub(crate) fn is_change(&self) -> bool {
        self.has_other_fields()
            || self.has_other_phones()
            || self.has_other_addresses()
            || self.has_other_resources()
    }

    pub(crate) fn has_other_fields(&self) -> bool {
        self.before.provider.as_ref() != Some(&self.provider)
    }

    pub(crate) fn has_other_phones(&self) -> bool {
        !are_same(&self.before.phones, &self.phones)
    }

    pub(crate) fn has_other_addresses(&self) -> bool {
        !are_same(&self.before.addresses, &self.addresses)
    }

    fn has_other_resources(&self) -> bool {
        !self.before.moved.is_empty() || self.steps.iter().any(Step::is_change)
    }
}

/// No directory says that an organization is active, so one that was deactivated here stays so.
fn provider_after(was: &Provider, wanted: Provider) -> Provider {
    Provider {
        code: was.code.clone(),
        alternate_name: wanted.alternate_name.or_else(|| was.alternate_name.clone()),
        description: wanted.description.or_else(|| was.description.clone()),
        email: wanted.email.or_else(|| was.email.clone()),
        phone: wanted.phone.or_else(|| was.phone.clone()),
        url: wanted.url.or_else(|| was.url.clone()),
        postal_code: wanted.postal_code.or_else(|| was.postal_code.clone()),
        active: wanted.active && was.active,
        ..wanted
    }
}

fn resource_after<'a>(was: &Resource<'static>, wanted: Resource<'a>) -> Resource<'a> {
    Resource {
        code: was.code.clone(),
        alternate_name: wanted.alternate_name.or_else(|| was.alternate_name.clone()),
        description: wanted.description.or_else(|| was.description.clone()),
        eligibility: wanted.eligibility.or_else(|| was.eligibility.clone()),
        fees: wanted.fees.or_else(|| was.fees.clone()),
        application_process: wanted.application_process.or_else(|| was.application_process.clone()),
        email: wanted.email.or_else(|| was.email.clone()),
        url: wanted.url.or_else(|| was.url.clone()),
        state: if wanted.state == ACTIVE && was.state == PAUSED { PAUSED } else { wanted.state },
        ..wanted
    }
}
