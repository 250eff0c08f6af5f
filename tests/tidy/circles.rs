//! Inside a layer, too, imports run one way: of what stands in one folder, files or folders, none comes back to itself.
//!
//! What a `mod.rs` hands on belongs to the file that it comes from. That a file uses what its own `mod.rs` defines, and
//! that uses the file, is no circle: they are one module.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, imports, paths, report, sources};

type Path = Vec<String>;

#[test]
fn imports_make_no_circles() {
    report(
        circles(&sources()),
        "move what both need into a file below them, or into the one that needs the other",
    );
}

#[test]
fn a_circle_is_noticed() {
    let source = |path: &str, text: &str| Source { path: format!("src/{path}"), text: text.to_owned() };
    let straight = vec![
        source("model/a/mod.rs", "mod one;\npub(crate) use one::One;\nuse super::b::B;"),
        source("model/a/one.rs", "use super::Zero;"),
        source("model/b.rs", "use crate::model::{c::C, d};"),
        source("model/c.rs", ""),
        source("model/d.rs", "#[cfg(test)]\nmod tests {\n    use crate::model::a::One;\n}"),
    ];
    assert!(circles(&straight).is_empty(), "{:?}", circles(&straight));
    for (path, text) in [
        ("model/c.rs", "use super::a::One;"),
        ("model/c.rs", "fn c() -> crate::model::b::B"),
        ("model/d.rs", "use super::{\n    a::{One, Zero},\n};"),
    ] {
        let rest = straight.iter().filter(|other| other.path != format!("src/{path}"));
        let mut all: Vec<Source> =
            rest.map(|other| source(&other.path["src/".len()..], &other.text)).collect();
        all.push(source(path, text));
        assert!(circles(&all).len() > 1, "{path}: {text}");
    }
    let nested = [
        source("model/a/mod.rs", "pub(crate) use one::One;\npub(crate) use two::Two;"),
        source("model/a/one.rs", "use super::Two;"),
        source("model/a/two.rs", "use super::One;"),
    ];
    assert_eq!(circles(&nested).len(), 2, "{:?}", circles(&nested));
}

/// The imports that are part of a circle.
fn circles(sources: &[Source]) -> Vec<String> {
    let handed_on: BTreeMap<Path, BTreeMap<String, Path>> =
        sources.iter().map(|source| (source.module(), handed_on(source))).collect();
    let mut edges: BTreeMap<(Path, Path), String> = BTreeMap::new();
    for source in sources {
        let from = source.module();
        for (line, path) in imports(source) {
            let to = home(&path, &handed_on, 0);
            let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
            if shared < from.len().min(to.len()) {
                let place = format!("{}:{line}: {}", source.path, path.join("::"));
                edges.entry((from[..=shared].to_vec(), to[..=shared].to_vec())).or_insert(place);
            }
        }
    }
    let is_back = |(from, to): &(Path, Path)| reached(to, &edges).contains(from);
    edges.iter().filter(|(edge, _)| is_back(edge)).map(|(_, place)| place.clone()).collect()
}

/// What a module makes its own name of another's, with the path that each comes from.
fn handed_on(source: &Source) -> BTreeMap<String, Path> {
    let (code, module) = (source.code(), source.module());
    let uses = code
        .match_indices("use ")
        .filter(|(at, _)| code[..*at].lines().last().is_some_and(|line| line.starts_with("pub")));
    let named = uses.flat_map(|(at, word)| paths(&code[at + word.len()..]));
    let whole = named.map(|path| match path[0].as_str() {
        "crate" => path[1..].to_vec(),
        "super" => [&module[..module.len() - 1], &path[1..]].concat(),
        _ => [&module[..], &path].concat(),
    });
    whole.filter_map(|path| Some((path.last()?.clone(), path))).collect()
}

/// The module in which the thing with this path is defined.
fn home(path: &[String], handed_on: &BTreeMap<Path, BTreeMap<String, Path>>, depth: usize) -> Path {
    let known = (0..=path.len()).rev().find(|length| handed_on.contains_key(&path[..*length]));
    let module = &path[..known.unwrap_or_default()];
    let origin = path.get(module.len()).and_then(|name| handed_on.get(module)?.get(name));
    match origin {
        Some(origin) if depth < 5 => home(origin, handed_on, depth + 1),
        _ => module.to_vec(),
    }
}

/// Everything that imports lead to.
fn reached(start: &Path, edges: &BTreeMap<(Path, Path), String>) -> BTreeSet<Path> {
    let (mut found, mut next) = (BTreeSet::new(), vec![start.clone()]);
    while let Some(from) = next.pop() {
        if found.insert(from.clone()) {
            next.extend(edges.keys().filter(|(one, _)| *one == from).map(|(_, to)| to.clone()));
        }
    }
    found
}
