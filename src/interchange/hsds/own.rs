//! What the hub that wrote a directory says of its own: attributes, as HSDS has them for what it has no field for, of a
//! taxonomy with the name of the program. Each term is a field or a list, and the value of the attribute what it is here.

use serde_json::{Value, json};

use super::capacity;
use super::derived::tidy;
use super::entry::Entry;
use super::kind::Kind;
use super::object::{Object, object_of, text_of};
use super::said;
use crate::model::code::{Prefix, key_number, written_key as key};
use crate::model::directory::{
    Address, ContactPerson, Detail, DetailKind, Directory, Listing, Lists, OpeningHours, OwnProgram,
    OwnProvider, Phone, Remainder, Said, Service, Spoken,
};
use crate::model::edit::{Edit, apply};
use crate::model::reference::code_of;
use crate::model::resource::State;

pub(super) const TAXONOMY: &str = "caredesk";

/// The term under which fields stand that have no place of their own.
pub(super) const REMAINDER: &str = "remainder";

/// The names of all terms that are no kind of detail and no list.
const NAMES: [&str; 16] = [
    "code",
    "agency_code",
    "source",
    "source_id",
    "active",
    "state",
    "phone",
    "postal_code",
    "description",
    "email",
    "website",
    "url",
    REMAINDER,
    said::ENTRY,
    capacity::TERM,
    Detail::TERM,
];

fn names() -> impl Iterator<Item = &'static str> {
    let lists = [Phone::TERM, Address::TERM, OpeningHours::TERM, ContactPerson::TERM];
    NAMES.into_iter().chain(lists).chain(DetailKind::ALL.iter().map(|kind| kind.name()))
}

/// The ids and the names of all terms.
pub(super) fn terms() -> Vec<(String, String)> {
    names().map(|name| (key(&["own", name]), name.to_owned())).collect()
}

pub(super) fn code(name: &str) -> String {
    format!("{TAXONOMY}:{name}")
}

/// The term of this name. Its key tells it from that of another who calls a taxonomy the same.
pub(super) fn term(name: &str) -> Value {
    debug_assert!(names().any(|known| known == name), "`{name}` is in no list of terms");
    let taxonomy = json!({
        "id": key(&["taxonomy", TAXONOMY]),
        "name": TAXONOMY,
        "description": "What caredesk keeps of a provider and HSDS has no field for",
    });
    json!({
        "id": key(&["own", name]),
        "code": code(name),
        "name": name,
        "description": format!("The value is the {} that caredesk keeps", name.replace('_', " ")),
        "taxonomy": TAXONOMY,
        "taxonomy_detail": taxonomy,
    })
}

/// Whether a term with this id and name is one of those.
pub(super) fn is_term(id: &str, name: &str) -> bool {
    key_number(id.trim()).is_some() && id.trim().eq_ignore_ascii_case(&key(&["own", name]))
}

/// The term and the value of such an attribute; none if it is of another.
pub(super) fn of_attribute(attribute: &Object) -> Option<(String, String)> {
    let term = object_of(attribute, "taxonomy_term")?;
    let name = text_of(term, "name");
    let value = text_of(attribute, "value").into_owned();
    is_term(&text_of(term, "id"), &name).then(|| (name.into_owned(), value))
}

/// The values by their terms.
struct Values(Vec<(String, String)>);

impl Values {
    fn take(lists: &mut Lists) -> Self {
        Values(std::mem::take(&mut lists.own))
    }

    /// None if nothing is said; an empty value says that there is none.
    fn said(&self, term: &str) -> Option<Edit<String>> {
        let (_, value) = self.0.iter().find(|(name, _)| name == term)?;
        Some(if value.is_empty() { Edit::Clear } else { Edit::Set(value.clone()) })
    }

    fn get(&self, term: &str) -> Option<String> {
        apply(self.said(term).as_ref(), None)
    }

    fn replace(&self, term: &str, field: &mut Option<String>) {
        *field = apply(self.said(term).as_ref(), field.take());
    }

    /// Corrects the entries of which HSDS cannot say all: each is replaced by what it is, or added.
    fn correct<T: Entry>(&self, lists: &mut Lists) {
        for (_, value) in self.0.iter().filter(|(name, _)| name == T::TERM) {
            let Ok(Value::Object(value)) = serde_json::from_str(value) else { continue };
            let entry = |key| object_of(&value, key).and_then(|object| T::read(object).ok());
            let list = T::of(lists);
            let at = entry("as").and_then(|read| list.iter().position(|one| *one == read));
            match (at.and_then(|at| list.get_mut(at)), entry("is")) {
                (Some(kept), Some(is)) => {
                    let (before, after) = (kept.key(), is.key());
                    *kept = is;
                    lists.rename_entry(&before, &after);
                }
                (None, is) => list.extend(is),
                (Some(_), None) => drop(at.map(|at| list.remove(at))),
            }
        }
    }

    /// Details that HSDS has no place for, in their order.
    fn add_details(&self, lists: &mut Lists) {
        for (name, value) in &self.0 {
            let Some(kind) = DetailKind::from_name(name) else { continue };
            let exact = match serde_json::from_str(value) {
                Ok(Value::Object(object)) => Detail::read(&object).ok(),
                _ => None,
            };
            let plain = || Detail { kind, name: value.clone(), code: None, note: None };
            lists.details.push(exact.unwrap_or_else(plain));
        }
    }

    /// What else is said of something, so far as its field did not hold it.
    fn add_remainders(&self, lists: &mut Lists) {
        for (_, value) in self.0.iter().filter(|(name, _)| name == REMAINDER) {
            let Ok(Value::Object(value)) = serde_json::from_str(value) else { continue };
            let Some(fields) = object_of(&value, "fields") else { continue };
            let entry = value.get("entry").and_then(Value::as_str).map(str::to_owned);
            lists.remainders.push(Remainder::new(&text_of(&value, "entity"), entry, fields.clone()));
        }
    }

    fn settle(&self, lists: &mut Lists) {
        self.correct::<Phone>(lists);
        self.correct::<Address>(lists);
        self.correct::<OpeningHours>(lists);
        self.correct::<ContactPerson>(lists);
        self.correct::<Detail>(lists);
        self.add_details(lists);
        self.add_remainders(lists);
    }
}

/// Makes of each listing what the hub says of it. What it keeps of its sources it says of each of them.
pub(super) fn settled(mut directory: Directory) -> Directory {
    for listing in &mut directory.listings {
        let is_own = |lists: &Lists| !lists.own.is_empty();
        if is_own(&listing.lists) || listing.services.iter().any(|service| is_own(&service.lists)) {
            settle(listing);
        }
    }
    if directory.listings.iter().any(|listing| listing.own.is_some()) {
        directory.said = Said::default();
    }
    directory
}

/// The phone and the postal code follow from the lists, unless the hub says otherwise.
fn settle(listing: &mut Listing) {
    let values = Values::take(&mut listing.lists);
    for service in &mut listing.services {
        settle_service(service);
    }
    values.settle(&mut listing.lists);
    tidy(listing);
    values.replace("phone", &mut listing.phone);
    values.replace("postal_code", &mut listing.postal_code);
    values.replace("description", &mut listing.description);
    values.replace("email", &mut listing.email);
    values.replace("website", &mut listing.url);
    listing.capacity = values.get(capacity::TERM).and_then(|text| capacity::of_exact(&text));
    listing.active = values.get("active").as_deref() != Some("no");
    if let Some(code) = values.get("code").and_then(|code| code_of(Prefix::Provider, &code)) {
        let agency = values.get("agency_code").unwrap_or_default();
        let origin = values.get("source").zip(values.get("source_id"));
        listing.own = Some(OwnProvider { code, agency, origin });
        (listing.spoken, listing.lists.spoken) = (Spoken::of_own(), Spoken::of_own());
        for service in &mut listing.services {
            (service.spoken, service.lists.spoken) = (Spoken::of_own(), Spoken::of_own());
        }
    }
}

/// The status of a program that is paused follows from its state.
fn forget_status(lists: &mut Lists) {
    for one in lists.remainders.iter_mut().filter(|one| one.entity == Kind::Service.name()) {
        let mut fields = one.fields();
        fields.shift_remove("status");
        *one = Remainder::new(&one.entity, one.entry.clone(), fields);
    }
    lists.remainders.retain(|one| !one.fields().is_empty());
}

fn settle_service(service: &mut Service) {
    let values = Values::take(&mut service.lists);
    if values.0.is_empty() {
        return;
    }
    let state = values.get("state");
    if state.as_deref() == Some(State::Paused.name()) {
        forget_status(&mut service.lists);
    }
    values.settle(&mut service.lists);
    values.replace("email", &mut service.email);
    values.replace("url", &mut service.url);
    let inactive = State::Inactive.name();
    service.active = state.as_deref().map_or(service.active, |state| state != inactive);
    if let Some(exact) = values.get(capacity::TERM).and_then(|text| capacity::of_exact(&text)) {
        service.capacity = Some(exact);
    }
    if let Some(code) = values.get("code").and_then(|code| code_of(Prefix::Resource, &code)) {
        service.own = Some(OwnProgram { code, source_id: values.get("source_id"), state });
    }
}
