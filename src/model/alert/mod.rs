//! An alert: one message to one account about something that concerns it (rule 2.11), and its delivery.

mod kind;
mod preview;
mod recipient;
mod tally;

pub(crate) use kind::{AlertKind, AlertKinds};
pub(crate) use preview::{AudienceView, MailView};
pub(crate) use recipient::{Alerted, HUB, Recipient, Unalerted, alerted};
pub(crate) use tally::Tally;

use chrono::TimeDelta;

use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("alert");

names! {
    pub(crate) enum AlertStatus {
        /// To be sent, at once or later.
        Waiting = "waiting",
        /// Being delivered, or interrupted so that it is not known whether it arrived.
        Sending = "sending",
        /// Accepted by a mail server, or written to a folder.
        Sent = "sent",
        /// Obsolete before it was sent.
        Withdrawn = "withdrawn",
        /// Given up; can be sent again with `alert send --again`.
        Failed = "failed",
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Alert {
    pub(crate) id: AlertId,
    pub(crate) code: String,
    pub(crate) kind: AlertKind,
    pub(crate) status: AlertStatus,
    pub(crate) attempts: i64,
    pub(crate) queued_at: DateTime<Utc>,
    /// No run claims it before this instant, which also identifies the claim of the run that delivers it.
    pub(crate) next_attempt_at: DateTime<Utc>,
    pub(crate) sent_at: Option<DateTime<Utc>>,
    pub(crate) sent_to: Option<String>,
    pub(crate) problem: Option<String>,
    /// What is sent as one message has one mail.
    pub(crate) mail: Option<MailId>,
    /// The login.
    pub(crate) account: String,
    pub(crate) email: Option<String>,
    pub(crate) is_active: bool,
    /// What the account has switched off.
    pub(crate) off: AlertKinds,
    /// Whether it still concerns the account.
    pub(crate) is_ours: bool,
    /// Whether what it tells is still so.
    pub(crate) is_true: bool,
    pub(crate) referral: Option<String>,
    pub(crate) contact_number: Option<String>,
    pub(crate) queue: Option<String>,
    pub(crate) resource: Option<String>,
    pub(crate) resource_name: Option<String>,
    pub(crate) package: Option<String>,
    pub(crate) sharing_request: Option<String>,
    pub(crate) release: Option<String>,
    pub(crate) provider: Option<String>,
    pub(crate) provider_name: Option<String>,
    /// The last day of the agreement or release that ends.
    pub(crate) ends_on: Option<NaiveDate>,
    /// Until when an offer can be answered, if that has an end.
    pub(crate) answer_by: Option<DateTime<Utc>>,
    /// Whether the provider was reminded of an offer.
    pub(crate) is_reminder: bool,
    /// Whether the release was revoked; otherwise it was added.
    pub(crate) is_revoked: bool,
    /// Whether the release is one of another provider, who alone can look at it.
    pub(crate) is_of_other: bool,
}

/// The delay after each failed attempt; after the last one there is none. It bridges a server that is down
/// for a weekend, and greylisting by the second attempt.
const PAUSES: [TimeDelta; 9] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(15),
    TimeDelta::hours(1),
    TimeDelta::hours(4),
    TimeDelta::hours(12),
    TimeDelta::hours(24),
    TimeDelta::hours(24),
    TimeDelta::hours(24),
];

/// The result of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    Delivered,
    /// A temporary failure, with the reason.
    Later(String),
    /// A permanent failure, with the reason.
    Never(String),
    /// Interrupted so that it is not known whether it arrived, with the reason.
    Unknown(String),
    /// Obsolete, with the reason.
    Withdrawn(String),
}

impl Alert {
    /// Why it is obsolete, if it is.
    pub(crate) fn obstacle(&self) -> Option<&'static str> {
        match self {
            Alert { is_active: false, .. } => Some("the account was disabled before this was sent"),
            _ if self.off.contains(self.kind) => Some("the account switched these alerts off"),
            Alert { email: None, .. } => Some("the account has no e-mail address any more"),
            Alert { is_true: false, kind: AlertKind::Answer, release: Some(_), .. } => {
                Some("the release was revoked before this was sent")
            }
            Alert { is_true: false, .. } => Some(self.kind.untrue()),
            Alert { is_ours: false, resource: Some(_), .. } => {
                Some("the account does not act for the resource any more")
            }
            Alert { is_ours: false, .. } => Some("the account may not answer for the provider any more"),
            _ => None,
        }
    }

    /// The alert after an attempt that ended at `now`.
    pub(crate) fn after(&self, attempt: Attempt, now: DateTime<Utc>) -> Alert {
        let mut alert = Alert { next_attempt_at: now, problem: None, ..self.clone() };
        if !matches!(attempt, Attempt::Withdrawn(_)) {
            alert.attempts += 1;
        }
        let pause = usize::try_from(alert.attempts - 1).ok().and_then(|number| PAUSES.get(number));
        let (status, problem) = match (attempt, pause) {
            (Attempt::Delivered, _) => (AlertStatus::Sent, None),
            (Attempt::Later(why), Some(pause)) => {
                alert.next_attempt_at = now + *pause;
                (AlertStatus::Waiting, Some(why))
            }
            (Attempt::Later(why) | Attempt::Never(why), _) => (AlertStatus::Failed, Some(why)),
            (Attempt::Unknown(why), _) => (AlertStatus::Sending, Some(why)),
            (Attempt::Withdrawn(why), _) => (AlertStatus::Withdrawn, Some(why)),
        };
        match status {
            AlertStatus::Sent => (alert.sent_at, alert.sent_to) = (Some(now), alert.email.clone()),
            AlertStatus::Sending => {}
            // What did not leave may go with whatever else is due by then.
            AlertStatus::Waiting | AlertStatus::Withdrawn | AlertStatus::Failed => alert.mail = None,
        }
        Alert { status, problem, ..alert }
    }

    /// Whether its delivery was interrupted so that it is not known whether it arrived: the claim has
    /// expired.
    pub(crate) fn is_cut_off(&self, now: DateTime<Utc>) -> bool {
        self.status == AlertStatus::Sending && self.next_attempt_at <= now
    }

    /// Refused if it was sent or withdrawn, and while another run delivers it.
    pub(crate) fn must_be_open(&self, now: DateTime<Utc>) -> Result<()> {
        let code = &self.code;
        match self.status {
            AlertStatus::Waiting | AlertStatus::Failed => Ok(()),
            AlertStatus::Sending if self.is_cut_off(now) => Ok(()),
            AlertStatus::Sending => {
                Err(Error::refused("alert.in_hand", format!("alert `{code}` is just being sent"))
                    .hint(format!("look again with `caredesk alert show {code}`"))
                    .detail("until", self.next_attempt_at.to_rfc3339()))
            }
            AlertStatus::Sent => {
                Err(Error::refused("alert.sent", format!("alert `{code}` was sent already")))
            }
            AlertStatus::Withdrawn => {
                Err(Error::refused("alert.withdrawn", format!("alert `{code}` was withdrawn"))
                    .hint(format!("`caredesk alert show {code}` says why")))
            }
        }
    }

    /// The code of what it is about.
    pub(crate) fn about(&self) -> &str {
        let codes = [&self.package, &self.sharing_request, &self.release, &self.referral];
        codes.into_iter().find_map(Option::as_deref).unwrap_or_default()
    }

    pub(crate) fn view(&self) -> AlertView {
        cloned! { self => AlertView {
            code, status, kind, account, about: self.about().to_owned(), referral, contact_number, resource, resource_name, package,
            sharing_request, release, provider, provider_name, queued_at, attempts, sent_at, sent_to, problem,
            next_attempt_at: (self.status == AlertStatus::Waiting).then_some(self.next_attempt_at),
        } }
    }
}

view! {
    /// The view of an alert. It holds no personal data of a client (rule 2.9).
    pub(crate) struct AlertView("alert", |view| &view.code) {
        code: String => Code,
        status: AlertStatus => Status,
        kind: AlertKind => Status,
        account: String => Login,
        /// The code of the package, sharing request, release or referral.
        about: String => Code,
        referral: Option<String> => Code(hidden),
        contact_number: Option<String> => Code(rank 3),
        /// The code of the resource.
        resource: Option<String> => Code(hidden),
        resource_name: Option<String> => Name(hidden),
        package: Option<String> => Code(hidden),
        sharing_request: Option<String> => Code(hidden),
        release: Option<String> => Code(hidden),
        /// For which the account is alerted, or which did what the hub is alerted of.
        provider: Option<String> => Code(hidden),
        provider_name: Option<String> => Name(hidden),
        queued_at: DateTime<Utc> => Age(rank 1),
        attempts: i64 => Number(hidden),
        /// Only while it is queued.
        next_attempt_at: Option<DateTime<Utc>> => Age(hidden),
        sent_at: Option<DateTime<Utc>> => Age(rank 2),
        sent_to: Option<String> => Text(hidden),
        problem: Option<String> => Text,
    }
}

/// The reply of a server, safe to store and show: one line of bounded length, without the address of the
/// recipient.
pub(crate) fn problem(text: &str, recipient: &str) -> String {
    const LONGEST: usize = 300;
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let bare = words.join(" ").replace(recipient, "the recipient");
    bare.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert() -> Alert {
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        Alert {
            id: AlertId::NIL,
            code: "ALT-000001".to_owned(),
            kind: AlertKind::Assigned,
            status: AlertStatus::Waiting,
            attempts: 0,
            queued_at: now,
            next_attempt_at: now,
            sent_at: None,
            sent_to: None,
            problem: None,
            mail: None,
            account: "rosa".to_owned(),
            email: Some("rosa@harbour.example".to_owned()),
            is_active: true,
            off: AlertKinds::default(),
            is_ours: true,
            is_true: true,
            referral: Some("REF-000001".to_owned()),
            contact_number: None,
            queue: Some("Home care".to_owned()),
            resource: Some("RES-000001".to_owned()),
            resource_name: Some("Harbour".to_owned()),
            package: None,
            sharing_request: None,
            release: None,
            provider: None,
            provider_name: None,
            ends_on: None,
            answer_by: None,
            is_reminder: false,
            is_revoked: false,
            is_of_other: false,
        }
    }

    #[test]
    fn it_is_tried_ten_times_in_four_days_and_then_given_up() {
        let (begin, mut now, mut alert) = (alert().queued_at, alert().queued_at, alert());
        for attempt in 1..=10 {
            assert_eq!((alert.status, alert.attempts), (AlertStatus::Waiting, attempt - 1));
            alert = alert.after(Attempt::Later("451 later".to_owned()), now);
            assert!(attempt == 10 || alert.next_attempt_at > now);
            now = alert.next_attempt_at;
        }
        assert_eq!((alert.status, alert.attempts), (AlertStatus::Failed, 10));
        assert_eq!((now - begin).num_hours(), 89);
    }

    #[test]
    fn only_a_delivery_has_an_instant_and_an_address() {
        let now = alert().queued_at;
        let sent = alert().after(Attempt::Delivered, now);
        assert_eq!((sent.status, sent.sent_at, sent.sent_to), (AlertStatus::Sent, Some(now), alert().email));
        for attempt in [
            Attempt::Later(String::new()),
            Attempt::Never(String::new()),
            Attempt::Unknown(String::new()),
            Attempt::Withdrawn(String::new()),
        ] {
            let after = alert().after(attempt, now);
            assert_eq!((after.sent_at, after.sent_to), (None, None));
            assert!(after.problem.is_some());
        }
    }

    #[test]
    fn what_is_no_longer_true_is_not_sent() {
        assert_eq!(alert().obstacle(), None);
        for odd in [
            Alert { is_active: false, ..alert() },
            Alert { off: [AlertKind::Assigned].into_iter().collect(), ..alert() },
            Alert { email: None, ..alert() },
            Alert { is_true: false, ..alert() },
            Alert { is_ours: false, ..alert() },
        ] {
            assert!(odd.obstacle().is_some(), "{odd:?}");
        }
    }

    #[test]
    fn a_servers_words_are_cleaned() {
        let text = "550 <rosa@harbour.example>: no\r\n such\u{1b}[31m user";
        assert_eq!(problem(text, "rosa@harbour.example"), "550 <the recipient>: no such [31m user");
        assert_eq!(problem(&"x".repeat(1_000), "a@b.example").len(), 300);
    }
}
