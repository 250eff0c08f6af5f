//! `sharing setup`: whether and how a provider shares a type of data (rule 3.1).

use clap::builder::TypedValueParser;

use crate::commands::prelude::*;
use crate::context::Switch;
use crate::model::edit::{Edit, or_none};
use crate::model::sharing::{
    DataType, Effect, LONGEST_DEFAULT, Length, Mode, Setting, SettingEdit, SettingView, SharingLevel,
};
use crate::store::sharing::{LinkFilter, Scope, effect_of};

/// An option with several values comes after the arguments.
const USAGE: &str = "caredesk sharing setup [OPTIONS] <PROVIDER> --type <TYPE>...";

#[derive(Args)]
#[command(override_usage = USAGE, after_help = "\
Examples:
  $ caredesk sharing setup harbour --type services --level 2 \\
      --client-by-client on
  $ caredesk sharing setup harbour --type clinical --require-expiry on \\
      --default-days 180
  $ caredesk sharing setup harbour --type services --level 3 --dry-run
  $ caredesk sharing setup harbour --type clinical \\
      --notice \"not to be passed on (42 CFR Part 2)\"

Levels: 1 may share with all, 2 only within a common service category, 3 shares nothing.")]
pub(super) struct Setup {
    /// The provider that owns the data: code or name (or the beginning of either)
    provider: Reference,
    /// The types of data
    #[arg(long = "type", value_name = "TYPE", num_args = 1.., required = true)]
    data_types: Vec<DataType>,
    /// How far it may share: 1 with all, 2 within a common service category, 3 not at all
    #[arg(long, value_parser = level(), value_name = "1|2|3")]
    level: Option<SharingLevel>,
    /// Whether sharing is requested for each client; off shares automatically with all linked providers
    #[arg(long, value_name = "on|off")]
    client_by_client: Option<Switch>,
    /// Whether an agreement must have a last day
    #[arg(long, value_name = "on|off")]
    require_expiry: Option<Switch>,
    /// Whether signed releases of information replace requests
    #[arg(long, value_name = "on|off")]
    release: Option<Switch>,
    /// The length of an agreement in days, if no last day is given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=LONGEST_DEFAULT))]
    default_days: Option<i64>,
    /// Remove the default length
    #[arg(long, conflicts_with = "default_days")]
    no_default_days: bool,
    /// What goes with each record that others see, such as a notice against passing it on, or `none`
    #[arg(long, value_name = "TEXT|none", value_parser = or_none(text::line), allow_hyphen_values = true)]
    notice: Option<Edit<String>>,
}

fn level() -> impl TypedValueParser<Value = SharingLevel> {
    let number = clap::value_parser!(i64).range(1..=3);
    number.try_map(|number| SharingLevel::from_number(number).ok_or("there is no such level"))
}

impl Setup {
    fn edit(&self) -> SettingEdit {
        let on = |switch: Option<Switch>| switch.map(Switch::is_on);
        SettingEdit {
            level: self.level,
            client_by_client: on(self.client_by_client),
            require_expiry: on(self.require_expiry),
            release_sharing: on(self.release),
            default_days: self
                .default_days
                .map(Length::Days)
                .or(self.no_default_days.then_some(Length::Unset)),
            notice: self.notice.clone(),
        }
    }
}

pub(super) fn run(context: &Context, command: &Setup) -> Result<()> {
    context.change("sharing.setup", Action::ChangeSharing, |tx| {
        let provider = owner(context, tx, command)?;
        set_all(context, tx, command, &provider)
    })
}

pub(super) fn owner(context: &Context, tx: &mut Tx<'_>, command: &Setup) -> Result<Provider> {
    store::lookup::<Provider>(tx, &command.provider, context.visibility())
}

/// Sets what is given for each of the types.
pub(super) fn set_all(
    context: &Context, tx: &mut Tx<'_>, command: &Setup, provider: &Provider,
) -> Result<Change<SettingView>> {
    let edit = command.edit();
    let mut all = Change::none();
    for before in store::sharing::settings(tx, provider.id)? {
        if command.data_types.contains(&before.data_type) {
            all = all.and(set(context, tx, provider, &before, &before.changed(&edit))?);
        }
    }
    Ok(all)
}

fn set(
    context: &Context, tx: &mut Tx<'_>, provider: &Provider, before: &Setting, after: &Setting,
) -> Result<Change<SettingView>> {
    let effect = if after == before { Effect::default() } else { replace(context, tx, provider, after)? };
    let note = if after.is_stricter_than(before) { not_meeting(context, tx, provider, after)? } else { None };
    let (before, after) = (before.view(provider), after.view(provider));
    let sentence = sentence(&after);
    let why = format!("`{}` is at level {} for {} already", provider.name, after.level, after.data_type);
    let change = Change::of(before, after).on(&provider.code).saying(sentence).already(why);
    Ok(change.with_effect(effect).noting(note))
}

fn replace(context: &Context, tx: &mut Tx<'_>, provider: &Provider, after: &Setting) -> Result<Effect> {
    let scope = Scope { data_type: Some(after.data_type), ..Scope::of(provider.id) };
    let replace = |tx: &mut Tx<'_>| {
        store::sharing::replace_setting(tx, context.key(), provider.id, after, context.now())
    };
    let links =
        LinkFilter { owner: Some(provider.id), data_type: Some(after.data_type), ..LinkFilter::default() };
    // Without a link no record is visible, so the owner's records need not be counted.
    if store::sharing::links(tx, &links, Visibility::INTERNAL)?.is_empty() {
        return replace(tx).map(|()| Effect::default());
    }
    effect_of(tx, &scope, replace).map(|((), effect)| effect)
}

/// How many agreements in force the settings would not allow, and how they are listed (rule 3.13).
fn not_meeting(
    context: &Context, tx: &mut Tx<'_>, provider: &Provider, setting: &Setting,
) -> Result<Option<String>> {
    let (mut grants, mut releases) = (0, 0);
    store::sharing::agreements(
        tx,
        provider.id,
        setting.data_type,
        context.today,
        |(is_release, signed, expires)| {
            if !setting.is_met_by(signed, expires) {
                *(if is_release { &mut releases } else { &mut grants }) += 1;
            }
        },
    )?;
    let (code, kind) = (&provider.code, setting.data_type);
    let listed = [
        (grants, "grant", "grants", format!("sharing list --incoming {code} --type {kind} --not-meeting")),
        (releases, "release", "releases", format!("release list --owner {code} --type {kind} --not-meeting")),
    ];
    let listed = listed.into_iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> = listed
        .map(|(count, one, many, command)| {
            format!("{} in force (`caredesk {command}`)", counted(count, one, many))
        })
        .collect();
    let do_not =
        if grants + releases == 1 { "does not meet it and stands" } else { "do not meet it and stand" };
    Ok((!parts.is_empty()).then(|| format!("{} {do_not} until ended", parts.join(" and "))))
}

fn sentence(view: &SettingView) -> String {
    let SettingView { provider_name, data_type, level, .. } = view;
    let how = match view.sharing {
        Mode::Nothing => "nothing is shared",
        Mode::Automatic => "automatic once linked",
        Mode::Request => "by request",
        Mode::Release => "by release",
    };
    let expiry = match (view.sharing, view.require_expiry, view.default_days) {
        (Mode::Request | Mode::Release, true, Some(days)) => {
            let days = counted(days, "day", "days");
            format!(", with an expiry, {days} if none is given")
        }
        (Mode::Request | Mode::Release, true, None) => ", with an expiry".to_owned(),
        (Mode::Request | Mode::Release, false, Some(days)) => {
            format!(", {} if no expiry is given", counted(days, "day", "days"))
        }
        _ => String::new(),
    };
    let notice = if view.notice.is_some() { ", with a notice" } else { "" };
    format!("Changed sharing of {data_type} by `{provider_name}`: level {level}, {how}{expiry}{notice}.")
}
