//! Sharing settings and links of providers (rules 3.1, 3.2 and 3.4).

use clap::builder::TypedValueParser;
use clap::{Args, ValueEnum};

use super::effect;
use crate::context::{Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::Action;
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::sharing::{
    self, Change, DataType, Effect, Length, LinkView, Mode, Setting, SettingView, SharingLevel,
};
use crate::model::text;
use crate::model::visibility::Visibility;
use crate::output::Outcome;
use crate::output::sharing::Changed;
use crate::store;
use crate::store::sharing::{LinkFilter, Scope};

const SETUP_EXAMPLES: &str = "\
Examples:
  $ caredesk sharing setup harbour --type services --level 2 --client-by-client on
  $ caredesk sharing setup harbour --type clinical --require-expiry on --default-days 180
  $ caredesk sharing setup harbour --type services --level 3 --dry-run

Levels: 1 may share with all, 2 only within a common service category, 3 shares nothing.";

#[derive(Args)]
#[command(after_help = SETUP_EXAMPLES)]
pub(super) struct Setup {
    /// The owner: its code or name, or the beginning of either
    provider: Reference,
    /// For which data; may be given several times
    #[arg(long = "type", value_name = "TYPE", required = true)]
    data_types: Vec<DataType>,
    /// How far it may share: 1 with all, 2 within a common service category, 3 not at all
    #[arg(long, value_parser = level(), value_name = "1|2|3")]
    level: Option<SharingLevel>,
    /// Whether each client is asked for; off shares automatically with all that are linked
    #[arg(long, value_name = "on|off")]
    client_by_client: Option<Switch>,
    /// Whether an agreement has to have a last day
    #[arg(long, value_name = "on|off")]
    require_expiry: Option<Switch>,
    /// Whether signed releases of information take the place of requests
    #[arg(long, value_name = "on|off")]
    release: Option<Switch>,
    /// How long an agreement lasts whose last day is required and not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=36_500))]
    default_days: Option<i64>,
    /// Set no such length any more
    #[arg(long, conflicts_with = "default_days")]
    no_default_days: bool,
}

fn level() -> impl TypedValueParser<Value = SharingLevel> {
    let number = clap::value_parser!(i64).range(1..=3);
    number.try_map(|number| SharingLevel::from_number(number).ok_or("there is no such level"))
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[derive(Args)]
pub(super) struct Settings {
    /// Its code or name, or the beginning of either
    provider: Reference,
}

const LINK_EXAMPLES: &str = "\
Examples:
  $ caredesk sharing link harbour willow --type services --type case-notes";

#[derive(Args)]
#[command(after_help = LINK_EXAMPLES)]
pub(super) struct Link {
    /// Whose records: a code or name, or the beginning of either
    owner: Reference,
    /// Who is to see them: a code or name, or the beginning of either
    recipient: Reference,
    /// For which data; may be given several times
    #[arg(long = "type", value_name = "TYPE", required = true)]
    data_types: Vec<DataType>,
}

#[derive(Args)]
pub(super) struct Links {
    /// Only from or to this provider
    provider: Option<Reference>,
}

impl Setup {
    fn change(&self) -> Change {
        let on = |switch: Option<Switch>| switch.map(|switch| switch == Switch::On);
        Change {
            level: self.level,
            client_by_client: on(self.client_by_client),
            require_expiry: on(self.require_expiry),
            release_sharing: on(self.release),
            default_days: self
                .default_days
                .map(Length::Days)
                .or(self.no_default_days.then_some(Length::Unset)),
        }
    }
}

pub(super) fn setup(context: &Context, command: &Setup) -> Result<()> {
    let change_report = context.out.change_report()?;
    let change = command.change();
    let (outcome, done) = context.write(|tx| {
        tx.as_of(context.now, context.today)?;
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        context.actor.may(Action::ChangeSharing)?;
        let settings = store::sharing::settings(tx, provider.id)?;
        let wanted = settings.into_iter().filter(|one| command.data_types.contains(&one.data_type));
        let mut outcome = Outcome::Unchanged;
        let mut done = Vec::new();
        for before in wanted {
            let after = before.changed(&change);
            let effect = if after == before {
                Effect::default()
            } else {
                outcome = Outcome::Updated;
                set(context, tx, &provider, &before, &after)?
            };
            done.push(Changed { object: after.view(&provider.name), effect });
        }
        Ok((outcome, done))
    })?;
    let sentence: Vec<String> = done.iter().map(|one| message(&one.object) + &one.effect.words()).collect();
    change_report.say_all(outcome, &sentence.join(" "), &done)
}

fn set(
    context: &Context,
    tx: &mut Tx<'_>,
    provider: &Provider,
    before: &Setting,
    after: &Setting,
) -> Result<Effect> {
    let id = context.key();
    let scope = Scope { data_type: Some(after.data_type), ..Scope::of(provider.id) };
    let replace = |tx: &mut Tx<'_>| store::sharing::replace_setting(tx, id, provider.id, after, context.now);
    let links =
        LinkFilter { owner: Some(provider.id), data_type: Some(after.data_type), ..LinkFilter::default() };
    // Without a link no record is visible, so the owner's records need not be counted.
    let effect = if store::sharing::links(tx, &links, Visibility::INTERNAL)?.is_empty() {
        replace(tx)?;
        Effect::default()
    } else {
        effect::of(tx, &scope, replace)?.1
    };
    let (was, is) = (before.view(&provider.name), after.view(&provider.name));
    context.audit(tx, "sharing.setup", &provider.code, Some(&was), Some(&is))?;
    Ok(effect)
}

fn message(view: &SettingView) -> String {
    let SettingView { provider, level, .. } = view;
    let kind = view.data_type.name();
    let how = match view.sharing {
        Mode::Nothing => "nothing is shared".to_owned(),
        Mode::Automatic => "automatic once linked".to_owned(),
        mode => mode.words().to_owned(),
    };
    let expiry = match (view.sharing, view.require_expiry, view.default_days) {
        (Mode::Request, true, Some(days)) => {
            let days = text::counted(days, "day", "days");
            format!(", with an expiry, {days} if none is given")
        }
        (Mode::Request, true, None) => ", with an expiry".to_owned(),
        _ => String::new(),
    };
    format!("`{provider}` is at level {level} for {kind}: {how}{expiry}.")
}

pub(super) fn settings(context: &Context, command: &Settings) -> Result<()> {
    let (provider, settings) = context.read(|tx| {
        let provider = store::lookup::<Provider>(tx, &command.provider, context.visibility())?;
        let settings = store::sharing::settings(tx, provider.id)?;
        Ok((provider, settings))
    })?;
    let mut list = context.out.list::<SettingView>()?;
    for setting in settings {
        list.row(&setting.view(&provider.name))?;
    }
    list.end("no settings")
}

pub(super) fn link(context: &Context, command: &Link) -> Result<()> {
    change_links(context, command, true)
}

pub(super) fn unlink(context: &Context, command: &Link) -> Result<()> {
    change_links(context, command, false)
}

/// Links or unlinks, type by type; existing links stay as they are.
fn change_links(context: &Context, command: &Link, wanted: bool) -> Result<()> {
    let change_report = context.out.change_report()?;
    let (outcome, done) = context.write(|tx| {
        tx.as_of(context.now, context.today)?;
        let visibility = context.visibility();
        let owner = store::lookup::<Provider>(tx, &command.owner, visibility)?;
        let recipient = store::lookup::<Provider>(tx, &command.recipient, visibility)?;
        context.actor.may(Action::ChangeSharing)?;
        must_differ(&owner, &recipient)?;
        let mut outcome = Outcome::Unchanged;
        let mut done = Vec::new();
        for setting in store::sharing::settings(tx, owner.id)? {
            if command.data_types.contains(&setting.data_type) {
                let link = present(context, tx, &owner, &recipient, setting)?;
                let effect = change_link(context, tx, &owner, &link, wanted)?;
                if effect.is_some() {
                    outcome = if wanted { Outcome::Created } else { Outcome::Deleted };
                }
                let (link, _) = link;
                done.push(Changed { object: link.view(), effect: effect.unwrap_or_default() });
            }
        }
        Ok((outcome, done))
    })?;
    let verb = if wanted { "is linked" } else { "is not linked" };
    let sentence: Vec<String> =
        done.iter().map(|one| told_link(&one.object, verb, wanted) + &one.effect.words()).collect();
    change_report.say_all(outcome, &sentence.join(" "), &done)
}

pub(super) fn must_differ(owner: &Provider, recipient: &Provider) -> Result<()> {
    if owner.id != recipient.id {
        return Ok(());
    }
    let name = &owner.name;
    Err(Error::refused(
        "sharing.same",
        format!("`{name}` shares nothing with itself: it sees its own records"),
    )
    .hint("name two providers, the owner first"))
}

/// The link, and whether it exists.
fn present(
    context: &Context,
    tx: &mut Tx<'_>,
    owner: &Provider,
    recipient: &Provider,
    setting: Setting,
) -> Result<(sharing::Link, bool)> {
    let filter = LinkFilter {
        owner: Some(owner.id),
        recipient: Some(recipient.id),
        data_type: Some(setting.data_type),
        ..LinkFilter::default()
    };
    let found = store::sharing::links(tx, &filter, Visibility::INTERNAL)?.pop();
    let is_there = found.is_some();
    let new = || sharing::Link {
        id: context.key(),
        owner_id: owner.id,
        owner: owner.name.clone(),
        recipient_id: recipient.id,
        recipient: recipient.name.clone(),
        setting,
    };
    Ok((found.unwrap_or_else(new), is_there))
}

/// `None` if nothing changes.
fn change_link(
    context: &Context,
    tx: &mut Tx<'_>,
    owner: &Provider,
    (link, is_there): &(sharing::Link, bool),
    wanted: bool,
) -> Result<Option<Effect>> {
    if *is_there == wanted {
        return Ok(None);
    }
    let scope = Scope {
        owner: link.owner_id,
        recipient: Some(link.recipient_id),
        data_type: Some(link.data_type()),
        client: None,
    };
    let view = link.view();
    let ((), effect) = effect::of(tx, &scope, |tx| {
        if wanted {
            store::sharing::insert_link(tx, link, context.now)?;
            context.audit(tx, "sharing.link", &owner.code, None::<&()>, Some(&view))
        } else {
            store::sharing::end_link(tx, link, context.now)?;
            context.audit(tx, "sharing.unlink", &owner.code, Some(&view), None::<&()>)
        }
    })?;
    Ok(Some(effect))
}

fn told_link(view: &LinkView, verb: &str, wanted: bool) -> String {
    let LinkView { owner, recipient, sharing, .. } = view;
    let how = match sharing {
        _ if !wanted => "",
        Mode::Automatic => ", automatically",
        Mode::Request => ", by request",
        Mode::Release => ", by release",
        Mode::Nothing => "; at level 3 it shares nothing",
    };
    format!("`{owner}` {verb} to `{recipient}` for {}{how}.", view.data_type.name())
}

pub(super) fn links(context: &Context, command: &Links) -> Result<()> {
    let visibility = context.visibility();
    let links = context.read(|tx| {
        let provider = command.provider.as_ref();
        let provider = store::lookup_optional::<store::provider::Partner>(tx, provider, visibility)?;
        let provider = provider.map(|provider| provider.id);
        store::sharing::links(tx, &LinkFilter { provider, ..LinkFilter::default() }, visibility)
    })?;
    let mut list = context.out.list::<LinkView>()?;
    for link in links {
        list.row(&link.view())?;
    }
    list.end("no links")
}
