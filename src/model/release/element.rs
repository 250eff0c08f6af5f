//! The elements of a valid release of information, and which of them a release holds. They follow the United
//! States' rule on authorizations, 45 CFR 164.508(c): its core elements and the three required statements.

use super::Release;
use crate::model::prelude::*;

names! {
    /// The elements of a valid release.
    pub(crate) enum ElementName {
        Client = "client",
        Information = "information",
        Owner = "owner",
        Recipients = "recipients",
        Purpose = "purpose",
        Expiry = "expiry",
        Signature = "signature",
        SignatureDate = "signature_date",
        Authority = "authority",
        RightToRevoke = "right_to_revoke",
        Conditions = "conditions",
        Redisclosure = "redisclosure",
    }
}

view! {
    /// One element of a valid release.
    pub(crate) struct Element("release", |view| view.element.name()) {
        element: ElementName => Status,
        held: bool => YesNo,
        /// What the release says of it.
        detail: Option<String> => Text,
        /// The option of `release add` that gives it, where it is missing.
        option: Option<&'static str> => Code,
        /// The paragraph of 45 CFR 164.508 that requires it.
        source: &'static str => Text,
    }
}

/// In the order of the paragraphs. Elements that every release has are listed too, so that the list is
/// complete.
pub(crate) fn elements(release: &Release) -> Vec<Element> {
    let non_empty = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let expiry = release.expires_on.map(|day| day.to_string()).or_else(|| non_empty(&release.expiry_event));
    let statement = |is_said: bool| is_said.then(|| "the document says so".to_owned());
    vec![
        element(ElementName::Client, Some(release.client_name.to_string()), "", "164.508(c)(1)"),
        element(ElementName::Information, Some(release.data_type.name().to_owned()), "", "164.508(c)(1)(i)"),
        element(ElementName::Owner, Some(release.owner_name.clone()), "", "164.508(c)(1)(ii)"),
        element(
            ElementName::Recipients,
            recipients(release),
            "--recipient or --all-providers",
            "164.508(c)(1)(iii)",
        ),
        element(ElementName::Purpose, non_empty(&release.purpose), "--purpose", "164.508(c)(1)(iv)"),
        element(ElementName::Expiry, expiry, "--expires or --expiry-event", "164.508(c)(1)(v)"),
        element(ElementName::Signature, non_empty(&release.signed_by), "--signed-by", "164.508(c)(1)(vi)"),
        element(ElementName::SignatureDate, Some(release.signed_on.to_string()), "", "164.508(c)(1)(vi)"),
        element(ElementName::Authority, authority(release), "--signed-as", "164.508(c)(1)(vi)"),
        element(
            ElementName::RightToRevoke,
            statement(release.statements.right_to_revoke),
            "--right-to-revoke",
            "164.508(c)(2)(i)",
        ),
        element(
            ElementName::Conditions,
            statement(release.statements.conditions),
            "--conditions",
            "164.508(c)(2)(ii)",
        ),
        element(
            ElementName::Redisclosure,
            statement(release.statements.redisclosure),
            "--redisclosure",
            "164.508(c)(2)(iii)",
        ),
    ]
}

fn element(
    element: ElementName, detail: Option<String>, option: &'static str, source: &'static str,
) -> Element {
    let held = detail.is_some();
    Element { element, held, detail, option: (!held).then_some(option), source }
}

/// A class of persons is enough.
fn recipients(release: &Release) -> Option<String> {
    if release.all_providers {
        return Some("all providers".to_owned());
    }
    let names: Vec<&str> = release.recipients.iter().map(|recipient| recipient.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// A signer who is not the client needs an authority, and one that is too young another signer. Without a signer only the signature is missing.
fn authority(release: &Release) -> Option<String> {
    let by_client = |name: &String| fold(name) == fold(&release.client_name);
    match (&release.signed_as, &release.signed_by) {
        (Some(right), _) => Some(right.clone()),
        (None, _) if release.is_of_minor => None,
        (None, Some(name)) if !by_client(name) => None,
        (None, _) => Some("the client signs".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::id::{ClientId, ProviderId, ReleaseId};

    use super::super::{Document, MediaType, Statements};
    use super::*;
    use crate::model::sharing::DataType;

    fn bare() -> Release {
        Release {
            id: ReleaseId::NIL,
            code: "ROI-7K3M9Q".to_owned(),
            client_id: ClientId::NIL,
            client: "CLI-7K3M9Q".to_owned(),
            client_name: PersonName::new("Ada", "Moss"),
            owner_id: ProviderId::NIL,
            owner: "PRV-7K3M9Q".to_owned(),
            owner_name: "Oak House".to_owned(),
            data_type: DataType::Services,
            signed_on: "2026-11-01".parse().unwrap(),
            signed_by: None,
            signed_as: None,
            is_of_minor: false,
            expires_on: None,
            expiry_event: None,
            purpose: None,
            statements: Statements { right_to_revoke: false, conditions: false, redisclosure: false },
            all_providers: true,
            recipients: Vec::new(),
            document: Document { media_type: MediaType::Pdf, size: 1, sha256: Vec::new() },
            created_at: "2026-11-22T09:00:00Z".parse().unwrap(),
            created_by: "sue".to_owned(),
            revoked_at: None,
            revoked_by: None,
            reason: None,
            withdrawn_on: None,
            withdrawn_how: None,
        }
    }

    fn lacks(release: &Release) -> Vec<&'static str> {
        elements(release)
            .iter()
            .filter(|element| !element.held)
            .map(|element| element.element.name())
            .collect()
    }

    #[test]
    fn a_bare_release_lacks_what_only_the_document_can_hold() {
        let expected = ["purpose", "expiry", "signature", "right_to_revoke", "conditions", "redisclosure"];
        assert_eq!(lacks(&bare()), expected);
    }

    #[test]
    fn an_event_is_an_expiry_and_a_full_release_lacks_nothing() {
        let full = Release {
            purpose: Some("at the request of the client".to_owned()),
            expiry_event: Some("end of treatment".to_owned()),
            signed_by: Some(" ada  MOSS".to_owned()),
            statements: Statements { right_to_revoke: true, conditions: true, redisclosure: true },
            ..bare()
        };
        assert!(lacks(&full).is_empty());
    }

    #[test]
    fn who_signs_for_another_says_by_what_right() {
        let son = Release { signed_by: Some("Ben Moss".to_owned()), ..bare() };
        assert!(lacks(&son).contains(&"authority"));
        let guardian = Release { signed_as: Some("legal guardian".to_owned()), ..son };
        assert!(!lacks(&guardian).contains(&"authority"));
        let minor = Release { is_of_minor: true, signed_by: Some("Ada Moss".to_owned()), ..bare() };
        assert!(lacks(&minor).contains(&"authority"));
        let for_minor = Release { is_of_minor: true, ..guardian };
        assert!(!lacks(&for_minor).contains(&"authority"));
    }
}
