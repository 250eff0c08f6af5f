//! Providers: made, listed, shown and changed by hand.

use expect_test::expect;

both_engines!(a_provider_is_made_once, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk provider create 'Acme Care' --email office@acme.example --phone '0161 555' --postal-code 'M1 1AA'
        Created provider PRV-MJ18AD (Acme Care).
        $ caredesk provider create 'acme  care'
        2> error: there is a provider `Acme Care` already: PRV-MJ18AD
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk provider create 'ACME Care' --if-not-exists
        Nothing to change: provider PRV-MJ18AD (Acme Care) exists.
        $ caredesk provider create 'Brook Lane' --dry-run
        dry run: Created provider PRV-85Y0YW (Brook Lane).
        $ caredesk provider create '' 
        2> error: invalid value '' for '<NAME>': a name cannot be empty
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk provider create 'Bee Care' --email nowhere
        2> error: invalid value 'nowhere' for '--email <EMAIL>': `nowhere` is not an e-mail address, such as office@example.org
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk provider list
        CODE        NAME       PHONE     POSTAL CODE  ACTIVE
        PRV-MJ18AD  Acme Care  0161 555  M1 1AA       yes
        $ caredesk audit list --columns who,what,on
        2> error: there is no column `who`
        2> hint: the columns are number, at, by, acted_by, action, on, before, after, erased, hash
        [exit 2]
    "#]]);
});

both_engines!(a_provider_is_shown_and_changed, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care' --email office@acme.example --url http://acme.example");
    world.ok("provider create 'Brook Lane'");
    world.story(expect![[r#"
        $ caredesk provider show acme
        Acme Care (PRV-MJ18AD), active
        email  office@acme.example
        url    http://acme.example

        CODE        KIND    NAME       STATE
        RES-4DHYWN  agency  Acme Care  active
        $ caredesk provider edit acme --name 'Acme Home Care' --email none
        Changed provider PRV-MJ18AD (Acme Home Care): name Acme Care → Acme Home Care, email office@acme.example → none.
        $ caredesk provider edit acme --name none
        2> error: invalid value 'none' for '--name <NAME>': it cannot be cleared
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk provider edit acme --name 'Acme Home Care'
        Nothing to change: provider PRV-MJ18AD (Acme Home Care) stays as it is.
        $ caredesk provider show 'acme home' -o json
        {
          "code": "PRV-MJ18AD",
          "name": "Acme Home Care",
          "alternate_name": null,
          "description": null,
          "email": null,
          "phone": null,
          "url": "http://acme.example",
          "postal_code": null,
          "active": true,
          "source": null,
          "source_id": null,
          "resources": [
            {
              "code": "RES-4DHYWN",
              "kind": "agency",
              "name": "Acme Home Care",
              "state": "active"
            }
          ],
          "phones": [],
          "addresses": [],
          "details": [],
          "opening_hours": [],
          "contact_persons": []
        }
        $ caredesk provider deactivate acme
        Changed provider PRV-MJ18AD (Acme Home Care): active yes → no.
        $ caredesk provider deactivate acme
        Nothing to change: provider PRV-MJ18AD (Acme Home Care) stays as it is.
        $ caredesk provider list --active --columns name
        NAME
        Brook Lane
        $ caredesk provider list --inactive --columns name
        NAME
        Acme Home Care
        $ caredesk provider activate acme
        Changed provider PRV-MJ18AD (Acme Home Care): active no → yes.
        $ caredesk provider show brok
        2> error: there is no provider `brok`
        2> hint: did you mean `Brook Lane`? `caredesk provider list` shows all
        [exit 3]
    "#]]);
});

// Rule 4.4.
both_engines!(names_cannot_move_the_cursor, |world| {
    world.ok("init");
    world.write("odd.csv", "name,description,phone\nTurn \u{202e}eraC,\"red \u{1b}[31m\nbell \u{7}\",=1+1\n");
    world.ok("provider import odd.csv");
    world.story(expect![[r#"
        $ caredesk provider list
        CODE        NAME        PHONE  POSTAL CODE  ACTIVE
        PRV-0FGPME  Turn �eraC  =1+1                yes
        $ caredesk provider show Turn
        Turn �eraC (PRV-0FGPME), active
        description  red ␛[31m
                     bell ␇
        phones       =1+1
        source       odd, id turn �erac |  |

        CODE        KIND    NAME        STATE
        RES-M39GAH  agency  Turn �eraC  active
    "#]]);
    let exact = world.json("provider show Turn");
    assert_eq!(exact["description"], "red \u{1b}[31m\nbell \u{7}");
    assert_eq!(exact["name"], "Turn \u{202e}eraC");
    let list = world.ok("provider list -o jsonl");
    assert!(list.contains("\\u202e") && !list.contains('\u{202e}'), "{list}");
});

// Rule 4.4.
// Rule 5.4.
both_engines!(cells_are_exact_in_csv_and_harmless_in_a_spreadsheet, |world| {
    world.ok("init");
    world.write(
        "formulas.csv",
        "name,phone,url,postal_code\n=1+1 Care,+44 20,@home,-5\nPlain Care,\"a\"\"b, c\",,007\n",
    );
    world.ok("provider import formulas.csv");
    let columns = "--columns name,phone,url,postal_code";
    world.story(expect![[r#"
        $ caredesk provider list -o csv --columns name,phone,url,postal_code
        name,phone,url,postal_code
        =1+1 Care,+44 20,@home,-5
        Plain Care,"a""b, c",,007
    "#]]);
    let sheet = world.ok(&format!("provider list -o csv --for excel {columns}"));
    let expected = "\u{feff}name,phone,url,postal_code\r\n'=1+1 Care,'+44 20,'@home,'-5\r\nPlain Care,\"a\"\"b, c\",,007\r\n";
    assert_eq!(sheet, expected);
    world.write("again.csv", world.ok("provider list -o csv"));
    let again = world.json("provider import again.csv --map id=source_id --source again");
    assert_eq!((again["created"].as_i64(), again["rejected"].as_i64()), (Some(2), Some(0)));
});

both_engines!(a_portal_account_is_told_nothing, |world| {
    world.ok("init");
    world.write("a.csv", "name\nAcme Care\n");
    world.as_user("stranger");
    let answer = world.run("provider import a.csv");
    assert_eq!(answer.status, 6, "{}", answer.stderr);
});

both_engines!(a_near_name_is_suggested_as_it_is_written, |world| {
    world.ok("init");
    world.ok("provider create 'Zoë’s Élan'");
    for near in ["'zoes ellan'", "Zöes-Elan"] {
        let answer = world.run(&format!("provider show {near}"));
        assert_eq!(answer.status, 3, "{near}");
        assert!(answer.stderr.contains("did you mean `Zoë’s Élan`?"), "{}", answer.stderr);
    }
    world.ok("provider create 'Łódź Æble'");
    let answer = world.run("provider show 'lodz aebel'");
    assert!(answer.stderr.contains("did you mean `Łódź Æble`?"), "{}", answer.stderr);
});

// Rules 5.1 and 5.4.
both_engines!(names_that_differ_by_a_stroke_are_one_unless_it_is_meant, |world| {
    world.ok("init");
    world.ok("provider create Łódź");
    world.story(expect![[r#"
        $ caredesk provider create Lodz
        2> error: there is a provider `Łódź` already: PRV-MJ18AD
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk provider create Lodz --if-not-exists
        Nothing to change: provider PRV-MJ18AD (Łódź) exists.
        $ caredesk provider create Lodz --even-so
        Created provider PRV-85Y0YW (Lodz).
        $ caredesk provider show Lodz
        2> error: `Lodz` could mean more than one provider
        2> hint: say which: PRV-85Y0YW (Lodz), PRV-MJ18AD (Łódź)
        [exit 4]
        $ caredesk provider add-resource Łódź Łóżko
        2> error: `Łódź` could mean more than one provider
        2> hint: say which: PRV-85Y0YW (Lodz), PRV-MJ18AD (Łódź)
        [exit 4]
    "#]]);
    world.write("list.csv", "code,name,phone\nPRV-MJ18AD,Łódź,1\n,Lodz,2\n,LODZ,3\n");
    world.story(expect![[r#"
        $ caredesk provider import list.csv --keep-going --yes
        Providers: 0 created, 2 updated, 0 unchanged, with 0 resources, 0 phones and 0 addresses; 3 rows read, 1 rejected.
        Import IMP-1R87PT: `caredesk import undo IMP-1R87PT` takes it back.
        2> rejected: list.csv line 4: `LODZ` may be any of PRV-MJ18AD, PRV-85Y0YW: give the code
        2> error: 1 of 3 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk provider list --columns name,phone
        NAME  PHONE
        Łódź  1
        Lodz  2
    "#]]);
});
