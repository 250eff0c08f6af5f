//! The third job, from a fresh database: one provider asks another for one sort of record of one client; consent is given,
//! runs out, is given again, and then a signed release takes the place of requests.

use expect_test::expect;

use crate::world::World;

both_engines!(consent_is_asked_for_given_and_ends, |world| {
    world.at("2026-11-23T09:00:00Z");
    world.ok("init --time-zone Europe/London");
    set_up(world);
    asked_and_granted(world);
    run_out_and_renewed(world);
    released(world);
    world.ok("audit verify");
    world.ok("database check");
});

fn set_up(world: &World) {
    world.story(expect![[r#"
        $ caredesk provider create 'Harbour Home Care'
        Created provider PRV-MJ18AD (Harbour Home Care).
        $ caredesk provider create 'Willow Lane Care'
        Created provider PRV-1FS91H (Willow Lane Care).
        $ caredesk client create --given Ada --family Winterbourne
        Created client CLI-W8607R (Ada Winterbourne).
        $ caredesk client enroll ada harbour
        Changed client CLI-W8607R (Ada Winterbourne): active at `Harbour Home Care` since 2026-11-23.
        $ caredesk client enroll ada willow
        Changed client CLI-W8607R (Ada Winterbourne): active at `Willow Lane Care` since 2026-11-23.
        $ caredesk record add ada --provider harbour --type clinical --date 2026-11-20 --title 'Falls assessment'
        Created record REC-R7WWMH: clinical of Ada Winterbourne (CLI-W8607R) at `Harbour Home Care`, 2026-11-20.
        $ caredesk record add ada --provider willow --type clinical --date 2026-11-21 --title 'Weight chart'
        Created record REC-1R87PT: clinical of Ada Winterbourne (CLI-W8607R) at `Willow Lane Care`, 2026-11-21.
        $ caredesk sharing request ada --owner harbour --recipient willow --type clinical
        2> error: `Harbour Home Care` is at level 3 for clinical: it shares nothing
        2> hint: `caredesk sharing setup 'Harbour Home Care' --type clinical --level 1` lets it share with all
        [exit 4]
        $ caredesk sharing setup harbour --type clinical --level 1 --client-by-client on --require-expiry on --default-days 30
        Changed sharing of clinical by `Harbour Home Care`: level 1, by request, with an expiry, 30 days if none is given.
        $ caredesk sharing request ada --owner harbour --recipient willow --type clinical
        2> error: `Harbour Home Care` is not linked to `Willow Lane Care` for clinical
        2> hint: `caredesk sharing link 'Harbour Home Care' 'Willow Lane Care' --type clinical` links them, in this direction
        [exit 4]
        $ caredesk sharing link harbour willow --type clinical
        Linked `Harbour Home Care` to `Willow Lane Care` for clinical, by request.
        $ caredesk sharing links harbour
        OWNER              RECIPIENT         TYPE      SHARING  EDITABLE
        Harbour Home Care  Willow Lane Care  clinical  request  yes
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER             TITLE         BASIS
        Willow Lane Care  Weight chart  own
    "#]]);
}

fn asked_and_granted(world: &World) {
    world.ok("-q sharing request ada --owner harbour --recipient willow --type clinical");
    world.story(expect![[r#"
        $ caredesk sharing list --incoming harbour --columns client,recipient_name,type,status
        CLIENT      RECIPIENT         TYPE      STATUS
        CLI-W8607R  Willow Lane Care  clinical  pending
        $ caredesk sharing list --outgoing willow --columns client,owner_name,type,status
        CLIENT      OWNER              TYPE      STATUS
        CLI-W8607R  Harbour Home Care  clinical  pending
        $ caredesk sharing request ada --owner harbour --recipient willow --type clinical
        2> error: SHR-VF8EV7 asks `Harbour Home Care` for clinical of CLI-W8607R for `Willow Lane Care` already
        2> hint: `caredesk sharing show SHR-VF8EV7` says how it stands
        [exit 4]
        $ caredesk sharing grant SHR-VF8EV7 --signed 2026-11-23 --expires 2026-11-22
        2> error: an agreement signed on 2026-11-23 cannot expire on 2026-11-22
        2> hint: `--expires` is its last day
        [exit 5]
        $ caredesk sharing grant SHR-VF8EV7 --signed 2026-11-23 --expires 2026-11-30 --dry-run
        dry run: Granted request SHR-VF8EV7: clinical of CLI-W8607R, `Harbour Home Care` to `Willow Lane Care` until 2026-11-30. `Willow Lane Care` gains access to 1 record of 1 client.
        2> warning: no birth date of CLI-W8607R is known: whether it signs without a guardian, from 18 on, was not checked
        $ caredesk sharing grant SHR-VF8EV7 --signed 2026-11-23 --expires 2026-11-30
        Granted request SHR-VF8EV7: clinical of CLI-W8607R, `Harbour Home Care` to `Willow Lane Care` until 2026-11-30. `Willow Lane Care` gains access to 1 record of 1 client.
        2> warning: no birth date of CLI-W8607R is known: whether it signs without a guardian, from 18 on, was not checked
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER              TITLE             BASIS
        Willow Lane Care   Weight chart      own
        Harbour Home Care  Falls assessment  request
        $ caredesk sharing list --expiring 30 --columns client,recipient_name,status,expires_on
        CLIENT      RECIPIENT         STATUS   EXPIRES ON
        CLI-W8607R  Willow Lane Care  granted  2026-11-30
    "#]]);
}

fn run_out_and_renewed(world: &World) {
    // The last day counts, until midnight where the hub is.
    world.at("2026-11-30T23:59:59Z");
    world.story(expect![[r#"
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER              TITLE             BASIS
        Willow Lane Care   Weight chart      own
        Harbour Home Care  Falls assessment  request
    "#]]);
    world.at("2026-12-01T00:00:00Z");
    world.story(expect![[r#"
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER             TITLE         BASIS
        Willow Lane Care  Weight chart  own
        $ caredesk sharing list --columns client,recipient_name,status,expires_on
        CLIENT      RECIPIENT         STATUS   EXPIRES ON
        CLI-W8607R  Willow Lane Care  expired  2026-11-30
        $ caredesk sharing explain ada --owner harbour --recipient willow --type clinical
        Willow Lane Care sees none of the 1 clinical record of Ada Winterbourne at Harbour Home Care: SHR-VF8EV7 ran out: its last day was 2026-11-30.
        As of 2026-12-01 00:00.

          ✓ met        recipient               Willow Lane Care is active
          ✓ met        level                   Harbour Home Care is at level 1 for clinical since 2026-11-23 09:00: it shares with all
          ✓ met        link                    Harbour Home Care is linked to Willow Lane Care for clinical since 2026-11-23 09:00
          · not asked  category                level 1 asks for no service category
          ✓ met        enrolment at owner      Ada Winterbourne is active at Harbour Home Care since 2026-11-23
          ✓ met        enrolment at recipient  Ada Winterbourne is active at Willow Lane Care since 2026-11-23
          ✓ met        request                 SHR-VF8EV7 is granted, signed 2026-11-23
          · not asked  release                 release sharing is off
          ✗ not met    expiry                  SHR-VF8EV7 ran out: its last day was 2026-11-30
                       $ caredesk sharing request CLI-W8607R --owner PRV-MJ18AD --recipient PRV-1FS91H --type clinical
        $ caredesk sharing explain ada --owner harbour --recipient willow --type clinical --at 2026-11-30 --columns visible,records_visible
        visible          yes
        records visible  1
    "#]]);
    world.ok("-q sharing request ada --owner harbour --recipient willow --type clinical");
    world.story(expect![[r#"
        $ caredesk sharing grant SHR-A27RQN
        Granted request SHR-A27RQN: clinical of CLI-W8607R, `Harbour Home Care` to `Willow Lane Care` until 2026-12-31. `Willow Lane Care` gains access to 1 record of 1 client.
        2> warning: no birth date of CLI-W8607R is known: whether it signs without a guardian, from 18 on, was not checked
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER              TITLE             BASIS
        Willow Lane Care   Weight chart      own
        Harbour Home Care  Falls assessment  request
    "#]]);
}

fn released(world: &World) {
    world.at("2026-12-02T09:00:00Z");
    world.write("roi.pdf", "%PDF-1.4\nA release, signed by Ada Winterbourne.\n%%EOF\n");
    world.story(expect![[r#"
        $ caredesk sharing setup harbour --type clinical --release on
        Changed sharing of clinical by `Harbour Home Care`: level 1, by release, with an expiry, 30 days if none is given. `Willow Lane Care` loses access to 1 record of 1 client.
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER             TITLE         BASIS
        Willow Lane Care  Weight chart  own
        $ caredesk client show ada --columns code,active_releases
        code             CLI-W8607R
        active releases  0
    "#]]);
    let add = "-q release add ada --owner harbour --type clinical --document roi.pdf --signed 2026-12-01 --expires 2027-05-31";
    world.ok(&format!("{add} --all-providers"));
    world.story(expect![[r#"
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER              TITLE             BASIS
        Willow Lane Care   Weight chart      own
        Harbour Home Care  Falls assessment  release
        $ caredesk client show ada --columns code,active_releases
        code             CLI-W8607R
        active releases  1
        $ caredesk release revoke ROI-6A3A5K --dry-run
        dry run: Revoked release ROI-6A3A5K (Ada Winterbourne). `Willow Lane Care` loses access to 1 record of 1 client. No account is alerted (no active account acts there).
        $ caredesk release revoke ROI-6A3A5K --yes
        Revoked release ROI-6A3A5K (Ada Winterbourne). `Willow Lane Care` loses access to 1 record of 1 client. No account is alerted (no active account acts there).
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER             TITLE         BASIS
        Willow Lane Care  Weight chart  own
        $ caredesk release revoke ROI-6A3A5K --yes
        Nothing to change: release ROI-6A3A5K was revoked before, by admin.
    "#]]);
    world.ok(&format!("{add} --recipient willow"));
    world.story(expect![[r#"
        $ caredesk record list ada --viewer willow --columns owner_name,title,basis
        OWNER              TITLE             BASIS
        Willow Lane Care   Weight chart      own
        Harbour Home Care  Falls assessment  release
        $ caredesk disclosure list --client ada --columns at,recipient_name,owner_name,type,records,basis,by
        AT                RECIPIENT         OWNER              TYPE      RECORDS  BASIS    BY
        2026-12-02 09:00  Willow Lane Care  Harbour Home Care  clinical        1  release  admin
        2026-12-02 09:00  Willow Lane Care  Harbour Home Care  clinical        1  release  admin
        2026-12-01 00:00  Willow Lane Care  Harbour Home Care  clinical        1  request  admin
        2026-11-30 23:59  Willow Lane Care  Harbour Home Care  clinical        1  request  admin
        2026-11-23 09:00  Willow Lane Care  Harbour Home Care  clinical        1  request  admin
    "#]]);
}
