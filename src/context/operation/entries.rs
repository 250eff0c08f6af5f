//! What the audit trail says of a thing that is put back: from what it is now to what it becomes. Others may have changed other
//! parts of it since, such as one more permission of an account.

use serde_json::{Map, Value};

use crate::context::{Audited, Tx};
use crate::error::Result;
use crate::model::audit::Link;
use crate::model::operation::{Verdict, undo_action, verdict};
use crate::store::audit;

type Fields = Map<String, Value>;

/// Fields that tell things under one name apart.
const KEYS: [&str; 5] = ["client", "owner", "provider", "recipient", "type"];

/// The entry for what one entry tells, taken back after entry `last`; none of a look.
pub(super) fn entry_back(tx: &mut Tx<'_>, link: &Link, last: i64) -> Result<Option<Audited>> {
    let entry = &link.entry;
    if entry.action == "operation.undo" || verdict(&entry.action) == Verdict::Look {
        return Ok(None);
    }
    let (was, is) = (fields(entry.before.as_deref()), fields(entry.after.as_deref()));
    let subject = subject_after(entry.subject.clone(), was.as_ref(), is.as_ref());
    let now = match is {
        Some(is) => Some((now(tx, link, &is, last)?, is)),
        None => None,
    };
    let (before, after) = match (now, was) {
        (Some((now, is)), Some(was)) => {
            let after = put_back(&now, &was, &is);
            (Some(now), Some(after))
        }
        (Some((now, _)), None) => (Some(now), None),
        (None, was) => (None, was),
    };
    let text = |fields: Option<Fields>| fields.map(|fields| Value::Object(fields).to_string());
    Ok(Some(Audited::back_as(undo_action(&entry.action), subject, text(before), text(after))))
}

/// The thing as the entry left it, with what later entries have changed of it.
fn now(tx: &mut Tx<'_>, link: &Link, is: &Fields, last: i64) -> Result<Fields> {
    let filter = audit::Filter {
        on: Some(&link.entry.subject),
        numbers: (Some(last.saturating_add(1)), None),
        ..audit::Filter::default()
    };
    let noun = |action: &str| action.split('.').next().map(str::to_owned);
    let mut later = audit::list(tx, &filter, i64::MAX)?;
    later.reverse();
    let mut now = is.clone();
    for one in later.iter().filter(|one| noun(&one.entry.action) == noun(&link.entry.action)) {
        let Some(after) = fields(one.entry.after.as_deref()) else { continue };
        if is_same_thing(&now, &after) {
            for (key, value) in after {
                if let Some(known) = now.get_mut(&key) {
                    *known = value;
                }
            }
        }
    }
    Ok(now)
}

/// Whether both are of one sort, and one thing.
fn is_same_thing(one: &Fields, other: &Fields) -> bool {
    let holds = |one: &Fields, other: &Fields| other.keys().all(|key| one.contains_key(key));
    (holds(one, other) || holds(other, one)) && KEYS.iter().all(|key| one.get(*key) == other.get(*key))
}

/// What differs by the entry is as it was; of a list that was changed otherwise since, what it added goes, and what it took away
/// comes back.
fn put_back(now: &Fields, was: &Fields, is: &Fields) -> Fields {
    let mut after = now.clone();
    for (key, value) in was {
        let (left, now) = (is.get(key), now.get(key));
        if left == Some(value) {
            continue;
        }
        let back = match (now, left, value) {
            (Some(Value::Array(now)), Some(Value::Array(left)), Value::Array(was))
                if now != left && now.iter().all(Value::is_string) =>
            {
                let stays = |one: &&Value| was.contains(one) || !left.contains(one);
                let mut list: Vec<Value> = now.iter().filter(stays).cloned().collect();
                list.extend(was.iter().filter(|one| !left.contains(one) && !now.contains(one)).cloned());
                Value::Array(list)
            }
            _ => value.clone(),
        };
        after.insert(key.clone(), back);
    }
    after
}

/// What a thing that got another name is called under which the entry stands: what it was called before, or is afterwards.
fn subject_after(subject: String, before: Option<&Fields>, after: Option<&Fields>) -> String {
    let text = |view: Option<&Fields>, key: &str| -> Option<String> {
        view?.get(key).and_then(Value::as_str).map(str::to_owned)
    };
    if ["code", "login"].iter().any(|key| text(after, key).is_some()) {
        return subject;
    }
    for key in ["number", "name"] {
        match (text(before, key), text(after, key)) {
            (Some(was), Some(is)) if was != is && subject == is => return was,
            (Some(was), Some(is)) if was != is && subject == was => return is,
            _ => {}
        }
    }
    subject
}

fn fields(text: Option<&str>) -> Option<Fields> {
    serde_json::from_str(text?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(view: Value) -> Fields {
        view.as_object().cloned().unwrap_or_default()
    }

    // Rule 7.44.
    #[test]
    fn what_others_have_changed_since_stays() {
        let was = of(json!({"login": "ines", "permissions": ["a"], "level": "x", "email": null}));
        let is = of(json!({"login": "ines", "permissions": ["a", "b"], "level": "x", "email": null}));
        let now = of(json!({"login": "ines", "permissions": ["b", "c"], "level": "x", "email": "i"}));
        let after = of(json!({"login": "ines", "permissions": ["c"], "level": "x", "email": "i"}));
        assert_eq!(put_back(&now, &was, &is), after);
        assert_eq!(put_back(&is, &was, &is), was);
    }
}
