//! Upgrades that fail: the database is as it was, its copy beside it, and the message says where one goes.

use std::fs;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use expect_test::expect;
use postgres::{Client, NoTls};

use super::frozen::thaw;
use crate::torture::files::{Trouble, calls, library, run};
use crate::town::dump;
use crate::world::{Engine, World, answer, tell};

const IS_FULL: i32 = 28;

// Rules 4.7, 7.82: what a step finds in its way takes all steps back. Mended, the next command upgrades.
both_engines!(a_step_that_fails_leaves_all_as_it_was, |world| {
    thaw(world, "0003");
    // Step 28 makes an index of this name.
    world.sql("CREATE INDEX account_login ON account (name)");
    let before = dump(world);
    let failed = world.run("whoami");
    assert!(dump(world) == before);
    // As an error names it, without its password.
    let name = world.database_name().replace(":secret@", "@");
    let words = world.without_names_of_this_run(&failed.stderr.replace(&name, "<DB>"));
    let [file, server] = [
        expect![[r#"
            error: the upgrade failed, and `<DB>` is as it was before: another program's tables are in the way: index account_login already exists
            hint: give caredesk a database of its own, or go on with the older program; a copy is at `<DB>.before-4`
        "#]],
        expect![[r#"
            error: the upgrade failed, and `<DB>` is as it was before: another program's tables are in the way: relation "account_login" already exists
            hint: give caredesk a database of its own, or go on with the older program
        "#]],
    ];
    match world.engine() {
        Engine::Sqlite => {
            file.assert_eq(&words);
            assert!(world.path("test.db.before-4").is_file());
        }
        Engine::Postgres => server.assert_eq(&words),
    }
    world.sql("DROP INDEX account_login");
    if world.engine() == Engine::Sqlite {
        world.story(expect![[r#"
            $ caredesk whoami -q
            2> error: `<DB>.before-4` is not the copy before an upgrade that its name says
            2> hint: move it away; without a copy nothing is upgraded
            [exit 8]
        "#]]);
        fs::remove_file(world.path("test.db.before-4")).unwrap();
    }
    world.ok("whoami");
    world.ok("database check");
});

// Rules 4.7, 7.82: wherever the process ends or the disk is full, in whichever step, the next command upgrades.
#[test]
fn a_full_disk_or_a_killed_process_at_any_call() {
    let Some(library) = library() else { return };
    let world = World::new(Engine::Sqlite);
    let (mut ended, mut full) = (0, 0);
    thaw(&world, "0003");
    let before = dump(&world);
    thaw(&world, "0003");
    let last = calls(&world, library, "whoami");
    for part in 0..12 {
        for errno in [0, IS_FULL] {
            thaw(&world, "0003");
            let at = 1 + part * (last - 1) / 12;
            let done = run(&world, library, "whoami", &Trouble { at, errno });
            let version = &world.sql("SELECT CAST(MAX(version) AS TEXT) FROM schema_migration")[0][0];
            if version.as_deref() == Some("3") {
                assert!(dump(&world) == before, "call {at}: {done:?}");
                assert_ne!(done.status, 0, "call {at}");
                ended += i32::from(errno == 0);
                full += i32::from(done.stderr.contains("is as it was before"));
            }
            world.ok("whoami");
            assert!(world.path("test.db.before-4").is_file(), "call {at}");
            world.ok("database check");
        }
    }
    assert!(ended > 3 && full > 0, "{ended} ended, {full} full");
}

// Rules 4.7, 7.82: a connection that is cut in the midst of a step.
#[test]
fn a_connection_that_is_cut_in_a_step() {
    tell(Engine::Postgres, "upgrade::failed::a_connection_that_is_cut_in_a_step", |world| {
        thaw(world, "0003");
        let before = dump(world);
        let mut reader = Client::connect(&world.database_name(), NoTls).unwrap();
        reader.batch_execute("BEGIN; LOCK TABLE client IN ACCESS SHARE MODE").unwrap();
        let mut command = world.command("whoami");
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        cut_while_it_waits(world);
        let cut = ended(child);
        drop(reader);
        assert_eq!(cut.0, 7, "{}", cut.1);
        assert!(cut.1.contains("is as it was before"), "{}", cut.1);
        assert!(dump(world) == before);
        world.ok("whoami");
        world.ok("database check");
    });
}

/// Ends the connections that wait for a lock, until none comes again.
fn cut_while_it_waits(world: &World) {
    let cut = "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS TEXT) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..1_000 {
        if world.sql(cut)[0][0].as_deref() != Some("0") {
            return;
        }
        sleep(Duration::from_millis(10));
    }
    panic!("it never waited");
}

fn ended(child: Child) -> (i32, String) {
    let answer = answer(child.wait_with_output().unwrap());
    (answer.status, answer.stderr)
}
