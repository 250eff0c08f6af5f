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
        $ caredesk account import staff.xlsx --map email=E-mail --invite passwords.csv --dry-run -q
        $ caredesk account import staff.xlsx --map email=E-mail --invite passwords.csv
        $ caredesk account import staff.xlsx --map email=E-mail --invite passwords.csv
        $ caredesk account import staff.xlsx --map email=E-mail --invite others.csv
        $ caredesk account show p001
        $ caredesk account import passwords.csv
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
        ? x whoami --as p001
        ? x whoami --as nobody
    "#]]);
    world.set("CAREDESK_PASSWORD_FILE", "first");
    world.story(expect![[r#"
        $ caredesk resource list --as p001
        $ caredesk account set-password p001 --as p001
        $ caredesk account set-password p001 --password-file first --as p001
        $ caredesk account set-password p002 --password-file own --as p001
        $ caredesk account set-password p001 --password-file own --as p001
        $ caredesk resource list --as p001
    "#]]);
    world.set("CAREDESK_PASSWORD_FILE", "own");
    world.story(expect![[r#"
        $ caredesk resource list --as p001 --columns name
        $ caredesk account show p001 --as p001 --columns has_password,first_password_until -o json
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
    world.ok("account disable dora");
    world.write("own", "correct horse battery\n");
    world.ok("account set-password stan --password-file own");
    world.write("taken.csv", "precious");
    world.story(expect![[r#"
        $ caredesk account invite rosa --file new.csv --dry-run
        $ caredesk account invite rosa --file new.csv --valid-days 3
        $ caredesk account invite stan --file stan.csv
        $ caredesk account invite stan rosa --file both.csv --yes -o json
        $ caredesk account invite dora --file dora.csv
        $ caredesk account invite ghost --file ghost.csv
        $ caredesk account invite rosa --file taken.csv --overwrite
        $ caredesk account invite rosa --file none/new.csv
        $ caredesk account invite rosa --file -
        $ caredesk account invite max --file max.csv
        # as rosa
        $ caredesk account invite stan --file more.csv
        $ caredesk account invite rosa --file more.csv
        # as stan
        $ caredesk account invite rosa --file more.csv
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
        ? x whoami --as rosa
    "#]]);
    // An admin with a first password cannot set that of another.
    world.set("CAREDESK_PASSWORD_FILE", "max.csv.max");
    world.refusals(expect![[r#"
        ? x account set-password stan --password-file own --as max
        ? x account list --as max
    "#]]);
    world.set("CAREDESK_PASSWORD_FILE", "both.csv.rosa");
    world.at("2026-12-06T08:59:59Z");
    world.refusals(expect![[r#"
        ? x whoami --as rosa
    "#]]);
    world.at("2026-12-06T09:00:00Z");
    world.story(expect![[r#"
        $ caredesk whoami --as rosa
        $ caredesk account set-password rosa --password-file own --as rosa
    "#]]);
});

// Passwords of accounts that were not stored, or accounts whose passwords were not written, would both be lost people.
both_engines!(a_file_that_cannot_be_written_invites_nobody, |world| {
    hub(world);
    world.write("staff.csv", "login,name,level\nann,Ann,standard\nbob,Bob,nonsense\n");
    world.write("passwords.csv", "of others");
    world.refusals(expect![[r#"
        ? x account import staff.csv --invite new.csv
        ? x account import staff.csv --keep-going --invite passwords.csv
        ? x account import staff.csv --keep-going --invite passwords.csv --overwrite
        ? x account import staff.csv --keep-going --invite none/new.csv
        ? x account import staff.csv --keep-going --invite -
    "#]]);
    assert_eq!(world.read("passwords.csv"), "of others");
    assert!(!world.path("new.csv").exists());
    assert_eq!(world.ok("account list -q").lines().count(), 1);
    world.story(expect![[r#"
        $ caredesk account import staff.csv --keep-going --rejects bad.csv --invite new.csv
    "#]]);
    assert_eq!(world.read("new.csv").lines().count(), 2);
    world.write("bad.csv", world.read("bad.csv").replace("nonsense", "trainee"));
    world.story(expect![[r#"
        $ caredesk account import bad.csv --invite later.csv
        $ caredesk account import staff.csv --keep-going -q
    "#]]);
    assert!(world.read("later.csv").lines().nth(1).unwrap().starts_with("bob,Bob,,"));
});
