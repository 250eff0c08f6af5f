//! The rules of packages. Each function takes the present package and returns the effect or the refusal.

use super::{Ask, Offer, OfferStatus, Package};
use crate::model::code::looks_like_a_code;
use crate::model::prelude::*;
use crate::model::provider::Provider;
use crate::model::referral::Referral;
use crate::model::time::in_utc;
use crate::model::visit::{Outsourced, Visit};

/// The answer of a provider to the whole package (rule 1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Accept,
    Reject,
}

impl Answer {
    pub(crate) fn done(self) -> &'static str {
        match self {
            Answer::Accept => "Accepted",
            Answer::Reject => "Rejected",
        }
    }
}

/// The effect of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerOutcome {
    /// The offer gets this status. With an acceptance every other pending offer is closed.
    Now(OfferStatus),
    /// The same answer was given already.
    Before,
}

/// Rules 1.1, 1.2 and 1.15: the visits of one referral, each planned and in no other live package, and one of them to come.
pub(crate) fn may_send(
    referral: &Referral, visits: &[Visit], asks: &[Ask], now: DateTime<Utc>,
) -> Result<()> {
    referral.must_be_open()?;
    if visits.is_empty() {
        let code = &referral.code;
        let message = format!("referral `{code}` has no visits to put into a package");
        return Err(Error::refused("package.no_visits", message)
            .hint(format!("plan one with `caredesk visit add {code}`, or name some with `--visit`")));
    }
    if asks.is_empty() {
        return Err(Error::refused("package.no_providers", "a package needs at least one provider")
            .hint("name it with `--provider`"));
    }
    for visit in visits {
        may_pack(referral, visit)?;
    }
    if !visits.iter().any(|visit| visit.start > now) {
        let code = &referral.code;
        let message = format!("none of these visits of referral `{code}` is still to come");
        return Err(Error::refused("package.nothing_to_come", message)
            .hint(format!("`caredesk visit list {code}` shows its visits")));
    }
    asks.iter().try_for_each(|ask| ask.provider.must_be_active())
}

/// Rule 1.15: what is all cancelled or past is offered to no provider and accepted by none.
fn must_be_to_come(package: &Package, now: DateTime<Utc>) -> Result<()> {
    if package.is_to_come(now) {
        return Ok(());
    }
    let message = format!(
        "none of the visits of package `{}` is still to come: each is cancelled or past",
        package.reference
    );
    Err(Error::refused("package.nothing_to_come", message)
        .hint(format!("`caredesk outsource delete {}` recalls it", package.code))
        .detail("package", package.code.clone()))
}

fn may_pack(referral: &Referral, visit: &Visit) -> Result<()> {
    let (code, owner, wanted) = (&visit.code, &visit.referral, &referral.code);
    if visit.referral_id != referral.id {
        let message = format!("visit `{code}` belongs to referral `{owner}`, not to `{wanted}`");
        return Err(Error::refused("visit.other_referral", message)
            .hint(format!("`caredesk visit list {wanted}` shows its visits"))
            .detail("visit", code.clone()));
    }
    visit.must_be_planned()?;
    let Some(Outsourced { package, reference, .. }) = &visit.outsourced else { return Ok(()) };
    Err(Error::refused("visit.outsourced", format!("visit `{code}` is in package `{reference}` already"))
        .hint(format!("recall that one first with `caredesk outsource delete {reference}`"))
        .detail("visit", code.clone())
        .detail("package", package.clone()))
}

/// Rule 1.4: the list of providers can change until the package is accepted.
pub(crate) fn must_be_amendable(package: &Package) -> Result<()> {
    must_be_live(package)?;
    if let Some(offer) = package.handed_back_by() {
        return Err(handed_back(package, offer));
    }
    let Some(winner) = package.accepted_by() else { return Ok(()) };
    let (reference, name) = (&package.reference, &winner.provider_name);
    let message =
        format!("package `{reference}` was accepted by `{name}`; its providers can no longer change");
    Err(Error::refused("package.frozen", message)
        .hint(format!("`caredesk outsource delete {}` recalls it", package.code))
        .detail("accepted_by", winner.provider.clone()))
}

fn handed_back(package: &Package, offer: &Offer) -> Error {
    let (reference, code, name) = (&package.reference, &package.code, &offer.provider_name);
    Error::refused("package.handed_back", format!("package `{reference}` was handed back by `{name}`"))
        .hint(format!("send its visits on with `caredesk outsource resend {code} --provider PROVIDER`"))
        .detail("package", code.clone())
}

fn must_be_live(package: &Package) -> Result<()> {
    if !package.is_recalled() {
        return Ok(());
    }
    Err(Error::refused("package.recalled", format!("package `{}` was recalled", package.reference))
        .hint(format!("`caredesk package list --referral {}` shows what is offered now", package.referral)))
}

/// The providers that get a new offer; those with an open one keep it.
pub(crate) fn may_add(package: &Package, asks: Vec<Ask>, now: DateTime<Utc>) -> Result<Vec<Ask>> {
    must_be_amendable(package)?;
    let mut new = Vec::new();
    for ask in asks {
        match package.offer_to(ask.provider.id).map(|offer| offer.status) {
            Some(OfferStatus::Rejected) => {
                return Err(has_ended(package, &ask.provider, "offer.rejected", "has rejected", ""));
            }
            Some(OfferStatus::Lapsed) => {
                return Err(has_ended(
                    package, &ask.provider, "offer.lapsed", "has not answered", " in time",
                ));
            }
            Some(_) => {}
            None => {
                ask.provider.must_be_active()?;
                new.push(ask);
            }
        }
    }
    if !new.is_empty() {
        must_be_to_come(package, now)?;
    }
    Ok(new)
}

fn has_ended(package: &Package, provider: &Provider, code: &'static str, how: &str, when: &str) -> Error {
    let (reference, package_code, provider_code) = (&package.reference, &package.code, &provider.code);
    Error::refused(code, format!("`{}` {how} package `{reference}`{when}", provider.name))
        .hint(format!(
            "to ask again, take it out first: `caredesk outsource remove-provider {package_code} {provider_code}`"
        ))
        .detail("provider", provider_code.clone())
}

/// The offers that are removed; providers without one are left aside. Refused: the last one.
pub(crate) fn may_remove<'a>(package: &'a Package, providers: &[Provider]) -> Result<Vec<&'a Offer>> {
    must_be_amendable(package)?;
    let offers: Vec<&Offer> = providers.iter().filter_map(|provider| package.offer_to(provider.id)).collect();
    if offers.len() < package.offers.len() {
        return Ok(offers);
    }
    let message = format!("package `{}` needs at least one provider", package.reference);
    Err(Error::refused("package.last_provider", message)
        .hint(format!("`caredesk outsource delete {}` recalls the whole package", package.code)))
}

/// Rule 1.13: the offers that can be answered now. Refused where there is none, and what all is cancelled or past (rule 1.15).
pub(crate) fn may_remind(package: &Package, now: DateTime<Utc>, zone: Zone) -> Result<Vec<&Offer>> {
    must_be_live(package)?;
    let is_pending = |offer: &&Offer| offer.status == OfferStatus::Pending;
    let pending: Vec<&Offer> = package.offers.iter().filter(is_pending).collect();
    if !pending.is_empty() {
        must_be_to_come(package, now)?;
        return Ok(pending);
    }
    let (reference, code) = (&package.reference, &package.code);
    let opening =
        package.offers.iter().filter(|offer| offer.is_open()).filter_map(|offer| offer.opens_at).min();
    let why = match (package.accepted_by(), package.handed_back_by(), opening) {
        (Some(offer), ..) => format!("it was accepted by `{}`", offer.provider_name),
        (_, _, Some(at)) => format!("it is offered only at {}", zone.local(at)),
        (_, Some(offer), _) => format!("it was handed back by `{}`", offer.provider_name),
        _ => "each provider has rejected it or let its time pass".to_owned(),
    };
    Err(Error::refused(
        "package.nothing_pending",
        format!("package `{reference}` waits for no answer: {why}"),
    )
    .hint(format!("`caredesk package history {code}` says what became of it"))
    .detail("package", code.clone()))
}

pub(crate) fn not_offered(package: &Package, provider: &Provider) -> Error {
    let message = format!("package `{}` was not offered to `{}`", package.reference, provider.name);
    Error::refused("package.not_offered", message)
        .hint(format!("`caredesk package show {}` says to whom it was", package.code))
        .detail("provider", provider.code.clone())
}

/// Rules 1.5, 1.13 and 1.15: the first acceptance wins, and an answer is final. Repeating the same answer changes nothing.
pub(crate) fn answer(
    package: &Package, provider: &Provider, answer: Answer, now: DateTime<Utc>, zone: Zone,
) -> Result<AnswerOutcome> {
    must_be_live(package)?;
    let offer = package.offer_to(provider.id).ok_or_else(|| not_offered(package, provider))?;
    let wanted = match answer {
        Answer::Accept => OfferStatus::Accepted,
        Answer::Reject => OfferStatus::Rejected,
    };
    match offer.status {
        status if status == wanted => Ok(AnswerOutcome::Before),
        OfferStatus::Closed => Err(already_accepted(package)),
        OfferStatus::Pending => {
            provider.must_be_active()?;
            if answer == Answer::Accept {
                must_be_to_come(package, now)?;
            }
            Ok(AnswerOutcome::Now(wanted))
        }
        OfferStatus::Lapsed => Err(lapsed(package, offer, zone)),
        OfferStatus::Scheduled => Err(scheduled(package, offer, zone)),
        OfferStatus::Accepted | OfferStatus::Rejected | OfferStatus::HandedBack | OfferStatus::Recalled => {
            Err(already_answered(package, offer))
        }
    }
}

/// Only staff learn who accepted, not other providers.
fn already_accepted(package: &Package) -> Error {
    let (code, reference) = (&package.code, &package.reference);
    Error::refused("package.already_accepted", format!("package `{reference}` was already accepted"))
        .hint(format!("run `caredesk package show {code}`"))
        .detail("package", code.clone())
}

fn lapsed(package: &Package, offer: &Offer, zone: Zone) -> Error {
    let (provider, reference) = (&offer.provider_name, &package.reference);
    let until = offer.lapses_at.map(|at| zone.local(at)).unwrap_or_default();
    Error::refused(
        "offer.lapsed",
        format!("the time of `{provider}` to answer package `{reference}` ended at {until}"),
    )
    .hint(format!(
        "to ask again, take it out with `caredesk outsource remove-provider {} {}`, then add it",
        package.code, offer.provider
    ))
    .detail("package", package.code.clone())
    .detail("lapsed_at", offer.lapses_at.map(in_utc))
}

fn scheduled(package: &Package, offer: &Offer, zone: Zone) -> Error {
    let (provider, reference) = (&offer.provider_name, &package.reference);
    let from = offer.opens_at.map(|at| zone.local(at)).unwrap_or_default();
    Error::refused(
        "offer.scheduled",
        format!("package `{reference}` is offered to `{provider}` only at {from}"),
    )
    .hint(format!("`caredesk package show {}` shows who is asked when", package.code))
    .detail("package", package.code.clone())
    .detail("opens_at", offer.opens_at.map(in_utc))
}

fn already_answered(package: &Package, offer: &Offer) -> Error {
    let (provider, reference) = (&offer.provider_name, &package.reference);
    let (status, how) = (offer.status.name(), offer.status.name().replace('_', " "));
    let message = format!("`{provider}` has {how} package `{reference}`, and an answer is final");
    Error::refused("package.already_answered", message)
        .hint("the hub can take the provider out and ask again while no provider has accepted")
        .detail("package", package.code.clone())
        .detail("status", status)
}

/// What handing a package back comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum HandBack<'a> {
    /// The offer that is handed back.
    Now(&'a Offer),
    /// It was handed back already.
    Before,
}

/// Rule 1.14: who has accepted may give it back; `own` are the offers of who asks to, as far as they are seen.
pub(crate) fn may_hand_back<'a>(package: &'a Package, own: &[&Offer]) -> Result<HandBack<'a>> {
    must_be_live(package)?;
    let is_own = |offer: &Offer| own.iter().any(|one| one.id == offer.id);
    if let Some(offer) = package.accepted_by().filter(|offer| is_own(offer)) {
        return Ok(HandBack::Now(offer));
    }
    if package.handed_back_by().is_some_and(is_own) {
        return Ok(HandBack::Before);
    }
    let names: Vec<String> = own.iter().map(|offer| format!("`{}`", offer.provider_name)).collect();
    let by = if names.is_empty() { String::new() } else { format!(" by {}", names.join(" or ")) };
    Err(Error::refused(
        "package.not_accepted",
        format!("package `{}` is not accepted{by}", package.reference),
    )
    .hint("`caredesk package list --status accepted` shows what is")
    .detail("package", package.code.clone()))
}

/// Rule 8.45: the offer of the provider that has accepted, for whom there is a sheet.
pub(crate) fn may_print<'p>(package: &'p Package, provider: Option<&Provider>) -> Result<&'p Offer> {
    must_be_live(package)?;
    let accepted = package.accepted_by();
    if let Some(offer) = accepted.filter(|offer| provider.is_none_or(|one| one.id == offer.provider_id)) {
        return Ok(offer);
    }
    let by = provider.map(|provider| format!(" by `{}`", provider.name)).unwrap_or_default();
    let message = format!(
        "package `{}` is not accepted{by}: there is a sheet for the provider that has accepted",
        package.reference
    );
    Err(Error::refused("package.not_accepted", message)
        .hint(format!("`caredesk package show {}` says how it stands", package.code))
        .detail("package", package.code.clone()))
}

/// Rule 1.8. `seen` is the status in the question: an answer that came in meanwhile is not overridden.
pub(crate) fn may_recall(package: &Package) -> Result<()> {
    must_be_live(package)
}

/// A custom reference: a name that does not look like a code.
pub(crate) fn reference(text: &str) -> Result<String, String> {
    let reference = text::name(text)?;
    if looks_like_a_code(&reference) {
        return Err(format!("`{reference}` looks like a code; a reference of your own begins otherwise"));
    }
    Ok(reference)
}
