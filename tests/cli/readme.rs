//! README and the pages beside it are true: every shell block in them is run, on both engines, and every transcript is compared.
//!
//! ```` ```sh ```` must succeed; ```` ```console ```` has commands after `$` and what they print, both streams as a terminal shows
//! them. A second word after the fence says where a block is at home: `postgres` and `file` only there, `directory` only where the real
//! data is. ```` ```text demo ```` is a part of what `caredesk demo` prints. `UPDATE_EXPECT=1 cargo test --test cli readme` writes
//! the transcripts anew.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use expect_test::expect_file;

use crate::world::{Engine, World, aloud};

/// In the order in which they are read: each goes on where the one before it ends.
const PAGES: [&str; 3] = ["README.md", "docs/guide.md", "docs/design.md"];

/// The two commands that README promises; `.ci/run` uses the second.
const INSTALL: &str = "cargo install --locked --path . --root ~/.local && ~/.local/bin/caredesk demo";
const TEST: &str = "cargo test --locked";

#[test]
fn two_commands_stand_out() {
    let text = read(PAGES[0]);
    let commands: Vec<_> = blocks(&text)
        .into_iter()
        .filter(|block| block.text.contains("cargo "))
        .map(|block| block.text.trim())
        .collect();
    assert_eq!(commands, [INSTALL, TEST]);
    let guard = read(".ci/run");
    assert!(guard.lines().any(|line| line == TEST), ".ci/run does not run the tests by README's command");
}

#[test]
fn what_pages_point_at_is_there() {
    let others = [
        "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/rules.md", "docs/measurements.md",
        "docs/reports.md",
    ];
    for page in PAGES.into_iter().chain(others) {
        let text = read(page);
        let targets =
            text.match_indices("](").map(|(at, _)| text[at + 2..].split(')').next().unwrap_or_default());
        for target in targets.filter(|target| !target.contains("://")) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { page.into() } else { Path::new(page).with_file_name(file) };
            assert!(root().join(&file).exists(), "{page} points at {target}");
            let is_there = heading.is_empty() || headings(&read(file)).any(|known| known == heading);
            assert!(is_there, "{page} points at {target}");
        }
    }
}

/// The names of a page's headings, as links write them.
fn headings(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix('#'));
    lines.map(|line| {
        let words = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        words.chars().filter(|letter| letter.is_alphanumeric() || *letter == '-').collect()
    })
}

/// The table of the contract against the two tables of the program.
#[test]
fn exit_statuses_are_those_of_the_program() {
    let source = read("src/error.rs");
    let table = source.split("fn status_and_name(self)").nth(1).unwrap();
    let lines = table.lines().take_while(|line| *line != "    }");
    let arms = lines.filter_map(|line| line.trim().strip_prefix("Kind::")?.split_once(" => "));
    let expected: Vec<_> = arms
        .map(|(_, arm)| {
            let (status, name) = arm.trim_matches(['(', ')', ',']).split_once(", ").unwrap();
            format!("| {status} | {} |", name.replace('"', "`"))
        })
        .collect();
    assert!(expected.len() > 5, "{expected:?}");
    let page = read("docs/design.md");
    let rows = page.lines().skip_while(|line| !line.starts_with("| exit | kind |")).skip(3);
    let rows: Vec<_> = rows.take_while(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), expected.len(), "{expected:?}");
    for (row, expected) in rows.iter().zip(expected) {
        assert!(row.starts_with(&expected), "docs/design.md says {row}, and the program {expected}");
    }
}

both_engines!(the_transcripts_are_true, |world| {
    furnish(world);
    for page in PAGES {
        let mut text = read(page);
        for block in blocks(&text.clone()).iter().filter(|block| is_at_home(block, world)) {
            match block.language {
                "sh" if !block.text.contains("cargo ") => drop(run(world, block.text, true)),
                "toml" => {
                    world.write("config.toml", block.text);
                    world.set("CAREDESK_CONFIG", "config.toml");
                    world.ok("config list");
                    world.set("CAREDESK_CONFIG", "");
                }
                "console" => text = text.replacen(block.text, &transcript(world, block.text), 1),
                _ => {}
            }
        }
        assert!(text.contains("\n$ caredesk "), "{page} has no transcript");
        expect_file![root().join(page)].assert_eq(&text);
    }
});

#[test]
fn the_picture_is_what_demo_prints() {
    let world = World::new(Engine::Sqlite);
    furnish(&world);
    let printed = without_codes(&run(&world, "caredesk demo", true));
    let text = read(PAGES[0]);
    let pictures: Vec<_> = blocks(&text).into_iter().filter(|block| block.home == "demo").collect();
    assert!(!pictures.is_empty(), "README.md has no picture");
    for picture in pictures {
        let picture = without_codes(picture.text);
        assert!(printed.contains(&picture), "`caredesk demo` prints\n{printed}\nand nowhere\n{picture}");
    }
}

struct Block<'a> {
    language: &'a str,
    /// The second word of the fence; empty where the block is at home everywhere.
    home: &'a str,
    text: &'a str,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, begun)) = rest.split_once("\n```") {
        let (fence, body) = begun.split_once('\n').expect("a fence is a line");
        let end = body.find("\n```\n").expect("a block is closed") + 1;
        let (language, home) = fence.split_once(' ').unwrap_or((fence, ""));
        assert!(["sh", "console", "text", "json", "toml"].contains(&language), "a block of `{language}`");
        found.push(Block { language, home, text: &body[..end] });
        rest = &body[end + "```".len()..];
    }
    found
}

fn is_at_home(block: &Block<'_>, world: &World) -> bool {
    match block.home {
        "" => true,
        "demo" => false,
        "postgres" => world.engine() == Engine::Postgres,
        "file" => world.engine() == Engine::Sqlite,
        "directory" => {
            let is_there = data().is_dir();
            if !is_there {
                aloud(&format!("SKIPPED a block of docs/guide.md: there is no {}", data().display()));
            }
            // Once is enough: it takes seconds where nothing is optimised.
            is_there && world.engine() == Engine::Sqlite
        }
        other => panic!("a block is at home in `{other}`"),
    }
}

/// The block with what its commands print now.
fn transcript(world: &World, block: &str) -> String {
    let mut printed = String::new();
    let mut lines = block.lines();
    while let Some(line) = lines.next() {
        let Some(first) = line.strip_prefix("$ ") else { continue };
        let mut command = first.to_owned();
        while command.ends_with('\\') {
            command += "\n";
            command += lines.next().expect("a command that goes on");
        }
        printed += &format!("$ {command}\n{}", run(world, &command, false));
    }
    printed
}

/// What the shell prints for a command, both streams. Codes follow from the text of the command, so that they stay when
/// another is put before it.
fn run(world: &World, script: &str, must_succeed: bool) -> String {
    world.at("2026-11-26T09:00:00Z");
    // What must succeed is not compared, and draws its codes as it would for a person.
    let seed = if must_succeed { String::new() } else { seed(script).to_string() };
    world.set("CAREDESK_TEST_SEED", &seed);
    let server = World::new(world.engine());
    let script = script.replace("postgres://caredesk@db.example/care", &server.database_name());
    let mut command = Command::new("sh");
    command.args(["-euc", &format!("exec 2>&1\n{script}")]);
    world.enclose(&mut command);
    let program = Path::new(env!("CARGO_BIN_EXE_caredesk")).parent().unwrap().display();
    let path = env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{program}:{path}")).stdin(Stdio::null());
    let output = command.output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let failed = !output.status.success();
    assert!(!(failed && must_succeed), "{script}\n{printed}");
    assert!(
        !failed || printed.contains("error") || script.contains("2>"),
        "{script}\n{printed}{}",
        output.status
    );
    let home = world.path("").display().to_string();
    // Later made and longer in name: the first must not be found inside it.
    printed
        .replace(&shown(&server), "postgres://caredesk@db.example/care")
        .replace(&shown(world), "/home/anna/.local/share/caredesk/caredesk.db")
        .replace(home.trim_end_matches('/'), "/home/anna")
}

/// What the program calls the world's database: a password is never shown.
fn shown(world: &World) -> String {
    world.database_name().replace(":secret@", "@")
}

/// The same text with every `PKG-7K3M9Q` made `PKG-??????`.
fn without_codes(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('-') {
        let is_prefix =
            before.len() >= 3 && before.bytes().rev().take(3).all(|byte| byte.is_ascii_uppercase());
        let is_code = after.bytes().take_while(u8::is_ascii_alphanumeric).count() == 6;
        masked += before;
        masked.push('-');
        rest = if is_prefix && is_code {
            masked += "??????";
            &after[6..]
        } else {
            after
        };
    }
    masked + rest
}

fn seed(script: &str) -> u64 {
    script.bytes().fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

/// A user at home in an empty directory, with the example's and, where they are, the real tables beside her.
fn furnish(world: &World) {
    world.as_user("anna");
    if world.engine() == Engine::Sqlite {
        world.set("CAREDESK_DB", "");
    }
    symlink(root().join("examples"), world.path("examples")).unwrap();
    if data().is_dir() {
        symlink(data(), world.path("icarol-csv")).unwrap();
    }
}

/// A directory of Baltimore, which is not ours to pass on.
fn data() -> PathBuf {
    let beside = root().join("../shared/data");
    env::var_os("CAREDESK_TEST_DATA").map_or(beside, PathBuf::from).join("hsds1-baltimore-icarol")
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
