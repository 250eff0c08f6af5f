//! A package: a fixed set of visits of one referral offered to several providers. It is a race: the first
//! acceptance wins (section 1 of the rules).

mod history;
mod line;
mod plan;
mod rules;
#[cfg(test)]
mod tests;
mod view;
mod week;

pub(crate) use super::package_status::{OfferStatus, PackageStatus};
pub(crate) use history::{OfferSteps, PackageStep, history, with_trail};
pub(crate) use line::{OfferLine, PackageLine};
pub(crate) use plan::{Ask, Wave, plan};
pub(crate) use rules::{
    Answer, AnswerOutcome, HandBack, answer, may_add, may_hand_back, may_print, may_recall, may_remind,
    may_remove, may_send, not_offered, reference,
};
pub(crate) use view::{Offer, PackageView, PackagedVisitView, RemovedOffer};
pub(crate) use week::{PackageCard, PackageWeek, Workload};

use super::area::area;
use super::visit::VisitStatus;
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("package");

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Package {
    pub(crate) id: PackageId,
    pub(crate) code: String,
    /// The name that people use: its code, unless it was renamed.
    pub(crate) reference: String,
    pub(crate) referral_id: ReferralId,
    pub(crate) referral: String,
    pub(crate) status: PackageStatus,
    /// For the providers that are asked (rule 1.12).
    pub(crate) provider_note: Option<String>,
    /// The postal code of the client, of which a provider that is asked learns the area alone.
    pub(crate) postal_code: Option<String>,
    /// When the last of its open offers lapses; none where one has no end, or none is open.
    pub(crate) lapses_at: Option<DateTime<Utc>>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) created_by: String,
    pub(crate) amended_at: Option<DateTime<Utc>>,
    pub(crate) amended_by: Option<String>,
    pub(crate) recalled_at: Option<DateTime<Utc>>,
    pub(crate) recalled_by: Option<String>,
    pub(crate) visits: Vec<PackagedVisit>,
    /// Offers that were not removed.
    pub(crate) offers: Vec<Offer>,
}

/// A visit as offered and as it is now (rule 1.7).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PackagedVisit {
    pub(crate) id: VisitId,
    pub(crate) code: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) minutes: i64,
    pub(crate) status: VisitStatus,
    pub(crate) offered_start: DateTime<Utc>,
    pub(crate) offered_minutes: i64,
    pub(crate) provider_note: Option<String>,
}

impl PackageStatus {
    /// Rule 1.6: accepted if one offer is; else pending if one is pending or scheduled; else handed back if one is; else rejected.
    pub(crate) fn of(offers: impl Iterator<Item = OfferStatus> + Clone) -> Self {
        let has = |wanted: &[OfferStatus]| offers.clone().any(|status| wanted.contains(&status));
        if has(&[OfferStatus::Accepted]) {
            PackageStatus::Accepted
        } else if has(&[OfferStatus::Pending, OfferStatus::Scheduled]) {
            PackageStatus::Pending
        } else if has(&[OfferStatus::HandedBack]) {
            PackageStatus::HandedBack
        } else {
            PackageStatus::Rejected
        }
    }
}

/// When the last of the open offers lapses; none where one has no end.
pub(crate) fn lapse_of(offers: &[Offer]) -> Option<DateTime<Utc>> {
    let ends = offers.iter().filter(|offer| offer.is_open()).map(|offer| offer.lapses_at);
    ends.collect::<Option<Vec<_>>>()?.into_iter().max()
}

impl Offer {
    /// Whether it may still be accepted, now or once it opens.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.status, OfferStatus::Pending | OfferStatus::Scheduled)
    }

    /// Whether it ever existed for its provider: it may have been closed before its wave opened (rule 1.13).
    pub(crate) fn has_opened(&self) -> bool {
        self.status != OfferStatus::Scheduled
            && self.opens_at.zip(self.ended_at).is_none_or(|(opens_at, ended_at)| opens_at <= ended_at)
    }
}

impl Package {
    /// With the status that its offers leave it.
    pub(crate) fn settled(mut self) -> Package {
        self.status = PackageStatus::of(self.offers.iter().map(|offer| offer.status));
        self.lapses_at = if self.status == PackageStatus::Pending { lapse_of(&self.offers) } else { None };
        self
    }

    /// Whether one of its visits is planned and still to come.
    pub(crate) fn is_to_come(&self, now: DateTime<Utc>) -> bool {
        self.visits.iter().any(|visit| visit.status == VisitStatus::Planned && visit.start > now)
    }

    /// `PKG-7K3M9Q (week 49)`, or the code alone where that is its reference.
    pub(crate) fn named(&self) -> String {
        if self.reference == self.code {
            self.code.clone()
        } else {
            format!("{} ({})", self.code, self.reference)
        }
    }

    pub(crate) fn offer_to(&self, provider: ProviderId) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.provider_id == provider)
    }

    pub(crate) fn accepted_by(&self) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.status == OfferStatus::Accepted)
    }

    /// With this provider's offer only, as far as it may see it (rule 1.11).
    pub(crate) fn for_provider(&self, provider: ProviderId) -> Package {
        let mut own = self.clone();
        own.offers.retain(|offer| offer.provider_id == provider);
        own
    }

    /// Where the visits are, as far as a provider that is only asked may know.
    pub(crate) fn area(&self) -> Option<String> {
        self.postal_code.as_deref().and_then(area)
    }

    /// Who had it before handing it back.
    pub(crate) fn handed_back_by(&self) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.status == OfferStatus::HandedBack)
    }

    pub(crate) fn is_recalled(&self) -> bool {
        self.status == PackageStatus::Recalled
    }

    /// How many offers are in this status.
    pub(crate) fn count(&self, status: OfferStatus) -> usize {
        self.offers.iter().filter(|offer| offer.status == status).count()
    }
}
