//! A directory of providers as another system describes it: organizations, their services, locations and
//! contact data. Pure values.

use std::sync::Arc;

use crate::model::prelude::*;

/// The content of one import source, with its rejects.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Directory {
    pub(crate) listings: Vec<Listing>,
    pub(crate) rejects: Vec<Reject>,
    /// Full sentences about the source as a whole (a guessed encoding, an ignored file).
    pub(crate) notes: Vec<String>,
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
    pub(crate) active: bool,
    pub(crate) services: Vec<Service>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) addresses: Vec<Address>,
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
    pub(crate) phones: Vec<Phone>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) line: u64,
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
}

/// A rejected row or object, with what is needed to write it out, correct it and read it again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Reject {
    pub(crate) file: String,
    /// The line on which the row starts, the header being line 1; none in JSON.
    pub(crate) line: Option<u64>,
    /// A JSON pointer to the object (RFC 6901); none in a table.
    pub(crate) place: Option<String>,
    /// Lower case, without a full stop.
    pub(crate) reason: String,
    /// The header of the table, shared by all rejects of a file; the one column `json` for an object.
    #[serde(skip)]
    pub(crate) columns: Arc<[String]>,
    /// The cells exactly as read; more or fewer than `columns` where the row was ragged.
    #[serde(skip)]
    pub(crate) cells: Vec<String>,
}

impl Reject {
    /// The id of a service whose row or object was rejected: it is still in the source.
    pub(crate) fn service_id(&self) -> Option<String> {
        if let ([only], [object]) = (&*self.columns, self.cells.as_slice())
            && only == "json"
        {
            let object: serde_json::Value = serde_json::from_str(object).ok()?;
            return object.get("id")?.as_str().map(str::to_owned);
        }
        let is_id = |column: &String| column.trim().eq_ignore_ascii_case("id");
        let at = self
            .columns
            .iter()
            .position(is_id)
            .filter(|_| self.file.to_lowercase().starts_with("service"))?;
        self.cells.get(at).map(|cell| cell.trim().to_owned())
    }

    /// `services.csv line 12`, or `page.json at /contents/3`.
    pub(crate) fn origin(&self) -> String {
        match (self.line, self.place.as_deref()) {
            (Some(line), _) => format!("{} line {line}", self.file),
            (None, Some(place)) if !place.is_empty() => format!("{} at {place}", self.file),
            (None, _) => self.file.clone(),
        }
    }
}
