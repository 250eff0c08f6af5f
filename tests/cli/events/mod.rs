//! `events`: what is recorded, as a list and as it comes.

mod follow;
mod killed;
mod lost;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use expect_test::expect;
use serde_json::Value;

use crate::town::settle;
use crate::world::{Answer, World, answer};

/// A run that follows, of which each event is read as it comes.
struct Follower {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Follower {
    /// It has begun to follow when this returns: `--cursor-file` is among its options.
    fn begin(world: &World, options: &str, file: &str) -> Self {
        let line = format!("events --follow -o jsonl --cursor-file {file} {options}");
        let mut follower = Follower::of(world.command(&line));
        follower.wait_for(world, file);
        follower
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Follower { child, lines }
    }

    fn wait_for(&mut self, world: &World, file: &str) {
        let began = Instant::now();
        while !world.path(file).exists() && self.child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < Duration::from_mins(1), "it does not begin");
            sleep(Duration::from_millis(20));
        }
    }

    /// The next event; waits for it.
    fn next(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("`{line}`: {error}"))
    }

    /// How it ends by itself; stdout is what was not read.
    fn end(self) -> Answer {
        let Follower { mut child, lines } = self;
        let rest: Vec<String> = lines.lines().map(Result::unwrap).collect();
        let began = Instant::now();
        while child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < Duration::from_mins(1), "it does not end");
            sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().unwrap();
        Answer { stdout: rest.join("\n"), ..answer(output) }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Lines of a batch that creates so many clients.
fn clients(given: &str, count: usize) -> String {
    let lines: Vec<String> =
        (0..count).map(|one| format!("client create --given {given} --family N{one}")).collect();
    lines.join("\n")
}

fn numbers(world: &World, line: &str) -> Vec<i64> {
    world.ok(line).lines().map(number).collect()
}

fn number(cursor: &str) -> i64 {
    cursor.split('-').next().unwrap().parse().unwrap()
}

// Rules 7.60 and 7.61.
both_engines!(what_is_recorded_is_listed_from_the_oldest_on, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme birch --reference winter");
    world.ok("package respond winter --provider acme --reject --reason 'no staff'");
    world.ok("client edit CLI-00000A --address '1 Mill Lane' --given Ida");
    world.story(expect![[r#"
        $ caredesk events --on winter
        AT                BY     ACTION            ON          NAME    WHAT
        2026-11-22 10:00  admin  outsource.create  PKG-SZNCK3  winter  pending
        2026-11-22 10:00  admin  package.respond   PKG-SZNCK3  winter  PRV-00000A pending → rejected (no staff)
        $ caredesk events --action package.respond --columns by,action,noun,on,name,what
        BY     ACTION           NOUN     ON          NAME    WHAT
        admin  package.respond  package  PKG-SZNCK3  winter  PRV-00000A pending → rejected (no staff)
        $ caredesk events --by admin --action provider --action client -o csv --columns action,noun,name,what,changes
        action,noun,name,what,changes
        provider.create,provider,Acme Care,,"[{""field"":""code"",""from"":null,""to"":""PRV-MJ18AD""},{""field"":""name"",""from"":null,""to"":""Acme Care""},{""field"":""active"",""from"":null,""to"":true}]"
        provider.create,provider,Birch Homecare,,"[{""field"":""code"",""from"":null,""to"":""PRV-1FS91H""},{""field"":""name"",""from"":null,""to"":""Birch Homecare""},{""field"":""active"",""from"":null,""to"":true}]"
        provider.create,provider,Cedar Nursing,,"[{""field"":""code"",""from"":null,""to"":""PRV-W8607R""},{""field"":""name"",""from"":null,""to"":""Cedar Nursing""},{""field"":""active"",""from"":null,""to"":true}]"
        provider.create,provider,Dormant Care,,"[{""field"":""code"",""from"":null,""to"":""PRV-85Y0YW""},{""field"":""name"",""from"":null,""to"":""Dormant Care""},{""field"":""active"",""from"":null,""to"":true}]"
        provider.deactivate,provider,Dormant Care,active true → false,"[{""field"":""active"",""from"":true,""to"":false}]"
        client.edit,client,Ida Moss,"given Ada → Ida, address none → 1 Mill Lane, former names none → Ada Moss","[{""field"":""given"",""from"":""Ada"",""to"":""Ida""},{""field"":""address"",""from"":null,""to"":""1 Mill Lane""},{""field"":""former_names"",""from"":[],""to"":[""Ada Moss""]}]"
        $ caredesk events --on winter --limit 1 -o jsonl --columns action,changes,erased
        {"action":"outsource.create","changes":[{"field":"code","from":null,"to":"PKG-SZNCK3"},{"field":"reference","from":null,"to":"winter"},{"field":"status","from":null,"to":"pending"},{"field":"referral","from":null,"to":"REF-00000A"},{"field":"created_at","from":null,"to":"2026-11-22T10:00:00Z"},{"field":"created_by","from":null,"to":"admin"},{"field":"visits","from":null,"to":[{"code":"VIS-000001","start":"2026-12-01T09:00:00Z","duration_minutes":30,"status":"planned","provider_note":null,"offered_start":"2026-12-01T09:00:00Z","offered_duration_minutes":30,"differs_from_offer":false},{"code":"VIS-000002","start":"2026-12-02T09:00:00Z","duration_minutes":30,"status":"planned","provider_note":null,"offered_start":"2026-12-02T09:00:00Z","offered_duration_minutes":30,"differs_from_offer":false},{"code":"VIS-000003","start":"2026-12-03T09:00:00Z","duration_minutes":30,"status":"planned","provider_note":null,"offered_start":"2026-12-03T09:00:00Z","offered_duration_minutes":30,"differs_from_offer":false},{"code":"VIS-000004","start":"2026-12-04T09:00:00Z","duration_minutes":30,"status":"planned","provider_note":null,"offered_start":"2026-12-04T09:00:00Z","offered_duration_minutes":30,"differs_from_offer":false}]},{"field":"offers","from":null,"to":[{"provider":"PRV-00000A","provider_name":"Acme Care","requested_by":"admin","requested_at":"2026-11-22T10:00:00Z","opens_at":null,"lapses_at":null,"reminded_at":null,"status":"pending","responded_at":null,"ended_at":null,"reason":null},{"provider":"PRV-00000B","provider_name":"Birch Homecare","requested_by":"admin","requested_at":"2026-11-22T10:00:00Z","opens_at":null,"lapses_at":null,"reminded_at":null,"status":"pending","responded_at":null,"ended_at":null,"reason":null}]}],"erased":false}
        $ caredesk events --action package.wait
        2> error: the audit trail has no action `package.wait`
        2> hint: did you mean `package.respond`?
        [exit 3]
        $ caredesk events --on winter --by stan
        2> note: no such events
    "#]]);
    let all = numbers(world, "events -q");
    assert_eq!(all, (1..=i64::try_from(all.len()).unwrap()).collect::<Vec<_>>());
    let cursors = world.ok("events -q");
    let third = cursors.lines().nth(2).unwrap();
    assert_eq!(numbers(world, &format!("events -q --after {third} --limit 2")), [4, 5]);
    let last = cursors.lines().last().unwrap();
    assert_eq!(world.ok(&format!("events -q --after {last}")), "");
    // What is begun with a day begins with the first of it.
    assert_eq!(numbers(world, "events -q --since 2026-11-22"), all);
    assert_eq!(world.ok("events -q --since 2026-11-23"), "");
    let later = numbers(world, "events -q --since '2026-11-22 10:00'");
    assert_eq!(later, all[all.len() - later.len()..]);
    assert!(!later.is_empty() && later.len() < all.len());
    // The same entries as those of the audit trail.
    let events = world.json("events -o json");
    let entries = world.json("audit list -o json");
    let both = events.as_array().unwrap().iter().zip(entries.as_array().unwrap().iter().rev());
    for (event, entry) in both {
        for key in ["at", "by", "acted_by", "action", "on", "erased"] {
            assert_eq!(event[key], entry[key], "{key}");
        }
        let cursor = format!("{}-{}", entry["number"], &entry["hash"].as_str().unwrap()[..8]);
        assert_eq!(event["cursor"], cursor);
    }
});

// Rules 7.60 and 7.61.
both_engines!(what_cannot_be_listed_says_why, |world| {
    settle(world);
    world.write("kept", "nonsense\n");
    world.refusals(expect![[r#"
        4 events.cursor_unknown      events --after 2-00000000
        4 events.cursor_unknown      events --after 2000-00000000
        4 events.cursor_unknown      events --after 0-00000001
        2 usage                      events --after second
        2 usage                      events --after 1-00000000 --since today
        5 events.cursor_file         events -o jsonl --cursor-file kept
        8 file.unwritable            events -o jsonl --cursor-file nowhere/kept
        5 file.unreadable            events -o jsonl --cursor-file .
        2 usage.stream               events --cursor-file new -o json
        2 usage.stream               events --follow -o json
        2 usage.stream               events --follow -o jsonl --out events.jsonl
        2 usage                      events --timeout 1s
        3 audit.no_subject           events --on PKG-000000
        3 account.not_found          events --by zoe
        3 audit.no_action            events --action package.wait
        3 audit.no_subject           events --follow -o jsonl --on PKG-000000
        2 usage.unknown_column       events --columns when
        # as stan
        6 actor.level                events
        6 actor.level                events --follow -o jsonl
        # as acme
        6 actor.level                events --follow -o jsonl
        6 actor.level                events --on winter
    "#]]);
    assert!(!world.path("new").exists());
});
