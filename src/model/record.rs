//! A record: one entry of a data type about a client, owned by a provider; and its view (rule 3.8).

use super::category::Category;
use super::contract::Contract;
use super::sharing::{Basis, DataType};
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("record");

/// A new record. What it says is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: RecordId,
    pub(crate) code: String,
    pub(crate) client_id: ClientId,
    pub(crate) provider_id: ProviderId,
    pub(crate) entry: Entry,
}

/// For whom records are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Viewer {
    /// The hub itself, which sees all.
    Hub,
    /// A provider, which sees its own records and those shared with it.
    Provider(ProviderId),
}

impl Viewer {
    pub(crate) fn provider(self) -> Option<ProviderId> {
        match self {
            Viewer::Hub => None,
            Viewer::Provider(provider) => Some(provider),
        }
    }
}

/// The content of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) data_type: DataType,
    pub(crate) happened_on: NaiveDate,
    pub(crate) title: String,
    pub(crate) category_id: Option<CategoryId>,
    pub(crate) contract_id: Option<ContractId>,
    pub(crate) units: Option<String>,
    pub(crate) detail: Option<String>,
    /// The id in the provider's own system.
    pub(crate) source_id: Option<String>,
    /// Whether no other provider sees it, whatever has been agreed (rule 3.16).
    pub(crate) never_shared: bool,
}

/// A record as one viewer sees it.
#[derive(Clone, Debug)]
pub(crate) struct FoundRecord {
    pub(crate) id: RecordId,
    pub(crate) happened_on: NaiveDate,
    pub(crate) client_id: ClientId,
    pub(crate) owner_id: ProviderId,
    /// None if the viewer is the hub.
    pub(crate) basis: Option<Basis>,
    /// The id in the owner's own system.
    pub(crate) source_id: Option<String>,
    pub(crate) view: RecordView,
}

view! {
    pub(crate) struct RecordView("record", |view| &view.code) {
        code: String => Code,
        client: String => Code(hidden),
        client_name: String => Name(hidden),
        /// The code of the provider that wrote it down.
        owner: String => Code(hidden),
        owner_name: String => Name,
        data_type as "type": DataType => Status,
        happened_on: NaiveDate => Date,
        title: String => Text,
        category: Option<String> => Text(rank 1),
        contract: Option<String> => Code(hidden),
        contract_name: Option<String> => Name(hidden),
        units: Option<String> => Text(hidden),
        detail: Option<String> => Text(hidden),
        /// What goes with it by the will of its owner, such as a notice against passing it on; null for the owner itself.
        notice: Option<String> => Text(hidden),
        /// Whether no other provider sees it, whatever has been agreed.
        never_shared: bool => YesNo(hidden),
        /// The basis on which the viewer sees it; null for the hub.
        basis: Option<Basis> => Status,
        recorded_at: DateTime<Utc> => Age(hidden),
    }
}

/// The category of a record under a contract: by default the contract's only one. Refused if the contract has
/// other categories.
pub(crate) fn category_under(
    contract: Option<&Contract>, category: Option<Category>,
) -> Result<Option<Category>> {
    let Some(contract) = contract else { return Ok(category) };
    match (category, contract.categories.as_slice()) {
        (None, [(id, name)]) => Ok(Some(Category { id: *id, name: name.clone() })),
        (None, _) => Ok(None),
        (Some(category), all) if all.iter().any(|(id, _)| *id == category.id) => Ok(Some(category)),
        (Some(category), all) => {
            let names: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).collect();
            Err(Error::refused(
                "record.category",
                format!(
                    "{} is not a contract for `{}`, but for {}",
                    contract.code,
                    category.name,
                    names.join(", ")
                ),
            )
            .hint(format!("`caredesk contract show {}` shows it", contract.code)))
        }
    }
}
