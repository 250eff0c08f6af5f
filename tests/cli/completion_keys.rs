//! Tab, pressed in a real bash, zsh and fish where they are installed: what then stands on the line.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use rexpect::session::{PtySession, spawn_command};

use crate::town::settle;
use crate::world::{Engine, World, aloud};

const TAB: &str = "\t";
const DROP: &str = "\u{15}";
/// Bound to what writes the line into a file.
const KEEP: &str = "\u{14}";

/// A shell on a terminal of its own, and where it keeps its line.
struct Shell<'a> {
    name: &'static str,
    world: &'a World,
    terminal: PtySession,
}

const SHELLS: [(&str, &[&str], &str); 3] = [
    (
        "bash",
        &["--noprofile", "--rcfile", "start", "-i"],
        r#"PS1='ready> '
source <(caredesk completions bash)
keep() { printf '%s\n' "$READLINE_LINE" > line; }
bind -x '"\C-t": keep'
"#,
    ),
    (
        "zsh",
        &["-d", "-i"],
        r#"PS1='ready> '
autoload -Uz compinit && compinit -D -u
source <(caredesk completions zsh)
keep() { print -r -- "$BUFFER" > line }
zle -N keep && bindkey '^T' keep && bindkey '^U' kill-whole-line
"#,
    ),
    (
        "fish",
        &["--no-config", "--private", "--init-command", "source start"],
        r#"function fish_prompt; echo -n 'ready> '; end
caredesk completions fish | source
bind \ct 'commandline > line'
bind \cu 'commandline ""'
"#,
    ),
];

impl<'a> Shell<'a> {
    /// None, said aloud, where it is not installed.
    fn start(world: &'a World, (name, arguments, start): (&'static str, &[&str], &str)) -> Option<Self> {
        if Command::new(name).arg("--version").stdout(Stdio::null()).status().is_err() {
            aloud(&format!("SKIPPED Tab in {name}: it is not installed"));
            return None;
        }
        world.write("start", start);
        world.write(".zshrc", start);
        let mut command = Command::new(name);
        world.enclose(&mut command);
        let program = Path::new(env!("CARGO_BIN_EXE_caredesk"));
        let path = [program.parent()?, Path::new("/usr/bin"), Path::new("/bin")];
        command
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("TERM", "xterm")
            .env("LC_ALL", "C.UTF-8");
        command.args(arguments).stdin(Stdio::inherit());
        let mut terminal = spawn_command(command, Some(20_000)).unwrap();
        terminal.exp_string("ready> ").unwrap_or_else(|error| panic!("{name}: {error}"));
        Some(Shell { name, world, terminal })
    }

    /// What stands on the line after a Tab.
    fn completes(&mut self, begun: &str) -> String {
        let file = self.world.path("line");
        let _ = fs::remove_file(&file);
        self.terminal.send(&format!("{DROP}{begun}{TAB}{KEEP}")).unwrap();
        self.terminal.flush().unwrap();
        for _ in 0..400 {
            match fs::read_to_string(&file) {
                Ok(line) if line.ends_with('\n') => return line.trim_end().to_owned(),
                _ => sleep(Duration::from_millis(50)),
            }
        }
        panic!("{}: no answer to `{begun}`", self.name)
    }
}

/// In each shell that is installed: what is begun, and what Tab makes of it.
fn in_each_shell(world: &World, lines: &[(&str, &str)]) {
    for shell in SHELLS {
        let Some(mut shell) = Shell::start(world, shell) else { continue };
        for (begun, expected) in lines {
            assert_eq!(shell.completes(begun), *expected, "{}: {begun}", shell.name);
        }
    }
}

fn town() -> World {
    let world = World::new(Engine::Sqlite);
    settle(&world);
    world.ok(
        "outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference 'Winter mornings'",
    );
    world.sql("UPDATE package SET code = 'PKG-00000W'");
    world
}

#[test]
fn tab_completes_what_there_is() {
    in_each_shell(
        &town(),
        &[
            ("caredesk package resp", "caredesk package respond"),
            // The only one that waits for an answer: no options beside it.
            ("caredesk package respond ", "caredesk package respond PKG-00000W"),
            ("caredesk package respond w", r"caredesk package respond Winter\ mornings"),
            ("caredesk package list --provider=Ac", r"caredesk package list --provider=Acme\ Care"),
            ("caredesk referral set-status REF-00000A L", "caredesk referral set-status REF-00000A Live"),
        ],
    );
}

/// What Tab has inserted is understood at the next one.
#[test]
fn tab_understands_what_is_quoted() {
    in_each_shell(
        &town(),
        &[
            (r"caredesk package respond Winter\ m", r"caredesk package respond Winter\ mornings"),
            ("caredesk package respond 'Winter m", "caredesk package respond 'Winter mornings'"),
            (
                r"caredesk package respond Winter\ mornings --provider A",
                r"caredesk package respond Winter\ mornings --provider Acme\ Care",
            ),
            (
                "caredesk package respond \"Winter mornings\" --provider B",
                "caredesk package respond \"Winter mornings\" --provider Birch\\ Homecare",
            ),
        ],
    );
}

/// The shell expands it only when the line is run.
#[test]
fn a_database_at_home_is_found() {
    let world = town();
    world.set("CAREDESK_DB", "nowhere.db");
    let begun = "caredesk --db ~/test.db package respond w";
    in_each_shell(&world, &[(begun, r"caredesk --db ~/test.db package respond Winter\ mornings")]);
}

/// A name is data, whatever a shell would make of it.
#[test]
fn no_name_is_run_by_a_shell() {
    let world = town();
    world.ok("provider create 'Zed $(touch pwned) `touch pwned`; touch pwned'");
    for shell in SHELLS {
        let Some(mut shell) = Shell::start(&world, shell) else { continue };
        for begun in ["caredesk provider show Ze", "caredesk provider show \"Ze"] {
            let line = shell.completes(begun);
            assert!(line.contains("touch"), "{}: {line}", shell.name);
            shell.terminal.send("\n").unwrap();
            shell.terminal.flush().unwrap();
            shell
                .terminal
                .exp_string("PRV-")
                .unwrap_or_else(|error| panic!("{}: {line}: {error}", shell.name));
        }
        assert!(!world.path("pwned").exists(), "{}", shell.name);
    }
}

/// Installed by a package, the lines of zsh are read on the first Tab, which is answered as well.
#[test]
fn the_first_tab_of_an_installed_zsh_is_answered() {
    let world = town();
    let lines = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").display().to_string();
    let start = SHELLS[1].2.replace("source <(caredesk completions zsh)\n", "");
    let start = format!("fpath=('{lines}' $fpath)\n{start}");
    let Some(mut shell) = Shell::start(&world, ("zsh", SHELLS[1].1, &start)) else { return };
    assert_eq!(shell.completes("caredesk package resp"), "caredesk package respond");
}
