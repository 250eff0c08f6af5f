//! Repeating is safe: the same operation key gives the same answer and does nothing (rule 4.6).

use expect_test::expect;
use serde_json::Value;

use crate::town::{dump, settle};
use crate::world::{Answer, Engine, World};

both_engines!(the_same_key_gives_the_same_answer_and_does_nothing, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk provider create 'Acme Care' --operation-key first
        Created provider PRV-MJ18AD (Acme Care).
        $ caredesk provider create 'Acme Care' --operation-key first
        Nothing to do: an earlier run with this operation key created provider PRV-MJ18AD.
        $ caredesk --operation-key first provider create 'Acme Care' -q
        PRV-MJ18AD
        $ caredesk provider create 'Acme Care' --operation-key first -o json
        {
          "code": "PRV-MJ18AD",
          "result": "created",
          "changes": [],
          "repeated": true
        }
        $ caredesk provider create 'Acme Care' --operation-key first -o csv --columns code,result
        code,result
        PRV-MJ18AD,created
        $ caredesk provider create 'Birch Care' --operation-key first
        2> error: the operation key `first` is in use
        2> hint: every command needs a key of its own, which only its repetitions share
        [exit 4]
        $ caredesk capacity set acme 5 --operation-key second
        Created capacity CAP-EWFF1B (Acme Care): 5 places from 2026-11-22 09:00.
        $ caredesk capacity set acme 2
        Created capacity CAP-12T84A (Acme Care): 2 places from 2026-11-22 09:00.
        $ caredesk capacity set acme 5 --operation-key second
        Nothing to do: an earlier run with this operation key created capacity CAP-EWFF1B.
        $ caredesk capacity list --columns places
        PLACES
             2
        $ caredesk provider list --columns name --operation-key first
        NAME
        Acme Care
        $ caredesk provider create Cedar --operation-key ''
        2> error: invalid value '' for '--operation-key <KEY>': an operation key cannot be empty
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
});

// Rule 5.9: what has no code of its own is named by the key under which its first answer named it.
both_engines!(a_repeated_answer_has_what_it_names_under_its_own_key, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk sharing setup acme --type services --level 1 --operation-key first -q
        services
        $ caredesk sharing setup acme --type services --level 1 --operation-key first -o json
        {
          "type": "services",
          "result": "updated",
          "changes": [],
          "repeated": true
        }
        $ caredesk sharing link acme birch --type services --operation-key second -q
        PRV-00000B
        $ caredesk sharing link acme birch --type services --operation-key second -o json
        {
          "recipient": "PRV-00000B",
          "result": "created",
          "changes": [],
          "repeated": true
        }
    "#]]);
});

// What was no change is kept too; a dry run and what failed are not.
both_engines!(what_was_unchanged_is_not_changed_by_its_repetition, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk provider create 'Acme Care'
        Created provider PRV-MJ18AD (Acme Care).
        $ caredesk provider edit acme --name 'Acme Care' --operation-key same
        Nothing to change: provider PRV-MJ18AD (Acme Care) stays as it is.
        $ caredesk provider edit acme --name 'Acme Home Care'
        Changed provider PRV-MJ18AD (Acme Home Care): name Acme Care → Acme Home Care.
        $ caredesk provider edit acme --name 'Acme Care' --operation-key same
        Nothing to do: an earlier run with this operation key found nothing to change in provider PRV-MJ18AD.
        $ caredesk provider edit acme --name 'Acme' --operation-key dry --dry-run
        dry run: Changed provider PRV-MJ18AD (Acme): name Acme Home Care → Acme.
        $ caredesk provider edit acme --name 'Acme' --operation-key dry
        Changed provider PRV-MJ18AD (Acme): name Acme Home Care → Acme.
        $ caredesk provider edit birch --name 'Birch' --operation-key fails
        2> error: there is no provider `birch`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk provider create 'Birch Care'
        Created provider PRV-12T84A (Birch Care).
        $ caredesk provider edit birch --name 'Birch' --operation-key fails
        Changed provider PRV-12T84A (Birch): name Birch Care → Birch.
    "#]]);
});

both_engines!(a_key_says_nothing_to_others, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk outsource create REF-00000A --all-visits --provider acme birch --reference winter --operation-key offer
        Created package PKG-SZNCK3 (winter): 4 visits of REF-00000A, offered to Acme Care, Birch Homecare; no account is alerted (no e-mail address).
        $ caredesk package respond winter --provider acme --accept --operation-key mine --as acme
        Accepted package PKG-SZNCK3 (winter) for `Acme Care`.
        $ caredesk package respond winter --provider acme --accept --operation-key mine --as acme
        Nothing to do: an earlier run with this operation key changed package PKG-SZNCK3.
        $ caredesk package respond winter --provider acme --accept --operation-key mine --as both
        2> error: the operation key `mine` is in use
        2> hint: every command needs a key of its own, which only its repetitions share
        [exit 4]
        $ caredesk package respond winter --provider acme --accept --operation-key mine
        2> error: the operation key `mine` is in use
        2> hint: every command needs a key of its own, which only its repetitions share
        [exit 4]
        $ caredesk alert send --dir outbox --operation-key mine
        2> error: this command takes no operation key: it makes many changes
        2> hint: it may be repeated without one: that is always safe
        [exit 2]
    "#]]);
    // It answers under today's visibility.
    world.as_user("acme");
    let line = "package respond winter --provider acme --accept --operation-key own";
    assert_eq!(world.run(line).status, 0);
    world.as_user("admin");
    world
        .sql("DELETE FROM account_resource WHERE account_id = (SELECT id FROM account WHERE login = 'acme')");
    world.as_user("acme");
    let answer = world.run(line);
    assert_ne!(answer.status, 0, "{answer:?}");
    assert!(!format!("{}{}", answer.stdout, answer.stderr).contains("PKG-"), "{answer:?}");
});

both_engines!(an_import_is_repeated_by_its_key, |world| {
    world.write("people.csv", "id,given,family\n1,Ada,Moss\n2,,Moss\n");
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk client import people.csv --keep-going --operation-key import
        Clients: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-MJ18AD: `caredesk import undo IMP-MJ18AD` takes it back.
        $ caredesk client import people.csv --keep-going --operation-key import
        Clients: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-MJ18AD: `caredesk import undo IMP-MJ18AD` takes it back.
        2> note: an earlier run with this operation key has done this: nothing to do
        $ caredesk import list --columns action,created
        ACTION         CREATED
        client.import        2
        $ caredesk import undo IMP- --yes --operation-key undo
        Undid import IMP-MJ18AD: deleted 2 clients.
        $ caredesk import undo IMP- --yes --operation-key undo
        Nothing to do: an earlier run with this operation key changed import IMP-MJ18AD.
        $ caredesk client import people.csv --keep-going --operation-key import
        Clients: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-MJ18AD: `caredesk import undo IMP-MJ18AD` takes it back.
        2> note: an earlier run with this operation key has done this: nothing to do
        $ caredesk client list
        2> note: no clients
    "#]]);
});

// A number that somebody gave a contact may hold a name.
both_engines!(an_erasure_leaves_no_number_in_an_answer, |world| {
    world.ok("init");
    let client = world.ok("client create --given Ada --family Moss -q");
    let client = client.trim();
    world.ok(&format!("contact create --client {client} --number MossAda --operation-key contact"));
    let answers = || format!("{:?}", world.sql("SELECT answer FROM operation_key"));
    assert!(answers().contains("MossAda"));
    world.ok(&format!("client erase {client} --yes --operation-key erase"));
    assert!(!answers().contains("MossAda"), "{}", answers());
    let again = world.ok(&format!("client erase {client} --yes --operation-key erase -q"));
    assert_eq!(again.trim(), client);
});

both_engines!(of_many_with_one_key_one_acts, |world| {
    world.ok("init");
    let line = "client create --given Ada --family Moss --operation-key once -o json";
    let children: Vec<_> = (0..12)
        .map(|_| {
            let mut command = world.command(line);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let answers: Vec<Answer> =
        children.into_iter().map(|child| crate::world::answer(child.wait_with_output().unwrap())).collect();
    let codes: Vec<Value> = answers
        .iter()
        .map(|answer| {
            assert_eq!(answer.status, 0, "{answer:?}");
            serde_json::from_str::<Value>(&answer.stdout).unwrap()["code"].clone()
        })
        .collect();
    assert!(codes.iter().all(|code| *code == codes[0]), "{codes:?}");
    assert_eq!(world.json("client list").as_array().unwrap().len(), 1);
});

// Neither the key nor the words of the command are in the database.
#[test]
fn the_database_holds_digests() {
    let world = World::new(Engine::Sqlite);
    world.ok("init");
    world.ok("client create --given Ada --family Moss --operation-key wool-and-thread");
    let tables = dump(&world);
    assert!(tables.contains_key("operation_key"));
    let bytes = std::fs::read(world.path("test.db")).unwrap();
    let log = std::fs::read(world.path("test.db-wal")).unwrap_or_default();
    let has = |text: &[u8]| bytes.windows(text.len()).chain(log.windows(text.len())).any(|part| part == text);
    assert!(has(b"Moss"));
    assert!(!has(b"wool-and-thread"));
}
