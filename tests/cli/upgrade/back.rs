//! The way back to an older program, as `docs/guide.md` has it.

use std::fs;

use expect_test::expect;

use super::frozen::thaw;
use super::refused::make_newer;
use crate::town::{dump, settle, verified};
use crate::world::{Engine, World};

// Rule 7.83: the copy put back is what the older program left, row by row, and is upgraded again as it was.
#[test]
fn the_copy_from_before_is_put_back() {
    let world = World::new(Engine::Sqlite);
    thaw(&world, "0003");
    let before = dump(&world);
    world.story(expect![[r#"
        $ caredesk database migrate
        Upgraded the database from schema 3 to 44. A copy from before is at <DB>.before-4.
        2> note: the database was upgraded; a copy from before is at `<DB>.before-4`
        $ caredesk client create --given Nia --family Prior -q
        CLI-MJ18AD
    "#]]);
    fs::rename(world.path("test.db"), world.path("test.db.newer")).unwrap();
    fs::rename(world.path("test.db.before-4"), world.path("test.db")).unwrap();
    assert!(dump(&world) == before);
    assert_eq!(world.sql("PRAGMA user_version")[0][0].as_deref(), Some("3"));
    world.story(expect![[r#"
        $ caredesk client list --name nia --columns code
        2> note: the database was upgraded; a copy from before is at `<DB>.before-4`
        2> note: no clients
        $ caredesk --db test.db.newer client list --name nia --columns given,family
        GIVEN  FAMILY
        Nia    Prior
    "#]]);
    assert!(world.path("test.db.before-4").is_file());
    verified(&world);
}

// Rule 7.83: a backup that the older program took before is restored by it, once what the newer one left is out of the way.
both_engines!(a_backup_from_before_is_restored, |world| {
    settle(world);
    world.ok("database backup before.zip");
    let before = world.ok("client list -o csv");
    world.ok("client create --given Nia --family Prior");
    make_newer(world);
    let refused = world.run("database restore before.zip --yes");
    assert_eq!(refused.status, 8, "{refused:?}");
    match world.engine() {
        Engine::Sqlite => fs::rename(world.path("test.db"), world.path("test.db.newer")).unwrap(),
        Engine::Postgres => {
            world.sql("ALTER SCHEMA public RENAME TO newer; CREATE SCHEMA public");
        }
    }
    world.ok("database restore before.zip");
    assert_eq!(world.ok("client list -o csv"), before);
    verified(world);
    world.ok("client create --given Nia --family Prior");
});
