//! First passwords: hundreds of accounts are set up from a workbook, each person logs in once with one, and sets another.

use std::os::unix::fs::PermissionsExt;

use expect_test::expect;
use rust_xlsxwriter::Workbook;

use crate::world::World;

/// Rules 2.2 and 2.3: of these, every third is staff, and the rest act for one of two agencies.
fn staff(world: &World) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let heading = ["Login", "Name", "E-mail", "Level", "Permissions", "Resources"];
    sheet.write_row(0, 0, heading).unwrap();
    for number in 1..=300u32 {
        let (level, permissions, resource) = match number % 3 {
            0 => ("standard", "", ""),
            1 => ("provider-portal", "edit-capacity; change-status", "Acme Care"),
            _ => ("provider-portal", "edit-capacity", "Birch House"),
        };
        let (login, name) = (format!("p{number:03}"), format!("Person {number}"));
        let email = format!("{login}@care.example");
        sheet.write_row(number, 0, [&login, &name, &email, level, permissions, resource]).unwrap();
    }
    book.save(world.path("staff.xlsx")).unwrap();
}

fn hub(world: &World) {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("provider create 'Birch House'");
}

/// The first password of an account, from a file of them.
fn password(world: &World, file: &str, login: &str) -> String {
    let text = world.read(file);
    let row = text.lines().find(|row| row.starts_with(&format!("{login},"))).expect(login);
    row.rsplit(',').next().unwrap().to_owned()
}

// Rule 2.10.
both_engines!(hundreds_of_accounts_are_set_up_and_log_in, |world| {
    hub(world);
    staff(world);
    world.story(expect![[r#"
        $ caredesk account import staff.xlsx --map email=E-mail --invite passwords.csv --dry-run
        dry run: Accounts: 300 read, 300 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk account import staff.xlsx --map email=E-mail --invite passwords.csv
        Accounts: 300 read, 300 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-AV59D7: `caredesk import undo IMP-AV59D7` takes it back.
        2> note: 300 first passwords are in `passwords.csv`, valid until 2026-12-06 09:00
        $ caredesk account import staff.xlsx --map email=E-mail --invite passwords.csv
        Accounts: 300 read, 0 created, 0 updated, 300 unchanged, 0 rejected.
        $ caredesk account import staff.xlsx --map email=E-mail --invite others.csv
        Accounts: 300 read, 0 created, 0 updated, 300 unchanged, 0 rejected.
        $ caredesk account show p001
        login                      p001
        name                       Person 1
        level                      provider-portal
        email                      p001@care.example
        active                     yes
        has password               yes
        first password expires at  2026-12-06 09:00
        permissions                change-status, edit-capacity
        resources                  RES-4DHYWN
        resource assigned emails   yes
        $ caredesk account import passwords.csv
        2> error: `passwords.csv` has the unknown column `password`
        2> hint: passwords are never imported: `--invite FILE` gives each new account a first one
        [exit 5]
    "#]]);
    let file = world.read("passwords.csv");
    assert_eq!((file.lines().count(), file.lines().next()), (301, Some("login,name,email,password")));
    assert_eq!(world.path("passwords.csv").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!world.path("others.csv").exists(), "there is nobody to invite");
    let stored = world.sql("SELECT password_hash FROM account WHERE login LIKE 'p%'");
    assert!(stored.iter().flatten().flatten().all(|hash| hash.starts_with("$first$")));
    let first = password(world, "passwords.csv", "p001");
    assert_eq!(first.len(), 34, "{first}");
    let audit = world.ok("audit list -o json");
    assert!(!audit.contains(&first) && !audit.contains("$first$"), "a password is nowhere else");

    world.write("first", format!("{}\n", first.to_uppercase().replace('-', " ")));
    world.write("other", password(world, "passwords.csv", "p002"));
    world.write("own", "correct horse battery\n");
    world.as_user("stranger");
    world.set("CAREDESK_PASSWORD_FILE", "other");
    world.refusals(expect![[r#"
        6 actor.password             whoami --as p001
        6 actor.password             whoami --as nobody
    "#]]);
    world.set("CAREDESK_PASSWORD_FILE", "first");
    world.story(expect![[r#"
        $ caredesk resource list --as p001
        2> error: the first password of `p001` serves only to set one of its own
        2> hint: set it: `caredesk account set-password p001 --as p001`
        [exit 4]
        $ caredesk account set-password p001 --as p001
        2> error: a new password must be entered or read from a file
        2> hint: name the file with `--password-file`
        [exit 2]
        $ caredesk account set-password p001 --password-file first --as p001
        2> error: that is the first password: choose another
        [exit 5]
        $ caredesk account set-password p002 --password-file own --as p001
        2> error: there is no account `p002`
        2> hint: did you mean `p001`? `caredesk account list` shows all
        [exit 3]
        $ caredesk account set-password p001 --password-file own --as p001
        Changed account p001: new password.
        $ caredesk resource list --as p001
        2> error: that is not the password of an account `p001`
        [exit 6]
    "#]]);
    world.set("CAREDESK_PASSWORD_FILE", "own");
    world.story(expect![[r#"
        $ caredesk resource list --as p001 --columns name
        NAME
        Acme Care
        $ caredesk account show p001 --as p001 --columns has_password,first_password_expires_at -o json
        {
          "has_password": true,
          "first_password_expires_at": null
        }
    "#]]);
    let stored = world.sql("SELECT password_hash FROM account WHERE login = 'p001'");
    assert!(stored[0][0].as_deref().unwrap().starts_with("$argon2id$"));
});

// Rule 2.10.
both_engines!(one_person_gets_a_new_first_password, |world| {
    hub(world);
    world.ok("account create rosa --name 'Rosa Quill' --level provider-portal --resource acme --email rosa@acme.example");
    world.ok("account create stan --name '=Stan' --level standard");
    world.ok("account create dora --name Dora --level standard");
    world.ok("account create max --name Max --level admin");
    world.ok("account disable dora --yes");
    world.write("own", "correct horse battery\n");
    world.ok("account set-password stan --password-file own");
    world.write("taken.csv", "precious");
    world.story(expect![[r#"
        $ caredesk account invite rosa --file new.csv --dry-run
        dry run: The first password of rosa is in `new.csv`, valid until 2026-12-06 09:00.
        $ caredesk account invite rosa --file new.csv --valid-days 3
        The first password of rosa is in `new.csv`, valid until 2026-11-25 09:00.
        $ caredesk account invite stan --file stan.csv
        2> error: this must be confirmed: Are you sure? The present password of stan will not work any more.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk account invite stan rosa --file both.csv --yes -o json
        [
        {"login":"stan","name":"=Stan","level":"standard","email":null,"active":true,"has_password":true,"first_password_expires_at":"2026-12-06T09:00:12Z","permissions":[],"resources":[],"resource_assigned_emails":null,"alerts_off":[],"result":"updated","changes":[{"field":"first_password_expires_at","from":null,"to":"2026-12-06T09:00:12Z"}]},
        {"login":"rosa","name":"Rosa Quill","level":"provider-portal","email":"rosa@acme.example","active":true,"has_password":true,"first_password_expires_at":"2026-12-06T09:00:12Z","permissions":[],"resources":["RES-4DHYWN"],"resource_assigned_emails":true,"alerts_off":[],"result":"updated","changes":[{"field":"first_password_expires_at","from":"2026-11-25T09:00:10Z","to":"2026-12-06T09:00:12Z"}]}
        ]
        $ caredesk account invite dora --file dora.csv
        2> error: account `dora` is disabled
        2> hint: `caredesk account enable dora` enables it
        [exit 4]
        $ caredesk account invite ghost --file ghost.csv
        2> error: there is no account `ghost`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account invite rosa --file taken.csv --overwrite
        2> error: there is a file `taken.csv` already
        2> hint: name another: passwords in that one may not be handed out yet
        [exit 4]
        $ caredesk account invite rosa --file none/new.csv
        2> error: `none/new.csv` cannot be written: its folder does not exist
        [exit 8]
        $ caredesk account invite rosa --file -
        2> error: first passwords go into a file that only its owner can read
        2> hint: name a file
        [exit 2]
        $ caredesk account invite max --file max.csv
        The first password of max is in `max.csv`, valid until 2026-12-06 09:00.
        # as rosa
        $ caredesk account invite stan --file more.csv
        2> error: there is no account `stan`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account invite rosa --file more.csv
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        # as stan
        $ caredesk account invite rosa --file more.csv
        2> error: an account of level `standard` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    assert_eq!(world.read("taken.csv"), "precious");
    let both = world.read("both.csv");
    assert!(both.contains("\nstan,'=Stan,,"), "no spreadsheet runs it: {both}");
    for file in ["stan.csv", "dora.csv", "ghost.csv", "more.csv"] {
        assert!(!world.path(file).exists(), "{file}");
    }
    // The one before does not work any more, and one that is not used in time neither.
    world.as_user("stranger");
    for (file, login) in [("new.csv", "rosa"), ("both.csv", "rosa"), ("max.csv", "max")] {
        world.write(&format!("{file}.{login}"), password(world, file, login));
    }
    world.set("CAREDESK_PASSWORD_FILE", "new.csv.rosa");
    world.refusals(expect![[r#"
        6 actor.password             whoami --as rosa
    "#]]);
    // An admin with a first password cannot set that of another.
    world.set("CAREDESK_PASSWORD_FILE", "max.csv.max");
    world.refusals(expect![[r#"
        4 actor.first_password       account set-password stan --password-file own --as max
        4 actor.first_password       account list --as max
    "#]]);
    world.set("CAREDESK_PASSWORD_FILE", "both.csv.rosa");
    world.at("2026-12-06T08:59:59Z");
    world.refusals(expect![[r#"
        4 actor.first_password       whoami --as rosa
    "#]]);
    world.at("2026-12-06T09:01:00Z");
    world.story(expect![[r#"
        $ caredesk whoami --as rosa
        2> error: the first password of `rosa` has expired
        2> hint: an admin of the hub can give a new one: `caredesk account invite rosa`
        [exit 6]
        $ caredesk account set-password rosa --password-file own --as rosa
        2> error: the first password of `rosa` has expired
        2> hint: an admin of the hub can give a new one: `caredesk account invite rosa`
        [exit 6]
    "#]]);
});

// Passwords of accounts that were not stored, or accounts whose passwords were not written, would both be lost people.
both_engines!(a_file_that_cannot_be_written_invites_nobody, |world| {
    hub(world);
    world.write("staff.csv", "login,name,level\nann,Ann,standard\nbob,Bob,nonsense\n");
    world.write("passwords.csv", "of others");
    world.refusals(expect![[r#"
        5 import.rejected            account import staff.csv --invite new.csv
        4 file.exists                account import staff.csv --keep-going --invite passwords.csv
        4 file.exists                account import staff.csv --keep-going --invite passwords.csv --overwrite
        8 file.unwritable            account import staff.csv --keep-going --invite none/new.csv
        2 usage                      account import staff.csv --keep-going --invite -
    "#]]);
    assert_eq!(world.read("passwords.csv"), "of others");
    assert!(!world.path("new.csv").exists());
    assert_eq!(world.ok("account list -q").lines().count(), 1);
    world.story(expect![[r#"
        $ caredesk account import staff.csv --keep-going --rejects bad.csv --invite new.csv
        Accounts: 2 read, 1 created, 0 updated, 0 unchanged, 1 rejected.
        Import IMP-WF6YT1: `caredesk import undo IMP-WF6YT1` takes it back.
        2> note: 1 first password is in `new.csv`, valid until 2026-12-06 09:00
        2> rejected: staff.csv line 3: `nonsense` is not a level: those are trainee, standard, supervisor, admin, provider-portal
        2> note: 1 rejected row is in `bad.csv`
        2> error: 1 of 2 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
    "#]]);
    assert_eq!(world.read("new.csv").lines().count(), 2);
    world.write("bad.csv", world.read("bad.csv").replace("nonsense", "trainee"));
    world.story(expect![[r#"
        $ caredesk account import bad.csv --invite later.csv
        Accounts: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-8RYZHX: `caredesk import undo IMP-8RYZHX` takes it back.
        2> note: 1 first password is in `later.csv`, valid until 2026-12-06 09:00
        $ caredesk account import staff.csv --keep-going -q
        2> error: 1 of 2 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
    "#]]);
    assert!(world.read("later.csv").lines().nth(1).unwrap().starts_with("bob,Bob,,"));
});

both_engines!(no_file_of_a_command_takes_the_place_of_another, |world| {
    hub(world);
    world.write("staff.csv", "login,name,level\nann,Ann,standard\nbob,Bob,boss\n");
    for line in [
        "account import staff.csv --invite a.csv --rejects a.csv --keep-going",
        "account import staff.csv --invite a.csv --out ./a.csv --keep-going",
        "account import staff.csv --rejects a.csv --out a.csv --keep-going",
    ] {
        let answer = world.run(line);
        assert_eq!(answer.status, 4, "{line}: {}", answer.stderr);
        assert!(answer.stderr.contains("is named for two files of this command"), "{}", answer.stderr);
        // The rejected rows are told all the same.
        let _ = std::fs::remove_file(world.path("a.csv"));
    }
    assert_eq!(world.ok("account list -q").lines().count(), 1, "nothing was imported");
});
