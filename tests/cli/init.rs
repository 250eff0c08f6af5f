//! `init`: a new database, with its first admin and its first queue.

use std::os::unix::fs::PermissionsExt;

use expect_test::expect;

use crate::town::dump;
use crate::world::{Engine, World};

both_engines!(a_database_is_made_once, |world| {
    world.call("<SHOWN>", &world.database_name().replace(":secret", ""));
    world.story(expect![[r#"
        $ caredesk init --time-zone Europe/Lundon
        2> error: invalid value 'Europe/Lundon' for '--time-zone <TZ>': `Europe/Lundon` is not a time zone; near are: Europe/London, Europe/Dublin, Europe/Ulyanovsk
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk init --admin ''
        2> error: invalid value '' for '--admin <LOGIN>': a login cannot be empty
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk init --time-zone Europe/London --hub 'Harbour Town' --admin anna --columns admin,time_zone,hub,queue
        admin      anna
        time zone  Europe/London
        hub        Harbour Town
        queue      Home care
        # as anna
        $ caredesk init --if-not-exists --columns admin
        admin  anna
        $ caredesk whoami --columns login,level,time_zone
        login      anna
        level      admin
        time zone  Europe/London
        $ caredesk queue show 'home care'
        Home care
        New → Live → Closed (closed)

        no resource takes its referrals
        $ caredesk audit list --columns by,action,on
        BY    ACTION         ON
        anna  database.init  anna
    "#]]);
    assert_eq!(world.json("audit verify")["intact"], true);
});

both_engines!(what_is_there_is_left_alone, |world| {
    world.ok("init");
    let before = dump(world);
    let answer = world.run("init -o json");
    assert_eq!((answer.status, answer.stdout.as_str()), (4, ""), "{answer:?}");
    assert!(answer.stderr.contains("database.exists"), "{answer:?}");
    assert_eq!(world.json("init --if-not-exists")["result"], "unchanged");
    assert!(before == dump(world));
});

#[test]
fn what_an_init_left_that_was_cut_off_is_finished() {
    let world = World::new(Engine::Sqlite);
    world.write("left.db", "");
    world.write("other.db", "precious");
    world.ok("init --db left.db --dry-run");
    world.ok("init --db left.db");
    assert_eq!(world.path("left.db").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(world.run("init --db left.db").status, 4);
    assert_ne!(world.run("init --db other.db").status, 0);
    assert_eq!(world.read("other.db"), "precious");
}
