//! Random facts and a random withdrawal: afterwards nothing that fits is seen by others on the ground of consent.

use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::model::{CLIENTS, PROVIDERS, Record, TYPES, asked, facts, people, written};
use crate::world::Engine;

/// What is withdrawn: of which client, and of which owner, recipient and type.
#[derive(Clone, Debug)]
struct Withdrawn {
    client: u8,
    owner: Option<u8>,
    recipient: Option<u8>,
    kind: Option<usize>,
}

// Rule 3.15.
both_engines!(what_is_withdrawn_is_seen_by_its_owner_alone, |world| {
    world.ok("init");
    world.sql(&people(world));
    // One withdrawal in thirteen ends something: of so many, some surely do.
    let cases = if world.engine() == Engine::Sqlite { 240 } else { 12 };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let ended = std::cell::Cell::new(0);
    let outcome = TestRunner::new(config).run(&(facts(), withdrawn()), |(facts, withdrawn)| {
        let facts = facts.without_last_days();
        world.sql(&written(world, &facts));
        world.at("2026-11-25T12:00:00Z");
        let before = asked(world, 14, 15);
        world.ok(&withdrawn.command());
        let after = asked(world, 16, 15);
        for (number, recipient, basis) in &after {
            let record = &facts.records[*number];
            let is_meant = withdrawn.is_of(record) && withdrawn.is_to(*recipient);
            prop_assert!(
                *basis == "automatic" || !is_meant,
                "record {number} is seen by {recipient}: {basis}"
            );
        }
        prop_assert!(after.is_subset(&before), "a withdrawal opens nothing");
        for (number, recipient, basis) in before.difference(&after) {
            ended.set(ended.get() + 1);
            // A release for all ends for all.
            let is_meant = withdrawn.is_to(*recipient) || *basis == "release";
            prop_assert!(
                withdrawn.is_of(&facts.records[*number]) && is_meant,
                "{number} {recipient} {basis}"
            );
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(world.engine() == Engine::Postgres || ended.get() > 0, "nothing was withdrawn");
});

fn withdrawn() -> impl Strategy<Value = Withdrawn> {
    let side = || option::weighted(0.15, 0..PROVIDERS);
    let kind = option::weighted(0.15, 0..TYPES.len());
    (0..CLIENTS, side(), side(), kind).prop_map(|(client, owner, recipient, kind)| Withdrawn {
        client,
        owner,
        recipient,
        kind,
    })
}

impl Withdrawn {
    fn command(&self) -> String {
        let mut command = format!("sharing withdraw CLI-00000{} --reason moved --yes", self.client);
        for (option, side) in [("owner", self.owner), ("recipient", self.recipient)] {
            command += &side.map_or(String::new(), |number| format!(" --{option} PRV-00000{number}"));
        }
        command + &self.kind.map_or(String::new(), |kind| format!(" --type {}", TYPES[kind]))
    }

    fn is_of(&self, record: &Record) -> bool {
        record.client == self.client
            && self.owner.is_none_or(|owner| owner == record.provider)
            && self.kind.is_none_or(|kind| kind == record.kind)
    }

    fn is_to(&self, provider: u8) -> bool {
        self.recipient.is_none_or(|recipient| recipient == provider)
    }
}
