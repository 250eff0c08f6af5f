//! A portal account that tries the whole grammar (rules 2.6, 7.53 and 7.54), at random, with the names of what it must not see: as a user
//! of the machine, in the restricted shell, and in a batch. It learns nothing, changes nothing but its own, and breaks nothing.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use fastrand::Rng;

use super::grammar::{Argument, GRAMMAR};
use super::shrink::shrunk;
use super::{Round, Tally, rounds};
use crate::hidden::{self, Hidden};
use crate::torture::cuts::settled;
use crate::town::{Dump, dump};
use crate::world::{Answer, World, answer};

// Rules 2.6, 7.53, 7.54.
both_engines!(a_hostile_account_learns_and_changes_nothing, |world| {
    rounds("hostile", world, |round| {
        let siege = Siege::new(round);
        siege.tries()
    });
});

/// Its client, who is known to it once it has accepted the package, and not before.
const CLIENT: [&str; 6] = ["Velma", "Quarrel", "1944", "Larkspur", "960444", "7XX"];
const SET_UP: &str = "
    client create --given Velma --family Quarrel --birth-date 1944-04-04 --address 'Larkspur Row 9' --postal-code 'ZQ4 7XX' --phone '01632 960444' --carer-note 'key under the larkspur'
    referral create --queue 'Home care' --client Quarrel
    visit add Quarrel --start '2026-12-07 09:00' --duration 30 --weekly daily --until 2026-12-09
    outsource create Quarrel --all-visits --provider 'Seven Wells' PRV-000001 --reference Quiet
";
/// Whose rows it may change, and which tables tell of what was changed.
const OWN: [&str; 5] = [
    "SELECT id FROM account WHERE login = 'seven'",
    "SELECT id FROM provider WHERE name = 'Seven Wells'",
    "SELECT id FROM resource WHERE name = 'Seven Wells'",
    "SELECT referral.id FROM referral JOIN queue ON queue.id = queue_id WHERE name = 'Own'",
    "SELECT id FROM package WHERE reference = 'Quiet'",
];
const TELLING: [&str; 6] =
    ["audit", "operation", "operation_row", "operation_insert", "operation_key", "row_version"];
/// What it is shown although others have it too.
const SEEN: [&str; 3] = [
    "SELECT code FROM package WHERE reference = 'Quiet'",
    "SELECT referral.code FROM referral JOIN package ON package.referral_id = referral.id WHERE reference = 'Quiet'",
    "SELECT visit.code FROM visit JOIN package_visit ON visit.id = visit_id JOIN package ON package.id = package_id
    WHERE reference = 'Quiet'",
];
/// What it may be answered with (docs/design.md): neither a failure of the program, nor a signal.
const STATUSES: [i32; 11] = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// What is no name of anything.
const ODD: [&str; 40] = [
    "today",
    "2026-11-20",
    "2026-12-07 09:00",
    "2026-02-30",
    "+6w",
    "30s",
    "0",
    "-1",
    "3",
    "99999999999999999999",
    "none",
    "on",
    "off",
    "-",
    "",
    "%",
    "_",
    "*",
    "' OR 1=1 --",
    "'; DROP TABLE client; --",
    "$(id)",
    "`id`",
    "../..",
    "canary",
    "a\u{202e}b",
    "é",
    "{name}",
    "@x",
    "--",
    "null",
    "1e9",
    "\n",
    "\u{1b}[31m",
    "\t",
    "PKG-",
    "CLI-0",
    "=1+1",
    "NaN",
    "+note,-status",
    "code,name,client,client_name,provider",
];

#[derive(Clone, Copy, Debug)]
enum Way {
    Machine,
    Restricted,
    Session,
    Batch,
}

struct Siege<'a> {
    round: &'a Round,
    base: World,
    stored: Dump,
    secrets: Vec<String>,
    own: Vec<String>,
    names: BTreeMap<String, Vec<String>>,
}

impl<'a> Siege<'a> {
    fn new(round: &'a Round) -> Self {
        let base = World::new(round.engine);
        hidden::begin(&base);
        base.set("CAREDESK_TEST_TERMINAL", "");
        SET_UP.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| drop(base.ok(line)));
        let of = |query: &str| base.sql(query).into_iter().flatten().flatten().collect::<Vec<_>>();
        let seen = SEEN.map(of).concat();
        let hidden = Hidden::of(&base);
        let mut names = BTreeMap::new();
        hidden.secrets.iter().for_each(|secret| add(&mut names, kind(secret), secret));
        for (kind, query) in [
            ("LOGIN", "SELECT login FROM account"),
            ("QUEUE", "SELECT name FROM queue"),
            ("CATEGORY", "SELECT name FROM category"),
            ("NUMBER", "SELECT number FROM contact"),
            ("PROVIDER", "SELECT name FROM provider"),
            ("PROVIDER", "SELECT code FROM provider WHERE name = 'Seven Wells'"),
            ("RESOURCE", "SELECT code FROM resource WHERE name = 'Seven Wells'"),
            (
                "REFERRAL",
                "SELECT referral.code FROM referral JOIN queue ON queue.id = queue_id WHERE name = 'Own'",
            ),
            ("PACKAGE", "SELECT reference FROM package"),
            ("CLIENT", "SELECT family FROM client"),
        ] {
            for name in of(query) {
                add(&mut names, kind, &name);
            }
        }
        let mut secrets = hidden.secrets;
        secrets.retain(|secret| !seen.contains(secret) && !["Quiet", "Home care"].contains(&secret.as_str()));
        let own = OWN.iter().flat_map(|query| of(query)).collect();
        settled(&base);
        Siege { round, stored: dump(&base), base, secrets, own, names }
    }

    fn tries(&self) -> Tally {
        let (mut random, mut tally) = (self.round.random(), Tally::default());
        let mut world = self.base.fork();
        for _ in 0..self.round.few_or(60, 250) {
            let way = *random
                .choice(&[Way::Machine, Way::Machine, Way::Restricted, Way::Session, Way::Batch])
                .unwrap();
            let count = if matches!(way, Way::Machine | Way::Restricted) { 1 } else { random.usize(2..8) };
            let lines: Vec<Vec<String>> = (0..count).map(|_| self.line(&mut random)).collect();
            match self.judge(&world, way, &lines) {
                Ok((status, has_changed)) => {
                    for line in &lines {
                        tally.count(&line[..2.min(line.len())].join(" "), &format!("{way:?} {status}"));
                    }
                    if has_changed {
                        world = self.base.fork();
                    }
                }
                Err(why) => {
                    tally.found(self.least(way, &lines, &why));
                    world = self.base.fork();
                }
            }
        }
        tally
    }

    fn line(&self, random: &mut Rng) -> Vec<String> {
        let leaves: Vec<&&str> = GRAMMAR.keys().filter(|leaf| !leaf.is_empty()).collect();
        let leaf = **random.choice(&leaves).unwrap();
        let mut words: Vec<String> = leaf.split(' ').map(str::to_owned).collect();
        for argument in &GRAMMAR[leaf] {
            let waits = argument.flag.as_deref() == Some("--timeout");
            if waits || random.u8(..20) < if argument.is_needed { 19 } else { 6 } {
                self.given(argument, random, &mut words);
            }
        }
        for argument in &GRAMMAR[""] {
            if random.u8(..20) == 0 {
                self.given(argument, random, &mut words);
            }
        }
        for option in ["--yes", "--output=json"] {
            if random.bool() && !words.iter().any(|word| word == option) {
                words.push(option.to_owned());
            }
        }
        words
    }

    fn given(&self, argument: &Argument, random: &mut Rng, words: &mut Vec<String>) {
        let count = if argument.is_many { random.usize(1..4) } else { 1 };
        words.extend(argument.flag.clone());
        if argument.value.is_some() {
            words.extend((0..count).map(|_| self.value(argument, random)));
        }
    }

    fn value(&self, argument: &Argument, random: &mut Rng) -> String {
        let kind = argument.value.as_deref().unwrap_or_default();
        if argument.flag.as_deref() == Some("--timeout") {
            return "1s".to_owned();
        }
        if !argument.possible.is_empty() && random.u8(..8) > 0 {
            return random.choice(&argument.possible).unwrap().clone();
        }
        let of_kind = self.names.get(kind).filter(|_| random.u8(..10) < 7);
        let any = random.usize(..self.names.len());
        let names = of_kind.or_else(|| self.names.values().nth(any));
        let name = match names.filter(|_| random.u8(..4) > 0) {
            Some(names) => random.choice(names).unwrap().clone(),
            None => (*random.choice(&ODD).unwrap()).to_owned(),
        };
        let is_cut = random.u8(..10) == 0 && name.len() > 5;
        if is_cut { name.chars().take(random.usize(3..name.len())).collect() } else { name }
    }

    /// The status, and whether anything was changed; or what is wrong.
    fn judge(&self, world: &World, way: Way, lines: &[Vec<String>]) -> Result<(i32, bool), String> {
        let answer = Self::run(world, way, lines);
        settled(world);
        let now = dump(world);
        let text = format!("{}{}", answer.stdout, answer.stderr);
        if !STATUSES.contains(&answer.status) {
            return Err(format!("it ends with {}", answer.status));
        }
        let said: String = lines.iter().flatten().map(|word| word.to_lowercase() + "\n").collect();
        let is_accepted = lines.iter().flatten().any(|word| word == "--accept") && now != self.stored;
        let client = CLIENT.iter().filter(|_| !is_accepted).map(|word| (*word).to_owned());
        let mut secrets =
            self.secrets.iter().filter(|secret| !is_accepted || !is_code(secret)).cloned().chain(client);
        // A demo tells of a town of its own.
        let is_own_town = lines.iter().flatten().any(|word| word == "demo");
        let is_shown = |secret: &String| {
            !is_own_town && text.contains(secret.as_str()) && !said.contains(&secret.to_lowercase())
        };
        if let Some(secret) = secrets.find(is_shown) {
            return Err(format!("it shows `{secret}`"));
        }
        let foreign = changed(&self.stored, &now).find(|(table, row)| {
            let is_own = |key: &String| row.iter().flatten().any(|cell| cell.contains(key.as_str()));
            !TELLING.contains(table) && !self.own.iter().any(is_own)
        });
        match foreign {
            Some((table, row)) => Err(format!("it changes {table}: {row:?}")),
            None => Ok((answer.status, now != self.stored)),
        }
    }

    fn run(world: &World, way: Way, lines: &[Vec<String>]) -> Answer {
        let conditions = world.conditions.borrow().clone();
        let canary = world.path("canary");
        let _ = fs::remove_dir_all(&canary);
        fs::create_dir(&canary).unwrap();
        let joined = |words: &Vec<String>| shlex::try_join(words.iter().map(String::as_str)).unwrap();
        let text: String = lines.iter().map(|words| joined(words).replace('\n', " ") + "\n").collect();
        fs::write(canary.join("lines.txt"), &text).unwrap();
        let restricted = format!("--db {} --as seven shell --restricted", world.database_name());
        world.as_user(if matches!(way, Way::Machine | Way::Batch) { "seven" } else { "admin" });
        let command = match way {
            Way::Machine => {
                let mut command = world.command("");
                command.args(&lines[0]);
                command
            }
            Way::Batch => world.command("batch lines.txt --keep-going --show"),
            Way::Restricted | Way::Session => world.command(&restricted),
        };
        let mut limited = Command::new("timeout");
        limited.args(["-s", "KILL", "30"]).arg(command.get_program()).args(command.get_args());
        limited.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        limited.current_dir(&canary).stdin(Stdio::null());
        match way {
            Way::Restricted => drop(limited.env("SSH_ORIGINAL_COMMAND", joined(&lines[0]))),
            Way::Session => drop(limited.stdin(fs::File::open(canary.join("lines.txt")).unwrap())),
            Way::Machine | Way::Batch => {}
        }
        let answer = answer(limited.output().unwrap());
        world.conditions.replace(conditions);
        answer
    }

    /// Says it as a transcript, with the fewest words.
    fn least(&self, way: Way, lines: &[Vec<String>], why: &str) -> String {
        let words = |lines: &[Vec<String>]| -> Vec<(usize, String)> {
            let words = lines.iter().enumerate();
            words.flat_map(|(line, words)| words.iter().map(move |word| (line, word.clone()))).collect()
        };
        let lines_of = |words: &[(usize, String)]| -> Vec<Vec<String>> {
            let line = |number| {
                words.iter().filter(|(line, _)| *line == number).map(|(_, word)| word.clone()).collect()
            };
            let lines: Vec<Vec<String>> =
                (0..lines.len()).map(line).filter(|words: &Vec<String>| !words.is_empty()).collect();
            if lines.is_empty() { vec![vec![]] } else { lines }
        };
        // What is found has to stay of the same sort.
        let sort = why.split([' ', ':']).take(2).collect::<Vec<_>>().join(" ");
        let fails = |words: &[(usize, String)]| {
            let judged = self.judge(&self.base.fork(), way, &lines_of(words));
            judged.is_err_and(|why| why.starts_with(&sort))
        };
        let least = lines_of(&shrunk(&words(lines), Duration::from_mins(3), fails));
        let (world, joined) = (self.base.fork(), |words: &Vec<String>| {
            shlex::try_join(words.iter().map(String::as_str)).unwrap()
        });
        let why = self.judge(&world, way, &least).err().unwrap_or_else(|| why.to_owned());
        let lines: Vec<String> = least.iter().map(joined).collect();
        let answer = Self::run(&self.base.fork(), way, &least);
        format!(
            "{way:?}, as seven: {why}\n$ caredesk {}\n{}{}[exit {}]",
            lines.join("\n$ caredesk "),
            answer.stdout,
            answer.stderr,
            answer.status
        )
    }
}

/// What in a command line stands for such a thing, by the prefix of its code.
fn kind(code: &str) -> &'static str {
    let kinds = [
        ("ALT-", "ALERT"),
        ("CAP-", "CAPACITY"),
        ("CLI-", "CLIENT"),
        ("CTR-", "CONTRACT"),
        ("IMP-", "IMPORT"),
        ("PKG-", "PACKAGE"),
        ("PRV-", "PROVIDER"),
        ("REC-", "RECORD"),
        ("REF-", "REFERRAL"),
        ("RES-", "RESOURCE"),
        ("ROI-", "RELEASE"),
        ("SHR-", "REQUEST"),
        ("VIS-", "VISIT"),
    ];
    kinds.iter().find(|(prefix, _)| code.starts_with(prefix)).map_or("NAME", |(_, kind)| kind)
}

fn is_code(text: &str) -> bool {
    kind(text) != "NAME"
}

fn add(names: &mut BTreeMap<String, Vec<String>>, kind: &str, name: &str) {
    names.entry(kind.to_owned()).or_default().push(name.to_owned());
}

/// The rows that only one of the two has.
fn changed<'d>(
    before: &'d Dump, after: &'d Dump,
) -> impl Iterator<Item = (&'d str, &'d Vec<Option<String>>)> {
    let only = |one: &'d Dump, other: &'d Dump| {
        let differing = one.iter().filter(|(table, rows)| other.get(*table) != Some(rows));
        differing
            .flat_map(|(table, rows)| rows.iter().map(move |row| (table.as_str(), row)))
            .filter(|(table, row)| !other.get(*table).is_some_and(|rows| rows.contains(row)))
    };
    only(before, after).chain(only(after, before))
}
