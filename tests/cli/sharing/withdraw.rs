//! `sharing withdraw` and `release remove-recipient`: consent is withdrawn, of everything at once or of a part.

use expect_test::expect;

use super::{ask, ask_for, share};
use crate::release::PDF;
use crate::world::World;

/// Acme shares services by request, forms by release and case notes automatically, with Birch and Cedar; of Ada a grant and a
/// pending request to Birch, and three releases of forms.
fn agreed(world: &World) {
    share(world);
    world.write("ada.pdf", PDF);
    world.ok("sharing setup acme --type services --level 1");
    world.ok("sharing setup acme --type forms --level 1 --release on");
    world.ok("sharing setup acme --type case-notes --level 1 --client-by-client off");
    for recipient in ["birch", "cedar"] {
        world.ok(&format!("sharing link acme {recipient} --type services --type forms --type case-notes"));
    }
    for client in ["CLI-00000A", "CLI-00000B"] {
        world.ok(&format!("client enroll {client} acme --date 2026-01-01"));
        world.ok(&format!("client enroll {client} birch --date 2026-01-01"));
    }
    world.ok("record add CLI-00000A --provider acme --type forms --date 2026-11-06 --title Form");
    ask(world, 1);
    ask_for(world, "CLI-00000B", 2);
    world.ok("sharing grant SHR-000001");
    for (number, recipients) in
        ["--all-providers", "--recipient birch", "--recipient birch cedar"].iter().enumerate()
    {
        let add = "release add CLI-00000A --owner acme --type forms --document ada.pdf --signed 2026-11-20";
        let code = world.json(&format!("{add} {recipients}"))["code"].as_str().unwrap().to_owned();
        world.sql(&format!("UPDATE release SET code = 'ROI-00000{}' WHERE code = '{code}'", number + 1));
    }
}

// Rule 3.15.
both_engines!(consent_is_withdrawn_at_once, |world| {
    agreed(world);
    world.refusals(expect![[r#"
        2 usage.confirmation         sharing withdraw CLI-00000A --reason moved
        5 sharing.withdrawn_future   sharing withdraw CLI-00000A --reason moved --date tomorrow --yes
        2 usage                      sharing withdraw CLI-00000A --yes
        # as stan
        6 actor.level                sharing withdraw CLI-00000A --reason moved --yes
        # as birch
        3 provider.not_found         sharing withdraw CLI-00000A --owner acme --reason moved --yes
    "#]]);
    world.story(expect![[r##"
        # as admin
        $ caredesk sharing withdraw CLI-00000A --recipient cedar --type forms --reason moved --dry-run
        dry run: Withdrew the consent of CLI-00000A: ROI-000003 (forms of `Acme Care` to `Cedar Nursing`) goes on without that provider and closes 0 records; ROI-000001 (forms of `Acme Care` to all it was for) ends and closes 1 record. `Cedar Nursing` loses access to 1 record of 1 client. No account is alerted (none has the permission to answer).
        # as birch
        $ caredesk sharing withdraw CLI-00000A --reason moved --yes
        Nothing to change: nothing that CLI-00000A has agreed to, or is asked for, fits.
        # as acme
        $ caredesk sharing withdraw CLI-00000A --recipient birch --reason 'wants it no more' --date yesterday --how phoned --yes
        Withdrew the consent of CLI-00000A: SHR-000001 (services of `Acme Care` to `Birch Homecare`) ends and closes 2 records; ROI-000003 (forms of `Acme Care` to `Birch Homecare`) goes on without that provider and closes 0 records; ROI-000002 (forms of `Acme Care` to `Birch Homecare`) ends and closes 0 records; ROI-000001 (forms of `Acme Care` to all it was for) ends and closes 1 record. `Birch Homecare` loses access to 3 records of 1 client. No account is alerted (no e-mail address).
        2> warning: 1 record (case-notes) of `Acme Care` can be seen by others still: it shares them automatically, until `caredesk sharing setup PRV-00000A --type case-notes --client-by-client on`
        $ caredesk sharing withdraw CLI-00000A --recipient birch --reason 'wants it no more' --date yesterday --how phoned --yes
        Nothing to change: nothing that CLI-00000A has agreed to, or is asked for, fits.
        2> warning: 1 record (case-notes) of `Acme Care` can be seen by others still: it shares them automatically, until `caredesk sharing setup PRV-00000A --type case-notes --client-by-client on`
        $ caredesk sharing show SHR-000001
        SHR-000001: revoked
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A, born 1941-03-02)
        withdrawn  2026-11-21 (phoned)
        reason     wants it no more

        STATUS   SIGNED ON   REASON            BY     STARTS AT         ENDS AT
        pending                                admin  2026-11-22 12:00  2026-11-22 12:00
        granted  2026-11-22                    admin  2026-11-22 12:00  2026-11-22 12:00
        revoked  2026-11-22  wants it no more  acme   2026-11-22 12:00
        $ caredesk release list --columns code,status,recipients
        CODE        STATUS   RECIPIENTS
        ROI-000003  active            1
        ROI-000002  revoked           1
        ROI-000001  revoked           0
        $ caredesk release show ROI-000001 --columns code,status,reason,withdrawn_on,withdrawn_how
        code           ROI-000001
        status         revoked
        reason         wants it no more
        withdrawn on   2026-11-21
        withdrawn how  phoned
        $ caredesk sharing withdraw CLI-00000B --reason moved -o json --yes
        {
          "client": "CLI-00000B",
          "client_name": null,
          "withdrawn_on": "2026-11-22",
          "withdrawn_how": null,
          "reason": "moved",
          "ended": [
            {
              "code": "SHR-000002",
              "owner": "PRV-00000A",
              "owner_name": "Acme Care",
              "type": "services",
              "recipient": "PRV-00000B",
              "recipient_name": "Birch Homecare",
              "ending": "denied",
              "records": 0
            }
          ],
          "result": "updated",
          "changes": [],
          "gains": [],
          "losses": [],
          "stops": [],
          "alerted": 0,
          "not_alerted": [
            {
              "of": "Birch Homecare",
              "reason": "no-email"
            }
          ]
        }
        # as admin
        $ caredesk sharing withdraw CLI-00000A --reason moved --yes
        Withdrew the consent of CLI-00000A: ROI-000003 (forms of `Acme Care` to `Cedar Nursing`) ends and closes 1 record. `Cedar Nursing` loses access to 1 record of 1 client. No account is alerted (none has the permission to answer).
        2> warning: 1 record (case-notes) of `Acme Care` can be seen by others still: it shares them automatically, until `caredesk sharing setup PRV-00000A --type case-notes --client-by-client on`
        $ caredesk audit list --limit 8 --columns action,on
        ACTION            ON
        release.revoke    ROI-000003
        sharing.withdraw  CLI-00000A
        sharing.deny      SHR-000002
        sharing.withdraw  CLI-00000B
        release.revoke    ROI-000001
        release.revoke    ROI-000002
        release.remove-recipient  ROI-000003
        sharing.revoke    SHR-000001
    "##]]);
});

// Rule 3.15.
both_engines!(a_release_goes_on_without_some, |world| {
    agreed(world);
    world.refusals(expect![[r#"
        4 release.for_all            release remove-recipient ROI-000001 birch
        4 release.last_recipient     release remove-recipient ROI-000002 birch
        4 release.last_recipient     release remove-recipient ROI-000003 birch cedar
        # as birch
        3 release.not_found          release remove-recipient ROI-000003 cedar
    "#]]);
    world.story(expect![[r#"
        # as acme
        $ caredesk release revoke ROI-000001 --yes
        Revoked release ROI-000001 (Ada Moss). No provider loses access to any record. No account is alerted (no e-mail address).
        2> warning: this closes nothing: `Birch Homecare` still sees 1 record, `Cedar Nursing` still sees 1 record, by a release; `caredesk release list --owner PRV-00000A --type forms --status active` lists them
        $ caredesk release revoke ROI-000002 --yes
        Revoked release ROI-000002 (Ada Moss). No provider loses access to any record. No account is alerted (no e-mail address).
        2> warning: this closes nothing: `Birch Homecare` still sees 1 record, `Cedar Nursing` still sees 1 record, by a release; `caredesk release list --owner PRV-00000A --type forms --status active` lists them
        $ caredesk release remove-recipient ROI-000003 cedar --yes
        Took `Cedar Nursing` out of release ROI-000003 (Ada Moss). `Cedar Nursing` loses access to 1 record of 1 client. No account is alerted: `Cedar Nursing` (none has the permission to answer), the hub (no e-mail address).
        $ caredesk release remove-recipient ROI-000003 cedar
        Nothing to change: release ROI-000003 does not name `Cedar Nursing`; to name others takes a new paper.
        $ caredesk release list --recipient cedar --columns code,status
        CODE        STATUS
        ROI-000001  revoked
        # as admin
        $ caredesk record list CLI-00000A --viewer cedar --type forms
        2> note: no records
        $ caredesk record list CLI-00000A --viewer birch --type forms --columns title,basis
        TITLE  BASIS
        Form   release
        $ caredesk sharing explain CLI-00000A --owner acme --recipient cedar --type forms
        Cedar Nursing sees none of the 1 forms record of Ada Moss at Acme Care: ROI-000001 for all providers was revoked 2026-11-22 12:00.
        As of 2026-11-22 12:00.

          ✓ met        recipient               Cedar Nursing is active
          ✓ met        level                   Acme Care is at level 1 for forms since 2026-11-22 12:00: it shares with all
          ✓ met        link                    Acme Care is linked to Cedar Nursing for forms since 2026-11-22 12:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✗ not met    release                 ROI-000001 for all providers was revoked 2026-11-22 12:00
                                               needs a release for Cedar Nursing that Ada Moss or a representative has signed; Acme Care adds it with `caredesk release add`
          · not asked  expiry                  there is no consent that could run out
    "#]]);
});

// Rules 3.15 and 4.1.
both_engines!(each_thing_that_ends_is_in_the_audit_trail, |world| {
    world.ok("init");
    world.write("ada.pdf", PDF);
    for name in ["Acme", "Birch", "Cedar"] {
        world.ok(&format!("provider create {name}"));
    }
    world.ok("client create --given Ada --family Moss");
    world.ok("sharing setup acme --type services --level 1");
    world.ok("sharing setup acme --type forms --level 1 --release on");
    for recipient in ["birch", "cedar"] {
        world.ok(&format!("sharing link acme {recipient} --type services --type forms"));
    }
    for provider in ["acme", "birch", "cedar"] {
        world.ok(&format!("client enroll ada {provider} --date 2026-01-01"));
    }
    let ask = "sharing request ada --owner acme --type services --recipient";
    let granted = world.json(&format!("{ask} birch"))["code"].as_str().unwrap().to_owned();
    world.ok(&format!("{ask} cedar"));
    world.ok(&format!("sharing grant {granted}"));
    let add = "release add ada --owner acme --type forms --document ada.pdf --signed 2026-01-01 --recipient";
    world.ok(&format!("{add} birch cedar"));
    world.ok(&format!("{add} cedar"));
    let ended = world.json("sharing withdraw ada --recipient cedar --reason moved --how said --yes");
    let endings: Vec<_> =
        ended["ended"].as_array().unwrap().iter().map(|one| one["ending"].clone()).collect();
    assert_eq!(endings, ["denied", "revoked", "narrowed"]);
    world.ok("database check");
    world.ok("sharing withdraw ada --reason moved --yes");
    world.ok("database check");
});
