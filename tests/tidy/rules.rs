//! The rule book, `docs/rules.md`, and the comments that cite it: what is cited stands there, and what stands there is tested.

use std::collections::{BTreeMap, BTreeSet};

use super::{read, report, tree};

const BOOK: &str = "docs/rules.md";
/// It speaks of citations, and makes none.
const THIS: &str = "tests/tidy/rules.rs";

/// `1.7`.
type Number = (u32, u32);

#[test]
fn cited_rules_stand_in_the_book() {
    let book = book();
    let unknown = cited("").into_iter().filter(|(number, _)| !book.contains_key(number));
    report(
        unknown.map(|((section, rule), paths)| format!("rule {section}.{rule} is cited by {paths:?}")),
        "write the rule into docs/rules.md, or correct the number",
    );
}

#[test]
fn rules_of_the_book_are_cited_by_tests() {
    let cited = cited("tests/");
    let untested = book().into_iter().filter(|(number, _)| !cited.contains_key(number));
    report(
        untested.map(|((section, rule), title)| format!("{section}.{rule} {title}")),
        "write `// Rule 1.2.` above the test that proves it; where there is none, write that first",
    );
}

#[test]
fn rules_stand_in_order_and_say_something() {
    let text = read(BOOK);
    let parts: Vec<(&str, &str)> =
        text.split("\n### ").skip(1).filter_map(|part| part.split_once('\n')).collect();
    let numbers: Vec<_> = parts.iter().filter_map(|(heading, _)| heading_number(heading)).collect();
    assert_eq!(numbers.len(), parts.len(), "each heading is `### 1.7 Title`");
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    let empty =
        parts.iter().filter(|(_, body)| body.split("\n## ").next().unwrap_or_default().trim().is_empty());
    report(empty.map(|(heading, _)| (*heading).to_owned()), "say what the rule is");
}

#[test]
fn citations_are_understood() {
    for (text, expected) in [
        ("kept (rule 2.9).", &[(2, 9)][..]),
        ("Rules 1.1 and 1.2: the visits", &[(1, 1), (1, 2)]),
        ("rules 1.5 to 1.7, 1.9 and 1.11, from the", &[(1, 5), (1, 6), (1, 7), (1, 9), (1, 11)]),
        ("//! what one day says (rule\n    //! 3.6).", &[(3, 6)]),
        ("-- given (rule 1.1). 2.5 of them", &[(1, 1)]),
        ("Rule 3.3, and of rule 3.5 that", &[(3, 3), (3, 5)]),
        ("the rule of 1.5 and rules, 1.5", &[]),
    ] {
        assert_eq!(citations(text), expected.iter().copied().collect(), "{text}");
    }
}

/// Number and title of every rule.
fn book() -> BTreeMap<Number, String> {
    let text = read(BOOK);
    let headings = text.lines().filter_map(|line| line.strip_prefix("### "));
    let book: BTreeMap<_, _> = headings
        .filter_map(|heading| Some((heading_number(heading)?, heading.split_once(' ')?.1.to_owned())))
        .collect();
    assert!(book.len() > 30, "{book:?}");
    book
}

fn heading_number(heading: &str) -> Option<Number> {
    number(heading.split_once(' ')?.0)
}

/// Which rules are cited, and by which files, of those whose path begins so.
fn cited(under: &str) -> BTreeMap<Number, BTreeSet<String>> {
    let mut cited: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let is_text = |path: &String| [".rs", ".sql", ".md", ".py"].iter().any(|end| path.ends_with(end));
    for path in tree().into_iter().filter(|path| path.starts_with(under) && path != THIS && is_text(path)) {
        for number in citations(&read(&path)) {
            cited.entry(number).or_default().insert(path.clone());
        }
    }
    cited
}

/// The numbers after `rule` or `rules`, ranges filled in; a comment may break anywhere.
fn citations(text: &str) -> BTreeSet<Number> {
    let mut found = BTreeSet::new();
    let mut words =
        text.split_whitespace().filter(|word| !["//", "///", "//!", "--"].contains(word)).peekable();
    while let Some(word) = words.next() {
        if !["rule", "rules"].contains(&word.trim_start_matches(['(', '`']).to_lowercase().as_str()) {
            continue;
        }
        let mut last: Option<Number> = None;
        let mut is_range = false;
        while let Some(word) = words.peek() {
            match (*word, number(word)) {
                (_, Some(number)) => {
                    let from =
                        last.filter(|last| is_range && last.0 == number.0).map_or(number.1, |last| last.1);
                    found.extend((from..=number.1).map(|rule| (number.0, rule)));
                    (last, is_range) = (Some(number), false);
                }
                ("to" | "and", None) if last.is_some() => is_range = *word == "to",
                _ => break,
            }
            let is_over = word.ends_with([')', '.', ':', ';', '`']);
            words.next();
            if is_over {
                break;
            }
        }
    }
    found
}

fn number(word: &str) -> Option<Number> {
    let (section, rule) = word.trim_end_matches(|letter: char| !letter.is_ascii_digit()).split_once('.')?;
    Some((section.parse().ok()?, rule.parse().ok()?))
}
