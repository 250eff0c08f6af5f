//! `contract`: under which providers deliver services of some categories, from a first day to a last.

use expect_test::expect;

use crate::own_list;
use crate::world::World;

both_engines!(contracts_are_made_listed_and_changed, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("category create Meals");
    world.ok("category create Transport");
    world.ok("account create stan --name Stan --level standard");
    world.story(expect![[r#"
        $ caredesk contract list
        2> note: no contracts
        $ caredesk contract create acme 'Meals 2026' --start 2026-01-01 --category meals
        Created contract CTR-KJ2RBK (Meals 2026): `Acme Care`, from 2026-01-01, for Meals.
        $ caredesk contract create acme 'Meals 2026' --start 2026-01-01 --category meals --if-not-exists
        Nothing to change: contract CTR-KJ2RBK (Meals 2026) exists.
        $ caredesk contract create acme Rides --start 2027-01-01 --stop 2027-12-31 --category transport --category meals -o json
        {
          "code": "CTR-12T84A",
          "provider": "PRV-MJ18AD",
          "provider_name": "Acme Care",
          "name": "Rides",
          "starts_on": "2027-01-01",
          "ends_on": "2027-12-31",
          "active": false,
          "categories": [
            "Meals",
            "Transport"
          ],
          "result": "created",
          "changes": []
        }
        $ caredesk contract list
        CODE        PROVIDER   NAME        STARTS ON   ENDS ON     ACTIVE  CATEGORIES
        CTR-KJ2RBK  Acme Care  Meals 2026  2026-01-01              yes     Meals
        CTR-12T84A  Acme Care  Rides       2027-01-01  2027-12-31  no      Meals, Transport
        $ caredesk contract list --active -q
        CTR-KJ2RBK
        $ caredesk contract show rides
        code           CTR-12T84A
        provider       PRV-MJ18AD
        provider name  Acme Care
        name           Rides
        starts on      2027-01-01
        ends on        2027-12-31
        active         no
        categories     Meals, Transport
        $ caredesk contract edit rides --stop none --dry-run
        dry run: Changed contract CTR-12T84A (Rides): ends on 2027-12-31 → none.
        $ caredesk contract edit rides --stop none
        Changed contract CTR-12T84A (Rides): ends on 2027-12-31 → none.
        $ caredesk contract edit rides --stop none
        Nothing to change: contract CTR-12T84A (Rides) stays as it is.
        $ caredesk contract show rides -o json
        {
          "code": "CTR-12T84A",
          "provider": "PRV-MJ18AD",
          "provider_name": "Acme Care",
          "name": "Rides",
          "starts_on": "2027-01-01",
          "ends_on": null,
          "active": false,
          "categories": [
            "Meals",
            "Transport"
          ]
        }
        $ caredesk contract show nothing
        2> error: there is no contract `nothing`
        2> hint: `caredesk contract list` shows those that there are
        [exit 3]
        # as stan
        $ caredesk contract create acme Other --start 2026-01-01 --category meals
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk contract edit rides --stop 2027-12-31
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

fn begin(world: &World) {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("category create Meals");
    world.ok("category create 'Rides, long'");
    world.ok("account create stan --name Stan --level standard");
    world.sql("UPDATE provider SET code = 'PRV-00000A'");
}

both_engines!(contracts_come_from_a_table, |world| {
    begin(world);
    world.write(
        "contracts.csv",
        "provider,Agreement,starts_on,ends_on,categories\n\
        acme,Meals 2026,2026-01-01,,meals\n\
        PRV-00000A,Rides,2027-01-01,2027-12-31,\"Rides, long; Meals; meals\"\n",
    );
    world.write(
        "changed.jsonl",
        "{\"provider\":\"acme\",\"name\":\"MEALS 2026\",\"ends_on\":\"2026-12-31\"}\n\
        {\"provider\":\"acme\",\"name\":\"Rides\",\"ends_on\":null,\"categories\":[\"Meals\"]}\n",
    );
    world.story(expect![[r#"
        $ caredesk contract import contracts.csv --map name=Agreement --dry-run
        dry run: Contracts: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        $ caredesk contract import contracts.csv --map name=Agreement
        Contracts: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-C0QA1K: `caredesk import undo IMP-C0QA1K` takes it back.
        $ caredesk contract import contracts.csv --map name=Agreement
        Contracts: 2 read, 0 created, 0 updated, 2 unchanged, 0 rejected.
        $ caredesk contract import changed.jsonl
        Contracts: 2 read, 0 created, 2 updated, 0 unchanged, 0 rejected.
        Cleared: ends on of 1.
        Import IMP-9X9FZS: `caredesk import undo IMP-9X9FZS` takes it back.
        $ caredesk contract list --columns name,starts_on,ends_on,categories
        NAME        STARTS ON   ENDS ON     CATEGORIES
        Meals 2026  2026-01-01  2026-12-31  Meals
        Rides       2027-01-01              Meals
        $ caredesk audit list --limit 4 --columns action,on,by
        ACTION           ON          BY
        contract.import  CTR-CY7CBG  admin
        contract.import  CTR-KJ2RBK  admin
        contract.import  CTR-CY7CBG  admin
        contract.import  CTR-KJ2RBK  admin
        # as stan
        $ caredesk contract import contracts.csv --map name=Agreement
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

both_engines!(rows_of_no_contract_are_rejected, |world| {
    begin(world);
    world.ok("contract create acme Meals --start 2026-01-01 --category meals");
    world.sql("UPDATE contract SET code = 'CTR-00000A'");
    world.write(
        "faulty.csv",
        "provider,name,starts_on,ends_on,categories,code\n\
        nix,Meals,2026-01-01,,Meals,\n\
        acme,CTR-1,2026-01-01,,Meals,\n\
        acme,Meals,,,Meals,\n\
        acme,Meals,2026-01-01,,,\n\
        acme,Meals,2026-01-01,2025-12-31,Meals,\n\
        acme,New,2026-01-01,2025-12-31,Meals,\n\
        acme,Laundry,2026-01-01,,Laundry,\n\
        acme,Other,2026-01-01,,Meals,ctr-00000a\n\
        acme,Twice,2026-01-01,,Meals,CTR-00000B\n\
        acme,twice,2026-01-01,,Meals,\n",
    );
    world.write("bare.csv", "provider,name\nacme,Bare\n");
    world.story(expect![[r#"
        $ caredesk contract import faulty.csv --keep-going
        Contracts: 10 read, 1 created, 0 updated, 0 unchanged, 9 rejected.
        Import IMP-67S5T4: `caredesk import undo IMP-67S5T4` takes it back.
        2> rejected: faulty.csv line 3: `CTR-1` has the form of a code of ours
        2> rejected: faulty.csv line 4: has no starts_on
        2> rejected: faulty.csv line 5: has no categories
        2> rejected: faulty.csv line 2: there is no provider `nix`
        2> rejected: faulty.csv line 6: a contract cannot stop on 2025-12-31, before it starts on 2026-01-01
        2> rejected: faulty.csv line 7: a contract cannot stop on 2025-12-31, before it starts on 2026-01-01
        2> rejected: faulty.csv line 8: there is no category `Laundry`
        2> rejected: faulty.csv line 9: the code CTR-00000A belongs to another here
        2> rejected: faulty.csv line 11: contract `twice` of `Acme Care` was there before in this import
        2> error: 9 of 10 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk contract import bare.csv
        2> rejected: bare.csv line 2: is new and has no starts_on
        2> error: 1 of 1 row was rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk contract list --columns code,name,starts_on,ends_on,categories
        CODE        NAME   STARTS ON   ENDS ON  CATEGORIES
        CTR-00000A  Meals  2026-01-01           Meals
        CTR-00000B  Twice  2026-01-01           Meals
    "#]]);
});

// Rule 5.4.
both_engines!(a_list_of_contracts_comes_in_again, |world| {
    begin(world);
    world.ok("contract create acme =Meals --start 2026-01-01 --category meals");
    world.ok("contract create acme 007 --start 2026-01-01 --stop 2026-12-31 --category rides meals");
    own_list::changes_nothing(world, "contract list", "contract import", 2);
    let columns = "code,provider,name,starts_on,ends_on,categories";
    let formats = ["-o csv", "-o xlsx"];
    own_list::makes_the_same(world, begin, "contract list", "contract import", columns, &formats);
});
