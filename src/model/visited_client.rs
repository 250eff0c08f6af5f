//! A client as a provider sees it that has accepted visits of it, or answers sharing (rules 1.12 and 3.12).

use super::client::Client;
use super::client_phone::Phone;
use super::held_visit::CallView;
use crate::model::prelude::*;
use crate::model::sharing::{DataType, Mode, Status};

view! {
    /// A client as a portal account sees it: for who has visits of it what it takes to come, and those visits; for who answers
    /// sharing the birth date, how many records its providers have, and how each type stands with each partner.
    pub(crate) struct VisitedClient("client", |view| &view.code) {
        code: String => Code,
        given: String => Text,
        family: String => Name,
        birth_date: Option<NaiveDate> => Date,
        address: Option<String> => Text,
        postal_code: Option<String> => Code,
        /// Each is a number, or a label and a number.
        phones: Vec<Phone> => Text,
        /// What carers must know.
        carer_note: Option<String> => Text,
        visits: Vec<CallView> => Many,
        records: Vec<OwnRecords> => Many,
        sharing: Vec<ClientSharing> => Many,
    }
}

view! {
    /// A client as an account sees it that answers sharing (rule 3.12).
    pub(crate) struct SeenClient("client", |view| &view.code) {
        code: String => Code,
        given: String => Text,
        family: String => Name,
        birth_date: Option<NaiveDate> => Date,
    }
}

view! {
    /// How many records of one type a provider has of a client.
    pub(crate) struct OwnRecords("client", |view| &view.provider) {
        provider: String => Code(hidden),
        provider_name: String => Name,
        data_type as "type": DataType => Status,
        records: i64 => Number,
    }
}

view! {
    /// How a client's records of one type stand between two linked providers.
    pub(crate) struct ClientSharing("client", |view| &view.recipient) {
        owner: String => Code(hidden),
        owner_name: String => Name,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        data_type as "type": DataType => Status,
        /// How what is linked reaches the recipient.
        sharing: Mode => Status,
        /// The newest request, and how it stands.
        request: Option<String> => Code(rank 1),
        status: Option<Status> => Status,
        expires_on: Option<NaiveDate> => Date(rank 2),
        /// How many records the recipient sees.
        records: i64 => Number,
    }
}

impl VisitedClient {
    /// The fields that tell who it is.
    pub(crate) const CONTACT_FIELDS: [&str; 6] =
        ["given", "family", "address", "postal_code", "phones", "carer_note"];

    /// Who it is, which each ground tells.
    pub(crate) fn named(client: &Client) -> Self {
        VisitedClient {
            code: client.code.clone(),
            given: client.given.clone(),
            family: client.family.clone(),
            birth_date: None,
            address: None,
            postal_code: None,
            phones: Vec::new(),
            carer_note: None,
            visits: Vec::new(),
            records: Vec::new(),
            sharing: Vec::new(),
        }
    }

    pub(crate) fn visited(self, client: Client, visits: Vec<CallView>) -> Self {
        let Client { address, postal_code, phones, carer_note, .. } = client;
        VisitedClient { address, postal_code, phones, carer_note, visits, ..self }
    }
}

impl SeenClient {
    pub(crate) fn of(client: &Client) -> Self {
        cloned! { client => SeenClient { code, given, family, birth_date } }
    }
}
