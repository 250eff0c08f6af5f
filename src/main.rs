//! caredesk: care coordination on the command line. Results go to stdout, errors to stderr, and the exit
//! status gives the kind of error.

mod cli;
mod commands;
mod context;
mod db;
mod error;
mod file;
mod id;
mod interchange;
mod mailer;
mod model;
mod named;
mod output;
// What `fuzz/` has come to is read again.
#[cfg(test)]
#[path = "../fuzz/src/readers/mod.rs"]
mod readers;
mod store;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
