//! Alerts of every kind in one world, by commands and by the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::thread;

use serde_json::Value;

use super::mails::messages;
use super::{alerts_in, asked};
use crate::release::PDF;
use crate::town::verified;
use crate::world::{World, answer};

/// Words that are in no mail of their own accord.
pub struct Words(fastrand::Rng, pub Vec<String>);

impl Words {
    pub fn new() -> Words {
        Words(fastrand::Rng::with_seed(7), Vec::new())
    }

    fn word(&mut self) -> String {
        let letters = ['q', 'x', 'ž', 'ø', 'w', 'y', 'ß', 'k'];
        let word: String = (0..9).map(|_| letters[self.0.usize(..letters.len())]).collect();
        self.1.push(word.clone());
        word
    }

    fn digits(&mut self, count: usize) -> String {
        let digits: String = (0..count).map(|_| char::from(b'1' + self.0.u8(..9))).collect();
        self.1.push(digits.clone());
        digits
    }

    fn known(&mut self, word: String) -> String {
        self.1.push(word.clone());
        word
    }
}

/// Two clients, of whom all is said that can be, and everything that is told of them, sent by `send` after each step.
pub fn told(world: &World, words: &mut Words, send: impl Fn(&World)) {
    asked(world);
    world.sql("UPDATE account SET email = login || '@mail.example'");
    world.ok("account permit acme change-status");
    world.ok("queue add-resource 'Home care' 'Acme Care' 'Birch Homecare'");
    world.ok("sharing setup acme --type forms --level 1 --release on");
    world.ok("sharing link acme birch --type forms");
    world.write("paper.pdf", PDF);
    for is_accepted in [true, false] {
        let (client, referral) = referred(world, words, is_accepted);
        send(world);
        packaged(world, words, &referral, is_accepted, &send);
        as_portal(world, "acme", &format!("referral set-status {referral} Live"));
        send(world);
        world.ok(&format!("referral assign {referral} birch --note {}", words.word()));
        send(world);
        shared(world, words, &client, &send);
    }
    world.at("2026-11-24T10:00:00Z");
    send(world);
}

fn as_portal(world: &World, login: &str, line: &str) -> String {
    let user = world.user();
    world.as_user(login);
    let done = world.ok(line);
    world.as_user(&user);
    done.trim().to_owned()
}

fn made(world: &World, line: &str) -> String {
    world.ok(&format!("{line} -q")).trim().to_owned()
}

/// A client with a referral at Acme Care.
fn referred(world: &World, words: &mut Words, is_first: bool) -> (String, String) {
    let born = words.known(format!("193{}-02-03", u8::from(is_first)));
    let place = words.known(format!("E1 {}QZ", u8::from(is_first)));
    let (given, family, details, note) = (words.word(), words.word(), words.word(), words.word());
    let client = made(
        world,
        &format!(
            "client create --given {given} --family {family} --birth-date {born} --postal-code '{place}' \
             --address '{} Row' --carer-note {} --phone home:{}",
            words.word(),
            words.word(),
            words.digits(8),
        ),
    );
    let contact = made(
        world,
        &format!(
            "contact create --client {client} --phone {} --details {details} --email {family}@home.example",
            words.digits(9)
        ),
    );
    let referral = made(
        world,
        &format!("referral create --queue 'Home care' --contact {contact} --resource acme --note {note}"),
    );
    (client, referral)
}

/// A package to its end, one that is recalled, and one that lapses when its second wave has opened.
fn packaged(world: &World, words: &mut Words, referral: &str, is_accepted: bool, send: &impl Fn(&World)) {
    let reason = words.word();
    let day = if is_accepted { "2026-12-07" } else { "2026-12-14" };
    let visits = made(
        world,
        &format!(
            "visit add {referral} --start '{day} 09:00' --duration 30 --weekly daily --until {}",
            day.replace("07", "09").replace("14", "16")
        ),
    );
    let visits: Vec<&str> = visits.split_whitespace().collect();
    let offer = |visit: &str, words: &mut Words, more: &str| {
        let (reference, note) = (words.word(), words.word());
        world.ok(&format!(
            "outsource create {referral} --visit {visit} --reference {reference} --provider-note {note} {more}"
        ));
        send(world);
        reference
    };
    let package = offer(visits[0], words, "--provider acme birch");
    as_portal(
        world,
        "acme",
        &format!("package respond {package} --provider acme --reject --reason {reason}"),
    );
    if is_accepted {
        as_portal(world, "birch", &format!("package respond {package} --provider birch --accept"));
        send(world);
        world.ok(&format!("visit edit {} --duration 45 --note {}", visits[0], words.word()));
        send(world);
        as_portal(world, "birch", &format!("package hand-back {package} --provider birch --reason {reason}"));
    } else {
        as_portal(world, "birch", &format!("package respond {package} --provider birch --reject"));
    }
    send(world);
    let package = offer(visits[1], words, "--provider acme");
    world.ok(&format!("outsource remind {package}"));
    send(world);
    world.ok(&format!("outsource delete {package} --yes"));
    send(world);
    offer(visits[2], words, "--provider acme --then birch --after 8h --answer-by 24h");
}

/// A request to its end, and a release.
fn shared(world: &World, words: &mut Words, client: &str, send: &impl Fn(&World)) {
    for provider in ["acme", "birch"] {
        world.ok(&format!("client enroll {client} {provider}"));
    }
    for kind in ["services", "forms"] {
        let title = words.word();
        world.ok(&format!(
            "record add {client} --provider acme --type {kind} --date 2026-11-01 --title {title}"
        ));
    }
    let note = words.word();
    let request = as_portal(
        world,
        "birch",
        &format!("sharing request {client} --owner acme --recipient birch --type services --note {note} -q"),
    );
    send(world);
    as_portal(world, "acme", &format!("sharing grant {request} --expires 2026-12-01"));
    send(world);
    let signer = words.word();
    let release = made(
        world,
        &format!(
            "release add {client} --owner acme --type forms --document paper.pdf --signed today --expires 2026-12-01 \
             --purpose {} --signed-by {signer} --recipient birch",
            words.word()
        ),
    );
    send(world);
    world.ok(&format!("release revoke {release} --yes"));
    send(world);
}

/// All kinds that there are, as the schema lists them.
fn kinds(world: &World) -> BTreeSet<String> {
    let schemas: Value = serde_json::from_str(&world.ok("schema alert")).unwrap();
    let text = schemas.to_string();
    let (_, rest) = text.split_once(r#""AlertKind":"#).unwrap();
    let kind = serde_json::Deserializer::from_str(rest).into_iter::<Value>().next().unwrap().unwrap();
    let names = kind["oneOf"].as_array().unwrap().iter();
    names.map(|name| name["const"].as_str().unwrap().to_owned()).collect()
}

/// Alerts of every kind were sent.
pub fn each_kind_was_sent(world: &World) {
    let sent = world.json("alert list --status sent");
    let sent: BTreeSet<String> =
        sent.as_array().unwrap().iter().map(|alert| alert["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(sent, kinds(world));
}

/// Three senders at once.
fn send_at_once(world: &World) {
    let commands: Vec<_> = (0..3).map(|_| world.command("alert send --dir out")).collect();
    let start = |mut command: std::process::Command| {
        thread::spawn(move || answer(command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap()))
    };
    let started: Vec<_> = commands.into_iter().map(start).collect();
    for sender in started {
        let answer = sender.join().unwrap();
        assert_eq!(answer.status, 0, "{answer:?}");
    }
}

// Rule 2.11: each of every kind is told once, however many runs find it at once.
both_engines!(each_kind_is_told_once_by_many_senders, |world| {
    told(world, &mut Words::new(), send_at_once);
    each_kind_was_sent(world);
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for code in messages(world, "out").iter().flat_map(|text| alerts_in(text)) {
        *times.entry(code).or_default() += 1;
    }
    let mut things = BTreeSet::new();
    for alert in world.json("alert list").as_array().unwrap() {
        let sent = usize::from(alert["status"] == "sent");
        assert_eq!(times.get(alert["code"].as_str().unwrap()).copied().unwrap_or(0), sent, "{alert}");
        let of = ["account", "kind", "about", "provider", "resource"].map(|field| alert[field].to_string());
        // What is reminded of was offered before, and what is revoked was added.
        let may_repeat = ["offered", "answer", "recalled"].contains(&alert["kind"].as_str().unwrap());
        assert!(things.insert(of) || may_repeat, "twice: {alert}");
    }
    verified(world);
});
