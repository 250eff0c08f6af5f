//! What a portal account sees: in random histories, at random instants, every reading command shows each account exactly what a
//! plain model of the rules says, and what is hidden answers as what does not exist.
//!
//! A few histories are played; `just histories` plays as many as one likes.

mod agreements;
mod deeds;
mod looks;
mod past;
mod rules;
mod steps;

use std::env;

use proptest::test_runner::{Config, TestRunner};

use self::rules::{
    Account, CLIENTS, CONTACT_DAYS, CONTACTS, Contact, Facts, LINKS, PROVIDERS, QUEUES, RECORDS, REFERRALS,
    REQUEST_DAYS, RESOURCES, Record, Referral, VISITS, Visit, contact_name, later,
};
use self::steps::Step;
use crate::release::PDF;
use crate::town::sound;
use crate::world::World;

// Rules 1.6, 1.7, 1.11 to 1.15, 2.2, 2.5 to 2.7, 2.12, 2.14, 3.2, 3.4 to 3.8, 3.11, 3.12, 3.15 and 3.16.
both_engines!(an_account_sees_what_the_rules_say, |world| {
    let engine = world.engine();
    let cases = env::var("CAREDESK_TEST_HISTORIES").map_or(1, |cases| cases.parse().expect("a number"));
    let config = Config { cases, max_shrink_iters: 20, failure_persistence: None, ..Config::default() };
    let histories = (0..6_usize, steps::history());
    let found = TestRunner::new(config).run(&histories, |(first, history)| {
        let world = World::new(engine);
        let mut town = Town::new(&world);
        let mut looks = first..;
        for (number, step) in history.iter().enumerate() {
            town.take(step);
            if number % 4 == 3 || matches!(step, Step::Edge { .. }) {
                town.look(looks.next().unwrap());
            }
        }
        sound(&world);
        Ok(())
    });
    found.unwrap_or_else(|error| panic!("{error}"));
});

/// The world, and what is known of it.
struct Town<'w> {
    world: &'w World,
    facts: Facts,
}

fn code(world: &World, line: &str) -> String {
    world.ok(&format!("-q {line}")).trim().to_owned()
}

/// Login, resources, and whether it sees details and answers sharing at first.
const ACCOUNTS: [(&str, &[usize], bool, bool); 6] = [
    ("ann", &[0], true, true),
    ("abe", &[0], false, false),
    ("bea", &[2], true, true),
    ("duo", &[0, 2], true, true),
    ("kit", &[1, 5], true, false),
    ("cy", &[4, 1], false, true),
];

/// Who may answer packages. One of them has no other permission at first.
const RESPONDING: [&str; 3] = ["ann", "abe", "duo"];

impl Town<'_> {
    fn new(world: &World) -> Town<'_> {
        world.ok("init");
        world.ok(&format!("hub edit --contact-days {CONTACT_DAYS} --request-days {REQUEST_DAYS}"));
        world.write("paper.pdf", PDF);
        let resources = resources(world);
        accounts(world, &resources);
        let clients: Vec<String> = (0..CLIENTS).map(|client| new_client(world, client)).collect();
        let referrals = referrals(world, &resources);
        let care: Vec<String> = clients
            .iter()
            .map(|client| code(world, &format!("referral create --queue 'Home care' --client {client}")))
            .collect();
        let capacity =
            [0, 1, 2, 5].map(|one: usize| (one, code(world, &format!("capacity set {} 3", resources[one]))));
        let facts = Facts {
            accounts: ACCOUNTS
                .map(|(login, resources, sees_details, answers_sharing)| Account {
                    login,
                    resources,
                    sees_details,
                    answers_sharing,
                    is_enabled: true,
                })
                .into(),
            contact_days: CONTACT_DAYS,
            active: [true; 3],
            queues: [true; 2],
            linked: [[true, true, true, false, true, true], [false, false, true, true, true, false]],
            resources,
            capacity: capacity.into(),
            referrals,
            contacts: (0..CONTACTS)
                .map(|number| match number {
                    0 => Contact { name: contact_name(0), person: contact_name(0) },
                    _ => Contact::default(),
                })
                .collect(),
            visits: visits(world, &care),
            packages: Vec::new(),
            enrolled: [[true, true, false], [false, true, true], [false; 3]],
            links: [true; LINKS.len()],
            records: sharing(world, &clients),
            requests: Vec::new(),
            releases: Vec::new(),
            clients,
            care,
        };
        Town { world, facts }
    }
}

fn resources(world: &World) -> Vec<String> {
    for provider in PROVIDERS {
        world.ok(&format!("provider create {provider}"));
        world.ok(&format!("provider add-resource {provider} '{provider} kitchen'"));
    }
    let code = |name| world.json(&format!("resource show '{name}'"))["code"].as_str().unwrap().to_owned();
    RESOURCES.map(code).into()
}

fn accounts(world: &World, resources: &[String]) {
    for (login, held, sees_details, answers_sharing) in ACCOUNTS {
        let held: String = held.iter().flat_map(|resource| [" --resource ", &resources[*resource]]).collect();
        let can = [
            (sees_details, "access-contact-details"),
            (answers_sharing, "answer-sharing"),
            (RESPONDING.contains(&login), "respond-packages"),
        ];
        let can: String =
            can.iter().filter(|(can, _)| *can).flat_map(|(_, name)| [" --can ", name]).collect();
        world.ok(&format!("account create {login} --name {login} --level provider-portal{held}{can}"));
    }
}

fn new_client(world: &World, client: usize) -> String {
    code(
        world,
        &format!(
            "client create --given Cara{client} --family Client{client} --birth-date 1940-01-0{} --address 'Street {client}' \
             --postal-code 'QX{client} 1AA' --phone '555 00{client}' --carer-note key{client}",
            client + 1
        ),
    )
}

/// The queues with what they are linked to, contacts, and referrals.
fn referrals(world: &World, resources: &[String]) -> Vec<Referral> {
    let linked: [&[usize]; 2] = [&[0, 1, 2, 4, 5], &[2, 3, 4]];
    for (queue, linked) in QUEUES.iter().zip(linked) {
        world.ok(&format!("queue create {queue} --status New --status Live --status Done:closed"));
        let linked: Vec<&str> = linked.iter().map(|resource| resources[*resource].as_str()).collect();
        world.ok(&format!("queue add-resource {queue} {}", linked.join(" ")));
    }
    for number in 0..CONTACTS {
        let name = if number == 0 { "--given Given0 --family Family0" } else { "--anonymous" };
        world.ok(&format!("contact create {name} --number N-{number} --details Secret{number}"));
    }
    let refer = |(queue, whose): (usize, usize)| {
        let whose = match whose {
            ..CONTACTS => format!("--contact N-{whose}"),
            _ => format!("--client Cara{}", whose - CONTACTS),
        };
        let code = code(world, &format!("referral create --queue {} {whose}", QUEUES[queue]));
        Referral { code, resource: None, is_open: true }
    };
    let mut referrals = REFERRALS.map(refer);
    for (referral, resource) in referrals.iter_mut().zip([1, 0, 2, 4]) {
        world.ok(&format!("referral assign {} {}", referral.code, resources[resource]));
        referral.resource = Some(resource);
    }
    referrals.into()
}

/// Of the first visit of the first client.
const FIRST_DAY: &str = "2026-11-25";

fn visits(world: &World, care: &[String]) -> Vec<Visit> {
    let mut visits = Vec::new();
    for (client, referral) in care.iter().enumerate() {
        for visit in 0..VISITS {
            let start = later(FIRST_DAY.parse().unwrap(), (client + 7 * visit) as u64).to_string();
            let code = code(world, &format!("visit add {referral} --start '{start} 09:00' --duration 30"));
            let start = format!("{start}T09:00:00Z").parse().unwrap();
            visits.push(Visit { code, start, minutes: 30, is_cancelled: false });
        }
    }
    visits
}

/// The settings and links of sharing, and the records.
fn sharing(world: &World, clients: &[String]) -> Vec<Record> {
    for setup in [
        "acme --type services --level 1 --client-by-client on",
        "birch --type forms --level 1 --client-by-client off",
        "acme --type clinical --level 1 --release on",
    ] {
        world.ok(&format!("sharing setup {setup}"));
    }
    for (owner, recipient, kind, _) in LINKS {
        world.ok(&format!("sharing link {} {} --type {kind}", PROVIDERS[owner], PROVIDERS[recipient]));
    }
    for (client, provider) in [(0, "acme"), (0, "birch"), (1, "birch"), (1, "cedar")] {
        world.ok(&format!("client enroll {} {provider}", clients[client]));
    }
    let record = |(client, provider, kind): (usize, usize, &'static str)| {
        let code = code(
            world,
            &format!(
                "record add {} --provider {} --type {kind} --date 2026-11-20 --title Note",
                clients[client], PROVIDERS[provider]
            ),
        );
        Record { code, client, provider, kind, is_never_shared: false }
    };
    RECORDS.map(record).into()
}
