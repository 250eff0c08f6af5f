//! The rules of the house as tests. Each failure names the place and says what to do.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by stopping")]

#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/excerpts.rs"]
mod excerpts;
#[path = "tidy/rules.rs"]
mod rules;
#[path = "tidy/visibility.rs"]
mod visibility;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Who may import whom. A layer may always import itself; `main` declares the others.
const LAYERS: &[(&str, &[&str])] = &[
    ("main", &["cli", "error", "output"]),
    ("cli", &["commands", "context", "db", "error", "file", "model", "output"]),
    ("commands", &["context", "error", "file", "id", "interchange", "model", "output", "mailer", "store"]),
    ("context", &["db", "error", "file", "id", "interchange", "model", "output", "store"]),
    ("interchange", &["error", "file", "model"]),
    ("output", &["error", "file", "model"]),
    ("store", &["db", "error", "id", "model"]),
    ("model", &["error", "id", "named"]),
    ("db", &["error", "file", "id", "named"]),
    ("mailer", &["error", "file"]),
    ("file", &["error"]),
    ("error", &[]),
    ("id", &[]),
    ("named", &[]),
];

/// Commands whose subject is the database itself.
const MAY_IMPORT_DB: &[&str] = &["commands::database", "commands::demo", "commands::diff", "commands::init"];

/// Commands that open a transaction of their own: reserving an alert and letting it go is neither seen nor audited, and
/// lies around the delivery, which is a step of the kit.
const MAY_WRITE: &[&str] = &["src/commands/alert/delivery.rs"];

/// Where a right is checked beside the kit: the grammar, for verbs that only read.
const MAY_REQUIRE: &[&str] =
    &["src/commands/doctor/mod.rs", "src/commands/events/mod.rs", "src/commands/mod.rs"];

const FILE_LINES: usize = 400;
const TEST_FILE_LINES: usize = 600;
const FUNCTION_LINES: usize = 60;

#[test]
fn files_stay_under_400_lines() {
    let long = sources().into_iter().filter(|source| source.text.lines().count() >= FILE_LINES);
    let found = long.map(|source| format!("{}: {} lines", source.path, source.text.lines().count()));
    report(found, "split the file by subject, into several files or a folder with mod.rs");
}

#[test]
fn test_files_stay_under_600_lines() {
    let tests = tree().into_iter().filter(|path| {
        ["tests/", "benches/"].iter().any(|folder| path.starts_with(folder))
            && Path::new(path).extension() == Some("rs".as_ref())
    });
    let lines = tests.map(|path| (read(&path).lines().count(), path));
    let long = lines.filter(|(lines, _)| *lines > TEST_FILE_LINES);
    report(
        long.map(|(lines, path)| format!("{path}: {lines} lines")),
        "split the file by verb or subject, as src/commands/ is, into a folder with mod.rs",
    );
}

#[test]
fn functions_stay_under_60_lines() {
    let found = sources().into_iter().flat_map(|source| {
        let long =
            functions(&source.code()).into_iter().filter(|function| function.lines() >= FUNCTION_LINES);
        long.map(|function| format!("{}:{}: fn {}", source.path, function.first, function.name))
            .collect::<Vec<_>>()
    });
    report(found, "split the function where its paragraphs are");
}

#[test]
fn only_output_prints() {
    let words = ["print!(", "println!(", "dbg!(", "stdout()", "stderr()"];
    report(uses(&words, &["output"]), "return the words to the caller and print them in src/output/");
}

#[test]
fn only_cli_reads_clock_and_environment() {
    let words = [
        "Utc::now", "Local::now", "SystemTime::now", "now_v7", "env::var", "env::args", "std::env::",
        "use std::env",
    ];
    report(uses(&words, &["cli"]), "read it in src/cli and pass it down");
}

#[test]
fn only_waiting_and_progress_measure_time() {
    report(
        uses(&["Instant::now"], &["cli", "db", "output"]),
        "a rule or a word depends on the instant of the run, which is passed down",
    );
}

#[test]
fn imports_run_one_way() {
    let allowed: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut found = Vec::new();
    for source in sources() {
        let module = source.module();
        let Some(may) = allowed.get(module[0].as_str()) else {
            found.push(format!("{}: `{}` is no layer of the house", source.path, module[0]));
            continue;
        };
        for (line, target) in imports(&source) {
            let exempt = target[0] == "db"
                && MAY_IMPORT_DB
                    .contains(&module.iter().take(2).cloned().collect::<Vec<_>>().join("::").as_str());
            let known = allowed.contains_key(target[0].as_str());
            if known && target[0] != module[0] && !may.contains(&target[0].as_str()) && !exempt {
                found.push(format!("{}:{line}: {} imports {}", source.path, module[0], target.join("::")));
            }
        }
    }
    report(
        found,
        "see docs/design.md: move what is needed to the layer below, or pass it in; a new layer is added to LAYERS in tests/tidy.rs",
    );
}

#[test]
fn commands_and_store_files_do_not_import_each_other() {
    let mut found = Vec::new();
    for source in sources() {
        let module = source.module();
        if module.len() < 2 || !["commands", "store"].contains(&module[0].as_str()) {
            continue;
        }
        for (line, target) in imports(&source) {
            let sibling = target.len() > 1 && target[0] == module[0] && target[1] != module[1];
            let is_for_all = target.starts_with(&["store".to_owned(), "lookup".to_owned()]);
            if sibling && is_module(&target[..2]) && !is_for_all {
                found.push(format!(
                    "{}:{line}: {} imports {}",
                    source.path,
                    module.join("::"),
                    target.join("::")
                ));
            }
        }
    }
    report(found, "a noun knows only its own: what two nouns need belongs to the layer below or to mod.rs");
}

#[test]
fn nothing_is_named_after_nothing() {
    let meaningless = ["util", "utils", "common", "helper", "helpers", "shared", "types"];
    let found = tree().into_iter().filter(|path| {
        let names = Path::new(path).with_extension("");
        names.iter().any(|name| meaningless.contains(&name.to_string_lossy().as_ref()))
    });
    report(found, "name the file or folder after what is in it");
}

#[test]
fn the_words_are_standard() {
    let words = ["fault", "typed", "somebody", "nobody", "whoever", "told"];
    let mut found = Vec::new();
    for source in sources() {
        for (number, line) in (1..).zip(source.text.lines()) {
            // Functions of the library `tokio-postgres` have their own names.
            let lower = line.to_lowercase().replace("query_typed", "").replace("execute_typed", "");
            // A name of several words is taken apart.
            let mut named = lower.split(|letter: char| !letter.is_alphanumeric());
            if named.any(|word| words.contains(&word)) || lower.contains("last_word") {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    report(
        found,
        "say it in the standard words of Rust, of databases and of the field: error, reference, message",
    );
}

#[test]
fn views_are_defined_in_one_way() {
    let by_hand = sources().into_iter().filter(|source| source.path != "src/model/view.rs");
    let by_hand = by_hand.filter(|source| source.text.contains("View for "));
    report(by_hand.map(|source| source.path), "define the view with `view!`");
}

/// Right, audit entry, question and report of a change, and of a read that is recorded, are written in src/context/ alone.
#[test]
fn commands_change_through_the_kit() {
    let by_hand =
        ["audit::append", "store::audit::insert", ".audit(", ".may(", ".confirm(", "change_report("];
    let exempt = [(".write(", MAY_WRITE), (".require(", MAY_REQUIRE)];
    let mut found = Vec::new();
    for source in sources().into_iter().filter(|source| source.module()[0] == "commands") {
        let exempt = exempt.iter().filter(|(_, files)| !files.contains(&source.path.as_str()));
        let words: Vec<&str> = by_hand.iter().copied().chain(exempt.map(|(word, _)| *word)).collect();
        for (number, line) in (1..).zip(source.code().lines()) {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    report(
        found,
        "use context.change, context.import, context.audited_read or another function of src/context/",
    );
}

#[test]
fn sql_files_open_with_a_comment() {
    let found = queries().into_iter().filter(|(_, text)| !text.starts_with("--")).map(|(name, _)| name);
    report(found, "say in the first line, after `--`, what the statement returns and what each $n is");
}

#[test]
fn sql_lines_stay_under_127_columns() {
    let long = |text: &str| text.lines().any(|line| line.chars().count() > 126);
    let found = queries().into_iter().filter(|(_, text)| long(text)).map(|(name, _)| name);
    report(found, "break the line; a filter of several lines stands between `-- ?{` and `-- ?}`");
}

#[test]
fn each_sql_file_belongs_to_the_function_of_its_name() {
    let mut users: BTreeMap<String, Vec<String>> =
        queries().into_iter().map(|(name, _)| (name, vec![])).collect();
    let mut found = Vec::new();
    for source in sources() {
        for (query, line, function) in query_calls(&source.code()) {
            let user = format!("{}:{line}: fn {function}", source.path);
            let (noun, verb) = query.split_once('/').unwrap_or_default();
            let home = ["store".to_owned(), noun.replace('-', "_")];
            // The rules of the data are one table of words and queries, and no function each; so is what an erasure does, and what
            // is compared with the audit trail.
            let is_in_a_table = ["database", "erasure", "trail"].contains(&noun) && function == "none";
            if !source.module().starts_with(&home) || !(is_in_a_table || function == verb.replace('-', "_")) {
                found.push(format!("{user} uses sql/{query}.sql"));
            }
            users.entry(query).or_default().push(user);
        }
    }
    let alone = users.into_iter().filter(|(_, users)| users.len() != 1);
    found.extend(alone.map(|(query, users)| format!("sql/{query}.sql has {} users {users:?}", users.len())));
    report(
        found,
        "sql/NOUN/VERB.sql is used once, as sql!(\"NOUN/VERB\") in fn VERB of src/store/NOUN.rs, or in its table of rules",
    );
}

#[test]
fn the_tree_tells_nothing_of_the_workplace() {
    let words = [
        concat!("issue", " #"),
        concat!("/wo", "rk/"),
        concat!("replace", "-with"),
        concat!("sparse", "+http"),
    ];
    let mut found = Vec::new();
    for path in tree() {
        let text = String::from_utf8_lossy(&fs::read(root().join(&path)).unwrap_or_default()).to_lowercase();
        for (number, line) in (1..).zip(text.lines()) {
            // A mirror of the place where everybody gets crates from would be of no use to a stranger.
            let foreign = path == "Cargo.lock"
                && line.starts_with("source = ")
                && !line.starts_with("source = \"registry+https://github.com/");
            if foreign || words.iter().any(|word| line.contains(word)) {
                found.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    report(found, "say what a stranger with a clone can understand and follow");
}

/// One file of src/. The path is relative to the root of the project.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// Where it stands: `src/store/package.rs` and `src/store/package/mod.rs` are both `store`, `package`.
    fn module(&self) -> Vec<String> {
        let path = Path::new(&self.path).with_extension("");
        let mut names: Vec<_> = path.iter().skip(1).map(|name| name.to_string_lossy().into_owned()).collect();
        if names.len() > 1 && names.last().is_some_and(|name| name == "mod") {
            names.pop();
        }
        names
    }

    /// The text with comments and tests made empty lines, so that numbers of lines stay.
    fn code(&self) -> String {
        if self.module().iter().any(|name| name == "tests") {
            return String::new();
        }
        let end = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        let without = |line: &str| match line {
            _ if line.trim_start().starts_with("//") => String::new(),
            _ => line.split(" // ").next().unwrap_or_default().to_owned(),
        };
        self.text[..end].lines().map(without).collect::<Vec<_>>().join("\n")
    }
}

struct Function {
    name: String,
    /// Line numbers from 1, both included.
    first: usize,
    last: usize,
}

impl Function {
    fn lines(&self) -> usize {
        self.last - self.first + 1
    }
}

/// Functions with a body, as rustfmt lays them out: the closing brace stands under the first letter.
fn functions(code: &str) -> Vec<Function> {
    let lines: Vec<_> = code.lines().collect();
    let mut functions = Vec::new();
    for (position, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let close = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
        let rest = || lines[position..].iter();
        // Without a body, or all on one line.
        let Some(open) = rest().position(|line| line.ends_with(['{', ';', '}'])) else { continue };
        let has_body = lines[position + open].ends_with('{');
        let length =
            if has_body { rest().position(|line| **line == close).unwrap_or_default() } else { open };
        functions.push(Function { name, first: position + 1, last: position + length + 1 });
    }
    functions
}

fn function_name(line: &str) -> Option<String> {
    let before = ["pub", "pub(crate)", "pub(super)", "const", "async", "extern"];
    let mut words = line.trim_start().split(' ').skip_while(|word| before.contains(word));
    let name = words.next().filter(|word| *word == "fn").and_then(|_| words.next())?;
    let end = name.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '#');
    Some(name[..end.unwrap_or(name.len())].trim_start_matches("r#").to_owned())
}

/// Places outside these layers where one of the words stands.
fn uses(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources().into_iter().filter(|source| !allowed.contains(&source.module()[0].as_str())) {
        for (number, line) in (1..).zip(source.code().lines()) {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    found
}

/// Paths inside the program that a file names, from the root, with the line of each: `crate::a::b`, `super::b`, also grouped.
fn imports(source: &Source) -> Vec<(usize, Vec<String>)> {
    let code = source.code();
    let mut found = Vec::new();
    for start in [("crate::", 0), ("super::", 1)]
        .iter()
        .flat_map(|(word, up)| code.match_indices(word).map(move |(at, _)| (at, *up)))
    {
        let (at, up) = start;
        let preceded =
            code[..at].ends_with(|letter: char| letter.is_alphanumeric() || "_:$".contains(letter));
        if preceded {
            continue;
        }
        let supers = code[at..].split("::").take_while(|word| *word == "super").count();
        let base = source.module();
        let base = if up == 0 { &[][..] } else { &base[..base.len().saturating_sub(supers)] };
        let rest = &code[at + "crate::".len() * supers.max(1)..];
        let line = code[..at].lines().count();
        found.extend(
            paths(rest)
                .into_iter()
                .map(|path| (line, [base, &path].concat()))
                .filter(|(_, path)| !path.is_empty()),
        );
    }
    found
}

/// The paths that begin a text: one for `a::b::C`, several for `{a, b::{c, d}}`.
fn paths(text: &str) -> Vec<Vec<String>> {
    if let Some(group) = text.strip_prefix('{') {
        let (mut depth, mut found, mut from) = (0_usize, Vec::new(), 0);
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                ',' | '}' if depth == 0 => {
                    found.extend(paths(group[from..at].trim()));
                    from = at + 1;
                    if letter == '}' {
                        break;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return found;
    }
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    match (&text[..end], text[end..].strip_prefix("::")) {
        ("", _) => vec![],
        (name, Some(rest)) if rest.starts_with(|letter: char| letter.is_alphabetic() || letter == '{') => {
            paths(rest).into_iter().map(|path| [vec![name.to_owned()], path].concat()).collect()
        }
        (name, _) => vec![vec![name.to_owned()]],
    }
}

/// Calls of `sql!("noun/verb")`: the query, the line, the function around it.
fn query_calls(code: &str) -> Vec<(String, usize, String)> {
    let functions = functions(code);
    let calls = code.match_indices("sql!(").filter_map(|(at, word)| {
        let query = code[at + word.len()..].trim_start().strip_prefix('"')?.split('"').next()?;
        let line = code[..at].lines().count();
        let around = functions.iter().rfind(|function| (function.first..=function.last).contains(&line));
        Some((
            query.to_owned(),
            line,
            around.map_or_else(|| "none".to_owned(), |function| function.name.clone()),
        ))
    });
    calls.collect()
}

/// Name (`noun/verb`) and text of every statement; the schema is not one.
fn queries() -> Vec<(String, String)> {
    let files =
        tree().into_iter().filter(|path| path.starts_with("sql/") && !path.starts_with("sql/schema/"));
    files.map(|path| (path["sql/".len()..].trim_end_matches(".sql").to_owned(), read(&path))).collect()
}

fn is_module(path: &[String]) -> bool {
    let path = root().join("src").join(path.iter().collect::<PathBuf>());
    path.is_dir() || path.with_extension("rs").is_file()
}

fn sources() -> Vec<Source> {
    let paths = tree()
        .into_iter()
        .filter(|path| path.starts_with("src/") && Path::new(path).extension() == Some("rs".as_ref()));
    let sources: Vec<_> = paths.map(|path| Source { text: read(&path), path }).collect();
    assert!(!sources.is_empty(), "there is no src/");
    sources
}

/// Every file of the project, relative to its root, sorted; neither what is built nor what git keeps.
fn tree() -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap().map(Result::unwrap) {
            let path = folder.join(entry.file_name());
            match path.to_string_lossy().as_ref() {
                ".git" | "target" | "fuzz/target" | "fuzz/assets" | "fuzz/sql" => {}
                _ if entry.path().is_dir() => folders.push(path),
                name => files.push(name.to_owned()),
            }
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn report(found: impl IntoIterator<Item = String>, what_to_do: &str) {
    let found: Vec<_> = found.into_iter().collect();
    assert!(found.is_empty(), "\n  {}\n=> {what_to_do}\n", found.join("\n  "));
}
