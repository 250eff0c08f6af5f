//! Requests and the history of their labels.

use crate::model::client::name;
use crate::model::sharing::{Answer, DataType, Label, NOUN, Request, Status};
use crate::store::prelude::*;

/// The filter of a list of requests; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) id: Option<RequestId>,
    pub(crate) client: Option<ClientId>,
    pub(crate) owner: Option<ProviderId>,
    pub(crate) recipient: Option<ProviderId>,
    pub(crate) data_type: Option<DataType>,
    /// Only to a provider that this account speaks for.
    pub(crate) owned_by: Option<AccountId>,
    /// Only from a provider that this account speaks for.
    pub(crate) received_by: Option<AccountId>,
    pub(crate) status: Option<Status>,
    /// The day on which `status` is evaluated.
    pub(crate) today: NaiveDate,
    /// Only requests whose last day is not after this one.
    pub(crate) expiring_by: Option<NaiveDate>,
    pub(crate) open: Option<bool>,
    /// Only granted requests without a last day.
    pub(crate) open_ended: Option<bool>,
    /// Only those requested from this instant on.
    pub(crate) since: Option<DateTime<Utc>>,
    /// Only those requested before this instant.
    pub(crate) until: Option<DateTime<Utc>>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<RequestId>,
}

/// Inserts a pending request with its first label. Refused if an equal one is open.
pub(crate) fn insert_request(tx: &mut Tx<'_>, request: &Request, answer: AnswerId) -> Result<()> {
    let Request {
        id,
        code,
        client_id,
        owner_id,
        recipient_id,
        requested_at,
        requested_by_id,
        purpose,
        note,
        ..
    } = request;
    let values = params![
        *id, *code, *client_id, *owner_id, *recipient_id, request.data_type, *requested_at, *requested_by_id,
        *note, request.lapses_on, *purpose
    ];
    tx.run(sql!("sharing/insert_request"), values).on_unique(OPEN, || is_open(request))?;
    insert_answer(tx, answer, request, *requested_by_id)
}

const OPEN: &str = "sharing_request_client_id_owner_id_recipient_id_data_type";

fn is_open(request: &Request) -> Error {
    let Request { client, owner_name: owner, recipient_name: recipient, data_type, .. } = request;
    let kind = data_type.name();
    Error::refused(
        "sharing.open_request",
        format!("another request asks `{owner}` for {kind} of {client} for `{recipient}` already"),
    )
    .hint(format!("`caredesk sharing list --client {client}` shows it"))
}

/// Refused if it becomes open while an equal one is open.
pub(crate) fn set_open(tx: &mut Tx<'_>, request: &Request, open: bool) -> Result<()> {
    let changed = tx.run(sql!("sharing/set_open"), params![request.id, request.open, open]);
    exactly_one(changed.on_unique(OPEN, || is_open(request))?, "sharing_request")
}

/// Cancels a pending request: it is closed, and keeps its label.
pub(crate) fn cancel(tx: &mut Tx<'_>, request: RequestId, at: DateTime<Utc>, by: AccountId) -> Result<()> {
    exactly_one(tx.run(sql!("sharing/cancel"), params![request, at, by])?, "sharing_request")
}

/// Begins the time in which a request waits for an answer anew.
pub(crate) fn set_lapse(tx: &mut Tx<'_>, request: &Request) -> Result<()> {
    exactly_one(tx.run(sql!("sharing/set_lapse"), params![request.id, request.lapses_on])?, "sharing_request")
}

/// Ends the label in force and inserts that of `after`.
pub(crate) fn replace_answer(tx: &mut Tx<'_>, id: AnswerId, after: &Request, by: AccountId) -> Result<()> {
    end_answer(tx, after)?;
    insert_answer(tx, id, after, by)
}

fn end_answer(tx: &mut Tx<'_>, after: &Request) -> Result<()> {
    tx.run(sql!("sharing/end_answer"), params![after.id, after.answered_at]).map(drop)
}

fn insert_answer(tx: &mut Tx<'_>, id: AnswerId, after: &Request, by: AccountId) -> Result<()> {
    let values = params![
        id, after.id, after.label, after.signed_on, after.expires_on, by, after.answered_at, after.reason,
        after.withdrawn_on, after.withdrawn_how, after.signed_by, after.signed_as
    ];
    tx.run(sql!("sharing/insert_answer"), values).map(drop)
}

/// The history of a request's labels.
pub(crate) fn answers(tx: &mut Tx<'_>, request: RequestId) -> Result<Vec<Answer>> {
    tx.all(sql!("sharing/answers"), params![request], |row| {
        from_row! { row => Answer { status, signed_on, expires_on, signed_by, signed_as, reason, by, starts_at, ends_at } }
    })
}

pub(crate) fn is_code_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.first(sql!("sharing/is_code_taken"), params![code], |_| Ok(()))?.is_some())
}

/// The newest first, at most `limit`.
pub(crate) fn requests(
    tx: &mut Tx<'_>, filter: &Filter, visibility: Visibility, limit: i64,
) -> Result<Vec<Request>> {
    let today = Some(filter.today);
    let not_over = today.filter(|_| filter.status == Some(Status::Granted) || filter.expiring_by.is_some());
    let over = today.filter(|_| filter.status == Some(Status::Expired));
    let expiring = filter.expiring_by.map(|_| Label::Granted);
    let label = filter.status.map(Status::label).or(expiring);
    let is_cancelled =
        label.filter(|label| *label == Label::Pending).map(|_| filter.status == Some(Status::Cancelled));
    let waiting = today.filter(|_| filter.status == Some(Status::Pending));
    // What comes in has arrived, even where who has sent it speaks for both sides (rule 3.11).
    let comes_in = filter.owner.is_some() || filter.owned_by.is_some();
    let incoming = visibility.account().filter(|_| comes_in);
    let unanswered = today.filter(|_| filter.status == Some(Status::Unanswered));
    let (newer, older) = any_of::page_between(filter.since, filter.until, filter.after, false);
    let values = params![
        filter.id,
        filter.client,
        filter.owner,
        filter.recipient,
        filter.data_type,
        label,
        not_over,
        over,
        filter.expiring_by,
        filter.open,
        older,
        visibility.account(),
        limit,
        is_cancelled,
        waiting,
        unanswered,
        filter.owned_by,
        filter.received_by,
        incoming,
        filter.open_ended,
        newer,
        filter.since,
        filter.until
    ];
    tx.all(sql!("sharing/requests"), values, read)
}

impl Lookup for Request {
    finds!(Request, Request, Visibility);

    fn candidates(
        tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility,
    ) -> Candidates<noun::Request> {
        let (code, code_end) = reference.code_range();
        tx.all(sql!("sharing/candidates"), params![code, code_end, visibility.account()], coded)
    }

    fn by_id(tx: &mut Tx<'_>, id: Id<noun::Request>, visibility: Visibility) -> Result<Option<Request>> {
        Ok(requests(tx, &Filter { id: Some(id), ..Filter::default() }, visibility, 1)?.pop())
    }
}

fn read(row: &Row<'_>) -> Result<Request> {
    let is_named: bool = row.get("is_named")?;
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    let birth_date: Option<NaiveDate> = row.get("birth_date")?;
    from_row! { row => Request {
        client_name: is_named.then(|| name(&given, &family)), birth_date: birth_date.filter(|_| is_named),
        id, code, client_id, client, owner_id, owner, owner_name, recipient_id, recipient, recipient_name,
        data_type, requested_at, requested_by, requested_by_id, purpose, note, open, lapses_on, cancelled_at, cancelled_by,
        label, signed_on, expires_on, reason, withdrawn_on, withdrawn_how, signed_by, signed_as, is_answered, answered_by, answered_at,
    } }
}
