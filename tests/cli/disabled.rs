//! Who is disabled answers no more: for people of the hub a login says so wherever it stands.

use expect_test::expect;

use crate::town::settle;
use crate::world::World;

/// Sue did a little of everything, then left; so did one of Acme.
fn left(world: &World) {
    settle(world);
    world.begin(|world| {
        world.ok("account edit acme --email desk@acme.example");
        world.as_user("sue");
        world.ok("referral note REF-00000A 'rings twice'");
        world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference winter");
        world.ok("capacity set acme 3");
        world.ok("contact create --given Ada --family Moss --number 77");
        world.as_user("admin");
        world.ok("--as sue referral note REF-00000A 'third floor'");
        world.ok("account disable sue --yes");
        world.ok("account disable acme --yes");
    });
}

both_engines!(a_login_says_that_its_account_is_disabled, |world| {
    left(world);
    world.story(expect![[r#"
        $ caredesk package show winter
        winter: pending, waiting for an answer
        code      PKG-39J76K
        referral  REF-00000A
        client    Ada Moss (CLI-00000A)
        created   2026-11-22 10:00 (just now) by sue (disabled)

        CODE        START             DURATION  STATUS
        VIS-000001  2026-12-01 09:00    30 min  planned

        PROVIDER   REQUESTED BY    REQUESTED AT                 STATUS
        Acme Care  sue (disabled)  2026-11-22 10:00 (just now)  pending
        $ caredesk package history winter
        AT                STEP     PROVIDER   BY              ACTED BY  VISIT  FIELD  FROM  TO  OPENS AT  LAPSES AT  REASON
        2026-11-22 10:00  created             sue (disabled)
        2026-11-22 10:00  asked    Acme Care  sue (disabled)
        $ caredesk offer list --columns provider,requested_by
        PROVIDER    REQUESTED BY
        PRV-00000A  sue (disabled)
        $ caredesk referral show REF-00000A
        code         REF-00000A
        queue        Home care
        status       New
        closed       no
        client       CLI-00000A
        client name  Ada Moss
        note         third floor
        created at   2026-11-22 09:00 (1 h ago)
        created by   admin

        AT                           BY                       WHAT     FROM         TO
        2026-11-22 09:00 (1 h ago)   admin                    created               New
        2026-11-22 10:00 (just now)  sue (disabled)           note                  rings twice
        2026-11-22 10:00 (just now)  admin as sue (disabled)  note     rings twice  third floor
        $ caredesk referral history REF-00000A --columns by,acted_by,action
        BY              ACTED BY  ACTION
        admin                     referral.create
        sue (disabled)            referral.note
        sue (disabled)            outsource.create
        sue (disabled)  admin     referral.note
        $ caredesk capacity list --columns resource_name,places,set_by
        RESOURCE   PLACES  SET BY
        Acme Care       3  sue (disabled)
        $ caredesk resource show acme
        Acme Care (RES-4DHYWN), agency
        provider  Acme Care (PRV-00000A)
        state     active
        accounts  acme (disabled), both, mute
        capacity  3 of 3 places left, 0 used since 2026-11-22 10:00
        $ caredesk contact show 77
        77: Ada Moss
        submitted  2026-11-22
        client     CLI-A3Z1NK
        created    2026-11-22 10:00 (just now) by sue (disabled)
        $ caredesk alert explain winter
        ACCOUNT          OF         KINDS                                    ALERTED  REASON         ALERTS
        acme (disabled)  Acme Care  offered, recalled, calls-changed         no       no-account     ALT-0AJAPC
        both             Acme Care  offered, recalled, calls-changed         no       no-email
        mute             Acme Care  offered, recalled, calls-changed         no       no-permission
        sue (disabled)   the hub    accepted, rejected, lapsed, handed-back  no       no-account
        $ caredesk alert list --columns account,status
        ACCOUNT          STATUS
        acme (disabled)  waiting
        $ caredesk account list --inactive
        LOGIN            NAME  LEVEL            ACTIVE  RESOURCES
        acme (disabled)  acme  provider-portal  no      RES-4DHYWN
        sue (disabled)   sue   supervisor       no
        $ caredesk account sees acme
        acme (acme), provider-portal
        speaks for   Acme Care (PRV-00000A)
        acts for     Acme Care (RES-4DHYWN)
        permissions  respond-packages

        It is disabled and sees nothing; `caredesk account enable acme` lets it.
        $ caredesk audit list --by sue --columns by,action
        BY              ACTION
        sue (disabled)  referral.note
        sue (disabled)  contact.create
        sue (disabled)  client.create
        sue (disabled)  capacity.set
        sue (disabled)  outsource.create
        sue (disabled)  referral.note
    "#]]);
});

both_engines!(programs_and_providers_get_the_login_bare, |world| {
    left(world);
    for line in [
        "package show winter -o json",
        "offer list -o csv",
        "audit list -o jsonl",
        "resource show acme -o json",
        "-q account list",
    ] {
        let answer = world.ok(line);
        assert!(answer.contains("sue") || answer.contains("acme"), "{line}\n{answer}");
        assert!(!answer.contains("(disabled)"), "{line}\n{answer}");
    }
    world.as_user("both");
    let card = world.ok("package show winter");
    assert!(card.contains("by sue") && !card.contains("(disabled)"), "{card}");
});
