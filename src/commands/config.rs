//! `config`: where the settings of a run come from. It needs no database.

use crate::commands::prelude::*;
use crate::model::setting::{Profile, SettingInForce};
use crate::output::{Output, Schemas};

#[derive(Args)]
pub(crate) struct Config {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// List the settings in force, and where each comes from
    List,
    /// List the profiles of the configuration
    Profiles,
}

pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<SettingInForce>().lists::<Profile>();
}

pub(crate) fn run(
    out: &Output, command: &Config, settings: Vec<SettingInForce>, profiles: Vec<Profile>,
) -> Result<()> {
    match command.verb {
        Verb::List => out.rows(settings, "there are no settings"),
        Verb::Profiles => out.rows(profiles, "there are no profiles: `caredesk help profiles`"),
    }
}
