//! What alerts are about: a thing by its code, and who is alerted of it.

use crate::commands::prelude::*;
use crate::context::Audience;
use crate::model::alert::AlertKind;
use crate::model::code::looks_like_a_code;
use crate::model::sharing::Request;
use crate::store::alert::Filter;

pub(super) enum Thing {
    Package(Package),
    Referral(Referral),
    Request(Request),
    Release(Release),
}

impl Thing {
    pub(super) fn find(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Thing> {
        let text = reference.as_str().to_uppercase();
        let prefix = Prefix::ALL.iter().find(|prefix| looks_like_a_code(&text) && prefix.is_of(&text));
        match prefix {
            None => Thing::called(tx, reference, visibility),
            Some(Prefix::Package) => store::lookup::<Package>(tx, reference, visibility).map(Thing::Package),
            Some(Prefix::Referral) => {
                store::lookup::<Referral>(tx, reference, visibility).map(Thing::Referral)
            }
            Some(Prefix::SharingRequest) => {
                store::lookup::<Request>(tx, reference, visibility).map(Thing::Request)
            }
            Some(Prefix::Release) => store::lookup::<Release>(tx, reference, visibility).map(Thing::Release),
            Some(_) => {
                let message = format!("`{reference}` is not the code of what alerts are about");
                Err(Error::invalid("alert.about", message)
                    .hint("that is a referral, package, sharing request or release; lists show their codes"))
            }
        }
    }

    /// What is no code is the reference of a package, or what means a referral elsewhere: the number of its contact, or its
    /// client. A whole one goes before the beginning of another.
    fn called(tx: &mut Tx<'_>, reference: &Reference, visibility: Visibility) -> Result<Thing> {
        let package = store::lookup::<Package>(tx, reference, visibility);
        let referral = store::lookup::<Referral>(tx, reference, visibility);
        let is_absent = |error: &Error| error.kind() == Kind::NotFound;
        let (package, referral) = match (package, referral) {
            (Ok(package), Ok(referral)) => (package, referral),
            (Ok(package), Err(error)) if is_absent(&error) => return Ok(Thing::Package(package)),
            (Err(error), Ok(referral)) if is_absent(&error) => return Ok(Thing::Referral(referral)),
            (Err(absent), Err(error)) if is_absent(&absent) && !is_absent(&error) => return Err(error),
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let number = referral.contact.as_ref().map(|contact| text::fold(&contact.number));
        let is_whole = text::fold(&package.reference) == reference.label_key();
        match (is_whole, number == Some(reference.label_key())) {
            (true, false) => Ok(Thing::Package(package)),
            (false, true) => Ok(Thing::Referral(referral)),
            _ => Err(Error::refused(
                "alert.ambiguous",
                format!("`{reference}` could mean a package or a referral"),
            )
            .hint(format!("say which: {} or {}", package.code, referral.code))
            .detail("candidates", vec![package.code, referral.code])),
        }
    }

    /// The alerts about it.
    pub(super) fn filter(&self) -> Filter<'static> {
        let filter = Filter::default();
        match self {
            Thing::Package(package) => Filter { package: Some(package.id), ..filter },
            Thing::Referral(referral) => Filter { referral: Some(referral.id), ..filter },
            Thing::Request(request) => Filter { request: Some(request.id), ..filter },
            Thing::Release(release) => Filter { release: Some(release.id), ..filter },
        }
    }

    /// Who may be alerted of it, and of what.
    pub(super) fn audiences(&self) -> Vec<(Audience<'_>, &'static [AlertKind])> {
        use AlertKind as Kind;
        match self {
            Thing::Package(package) => {
                let offers = package.offers.iter();
                let provider: &[Kind] = &[Kind::Offered, Kind::Recalled, Kind::CallsChanged];
                let asker: &[Kind] = &[Kind::Accepted, Kind::Rejected, Kind::Lapsed, Kind::HandedBack];
                let providers = offers.map(|offer| (Audience::Provider(package, offer), provider));
                providers.chain([(Audience::Asker(package, None), asker)]).collect()
            }
            Thing::Referral(referral) => {
                let resource: &[Kind] = &[Kind::Assigned, Kind::Reassigned, Kind::Status];
                let at = referral.assigned.iter();
                at.flat_map(|at| {
                    let hub: &[Kind] = &[Kind::Status];
                    [(Audience::Resource(referral, at), resource), (Audience::Assigner(referral, at), hub)]
                })
                .collect()
            }
            Thing::Request(request) => vec![
                (Audience::Owner(request), &[Kind::Request, Kind::Ending]),
                (Audience::Recipient(request), &[Kind::Answer, Kind::Ending]),
            ],
            Thing::Release(release) => {
                let named = release.recipients.iter().map(|to| Audience::Named(release, to.id, &to.name));
                let named = named.map(|to| (to, &[Kind::Answer, Kind::Ending][..]));
                named.chain([(Audience::Release(release), &[Kind::Answer, Kind::Ending][..])]).collect()
            }
        }
    }
}
