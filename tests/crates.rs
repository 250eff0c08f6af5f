//! What the program is built on: nothing under a licence that `deny.toml` does not allow, nothing that CONTRIBUTING.md does not name.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by stopping")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The quick half of `cargo deny check`, with what cargo itself knows; the other half is `.ci/deny`.
#[test]
fn every_licence_is_allowed() {
    let text = read("deny.toml");
    let list = text.split("\nallow = [").nth(1).and_then(|rest| rest.split("\n]").next()).unwrap();
    let allowed: BTreeSet<_> =
        list.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next()).collect();
    assert!(allowed.contains("MIT") && allowed.len() > 5, "{allowed:?}");
    let refused: Vec<_> =
        licences().into_iter().filter(|(_, licence)| !is_allowed(licence, &allowed)).collect();
    assert!(refused.is_empty(), "allow it in deny.toml, with a reason, or do without: {refused:?}");
}

#[test]
fn contributing_names_every_library_and_no_other() {
    let manifest = read("Cargo.toml");
    let named = |heading: &str| -> BTreeSet<String> {
        let section = manifest.split(&format!("\n[{heading}]\n")).nth(1).unwrap_or_default();
        let lines = section.lines().take_while(|line| !line.starts_with('['));
        lines.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
    };
    let mut wanted: BTreeSet<_> = &named("dependencies") | &named("dev-dependencies");
    wanted.extend(named("target.'cfg(unix)'.dependencies"));
    // The only one of `fuzz/` that the program does not have.
    wanted.insert("libfuzzer-sys".to_owned());
    let page = read("CONTRIBUTING.md");
    let rows = page.lines().skip_while(|line| *line != "| library | what it does for us |").skip(2);
    let names = rows.take_while(|line| line.starts_with('|')).filter_map(|row| row.split('|').nth(1));
    let found: BTreeSet<String> =
        names.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect();
    assert_eq!(found, wanted);
}

/// `fuzz/` compiles the modules of the program once more, so it is built on the same.
#[test]
fn the_targets_of_fuzzing_have_the_libraries_of_the_program() {
    let lines = |path: &str, heading: &str| -> Vec<String> {
        let manifest = read(path);
        let section = manifest.split(&format!("\n[{heading}]\n")).nth(1).unwrap().lines();
        section.take_while(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    for heading in ["dependencies", "target.'cfg(unix)'.dependencies"] {
        assert_eq!(lines("fuzz/Cargo.toml", heading), lines("Cargo.toml", heading), "{heading}");
    }
    let versions = |path: &str| -> BTreeSet<String> {
        let lock = read(path);
        lock.split("[[package]]\n")
            .skip(1)
            .map(|one| one.lines().take(2).collect::<Vec<_>>().join(" "))
            .collect()
    };
    let own =
        ["arbitrary", "caredesk-fuzz", "jobserver", "libfuzzer-sys"].map(|name| format!("name = \"{name}\""));
    let others = &versions("fuzz/Cargo.lock") - &versions("Cargo.lock");
    let others: Vec<_> = others.iter().filter(|one| !own.iter().any(|name| one.starts_with(name))).collect();
    assert!(others.is_empty(), "`cargo update -p NAME --precise VERSION` in fuzz/: {others:?}");
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = BTreeSet::from(["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]);
    for good in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "(GPL-3.0 OR MIT) AND ISC",
        "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR MIT) AND AGPL-3.0", "Apache-2.0"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

/// Of everything that is built for this machine, tests and benches included; the name of the crate first.
fn licences() -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1", "--filter-platform", &host()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let built: BTreeSet<_> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| &node["id"])
        .map(Value::to_string)
        .collect();
    let packages = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| built.contains(&package["id"].to_string()));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    packages.map(|package| (text(&package["name"]), text(&package["license"]))).collect()
}

fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_else(|| panic!("{text}")).to_owned()
}

/// `A OR B`, `A AND B`, brackets, and the old `A/B` for OR.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let expression = expression.trim().replace('/', " OR ");
    let parts = |word| outside_brackets(&expression, word);
    let (any, all) = (parts(" OR "), parts(" AND "));
    if any.len() > 1 {
        return any.iter().any(|part| is_allowed(part, allowed));
    }
    if all.len() > 1 {
        return all.iter().all(|part| is_allowed(part, allowed));
    }
    let inside = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.map_or_else(|| allowed.contains(expression.as_str()), |inside| is_allowed(inside, allowed))
}

fn outside_brackets(text: &str, word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for piece in text.split_inclusive(word) {
        let last = parts.last_mut().unwrap();
        *last += piece;
        let is_whole = last.matches('(').count() == last.matches(')').count();
        if is_whole && last.ends_with(word) {
            last.truncate(last.len() - word.len());
            parts.push(String::new());
        }
    }
    parts
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}
