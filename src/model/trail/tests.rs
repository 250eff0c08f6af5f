use serde_json::json;

use super::*;
use crate::model::account::AccountView;
use crate::model::capacity::view::EntryView;
use crate::model::category::Category;
use crate::model::client::MergedClient;
use crate::model::contact::ContactView;
use crate::model::contract::ContractView;
use crate::model::enrolment::EnrolmentView;
use crate::model::package::{Offer, PackageView, PackagedVisitView};
use crate::model::provider::MergedProvider;
use crate::model::queue::{LinkedView, QueueView, Status};
use crate::model::record::RecordView;
use crate::model::referral::ReferralView;
use crate::model::release::ReleaseView;
use crate::model::sharing::{LinkView, RequestView, SettingView};
use crate::model::view::{Field, FieldKind, View};
use crate::model::visit::VisitView;

fn kind(noun: &str) -> &'static Kind {
    KINDS.iter().find(|kind| kind.noun == noun).unwrap()
}

// Rule 4.1: a new field of a view is compared, or said not to be its own.
#[test]
fn every_field_that_is_audited_is_compared_or_derived() {
    let views: [(&str, &[&[Field]]); 17] = [
        ("account", &[AccountView::FIELDS]),
        ("client", &[MergedClient::FIELDS]),
        ("enrolment", &[EnrolmentView::FIELDS]),
        ("provider", &[MergedProvider::FIELDS]),
        ("setting", &[SettingView::FIELDS]),
        ("link", &[LinkView::FIELDS]),
        ("contact", &[ContactView::FIELDS]),
        ("category", &[Category::FIELDS]),
        ("queue", &[QueueView::FIELDS, Status::FIELDS, LinkedView::FIELDS]),
        ("contract", &[ContractView::FIELDS]),
        ("referral", &[ReferralView::FIELDS]),
        ("visit", &[VisitView::FIELDS]),
        ("package", &[PackageView::FIELDS, Offer::FIELDS, PackagedVisitView::FIELDS]),
        ("capacity", &[EntryView::FIELDS]),
        ("request", &[RequestView::FIELDS]),
        ("release", &[ReleaseView::FIELDS]),
        ("record", &[RecordView::FIELDS]),
    ];
    assert_eq!(views.map(|(noun, _)| noun).to_vec(), KINDS.iter().map(|kind| kind.noun).collect::<Vec<_>>());
    for (noun, fields) in views {
        let kind = kind(noun);
        let columns =
            kind.parts.iter().flat_map(|part| part.columns.iter().map(|(key, _)| *key).chain(part.list));
        let known: Vec<&str> = columns.chain(kind.derived.iter().copied()).collect();
        for field in fields.iter().copied().flatten().filter(|field| field.kind != FieldKind::Name) {
            let place =
                "compare it in sql/trail and in src/model/trail/kinds, or say there that it is derived";
            assert!(known.contains(&field.key), "{noun}.{}: {place}", field.key);
        }
    }
}

fn entry(sequence: i64, before: Option<Value>, after: Option<Value>) -> Entry {
    let [before, after] =
        [before.filter(|_| after.is_none()), after].map(|value| value.map(|value| value.to_string()));
    Entry { sequence, after, before, ..Entry::default() }
}

fn fields(states: &States, key: &[&str]) -> Option<Value> {
    let key: Vec<String> = key.iter().map(|part| (*part).to_owned()).collect();
    states.things.get(&key)?.fields.clone().map(Value::Object)
}

#[test]
fn a_part_of_the_fields_changes_that_part() {
    let entries = [
        entry(1, None, Some(json!({"name": "Acme", "email": null}))),
        entry(2, Some(json!({"email": null})), Some(json!({"email": "a@b.example"}))),
    ];
    let states = fold(kind("provider"), &entries, &Merges::default());
    assert_eq!(fields(&states, &[]), Some(json!({"name": "Acme", "email": "a@b.example"})));
}

#[test]
fn what_is_taken_back_was_never_there() {
    let link = json!({"owner": "PRV-A", "recipient": "PRV-B", "type": "forms"});
    let created = entry(1, None, Some(link.clone()));
    let ended = entry(2, Some(link.clone()), None);
    let undone = Entry { is_undo: true, ..entry(2, Some(link.clone()), None) };
    let of = |entries: &[Entry]| fold(kind("link"), entries, &Merges::default()).things.len();
    assert_eq!(of(&[created.clone(), ended.clone()]), 1);
    assert_eq!(of(&[created.clone(), undone.clone()]), 0);
    // It was there before.
    assert_eq!(of(&[created.clone(), ended, created, undone]), 1);
}

// Rule 5.7.
#[test]
fn what_belonged_to_one_that_was_merged_is_the_others_unless_that_had_its_own() {
    let link =
        |owner: &str, recipient: &str| json!({"owner": owner, "recipient": recipient, "type": "forms"});
    let merges = Merges {
        leads: [("PRV-A".to_owned(), "PRV-B".to_owned())].into(),
        entries: [("PRV-A".to_owned(), (5, "PRV-B".to_owned()))].into(),
        ..Merges::default()
    };
    let entries = [
        entry(1, None, Some(link("PRV-A", "PRV-C"))),
        entry(2, None, Some(link("PRV-A", "PRV-D"))),
        entry(3, None, Some(link("PRV-B", "PRV-D"))),
        entry(4, Some(link("PRV-B", "PRV-D")), None),
        entry(4, None, Some(link("PRV-A", "PRV-B"))),
        entry(6, None, Some(link("PRV-B", "PRV-E"))),
    ];
    let states = fold(kind("link"), &entries, &merges);
    let live: Vec<String> = states
        .things
        .iter()
        .filter(|(_, state)| state.fields.is_some())
        .map(|(key, _)| key.join(" "))
        .collect();
    assert_eq!(live, ["PRV-B PRV-C forms", "PRV-B PRV-E forms"]);
}

#[test]
fn a_field_that_no_entry_has_says_nothing() {
    let states = fold(
        kind("visit"),
        &[entry(1, None, Some(json!({"code": "VIS-1", "start": "2026-12-01T09:00:00Z"})))],
        &Merges::default(),
    );
    let row = |start: &str| Present {
        erased: false,
        fields: json!({"start": start, "status": "planned"}).as_object().unwrap().clone(),
    };
    let found = |start: &str| {
        let kind = kind("visit");
        differences((kind, &kind.parts[0]), "VIS-1", &states, &[row(start)], &Merges::default())
    };
    assert_eq!(found("2026-12-01T09:00:00.000Z"), []);
    assert_eq!(found("2026-12-01T09:30:00Z")[0].what, "start differs from the audit trail");
}

// Rule 2.4.
#[test]
fn a_status_that_was_renamed_is_the_same() {
    let mut merges = Merges::default();
    let statuses = |label: &str| json!({"statuses": [{"label": "New"}, {"label": label}]}).to_string();
    merges.take_renamed(&statuses("Live"), &statuses("Running"));
    merges.take_renamed(&statuses("Running"), &statuses("Active"));
    let (kind, entries) =
        (kind("referral"), [entry(1, None, Some(json!({"code": "REF-1", "status": "Live"})))]);
    let states = fold(kind, &entries, &merges);
    let differs = |status: &str| {
        let fields = json!({"status": status}).as_object().unwrap().clone();
        let row = Present { erased: false, fields };
        !differences((kind, &kind.parts[0]), "REF-1", &states, &[row], &merges).is_empty()
    };
    assert_eq!(["Live", "Running", "Active", "New"].map(differs), [false, false, false, true]);
}
