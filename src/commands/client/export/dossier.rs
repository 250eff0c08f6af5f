//! All that is held about a client, kind by kind, as the commands of each kind show it to staff.

use std::collections::BTreeSet;

use anyhow::Context as _;
use serde::Serialize;

use crate::commands::prelude::*;
use crate::context::everything_planned;
use crate::model::audit::{AuditView, Link};
use crate::model::client_page::ClientFile;
use crate::model::contact::ContactView;
use crate::model::disclosure::DisclosureView;
use crate::model::record::Viewer;
use crate::model::referral::ReferralCard;
use crate::model::release::MediaType;
use crate::model::sharing::RequestHistory;

/// No list of one client is longer.
const ALL: i64 = i64::MAX;

pub(super) struct Dossier {
    pub(super) client: Client,
    pub(super) hub: Option<String>,
    /// The names of the files, and their JSON.
    pub(super) files: Vec<(&'static str, String)>,
    pub(super) disclosures: Vec<DisclosureView>,
    /// Those whose document is still there.
    pub(super) documents: Vec<Release>,
}

/// A thing with the id that it has where it came from.
#[derive(Serialize)]
struct Sourced<T> {
    #[serde(flatten)]
    thing: T,
    source: Option<String>,
    source_id: Option<String>,
}

impl<T> Sourced<T> {
    fn new(thing: T, source_id: Option<String>) -> Self {
        Sourced { thing, source: None, source_id }
    }
}

/// A release with the name of its document in the folder.
#[derive(Serialize)]
struct WithDocument<T> {
    #[serde(flatten)]
    release: T,
    document: String,
}

impl Dossier {
    pub(super) fn read(context: &Context, tx: &mut Tx<'_>, client: Client) -> Result<Dossier> {
        let everywhere = Visibility::INTERNAL;
        let referrals = of_referrals(tx, client.id)?;
        let disclosures = store::disclosure::list(
            tx,
            &store::disclosure::Filter { client: Some(client.id), ..Default::default() },
            ALL,
        )?;
        let filter = store::release::Filter { client: Some(client.id), ..Default::default() };
        let mut documents = store::release::list(tx, &filter, everywhere, ALL)?;
        let releases: Vec<_> = documents
            .iter()
            .map(|release| WithDocument {
                release: release.card(context.today),
                document: document_name(release),
            })
            .collect();
        let card = ClientFile {
            client: client.clone(),
            still_planned: everything_planned(context, tx, &client)?,
            active_releases: store::release::count_active(tx, client.id, context.today)?,
        };
        let (source, source_id) = (client.source.clone(), client.source_id.clone());
        let card = Sourced { thing: card, source, source_id };
        let replaced = store::client::merged(tx, client.id)?.into_iter().map(|client| {
            let (source, source_id) = (client.source.clone(), client.source_id.clone());
            Sourced { thing: client, source, source_id }
        });
        let (records, contracts) = records(context, tx, client.id)?;
        let mut files = vec![
            ("client.json", json(&card)?),
            ("merged-clients.json", json(&replaced.collect::<Vec<_>>())?),
            ("contacts.json", json(&contacts(tx, client.id)?)?),
            ("enrolments.json", json(&store::enrolment::history(tx, client.id)?)?),
            ("records.json", records),
            ("contracts.json", contracts),
            ("sharing-requests.json", json(&requests(context, tx, client.id)?)?),
            ("releases.json", json(&releases)?),
            ("disclosures.json", json(&disclosures)?),
        ];
        files.extend(referrals);
        files.push(("audit.json", json(&audit(tx, client.id)?)?));
        documents.retain(|release| !release.document.is_erased());
        Ok(Dossier { hub: store::setting::hub_name(tx)?, client, files, disclosures, documents })
    }
}

impl Dossier {
    /// Whether both hold the same, but for the audit trail.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let held = |dossier: &Self| -> Vec<(&'static str, String)> {
            dossier.files.iter().filter(|(name, _)| *name != "audit.json").cloned().collect()
        };
        held(self) == held(other)
    }
}

/// Referrals with their contacts and history, and the visits and packages in them.
fn of_referrals(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<(&'static str, String)>> {
    let everywhere = Visibility::INTERNAL;
    let filter = store::referral::Filter { client: Some(client), ..Default::default() };
    let (mut cards, mut visits, mut packages) = (Vec::new(), Vec::new(), Vec::new());
    let mut removed = Vec::new();
    for referral in store::referral::list(tx, &filter, everywhere, ALL)? {
        let contact = match &referral.contact {
            Some(intake) => store::by_id::<Contact>(tx, intake.id, everywhere)?,
            None => None,
        };
        let of_referral = store::visit::Filter { referral: Some(referral.id), ..Default::default() };
        for visit in store::visit::list(tx, &of_referral, everywhere, ALL)? {
            visits.push(Sourced::new(visit.view(), visit.source_id));
        }
        let of_referral = store::package::Filter { referral: Some(referral.id), ..Default::default() };
        let found = store::package::list(tx, &of_referral, everywhere, ALL)?;
        packages.extend(found.iter().map(Package::view));
        removed.extend(store::package::removed_offers(tx, referral.id)?);
        let card = ReferralCard {
            history: store::referral::history(tx, referral.id)?,
            contact: contact.map(|contact| contact.details()),
            referral: referral.view(),
        };
        let (source, source_id) = store::referral::origin(tx, referral.id)?;
        cards.push(Sourced { thing: card, source, source_id });
    }
    let of_client = store::alert::Filter { client: Some(client), ..Default::default() };
    let alerts = store::alert::list(tx, &of_client, everywhere, ALL)?;
    let alerts: Vec<_> = alerts.iter().map(Alert::view).collect();
    Ok(vec![
        ("referrals.json", json(&cards)?),
        ("visits.json", json(&visits)?),
        ("packages.json", json(&packages)?),
        ("removed-offers.json", json(&removed)?),
        ("alerts.json", json(&alerts)?),
    ])
}

fn contacts(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<ContactView>> {
    let filter = store::contact::Filter { client: Some(client), ..Default::default() };
    let found = store::contact::list(tx, &filter, Visibility::INTERNAL, ALL)?;
    let view = |contact: Contact| {
        let referrals = store::contact::referrals(tx, contact.id, Visibility::INTERNAL)?;
        Ok(contact.view(false, referrals))
    };
    found.into_iter().map(view).collect()
}

/// The records of all owners, and the contracts that they are under.
fn records(context: &Context, tx: &mut Tx<'_>, client: ClientId) -> Result<(String, String)> {
    let filter = store::record::Filter { client: Some(client), ..Default::default() };
    let found = store::record::list(tx, &filter, Viewer::Hub, ALL)?;
    let codes: BTreeSet<&String> = found.iter().filter_map(|found| found.view.contract.as_ref()).collect();
    let mut contracts = Vec::with_capacity(codes.len());
    for code in codes {
        let reference: Reference = code.parse().map_err(Error::internal)?;
        let contract = store::lookup::<Contract>(tx, &reference, Visibility::INTERNAL)?;
        contracts.push(contract.view(context.today));
    }
    let contracts = json(&contracts)?;
    let records = found.into_iter().map(|found| Sourced::new(found.view, found.source_id));
    Ok((json(&records.collect::<Vec<_>>())?, contracts))
}

fn requests(context: &Context, tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<RequestHistory>> {
    let filter = store::sharing::Filter { client: Some(client), today: context.today, ..Default::default() };
    let found = store::sharing::requests(tx, &filter, Visibility::INTERNAL, ALL)?;
    let view = |request: crate::model::sharing::Request| {
        let answers = store::sharing::answers(tx, request.id)?;
        Ok(RequestHistory::of(request.view(context.today), answers))
    };
    found.into_iter().map(view).collect()
}

fn audit(tx: &mut Tx<'_>, client: ClientId) -> Result<Vec<AuditView>> {
    Ok(store::audit::about(tx, client)?.iter().map(Link::view).collect())
}

/// Its name in the folder.
pub(super) fn document_name(release: &Release) -> String {
    let ending = match release.document.media_type {
        MediaType::Pdf => "pdf",
        MediaType::Png => "png",
        MediaType::Jpeg => "jpg",
    };
    format!("documents/{}.{ending}", release.code)
}

fn json(content: &impl Serialize) -> Result<String> {
    let mut text = serde_json::to_string_pretty(content).context("a copy cannot be written")?;
    text.push('\n');
    Ok(text)
}
