//! Queues: their statuses, what takes their referrals, and what stays when they end.

use expect_test::expect;

use crate::world::World;

/// A queue with two statuses that are open and one that is not, two providers, and two referrals in `New`.
fn meals(world: &World) {
    world.begin(|world| {
        world.ok("init");
        world.ok("provider create 'Acme Care'");
        world.ok("provider create 'Oak House'");
        world.ok("queue create Meals --status New --status Visited --status Done:closed");
        world.ok("client create --given Ada --family Brook");
        world.ok("referral create --queue meals --client ada");
        world.ok("referral create --queue meals --client ada");
    });
}

/// The code of the latest referral.
fn latest(world: &World) -> String {
    world.json("referral list --limit 1")[0]["code"].as_str().unwrap().to_owned()
}

/// Past the program: the latest referral is assigned to the resource of this name.
fn assign(world: &World, name: &str) {
    let code = latest(world);
    world.sql(&format!(
        "UPDATE referral SET resource_id = (SELECT id FROM resource WHERE name = '{name}'),
            assigned_at = '2026-11-22T09:00:30.000Z' WHERE code = '{code}'"
    ));
}

// Rule 2.4.
both_engines!(statuses_are_added_and_retired, |world| {
    meals(world);
    world.story(expect![[r#"
        $ caredesk queue add-status meals 'On hold' --after new
        Changed queue `Meals`: statuses New, On hold, Visited, Done.
        $ caredesk queue add-status meals 'on  HOLD'
        2> error: queue `Meals`: there is a status `On hold` already
        2> hint: `caredesk queue show Meals` shows them; `--if-not-exists` leaves it as it is
        [exit 4]
        $ caredesk queue add-status meals 'on hold' --if-not-exists
        Nothing to change: queue `Meals` stays as it is.
        $ caredesk queue add-status meals 'on hold:closed' --if-not-exists
        2> error: queue `Meals`: there is a status `On hold` already, and it is open
        2> hint: `caredesk queue show Meals` shows them; `--if-not-exists` leaves it as it is
        [exit 4]
        $ caredesk queue add-status meals Lost:closed --first
        2> error: referrals arrive in the first status of queue `Meals`: the first would be `Lost`, which is closed
        2> hint: put an open one first: `caredesk queue add-status Meals LABEL --first`
        [exit 4]
        $ caredesk queue add-status meals Lost:closed --after Nowhere
        2> error: queue `Meals` has no status `Nowhere`
        2> hint: its statuses are New, On hold, Visited, Done
        [exit 5]
        $ caredesk queue add-status meals Lost:shut
        2> error: invalid value 'Lost:shut' for '<LABEL[:closed]>': `shut` is not a sort of status: write LABEL or LABEL:closed
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk queue add-status meals Lost:closed
        Changed queue `Meals`: statuses New, On hold, Visited, Done, Lost.
        $ caredesk queue add-status meals Asked --first
        Changed queue `Meals`: statuses Asked, New, On hold, Visited, Done, Lost.
        $ caredesk queue show meals
        Meals
        Asked → New → On hold → Visited → Done (closed) → Lost (closed)

        no resource takes its referrals
        $ caredesk queue retire-status meals asked
        Deleted status `Asked` of queue `Meals`; no referral was in it. New referrals now arrive in `New`.
        $ caredesk queue retire-status meals new
        Retired status `New` of queue `Meals`; 2 referrals stay in it. New referrals now arrive in `On hold`.
        $ caredesk queue retire-status meals new
        Nothing to change: queue `Meals` stays as it is.
        $ caredesk queue show meals -o json
        {
          "name": "Meals",
          "active": true,
          "statuses": [
            {
              "label": "New",
              "closed": false,
              "retired": true
            },
            {
              "label": "On hold",
              "closed": false,
              "retired": false
            },
            {
              "label": "Visited",
              "closed": false,
              "retired": false
            },
            {
              "label": "Done",
              "closed": true,
              "retired": false
            },
            {
              "label": "Lost",
              "closed": true,
              "retired": false
            }
          ],
          "resources": []
        }
        $ caredesk queue add-status meals new --first
        2> error: queue `Meals`: status `New` is retired and comes back where it stood
        2> hint: leave out `--first` and `--after`
        [exit 4]
        $ caredesk queue add-status meals new --dry-run
        dry run: Changed queue `Meals`: statuses New, On hold, Visited, Done, Lost.
        $ caredesk queue retire-status meals nowhere
        2> error: queue `Meals` has no status `nowhere`
        2> hint: its statuses are On hold, Visited, Done, Lost
        [exit 5]
        $ caredesk audit list --on Meals --columns action,by --limit 2
        ACTION               BY
        queue.retire-status  admin
        queue.retire-status  admin
    "#]]);
});

// Rules 2.4 and 4.5.
both_engines!(a_retired_status_keeps_its_referrals_and_takes_no_more, |world| {
    meals(world);
    let code = latest(world);
    world.ok(&format!("referral set-status {code} visited"));
    world.ok("queue retire-status meals visited");
    world.ok("queue create Other --status Arrived --status Gone:closed");
    let other = latest(world);
    world.call("<REF>", &code);
    world.story(expect![[r#"
        $ caredesk referral show <REF> --columns status
        status  Visited
        $ caredesk referral list --status visited --columns status
        STATUS
        Visited
        $ caredesk referral set-status <REF> arrived
        2> error: queue `Meals` has no status `arrived`
        2> hint: its statuses are New, Done
        [exit 5]
        $ caredesk referral set-status <REF> New --from Visited
        Changed referral <REF>: status Visited → New.
        $ caredesk referral set-status <REF> visited
        2> error: status `Visited` of queue `Meals` is retired and takes no referral any more
        2> hint: its statuses are New, Done
        [exit 4]
        $ caredesk queue retire-status meals visited
        Deleted status `Visited` of queue `Meals`; no referral was in it.
        $ caredesk queue retire-status meals new
        2> error: referrals arrive in the first status of queue `Meals`: the first would be `Done`, which is closed
        2> hint: put an open one first: `caredesk queue add-status Meals LABEL --first`
        [exit 4]
    "#]]);
    let fault = world.run(&format!("referral set-status {other} done -o json"));
    assert_eq!(fault.status, 0, "{}", fault.stderr);
});

both_engines!(the_first_status_stays_open, |world| {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk queue create Meals --status Done:closed
        2> error: referrals arrive in the first status, so `Done` cannot be closed
        [exit 5]
        $ caredesk queue create Meals --status New --status new
        2> error: the status `new` is given twice
        [exit 5]
        $ caredesk queue create Meals
        2> error: the following required arguments were not provided:
        2>   --status <LABEL[:closed]>...
        2>
        2> Usage: caredesk queue create [OPTIONS] <NAME> --status <LABEL[:closed]>...
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk queue create Meals --status New --status Done:closed
        Created queue `Meals`: statuses New, Done.
        $ caredesk queue retire-status meals new
        2> error: referrals arrive in the first status of queue `Meals`: the first would be `Done`, which is closed
        2> hint: put an open one first: `caredesk queue add-status Meals LABEL --first`
        [exit 4]
        $ caredesk queue retire-status meals done
        Deleted status `Done` of queue `Meals`; no referral was in it.
        $ caredesk queue retire-status meals new
        2> error: referrals arrive in the first status of queue `Meals`: none would be left
        2> hint: put an open one first: `caredesk queue add-status Meals LABEL --first`
        [exit 4]
    "#]]);
});

// Rules 2.4 and 4.5.
both_engines!(an_inactive_queue_takes_no_referrals_and_keeps_its_own, |world| {
    meals(world);
    let code = latest(world);
    world.call("<REF>", &code);
    world.story(expect![[r#"
        $ caredesk queue deactivate meals
        2> error: this must be confirmed: Are you sure you want to deactivate queue `Meals`? Affected: 2 open referrals (REF-76AQMM, <REF>).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk queue deactivate meals --yes --dry-run
        dry run: Changed queue `Meals`: active yes → no. Affected: 2 open referrals (REF-76AQMM, <REF>).
        $ caredesk queue deactivate meals --yes
        Changed queue `Meals`: active yes → no. Affected: 2 open referrals (REF-76AQMM, <REF>).
        $ caredesk queue deactivate meals
        Nothing to change: queue `Meals` stays as it is.
        $ caredesk queue list
        NAME       ACTIVE  STATUSES  RESOURCES
        Home care  yes            3          0
        $ caredesk queue list --all
        NAME       ACTIVE  STATUSES  RESOURCES
        Home care  yes            3          0
        Meals      no             3          0
        $ caredesk queue show meals
        Meals (inactive)
        New → Visited → Done (closed)

        no resource takes its referrals
        $ caredesk referral create --queue meals --client ada
        2> error: queue `Meals` is inactive and takes no new referrals
        2> hint: `caredesk queue activate Meals` brings it back
        [exit 4]
        $ caredesk referral list --queue meals --columns queue,status
        QUEUE  STATUS
        Meals  New
        Meals  New
        $ caredesk referral set-status <REF> visited
        Changed referral <REF>: status New → Visited.
        $ caredesk queue activate meals
        Changed queue `Meals`: active no → yes.
        $ caredesk queue activate meals
        Nothing to change: queue `Meals` stays as it is.
        $ caredesk queue deactivate nowhere --yes
        2> error: there is no queue `nowhere`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
    "#]]);
});

both_engines!(a_queue_is_linked_to_resources, |world| {
    meals(world);
    world.ok("provider add-resource acme 'Night shift'");
    world.ok("resource edit 'oak house' --state paused --yes");
    world.story(expect![[r#"
        $ caredesk queue add-resource meals acme 'night shift' acme oak
        Linked queue `Meals` to `Acme Care`, `Night shift`, `Oak House`.
        $ caredesk queue add-resource meals acme
        Nothing to change: queue `Meals` stays as it is.
        $ caredesk queue add-resource meals nobody
        2> error: there is no resource `nobody`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
        $ caredesk queue list -o csv --columns name,resources
        name,resources
        Home care,[]
        Meals,"[{""code"":""RES-4DHYWN"",""kind"":""agency"",""name"":""Acme Care"",""state"":""active"",""provider"":""PRV-MJ18AD"",""provider_name"":""Acme Care""},{""code"":""RES-EWFF1B"",""kind"":""program"",""name"":""Night shift"",""state"":""active"",""provider"":""PRV-MJ18AD"",""provider_name"":""Acme Care""},{""code"":""RES-ZCM1TC"",""kind"":""agency"",""name"":""Oak House"",""state"":""paused"",""provider"":""PRV-1FS91H"",""provider_name"":""Oak House""}]"
        $ caredesk queue show meals
        Meals
        New → Visited → Done (closed)

        CODE        KIND     NAME         STATE   PROVIDER
        RES-4DHYWN  agency   Acme Care    active  Acme Care
        RES-EWFF1B  program  Night shift  active  Acme Care
        RES-ZCM1TC  agency   Oak House    paused  Oak House
    "#]]);
    assign(world, "Night shift");
    world.ok("resource edit 'oak house' --state inactive --yes");
    world.story(expect![[r#"
        $ caredesk queue remove-resource meals oak 'night shift' --yes
        Unlinked queue `Meals` from `Oak House`, `Night shift`. Affected: 1 open referral (REF-KJ2RBK).
        $ caredesk queue remove-resource meals oak
        Nothing to change: queue `Meals` stays as it is.
        $ caredesk queue add-resource meals oak
        2> error: resource `Oak House` is inactive
        2> hint: `caredesk resource edit RES-ZCM1TC --state active` brings it back
        [exit 4]
        $ caredesk resource list --queue meals
        CODE        NAME       PROVIDER   KIND    STATE   PLACES LEFT  CAPACITY NOTE
        RES-4DHYWN  Acme Care  Acme Care  agency  active
        $ caredesk audit list --on Meals --limit 1 --columns action
        ACTION
        queue.remove-resource
    "#]]);
    let [row] = &world.sql("SELECT count(*) FROM referral WHERE resource_id IS NOT NULL")[..] else {
        panic!()
    };
    assert_eq!(row[0].as_deref(), Some("1"), "what is assigned stays");
});

// Rule 2.1.
both_engines!(queues_are_changed_by_supervisors, |world| {
    meals(world);
    world.ok("account create sue --name Sue --level supervisor");
    world.ok("account create stan --name Stan --level standard");
    world.ok("account create rosa --name Rosa --level provider-portal --resource acme");
    world.ok("queue add-resource meals acme");
    let changes = [
        "queue edit meals --name Lunch",
        "queue edit lunch --name Lunch",
        "queue add-status lunch Later",
        "queue rename-status lunch later Afterwards",
        "queue move-status lunch afterwards --last",
        "queue retire-status lunch afterwards",
        "queue add-resource lunch oak",
        "queue remove-resource lunch oak --yes",
        "queue deactivate lunch --yes",
        "queue activate lunch",
        "queue edit lunch --name 'Home care'",
        "queue edit lunch --name ''",
    ];
    let statuses = |login: &str, queue: &str| {
        world.as_user(login);
        changes.map(|line| world.run(&line.replacen("lunch", queue, 1).replacen("meals", queue, 1)).status)
    };
    assert_eq!(statuses("stan", "meals"), [6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 2]);
    assert_eq!(statuses("rosa", "meals"), [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2]);
    world.as_user("sue");
    assert_eq!(changes.map(|line| world.run(line).status), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 2]);
    world.as_user("rosa");
    // What there is and what there is not read the same.
    let blind = |line: &str| {
        let (there, not) =
            (world.run(&line.replace("NAME", "lunch")), world.run(&line.replace("NAME", "dinner")));
        assert_eq!(there.stderr.replace("lunch", "dinner"), not.stderr, "{line}");
        assert_eq!((there.status, there.stdout), (not.status, not.stdout), "{line}");
    };
    blind("queue show NAME");
    blind("queue deactivate NAME --yes");
    blind("resource list --queue NAME");
    assert_eq!(world.json("queue list --all"), serde_json::json!([]));
});

// Rules 2.4 and 2.5: what was written stays as it was written.
both_engines!(statuses_are_renamed_and_moved, |world| {
    crate::town::settle(world);
    world.ok("referral set-status REF-00000A Live");
    world.at("2026-11-22T12:00:00Z");
    world.story(expect![[r#"
        $ caredesk queue rename-status 'home care' live Running
        Renamed status `Live` of queue `Home care` to `Running`; 1 referral is in it.
        $ caredesk queue rename-status 'home care' Running running
        Renamed status `Running` of queue `Home care` to `running`; 1 referral is in it.
        $ caredesk queue rename-status 'home care' running running
        Nothing to change: the status of queue `Home care` is called `running`.
        $ caredesk referral list --columns code,status
        CODE        STATUS
        REF-00000B  New
        REF-00000A  running
        $ caredesk referral list --at '2026-11-22 11:00' --columns code,status
        CODE        STATUS
        REF-00000B  New
        REF-00000A  Live
        $ caredesk referral history REF-00000A --columns action,field,from,to
        ACTION               FIELD   FROM  TO
        referral.create                    New
        referral.set-status  status  New   Live
        $ caredesk referral list --status running --columns code
        CODE
        REF-00000A
        $ caredesk referral list --status live
        2> error: status `live` of queue `Home care` was renamed on 2026-11-22 12:00 and is now called `running`
        2> hint: `caredesk referral list --status running`
        [exit 3]
        $ caredesk referral set-status REF-00000B Live
        2> error: status `Live` of queue `Home care` was renamed on 2026-11-22 12:00 and is now called `running`
        2> hint: `caredesk referral set-status REF-00000B running`
        [exit 5]
        $ caredesk queue move-status 'home care' running --first
        Changed queue `Home care`: statuses running, New, Closed. New referrals now arrive in `running`.
        $ caredesk queue move-status 'home care' New --after running
        Nothing to change: the statuses of queue `Home care` are running, New, Closed.
        $ caredesk queue move-status 'home care' closed --after running -o json --columns statuses,result
        {
          "statuses": [
            {
              "label": "running",
              "closed": false,
              "retired": false
            },
            {
              "label": "Closed",
              "closed": true,
              "retired": false
            },
            {
              "label": "New",
              "closed": false,
              "retired": false
            }
          ],
          "result": "updated"
        }
        $ caredesk queue move-status 'home care' New --last
        Nothing to change: the statuses of queue `Home care` are running, Closed, New.
    "#]]);
    world.refusals(expect![[r#"
        4 queue.status_exists        queue rename-status 'home care' running new
        5 queue.unknown_status       queue rename-status 'home care' live Active
        2 usage                      queue rename-status 'home care' running Done:closed
        3 queue.not_found            queue rename-status nowhere running Active
        4 queue.first_status         queue move-status 'home care' closed --first
        5 queue.unknown_status       queue move-status 'home care' live --first
        5 queue.unknown_status       queue move-status 'home care' running --after live
        2 usage                      queue move-status 'home care' running
        2 usage                      queue move-status 'home care' running --first --last
        # as acme
        3 queue.not_found            queue rename-status 'home care' running Active
        3 queue.not_found            queue move-status 'home care' running --first
    "#]]);
});

// Rule 2.4.
both_engines!(a_former_label_leads_to_the_present_one, |world| {
    crate::town::settle(world);
    world.ok("referral set-status REF-00000A live");
    world.ok("queue create Meals --status New Live Done:closed");
    world.story(expect![[r#"
        $ caredesk queue rename-status 'home care' New Waiting
        Renamed status `New` of queue `Home care` to `Waiting`; 1 referral is in it.
        $ caredesk queue rename-status 'home care' Live 'In care'
        Renamed status `Live` of queue `Home care` to `In care`; 1 referral is in it.
        $ caredesk queue rename-status 'home care' 'in care' 'At home'
        Renamed status `In care` of queue `Home care` to `At home`; 1 referral is in it.
        $ caredesk referral set-status REF-00000A REF-00000B new
        2> error: status `new` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `Waiting`
        2> hint: `caredesk referral set-status REF-00000A Waiting`
        [exit 5]
        $ caredesk referral set-status REF-00000B closed --from new
        2> error: status `new` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `Waiting`
        2> hint: `caredesk referral set-status REF-00000B closed --from Waiting`
        [exit 5]
        $ caredesk referral set-status REF-00000A LIVE -o json
        2> {"error":{"kind":"invalid","code":"referral.unknown_status","message":"status `LIVE` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `At home`","hint":"`caredesk referral set-status REF-00000A 'At home'`","details":{"queue":"Home care","status":"LIVE","renamed_to":"At home"}}}
        [exit 5]
        $ caredesk referral list --status 'in care'
        2> error: status `in care` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `At home`
        2> hint: `caredesk referral list --status 'At home'`
        [exit 3]
        $ caredesk referral list --status new --columns code
        2> note: no referrals
        $ caredesk queue rename-status 'home care' new Asked
        2> error: status `new` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `Waiting`
        2> hint: `caredesk queue rename-status 'Home care' Waiting Asked`
        [exit 5]
        $ caredesk queue retire-status 'home care' live
        2> error: status `live` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `At home`
        2> hint: `caredesk queue retire-status 'Home care' 'At home'`
        [exit 5]
        $ caredesk queue move-status 'home care' closed --after live
        2> error: status `live` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `At home`
        2> hint: `caredesk queue move-status 'Home care' closed --after 'At home'`
        [exit 5]
        $ caredesk queue move-status 'home care' 'In care' --first
        2> error: status `In care` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `At home`
        2> hint: `caredesk queue move-status 'Home care' 'At home' --first`
        [exit 5]
        $ caredesk queue add-status 'home care' 'On hold:closed' --after Live
        2> error: status `Live` of queue `Home care` was renamed on 2026-11-22 10:00 and is now called `At home`
        2> hint: `caredesk queue add-status 'Home care' 'On hold:closed' --after 'At home'`
        [exit 5]
        $ caredesk referral set-status REF-00000A Nowhere
        2> error: queue `Home care` has no status `Nowhere`
        2> hint: its statuses are Waiting, At home, Closed
        [exit 5]
    "#]]);
    // A label that another status has is that one.
    world.ok("queue add-status 'home care' New --first");
    world.ok("referral set-status REF-00000A new");
});
