//! How the hub is set up, as a whole (rule 7.31).

use std::collections::{BTreeMap, HashMap};

use super::{Context, Tx};
use crate::error::Result;
use crate::model::access::{Action, Level};
use crate::model::code::Prefix;
use crate::model::id::ProviderId;
use crate::model::provider::Provider;
use crate::model::resource::{Resource, ResourceKind};
use crate::model::sharing::{DataType, Setting};
use crate::model::state::{self, FORM, State};
use crate::model::text::fold;
use crate::model::visibility::Visibility;
use crate::store::sharing::LinkFilter;
use crate::store::{account, category, contract, provider, queue, resource, setting, sharing};

impl Context {
    /// All of it, in the order of names; things stand under their codes, and a provider for its agency record. Denied: who may
    /// not change all that it holds.
    pub(crate) fn state(&self) -> Result<State> {
        self.require(Action::ChangeAccounts)?;
        self.read(read)
    }

    /// A new code of a provider or a resource, which a command is then given.
    pub(crate) fn free_code(&self, prefix: Prefix) -> Result<String> {
        self.read(|tx| {
            self.code(prefix, |code| match prefix {
                Prefix::Provider => provider::is_code_taken(tx, code),
                _ => resource::is_code_taken(tx, code),
            })
        })
    }
}

fn read(tx: &mut Tx<'_>) -> Result<State> {
    let resources = resource::list(tx, &resource::Filter::default(), Visibility::Staff, i64::MAX)?;
    let references: HashMap<&str, &str> = resources.iter().map(reference).collect();
    Ok(State {
        caredesk: FORM,
        hub: Some(hub(tx)?),
        categories: Some(
            category::list(tx, None, Visibility::Staff)?.into_iter().map(|category| category.name).collect(),
        ),
        queues: Some(queues(tx, &references)?),
        accounts: Some(accounts(tx, &references)?),
        providers: Some(providers(tx, &resources)?),
    })
}

/// What stands for a resource: its provider if it is an agency record, else its own code.
fn reference(resource: &Resource) -> (&str, &str) {
    let own = resource.code.as_str();
    (own, if resource.kind == ResourceKind::Agency { &resource.provider } else { own })
}

fn referred<'a>(references: &HashMap<&str, &str>, codes: impl Iterator<Item = &'a String>) -> Vec<String> {
    codes
        .map(|code| references.get(code.as_str()).map_or_else(|| code.clone(), |one| (*one).to_owned()))
        .collect()
}

fn hub(tx: &mut Tx<'_>) -> Result<state::Hub> {
    Ok(state::Hub {
        name: setting::hub_name(tx)?,
        contact_days: Some(setting::contact_days(tx)?),
        request_days: Some(setting::request_days(tx)?),
        signing_age: Some(setting::signing_age(tx)?.0),
    })
}

fn queues(tx: &mut Tx<'_>, references: &HashMap<&str, &str>) -> Result<Vec<state::Queue>> {
    let all = queue::list(tx, &queue::Filter::default(), Visibility::Staff, i64::MAX)?;
    let queue = |queue: crate::model::queue::Queue| {
        let linked = queue::resources(tx, queue.id)?;
        let statuses = queue.statuses.iter().filter(|status| !status.retired).map(|status| {
            let closed = if status.closed { ":closed" } else { "" };
            format!("{}{closed}", status.label)
        });
        Ok(state::Queue {
            active: Some(queue.active),
            statuses: Some(statuses.collect()),
            resources: Some(referred(references, linked.iter().map(|resource| &resource.code))),
            name: queue.name,
        })
    };
    all.into_iter().map(queue).collect()
}

fn accounts(tx: &mut Tx<'_>, references: &HashMap<&str, &str>) -> Result<Vec<state::Account>> {
    let all = account::list(tx, &account::Filter::default(), Visibility::Staff, i64::MAX)?;
    let account = |account: crate::model::account::Account| {
        let is_portal = account.level == Level::ProviderPortal;
        let held = if is_portal { Some(account::resources(tx, account.id)?) } else { None };
        Ok(state::Account {
            login: account.login,
            name: Some(account.name),
            level: Some(account.level),
            email: account.email.map(Some),
            active: Some(account.active),
            can: is_portal.then_some(account.permissions),
            resources: held.map(|codes| referred(references, codes.iter())),
            alerts_off: Some(account.alerts_off.iter().collect()),
        })
    };
    all.into_iter().map(account).collect()
}

fn providers(tx: &mut Tx<'_>, resources: &[Resource]) -> Result<Vec<state::Provider>> {
    let mut contracts: HashMap<ProviderId, Vec<state::Contract>> = HashMap::new();
    for one in contract::list(tx, &contract::Filter::default(), Visibility::Staff, i64::MAX)? {
        contracts.entry(one.provider_id).or_default().push(state::Contract {
            code: Some(one.code),
            starts_on: Some(one.starts_on),
            ends_on: one.ends_on.map(Some),
            categories: Some(one.categories.into_iter().map(|(_, name)| name).collect()),
            name: one.name,
        });
    }
    let mut shared = shared(tx)?;
    let mut own: HashMap<ProviderId, Vec<&Resource>> = HashMap::new();
    for resource in resources {
        own.entry(resource.provider_id).or_default().push(resource);
    }
    let all = provider::list(tx, &provider::Filter::default(), Visibility::Staff, i64::MAX)?;
    let provider = |provider: Provider| {
        let resources = own.remove(&provider.id).unwrap_or_default();
        let mut contracts = contracts.remove(&provider.id).unwrap_or_default();
        contracts.sort_by_key(|contract| fold(&contract.name));
        let agency = resources.iter().find(|resource| resource.kind == ResourceKind::Agency);
        state::Provider {
            code: Some(provider.code),
            active: Some(provider.active),
            email: said(provider.email.as_ref()),
            phone: said(provider.phone.as_ref()),
            postal_code: said(provider.postal_code.as_ref()),
            url: said(provider.url.as_ref()),
            agency: agency.map(|resource| agency_of(resource)),
            programs: Some(
                resources
                    .iter()
                    .filter(|one| one.kind == ResourceKind::Program)
                    .map(|one| program(one))
                    .collect(),
            ),
            contracts: Some(contracts),
            sharing: Some(shared.remove(&provider.id).unwrap_or_default()),
            name: provider.name,
        }
    };
    Ok(all.into_iter().map(provider).collect())
}

fn agency_of(resource: &Resource) -> state::Agency {
    state::Agency {
        state: Some(resource.state),
        description: said(resource.description.as_ref()),
        eligibility: said(resource.eligibility.as_ref()),
        fees: said(resource.fees.as_ref()),
        application_process: said(resource.application_process.as_ref()),
        email: said(resource.email.as_ref()),
        url: said(resource.url.as_ref()),
    }
}

fn program(resource: &Resource) -> state::Program {
    let state::Agency { state, description, eligibility, fees, application_process, email, url } =
        agency_of(resource);
    let (name, code) = (resource.name.clone(), Some(resource.code.clone()));
    state::Program { name, code, state, description, eligibility, fees, application_process, email, url }
}

/// The word `none` is what empties a value on the command line, and so is no text that can be set.
fn said(text: Option<&String>) -> state::Said<String> {
    text.filter(|text| *text != "none").map(|text| Some(text.clone()))
}

type Shared = HashMap<ProviderId, BTreeMap<DataType, state::Sharing>>;

/// What each provider has set, and its links, also of a type that it has not set.
fn shared(tx: &mut Tx<'_>) -> Result<Shared> {
    let mut shared = Shared::new();
    for owner in sharing::owners(tx)? {
        for setting in sharing::settings(tx, owner)? {
            if setting != Setting::unset(setting.data_type) {
                shared.entry(owner).or_default().insert(setting.data_type, of_setting(setting));
            }
        }
    }
    for link in sharing::links(tx, &LinkFilter::default(), Visibility::Staff)? {
        let of_owner = shared.entry(link.owner_id).or_default();
        let data_type = link.data_type();
        let entry = of_owner.entry(data_type).or_insert_with(|| of_setting(Setting::unset(data_type)));
        entry.with.get_or_insert_default().push(link.recipient);
    }
    Ok(shared)
}

fn of_setting(setting: Setting) -> state::Sharing {
    state::Sharing {
        level: Some(setting.level.number()),
        client_by_client: Some(setting.client_by_client),
        require_expiry: Some(setting.require_expiry),
        release: Some(setting.release_sharing),
        default_days: setting.default_days.map(Some),
        notice: setting.notice.map(Some),
        with: Some(Vec::new()),
    }
}
