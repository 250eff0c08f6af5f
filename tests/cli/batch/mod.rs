//! Many commands in one process: all or nothing, or each by itself.

mod broken;
mod one_by_one;
mod table;

use expect_test::expect;

use crate::town::dump;

const LINES: &str = "\
# A provider, who speaks for it, and what is next.
provider create 'Acme Care'
caredesk account create rosa --name \"Rosa Quill\" \\
    --level provider-portal --resource acme

account permit rosa respond-packages   # a right
provider list
";

// Rules 7.10, 7.14.
both_engines!(all_lines_are_one_transaction, |world| {
    world.ok("init");
    world.write("lines.txt", LINES);
    world.write(
        "late.txt",
        "provider create 'Birch Care'\nprovider edit acme --name Acme\nprovider edit cedar --name Cedar\n",
    );
    world.story(expect![[r#"
        $ caredesk --dry-run --exit-code batch lines.txt -q
        PRV-MJ18AD
        rosa
        rosa

        [exit 11]
        $ caredesk batch lines.txt --dry-run
        LINE  COMMAND          EXIT  RESULT   MESSAGE
           2  provider create     0  created  Created provider PRV-1FS91H (Acme Care).
           3  account create      0  created  Created account rosa: level provider-portal.
           6  account permit      0  updated  Changed account rosa: permissions none → respond-packages.
           7  provider list       0
        dry run: Done: 4 commands: 1 account created, 1 account changed, 1 provider created.
        $ caredesk --dry-run batch lines.txt
        LINE  COMMAND          EXIT  RESULT   MESSAGE
           2  provider create     0  created  Created provider PRV-W8607R (Acme Care).
           3  account create      0  created  Created account rosa: level provider-portal.
           6  account permit      0  updated  Changed account rosa: permissions none → respond-packages.
           7  provider list       0
        dry run: Done: 4 commands: 1 account created, 1 account changed, 1 provider created.
        $ caredesk batch lines.txt
        LINE  COMMAND          EXIT  RESULT   MESSAGE
           2  provider create     0  created  Created provider PRV-85Y0YW (Acme Care).
           3  account create      0  created  Created account rosa: level provider-portal.
           6  account permit      0  updated  Changed account rosa: permissions none → respond-packages.
           7  provider list       0
        Done: 4 commands: 1 account created, 1 account changed, 1 provider created.
        $ caredesk batch lines.txt
        2> error: lines.txt line 2: there is a provider `Acme Care` already: PRV-85Y0YW; nothing was changed
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk batch late.txt
        2> error: late.txt line 3: there is no provider `cedar`; nothing was changed
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk batch late.txt -o json
        2> {"error":{"kind":"not_found","code":"provider.not_found","message":"late.txt line 3: there is no provider `cedar`; nothing was changed","hint":"`caredesk provider list` shows those that there are","details":{"reference":"cedar","line":3}}}
        [exit 3]
        $ caredesk provider list
        CODE        NAME       PHONE  POSTAL CODE  ACTIVE
        PRV-85Y0YW  Acme Care                      yes
        $ caredesk audit list --columns number,action,on
        NUMBER  ACTION           ON
             4  account.permit   rosa
             3  account.create   rosa
             2  provider.create  PRV-85Y0YW
             1  database.init    admin
    "#]]);
    let before = dump(world);
    assert_eq!(world.run("batch late.txt").status, 3);
    assert_eq!(dump(world), before);
});

// Rule 7.15.
both_engines!(what_is_no_command_is_named_before_the_first_runs, |world| {
    world.ok("init");
    world.write(
        "wrong.txt",
        b"provider create 'Acme Care'\naccont list\nprovider lst\nfind 'ada\ninit\nbatch lines.txt\ndatabase check\n\
        client list --out clients.csv\nalert send\nclient erase CLI-000001\npackage wait PKG-000001\ncontact pdf 1 --file 1.pdf\n\
        provider list --db other.db\nprovider create Birch --dry-run\naccount set-password admin\nprovider import -\n\
        account create x --name X --level standard --password\nprovider create --help\nfind \xe9\nfind a\0b\n",
    );
    world.write("one.txt", "provider create 'Acme Care'\nprovider create 'Birch Care' --phone\n");
    world.write("empty.txt", "# nothing\n\n");
    let before = dump(world);
    world.story(expect![[r#"
        $ caredesk batch wrong.txt
        2> error: wrong.txt line 2: unrecognized subcommand 'accont'
        2> hint: some similar subcommands exist: 'contract', 'contact', 'account'
        2> error: wrong.txt line 3: unrecognized subcommand 'lst'
        2> hint: a similar subcommand exists: 'list'
        2> error: wrong.txt line 4: a quotation mark is opened and never closed
        2> error: wrong.txt line 5: `init` is no command of a batch
        2> error: wrong.txt line 6: `batch` is no command of a batch
        2> error: wrong.txt line 7: `database check` is no command of a batch
        2> error: wrong.txt line 8: `client list` writes a file (`--out`), which cannot be taken back
        2> hint: `--keep-going` runs each line by itself
        2> error: wrong.txt line 9: `alert send` sends mail, which cannot be taken back
        2> hint: `--keep-going` runs each line by itself
        2> error: wrong.txt line 10: `client erase` writes the database anew, which cannot be taken back
        2> hint: `--keep-going` runs each line by itself
        2> error: wrong.txt line 11: `package wait` waits for others, who could not write meanwhile
        2> hint: `--keep-going` runs each line by itself
        2> error: wrong.txt line 12: `contact pdf` writes a file (`--file`), which cannot be taken back
        2> hint: `--keep-going` runs each line by itself
        2> error: wrong.txt line 13: `--db` stands on no line of a batch
        2> hint: it is of all lines: `caredesk --db … batch …`
        2> error: wrong.txt line 14: `--dry-run` stands on no line of a batch
        2> hint: it is of all lines: `caredesk --dry-run … batch …`
        2> error: wrong.txt line 15: `account set-password` asks for a password, and a line of a batch cannot
        2> hint: `--password-file` names a file that holds it; `account invite` gives a first one
        2> error: wrong.txt line 16: `<FILE|-> -`: a line of a batch has no standard input
        2> hint: name a file
        2> error: wrong.txt line 17: `account create` asks for a password, and a line of a batch cannot
        2> hint: `--password-file` names a file that holds it; `account invite` gives a first one
        2> error: wrong.txt line 18: a line asks for no help
        2> error: wrong.txt line 19: holds a byte that is not UTF-8: 0xE9
        2> error: wrong.txt line 20: holds a NUL, so the file may be in another encoding: save it as UTF-8
        2> error: 19 lines of wrong.txt cannot be run; nothing was done
        [exit 2]
        $ caredesk batch one.txt
        2> error: one.txt line 2: a value is required for '--phone <PHONE>' but none was supplied; nothing was done
        2> hint: see `caredesk provider create --help`
        [exit 2]
        $ caredesk batch one.txt --keep-going
        2> error: one.txt line 2: a value is required for '--phone <PHONE>' but none was supplied; nothing was done
        2> hint: see `caredesk provider create --help`
        [exit 2]
        $ caredesk batch one.txt -o json
        2> {"error":{"kind":"usage","code":"usage","message":"one.txt line 2: a value is required for '--phone <PHONE>' but none was supplied; nothing was done","hint":"see `caredesk provider create --help`","details":{"line":2}}}
        [exit 2]
        $ caredesk batch empty.txt
        Done: 0 commands.
        2> note: there is no command in it
        $ caredesk batch missing.txt
        2> error: there is no file `missing.txt`
        [exit 5]
        $ caredesk batch
        2> error: the following required arguments were not provided:
        2>   <FILE|->
        2>
        2> Usage: caredesk batch [OPTIONS] [FILE|-] [-- <COMMAND>...]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk batch empty.txt --state batch.state
        2> error: the following required arguments were not provided:
        2>   --keep-going
        2>
        2> Usage: caredesk batch [OPTIONS] [FILE|-] [-- <COMMAND>...]
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
    assert_eq!(dump(world), before);
});

// Rule 7.11.
both_engines!(each_line_stands_for_itself, |world| {
    world.ok("init");
    world.write("lines.txt", "provider create Acme\nprovider create Acme\nprovider deactivate acme\nprovider edit nobody --phone 1\nprovider list --out list.csv\nprovider create Birch\n");
    world.story(expect![[r#"
        $ caredesk --dry-run batch lines.txt --keep-going
        2> error: lines.txt line 5: `provider list` writes a file (`--out`), which cannot be taken back; nothing was done
        2> hint: `--keep-going` runs each line by itself
        [exit 2]
        $ caredesk batch lines.txt --keep-going
        LINE  COMMAND              EXIT  RESULT   MESSAGE
           1  provider create         0  created  Created provider PRV-1FS91H (Acme).
           2  provider create         4           there is a provider `Acme` already: PRV-1FS91H
           3  provider deactivate     0  updated  Changed provider PRV-1FS91H (Acme): active yes → no.
           4  provider edit           3           there is no provider `nobody`
           5  provider list           0
           6  provider create         0  created  Created provider PRV-ETJZYE (Birch).
        Done: 4 of 6 commands, 2 failed: 2 providers created, 1 provider changed.
        2> error: lines.txt line 2: there is a provider `Acme` already: PRV-1FS91H; 1 more failed
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk batch lines.txt --keep-going -o csv --columns line,exit,result,codes,error
        line,exit,result,codes,error
        1,4,,[],provider.exists
        2,4,,[],provider.exists
        3,0,unchanged,"[""PRV-1FS91H""]",
        4,3,,[],provider.not_found
        5,4,,[],file.exists
        6,4,,[],provider.exists
        2> error: lines.txt line 1: there is a provider `Acme` already: PRV-1FS91H; 4 more failed
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk batch lines.txt --keep-going -q --overwrite


        PRV-1FS91H



        2> error: lines.txt line 1: there is a provider `Acme` already: PRV-1FS91H; 3 more failed
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk batch lines.txt --keep-going --show
        Nothing to change: provider PRV-1FS91H (Acme) stays as it is.
        Done: 1 of 6 commands, 5 failed: 1 provider unchanged.
        2> error: lines.txt line 1: there is a provider `Acme` already: PRV-1FS91H
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        2> error: lines.txt line 2: there is a provider `Acme` already: PRV-1FS91H
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        2> error: lines.txt line 4: there is no provider `nobody`
        2> hint: `caredesk provider list` shows those that there are
        2> error: lines.txt line 5: there is a file `list.csv` already
        2> hint: `--overwrite` replaces it
        2> error: lines.txt line 6: there is a provider `Birch` already: PRV-ETJZYE
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        2> error: lines.txt line 1: there is a provider `Acme` already: PRV-1FS91H; 4 more failed
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk batch lines.txt --keep-going --operation-key key
        2> error: with `--keep-going` a batch takes no operation key: each line is a change of its own
        2> hint: `--state FILE` keeps which lines are done, and no line is done twice
        [exit 2]
    "#]]);
    assert_eq!(world.read("list.csv").lines().count(), 3);
});

// What lines are is not expanded, and their options are those of the batch.
both_engines!(lines_are_read_as_a_shell_would, |world| {
    world.ok("init");
    world.write(
        "lines.txt",
        "\u{feff}provider create \"O'Neill $HOME\"\r\nprovider create 'Two  blanks' #c\r\nprovider create a\\ b\r\n\
         account create rosa --name R --level standard --email ''\n",
    );
    world.write("as.txt", "provider list\n--as rosa whoami --columns login\n");
    world.write("yes.txt", "provider deactivate a\n");
    let answer = world.run_with_input("batch - --keep-going", world.read("lines.txt").as_bytes());
    assert_eq!(answer.status, 2, "{answer:?}");
    world.write("lines.txt", world.read("lines.txt").replace(" --email ''", ""));
    let answer = world.run_with_input("batch -", world.read("lines.txt").as_bytes());
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""));
    world.story(expect![[r#"
        $ caredesk provider list --columns name
        NAME
        a b
        O'Neill $HOME
        Two  blanks
        $ caredesk batch as.txt --show
        CODE        NAME           PHONE  POSTAL CODE  ACTIVE
        PRV-TCCBRG  a b                                yes
        PRV-1FS91H  O'Neill $HOME                      yes
        PRV-ETJZYE  Two  blanks                        yes
        login  rosa
        Done: 2 commands.
        $ caredesk --as rosa batch as.txt --show
        CODE        NAME           PHONE  POSTAL CODE  ACTIVE
        PRV-TCCBRG  a b                                yes
        PRV-1FS91H  O'Neill $HOME                      yes
        PRV-ETJZYE  Two  blanks                        yes
        login  rosa
        Done: 2 commands.
        $ caredesk --as rosa -o jsonl audit list
        2> {"error":{"kind":"denied","code":"actor.level","message":"an account of level `standard` may not read the audit trail","hint":"that takes the level supervisor; `caredesk whoami` says who you are","details":{"level":"standard","required":"supervisor"}}}
        [exit 6]
    "#]]);
});

// Rule 7.10: the key is that of all of it.
both_engines!(a_batch_is_repeated_by_its_key, |world| {
    world.ok("init");
    world.write("lines.txt", "provider create Acme\nprovider list\nprovider create Birch\n");
    world.write("other.txt", "provider create Cedar\n");
    world.story(expect![[r#"
        $ caredesk batch lines.txt --operation-key key
        LINE  COMMAND          EXIT  RESULT   MESSAGE
           1  provider create     0  created  Created provider PRV-MJ18AD (Acme).
           2  provider list       0
           3  provider create     0  created  Created provider PRV-HN85T9 (Birch).
        Done: 3 commands: 2 providers created.
        $ caredesk batch lines.txt --operation-key key
        LINE  COMMAND          EXIT  RESULT   MESSAGE
           1  provider create     0  created  Done before: PRV-MJ18AD created.
           2  provider list       0
           3  provider create     0  created  Done before: PRV-HN85T9 created.
        Nothing to do: an earlier run with this operation key has done all of it.
        $ caredesk batch lines.txt --operation-key key -q
        PRV-MJ18AD

        PRV-HN85T9
        $ caredesk batch other.txt --operation-key key
        2> error: the operation key `key` is in use
        2> hint: every command needs a key of its own, which only its repetitions share
        [exit 4]
    "#]]);
    assert_eq!(world.ok("provider list -q").lines().count(), 2);
});

// No line asks for a password, and none is guessed without a trace.
both_engines!(a_password_is_given_once, |world| {
    world.ok("init");
    world.write("admin.txt", "a long password\n");
    world.write("lines.txt", "provider list\n--as admin provider create Birch\n");
    world.write("plain.txt", "queue create Rehab --status New\n--as rosa queue create Rest --status New\n");
    for (login, level) in [("rosa", "supervisor"), ("eva", "standard")] {
        world.ok(&format!("account create {login} --name {login} --level {level} --password-file admin.txt"));
    }
    std::fs::set_permissions(world.path("admin.txt"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .unwrap();
    world.as_user("eva");
    world.set("CAREDESK_PASSWORD_FILE", "admin.txt");
    world.story(expect![[r#"
        $ caredesk batch lines.txt
        2> error: lines.txt line 2: no line is asked for the password of `admin`; nothing was changed
        2> hint: `caredesk --as admin batch …` asks for it once, before the first line
        [exit 2]
        $ caredesk --as rosa batch plain.txt
        LINE  COMMAND       EXIT  RESULT   MESSAGE
           1  queue create     0  created  Created queue `Rehab`: statuses New.
           2  queue create     0  created  Created queue `Rest`: statuses New.
        Done: 2 commands: 2 queues created.
        $ caredesk audit list --limit 2 --columns action,on,by,acted_by --as rosa
        ACTION        ON     BY    ACTED BY
        queue.create  Rest   rosa  eva
        queue.create  Rehab  rosa  eva
    "#]]);
});
