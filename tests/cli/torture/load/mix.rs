//! What is asked for at random: the lines of `mix.txt`, with things in them that others have made meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

use fastrand::Rng;
use serde_json::Value;

/// The four providers that stay as they are.
pub const PROVIDERS: [&str; 4] = ["One", "Two", "Three", "Four"];
/// Of what was made last, mostly these are named, so that many meet at one thing.
const NEAR: usize = 8;
/// The prefixes of codes.
const PREFIXES: [&str; 13] =
    ["ALT", "CAP", "CLI", "CTR", "IMP", "PKG", "PRV", "REC", "REF", "RES", "ROI", "SHR", "VIS"];

/// What a line of the mix is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A change that may also stand in a batch.
    Change,
    /// One that stands by itself.
    Alone,
    Read,
}

/// A line of the mix.
pub struct Line {
    pub sort: Sort,
    pub actor: &'static str,
    pub text: &'static str,
    pub input: Option<&'static str>,
}

/// A command line with what it reads.
#[derive(Clone, Debug)]
pub struct Asked {
    pub line: String,
    pub input: Option<String>,
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let (mut lines, mut sort) = (Vec::new(), Sort::Change);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/torture/load/mix.txt");
    let text: &'static str = fs::read_to_string(path).expect("the mix").leak();
    let text = text.lines().map(str::trim);
    for line in text.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("== ") {
            Some("changes") => sort = Sort::Change,
            Some("changes by themselves") => sort = Sort::Alone,
            Some(_) => sort = Sort::Read,
            None => {
                let (actor, line) = line.split_once(' ').expect("who does it");
                let (text, input) =
                    line.split_once(" <<< ").map_or((line, None), |(text, input)| (text, Some(input)));
                lines.push(Line { sort, actor, text, input });
            }
        }
    }
    lines
});

pub fn lines() -> &'static [Line] {
    &LINES
}

/// What there is by now, by what it is called in the mix.
#[derive(Default)]
pub struct Things {
    known: Mutex<BTreeMap<String, Vec<String>>>,
    /// Codes of what stays as it is.
    left_alone: BTreeSet<String>,
    number: AtomicUsize,
}

impl Things {
    pub fn but(left_alone: BTreeSet<String>) -> Self {
        Things { left_alone, ..Things::default() }
    }

    pub fn add(&self, sort: &str, thing: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(sort.to_owned()).or_default();
        if !known.iter().any(|one| one == thing) {
            known.push(thing.to_owned());
        }
    }

    pub fn is_left_alone(&self, code: &str) -> bool {
        self.left_alone.contains(code)
    }

    /// Notes what a line has made.
    pub fn learn(&self, line: &str, answer: &Value) {
        let text = answer.to_string();
        for (at, _) in text.match_indices('-') {
            let code = at.checked_sub(3).and_then(|begin| text.get(begin..at + 7)).unwrap_or_default();
            let is_code = code.chars().skip(4).all(|one| one.is_ascii_digit() || one.is_ascii_uppercase());
            let prefix = code.get(..3).unwrap_or_default();
            if is_code && PREFIXES.contains(&prefix) && !self.left_alone.contains(code) {
                self.add(prefix, code);
            }
        }
        let named = [
            ("account create", "ACC", "login"),
            ("queue create", "QUE", "name"),
            ("category create", "CAT", "name"),
            ("contact create", "NUM", "number"),
        ];
        for (verb, sort, key) in named {
            if let Some(name) = answer[key].as_str().filter(|_| line.starts_with(verb)) {
                self.add(sort, name);
            }
        }
    }

    /// The line with things in it; none where there is none of a sort yet.
    pub fn fill(&self, line: &Line, random: &mut Rng) -> Option<Asked> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let digit = random.u8(1..=9).to_string();
        let level = random.u8(1..=3).to_string();
        let mut fill = |text: &str| {
            let text = text.replace("{n}", &format!("{number:06}"));
            self.named(&text.replace("{d}", &digit).replace("{l}", &level), random)
        };
        let input = match line.input {
            Some(input) => Some(fill(input)?.replace('|', "\n")),
            None => None,
        };
        let asked = fill(line.text)?;
        let line = if line.sort == Sort::Read || asked.contains("--yes") { asked } else { asked + " --yes" };
        Some(Asked { line, input })
    }

    fn named(&self, text: &str, random: &mut Rng) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('#') {
            let begin =
                rest[..at].rfind(|one: char| !one.is_ascii_uppercase()).map_or(0, |before| before + 1);
            filled += &rest[..begin];
            filled += &self.any(&rest[begin..at], random)?;
            rest = &rest[at + 1..];
        }
        Some(filled + rest)
    }

    fn any(&self, sort: &str, random: &mut Rng) -> Option<String> {
        if sort == "ANY" {
            return Some((*random.choice(&PROVIDERS)?).to_owned());
        }
        if sort == "OPN" {
            return Some(random.usize(1..=self.number.load(Ordering::Relaxed)).to_string());
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(sort)?;
        let near = if random.u8(..4) > 0 { known.len().saturating_sub(NEAR) } else { 0 };
        let word = random.choice(&known[near..])?;
        let is_plain = word.chars().all(|one| one.is_ascii_alphanumeric() || "-.".contains(one));
        Some(if is_plain { word.clone() } else { format!("'{word}'") })
    }
}
