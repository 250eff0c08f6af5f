//! `release form`: a release of information as a form that a person signs (rule 8.43).

use super::form_page::Unsigned;
use crate::commands::prelude::*;
use crate::context::Audited;
use crate::interchange::pdf;
use crate::model::release;
use crate::model::sharing::{DataType, Setting};
use crate::output::target::Destination;
use crate::store::provider::Partner;

/// An option with several values comes after the arguments.
const USAGE: &str = "caredesk release form [OPTIONS] <CLIENT> --file <FILE|->";

#[derive(Args)]
#[command(override_usage = USAGE, after_help = "\
Examples:
  $ caredesk release form ada --owner oak --type services forms \\
      --recipient harbour --purpose \"care after discharge\" --file ada.pdf
  $ caredesk release form ada --owner oak --file blank.pdf

What is not given is left blank, to be written by hand. The form says what a valid release has to say, so once it is signed \
  `caredesk release add` takes --right-to-revoke, --conditions and --redisclosure.")]
pub(super) struct FormArgs {
    /// The client: code, id or name (or the beginning of a code or name)
    client: Reference,
    /// The provider that discloses its records [default: the one you speak for]
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// The types of data that are disclosed
    #[arg(long = "type", value_name = "TYPE", num_args = 1..)]
    data_types: Vec<DataType>,
    /// For all linked providers, including future ones
    #[arg(long, conflicts_with = "recipients")]
    all_providers: bool,
    /// For these providers
    #[arg(long = "recipient", value_name = "PROVIDER", num_args = 1..)]
    recipients: Vec<Reference>,
    /// The purpose of the disclosure
    #[arg(long, value_name = "TEXT", value_parser = text::line)]
    purpose: Option<String>,
    /// The last day on which it holds
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    expires: Option<Day>,
    /// What ends it instead of a day
    #[arg(long, value_name = "TEXT", value_parser = text::line, conflicts_with = "expires")]
    expiry_event: Option<String>,
    #[command(flatten)]
    destination: Destination,
}

view! {
    pub(super) struct Printed("release", |view| &view.client) {
        client: String => Code,
        client_name: PersonName => Name,
        owner: String => Code(hidden),
        owner_name: String => Name,
        file: String => Text,
        bytes: usize => Number,
    }
}

pub(super) fn run(context: &Context, command: &FormArgs) -> Result<()> {
    context.report(|| {
        let to = &command.destination;
        let read = |tx: &mut Tx<'_>| {
            let unsigned = read(context, tx, command)?;
            let entry = Audited::read(&unsigned.client.code);
            Ok((unsigned, entry))
        };
        let right = Right::PortalPermission(Permission::AnswerSharing);
        let build = |unsigned: &Unsigned| pdf::document(&unsigned.form(context).page(context));
        let (unsigned, bytes) = context.export_pdf("release.form", right, to, read, build)?;
        for warning in by_other_means(&unsigned.owner.name, &unsigned.settings) {
            context.out.warn(&warning);
        }
        if to.is_standard() {
            return Ok(None);
        }
        let done = Printed {
            client_name: unsigned.client.full_name(),
            client: unsigned.client.code,
            owner: unsigned.owner.code,
            owner_name: unsigned.owner.name,
            file: to.name(),
            bytes,
        };
        let sentence = format!(
            "Wrote a release form of client {} ({}) to {}.",
            done.client, done.client_name, done.file
        );
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

/// By the rules of a release that is signed today.
fn read(context: &Context, tx: &mut Tx<'_>, command: &FormArgs) -> Result<Unsigned> {
    let client = super::find_client(context, tx, &command.client)?;
    let owner = context.own_provider(tx, command.owner.as_ref(), "--owner")?;
    let named = store::lookup_many::<Partner>(tx, &command.recipients, context.visibility())?;
    client.must_be_known()?;
    let expires_on = command.expires.map(|day| day.resolve(context.today));
    release::may_sign(context.today, expires_on, context.today)?;
    let recipients = release::may_name(&owner, named)?;
    let mut settings = store::sharing::settings(tx, owner.id)?;
    settings.retain(|setting| command.data_types.contains(&setting.data_type));
    Ok(Unsigned {
        hub: store::setting::hub_name(tx)?,
        signing_age: store::setting::signing_age(tx)?,
        client,
        owner,
        settings,
        all_providers: command.all_providers,
        recipients: recipients.into_iter().map(|provider| provider.name).collect(),
        purpose: command.purpose.clone(),
        expires_on,
        expiry_event: command.expiry_event.clone(),
    })
}

/// A signature counts only where the owner shares by releases.
fn by_other_means(owner: &str, settings: &[Setting]) -> Vec<String> {
    let others = settings.iter().filter(|setting| !setting.release_sharing);
    let warning = |setting: &Setting| {
        format!(
            "`{owner}` does not share {} by releases: until it does, nothing is shown by this one",
            setting.data_type
        )
    };
    others.map(warning).collect()
}
