//! What a change would let each recipient see, or no longer, client by client.

use std::collections::{BTreeMap, BTreeSet};

use super::DataType;
use crate::model::prelude::*;

/// How many records of each type each recipient sees of each client.
pub(crate) type VisibleByType = BTreeMap<(ProviderId, ClientId, DataType), i64>;

names! {
    pub(crate) enum Direction {
        Gains = "gains",
        Loses = "loses",
    }
}

view! {
    /// What one recipient would see more, or no longer, of one client.
    pub(crate) struct Foreseen("sharing", |view| &view.client) {
        @recipient_id: ProviderId,
        @client_id: ClientId,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        change: Direction => Status,
        client: String => Code,
        /// Null for who may not know it.
        client_name: Option<PersonName> => Name,
        data_type as "type": DataType => Status,
        /// How many more, or fewer.
        records: i64 => Number,
    }
}

impl Foreseen {
    /// In the list: by recipient and client.
    pub(crate) fn place(&self) -> (&str, &str, &Option<PersonName>, &str, DataType) {
        (&self.recipient_name, &self.recipient, &self.client_name, &self.client, self.data_type)
    }
}

/// Without names, which are added later.
pub(crate) fn foreseen(before: &VisibleByType, after: &VisibleByType) -> Vec<Foreseen> {
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let row = |key: &(ProviderId, ClientId, DataType)| {
        let count = |visible: &VisibleByType| visible.get(key).copied().unwrap_or(0);
        let difference = count(after) - count(before);
        let (recipient_id, client_id, data_type) = *key;
        (difference != 0).then(|| Foreseen {
            recipient_id,
            client_id,
            recipient: String::new(),
            recipient_name: String::new(),
            change: if difference > 0 { Direction::Gains } else { Direction::Loses },
            client: String::new(),
            client_name: None,
            data_type,
            records: difference.abs(),
        })
    };
    keys.into_iter().filter_map(row).collect()
}
