//! The commands that change an account and its rights.

use super::{Step, active_to};
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
    steps.extend(Some(step).filter(Step::has_options).map(|step| step.on([login])));
    let [had, has] = [was, after].map(|account| account.resources.as_deref().unwrap_or_default());
    let step = |verb, word: &str| Step::new(&["account", verb]).on([login, word]);
    steps.extend(has.iter().filter(|one| !had.contains(one)).map(|one| step("add-resource", one)));
    steps.extend(had.iter().filter(|one| !has.contains(one)).map(|one| step("remove-resource", one)));
    let [could, can] = [was, after].map(|account| account.can.as_deref().unwrap_or_default());
    steps.extend(can.iter().filter(|one| !could.contains(one)).map(|one| step("permit", one.name())));
    steps.extend(could.iter().filter(|one| !can.contains(one)).map(|one| step("forbid", one.name())));
    let [was_off, off] = [was, after].map(|account| account.alerts_off.as_deref().unwrap_or_default());
    let alerts =
        |kind: &AlertKind, switch| Step::new(&["account", "alerts"]).option("kind", kind).on([login, switch]);
    steps.extend(off.iter().filter(|kind| !was_off.contains(kind)).map(|kind| alerts(kind, "off")));
    steps.extend(was_off.iter().filter(|kind| !off.contains(kind)).map(|kind| alerts(kind, "on")));
    let was = before.and_then(|account| account.active);
    let verbs: [&[&str]; 2] = [&["account", "disable"], &["account", "enable"]];
    steps.extend(active_to(verbs, was, after.active, login));
    Ok(())
}
