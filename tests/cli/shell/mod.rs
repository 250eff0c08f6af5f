//! `shell`: lines of commands on one connection; with `--restricted` the provider portal for who comes over SSH.

mod lines;
mod restricted;
mod ssh;
mod talk;
mod terminal;

use crate::world::{Answer, World};

/// Runs these lines, and gives what was printed, what was said and how it ended, as one text.
fn shell(world: &World, command: &str, lines: &str) -> String {
    let Answer { stdout, stderr, status } = world.run_with_input(command, lines.as_bytes());
    world.without_names_of_this_run(&format!("{stdout}--\n{stderr}[exit {status}]\n")).replace("\r\n", "\n")
}

/// Three providers, a client with four visits, a package, and `rosa`, who answers for one of them.
fn settle(world: &World) {
    crate::tables::settle(world);
    world.set("CAREDESK_TEST_TERMINAL", "");
}
