//! A contract: a provider delivers services of some categories, from a first day to a last (rule 3.3).

use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("contract");

/// The present version; earlier terms and categories stay in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contract {
    pub(crate) id: ContractId,
    pub(crate) code: String,
    pub(crate) provider_id: ProviderId,
    /// Its code.
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    pub(crate) name: String,
    pub(crate) starts_on: NaiveDate,
    /// Inclusive; none if unlimited.
    pub(crate) ends_on: Option<NaiveDate>,
    /// By name.
    pub(crate) categories: Vec<(CategoryId, String)>,
}

view! {
    /// A contract as it stands now.
    pub(crate) struct ContractView("contract", |view| &view.code, &view.name) {
        code: String => Code,
        /// The code of the provider.
        provider: String => Code(hidden),
        provider_name: String => Name,
        name: String => Text,
        starts_on: NaiveDate => Date(rank 1),
        /// The last day, which still counts; null where it goes on.
        ends_on: Option<NaiveDate> => Date,
        /// Whether it is in force today.
        active: bool => YesNo,
        categories: Vec<String> => Text(rank 2),
    }
}

impl Contract {
    /// In force on that day.
    pub(crate) fn covers(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|stop| day <= stop)
    }

    pub(crate) fn view(&self, today: NaiveDate) -> ContractView {
        cloned! { self => ContractView {
            code, provider, provider_name, name, starts_on, ends_on,
            active: self.covers(today),
            categories: self.categories.iter().map(|(_, name)| name.clone()).collect(),
        } }
    }

    /// Invalid: a last day before the first.
    pub(crate) fn must_end_after_it_starts(&self) -> Result<()> {
        match self.ends_on {
            Some(stop) if stop < self.starts_on => Err(Error::invalid(
                "contract.dates",
                format!("a contract cannot stop on {stop}, before it starts on {}", self.starts_on),
            )
            .hint("`--stop` is its last day; `--stop none` leaves it open")),
            _ => Ok(()),
        }
    }
}
