//! What the product promises, whatever people do: random commands by several actors, and after each one a look at the
//! tables themselves and at what every provider is shown.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::town::{Dump, dump, settle, verified};
use crate::world::{Answer, Engine, World};

/// Who does what: a login and a command line.
type Step = (&'static str, String);
/// The visits of each package as they were offered: visit, start, minutes.
type Frozen = BTreeMap<String, Vec<Vec<String>>>;

// Rules 1.2, 1.5 to 1.7, 1.11, 1.13, 1.14, 2.6, 2.12, 4.1 and 4.2.
both_engines!(the_promises_hold_whatever_happens, |world| {
    let cases = if world.engine() == Engine::Sqlite { 8 } else { 3 };
    let config = Config { cases, max_shrink_time: 20_000, failure_persistence: None, ..Config::default() };
    let engine = world.engine();
    let told = TestRunner::new(config).run(&prop::collection::vec(step(), 40), |steps| {
        tell(&World::new(engine), &steps);
        Ok(())
    });
    told.unwrap_or_else(|fault| panic!("{fault}"));
});

fn tell(world: &World, steps: &[Step]) {
    settle(world);
    world.sql("INSERT INTO queue_resource (queue_id, resource_id) SELECT queue.id, resource.id FROM queue CROSS JOIN resource");
    world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch cedar --reference p0");
    world.ok("outsource create REF-00000B --all-visits --provider acme birch --reference p1");
    let mut frozen = Frozen::new();
    let mut before = dump(world);
    for (number, (user, line)) in steps.iter().enumerate() {
        if let Some(minutes) = line.strip_prefix(WAIT) {
            let minutes = TimeDelta::minutes(minutes.parse().unwrap());
            world.at(&(world.now() + minutes).to_rfc3339());
        } else {
            world.as_user(user);
            before = take(world, line, before);
        }
        let state = State::read(world);
        state.must_hold(&mut frozen, world.now());
        must_be_shown(world, &state, PORTALS[number % PORTALS.len()]);
        referrals_must_be_shown(world, &state, PORTALS[number % PORTALS.len()]);
        if number % 10 == 9 {
            must_be_listed(world, &state, STATUSES[number / 10 % STATUSES.len()]);
            verified(world);
        }
    }
    let state = State::read(world);
    for status in STATUSES {
        must_be_listed(world, &state, status);
    }
    for portal in PORTALS {
        must_be_shown(world, &state, portal);
        referrals_must_be_shown(world, &state, portal);
    }
    verified(world);
}

/// Mostly those who may.
const STAFF: [&str; 8] = ["admin", "admin", "admin", "stan", "stan", "stan", "sue", "tracy"];
/// The portal accounts of the town, with the providers that they speak for.
const PORTALS: [(&str, &[&str]); 5] =
    [("acme", &[A]), ("birch", &[B]), ("cedar", &[C]), ("mute", &[A]), ("both", &[A, B])];
const A: &str = "PRV-00000A";
const B: &str = "PRV-00000B";
const C: &str = "PRV-00000C";
const D: &str = "PRV-00000D";
const PROVIDERS: [&str; 4] = ["acme", "birch", "cedar", "dormant"];
const PACKAGES: [&str; 3] = ["p0", "p1", "p2"];
const STATUSES: [&str; 5] = ["pending", "accepted", "rejected", "handed_back", "recalled"];
/// A step in which nobody does anything for so many minutes.
const WAIT: &str = "wait ";

fn step() -> impl Strategy<Value = Step> {
    let portals = select(PORTALS.map(|(login, _)| login).to_vec()).boxed();
    let staff = select(STAFF.to_vec()).boxed();
    let mostly_staff = prop_oneof![12 => staff.clone(), 1 => portals.clone()].boxed();
    let dry = prop_oneof![12 => Just(""), 1 => Just(" --dry-run")];
    prop_oneof![
        8 => (mostly_staff, change()),
        3 => (staff.clone(), response()),
        3 => (portals.clone(), response()),
        3 => (staff.clone(), around()),
        1 => (prop_oneof![staff.clone(), portals.clone()], look()),
        1 => (prop_oneof![staff, portals], hand_back()),
        3 => (Just("admin"), select(vec![50, 100, 250, 1_000]).prop_map(|minutes| format!("{WAIT}{minutes}"))),
    ]
    .prop_flat_map(move |(user, line)| (Just(user), Just(line), dry.clone()))
    .prop_map(|(user, line, dry)| if line.starts_with(WAIT) { (user, line) } else { (user, line + dry) })
}

fn change() -> impl Strategy<Value = String> {
    let package = || select(PACKAGES.to_vec());
    let some = || subsequence(PROVIDERS[..3].to_vec(), 1..=3).prop_map(|names| names.join(" "));
    let one = || select(vec!["acme", "birch", "cedar", "acme", "birch", "cedar", "dormant", "acme birch"]);
    let visits = prop_oneof![
        3 => Just("REF-00000A --visit VIS-000001 VIS-000002"),
        2 => Just("REF-00000A --visit VIS-000002 VIS-000003"),
        2 => Just("REF-00000B --visit VIS-000005"),
        1 => Just("REF-00000B --visit VIS-000004 VIS-000005"),
        3 => Just("REF-00000A --all-visits"),
        2 => Just("REF-00000B --all-visits"),
    ];
    let made = (visits, some(), package());
    prop_oneof![
        6 => (made, times()).prop_map(|((visits, some, package), times)| format!("outsource create {visits} --provider {some} --reference {package}{times}")),
        3 => (package(), one(), times()).prop_map(|(package, one, times)| format!("outsource add-provider {package} {one}{times}")),
        3 => (package(), one()).prop_map(|(package, one)| format!("outsource remove-provider {package} {one}")),
        2 => package().prop_map(|package| format!("outsource remind {package}")),
        2 => package().prop_map(|package| format!("outsource delete {package} --yes")),
        1 => package().prop_map(|package| format!("outsource resend {package} --yes")),
        1 => (package(), one(), times()).prop_map(|(package, one, times)| format!("outsource resend {package} --provider {one}{times} --yes")),
        1 => (package(), package()).prop_map(|(old, new)| format!("package rename {old} {new}")),
    ]
}

/// When providers are asked, and until when they can answer.
fn times() -> impl Strategy<Value = String> {
    let later = select(PROVIDERS[..3].to_vec());
    let wave = prop_oneof![2 => Just(String::new()), 1 => (later, 1..=5).prop_map(|(provider, hours)| format!(" --then {provider} --after {hours}h"))];
    let end = prop_oneof![1 => Just(String::new()), 1 => (1..=9).prop_map(|hours| format!(" --answer-by {hours}h"))];
    (wave, end).prop_map(|(wave, end)| wave + &end)
}

fn hand_back() -> impl Strategy<Value = String> {
    let who = select(vec!["", " --provider acme", " --provider birch", " --provider cedar"]);
    (select(PACKAGES.to_vec()), who)
        .prop_map(|(package, who)| format!("package hand-back {package}{who} --reason ill"))
}

fn response() -> impl Strategy<Value = String> {
    let said = select(vec!["--accept", "--reject", "--reject", "--reject --reason 'no room'"]);
    (select(PACKAGES.to_vec()), select(PROVIDERS[..3].to_vec()), said).prop_map(
        |(package, provider, said)| format!("package respond {package} --provider {provider} {said}"),
    )
}

/// What happens around packages.
fn around() -> impl Strategy<Value = String> {
    let visit = || (1..=6).prop_map(|number| format!("VIS-00000{number}"));
    prop_oneof![
        6 => (visit(), 1..=4).prop_map(|(visit, quarters)| format!("visit edit {visit} --duration {}", quarters * 15)),
        3 => (visit(), 1..=4).prop_map(|(visit, day)| format!("visit edit {visit} --start '2026-12-1{day} 10:00'")),
        1 => visit().prop_map(|visit| format!("visit cancel {visit}")),
        2 => select(vec!["A", "B"]).prop_map(|referral| format!("visit add REF-00000{referral} --start '2026-12-20 09:00' --duration 20")),
        1 => select(vec!["A", "B"]).prop_map(|referral| format!("referral set-status REF-00000{referral} Closed")),
        2 => select(vec!["A", "B"]).prop_map(|referral| format!("referral set-status REF-00000{referral} Live")),
        4 => (select(vec!["A", "B"]), select(PROVIDERS.to_vec())).prop_map(|(referral, resource)| format!("referral assign REF-00000{referral} {resource}")),
        1 => select(vec!["A", "B"]).prop_map(|referral| format!("referral unassign REF-00000{referral}")),
        1 => (select(vec!["A", "B"]), select(vec!["x", "y", "''"])).prop_map(|(referral, note)| format!("referral note REF-00000{referral} {note}")),
        1 => select(PROVIDERS.to_vec()).prop_map(|provider| format!("provider deactivate {provider} --yes")),
        2 => select(PROVIDERS[..3].to_vec()).prop_map(|provider| format!("provider activate {provider}")),
    ]
}

fn look() -> impl Strategy<Value = String> {
    prop_oneof![
        select(PACKAGES.to_vec()).prop_map(|package| format!("package show {package}")),
        select(PROVIDERS.to_vec()).prop_map(|provider| format!("package list --provider {provider}")),
        select(STATUSES.to_vec()).prop_map(|status| format!("package list --status {status}")),
        Just("visit list REF-00000A".to_owned()),
        Just("outsource create REF-00000A --visit".to_owned()),
    ]
}

/// Does one command and checks what any command promises: a failing one says so in its exit status and in JSON and changes
/// nothing; a change that says it did something stands in the audit trail.
fn take(world: &World, line: &str, before: Dump) -> Dump {
    let Answer { stdout, stderr, status } = world.run_json(line);
    let after = dump(world);
    let user = world.user();
    let whole = format!("{user}: $ caredesk {line}\n{stdout}{stderr}[exit {status}]");
    if status != 0 {
        assert_eq!(stdout, "", "{whole}");
        let last: Value = serde_json::from_str(stderr.lines().last().unwrap_or_default()).expect(&whole);
        let kinds = [(2, "usage"), (3, "not_found"), (4, "refused"), (5, "invalid"), (6, "denied")];
        let kind = last["error"]["kind"].as_str().expect(&whole);
        assert!(kinds.contains(&(status, kind)), "{whole}");
        assert!(before == after, "it failed and changed something: {whole}");
        return after;
    }
    let answer: Value = serde_json::from_str(&stdout).expect(&whole);
    let first = answer.get(0).unwrap_or(&answer);
    let is_change =
        first.get("result").is_some_and(|result| result != "unchanged") && first.get("dry_run").is_none();
    assert_eq!(is_change, before != after, "{whole}");
    assert_eq!(is_change, before["audit"].len() < after["audit"].len(), "{whole}");
    if line.contains("--dry-run") && first.get("result").is_some() {
        assert_eq!(first["dry_run"], true, "{whole}");
    }
    after
}

/// The tables of outsourcing as they stand, read past the program.
#[derive(Debug)]
pub struct State {
    packages: BTreeMap<String, Package>,
    /// The newest first: the code, and that of the provider that it is at.
    referrals: Vec<(String, String)>,
    /// The codes of the providers that are not active.
    inactive: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Package {
    status: String,
    lapses_at: Option<DateTime<Utc>>,
    is_referral_closed: bool,
    visits: Vec<Visit>,
    offers: Vec<Offer>,
}

#[derive(Debug)]
struct Visit {
    code: String,
    offered: [String; 2],
    now: [String; 2],
    is_live: bool,
}

#[derive(Debug)]
struct Offer {
    /// Its code.
    provider: String,
    status: String,
    responded_at: Option<DateTime<Utc>>,
    opens_at: Option<DateTime<Utc>>,
    lapses_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    is_removed: bool,
}

impl Offer {
    /// Rule 1.13.
    fn status_at(&self, now: DateTime<Utc>) -> &str {
        match self.status.as_str() {
            "pending" if self.lapses_at.is_some_and(|at| at <= now) => "lapsed",
            "pending" if self.opens_at.is_some_and(|at| at > now) => "scheduled",
            status => status,
        }
    }

    /// Whether it ever existed for its provider.
    fn has_opened(&self, now: DateTime<Utc>) -> bool {
        self.opens_at.is_none_or(|at| at <= self.ended_at.unwrap_or(now))
    }
}

impl State {
    pub fn read(world: &World) -> State {
        let instant = |column: &str| match world.engine() {
            Engine::Sqlite => format!("substr({column}, 1, 19) || 'Z'"),
            Engine::Postgres => {
                format!("to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
            }
        };
        let rows = world.sql(&format!(
            "SELECT 'package', package.code, package.status, CASE WHEN queue_status.closed THEN 'yes' ELSE 'no' END, {}
            FROM package JOIN referral ON referral.id = package.referral_id
            JOIN queue_status ON queue_status.id = referral.status_id;
            SELECT 'visit', package.code, visit.code, {}, package_visit.offered_minutes, {}, visit.duration_minutes,
                CASE WHEN package_visit.live THEN 'yes' ELSE 'no' END
            FROM package_visit JOIN package ON package.id = package_visit.package_id
            JOIN visit ON visit.id = package_visit.visit_id ORDER BY visit.code;
            SELECT 'offer', package.code, provider.code, offer.status,
                {}, {}, {}, {},
                CASE WHEN offer.removed_at IS NULL THEN 'no' ELSE 'yes' END
            FROM offer JOIN package ON package.id = offer.package_id JOIN provider ON provider.id = offer.provider_id;
            SELECT 'referral', referral.code, provider.code FROM referral
            LEFT JOIN resource ON resource.id = referral.resource_id
            LEFT JOIN provider ON provider.id = resource.provider_id ORDER BY referral.id DESC;
            SELECT 'inactive', code FROM provider WHERE NOT active",
            instant("package.lapses_at"),
            instant("package_visit.offered_start"),
            instant("visit.starts_at"),
            instant("offer.responded_at"),
            instant("offer.opens_at"),
            instant("offer.lapses_at"),
            instant("offer.ended_at"),
        ));
        let mut packages: BTreeMap<String, Package> = BTreeMap::new();
        let (mut referrals, mut inactive) = (Vec::new(), BTreeSet::new());
        let at = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        for row in rows {
            let row: Vec<String> = row.into_iter().map(Option::unwrap_or_default).collect();
            if row[0] == "inactive" {
                inactive.insert(row[1].clone());
                continue;
            }
            if row[0] == "referral" {
                referrals.push((row[1].clone(), row[2].clone()));
                continue;
            }
            let package = packages.entry(row[1].clone()).or_default();
            match row[0].as_str() {
                "package" => {
                    package.status.clone_from(&row[2]);
                    package.is_referral_closed = row[3] == "yes";
                    package.lapses_at = at(&row[4]);
                }
                "visit" => package.visits.push(Visit {
                    code: row[2].clone(),
                    offered: [row[3].clone(), row[4].clone()],
                    now: [row[5].clone(), row[6].clone()],
                    is_live: row[7] == "yes",
                }),
                _ => package.offers.push(Offer {
                    provider: row[2].clone(),
                    status: row[3].clone(),
                    responded_at: at(&row[4]),
                    opens_at: at(&row[5]),
                    lapses_at: at(&row[6]),
                    ended_at: at(&row[7]),
                    is_removed: row[8] == "yes",
                }),
            }
        }
        State { packages, referrals, inactive }
    }

    /// Rule 2.12: those of the providers for which an account speaks that receive anything.
    fn receiving<'p>(&self, providers: &[&'p str]) -> Vec<&'p str> {
        providers.iter().copied().filter(|code| !self.inactive.contains(*code)).collect()
    }

    /// Section 1 of the rules, about every package that ever was.
    pub fn must_hold(&self, frozen: &mut BTreeMap<String, Vec<Vec<String>>>, now: DateTime<Utc>) {
        let mut taken = BTreeSet::new();
        for (code, package) in &self.packages {
            package.must_hold(now);
            for visit in package.visits.iter().filter(|visit| visit.is_live) {
                assert!(taken.insert(visit.code.clone()), "a visit is in two live packages: {self:#?}");
            }
            let offered = package
                .visits
                .iter()
                .map(|visit| [std::slice::from_ref(&visit.code), &visit.offered[..]].concat());
            let offered: Vec<Vec<String>> = offered.collect();
            assert!(!offered.is_empty(), "a package without visits: {package:#?}");
            let first = frozen.entry(code.clone()).or_insert_with(|| offered.clone());
            assert_eq!(*first, offered, "the visits of {code} as they were offered have changed");
        }
    }
}

impl Package {
    fn must_hold(&self, now: DateTime<Utc>) {
        let count = |status: &str| {
            self.offers.iter().filter(|offer| offer.status_at(now) == status && !offer.is_removed).count()
        };
        let open = count("pending") + count("scheduled");
        assert!(
            self.offers.iter().filter(|offer| offer.status == "accepted").count() <= 1,
            "two winners: {self:#?}"
        );
        let expected = match (count("accepted"), open, count("handed_back")) {
            (1.., ..) => "accepted",
            (0, 1.., _) => "pending",
            (0, 0, 1..) => "handed_back",
            (0, 0, 0) => "rejected",
        };
        let is_recalled = self.status == "recalled";
        assert!(is_recalled || self.status_at(now) == expected, "not what the offers say: {self:#?}");
        let is_free = is_recalled || self.status == "handed_back";
        assert!(
            self.visits.iter().all(|visit| visit.is_live != is_free),
            "live is not what the status says: {self:#?}"
        );
        let had = count("accepted") + count("handed_back");
        assert!(had == 0 || open == 0, "somebody may still answer: {self:#?}");
        assert!(count("closed") == 0 || had == 1, "closed for nobody: {self:#?}");
        assert!(self.offers.iter().any(|offer| !offer.is_removed), "offered to nobody: {self:#?}");
        assert!(
            !(self.status_at(now) == "pending" && self.is_referral_closed),
            "pending on a closed referral: {self:#?}"
        );
        for offer in &self.offers {
            let answered = matches!(offer.status.as_str(), "accepted" | "rejected" | "handed_back");
            assert_eq!(answered, offer.responded_at.is_some(), "responded_at: {self:#?}");
            let Some(at) = offer.responded_at else { continue };
            let in_time = offer.opens_at.is_none_or(|opens| opens <= at)
                && offer.lapses_at.is_none_or(|lapses| lapses > at);
            assert!(in_time, "answered when it could not be: {self:#?}");
        }
    }

    /// Rule 1.13: what waits is rejected once the last of its offers has lapsed.
    fn status_at(&self, now: DateTime<Utc>) -> &str {
        if self.lapses_at.is_some_and(|at| at <= now) { "rejected" } else { &self.status }
    }

    /// Rules 1.7 and 1.11: what an account that speaks for these providers is to be shown, or nothing.
    fn as_seen_by(&self, providers: &[&str], now: DateTime<Utc>) -> Option<Value> {
        let is_mine = |offer: &&Offer| providers.contains(&offer.provider.as_str()) && !offer.is_removed;
        let is_shown = |offer: &&Offer| offer.status != "closed" && offer.has_opened(now);
        let mine: Vec<&Offer> = self.offers.iter().filter(is_mine).filter(is_shown).collect();
        if mine.is_empty() || self.status == "recalled" {
            return None;
        }
        let has = |status: &str| mine.iter().any(|offer| offer.status_at(now) == status);
        let status = ["accepted", "pending", "handed_back"].into_iter().find(|status| has(status));
        let status = status.unwrap_or("rejected");
        let visit = |visit: &Visit| {
            let [start, minutes] = if status == "accepted" { &visit.now } else { &visit.offered };
            json!([visit.code, start, minutes.parse::<i64>().unwrap()])
        };
        let offer = |offer: &&Offer| json!([offer.provider, offer.status_at(now)]);
        let mut offers: Vec<Value> = mine.iter().map(offer).collect();
        offers.sort_by_key(Value::to_string);
        Some(
            json!({ "status": status, "visits": self.visits.iter().map(visit).collect::<Vec<_>>(), "offers": offers }),
        )
    }
}

/// `package list` of a portal account against what follows from the tables.
pub fn must_be_shown(world: &World, state: &State, (login, providers): (&str, &[&str])) {
    world.as_user(login);
    let providers = &state.receiving(providers)[..];
    let now = world.now();
    let seen = world.json("package list");
    let expected: BTreeMap<&String, Value> = state
        .packages
        .iter()
        .filter_map(|(code, package)| Some((code, package.as_seen_by(providers, now)?)))
        .collect();
    let shown: BTreeMap<String, Value> = seen.as_array().unwrap().iter().map(told).collect();
    assert_eq!(json!(shown), json!(expected), "{login} is shown\n{seen:#}\nof {state:#?}");
    let text = seen.to_string();
    for (code, name) in [(A, "Acme"), (B, "Birch"), (C, "Cedar"), (D, "Dormant")] {
        let is_other = !providers.contains(&code);
        assert!(!(is_other && (text.contains(name) || text.contains(code))), "{login}: {text}");
    }
    for package in seen.as_array().unwrap() {
        assert!(package["amended_at"].is_null() && package["amended_by"].is_null(), "{login}: {package}");
    }
}

/// Rule 1.6: `package list --status` of staff against what follows from the tables.
fn must_be_listed(world: &World, state: &State, status: &str) {
    world.as_user("tracy");
    let now = world.now();
    let seen = world.json(&format!("package list --status {status}"));
    let codes: BTreeSet<&str> =
        seen.as_array().unwrap().iter().map(|package| package["code"].as_str().unwrap()).collect();
    let is_so = |(_, package): &(&String, &Package)| package.status_at(now) == status;
    let expected: BTreeSet<&str> =
        state.packages.iter().filter(is_so).map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, expected, "{status} at {now}: {state:#?}");
    let wrong = seen.as_array().unwrap().iter().find(|package| package["status"] != status);
    assert!(wrong.is_none(), "{wrong:?}");
}

/// Rule 2.6: `referral list` of a portal account has the referrals of its resources, the newest first, in eight fields.
pub fn referrals_must_be_shown(world: &World, state: &State, (login, providers): (&str, &[&str])) {
    world.as_user(login);
    let providers = &state.receiving(providers)[..];
    let seen = world.json("referral list");
    let codes: Vec<&str> =
        seen.as_array().unwrap().iter().map(|referral| referral["code"].as_str().unwrap()).collect();
    let is_mine = |(_, at): &&(String, String)| providers.contains(&at.as_str());
    let expected: Vec<&str> = state.referrals.iter().filter(is_mine).map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, expected, "{login} is shown\n{seen:#}\nof {state:#?}");
    assert!(
        seen.as_array().unwrap().iter().all(|referral| referral.as_object().unwrap().len() == 9),
        "{seen:#}"
    );
}

/// The part of a package that the model speaks of.
fn told(package: &Value) -> (String, Value) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut visits: Vec<Value> = Vec::new();
    for visit in package["visits"].as_array().unwrap() {
        visits.push(json!([visit["code"], visit["start"], visit["duration_minutes"]]));
    }
    visits.sort_by_key(|visit| text(&visit[0]));
    let mut offers: Vec<Value> = Vec::new();
    for offer in package["offers"].as_array().unwrap() {
        offers.push(json!([offer["provider"], offer["status"]]));
    }
    offers.sort_by_key(Value::to_string);
    (text(&package["code"]), json!({ "status": package["status"], "visits": visits, "offers": offers }))
}
