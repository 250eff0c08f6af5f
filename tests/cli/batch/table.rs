//! A command for each row of a table.

use expect_test::expect;

// Rule 7.13.
both_engines!(a_row_fills_a_command, |world| {
    world.ok("init");
    world.write(
        "people.csv",
        "Login;Full Name;E-mail;Level;Phone\nrosa;\"Rosa \"\"R\"\" Quill\";;standard;x\n--yes;-o json;e@x.example;trainee;\neva;$(id) `id`;;supervisor;\n",
    );
    world.write("bad.csv", "login,name,level\nabe,Abe,boss\nb d,Bee\n\ncy,Cy,trainee\n");
    world.write("map.json", r#"[{"login": "ian", "name": "Ian", "level": "trainee"}, {"login": "jo", "level": "trainee", "name": "{name}"}]"#);
    world.story(expect![[r#"
        $ caredesk --dry-run batch --csv people.csv -- account create {login} --name '{full name}' --level {level} --email {e-mail}
        LINE  COMMAND         EXIT  RESULT   MESSAGE
           2  account create     0  created  Created account rosa: level standard.
           3  account create     0  created  Created account --yes: level trainee.
           4  account create     0  created  Created account eva: level supervisor.
        dry run: Done: 3 commands: 3 accounts created.
        $ caredesk batch --csv people.csv -- account create {Login} --name '{Full Name}' --level={Level} --email={E-mail}
        LINE  COMMAND         EXIT  RESULT   MESSAGE
           2  account create     0  created  Created account rosa: level standard.
           3  account create     0  created  Created account --yes: level trainee.
           4  account create     0  created  Created account eva: level supervisor.
        Done: 3 commands: 3 accounts created.
        $ caredesk account list --columns login,name,email,level
        LOGIN  NAME            EMAIL        LEVEL
        --yes  -o json         e@x.example  trainee
        admin  admin                        admin
        eva    $(id) `id`                   supervisor
        rosa   Rosa "R" Quill               standard
        $ caredesk batch --csv people.csv -- account edit {login} --name '{{{login}}} {full name}'
        LINE  COMMAND       EXIT  RESULT   MESSAGE
           2  account edit     0  updated  Changed account rosa: name Rosa "R" Quill → {rosa} Rosa "R" Quill.
           3  account edit     0  updated  Changed account --yes: name -o json → {--yes} -o json.
           4  account edit     0  updated  Changed account eva: name $(id) `id` → {eva} $(id) `id`.
        Done: 3 commands: 3 accounts changed.
        $ caredesk account list -o csv --columns name
        name
        {--yes} -o json
        admin
        {eva} $(id) `id`
        "{rosa} Rosa ""R"" Quill"
        $ caredesk batch --csv map.json -- caredesk account create {login} --name {name} --level {level} -q
        LINE  COMMAND         EXIT  RESULT   MESSAGE
           1  account create     0  created  Created account ian: level trainee.
           2  account create     0  created  Created account jo: level trainee.
        Done: 2 commands: 2 accounts created.
        $ caredesk batch --csv bad.csv -- account create {login} --name {name} --level {level}
        2> error: bad.csv line 2: invalid value 'boss' for '--level <LEVEL>' [possible values: trainee, standard, supervisor, admin, provider-portal]
        2> hint: see `caredesk account create --help`
        2> error: bad.csv line 3: has 2 cells where the header has 3
        2> error: 2 lines of bad.csv cannot be run; nothing was done
        [exit 2]
        $ caredesk batch --csv people.csv -- account create {logn} --name x --level trainee
        2> error: `people.csv` has no column `logn`
        2> hint: perhaps `{Login}`
        [exit 2]
        $ caredesk batch --csv people.csv -- account create {} --name x --level trainee
        2> error: `{}`: a column is `{name}`, a brace `{{` or `}}`
        [exit 2]
        $ caredesk batch --csv people.csv -- {login} create
        2> error: `{login} create` begins with no command
        2> hint: the noun and the verb come first, and from no column
        [exit 2]
        $ caredesk batch --csv people.csv -- account create x --{login} x
        2> error: `--{login}`: no column names an option
        2> hint: write it as `--option {column}`: a cell is a value, whatever it begins with
        [exit 2]
        $ caredesk batch --csv people.csv -- account create x -{login}
        2> error: `-{login}`: no column names an option
        2> hint: write it as `--option {column}`: a cell is a value, whatever it begins with
        [exit 2]
        $ caredesk batch --csv people.csv
        2> error: the following required arguments were not provided:
        2>   <COMMAND>...
        2>
        2> Usage: caredesk batch [OPTIONS] [FILE|-] [-- <COMMAND>...]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk batch lines.txt -- account list
        2> error: the argument '[FILE|-]' cannot be used with '[COMMAND]...'
        2>
        2> Usage: caredesk batch [OPTIONS] [FILE|-] [-- <COMMAND>...]
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
});

// Options that take several values, values of options that begin with a sign, and cells on several lines.
both_engines!(a_cell_is_one_value, |world| {
    world.ok("init");
    world.ok("provider create Acme");
    world.write(
        "notes.csv",
        "login,one,two,name\nrosa,respond-packages,--yes,-n\neva,answer-sharing,,--name=x\n",
    );
    world.write("text.csv", "name,what\nBirch,\"- first\n- second, --yes\"\n");
    world.story(expect![[r#"
        $ caredesk batch --csv notes.csv -- account create {login} --name {name} --level provider-portal --resource acme --can {one} {two}
        2> error: notes.csv line 2: invalid value '--yes' for '--can <PERMISSION>...' [possible values: edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing]; nothing was done
        2> hint: see `caredesk account create --help`
        [exit 2]
        $ caredesk batch --csv notes.csv -- account create {login} --name {name} --level provider-portal --resource acme --can {one}
        LINE  COMMAND         EXIT  RESULT   MESSAGE
           2  account create     0  created  Created account rosa: level provider-portal.
           3  account create     0  created  Created account eva: level provider-portal.
        Done: 2 commands: 2 accounts created.
        $ caredesk batch --csv text.csv -- contact create --given {name} --family Moss --details {what}
        LINE  COMMAND         EXIT  RESULT   MESSAGE
           2  contact create     0  created  Created contact CON-3MCQZ5 and client CLI-HDY27J (Birch Moss).
        Done: 1 command: 1 contact created.
        $ caredesk contact list -o jsonl --columns given
        {"given":"Birch"}
    "#]]);
    let details = world.sql("SELECT details FROM contact");
    assert_eq!(details[0][0].as_deref(), Some("- first\n- second, --yes"));
});
