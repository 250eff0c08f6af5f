//! An id means something only within its source, and no row turns a person into another (rule 5.1).

use expect_test::expect;

both_engines!(people_of_two_sources_stay_apart, |world| {
    world.ok("init");
    let files = [
        ("north", "id,given,family,birth_date\n1,Ada,Fenn,1941-03-02\n2,Bo,Marsh,1950-05-05\n"),
        (
            "later",
            "id,given,family,birth_date\n1,Ada,Fenn,1941-03-02\n2,Bo,Marsh-Lowe,1950-05-05\n3,Cy,Dale,\n",
        ),
        ("south", "id,given,family,birth_date\n1,Greta,Quince,1933-09-19\n2,Hugo,Vale,\n"),
        ("west", "id,given,family,birth_date\n7,Ines,Wold,1944-04-04\n"),
    ];
    for (folder, text) in files {
        std::fs::create_dir(world.path(folder)).expect("a folder");
        world.write(&format!("{folder}/clients.csv"), text);
    }
    world.write("people.csv", files[3].1);
    world.story(expect![[r#"
        $ caredesk client import north/clients.csv
        Clients: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-MJ18AD: `caredesk import undo IMP-MJ18AD` takes it back.
        $ caredesk client import south/clients.csv
        2> rejected: clients.csv line 2: the id `1` of the source `clients` is Ada Fenn, born 1941-03-02 (CLI-0FGPME), and here it is Greta Quince, born 1933-09-19: say with `--source` where the file comes from, or correct CLI-0FGPME first
        2> rejected: clients.csv line 3: the id `2` of the source `clients` is Bo Marsh, born 1950-05-05 (CLI-M39GAH), and here it is Hugo Vale, without a birth date: say with `--source` where the file comes from, or correct CLI-M39GAH first
        2> error: 2 of 2 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk client import west/clients.csv
        2> error: `clients` holds no row that came from a file of this name before
        2> hint: say `--source clients` for what came from there before, or another name with `--source` for a new source
        [exit 2]
        $ caredesk client import people.csv
        2> error: `people` does not say where its rows come from
        2> hint: say `--source clients` for what came from there before, or `--source people` for a new source
        [exit 2]
        $ caredesk client import north/clients.csv west/clients.csv --dry-run
        2> error: `clients` holds no row that came from a file of this name before
        2> hint: say `--source clients` for what came from there before, or another name with `--source` for a new source
        [exit 2]
        $ caredesk client import later/clients.csv
        Clients: 3 read, 1 created, 1 updated, 1 unchanged, 0 rejected.
        Import IMP-2HX310: `caredesk import undo IMP-2HX310` takes it back.
        $ caredesk client import west/clients.csv --source clients
        Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-283QWW: `caredesk import undo IMP-283QWW` takes it back.
        $ caredesk client import people.csv --source west --without-ids
        Clients: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-BBYTYM: `caredesk import undo IMP-BBYTYM` takes it back.
        $ caredesk client import south/clients.csv --source south --without-ids
        Clients: 2 read, 2 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-WF6YT1: `caredesk import undo IMP-WF6YT1` takes it back.
        $ caredesk client list
        CODE        GIVEN                             FAMILY                            BIRTH DATE  POSTAL CODE  ID          STATUS
        CLI-0FGPME  Ada                               Fenn                              1941-03-02               1           active
        CLI-M39GAH  Bo                                Marsh-Lowe                        1950-05-05               2           active
        CLI-R7WWMH  Cy                                Dale                                                       3           active
        CLI-8JPY7N  Greta                             Quince                            1933-09-19                           active
        CLI-A3XFDR  Hugo                              Vale                                                                   active
        CLI-1R87PT  Ines                              Wold                              1944-04-04               7           active
        CLI-3HSQTD  Ines                              Wold                              1944-04-04                           active
    "#]]);
});

both_engines!(organisations_of_two_sources_stay_apart, |world| {
    world.ok("init");
    for folder in ["north", "later", "south", "west"] {
        std::fs::create_dir(world.path(folder)).expect("a folder");
    }
    world.write(
        "north/homes.csv",
        "id,name,address,postal_code\n1,Acme Care,1 Weir Street,AB1 2CD\n2,Birch Homes,,\n",
    );
    world.write(
        "later/homes.csv",
        "id,name,address,postal_code\n1,Zenith Care,1 Weir  street,AB1 2CD\n2,Birch Homes Ltd,,\n",
    );
    world.write(
        "south/homes.csv",
        "id,name,address,postal_code\n1,Cedar Nursing,5 Mill Lane,XY9 9ZZ\n2,Dune House,,\n",
    );
    world.write("west/homes.csv", "id,name\n7,Elder Lodge\n");
    world.story(expect![[r#"
        $ caredesk provider import north/homes.csv
        Providers: 2 created, 0 updated, 0 unchanged, with 0 resources, 0 phones and 1 address; 2 rows read, 0 rejected.
        Import IMP-64M0G0: `caredesk import undo IMP-64M0G0` takes it back.
        $ caredesk provider import south/homes.csv --rejects bad.csv
        2> rejected: homes.csv line 2: the id `1` of the source `homes` is `Acme Care` (PRV-0FGPME), and here it is `Cedar Nursing`, of which neither name nor address is known: say with `--source` where the file comes from, or rename PRV-0FGPME first
        2> rejected: homes.csv line 3: the id `2` of the source `homes` is `Birch Homes` (PRV-M39GAH), and here it is `Dune House`, of which neither name nor address is known: say with `--source` where the file comes from, or rename PRV-M39GAH first
        2> note: 2 rejected rows are in `bad.csv`
        2> error: 2 of 2 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk provider import west/homes.csv
        2> error: `homes` holds no row that came from a file of this name before
        2> hint: say `--source homes` for what came from there before, or another name with `--source` for a new source
        [exit 2]
        $ caredesk provider import north/homes.csv west/homes.csv
        2> error: two of the files are called `homes`
        2> hint: say with `--source` that they come from one source, or import them one after the other
        [exit 2]
        $ caredesk provider import later/homes.csv
        Providers: 0 created, 2 updated, 0 unchanged, with 0 resources, 0 phones and 1 address; 2 rows read, 0 rejected.
        Import IMP-6EBD1T: `caredesk import undo IMP-6EBD1T` takes it back.
        $ caredesk provider import south/homes.csv --source south
        Providers: 2 created, 0 updated, 0 unchanged, with 0 resources, 0 phones and 1 address; 2 rows read, 0 rejected.
        Import IMP-WWQF9C: `caredesk import undo IMP-WWQF9C` takes it back.
        $ caredesk provider list --columns name,source
        NAME             SOURCE
        Birch Homes Ltd  homes
        Cedar Nursing    south
        Dune House       south
        Zenith Care      homes
    "#]]);
    expect![[r#"
        rejected_from,id,name,address,postal_code,error
        homes,1,Cedar Nursing,5 Mill Lane,XY9 9ZZ,"homes.csv line 2: the id `1` of the source `homes` is `Acme Care` (PRV-0FGPME), and here it is `Cedar Nursing`, of which neither name nor address is known: say with `--source` where the file comes from, or rename PRV-0FGPME first"
        homes,2,Dune House,,,"homes.csv line 3: the id `2` of the source `homes` is `Birch Homes` (PRV-M39GAH), and here it is `Dune House`, of which neither name nor address is known: say with `--source` where the file comes from, or rename PRV-M39GAH first"
    "#]].assert_eq(&world.read("bad.csv"));
});
