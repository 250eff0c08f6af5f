//! The rules of packages. Each function takes the present package and returns the effect or the refusal.

use super::{Offer, OfferStatus, Package};
use crate::model::code::looks_like_a_code;
use crate::model::prelude::*;
use crate::model::provider::Provider;
use crate::model::referral::Referral;
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

/// Rules 1.1 and 1.2: the visits of one referral, each planned and in no other live package.
pub(crate) fn may_send(referral: &Referral, visits: &[Visit], providers: &[Provider]) -> Result<()> {
    referral.must_be_open()?;
    if visits.is_empty() {
        let code = &referral.code;
        let message = format!("referral `{code}` has no visits to put into a package");
        return Err(Error::refused("package.no_visits", message)
            .hint(format!("plan one with `caredesk visit add {code}`, or name some with `--visit`")));
    }
    if providers.is_empty() {
        return Err(Error::refused("package.no_providers", "a package needs at least one provider")
            .hint("name it with `--provider`"));
    }
    for visit in visits {
        may_pack(referral, visit)?;
    }
    providers.iter().try_for_each(Provider::must_be_active)
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
    let Some(winner) = package.accepted_by() else { return Ok(()) };
    let (reference, name) = (&package.reference, &winner.provider_name);
    let message =
        format!("package `{reference}` was accepted by `{name}`; its providers can no longer change");
    Err(Error::refused("package.frozen", message)
        .hint(format!("`caredesk outsource delete {}` recalls it", package.code))
        .detail("accepted_by", winner.provider.clone()))
}

fn must_be_live(package: &Package) -> Result<()> {
    if !package.is_recalled() {
        return Ok(());
    }
    Err(Error::refused("package.recalled", format!("package `{}` was recalled", package.reference))
        .hint(format!("`caredesk package list --referral {}` shows what is offered now", package.referral)))
}

/// The providers that get a new offer; those with a pending one keep it.
pub(crate) fn may_add<'a>(package: &Package, providers: &'a [Provider]) -> Result<Vec<&'a Provider>> {
    must_be_amendable(package)?;
    let mut new = Vec::new();
    for provider in providers {
        match package.offer_to(provider.id).map(|offer| offer.status) {
            Some(OfferStatus::Rejected) => return Err(has_rejected(package, provider)),
            Some(_) => {}
            None => {
                provider.must_be_active()?;
                new.push(provider);
            }
        }
    }
    Ok(new)
}

fn has_rejected(package: &Package, provider: &Provider) -> Error {
    let (reference, package_code, code) = (&package.reference, &package.code, &provider.code);
    Error::refused("offer.rejected", format!("`{}` has rejected package `{reference}`", provider.name))
        .hint(format!(
            "to ask again, take it out first: `caredesk outsource remove-provider {package_code} {code}`"
        ))
        .detail("provider", code.clone())
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

fn not_offered(package: &Package, provider: &Provider) -> Error {
    let message = format!("package `{}` was not offered to `{}`", package.reference, provider.name);
    Error::refused("package.not_offered", message)
        .hint(format!("`caredesk package show {}` says to whom it was", package.code))
        .detail("provider", provider.code.clone())
}

/// Rule 1.5: the first acceptance wins, and an answer is final. Repeating the same answer changes nothing.
pub(crate) fn answer(package: &Package, provider: &Provider, answer: Answer) -> Result<AnswerOutcome> {
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
            Ok(AnswerOutcome::Now(wanted))
        }
        status => Err(already_answered(package, offer, status)),
    }
}

/// Only staff learn who accepted, not other providers.
fn already_accepted(package: &Package) -> Error {
    let (code, reference) = (&package.code, &package.reference);
    Error::refused("package.already_accepted", format!("package `{reference}` was already accepted"))
        .hint(format!("run `caredesk package show {code}`"))
        .detail("package", code.clone())
}

fn already_answered(package: &Package, offer: &Offer, status: OfferStatus) -> Error {
    let (provider, reference, status) = (&offer.provider_name, &package.reference, status.name());
    let message = format!("`{provider}` has {status} package `{reference}`, and an answer is final");
    Error::refused("package.already_answered", message)
        .hint("the hub can take the provider out and ask again while no provider has accepted")
        .detail("package", package.code.clone())
        .detail("status", status)
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

#[cfg(test)]
mod tests {

    use super::super::PackageStatus;
    use super::*;
    use crate::model::id::{OfferId, PackageId, ProviderId, ReferralId};

    fn provider(number: u128) -> Provider {
        Provider::named(ProviderId::from_u128(number), format!("PRV-{number}"), format!("Provider {number}"))
    }

    fn package(statuses: &[OfferStatus]) -> Package {
        let offer = |(number, status): (u128, &OfferStatus)| Offer {
            id: OfferId::from_u128(number),
            provider_id: ProviderId::from_u128(number),
            provider: format!("PRV-{number}"),
            provider_name: format!("Provider {number}"),
            status: *status,
            requested_by: "anna".to_owned(),
            requested_at: DateTime::UNIX_EPOCH,
            responded_at: None,
            reason: None,
        };
        let offers: Vec<Offer> = (1..).zip(statuses).map(offer).collect();
        Package {
            id: PackageId::NIL,
            code: "PKG-1".to_owned(),
            reference: "winter".to_owned(),
            referral_id: ReferralId::NIL,
            referral: "REF-1".to_owned(),
            status: PackageStatus::of(&offers),
            provider_note: None,
            postal_code: None,
            created_at: DateTime::UNIX_EPOCH,
            created_by: "anna".to_owned(),
            amended_at: None,
            amended_by: None,
            recalled_at: None,
            recalled_by: None,
            visits: Vec::new(),
            offers,
        }
    }

    /// The table of rule 1.5: the status of one's own offer, the answer, the effect.
    #[test]
    fn answers() {
        use OfferStatus::{Accepted, Closed, Pending, Rejected};
        let table = [
            (vec![Pending, Pending], Answer::Accept, Ok(AnswerOutcome::Now(Accepted))),
            (vec![Pending, Pending], Answer::Reject, Ok(AnswerOutcome::Now(Rejected))),
            (vec![Accepted, Closed], Answer::Accept, Ok(AnswerOutcome::Before)),
            (vec![Accepted, Closed], Answer::Reject, Err("package.already_answered")),
            (vec![Rejected, Pending], Answer::Reject, Ok(AnswerOutcome::Before)),
            (vec![Rejected, Pending], Answer::Accept, Err("package.already_answered")),
            (vec![Rejected, Accepted], Answer::Accept, Err("package.already_answered")),
            (vec![Closed, Accepted], Answer::Accept, Err("package.already_accepted")),
            (vec![Closed, Accepted], Answer::Reject, Err("package.already_accepted")),
        ];
        for (statuses, text, expected) in table {
            let outcome = answer(&package(&statuses), &provider(1), text).map_err(|refusal| refusal.code());
            assert_eq!(outcome, expected, "{statuses:?} {text:?}");
        }
    }

    #[test]
    fn no_provider_answers_what_it_was_not_asked_or_what_was_recalled() {
        let mut asked = package(&[OfferStatus::Pending]);
        assert_eq!(answer(&asked, &provider(9), Answer::Accept).unwrap_err().code(), "package.not_offered");
        asked.status = PackageStatus::Recalled;
        assert_eq!(answer(&asked, &provider(1), Answer::Accept).unwrap_err().code(), "package.recalled");
    }

    #[test]
    fn an_inactive_provider_does_not_answer() {
        let inactive = Provider { active: false, ..provider(1) };
        assert_eq!(
            answer(&package(&[OfferStatus::Pending]), &inactive, Answer::Accept).unwrap_err().code(),
            "provider.inactive"
        );
    }

    /// Rule 1.6.
    #[test]
    fn the_status_follows_from_the_offers() {
        use OfferStatus::{Accepted, Closed, Pending, Rejected};
        let of = |statuses: &[OfferStatus]| package(statuses).status;
        assert_eq!(of(&[Rejected, Accepted, Closed]), PackageStatus::Accepted);
        assert_eq!(of(&[Rejected, Pending]), PackageStatus::Pending);
        assert_eq!(of(&[Rejected, Rejected]), PackageStatus::Rejected);
    }

    /// Rule 1.4.
    #[test]
    fn providers_come_and_go_until_one_accepts() {
        use OfferStatus::{Accepted, Closed, Pending, Rejected};
        let removed = |statuses: &[OfferStatus], who: &[u128]| {
            let providers: Vec<Provider> = who.iter().map(|number| provider(*number)).collect();
            may_remove(&package(statuses), &providers)
                .map(|offers| offers.len())
                .map_err(|refusal| refusal.code())
        };
        assert_eq!(removed(&[Pending, Rejected], &[2]), Ok(1));
        assert_eq!(removed(&[Pending], &[1]), Err("package.last_provider"));
        assert_eq!(removed(&[Pending, Pending], &[1, 2]), Err("package.last_provider"));
        assert_eq!(removed(&[Pending, Pending], &[3]), Ok(0));
        assert_eq!(removed(&[Accepted, Closed], &[2]), Err("package.frozen"));
        let added = |statuses: &[OfferStatus], who: u128| {
            let providers = [provider(who)];
            may_add(&package(statuses), &providers).map(|new| new.len()).map_err(|refusal| refusal.code())
        };
        assert_eq!(added(&[Pending], 2), Ok(1));
        assert_eq!(added(&[Pending], 1), Ok(0));
        assert_eq!(added(&[Rejected], 1), Err("offer.rejected"));
        assert_eq!(added(&[Rejected], 2), Ok(1));
        assert_eq!(added(&[Accepted, Closed], 3), Err("package.frozen"));
    }

    #[test]
    fn a_reference_is_not_a_code() {
        assert_eq!(reference(" Winter 7 ").unwrap(), "Winter 7");
        assert!(reference("PKG-WINTER").is_err());
        assert!(reference("").is_err());
    }
}
