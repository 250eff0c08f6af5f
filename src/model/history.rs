//! What became of a thing, step by step: one line for each field that a change touched. It is what the audit trail holds, without
//! looks and without what only follows from another field.

use serde_json::Value;

use super::audit::Link;
use crate::model::prelude::*;

view! {
    /// A line of a history.
    pub(crate) struct HistoryLine("step", |line| &line.action) {
        at: DateTime<Utc> => Instant,
        by: String => Login,
        /// The login of the admin who used that account.
        acted_by: Option<String> => Login(rank 3),
        /// As the audit trail calls it, such as `referral.assign`.
        action: String => Code,
        /// The code, login or number of what was changed.
        on: String => Code(rank 1),
        /// The field that changed, or the provider whose offer did; none where a thing began or ended.
        field: Option<String> => Text,
        from: Option<String> => Text,
        to: Option<String> => Text,
        reason: Option<String> => Text(rank 2),
    }
}

/// Fields that follow from others of the same entry, or from the time of it.
const DERIVED: [&str; 13] = [
    "amended_by",
    "recalled_by",
    "visits",
    "weeks",
    "differs_from_offer",
    "package",
    "package_reference",
    "package_status",
    "offered_start",
    "offered_duration_minutes",
    "active_releases",
    "reason",
    "offers",
];

impl HistoryLine {
    /// The lines of an entry; none of a look, or of an alert that was sent.
    pub(crate) fn of(link: &Link) -> Vec<HistoryLine> {
        let entry = link.view();
        if let Some(("alert", _) | (_, "read")) = entry.action.split_once('.') {
            return Vec::new();
        }
        let whole = HistoryLine {
            at: entry.at,
            by: entry.by,
            acted_by: entry.acted_by,
            action: entry.action,
            on: entry.on,
            field: None,
            from: None,
            to: None,
            reason: None,
        };
        match (&entry.before, &entry.after) {
            (Some(before), Some(after)) => whole.changes(before, after),
            (before, after) => {
                let status =
                    |state: &Option<Value>| state.as_ref().and_then(|state| text_of(state.get("status")));
                vec![HistoryLine { from: status(before), to: status(after), ..whole }]
            }
        }
    }

    /// What became of its field, in words: `status pending → accepted`; none of a line about a whole.
    pub(crate) fn change(&self) -> Option<String> {
        let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        let field = self.field.as_ref()?.replace('_', " ");
        Some(format!("{field} {} → {}", word(&self.from), word(&self.to)))
    }

    /// With the instants among its values as a hub reads them.
    pub(crate) fn in_zone(self, zone: Zone) -> HistoryLine {
        HistoryLine { from: zone.local_value(self.from), to: zone.local_value(self.to), ..self }
    }

    /// One line for each field, and for the offer of each provider, that differs.
    fn changes(self, before: &Value, after: &Value) -> Vec<HistoryLine> {
        let mut lines = Vec::new();
        let reason = text_of(after.get("reason"));
        for (field, to) in after.as_object().into_iter().flatten() {
            let from = before.get(field);
            if from != Some(to) && !is_derived(field) {
                let (from, to) = (text_of(from), text_of(Some(to)));
                let field = Some(field.clone());
                lines.push(HistoryLine { field, from, to, reason: reason.clone(), ..self.clone() });
            }
        }
        lines.extend(self.answers(before, after));
        lines
    }

    /// What became of the offers of a package.
    fn answers(&self, before: &Value, after: &Value) -> Vec<HistoryLine> {
        let status = |offer: Option<&Value>| text_of(offer.and_then(|offer| offer.get("status")));
        let line = |provider: &Value, from: Option<&Value>, to: Option<&Value>| {
            let (was, is) = (status(from), status(to));
            (was != is).then(|| HistoryLine {
                field: text_of(Some(provider)),
                from: was,
                to: is,
                reason: text_of(to.and_then(|offer| offer.get("reason"))),
                ..self.clone()
            })
        };
        let (was, is) = (offers(before), offers(after));
        let of = |all: &[(&Value, &Value)], provider: &Value| -> Option<Value> {
            all.iter().find(|(known, _)| *known == provider).map(|(_, offer)| (*offer).clone())
        };
        let gone = was.iter().filter(|(provider, _)| of(&is, provider).is_none());
        let gone = gone.filter_map(|(provider, offer)| line(provider, Some(offer), None));
        let stay = is
            .iter()
            .filter_map(|(provider, offer)| line(provider, of(&was, provider).as_ref(), Some(offer)));
        stay.chain(gone).collect()
    }
}

/// The offers of a package with their providers.
fn offers(package: &Value) -> Vec<(&Value, &Value)> {
    let all = package.get("offers").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|offer| Some((offer.get("provider")?, offer))).collect()
}

fn is_derived(field: &str) -> bool {
    // The name of a thing stands beside its code, and an instant is that of the entry.
    DERIVED.contains(&field) || field.ends_with("_name") || field.ends_with("_at")
}

fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.is_empty() => None,
        other => Some(list_words(other).unwrap_or_else(|| other.to_string())),
    }
}

/// None of what is no list, or of one with something that has no words.
fn list_words(value: &Value) -> Option<String> {
    let words: Option<Vec<String>> = value.as_array()?.iter().map(words_of).collect();
    Some(words?.join(", "))
}

/// One of a list in words: its label, or its code and name, with what is true of it, such as `Done (closed)`. None if it has neither.
fn words_of(item: &Value) -> Option<String> {
    if let Value::String(text) = item {
        return Some(text.clone());
    }
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    let mut words: Vec<String> = match text("label") {
        Some(label) => vec![label.to_owned()],
        None => [text("code"), text("name")].into_iter().flatten().map(str::to_owned).collect(),
    };
    let flags = item.as_object().into_iter().flatten().filter(|(_, value)| **value == Value::Bool(true));
    words.extend(flags.map(|(key, _)| format!("({})", key.replace('_', " "))));
    (!words.is_empty()).then(|| words.join(" "))
}
