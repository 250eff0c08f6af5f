//! The rules in their order, each met, not met, or not asked, in plain words and with the command that would
//! help.

use super::facts::{CategoryFact, EnrolmentFact, Facts, LinkFact, ReleaseFact, RequestFact, Service, counts};
use super::{Party, Question, Tense};
use crate::model::prelude::*;
use crate::model::sharing::{SharingLevel, Status};

names! {
    pub(crate) enum Rule {
        /// 2.12
        Recipient = "recipient",
        /// 3.1
        Level = "level",
        /// 3.2
        Link = "link",
        /// 3.3
        Category = "category",
        /// 3.5
        EnrolmentOwner = "enrolment_owner",
        /// 3.5
        EnrolmentRecipient = "enrolment_recipient",
        /// 3.5
        Request = "request",
        /// 3.7
        Release = "release",
        /// 3.6
        Expiry = "expiry",
    }
}

view! {
    /// One rule, and the fact that decides it.
    pub(crate) struct RuleResult("sharing", |view| view.rule.name()) {
        rule: Rule => Status,
        /// Null where the rule is not asked.
        met: Option<bool> => YesNo,
        detail: String => Text,
        /// The command that would help, where the rule is not met and the instant is not over.
        fix: Option<String> => Text,
    }
}

/// How a linked type reaches the recipient, whatever the level.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Unset,
    Automatic,
    Request,
    Release,
}

/// All results, in the order of the rules.
pub(super) fn results(question: &Question, facts: &Facts) -> Vec<RuleResult> {
    let mut results = vec![
        recipient(question, facts),
        level(question, facts),
        link(question, facts),
        category(question, facts),
        enrolment(question, facts, Rule::EnrolmentOwner, &question.owner, facts.at_owner),
        enrolment(question, facts, Rule::EnrolmentRecipient, &question.recipient, facts.at_recipient),
        request(question, facts),
        release(question, facts),
        expiry(question, facts),
    ];
    for result in &mut results {
        // The past cannot be changed.
        if question.tense() == Tense::Past || result.met != Some(false) {
            result.fix = None;
        }
    }
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

pub(super) fn not_asked(rule: Rule, why: &str) -> RuleResult {
    RuleResult { rule, met: None, detail: why.to_owned(), fix: None }
}

pub(super) fn result(rule: Rule, met: bool, detail: String, fix: String) -> RuleResult {
    RuleResult { rule, met: Some(met), detail, fix: Some(fix) }
}

fn recipient(question: &Question, facts: &Facts) -> RuleResult {
    let Party { code, name } = &question.recipient;
    let is = question.is();
    let detail = match facts.recipient_inactive {
        None => format!("{name} {is} active"),
        Some(since) => {
            format!("{name} {is} inactive since {} and receives nothing of others", question.when(since))
        }
    };
    let fix = format!("caredesk provider activate {code}");
    result(Rule::Recipient, facts.recipient_inactive.is_none(), detail, fix)
}

fn level(question: &Question, facts: &Facts) -> RuleResult {
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
    let fix = format!("caredesk sharing setup {} --type {kind} --level 1", owner.code);
    result(Rule::Level, facts.level() != SharingLevel::Nothing, detail, fix)
}

fn link(question: &Question, facts: &Facts) -> RuleResult {
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
    let fix = format!("caredesk sharing link {} {} --type {kind}", owner.code, recipient.code);
    result(Rule::Link, is_linked, detail, fix)
}

fn category(question: &Question, facts: &Facts) -> RuleResult {
    match facts.level() {
        SharingLevel::All => return not_asked(Rule::Category, "level 1 asks for no service category"),
        SharingLevel::Nothing => {
            return not_asked(Rule::Category, "level 3 shares nothing in any service category");
        }
        SharingLevel::CommonCategory => {}
    }
    let is_met = if facts.records == 0 { facts.common().next().is_some() } else { facts.shareable() > 0 };
    let common: Vec<String> = facts.common().map(in_words).collect();
    // Categories of hidden records come first; a common one without records does not matter.
    let mut apart: Vec<&CategoryFact> = facts.categories.iter().filter(|one| !one.is_common()).collect();
    apart.sort_by_key(|category| std::cmp::Reverse(category.records));
    let mut parts = Vec::new();
    if !common.is_empty() {
        parts.push(format!("in common: {}", common.join(", ")));
    }
    parts.extend(
        apart.iter().map(|category| format!("{}: {}", in_words(category), lacking(question, category))),
    );
    let uncategorised = facts.records - facts.categories.iter().map(|category| category.records).sum::<i64>();
    if uncategorised > 0 {
        parts.push(format!("{} without a category, which level 2 never shares", records(uncategorised)));
    }
    if parts.is_empty() {
        parts.push(format!(
            "{} {} had no service in a category at either",
            question.client.name,
            question.has()
        ));
    }
    let fix =
        apart.first().map_or_else(|| serve(question, &question.recipient, None), |one| fix(question, one));
    result(Rule::Category, is_met, parts.join("; "), fix)
}

fn in_words(category: &CategoryFact) -> String {
    match category.records {
        0 => category.name.clone(),
        count => format!("{} ({})", category.name, records(count)),
    }
}

fn records(count: i64) -> String {
    counted(count, "record", "records")
}

fn lacking(question: &Question, category: &CategoryFact) -> String {
    let sides = [(&question.owner, &category.at_owner), (&question.recipient, &category.at_recipient)];
    let lacking: Vec<String> = sides
        .into_iter()
        .filter(|(_, service)| !service.is_served)
        .map(|(party, service)| match service.contract {
            None => format!("{} {} no contract in force for it", party.name, question.has()),
            Some(_) => {
                format!("{} {} no service record of it under a contract in force", party.name, question.has())
            }
        })
        .collect();
    lacking.join(", ")
}

/// For the first party that lacks it.
fn fix(question: &Question, category: &CategoryFact) -> String {
    let (party, service) = if category.at_owner.is_served {
        (&question.recipient, &category.at_recipient)
    } else {
        (&question.owner, &category.at_owner)
    };
    serve(question, party, Some((category, service)))
}

fn serve(question: &Question, party: &Party, lacking: Option<(&CategoryFact, &Service)>) -> String {
    let name = lacking.map_or_else(|| "CATEGORY".to_owned(), |(category, _)| text::quoted(&category.name));
    match lacking.and_then(|(_, service)| service.contract.as_ref()) {
        None => format!(
            "caredesk contract create {} {name} --start {} --category {name}",
            party.code, question.day
        ),
        Some(contract) => format!(
            "caredesk record add {} --provider {} --type services --date DAY --title {name} --category {name} --contract {contract}",
            question.client.code, party.code
        ),
    }
}

fn enrolment(
    question: &Question, facts: &Facts, rule: Rule, party: &Party, enrolment: Option<EnrolmentFact>,
) -> RuleResult {
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
    result(rule, is_met, detail, format!("caredesk client enroll {} {}", question.client.code, party.code))
}

fn not_by_request(facts: &Facts) -> Option<&'static str> {
    match way(facts) {
        Way::Request => None,
        Way::Unset => Some("the owner has set nothing"),
        Way::Automatic => Some("client-by-client sharing is off: what is linked is shared automatically"),
        Way::Release => Some("release sharing is on: signed releases count instead of requests"),
    }
}

fn request(question: &Question, facts: &Facts) -> RuleResult {
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
    let (detail, fix) = match request.status {
        Status::Granted | Status::Expired => {
            (format!("{code} {is} granted{}", signed(request)), String::new())
        }
        Status::Pending => (
            format!("{code} {is} pending since {since}: {} {has} not answered", question.owner.name),
            format!("caredesk sharing grant {code}"),
        ),
        Status::Denied => (format!("{code} was denied {since}{why}"), ask(question)),
        Status::Revoked => (format!("the grant {code} was revoked {since}{why}"), ask(question)),
        Status::Cancelled => (format!("{code} was cancelled {since}"), ask(question)),
        Status::Unanswered => {
            let last = request.lapses.map(|day| format!(": its last day was {day}")).unwrap_or_default();
            (format!("{code} ended unanswered{last}"), ask(question))
        }
    };
    result(Rule::Request, request.is_granted(), detail, fix)
}

fn signed(request: &RequestFact) -> String {
    request.signed.map(|day| format!(", signed {day}")).unwrap_or_default()
}

fn ask(question: &Question) -> String {
    let Question { client, owner, recipient, data_type, .. } = question;
    let kind = data_type.name();
    format!(
        "caredesk sharing request {} --owner {} --recipient {} --type {kind}",
        client.code, owner.code, recipient.code
    )
}

/// The deciding request: a valid grant, else the newest.
fn telling_request<'a>(facts: &'a Facts, question: &Question) -> Option<&'a RequestFact> {
    let stands = |request: &&RequestFact| request.is_granted() && counts(request.expires, question.day);
    facts.requests.iter().find(stands).or_else(|| facts.requests.first())
}

fn release(question: &Question, facts: &Facts) -> RuleResult {
    if way(facts) != Way::Release {
        return not_asked(Rule::Release, "release sharing is off");
    }
    let fix = add(question);
    let Some(release) = telling_release(facts, question) else {
        return result(Rule::Release, false, format!("there {} no release", question.is()), fix);
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
    result(Rule::Release, is_met, detail, fix)
}

fn add(question: &Question) -> String {
    let Question { client, owner, recipient, data_type, .. } = question;
    let kind = data_type.name();
    format!(
        "caredesk release add {} --owner {} --type {kind} --document FILE --signed DAY --recipient {}",
        client.code, owner.code, recipient.code
    )
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
fn expiry(question: &Question, facts: &Facts) -> RuleResult {
    let found = match way(facts) {
        Way::Unset => return not_asked(Rule::Expiry, "the owner has set nothing"),
        Way::Automatic => return not_asked(Rule::Expiry, "what is shared automatically has no last day"),
        Way::Request => telling_request(facts, question)
            .filter(|request| request.is_granted())
            .map(|request| (&request.code, request.expires, ask(question))),
        Way::Release => telling_release(facts, question)
            .filter(|release| release.reaches() && release.revoked.is_none())
            .map(|release| (&release.code, release.expires, add(question))),
    };
    let Some((code, expires, fix)) = found else {
        return not_asked(Rule::Expiry, "there is no consent that could run out");
    };
    let is_met = counts(expires, question.day);
    let detail = match expires {
        None => format!("{code} has no last day"),
        Some(last) if is_met => format!("{code} counts up to {last}"),
        Some(last) => format!("{code} ran out: its last day was {last}"),
    };
    result(Rule::Expiry, is_met, detail, fix)
}
