//! A client as a provider sees it that has accepted visits of it (rule 1.12).

use super::client::Client;
use super::client_phone::Phone;
use super::held_visit::CallView;
use crate::model::prelude::*;

view! {
    /// A client as a portal account sees it: what it takes to come, and the visits that its providers have.
    pub(crate) struct VisitedClient("client", |view| &view.code) {
        code: String => Code,
        given: String => Text,
        family: String => Text,
        address: Option<String> => Text,
        postal_code: Option<String> => Code,
        /// Each is a number, or a label and a number.
        phones: Vec<Phone> => Text,
        /// What carers must know.
        carer_note: Option<String> => Text,
        visits: Vec<CallView> => Many,
    }
}

impl VisitedClient {
    /// The fields that tell who it is.
    pub(crate) const CONTACT_FIELDS: [&str; 6] =
        ["given", "family", "address", "postal_code", "phones", "carer_note"];

    pub(crate) fn new(client: Client, visits: Vec<CallView>) -> Self {
        let Client { code, given, family, address, postal_code, phones, carer_note, .. } = client;
        VisitedClient { code, given, family, address, postal_code, phones, carer_note, visits }
    }
}
