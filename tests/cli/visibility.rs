//! What a portal account sees (rules 2.2, 2.6, 2.7 and 2.12): in random worlds, every reading command shows each account exactly
//! what a plain model of the rules says, and what is hidden answers as what does not exist.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::world::{Answer, Engine, World};

both_engines!(an_account_sees_what_the_rules_say, |world| {
    let cases = if world.engine() == Engine::Sqlite { 5 } else { 2 };
    let config = Config { cases, max_shrink_iters: 20, failure_persistence: None, ..Config::default() };
    let engine = world.engine();
    let told = TestRunner::new(config).run(&plan(), |plan| {
        let world = World::new(engine);
        let made = Made::new(&world, &plan);
        for account in 0..ACCOUNTS {
            made.must_show(&world, &plan, account);
        }
        // Active again, a provider receives what it did.
        if let Some(back) = plan.back() {
            for provider in plan.deactivated() {
                world.ok(&format!("provider activate {provider}"));
            }
            made.must_show(&world, &back, 0);
        }
        Ok(())
    });
    told.unwrap_or_else(|fault| panic!("{fault}"));
});

const PROVIDERS: [&str; 3] = ["acme", "birch", "cedar"];
/// Of each provider in turn: its agency record, and two programs.
const RESOURCES: [&str; 9] = [
    "acme", "acme kitchen", "acme night", "birch", "birch kitchen", "birch night", "cedar", "cedar kitchen",
    "cedar night",
];
const QUEUES: [&str; 3] = ["Home", "Food", "Sleep"];
const ACCOUNTS: usize = 4;
const CONTACTS: usize = 3;
const CLIENTS: usize = 2;
const DETAILS: &str = "access-contact-details";

/// One random world, in the words that make it.
#[derive(Clone, Debug)]
struct Plan {
    /// Which resources each queue is linked to.
    linked: Vec<Vec<usize>>,
    /// Which queues are deactivated at the end.
    inactive: Vec<bool>,
    /// Which providers are.
    closed: Vec<bool>,
    /// What each account holds, and whether it may see details.
    accounts: Vec<(Vec<usize>, bool)>,
    /// The queue of each referral, whose it is (a contact, or beyond those a client), and to whom it goes in turn: each
    /// number picks one of the resources that the queue is linked to.
    referrals: Vec<(usize, usize, Vec<usize>)>,
    /// Who says how many referrals it can take.
    declared: Vec<usize>,
    /// Which providers are asked for each package.
    asked: Vec<Vec<usize>>,
    /// A link that is taken away at the end: of this queue, the first.
    unlinked: usize,
}

fn plan() -> impl Strategy<Value = Plan> {
    let resources = || (0..RESOURCES.len()).collect::<Vec<_>>();
    let referral = (0..QUEUES.len(), 0..CONTACTS + CLIENTS, prop::collection::vec(0..9_usize, 0..3));
    (
        prop::collection::vec(subsequence(resources(), 1..6), QUEUES.len()),
        (
            prop::collection::vec(prop::bool::weighted(0.3), QUEUES.len()),
            prop::collection::vec(prop::bool::weighted(0.25), PROVIDERS.len()),
        ),
        prop::collection::vec((subsequence(resources(), 0..3), any::<bool>()), ACCOUNTS),
        prop::collection::vec(referral, 8),
        subsequence(resources(), 0..4),
        prop::collection::vec(subsequence(vec![0, 1, 2], 1..3), 2),
        0..QUEUES.len(),
    )
        .prop_map(|(linked, (inactive, closed), accounts, referrals, declared, asked, unlinked)| Plan {
            linked,
            inactive,
            closed,
            accounts,
            referrals,
            declared,
            asked,
            unlinked,
        })
}

impl Plan {
    fn deactivated(&self) -> impl Iterator<Item = &'static str> {
        PROVIDERS.into_iter().zip(&self.closed).filter(|(_, closed)| **closed).map(|(provider, _)| provider)
    }

    /// The same with all providers active, if one is not.
    fn back(&self) -> Option<Plan> {
        let closed = vec![false; PROVIDERS.len()];
        (self.closed != closed).then(|| Plan { closed, ..self.clone() })
    }

    /// Rule 2.2: what it holds, and with an agency record every program of that agency in an active queue; and rule 2.12,
    /// nothing of a provider that is not active.
    fn scope(&self, account: usize) -> BTreeSet<usize> {
        let held = &self.accounts[account].0;
        let in_an_active_queue = |resource: usize| {
            (0..QUEUES.len()).any(|queue| !self.inactive[queue] && self.links(queue).contains(&resource))
        };
        let covered = |resource: &usize| {
            held.contains(resource) || held.contains(&(resource / 3 * 3)) && in_an_active_queue(*resource)
        };
        (0..RESOURCES.len()).filter(|resource| !self.closed[resource / 3]).filter(covered).collect()
    }

    /// As they are at the end.
    fn links(&self, queue: usize) -> &[usize] {
        let gone = usize::from(queue == self.unlinked);
        &self.linked[queue][gone..]
    }

    /// To whom a referral went last.
    fn assignee(&self, referral: usize) -> Option<usize> {
        let (queue, _, turns) = &self.referrals[referral];
        turns.last().map(|turn| self.linked[*queue][turn % self.linked[*queue].len()])
    }

    fn visible_referrals(&self, account: usize) -> BTreeSet<usize> {
        let scope = self.scope(account);
        let seen =
            |referral: &usize| self.assignee(*referral).is_some_and(|resource| scope.contains(&resource));
        (0..self.referrals.len()).filter(seen).collect()
    }

    /// Rule 2.7.
    fn visible_contacts(&self, account: usize) -> BTreeSet<usize> {
        let referrals = self.visible_referrals(account);
        let contacts =
            referrals.iter().map(|referral| self.referrals[*referral].1).filter(|whose| *whose < CONTACTS);
        if self.accounts[account].1 { contacts.collect() } else { BTreeSet::new() }
    }

    /// Rule 1.11: an account speaks for a provider whose agency record it holds.
    fn visible_packages(&self, account: usize) -> BTreeSet<usize> {
        let speaks =
            |provider: &usize| !self.closed[*provider] && self.accounts[account].0.contains(&(provider * 3));
        (0..self.asked.len()).filter(|package| self.asked[*package].iter().any(speaks)).collect()
    }
}

/// The codes that the world gave.
struct Made {
    resources: Vec<String>,
    referrals: Vec<String>,
    capacity: Vec<String>,
    packages: Vec<String>,
}

fn code(world: &World, line: &str) -> String {
    world.ok(&format!("-q {line}")).trim().to_owned()
}

impl Made {
    fn new(world: &World, plan: &Plan) -> Made {
        world.ok("init");
        let resources = PROVIDERS.iter().flat_map(|provider| {
            world.ok(&format!("provider create {provider}"));
            let programs = ["kitchen", "night"]
                .map(|name| code(world, &format!("provider add-resource {provider} '{provider} {name}'")));
            let agency =
                world.json(&format!("resource show {provider}"))["code"].as_str().unwrap().to_owned();
            [vec![agency], programs.to_vec()].concat()
        });
        let resources: Vec<String> = resources.collect();
        for (queue, linked) in QUEUES.iter().zip(&plan.linked) {
            world.ok(&format!("queue create {queue} --status New --status Live --status Done:closed"));
            let linked: Vec<&str> = linked.iter().map(|resource| resources[*resource].as_str()).collect();
            world.ok(&format!("queue add-resource {queue} {}", linked.join(" ")));
        }
        for number in 0..CONTACTS {
            world.ok(&format!("contact create --given Given{number} --family Family{number} --number N-{number} --details Secret{number}"));
        }
        for number in 0..CLIENTS {
            world.ok(&format!("client create --given Cara{number} --family Client{number} --id c{number}"));
        }
        for (number, (held, details)) in plan.accounts.iter().enumerate() {
            let held: String = held
                .iter()
                .fold(String::new(), |line, resource| line + " --resource " + &resources[*resource]);
            let can = if *details { format!(" --can {DETAILS}") } else { String::new() };
            world
                .ok(&format!("account create a{number} --name A{number} --level provider-portal{held}{can}"));
        }
        let made = Made {
            referrals: plan
                .referrals
                .iter()
                .map(|referral| refer(world, plan, &resources, referral))
                .collect(),
            capacity: plan
                .declared
                .iter()
                .map(|resource| code(world, &format!("capacity set {} 3", resources[*resource])))
                .collect(),
            packages: plan
                .asked
                .iter()
                .enumerate()
                .map(|(number, asked)| outsource(world, number, asked))
                .collect(),
            resources,
        };
        let lost = &made.resources[plan.linked[plan.unlinked][0]];
        world.ok(&format!("queue remove-resource {} {lost} --yes", QUEUES[plan.unlinked]));
        for (queue, _) in QUEUES.iter().zip(&plan.inactive).filter(|(_, inactive)| **inactive) {
            world.ok(&format!("queue deactivate {queue} --yes"));
        }
        for provider in plan.deactivated() {
            world.ok(&format!("provider deactivate {provider} --yes"));
        }
        made
    }

    fn must_show(&self, world: &World, plan: &Plan, account: usize) {
        world.as_user(&format!("a{account}"));
        let (scope, referrals) = (plan.scope(account), plan.visible_referrals(account));
        let has_details = plan.accounts[account].1;
        let capacity: BTreeSet<usize> =
            (0..plan.declared.len()).filter(|entry| scope.contains(&plan.declared[*entry])).collect();
        let contacts: Vec<String> = (0..CONTACTS).map(|number| format!("N-{number}")).collect();

        must_list(world, "referral list", "code", &self.referrals, &referrals);
        must_list(world, "resource list", "code", &self.resources, &scope);
        must_list(world, "capacity list", "code", &self.capacity, &capacity);
        must_list(world, "contact list", "number", &contacts, &plan.visible_contacts(account));
        must_list(world, "package list", "code", &self.packages, &plan.visible_packages(account));
        for nothing in ["client list", "queue list"] {
            must_list(world, nothing, "code", &[], &BTreeSet::new());
        }
        let counted = world.json("report referrals --all");
        let counted: u64 =
            counted.as_array().unwrap().iter().map(|line| line["referrals"].as_u64().unwrap()).sum();
        assert_eq!(counted, referrals.len() as u64, "report referrals as a{account}");

        must_open(world, "referral show", &self.referrals, &referrals, "REF-ZZZZZZ");
        must_open(world, "resource show", &self.resources, &scope, "RES-ZZZZZZ");
        must_open(world, "contact show", &contacts, &plan.visible_contacts(account), "N-9");
        must_open(world, "package show", &self.packages, &plan.visible_packages(account), "PKG-ZZZZZZ");
        must_open(world, "visit list", &self.referrals, &BTreeSet::new(), "REF-ZZZZZZ");
        must_open(
            world,
            "client show",
            &["Given0".to_owned(), "Cara0".to_owned()],
            &BTreeSet::new(),
            "Nobody",
        );
        must_open(world, "queue show", &QUEUES.map(str::to_owned), &BTreeSet::new(), "Nowhere");
        for referral in &referrals {
            must_have_fields(
                &world.json(&format!("referral show {}", self.referrals[*referral])),
                has_details,
            );
        }
        for row in world.json("referral list").as_array().unwrap() {
            must_have_fields(row, has_details);
        }
        if !has_details {
            let said = |column: &str| world.run_json(&format!("referral list --columns {column}"));
            must_be_the_same(&said("client"), "client", &said("nothing"), "nothing");
        }
        world.as_user("admin");
    }
}

/// Made, and handed on from one to the next.
fn refer(world: &World, plan: &Plan, resources: &[String], referral: &(usize, usize, Vec<usize>)) -> String {
    let (queue, whose, turns) = referral;
    let whose = match whose {
        ..CONTACTS => format!("--contact N-{whose}"),
        _ => format!("--client c{}", whose - CONTACTS),
    };
    let made = code(world, &format!("referral create --queue {} {whose}", QUEUES[*queue]));
    for turn in turns {
        let linked = &plan.linked[*queue];
        world.ok(&format!("referral assign {made} {}", resources[linked[turn % linked.len()]]));
    }
    made
}

/// Of a referral of its own.
fn outsource(world: &World, number: usize, asked: &[usize]) -> String {
    let referral = code(world, &format!("referral create --queue 'Home care' --client c{number}"));
    world.ok(&format!("visit add {referral} --start '2026-12-01 09:00' --duration 30"));
    let asked: Vec<&str> = asked.iter().map(|provider| PROVIDERS[*provider]).collect();
    code(world, &format!("outsource create {referral} --all-visits --provider {}", asked.join(" ")))
}

fn must_list(world: &World, line: &str, key: &str, codes: &[String], expected: &BTreeSet<usize>) {
    let listed = world.json(line);
    let listed: BTreeSet<&str> =
        listed.as_array().unwrap().iter().map(|row| row[key].as_str().unwrap()).collect();
    let expected: BTreeSet<&str> = expected.iter().map(|number| codes[*number].as_str()).collect();
    assert_eq!(listed, expected, "{}: $ caredesk {line}", world.user());
    let rows = world.ok(&format!("-o csv {line}")).lines().count();
    assert!(rows == expected.len() + 1, "{}: $ caredesk -o csv {line}: {rows} lines", world.user());
}

/// What is to be seen opens; what is not answers as what does not exist, to the byte but for the name that was typed.
fn must_open(world: &World, verb: &str, codes: &[String], expected: &BTreeSet<usize>, absent: &str) {
    for format in ["-o table", "-o json"] {
        let nothing = world.run(&format!("{format} {verb} {absent}"));
        for (number, code) in codes.iter().enumerate() {
            let answer = world.run(&format!("{format} {verb} {code}"));
            if expected.contains(&number) {
                assert_eq!(answer.status, 0, "{}: $ caredesk {verb} {code}\n{}", world.user(), answer.stderr);
            } else {
                must_be_the_same(&answer, code, &nothing, absent);
            }
        }
    }
}

fn must_be_the_same(hidden: &Answer, code: &str, absent: &Answer, typed: &str) {
    assert_ne!(hidden.status, 0, "`{code}` is shown: {}", hidden.stdout);
    assert_eq!(hidden.status, absent.status, "`{code}`: {}{}", hidden.stderr, absent.stderr);
    assert_eq!(hidden.stdout, "", "`{code}`");
    assert_eq!(hidden.stderr.replace(code, "IT"), absent.stderr.replace(typed, "IT"), "`{code}`");
}

/// Rule 2.7: exactly eight beside the code, or those and more.
fn must_have_fields(referral: &Value, has_details: bool) {
    let eight = [
        "code", "queue", "resource", "contact_number", "status", "note", "contact_name", "contact_date",
        "postal_code",
    ];
    let keys: BTreeSet<&str> = referral.as_object().unwrap().keys().map(String::as_str).collect();
    let eight = BTreeSet::from(eight);
    assert!(eight.is_subset(&keys), "missing of the eight fields: {keys:?}");
    assert!(has_details || keys == eight, "more than the eight fields: {keys:?}");
    assert!(!keys.contains("history"), "the history is for staff");
}
