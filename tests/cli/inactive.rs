//! A provider that is not active receives nothing (rule 2.12), and what stops work asks first.

use expect_test::expect;

use crate::world::World;

/// Harbour shares clinical records of Ada with Willow, on request; Wil acts for Willow, which has work.
fn settle(world: &World) {
    world.begin(|world| {
        world.ok("init");
        world.ok("provider create 'Harbour Care'");
        world.ok("provider create 'Willow Lane'");
        world.ok("client create --given Ada --family Fenn");
        for provider in ["harbour", "willow"] {
            world.ok(&format!("client enroll ada {provider}"));
            world.ok(&format!("record add ada --provider {provider} --type clinical --date 2026-01-20 --title 'Falls assessment'"));
        }
        world.ok("sharing setup harbour --type clinical --level 1 --client-by-client on");
        world.ok("sharing link harbour willow --type clinical");
        world.ok("account create wil --name 'Wil Sand' --level provider-portal --resource willow --can respond-packages answer-sharing edit-capacity");
        world.ok("queue create Reablement --status Referred --status Done:closed");
        world.ok("queue add-resource reablement harbour willow");
        let request = world.ok("-q sharing request ada --owner harbour --recipient willow --type clinical");
        world.ok(&format!("sharing grant {} --expires +30d", request.trim()));
        world.ok("referral create --queue reablement --client ada --resource willow");
        world.ok("capacity set willow 3");
        let home = world.ok("-q referral create --queue 'home care' --client ada");
        world.ok(&format!("visit add {} --start '2026-12-01 09:00' --duration 45", home.trim()));
        world.ok(&format!("outsource create {} --all-visits --provider harbour willow --reference 'one morning'", home.trim()));
    });
    for (name, list) in [
        ("<REQ>", "sharing list"),
        ("<REF>", "referral list --queue reablement"),
        ("<HOME>", "referral list --queue 'home care'"),
        ("<CAP>", "capacity list"),
        ("<PKG>", "package list"),
        ("<HARBOUR>", "provider list --name harbour"),
        ("<WILLOW>", "provider list --name willow"),
        ("<ADA>", "client list"),
    ] {
        world.call(name, world.json(list)[0]["code"].as_str().unwrap());
    }
}

// Rule 2.12.
both_engines!(an_inactive_provider_receives_nothing, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk record list ada --viewer willow --columns title,owner_name
        TITLE             OWNER
        Falls assessment  Willow Lane
        Falls assessment  Harbour Care
        $ caredesk provider deactivate willow --yes
        Changed provider <WILLOW> (Willow Lane): active yes → no. `Willow Lane` loses access to 1 record of 1 client. Affected: 1 offer to answer (<PKG>); 1 open referral (<REF>); 1 account that loses access (wil); 1 capacity entry (<CAP>); 1 link (<HARBOUR> clinical); 1 agreement (<REQ>).
        $ caredesk record list ada --viewer willow --columns title,owner_name
        TITLE             OWNER
        Falls assessment  Willow Lane
        $ caredesk sharing explain ada --owner harbour --recipient willow --type clinical
        Willow Lane sees none of the 1 clinical record of Ada Fenn at Harbour Care: Willow Lane is inactive since 2026-11-22 09:00 and receives nothing of others.
        As of 2026-11-22 09:00.

          ✗ not met    recipient               Willow Lane is inactive since 2026-11-22 09:00 and receives nothing of others
                       $ caredesk provider activate <WILLOW>
          ✓ met        level                   Harbour Care is at level 1 for clinical since 2026-11-22 09:00: it shares with all
          ✓ met        link                    Harbour Care is linked to Willow Lane for clinical since 2026-11-22 09:00
          · not asked  category                level 1 asks for no service category
          ✓ met        enrolment at owner      Ada Fenn is active at Harbour Care since 2026-11-22
          ✓ met        enrolment at recipient  Ada Fenn is active at Willow Lane since 2026-11-22
          ✓ met        request                 <REQ> is granted, signed 2026-11-22
          · not asked  release                 release sharing is off
          ✓ met        expiry                  <REQ> counts up to 2026-12-22
        $ caredesk sharing grant <REQ> --expires +60d
        2> error: provider `Willow Lane` is inactive
        2> hint: `caredesk provider activate <WILLOW>` brings it back
        [exit 4]
        $ caredesk sharing link willow harbour --type forms
        Linked `Willow Lane` to `Harbour Care` for forms; at level 3 it shares nothing.
        2> warning: `Willow Lane` shares no forms yet: `caredesk sharing setup <WILLOW> --type forms --level 1` lets it
        $ caredesk sharing link harbour willow --type forms
        Linked `Harbour Care` to `Willow Lane` for forms; at level 3 it shares nothing.
        2> warning: `Willow Lane` is inactive and receives nothing until `caredesk provider activate <WILLOW>`
        2> warning: `Harbour Care` shares no forms yet: `caredesk sharing setup <HARBOUR> --type forms --level 1` lets it
        $ caredesk package respond <PKG> --provider willow --accept
        2> error: provider `Willow Lane` is inactive
        2> hint: `caredesk provider activate <WILLOW>` brings it back
        [exit 4]
        $ caredesk referral create --queue reablement --client ada --resource willow
        2> error: provider `Willow Lane` is inactive
        2> hint: `caredesk provider activate <WILLOW>` brings it back
        [exit 4]
    "#]]);
    world.as_user("wil");
    world.story(expect![[r#"
        $ caredesk record list ada
        2> error: there is no client `ada`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk package list
        2> note: no packages
        $ caredesk referral list
        2> note: no referrals
        $ caredesk resource list
        2> note: no resources
        $ caredesk capacity list
        2> note: no capacity is in force
        $ caredesk sharing list
        2> note: no requests
        $ caredesk provider list
        2> note: no providers
        $ caredesk package respond <PKG> --provider willow --accept
        2> error: there is no provider `willow`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk capacity set willow 4
        2> error: there is no resource `willow`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
        $ caredesk sharing explain ada --owner harbour --recipient willow --type clinical
        2> error: there is no client `ada`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
    "#]]);
    world.as_user("admin");
    world.story(expect![[r#"
        $ caredesk provider activate willow
        Changed provider <WILLOW> (Willow Lane): active no → yes. `Willow Lane` gains access to 1 record of 1 client.
        $ caredesk record list ada --viewer willow --columns title,owner_name
        TITLE             OWNER
        Falls assessment  Willow Lane
        Falls assessment  Harbour Care
        $ caredesk sharing explain ada --owner harbour --recipient willow --type clinical --at 2026-11-22T09:00:23Z
        Willow Lane saw all 1 clinical record of Ada Fenn at Harbour Care: <REQ> was granted, signed 2026-11-22, and counts up to 2026-12-22.
        As of 2026-11-22 09:00.

          ✓ met        recipient               Willow Lane was active
          ✓ met        level                   Harbour Care was at level 1 for clinical since 2026-11-22 09:00: it shares with all
          ✓ met        link                    Harbour Care was linked to Willow Lane for clinical since 2026-11-22 09:00
          · not asked  category                level 1 asks for no service category
          ✓ met        enrolment at owner      Ada Fenn was active at Harbour Care since 2026-11-22
          ✓ met        enrolment at recipient  Ada Fenn was active at Willow Lane since 2026-11-22
          ✓ met        request                 <REQ> was granted, signed 2026-11-22
          · not asked  release                 release sharing is off
          ✓ met        expiry                  <REQ> counts up to 2026-12-22
    "#]]);
    world.as_user("wil");
    assert_eq!(world.json("package list").as_array().unwrap().len(), 1);
    assert_eq!(world.json("referral list").as_array().unwrap().len(), 1);
    assert_eq!(world.json("record list ada").as_array().unwrap().len(), 2);
});

// Rule 2.12: of an owner that is not active all stays shared that it agreed to.
both_engines!(what_an_inactive_owner_has_agreed_to_goes_on, |world| {
    settle(world);
    world.ok("provider deactivate harbour --yes");
    world.story(expect![[r#"
        $ caredesk record list ada --viewer willow --columns title,owner_name
        TITLE             OWNER
        Falls assessment  Willow Lane
        Falls assessment  Harbour Care
        $ caredesk sharing revoke <REQ> --yes
        Revoked request <REQ>: clinical of <ADA>, `Harbour Care` to `Willow Lane`. `Willow Lane` loses access to 1 record of 1 client. No account is alerted (no e-mail address).
    "#]]);
});

// Rule 2.12.
both_engines!(what_stops_work_says_so_first_and_asks, |world| {
    settle(world);
    world.ok("queue create Night --status New --status Done:closed");
    world.ok("provider add-resource willow 'Night shift' --queue night");
    world.ok(
        "account create pam --name Pam --level provider-portal --resource 'night shift' --can edit-capacity",
    );
    let held = world.ok("-q referral create --queue night --client ada --resource 'night shift'");
    world.call("<HELD>", held.trim());
    world.call("<NIGHT>", world.json("resource show 'night shift'")["code"].as_str().unwrap());
    world.call("<AGENCY>", world.json("resource show willow")["code"].as_str().unwrap());
    world.story(expect![[r#"
        $ caredesk provider deactivate willow
        2> error: this must be confirmed: Are you sure you want to deactivate provider <WILLOW> (Willow Lane)? `Willow Lane` loses access to 1 record of 1 client. Affected: 1 offer to answer (<PKG>); 2 open referrals (<HELD>, <REF>); 2 accounts that lose access (pam, wil); 1 capacity entry (<CAP>); 1 link (<HARBOUR> clinical); 1 agreement (<REQ>).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk provider deactivate willow --dry-run
        dry run: Changed provider <WILLOW> (Willow Lane): active yes → no. `Willow Lane` loses access to 1 record of 1 client. Affected: 1 offer to answer (<PKG>); 2 open referrals (<HELD>, <REF>); 2 accounts that lose access (pam, wil); 1 capacity entry (<CAP>); 1 link (<HARBOUR> clinical); 1 agreement (<REQ>).
        $ caredesk provider deactivate willow --dry-run -o json
        {
          "code": "<WILLOW>",
          "name": "Willow Lane",
          "alternate_name": null,
          "description": null,
          "email": null,
          "phone": null,
          "url": null,
          "postal_code": null,
          "active": false,
          "source": null,
          "source_id": null,
          "result": "updated",
          "changes": [
            {
              "field": "active",
              "from": true,
              "to": false
            }
          ],
          "gains": [],
          "losses": [
            {
              "recipient": "<WILLOW>",
              "recipient_name": "Willow Lane",
              "records": 1,
              "clients": 1
            }
          ],
          "stops": [
            {
              "sort": "pending-offers",
              "number": 1,
              "codes": [
                "<PKG>"
              ]
            },
            {
              "sort": "open-referrals",
              "number": 2,
              "codes": [
                "<HELD>",
                "<REF>"
              ]
            },
            {
              "sort": "accounts",
              "number": 2,
              "codes": [
                "pam",
                "wil"
              ]
            },
            {
              "sort": "capacity",
              "number": 1,
              "codes": [
                "<CAP>"
              ]
            },
            {
              "sort": "links",
              "number": 1,
              "codes": [
                "<HARBOUR> clinical"
              ]
            },
            {
              "sort": "agreements",
              "number": 1,
              "codes": [
                "<REQ>"
              ]
            }
          ],
          "dry_run": true
        }
        $ caredesk resource edit willow --state paused
        2> error: this must be confirmed: Are you sure you want to make resource <AGENCY> (Willow Lane) paused? Affected: 1 open referral (<REF>); 1 queue (Reablement); 1 capacity entry (<CAP>).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk queue remove-resource night 'night shift'
        2> error: this must be confirmed: Are you sure you want to unlink queue `Night` from `Night shift`? Affected: 1 open referral (<HELD>); 1 open referral hidden from accounts (<HELD>); 1 account that loses access (wil).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk queue deactivate night
        2> error: this must be confirmed: Are you sure you want to deactivate queue `Night`? Affected: 1 open referral (<HELD>); 1 open referral hidden from accounts (<HELD>); 1 account that loses access (wil).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk account disable pam
        Changed account pam: active yes → no.
        $ caredesk account disable wil
        2> error: this must be confirmed: Are you sure you want to disable account wil? Affected: 2 resources without another account (<NIGHT>, <AGENCY>).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk account edit wil --level standard
        2> error: this must be confirmed: Are you sure you want to change account wil to the level standard? Affected: 1 resource (<AGENCY>); 2 resources without another account (<NIGHT>, <AGENCY>); 3 permissions (answer-sharing, edit-capacity, respond-packages).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk account create stan --name Stan --level supervisor
        Created account stan: level supervisor.
        $ caredesk account edit stan --level trainee
        2> error: this must be confirmed: Are you sure you want to change account stan to the level trainee? Affected: 13 rights (change clients, export all that is held about a client, change contacts, change referrals, change visits and 8 more).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk account disable stan
        Changed account stan: active yes → no.
        $ caredesk account edit pam --name 'Pam Sand'
        Changed account pam: name Pam → Pam Sand.
        $ caredesk provider deactivate willow --yes
        Changed provider <WILLOW> (Willow Lane): active yes → no. `Willow Lane` loses access to 1 record of 1 client. Affected: 1 offer to answer (<PKG>); 2 open referrals (<HELD>, <REF>); 1 account that loses access (wil); 1 capacity entry (<CAP>); 1 link (<HARBOUR> clinical); 1 agreement (<REQ>).
        $ caredesk provider deactivate willow
        Nothing to change: provider <WILLOW> (Willow Lane) stays as it is.
        $ caredesk provider activate willow
        Changed provider <WILLOW> (Willow Lane): active no → yes. `Willow Lane` gains access to 1 record of 1 client.
    "#]]);
    world.ok(&format!("referral set-status {} done", held.trim()));
    world.story(expect![[r#"
        $ caredesk provider remove-resource willow 'night shift'
        2> error: this must be confirmed: Are you sure you want to remove resource <NIGHT> (Night shift)? Affected: 1 account that loses access (wil); 1 queue (Night).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk provider remove-resource willow 'night shift' --yes
        Changed resource <NIGHT> (Night shift): state active → inactive, without queues and accounts. Affected: 1 account that loses access (wil); 1 queue (Night).
        $ caredesk resource list --columns name,state
        NAME          STATE
        Harbour Care  active
        Willow Lane   active
        $ caredesk resource list --columns name,state --all
        NAME          STATE
        Harbour Care  active
        Night shift   inactive
        Willow Lane   active
        $ caredesk queue deactivate night
        Changed queue `Night`: active yes → no.
    "#]]);
});

// Rule 2.12: of a referral that is closed, and of a status that is retired, the packages run on.
both_engines!(a_status_is_not_closed_over_a_running_package, |world| {
    settle(world);
    world.ok("package respond 'one morning' --provider harbour --accept");
    world.ok("queue add-status 'home care' Waiting");
    world.story(expect![[r#"
        $ caredesk referral set-status <HOME> closed
        2> error: this must be confirmed: Are you sure you want to close referral <HOME>? Affected: 1 running package (<PKG>).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk referral set-status <HOME> closed --yes
        Changed referral <HOME>: status New → Closed, closed no → yes. Affected: 1 running package (<PKG>).
        $ caredesk referral set-status <HOME> waiting
        Changed referral <HOME>: status Closed → Waiting, closed yes → no.
        $ caredesk queue retire-status 'home care' waiting
        2> error: this must be confirmed: Are you sure you want to retire status `Waiting` of queue `Home care`? Affected: 1 running package (<PKG>).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk queue retire-status 'home care' waiting --yes
        Retired status `Waiting` of queue `Home care`; 1 referral stays in it. Affected: 1 running package (<PKG>).
    "#]]);
});

// Rule 2.12: nothing is asked about what touches nobody.
both_engines!(what_affects_nothing_is_not_asked_about, |world| {
    world.ok("init");
    world.ok("provider create 'Elm House'");
    world.ok("account create pam --name Pam --level provider-portal");
    world.ok("queue create Meals --status New");
    world.story(expect![[r#"
        $ caredesk resource edit elm --state paused
        Changed resource RES-4DHYWN (Elm House): state active → paused.
        $ caredesk provider deactivate elm
        Changed provider PRV-MJ18AD (Elm House): active yes → no.
        $ caredesk account disable pam
        Changed account pam: active yes → no.
        $ caredesk queue deactivate meals
        Changed queue `Meals`: active yes → no.
    "#]]);
});

// Rule 2.12: of several each is asked about.
both_engines!(several_accounts_are_disabled_at_once, |world| {
    crate::town::settle(world);
    world.story(expect![[r#"
        $ caredesk account disable tracy stan
        Changed account tracy: active yes → no. Changed account stan: active yes → no.
        $ caredesk account disable acme tracy mute both birch
        2> error: this must be confirmed: Are you sure you want to disable these 2 accounts: both and birch? Affected: 2 resources without another account (RES-4DHYWN, RES-ZCM1TC).
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk account disable acme nobody --yes
        2> error: there is no account `nobody`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account disable birch admin --yes
        2> error: the account that acts cannot disable itself
        2> hint: another admin can do it
        [exit 4]
        $ caredesk account disable birch both tracy --yes -o json --columns login,active,result
        [
        {"login":"birch","active":false,"result":"updated"},
        {"login":"both","active":false,"result":"updated"},
        {"login":"tracy","active":false,"result":"unchanged"}
        ]
        $ caredesk account enable birch both sue
        Changed account birch: active no → yes. Changed account both: active no → yes. Nothing to change: account sue stays as it is.
    "#]]);
});
