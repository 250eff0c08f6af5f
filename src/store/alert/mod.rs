//! Alerts: queued with what they tell, delivered later.

mod deliver;
mod derive;
mod queue;

pub(crate) use deliver::{claim, cut_off, dismiss, due, finish, put_back, take};
pub(crate) use derive::{ending_releases, ending_requests, lapsed, opened};
pub(crate) use queue::{
    ASSIGNED_AWAY, About, Doer, at_hub, at_provider, at_resource, insert, is_code_taken, of_offer, unsent,
    withdraw, withdraw_offered,
};

use crate::model::alert::{Alert, AlertKind, AlertKinds, AlertStatus, NOUN};
use crate::store::prelude::*;

/// The filter of a list of alerts; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) id: Option<AlertId>,
    pub(crate) status: Option<AlertStatus>,
    pub(crate) account: Option<AccountId>,
    pub(crate) kind: Option<AlertKind>,
    /// About this client, whatever the thing is.
    pub(crate) client: Option<ClientId>,
    pub(crate) referral: Option<ReferralId>,
    pub(crate) package: Option<PackageId>,
    pub(crate) request: Option<RequestId>,
    pub(crate) release: Option<ReleaseId>,
    pub(crate) mail: Option<MailId>,
    /// The instant at which they are due.
    pub(crate) due: Option<DateTime<Utc>>,
    /// With a code from one up to another.
    pub(crate) codes: Option<(&'a str, &'a str)>,
    /// To this address, and in no mail yet.
    pub(crate) email: Option<&'a str>,
    /// The cursor: the last row of the page before.
    pub(crate) after: Option<AlertId>,
}

/// The newest first, at most `limit`.
pub(crate) fn list(
    tx: &mut Tx<'_>, filter: &Filter<'_>, visibility: Visibility, limit: i64,
) -> Result<Vec<Alert>> {
    let Filter { id, status, account, kind, client, referral, package, request, release, .. } = *filter;
    let Filter { mail, due, codes, email, after, .. } = *filter;
    let (code, code_end) = codes.unzip();
    let values = params![
        id,
        status,
        account,
        after,
        visibility.account(),
        limit,
        client,
        kind,
        package,
        request,
        release,
        code,
        code_end,
        mail,
        email,
        due,
        referral
    ];
    tx.all(sql!("alert/list"), values, read)
}

/// Reads one alert again by its id.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: AlertId) -> Result<Alert> {
    Alert::by_id(tx, id, Visibility::INTERNAL)?.ok_or_else(|| Error::internal("an alert is gone"))
}

/// All of one mail, in the order in which they were queued.
pub(crate) fn of_mail(tx: &mut Tx<'_>, mail: MailId) -> Result<Vec<Alert>> {
    let filter = Filter { mail: Some(mail), ..Filter::default() };
    let mut alerts = list(tx, &filter, Visibility::INTERNAL, i64::MAX)?;
    alerts.reverse();
    Ok(alerts)
}

/// What is due with an alert, in the order in which it was queued: the rest of a mail that was begun, or what goes to the same address,
/// at most as many as a message should hold.
pub(crate) fn due_with(tx: &mut Tx<'_>, first: &Alert, now: DateTime<Utc>) -> Result<Vec<Alert>> {
    const MOST: i64 = 100;
    let email = first.email.as_deref().filter(|_| first.mail.is_none());
    let alone = (first.mail.is_none() && email.is_none()).then_some(first.id);
    let filter = Filter { id: alone, mail: first.mail, due: Some(now), email, ..Filter::default() };
    let mut alerts = list(tx, &filter, Visibility::INTERNAL, MOST)?;
    alerts.reverse();
    Ok(alerts)
}

impl Lookup for Alert {
    finds!(by list, Alert, Alert, Visibility);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Candidates<noun::Alert> {
        const MOST: i64 = 20;
        let (code, code_end) = reference.code_range();
        let filter = Filter { codes: Some((&code, &code_end)), ..Filter::default() };
        let found = list(tx, &filter, visibility, MOST)?;
        let candidate = |alert: Alert| Candidate {
            id: alert.id,
            rank: if alert.code == code { 1 } else { 2 },
            code: alert.code,
            name: String::new(),
        };
        Ok(found.into_iter().map(candidate).collect())
    }
}

fn read(row: &Row<'_>) -> Result<Alert> {
    let off: Option<String> = row.get("off")?;
    from_row! { row => Alert {
        id, code, kind, status, attempts, queued_at, next_attempt_at, sent_at, sent_to, problem, mail, account,
        email, is_active, is_ours, is_true, referral, contact_number, queue, resource, resource_name, package,
        sharing_request, release, provider, provider_name, ends_on, answer_by, is_reminder, is_revoked, is_of_other,
        off: AlertKinds::from_text(off.as_deref()),
    } }
}
