//! What was acknowledged, against what is recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::world::{Answer, Engine, World};

/// A run of the program: who asked for what, when, and what it came to.
pub struct Told {
    pub login: String,
    pub line: String,
    pub key: Option<String>,
    pub begun: Duration,
    pub ended: Duration,
    pub answer: Answer,
    /// How many transactions it says to have committed, one after the other.
    pub changes: usize,
    /// Whether these are one.
    pub is_together: bool,
}

impl Told {
    pub fn lasted(&self) -> Duration {
        self.ended.saturating_sub(self.begun)
    }
}

/// A change that is recorded, by its last entry.
struct Recorded {
    entry: i64,
    actor: String,
    action: String,
    key: String,
}

/// How many changes an answer tells of; none of what is no change.
pub fn changes(line: &str, stdout: &str) -> usize {
    let values = serde_json::Deserializer::from_str(stdout).into_iter::<Value>().map_while(Result::ok);
    let is_batch = line.starts_with("batch ");
    values.map(|value| changes_of(is_batch, &value)).sum()
}

fn changes_of(is_batch: bool, value: &Value) -> usize {
    let has_changed = |value: &Value| {
        let result = value["result"].as_str();
        result.is_some_and(|result| result != "unchanged") && value.get("dry_run").is_none()
    };
    match value {
        Value::Array(values) if is_batch => values.iter().filter(|value| has_changed(value)).count(),
        Value::Array(values) => usize::from(values.iter().any(has_changed)),
        // `apply` is as many commands as it names.
        value if has_changed(value) && value["commands"].is_array() => {
            value["commands"].as_array().map_or(0, Vec::len)
        }
        // An import has a code if it changed something.
        value if value.get("rejected").is_some() && value.get("import").is_some() => {
            usize::from(value["import"].is_string())
        }
        value => usize::from(has_changed(value)),
    }
}

/// What looks are recorded, and what sends in several steps, beside the changes that were asked for.
fn is_beside(action: &str) -> bool {
    let looks = [
        "account.sees", "client.export", "database.backup", "database.copy", "database.verify",
        "release.document",
    ];
    let sends = ["alert.again", "alert.derive", "alert.send"];
    looks.contains(&action)
        || sends.contains(&action)
        || action
            .split_once('.')
            .is_some_and(|(noun, verb)| noun == "export" || ["read", "pdf", "form"].contains(&verb))
}

pub fn digest(key: &str) -> String {
    Sha256::digest(key).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn recorded(world: &World) -> Vec<Recorded> {
    let key = match world.engine() {
        Engine::Sqlite => "lower(hex(key_digest))",
        Engine::Postgres => "encode(key_digest, 'hex')",
    };
    let rows = world.sql(&format!(
        "SELECT operation_key.entry, audit.actor, audit.action, {key} FROM operation_key
        JOIN audit ON audit.sequence = operation_key.entry ORDER BY operation_key.entry"
    ));
    let read = |row: Vec<Option<String>>| {
        let [entry, actor, action, key] = <[_; 4]>::try_from(row).unwrap().map(Option::unwrap);
        Recorded { entry: entry.parse().unwrap(), actor, action, key }
    };
    rows.into_iter().map(read).collect()
}

/// Each change that was acknowledged is in the trail once, in the order in which it was, and nothing else is. Returns how many.
pub fn must_agree(world: &World, told: &[Told]) -> usize {
    let recorded = recorded(world);
    must_be_all(world, &recorded);
    let given: BTreeSet<String> = told.iter().filter_map(|told| told.key.as_deref()).map(digest).collect();
    let mut by_actor: BTreeMap<String, Vec<(usize, Recorded)>> = BTreeMap::new();
    for (place, one) in recorded.into_iter().enumerate().filter(|(_, one)| !is_beside(&one.action)) {
        by_actor.entry(one.actor.clone()).or_default().push((place, one));
    }
    by_actor.remove("admin");
    let mut of_login: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
    for one in told.iter().filter(|told| told.changes > 0) {
        of_login.entry(&one.login).or_default().push(one);
    }
    let (mut count, mut spans) = (0, Vec::new());
    for (login, told) in &mut of_login {
        told.sort_by_key(|told| told.begun);
        let rows = by_actor.remove(*login).unwrap_or_default();
        let mut next = rows.iter();
        let wrong = |why: &str| -> ! {
            let told: Vec<_> = told.iter().map(|told| (told.changes, &told.line)).collect();
            panic!("{why}: {login} was told {told:#?}\nand it is recorded {rows:#?}");
        };
        for one in told.iter() {
            let mine: Vec<&(usize, Recorded)> = next.by_ref().take(one.changes).collect();
            if mine.len() < one.changes {
                wrong(&format!("acknowledged, and lost: {}", shown(one)));
            }
            if let Err(why) = is_its(one, &mine, &given) {
                wrong(&format!("{why}: {}", shown(one)));
            }
            spans.push((one.begun, one.ended, mine[0].1.entry, mine[mine.len() - 1].1.entry));
            count += one.changes;
        }
        if next.next().is_some() {
            wrong("not asked for");
        }
    }
    assert!(by_actor.is_empty(), "not asked for: {by_actor:#?}");
    must_be_one_order(spans);
    count
}

fn is_its(told: &Told, mine: &[&(usize, Recorded)], given: &BTreeSet<String>) -> Result<(), &'static str> {
    let keys: Vec<&str> = mine.iter().map(|(_, one)| one.key.as_str()).collect();
    let is_own = match told.key.as_deref().map(digest) {
        Some(key) if !told.is_together => keys == [key],
        _ => !keys.iter().any(|key| given.contains(*key)),
    };
    if !is_own {
        return Err("under another key");
    }
    let is_one = mine.windows(2).all(|two| two[0].0 + 1 == two[1].0);
    if told.is_together && !is_one { Err("another was between") } else { Ok(()) }
}

impl std::fmt::Debug for Recorded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.entry, self.actor, self.action)
    }
}

/// Each entry belongs to a change, which is of one actor.
fn must_be_all(world: &World, recorded: &[Recorded]) {
    let entries = world.sql("SELECT sequence, actor, action FROM audit ORDER BY sequence");
    let mut changes = recorded.iter().peekable();
    for (number, row) in (1_i64..).zip(entries) {
        let [sequence, actor, action] = <[_; 3]>::try_from(row).unwrap().map(Option::unwrap);
        assert_eq!(sequence, number.to_string(), "the numbers have a gap");
        while changes.peek().is_some_and(|change| change.entry < number) {
            changes.next();
        }
        let of = changes.peek().unwrap_or_else(|| panic!("entry {number}, {action}, is of no change"));
        assert_eq!(of.actor, actor, "entry {number}, {action}, is of another's change: {of:?}");
    }
}

/// What had ended before another began stands before it.
fn must_be_one_order(mut spans: Vec<(Duration, Duration, i64, i64)>) {
    spans.sort_unstable();
    let mut ends: Vec<(Duration, i64)> = spans.iter().map(|(_, ended, _, last)| (*ended, *last)).collect();
    ends.sort_unstable();
    let (mut ends, mut newest) = (ends.into_iter().peekable(), 0);
    for (begun, _, first, _) in spans {
        while let Some((_, last)) = ends.next_if(|(ended, _)| *ended < begun) {
            newest = newest.max(last);
        }
        assert!(first > newest, "entry {first} stands before {newest}, which had ended when it began");
    }
}

pub fn shown(told: &Told) -> String {
    let Told { login, line, key, answer, .. } = told;
    format!(
        "{login}: $ caredesk {line} (key {key:?})\n{}{}[exit {}]",
        answer.stdout, answer.stderr, answer.status
    )
}
