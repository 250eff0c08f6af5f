//! What the audit trail says of a thing that is put back: from what it is now to what it becomes. Others may have changed other
//! parts of it since, such as one more permission of an account.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::context::Tx;
use crate::error::Result;
use crate::model::audit::{Link, noun_of};
use crate::model::operation::person::{is_client, is_contact};
use crate::model::operation::{Verdict, verdict};

use super::links_behind;

type Fields = Map<String, Value>;

/// Fields that tell things under one name apart.
const KEYS: [&str; 5] = ["client", "owner", "provider", "recipient", "type"];

/// One entry the other way round, from what the thing is after entry `last`; none of a look.
pub(super) fn entry_back(tx: &mut Tx<'_>, link: &Link, last: i64) -> Result<Option<Link>> {
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
    let mut back = link.clone();
    back.entry.subject = subject;
    back.entry.before = text(before);
    back.entry.after = text(after);
    Ok(Some(back))
}

/// The thing as the entry left it, with what later entries have changed of it. A person is taken back only as the entry left it.
fn now(tx: &mut Tx<'_>, link: &Link, is: &Fields, last: i64) -> Result<Fields> {
    let mut now = is.clone();
    let view = Value::Object(is.clone());
    if is_client(&view) || is_contact(&view) {
        return Ok(now);
    }
    for one in later(tx, link, last)? {
        let [before, after] = [&one.entry.before, &one.entry.after].map(|view| fields(view.as_deref()));
        let Some(after) = after else { continue };
        if is_same_thing(&now, &after) && name_of(&now) == name_of(before.as_ref().unwrap_or(&after)) {
            for (key, value) in after {
                if let Some(known) = now.get_mut(&key) {
                    *known = value;
                }
            }
        }
    }
    Ok(now)
}

/// The entries behind entry `last` on what this entry is on, also under names that it had in between, in order.
fn later(tx: &mut Tx<'_>, link: &Link, last: i64) -> Result<impl Iterator<Item = Link>> {
    let mut found = BTreeMap::new();
    let (mut open, mut seen) = (vec![link.entry.subject.clone()], BTreeSet::new());
    while let Some(name) = open.pop() {
        for one in links_behind(tx, noun_of(&link.entry.action), &name, last)? {
            let views = [one.entry.before.as_deref(), one.entry.after.as_deref()].map(fields);
            let names = views.iter().flatten().filter_map(name_of);
            open.extend(names.filter(|other| *other != name && !seen.contains(*other)).map(str::to_owned));
            found.insert(one.sequence, one);
        }
        seen.insert(name);
    }
    Ok(found.into_values())
}

/// The name under which the entries of a thing stand that has neither a code nor a login.
fn name_of(view: &Fields) -> Option<&str> {
    let text = |key: &str| view.get(key).and_then(Value::as_str);
    if ["code", "login"].iter().any(|key| text(key).is_some()) {
        return None;
    }
    text("number").or_else(|| text("name"))
}

/// Whether both are of one sort, and one thing.
fn is_same_thing(one: &Fields, other: &Fields) -> bool {
    let holds = |one: &Fields, other: &Fields| other.keys().all(|key| one.contains_key(key));
    (holds(one, other) || holds(other, one)) && KEYS.iter().all(|key| one.get(*key) == other.get(*key))
}

/// What differs by the entry is as it was.
fn put_back(now: &Fields, was: &Fields, is: &Fields) -> Fields {
    let mut after = now.clone();
    for (key, value) in was {
        let (left, now) = (is.get(key), now.get(key));
        if left == Some(value) {
            continue;
        }
        let back = match (now, left, value) {
            (Some(Value::Array(now)), Some(Value::Array(left)), Value::Array(was)) if now != left => {
                Value::Array(list_back(now, was, left))
            }
            _ => value.clone(),
        };
        after.insert(key.clone(), back);
    }
    after
}

/// Of a list that was changed otherwise since, what the entry added goes, and what it took away or changed is as it was.
fn list_back(now: &[Value], was: &[Value], left: &[Value]) -> Vec<Value> {
    // A thing with a code is the same whatever else of it has changed.
    let key = |one: &Value| one.get("code").unwrap_or(one).clone();
    let of = |all: &[Value], one: &Value| all.iter().find(|other| key(other) == key(one)).cloned();
    let back = |one: &Value| match (of(was, one), of(left, one)) {
        (Some(was), Some(left)) if was != left => Some(was),
        (None, Some(_)) => None,
        _ => Some(one.clone()),
    };
    let gone = was.iter().filter(|one| of(left, one).is_none() && of(now, one).is_none());
    now.iter().filter_map(back).chain(gone.cloned()).collect()
}

/// What a thing that got another name is called under which the entry stands: what it was called before, or is afterwards.
fn subject_after(subject: String, before: Option<&Fields>, after: Option<&Fields>) -> String {
    match (before.and_then(name_of), after.and_then(name_of)) {
        (Some(was), Some(is)) if was != is && subject == is => was.to_owned(),
        (Some(was), Some(is)) if was != is && subject == was => is.to_owned(),
        _ => subject,
    }
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

    // Rule 7.44.
    #[test]
    fn things_with_a_code_in_a_list_are_the_same_whatever_else_has_changed_of_them() {
        let one = |code: &str, state: &str| json!({"code": code, "state": state});
        let was = [one("A", "active"), one("B", "active")];
        let left = [one("A", "closed"), one("C", "active")];
        let now = [one("D", "active"), one("C", "closed"), one("A", "closed")];
        assert_eq!(
            list_back(&now, &was, &left),
            [one("D", "active"), one("A", "active"), one("B", "active")]
        );
    }
}
