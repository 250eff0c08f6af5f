//! Clients: for staff all, also those that others have replaced; for a portal account those whom it sees (rules 1.12 and 3.12).

use std::collections::HashMap;

use super::exporter::Exporter;
use crate::commands::export::pages::{PAGE, pages};
use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::interchange::fhir::write::{Merged, ResourceType, patient};

pub(super) fn write(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    if !exporter.wants(&[ResourceType::Patient]) {
        return Ok(());
    }
    match exporter.visibility() {
        Visibility::Portal(account) => write_seen(tx, exporter, account),
        Visibility::Staff => {
            write_all(tx, exporter)?;
            write_replaced(tx, exporter)
        }
    }
}

fn write_all(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let visibility = exporter.visibility();
    let page = |tx: &mut Tx<'_>, after: Option<&Client>, limit| {
        store::client::list(tx, &store::client::Filter { after, ..Default::default() }, visibility, limit)
    };
    pages(tx, PAGE, page, |tx, clients| {
        let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
        let mut replaced: HashMap<ClientId, Vec<String>> = HashMap::new();
        for (by, code) in store::client::replaced(tx, &ids)? {
            replaced.entry(by).or_default().push(code);
        }
        let changes = exporter.changes(tx, clients.iter().map(|one| one.code.clone()).collect())?;
        for client in clients {
            let from = replaced.remove(&client.id).unwrap_or_default();
            let resource = patient(&exporter.hub, client, &Merged { into: None, from });
            exporter.put(resource, changes.of([client.code.as_str()]))?;
        }
        Ok(())
    })
}

fn write_replaced(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>) -> Result<()> {
    let page = |tx: &mut Tx<'_>, after: Option<&Client>, limit| {
        store::client::all_merged(tx, after.map(|client| client.id), limit)
    };
    pages(tx, PAGE, page, |tx, clients| {
        let by: Vec<(ClientId, Option<String>)> =
            clients.iter().filter_map(|client| Some((client.merged_into?, None))).collect();
        let by: HashMap<ClientId, String> =
            store::client::imported(tx, &by)?.into_iter().map(|client| (client.id, client.code)).collect();
        let changes = exporter.changes(tx, clients.iter().map(|one| one.code.clone()).collect())?;
        for client in clients {
            let into = client.merged_into.and_then(|id| by.get(&id).cloned());
            let resource = patient(&exporter.hub, client, &Merged { into, from: Vec::new() });
            exporter.put(resource, changes.of([client.code.as_str()]))?;
        }
        Ok(())
    })
}

/// Who it is, and for who has visits of the client what it takes to come. Each of these is a look.
fn write_seen(tx: &mut Tx<'_>, exporter: &mut Exporter<'_>, account: AccountId) -> Result<()> {
    let since = exporter.context.contacts_since(tx)?;
    let page = |tx: &mut Tx<'_>, after: Option<&Client>, limit| {
        let filter = store::client::Filter { after, ..Default::default() };
        store::client::list_seen(tx, (account, since), &filter, limit)
    };
    pages(tx, PAGE, page, |tx, clients| {
        let named = clients.iter().map(|client| (client.id, client.code.as_str()));
        let looks = ContactLook::at_clients(tx, account, since, named)?;
        let visited: Vec<(ClientId, Option<String>)> =
            looks.iter().map(|look| (look.client_id(), None)).collect();
        let whole = store::client::imported(tx, &visited)?;
        for client in clients {
            let contact = whole.iter().find(|known| known.id == client.id);
            let known = as_seen(client, contact);
            let resource = patient(&exporter.hub, &known, &Merged::default());
            exporter.put(resource, None)?;
        }
        exporter.looks.extend(looks);
        Ok(())
    })
}

/// As `client show` shows it to a provider: nothing else of the client leaves the hub.
fn as_seen(client: &Client, contact: Option<&Client>) -> Client {
    let named = Client::named(client.id, client.code.clone(), client.given.clone(), client.family.clone());
    Client {
        birth_date: client.birth_date,
        address: contact.and_then(|known| known.address.clone()),
        postal_code: contact.and_then(|known| known.postal_code.clone()),
        phones: contact.map(|known| known.phones.clone()).unwrap_or_default(),
        ..named
    }
}
