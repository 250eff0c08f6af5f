//! The commands that change an account and its rights.

use super::{ACCOUNT, Step, active_to, exchanged};
use crate::error::{Error, Kind, Result};
use crate::model::alert::AlertKind;
use crate::model::state::Account;

pub(super) fn account_to(before: Option<&Account>, after: &Account, steps: &mut Vec<Step>) -> Result<()> {
    let login = after.login.as_str();
    let nothing = Account { active: Some(true), ..Account::default() };
    let was = before.unwrap_or(&nothing);
    if before.is_none() && (after.name.is_none() || after.level.is_none()) {
        return Err(Error::new(
            Kind::Invalid,
            "state.account",
            format!("the account `{login}` is new, and needs a `name` and a `level`"),
        ));
    }
    let step = Step::new(&["account", if before.is_some() { "edit" } else { "create" }])
        .set("name", was.name.as_ref(), after.name.as_ref())
        .set("level", was.level.as_ref(), after.level.as_ref())
        .changed("email", was.email.as_ref(), after.email.as_ref());
    steps.extend(step.on_if_set([login]));
    let [had, has] = [was, after].map(|account| account.resources.as_deref().unwrap_or_default());
    let step = |verb, word: &str| Step::new(&["account", verb]).on([login, word]);
    steps.extend(exchanged(had, has, |one| step("add-resource", one), |one| step("remove-resource", one)));
    let [could, can] = [was, after].map(|account| account.can.as_deref().unwrap_or_default());
    steps.extend(exchanged(could, can, |one| step("permit", one.name()), |one| step("forbid", one.name())));
    let [was_off, off] = [was, after].map(|account| account.alerts_off.as_deref().unwrap_or_default());
    let alerts =
        |kind: &AlertKind, switch| Step::new(&["account", "alerts"]).option("kind", kind).on([login, switch]);
    steps.extend(exchanged(was_off, off, |kind| alerts(kind, "off"), |kind| alerts(kind, "on")));
    let was = before.and_then(|account| account.active);
    steps.extend(active_to(&ACCOUNT, was, after.active, login));
    Ok(())
}
