//! Where a client lives, the phones, and what carers must know: entered, imported, exported, merged and erased (rule 1.12).

use expect_test::expect;

use crate::own_list;
use crate::world::World;

fn ada(world: &World) {
    world.ok("init");
    world.ok(
        "client create --given Ada --family Fenn --id ada --address '12 Elm Road, Ely' --postal-code 'CB7 4AA' --phone '01353 496 0018' \
         --phone 'daughter:020 7946 0018' --carer-note 'key safe 1234, the dog bites'",
    );
}

// Rule 1.12.
both_engines!(contact_details_are_entered_and_cleared, |world| {
    ada(world);
    world.story(expect![[r#"
        $ caredesk client show ada
        code             CLI-MJ18AD
        given            Ada
        family           Fenn
        postal code      CB7 4AA
        address          12 Elm Road, Ely
        phones           01353 496 0018, daughter: 020 7946 0018
        carer note       key safe 1234, the dog bites
        id               ada
        status           active
        active releases  0
        $ caredesk client edit ada --phone 'Daughter: 020 7946 0100' --phone 'son:07700 900123' --carer-note none
        Changed client CLI-MJ18AD (Ada Fenn): phones 01353 496 0018, daughter: 020 7946 0018 → 01353 496 0018, Daughter: 020 7946 0100, son: 07700 900123, carer note key safe 1234, the dog bites → none.
        $ caredesk client edit ada --phone 'son:07700 900123'
        Nothing to change: client CLI-MJ18AD (Ada Fenn) stays as it is.
        $ caredesk client edit ada --phone none --phone 'work: 01353 496 0999' --address '3 Quay St'
        Changed client CLI-MJ18AD (Ada Fenn): address 12 Elm Road, Ely → 3 Quay St, phones 01353 496 0018, Daughter: 020 7946 0100, son: 07700 900123 → work: 01353 496 0999.
        $ caredesk client edit ada --phone 'ask the son'
        2> error: invalid value 'ask the son' for '--phone <[LABEL:]NUMBER>': `ask the son` is not a phone, such as 020 7946 0018 or daughter:020 7946 0018
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk client edit ada --phone none --address none
        Changed client CLI-MJ18AD (Ada Fenn): address 3 Quay St → none, phones work: 01353 496 0999 → none.
        $ caredesk client show ada
        code             CLI-MJ18AD
        given            Ada
        family           Fenn
        postal code      CB7 4AA
        id               ada
        status           active
        active releases  0
    "#]]);
});

// Rule 5.2 and 5.4: a table speaks of what it has, and what a list writes changes nothing.
both_engines!(contact_details_go_out_and_come_in, |world| {
    ada(world);
    world.ok("client create --given Bo --family Moss --id bo");
    own_list::changes_nothing(world, "client list", "client import --source people --keep-going", 2);
    world.story(expect![[r#"
        $ caredesk client list -o csv --columns id,address,phones,carer_note
        id,address,phones,carer_note
        ada,"12 Elm Road, Ely","[""01353 496 0018"",""daughter: 020 7946 0018""]","key safe 1234, the dog bites"
        bo,,[],
        $ caredesk client export ada --dir ada
        Wrote all that is held about CLI-MJ18AD to ada: 16 files, 0 of them documents.
    "#]]);
    let held = world.read("ada/client.json");
    for text in ["12 Elm Road, Ely", "daughter: 020 7946 0018", "key safe 1234"] {
        assert!(held.contains(text), "{held}");
    }
});

// Rule 5.4.
both_engines!(another_hub_comes_to_the_same_contact_details, |world| {
    ada(world);
    let columns = "id,given,family,postal_code,address,phones,carer_note";
    let import = "client import --source people";
    let begin = |other: &World| drop(other.ok("init"));
    own_list::makes_the_same(world, begin, "client list", import, columns, &["-o csv", "-o json", "-o xlsx"]);
});

// Rules 5.2 and 5.6.
both_engines!(an_import_changes_contact_details_and_is_taken_back, |world| {
    world.ok("init");
    world.write("people.csv", "id,given,family,address,phones\nada,Ada,Fenn,1 Old St,01353 496 0018\n");
    world.ok("client import people.csv");
    world.write(
        "people.csv",
        "id,given,family,address,phones,carer_note\nada,Ada,Fenn,,son: 07700 900123; 01353 496 0018,deaf\ncy,Cy,Oak,,n/a,\n",
    );
    world.story(expect![[r#"
        $ caredesk client import people.csv --keep-going
        Clients: 2 read, 0 created, 1 updated, 0 unchanged, 1 rejected.
        Cleared: address of 1.
        Import IMP-QKHBQ2: `caredesk import undo IMP-QKHBQ2` takes it back.
        2> rejected: people.csv line 3: `n/a` is not a phone, such as 020 7946 0018 or daughter:020 7946 0018
        2> error: 1 of 2 rows was rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk client list -o csv --columns id,address,phones,carer_note
        id,address,phones,carer_note
        ada,,"[""son: 07700 900123"",""01353 496 0018""]",deaf
        $ caredesk import undo IMP-QKHBQ2 --yes
        Undid import IMP-QKHBQ2: restored 1 client.
        $ caredesk client list -o csv --columns id,address,phones,carer_note
        id,address,phones,carer_note
        ada,1 Old St,"[""01353 496 0018""]",
    "#]]);
});

// Rule 5.7: nothing of either is lost.
both_engines!(a_merge_keeps_the_contact_details_of_both, |world| {
    ada(world);
    world.ok(
        "client create --given Ada --family Fen --id fen --address 'The Mill' --phone 'neighbour:01353 496 0018' --phone 'son:07700 900123' \
         --carer-note 'two steps'",
    );
    world.story(expect![[r#"
        $ caredesk client merge fen --into ada --yes
        Merged client CLI-1FS91H into CLI-MJ18AD (Ada Fenn).
        $ caredesk client show ada
        code             CLI-MJ18AD
        given            Ada
        family           Fenn
        postal code      CB7 4AA
        address          12 Elm Road, Ely
        phones           neighbour: 01353 496 0018, daughter: 020 7946 0018, son: 07700 900123
        carer note       key safe 1234, the dog bites
                         two steps
                         another address: The Mill
        id               ada
        status           active
        former names     Ada Fen
        active releases  0
    "#]]);
});

// Rule 5.8.
both_engines!(an_erasure_removes_contact_details, |world| {
    ada(world);
    world.ok("client erase ada --yes");
    let left = world.sql("SELECT count(*) FROM client_phone; SELECT count(*) FROM client WHERE address IS NOT NULL OR carer_note IS NOT NULL");
    assert!(left.iter().flatten().all(|count| count.as_deref() == Some("0")), "{left:?}");
    world.ok("audit verify");
});
