//! A conversation with a shell through pipes, for what happens between two of its lines.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::world::World;

pub(super) struct Talk {
    child: Child,
    lines: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    number: u32,
}

impl Talk {
    pub(super) fn to(world: &World, command: &str) -> Self {
        let mut process = Command::new("sh");
        process.args(["-c", &format!("exec '{}' {command} 2>&1", env!("CARGO_BIN_EXE_caredesk"))]);
        world.enclose(&mut process);
        let mut child = process.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (lines, answers) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Talk { child, lines, answers, number: 0 }
    }

    /// What a line prints, on either stream.
    pub(super) fn says(&mut self, line: &str) -> String {
        self.number += 1;
        let mark = format!("mark-{}", self.number);
        writeln!(self.lines.as_mut().unwrap(), "{line}\nhelp {mark}").unwrap();
        let mut said = String::new();
        loop {
            let mut more = String::new();
            assert_ne!(self.answers.read_line(&mut more).unwrap(), 0, "it has ended: {said}");
            if more.contains(&mark) {
                self.answers.read_line(&mut String::new()).unwrap();
                return said;
            }
            said += &more;
        }
    }

    /// The exit status of the shell.
    pub(super) fn ends(mut self) -> i32 {
        self.lines = None;
        self.child.wait().unwrap().code().unwrap()
    }
}
