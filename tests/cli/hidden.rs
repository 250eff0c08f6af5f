//! What is hidden answers as what does not exist, in every command of the grammar (rule 2.6): the examples of `commands.txt`,
//! as a portal account that sees nothing of the world which they name.

use std::collections::BTreeSet;
use std::fs;

use crate::commands::examples;
use crate::tables;
use crate::town::dump;
use crate::words;
use crate::world::World;

/// What no output may hold: people, places and texts of the world, and its logins.
const SECRETS: [&str; 16] = [
    "Hohenberg", "Maria", "小明", "花子", "山田", "Moss", "1931", "1950", "neighbour", "handrail",
    "third floor", "960142", "rings twice", "maria-theresia", "Rosa Quill", "Winter mornings",
];

// Rule 2.6.
both_engines!(no_command_tells_what_is_hidden_from_what_does_not_exist, |world| {
    begin(world);
    let hidden = Hidden::of(world);
    world.as_user("seven");
    let before = dump(world);
    // An export names nothing, and that it was made is recorded (rule 8.6).
    let lines = examples().filter(|line| !line.contains("<FIXTURES>") && !line.starts_with("export "));
    let variants: Vec<Example> = lines.flat_map(|line| hidden.variants(line)).collect();
    assert!(variants.iter().filter(|example| !example.hidden.is_empty()).count() > 100);
    let told: Vec<String> = variants.iter().filter_map(|example| hidden.difference(world, example)).collect();
    assert!(told.is_empty(), "{} differences:\n{}", told.len(), told.join("\n"));
    assert!(before == dump(world), "something was changed");
});

/// Sets up the world of `settle`, once for all tests that begin with it.
pub fn begin(world: &World) {
    world.begin(|world| {
        settle(world);
        for entry in fs::read_dir(world.path("")).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
    });
}

/// The world of the examples after all of them were run, and a provider of which it knows nothing, with a portal account that
/// may do everything.
fn settle(world: &World) {
    tables::settle(world);
    world.write("password.txt", "correct horse battery\n");
    for line in examples() {
        world.run_json(&world.with_names_of_this_run(line));
        tables::count_codes(world);
    }
    world.at("2026-11-27T10:00:00Z");
    world.ok("provider create 'Seven Wells' --phone '01632 960977'");
    world.ok("account create seven --name Seven --level provider-portal --resource 'Seven Wells' --can respond-packages --can answer-sharing --can edit-capacity --can change-status --can access-contact-details");
    world.ok("client create --given Own --family Person --id own");
    world.ok("client enroll own 'Seven Wells' --date 2026-11-01");
    world.ok("queue create Own --status New --status Done:closed");
    world.ok("queue add-resource own 'Seven Wells'");
    world.ok("referral create --queue own --client own --resource 'Seven Wells'");
    tables::count_codes(world);
}

/// The tables whose things have codes.
const CODES: [&str; 13] = [
    "alert", "capacity", "client", "contract", "operation", "package", "provider", "referral", "release",
    "resource", "record", "sharing_request", "visit",
];

/// One command line, of which some arguments name what is hidden.
struct Example {
    words: Vec<String>,
    hidden: Vec<usize>,
}

pub struct Hidden {
    pub secrets: Vec<String>,
    /// Folded names, logins, numbers and references of the world.
    names: BTreeSet<String>,
    /// For each kind of code what the account has of its own.
    own: Vec<(&'static str, String)>,
}

impl Hidden {
    pub fn of(world: &World) -> Self {
        let of = |query: &str| world.sql(query).into_iter().flatten().flatten().collect::<Vec<_>>();
        let names = [
            "SELECT name FROM provider WHERE name <> 'Seven Wells'",
            "SELECT name FROM resource WHERE name <> 'Seven Wells'",
            "SELECT name FROM queue WHERE name <> 'Own'",
            "SELECT name FROM category",
            "SELECT name FROM contract",
            "SELECT login FROM account WHERE login <> 'seven'",
            "SELECT number FROM contact",
            "SELECT reference FROM package",
            "SELECT given || ' ' || family FROM client WHERE given <> 'Own'",
        ];
        let names: Vec<String> = names.into_iter().flat_map(of).collect();
        let own = |prefix, query: &str| (prefix, of(query).remove(0));
        let own = vec![
            own("PRV", "SELECT code FROM provider WHERE name = 'Seven Wells'"),
            own("RES", "SELECT code FROM resource WHERE name = 'Seven Wells'"),
            own("CLI", "SELECT code FROM client WHERE given = 'Own'"),
            own(
                "REF",
                "SELECT referral.code FROM referral JOIN queue ON queue.id = queue_id WHERE name = 'Own'",
            ),
        ];
        let codes = CODES.iter().flat_map(|table| of(&format!("SELECT code FROM {table}")));
        let codes = codes.filter(|code| own.iter().all(|(_, own)| own != code));
        let long_names = names.iter().filter(|name| name.len() > 6).cloned();
        let secrets = SECRETS.map(str::to_owned).into_iter().chain(codes).chain(long_names).collect();
        Hidden { secrets, names: names.iter().map(|name| name.to_lowercase()).collect(), own }
    }

    /// The line as it is; and with its first reference replaced by what the account may see, where more than one is hidden.
    fn variants(&self, line: &str) -> Vec<Example> {
        let words = words::split(line);
        let hidden: Vec<usize> = (1..words.len()).filter(|at| self.is_hidden(&words, *at)).collect();
        let mut variants = vec![Example { words: words.clone(), hidden: hidden.clone() }];
        if let [first, rest @ ..] = hidden.as_slice()
            && let Some((_, own)) = self.own.iter().find(|(prefix, _)| words[*first].starts_with(prefix))
            && !rest.is_empty()
        {
            let mut words = words;
            words[*first].clone_from(own);
            variants.push(Example { words, hidden: rest.to_vec() });
        }
        variants
    }

    fn is_hidden(&self, words: &[String], at: usize) -> bool {
        let is_text = ["--name", "--given", "--family", "--title", "--note", "--reference", "--status"];
        let word = words[at].to_lowercase();
        if is_text.contains(&words[at - 1].as_str()) || words[at].starts_with('-') || at == 1 {
            return false;
        }
        is_code(&words[at]) || word.len() > 3 && self.names.iter().any(|name| name.starts_with(&word))
    }

    /// What a command shows that is hidden, or how it tells the hidden from the absent.
    fn difference(&self, world: &World, example: &Example) -> Option<String> {
        let run = |words: Vec<String>| {
            let options = ["-o", "json"].map(str::to_owned);
            let answer =
                world.run_args(&options.into_iter().chain(words.iter().cloned()).collect::<Vec<_>>());
            let names = example.hidden.iter().map(|at| words[*at].as_str());
            let bare =
                |text: &str| names.clone().fold(text.to_owned(), |text, name| text.replace(name, "IT"));
            Bare { status: answer.status, stdout: bare(&answer.stdout), stderr: bare(&answer.stderr) }
        };
        let line = example.words.join(" ");
        let hidden = run(example.words.clone());
        let is_shown = |secret: &&String| hidden.shows(secret) && !line.contains(secret.as_str());
        if let Some(secret) = self.secrets.iter().find(is_shown) {
            return Some(format!("$ caredesk {line}\n`{secret}` in {hidden:?}"));
        }
        let others =
            if example.hidden.is_empty() { vec![] } else { vec![example.absent(), example.misspelt()] };
        let other = others.into_iter().map(run).find(|other| *other != hidden)?;
        Some(format!("$ caredesk {line}\n{hidden:?}\n{other:?}"))
    }
}

/// An answer in which the words that name the hidden are `IT`.
#[derive(Debug, PartialEq, Eq)]
struct Bare {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Bare {
    fn shows(&self, secret: &str) -> bool {
        self.stdout.contains(secret) || self.stderr.contains(secret)
    }
}

impl Example {
    /// The same words, where the hidden ones name what does not exist.
    fn absent(&self) -> Vec<String> {
        self.replaced(
            |word| if is_code(word) { format!("{}ZZZZZZ", &word[..4]) } else { "nowhere".to_owned() },
        )
    }

    /// The same words, where the hidden ones are nearly the names of something.
    fn misspelt(&self) -> Vec<String> {
        self.replaced(|word| if is_code(word) { format!("{}Z", &word[..9]) } else { format!("{word}q") })
    }

    fn replaced(&self, by: impl Fn(&str) -> String) -> Vec<String> {
        let word =
            |(at, word): (usize, &String)| if self.hidden.contains(&at) { by(word) } else { word.clone() };
        self.words.iter().enumerate().map(word).collect()
    }
}

fn is_code(word: &str) -> bool {
    let [prefix @ .., b'-', _, _, _, _, _, _] = word.as_bytes() else { return false };
    prefix.len() == 3 && prefix.iter().all(u8::is_ascii_uppercase)
}
