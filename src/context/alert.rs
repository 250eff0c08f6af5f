//! Queues alerts in the transaction of what they tell (rule 2.11).

use super::{Context, Tx};
use crate::error::Result;
use crate::model::access::Permission;
use crate::model::alert::{self, AlertKind, Alerted, Recipient};
use crate::model::code::Prefix;
use crate::model::id::AlertId;
use crate::model::package::{Offer, Package};
use crate::model::referral::{Assigned, Referral};
use crate::model::release::Release;
use crate::model::sharing::Request;
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
}

impl Context {
    /// Queues an alert to each account that is to be alerted. What the verb says of it is [`Change::alerting`].
    ///
    /// [`Change::alerting`]: super::Change::alerting
    pub(crate) fn alert(&self, tx: &mut Tx<'_>, kind: AlertKind, audience: Audience<'_>) -> Result<Alerted> {
        let candidates = audience.candidates(tx)?;
        if candidates.is_empty() && matches!(audience, Audience::Former(..)) {
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
            self.queue_alert(tx, recipient, kind, &audience.about())?;
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
            Audience::Asker(..) | Audience::Assigner(..) => alert::HUB,
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
            Audience::Release(release) => {
                let added = Doer { of_release: Some(release.id), ..Doer::default() };
                let mut candidates = store::alert::at_hub(tx, added)?;
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
