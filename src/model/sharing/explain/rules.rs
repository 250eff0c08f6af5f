//! The rules in their order, each met, not met, or not asked, in plain words and with what would help.

use chrono::Days;

use super::category::category;
use super::facts::{EnrolmentFact, Facts, LinkFact, ReleaseFact, RequestFact, counts};
use super::found::{Found, Rule, not_asked, result};
use super::remedy::{ANSWER, SHARING};
use super::{Party, Question, Side};
use crate::model::access::Action;
use crate::model::remedy::Remedy;
use crate::model::sharing::{SharingLevel, Status};
use crate::model::text::counted;

/// How a linked type reaches the recipient, whatever the level.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Unset,
    Automatic,
    Request,
    Release,
}

/// All results, in the order of the rules.
pub(super) fn results(question: &Question, facts: &Facts) -> Vec<Found> {
    let mut results = vec![
        recipient(question, facts),
        level(question, facts),
        link(question, facts),
        category(question, facts),
    ];
    results.extend(never_shared(facts));
    results.extend([
        enrolment(question, facts, Rule::EnrolmentOwner, &question.owner, facts.at_owner),
        enrolment(question, facts, Rule::EnrolmentRecipient, &question.recipient, facts.at_recipient),
        request(question, facts),
        release(question, facts),
        expiry(question, facts),
    ]);
    results
}

pub(super) fn way(facts: &Facts) -> Way {
    match facts.setting {
        None => Way::Unset,
        Some(setting) if setting.release_sharing => Way::Release,
        Some(setting) if setting.client_by_client => Way::Request,
        Some(_) => Way::Automatic,
    }
}

fn recipient(question: &Question, facts: &Facts) -> Found {
    let Party { code, name } = &question.recipient;
    let is = question.is();
    let detail = match facts.recipient_inactive {
        None => format!("{name} {is} active"),
        Some(since) => {
            format!("{name} {is} inactive since {} and receives nothing of others", question.when(since))
        }
    };
    let activate = Remedy::command(format!("caredesk provider activate {code}"), Action::ChangeProviders);
    result(Rule::Recipient, facts.recipient_inactive.is_none(), detail, activate)
}

fn level(question: &Question, facts: &Facts) -> Found {
    let (owner, kind) = (&question.owner, question.data_type.name());
    let detail = match facts.setting {
        None => format!(
            "{} {} set nothing for {kind}, which shares nothing (level 3)",
            owner.name,
            question.has()
        ),
        Some(setting) => {
            let meaning = match setting.level {
                SharingLevel::All => "shares with all",
                SharingLevel::CommonCategory => "shares in common service categories",
                SharingLevel::Nothing => "shares nothing",
            };
            let since = question.when(setting.level_since);
            let (name, is, level) = (&owner.name, question.is(), setting.level.number());
            format!("{name} {is} at level {level} for {kind} since {since}: it {meaning}")
        }
    };
    let remedy = match facts.setting {
        None => {
            Remedy::command(format!("caredesk sharing setup {} --type {kind} --level 1", owner.code), SHARING)
        }
        Some(_) => Remedy::needed(format!(
            "another decision of {}, which `caredesk sharing setup` with a level 1 or 2 records",
            owner.name
        )),
    };
    result(Rule::Level, facts.level() != SharingLevel::Nothing, detail, remedy)
}

fn link(question: &Question, facts: &Facts) -> Found {
    let (owner, recipient, kind) = (&question.owner, &question.recipient, question.data_type.name());
    let (from, to, is) = (&owner.name, &recipient.name, question.is());
    let mut detail = match facts.link {
        Some(link) => match link.ended {
            None => format!("{from} {is} linked to {to} for {kind} since {}", question.when(link.since)),
            Some(ended) => format!("the link from {from} to {to} for {kind} ended {}", question.when(ended)),
        },
        None => format!("{from} {is} not linked to {to} for {kind}"),
    };
    let is_linked = facts.link.is_some_and(LinkFact::holds);
    if !is_linked && facts.reverse_link.is_some_and(LinkFact::holds) {
        detail += "; the link the other way says nothing of this one";
    }
    let link = format!("caredesk sharing link {} {} --type {kind}", owner.code, recipient.code);
    result(Rule::Link, is_linked, detail, Remedy::command(link, SHARING))
}

fn never_shared(facts: &Facts) -> Option<Found> {
    let is_met = facts.fitting() == 0 || facts.shareable() > 0;
    never(facts).map(|detail| result(Rule::Restriction, is_met, detail, None))
}

/// How many records are never shared, if any.
pub(super) fn never(facts: &Facts) -> Option<String> {
    let of = counted(facts.records, "record", "records");
    (facts.never_shared > 0)
        .then(|| format!("never shared, whatever is agreed: {} of {of}", facts.never_shared))
}

fn enrolment(
    question: &Question, facts: &Facts, rule: Rule, party: &Party, enrolment: Option<EnrolmentFact>,
) -> Found {
    if let Some(why) = not_by_request(facts) {
        return not_asked(rule, why);
    }
    let (client, at, is) = (&question.client.name, &party.name, question.is());
    let (is_met, detail) = match enrolment {
        Some(EnrolmentFact { active: true, since }) if since > question.day => {
            (false, format!("{client} {is} active at {at} only from {since} on"))
        }
        Some(EnrolmentFact { active: true, since }) => {
            (true, format!("{client} {is} active at {at} since {since}"))
        }
        Some(EnrolmentFact { active: false, since }) => {
            (false, format!("{client} {is} not active at {at} since {since}"))
        }
        None => (false, format!("{client} was never active at {at}")),
    };
    let (code, even_so) = (&question.client.code, question.even_so());
    // One that is active from a later day on is so from today.
    let date = match enrolment {
        Some(EnrolmentFact { active: true, .. }) => format!(" --date {}", question.today()),
        _ => String::new(),
    };
    let enroll = format!("caredesk client enroll {code} {}{date}{even_so}", party.code);
    result(rule, is_met, detail, Remedy::command(enroll, Action::ChangeClients))
}

fn not_by_request(facts: &Facts) -> Option<&'static str> {
    match way(facts) {
        Way::Request => None,
        Way::Unset => Some("the owner has set nothing"),
        Way::Automatic => Some("client-by-client sharing is off: what is linked is shared automatically"),
        Way::Release => Some("release sharing is on: signed releases count instead of requests"),
    }
}

fn request(question: &Question, facts: &Facts) -> Found {
    if let Some(why) = not_by_request(facts) {
        return not_asked(Rule::Request, why);
    }
    let Some(request) = telling_request(facts, question) else {
        let detail = format!("{} {} sent no request", question.recipient.name, question.has());
        return result(Rule::Request, false, detail, ask(question));
    };
    let (code, since) = (&request.code, question.when(request.since));
    let (is, has) = (question.is(), question.has());
    let why = request.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    let detail = match request.status {
        Status::Granted | Status::Expired => format!("{code} {is} granted{}", signed(request)),
        Status::Pending => {
            format!("{code} {is} pending since {since}: {} {has} not answered", question.owner.name)
        }
        Status::Denied => format!("{code} was denied {since}{why}"),
        Status::Revoked => format!("the grant {code} was revoked {since}{why}"),
        Status::Cancelled => format!("{code} was cancelled {since}"),
        Status::Unanswered => {
            let last = request.lapses.map(|day| format!(": its last day was {day}")).unwrap_or_default();
            format!("{code} ended unanswered{last}")
        }
    };
    let remedy =
        if request.status == Status::Pending { grant(question, facts, request) } else { ask(question) };
    result(Rule::Request, request.is_granted(), detail, remedy)
}

fn signed(request: &RequestFact) -> String {
    request.signed.map(|day| format!(", signed {day}")).unwrap_or_default()
}

fn ask(question: &Question) -> Remedy {
    let Question { client, owner, recipient, data_type, .. } = question;
    if question.side == Side::Owner {
        return Remedy::needed(format!("a request of {}", recipient.name));
    }
    let (kind, even_so) = (data_type.name(), question.even_so());
    let ask = format!(
        "caredesk sharing request {} --owner {} --recipient {} --type {kind}{even_so}",
        client.code, owner.code, recipient.code
    );
    Remedy::command(ask, ANSWER).after_all()
}

/// No account answers its own request; and where a last day is required that follows from nothing, it is a year on.
fn grant(question: &Question, facts: &Facts, request: &RequestFact) -> Remedy {
    let actor = &question.actor;
    if question.side == Side::Recipient {
        return Remedy::needed(format!("an answer of {}", question.owner.name));
    }
    if actor.is_portal() && actor.account.login == request.requested_by {
        return Remedy::needed(format!("an answer of another account of {}", question.owner.name));
    }
    let lacks_last_day =
        facts.setting.is_some_and(|setting| setting.require_expiry && setting.default_days.is_none());
    let year_on = question.today().checked_add_days(Days::new(365)).filter(|_| lacks_last_day);
    let expires = year_on.map(|day| format!(" --expires {day}")).unwrap_or_default();
    Remedy::command(format!("caredesk sharing grant {}{expires}", request.code), ANSWER).after_all()
}

/// The deciding request: a valid grant, else one that waits for an answer, else the newest.
fn telling_request<'a>(facts: &'a Facts, question: &Question) -> Option<&'a RequestFact> {
    let stands = |request: &RequestFact| request.is_granted() && counts(request.expires, question.day);
    let rank = |request: &RequestFact| (!stands(request), request.status != Status::Pending);
    facts.requests.iter().min_by_key(|request| rank(request))
}

fn release(question: &Question, facts: &Facts) -> Found {
    if way(facts) != Way::Release {
        return not_asked(Rule::Release, "release sharing is off");
    }
    let paper = paper(question);
    let Some(release) = telling_release(facts, question) else {
        return result(Rule::Release, false, format!("there {} no release", question.is()), paper);
    };
    let (code, recipient) = (&release.code, &question.recipient.name);
    let whom = if release.all_providers { "all providers" } else { recipient };
    let (is_met, detail) = match release.revoked {
        _ if !release.reaches() => {
            let count = facts.releases.len();
            let all = if count == 1 { code.clone() } else { format!("none of {count} releases") };
            (false, format!("{all} {} for {recipient}", if count == 1 { "is not" } else { "is" }))
        }
        Some(when) => (false, format!("{code} for {whom} was revoked {}", question.when(when))),
        None => (true, format!("{code} {} for {whom}, signed {}", question.is(), release.signed)),
    };
    result(Rule::Release, is_met, detail, paper)
}

fn paper(question: &Question) -> Remedy {
    let Question { client, owner, recipient, .. } = question;
    Remedy::needed(format!(
        "a release for {} that {} or a representative has signed; {} adds it with `caredesk release add`",
        recipient.name, client.name, owner.name
    ))
}

/// The deciding release: a valid one, else an expired one, else a revoked one, else one for other recipients.
fn telling_release<'a>(facts: &'a Facts, question: &Question) -> Option<&'a ReleaseFact> {
    let rank = |release: &ReleaseFact| {
        let has_run_out = !counts(release.expires, question.day);
        (!release.reaches(), release.revoked.is_some(), has_run_out)
    };
    facts.releases.iter().min_by_key(|release| rank(release))
}

/// The consent that lets the records be seen, if one is needed.
pub(super) fn consent(question: &Question, facts: &Facts) -> Option<String> {
    let found = match way(facts) {
        Way::Unset | Way::Automatic => return None,
        Way::Request => request(question, facts),
        Way::Release => release(question, facts),
    };
    Some(format!("{}, and {}", found.detail, last_day(&expiry(question, facts).detail)))
}

/// Without the code, which stands before it.
fn last_day(detail: &str) -> &str {
    detail.split_once(' ').map_or(detail, |(_, rest)| rest)
}

/// The last day of the valid consent, if there is one.
fn expiry(question: &Question, facts: &Facts) -> Found {
    let found = match way(facts) {
        Way::Unset => return not_asked(Rule::Expiry, "the owner has set nothing"),
        Way::Automatic => return not_asked(Rule::Expiry, "what is shared automatically has no last day"),
        Way::Request => telling_request(facts, question)
            .filter(|request| request.is_granted())
            .map(|request| (&request.code, request.expires, ask(question))),
        Way::Release => telling_release(facts, question)
            .filter(|release| release.reaches() && release.revoked.is_none())
            .map(|release| (&release.code, release.expires, paper(question))),
    };
    let Some((code, expires, remedy)) = found else {
        return not_asked(Rule::Expiry, "there is no consent that could run out");
    };
    let is_met = counts(expires, question.day);
    let detail = match expires {
        None => format!("{code} has no last day"),
        Some(last) if is_met => format!("{code} counts up to {last}"),
        Some(last) => format!("{code} ran out: its last day was {last}"),
    };
    result(Rule::Expiry, is_met, detail, remedy)
}
