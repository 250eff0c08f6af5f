//! What a directory says of something and no field of ours holds: it is kept as it was written, and goes out where it stood.

use serde_json::{Map, Value};

use super::{DetailKind, List, Spoken};
use crate::model::prelude::*;

/// Fields of a provider or a program as a whole, or of an entry of one of its lists.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Remainder {
    /// What HSDS calls such a thing.
    pub(crate) entity: String,
    /// Which entry of the list it is; none for the provider or the program itself.
    pub(crate) entry: Option<String>,
    /// A JSON object with its keys in order; `null` says that the source has the field, and that it is empty.
    pub(crate) content: String,
}

impl Remainder {
    pub(crate) fn new(entity: &str, entry: Option<String>, fields: Map<String, Value>) -> Self {
        let mut content = Value::Object(fields);
        content.sort_all_objects();
        Remainder { entity: entity.to_owned(), entry, content: content.to_string() }
    }

    pub(crate) fn fields(&self) -> Map<String, Value> {
        serde_json::from_str(&self.content).unwrap_or_default()
    }

    /// Whether it says of no field that it is empty.
    pub(crate) fn is_settled(&self) -> bool {
        !self.content.contains("null") || !self.fields().values().any(Value::is_null)
    }

    /// Whether it is about a provider or a program itself.
    fn is_whole(&self) -> bool {
        matches!(self.entity.as_str(), "organization" | "service")
    }

    /// The list that its entry is of.
    fn list(&self) -> List {
        let details = match self.entity.as_str() {
            "phone" => return List::Phones,
            "address" => return List::Addresses,
            "contact" => return List::ContactPersons,
            "schedule" => return List::OpeningHours,
            "location" | "service_at_location" => return List::Locations,
            "service_capacity" => return List::Capacities,
            "attribute" => DetailKind::Category,
            "service_area" => DetailKind::Area,
            "language" => DetailKind::Language,
            "accessibility" => DetailKind::Accessibility,
            "cost_option" => DetailKind::Cost,
            "required_document" => DetailKind::Document,
            "funding" => DetailKind::Funding,
            "organization_identifier" => DetailKind::Identifier,
            "program" => DetailKind::Program,
            "payment_accepted" => DetailKind::Payment,
            _ => return List::Remainders,
        };
        List::Details(details)
    }
}

/// The fields that are things themselves, of which each source may say a part.
const PARTS: [&str; 3] = ["taxonomy_term", "taxonomy_detail", "unit"];

/// Each field of a thing once: a second value of one makes a second remainder of it. In the order of what they are about.
pub(crate) fn settled(list: Vec<Remainder>) -> Vec<Remainder> {
    let is_key = |one: &Remainder, next: &Remainder| (&one.entity, &one.entry) < (&next.entity, &next.entry);
    if list.windows(2).all(|pair| matches!(pair, [one, next] if is_key(one, next))) {
        return list;
    }
    let mut list = list;
    list.sort_by(|one, other| (&one.entity, &one.entry).cmp(&(&other.entity, &other.entry)));
    let mut settled = Vec::with_capacity(list.len());
    for of_one in list.chunk_by(|one, other| (&one.entity, &one.entry) == (&other.entity, &other.entry)) {
        let [first, rest @ ..] = of_one else { continue };
        if rest.iter().all(|one| one.content == first.content) {
            settled.push(first.clone());
            continue;
        }
        let mut layers: Vec<Map<String, Value>> = Vec::new();
        for (key, value) in of_one.iter().flat_map(Remainder::fields) {
            match layers.iter_mut().find(|layer| takes(layer, &key, &value)) {
                Some(layer) => merge(layer, key, value),
                None => layers.push(Map::from_iter([(key, value)])),
            }
        }
        let layers = layers.into_iter();
        settled.extend(layers.map(|layer| Remainder::new(&first.entity, first.entry.clone(), layer)));
    }
    settled
}

/// Whether a thing says nothing else of the field.
fn takes(fields: &Map<String, Value>, key: &str, value: &Value) -> bool {
    match (fields.get(key), value) {
        (None | Some(Value::Null), _) | (_, Value::Null) => true,
        (Some(Value::Object(known)), Value::Object(new)) if PARTS.contains(&key) => {
            new.iter().all(|(key, value)| takes(known, key, value))
        }
        (Some(known), new) => known == new,
    }
}

fn merge(fields: &mut Map<String, Value>, key: String, value: Value) {
    match (fields.get_mut(&key), value) {
        (Some(Value::Object(known)), Value::Object(new)) if PARTS.contains(&key.as_str()) => {
            new.into_iter().for_each(|(key, value)| merge(known, key, value));
        }
        (Some(_), Value::Null) => {}
        (_, value) => drop(fields.insert(key, value)),
    }
}

/// What is kept of one owner after an import: what is new, and what was known of which the source says nothing (rule 5.2).
pub(crate) fn after(new: &[&Remainder], known: Vec<&Remainder>, spoken: Spoken) -> Vec<Remainder> {
    let is_all = spoken.has(List::Remainders);
    let mut all: Vec<Remainder> = Vec::new();
    for one in known.into_iter().filter(|_| !is_all) {
        if !one.is_whole() {
            all.extend((!spoken.has(one.list())).then(|| one.clone()));
            continue;
        }
        let said: Vec<_> = new.iter().filter(|of| of.entity == one.entity).map(|of| of.fields()).collect();
        let mut fields = one.fields();
        fields.retain(|key, _| !said.iter().any(|said| said.contains_key(key)));
        if !fields.is_empty() {
            all.push(Remainder::new(&one.entity, one.entry.clone(), fields));
        }
    }
    for one in new {
        let mut fields = one.fields();
        fields.retain(|_, value| !value.is_null());
        if !fields.is_empty() {
            all.push(Remainder::new(&one.entity, one.entry.clone(), fields));
        }
    }
    settled(all)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(entity: &str, content: &Value) -> Remainder {
        Remainder::new(entity, None, content.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn two_values_of_a_field_stay_two() {
        let list = [json!({"logo": "a", "uri": "b"}), json!({"logo": "c"}), json!({"year": "1"})];
        let list = settled(list.iter().map(|content| one("organization", content)).collect());
        let expected = [json!({"logo": "a", "uri": "b", "year": "1"}), json!({"logo": "c"})];
        assert_eq!(list, expected.map(|content| one("organization", &content)));
        assert_eq!(settled(list.clone()), list);
    }

    // Rule 5.2.
    #[test]
    fn a_field_of_which_a_source_does_not_speak_stays() {
        let known = one("service", &json!({"assured_date": "2026-01-01", "licence": "x"}));
        let new = one("service", &json!({"assured_date": null}));
        let kept = after(&[&new], vec![&known], Spoken::default());
        assert_eq!(kept, [one("service", &json!({"licence": "x"}))]);
        let phone = one("phone", &json!({"languages": "x"}));
        assert_eq!(after(&[], vec![&phone], Spoken::default()), std::slice::from_ref(&phone));
        assert_eq!(after(&[], vec![&phone], Spoken::of(List::Phones)), []);
        assert_eq!(after(&[], vec![&known, &phone], Spoken::of_own()), []);
    }
}
