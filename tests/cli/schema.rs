//! `schema`: whatever JSON any test gets from a command is checked against the schema of its noun, for codes where its
//! keys promise them, and for being JSON at all.

use std::collections::HashMap;
use std::process::Command;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::world::Answer;

pub const NOUNS: [&str; 38] = [
    "account", "alert", "apply", "audit", "batch", "capacity", "category", "client", "config", "contact",
    "contract", "database", "diff", "disclosure", "doctor", "events", "export", "find", "hub", "import",
    "init", "offer", "operation", "outsource", "package", "provider", "queue", "record", "referral",
    "release", "report", "resource", "schedule", "sharing", "undo", "version", "visit", "whoami",
];

/// Commands that print other things than the views of a noun, and words that make a command do so.
const OTHERS: [&str; 6] = ["completions", "demo", "help", "man", "schema", "shell"];
const NO_VIEW: [&str; 8] = ["-q", "--quiet", "-h", "--help", "-V", "--version", "-", "--out"];

/// Verbs that without `--out`, which is among those too, write a document of another form.
const DOCUMENTS: [&str; 2] = ["seal", "fhir"];

/// Exit statuses and the kinds of error that have them.
const KINDS: [(i32, &str); 12] = [
    (1, "internal"),
    (2, "usage"),
    (3, "not_found"),
    (4, "refused"),
    (5, "invalid"),
    (6, "denied"),
    (7, "busy"),
    (8, "environment"),
    (9, "partial"),
    (10, "cancelled"),
    (11, "would_change"),
    (130, "interrupted"),
];

/// Rows of a long list that are checked.
const ROWS: usize = 20;

/// Fails where the command should have printed JSON and did not, or JSON that its schema does not know. `variable` is
/// `CAREDESK_OUTPUT`.
pub fn check(arguments: &[&str], variable: Option<&str>, answer: &Answer) {
    let Some(format) = format(arguments, variable).filter(|format| ["json", "jsonl"].contains(&&**format))
    else {
        return;
    };
    // A seal and a Bundle are documents of their own.
    if arguments.iter().any(|word| DOCUMENTS.contains(word)) {
        return;
    }
    let noun = arguments.iter().find(|word| NOUNS.contains(word) || OTHERS.contains(word));
    if arguments.iter().any(|word| NO_VIEW.contains(word)) || noun.is_none_or(|noun| OTHERS.contains(noun)) {
        return;
    }
    let command = arguments.join(" ");
    if answer.stdout.is_empty() && answer.status != 0 {
        return assert!(is_error(answer), "`caredesk {command}` failed without an error in JSON: {answer:?}");
    }
    let printed = printed(&format, &answer.stdout)
        .unwrap_or_else(|error| panic!("`caredesk {command}` printed no JSON, {error}:\n{}", answer.stdout));
    if arguments.iter().any(|word| word.starts_with("--columns")) {
        return;
    }
    let noun = noun.unwrap();
    let validator = validator(noun);
    assert!(
        printed.iter().any(|values| values.iter().all(|value| validator.is_valid(value))),
        "`caredesk schema {noun}` does not know what `caredesk {command}` printed:\n{}",
        answer.stdout
    );
    let wrong: Vec<String> = printed.iter().flatten().flat_map(wrong_keys).collect();
    assert!(wrong.is_empty(), "`caredesk {command}` breaks rule 5.9: {wrong:?}");
}

/// Whether the last line of stderr is the one error, of the kind that its exit status says.
fn is_error(answer: &Answer) -> bool {
    let last = answer.stderr.lines().last().unwrap_or_default();
    let error = serde_json::from_str::<Value>(last).unwrap_or_default()["error"].take();
    let keys: Vec<&str> =
        error.as_object().into_iter().flat_map(|error| error.keys()).map(String::as_str).collect();
    let kind = KINDS.iter().find(|(status, _)| *status == answer.status);
    keys == ["kind", "code", "message", "hint", "details"]
        && kind.is_some_and(|(_, kind)| error["kind"] == *kind)
}

/// Keys that name a thing, the prefix of the code that each holds, and whether its name stands beside it.
const NAMING_KEYS: [(&str, &str, bool); 9] = [
    ("provider", "PRV-", true),
    ("owner", "PRV-", true),
    ("recipient", "PRV-", true),
    ("accepted_by", "PRV-", true),
    ("resource", "RES-", true),
    ("client", "CLI-", true),
    ("contract", "CTR-", true),
    ("referral", "REF-", false),
    ("package", "PKG-", false),
];

/// Keys of an instant and of a date that are called as in the formats of the field (iCalendar, FHIR), and the one
/// of the fixed keys of a referral.
const OTHER_TIMES: [(&str, &str); 4] = [
    ("start", "date-time"),
    ("offered_start", "date-time"),
    ("birth_date", "date"),
    ("contact_date", "date"),
];

/// The keys, at any depth of a schema, that hold an instant or a date and are not called as one.
fn wrong_times(schema: &Value) -> Vec<String> {
    let own = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let own = own.filter(|(key, property)| match property["format"].as_str() {
        Some(format) if OTHER_TIMES.contains(&(key, format)) => false,
        Some("date-time") => *key != "at" && !key.ends_with("_at"),
        Some("date") => !key.ends_with("_on"),
        _ => key.ends_with("_at") || key.ends_with("_on"),
    });
    let own = own.map(|(key, _)| key.clone());
    let parts: Vec<&Value> = match schema {
        Value::Array(parts) => parts.iter().collect(),
        Value::Object(parts) => parts.values().collect(),
        _ => Vec::new(),
    };
    own.chain(parts.into_iter().flat_map(wrong_times)).collect()
}

// Rule 5.9.
#[test]
fn instants_are_called_at_and_dates_on() {
    for noun in NOUNS {
        assert!(wrong_times(&document(noun)).is_empty(), "{noun}: {:?}", wrong_times(&document(noun)));
    }
    let instant = json!({"type": "string", "format": "date-time"});
    let wrong =
        json!({"properties": {"at": instant, "set_at": instant, "until": instant, "set_on": instant}});
    assert_eq!(wrong_times(&wrong), ["until", "set_on"]);
}

/// The keys, at any depth, that hold another thing than rule 5.9 says.
fn wrong_keys(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(wrong_keys).collect(),
        Value::Object(object) => {
            // The eight keys of a referral, as a portal account sees it without the contact, are fixed (rule 2.7).
            let is_fixed = object.contains_key("contact_name") && !object.contains_key("client");
            // The answer to a key that was used before has what it names, and nothing else of it.
            let is_repeated = object.contains_key("repeated");
            let own = NAMING_KEYS.into_iter().filter(|(key, prefix, is_named)| match object.get(*key) {
                _ if is_fixed => false,
                None => object.contains_key(&format!("{key}_name")),
                Some(value) => {
                    value.as_str().is_some_and(|code| !code.starts_with(prefix))
                        || *is_named && !is_repeated && !object.contains_key(&format!("{key}_name"))
                }
            });
            // The keys of this one are the names that a file gives its columns.
            let below = object.iter().filter(|(key, _)| *key != "not_kept").map(|(_, value)| value);
            own.map(|(key, ..)| key.to_owned()).chain(below.flat_map(wrong_keys)).collect()
        }
        _ => Vec::new(),
    }
}

// Rule 5.9.
#[test]
fn a_key_that_holds_a_name_for_a_code_is_noticed() {
    let offer = json!([{"offers": [{"provider": "PRV-00000A", "provider_name": "Acme Care"}]}]);
    assert!(wrong_keys(&offer).is_empty());
    let request = json!({"client": "CLI-00000A", "recipient": "PRV-00000A", "recipient_name": "Acme Care"});
    assert_eq!(wrong_keys(&request), ["client"]);
    for wrong in [
        json!({"provider": "Acme Care", "provider_name": "Acme Care"}),
        json!({"provider": "PRV-00000A"}),
        json!([{"resource_name": "Acme Care"}]),
        json!({"visits": [{"package": "winter"}]}),
        json!({"client": "CLI-00000A", "requested_by": "stan"}),
    ] {
        assert_eq!(wrong_keys(&wrong).len(), 1, "{wrong}");
    }
}

/// The format that the command line asks for, or else the environment.
fn format(arguments: &[&str], variable: Option<&str>) -> Option<String> {
    let joined = |word: &&str| word.strip_prefix("--output=").or(word.strip_prefix("-o")).map(str::to_owned);
    let spaced = arguments.windows(2).find(|pair| ["-o", "--output"].contains(&pair[0]));
    spaced
        .map(|pair| pair[1].to_owned())
        .or_else(|| arguments.iter().find_map(joined))
        .or_else(|| variable.map(str::to_owned))
}

/// What may have been printed: of JSON lines, a list, or several things, such as the rows of an import and their counts.
fn printed(format: &str, stdout: &str) -> serde_json::Result<Vec<Vec<Value>>> {
    if format == "json" {
        return Ok(vec![vec![shortened(serde_json::from_str(stdout)?)]]);
    }
    let lines: Vec<&str> = stdout.lines().collect();
    let last = lines.iter().skip(ROWS).next_back();
    let rows: Vec<Value> = lines
        .iter()
        .take(ROWS)
        .chain(last)
        .map(|line| serde_json::from_str(line))
        .collect::<Result<_, _>>()?;
    Ok(vec![vec![json!(rows)], rows])
}

fn shortened(mut value: Value) -> Value {
    if let Value::Array(rows) = &mut value {
        rows.truncate(ROWS);
    }
    value
}

/// The schema as the program prints it, read once.
fn validator(noun: &str) -> Arc<Validator> {
    static KNOWN: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let made = known.entry(noun.to_owned()).or_insert_with(|| {
        let validator = jsonschema::validator_for(&document(noun)).expect("a sound schema");
        Arc::new(validator)
    });
    Arc::clone(made)
}

fn document(noun: &str) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caredesk"));
    let output = command.args(["schema", noun]).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn every_noun_has_a_sound_schema() {
    for noun in NOUNS {
        let document = document(noun);
        assert_eq!(document["title"], format!("caredesk {noun}"));
        assert!(!validator(noun).is_valid(&json!({})), "{noun} is never an empty object");
    }
}

#[test]
fn a_key_too_many_or_too_few_is_noticed() {
    let category = json!([{"name": "Meals"}]);
    assert!(validator("category").is_valid(&category));
    for wrong in [json!([{"name": "Meals", "more": 1}]), json!([{}]), json!([{"name": 1}])] {
        assert!(!validator("category").is_valid(&wrong), "{wrong}");
    }
    let row = json!({"file": "a.csv", "row": 2, "place": null, "outcome": "created", "contract": "CTR-000001",
        "contract_name": "Frame", "changes": [], "reason": null});
    assert!(validator("contract").is_valid(&row));
    for (key, value) in [("client", json!("CLI-000001")), ("contract", json!(1)), ("outcome", json!("made"))]
    {
        let mut wrong = row.clone();
        wrong[key] = value;
        assert!(!validator("contract").is_valid(&wrong), "{wrong}");
    }
    let change = json!({"name": "Meals", "result": "created", "changes": []});
    assert!(validator("category").is_valid(&change));
    assert!(!validator("category").is_valid(&json!({"name": "Meals", "result": "made", "changes": []})));
}

#[test]
fn what_is_no_json_is_noticed() {
    let fails = |line: &str, stdout: &str, stderr: &str, status| {
        let answer = Answer { stdout: stdout.to_owned(), stderr: stderr.to_owned(), status };
        let arguments: Vec<&str> = line.split(' ').collect();
        std::panic::catch_unwind(|| check(&arguments, None, &answer)).is_err()
    };
    let error = |kind| {
        format!(
            "{{\"error\":{{\"kind\":\"{kind}\",\"code\":\"a.b\",\"message\":\"\",\"hint\":null,\"details\":{{}}}}}}\n"
        )
    };
    for (line, stdout, stderr, status) in [
        ("category list -o json", "[{\"name\":\"Meals\"}]", "", 0),
        ("category list -o jsonl", "{\"name\":\"Meals\"}\n", "", 0),
        ("category list -o jsonl", "", "", 0),
        ("category create Meals -o json", "", error("refused").as_str(), 4),
        ("category list", "NAME\nMeals\n", "", 0),
        ("category list -q -o json", "Meals\n", "", 0),
    ] {
        assert!(!fails(line, stdout, stderr, status), "{line}: {stdout}{stderr}");
    }
    for (line, stdout, stderr, status) in [
        ("category list -o json", "NAME\nMeals\n", "", 0),
        ("category list -o json", "", "", 0),
        ("category list -o json", "[{\"name\":1}]", "", 4),
        ("category list -o json --columns name", "Meals\n", "", 0),
        ("category list -o jsonl", "{\"name\":\"Meals\"}\nMeals\n", "", 0),
        ("category create Meals -o json", "", "error: no\n", 4),
        ("category create Meals -o json", "", error("denied").as_str(), 4),
        ("category create Meals -o json", "", "", 11),
    ] {
        assert!(fails(line, stdout, stderr, status), "{line}: {stdout}{stderr}");
    }
}
