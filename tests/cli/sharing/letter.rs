//! A request is a letter (rule 3.11): what the other side holds is not learned by sending one.

use expect_test::expect;

use super::{ask_for, open, share};
use crate::town::{sound, verified};
use crate::world::{Engine, World};

/// Bo is active at Birch alone.
fn of_birch(world: &World) {
    share(world);
    open(world);
    world.ok("client enroll CLI-00000B birch --date 2026-01-01");
}

// Rule 3.11.
both_engines!(a_letter_waits_until_the_client_is_there, |world| {
    of_birch(world);
    world.as_user("birch");
    world.story(expect![[r#"
        $ caredesk sharing request CLI-00000B --owner acme --recipient birch --type services --dry-run
        dry run: Created request SHR-SPFQWH: `Birch Homecare` asks `Acme Care` for services of CLI-00000B. It waits for an answer until 2026-12-22. No account is alerted (no e-mail address).
    "#]]);
    ask_for(world, "CLI-00000B", 1);
    world.story(expect![[r#"
        $ caredesk sharing list --outgoing --columns code,client,owner_name,type,status,lapses_on
        CODE        CLIENT      OWNER      TYPE      STATUS   LAPSES ON
        SHR-000001  CLI-00000B  Acme Care  services  pending  2026-12-22
        $ caredesk sharing show SHR-000001
        SHR-000001: pending
        `Birch Homecare` asks `Acme Care` for services of Bo Moss (CLI-00000B, born 1941-03-02)
        waits until  2026-12-22

        STATUS   BY     STARTS AT
        pending  birch  2026-11-22 12:00
        # as acme
        $ caredesk sharing list --incoming
        2> note: no requests
        $ caredesk sharing list --status pending -o json
        []
        $ caredesk sharing show SHR-000001
        2> error: there is no sharing request `SHR-000001`
        2> hint: `caredesk sharing list` shows those that there are
        [exit 3]
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01
        2> error: there is no sharing request `SHR-000001`
        2> hint: `caredesk sharing list` shows those that there are
        [exit 3]
        $ caredesk sharing explain CLI-00000B --owner acme --recipient birch --type services --columns verdict
        verdict  Birch Homecare sees none of the 1 services record of Bo Moss at Acme Care: Bo Moss was never active at Acme Care
        # as admin
        $ caredesk sharing list --columns code,status
        CODE        STATUS
        SHR-000001  pending
    "#]]);
    world.ok("client enroll CLI-00000B acme");
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing list --incoming --columns code,client,recipient_name,type,status
        CODE        CLIENT      RECIPIENT       TYPE      STATUS
        SHR-000001  CLI-00000B  Birch Homecare  services  pending
        $ caredesk sharing explain CLI-00000B --owner acme --recipient birch --type services
        Birch Homecare sees none of the 1 services record of Bo Moss at Acme Care: SHR-000001 is pending since 2026-11-22 12:00: Acme Care has not answered.
        As of 2026-11-22 12:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care is at level 2 for services since 2026-11-22 12:00: it shares in common service categories
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          · not asked  category                the services of Birch Homecare are said after an agreement
          ✓ met        enrolment at owner      Bo Moss is active at Acme Care since 2026-11-22
          · not asked  enrolment at recipient  whether Bo Moss is active at Birch Homecare is said after an agreement
          ✗ not met    request                 SHR-000001 is pending since 2026-11-22 12:00: Acme Care has not answered
                       $ caredesk sharing grant SHR-000001 --expires 2027-11-22
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.as_user("admin");
    world.ok("client enroll CLI-00000B acme --status inactive");
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing list --incoming --columns code,client,recipient_name,type,status
        CODE        CLIENT      RECIPIENT       TYPE      STATUS
        SHR-000001  CLI-00000B  Birch Homecare  services  pending
        $ caredesk sharing deny SHR-000001 --reason 'Not without her daughter'
        Denied request SHR-000001: services of CLI-00000B, `Acme Care` to `Birch Homecare`; no account is alerted (no e-mail address).
        # as birch
        $ caredesk sharing show SHR-000001
        SHR-000001: denied
        `Birch Homecare` asks `Acme Care` for services of Bo Moss (CLI-00000B, born 1941-03-02)
        reason  Not without her daughter

        STATUS   REASON                    BY     STARTS AT         ENDS AT
        pending                            birch  2026-11-22 12:00  2026-11-22 12:00
        denied   Not without her daughter  acme   2026-11-22 12:00
    "#]]);
    verified(world);
});

// Rule 3.11: who speaks for both sides has sent it, and is asked to answer only once it has arrived.
both_engines!(a_letter_to_oneself_comes_in_when_it_has_arrived, |world| {
    of_birch(world);
    world.as_user("both");
    let line = "sharing request CLI-00000B --owner acme --recipient birch --type services";
    let code = world.json(line)["code"].clone();
    let comes_in = || {
        let lists = ["sharing list --incoming", "sharing list --incoming acme"].map(|line| world.json(line));
        let work = world.json("whoami")["work"].clone();
        let waits = work.as_array().unwrap().iter().any(|one| one["sort"] == "sharing-requests");
        lists.map(|list| list.as_array().unwrap().len() == 1).into_iter().chain([waits]).collect::<Vec<_>>()
    };
    assert_eq!(comes_in(), [false; 3]);
    assert_eq!(world.json("sharing list --outgoing")[0]["code"], code);
    world.as_user("admin");
    world.ok("client enroll CLI-00000B acme");
    world.as_user("both");
    assert_eq!(comes_in(), [true; 3]);
});

// Rule 3.11.
both_engines!(a_letter_without_an_answer_ends, |world| {
    of_birch(world);
    world.as_user("birch");
    world.at("2026-11-22T13:00:00Z");
    ask_for(world, "CLI-00000B", 1);
    world.story(expect![[r#"
        # at 2026-12-22T23:00:00Z
        $ caredesk sharing list --columns code,status,lapses_on
        CODE        STATUS   LAPSES ON
        SHR-000001  pending  2026-12-22
        # at 2026-12-23T00:00:00Z
        $ caredesk sharing list --columns code,status,lapses_on
        CODE        STATUS      LAPSES ON
        SHR-000001  unanswered  2026-12-22
        $ caredesk sharing list --status pending
        2> note: no requests
        $ caredesk sharing list --status unanswered --columns code
        CODE
        SHR-000001
        $ caredesk sharing explain CLI-00000B --owner acme --recipient birch --type services
        Birch Homecare sees no services record of Bo Moss at Acme Care: SHR-000001 ended unanswered: its last day was 2026-12-22.
        As of 2026-12-23 00:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care shares services by request
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          · not asked  category                Acme Care says only whether it agrees
          · not asked  enrolment at owner      Acme Care says only whether it agrees
          ✓ met        enrolment at recipient  Bo Moss is active at Birch Homecare since 2026-01-01
          ✗ not met    request                 SHR-000001 ended unanswered: its last day was 2026-12-22
                       $ caredesk sharing request CLI-00000B --owner PRV-00000A --recipient PRV-00000B --type services
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
        $ caredesk sharing cancel SHR-000001
        2> error: SHR-000001 is unanswered: only a pending request can be cancelled
        2> hint: `caredesk sharing show SHR-000001` says how it stands
        [exit 4]
    "#]]);
    // The hub sets how long requests wait; those that wait already keep their day.
    world.as_user("admin");
    world.ok("hub edit --request-days 31");
    // What becomes so afterwards does not bring it back, nor is it in the way of another.
    world.ok("client enroll CLI-00000B acme --date 2026-12-23");
    world.story(expect![[r#"
        $ caredesk sharing grant SHR-000001 --expires 2027-02-01
        2> error: SHR-000001 ended unanswered on 2026-12-22
        2> hint: ask again: `caredesk sharing request CLI-00000B --owner 'Acme Care' --recipient 'Birch Homecare' --type services`
        [exit 4]
        # as acme
        $ caredesk sharing list
        2> note: no requests
    "#]]);
    world.as_user("birch");
    ask_for(world, "CLI-00000B", 2);
    world.as_user("acme");
    world.ok("sharing deny SHR-000002");
    world.ok("sharing pending SHR-000002");
    world.story(expect![[r#"
        $ caredesk sharing list --columns code,status,lapses_on
        CODE        STATUS   LAPSES ON
        SHR-000002  pending  2027-01-23
        # at 2027-02-01T09:00:00Z
        $ caredesk sharing list --columns code,status
        CODE        STATUS
        SHR-000002  unanswered
    "#]]);
    world.as_user("admin");
    sound(world);
    verified(world);
});

// Rule 3.11.
both_engines!(who_has_sent_it_takes_it_back, |world| {
    of_birch(world);
    world.as_user("birch");
    ask_for(world, "CLI-00000A", 1);
    ask_for(world, "CLI-00000B", 2);
    world.refusals(expect![[r#"
        # as acme
        6 sharing.wrong_side         sharing cancel SHR-000001
        3 sharing.not_found          sharing cancel SHR-000002
        # as mute
        6 actor.permission           sharing cancel SHR-000001
        # as cedar
        3 sharing.not_found          sharing cancel SHR-000001
        # as stan
        6 actor.level                sharing cancel SHR-000001
    "#]]);
    world.story(expect![[r#"
        # as birch
        $ caredesk sharing cancel SHR-000001 --dry-run
        dry run: Cancelled request SHR-000001: `Birch Homecare` no longer asks `Acme Care` for services of CLI-00000A.
        $ caredesk sharing cancel SHR-000001
        Cancelled request SHR-000001: `Birch Homecare` no longer asks `Acme Care` for services of CLI-00000A.
        $ caredesk sharing cancel SHR-000001
        Nothing to change: request SHR-000001 is cancelled already.
        $ caredesk sharing cancel SHR-000002
        Cancelled request SHR-000002: `Birch Homecare` no longer asks `Acme Care` for services of CLI-00000B.
        $ caredesk sharing show SHR-000001
        SHR-000001: cancelled
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A, born 1941-03-02)

        STATUS     BY     STARTS AT         ENDS AT
        pending    birch  2026-11-22 12:00  2026-11-22 12:00
        cancelled  birch  2026-11-22 12:00
        # as acme
        $ caredesk sharing list --columns code,status,cancelled_by
        CODE        STATUS     CANCELLED BY
        SHR-000001  cancelled  birch
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01
        2> error: SHR-000001 was cancelled by `Birch Homecare`
        2> hint: ask again: `caredesk sharing request CLI-00000A --owner 'Acme Care' --recipient 'Birch Homecare' --type services`
        [exit 4]
    "#]]);
    // A cancelled one is in nobody's way, and never arrives.
    world.as_user("admin");
    world.ok("client enroll CLI-00000B acme");
    world.as_user("birch");
    ask_for(world, "CLI-00000B", 3);
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing list --columns code,status
        CODE        STATUS
        SHR-000003  pending
        SHR-000001  cancelled
        $ caredesk sharing grant SHR-000003 --expires 2027-01-01
        Granted request SHR-000003: services of CLI-00000B, `Acme Care` to `Birch Homecare` until 2027-01-01; no account is alerted (no e-mail address).
        2> warning: nothing is shared for now: CLI-00000B has had no service of one category at both `Acme Care` and `Birch Homecare` under contracts in force; `caredesk contract list --active --provider 'Birch Homecare'` shows what is in force; `caredesk record add` records a service
        # as birch
        $ caredesk sharing cancel SHR-000003
        2> error: SHR-000003 is granted: only a pending request can be cancelled
        2> hint: `caredesk sharing show SHR-000003` says how it stands
        [exit 4]
        $ caredesk sharing list --status cancelled --columns code
        CODE
        SHR-000002
        SHR-000001
    "#]]);
    world.as_user("admin");
    sound(world);
    verified(world);
});

/// What the owner holds of the client, and what the client is for all.
#[derive(Clone, Copy)]
struct Case {
    level: u8,
    has_died: bool,
    is_merged: bool,
}

/// What is done at the owner before the recipient asks.
const HELD: [&[&str]; 5] = [
    &[],
    &["client enroll CLI-00000B acme --date 2026-01-01 --even-so"],
    &[
        "client enroll CLI-00000B acme --date 2026-01-01 --even-so",
        "client enroll CLI-00000B acme --status inactive",
    ],
    &[
        "record add CLI-00000B --provider acme --type services --date 2026-11-06 --title Supper --category meals --contract 'acme meals'",
    ],
    &[
        "client enroll CLI-00000B acme --date 2026-01-01 --even-so",
        "record add CLI-00000B --provider acme --type services --date 2026-11-06 --title Supper --category meals --contract 'acme meals'",
        "record add CLI-00000B --provider acme --type clinical --date 2026-11-06 --title Weight",
    ],
];

const ASK: &str = "sharing request WHO --owner acme --recipient birch --type services --even-so";

/// Whatever a recipient can do about it, with the time at which it does.
const DONE: &[(&str, &str)] = &[
    ("2026-11-23T09:00:00Z", "sharing request WHO --owner acme --recipient birch --type services"),
    ("", "sharing request WHO --owner acme --recipient birch --type clinical --even-so"),
    ("", "sharing explain WHO --owner acme --recipient birch --type services"),
    ("", "sharing explain WHO --owner acme --recipient birch --type clinical"),
    ("", "ASK --dry-run"),
    ("", "ASK --dry-run --exit-code"),
    ("", "ASK --note 'For the care plan'"),
    ("", "ASK"),
    ("", "sharing list"),
    ("", "sharing list --outgoing --type services --status pending"),
    ("", "sharing list --incoming"),
    ("", "sharing list --client WHO"),
    ("", "sharing show SHR"),
    ("", "sharing grant SHR --expires 2027-01-01"),
    ("", "sharing explain WHO --owner acme --recipient birch --type services"),
    ("", "sharing explain WHO --owner acme --recipient birch --type services --at 2026-11-22"),
    ("", "sharing links"),
    ("", "sharing calendar --file -"),
    ("", "record list WHO"),
    ("", "client list"),
    ("", "client show WHO"),
    ("", "sharing cancel SHR --dry-run"),
    ("", "sharing cancel SHR"),
    ("", "sharing cancel SHR"),
    ("", "sharing show SHR"),
    ("", "sharing explain WHO --owner acme --recipient birch --type services"),
    ("2026-11-24T09:00:00Z", "ASK"),
    ("2026-12-25T09:00:00Z", "sharing list"),
    ("", "sharing list --status unanswered"),
    ("", "sharing show SHR"),
    ("", "sharing explain WHO --owner acme --recipient birch --type services"),
    ("", "sharing cancel SHR"),
    ("", "ASK"),
    ("", "sharing list"),
];

/// All that the recipient reads, without the codes.
fn read_by_recipient(engine: Engine, case: Case, held: &[&str]) -> String {
    let world = World::new(engine);
    share(&world);
    let level = case.level;
    world.ok(&format!("sharing setup acme --type services --level {level}"));
    world.ok("sharing link acme birch --type services");
    world.ok("client enroll CLI-00000B birch --date 2026-01-01");
    world.ok("record add CLI-00000B --provider birch --type services --date 2026-11-07 --title Tea --category meals --contract 'birch meals'");
    let mut who = "CLI-00000B".to_owned();
    if case.is_merged {
        world.ok("-q client create --given Bo --family Mosse").trim().clone_into(&mut who);
        world.ok(&format!("client merge {who} --into CLI-00000B --yes"));
    }
    for line in held {
        world.ok(line);
    }
    if case.has_died {
        world.ok("client edit CLI-00000B --status deceased --since 2026-11-20");
    }
    world.as_user("birch");
    let is_plain = engine == Engine::Sqlite && level == 2 && !case.has_died;
    let formats: &[&str] = if is_plain { &["table", "json", "csv"] } else { &["json"] };
    let mut text = String::new();
    for format in formats {
        for (at, line) in DONE {
            if !at.is_empty() {
                world.at(at);
            }
            let newest = world.sql("SELECT code FROM sharing_request ORDER BY id DESC LIMIT 1");
            let newest =
                newest.first().and_then(|row| row[0].clone()).unwrap_or_else(|| "SHR-ZZZZZZ".to_owned());
            let line = line.replace("ASK", ASK).replace("WHO", &who).replace("SHR", &newest);
            let answer = world.run(&format!("-o {format} {line}"));
            text += &format!("$ {line}\n{}{}[exit {}]\n", answer.stdout, answer.stderr, answer.status);
        }
        // The next format begins without an open request, at the same time.
        world.sql("DELETE FROM sharing_answer; DELETE FROM sharing_request; DELETE FROM audit; DELETE FROM operation_key");
    }
    without_codes(&text)
}

/// A code says nothing.
fn without_codes(text: &str) -> String {
    let mut parts = text.split("SHR-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "SHR-" + part.get(6..).unwrap_or_default())
}

// Rule 3.11.
both_engines!(a_sender_learns_nothing_of_the_owner, |world| {
    let cases: &[Case] = match world.engine() {
        Engine::Sqlite => &[
            Case { level: 2, has_died: false, is_merged: false },
            Case { level: 2, has_died: true, is_merged: false },
            Case { level: 1, has_died: false, is_merged: true },
        ],
        Engine::Postgres => &[Case { level: 2, has_died: false, is_merged: false }],
    };
    for case in cases {
        let unknown = read_by_recipient(world.engine(), *case, HELD[0]);
        assert!(unknown.contains("unanswered") && unknown.contains("ancelled"), "{unknown}");
        for held in &HELD[1..] {
            let known = read_by_recipient(world.engine(), *case, held);
            assert_eq!(known, unknown, "level {}, {held:?}", case.level);
        }
    }
});
