//! Reads what a directory lists besides phones and addresses: categories, areas, languages, prices and the like.

use super::fields::Fields;
use crate::model::directory::{ContactPerson, Detail, DetailKind, List, Spoken};

/// Fields of an organization, a service or a location that hold details; in HSDS 1 several in one, separated by commas.
const FIELDS: [(&str, DetailKind, Separated); 17] = [
    ("keywords", DetailKind::Keyword, Separated::Yes),
    ("service_areas", DetailKind::Area, Separated::Yes),
    ("languages", DetailKind::Language, Separated::Yes),
    ("accessibility", DetailKind::Accessibility, Separated::Yes),
    ("audience", DetailKind::Audience, Separated::No),
    ("required_documents", DetailKind::Document, Separated::Yes),
    ("accepted_payments", DetailKind::Payment, Separated::Yes),
    ("interpretation_services", DetailKind::Interpretation, Separated::No),
    ("wait_time", DetailKind::Wait, Separated::No),
    ("transportation", DetailKind::Transport, Separated::No),
    ("funding_sources", DetailKind::Funding, Separated::Yes),
    ("accreditations", DetailKind::Accreditation, Separated::No),
    ("licenses", DetailKind::License, Separated::No),
    ("legal_status", DetailKind::LegalStatus, Separated::No),
    ("tax_status", DetailKind::LegalStatus, Separated::No),
    ("tax_id", DetailKind::Identifier, Separated::No),
    ("alert", DetailKind::Alert, Separated::No),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separated {
    Yes,
    No,
}

/// The names of [`FIELDS`] and of the ages, as columns of a table.
pub(super) const COLUMNS: [&str; 19] = [
    "keywords",
    "service_areas",
    "languages",
    "accessibility",
    "audience",
    "required_documents",
    "accepted_payments",
    "interpretation_services",
    "wait_time",
    "transportation",
    "funding_sources",
    "accreditations",
    "licenses",
    "legal_status",
    "tax_status",
    "tax_id",
    "alert",
    "minimum_age",
    "maximum_age",
];

/// The kinds of details of which these fields speak: those that are there, if empty.
pub(super) fn spoken(fields: &impl Fields) -> Spoken {
    let mut spoken = Spoken::default();
    for (key, kind, _) in FIELDS {
        if fields.has(key) {
            spoken.add(Spoken::of(List::Details(kind)));
        }
    }
    if fields.has("minimum_age") || fields.has("maximum_age") {
        spoken.add(Spoken::of(List::Details(DetailKind::Age)));
    }
    spoken
}

/// The details in the fields of an organization, a service or a location.
pub(super) fn own(fields: &impl Fields) -> Result<Vec<Detail>, String> {
    let mut details = Vec::new();
    for (key, kind, separated) in FIELDS {
        let Some(text) = fields.text(key)? else { continue };
        let note = matches!(key, "tax_status" | "tax_id").then(|| key.replace('_', " "));
        let parts: Vec<&str> = match separated {
            Separated::Yes => text.split([',', ';']).collect(),
            Separated::No => vec![&text],
        };
        for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
            details.push(Detail { note: note.clone(), ..detail(kind, part.to_owned()) });
        }
    }
    details.extend(ages(fields)?.map(|ages| detail(DetailKind::Age, ages)));
    Ok(details)
}

fn ages(fields: &impl Fields) -> Result<Option<String>, String> {
    Ok(match (fields.name("minimum_age")?, fields.name("maximum_age")?) {
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("{from} and over")),
        (None, Some(to)) => Some(format!("up to {to}")),
        (None, None) => None,
    })
}

/// One thing that a directory lists in a table, or as an object, of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    Area,
    Language,
    Accessibility,
    Cost,
    Document,
    Funding,
    Identifier,
    Program,
    Payment,
}

/// The tables and the keys of JSON objects that list such things, of all versions.
pub(super) const LISTS: [(&[&str], &str, Listed); 9] = [
    (&["service_areas.csv", "service_area.csv"], "service_areas", Listed::Area),
    (&["languages.csv", "language.csv"], "languages", Listed::Language),
    (&["accessibility.csv", "accessibility_for_disabilities.csv"], "accessibility", Listed::Accessibility),
    (&["cost_options.csv", "cost_option.csv"], "cost_options", Listed::Cost),
    (&["required_documents.csv", "required_document.csv"], "required_documents", Listed::Document),
    (&["funding.csv"], "funding", Listed::Funding),
    (
        &["organization_identifiers.csv", "organization_identifier.csv"],
        "organization_identifiers",
        Listed::Identifier,
    ),
    (&["programs.csv", "program.csv"], "programs", Listed::Program),
    (&["payments_accepted.csv", "payment_accepted.csv"], "payments_accepted", Listed::Payment),
];

impl Listed {
    pub(super) fn kind(self) -> DetailKind {
        match self {
            Listed::Area => DetailKind::Area,
            Listed::Language => DetailKind::Language,
            Listed::Accessibility => DetailKind::Accessibility,
            Listed::Cost => DetailKind::Cost,
            Listed::Document => DetailKind::Document,
            Listed::Funding => DetailKind::Funding,
            Listed::Identifier => DetailKind::Identifier,
            Listed::Program => DetailKind::Program,
            Listed::Payment => DetailKind::Payment,
        }
    }

    /// As HSDS calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Listed::Area => "service_area",
            Listed::Language => "language",
            Listed::Accessibility => "accessibility",
            Listed::Cost => "cost_option",
            Listed::Document => "required_document",
            Listed::Funding => "funding",
            Listed::Identifier => "organization_identifier",
            Listed::Program => "program",
            Listed::Payment => "payment_accepted",
        }
    }

    /// The columns of its table, and the keys of its objects, that are read.
    pub(super) fn columns(self) -> &'static [&'static str] {
        match self {
            Listed::Area => &["name", "service_area", "description", "extent"],
            Listed::Language => &["name", "language", "code", "note"],
            Listed::Accessibility => &["description", "accessibility", "details"],
            Listed::Cost => &["amount", "currency", "amount_description", "option"],
            Listed::Document => &["document", "uri"],
            Listed::Funding => &["source"],
            Listed::Identifier => &["identifier", "identifier_type", "identifier_scheme"],
            Listed::Program => &["name", "description", "alternate_name"],
            Listed::Payment => &["payment"],
        }
    }

    /// Errors: a reason, in lower case.
    pub(super) fn read(self, fields: &impl Fields) -> Result<Detail, String> {
        let named = |keys: &[&str]| fields.first_name(keys)?.ok_or_else(|| "has no name".to_owned());
        Ok(match self {
            Listed::Area => Detail {
                note: fields.name("description")?,
                ..detail(self.kind(), named(&["name", "service_area", "description", "extent"])?)
            },
            Listed::Language => Detail {
                code: fields.name("code")?,
                note: fields.name("note")?,
                ..detail(self.kind(), named(&["name", "language", "code"])?)
            },
            Listed::Accessibility => Detail {
                note: fields.name("details")?,
                ..detail(self.kind(), named(&["description", "accessibility", "details"])?)
            },
            Listed::Cost => Detail { note: fields.name("option")?, ..detail(self.kind(), cost(fields)?) },
            Listed::Document => {
                Detail { note: fields.name("uri")?, ..detail(self.kind(), named(&["document"])?) }
            }
            Listed::Funding => detail(self.kind(), named(&["source"])?),
            Listed::Identifier => Detail {
                note: fields.first_name(&["identifier_type", "identifier_scheme"])?,
                ..detail(self.kind(), named(&["identifier"])?)
            },
            Listed::Program => Detail {
                note: fields.first_name(&["description", "alternate_name"])?,
                ..detail(self.kind(), named(&["name"])?)
            },
            Listed::Payment => detail(self.kind(), named(&["payment"])?),
        })
    }
}

/// `35 GBP per hour`, or what there is of it.
fn cost(fields: &impl Fields) -> Result<String, String> {
    let currency = fields.name("currency")?.map(|currency| currency.to_uppercase());
    let parts = [fields.name("amount")?, currency, fields.name("amount_description")?];
    let cost = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if cost.is_empty() { fields.name("option")?.ok_or_else(|| "has no amount".to_owned()) } else { Ok(cost) }
}

/// A term of a taxonomy.
pub(super) fn category(name: String, code: Option<String>, taxonomy: Option<String>) -> Detail {
    Detail { code, note: taxonomy, ..detail(DetailKind::Category, name) }
}

fn detail(kind: DetailKind, name: String) -> Detail {
    Detail { kind, name, code: None, note: None }
}

/// The columns of a table of contacts.
pub(super) const CONTACT_COLUMNS: [&str; 4] = ["name", "title", "department", "email"];

/// None if nothing says who it is, as where a contact only joins a phone to its owner.
pub(super) fn contact_person(fields: &impl Fields) -> Result<Option<ContactPerson>, String> {
    let person = ContactPerson {
        name: fields.name("name")?,
        title: fields.name("title")?,
        department: fields.name("department")?,
        email: fields.name("email")?,
    };
    Ok((person != ContactPerson::default()).then_some(person))
}
