//! `release add`: a signed document, and the providers that it lets see records.

use super::paper::{self, Paper};
use crate::commands::prelude::*;
use crate::context::Signer;
use crate::model::edit::{Edit, or_none};
use crate::model::release::{self, ReleaseView, Statements};
use crate::model::sharing::{self, DataType, Effect, Parties, Setting};
use crate::store::provider::Partner;
use crate::store::sharing::{LinkFilter, Scope, effect_of};

/// An option with several values comes after the arguments.
const USAGE: &str = "caredesk release add [OPTIONS] <CLIENT> --type <TYPE>... --document <FILE|-> --signed <DAY> <--all-providers|--recipient <PROVIDER>...>";

#[derive(Args)]
#[command(override_usage = USAGE, after_help = "\
Examples:
  $ caredesk release add ada --owner oak --type services --document ada.pdf \\
      --signed 2026-11-01 --expires 2027-11-01 --recipient harbour willow \\
      --purpose \"care after discharge\"
  $ caredesk release add ada --owner oak --type forms --document a.png \\
      --signed today --all-providers
  $ caredesk release add ada --owner oak --type forms clinical \\
      --document a.png --signed today --all-providers

One paper may cover several types: that makes a release of each, and the document is kept once. The document is a PDF, PNG or JPEG of at most 64 MiB, recognised by its content. Declare what it \
  states with --right-to-revoke, --conditions and --redisclosure; `caredesk release check` lists the elements of a \
  valid release.")]
pub(super) struct Add {
    /// The client: code, id or name (or the beginning of a code or name)
    client: Reference,
    /// The provider that discloses its records [default: the one you speak for]
    #[arg(long, value_name = "PROVIDER")]
    owner: Option<Reference>,
    /// The types of data that are disclosed
    #[arg(long = "type", value_name = "TYPE", num_args = 1.., required = true)]
    data_types: Vec<DataType>,
    /// The signed document; `-` is standard input
    #[arg(long, value_name = "FILE|-")]
    document: Input,
    /// The date of the signature
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    signed: Day,
    #[command(flatten)]
    named: RecipientArgs,
    /// The last day on which it holds, or `none` for an open end [default: from the owner's settings]
    #[arg(long, value_name = "DAY|none", value_parser = or_none(str::parse::<Day>), allow_hyphen_values = true)]
    expires: Option<Edit<Day>>,
    /// What ends it instead of a day; then it does not expire by itself
    #[arg(long, value_name = "TEXT", value_parser = text::line)]
    expiry_event: Option<String>,
    /// The purpose of the disclosure
    #[arg(long, value_name = "TEXT", value_parser = text::line)]
    purpose: Option<String>,
    #[command(flatten)]
    signer: Signer,
    /// The document states the right to revoke it, and how
    #[arg(long)]
    right_to_revoke: bool,
    /// The document states whether care depends on signing it
    #[arg(long)]
    conditions: bool,
    /// The document states that the recipient may disclose the records to others
    #[arg(long)]
    redisclosure: bool,
    /// Leave a release of the same document to the same recipients as it is, while it holds
    #[arg(long)]
    if_not_exists: bool,
}

// Exactly one of the two. (A doc comment here would become the help of the whole verb.)
#[derive(Args)]
#[group(required = true, multiple = false)]
struct RecipientArgs {
    /// For all linked providers, including future ones
    #[arg(long)]
    all_providers: bool,
    /// For these providers
    #[arg(long = "recipient", value_name = "PROVIDER", num_args = 1..)]
    recipients: Vec<Reference>,
}

/// The client, owner and recipients of a release.
struct ReleaseParties {
    client: Client,
    owner: Provider,
    recipients: Vec<Provider>,
}

pub(super) fn run(context: &Context, command: &Add) -> Result<()> {
    let read = || paper::read(&command.document).map(Some);
    context.change_with(
        "release.add",
        (Permission::AnswerSharing, Action::ChangeSharing),
        read,
        |tx, paper| {
            let parties = find(context, tx, command)?;
            // Without the right no document was read, and it only matters whether all of these exist.
            let Some(paper) = paper else { return Ok(Change::none()) };
            let (mut all, mut kept) = (Change::none(), None);
            for setting in store::sharing::settings(tx, parties.owner.id)? {
                if command.data_types.contains(&setting.data_type) {
                    let new = signed(context, tx, command, paper, (&parties, &setting))?;
                    all = all.and(add(context, tx, command, (&new, &setting), (paper, &mut kept))?);
                }
            }
            let signed_on = command.signed.resolve_past(context.today);
            Ok(all.warning(command.signer.must_be_of_age(tx, parties.client.id, signed_on)?))
        },
    )
}

/// One type of what the paper covers. `kept` is the release of another type that holds the document.
fn add(
    context: &Context, tx: &mut Tx<'_>, command: &Add, (new, setting): (&Release, &Setting),
    (paper, kept): (&Paper, &mut Option<ReleaseId>),
) -> Result<Change<ReleaseView>> {
    let existing = same_document(tx, new, context)?;
    let change = match &existing {
        Some(same) if command.if_not_exists && same.has_recipients_of(new) => {
            let why = format!("release {} ({}) exists", same.code, same.client_name);
            let change = Change::unchanged(same.view(context.today)).already(why);
            return Ok(noted(context, change.with_effect(Effect::default()), same, setting));
        }
        _ => insert(context, tx, new, (paper, *kept))?,
    };
    kept.get_or_insert(new.id);
    let warning = existing.map(|existing| {
        let whom = if existing.has_recipients_of(new) { "the same" } else { "other" };
        format!("{} holds the same document for {whom} recipients, and still counts", existing.code)
    });
    let change = change.warning(warning).warning_all(obstacles(tx, new, setting)?);
    Ok(noted(context, change, new, setting))
}

fn insert(
    context: &Context, tx: &mut Tx<'_>, new: &Release, paper: (&Paper, Option<ReleaseId>),
) -> Result<Change<ReleaseView>> {
    let ((), effect) = effect_of(tx, &Scope::of_release(new), |tx| super::store(context, tx, new, paper))?;
    let sentence = format!("Created release {}.", described(new));
    let alerted = context.alert_release(tx, new, &effect)?;
    let change = Change::created(new.view(context.today)).saying(sentence);
    Ok(change.with_effect(effect).alerting(&alerted))
}

/// A valid release of the same document: one with the same recipients, otherwise the newest.
fn same_document(tx: &mut Tx<'_>, made: &Release, context: &Context) -> Result<Option<Release>> {
    let mut found = store::release::same(tx, made, context.today)?;
    let best = found.iter().position(|release| release.has_recipients_of(made)).unwrap_or(0);
    Ok((!found.is_empty()).then(|| found.swap_remove(best)))
}

fn find(context: &Context, tx: &mut Tx<'_>, command: &Add) -> Result<ReleaseParties> {
    let client = super::find_client(context, tx, &command.client)?;
    let visibility = context.visibility();
    let owner = context.own_provider(tx, command.owner.as_ref(), "--owner")?;
    let recipients = store::lookup_many::<Partner>(tx, &command.named.recipients, visibility)?;
    client.must_be_known()?;
    Ok(ReleaseParties { client, owner, recipients })
}

/// The release, after the rules have been checked.
fn signed(
    context: &Context, tx: &mut Tx<'_>, command: &Add, paper: &Paper,
    (parties, setting): (&ReleaseParties, &Setting),
) -> Result<Release> {
    let ReleaseParties { client, owner, recipients } = parties;
    let signed_on = command.signed.resolve_past(context.today);
    let given = command.expires.map(|edit| edit.map(|day| day.resolve(context.today)));
    let event = command.expiry_event.as_deref();
    let expires_on = release::set_expiry(given, event, signed_on, setting, owner)?;
    release::may_sign(signed_on, expires_on, context.today)?;
    let recipients = release::may_name(owner, recipients.clone())?;
    Ok(Release {
        id: context.key(),
        code: context.code(Prefix::Release, |code| store::release::is_code_taken(tx, code))?,
        client_id: client.id,
        client_name: client.full_name(),
        client: client.code.clone(),
        owner_id: owner.id,
        owner: owner.code.clone(),
        owner_name: owner.name.clone(),
        data_type: setting.data_type,
        signed_on,
        signed_by: command.signer.signed_by.clone(),
        signed_as: command.signer.signed_as.clone(),
        is_of_minor: false,
        expires_on,
        expiry_event: command.expiry_event.clone(),
        purpose: command.purpose.clone(),
        statements: Statements {
            right_to_revoke: command.right_to_revoke,
            conditions: command.conditions,
            redisclosure: command.redisclosure,
        },
        all_providers: command.named.all_providers,
        recipients: recipients.into_iter().map(super::recipient).collect(),
        document: paper.document.clone(),
        created_at: context.now(),
        created_by: context.actor.account.login.clone(),
        revoked_at: None,
        revoked_by: None,
        reason: None,
        withdrawn_on: None,
        withdrawn_how: None,
    })
}

fn described(release: &Release) -> String {
    let Release { code, client_name, owner_name, data_type, .. } = release;
    let names: Vec<String> = release.recipients.iter().map(|named| format!("`{}`", named.name)).collect();
    let to = if release.all_providers { "all providers".to_owned() } else { names.join(", ") };
    let until = release.expires_on.map(|day| format!(" until {day}")).unwrap_or_default();
    format!("{code} ({client_name}): `{owner_name}` may show {data_type} to {to}{until}")
}

/// With the conditions that the release does not fulfil by itself.
fn noted(
    context: &Context, change: Change<ReleaseView>, release: &Release, setting: &Setting,
) -> Change<ReleaseView> {
    let Release { code, owner, owner_name, data_type, .. } = release;
    let warning = (!setting.release_sharing).then(|| {
        format!("`{owner_name}` does not share {data_type} by releases: this one counts once `caredesk sharing setup {owner} --type {data_type} --release on` is done")
    });
    let lacks = release.view(context.today).lacks;
    let lacks: Vec<String> = lacks.iter().map(|lack| lack.name().replace('_', " ")).collect();
    let note = (!lacks.is_empty())
        .then(|| format!("it lacks {}; `caredesk release check {code}` says more", lacks.join(", ")));
    change.warning(warning).noting(note)
}

/// What else keeps its recipients from seeing anything, each with the command that helps.
fn obstacles(tx: &mut Tx<'_>, release: &Release, setting: &Setting) -> Result<Vec<String>> {
    let Release { client, owner, owner_name, data_type, .. } = release;
    let data_type = *data_type;
    let links =
        LinkFilter { owner: Some(release.owner_id), data_type: Some(data_type), ..LinkFilter::default() };
    if release.all_providers && store::sharing::links(tx, &links, Visibility::INTERNAL)?.is_empty() {
        let none = format!("`{owner_name}` is linked to no provider for {data_type}");
        return Ok(vec![format!(
            "{none}; `caredesk sharing link {owner} PROVIDER --type {data_type}` links it to one"
        )]);
    }
    let mut found = Vec::new();
    for recipient in &release.recipients {
        let parties = Parties { client, owner: owner_name, recipient: &recipient.name, data_type };
        let facts = store::sharing::request_facts(
            tx,
            setting.clone(),
            release.owner_id,
            recipient.id,
            release.client_id,
        )?;
        if let Err(why) = sharing::may_show(&facts, &parties) {
            let hint = why.hint_text().map(|hint| format!("; {hint}")).unwrap_or_default();
            found.push(format!("nothing is shown to `{}` for now: {}{hint}", recipient.name, why.message()));
        }
    }
    Ok(found)
}
