//! `resource find` among 50,000 resources, against the sqlite3 shell that looks at the names and descriptions of all of them.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::pair::{caredesk, compare, has_shell, whole};
use crate::town::Town;

const PAIRS: usize = 20;
const RESOURCES: usize = 50_000;
/// Of one provider.
const SERVICES: usize = 4;

/// The first are frequent, the last rare.
const WORDS: [&str; 16] = [
    "care", "food", "home", "meals", "transport", "housing", "pantry", "counselling", "shower", "laundry",
    "dentist", "glasses", "piano", "kayak", "falconry", "tuba",
];

/// What is asked for, and where the shell looks for it.
const QUESTIONS: [(&str, &[&str], &str); 5] = [
    ("a word", &["food"], "name LIKE '%food%' OR description LIKE '%food%'"),
    ("two words", &["home pantry"], "description LIKE '%home%' AND description LIKE '%pantry%'"),
    (
        "a word, the nearest first",
        &["food", "--near", "P77"],
        "name LIKE '%food%' OR description LIKE '%food%'",
    ),
    ("the nearest", &["--near", "P77"], "TRUE"),
    ("a category", &["--category", "K-03"], "name LIKE '%meals%'"),
];

pub(crate) fn run() {
    if !has_shell() {
        return;
    }
    let town = Town::new();
    let database = town.empty("find.db");
    let catalogue = town.path("catalogue.json");
    fs::write(&catalogue, services()).expect("a file");
    whole(caredesk(&database).args(["provider", "import"]).arg(&catalogue));
    for (what, question, condition) in QUESTIONS {
        let sql = format!("SELECT code, name FROM resource WHERE {condition} ORDER BY name LIMIT 20");
        compare(
            &format!("resource find among 50,000, {what} / sqlite3 shell reading all"),
            1.0,
            PAIRS,
            |_| whole(caredesk(&database).args(["resource", "find", "--limit", "20"]).args(question)),
            |_| whole(Command::new("sqlite3").arg(&database).arg(&sql)),
        );
    }
}

/// A directory in HSDS 3, whose descriptions have some forty words each.
fn services() -> String {
    let mut text = String::from("[");
    for provider in 0..RESOURCES / SERVICES {
        let comma = if provider == 0 { "" } else { "," };
        write!(text, r#"{comma}{{"id": "o{provider}", "name": "Organisation {provider}", "services": ["#)
            .expect("a text");
        for one in 0..SERVICES {
            let comma = if one == 0 { "" } else { "," };
            write!(text, "{comma}{}", service(provider * SERVICES + one)).expect("a text");
        }
        text.push_str("]}");
    }
    text.push(']');
    text
}

fn service(number: usize) -> String {
    let word = |at: usize| WORDS[(number * 31 + at * 17) % (1 + (number + at * 7) % WORDS.len())];
    let description: Vec<String> =
        (0..20).map(|at| format!("{} w{}", word(at), number * 7919 * (at + 1) % 30_011)).collect();
    let place = format!(
        r#"{{"location": {{"id": "l{number}", "latitude": {}, "longitude": {},
            "addresses": [{{"address_1": "{number} Road", "city": "Salton", "postal_code": "P{}"}}]}}}}"#,
        50.0 + (number % 997) as f64 / 300.0,
        (number % 1_009) as f64 / 300.0 - 2.0,
        number % 500,
    );
    format!(
        r#"{{"id": "s{number}", "name": "{} {number}", "description": "{}", "service_at_locations": [{place}],
            "attributes": [{{"taxonomy_term": {{"code": "K-{:02}", "name": "Kind {}"}}}}]}}"#,
        word(0),
        description.join(" "),
        number % 40,
        number % 40,
    )
}
