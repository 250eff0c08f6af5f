//! A provider: an organisation that delivers care. Each has exactly one agency record among its resources.

mod difference;
pub(crate) mod imported;
pub(crate) mod reconcile;

use crate::model::directory::{Address, ContactPerson, Detail, OpeningHours, Phone};
use crate::model::prelude::*;
use crate::model::resource::{Resource, ResourceKind, State};

pub(crate) const NOUN: Noun = noun!("provider");

view! {
    /// Its view has all fields but the id.
    pub(crate) struct Provider("provider", |view| &view.code, &view.name) {
        @id: ProviderId,
        // The provider that has replaced this one.
        @merged_into: Option<ProviderId>,
        code: String => Code,
        name: String => Text,
        alternate_name: Option<String> => Text(hidden),
        description: Option<String> => Text(hidden),
        email: Option<String> => Text(hidden),
        phone: Option<String> => Code(rank 1),
        url: Option<String> => Text(hidden),
        postal_code: Option<String> => Code(rank 2),
        active: bool => YesNo,
        source: Option<String> => Text(hidden),
        source_id: Option<String> => Text(hidden),
    }
}

impl Provider {
    /// A new, active provider with a name only.
    pub(crate) fn named(id: ProviderId, code: String, name: String) -> Provider {
        Provider {
            id,
            code,
            name,
            alternate_name: None,
            description: None,
            email: None,
            phone: None,
            url: None,
            postal_code: None,
            active: true,
            source: None,
            source_id: None,
            merged_into: None,
        }
    }

    /// A new, active program of it with a name only.
    pub(crate) fn program(&self, id: ResourceId, code: String, name: String) -> Resource {
        Resource {
            id,
            code,
            provider_id: self.id,
            provider: self.code.clone(),
            provider_name: self.name.clone(),
            kind: ResourceKind::Program,
            name,
            state: State::Active,
            description: None,
            eligibility: None,
            fees: None,
            application_process: None,
            email: None,
            url: None,
        }
    }

    /// The provider that stays where this one and another are one: what it lacks is that of the other.
    pub(crate) fn joined_by(self, other: &Provider) -> Provider {
        let or = |own: &Option<String>, other: &Option<String>| own.clone().or_else(|| other.clone());
        let is_other_name = text::fold_name(&self.name) != text::fold_name(&other.name);
        Provider {
            alternate_name: self.alternate_name.clone().or_else(|| is_other_name.then(|| other.name.clone())),
            description: or(&self.description, &other.description),
            email: or(&self.email, &other.email),
            phone: or(&self.phone, &other.phone),
            url: or(&self.url, &other.url),
            postal_code: or(&self.postal_code, &other.postal_code),
            ..self
        }
    }

    /// The warning that what was made for it has no effect yet (rule 2.12).
    pub(crate) fn receives_nothing(&self) -> String {
        let (name, code) = (&self.name, &self.code);
        format!("`{name}` is inactive and receives nothing until `caredesk provider activate {code}`")
    }

    /// Nothing new is offered or granted to an inactive provider (rules 1.2 and 2.12).
    pub(crate) fn must_be_active(&self) -> Result<()> {
        if self.active {
            return Ok(());
        }
        Err(Error::refused("provider.inactive", format!("provider `{}` is inactive", self.name))
            .hint(format!("`caredesk provider activate {}` brings it back", self.code))
            .detail("provider", self.code.clone()))
    }
}

view! {
    /// A provider that another has replaced; its code leads to that other.
    pub(crate) struct MergedProvider("provider", |view| &view.provider.code) {
        ..provider: Provider,
        /// The code of the other.
        merged_into: Option<String> => Code,
    }
}

view! {
    /// A provider with its resources, and with the lists of all of them.
    pub(crate) struct ProviderCard("provider", |view| &view.provider.code) {
        ..provider: Provider,
        resources: Vec<ResourceView> => Many,
        phones: Vec<ListedView<Phone>> => Many,
        addresses: Vec<ListedView<Address>> => Many,
        details: Vec<ListedView<Detail>> => Many,
        opening_hours: Vec<ListedView<OpeningHours>> => Many,
        contact_persons: Vec<ListedView<ContactPerson>> => Many,
    }
}

view! {
    /// A resource of the provider that is shown.
    pub(crate) struct ResourceView("resource", |view| &view.code) {
        code: String => Code,
        kind: ResourceKind => Status,
        name: String => Text,
        state: State => Status,
    }
}

/// An entry of a list of a provider, with the code and name of its resource; none for the provider as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "{T}View")]
pub(crate) struct ListedView<T> {
    #[serde(flatten)]
    pub(crate) of: T,
    pub(crate) resource: Option<String>,
    pub(crate) resource_name: Option<String>,
}
