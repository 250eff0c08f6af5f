//! Many at once: separate processes that are let go together.

use std::process::{Command, Stdio};
use std::sync::{Arc, Barrier};
use std::thread;

use serde_json::Value;

use crate::promises::State;
use crate::town::{key, portal, settle, verified};
use crate::world::{Answer, World, answer};

const RACERS: usize = 64;

// Sixty-four providers accept one package: one has it, and sixty-three are told that they were late. First staff answer
// for them, then they do so themselves, in a package that was sent again.
both_engines!(the_first_of_sixty_four_wins, |world| {
    settle(world);
    crowd(world);
    let names: Vec<String> = (0..RACERS).map(|number| format!("'Racer {number}'")).collect();
    world.ok(&format!(
        "outsource create REF-00000A --all-visits --provider {} --reference race",
        names.join(" ")
    ));
    for round in 0..3 {
        let commands = (0..RACERS).map(|number| {
            world.as_user(if round == 1 { "admin".to_owned() } else { format!("racer{number}") }.as_str());
            world.command(&format!("package respond race --provider 'Racer {number}' --accept -o json"))
        });
        let answers = at_once(commands.collect());
        world.as_user("admin");
        one_wins(world, &answers);
        if round < 2 {
            world.ok("outsource resend race --yes");
        }
    }
});

fn one_wins(world: &World, answers: &[Answer]) {
    let (won, late): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 0);
    assert_eq!(won.len(), 1, "{won:?}");
    for Answer { stdout, stderr, status } in late {
        let fault: Value = serde_json::from_str(stderr.trim_end()).unwrap_or_else(|_| panic!("{stderr}"));
        assert_eq!(
            (*status, stdout.as_str(), fault["error"]["code"].as_str()),
            (4, "", Some("package.already_accepted")),
            "{fault}"
        );
    }
    let package = world.json("package show race");
    assert_eq!(package["status"], "accepted");
    let offers = package["offers"].as_array().unwrap();
    let count = |status: &str| offers.iter().filter(|offer| offer["status"] == status).count();
    assert_eq!((count("accepted"), count("closed")), (1, RACERS - 1), "{offers:?}");
    let answered = offers.iter().filter(|offer| !offer["responded_at"].is_null()).count();
    assert_eq!(answered, 1);
    let code = package["code"].as_str().unwrap();
    let entries = world.json(&format!("audit list --on {code}"));
    let responses =
        entries.as_array().unwrap().iter().filter(|entry| entry["action"] == "package.respond").count();
    assert_eq!(responses, 1);
    verified(world);
}

// Rule 2.12: one that is deactivated while it accepts has accepted before, or not at all.
both_engines!(nobody_accepts_for_an_inactive_provider, |world| {
    settle(world);
    for round in 0..6 {
        let reference = format!("last{round}");
        world.ok(&format!(
            "outsource create REF-00000A --all-visits --provider acme birch --reference {reference}"
        ));
        let answer = format!("package respond {reference} --provider acme --accept -o json");
        let commands = ["admin", "acme", "both"].map(|login| {
            world.as_user(login);
            world.command(&answer)
        });
        world.as_user("admin");
        let deactivate = world.command("provider deactivate acme --yes -o json");
        let answers = at_once(commands.into_iter().chain([deactivate]).collect());
        assert_eq!(answers.last().unwrap().status, 0, "{answers:?}");
        let winners = answers[..3].iter().filter(|answer| answer.status == 0).count();
        let package = world.json(&format!("package show {reference}"));
        assert_eq!(winners > 0, package["status"] == "accepted", "{answers:?}\n{package:#}");
        let actions = world.json("audit list --limit 2");
        let actions: Vec<&str> =
            actions.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
        assert_ne!(actions[0], "package.respond", "the deactivation came first: {answers:?}");
        world.ok("provider activate acme");
        world.ok(&format!("outsource delete {reference} --yes"));
        verified(world);
    }
});

// Sixteen processes at a time pull at the same packages from all sides (rule 4.2).
both_engines!(many_hands_break_no_promise, |world| {
    settle(world);
    let mut frozen = std::collections::BTreeMap::new();
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..6 {
        for (referral, package) in [("A", "p0"), ("B", "p1")] {
            world.run(&format!("outsource create REF-00000{referral} --all-visits --provider acme birch --reference {package}"));
        }
        let commands = (0..16).map(|_| {
            let package = ["p0", "p1"][random.usize(..2)];
            let provider = ["acme", "birch", "cedar"][random.usize(..3)];
            let line = match random.u8(..8) {
                0 | 1 => format!("outsource add-provider {package} {provider}"),
                2 => format!("outsource remove-provider {package} {provider}"),
                3 => format!("outsource resend {package} --yes"),
                4 if random.bool() => format!("outsource delete {package} --yes"),
                5 => format!("package respond {package} --provider {provider} --accept"),
                6 => "visit edit VIS-000001 --duration ".to_owned() + ["15", "20", "25"][random.usize(..3)],
                _ => format!("package respond {package} --provider {provider} --reject"),
            };
            world.command(&format!("{line} -o json"))
        });
        for answer in at_once(commands.collect()) {
            assert!([0, 3, 4].contains(&answer.status), "{answer:?}");
        }
        State::read(world).must_hold(&mut frozen, world.now());
        verified(world);
    }
});

/// Commands of one package, each with the second at which it runs.
fn racing(world: &World, package: &str, lines: &[(&str, &str)]) -> Vec<Answer> {
    let commands = lines.iter().map(|(at, line)| {
        world.at(&format!("2026-11-22T{at}Z"));
        world.command(&format!("{} -o json", line.replace("PKG", package)))
    });
    at_once(commands.collect())
}

// Rules 1.5, 1.13 and 4.8: an acceptance, the end of its time and the opening of the next wave, by machines whose clocks differ: one has
// the package, or it is rejected, and no offer is answered when it could not be.
both_engines!(acceptances_race_with_the_clock, |world| {
    settle(world);
    let mut frozen = std::collections::BTreeMap::new();
    let (mut won, mut waves) = (std::collections::BTreeSet::new(), 0);
    for round in 0..6 {
        world.at("2026-11-22T10:00:00Z");
        let package = format!("p{round}");
        let times = if round % 2 == 0 { "birch --answer-by 4h" } else { "--then birch --after 4h" };
        world.clear();
        settle(world);
        world.ok(&format!(
            "outsource create REF-00000A --all-visits --provider acme {times} --reference {package}"
        ));
        let accept = |provider: &str| format!("package respond PKG --provider {provider} --accept");
        let (acme, birch) = (accept("acme"), accept("birch"));
        let early = [("13:59:59", acme.as_str()), ("13:59:59", birch.as_str())];
        let late = [
            ("14:00:01", acme.as_str()),
            ("14:00:01", birch.as_str()),
            ("14:00:01", "visit edit VIS-000006 --duration 20"),
        ];
        let lines: Vec<(&str, &str)> = early.iter().chain(&late).copied().cycle().take(20).collect();
        let answers = racing(world, &package, &lines);
        assert!(answers.iter().all(|answer| [0, 4].contains(&answer.status)), "{answers:?}");
        world.at("2026-11-22T14:00:05Z");
        let state = State::read(world);
        state.must_hold(&mut frozen, world.now());
        frozen.clear();
        let shown = world.json(&format!("package show {package}"));
        let accepted = shown["accepted_by_name"].as_str().unwrap_or("none").to_owned();
        waves += usize::from(round % 2 == 1 && accepted == "none");
        won.insert(accepted);
        verified(world);
    }
    assert_eq!(waves, 0, "where an offer has no end, one of those who accept has it: {won:?}");
});

// Rules 1.14 and 4.2: one hand-back counts, and nothing that was tried beside it brings the package to another.
both_engines!(a_package_is_handed_back_once, |world| {
    settle(world);
    let mut frozen = std::collections::BTreeMap::new();
    for round in 0..3 {
        let package = format!("p{round}");
        world.ok(&format!(
            "outsource create REF-00000A --all-visits --provider acme birch --reference {package}"
        ));
        let (accept, back) = (
            "package respond PKG --provider acme --accept",
            "package hand-back PKG --provider acme --reason ill",
        );
        let other = "package respond PKG --provider birch --accept";
        let lines: Vec<(&str, &str)> =
            [accept, back, other, back].map(|line| ("10:30:00", line)).into_iter().cycle().take(24).collect();
        let answers = racing(world, &package, &lines);
        assert!(answers.iter().all(|answer| [0, 4].contains(&answer.status)), "{answers:?}");
        State::read(world).must_hold(&mut frozen, world.now());
        let code = world.json(&format!("package show {package}"))["code"].clone();
        let entries = world.json(&format!("audit list --on {}", code.as_str().unwrap()));
        let count = |action: &str| {
            entries.as_array().unwrap().iter().filter(|entry| entry["action"] == action).count()
        };
        assert_eq!(count("package.respond"), 1, "{entries}");
        assert!(count("package.hand-back") <= 1, "{entries}");
        world.ok(&format!("outsource delete {package} --yes"));
        verified(world);
    }
});

/// Starts them all as near together as a barrier of threads can, and waits for them.
pub fn at_once(commands: Vec<Command>) -> Vec<Answer> {
    let barrier = Arc::new(Barrier::new(commands.len()));
    let start = |mut command: Command| {
        let barrier = Arc::clone(&barrier);
        thread::spawn(move || {
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            barrier.wait();
            answer(command.output().expect("the program starts"))
        })
    };
    let threads: Vec<_> = commands.into_iter().map(start).collect();
    threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
}

/// As many providers as there are racers, each with a portal account.
fn crowd(world: &World) {
    let mut text = String::new();
    for number in 0..RACERS {
        let (id, resource) = (key(world, 1_000 + number as u128), key(world, 2_000 + number as u128));
        text += &format!(
            "INSERT INTO provider (id, code, name, name_key, active)
            VALUES ({id}, 'PRV-RACE{number:02}', 'Racer {number}', 'racer {number}', TRUE);
            INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
            VALUES ({resource}, 'RES-RACE{number:02}', {id}, 'agency', 'Racer {number}', 'racer {number}', 'active');"
        );
        text += &portal(
            &key(world, 3_000 + number as u128),
            &format!("racer{number}"),
            &[&format!("Racer {number}")],
            true,
        );
    }
    world.sql(&text);
}
