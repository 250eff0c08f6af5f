//! Who sees what, twice: by the view of the schema that every list, count and export asks, and by a plain model of the rules
//! written here without a look at it. Random facts, random instants, both engines.

mod judge;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use self::judge::{Judge, NARROWING};
use crate::town::key;
use crate::world::{Engine, World};

pub(super) const PROVIDERS: u8 = 3;
pub(super) const CLIENTS: u8 = 2;
const CATEGORIES: u8 = 2;
pub(super) const TYPES: [&str; 2] = ["services", "forms"];
/// Instants and days are counted from the tenth of November.
const TIMES: u8 = 8;

/// What is so from an instant on, until the next one says something else.
type Versions<T> = BTreeMap<u8, Option<T>>;
/// What one provider sees of another's: record, recipient, basis.
pub(super) type Sight = BTreeSet<(usize, u8, &'static str)>;

#[derive(Clone, Debug)]
struct Setting {
    level: u8,
    client_by_client: bool,
    release: bool,
}

#[derive(Clone, Debug)]
struct Contract {
    provider: u8,
    /// First and last day.
    term: Versions<(u8, Option<u8>)>,
    categories: [Versions<()>; CATEGORIES as usize],
}

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) client: u8,
    pub(super) provider: u8,
    pub(super) kind: usize,
    category: Option<u8>,
    contract: Option<Index>,
    created: u8,
    /// When it is never shared.
    never: Versions<()>,
}

#[derive(Clone, Debug)]
struct Request {
    client: u8,
    owner: u8,
    recipient: u8,
    kind: usize,
    /// With the last day.
    labels: Versions<(&'static str, Option<u8>)>,
}

#[derive(Clone, Debug)]
struct Release {
    client: u8,
    owner: u8,
    kind: usize,
    expires: Option<u8>,
    /// None: all. With the instant at which each is taken out.
    recipients: Option<BTreeMap<u8, Option<u8>>>,
    created: u8,
    revoked: Option<u8>,
}

/// Everything that decides. Lists are by provider and type, by owner, recipient and type, by provider, by client
/// and provider.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    settings: Vec<Versions<Setting>>,
    links: Vec<Versions<()>>,
    /// When each provider was inactive.
    inactive: Vec<Versions<()>>,
    contracts: Vec<Contract>,
    /// Active or not, and since which day.
    enrolments: Vec<Versions<(bool, u8)>>,
    pub(super) records: Vec<Record>,
    requests: Vec<Request>,
    releases: Vec<Release>,
}

both_engines!(the_view_says_what_the_rules_say, |world| {
    world.ok("init");
    world.sql(&people(world));
    let (cases, rounds) = if world.engine() == Engine::Sqlite { (200, 10) } else { (60, 1) };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let moments = vec((TIMES / 4..TIMES, 0..TIMES), 4);
    let counts = Cell::new(Counts::default());
    // Few cases may share or hide little by chance, which would prove nothing.
    for _ in 0..rounds {
        let mut runner = TestRunner::new(config.clone());
        let outcome = runner.run(&(facts(), &moments), |(facts, moments)| {
            world.sql(&written(world, &facts));
            for (instant, day) in moments {
                let expected = facts.sight(instant, day, None);
                counts.set(counts.get().and(&facts, instant, day, &expected));
                prop_assert_eq!(
                    asked(world, instant, day),
                    expected,
                    "at instant {} on day {}",
                    instant,
                    day
                );
            }
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
        if counts.get().are_enough() {
            return;
        }
    }
    assert!(world.engine() == Engine::Postgres, "too little was shared or hidden: {:?}", counts.get());
});

/// What was shared on each basis, and hidden by each of the rules that narrow.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    shared: [usize; BASES.len()],
    hidden: [usize; NARROWING.len()],
}

const BASES: [&str; 3] = ["automatic", "request", "release"];

impl Counts {
    fn and(self, facts: &Facts, instant: u8, day: u8, sight: &Sight) -> Self {
        let of_basis = |basis: &str| sight.iter().filter(|(_, _, one)| *one == basis).count();
        let by_rule = |rule: &str| facts.sight(instant, day, Some(rule)).difference(sight).count();
        let (shared, hidden) = (BASES.map(of_basis), NARROWING.map(by_rule));
        Counts {
            shared: std::array::from_fn(|place| self.shared[place] + shared[place]),
            hidden: std::array::from_fn(|place| self.hidden[place] + hidden[place]),
        }
    }

    fn are_enough(self) -> bool {
        self.shared.iter().chain(&self.hidden).all(|count| *count > 10)
    }
}

fn versions<T: std::fmt::Debug + Clone>(
    value: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Versions<T>> {
    // What is so from the first instant on is so for longest.
    let first = prop_oneof![2 => Just(0), 1 => 0..TIMES];
    (first, btree_map(0..TIMES, option::weighted(0.85, value.clone()), 0..3), value).prop_map(
        |(first, mut versions, value)| {
            versions.entry(first).or_insert(Some(value));
            versions
        },
    )
}

pub(super) fn facts() -> impl Strategy<Value = Facts> {
    let providers = usize::from(PROVIDERS);
    let level = prop_oneof![3 => Just(1), 3 => Just(2), 1 => Just(3)];
    let setting = (level, prop::bool::weighted(0.7), prop::bool::weighted(0.4))
        .prop_map(|(level, client_by_client, release)| Setting { level, client_by_client, release });
    let settings = vec(versions(setting), providers * TYPES.len());
    let links = vec(versions(Just(())), providers * providers * TYPES.len());
    let inactive = prop_oneof![2 => Just(Versions::new()), 1 => versions(Just(()))];
    let inactive = vec(inactive, providers);
    let enrolments =
        vec(versions((prop::bool::weighted(0.9), 0..TIMES / 4)), usize::from(CLIENTS) * providers);
    (
        settings,
        (links, inactive),
        vec(contract(), 4..9),
        enrolments,
        vec(record(), 3..12),
        vec(request(), 4..16),
        vec(release(), 3..10),
    )
        .prop_map(|(settings, (links, inactive), contracts, enrolments, records, requests, releases)| {
            Facts { settings, links, inactive, contracts, enrolments, records, requests, releases }
        })
}

fn contract() -> impl Strategy<Value = Contract> {
    let term = (0..TIMES / 2, option::of(0..TIMES))
        .prop_map(|(start, length)| (start, length.map(|days| start + days)));
    (0..PROVIDERS, versions(term), versions(Just(())), versions(Just(())))
        .prop_map(|(provider, term, meals, rides)| Contract { provider, term, categories: [meals, rides] })
}

fn record() -> impl Strategy<Value = Record> {
    let kind = prop_oneof![3 => Just(0), 1 => Just(1)];
    let pointed = (option::weighted(0.8, 0..CATEGORIES), option::weighted(0.8, any::<Index>()));
    let never = prop_oneof![3 => Just(Versions::new()), 1 => versions(Just(()))];
    (0..CLIENTS, 0..PROVIDERS, kind, pointed, 0..TIMES / 2, never).prop_map(
        |(client, provider, kind, (category, contract), created, never)| Record {
            client,
            provider,
            kind,
            category,
            contract,
            created,
            never,
        },
    )
}

fn sides() -> impl Strategy<Value = (u8, u8)> {
    (0..PROVIDERS, 1..PROVIDERS).prop_map(|(owner, step)| (owner, (owner + step) % PROVIDERS))
}

fn request() -> impl Strategy<Value = Request> {
    let label = prop_oneof![4 => Just("granted"), 1 => select(vec!["pending", "denied", "revoked"])];
    let label = (label, option::of(0..TIMES));
    (0..CLIENTS, sides(), 0..TYPES.len(), versions(label)).prop_map(
        |(client, (owner, recipient), kind, labels)| Request { client, owner, recipient, kind, labels },
    )
}

fn release() -> impl Strategy<Value = Release> {
    let removed = option::weighted(0.4, 0..TIMES);
    let recipients = option::weighted(0.7, btree_map(0..PROVIDERS, removed, 0..4));
    (
        0..CLIENTS,
        0..PROVIDERS,
        0..TYPES.len(),
        option::of(0..TIMES),
        recipients,
        prop_oneof![1 => Just(0), 2 => 0..TIMES],
        option::weighted(0.3, 0..TIMES),
    )
        .prop_map(|(client, owner, kind, expires, recipients, created, revoked)| Release {
            client,
            owner,
            kind,
            expires,
            recipients,
            created,
            revoked,
        })
}

/// What holds at an instant.
fn at<T>(versions: &Versions<T>, instant: u8) -> Option<&T> {
    versions.range(..=instant).next_back().and_then(|(_, value)| value.as_ref())
}

fn lasts(last: Option<u8>, day: u8) -> bool {
    last.is_none_or(|last| day <= last)
}

impl Facts {
    /// The same without a last day of anything.
    pub(super) fn without_last_days(mut self) -> Self {
        self.releases.iter_mut().for_each(|release| release.expires = None);
        let labels = self.requests.iter_mut().flat_map(|request| request.labels.values_mut().flatten());
        labels.for_each(|(_, last)| *last = None);
        let terms = self.contracts.iter_mut().flat_map(|contract| contract.term.values_mut().flatten());
        terms.for_each(|(_, last)| *last = None);
        self
    }

    /// `without`: one of the rules that narrow, which does not count.
    fn sight(&self, instant: u8, day: u8, without: Option<&str>) -> Sight {
        let judge = Judge { facts: self, instant, day, without };
        let mut sight = Sight::new();
        for (number, record) in self.records.iter().enumerate() {
            for recipient in (0..PROVIDERS).filter(|recipient| *recipient != record.provider) {
                if let Some(basis) = judge.basis(record, recipient) {
                    sight.insert((number, recipient, basis));
                }
            }
        }
        sight
    }

    fn contract_of(&self, record: &Record) -> Option<usize> {
        let own = |number: &usize| self.contracts[*number].provider == record.provider;
        let own: Vec<usize> = (0..self.contracts.len()).filter(own).collect();
        // One of another provider now and then, which counts for nothing.
        let any = |index: &Index| index.index(self.contracts.len());
        let by_mistake = |index: &Index| own.is_empty() || index.index(7) == 0;
        record.contract.as_ref().map(|index| if by_mistake(index) { any(index) } else { *index.get(&own) })
    }
}

fn link(owner: u8, recipient: u8, kind: usize) -> usize {
    usize::from(owner * PROVIDERS + recipient) * TYPES.len() + kind
}

fn instant(number: u8) -> String {
    format!("'2026-11-{}T12:00:00.000Z'", number + 10)
}

fn day(number: u8) -> String {
    format!("'2026-11-{}'", number + 10)
}

fn maybe<T: Copy>(value: Option<T>, text: impl Fn(T) -> String) -> String {
    value.map_or_else(|| "NULL".to_owned(), text)
}

/// Keys of one sort of thing do not meet those of another.
fn id(world: &World, sort: u128, number: usize) -> String {
    key(world, sort << 64 | number as u128)
}

const PROVIDER: u128 = 1;
const CLIENT: u128 = 2;
const CATEGORY: u128 = 3;
const CONTRACT: u128 = 4;
const RECORD: u128 = 5;
const REQUEST: u128 = 6;
const RELEASE: u128 = 7;
const VERSION: u128 = 8;

pub(super) fn people(world: &World) -> String {
    let mut text = String::new();
    for number in 0..usize::from(PROVIDERS) {
        text += &format!(
            "INSERT INTO provider (id, code, name, name_key, active) VALUES ({}, 'PRV-00000{number}', 'p{number}', 'p{number}', TRUE);",
            id(world, PROVIDER, number)
        );
    }
    for number in 0..usize::from(CLIENTS) {
        text += &format!(
            "INSERT INTO client (id, code, given, family, name_key) VALUES ({}, 'CLI-00000{number}', 'c', '{number}', 'c {number}');",
            id(world, CLIENT, number)
        );
    }
    for number in 0..usize::from(CATEGORIES) {
        text += &format!(
            "INSERT INTO category (id, name, name_key) VALUES ({}, 'k{number}', 'k{number}');",
            id(world, CATEGORY, number)
        );
    }
    text
}

/// The statements that put these facts in the place of all others.
struct Written<'a> {
    world: &'a World,
    text: String,
    versions: usize,
}

pub(super) fn written(world: &World, facts: &Facts) -> String {
    let tables = "sharing_answer sharing_request release_recipient release never_shared record contract_category contract_term contract \
        enrolment sharing_setting sharing_link provider_inactivity";
    let mut text = "BEGIN;".to_owned();
    text.extend(tables.split_whitespace().map(|table| format!("DELETE FROM {table};")));
    let mut written = Written { world, text, versions: 0 };
    written.settings_and_links(facts);
    written.inactive(facts);
    written.contracts(facts);
    written.enrolments(facts);
    written.records(facts);
    written.requests(facts);
    written.releases(facts);
    written.text + "COMMIT;"
}

impl Written<'_> {
    fn id(&self, sort: u128, number: impl Into<usize>) -> String {
        id(self.world, sort, number.into())
    }

    /// One row for each version; `columns` and `values` are those between the key and the instants.
    fn versions<T>(
        &mut self, table: &str, columns: &str, versions: &Versions<T>, values: impl Fn(&T) -> String,
    ) {
        let ends = versions.keys().skip(1).map(|end| Some(*end)).chain([None]);
        for ((from, value), until) in versions.iter().zip(ends) {
            let Some(value) = value else { continue };
            self.versions += 1;
            self.text += &format!(
                "INSERT INTO {table} (id, {columns}, from_at, until_at) VALUES ({}, {}, {}, {});",
                self.id(VERSION, self.versions),
                values(value),
                instant(*from),
                maybe(until, instant)
            );
        }
    }

    fn settings_and_links(&mut self, facts: &Facts) {
        for owner in 0..PROVIDERS {
            let owner_id = self.id(PROVIDER, owner);
            for (number, kind) in TYPES.iter().enumerate() {
                let columns =
                    "provider_id, data_type, level, client_by_client, require_expiry, release_sharing";
                let versions = &facts.settings[usize::from(owner) * TYPES.len() + number];
                self.versions("sharing_setting", columns, versions, |setting| {
                    let Setting { level, client_by_client, release } = setting;
                    format!("{owner_id}, '{kind}', {level}, {client_by_client}, FALSE, {release}")
                });
                for recipient in (0..PROVIDERS).filter(|recipient| *recipient != owner) {
                    let recipient_id = self.id(PROVIDER, recipient);
                    let versions = &facts.links[link(owner, recipient, number)];
                    self.versions("sharing_link", "owner_id, recipient_id, data_type", versions, |()| {
                        format!("{owner_id}, {recipient_id}, '{kind}'")
                    });
                }
            }
        }
    }

    fn inactive(&mut self, facts: &Facts) {
        for provider in 0..PROVIDERS {
            let id = self.id(PROVIDER, provider);
            let versions = &facts.inactive[usize::from(provider)];
            self.versions("provider_inactivity", "provider_id", versions, |()| id.clone());
        }
    }

    fn contracts(&mut self, facts: &Facts) {
        for (number, contract) in facts.contracts.iter().enumerate() {
            let (own, provider) = (self.id(CONTRACT, number), self.id(PROVIDER, contract.provider));
            self.text += &format!(
                "INSERT INTO contract (id, code, provider_id, name, name_key, created_at)
                VALUES ({own}, 'CTR-00000{number}', {provider}, 'n{number}', 'n{number}', {});",
                instant(0)
            );
            self.versions(
                "contract_term",
                "contract_id, starts_on, stops_on",
                &contract.term,
                |(start, stop)| format!("{own}, {}, {}", day(*start), maybe(*stop, day)),
            );
            for (category, versions) in contract.categories.iter().enumerate() {
                let category = self.id(CATEGORY, category);
                self.versions("contract_category", "contract_id, category_id", versions, |()| {
                    format!("{own}, {category}")
                });
            }
        }
    }

    fn enrolments(&mut self, facts: &Facts) {
        for client in 0..CLIENTS {
            for provider in 0..PROVIDERS {
                let versions = &facts.enrolments[usize::from(client * PROVIDERS + provider)];
                let sides = format!("{}, {}", self.id(CLIENT, client), self.id(PROVIDER, provider));
                self.versions(
                    "enrolment",
                    "client_id, provider_id, active, since_on",
                    versions,
                    |(active, since)| format!("{sides}, {active}, {}", day(*since)),
                );
            }
        }
    }

    fn records(&mut self, facts: &Facts) {
        for (number, record) in facts.records.iter().enumerate() {
            let category = maybe(record.category, |category| self.id(CATEGORY, category));
            let contract = maybe(facts.contract_of(record), |contract| self.id(CONTRACT, contract));
            self.text += &format!(
                "INSERT INTO record (id, code, client_id, provider_id, data_type, category_id, contract_id, happened_on, title, created_at, created_by)
                VALUES ({}, 'REC-{number}', {}, {}, '{}', {category}, {contract}, {}, 't', {}, (SELECT id FROM account));",
                self.id(RECORD, number),
                self.id(CLIENT, record.client),
                self.id(PROVIDER, record.provider),
                TYPES[record.kind],
                day(0),
                instant(record.created)
            );
            let own = self.id(RECORD, number);
            self.versions("never_shared", "record_id", &record.never, |()| own.clone());
        }
    }

    /// All closed: whether one may be made while another is open is for other tests.
    fn requests(&mut self, facts: &Facts) {
        for (number, request) in facts.requests.iter().enumerate() {
            let own = self.id(REQUEST, number);
            self.text += &format!(
                "INSERT INTO sharing_request (id, code, client_id, owner_id, recipient_id, data_type, requested_at, requested_by, open)
                VALUES ({own}, 'SHR-{number}', {}, {}, {}, '{}', {}, (SELECT id FROM account), FALSE);",
                self.id(CLIENT, request.client),
                self.id(PROVIDER, request.owner),
                self.id(PROVIDER, request.recipient),
                TYPES[request.kind],
                instant(0)
            );
            let columns = "request_id, label, signed_on, expires_on, answered_by";
            self.versions("sharing_answer", columns, &request.labels, |(label, last)| {
                format!("{own}, '{label}', '2026-11-01', {}, (SELECT id FROM account)", maybe(*last, day))
            });
        }
    }

    fn releases(&mut self, facts: &Facts) {
        for (number, release) in facts.releases.iter().enumerate() {
            let own = self.id(RELEASE, number);
            let hash = if self.world.engine() == Engine::Sqlite { "X'00'" } else { "'\\x00'::bytea" };
            self.text += &format!(
                "INSERT INTO release (id, code, client_id, owner_id, data_type, signed_on, expires_on, states_right_to_revoke,
                    states_conditions, states_redisclosure, all_providers, media_type,
                    size, sha256, created_at, created_by, revoked_at, revoked_by)
                VALUES ({own}, 'ROI-{number}', {}, {}, '{}', '2026-11-01', {}, TRUE, TRUE, TRUE, {}, 'application/pdf', 1, {hash}, {},
                    (SELECT id FROM account), {}, {});",
                self.id(CLIENT, release.client),
                self.id(PROVIDER, release.owner),
                TYPES[release.kind],
                maybe(release.expires, day),
                release.recipients.is_none(),
                instant(release.created),
                maybe(release.revoked, instant),
                maybe(release.revoked, |_| "(SELECT id FROM account)".to_owned())
            );
            for (named, removed) in release.recipients.iter().flatten() {
                let (provider, removed) = (self.id(PROVIDER, *named), maybe(*removed, instant));
                self.text += &format!(
                    "INSERT INTO release_recipient (release_id, provider_id, removed_at) VALUES ({own}, {provider}, {removed});"
                );
            }
        }
    }
}

const ASKED: &str = "SELECT record.code, provider.code, shared.basis FROM shared_record AS shared
    JOIN record ON record.id = shared.record_id JOIN provider ON provider.id = shared.recipient_id";

/// What the view holds where a transaction stands there.
pub(super) fn asked(world: &World, now: u8, today: u8) -> Sight {
    let rows = world.sql_at(instant(now).trim_matches('\''), day(today).trim_matches('\''), ASKED);
    let seen: Vec<_> = rows.iter().map(|row: &Vec<String>| sighted(row)).collect();
    let sight: Sight = seen.iter().copied().collect();
    assert_eq!(sight.len(), seen.len(), "a record is seen once, however many reasons there are");
    sight
}

fn sighted(row: &[String]) -> (usize, u8, &'static str) {
    let [record, recipient, basis] = row else { panic!("{row:?}") };
    let number = |code: &str| code.rsplit('-').next().unwrap().parse::<u8>().unwrap();
    let basis = BASES.into_iter().find(|known| known == basis);
    (number(record).into(), number(recipient), basis.expect("a basis"))
}
