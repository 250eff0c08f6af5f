//! Letters, twice: by the program, and by a plain model of rules 3.5, 3.6 and 3.11. Requests, cancellations, answers and
//! enrolments at random, and days that go by; after each step all sides see what the model says.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::{open, share};
use crate::town::sound;
use crate::world::{Engine, World};

const CLIENTS: [&str; 2] = ["CLI-00000A", "CLI-00000B"];
const WAITS: u64 = 30;

#[derive(Clone, Debug)]
enum Step {
    Ask(usize),
    /// The newest but so many.
    Cancel(usize),
    Answer(usize, &'static str),
    Enroll(usize, bool),
    Days(u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Pending,
    Granted,
    Denied,
    Revoked,
    Cancelled,
}

#[derive(Clone, Debug)]
struct Letter {
    code: String,
    client: usize,
    label: Label,
    /// The last day on which it can be answered, or counts.
    last: NaiveDate,
    has_arrived: bool,
}

struct Model {
    today: NaiveDate,
    /// At the owner.
    active: [bool; 2],
    letters: Vec<Letter>,
}

both_engines!(all_sides_see_of_letters_what_the_rules_say, |world| {
    let cases = if world.engine() == Engine::Sqlite { 4 } else { 1 };
    let config = Config { cases, max_shrink_time: 15_000, failure_persistence: None, ..Config::default() };
    let engine = world.engine();
    let told = TestRunner::new(config).run(&prop::collection::vec(step(), 25), |steps| {
        let world = World::new(engine);
        play(&world, &steps);
        world.as_user("admin");
        sound(&world);
        Ok(())
    });
    told.unwrap_or_else(|fault| panic!("{fault}"));
});

fn step() -> impl Strategy<Value = Step> {
    let answers = vec!["grant", "grant", "deny", "pending", "revoke"];
    prop_oneof![
        4 => (0..2_usize).prop_map(Step::Ask),
        2 => (0..3_usize).prop_map(Step::Cancel),
        4 => (0..3_usize, select(answers)).prop_map(|(number, verb)| Step::Answer(number, verb)),
        3 => (0..2_usize, any::<bool>()).prop_map(|(client, active)| Step::Enroll(client, active)),
        3 => select(vec![1, 5, 29, 30, 31]).prop_map(Step::Days),
    ]
}

fn play(world: &World, steps: &[Step]) {
    share(world);
    open(world);
    world.ok("sharing setup acme --type services --level 1");
    world.ok("client enroll CLI-00000B birch --date 2026-01-01");
    let mut model =
        Model { today: "2026-11-22".parse().unwrap(), active: [true, false], letters: Vec::new() };
    for step in steps {
        model.take(world, step);
        for (login, is_owner) in [("birch", false), ("acme", true), ("admin", false)] {
            world.as_user(login);
            assert_eq!(listed(world), model.shown(is_owner), "{login} after {step:?} on {}", model.today);
        }
    }
}

fn listed(world: &World) -> Vec<(String, String)> {
    let text = |request: &Value, key: &str| request[key].as_str().unwrap().to_owned();
    let listed = world.json("sharing list");
    listed.as_array().unwrap().iter().map(|one| (text(one, "code"), text(one, "status"))).collect()
}

impl Model {
    fn shown(&self, is_owner: bool) -> Vec<(String, String)> {
        let letters = self.letters.iter().rev().filter(|letter| letter.has_arrived || !is_owner);
        letters.map(|letter| (letter.code.clone(), self.status(letter).to_owned())).collect()
    }

    fn status(&self, letter: &Letter) -> &'static str {
        match letter.label {
            Label::Pending if letter.last < self.today => "unanswered",
            Label::Pending => "pending",
            Label::Granted if letter.last < self.today => "expired",
            Label::Granted => "granted",
            Label::Denied => "denied",
            Label::Revoked => "revoked",
            Label::Cancelled => "cancelled",
        }
    }

    fn is_open(&self, letter: &Letter) -> bool {
        ["pending", "granted"].contains(&self.status(letter))
    }

    fn later(&self, days: u64) -> NaiveDate {
        self.today.checked_add_days(Days::new(days)).unwrap()
    }

    /// The newest but so many; none if there are not as many.
    fn nth(&self, number: usize) -> Option<usize> {
        self.letters.len().checked_sub(number + 1)
    }

    fn take(&mut self, world: &World, step: &Step) {
        match step {
            Step::Ask(client) => self.ask(world, *client),
            Step::Cancel(number) => self.cancel(world, *number),
            Step::Answer(number, verb) => self.answer(world, *number, verb),
            Step::Enroll(client, active) => self.enroll(world, *client, *active),
            Step::Days(days) => {
                self.today = self.later(*days);
                world.at(&format!("{}T00:00:00Z", self.today));
            }
        }
    }

    fn ask(&mut self, world: &World, client: usize) {
        let is_free = !self.letters.iter().any(|letter| letter.client == client && self.is_open(letter));
        world.as_user("birch");
        let line =
            format!("sharing request {} --owner acme --recipient birch --type services", CLIENTS[client]);
        let answer = world.run_json(&line);
        assert_eq!(answer.status, if is_free { 0 } else { 4 }, "{line}: {}", answer.stderr);
        if is_free {
            let made: Value = serde_json::from_str(&answer.stdout).unwrap();
            let (code, last) = (made["code"].as_str().unwrap().to_owned(), self.later(WAITS));
            let has_arrived = self.active[client];
            self.letters.push(Letter { code, client, label: Label::Pending, last, has_arrived });
        }
    }

    fn cancel(&mut self, world: &World, number: usize) {
        let Some(place) = self.nth(number) else { return };
        let status = self.status(&self.letters[place]);
        world.as_user("birch");
        let answer = world.run(&format!("sharing cancel {}", self.letters[place].code));
        let expected = if ["pending", "cancelled"].contains(&status) { 0 } else { 4 };
        assert_eq!(answer.status, expected, "a {status} one: {}", answer.stderr);
        if status == "pending" {
            self.letters[place].label = Label::Cancelled;
        }
    }

    fn answer(&mut self, world: &World, number: usize, verb: &str) {
        let Some(place) = self.nth(number) else { return };
        let letter = self.letters[place].clone();
        let status = self.status(&letter);
        let is_alone = !self
            .letters
            .iter()
            .enumerate()
            .any(|(other, one)| other != place && one.client == letter.client && self.is_open(one));
        let wanted = match (status, verb) {
            ("denied", "grant") if is_alone => Some((Label::Granted, 5)),
            ("pending" | "granted", "grant") => Some((Label::Granted, 5)),
            ("pending", "deny") => Some((Label::Denied, 0)),
            ("granted", "pending") => Some((Label::Pending, WAITS)),
            ("denied", "pending") if is_alone => Some((Label::Pending, WAITS)),
            ("granted", "revoke") => Some((Label::Revoked, 0)),
            _ => None,
        };
        let is_so =
            [("pending", "pending"), ("denied", "deny"), ("revoked", "revoke")].contains(&(status, verb));
        let expected = match wanted {
            _ if !letter.has_arrived => 3,
            None if !is_so => 4,
            _ => 0,
        };
        world.as_user("acme");
        let dates = if verb == "grant" { format!(" --expires {}", self.later(5)) } else { String::new() };
        let answer = world.run(&format!("sharing {verb} {}{dates}", letter.code));
        assert_eq!(answer.status, expected, "{verb} of a {status} one: {}", answer.stderr);
        if let Some((label, days)) = wanted.filter(|_| letter.has_arrived) {
            let last = self.later(days);
            self.letters[place] = Letter { label, last, ..letter };
        }
    }

    fn enroll(&mut self, world: &World, client: usize, active: bool) {
        world.as_user("admin");
        let status = if active { "active" } else { "inactive" };
        world.ok(&format!("client enroll {} acme --status {status}", CLIENTS[client]));
        self.active[client] = active;
        let today = self.today;
        for letter in self.letters.iter_mut().filter(|letter| active && letter.client == client) {
            letter.has_arrived |= letter.label == Label::Pending && today <= letter.last;
        }
    }
}
