//! `hub edit`: the settings of the hub.

use super::view;
use crate::commands::prelude::*;
use crate::model::hub::{HubView, MOST_CONTACT_DAYS};
use crate::model::sharing::MOST_REQUEST_DAYS;
use crate::model::signing::{HIGHEST, SigningAge};

#[derive(Args)]
#[group(required = true, multiple = true)]
#[command(after_help = "\
Examples:
  $ caredesk hub edit --contact-days 14")]
pub(super) struct Edit {
    /// What the hub is called in documents
    #[arg(long, value_parser = edit::never_none(text::name))]
    name: Option<String>,
    /// For how many days after the last visit that it has accepted a provider sees whose it was and where
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..=MOST_CONTACT_DAYS))]
    contact_days: Option<i64>,
    /// For how many days a sharing request waits for an answer; those that wait already keep theirs
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=MOST_REQUEST_DAYS))]
    request_days: Option<i64>,
    /// From which age on a client signs for itself; `none` where it always does
    #[arg(long, value_name = "N|none", value_parser = edit::or_none(age))]
    signing_age: Option<edit::Edit<u32>>,
}

fn age(text: &str) -> Result<u32, String> {
    let age = text.parse().ok().filter(|age| (1..=HIGHEST).contains(age));
    age.ok_or_else(|| format!("it is none or an age from 1 to {HIGHEST}"))
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("hub.edit", Action::ChangeHub, |tx| {
        let before = view(tx)?;
        let after = HubView {
            name: command.name.clone().or_else(|| before.name.clone()),
            contact_days: command.contact_days.unwrap_or(before.contact_days),
            request_days: command.request_days.unwrap_or(before.request_days),
            signing_age: edit::apply(command.signing_age.as_ref(), before.signing_age),
            ..before.clone()
        };
        if let Some(name) = after.name.as_ref().filter(|_| after.name != before.name) {
            store::setting::set(tx, "hub_name", name)?;
        }
        if after.contact_days != before.contact_days {
            store::setting::set(tx, "contact_days", &after.contact_days.to_string())?;
        }
        if after.request_days != before.request_days {
            store::setting::set(tx, "request_days", &after.request_days.to_string())?;
        }
        if after.signing_age != before.signing_age {
            store::setting::set(tx, "signing_age", &SigningAge(after.signing_age).to_store())?;
        }
        Ok(Change::of(before, after).on("hub"))
    })
}
