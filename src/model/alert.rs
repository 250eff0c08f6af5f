//! An alert: one message to one portal account about a referral assigned to its resource, and its delivery.

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
    pub(crate) status: AlertStatus,
    pub(crate) attempts: i64,
    pub(crate) queued_at: DateTime<Utc>,
    /// No run claims it before this instant, which also identifies the claim of the run that delivers it.
    pub(crate) next_attempt_at: DateTime<Utc>,
    pub(crate) sent_at: Option<DateTime<Utc>>,
    pub(crate) sent_to: Option<String>,
    pub(crate) problem: Option<String>,
    /// The login.
    pub(crate) account: String,
    pub(crate) email: Option<String>,
    /// Whether the account is active, a portal account, and has alerts on.
    pub(crate) is_active: bool,
    pub(crate) is_portal: bool,
    pub(crate) wants_alerts: bool,
    /// Whether the account still has the resource, and the resource the referral.
    pub(crate) is_in_scope: bool,
    pub(crate) is_assigned: bool,
    pub(crate) referral: String,
    pub(crate) contact_number: Option<String>,
    pub(crate) queue: String,
    pub(crate) resource: String,
    pub(crate) resource_name: String,
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
            Alert { is_portal: false, .. } => Some("the account is no portal account any more"),
            Alert { wants_alerts: false, .. } => Some("the account switched these alerts off"),
            Alert { email: None, .. } => Some("the account has no e-mail address any more"),
            Alert { is_assigned: false, .. } => Some("the referral was assigned away before this was sent"),
            Alert { is_in_scope: false, .. } => Some("the account does not act for the resource any more"),
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
        if status == AlertStatus::Sent {
            (alert.sent_at, alert.sent_to) = (Some(now), alert.email.clone());
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

    pub(crate) fn view(&self) -> AlertView {
        cloned! { self => AlertView {
            code, status, account, referral, contact_number, resource, resource_name, queued_at, attempts,
            sent_at, sent_to, problem,
            next_attempt_at: (self.status == AlertStatus::Waiting).then_some(self.next_attempt_at),
        } }
    }
}

view! {
    /// The view of an alert. It holds no personal data of a client (rule 2.9).
    pub(crate) struct AlertView("alert", |view| &view.code) {
        code: String => Code,
        status: AlertStatus => Status,
        account: String => Code,
        referral: String => Code,
        contact_number: Option<String> => Code(rank 3),
        /// The code of the resource.
        resource: String => Code(hidden),
        resource_name: String => Name(hidden),
        queued_at: DateTime<Utc> => Age(rank 1),
        attempts: i64 => Number(hidden),
        /// Only while it is queued.
        next_attempt_at: Option<DateTime<Utc>> => Age(hidden),
        sent_at: Option<DateTime<Utc>> => Age(rank 2),
        sent_to: Option<String> => Text(hidden),
        problem: Option<String> => Text,
    }
}

/// The results of the attempts of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) sent: usize,
    pub(crate) waiting: usize,
    pub(crate) failed: usize,
    pub(crate) unknown: usize,
    pub(crate) withdrawn: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, status: AlertStatus) {
        *match status {
            AlertStatus::Sent => &mut self.sent,
            AlertStatus::Waiting => &mut self.waiting,
            AlertStatus::Failed => &mut self.failed,
            AlertStatus::Sending => &mut self.unknown,
            AlertStatus::Withdrawn => &mut self.withdrawn,
        } += 1;
    }

    /// `Sent 2 alerts; 1 waits for another attempt.`
    pub(crate) fn sentence(&self) -> String {
        if *self == Tally::default() {
            return "No alert is due.".to_owned();
        }
        let several = |number: usize, words: &str| (number > 0).then(|| format!("{number} {words}"));
        let parts = [
            Some(format!("Sent {}", counted(self.sent, "alert", "alerts"))),
            several(self.waiting, "to be tried again"),
            several(self.failed, "failed for good"),
            several(self.unknown, "cut off"),
            several(self.withdrawn, "withdrawn"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ") + "."
    }

    /// A partial error if a delivery failed or may have failed. `cut_off` counts interrupted deliveries,
    /// including those of earlier runs.
    pub(crate) fn partial(&self, cut_off: usize) -> Result<()> {
        let (left, cut_off) = (self.waiting + self.failed, cut_off.max(self.unknown));
        let parts = [
            (left > 0).then(|| format!("{} not delivered", counted(left, "alert was", "alerts were"))),
            (cut_off > 0).then(|| {
                format!(
                    "{} cut off, and may or may not have arrived",
                    counted(cut_off, "alert was", "alerts were")
                )
            }),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            return Ok(());
        }
        Err(self.reported(
            Error::new(Kind::Partial, "alert.partial", parts.join("; "))
                .hint("`caredesk alert list --status waiting`, `failed` and `sending` show what is open"),
            cut_off,
        ))
    }

    /// The error with the results before it. `cut_off` as for [`Tally::partial`].
    pub(crate) fn reported(&self, error: Error, cut_off: usize) -> Error {
        error
            .detail("sent", self.sent)
            .detail("waiting", self.waiting)
            .detail("failed", self.failed)
            .detail("cut_off", cut_off.max(self.unknown))
            .detail("withdrawn", self.withdrawn)
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
            status: AlertStatus::Waiting,
            attempts: 0,
            queued_at: now,
            next_attempt_at: now,
            sent_at: None,
            sent_to: None,
            problem: None,
            account: "rosa".to_owned(),
            email: Some("rosa@harbour.example".to_owned()),
            is_active: true,
            is_portal: true,
            wants_alerts: true,
            is_in_scope: true,
            is_assigned: true,
            referral: "REF-000001".to_owned(),
            contact_number: None,
            queue: "Home care".to_owned(),
            resource: "RES-000001".to_owned(),
            resource_name: "Harbour".to_owned(),
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
            Alert { is_portal: false, ..alert() },
            Alert { wants_alerts: false, ..alert() },
            Alert { email: None, ..alert() },
            Alert { is_assigned: false, ..alert() },
            Alert { is_in_scope: false, ..alert() },
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
