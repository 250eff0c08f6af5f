//! What a directory lists of a provider and of its programs.

use crate::commands::prelude::*;
use crate::model::directory::remainder;
use crate::model::directory::{Address, ContactPerson, Detail, Lists, OpeningHours, Phone, Remainder};
use crate::model::provider::ListedView;
use crate::store::listed;

/// Each entry with the code of the resource that it belongs to.
pub(super) struct AllLists {
    phones: Vec<ListedView<Phone>>,
    pub(super) addresses: Vec<ListedView<Address>>,
    details: Vec<ListedView<Detail>>,
    opening_hours: Vec<ListedView<OpeningHours>>,
    contact_persons: Vec<ListedView<ContactPerson>>,
    remainders: Vec<ListedView<Remainder>>,
}

impl AllLists {
    pub(super) fn read(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Self> {
        Ok(AllLists {
            phones: listed::all(tx, provider)?,
            addresses: listed::all(tx, provider)?,
            details: listed::all(tx, provider)?,
            opening_hours: listed::all(tx, provider)?,
            contact_persons: listed::all(tx, provider)?,
            remainders: listed::all(tx, provider)?,
        })
    }

    /// Those of the program with this code, or of the provider as a whole.
    pub(super) fn take(&mut self, code: Option<&str>) -> Lists {
        Lists {
            phones: of(&mut self.phones, code),
            addresses: of(&mut self.addresses, code),
            details: of(&mut self.details, code),
            opening_hours: of(&mut self.opening_hours, code),
            contact_persons: of(&mut self.contact_persons, code),
            // In one order, also after a merge.
            remainders: remainder::settled(of(&mut self.remainders, code)),
            ..Lists::default()
        }
    }
}

fn of<T>(all: &mut Vec<ListedView<T>>, code: Option<&str>) -> Vec<T> {
    all.extract_if(.., |line| line.resource.as_deref() == code).map(|line| line.of).collect()
}
