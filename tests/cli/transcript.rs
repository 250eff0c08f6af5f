//! Stories: a transcript is the program of its test. Its commands are run in order, and each must be answered as written.
//!
//! ```text
//! # as carol                       who is logged in from here on
//! # at 2026-11-30T09:00:00Z        the instant of the next command
//! $ caredesk package list -q       a command, and below it all that it answers
//! PKG-SZNCK3
//! ```
//!
//! `UPDATE_EXPECT=1` rewrites the answers. To begin a story, write its commands alone.

use expect_test::Expect;

use crate::town::{dump, refusal_after};
use crate::world::{World, written};

const PROMPT: &str = "$ caredesk ";

/// A line that does something; all others are answers.
#[derive(Debug, PartialEq, Eq)]
enum Step<'a> {
    As(&'a str),
    At(&'a str),
    Run(&'a str),
}

impl World {
    /// Runs the commands of a transcript, which must be answered as it says. `<DB>`, `<DIR>`, `<FIXTURES>` and the names
    /// given with `World::call` are read and written in place of what they stand for.
    pub fn story(&self, expected: Expect) {
        self.play(&expected, steps, |line| written(line, &self.run(&self.with_names_of_this_run(line))));
    }

    /// Runs a table of commands that must fail and change nothing: exit status, code of the error, command. In a new line
    /// the first two are `?`.
    pub fn refusals(&self, expected: Expect) {
        let before = dump(self);
        self.play(&expected, refused_steps, |line| {
            let (status, code, _) = refusal_after(&before, self, &self.with_names_of_this_run(line));
            format!("{status} {code:<26} {line}\n")
        });
    }

    fn play(&self, expected: &Expect, steps: fn(&str) -> Vec<Step<'_>>, run: impl Fn(&str) -> String) {
        let script = unindented(expected.data());
        let mut text = String::new();
        for step in steps(&script) {
            match step {
                Step::As(login) => {
                    self.as_user(login);
                    text += &format!("# as {login}\n");
                }
                Step::At(instant) => {
                    self.at(instant);
                    text += &format!("# at {instant}\n");
                }
                Step::Run(line) => text += &run(line),
            }
        }
        expected.assert_eq(&self.without_names_of_this_run(&text));
    }
}

/// The steps of a story. A line that looks like a step and is none would be taken for an answer, so it is refused.
fn steps(script: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for line in script.lines() {
        let indent = line.len() - line.trim_start().len();
        match control(line).or_else(|| line.strip_prefix(PROMPT).map(Step::Run)) {
            Some(step) => steps.push(step),
            None => assert!(
                !(steps.is_empty() || indent <= 4 && line.trim_start().starts_with(['$', '#'])),
                "neither a command nor the answer to one: `{line}`"
            ),
        }
    }
    assert!(steps.iter().any(|step| matches!(step, Step::Run(_))), "a story without a command:\n{script}");
    steps
}

/// The steps of a table of refusals, in which every line is one.
fn refused_steps(script: &str) -> Vec<Step<'_>> {
    let command = |line| {
        let (status, rest) = str::split_once(line, ' ')?;
        let (_code, command) = rest.trim_start().split_once(' ')?;
        (status == "?" || status.parse::<u8>().is_ok()).then(|| Step::Run(command.trim_start()))
    };
    let step = |line| {
        control(line)
            .or_else(|| command(line))
            .unwrap_or_else(|| panic!("not an exit status, a code and a command: `{line}`"))
    };
    let steps: Vec<_> = script.lines().map(step).collect();
    assert!(steps.iter().any(|step| matches!(step, Step::Run(_))), "a table without a command");
    steps
}

fn control(line: &str) -> Option<Step<'_>> {
    let user = line.strip_prefix("# as ").map(Step::As);
    user.or_else(|| line.strip_prefix("# at ").map(Step::At))
}

/// The text without the indentation that its place in the source gives it, as `expect!` compares it.
fn unindented(data: &str) -> String {
    let text = data.strip_prefix('\n').unwrap_or(data).trim_end_matches(' ');
    let indents =
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len());
    let indent = indents.min().unwrap_or_default();
    text.lines().flat_map(|line| [line.get(indent..).unwrap_or_default(), "\n"]).collect()
}

#[test]
fn the_lines_of_a_story_are_commands_and_answers() {
    let script = "# as eve\n# at 2026-11-30T09:00:00Z\n$ caredesk a 'b c'\none\n\n     $ caredesk hint\n2> $ x\n$ caredesk d\n";
    let expected = [Step::As("eve"), Step::At("2026-11-30T09:00:00Z"), Step::Run("a 'b c'"), Step::Run("d")];
    assert_eq!(steps(script), expected);
    let table = "# as eve\n4 package.exists   package rename a 'b  c'\n? ? x\n";
    assert_eq!(refused_steps(table), [Step::As("eve"), Step::Run("package rename a 'b  c'"), Step::Run("x")]);
    assert_eq!(unindented("\n    $ a\n\n      b\n    "), "$ a\n\n  b\n");
}

#[test]
fn a_line_that_would_be_missed_fails() {
    let missed = |steps: fn(&str) -> Vec<Step<'_>>, script: &'static str| {
        let outcome = std::panic::catch_unwind(|| steps(script).len());
        assert!(outcome.is_err(), "{script:?} is taken for a story");
    };
    for script in [
        "",
        "\n",
        "# as eve\n",
        "answer\n$ caredesk a\n",
        "$ caredesk a\n$caredesk b\n",
        "$ caredesk a\n$ cardesk b\n",
        "$ caredesk a\n  $ caredesk b\n",
        "$ caredesk a\n# by eve\n",
        "caredesk a\n",
    ] {
        missed(steps, script);
    }
    for script in
        ["", "# as eve\n", "package list\n", "package list --limit 0\n", "2 usage\n", "2 usage a\n\n"]
    {
        missed(refused_steps, script);
    }
}
