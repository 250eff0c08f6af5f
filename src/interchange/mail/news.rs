//! What an alert tells, in words without anything about a client.

use crate::model::alert::{Alert, AlertKind};
use crate::model::zone::Zone;

/// One alert, as a person reads it.
pub(super) struct News<'a> {
    /// Without a full stop.
    pub(super) headline: String,
    /// What people call it by: the number of the contact, or a code.
    pub(super) key: String,
    pub(super) facts: Vec<(&'static str, String)>,
    /// How to look at it, where it can be looked at.
    pub(super) command: Option<String>,
    /// Whether the account may not find it, since it was given to others meanwhile.
    pub(super) may_be_gone: bool,
    pub(super) code: &'a str,
}

impl<'a> News<'a> {
    pub(super) fn of(alert: &'a Alert, zone: Zone) -> Self {
        let facts = [
            ("Contact", &alert.contact_number),
            ("Referral", &alert.referral),
            ("Queue", &alert.queue),
            ("Package", &alert.package),
            ("Request", &alert.sharing_request),
            ("Release", &alert.release),
        ];
        let fact = |(label, value): (&'static str, &Option<String>)| {
            value.as_ref().map(|value| (label, one_line(value)))
        };
        let answer_by = match alert.answer_by {
            Some(at) => Some(zone.local(at)),
            None => alert.is_reminder.then(|| "no time is set".to_owned()),
        };
        let answer_by = answer_by.map(|time| ("Answer by", time));
        let of = |code: &Option<String>| code.clone().unwrap_or_default();
        let key = match &alert.contact_number {
            Some(number) => format!("contact {}", one_line(number)),
            None => alert.about().to_owned(),
        };
        let shown = [
            ("referral", &alert.referral),
            ("package", &alert.package),
            ("sharing", &alert.sharing_request),
            ("release", &alert.release),
        ];
        let shown = shown.into_iter().find(|(_, code)| code.is_some());
        let is_gone = alert.is_of_other || matches!(alert.kind, AlertKind::Reassigned | AlertKind::Recalled);
        News {
            headline: headline(alert),
            key,
            facts: facts.into_iter().filter_map(fact).chain(answer_by).collect(),
            command: shown
                .filter(|_| !is_gone)
                .map(|(noun, code)| format!("caredesk {noun} show {}", of(code))),
            may_be_gone: matches!(alert.kind, AlertKind::Assigned | AlertKind::Status),
            code: &alert.code,
        }
    }
}

fn headline(alert: &Alert) -> String {
    let resource = one_line(alert.resource_name.as_deref().unwrap_or_default());
    let provider = one_line(alert.provider_name.as_deref().unwrap_or_default());
    match alert.kind {
        AlertKind::Offered if alert.is_reminder => {
            format!("Reminder: a package that was offered to {provider} waits for an answer")
        }
        AlertKind::Offered => format!("A package was offered to {provider}"),
        AlertKind::Recalled => format!("A package is no longer offered to {provider}"),
        AlertKind::HandedBack => format!("{provider} has given a package back"),
        AlertKind::CallsChanged => format!("Calls were changed of a package that {provider} has accepted"),
        AlertKind::Accepted => format!("{provider} has accepted a package"),
        AlertKind::Rejected => "All providers that were asked have rejected a package".to_owned(),
        AlertKind::Lapsed => "No provider has answered a package in time".to_owned(),
        AlertKind::Assigned => format!("A referral was assigned to {resource}"),
        AlertKind::Reassigned => format!("A referral is no longer assigned to {resource}"),
        AlertKind::Status => format!("A referral at {resource} was moved to another status"),
        AlertKind::Request => format!("{provider} is asked to share"),
        AlertKind::Answer if alert.release.is_some() => {
            let what = if alert.is_revoked { "revoked" } else { "added" };
            format!("A release{} was {what}", concerning(&provider))
        }
        AlertKind::Answer => format!("A sharing request of {provider} was answered"),
        AlertKind::Ending => {
            let what = if alert.release.is_some() { "A release" } else { "A sharing agreement" };
            let day = alert.ends_on.map(|day| format!(" on {day}")).unwrap_or_default();
            format!("{what}{} ends{day}", concerning(&provider))
        }
    }
}

/// None where the hub is alerted.
fn concerning(provider: &str) -> String {
    if provider.is_empty() { String::new() } else { format!(" that concerns {provider}") }
}

/// Names come from imports too, and a line break in one must not start a header.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
