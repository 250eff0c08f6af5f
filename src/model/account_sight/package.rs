//! Why an account sees a package or does not (rules 1.11 and 2.3).

use super::{AccountExplanation, Asked, Point, ProviderFact, active, explained};
use crate::model::access::{Action, Permission};
use crate::model::package::{OfferStatus, PackageStatus};
use crate::model::prelude::*;
use crate::model::remedy::{Found, Remedy};

/// What is so between a package and the account.
pub(crate) struct PackageFacts {
    pub(crate) code: String,
    pub(crate) status: PackageStatus,
    /// Whether others may still be asked.
    pub(crate) takes_more: bool,
    /// The providers that are asked, with how each offer stands.
    pub(crate) offers: Vec<OfferFact>,
    /// The providers whose agency record the account has.
    pub(crate) spoken_for: Vec<ProviderFact>,
    /// Whether the account is shown it.
    pub(crate) is_shown: bool,
}

pub(crate) struct OfferFact {
    pub(crate) provider: ProviderFact,
    pub(crate) status: OfferStatus,
    /// In words: when it opens or has ended.
    pub(crate) opens: Option<String>,
}

pub(crate) fn package(asked: Asked<'_>, facts: &PackageFacts) -> Result<AccountExplanation> {
    let (mut rules, is_staff) = asked.begin();
    if is_staff {
        let all = [Point::Agency, Point::Provider, Point::Offer, Point::RespondPackages];
        rules.extend(all.map(|rule| Found::not_asked(rule, "staff see every package")));
    } else {
        rules.push(agency(asked, facts));
        rules.extend(through(facts));
        let gives = "with it the account answers for its provider, without it it reads";
        rules.push(asked.further(Point::RespondPackages, Permission::RespondPackages, gives));
    }
    let what = format!("the package {}", facts.code);
    explained(asked, &facts.code, &what, facts.is_shown, rules, |found| found.rule != Point::RespondPackages)
}

fn agency(asked: Asked<'_>, facts: &PackageFacts) -> Found<Point> {
    let login = asked.login();
    let names: Vec<&str> = facts.spoken_for.iter().map(|provider| provider.name.as_str()).collect();
    if !names.is_empty() {
        return Found::of(Point::Agency, true, format!("{login} speaks for {}", names.join(", ")), None);
    }
    let remedy = match facts.offers.as_slice() {
        [one] => asked.speak_for(&one.provider.code),
        _ => Remedy::needed(
            "the agency record of a provider that is asked, by `caredesk account add-resource`".to_owned(),
        ),
    };
    Found::of(Point::Agency, false, format!("{login} speaks for no provider"), remedy)
}

/// The offer by which it is seen, or the one that comes nearest to it; and whether its provider is active.
fn through(facts: &PackageFacts) -> [Found<Point>; 2] {
    let PackageFacts { code, spoken_for, .. } = facts;
    let own = facts
        .offers
        .iter()
        .filter(|offer| spoken_for.iter().any(|provider| provider.id == offer.provider.id));
    let nearest = own.min_by_key(|offer| (!offer.provider.active, !is_open(offer.status)));
    let Some(offer) = nearest else {
        if spoken_for.is_empty() {
            return [Point::Provider, Point::Offer]
                .map(|rule| Found::not_asked(rule, "it speaks for no provider"));
        }
        let names: Vec<&str> = spoken_for.iter().map(|provider| provider.name.as_str()).collect();
        let detail = format!("{code} is not offered to {}", names.join(" or "));
        let active: Vec<&ProviderFact> = spoken_for.iter().filter(|provider| provider.active).collect();
        let remedy = match active.as_slice() {
            [one] if facts.takes_more => {
                let line = format!("caredesk outsource add-provider {code} {}", one.code);
                Remedy::command(line, Action::ChangePackages)
            }
            _ if facts.takes_more => {
                Remedy::needed("an offer, by `caredesk outsource add-provider`".to_owned())
            }
            _ => Remedy::needed(format!(
                "a new package: {code} is {} and asks no one else",
                facts.status.name()
            )),
        };
        let asked = Found::of(Point::Offer, false, detail, remedy);
        return [Found::not_asked(Point::Provider, "it is offered to no provider of the account"), asked];
    };
    [active(&offer.provider), standing(facts, offer)]
}

fn is_open(status: OfferStatus) -> bool {
    !matches!(status, OfferStatus::Scheduled | OfferStatus::Closed | OfferStatus::Recalled)
}

fn standing(facts: &PackageFacts, offer: &OfferFact) -> Found<Point> {
    let (code, name) = (&facts.code, &offer.provider.name);
    let (is_met, detail, remedy) = match offer.status {
        _ if facts.status == PackageStatus::Recalled => {
            (false, format!("{code} was recalled"), Some("a new package".to_owned()))
        }
        OfferStatus::Scheduled => {
            let when = offer.opens.as_deref().unwrap_or("later");
            let needed = format!("time: it opens {when}, if none has accepted by then");
            (false, format!("{code} is to be offered to {name} {when}"), Some(needed))
        }
        OfferStatus::Closed => (
            false,
            format!("{code} was accepted by another before {name} answered"),
            Some("a new package".to_owned()),
        ),
        OfferStatus::Recalled => {
            (false, format!("the offer of {code} to {name} was recalled"), Some("a new package".to_owned()))
        }
        status => {
            (true, format!("the offer of {code} to {name} is {}", status.name().replace('_', " ")), None)
        }
    };
    Found::of(Point::Offer, is_met, detail, remedy.map(Remedy::needed))
}
