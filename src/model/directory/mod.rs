//! A directory of providers as another system describes it: organizations, their services, locations and
//! contact data. Pure values.

mod entry;
mod own;
mod reject;
pub(crate) mod remainder;
mod spoken;

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

pub(crate) use self::entry::{Difference, DirectoryEntry, Said};
pub(crate) use self::own::{Capacity, OwnProgram, OwnProvider};
pub(crate) use self::reject::{Origins, REJECTED_AT, REJECTED_FROM, REJECTED_IN, Reject};
pub(crate) use self::remainder::Remainder;
pub(crate) use self::spoken::{List, Spoken, Text};
use crate::model::prelude::*;
use crate::model::remarks::Remarks;

/// The content of one import source, with its rejects.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Directory {
    pub(crate) listings: Vec<Listing>,
    pub(crate) rejects: Vec<Reject>,
    #[serde(flatten)]
    pub(crate) remarks: Remarks,
    /// The ids of rejected rows that [`Reject::service_id`] does not find: they are still in the source.
    #[serde(skip)]
    pub(crate) rejected_ids: Vec<String>,
    #[serde(skip)]
    pub(crate) said: Said,
    /// What a hub that wrote it says of each of its sources: all that it keeps of one.
    #[serde(skip)]
    pub(crate) said_by: BTreeMap<String, Said>,
    /// Data rows (of every table that was read, linking tables included) or top-level JSON objects.
    pub(crate) read: u64,
}

/// One organization.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Listing {
    /// The id in the source: text, leading zeros kept.
    pub(crate) source_id: String,
    pub(crate) name: String,
    pub(crate) alternate_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) url: Option<String>,
    /// Of the first address, physical before postal, its own before those of its services.
    pub(crate) postal_code: Option<String>,
    /// The first voice number, its own before those of its services.
    pub(crate) phone: Option<String>,
    /// Also where the source does not say.
    pub(crate) active: bool,
    pub(crate) services: Vec<Service>,
    #[serde(flatten)]
    pub(crate) lists: Lists,
    /// The texts of which the source speaks.
    #[serde(skip)]
    pub(crate) spoken: Spoken,
    /// Of its agency record.
    #[serde(skip)]
    pub(crate) capacity: Option<Capacity>,
    /// None in a directory of others.
    #[serde(skip)]
    pub(crate) own: Option<OwnProvider>,
    /// The line on which it starts in its file; 0 where the file has no lines that count (JSON).
    pub(crate) line: u64,
}

/// One service of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Service {
    pub(crate) source_id: String,
    pub(crate) name: String,
    pub(crate) alternate_name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) eligibility: Option<String>,
    pub(crate) fees: Option<String>,
    pub(crate) application_process: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) url: Option<String>,
    /// False where the source says inactive, defunct or temporarily closed.
    pub(crate) active: bool,
    #[serde(flatten)]
    pub(crate) lists: Lists,
    /// The texts of which the source speaks.
    #[serde(skip)]
    pub(crate) spoken: Spoken,
    #[serde(skip)]
    pub(crate) capacity: Option<Capacity>,
    /// None in a directory of others.
    #[serde(skip)]
    pub(crate) own: Option<OwnProgram>,
    pub(crate) line: u64,
}

/// What an organization, a service or a location has several of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Lists {
    pub(crate) phones: Vec<Phone>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) details: Vec<Detail>,
    pub(crate) opening_hours: Vec<OpeningHours>,
    pub(crate) contact_persons: Vec<ContactPerson>,
    #[serde(skip)]
    pub(crate) remainders: Vec<Remainder>,
    #[serde(skip)]
    pub(crate) spoken: Spoken,
    /// What the hub that wrote the directory says of its own: terms with their values, until all is read.
    #[serde(skip)]
    pub(crate) own: Vec<(String, String)>,
}

impl Lists {
    /// Appends copies of those of a location.
    pub(crate) fn extend_from(&mut self, other: &Lists) {
        self.spoken.add(other.spoken);
        self.phones.extend_from_slice(&other.phones);
        self.addresses.extend_from_slice(&other.addresses);
        self.details.extend_from_slice(&other.details);
        self.opening_hours.extend_from_slice(&other.opening_hours);
        self.contact_persons.extend_from_slice(&other.contact_persons);
        self.remainders.extend_from_slice(&other.remainders);
        self.own.extend_from_slice(&other.own);
    }

    /// The entry that remainders know by the first key is known by the other.
    pub(crate) fn rename_entry(&mut self, before: &str, after: &str) {
        for one in &mut self.remainders {
            if one.entry.as_deref() == Some(before) {
                after.clone_into(one.entry.get_or_insert_default());
            }
        }
    }

    /// Removes duplicates, the first of each stays. A list with something in it is spoken of, wherever that stood.
    pub(crate) fn condense(&mut self) {
        let filled = [
            (self.phones.is_empty(), List::Phones),
            (self.addresses.is_empty(), List::Addresses),
            (self.opening_hours.is_empty(), List::OpeningHours),
            (self.contact_persons.is_empty(), List::ContactPersons),
        ];
        let filled = filled.into_iter().filter(|(is_empty, _)| !is_empty).map(|(_, list)| list);
        let kinds = self.details.iter().map(|detail| List::Details(detail.kind));
        for list in filled.chain(kinds) {
            self.spoken.add(Spoken::of(list));
        }
        keep_first(&mut self.phones);
        keep_first(&mut self.addresses);
        keep_first(&mut self.details);
        keep_first(&mut self.opening_hours);
        keep_first(&mut self.contact_persons);
        keep_first(&mut self.own);
        self.remainders = remainder::settled(std::mem::take(&mut self.remainders));
    }
}

/// Usually there are few, and comparing them is faster than a set.
fn keep_first<T: Eq + Hash>(items: &mut Vec<T>) {
    const FEW: usize = 16;
    let is_fresh: Vec<bool> = if items.len() <= FEW {
        items.iter().enumerate().map(|(at, item)| !items.iter().take(at).any(|one| one == item)).collect()
    } else {
        let mut seen = HashSet::with_capacity(items.len());
        items.iter().map(|item| seen.insert(item)).collect()
    };
    let mut is_fresh = is_fresh.into_iter();
    items.retain(|_| is_fresh.next().unwrap_or(true));
}

/// One number to call, fax or text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Phone {
    /// As written in the source; `(800) 370-LEAD` is a number.
    pub(crate) number: String,
    pub(crate) extension: Option<String>,
    /// Lower case: `voice` (also where the source is silent), `fax`, `tty`, `sms`, …
    pub(crate) kind: String,
    /// Whom it reaches; the description in HSDS 3.
    pub(crate) department: Option<String>,
}

names! {
    #[derive(Default)]
    pub(crate) enum AddressKind {
        #[default]
        Physical = "physical",
        Postal = "postal",
    }
}

/// One postal or physical address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Address {
    /// The person or body that letters are addressed to.
    pub(crate) attention: Option<String>,
    pub(crate) line_1: Option<String>,
    pub(crate) line_2: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) postal_code: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) kind: AddressKind,
    /// Of its location, where the source has them.
    #[serde(flatten)]
    pub(crate) place: Option<Coordinates>,
}

/// Degrees north and east, in millionths: 11 cm, and exact in every database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
pub(crate) struct Coordinates {
    #[serde(serialize_with = "degrees")]
    #[schemars(with = "f64")]
    pub(crate) latitude: i64,
    #[serde(serialize_with = "degrees")]
    #[schemars(with = "f64")]
    pub(crate) longitude: i64,
}

/// Scripts get decimal degrees.
#[expect(
    clippy::cast_precision_loss,
    clippy::trivially_copy_pass_by_ref,
    reason = "at most nine digits; serde's form"
)]
fn degrees<S: serde::Serializer>(millionths: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(*millionths as f64 / 1e6)
}

impl Coordinates {
    /// From decimal degrees. None if either is no number or not on the earth, or both are 0, which stands for unknown.
    pub(crate) fn from_degrees(latitude: &str, longitude: &str) -> Option<Self> {
        let millionths = |text: &str, most: f64| {
            let degrees: f64 = text.trim().parse().ok().filter(|degrees: &f64| degrees.abs() <= most)?;
            #[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
            Some((degrees * 1e6).round() as i64)
        };
        let (latitude, longitude) = (millionths(latitude, 90.0)?, millionths(longitude, 180.0)?);
        ((latitude, longitude) != (0, 0)).then_some(Coordinates { latitude, longitude })
    }
}

names! {
    /// What a directory lists under a name, besides phones, addresses, hours and persons.
    pub(crate) enum DetailKind {
        /// A term of a taxonomy, by its code there.
        Category = "category",
        /// An area that it serves.
        Area = "area",
        /// A language that is spoken there, with its code.
        Language = "language",
        /// How a place can be reached and used by people with disabilities.
        Accessibility = "accessibility",
        /// A word by which it is to be found.
        Keyword = "keyword",
        /// Whom it is for, besides the text on eligibility.
        Audience = "audience",
        Age = "age",
        /// What to bring.
        Document = "document",
        Cost = "cost",
        Payment = "payment",
        Interpretation = "interpretation",
        /// How long people wait.
        Wait = "wait",
        Transport = "transport",
        Funding = "funding",
        Accreditation = "accreditation",
        License = "license",
        /// A number or code that others know it by.
        Identifier = "identifier",
        /// The programme of the organization that a service is part of.
        Program = "program",
        LegalStatus = "legal-status",
        /// What to know at present.
        Alert = "alert",
    }
}

/// One entry of such a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
pub(crate) struct Detail {
    pub(crate) kind: DetailKind,
    pub(crate) name: String,
    /// Of the term in its taxonomy, of the language (ISO 639).
    pub(crate) code: Option<String>,
    /// The taxonomy, what a price is for, an explanation.
    pub(crate) note: Option<String>,
}

/// When something is open.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct OpeningHours {
    /// 1 is Monday; none means every day of the dates, or that the note says it.
    pub(crate) weekday: Option<i64>,
    /// `09:30`, the local time there.
    pub(crate) opens: Option<String>,
    /// Not after `opens` means on the next day.
    pub(crate) closes: Option<String>,
    pub(crate) starts_on: Option<NaiveDate>,
    pub(crate) ends_on: Option<NaiveDate>,
    pub(crate) closed: bool,
    pub(crate) note: Option<String>,
}

/// A person to speak to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct ContactPerson {
    pub(crate) name: Option<String>,
    /// The role, such as `Intake coordinator`.
    pub(crate) title: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) email: Option<String>,
}
