//! `referral import`.

use expect_test::expect;

use super::open_the_portal;
use crate::own_list;
use crate::world::World;

both_engines!(referrals_come_with_their_history, |world| {
    open_the_portal(world);
    world.write(
        "county.csv",
        "id,queue,status,client,contact_number,resource,note,created_at,created_by,assigned_at\n\
        7,Meals,New,,20417,Acme Meals,no milk,2026-10-01 09:30,STAN,2026-10-02\n\
        8,meals,done,CLI-00000B,,birch,,2025-01-05,ann.of.the.county,\n\
        9,Home care,New,CLI-00000B,,acme,,,,\n",
    );
    world.write("states.jsonl", "{\"id\":7,\"status\":\"Visited\"}\n{\"id\":9,\"resource\":\"birch\",\"note\":\"moved\"}\n{\"id\":8}\n");
    world.write("away.csv", "id,resource,note\n9,,\n");
    world.story(expect![[r#"
        $ caredesk referral import county.csv --dry-run
        dry run: Referrals: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        2> note: no account was alerted of 2 assignments; an import with `--alert` does that
        2> note: 1 row has a created_by that is no account here; your own stands for it
        $ caredesk referral import county.csv --alert
        Referrals: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-AB0VH2: `caredesk import undo IMP-AB0VH2` takes it back.
        2> note: 2 alerts are queued
        2> note: 1 row has a created_by that is no account here; your own stands for it
        $ caredesk referral import county.csv
        Referrals: 3 read, 0 created, 0 updated, 3 unchanged, 0 rejected.
        $ caredesk referral list --columns queue,status,client_name,contact_number,resource_name,note,created_at,created_by
        QUEUE                             STATUS      CLIENT                            CONTACT NUMBER  RESOURCE                          NOTE                              CREATED AT        CREATED BY
        Home care                         New         Bo Moss                                           Acme Care                                                           2026-11-22 12:00  admin
        Home care                         New         Ada Moss                          20417                                             ring twice                        2026-11-22 10:00  admin
        Home care                         New         Bo Moss                                                                                                               2026-11-22 09:00  admin
        Home care                         New         Ada Moss                                                                                                              2026-11-22 09:00  admin
        Meals                             New         Ada Moss                          20417           Acme Meals                        no milk                           2026-10-01 09:30  stan
        Meals                             Done        Bo Moss                                           Birch Homecare                                                      2025-01-05 00:00  admin
        $ caredesk alert list --columns account,resource_name,status
        ACCOUNT  RESOURCE    STATUS
        acme     Acme Care   waiting
        acme     Acme Meals  waiting
        $ caredesk referral import states.jsonl --source county
        Referrals: 3 read, 0 created, 2 updated, 1 unchanged, 0 rejected.
        Import IMP-YRD8J9: `caredesk import undo IMP-YRD8J9` takes it back.
        2> note: no account was alerted of 1 assignment; an import with `--alert` does that
        $ caredesk alert list --columns account,resource_name,status
        ACCOUNT  RESOURCE    STATUS
        acme     Acme Care   withdrawn
        acme     Acme Meals  waiting
        $ caredesk referral import away.csv --source county
        Referrals: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Cleared: assigned at of 1, note of 1, provider of 1, resource of 1.
        Import IMP-EBSTJG: `caredesk import undo IMP-EBSTJG` takes it back.
        $ caredesk referral list --client CLI-00000B --queue home --columns status,resource_name,note
        STATUS  RESOURCE  NOTE
        New
        New
        $ caredesk audit list --limit 4 --columns action,by
        ACTION           BY
        referral.import  admin
        referral.import  admin
        referral.import  admin
        referral.import  admin
        # as tracy
        $ caredesk referral import county.csv
        2> error: an account of level `trainee` may not change referrals
        2> hint: that takes the level standard; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    let made = world.json("referral list --queue Meals --status Visited");
    let code = made[0]["code"].as_str().unwrap();
    let card = world.json(&format!("referral show {code}"));
    let events = card["history"].as_array().unwrap();
    let told: Vec<String> =
        events.iter().map(|one| format!("{} {} {}", one["at"], one["by"], one["what"])).collect();
    expect![[r#"
        "2026-10-01T09:30:00Z" "stan" "created"
        "2026-10-01T09:30:00Z" "stan" "note"
        "2026-10-02T00:00:00Z" "stan" "resource"
        "2026-11-22T12:00:05Z" "admin" "status""#]]
    .assert_eq(&told.join("\n"));
});

both_engines!(open_referrals_follow_the_rules_and_closed_ones_are_history, |world| {
    open_the_portal(world);
    world.ok("queue create Old --status New --status Left:closed");
    world.ok("queue deactivate Old --yes");
    world.ok("queue add-status Meals Stopped:closed");
    world.ok("queue add-status Meals Waiting");
    world.ok("client create --given Cleo --family Reed --id C-1");
    world.ok("client edit C-1 --status deceased --since 2026-11-01");
    world.ok("referral create --queue Meals --client CLI-00000B");
    world.ok("capacity set 'Acme Meals' 0");
    world.write(
        "faulty.csv",
        "id,queue,status,client,resource,created_at,assigned_at\n\
        ,Meals,New,CLI-00000A,,,\n\
        1,,New,CLI-00000A,,,\n\
        2,Meals,,Ada Moss,,,\n\
        3,Nix,New,CLI-00000A,,,\n\
        4,Meals,Nix,CLI-00000A,,,\n\
        5,Old,New,CLI-00000A,,,\n\
        6,Old,Left,CLI-00000A,,2024-01-01,\n\
        7,Meals,New,C-1,,,\n\
        8,Meals,Done,C-1,acme,2024-01-01,2024-02-01\n\
        9,Meals,New,CLI-00000A,birch,,\n\
        10,Meals,New,CLI-00000A,,2027-01-01,\n\
        11,Meals,New,CLI-00000A,acme,2026-01-02,2026-01-01\n\
        12,Meals,New,CLI-00000A,Acme Meals,,\n\
        12,Meals,New,CLI-00000A,,,\n\
        13,Meals,New,CLI-00000A,,soon,\n",
    );
    world.write("other.csv", "id,client,queue\n6,CLI-00000B,Old\n8,C-1,Home care\n12,CLI-00000A,Meals\n");
    world.write("code.csv", "code,status\nR-17,New\nREF-00000C,Nix\n");
    world.write("none.csv", "queue,client\nMeals,CLI-00000A\n");
    world.story(expect![[r#"
        $ caredesk referral import faulty.csv --keep-going
        Referrals: 15 read, 3 created, 0 updated, 0 unchanged, 12 rejected.
        Import IMP-ZVNM16: `caredesk import undo IMP-ZVNM16` takes it back.
        2> rejected: faulty.csv line 2: has no id
        2> rejected: faulty.csv line 3: has no queue
        2> rejected: faulty.csv line 4: has no status
        2> rejected: faulty.csv line 16: created_at: `soon` is not a date and time: write "2026-12-01 09:00", "tomorrow 9:30" or "monday 18:00"
        2> rejected: faulty.csv line 5: there is no queue `Nix`
        2> rejected: faulty.csv line 6: queue `Meals` has no status `Nix`
        2> rejected: faulty.csv line 7: queue `Old` is inactive and takes no new referrals
        2> rejected: faulty.csv line 9: Cleo Reed (CLI-P59YCN) died on 2026-11-01
        2> rejected: faulty.csv line 11: resource `Birch Homecare` does not take referrals of queue `Meals`
        2> rejected: faulty.csv line 12: created_at lies in the future
        2> rejected: faulty.csv line 13: assigned_at does not lie between created_at and now
        2> rejected: faulty.csv line 15: the referral `12` was there before in this import
        2> note: `Acme Meals` takes no more referrals: its capacity is 0 places
        2> note: no account was alerted of 1 assignment; an import with `--alert` does that
        2> error: 12 of 15 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk referral list --columns queue,status,client_name,resource_name
        QUEUE                             STATUS      CLIENT                            RESOURCE
        Meals                             New         Ada Moss                          Acme Meals
        Meals                             New         Bo Moss
        Home care                         New         Ada Moss
        Home care                         New         Bo Moss
        Home care                         New         Ada Moss
        Meals                             Done        Cleo Reed                         Acme Care
        Old                               Left        Ada Moss
        $ caredesk referral import other.csv --source faulty
        2> rejected: other.csv line 2: REF-ZTHKR8 is known as of Ada Moss (CLI-00000A) in `Old`, and here it is of Bo Moss (CLI-00000B) in `Old`
        2> rejected: other.csv line 3: REF-DGBGFC is known as of Cleo Reed (CLI-P59YCN) in `Meals`, and here it is of Cleo Reed (CLI-P59YCN) in `Home care`
        2> error: 2 of 3 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk referral import other.csv
        2> error: `other` does not say where its rows come from
        2> hint: say `--source faulty` for what came from there before, or `--source other` for a new source
        [exit 2]
        $ caredesk referral import code.csv
        2> rejected: code.csv line 2: `R-17` is no code of a referral; an id of another system is read with `--map id=code`
        2> rejected: code.csv line 3: queue `Home care` has no status `Nix`
        2> error: 2 of 2 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk referral import none.csv
        2> error: `none.csv` has no column `id`
        2> hint: say which column holds it: --map id="…"; the columns are `queue`, `client`
        [exit 5]
    "#]]);
    // Rule 5.1: another file of that name shows by its rows that it is another.
    world.write("faulty.csv", "id,queue,client\n77,Meals,CLI-00000A\n");
    world.story(expect![[r#"
        $ caredesk referral import faulty.csv
        2> error: `faulty` holds no row that came from a file of this name before
        2> hint: say `--source faulty` for what came from there before, or another name with `--source` for a new source
        [exit 2]
        $ caredesk referral import faulty.csv --source faulty
        Referrals: 1 read, 1 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-T02W86: `caredesk import undo IMP-T02W86` takes it back.
    "#]]);
});

// Rule 5.4.
both_engines!(a_list_of_referrals_comes_in_again, |world| {
    let begin = |world: &World| {
        open_the_portal(world);
        world.ok("contact create --client CLI-00000B --number 0815 --date 2026-11-01");
    };
    begin(world);
    world.ok(
        "referral create --queue Meals --contact 0815 --resource 'Acme Meals' --note '=1+1; \"no\" milk'",
    );
    world.as_user("sue");
    world.ok("referral create --queue Meals --client CLI-00000A --resource acme");
    world.at("2026-11-22T13:00:00Z");
    world.ok("referral create --queue Meals --client CLI-00000B");
    let newest = world.json("referral list --limit 1")[0]["code"].as_str().unwrap().to_owned();
    world.ok(&format!("referral set-status {newest} Done"));
    world.ok("referral set-status REF-00000C live");
    let rows = world.json("referral list").as_array().unwrap().len() as u64;
    own_list::changes_nothing(world, "referral list", "referral import", rows);
    let columns =
        "code,queue,status,closed,client,contact_number,resource_name,assigned_at,note,created_at,created_by";
    let begin = |other: &World| {
        begin(other);
        other.at("2026-11-23T13:00:00Z");
        // What is in every world is made anew by the import too.
        other.sql("DELETE FROM alert; DELETE FROM visit; DELETE FROM referral_change; DELETE FROM referral");
    };
    own_list::makes_the_same(
        world,
        begin,
        "referral list",
        "referral import",
        columns,
        &["-o csv", "-o xlsx"],
    );
});
