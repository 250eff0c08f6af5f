//! Records as they stood: who saw which at an earlier instant, and what is written of such a look.

use expect_test::expect;

use super::{ask, open, share};

// Rules 6.5, 3.8 and 3.10.
both_engines!(records_are_shown_as_they_stood, |world| {
    share(world);
    open(world);
    ask(world, 1);
    world.ok("sharing grant SHR-000001 --expires 2026-12-24");
    world.at("2026-11-24T12:00:00Z");
    world.ok("sharing revoke SHR-000001");
    world.ok("record edit REC-000004 --never-shared on");
    world.ok("record add CLI-00000A --provider acme --type services --date 2026-11-24 --title Soup");
    world.at("2026-11-26T12:00:00Z");
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A --viewer birch -q
        REC-000004
        $ caredesk record list CLI-00000A --viewer birch --at 2026-11-23
        CODE        OWNER           TYPE      HAPPENED ON  TITLE      CATEGORY  BASIS
        REC-000004  Birch Homecare  services  2026-11-04   Breakfast  Meals     own
        REC-000002  Acme Care       services  2026-11-02   Supper     Meals     request
        REC-000001  Acme Care       services  2026-11-01   Lunch      Meals     request
        $ caredesk record show REC-000002 --viewer birch --at 2026-11-23 --columns title,owner_name,basis,never_shared
        title         Supper
        owner name    Acme Care
        basis         request
        never shared  no
        $ caredesk record list CLI-00000A --viewer birch --at '2026-11-22 11:00' -q
        REC-000004
        $ caredesk record list CLI-00000A --at 2026-11-23 -q
        REC-000004
        REC-000003
        REC-000002
        REC-000001
        $ caredesk record list CLI-00000A --at 2026-11-21
        2> note: no records
        $ caredesk disclosure list --columns at,recipient,records,source,command,preview
        AT                RECIPIENT   RECORDS  SOURCE      COMMAND      PREVIEW
        2026-11-26 12:00  PRV-00000B        1  SHR-000001  record show  yes
        2026-11-26 12:00  PRV-00000B        2  SHR-000001  record list  yes
        # as birch
        $ caredesk record list CLI-00000A --at 2026-11-23
        2> error: how all stood is shown to the hub alone
        2> hint: histories and `caredesk sharing explain` take `--at` for providers too
        [exit 6]
    "#]]);
});

// Rules 6.5 and 5.7: the text of a record is that of now, whose it was is that of then.
both_engines!(a_record_that_was_merged_since_keeps_its_text, |world| {
    share(world);
    world.at("2026-11-26T12:00:00Z");
    world.ok("provider create 'Acme Home'");
    world.sql("UPDATE provider SET code = 'PRV-00000E' WHERE name = 'Acme Home'");
    world.ok("provider merge PRV-00000A --into PRV-00000E --yes");
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A --columns code,owner_name,title
        CODE        OWNER           TITLE
        REC-000004  Birch Homecare  Breakfast
        REC-000003  Acme Home       Call
        REC-000002  Acme Home       Supper
        REC-000001  Acme Home       Lunch
        $ caredesk record list CLI-00000A --columns code,owner_name,title --at 2026-11-25
        CODE        OWNER           TITLE
        REC-000004  Birch Homecare  Breakfast
        REC-000003  Acme Care       Call
        REC-000002  Acme Care       Supper
        REC-000001  Acme Care       Lunch
    "#]]);
});
