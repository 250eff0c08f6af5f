//! caredesk: care coordination on the command line. Results go to stdout, words about failures to stderr, and the exit
//! status says what sort of failure it was.

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
mod store;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
