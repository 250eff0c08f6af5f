//! Queues alerts in the transaction of what they tell (rule 2.11).

use super::{Context, Tx};
use crate::error::Result;
use crate::model::access::Permission;
use crate::model::alert::{self, AlertKind, AlertStatus, Alerted, Recipient};
use crate::model::code::Prefix;
use crate::model::id::{AlertId, ProviderId};
use crate::model::package::{Offer, OfferStatus, Package};
use crate::model::referral::{Assigned, Referral};
use crate::model::release::Release;
use crate::model::sharing::{Effect, Request};
use crate::store;
use crate::store::alert::{About, Doer};

/// Whom an alert goes to, with what it is about.
#[derive(Clone, Copy)]
pub(crate) enum Audience<'a> {
    /// The provider of the offer, of the package.
    Provider(&'a Package, &'a Offer),
    /// Who has asked providers for the package; with the offer of the provider that acts, if one does.
    Asker(&'a Package, Option<&'a Offer>),
    /// The accounts of the resource that the referral is at, or was.
    Resource(&'a Referral, &'a Assigned),
    /// The accounts of the resource that the referral was at, but those that act for the one it is at now, and those that were
    /// never alerted that it was at theirs.
    Former(&'a Referral, &'a Assigned),
    /// Who has created or assigned the referral.
    Assigner(&'a Referral, &'a Assigned),
    /// The owner that the request asks.
    Owner(&'a Request),
    /// The recipient that asks by the request, and who of the hub has done it.
    Recipient(&'a Request),
    /// The owner of the release, and who of the hub has added it.
    Release(&'a Release),
    /// Who of the hub has added the release.
    Adder(&'a Release),
    /// A provider that the release lets see records, with its name.
    Named(&'a Release, ProviderId, &'a str),
}

impl Context {
    /// Queues an alert to each account that is to be alerted. What the verb says of it is [`Change::alerting`].
    ///
    /// [`Change::alerting`]: super::Change::alerting
    pub(crate) fn alert(&self, tx: &mut Tx<'_>, kind: AlertKind, audience: Audience<'_>) -> Result<Alerted> {
        self.alert_after(tx, (kind, audience.about()), audience, |_| false)
    }

    /// The same, but to an account only after another alert: `waits` says whether that has not been sent.
    fn alert_after(
        &self, tx: &mut Tx<'_>, (kind, about): (AlertKind, About), audience: Audience<'_>,
        waits: impl Fn(&Recipient) -> bool,
    ) -> Result<Alerted> {
        let mut candidates = audience.candidates(tx)?;
        for candidate in &mut candidates {
            candidate.has_unsent = waits(candidate);
        }
        if candidates.is_empty() && matches!(audience, Audience::Former(..) | Audience::Adder(_)) {
            return Ok(Alerted::default());
        }
        let own: Vec<&str> = [Some(&self.actor.account.login), self.actor.impersonator.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let recipients = match alert::alerted(&candidates, kind, &own) {
            Ok(recipients) => recipients,
            Err(reason) => {
                return Ok(Alerted::of_none(audience.name(), reason));
            }
        };
        for recipient in &recipients {
            self.queue_alert(tx, recipient, kind, &about)?;
        }
        let accounts = recipients.into_iter().map(|recipient| recipient.id).collect();
        Ok(Alerted { accounts, ..Alerted::default() })
    }

    /// The same to the provider of each of these offers of a package.
    pub(crate) fn alert_providers<'a>(
        &self, tx: &mut Tx<'_>, kind: AlertKind, package: &Package,
        offers: impl IntoIterator<Item = &'a Offer>,
    ) -> Result<Alerted> {
        offers.into_iter().try_fold(Alerted::default(), |all, offer| {
            Ok(all.and(self.alert(tx, kind, Audience::Provider(package, offer))?))
        })
    }

    /// The providers of these offers, which are withdrawn. Who was not alerted of an offer needs no alert of its end, unless the
    /// provider has accepted, or the account wants no alerts of offers.
    pub(crate) fn alert_recalled<'a>(
        &self, tx: &mut Tx<'_>, package: &Package, offers: impl IntoIterator<Item = &'a Offer>,
    ) -> Result<Alerted> {
        offers.into_iter().try_fold(Alerted::default(), |all, offer| {
            let queued = store::alert::of_offer(tx, package.id, offer)?;
            store::alert::withdraw_offered(tx, package.id, offer.provider_id)?;
            let is_sent = |status| matches!(status, AlertStatus::Sent | AlertStatus::Sending);
            let waits = |account: &Recipient| {
                offer.status == OfferStatus::Pending
                    && !account.off.contains(AlertKind::Offered)
                    && !queued.iter().any(|(id, status)| *id == account.id && is_sent(*status))
            };
            let audience = Audience::Provider(package, offer);
            Ok(all.and(self.alert_after(tx, (AlertKind::Recalled, audience.about()), audience, waits)?))
        })
    }

    /// The provider of an offer, once more, but accounts to which the last alert of it has not been sent. Where none of its wave was
    /// queued yet, this is that.
    pub(crate) fn alert_reminded(
        &self, tx: &mut Tx<'_>, package: &Package, offer: &Offer,
    ) -> Result<Alerted> {
        let queued = store::alert::of_offer(tx, package.id, offer)?;
        let is_open = |status| matches!(status, AlertStatus::Waiting | AlertStatus::Sending);
        let waits =
            |account: &Recipient| queued.iter().any(|(id, status)| *id == account.id && is_open(*status));
        let audience = Audience::Provider(package, offer);
        let occasion = offer.opens_at.filter(|_| queued.is_empty());
        self.alert_after(tx, (AlertKind::Offered, About { occasion, ..audience.about() }), audience, waits)
    }

    /// The providers that see more records by a release, or fewer: whom it shows nothing learns nothing of it (rule 3.8).
    pub(crate) fn alert_release(
        &self, tx: &mut Tx<'_>, release: &Release, effect: &Effect,
    ) -> Result<Alerted> {
        effect.gains.iter().chain(&effect.losses).try_fold(Alerted::default(), |all, change| {
            let audience = Audience::Named(release, change.recipient_id, &change.recipient_name);
            Ok(all.and(self.alert(tx, AlertKind::Answer, audience)?))
        })
    }

    /// The same where it ends, for all or for some, and who of the hub has added it.
    pub(crate) fn alert_release_ended(
        &self, tx: &mut Tx<'_>, release: &Release, effect: &Effect,
    ) -> Result<Alerted> {
        let alerted = self.alert_release(tx, release, effect)?;
        Ok(alerted.and(self.alert(tx, AlertKind::Answer, Audience::Adder(release))?))
    }

    /// None if the account was alerted of it before.
    pub(super) fn queue_alert(
        &self, tx: &mut Tx<'_>, recipient: &Recipient, kind: AlertKind, about: &About,
    ) -> Result<Option<AlertId>> {
        let id = self.key();
        let code = self.code(Prefix::Alert, |code| store::alert::is_code_taken(tx, code))?;
        let is_new = store::alert::insert(tx, (id, &code), recipient.id, kind, about, self.now())?;
        Ok(is_new.then_some(id))
    }
}

impl Audience<'_> {
    fn about(self) -> About {
        match self {
            Audience::Provider(package, offer) => {
                About { package: Some(package.id), provider: Some(offer.provider_id), ..About::default() }
            }
            Audience::Asker(package, offer) => About {
                package: Some(package.id),
                provider: offer.map(|offer| offer.provider_id),
                ..About::default()
            },
            Audience::Resource(referral, assigned)
            | Audience::Former(referral, assigned)
            | Audience::Assigner(referral, assigned) => {
                About { referral: Some(referral.id), resource: Some(assigned.id), ..About::default() }
            }
            Audience::Owner(request) => {
                About { request: Some(request.id), provider: Some(request.owner_id), ..About::default() }
            }
            Audience::Release(release) => {
                About { release: Some(release.id), provider: Some(release.owner_id), ..About::default() }
            }
            Audience::Adder(release) => About { release: Some(release.id), ..About::default() },
            Audience::Named(release, provider, _) => {
                About { release: Some(release.id), provider: Some(provider), ..About::default() }
            }
            Audience::Recipient(request) => {
                About { request: Some(request.id), provider: Some(request.recipient_id), ..About::default() }
            }
        }
    }

    /// Of whom it is said where no account is alerted.
    pub(crate) fn name(&self) -> &str {
        match self {
            Audience::Provider(_, offer) => &offer.provider_name,
            Audience::Resource(_, assigned) | Audience::Former(_, assigned) => &assigned.name,
            Audience::Owner(request) => &request.owner_name,
            Audience::Release(release) => &release.owner_name,
            Audience::Recipient(request) => &request.recipient_name,
            Audience::Named(_, _, name) => name,
            Audience::Asker(..) | Audience::Assigner(..) | Audience::Adder(_) => alert::HUB,
        }
    }

    /// Those who may be alerted, whether they are or not.
    pub(crate) fn candidates(self, tx: &mut Tx<'_>) -> Result<Vec<Recipient>> {
        match self {
            Audience::Provider(_, offer) => {
                store::alert::at_provider(tx, offer.provider_id, Permission::RespondPackages)
            }
            Audience::Asker(package, _) => {
                store::alert::at_hub(tx, Doer { of_package: Some(package.id), ..Doer::default() })
            }
            Audience::Resource(_, assigned) => store::alert::at_resource(tx, assigned.id),
            Audience::Former(referral, was) => {
                let mut candidates = store::alert::at_resource(tx, was.id)?;
                let unsent = store::alert::unsent(tx, referral.id, was.id)?;
                candidates.retain(|candidate| !unsent.contains(&candidate.id));
                if let Some(now) = &referral.assigned {
                    let present = store::alert::at_resource(tx, now.id)?;
                    candidates.retain(|candidate| !present.contains(candidate));
                }
                Ok(candidates)
            }
            Audience::Assigner(referral, _) => {
                store::alert::at_hub(tx, Doer { of_referral: Some(referral.id), ..Doer::default() })
            }
            Audience::Owner(request) => {
                store::alert::at_provider(tx, request.owner_id, Permission::AnswerSharing)
            }
            Audience::Adder(release) => {
                store::alert::at_hub(tx, Doer { of_release: Some(release.id), ..Doer::default() })
            }
            Audience::Named(_, provider, _) => {
                store::alert::at_provider(tx, provider, Permission::AnswerSharing)
            }
            Audience::Release(release) => {
                let mut candidates = Audience::Adder(release).candidates(tx)?;
                candidates.extend(store::alert::at_provider(
                    tx,
                    release.owner_id,
                    Permission::AnswerSharing,
                )?);
                Ok(candidates)
            }
            Audience::Recipient(request) => {
                let asked = Doer { asked: Some(request.id), ..Doer::default() };
                let mut candidates = store::alert::at_hub(tx, asked)?;
                candidates.extend(store::alert::at_provider(
                    tx,
                    request.recipient_id,
                    Permission::AnswerSharing,
                )?);
                Ok(candidates)
            }
        }
    }
}
