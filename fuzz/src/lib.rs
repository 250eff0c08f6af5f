//! All that reads, for coverage-guided fuzzing. The program is a binary without a library, so its modules are compiled here once more,
//! and `readers` leads the bytes of a target to them.

#![allow(
    dead_code,
    unfulfilled_lint_expectations,
    unused_imports,
    reason = "what runs the program is not called here"
)]

#[path = "../../src/cli/mod.rs"]
mod cli;
#[path = "../../src/commands/mod.rs"]
mod commands;
#[path = "../../src/context/mod.rs"]
mod context;
#[path = "../../src/db/mod.rs"]
mod db;
#[path = "../../src/error.rs"]
mod error;
#[path = "../../src/file/mod.rs"]
mod file;
#[path = "../../src/id.rs"]
mod id;
#[path = "../../src/interchange/mod.rs"]
mod interchange;
#[path = "../../src/mailer/mod.rs"]
mod mailer;
#[path = "../../src/model/mod.rs"]
mod model;
#[path = "../../src/named.rs"]
mod named;
#[path = "../../src/output/mod.rs"]
mod output;
#[path = "../../src/store/mod.rs"]
mod store;

mod memory;
mod readers;

pub use libfuzzer_sys::fuzz_target;

/// Reads the input of a target.
pub fn read(target: &str, data: &[u8]) {
    let (_, read) = readers::TARGETS.iter().find(|(name, _)| *name == target).expect("a target");
    read(data);
}
