use super::*;
use crate::model::id::{ClientId, QueueId, ReferralId, StatusId};

fn referral() -> Referral {
    Referral {
        id: ReferralId::from_u128(1),
        code: "REF-000001".to_owned(),
        queue_id: QueueId::from_u128(2),
        queue: "Meals".to_owned(),
        status_id: StatusId::from_u128(3),
        status: "New".to_owned(),
        closed: false,
        client_id: ClientId::from_u128(4),
        client: "CLI-000001".to_owned(),
        client_name: PersonName::new("Ada", "Moss"),
        client_postal_code: Some("AB1".to_owned()),
        contact: None,
        assigned: None,
        note: None,
        created_at: "2026-11-22T09:00:00Z".parse().unwrap(),
        created_by: "admin".to_owned(),
    }
}

fn at(code: &str) -> Assigned {
    Assigned {
        id: ResourceId::from_u128(9),
        code: code.to_owned(),
        name: "Harbour".to_owned(),
        provider: "PRV-1".to_owned(),
        provider_name: "Harbour".to_owned(),
        at: "2026-11-22T10:00:00Z".parse().unwrap(),
    }
}

fn described(before: Option<&Referral>, after: &Referral) -> Vec<String> {
    let word = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let line = |event: Event| format!("{} {} {}", event.kind, word(event.from), word(event.to));
    events(before, after).into_iter().map(line).collect()
}

#[test]
fn each_thing_that_changed_is_one_event() {
    let new = Referral { assigned: Some(at("RES-1")), note: Some("dog".to_owned()), ..referral() };
    assert_eq!(described(None, &new), ["created - New", "resource - RES-1", "note - dog"]);
    assert_eq!(described(None, &referral()), ["created - New"]);
    assert_eq!(described(Some(&referral()), &referral()), [""; 0]);
    assert_eq!(described(Some(&new), &referral()), ["resource RES-1 -", "note dog -"]);
    let moved = Referral { status: "Live".to_owned(), assigned: Some(at("RES-2")), ..new.clone() };
    assert_eq!(described(Some(&new), &moved), ["status New Live", "resource RES-1 RES-2"]);
}

#[test]
fn a_portal_account_is_given_eight_fields() {
    let submitted = Intake {
        id: ContactId::from_u128(7),
        number: "20417".to_owned(),
        name: PersonName::new("Ada", "Brook"),
        submitted_on: "2026-11-20".parse().unwrap(),
        postal_code: None,
    };
    let seen =
        Referral { contact: Some(submitted), assigned: Some(at("RES-1")), ..referral() }.view_for_portal();
    assert_eq!((seen.contact_name.to_string().as_str(), seen.postal_code), ("Ada Brook", None));
    let without = referral().view_for_portal();
    assert_eq!(
        (without.contact_name.to_string().as_str(), without.postal_code.as_deref()),
        ("Ada Moss", Some("AB1"))
    );
    let keys = serde_json::to_value(referral().view_for_portal()).unwrap();
    let keys: Vec<&String> = keys.as_object().unwrap().keys().collect();
    let eight = [
        "queue", "resource", "contact_number", "status", "note", "contact_name", "contact_date",
        "postal_code",
    ];
    assert_eq!(keys, [&["code"][..], &eight].concat());
}

#[test]
fn an_empty_note_is_none_and_an_added_one_stands_below() {
    assert_eq!((note(" \n"), note("x")), (None, Some("x".to_owned())));
    let after = |was, text| note_after(was, text).unwrap();
    assert_eq!(after(Some("a"), "b").as_deref(), Some("a\nb"));
    assert_eq!(after(None, "b").as_deref(), Some("b"));
    assert_eq!(after(Some("a"), " ").as_deref(), Some("a"));
    let long = "x".repeat(19_998);
    assert_eq!(after(Some(&long), "b").map(|note| note.len()), Some(20_000));
    assert_eq!(note_after(Some(&long), "bb").unwrap_err().code(), "referral.note_too_long");
}

#[test]
fn a_portal_account_does_not_learn_of_packages() {
    let pending = ["secret week".to_owned()];
    let refusal = may_close(&referral(), &pending, true).unwrap_err();
    assert!(!refusal.to_json().to_string().contains("secret"));
    assert_eq!(may_close(&referral(), &pending, false).unwrap_err().code(), "referral.has_pending_package");
}
