//! Who sees whose visits these are, and when: after every step of random histories exactly whom a plain model of the rule says.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::world::{Engine, World};

const PROVIDERS: [&str; 2] = ["Acme", "Birch"];
/// Login, provider, and whether it may see contact details at first.
const ACCOUNTS: [(&str, usize, bool); 3] = [("ann", 0, true), ("abe", 0, false), ("bea", 1, true)];
const CLIENTS: usize = 2;
/// Of each client, with two visits each, on the days 10 and 20 of December and a month later.
const PACKAGES: usize = 4;

#[derive(Clone, Copy, Debug)]
enum Step {
    Accept { package: usize, provider: usize },
    Recall { package: usize },
    Cancel { visit: usize },
    Move { visit: usize, days: i64 },
    Activate { provider: usize, active: bool },
    Permit { account: usize, may: bool },
    Days { days: i64 },
    Later { days: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    let package = 0..PACKAGES;
    let visit = 0..2 * PACKAGES;
    prop_oneof![
        4 => (package.clone(), 0..2_usize).prop_map(|(package, provider)| Step::Accept { package, provider }),
        1 => package.prop_map(|package| Step::Recall { package }),
        2 => visit.clone().prop_map(|visit| Step::Cancel { visit }),
        1 => (visit, 1..40_i64).prop_map(|(visit, days)| Step::Move { visit, days }),
        1 => (0..2_usize, any::<bool>()).prop_map(|(provider, active)| Step::Activate { provider, active }),
        1 => (0..ACCOUNTS.len(), any::<bool>()).prop_map(|(account, may)| Step::Permit { account, may }),
        1 => (0..40_i64).prop_map(|days| Step::Days { days }),
        3 => (1..30_i64).prop_map(|days| Step::Later { days }),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Pending,
    Accepted(usize),
    Recalled,
}

/// What the rule needs to know, in days since 22 November.
struct Model {
    packages: [State; PACKAGES],
    /// The day of each visit; none if cancelled.
    visits: Vec<Option<i64>>,
    active: [bool; 2],
    may: [bool; ACCOUNTS.len()],
    contact_days: i64,
    today: i64,
}

impl Model {
    fn new() -> Self {
        Model {
            packages: [State::Pending; PACKAGES],
            visits: (0..2 * PACKAGES).map(|visit| Some(first_day(visit))).collect(),
            active: [true; 2],
            may: ACCOUNTS.map(|(_, _, may)| may),
            contact_days: 30,
            today: 0,
        }
    }

    fn has(&self, account: usize, package: usize) -> bool {
        let provider = ACCOUNTS[account].1;
        self.packages[package] == State::Accepted(provider) && self.active[provider]
    }

    fn sees(&self, account: usize, client: usize) -> bool {
        let shows = |visit: usize| {
            let is_new = self.visits[visit].is_some_and(|day| self.today <= day + self.contact_days);
            visit / 2 % CLIENTS == client && self.has(account, visit / 2) && is_new
        };
        self.may[account] && (0..2 * PACKAGES).any(shows)
    }
}

/// Visits 0 and 1 are in package 0, and so on; package 0 and 2 are of client 0.
fn first_day(visit: usize) -> i64 {
    let visit = i64::try_from(visit).unwrap();
    18 + visit % 2 * 10 + visit / 4 * 30
}

fn date(day: i64) -> String {
    let begin = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    (begin + chrono::TimeDelta::days(day)).to_string()
}

struct Made<'w> {
    world: &'w World,
    clients: Vec<String>,
    visits: Vec<String>,
}

fn code(world: &World, line: &str) -> String {
    world.ok(&format!("-q {line}")).trim().to_owned()
}

impl Made<'_> {
    fn new(world: &World) -> Made<'_> {
        world.ok("init");
        for provider in PROVIDERS {
            world.ok(&format!("provider create {provider}"));
        }
        for (login, provider, may) in ACCOUNTS {
            let can = if may { " access-contact-details" } else { "" };
            let agency = world.json(&format!("resource show {}", PROVIDERS[provider]))["code"].clone();
            let agency = agency.as_str().unwrap();
            world.ok(&format!(
                "account create {login} --name {login} --level provider-portal --resource {agency} --can respond-packages{can}"
            ));
        }
        let client =
            |number| code(world, &format!("client create --given Given{number} --family Family{number}"));
        let clients: Vec<String> = (0..CLIENTS).map(client).collect();
        let referrals: Vec<String> = clients
            .iter()
            .map(|client| code(world, &format!("referral create --queue 'Home care' --client {client}")))
            .collect();
        let mut visits = Vec::new();
        for visit in 0..2 * PACKAGES {
            let (referral, day) = (&referrals[visit / 2 % CLIENTS], date(first_day(visit)));
            visits.push(code(world, &format!("visit add {referral} --start '{day} 09:00' --duration 30")));
        }
        for package in 0..PACKAGES {
            let (referral, both) =
                (&referrals[package % CLIENTS], visits[2 * package..2 * package + 2].join(" "));
            world.ok(&format!(
                "outsource create {referral} --visit {both} --provider Acme Birch --reference p{package}"
            ));
        }
        Made { world, clients, visits }
    }

    /// Does the step in both, where the model knows that it can be done.
    fn take(&self, model: &mut Model, step: Step) {
        let world = self.world;
        match step {
            Step::Accept { package, provider } => {
                if model.packages[package] == State::Pending && model.active[provider] {
                    let line =
                        format!("package respond p{package} --provider {} --accept", PROVIDERS[provider]);
                    if world.run(&line).status == 0 {
                        model.packages[package] = State::Accepted(provider);
                    }
                }
            }
            Step::Recall { package } => {
                if model.packages[package] != State::Recalled {
                    world.ok(&format!("outsource delete p{package} --yes"));
                    model.packages[package] = State::Recalled;
                }
            }
            Step::Cancel { visit } => {
                world.ok(&format!("visit cancel {}", self.visits[visit]));
                model.visits[visit] = None;
            }
            Step::Move { visit, days } => {
                if let Some(day) = model.visits[visit] {
                    let to = date(day + days);
                    world.ok(&format!("visit edit {} --start '{to} 09:00'", self.visits[visit]));
                    model.visits[visit] = Some(day + days);
                }
            }
            Step::Activate { provider, active } => {
                let verb = if active { "activate" } else { "deactivate" };
                world.ok(&format!("provider {verb} {} --yes", PROVIDERS[provider]));
                model.active[provider] = active;
            }
            Step::Permit { account, may } => {
                let verb = if may { "permit" } else { "forbid" };
                world.ok(&format!("account {verb} {} access-contact-details", ACCOUNTS[account].0));
                model.may[account] = may;
            }
            Step::Days { days } => {
                world.ok(&format!("hub edit --contact-days {days}"));
                model.contact_days = days;
            }
            Step::Later { days } => {
                model.today += days;
                world.at(&format!("{}T12:00:00Z", date(model.today)));
            }
        }
    }

    fn must_show(&self, model: &Model, after: &[Step]) {
        let world = self.world;
        let user = world.user();
        for (account, (login, _, _)) in ACCOUNTS.iter().enumerate() {
            world.as_user(login);
            let listed = world.json("visit list");
            let listed = listed.as_array().unwrap();
            let held = (0..PACKAGES).filter(|package| model.has(account, *package)).count();
            assert_eq!(listed.len(), 2 * held, "{login} after {after:?}");
            for row in listed {
                let visit = self.visits.iter().position(|code| *code == row["code"]).unwrap();
                let sees = model.sees(account, visit / 2 % CLIENTS);
                assert_eq!(!row["client"].is_null(), sees, "{login} {row} after {after:?}");
            }
            let named = world.json("client list");
            let named = named.as_array().unwrap().len();
            let seen = (0..CLIENTS).filter(|client| model.sees(account, *client)).count();
            assert_eq!(named, seen, "{login} after {after:?}");
            for (client, code) in self.clients.iter().enumerate() {
                let answer = world.run(&format!("client show {code}"));
                let sees = model.sees(account, client);
                assert_eq!(answer.status == 0, sees, "{login} {code} after {after:?}: {}", answer.stderr);
            }
        }
        world.as_user(&user);
    }
}

// Rule 1.12.
both_engines!(an_account_sees_whose_its_visits_are_as_long_as_the_rule_says, |world| {
    let cases = if world.engine() == Engine::Sqlite { 6 } else { 2 };
    let config = Config { cases, max_shrink_iters: 20, failure_persistence: None, ..Config::default() };
    let engine = world.engine();
    let steps = prop::collection::vec(step(), 8..16);
    let found = TestRunner::new(config).run(&steps, |steps| {
        let world = World::new(engine);
        let made = Made::new(&world);
        let mut model = Model::new();
        for (number, step) in steps.iter().enumerate() {
            made.take(&mut model, *step);
            made.must_show(&model, &steps[..=number]);
        }
        world.ok("database check");
        Ok(())
    });
    found.unwrap_or_else(|error| panic!("{error}"));
});
