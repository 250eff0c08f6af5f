//! Releases of information, with the providers that they name.

mod document;

pub(crate) use document::{insert_piece, pieces};

use crate::model::client;
use crate::model::release::{Document, NOUN, Recipient, Release, ReleaseStatus, Statements};
use crate::model::sharing::{DataType, Way};
use crate::model::signing::SigningAge;
use crate::store::prelude::*;

/// The filter of a list of releases; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) id: Option<ReleaseId>,
    pub(crate) client: Option<ClientId>,
    pub(crate) owner: Option<ProviderId>,
    pub(crate) data_type: Option<DataType>,
    /// Only those without a last day.
    pub(crate) open_ended: Option<bool>,
    /// Only those that name this provider, or all.
    pub(crate) recipient: Option<ProviderId>,
    /// Only those with a last day up to this one.
    pub(crate) expiring_by: Option<NaiveDate>,
    /// On that day.
    pub(crate) status: Option<(ReleaseStatus, NaiveDate)>,
    /// Only those entered from this instant on.
    pub(crate) since: Option<DateTime<Utc>>,
    /// Only those entered before this instant.
    pub(crate) until: Option<DateTime<Utc>>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<ReleaseId>,
}

/// `kept` is the release that holds the document, if that is another.
pub(crate) fn insert(
    tx: &mut Tx<'_>, release: &Release, kept: Option<ReleaseId>, by: AccountId,
) -> Result<()> {
    let Release { id, code, client_id, owner_id, data_type, signed_on, signed_by, signed_as, .. } = release;
    let Release { expires_on, expiry_event, purpose, statements, all_providers, document, .. } = release;
    let values = params![
        *id,
        *code,
        *client_id,
        *owner_id,
        *data_type,
        *signed_on,
        *signed_by,
        *signed_as,
        *expires_on,
        *expiry_event,
        *purpose,
        statements.right_to_revoke,
        statements.conditions,
        statements.redisclosure,
        *all_providers,
        document.media_type,
        document.size,
        document.sha256,
        release.created_at,
        by,
        kept
    ];
    tx.run(sql!("release/insert"), values)?;
    insert_recipients(tx, *id, &release.recipients)
}

fn insert_recipients(tx: &mut Tx<'_>, release: ReleaseId, recipients: &[Recipient]) -> Result<()> {
    tx.bulk(sql!("release/insert_recipients"), recipients, |recipient| {
        [&release as &dyn Param, &recipient.id]
    })
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("release/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// Valid releases of the same document, client, owner and data type to any recipient, the newest first.
pub(crate) fn same(tx: &mut Tx<'_>, new: &Release, today: NaiveDate) -> Result<Vec<Release>> {
    let Release { client_id, owner_id, data_type, document, .. } = new;
    let values = params![*client_id, *owner_id, *data_type, document.sha256, today];
    let ids = tx.all(sql!("release/same"), values, |row| row.get("id"))?;
    by_ids(tx, ids)
}

/// All releases of the same document, client, owner and data type, the newest first.
pub(crate) fn of_document(tx: &mut Tx<'_>, new: &Release) -> Result<Vec<Release>> {
    let Release { client_id, owner_id, data_type, document, .. } = new;
    let values = params![*client_id, *owner_id, *data_type, document.sha256];
    let ids = tx.all(sql!("release/of_document"), values, |row| row.get("id"))?;
    by_ids(tx, ids)
}

fn by_ids(tx: &mut Tx<'_>, ids: Vec<ReleaseId>) -> Result<Vec<Release>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(Release::by_id(tx, id, Visibility::INTERNAL)?);
    }
    Ok(found)
}

/// The newest first, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter, visibility: Visibility, limit: i64,
) -> Result<Vec<Release>> {
    let Filter { id, client, owner, data_type, open_ended, recipient, expiring_by, status, .. } = *filter;
    let (newer, older) = any_of::page_between(filter.since, filter.until, filter.after, false);
    let on = |wanted| status.filter(|(status, _)| *status == wanted).map(|(_, day)| day);
    let (active, expired) = (on(ReleaseStatus::Active), on(ReleaseStatus::Expired));
    let revoked = on(ReleaseStatus::Revoked).map(|_| true);
    let values = params![
        id,
        client,
        owner,
        active,
        expired,
        revoked,
        older,
        visibility.account(),
        limit,
        data_type,
        open_ended,
        recipient,
        expiring_by,
        newer,
        filter.since,
        filter.until
    ];
    let mut found = tx.all(sql!("release/list"), values, read)?;
    let ids: Vec<ReleaseId> = found.iter().map(|release| release.id).collect();
    for (release, recipient) in recipients(tx, &ids)? {
        if let Some(named) = found.iter_mut().find(|found| found.id == release) {
            named.recipients.push(recipient);
        }
    }
    Ok(found)
}

/// Recipients, each with the release that names it.
fn recipients(tx: &mut Tx<'_>, releases: &[ReleaseId]) -> Result<Vec<(ReleaseId, Recipient)>> {
    tx.all_in(sql!("release/recipients"), params![], releases, |row| {
        let recipient = Recipient { id: row.get("id")?, code: row.get("code")?, name: row.get("name")? };
        Ok((row.get("release_id")?, recipient))
    })
}

impl Lookup for Release {
    finds!(by list, Release, Release, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Release> {
        let (code, code_end) = reference.code_range();
        tx.all(sql!("release/candidates"), params![code, code_end, visibility.account()], coded)
    }
}

/// Internal if there is none.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: ReleaseId) -> Result<Release> {
    let found = Release::by_id(tx, id, Visibility::INTERNAL)?;
    found.ok_or_else(|| Error::internal("a release that is referred to does not exist"))
}

/// What the client said of the end of a release, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) reason: Option<String>,
    pub(crate) on: Option<NaiveDate>,
    pub(crate) how: Option<Way>,
}

/// Only if it was not revoked before.
pub(crate) fn revoke(
    tx: &mut Tx<'_>, release: ReleaseId, at: DateTime<Utc>, by: AccountId, said: &Said,
) -> Result<()> {
    let values = params![release, at, by, said.reason, said.on, said.how];
    exactly_one(tx.run(sql!("release/revoke"), values)?, "release")
}

/// Only if it was not taken out before.
pub(crate) fn remove_recipient(
    tx: &mut Tx<'_>, release: ReleaseId, recipient: ProviderId, at: DateTime<Utc>,
) -> Result<()> {
    exactly_one(
        tx.run(sql!("release/remove_recipient"), params![release, recipient, at])?,
        "release_recipient",
    )
}

/// Of one client, on that day.
pub(crate) fn count_active(tx: &mut Tx<'_>, client: ClientId, today: NaiveDate) -> Result<i64> {
    let counted =
        tx.first(sql!("release/count_active"), params![client, today], |row| row.get("releases"))?;
    Ok(counted.unwrap_or(0))
}

fn read(row: &Row<'_>) -> Result<Release> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    let signing_age = SigningAge::stored(row.get::<Option<String>>("signing_age")?.as_deref());
    let is_of_age = signing_age.is_reached(row.get("birth_date")?, row.get("signed_on")?);
    let statements = Statements {
        right_to_revoke: row.get("states_right_to_revoke")?,
        conditions: row.get("states_conditions")?,
        redisclosure: row.get("states_redisclosure")?,
    };
    from_row! { row => Release {
        id, code, client_id, client, owner_id, owner, owner_name, data_type, signed_on, signed_by, signed_as,
        expires_on, expiry_event, purpose, all_providers, created_at, created_by, revoked_at, revoked_by,
        reason, withdrawn_on, withdrawn_how, client_name: client::name(&given, &family), statements: statements, recipients: Vec::new(),
        document: document(row)?, is_of_minor: is_of_age == Some(false),
    } }
}

fn document(row: &Row<'_>) -> Result<Document> {
    from_row! { row => Document { media_type, size, sha256 } }
}
