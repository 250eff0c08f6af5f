//! How all stood at an earlier instant: in random histories, each reading command with `--at` says afterwards to the byte what
//! it said then.

use std::env;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::rules::{Instant, PROVIDERS, QUEUES};
use super::steps::{Step, at, history};
use super::{ACCOUNTS, Town};
use crate::town::sound;
use crate::world::World;

/// What a command said at an instant.
struct Said {
    at: Instant,
    line: String,
    answer: String,
}

// Rules 6.5 and 4.5.
both_engines!(what_was_said_then_is_said_of_then, |world| {
    let engine = world.engine();
    let wanted = env::var("CAREDESK_TEST_HISTORIES");
    // A usual run asks at fewer instants.
    let steps = if wanted.is_ok() { 9 } else { 18 };
    let cases = wanted.map_or(1, |cases| cases.parse().expect("a number"));
    let config = Config { cases, max_shrink_iters: 20, failure_persistence: None, ..Config::default() };
    // People are called as they are now, whatever the instant, and two that are one have one history (rule 5.7).
    let is_of_then = |step: &Step| !matches!(step, Step::Identify { .. });
    let history = history().prop_map(move |steps| steps.into_iter().filter(is_of_then).collect::<Vec<_>>());
    let found = TestRunner::new(config).run(&history, |history| {
        let world = World::new(engine);
        let mut town = Town::new(&world);
        let mut said = town.say();
        for (number, step) in history.iter().enumerate() {
            town.take(step);
            if number % steps == 4 {
                said.extend(town.say());
            }
        }
        let now = world.now();
        for Said { at: then, line, answer } in said {
            at(&world, now);
            let again = world.run(&format!("{line} --at {}", then.to_rfc3339()));
            let again = format!("{}{}", again.stdout, again.stderr);
            assert_eq!(again, answer, "$ caredesk {line} --at {}, at {now}", then.to_rfc3339());
        }
        sound(&world);
        Ok(())
    });
    found.unwrap_or_else(|error| panic!("{error}"));
});

impl Town<'_> {
    /// Each reading command, and what it says now.
    fn say(&self) -> Vec<Said> {
        let now = self.world.now();
        let answers = self.lines().into_iter().map(|line| {
            at(self.world, now);
            let answer = self.world.run(&line);
            Said { at: now, line, answer: format!("{}{}", answer.stdout, answer.stderr) }
        });
        let said = answers.collect();
        at(self.world, now + chrono::TimeDelta::seconds(1));
        said
    }

    fn lines(&self) -> Vec<String> {
        let facts = &self.facts;
        let mut lines: Vec<String> = [
            "package list",
            "package list -o json",
            "package list --overdue",
            "offer list -o json",
            "referral list -o json",
            "visit list -o json",
            "visit list --uncovered",
            "capacity list --all -o json",
            "account list -o json",
            "sharing list -o json",
            "sharing links -o json",
            "sharing settings -o json",
            "release list -o json",
            "client enrolments -o json",
            "contract list -o json",
            "queue list --all -o json",
            "resource list --all -o json",
            "provider list -o json",
            "report hub -o json",
            "report packages --by queue -o json",
            "report providers -o json",
            "report referrals --all -o json",
            "report capacity -o json",
            "report sharing -o json",
        ]
        .map(str::to_owned)
        .into();
        let showing = |verb: &str, codes: &[&str]| -> Vec<String> {
            codes.iter().map(|code| format!("{verb} {code} -o json")).collect()
        };
        let codes = |all: Vec<&String>| -> Vec<String> { all.into_iter().cloned().collect() };
        let packages = codes(facts.packages.iter().map(|one| &one.code).collect());
        let referrals = codes(facts.referrals.iter().map(|one| &one.code).chain(&facts.care).collect());
        for (verbs, codes) in [
            (&["package show", "package history"][..], &packages),
            (&["referral show", "referral history", "schedule show"], &referrals),
            (&["sharing show"], &codes(facts.requests.iter().map(|one| &one.code).collect())),
            (&["release show"], &codes(facts.releases.iter().map(|one| &one.code).collect())),
            (&["sharing who", "client history"], &facts.clients),
            (&["account show"], &ACCOUNTS.map(|(login, ..)| login.to_owned()).into()),
            (&["capacity show"], &facts.resources),
            (&["resource show"], &facts.resources[..2].to_vec()),
            (&["visit list --provider", "provider show"], &PROVIDERS.map(str::to_owned).into()),
            (&["queue show"], &QUEUES.map(str::to_owned).into()),
            (&["record list"], &facts.clients[..2].to_vec()),
        ] {
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            lines.extend(verbs.iter().flat_map(|verb| showing(verb, &codes)));
        }
        for (login, ..) in ACCOUNTS {
            lines.extend(
                packages.iter().take(2).map(|code| format!("account explain {login} --package {code}")),
            );
            lines.extend(
                referrals.iter().take(2).map(|code| format!("account explain {login} --referral {code}")),
            );
        }
        // What a provider sees of others is registered, and so read last: the clock goes on with it.
        let seen = |client: &String| {
            PROVIDERS.map(|provider| format!("record list {client} --viewer {provider} -o json"))
        };
        lines.extend(facts.clients.iter().take(1).flat_map(seen));
        lines
    }
}
