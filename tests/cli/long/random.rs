//! Random histories of all commands, by the hundred thousand (rules 1.2, 1.5 to 1.7, 2.6, 2.12, 4.1, 4.2, 7.11 and 7.87): staff and portal
//! accounts take turns at the lines of `torture/load/mix.txt`, mostly many in one process, while time goes on. What was acknowledged is
//! recorded once and nothing else is, every promise and every check holds, and portal accounts see what they are to see.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use fastrand::Rng;
use serde_json::Value;

use super::shrink::shrunk;
use super::{Round, Tally, part, rounds};
use crate::commands::leaf;
use crate::promises::{State, must_be_shown, referrals_must_be_shown};
use crate::release::PDF;
use crate::torture::load::ledger::{Told, changes, must_agree};
use crate::torture::load::mix::{Asked, Line, Sort, Things, lines};
use crate::torture::load::{must_be_known, must_be_sound};
use crate::world::{World, written};

// Rules 1.2, 1.5 to 1.7, 2.6, 2.12, 4.1, 4.2, 7.11, 7.87.
both_engines!(whatever_is_done_every_promise_holds, |world| {
    rounds("commands", world, history);
});

/// The portal accounts, with the providers that they speak for.
const PORTALS: [(&str, &[&str]); 3] = [("p1", &["One"]), ("p2", &["Two"]), ("p34", &["Three", "Four"])];
const STAFF: &str = "s00";

/// A line with those of its step, in which codes stand as what made them.
#[derive(Clone, Debug)]
struct Item {
    step: usize,
    place: usize,
    login: String,
    line: String,
    input: Option<String>,
    how: How,
    /// How many minutes pass before its step.
    minutes: i64,
    key: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Alone,
    Together,
    EachByItself,
}

fn settle(world: &World) {
    world.ok("init");
    world.write("paper.pdf", PDF);
    world.write("password.txt", "correct horse battery\n");
    let mut text = String::new();
    for name in ["One", "Two", "Three", "Four", "Scarce"] {
        text += &format!("provider create {name}\n");
    }
    text += "queue create Shared --status One --status Two --status Three --status Done:closed\n\
             queue add-resource Shared One Two Three Four Scarce\n\
             queue add-resource 'Home care' One Two Three Four\n\
             capacity set Scarce 3\n\
             client create --given Turn --family Turn\n\
             referral create --queue Shared --client Turn\n\
             account create s00 --name Staff --level admin\n";
    let can = "respond-packages edit-capacity change-status answer-sharing";
    for (login, resources) in PORTALS {
        let resources = resources.join(" ");
        text += &format!(
            "account create {login} --name {login} --level provider-portal --resource {resources} --can {can}\n"
        );
    }
    let done = world.run_with_input("batch -", text.as_bytes());
    assert_eq!(done.status, 0, "{done:?}");
    world.ok("database backup backup.zip");
}

/// The world of a history, and what is known of it.
struct Play {
    world: World,
    things: Things,
    told: Vec<Told>,
    /// What made each code, and the codes that things made have here.
    origins: BTreeMap<String, String>,
    codes: BTreeMap<String, String>,
    frozen: BTreeMap<String, Vec<Vec<String>>>,
}

impl Play {
    fn new(round: &Round) -> Self {
        let world = World::new(round.engine);
        world.begin(settle);
        world.seed(round.number << 24);
        let codes = ["provider list -q", "resource list -q", "referral list -q", "client list -q"];
        let codes = codes.map(|list| world.ok(list));
        let things = Things::but(codes.iter().flat_map(|list| list.lines()).map(str::to_owned).collect());
        things.add("TURN", codes[2].trim());
        let (told, origins, codes, frozen) = Default::default();
        Play { world, things, told, origins, codes, frozen }
    }

    /// Draws the lines of a step.
    fn draw(&self, step: usize, count: usize, random: &mut Rng) -> Vec<Item> {
        let how = match random.u8(..20) {
            0..4 => How::Alone,
            4..7 => How::Together,
            _ => How::EachByItself,
        };
        let actor = if random.u8(..5) == 0 { "portal" } else { "staff" };
        let is_wanted = |line: &&Line| match how {
            How::Alone => line.actor != "count",
            _ => line.sort == Sort::Change && line.actor == actor,
        };
        let wanted: Vec<&Line> = lines().iter().filter(is_wanted).collect();
        let count = match how {
            How::Alone => 1,
            How::Together => random.usize(2..5),
            How::EachByItself => count,
        };
        let minutes = match random.u8(..20) {
            0 => random.i64(1_000..3_000),
            1..4 => random.i64(60..400),
            _ => 1,
        };
        let (key, portal) = (how != How::EachByItself && random.u8(..4) == 0, random.usize(..PORTALS.len()));
        let mut items = Vec::new();
        for place in 0..count {
            let line = *random.choice(&wanted).unwrap();
            let Some(Asked { line: text, input }) = self.things.fill(line, random) else { continue };
            let login = if line.actor == "portal" { PORTALS[portal].0 } else { STAFF };
            let key = key && line.sort != Sort::Read && !text.starts_with("alert send");
            let (line, input) = (self.symbolic(&text), input.map(|input| self.symbolic(&input)));
            items.push(Item { step, place, login: login.to_owned(), line, input, how, minutes, key });
        }
        items
    }

    fn symbolic(&self, text: &str) -> String {
        replaced(text, |code| self.origins.get(code).cloned())
    }

    fn concrete(&self, text: &str) -> String {
        let mut text = text.to_owned();
        while let (Some(begin), Some(end)) = (text.find('«'), text.find('»')) {
            let origin = text[begin..end + '»'.len_utf8()].to_owned();
            let prefix = &origin['«'.len_utf8()..'«'.len_utf8() + 3];
            let code = self.codes.get(&origin).cloned().unwrap_or_else(|| format!("{prefix}-ZZZZZZ"));
            text = text.replace(&origin, &code);
        }
        text
    }

    /// What was made new, which is known from now on as what that line of that step has made.
    fn learn(&mut self, item: &Item, answer: &Value) {
        let mut count = 0;
        let mut new = Vec::new();
        replaced(&answer.to_string(), |code| {
            new.push(code.to_owned());
            None
        });
        for code in new {
            if !self.things.is_left_alone(&code) && !self.origins.contains_key(&code) {
                let origin = format!("«{} {}.{}.{count}»", &code[..3], item.step, item.place);
                count += 1;
                self.codes.insert(origin.clone(), code.clone());
                self.origins.insert(code, origin);
            }
        }
        self.things.learn(&item.line, answer);
    }

    /// Does what belongs to one step.
    fn step(&mut self, items: &[Item]) {
        let Some(first) = items.first() else { return };
        self.world.at(&(self.world.now() + TimeDelta::minutes(first.minutes)).to_rfc3339());
        let lines: Vec<String> = items.iter().map(|item| self.concrete(&item.line)).collect();
        let (line, input) = match first.how {
            How::Alone => (lines[0].clone(), first.input.as_deref().map(|input| self.concrete(input))),
            How::Together => ("batch -".to_owned(), Some(lines.join("\n") + "\n")),
            How::EachByItself => ("batch - --keep-going".to_owned(), Some(lines.join("\n") + "\n")),
        };
        let is_change = !is_read(&line);
        let told = self.run(first, &line, input.as_deref(), is_change);
        let stdout = told.answer.stdout.clone();
        let values = serde_json::Deserializer::from_str(&stdout).into_iter::<Value>().map_while(Result::ok);
        for value in values {
            match (first.how, &value) {
                (How::Alone, _) => self.learn(first, &value),
                (_, Value::Array(rows)) => {
                    for (item, row) in items.iter().zip(rows) {
                        let exit = row["exit"].as_i64();
                        assert!([0, 3, 4, 5, 6, 9].map(Some).contains(&exit), "{}: {row}", item.line);
                        self.learn(item, row);
                    }
                }
                _ => {}
            }
        }
        let again = first.key && told.changes > 0;
        self.told.push(told);
        if again {
            let again = self.run(first, &line, input.as_deref(), false);
            assert_eq!(again.answer.status, 0, "repeated: $ caredesk {line}: {:?}", again.answer);
            self.told.push(again);
        }
        must_be_known(&self.told[self.told.len() - 1 - usize::from(again)..]);
    }

    fn run(&self, item: &Item, line: &str, input: Option<&str>, is_change: bool) -> Told {
        let begun = Duration::from_secs(self.told.len() as u64 * 2);
        self.world.as_user(&item.login);
        let key = item.key.then(|| format!("key {}", item.step));
        self.world.set("CAREDESK_OUTPUT", "json");
        self.world.set("CAREDESK_OPERATION_KEY", key.as_deref().unwrap_or_default());
        let answer = self.world.run_with_input(line, input.unwrap_or_default().as_bytes());
        self.world.set("CAREDESK_OPERATION_KEY", "");
        self.world.as_user("admin");
        let changes = if is_change { changes(line, &answer.stdout) } else { 0 };
        Told {
            login: item.login.clone(),
            line: line.to_owned(),
            key,
            begun,
            ended: begun + Duration::from_secs(1),
            answer,
            changes,
            is_together: line == "batch -" || line.starts_with("apply "),
        }
    }

    /// What holds at any moment.
    fn must_hold(&mut self) {
        let state = State::read(&self.world);
        state.must_hold(&mut self.frozen, self.world.now());
        for (login, providers) in PORTALS {
            let code =
                |name: &&str| self.world.sql(&format!("SELECT code FROM provider WHERE name = '{name}'"));
            let codes: Vec<String> = providers.iter().flat_map(code).flatten().flatten().collect();
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            must_be_shown(&self.world, &state, (login, &codes));
            referrals_must_be_shown(&self.world, &state, (login, &codes));
        }
        self.world.as_user("admin");
    }

    fn must_be_whole(&mut self) {
        self.must_hold();
        must_agree(&self.world, &self.told);
        must_be_sound(&self.world);
    }
}

/// What only looks, and what sends in several steps, is not counted.
fn is_read(line: &str) -> bool {
    let of_line = |one: &&Line| leaf(one.text) == leaf(line) && one.sort != Sort::Read;
    line.starts_with("alert send") || !line.starts_with("batch ") && !lines().iter().any(|one| of_line(&one))
}

/// The text, with what codes in it are replaced by, if by anything.
fn replaced(text: &str, mut by: impl FnMut(&str) -> Option<String>) -> String {
    let is_code = |word: &str| {
        word.len() == 10
            && word.is_ascii()
            && word.as_bytes()[3] == b'-'
            && word[..3].bytes().all(|one| one.is_ascii_uppercase())
            && word[4..].bytes().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit())
    };
    let (mut whole, mut word) = (String::new(), String::new());
    for one in text.chars().chain(['\n']) {
        if one.is_ascii_alphanumeric() || one == '-' {
            word.push(one);
            continue;
        }
        whole += &if is_code(&word) { by(&word) } else { None }.unwrap_or_else(|| word.clone());
        word.clear();
        whole.push(one);
    }
    whole.pop();
    whole
}

fn history(round: &Round) -> Tally {
    let mut random = round.random();
    let (steps, count) = (round.few_or(10, 60), round.few_or(25, 40));
    let (mut play, mut items, mut tally) = (Play::new(round), Vec::new(), Tally::default());
    let done = part(|| {
        for step in 0..steps {
            let drawn = play.draw(step, count, &mut random);
            items.extend(drawn.iter().cloned());
            play.step(&drawn);
            if step % 5 == 4 {
                play.must_hold();
            }
        }
        play.must_be_whole();
    });
    drop(play);
    if let Err(why) = done {
        tally.found(least(round, &items, &why));
    }
    for item in &items {
        tally.count(leaf(&item.line).unwrap_or_default(), &format!("{:?}", item.how));
    }
    tally
}

/// Does so many lines, and looks at all there is.
fn played(round: &Round, items: &[Item]) -> Result<(), String> {
    part(|| {
        let mut play = Play::new(round);
        items.chunk_by(|one, other| one.step == other.step).for_each(|step| play.step(step));
        play.must_be_whole();
    })
}

/// Says it as a transcript of the fewest lines.
fn least(round: &Round, items: &[Item], why: &str) -> String {
    let tried = Cell::new(0);
    let fails = |items: &[Item]| {
        tried.set(tried.get() + 1);
        played(round, items).is_err_and(|other| sort(&other) == sort(why))
    };
    let least = if fails(items) { shrunk(items, Duration::from_mins(10), fails) } else { items.to_vec() };
    let mut play = Play::new(round);
    let mut text = String::new();
    for item in least.iter().take(200) {
        let line = play.concrete(&item.line);
        text += &format!("# {}, at {}, {:?}\n", item.login, play.world.now(), item.how);
        let before = play.told.len();
        let alone = Item { how: How::Alone, key: item.key && item.how == How::Alone, ..item.clone() };
        let done = part(|| play.step(std::slice::from_ref(&alone)));
        for told in &play.told[before..] {
            let key = told.key.as_ref().map(|key| format!(" --operation-key '{key}'")).unwrap_or_default();
            text += &written(&format!("{line}{key}"), &told.answer);
        }
        text += &done.err().map(|why| why + "\n").unwrap_or_default();
    }
    let last = played(round, &least).err().unwrap_or_default();
    format!(
        "{why}\n\nafter {} lines, {} when {} were tried:\n{text}\n{last}",
        items.len(),
        least.len(),
        tried.get()
    )
}

/// What failures have in common.
fn sort(why: &str) -> String {
    why.chars().filter(|one| one.is_alphabetic() || *one == ' ').take(30).collect()
}
