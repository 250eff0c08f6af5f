//! Reads records. When a provider reads another's records, this is a disclosure: it is written into the register
//! before anything is shown (rules 3.8 and 3.10).

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::commands::prelude::*;
use crate::context::Audited;
use crate::model::disclosure::Disclosure;
use crate::model::record::{FoundRecord, Viewer};
use crate::model::sharing::{Basis, DataType};

/// An access to records, with the register entries written so far.
pub(super) struct DisclosedAccess<'a> {
    context: &'a Context,
    /// `None` is the hub, whose access is no disclosure.
    pub(super) viewer: Option<ViewingProvider>,
    command: &'static str,
    /// One register entry for each owner, type and basis of an access, across all its pages.
    rows: RefCell<BTreeMap<DisclosureKey, DisclosureId>>,
}

type DisclosureKey = (ProviderId, DataType, Basis);

pub(super) struct ViewingProvider {
    id: ProviderId,
    code: String,
    name: String,
}

/// The audit entry of an access.
#[derive(Serialize, schemars::JsonSchema)]
struct AuditedAccess<'a> {
    viewer: &'a str,
    viewer_name: &'a str,
    disclosed: Vec<AuditedGroup>,
}

#[derive(Serialize, schemars::JsonSchema)]
struct AuditedGroup {
    owner: String,
    owner_name: String,
    #[serde(rename = "type")]
    data_type: DataType,
    basis: Basis,
    source: Option<String>,
    records: i64,
}

/// Staff may name any provider; a portal account reads as its own, and sees nothing if it has none.
pub(super) fn viewer(
    context: &Context, tx: &mut Tx<'_>, reference: Option<&Reference>,
) -> Result<Option<ViewingProvider>> {
    let visibility = context.visibility();
    if let Some(reference) = reference {
        let provider = store::lookup::<Provider>(tx, reference, visibility)?;
        return Ok(Some(ViewingProvider { id: provider.id, code: provider.code, name: provider.name }));
    }
    if visibility == Visibility::Staff {
        return Ok(None);
    }
    let mut own = store::provider::list(tx, &store::provider::Filter::default(), visibility, i64::MAX)?;
    if own.len() > 1 {
        let names: Vec<String> = own.iter().map(|provider| format!("`{}`", provider.name)).collect();
        return Err(Error::new(
            Kind::Usage,
            "usage.viewer",
            "you speak for several providers, and they see different records",
        )
        .hint(format!("say which looks with `--viewer`: {}", names.join(" or "))));
    }
    let own = own.pop().map(|provider| ViewingProvider {
        id: provider.id,
        code: provider.code,
        name: provider.name,
    });
    Ok(Some(own.unwrap_or(ViewingProvider { id: ProviderId::NIL, code: String::new(), name: String::new() })))
}

pub(super) fn whose(provider: Option<&ViewingProvider>) -> Viewer {
    provider.map_or(Viewer::Hub, |provider| Viewer::Provider(provider.id))
}

impl<'a> DisclosedAccess<'a> {
    pub(super) fn new(context: &'a Context, viewer: Option<ViewingProvider>, command: &'static str) -> Self {
        DisclosedAccess { context, viewer, command, rows: RefCell::default() }
    }

    /// A dry run would show the records and roll the register entry back.
    pub(super) fn must_be_for_real(&self) -> Result<()> {
        if self.viewer.is_none() || !self.context.dry_run {
            return Ok(());
        }
        Err(Error::new(
            Kind::Usage,
            "usage.dry_run",
            "a provider's look at records is itself recorded, so there is no dry run of it",
        )
        .hint("leave out `--dry-run`"))
    }

    /// Reads, and registers those of the first `shown` that belong to another provider, in the same transaction.
    pub(super) fn take(
        &self, shown: i64, read: impl Fn(&mut Tx<'_>) -> Result<Vec<FoundRecord>>,
    ) -> Result<Vec<FoundRecord>> {
        let context = self.context;
        let Some(viewer) = &self.viewer else {
            return context.read(|tx| read(tx));
        };
        context.registered_read(
            "record.read",
            |tx| {
                let found = read(tx)?;
                let shown = found.iter().take(usize::try_from(shown).unwrap_or(usize::MAX));
                let groups = groups(tx, viewer, shown)?;
                Ok((found, groups))
            },
            |tx, found, groups| self.disclose(tx, viewer, found, groups),
        )
    }

    fn disclose(
        &self, tx: &mut Tx<'_>, viewer: &ViewingProvider, found: &[FoundRecord], groups: Vec<Group>,
    ) -> Result<Option<Audited>> {
        let Some(first) = found.first().filter(|_| !groups.is_empty()) else { return Ok(None) };
        let disclosures: Vec<Disclosure> =
            groups.iter().map(|group| self.disclosure(viewer, first.client_id, group)).collect();
        store::disclosure::insert(tx, &disclosures)?;
        let disclosed = groups.into_iter().map(|group| group.audited).collect();
        let shown = AuditedAccess { viewer: &viewer.code, viewer_name: &viewer.name, disclosed };
        Ok(Some(Audited::read_of(&first.view.client, &shown)))
    }

    fn disclosure(&self, viewer: &ViewingProvider, client_id: ClientId, group: &Group) -> Disclosure {
        let (owner_id, data_type, basis) = group.key;
        let context = self.context;
        Disclosure {
            id: *self.rows.borrow_mut().entry(group.key).or_insert_with(|| context.key()),
            at: context.now(),
            client_id,
            owner_id: Some(owner_id),
            recipient_id: viewer.id,
            data_type: data_type.into(),
            records: group.audited.records,
            basis,
            source: group.audited.source.clone(),
            account_id: context.actor.account.id,
            impersonator: context.actor.impersonator.clone(),
            command: self.command,
            preview: !context.actor.is_portal(),
        }
    }
}

/// The records of one owner, type and basis that were read.
struct Group {
    key: DisclosureKey,
    audited: AuditedGroup,
}

/// Those that belong to another than the viewer.
fn groups<'f>(
    tx: &mut Tx<'_>, viewer: &ViewingProvider, shown: impl Iterator<Item = &'f FoundRecord>,
) -> Result<Vec<Group>> {
    let mut counts: BTreeMap<DisclosureKey, (i64, &FoundRecord)> = BTreeMap::new();
    for found in shown {
        let basis = found.basis.unwrap_or(Basis::Own);
        if basis != Basis::Own {
            let key = (found.owner_id, found.view.data_type, basis);
            counts.entry(key).or_insert((0, found)).0 += 1;
        }
    }
    let group = |(key, (records, found)): (DisclosureKey, (i64, &FoundRecord))| {
        let (owner_id, data_type, basis) = key;
        let source = store::disclosure::source(tx, found.client_id, owner_id, viewer.id, data_type, basis)?;
        let (owner, owner_name) = (found.view.owner.clone(), found.view.owner_name.clone());
        Ok(Group { key, audited: AuditedGroup { owner, owner_name, data_type, basis, source, records } })
    };
    counts.into_iter().map(group).collect()
}
