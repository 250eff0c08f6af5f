//! The effect of a change: who sees how many records more or fewer, and what stops.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::prelude::*;
use crate::model::stop::{self, Stop};

/// How many records each recipient sees of each client.
pub(crate) type Visible = BTreeMap<(ProviderId, ClientId), i64>;

/// Which records each recipient sees, and of which client each is.
pub(crate) type Seen = BTreeMap<(ProviderId, RecordId), ClientId>;

view! {
    /// How many records more, or fewer, one recipient sees.
    pub(crate) struct VisibilityChange("sharing", |view| &view.recipient) {
        @recipient_id: ProviderId,
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        /// How many more, or fewer.
        records: i64 => Number,
        /// Of how many clients.
        clients: i64 => Number,
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, schemars::JsonSchema)]
pub(crate) struct Effect {
    pub(crate) gains: Vec<VisibilityChange>,
    pub(crate) losses: Vec<VisibilityChange>,
    /// What else stops (rule 2.12).
    pub(crate) stops: Vec<Stop>,
}

impl Effect {
    /// Where only something else than records is affected.
    pub(crate) fn stopping(found: stop::Found) -> Self {
        Effect { stops: stop::stops(found), ..Effect::default() }
    }

    /// Both, of two changes; what both stop is said once.
    pub(crate) fn and(mut self, other: Effect) -> Self {
        let of = |stops: Vec<Stop>| {
            stops.into_iter().flat_map(|stop| stop.codes.into_iter().map(move |code| (stop.sort, code)))
        };
        self.stops = stop::stops(of(self.stops).chain(of(other.stops)));
        self.gains.extend(other.gains);
        self.losses.extend(other.losses);
        self
    }

    /// How many records are lost, by all.
    pub(crate) fn lost(&self) -> i64 {
        self.losses.iter().map(|one| one.records).sum()
    }

    /// Whether something stops or is lost, which is asked about.
    pub(crate) fn is_loss(&self) -> bool {
        !self.losses.is_empty() || !self.stops.is_empty()
    }

    /// Without names, which are added later.
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
        let visibility_change = |(id, (records, clients)): (ProviderId, (i64, i64))| {
            (clients > 0).then(|| VisibilityChange {
                recipient_id: id,
                recipient: String::new(),
                recipient_name: String::new(),
                records,
                clients,
            })
        };
        Effect {
            gains: change.iter().filter_map(|(id, [gained, _])| visibility_change((*id, *gained))).collect(),
            losses: change.iter().filter_map(|(id, [_, lost])| visibility_change((*id, *lost))).collect(),
            stops: Vec::new(),
        }
    }

    /// The same for single records, so that what is gained does not make up for what is lost.
    pub(crate) fn between_records(before: &Seen, after: &Seen) -> Self {
        let only_in = |seen: &Seen, other: &Seen| {
            let mut visible = Visible::new();
            for ((recipient, _), client) in seen.iter().filter(|(key, _)| !other.contains_key(key)) {
                *visible.entry((*recipient, *client)).or_default() += 1;
            }
            visible
        };
        Effect {
            gains: Effect::between(&Visible::new(), &only_in(after, before)).gains,
            losses: Effect::between(&only_in(before, after), &Visible::new()).losses,
            stops: Vec::new(),
        }
    }

    /// Whole sentences, each with a space before it; nothing where all see what they saw and nothing stops.
    pub(crate) fn words(&self) -> String {
        let say = |verb: &'static str| move |one: &VisibilityChange| format!(" {}.", one.words(verb));
        let gains = self.gains.iter().map(say("gains"));
        let losses = self.losses.iter().map(say("loses"));
        gains.chain(losses).chain([stop::words(&self.stops)]).collect()
    }
}

impl VisibilityChange {
    /// Without a full stop.
    pub(crate) fn words(&self, verb: &str) -> String {
        let records = counted(self.records, "record", "records");
        let clients = counted(self.clients, "client", "clients");
        format!("`{}` {verb} access to {records} of {clients}", self.recipient_name)
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
        let counts = |list: &[VisibilityChange]| {
            list.iter().map(|one| (one.recipient_id, one.records, one.clients)).collect::<Vec<_>>()
        };
        assert_eq!(counts(&effect.gains), [(provider(1), 5, 1)]);
        assert_eq!(counts(&effect.losses), [(provider(1), 4, 2)]);
    }
}
