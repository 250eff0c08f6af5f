//! `sharing link` and `sharing unlink`: the direction from an owner to a recipient (rules 3.2 and 3.4).

use super::must_differ;
use crate::commands::prelude::*;
use crate::model::sharing::{self, DataType, Effect, LinkView, Mode, Setting};
use crate::store::sharing::{LinkFilter, Scope, effect_of};

/// An option with several values comes after the arguments.
pub(super) const USAGE: [&str; 2] = [
    "caredesk sharing link [OPTIONS] <OWNER> <RECIPIENT> --type <TYPE>...",
    "caredesk sharing unlink [OPTIONS] <OWNER> <RECIPIENT> --type <TYPE>...",
];

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing link harbour willow --type services case-notes")]
pub(super) struct Link {
    /// The provider that owns the records: code or name (or the beginning of either)
    owner: Reference,
    /// The provider that may see them: code or name (or the beginning of either)
    recipient: Reference,
    /// The types of data
    #[arg(long = "type", value_name = "TYPE", num_args = 1.., required = true)]
    data_types: Vec<DataType>,
}

pub(super) fn link(context: &Context, command: &Link) -> Result<()> {
    change(context, "sharing.link", command, true)
}

pub(super) fn unlink(context: &Context, command: &Link) -> Result<()> {
    change(context, "sharing.unlink", command, false)
}

fn change(context: &Context, action: &'static str, command: &Link, wanted: bool) -> Result<()> {
    context.change(action, Action::ChangeSharing, |tx| {
        let parties = parties(context, tx, command)?;
        set(context, tx, command, &parties, wanted)
    })
}

/// The owner and the recipient.
pub(super) fn parties(context: &Context, tx: &mut Tx<'_>, command: &Link) -> Result<[Provider; 2]> {
    let owner = store::lookup::<Provider>(tx, &command.owner, context.visibility())?;
    let recipient = store::lookup::<Provider>(tx, &command.recipient, context.visibility())?;
    must_differ(&owner, &recipient)?;
    Ok([owner, recipient])
}

/// Links or unlinks, type by type; existing links stay as they are.
pub(super) fn set(
    context: &Context, tx: &mut Tx<'_>, command: &Link, [owner, recipient]: &[Provider; 2], wanted: bool,
) -> Result<Change<LinkView>> {
    let mut all = Change::none();
    for setting in store::sharing::settings(tx, owner.id)? {
        if command.data_types.contains(&setting.data_type) {
            all = all.and(set_type(context, tx, (owner, recipient), setting, wanted)?.on(&owner.code));
        }
    }
    Ok(all)
}

fn set_type(
    context: &Context, tx: &mut Tx<'_>, (owner, recipient): (&Provider, &Provider), setting: Setting,
    wanted: bool,
) -> Result<Change<LinkView>> {
    let data_type = setting.data_type;
    let found = in_force(tx, owner, recipient, data_type)?;
    let is_linked = found.is_some();
    let link = found.unwrap_or_else(|| new(context, owner, recipient, setting));
    let view = link.view();
    let sentence = sentence(&view, wanted);
    if is_linked == wanted {
        let state = if wanted { "is linked" } else { "is not linked" };
        let (owner, recipient) = (&view.owner_name, &view.recipient_name);
        let why = format!("`{owner}` {state} to `{recipient}` for {}", view.data_type);
        return Ok(Change::unchanged(view).already(why).with_effect(Effect::default()));
    }
    let scope =
        Scope { owner: owner.id, recipient: Some(recipient.id), data_type: Some(data_type), client: None };
    let ((), effect) = effect_of(tx, &scope, |tx| {
        if wanted {
            store::sharing::insert_link(tx, &link, context.now())
        } else {
            store::sharing::end_link(tx, &link, context.now())
        }
    })?;
    let change = if wanted { Change::created(view) } else { Change::deleted(view) };
    let inactive = (wanted && !recipient.active).then(|| recipient.receives_nothing());
    let unshared = (wanted && link.setting.mode() == Mode::Nothing).then(|| {
        let Provider { code, name, .. } = owner;
        format!("`{name}` shares no {data_type} yet: `caredesk sharing setup {code} --type {data_type} --level 1` lets it")
    });
    Ok(change.saying(sentence).with_effect(effect).warning(inactive).warning(unshared))
}

pub(super) fn in_force(
    tx: &mut Tx<'_>, owner: &Provider, recipient: &Provider, data_type: DataType,
) -> Result<Option<sharing::Link>> {
    let filter = LinkFilter {
        owner: Some(owner.id),
        recipient: Some(recipient.id),
        data_type: Some(data_type),
        ..LinkFilter::default()
    };
    Ok(store::sharing::links(tx, &filter, Visibility::INTERNAL)?.pop())
}

pub(super) fn new(
    context: &Context, owner: &Provider, recipient: &Provider, setting: Setting,
) -> sharing::Link {
    sharing::Link {
        id: context.key(),
        owner_id: owner.id,
        owner: owner.code.clone(),
        owner_name: owner.name.clone(),
        recipient_id: recipient.id,
        recipient: recipient.code.clone(),
        recipient_name: recipient.name.clone(),
        setting,
    }
}

fn sentence(view: &LinkView, wanted: bool) -> String {
    let LinkView { owner_name, recipient_name, data_type, .. } = view;
    let how = match view.sharing {
        _ if !wanted => return format!("Unlinked `{owner_name}` from `{recipient_name}` for {data_type}."),
        Mode::Automatic => ", automatically",
        Mode::Request => ", by request",
        Mode::Release => ", by release",
        Mode::Nothing => "; at level 3 it shares nothing",
    };
    format!("Linked `{owner_name}` to `{recipient_name}` for {data_type}{how}.")
}
