//! A resource: what referrals are assigned to, a provider's agency record or one of its programs.

pub(crate) mod search;

use super::capacity::view::EntryView;
use super::capacity::{CapacityStatus, Entry};
use super::directory::{Address, ContactPerson, Detail, OpeningHours, Phone};
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("resource");

view! {
    /// The view of a resource in a list.
    #[schemars(rename = "ResourceView")]
    pub(crate) struct Resource("resource", |view| &view.code, &view.name) {
        @id: ResourceId,
        @provider_id: ProviderId,
        code: String => Code,
        name: String => Text,
        /// The code of its provider.
        provider: String => Code(hidden),
        provider_name: String => Name,
        kind: ResourceKind => Status(rank 1),
        state: State => Status,
        description: Option<String> => Text(hidden),
        eligibility: Option<String> => Text(hidden),
        fees: Option<String> => Text(hidden),
        application_process: Option<String> => Text(hidden),
        email: Option<String> => Text(hidden),
        url: Option<String> => Text(hidden),
    }
}

names! {
    pub(crate) enum ResourceKind {
        /// The agency record, which represents the whole provider.
        Agency = "agency",
        /// One of its programs.
        Program = "program",
    }
}

names! {
    /// Whether it takes referrals (rule 2.5).
    pub(crate) enum State {
        /// Takes referrals.
        Active = "active",
        /// Takes no referrals for now.
        Paused = "paused",
        /// Out of use; its history stays.
        Inactive = "inactive",
    }
}

impl Resource {
    /// A new entry of its capacity, from this instant on, of no places yet.
    pub(crate) fn new_entry(&self, id: CapacityId, code: String, at: DateTime<Utc>, set_by: String) -> Entry {
        Entry {
            id,
            code,
            provider: self.provider.clone(),
            provider_name: self.provider_name.clone(),
            resource_id: self.id,
            resource: self.code.clone(),
            resource_name: self.name.clone(),
            places: 0,
            unit: None,
            maximum: None,
            starts_at: at,
            ends_at: None,
            note: None,
            set_at: at,
            set_by,
            removed_at: None,
            removed_by: None,
            status: CapacityStatus::Scheduled,
            used: None,
        }
    }

    /// Refused if it is paused or inactive: it takes no referrals then (rule 2.5).
    pub(crate) fn must_take_referrals(&self) -> Result<()> {
        match self.state {
            State::Active => Ok(()),
            State::Inactive => self.must_not_be_inactive(),
            State::Paused => Err(self.refused("resource.paused", "is paused and takes no referrals for now")),
        }
    }

    /// Refused if it is inactive: nothing new is linked to it then.
    pub(crate) fn must_not_be_inactive(&self) -> Result<()> {
        match self.state {
            State::Inactive => Err(self.refused("resource.inactive", "is inactive")),
            State::Active | State::Paused => Ok(()),
        }
    }

    /// Refused if open referrals are assigned to it: they must be assigned elsewhere first.
    pub(crate) fn must_be_free(&self, open_referrals: i64) -> Result<()> {
        if open_referrals == 0 {
            return Ok(());
        }
        let (code, name) = (&self.code, &self.name);
        let referrals = counted(open_referrals, "open referral is", "open referrals are");
        Err(Error::refused("resource.has_referrals", format!("{referrals} assigned to resource `{name}`"))
            .hint(format!(
                "`caredesk referral list --open --resource {code}` shows what to assign to another"
            ))
            .detail("resource", code.clone())
            .detail("open_referrals", open_referrals))
    }

    /// The agency record lasts as long as its provider and has the provider's name. `instead` is the verb of
    /// `caredesk provider` that changes it, with `PROVIDER` for the code of its provider.
    pub(crate) fn must_be_program(&self, code: &'static str, what: &str, instead: &str) -> Result<()> {
        if self.kind != ResourceKind::Agency {
            return Ok(());
        }
        Err(Error::refused(code, format!("the agency record of `{}` {what}", self.provider_name))
            .hint(format!("`caredesk provider {}`", instead.replace("PROVIDER", &self.provider)))
            .detail("resource", self.code.clone()))
    }

    /// Two of one name at one provider are nearly always a mistake.
    pub(crate) fn exists(&self) -> Error {
        let (provider, name, code) = (&self.provider_name, &self.name, &self.code);
        Error::refused("resource.exists", format!("`{provider}` has a resource `{name}` already: {code}"))
            .hint(format!("look at it with `caredesk resource show {code}`"))
            .detail("resource", code.clone())
    }

    fn refused(&self, code: &'static str, why: &str) -> Error {
        Error::refused(code, format!("resource `{}` {why}", self.name))
            .hint(format!("`caredesk resource edit {} --state active` brings it back", self.code))
            .detail("resource", self.code.clone())
    }
}

view! {
    /// A resource in a list, with its capacity in force.
    pub(crate) struct ResourceLine("resource", |view| &view.resource.code, &view.resource.name) {
        ..resource: Resource,
        /// How many more referrals it can take; none if it does not say.
        places_left: Option<i64> => Number(rank 3),
        /// What is noted beside its capacity.
        capacity_note: Option<String> => Text(rank 2),
    }
}

view! {
    /// A resource with what belongs to it.
    pub(crate) struct ResourceCard("resource", |view| &view.resource.code, &view.resource.name) {
        ..resource: Resource,
        /// Names of the queues linked to it; for staff only.
        queues: Option<Vec<String>> => Text,
        /// Logins of the portal accounts that see it, also through its agency; for staff only.
        accounts: Option<Vec<String>> => Logins,
        /// The entry in force.
        capacity: Option<EntryView> => Text,
        /// What its directory lists of it; of the provider as a whole for the agency record.
        phones: Vec<Phone> => Many,
        addresses: Vec<Address> => Many,
        details: Vec<Detail> => Many,
        opening_hours: Vec<OpeningHours> => Many,
        contact_persons: Vec<ContactPerson> => Many,
    }
}
