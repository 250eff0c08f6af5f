//! Passwords stay where they belong: in no word, no name of a file, and in files that others cannot read.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use expect_test::expect;

use crate::world::{Engine, World, tell};

const ADDRESSES: [&str; 9] = [
    "postgres://u@127.0.0.1:notaport/x?password=SECRET",
    "postgres://127.0.0.1/x?user=u&password=SECRET&frob=1",
    "postgres://u:SECRET@127.0.0.1:1/x",
    "POSTGRES://u:SECRET@127.0.0.1:1/x",
    "postgresql+psycopg://u:SECRET@h/x",
    "postgers:/u:SECRET@h/x",
    "u:SECRET@h/x",
    "//u:SECRET@h/x",
    "host=127.0.0.1 password = SECRET user=u",
];

#[test]
fn no_form_of_address_shows_its_password_or_names_a_file() {
    let world = World::new(Engine::Sqlite);
    for address in ADDRESSES {
        let lines = [
            "whoami -v".to_owned(),
            "init".to_owned(),
            "init -o json".to_owned(),
            "database check".to_owned(),
            format!("init '{address}'"),
            format!("init '--dbase={address}'"),
            format!("package list '--limit={address}'"),
        ];
        world.set("CAREDESK_DB", address);
        for line in lines {
            let answer = world.run(&line);
            assert!([2, 7].contains(&answer.status), "{line}: {answer:?}");
            assert!(!format!("{answer:?}").contains("SECRET"), "{line}: {answer:?}");
        }
    }
    assert_eq!(fs::read_dir(world.path("")).unwrap().count(), 0, "nothing was made");
}

both_engines!(a_password_file_that_others_can_read_is_refused, |world| {
    world.ok("init");
    world.write("open", "correct horse battery\n");
    for mode in [0o644, 0o640, 0o602] {
        fs::set_permissions(world.path("open"), Permissions::from_mode(mode)).unwrap();
        for line in [
            "account create bob --name Bob --level standard --password-file open",
            "account set-password admin --password-file open",
            "alert send --smtp-file open --from a@b.example",
        ] {
            let answer = world.run(&format!("{line} -o json"));
            assert!(answer.stderr.contains("file.not_private"), "{line}: {answer:?}");
            assert!(answer.stderr.contains(&format!("(mode {mode:o})")), "{line}: {answer:?}");
        }
    }
    world.ok("account create bob --name Bob --level standard");
    world.as_user("bob");
    world.set("CAREDESK_PASSWORD_FILE", "open");
    world.story(expect![[r#"
        $ caredesk whoami --as admin
        2> error: `open` can be read by others (mode 602)
        2> hint: `chmod 600 open` keeps its password to you
        [exit 8]
    "#]]);
});

#[test]
fn the_password_of_a_server_comes_from_a_file() {
    tell(Engine::Postgres, "secrets::the_password_of_a_server_comes_from_a_file", |world| {
        world.ok("init");
        let whole = world.database_name();
        let bare = whole.replace(":secret@", "@");
        let (_, at) = bare.split_once('@').unwrap();
        let (place, name) = at.split_once('/').unwrap();
        world.set("CAREDESK_DB", &bare);
        assert_eq!(world.run("whoami").status, 8, "there is no password");
        world.write("password", "secret\n");
        world.write("wrong", "guess\n");
        world.set("CAREDESK_DB_PASSWORD_FILE", "password");
        world.ok("whoami");
        world.set("CAREDESK_DB_PASSWORD_FILE", "wrong");
        assert_eq!(world.run("whoami").status, 8);
        world.set("CAREDESK_DB", &whole);
        world.ok("whoami");
        world.set("CAREDESK_DB", &bare);
        world.set("CAREDESK_DB_PASSWORD_FILE", "");
        world.write(".pgpass", format!("{place}:{name}:caredesk:secret\n"));
        world.ok("whoami");
        world.write("lines", "127.0.0.1:*:*:caredesk:guess\n*:*:*:*:secret\n");
        world.set("PGPASSFILE", "lines");
        assert_eq!(world.run("whoami").status, 8, "the first line that fits counts");
        world.write("lines", "127.0.0.2:*:*:caredesk:guess\n*:*:*:*:secret\n");
        world.ok("whoami");
        fs::set_permissions(world.path("lines"), Permissions::from_mode(0o644)).unwrap();
        let answer = world.run("whoami -o json");
        assert!(answer.stderr.contains("file.not_private"), "{answer:?}");
    });
}
