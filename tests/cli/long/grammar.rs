//! The grammar as the pages of help say it: what each command takes, so that none that is added is forgotten.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::commands::LEAVES;
use crate::help;
use crate::world::{Engine, World};

/// An option, or an argument, which has no flag.
#[derive(Clone, Debug, Default)]
pub struct Argument {
    pub flag: Option<String>,
    /// What stands for its value, such as `PROVIDER`.
    pub value: Option<String>,
    pub is_many: bool,
    pub is_needed: bool,
    pub possible: Vec<String>,
}

/// What each command takes, the empty one what all take.
pub static GRAMMAR: LazyLock<BTreeMap<&'static str, Vec<Argument>>> = LazyLock::new(|| {
    let leaves = LEAVES.iter().map(|leaf| (*leaf, help::page(leaf).to_owned()));
    let all = World::new(Engine::Sqlite).ok("help options");
    leaves.chain([("", all)]).map(|(leaf, page)| (leaf, arguments(&page))).collect()
});

fn arguments(page: &str) -> Vec<Argument> {
    let part = |from: &'static str| page.lines().skip_while(move |line| !line.starts_with(from));
    let usage: String = part("Usage:").take_while(|line| !line.is_empty()).collect();
    let mut found: Vec<Argument> = Vec::new();
    let mut text = String::new();
    for heading in ["Arguments:", "Options:", "Global options:"] {
        for line in part(heading).skip(1).take_while(|line| !line.is_empty()) {
            let bare = line.trim_start();
            if line.len() - bare.len() <= 6 && bare.starts_with(['-', '<', '[']) {
                found.extend(argument(&std::mem::take(&mut text), &usage));
            }
            text = text + " " + bare;
        }
        found.extend(argument(&std::mem::take(&mut text), &usage));
    }
    found
}

/// Such as ` -o, --output <FORMAT>  How to print results [possible values: table, json]`.
fn argument(text: &str, usage: &str) -> Option<Argument> {
    let (head, about) = text.trim_start().split_once("  ").unwrap_or((text.trim_start(), ""));
    let flag = head.split([' ', ',']).find(|word| word.starts_with("--"));
    let flag = flag.map(|flag| flag.trim_end_matches('.').to_owned());
    let value = head.find(['<', '[']).map(|at| &head[at + 1..]);
    let value = value.and_then(|rest| Some(rest.split_once(['>', ']'])?.0.to_owned()));
    let possible = about.split_once("[possible values: ").and_then(|(_, rest)| Some(rest.split_once(']')?.0));
    let possible = possible.map(|list| list.split(", ").map(str::to_owned).collect()).unwrap_or_default();
    let is_needed = match &flag {
        Some(flag) => usage.contains(&format!(" {flag} ")),
        None => head.starts_with('<'),
    };
    let is_known = flag.is_some() || value.is_some();
    is_known.then(|| Argument { is_many: head.ends_with("..."), flag, value, is_needed, possible })
}

#[test]
fn the_grammar_is_read_from_the_pages_of_help() {
    let of = |command: &str| format!("{:?}", GRAMMAR[command]);
    assert!(GRAMMAR.len() > 150, "{}", GRAMMAR.len());
    let respond = &GRAMMAR["package respond"];
    let flags: Vec<&str> = respond.iter().filter_map(|one| one.flag.as_deref()).collect();
    assert!(["--accept", "--reject", "--provider"].iter().all(|flag| flags.contains(flag)), "{respond:?}");
    assert_eq!(respond[0].value.as_deref(), Some("PACKAGE"), "{respond:?}");
    let level = GRAMMAR["account create"].iter().find(|one| one.flag.as_deref() == Some("--level")).unwrap();
    assert!(level.is_needed && level.possible.contains(&"provider-portal".to_owned()), "{level:?}");
    assert!(of("").contains("--dry-run") && of("").contains("jsonl"), "{}", of(""));
}
