//! Why an account sees a client or does not: since it answers sharing, or since its provider has visits (rules 1.12 and 3.12).

use super::{AccountExplanation, Asked, Point, ProviderFact, explained};
use crate::model::access::{Action, Permission};
use crate::model::prelude::*;
use crate::model::remedy::{Found, Remedy};

/// What is so between a client and the account.
pub(crate) struct ClientFacts {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) is_anonymous: bool,
    pub(crate) is_deceased: bool,
    /// The providers whose agency record the account has.
    pub(crate) spoken_for: Vec<ProviderFact>,
    /// Those of them at which the client is active.
    pub(crate) enrolled_at: Vec<String>,
    /// The packages by which they have visits that still show whose they are.
    pub(crate) packages: Vec<String>,
    /// Whether the account is shown the client.
    pub(crate) is_shown: bool,
}

pub(crate) fn client(asked: Asked<'_>, facts: &ClientFacts) -> Result<AccountExplanation> {
    let (mut rules, is_staff) = asked.begin();
    let mut decisive = vec![Point::Account];
    if is_staff {
        let all = [
            Point::Agency,
            Point::Provider,
            Point::Enrolment,
            Point::AnswerSharing,
            Point::Visits,
            Point::AccessContactDetails,
        ];
        rules.extend(all.map(|rule| Found::not_asked(rule, "staff see every client")));
    } else {
        rules.extend([agency(asked, facts), provider(facts)]);
        let gives = "with it the clients of its providers are seen";
        let answers = asked.permission(Point::AnswerSharing, Permission::AnswerSharing, gives);
        let gives = "with it those are seen of whom its providers have visits";
        let details = asked.permission(Point::AccessContactDetails, Permission::AccessContactDetails, gives);
        let (enrolment, visits) = (enrolment(facts), visits(facts));
        // Either way is enough; the nearer one is explained as what decides.
        let by_visits =
            visits.met == Some(true) && (details.met == Some(true) || enrolment.met != Some(true));
        decisive.extend([Point::Agency, Point::Provider]);
        decisive.extend(if by_visits {
            [Point::Visits, Point::AccessContactDetails]
        } else {
            [Point::Enrolment, Point::AnswerSharing]
        });
        rules.extend([enrolment, answers, visits, details]);
        if by_visits {
            spare(&mut rules, [Point::Enrolment, Point::AnswerSharing]);
        } else {
            spare(&mut rules, [Point::Visits, Point::AccessContactDetails]);
        }
    }
    let what = format!("the client {} ({})", facts.name, facts.code);
    explained(asked, &facts.code, &what, facts.is_shown, rules, |found| decisive.contains(&found.rule))
}

/// Nothing is proposed for the way that does not decide.
fn spare(rules: &mut [Found<Point>], other: [Point; 2]) {
    rules.iter_mut().filter(|found| other.contains(&found.rule)).for_each(|found| found.remedy = None);
}

fn agency(asked: Asked<'_>, facts: &ClientFacts) -> Found<Point> {
    let login = asked.login();
    let names: Vec<&str> = facts.spoken_for.iter().map(|provider| provider.name.as_str()).collect();
    if names.is_empty() {
        let needed = "the agency record of a provider, by `caredesk account add-resource`".to_owned();
        return Found::of(
            Point::Agency,
            false,
            format!("{login} speaks for no provider"),
            Remedy::needed(needed),
        );
    }
    Found::of(Point::Agency, true, format!("{login} speaks for {}", names.join(", ")), None)
}

fn provider(facts: &ClientFacts) -> Found<Point> {
    match facts.spoken_for.iter().find(|provider| provider.active).or(facts.spoken_for.first()) {
        Some(provider) => super::active(provider),
        None => Found::not_asked(Point::Provider, "it speaks for no provider"),
    }
}

fn enrolment(facts: &ClientFacts) -> Found<Point> {
    let ClientFacts { code, name, .. } = facts;
    if facts.spoken_for.is_empty() {
        return Found::not_asked(Point::Enrolment, "it speaks for no provider");
    }
    if !facts.enrolled_at.is_empty() {
        let detail = format!("{name} is active at {}", facts.enrolled_at.join(", "));
        return Found::of(Point::Enrolment, true, detail, None);
    }
    let names: Vec<&str> = facts.spoken_for.iter().map(|provider| provider.name.as_str()).collect();
    let detail = format!("{name} is not active at {}", names.join(" nor at "));
    let even_so = if facts.is_deceased { " --even-so" } else { "" };
    let remedy = match facts.spoken_for.as_slice() {
        _ if facts.is_anonymous => {
            Remedy::needed("a name of the person, by `caredesk client edit`".to_owned())
        }
        [one] => Remedy::command(
            format!("caredesk client enroll {code} {}{even_so}", one.code),
            Action::ChangeClients,
        ),
        _ => Remedy::needed("an enrolment at one of them, by `caredesk client enroll`".to_owned()),
    };
    Found::of(Point::Enrolment, false, detail, remedy)
}

fn visits(facts: &ClientFacts) -> Found<Point> {
    if facts.spoken_for.is_empty() {
        return Found::not_asked(Point::Visits, "it speaks for no provider");
    }
    let name = &facts.name;
    if facts.packages.is_empty() {
        let detail = format!("its providers have no visits of {name}, or the last was too long ago");
        return Found::of(Point::Visits, false, detail, Remedy::needed("an accepted package".to_owned()));
    }
    let detail = format!("its providers have visits of {name} by {}", facts.packages.join(", "));
    Found::of(Point::Visits, true, detail, None)
}
