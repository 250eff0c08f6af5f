//! The rules of packages as tables.

use chrono::TimeDelta;

use super::*;
use crate::model::id::{OfferId, PackageId, ProviderId, ReferralId, VisitId};
use crate::model::provider::Provider;

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

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
        opens_at: None,
        lapses_at: None,
        reminded_at: None,
        responded_at: None,
        ended_at: None,
        reason: None,
    };
    let offers: Vec<Offer> = (1..).zip(statuses).map(offer).collect();
    Package {
        id: PackageId::NIL,
        code: "PKG-1".to_owned(),
        reference: "winter".to_owned(),
        referral_id: ReferralId::NIL,
        referral: "REF-1".to_owned(),
        status: PackageStatus::of(offers.iter().map(|offer| offer.status)),
        lapses_at: None,
        provider_note: None,
        postal_code: None,
        created_at: DateTime::UNIX_EPOCH,
        created_by: "anna".to_owned(),
        amended_at: None,
        amended_by: None,
        recalled_at: None,
        recalled_by: None,
        visits: vec![visit(VisitStatus::Planned, 1)],
        offers,
    }
}

fn visit(status: VisitStatus, hours: i64) -> PackagedVisit {
    let start = NOW + TimeDelta::hours(hours);
    let code = "VIS-1".to_owned();
    PackagedVisit {
        id: VisitId::NIL,
        code,
        start,
        minutes: 30,
        status,
        provider_note: None,
        offered_start: start,
        offered_minutes: 30,
    }
}

fn answered(package: &Package, who: &Provider, text: Answer) -> Result<AnswerOutcome, &'static str> {
    answer(package, who, text, NOW, Zone::utc()).map_err(|refusal| refusal.code())
}

/// The table of rules 1.5, 1.13 and 1.14: the status of one's own offer, the answer, the effect.
#[test]
fn answers() {
    use OfferStatus::{Accepted, Closed, HandedBack, Lapsed, Pending, Recalled, Rejected, Scheduled};
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
        (vec![Lapsed, Pending], Answer::Accept, Err("offer.lapsed")),
        (vec![Lapsed, Pending], Answer::Reject, Err("offer.lapsed")),
        (vec![Scheduled, Pending], Answer::Accept, Err("offer.scheduled")),
        (vec![Scheduled, Pending], Answer::Reject, Err("offer.scheduled")),
        (vec![HandedBack, Closed], Answer::Accept, Err("package.already_answered")),
        (vec![Closed, HandedBack], Answer::Accept, Err("package.already_accepted")),
        (vec![Recalled], Answer::Accept, Err("package.already_answered")),
    ];
    for (statuses, text, expected) in table {
        assert_eq!(answered(&package(&statuses), &provider(1), text), expected, "{statuses:?} {text:?}");
    }
}

#[test]
fn no_provider_answers_what_it_was_not_asked_or_what_was_recalled() {
    let mut asked = package(&[OfferStatus::Pending]);
    assert_eq!(answered(&asked, &provider(9), Answer::Accept), Err("package.not_offered"));
    asked.status = PackageStatus::Recalled;
    assert_eq!(answered(&asked, &provider(1), Answer::Accept), Err("package.recalled"));
}

#[test]
fn an_inactive_provider_does_not_answer() {
    let inactive = Provider { active: false, ..provider(1) };
    let asked = package(&[OfferStatus::Pending]);
    assert_eq!(answered(&asked, &inactive, Answer::Accept), Err("provider.inactive"));
}

/// Rule 1.15: the visits of a package, and whether it is accepted and offered to others.
#[test]
fn what_is_not_to_come_is_not_accepted() {
    use VisitStatus::{Cancelled, Planned};
    let table: [(&[(VisitStatus, i64)], bool); 6] = [
        (&[(Planned, 1)], true),
        (&[(Planned, 0)], false),
        (&[(Planned, -1)], false),
        (&[(Cancelled, 1)], false),
        (&[(Planned, -1), (Cancelled, 1)], false),
        (&[(Cancelled, 1), (Planned, -1), (Planned, 1)], true),
    ];
    for (visits, is_to_come) in table {
        let mut asked = package(&[OfferStatus::Pending]);
        asked.visits = visits.iter().map(|(status, hours)| visit(*status, *hours)).collect();
        assert_eq!(answered(&asked, &provider(1), Answer::Accept).is_ok(), is_to_come, "{visits:?}");
        assert!(answered(&asked, &provider(1), Answer::Reject).is_ok(), "{visits:?}");
        assert_eq!(may_add(&asked, vec![Ask::at_once(provider(2))], NOW).is_ok(), is_to_come, "{visits:?}");
    }
}

/// Rule 1.6.
#[test]
fn the_status_follows_from_the_offers() {
    use OfferStatus::{Accepted, Closed, HandedBack, Lapsed, Pending, Rejected, Scheduled};
    let of = |statuses: &[OfferStatus]| package(statuses).status;
    assert_eq!(of(&[Rejected, Accepted, Closed]), PackageStatus::Accepted);
    assert_eq!(of(&[Lapsed, Accepted]), PackageStatus::Accepted);
    assert_eq!(of(&[Rejected, Pending]), PackageStatus::Pending);
    assert_eq!(of(&[Lapsed, Scheduled]), PackageStatus::Pending);
    assert_eq!(of(&[Closed, HandedBack, Rejected]), PackageStatus::HandedBack);
    assert_eq!(of(&[Rejected, Rejected]), PackageStatus::Rejected);
    assert_eq!(of(&[Rejected, Lapsed]), PackageStatus::Rejected);
}

// Rule 1.13: the ends of the open offers by the hour, and when the package lapses.
#[test]
fn a_package_lapses_with_the_last_of_its_open_offers() {
    type Ends<'a> = &'a [(OfferStatus, Option<i64>)];
    use OfferStatus::{Lapsed, Pending, Rejected, Scheduled};
    let table: [(Ends<'_>, Option<i64>); 5] = [
        (&[(Pending, Some(4)), (Scheduled, Some(8))], Some(8)),
        (&[(Pending, None), (Scheduled, Some(8))], None),
        (&[(Pending, Some(4)), (Rejected, Some(8))], Some(4)),
        (&[(Pending, Some(4)), (Rejected, None)], Some(4)),
        (&[(Rejected, Some(4)), (Lapsed, Some(8))], None),
    ];
    for (offers, expected) in table {
        let statuses: Vec<OfferStatus> = offers.iter().map(|(status, _)| *status).collect();
        let mut package = package(&statuses);
        for (offer, (_, end)) in package.offers.iter_mut().zip(offers) {
            offer.lapses_at = end.map(|hour| NOW + TimeDelta::hours(hour));
        }
        let expected = expected.map(|hour| NOW + TimeDelta::hours(hour));
        assert_eq!(package.settled().lapses_at, expected, "{offers:?}");
    }
}

// Rule 1.14: the offers of a package, and whether its first provider may hand it back.
#[test]
fn who_has_accepted_may_hand_back() {
    use OfferStatus::{Accepted, Closed, HandedBack, Pending};
    let table = [
        (vec![Accepted, Closed], Ok(true)),
        (vec![HandedBack, Closed], Ok(false)),
        (vec![Pending], Err("package.not_accepted")),
        (vec![Closed, Accepted], Err("package.not_accepted")),
        (vec![Closed, HandedBack], Err("package.not_accepted")),
    ];
    for (statuses, expected) in table {
        let package = package(&statuses);
        let outcome = may_hand_back(&package, &[&package.offers[0]]);
        let found = outcome.map(|outcome| outcome != HandBack::Before).map_err(|refusal| refusal.code());
        assert_eq!(found, expected, "{statuses:?}");
    }
}

/// Rule 1.4.
#[test]
fn providers_come_and_go_until_one_accepts() {
    use OfferStatus::{Accepted, Closed, HandedBack, Lapsed, Pending, Rejected};
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
        let asks = vec![Ask::at_once(provider(who))];
        may_add(&package(statuses), asks, NOW).map(|new| new.len()).map_err(|refusal| refusal.code())
    };
    assert_eq!(added(&[Pending], 2), Ok(1));
    assert_eq!(added(&[Pending], 1), Ok(0));
    assert_eq!(added(&[Rejected], 1), Err("offer.rejected"));
    assert_eq!(added(&[Rejected], 2), Ok(1));
    assert_eq!(added(&[Lapsed], 1), Err("offer.lapsed"));
    assert_eq!(added(&[Lapsed], 2), Ok(1));
    assert_eq!(added(&[HandedBack, Closed], 3), Err("package.handed_back"));
    assert_eq!(added(&[Accepted, Closed], 3), Err("package.frozen"));
}

#[test]
fn a_reference_is_not_a_code() {
    assert_eq!(reference(" Winter 7 ").unwrap(), "Winter 7");
    assert!(reference("PKG-WINTER").is_err());
    assert!(reference("").is_err());
}
