//! The rules of offers, carried a second time by the database.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::town::{dump, settle, verified};

// Rules 1.5, 1.13 and 1.14: what no path around the program can write either.
both_engines!(the_database_refuses_what_the_rules_refuse, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme birch --then cedar --after 2h --answer-by 4h --reference winter");
    let before = dump(world);
    let own = |letter: char| {
        format!("WHERE provider_id = (SELECT id FROM provider WHERE code = 'PRV-00000{letter}')")
    };
    let answered = |status: &str, at: &str, letter: char| {
        format!(
            "UPDATE offer SET status = '{status}', timed = FALSE, responded_at = '2026-11-22T{at}.000Z' {}",
            own(letter)
        )
    };
    let refused = [
        ("an answer without its time", format!("UPDATE offer SET status = 'accepted', timed = FALSE {}", own('A'))),
        ("a time without an answer", format!("UPDATE offer SET responded_at = '2026-11-22T11:00:00.000Z' {}", own('A'))),
        ("an answer once it has lapsed", answered("accepted", "14:00:00", 'A')),
        ("an answer before it opens", answered("rejected", "11:59:59", 'C')),
        ("an end before it opens", format!("UPDATE offer SET lapses_at = opens_at {}", own('C'))),
        (
            "two who have accepted",
            "UPDATE offer SET status = 'accepted', timed = FALSE, responded_at = '2026-11-22T13:00:00.000Z'".to_owned(),
        ),
        (
            "a hand-back without a reason",
            format!(
                "UPDATE offer SET status = 'handed_back', timed = FALSE, responded_at = '2026-11-22T11:00:00.000Z',
                ended_at = '2026-11-22T12:00:00.000Z' {}",
                own('A')
            ),
        ),
        ("an end of what still waits", format!("UPDATE offer SET ended_at = '2026-11-22T11:00:00.000Z' {}", own('A'))),
        ("what is answered and opens by the clock", answered("accepted", "11:00:00", 'A').replace("timed = FALSE", "timed = TRUE")),
        ("another status", "UPDATE offer SET status = 'lapsed'".to_owned()),
        ("a package that is accepted and lapses", "UPDATE package SET status = 'accepted'".to_owned()),
        ("a package that lapses at no time", "UPDATE package SET lapses_at = NULL".to_owned()),
        ("a package recalled at no time", "UPDATE package SET status = 'recalled', timed = FALSE, lapses_at = NULL".to_owned()),
    ];
    for (what, statement) in refused {
        let outcome = catch_unwind(AssertUnwindSafe(|| world.sql(&statement)));
        assert!(outcome.is_err(), "{what} was written: {statement}");
        assert!(before == dump(world), "{what}");
    }
    world.sql(&answered("accepted", "13:59:59", 'C'));
    world
        .sql(&format!("UPDATE offer SET status = 'pending', timed = TRUE, responded_at = NULL {}", own('C')));
    verified(world);
});
