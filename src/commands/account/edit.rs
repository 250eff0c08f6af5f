//! `account edit`: the profile of an account.

use super::view;
use crate::commands::prelude::*;
use crate::model::access::Level;
use crate::model::alert::AlertKind;
use crate::model::sharing::Effect;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk account edit carol --name \"Carol Reed-Moss\" --email none
  $ caredesk account edit rosa --level standard --yes")]
pub(super) struct Edit {
    /// The login of the account
    #[arg(value_name = "LOGIN")]
    account: Reference,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Args)]
#[group(required = true, multiple = true)]
struct Fields {
    /// The person's name
    #[arg(long, value_parser = edit::never_none(text::name))]
    name: Option<String>,
    /// The person's e-mail address
    #[arg(long, value_parser = edit::or_none(text::email))]
    email: Option<edit::Edit<String>>,
    /// The level of access. A staff level ends the resources and permissions of a portal account
    #[arg(long)]
    level: Option<Level>,
}

pub(super) fn run(context: &Context, command: &Edit) -> Result<()> {
    context.change("account.edit", Action::ChangeAccounts, |tx| {
        let account = store::lookup::<Account>(tx, &command.account, context.visibility())?;
        let after = edited(&command.fields, &account);
        if !after.is_active_admin() {
            let others = store::account::active_admins(tx, Some(account.id))?;
            account.must_not_be_the_last_admin(others)?;
        }
        let before = view(tx, &account.login)?;
        let mut stops = before.ended_by(after.level);
        if after.level.is_staff() && !account.level.is_staff() {
            stops.extend(store::stop::of_account(tx, account.id)?);
            store::account::forbid_all(tx, account.id)?;
            store::account::remove_resources(tx, account.id)?;
        }
        store::account::update(tx, &after)?;
        let what = format!("change account {} to the level {}", account.login, after.level);
        let effect = Effect::stopping(stops);
        Ok(Change::of(before, view(tx, &after.login)?).stopping(what, effect))
    })
}

fn edited(fields: &Fields, before: &Account) -> Account {
    let was = before.clone();
    let level = fields.level.unwrap_or(was.level);
    Account {
        alerts_off: was.alerts_off.of(AlertKind::of(level)),
        name: fields.name.clone().unwrap_or(was.name),
        email: edit::apply(fields.email.as_ref(), was.email),
        level,
        ..was
    }
}
