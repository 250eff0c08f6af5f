//! The commands that change a provider, its programs, its contracts and what it shares.

use super::{PROVIDER, Step, active_to, exchanged, key, pairs};
use crate::model::resource;
use crate::model::sharing::DataType;
use crate::model::state::{Agency, Contract, Program, Provider, Sharing};

/// What is to be changed at a provider; one that is not in use is first put into use where it is to be, or gets a program.
/// Returns whether it is in use then.
pub(super) fn provider_in_use(before: Option<&Provider>, after: &Provider, steps: &mut Vec<Step>) -> bool {
    let mut own = Vec::new();
    provider_to(before, after, &mut own);
    let was = before.is_none_or(|provider| provider.active != Some(false));
    let programs = |of: &Provider| of.programs.as_ref().map_or(0, Vec::len);
    let needs = programs(after) > before.map_or(0, programs);
    let is = was || needs || after.active != Some(false);
    let key = key(after.code.as_ref(), &after.name);
    steps.extend(active_to(&PROVIDER, Some(was), Some(is), key));
    steps.extend(own);
    is
}

fn provider_to(before: Option<&Provider>, after: &Provider, steps: &mut Vec<Step>) {
    let key = key(after.code.as_ref(), &after.name);
    let nothing = Provider::default();
    let was = before.unwrap_or(&nothing);
    let mut step = Step::new(&["provider", if before.is_some() { "edit" } else { "create" }])
        .changed("email", was.email.as_ref(), after.email.as_ref())
        .changed("phone", was.phone.as_ref(), after.phone.as_ref())
        .changed("postal-code", was.postal_code.as_ref(), after.postal_code.as_ref())
        .changed("url", was.url.as_ref(), after.url.as_ref());
    match before {
        None => {
            if let Some(code) = &after.code {
                // Another may have its name.
                step = step.option("code", code);
                step.words.push("--even-so".to_owned());
            }
            steps.push(step.on([after.name.as_str()]));
        }
        Some(before) => {
            step = step.set("name", Some(&before.name), Some(&after.name));
            steps.extend(step.on_if_set([key]));
        }
    }
    let agency = after.agency.clone().unwrap_or_default();
    let agency_was = was
        .agency
        .clone()
        .unwrap_or_else(|| Agency { state: Some(resource::State::Active), ..Agency::default() });
    let edit = Step::new(&["resource", "edit"]).of_new(before.is_none()).set(
        "state",
        agency_was.state.as_ref(),
        agency.state.as_ref(),
    );
    let edit = describe!(edit, agency_was, agency);
    steps.extend(edit.on_if_set([key]));
    for (before, program) in pairs(was.programs.as_deref(), after.programs.as_deref()) {
        program_to(key, before, program, steps);
    }
}

/// What a resource says of itself, as options of `resource edit`.
macro_rules! describe {
    ($step:ident, $before:ident, $after:ident) => {
        $step
            .changed("description", $before.description.as_ref(), $after.description.as_ref())
            .changed("eligibility", $before.eligibility.as_ref(), $after.eligibility.as_ref())
            .changed("fees", $before.fees.as_ref(), $after.fees.as_ref())
            .changed(
                "application-process",
                $before.application_process.as_ref(),
                $after.application_process.as_ref(),
            )
            .changed("email", $before.email.as_ref(), $after.email.as_ref())
            .changed("url", $before.url.as_ref(), $after.url.as_ref())
    };
}
use describe;

fn program_to(provider: &str, before: Option<&Program>, after: &Program, steps: &mut Vec<Step>) {
    let new = Program { state: Some(resource::State::Active), ..Program::default() };
    let was = before.unwrap_or(&new);
    let mut edit = Step::new(&["resource", "edit"]).of_new(before.is_none()).set(
        "state",
        was.state.as_ref(),
        after.state.as_ref(),
    );
    edit = describe!(edit, was, after);
    if let Some(before) = before {
        edit = edit.set("name", Some(&before.name), Some(&after.name));
    } else {
        let mut step = Step::new(&["provider", "add-resource"]);
        if let Some(code) = &after.code {
            step = step.option("code", code);
        }
        steps.push(step.on([provider, &after.name]));
    }
    let key = key(after.code.as_ref(), &after.name);
    steps.extend(edit.on_if_set([key]));
}

pub(super) fn contracts_to(before: Option<&Provider>, after: &Provider, steps: &mut Vec<Step>) {
    let was = before.and_then(|provider| provider.contracts.as_deref());
    let provider = key(after.code.as_ref(), &after.name);
    for (before, after) in pairs(was, after.contracts.as_deref()) {
        let nothing = Contract::default();
        let was = before.unwrap_or(&nothing);
        let mut step = Step::new(&["contract", if before.is_some() { "edit" } else { "create" }])
            .set("start", was.starts_on.as_ref(), after.starts_on.as_ref())
            .changed("stop", was.ends_on.as_ref(), after.ends_on.as_ref());
        if was.categories != after.categories {
            for category in after.categories.iter().flatten() {
                step = step.option("category", category);
            }
        }
        if before.is_none() {
            steps.push(step.on([provider, &after.name]));
        } else {
            steps.extend(step.on_if_set([key(after.code.as_ref(), &after.name)]));
        }
    }
}

pub(super) fn sharing_to(before: Option<&Provider>, after: &Provider, steps: &mut Vec<Step>) {
    let provider = key(after.code.as_ref(), &after.name);
    for (data_type, after) in after.sharing.iter().flatten() {
        let was = setting(before, *data_type);
        let is_new = was == Sharing::default();
        let mut step = Step::new(&["sharing", "setup"])
            .of_new(is_new)
            .set("level", was.level.as_ref(), after.level.as_ref())
            .switched("client-by-client", was.client_by_client, after.client_by_client)
            .switched("require-expiry", was.require_expiry, after.require_expiry)
            .switched("release", was.release, after.release)
            .changed("notice", was.notice.as_ref(), after.notice.as_ref());
        match after.default_days {
            _ if was.default_days == after.default_days => {}
            Some(Some(days)) => step = step.option("default-days", days),
            _ => step.words.push("--no-default-days".to_owned()),
        }
        if step.has_options() {
            steps.push(step.option("type", data_type).on([provider]));
        }
    }
}

fn setting(of: Option<&Provider>, data_type: DataType) -> Sharing {
    let sharing = of.and_then(|provider| provider.sharing.as_ref());
    sharing.and_then(|all| all.get(&data_type)).cloned().unwrap_or_default()
}

pub(super) fn links_to(before: Option<&Provider>, after: &Provider, steps: &mut Vec<Step>) {
    let owner = key(after.code.as_ref(), &after.name);
    for (data_type, to) in after.sharing.iter().flatten() {
        let was = setting(before, *data_type).with;
        let (was, to) = (was.as_deref().unwrap_or_default(), to.with.as_deref().unwrap_or_default());
        let verb = |verb| Step::new(&["sharing", verb]).option("type", data_type);
        let step = |name, recipient: &String| verb(name).on([owner, recipient.as_str()]);
        steps.extend(exchanged(was, to, |one| step("link", one), |one| step("unlink", one)));
    }
}
