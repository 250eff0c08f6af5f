//! The rules on invented facts: which fails first, what would fix it, and that the answer agrees with the
//! number of visible records.

use super::*;
use crate::model::access::Level;
use crate::model::account::Account;
use crate::model::alert::AlertKinds;
use crate::model::sharing::{SharingLevel, Status};

fn question() -> Question {
    let party = |code: &str, name: &str| Party { code: code.to_owned(), name: name.to_owned() };
    let now = "2026-11-22T10:00:00Z".parse().unwrap();
    Question {
        client: party("CLI-1", "Ada Moss"),
        owner: party("PRV-O", "Oak"),
        recipient: party("PRV-H", "Harbour"),
        data_type: DataType::Services,
        at: now,
        day: "2026-11-22".parse().unwrap(),
        now,
        zone: Zone::utc(),
        side: Side::Both,
        actor: actor(Level::Admin),
        is_deceased: false,
    }
}

fn actor(level: Level) -> Actor {
    let account = Account {
        id: AccountId::from_u128(1),
        login: "hana".to_owned(),
        name: "Hana".to_owned(),
        email: None,
        level,
        active: true,
        password_hash: None,
        permissions: Vec::new(),
        alerts_off: AlertKinds::default(),
    };
    Actor { account, impersonator: None }
}

fn setting(level: SharingLevel, client_by_client: bool, release_sharing: bool) -> SettingFact {
    let (require_expiry, default_days) = (false, None);
    SettingFact {
        level,
        level_since: moment(1),
        client_by_client,
        release_sharing,
        require_expiry,
        default_days,
    }
}

fn moment(day: u32) -> DateTime<Utc> {
    format!("2026-11-{day:02}T09:00:00Z").parse().unwrap()
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
}

/// Two records, everything in order, shared by a request.
fn facts() -> Facts {
    Facts {
        records: 2,
        never_shared: 0,
        visible: 2,
        recipient_inactive: None,
        setting: Some(setting(SharingLevel::All, true, false)),
        link: Some(LinkFact { since: moment(2), ended: None }),
        reverse_link: None,
        categories: Vec::new(),
        at_owner: Some(EnrolmentFact { active: true, since: day(3) }),
        at_recipient: Some(EnrolmentFact { active: true, since: day(4) }),
        requests: vec![request("SHR-1", Status::Granted, Some(30))],
        releases: Vec::new(),
    }
}

fn request(code: &str, status: Status, expires: Option<u32>) -> RequestFact {
    let signed = (status == Status::Granted).then(|| day(5));
    let (lapses, reason) = (Some(day(21)), None);
    let (code, since, expires) = (code.to_owned(), moment(5), expires.map(day));
    let requested_by = "hana".to_owned();
    RequestFact { code, requested_by, status, since, signed, expires, lapses, reason, has_arrived: true }
}

fn release(code: &str, names: bool, expires: Option<u32>, revoked: Option<u32>) -> ReleaseFact {
    ReleaseFact {
        code: code.to_owned(),
        all_providers: false,
        names_recipient: names,
        signed: day(6),
        expires: expires.map(day),
        revoked: revoked.map(moment),
    }
}

fn category(name: &str, records: i64, at_owner: bool, at_recipient: bool) -> CategoryFact {
    let parties = |is_served: bool| {
        let contract = is_served.then(|| "CTR-1".to_owned());
        Service { is_served, contract, ended: None, is_name_taken: false }
    };
    CategoryFact {
        name: name.to_owned(),
        records,
        never_shared: 0,
        at_owner: parties(at_owner),
        at_recipient: parties(at_recipient),
    }
}

fn failing(facts: Facts) -> (Option<Rule>, String, Option<String>) {
    let explanation = explain(&question(), &facts).unwrap();
    let rule = explanation.first_failing;
    let fix =
        explanation.rules.iter().find(|result| Some(result.rule) == rule).and_then(|one| one.fix.clone());
    (rule, explanation.verdict, fix)
}

/// With nothing seen.
fn hidden(facts: Facts) -> (Option<Rule>, String, Option<String>) {
    failing(Facts { visible: 0, ..facts })
}

#[test]
fn a_grant_is_why() {
    let (rule, verdict, fix) = failing(facts());
    assert_eq!((rule, fix), (None, None));
    let why = "SHR-1 is granted, signed 2026-11-05, and counts up to 2026-11-30";
    assert_eq!(verdict, format!("Harbour sees all 2 services records of Ada Moss at Oak: {why}"));
}

#[test]
fn the_first_rule_that_fails_is_named() {
    let none = |setting| hidden(Facts { setting, ..facts() }).0;
    assert_eq!(none(None), Some(Rule::Level));
    assert_eq!(none(Some(setting(SharingLevel::Nothing, false, false))), Some(Rule::Level));
    assert_eq!(none(Some(setting(SharingLevel::CommonCategory, false, false))), Some(Rule::Category));
    assert_eq!(hidden(Facts { link: None, at_owner: None, ..facts() }).0, Some(Rule::Link));
    assert_eq!(hidden(Facts { at_owner: None, ..facts() }).0, Some(Rule::EnrolmentOwner));
    let away = Some(EnrolmentFact { active: false, since: day(20) });
    let (rule, verdict, fix) = hidden(Facts { at_recipient: away, ..facts() });
    assert_eq!(rule, Some(Rule::EnrolmentRecipient));
    assert!(verdict.ends_with("Ada Moss is not active at Harbour since 2026-11-20"), "{verdict}");
    assert_eq!(fix.unwrap(), "caredesk client enroll CLI-1 PRV-H");
}

// Rule 2.12.
#[test]
fn an_inactive_recipient_is_named_first() {
    let inactive = Facts { recipient_inactive: Some(moment(20)), link: None, ..facts() };
    let (rule, verdict, fix) = hidden(inactive);
    assert_eq!(rule, Some(Rule::Recipient));
    let why = "Harbour is inactive since 2026-11-20 09:00 and receives nothing of others";
    assert!(verdict.ends_with(why), "{verdict}");
    assert_eq!(fix.unwrap(), "caredesk provider activate PRV-H");
}

#[test]
fn each_label_has_its_own_mend() {
    let asked =
        |label, expires| hidden(Facts { requests: vec![request("SHR-1", label, expires)], ..facts() });
    assert_eq!(asked(Status::Pending, None).2.unwrap(), "caredesk sharing grant SHR-1");
    let again = "caredesk sharing request CLI-1 --owner PRV-O --recipient PRV-H --type services";
    for label in [Status::Denied, Status::Revoked] {
        assert_eq!(
            (asked(label, None).0, asked(label, None).2.unwrap()),
            (Some(Rule::Request), again.to_owned())
        );
    }
    let (rule, verdict, fix) = asked(Status::Granted, Some(21));
    assert_eq!((rule, fix.unwrap()), (Some(Rule::Expiry), again.to_owned()));
    assert!(verdict.ends_with("SHR-1 ran out: its last day was 2026-11-21"), "{verdict}");
    assert_eq!(
        failing(Facts { requests: vec![request("SHR-1", Status::Granted, Some(22))], ..facts() }).0,
        None
    );
}

#[test]
fn an_older_grant_counts_beside_a_newer_denial() {
    let requests = vec![request("SHR-2", Status::Denied, None), request("SHR-1", Status::Granted, None)];
    assert_eq!(failing(Facts { requests, ..facts() }).0, None);
    let requests = vec![request("SHR-2", Status::Pending, None), request("SHR-1", Status::Granted, Some(21))];
    assert_eq!(hidden(Facts { requests, ..facts() }).2.unwrap(), "caredesk sharing grant SHR-2");
}

#[test]
fn releases_are_read_by_what_they_name_and_until_when() {
    let by = |releases| Facts {
        setting: Some(setting(SharingLevel::All, true, true)),
        at_owner: None,
        releases,
        ..facts()
    };
    assert_eq!(failing(by(vec![release("ROI-1", true, None, None)])).0, None, "no enrolment is asked for");
    let table = [
        (vec![], Rule::Release, "there is no release"),
        (vec![release("ROI-1", false, None, None)], Rule::Release, "ROI-1 is not for Harbour"),
        (
            vec![release("ROI-1", true, None, Some(20))],
            Rule::Release,
            "ROI-1 for Harbour was revoked 2026-11-20 09:00",
        ),
        (
            vec![release("ROI-1", true, Some(21), None)],
            Rule::Expiry,
            "ROI-1 ran out: its last day was 2026-11-21",
        ),
    ];
    for (releases, rule, detail) in table {
        let (failed, verdict, _) = hidden(by(releases));
        assert_eq!(failed, Some(rule));
        assert!(verdict.ends_with(detail), "{verdict}");
    }
}

#[test]
fn level_two_shares_common_categories_alone() {
    let categories = vec![category("Personal care", 12, true, true), category("Transport", 1, true, false)];
    let two = Facts {
        records: 14,
        visible: 12,
        setting: Some(setting(SharingLevel::CommonCategory, false, false)),
        categories,
        ..facts()
    };
    let explanation = explain(&question(), &two).unwrap();
    assert_eq!(
        explanation.verdict,
        "Harbour sees 12 of the 14 services records of Ada Moss at Oak: it is shared automatically, in common: Personal care"
    );
    assert_eq!(
        explanation.rules[3].detail,
        "in common: Personal care (12 records); Transport (1 record): Harbour has no contract in force for it; 1 record without a category, which level 2 never shares"
    );
    assert_eq!(explanation.rules[3].fix, None, "it is met");
    let apart = vec![category("It's care", 2, true, false)];
    let fix = hidden(Facts {
        setting: Some(setting(SharingLevel::CommonCategory, false, false)),
        categories: apart,
        ..facts()
    })
    .2
    .unwrap();
    let name = r"'It'\''s care'";
    assert_eq!(fix, format!("caredesk contract create PRV-H {name} --start 2026-11-22 --category {name}"));
}

#[test]
fn without_records_the_rules_alone_answer() {
    let explanation = explain(&question(), &Facts { records: 0, visible: 0, ..facts() }).unwrap();
    assert!(
        explanation.visible && explanation.verdict.starts_with("Harbour would see any services record"),
        "{}",
        explanation.verdict
    );
    let explanation = explain(&question(), &Facts { records: 0, visible: 0, link: None, ..facts() }).unwrap();
    assert!(
        !explanation.visible && explanation.verdict.starts_with("Harbour would see no services record"),
        "{}",
        explanation.verdict
    );
}

#[test]
fn what_is_proposed_is_for_who_asks() {
    let none = Facts { requests: Vec::new(), visible: 0, at_owner: None, ..facts() };
    let proposed_to = |question: Question| {
        let rules = explain(&question, &none).unwrap().rules;
        let of =
            |rule| rules.iter().find(|one| one.rule == rule).map(|one| (one.fix.clone(), one.needed.clone()));
        [of(Rule::EnrolmentOwner).unwrap(), of(Rule::Request).unwrap()]
    };
    let [enrol, ask] = proposed_to(Question { is_deceased: true, ..question() });
    assert_eq!(enrol.0.unwrap(), "caredesk client enroll CLI-1 PRV-O --even-so");
    assert!(ask.0.unwrap().ends_with("--type services --even-so"), "it works after the enrolment");
    let [enrol, ask] = proposed_to(Question { actor: actor(Level::Trainee), ..question() });
    let needed = "an account of level standard or above, for `caredesk client enroll CLI-1 PRV-O`";
    assert_eq!(enrol, (None, Some(needed.to_owned())));
    assert_eq!(ask, (None, None), "nothing works behind what this account cannot do");
    let pending = Facts { requests: vec![request("SHR-1", Status::Pending, None)], visible: 0, ..facts() };
    let own = Question { actor: actor(Level::ProviderPortal), ..question() };
    let rules = explain(&own, &pending).unwrap().rules;
    assert_eq!(rules[6].needed.as_deref(), Some("an answer of another account of Oak"));
}

#[test]
fn the_past_cannot_be_mended() {
    let past = Question { at: moment(10), day: day(10), ..question() };
    let explanation = explain(&past, &Facts { visible: 0, link: None, ..facts() }).unwrap();
    assert!(explanation.verdict.starts_with("Harbour saw none"), "{}", explanation.verdict);
    assert!(explanation.rules.iter().all(|result| result.fix.is_none()));
}

#[test]
fn a_disagreement_is_never_silent() {
    for visible in [0, 1] {
        let error = explain(&question(), &Facts { visible, ..facts() }).unwrap_err();
        assert_eq!((error.code(), error.kind()), ("sharing.explain_disagrees", Kind::Internal));
    }
    assert!(explain(&question(), &Facts { link: None, ..facts() }).is_err());
}
