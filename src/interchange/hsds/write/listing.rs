//! A provider with its programs as an organization with its services.

use serde_json::{Value, json};

use super::super::object::Object;
use super::owner::Owner;
use super::vocabulary::Vocabulary;
use crate::model::directory::{Detail, DetailKind, Listing, Service};
use crate::model::resource::State;

pub(super) fn organization(listing: &Listing, vocabulary: &mut Vocabulary) -> Object {
    let mut owner = Owner::new("organization", &listing.source_id, &listing.lists.remainders);
    owner.put("name", json!(listing.name));
    owner.put("alternate_name", json!(listing.alternate_name));
    owner.put("description", json!(listing.description.as_ref().unwrap_or(&listing.name)));
    if listing.description.is_none() {
        owner.say("description", "");
    }
    owner.email(listing.email.as_deref());
    owner.url("website", listing.url.as_deref());
    if let Some(own) = &listing.own {
        owner.say("code", &own.code);
        owner.say("agency_code", &own.agency);
        if let Some((source, id)) = &own.origin {
            owner.say("source", source);
            owner.say("source_id", id);
        }
    }
    if !listing.active {
        owner.say("active", "no");
    }
    owner.derived(listing);
    owner.capacity(listing.capacity.as_ref());
    let programs: Vec<Detail> =
        listing.lists.details.iter().filter(|one| one.kind == DetailKind::Program).cloned().collect();
    owner.lists(&listing.lists, listing, &programs, vocabulary);
    let services: Vec<Value> = listing
        .services
        .iter()
        .map(|one| Value::Object(service(one, listing, &programs, vocabulary)))
        .collect();
    let mut object = owner.end();
    object.insert("services".to_owned(), Value::Array(services));
    object
}

fn service(service: &Service, listing: &Listing, programs: &[Detail], vocabulary: &mut Vocabulary) -> Object {
    let mut owner = Owner::new("service", &service.source_id, &service.lists.remainders);
    owner.put("name", json!(service.name));
    owner.put("alternate_name", json!(service.alternate_name));
    owner.put("description", json!(service.description));
    owner.put("eligibility_description", json!(service.eligibility));
    owner.put("fees_description", json!(service.fees));
    owner.put("application_process", json!(service.application_process));
    owner.email(service.email.as_deref());
    owner.url("url", service.url.as_deref());
    let own = service.own.as_ref();
    let state = own.and_then(|own| State::from_name(own.state.as_deref()?));
    let state = state.unwrap_or(if service.active { State::Active } else { State::Inactive });
    // Nothing is delivered by a provider that is not active.
    owner.put(
        "status",
        json!(match state {
            _ if !listing.active => "inactive",
            State::Active => "active",
            State::Paused => "temporarily closed",
            State::Inactive => "inactive",
        }),
    );
    if state == State::Paused {
        owner.paused();
    }
    if let Some(own) = own {
        owner.say("code", &own.code);
        owner.say("state", state.name());
        if let Some(id) = &own.source_id {
            owner.say("source_id", id);
        }
    }
    owner.lists(&service.lists, listing, programs, vocabulary);
    owner.capacity(service.capacity.as_ref());
    owner.end()
}
