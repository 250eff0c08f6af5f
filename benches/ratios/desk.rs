//! What the desk asks: `find` among a million people, and the lists of the day among a million visits, each against the same
//! question of a thousand; on PostgreSQL too where a server is named.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::pair::{caredesk, compare, whole};
use crate::server::{at, copied, server};
use crate::town::Town;

const PAIRS: usize = 10;
const LARGE: u32 = 1_000_000;
const SMALL: u32 = 1_000;

/// A name, both names with the family's first, beginnings of both, a name that few have, a phone, a birth date, a postal
/// code, a code, and what nobody is called.
const SEARCHES: [&str; 9] = [
    "find maria", "find velatora maria", "find mar vel", "find quillon", "find 020 7946 000123",
    "find 1950-11-12", "find P0123", "find CLI-7K", "find nemokin",
];

const LISTS: [&str; 13] = [
    "visit list --from 2026-11-02 --to 2026-11-02",
    "visit list --client CLI-000005",
    "visit list --queue home",
    "visit list --uncovered",
    "visit list --provider PRV-000004 --from 2026-11-02",
    "schedule show --all --day 2026-11-02",
    "schedule show --provider PRV-000004 --week 2026-11-02",
    "package list --since 2026-11-01 --client CLI-000005",
    "offer list --provider PRV-000004 --since 2026-11-01",
    "referral list --open --older-than 7d",
    "client list --provider PRV-000004",
    "client show CLI-000005",
    "account sees four",
];

pub(crate) fn searches() {
    let town = Town::new();
    let places = [LARGE, SMALL].map(|people| with_people(&town, people));
    questions(&places, "people", &SEARCHES);
}

pub(crate) fn lists() {
    let town = Town::new();
    let places = [LARGE, SMALL].map(|visits| town.with_answers(&format!("visits{visits}.db"), visits));
    questions(&places, "visits", &LISTS);
}

fn questions([large, small]: &[PathBuf; 2], of: &str, lines: &[&str]) {
    ask("SQLite", large, small, of, lines);
    if let Some(server) = server() {
        let [large, small] = [("large", large), ("small", small)]
            .map(|(name, file)| copied(&server, &format!("{name}_{of}"), file));
        ask("PostgreSQL", &large, &small, of, lines);
    }
}

fn ask(engine: &str, large: &Path, small: &Path, of: &str, lines: &[&str]) {
    for line in lines {
        let limited = ["list"].iter().any(|word| line.split(' ').any(|part| part == *word));
        let line = if limited { format!("{line} --limit 100") } else { (*line).to_owned() };
        compare(
            &format!("{engine}, {line}: 1,000,000 {of} / 1,000"),
            1.3,
            PAIRS,
            |_| whole(&mut at(large, &line)),
            |_| whole(&mut at(small, &line)),
        );
    }
}

const GIVEN: [&str; 12] =
    ["Maria", "Marek", "Ada", "Bela", "Cora", "Doran", "Edda", "Falk", "Greta", "Hedy", "Ilja", "Jona"];
const FIRST: [&str; 30] = [
    "ve", "la", "to", "ra", "mi", "ko", "su", "ne", "ba", "do", "fe", "gi", "ha", "ju", "ka", "lo", "mu",
    "na", "pe", "ri", "sa", "te", "vo", "wi", "xa", "yo", "za", "bri", "cle", "dra",
];

/// So many people, imported as a list: one has the name `Quillon`.
fn with_people(town: &Town, people: u32) -> PathBuf {
    let path = town.empty(&format!("people{people}.db"));
    let mut list = String::from("id,given,family,birth_date,postal_code,phones\n");
    for number in 0..people {
        let family = if number == people / 2 { "Quillon".to_owned() } else { family(number) };
        let (year, month, day) = (1920 + number % 90, 1 + number / 90 % 12, 1 + number / 1_080 % 28);
        let given = GIVEN[(number / 7) as usize % GIVEN.len()];
        writeln!(
            list,
            "{number},{given},{family},{year}-{month:02}-{day:02},P{:04},020 7946 {number:06}",
            number % 5_000
        )
        .expect("a text");
    }
    let file = town.path("people.csv");
    fs::write(&file, list).expect("a file");
    whole(caredesk(&path).args(["client", "import", "--source", "bench"]).arg(&file));
    path
}

/// Of four syllables, so that 810,000 differ.
fn family(number: u32) -> String {
    let mixed = number.wrapping_mul(7_919) % 810_000;
    let [a, b, c, d] = [mixed % 30, mixed / 30 % 30, mixed / 900 % 30, mixed / 27_000 % 30];
    [a, b, c, d].map(|at| FIRST[at as usize]).concat()
}
