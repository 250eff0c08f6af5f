//! Providers, what they offer and where: Organization, `HealthcareService`, Location.

use chrono::NaiveTime;
use serde_json::{Value, json};

use super::element::{days, named, words};
use super::{FhirResource, HUB, Hub, ResourceType};
use crate::model::directory::{
    Address, AddressKind, ContactPerson, Detail, DetailKind, Lists, OpeningHours, Phone,
};
use crate::model::provider::Provider;
use crate::model::resource::{Resource, ResourceKind, State};

/// The hub itself, which asks and keeps.
pub(crate) fn hub_organization(hub: &Hub) -> FhirResource {
    FhirResource::new(ResourceType::Organization, HUB, json!({ "active": true, "name": hub.name }))
}

/// `offered` is what is listed for the provider as a whole.
pub(crate) fn organization(hub: &Hub, provider: &Provider, offered: &Lists) -> FhirResource {
    let source = provider
        .source_id
        .as_ref()
        .map(|id| json!({ "use": "secondary", "value": id, "assigner": { "display": provider.source } }));
    let of_kind = |kind| offered.details.iter().filter(move |detail| detail.kind == kind);
    let known_as = of_kind(DetailKind::Identifier).map(|detail| {
        json!({ "use": "secondary", "value": detail.name, "type": detail.note.as_deref().map(words) })
    });
    let identifiers = [Some(hub.identifier(&provider.code)), source].into_iter().flatten().chain(known_as);
    let elements = json!({
        "identifier": identifiers.collect::<Vec<_>>(),
        "active": provider.active,
        "type": of_kind(DetailKind::LegalStatus).map(|detail| words(&detail.name)).collect::<Vec<_>>(),
        "name": provider.name,
        "alias": [provider.alternate_name],
        "telecom": telecom(&offered.phones, provider.phone.as_deref(), provider.email.as_deref(), provider.url.as_deref()),
        "address": addresses(offered, provider),
        "contact": offered.contact_persons.iter().map(contact).collect::<Vec<_>>(),
    });
    FhirResource::new(ResourceType::Organization, &provider.code, elements)
}

fn addresses(offered: &Lists, provider: &Provider) -> Vec<Value> {
    if offered.addresses.is_empty() {
        return vec![json!({ "postalCode": provider.postal_code })];
    }
    offered.addresses.iter().map(address).collect()
}

/// `offered` is what is listed for it; `locations` are the ids of its places.
pub(crate) fn healthcare_service(
    hub: &Hub, resource: &Resource, offered: &Lists, locations: &[String],
) -> FhirResource {
    let of_kind = |kind| offered.details.iter().filter(move |detail| detail.kind == kind);
    let all = |kind| of_kind(kind).map(|detail| words(&detail.name)).collect::<Vec<_>>();
    let language = |detail: &Detail| json!({ "coding": [{ "system": detail.code.as_ref().map(|_| "urn:ietf:bcp:47"), "code": detail.code }], "text": detail.name });
    let area = |detail: &Detail| json!({ "display": detail.name });
    let at = |id: &String| json!({ "reference": super::reference(ResourceType::Location, id) });
    let hours = Hours::of(&offered.opening_hours);
    let elements = json!({
        "identifier": [hub.identifier(&resource.code)],
        "active": resource.state != State::Inactive,
        "providedBy": named(ResourceType::Organization, &resource.provider, &resource.provider_name),
        "category": [words(if resource.kind == ResourceKind::Agency { "Agency" } else { "Program" })],
        "type": of_kind(DetailKind::Category).map(category).collect::<Vec<_>>(),
        "location": locations.iter().map(at).collect::<Vec<_>>(),
        "name": resource.name,
        "comment": (resource.state == State::Paused).then_some("Takes no referrals for now."),
        "extraDetails": details(resource),
        "telecom": telecom(&offered.phones, None, resource.email.as_deref(), resource.url.as_deref()),
        "coverageArea": of_kind(DetailKind::Area).map(area).collect::<Vec<_>>(),
        "eligibility": eligibility(resource, of_kind(DetailKind::Audience).chain(of_kind(DetailKind::Age))),
        "program": all(DetailKind::Program),
        "characteristic": all(DetailKind::Accessibility),
        "communication": of_kind(DetailKind::Language).map(language).collect::<Vec<_>>(),
        "availableTime": hours.available,
        "notAvailable": hours.not_available,
        "availabilityExceptions": hours.exceptions.join("\n"),
    });
    FhirResource::new(ResourceType::HealthcareService, &resource.code, elements)
}

fn category(detail: &Detail) -> Value {
    json!({ "coding": [{ "code": detail.code.as_deref().map(without_blanks), "display": detail.code.as_ref().map(|_| &detail.name) }], "text": detail.name })
}

/// A code of FHIR holds no blanks but single ones between words.
fn without_blanks(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn eligibility<'d>(resource: &Resource, audiences: impl Iterator<Item = &'d Detail>) -> Vec<Value> {
    let whole = resource.eligibility.iter().map(|text| json!({ "comment": text }));
    whole.chain(audiences.map(|detail| json!({ "code": words(&detail.name) }))).collect()
}

/// What FHIR has no elements for stands behind the description, under its name.
fn details(resource: &Resource) -> String {
    let named = [("Fees", &resource.fees), ("How to apply", &resource.application_process)];
    let named = named.into_iter().filter_map(|(name, text)| Some(format!("{name}: {}", text.as_ref()?)));
    resource.description.iter().cloned().chain(named).collect::<Vec<_>>().join("\n\n")
}

/// The id of the place that stands `position` in the list of its provider, from 1 on.
pub(crate) fn location_id(provider: &str, position: usize) -> String {
    format!("{provider}.{position}")
}

pub(crate) fn location(id: &str, provider: &Provider, name: &str, at: &Address) -> FhirResource {
    #[expect(clippy::cast_precision_loss, reason = "at most nine digits")]
    let degrees = |millionths: i64| millionths as f64 / 1e6;
    let position = at
        .place
        .map(|place| json!({ "longitude": degrees(place.longitude), "latitude": degrees(place.latitude) }));
    let elements = json!({
        "status": if provider.active { "active" } else { "inactive" },
        "name": name,
        "mode": "instance",
        "address": address(at),
        "position": position,
        "managingOrganization": named(ResourceType::Organization, &provider.code, &provider.name),
    });
    FhirResource::new(ResourceType::Location, id, elements)
}

fn address(at: &Address) -> Value {
    let is_postal = at.kind == AddressKind::Postal;
    json!({
        "type": if is_postal { "postal" } else { "physical" },
        "line": [at.attention, at.line_1, at.line_2],
        "city": at.city,
        "state": at.region,
        "postalCode": at.postal_code,
        "country": at.country,
    })
}

fn telecom(phones: &[Phone], phone: Option<&str>, email: Option<&str>, url: Option<&str>) -> Vec<Value> {
    let listed = phones.iter().map(|phone| {
        let extension = phone.extension.as_ref().map(|number| format!(" x{number}")).unwrap_or_default();
        json!({ "system": system(&phone.kind), "value": format!("{}{extension}", phone.number) })
    });
    let is_listed = |number: &&str| phones.iter().any(|known| known.number == *number);
    let own =
        phone.filter(|number| !is_listed(number)).map(|number| json!({ "system": "phone", "value": number }));
    let email = email.map(|email| json!({ "system": "email", "value": email }));
    let url = url.map(|url| json!({ "system": "url", "value": url }));
    own.into_iter().chain(listed).chain(email).chain(url).collect()
}

fn system(kind: &str) -> &'static str {
    match kind {
        "fax" => "fax",
        "pager" => "pager",
        "sms" => "sms",
        "voice" | "cell" | "tty" | "textphone" => "phone",
        _ => "other",
    }
}

fn contact(person: &ContactPerson) -> Value {
    let role = [&person.title, &person.department].into_iter().flatten().cloned().collect::<Vec<_>>();
    json!({
        "purpose": words(&role.join(", ")),
        "name": { "text": person.name },
        "telecom": [{ "system": person.email.as_ref().map(|_| "email"), "value": person.email }],
    })
}

/// Opening hours in the three forms that FHIR has for them.
#[derive(Default)]
struct Hours {
    available: Vec<Value>,
    not_available: Vec<Value>,
    /// What is only for some time of the year, or a text.
    exceptions: Vec<String>,
}

impl Hours {
    fn of(all: &[OpeningHours]) -> Self {
        let mut hours = Hours::default();
        for one in all {
            hours.add(one);
        }
        hours
    }

    fn add(&mut self, one: &OpeningHours) {
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let is_dated = one.starts_on.is_some() || one.ends_on.is_some();
        if one.closed && is_dated {
            self.not_available.push(json!({
                "description": one.note.as_deref().unwrap_or("Closed"),
                "during": days(one.starts_on, one.ends_on),
            }));
            return;
        }
        let day = one.weekday.and_then(|day| DAYS.get(usize::try_from(day - 1).ok()?));
        let (opens, closes) = (time(one.opens.as_deref()), time(one.closes.as_deref()));
        if let (Some(day), false, false) = (day, is_dated, one.closed) {
            let is_all_day = opens.is_none() && closes.is_none();
            self.available.push(json!({
                "daysOfWeek": [day],
                "allDay": is_all_day.then_some(true),
                "availableStartTime": opens,
                "availableEndTime": closes,
            }));
            self.exceptions.extend(one.note.clone());
        } else {
            self.exceptions.push(in_words(one, day.copied()));
        }
    }
}

/// A time of the day, with its seconds; none of what is no time.
fn time(text: Option<&str>) -> Option<String> {
    let time = NaiveTime::parse_from_str(text?, "%H:%M").ok()?;
    Some(time.format("%H:%M:%S").to_string())
}

fn in_words(one: &OpeningHours, day: Option<&str>) -> String {
    let date = |label: &str, date: Option<chrono::NaiveDate>| date.map(|date| format!("{label} {date}"));
    let hours =
        one.opens.as_ref().zip(one.closes.as_ref()).map(|(opens, closes)| format!("{opens}–{closes}"));
    let parts = [
        day.map(str::to_owned),
        one.closed.then(|| "closed".to_owned()),
        hours,
        date("from", one.starts_on),
        date("until", one.ends_on),
        one.note.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
