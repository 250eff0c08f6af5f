//! What the configuration says counts as if it stood on the line, where neither the line nor the environment says otherwise.

use clap::{Args, Command, FromArgMatches};

use super::globals::Globals;
use super::refusal;
use super::settings::Settings;
use crate::error::Result;
use crate::model::setting::Setting;

/// Environment errors: a configuration that is wrong; usage error: there is no such profile.
pub(super) fn settle(mut globals: Globals) -> Result<Globals> {
    let settings = Settings::read(std::mem::take(&mut globals.on_line))?;
    for (setting, word) in settings.words() {
        let of_file =
            options(&word).map_err(|error| settings.wrong(setting, refusal::usage(&error, &[]).message()))?;
        match setting {
            Setting::Db => globals.db = of_file.db,
            Setting::As => globals.acting = of_file.acting,
            Setting::Output => globals.output = of_file.output,
            Setting::Color => globals.color = of_file.color,
            Setting::LockTimeout => globals.lock_timeout = of_file.lock_timeout,
            Setting::ReadFrom => globals.read_from = of_file.read_from,
            Setting::NoInput => globals.no_input = of_file.no_input,
            Setting::PasswordFile
            | Setting::DbPasswordFile
            | Setting::Smtp
            | Setting::SmtpFrom
            | Setting::SealKey => {}
        }
    }
    Ok(Globals { settings, ..globals })
}

/// The global options of a line that has one and nothing else.
fn options(word: &str) -> Result<Globals, clap::Error> {
    let grammar = Globals::augment_args(Command::new("caredesk").no_binary_name(true));
    Globals::from_arg_matches(&grammar.try_get_matches_from([word])?)
}
