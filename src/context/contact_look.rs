//! Looks at contact details by a provider that has accepted visits: each is written into the register of disclosures before
//! anything is shown (rule 1.12).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;

use super::{Audited, Context, Tx};
use crate::error::{Error, Result};
use crate::model::access::{Action, Permission};
use crate::model::disclosure::{Disclosed, Disclosure};
use crate::model::held_visit::HeldVisit;
use crate::model::id::{AccountId, ClientId, ProviderId};
use crate::model::provider::Provider;
use crate::model::reference::Reference;
use crate::model::sharing::Basis;
use crate::model::time;
use crate::model::view::View;
use crate::model::visibility::Visibility;
use crate::model::visit::VisitStatus;
use crate::store;
use crate::store::client::Ground;
use crate::store::held_visit::{self, Filter, Viewer};

/// One client whose details are shown to one provider, by one package.
#[derive(Clone)]
pub(crate) struct ContactLook {
    client_id: ClientId,
    client: String,
    provider_id: ProviderId,
    provider: String,
    package: String,
}

/// The audit entry of a look.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct AuditedLook {
    provider: String,
    clients: BTreeSet<String>,
    packages: BTreeSet<String>,
}

impl ContactLook {
    /// `client` is the code of the client.
    pub(crate) fn of(client: &str, ground: Ground) -> Self {
        let Ground { client_id, provider_id, provider, package } = ground;
        ContactLook { client_id, client: client.to_owned(), provider_id, provider, package }
    }

    pub(crate) fn client_id(&self) -> ClientId {
        self.client_id
    }

    /// None where the visit does not show whose it is.
    pub(crate) fn at(visit: &HeldVisit) -> Option<Self> {
        let client = visit.client.as_ref()?;
        let ground = Ground {
            client_id: client.id,
            provider_id: visit.provider_id,
            provider: visit.call.provider.clone(),
            package: visit.call.package.clone(),
        };
        Some(ContactLook::of(&client.code, ground))
    }

    /// The looks at clients, each by its id and code, of which the account may see the contact details: those that it has visits of
    /// that start from `since` on.
    pub(crate) fn at_clients<'c>(
        tx: &mut Tx<'_>, account: AccountId, since: DateTime<Utc>,
        clients: impl IntoIterator<Item = (ClientId, &'c str)>,
    ) -> Result<Vec<Self>> {
        let codes: HashMap<ClientId, &str> = clients.into_iter().collect();
        let ids: Vec<ClientId> = codes.keys().copied().collect();
        let look = |ground: Ground| Some(ContactLook::of(codes.get(&ground.client_id)?, ground));
        Ok(store::client::grounds(tx, account, &ids, since)?.into_iter().filter_map(look).collect())
    }
}

/// Whose visits are meant: of one provider, or of all that a portal account speaks for.
pub(crate) struct Holder {
    pub(crate) provider: Option<ProviderId>,
    /// Their names.
    pub(crate) names: String,
    /// The code of the first.
    pub(crate) code: Option<String>,
}

impl Context {
    /// The look that it is when the hub prints for a provider whose its visits are: none where it does not see that, since it has
    /// no visit of the client that shows it or is not active.
    pub(crate) fn look_of_provider(
        &self, tx: &mut Tx<'_>, provider: ProviderId, client: ClientId,
    ) -> Result<Option<ContactLook>> {
        let found = store::by_id::<Provider>(tx, provider, Visibility::INTERNAL)?;
        if found.is_none_or(|provider| !provider.active) {
            return Ok(None);
        }
        let viewer = self.visit_viewer(tx)?;
        let filter = Filter {
            provider: Some(provider),
            client: Some(client),
            from: Some(viewer.since),
            status: Some(VisitStatus::Planned),
            ..Filter::default()
        };
        Ok(held_visit::list(tx, &filter, viewer, 1)?.first().and_then(ContactLook::at))
    }

    /// From when on a visit shows whose it is: the days of the setting before today.
    pub(crate) fn visit_viewer(&self, tx: &mut Tx<'_>) -> Result<Viewer> {
        Ok(Viewer { visibility: self.visibility(), since: self.contacts_since(tx)? })
    }

    pub(crate) fn contacts_since(&self, tx: &mut Tx<'_>) -> Result<DateTime<Utc>> {
        let days = u64::try_from(store::setting::contact_days(tx)?).unwrap_or_default();
        let first = self.today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
        time::start_of(first, self.zone).map_err(|why| Error::invalid("hub.contact_days", why))
    }

    /// Whether one of these fields of a view is shown.
    pub(crate) fn shows_any<V: View>(&self, fields: &[&str]) -> Result<bool> {
        let mut is_shown = false;
        for field in fields {
            is_shown |= self.out.shows::<V>(field)?;
        }
        Ok(is_shown)
    }

    /// Whether the actor is of a provider, and may see whose visits it has.
    pub(crate) fn may_see_contacts(&self) -> bool {
        self.actor.is_portal() && self.actor.account.permissions.contains(&Permission::AccessContactDetails)
    }

    /// Reads, and registers the looks that `read` returns beside what it read. What staff read is no disclosure.
    pub(crate) fn read_contacts<T>(
        &self, action: &'static str, command: &'static str,
        mut read: impl FnMut(&mut Tx<'_>) -> Result<(T, Vec<ContactLook>)>,
    ) -> Result<T> {
        if !self.may_see_contacts() {
            return self.read(|tx| read(tx).map(|(found, _)| found));
        }
        self.audited_read(action, |tx| {
            let (found, looks) = read(tx)?;
            let audited = self.disclose(tx, looks, command)?;
            let subject = |entry: &AuditedLook| match entry.clients.first() {
                Some(client) if entry.clients.len() == 1 => client.clone(),
                _ => entry.provider.clone(),
            };
            Ok((found, audited.map(|entry| Audited::read_of(&subject(&entry), &entry))))
        })
    }

    /// Registers the looks of what goes on paper, and returns its entry about `subject`. What staff print for a provider is a
    /// preview of theirs.
    pub(super) fn disclose_on_paper(
        &self, tx: &mut Tx<'_>, subject: &str, looks: Vec<ContactLook>, command: &'static str,
    ) -> Result<Audited> {
        Ok(match self.disclose(tx, looks, command)? {
            Some(entry) => Audited::read_of(subject, &entry),
            None => Audited::read(subject),
        })
    }

    /// One line of the register for each client and provider.
    pub(crate) fn disclose(
        &self, tx: &mut Tx<'_>, looks: Vec<ContactLook>, command: &'static str,
    ) -> Result<Option<AuditedLook>> {
        let mut lines: BTreeMap<(ProviderId, ClientId), Disclosure> = BTreeMap::new();
        let mut audited: Option<AuditedLook> = None;
        for ContactLook { client_id, client, provider_id, provider, package } in looks {
            let entry = audited.get_or_insert_with(|| AuditedLook {
                provider,
                clients: BTreeSet::new(),
                packages: BTreeSet::new(),
            });
            entry.clients.insert(client);
            entry.packages.insert(package.clone());
            lines.entry((provider_id, client_id)).or_insert_with(|| Disclosure {
                id: self.key(),
                at: self.now(),
                client_id,
                owner_id: None,
                recipient_id: provider_id,
                data_type: Disclosed::ContactDetails,
                records: 1,
                basis: Basis::Acceptance,
                source: Some(package),
                account_id: self.actor.account.id,
                impersonator: self.actor.impersonator.clone(),
                command,
                preview: !self.actor.is_portal(),
            });
        }
        store::disclosure::insert(tx, &lines.into_values().collect::<Vec<_>>())?;
        Ok(audited)
    }

    /// For what is of no single provider.
    pub(crate) fn must_be_of_hub(&self) -> Result<()> {
        self.require(Action::ReadHub)
    }

    /// Staff name the provider; a portal account means all that it speaks for, unless it names one.
    pub(crate) fn holder(&self, tx: &mut Tx<'_>, provider: Option<&Reference>) -> Result<Holder> {
        let visibility = self.visibility();
        if let Some(reference) = provider {
            let found = store::lookup::<Provider>(tx, reference, visibility)?;
            return Ok(Holder { provider: Some(found.id), names: found.name, code: Some(found.code) });
        }
        let own = store::provider::list(tx, &store::provider::Filter::default(), visibility, i64::MAX)?;
        let names: Vec<&str> = own.iter().map(|provider| provider.name.as_str()).collect();
        // Of one provider the index gives the visits in their order.
        let provider = own.first().filter(|_| own.len() == 1).map(|one| one.id);
        let code = own.first().map(|one| one.code.clone());
        Ok(Holder { provider, names: names.join(", "), code })
    }
}
