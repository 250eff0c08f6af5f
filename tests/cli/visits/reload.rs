//! What a calendar program makes of a file that it loads again and again: two that know nothing of ours read it, and a calendar
//! keeps what they understood, by UID and SEQUENCE as RFC 5545 says.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use super::accepted;
use crate::reader::read_by;
use crate::world::World;

/// Scripts of `tests/` by which other programs read calendars.
const READERS: [&str; 2] = ["calendar_reader.py", "calendar_reader.js"];

/// What a program understood of each file; `None`, said aloud, where it is not there.
fn read(world: &World, script: &str, files: &[String]) -> Option<Vec<Value>> {
    let paths: Vec<PathBuf> = files.iter().map(|file| world.path(file)).collect();
    let text = read_by(script, &paths, b"")?;
    Some(serde_json::from_str(&text).expect("JSON"))
}

/// Start and end of each visit by its UID.
type Visits = BTreeMap<String, (String, String)>;

/// A calendar, and which command fills it for whom.
struct Calendar {
    user: &'static str,
    file: &'static str,
    list: &'static str,
    window: Option<(&'static str, &'static str)>,
    /// The number of each event that was seen, and the event unless it is cancelled.
    known: BTreeMap<String, (i64, Option<(String, String)>)>,
}

impl Calendar {
    /// As a program does it that imports a file: what is older than what it has is ignored, what is cancelled goes.
    fn load(&mut self, read: &Value) {
        for event in read["events"].as_array().unwrap() {
            let text = |key: &str| event[key].as_str().unwrap().to_owned();
            let is_cancelled = event["status"] == "CANCELLED";
            let (sequence, times) = (event["sequence"].as_i64().unwrap(), (text("start"), text("end")));
            let new = (sequence, (!is_cancelled).then_some(times));
            match self.known.get(&text("uid")) {
                Some(old) if old.0 > new.0 => {}
                // Of two with one number a program may keep either.
                Some(old) if old.0 == new.0 => assert_eq!(*old, new, "{}: {event}", self.file),
                _ => drop(self.known.insert(text("uid"), new)),
            }
        }
    }

    fn shown(&self) -> Visits {
        let shown = self.known.iter().filter_map(|(uid, (_, times))| Some((uid.clone(), times.clone()?)));
        shown.collect()
    }

    /// What there is in truth.
    fn truth(&self, world: &World) -> Visits {
        let zulu = |at: chrono::DateTime<chrono::Utc>| at.format("%Y-%m-%dT%H:%M:%S+00:00").to_string();
        let visit = |row: &Value| {
            let start: chrono::DateTime<chrono::Utc> = row["start"].as_str().unwrap().parse().unwrap();
            let end = start + chrono::TimeDelta::minutes(row["duration_minutes"].as_i64().unwrap());
            (format!("{}@caredesk", row["code"].as_str().unwrap().to_lowercase()), (zulu(start), zulu(end)))
        };
        world.json(self.list).as_array().unwrap().iter().map(visit).collect()
    }

    fn check(&self, truth: &Visits, after: &str) {
        let shown = self.shown();
        let of_file = format!("{} of {} after `{after}`", self.file, self.user);
        for (uid, times) in &shown {
            assert_eq!(truth.get(uid), Some(times), "{uid} in {of_file}");
        }
        let is_inside = |start: &str| {
            self.window.is_none_or(|(from, to)| (from..=to).contains(&start.split('T').next().unwrap()))
        };
        for (uid, times) in truth.iter().filter(|(_, (start, _))| is_inside(start)) {
            assert_eq!(shown.get(uid), Some(times), "{uid} is missing in {of_file}");
        }
    }
}

fn calendars() -> Vec<Calendar> {
    let window = Some(("2026-12-02", "2026-12-05"));
    let all = [
        ("acme", "schedule export --file -", "visit list --planned", None),
        ("birch", "schedule export --file -", "visit list --planned", None),
        ("stan", "schedule export --provider acme --file -", "visit list --provider acme --planned", None),
        ("stan", "schedule export --hub --file -", "visit list --planned", None),
        ("stan", "schedule export REF-00000A --file -", "visit list REF-00000A --planned", None),
        (
            "acme",
            "schedule export --from 2026-12-02 --to 2026-12-05 --file -",
            "visit list --planned",
            window,
        ),
        (
            "stan",
            "schedule export --hub --from 2026-12-02 --to 2026-12-05 --file -",
            "visit list --planned",
            window,
        ),
        (
            "stan",
            "schedule export REF-00000A --from 2026-12-02 --to 2026-12-05 --file -",
            "visit list REF-00000A --planned",
            window,
        ),
    ];
    all.map(|(user, file, list, window)| Calendar { user, file, list, window, known: BTreeMap::new() }).into()
}

/// Who does what, one after the other; each calendar loads its file after each.
const STEPS: [(&str, &str); 22] = [
    ("admin", "whoami"),
    ("admin", "visit edit VIS-000001 --start '2026-12-01 10:00'"),
    ("admin", "visit edit VIS-000002 --start '2026-12-09 09:00'"),
    ("admin", "visit edit VIS-000002 --start '2026-12-03 12:00' --duration 90"),
    ("admin", "visit edit VIS-000003 --start '2026-12-20 12:00'"),
    ("admin", "undo --yes"),
    ("admin", "visit cancel VIS-000001"),
    ("admin", "visit restore VIS-000001"),
    ("admin", "package rename winter spring"),
    ("admin", "visit edit VIS-000002 --start '2026-12-11 12:00'"),
    ("admin", "outsource resend spring --yes"),
    ("birch", "package respond spring --accept"),
    ("admin", "visit edit VIS-000001 --start '2026-12-04 08:00'"),
    ("birch", "package hand-back spring --reason ill --yes"),
    ("admin", "visit edit VIS-000001 --start '2026-12-30 08:00'"),
    ("admin", "outsource create REF-00000A --visit VIS-000003 VIS-000004 --provider acme --reference later"),
    ("acme", "package respond later --accept"),
    ("admin", "visit edit VIS-000003 --start '2027-01-15 08:00'"),
    ("admin", "visit import REF-00000A more.csv --source county"),
    ("admin", "import undo LAST --yes"),
    ("admin", "visit import REF-00000A more.csv --source county"),
    ("admin", "outsource delete later --yes"),
];

// Rules 8.50, 8.51.
both_engines!(a_calendar_that_loads_the_file_again_is_right, |world| {
    accepted(world);
    world.write("more.csv", "id,start,duration\nv1,2026-12-03 07:00,15\nv2,2026-12-24 07:00,15\n");
    let mut calendars = calendars();
    let (mut files, mut truths) = (Vec::new(), Vec::new());
    for (number, (user, line)) in STEPS.iter().enumerate() {
        world.as_user(user);
        let last = if line.contains("LAST") { world.run("import list -q").stdout } else { String::new() };
        world.ok(&line.replace("LAST", last.lines().next().unwrap_or_default()));
        for (place, calendar) in calendars.iter().enumerate() {
            world.as_user(calendar.user);
            let file = format!("{number}-{place}.ics");
            world.write(&file, world.ok(calendar.file));
            files.push(file);
            truths.push(calendar.truth(world));
        }
    }
    let understood: Vec<Vec<Value>> =
        READERS.iter().filter_map(|reader| read(world, reader, &files)).collect();
    let Some(found) = understood.first() else { return };
    assert!(understood.iter().all(|other| other == found), "they understand the same");
    for (place, (file, truth)) in found.iter().zip(&truths).enumerate() {
        let count = calendars.len();
        let calendar = &mut calendars[place % count];
        calendar.load(file);
        calendar.check(truth, STEPS[place / count].1);
    }
});
