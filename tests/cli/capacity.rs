//! Capacity: what a resource can take, now, later and before.

use expect_test::expect;

use crate::world::World;

/// A resource `Night shift` of `Acme Care`, whose hub is in London.
fn night_shift(world: &World) {
    world.begin(|world| {
        world.ok("init --time-zone Europe/London");
        world.ok("provider create 'Acme Care'");
        world.ok("provider add-resource acme 'Night shift' --queue 'home care'");
        world.ok("client create --given Ada --family Brook");
    });
}

/// Past the program: a referral of the one client, assigned at this instant.
fn assigned(world: &World, at: &str) {
    let code =
        world.json("referral create --queue 'home care' --client ada")["code"].as_str().unwrap().to_owned();
    world.sql(&format!(
        "UPDATE referral SET resource_id = (SELECT id FROM resource WHERE name = 'Night shift'), assigned_at = '{at}'
        WHERE code = '{code}'"
    ));
}

// Rule 2.8.
both_engines!(capacity_is_set_and_used, |world| {
    night_shift(world);
    assigned(world, "2026-11-22T08:00:00.000Z");
    world.at("2026-11-22T10:00:00Z");
    world.story(expect![[r#"
        $ caredesk capacity show 'night shift'
        Night shift (RES-1FS91H) of Acme Care
        no capacity is in force: none was ever set
        $ caredesk capacity set night 2 --unit beds --maximum 4 --note 'second floor'
        Created capacity CAP-KJ2RBK (Night shift): 2 beds from 2026-11-22 10:00.
        $ caredesk capacity set night 2 --unit beds --maximum 4 --note 'second floor'
        Nothing to change: capacity CAP-KJ2RBK (Night shift) is in force already.
        $ caredesk capacity set night 2 --unit beds --maximum 4 --note 'second floor' --dry-run
        dry run: Nothing to change: capacity CAP-KJ2RBK (Night shift) is in force already.
        $ caredesk capacity list
        CODE        RESOURCE     PROVIDER   STATUS    PLACES  UNIT  USED  REMAINING  STARTS AT         ENDS AT
        CAP-KJ2RBK  Night shift  Acme Care  in force       2  beds     0          2  2026-11-22 10:00
    "#]]);
    assigned(world, "2026-11-22T10:30:00.000Z");
    assigned(world, "2026-11-22T10:31:00.000Z");
    world.at("2026-11-22T11:00:00Z");
    world.story(expect![[r#"
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        0 of 2 beds left, 2 used since 2026-11-22 10:00

        CODE        STATUS    PLACES  UNIT  MAXIMUM  STARTS AT         NOTE          SET BY  SET AT
        CAP-KJ2RBK  in force       2  beds        4  2026-11-22 10:00  second floor  admin   2026-11-22 10:00 (59 min ago)
        $ caredesk resource show night
        Night shift (RES-1FS91H), program
        provider  Acme Care (PRV-MJ18AD)
        state     active
        queues    Home care
        capacity  0 of 2 beds left, 2 used since 2026-11-22 10:00
    "#]]);
    assigned(world, "2026-11-22T10:32:00.000Z");
    world.at("2026-11-22T12:00:00Z");
    world.story(expect![[r#"
        $ caredesk capacity list -o csv
        code,resource,resource_name,provider,provider_name,status,places,unit,maximum,used,remaining,over,starts_at,ends_at,note,set_at,set_by,removed_at,removed_by
        CAP-KJ2RBK,RES-1FS91H,Night shift,PRV-MJ18AD,Acme Care,in_force,2,beds,4,3,0,1,2026-11-22T10:00:01Z,,second floor,2026-11-22T10:00:01Z,admin,,
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        0 of 2 beds left, 3 used since 2026-11-22 10:00, over by 1

        CODE        STATUS    PLACES  UNIT  MAXIMUM  STARTS AT         NOTE          SET BY  SET AT
        CAP-KJ2RBK  in force       2  beds        4  2026-11-22 10:00  second floor  admin   2026-11-22 10:00 (2 h ago)
        $ caredesk capacity set night 5 --unit beds
        Created capacity CAP-FF55R2 (Night shift): 5 beds from 2026-11-22 12:00.
        $ caredesk capacity set night 0
        Created capacity CAP-VRX6JT (Night shift): 0 places from 2026-11-22 12:00.
        2> warning: `Night shift` takes no more referrals from 2026-11-22 12:00
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        0 of 0 places left, 0 used since 2026-11-22 12:00

        CODE        STATUS    PLACES  UNIT  MAXIMUM  STARTS AT         NOTE          SET BY  SET AT
        CAP-VRX6JT  in force       0                 2026-11-22 12:00                admin   2026-11-22 12:00 (just now)
        CAP-FF55R2  past           5  beds           2026-11-22 12:00                admin   2026-11-22 12:00 (just now)
        CAP-KJ2RBK  past           2  beds        4  2026-11-22 10:00  second floor  admin   2026-11-22 10:00 (2 h ago)
        $ caredesk capacity show night -o json --columns resource,in_force
        {
          "resource": "RES-1FS91H",
          "in_force": {
            "code": "CAP-VRX6JT",
            "resource": "RES-1FS91H",
            "resource_name": "Night shift",
            "provider": "PRV-MJ18AD",
            "provider_name": "Acme Care",
            "status": "in_force",
            "places": 0,
            "unit": null,
            "maximum": null,
            "used": 0,
            "remaining": 0,
            "over": 0,
            "starts_at": "2026-11-22T12:00:03Z",
            "ends_at": null,
            "note": null,
            "set_at": "2026-11-22T12:00:03Z",
            "set_by": "admin",
            "removed_at": null,
            "removed_by": null
          }
        }
    "#]]);
});

both_engines!(capacity_is_scheduled, |world| {
    night_shift(world);
    world.story(expect![[r#"
        $ caredesk capacity set night 4
        Created capacity CAP-85Y0YW (Night shift): 4 places from 2026-11-22 09:00.
        $ caredesk capacity set night 1 --from 2026-12-24 --until 2026-12-26 --note holidays
        Created capacity CAP-76AQMM (Night shift): 1 place from 2026-12-24 00:00 until 2026-12-27 00:00.
        $ caredesk capacity set night 2 --from 2026-12-26 --until 2026-12-31
        2> error: `CAP-76AQMM` of `Night shift` overlaps with this one: 1 place from 2026-12-24 00:00 until 2026-12-27 00:00
        2> hint: change it with `caredesk capacity edit CAP-76AQMM`, or take it back with `caredesk capacity remove CAP-76AQMM`
        [exit 4]
        $ caredesk capacity set night 2 --from 2026-12-24
        2> error: `CAP-76AQMM` of `Night shift` starts at the same moment: 1 place from 2026-12-24 00:00 until 2026-12-27 00:00
        2> hint: change it with `caredesk capacity edit CAP-76AQMM`, or take it back with `caredesk capacity remove CAP-76AQMM`
        [exit 4]
        $ caredesk capacity set night 2 --from '2026-12-26 23:59' --until '2026-12-27 06:00'
        2> error: `CAP-76AQMM` of `Night shift` overlaps with this one: 1 place from 2026-12-24 00:00 until 2026-12-27 00:00
        2> hint: change it with `caredesk capacity edit CAP-76AQMM`, or take it back with `caredesk capacity remove CAP-76AQMM`
        [exit 4]
        $ caredesk capacity set night 2 --from 2026-12-27 --until 2026-12-31
        Created capacity CAP-WF6YT1 (Night shift): 2 places from 2026-12-27 00:00 until 2027-01-01 00:00.
        $ caredesk capacity set night 6 --from 2026-12-25
        Created capacity CAP-8RYZHX (Night shift): 6 places from 2026-12-25 00:00.
        # at 2026-12-23T23:59:59Z
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        4 of 4 places left, 0 used since 2026-11-22 09:00

        CODE        STATUS     PLACES  STARTS AT         ENDS AT           NOTE      SET BY  SET AT
        CAP-85Y0YW  in force        4  2026-11-22 09:00                              admin   2026-11-22 09:00 (31 days ago)
        CAP-76AQMM  scheduled       1  2026-12-24 00:00  2026-12-27 00:00  holidays  admin   2026-11-22 09:00 (31 days ago)
        CAP-8RYZHX  scheduled       6  2026-12-25 00:00                              admin   2026-11-22 09:00 (31 days ago)
        CAP-WF6YT1  scheduled       2  2026-12-27 00:00  2027-01-01 00:00            admin   2026-11-22 09:00 (31 days ago)
        # at 2026-12-24T00:00:00Z
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        1 of 1 place left, 0 used since 2026-12-24 00:00, until 2026-12-27 00:00

        CODE        STATUS     PLACES  STARTS AT         ENDS AT           NOTE      SET BY  SET AT
        CAP-76AQMM  in force        1  2026-12-24 00:00  2026-12-27 00:00  holidays  admin   2026-11-22 09:00 (31 days ago)
        CAP-85Y0YW  suspended       4  2026-11-22 09:00                              admin   2026-11-22 09:00 (31 days ago)
        CAP-8RYZHX  scheduled       6  2026-12-25 00:00                              admin   2026-11-22 09:00 (31 days ago)
        CAP-WF6YT1  scheduled       2  2026-12-27 00:00  2027-01-01 00:00            admin   2026-11-22 09:00 (31 days ago)
        # at 2026-12-25T00:00:00Z
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        6 of 6 places left, 0 used since 2026-12-25 00:00

        CODE        STATUS     PLACES  STARTS AT         ENDS AT           NOTE      SET BY  SET AT
        CAP-8RYZHX  in force        6  2026-12-25 00:00                              admin   2026-11-22 09:00 (32 days ago)
        CAP-WF6YT1  scheduled       2  2026-12-27 00:00  2027-01-01 00:00            admin   2026-11-22 09:00 (32 days ago)
        CAP-76AQMM  past            1  2026-12-24 00:00  2026-12-27 00:00  holidays  admin   2026-11-22 09:00 (32 days ago)
        CAP-85Y0YW  past            4  2026-11-22 09:00                              admin   2026-11-22 09:00 (32 days ago)
        # at 2026-12-27T00:00:00Z
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        2 of 2 places left, 0 used since 2026-12-27 00:00, until 2027-01-01 00:00

        CODE        STATUS     PLACES  STARTS AT         ENDS AT           NOTE      SET BY  SET AT
        CAP-WF6YT1  in force        2  2026-12-27 00:00  2027-01-01 00:00            admin   2026-11-22 09:00 (34 days ago)
        CAP-8RYZHX  suspended       6  2026-12-25 00:00                              admin   2026-11-22 09:00 (34 days ago)
        CAP-76AQMM  past            1  2026-12-24 00:00  2026-12-27 00:00  holidays  admin   2026-11-22 09:00 (34 days ago)
        CAP-85Y0YW  past            4  2026-11-22 09:00                              admin   2026-11-22 09:00 (34 days ago)
        # at 2027-01-01T00:00:00Z
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        6 of 6 places left, 0 used since 2026-12-25 00:00

        CODE        STATUS    PLACES  STARTS AT         ENDS AT           NOTE      SET BY  SET AT
        CAP-8RYZHX  in force       6  2026-12-25 00:00                              admin   2026-11-22 09:00 (39 days ago)
        CAP-WF6YT1  past           2  2026-12-27 00:00  2027-01-01 00:00            admin   2026-11-22 09:00 (39 days ago)
        CAP-76AQMM  past           1  2026-12-24 00:00  2026-12-27 00:00  holidays  admin   2026-11-22 09:00 (39 days ago)
        CAP-85Y0YW  past           4  2026-11-22 09:00                              admin   2026-11-22 09:00 (39 days ago)
    "#]]);
});

// Rules 2.8 and 4.5.
both_engines!(an_entry_is_changed_and_taken_back, |world| {
    night_shift(world);
    let now = world.json("capacity set night 4 --note first")["code"].as_str().unwrap().to_owned();
    let later = world.json("capacity set night 1 --from 2026-12-24 --until 2026-12-26")["code"]
        .as_str()
        .unwrap()
        .to_owned();
    world.at("2026-11-23T09:00:00Z");
    world.call("CAP-NOW000", &now);
    world.call("CAP-LATER0", &later);
    world.story(expect![[r#"
        $ caredesk capacity edit CAP-NOW000 --places 3 --unit beds --maximum 9 --note none
        Changed capacity CAP-NOW000 (Night shift): places 4 → 3, unit none → beds, maximum none → 9, remaining 4 → 3, note first → none.
        $ caredesk capacity edit CAP-NOW000 --places 3
        Nothing to change: capacity CAP-NOW000 (Night shift) stays as it is.
        $ caredesk capacity edit CAP-NOW000 --places 10
        2> error: 10 beds is more than the maximum of 9
        [exit 5]
        $ caredesk capacity edit CAP-NOW000 --maximum none
        Changed capacity CAP-NOW000 (Night shift): maximum 9 → none.
        $ caredesk capacity edit CAP-NOW000 --from 2026-12-01
        2> error: `CAP-NOW000` has started, on 2026-11-22 09:00
        2> hint: say what counts now: `caredesk capacity set RES-1FS91H`
        [exit 4]
        $ caredesk capacity edit CAP-NOW000 --until 2026-11-22
        2> error: the end 2026-11-23 00:00 has passed
        [exit 5]
        $ caredesk capacity edit CAP-NOW000
        2> error: the following required arguments were not provided:
        2>   <--places <N>|--unit <UNIT>|--maximum <N>|--from <WHEN>|--until <WHEN>|--note <TEXT>>
        2>
        2> Usage: caredesk capacity edit [OPTIONS] <--places <N>|--unit <UNIT>|--maximum <N>|--from <WHEN>|--until <WHEN>|--note <TEXT>> <ENTRY>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity edit CAP-LATER0 --places 0
        Changed capacity CAP-LATER0 (Night shift): places 1 → 0.
        2> warning: `Night shift` takes no more referrals from 2026-12-24 00:00 until 2026-12-27 00:00
        $ caredesk capacity edit CAP-LATER0 --from 2026-12-23 --until '2026-12-27 12:00'
        Changed capacity CAP-LATER0 (Night shift): starts at 2026-12-24 00:00 → 2026-12-23 00:00, ends at 2026-12-27 00:00 → 2026-12-27 12:00.
        $ caredesk capacity edit CAP-LATER0 --from 2026-11-22
        2> error: the start 2026-11-22 00:00 is in the past
        2> hint: what begins now is set without `--from`
        [exit 5]
        $ caredesk capacity edit CAP-LATER0 --until 2026-12-22
        2> error: the end 2026-12-23 00:00 is not after the start 2026-12-23 00:00
        [exit 5]
        $ caredesk capacity edit CAP-LATER0 --until none
        Changed capacity CAP-LATER0 (Night shift): ends at 2026-12-27 12:00 → none.
        $ caredesk capacity edit CAP-NOW000 --until 2026-11-30
        Changed capacity CAP-NOW000 (Night shift): ends at none → 2026-12-01 00:00.
        $ caredesk capacity edit CAP-0 --places 1
        2> error: there is no capacity `CAP-0`
        2> hint: `caredesk capacity list` shows those that there are
        [exit 3]
        $ caredesk capacity remove CAP-NOW000
        Removed capacity CAP-NOW000 (Night shift); none is in force.
        $ caredesk capacity remove CAP-NOW000
        Nothing to change: capacity CAP-NOW000 (Night shift) is removed already.
        $ caredesk capacity edit CAP-NOW000 --places 4
        2> error: `CAP-NOW000` was removed
        2> hint: say what counts now: `caredesk capacity set RES-1FS91H`
        [exit 4]
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        no capacity is in force now

        CODE        STATUS     PLACES  STARTS AT         SET BY  SET AT
        CAP-LATER0  scheduled       0  2026-12-23 00:00  admin   2026-11-22 09:00 (24 h ago)
        $ caredesk capacity show night --all
        Night shift (RES-1FS91H) of Acme Care
        no capacity is in force now

        CODE        STATUS     PLACES  UNIT  STARTS AT         ENDS AT           SET BY  REMOVED BY  SET AT
        CAP-LATER0  scheduled       0        2026-12-23 00:00                    admin               2026-11-22 09:00 (24 h ago)
        CAP-NOW000  removed         3  beds  2026-11-22 09:00  2026-12-01 00:00  admin   admin       2026-11-22 09:00 (24 h ago)
        $ caredesk audit list --limit 1 -o json --columns action,on
        [
        {"action":"capacity.remove","on":"CAP-NOW000"}
        ]
    "#]]);
});

both_engines!(capacity_that_cannot_be, |world| {
    night_shift(world);
    world.story(expect![[r#"
        $ caredesk capacity set night -4
        2> error: invalid value '-4' for '<N>': `-4` is less than none; 0 means that no more referrals are taken
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity set night four
        2> error: invalid value 'four' for '<N>': `four` is not a whole number
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity set night 3.5
        2> error: invalid value '3.5' for '<N>': `3.5` is not a whole number
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity set night 99999999999999999999
        2> error: invalid value '99999999999999999999' for '<N>': `99999999999999999999` is not a whole number
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity set night 4 --maximum 3
        2> error: 4 places is more than the maximum of 3
        [exit 5]
        $ caredesk capacity set night 4 --maximum -1
        2> error: invalid value '-1' for '--maximum <N>': `-1` is less than none; 0 means that no more referrals are taken
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity set night 4 --unit ''
        2> error: invalid value '' for '--unit <UNIT>': a value cannot be empty
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity set night 4 --from yesterday
        2> error: the start 2026-11-21 00:00 is in the past
        2> hint: what begins now is set without `--from`
        [exit 5]
        $ caredesk capacity set night 4 --from '2026-11-22 08:59'
        2> error: the start 2026-11-22 08:59 is in the past
        2> hint: what begins now is set without `--from`
        [exit 5]
        $ caredesk capacity set night 4 --from '2026-11-22 09:00' --dry-run
        dry run: Created capacity CAP-EKGE4G (Night shift): 4 places from 2026-11-22 09:00.
        $ caredesk capacity set night 4 --from today --dry-run
        dry run: Created capacity CAP-VF8EV7 (Night shift): 4 places from 2026-11-22 09:00.
        $ caredesk capacity set night 4 --until yesterday
        2> error: the end 2026-11-22 00:00 is not after the start 2026-11-22 09:00
        [exit 5]
        $ caredesk capacity set night 4 --from +2d --until tomorrow
        2> error: the end 2026-11-24 00:00 is not after the start 2026-11-24 00:00
        [exit 5]
        $ caredesk capacity set night 4 --from someday
        2> error: invalid value 'someday' for '--from <WHEN>': `someday` is not a day or a moment: write 2026-12-01, tomorrow, +3d or "2026-12-01 09:00"
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity set night 4 --from '2027-03-28 01:30'
        2> error: `2027-03-28 01:30` does not exist in Europe/London: the clocks skip it; the next time is 2027-03-28 02:00
        [exit 5]
        $ caredesk capacity set nobody 4
        2> error: there is no resource `nobody`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
        $ caredesk capacity set night
        2> error: invalid value 'night' for '<N>': `night` is not a whole number
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk capacity list --resource nobody
        2> error: there is no resource `nobody`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
    "#]]);
    world.ok("resource edit night --state inactive --yes");
    world.story(expect![[r#"
        $ caredesk capacity set night 4
        2> error: resource `Night shift` is inactive
        2> hint: `caredesk resource edit RES-1FS91H --state active` brings it back
        [exit 4]
        $ caredesk capacity show night
        Night shift (RES-1FS91H) of Acme Care
        no capacity is in force: none was ever set
    "#]]);
});

// Rules 2.1 and 2.3.
both_engines!(capacity_is_set_by_those_who_may, |world| {
    night_shift(world);
    world.ok("account create rosa --name Rosa --level provider-portal --resource night --can edit-capacity");
    world.ok("account create mia --name Mia --level provider-portal --resource night --can change-status");
    world.ok("account create tom --name Tom --level trainee");
    world.ok("account create stan --name Stan --level standard");
    let lines = ["capacity set night 4", "capacity show night", "capacity list", "capacity set acme 4"];
    for (login, expected) in
        [("tom", [6, 0, 0, 6]), ("mia", [6, 0, 0, 3]), ("rosa", [0, 0, 0, 3]), ("stan", [0, 0, 0, 0])]
    {
        world.as_user(login);
        assert_eq!(lines.map(|line| world.run(line).status), expected, "{login}");
    }
    let entry = world.json("capacity show night")["in_force"]["code"].as_str().unwrap().to_owned();
    for (login, expected) in [("tom", 6), ("mia", 6), ("rosa", 0)] {
        world.as_user(login);
        assert_eq!(world.run(&format!("capacity edit {entry} --places 7")).status, expected, "{login}");
        assert_eq!(world.run(&format!("capacity remove {entry}")).status, expected, "{login}");
    }
    world.story(expect![[r#"
        $ caredesk capacity show night --columns resource_name,entries
        resource name  Night shift
        entries        0
        $ caredesk capacity list
        2> note: no capacity is in force
    "#]]);
});
