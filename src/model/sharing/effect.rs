//! What a change of sharing does to those who look: who gains and who loses sight of how much.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::id::{ClientId, ProviderId};
use serde::Serialize;

/// How many records of a client a recipient sees: by recipient and client.
pub(crate) type Visible = BTreeMap<(ProviderId, ClientId), i64>;

/// How much more, or less, one recipient sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Viewership {
    #[serde(skip)]
    pub(crate) recipient_id: ProviderId,
    pub(crate) recipient: String,
    pub(crate) records: i64,
    pub(crate) clients: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Effect {
    pub(crate) gained: Vec<Viewership>,
    pub(crate) lost: Vec<Viewership>,
}

impl Effect {
    /// Names are still missing.
    pub(crate) fn between(before: &Visible, after: &Visible) -> Self {
        let mut change: BTreeMap<ProviderId, [(i64, i64); 2]> = BTreeMap::new();
        for key in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
            let count = |visible_records: &Visible| visible_records.get(key).copied().unwrap_or(0);
            let difference = count(after) - count(before);
            if difference != 0 {
                let [gained, lost] = change.entry(key.0).or_default();
                let parties = if difference > 0 { gained } else { lost };
                *parties = (parties.0 + difference.abs(), parties.1 + 1);
            }
        }
        let viewerships = |(id, (records, clients)): (ProviderId, (i64, i64))| {
            (clients > 0).then(|| Viewership { recipient_id: id, recipient: String::new(), records, clients })
        };
        Effect {
            gained: change.iter().filter_map(|(id, [gained, _])| viewerships((*id, *gained))).collect(),
            lost: change.iter().filter_map(|(id, [_, lost])| viewerships((*id, *lost))).collect(),
        }
    }

    /// Whole sentences, each with a space before it; nothing where nobody's sight changes.
    pub(crate) fn words(&self) -> String {
        let say = |verb: &'static str| {
            move |one: &Viewership| {
                let records = if one.records == 1 { "record" } else { "records" };
                let clients = if one.clients == 1 { "client" } else { "clients" };
                let Viewership { recipient, records: number, clients: of, .. } = one;
                format!(" `{recipient}` {verb} sight of {number} {records} of {of} {clients}.")
            }
        };
        self.gained.iter().map(say("gains")).chain(self.lost.iter().map(say("loses"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gains_and_losses_are_counted_client_by_client() {
        let (provider, client) = (ProviderId::from_u128, ClientId::from_u128);
        let before = Visible::from([
            ((provider(1), client(7)), 3),
            ((provider(1), client(8)), 2),
            ((provider(2), client(7)), 1),
        ]);
        let after = Visible::from([
            ((provider(1), client(7)), 1),
            ((provider(1), client(9)), 5),
            ((provider(2), client(7)), 1),
        ]);
        let effect = Effect::between(&before, &after);
        let counts = |list: &[Viewership]| {
            list.iter().map(|one| (one.recipient_id, one.records, one.clients)).collect::<Vec<_>>()
        };
        assert_eq!(counts(&effect.gained), [(provider(1), 5, 1)]);
        assert_eq!(counts(&effect.lost), [(provider(1), 4, 2)]);
    }
}
