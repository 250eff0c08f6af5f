//! CONTRIBUTING.md shows code of the program: each excerpt names its file and stands in it.

use super::{read, report};

#[test]
fn excerpts_stand_in_their_files() {
    let page = read("CONTRIBUTING.md");
    let excerpts: Vec<_> = page.split("```rust").skip(1).map(excerpt).collect();
    assert!(!excerpts.is_empty(), "CONTRIBUTING.md shows no code");
    let wrong =
        excerpts.into_iter().filter(|(path, lines)| path.is_empty() || !stands_in(&read(path), lines));
    report(
        wrong.map(|(path, lines)| format!("`{path}` does not hold\n{}", lines.join("\n"))),
        "copy the code as it is into CONTRIBUTING.md after ```rust FILE; a line `…` stands for lines that are left out",
    );
}

#[test]
fn what_was_changed_does_not_stand_in_a_file() {
    let text = "a\n  b\nc\nd\n";
    for (lines, expected) in [
        (&["a", "  b", "c"][..], true),
        (&["  b", "…", "d"], true),
        (&["a", "b"], false),
        (&["a", "c"], false),
        (&["c", "…", "a"], false),
        (&["…"], false),
    ] {
        assert_eq!(
            stands_in(text, &lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()),
            expected
        );
    }
}

/// The file that a block names, and its lines without the indentation of the list that it stands in.
fn excerpt(block: &str) -> (&str, Vec<String>) {
    let (path, rest) = block.split_once('\n').unwrap_or_default();
    let (code, fence) = rest.split("```").next().and_then(|body| body.rsplit_once('\n')).unwrap_or_default();
    let lines = code.lines().map(|line| line.strip_prefix(fence).unwrap_or(line).to_owned());
    (path.trim(), lines.collect())
}

/// Whether the lines stand there one under the other, and their parts between `…` one after the other.
fn stands_in(text: &str, lines: &[String]) -> bool {
    let all: Vec<&str> = text.lines().collect();
    let mut rest = &all[..];
    lines.split(|line| line.trim() == "…").all(|part| {
        let at = rest.windows(part.len().max(1)).position(|window| window == part);
        rest = at.map_or(&[], |at| &rest[at + part.len()..]);
        at.is_some()
    })
}
