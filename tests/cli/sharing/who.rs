//! `sharing who`: all who see something of a client.

use expect_test::expect;
use serde_json::json;

use super::{ask, open, share};
use crate::release::PDF;

// Rules 3.8 and 3.12.
both_engines!(all_who_see_something_are_listed, |world| {
    share(world);
    open(world);
    world.write("ada.pdf", PDF);
    world.ok("sharing setup acme --type case-notes --level 1 --release on");
    world.ok("sharing link acme birch --type case-notes");
    world.ok("sharing setup birch --type services --level 1 --client-by-client off");
    world.ok("sharing link birch acme --type services");
    ask(world, 1);
    world.at("2026-11-23T12:00:00Z");
    world.ok("sharing grant SHR-000001 --expires 2026-12-24");
    world.ok("release add CLI-00000A --owner acme --type case-notes --document ada.pdf --signed today --expires 2027-05-31 --recipient birch");
    world.sql("UPDATE release SET code = 'ROI-00000A'");
    world.story(expect![[r#"
        $ caredesk sharing who CLI-00000A
        RECIPIENT                          TYPE        OWNER           BY         SOURCE      SINCE AT          UNTIL ON    RECORDS
        the hub, every level of its staff                              hub                                                        4
        Acme Care                          case-notes  Acme Care       own                    2026-11-22 10:00                    1
        Acme Care                          services    Acme Care       own                    2026-11-22 10:00                    2
        Acme Care                          services    Birch Homecare  automatic              2026-11-22 12:00                    1
        Birch Homecare                     case-notes  Acme Care       release    ROI-00000A  2026-11-23 12:00  2027-05-31        1
        Birch Homecare                     services    Acme Care       request    SHR-000001  2026-11-23 12:00  2026-12-24        2
        Birch Homecare                     services    Birch Homecare  own                    2026-11-22 10:00                    1
        $ caredesk sharing who CLI-00000B --columns recipient_name,type,by,records
        RECIPIENT                          TYPE      BY   RECORDS
        the hub, every level of its staff            hub        1
        Acme Care                          services  own        1
        # as birch
        $ caredesk sharing who CLI-00000A --columns recipient_name,owner_name,type,by,source,until_on,records
        RECIPIENT       OWNER           TYPE        BY         SOURCE      UNTIL ON    RECORDS
        Acme Care       Birch Homecare  services    automatic                                1
        Birch Homecare  Acme Care       case-notes  release                                  1
        Birch Homecare  Acme Care       services    request    SHR-000001  2026-12-24        2
        Birch Homecare  Birch Homecare  services    own                                      1
        # as acme
        $ caredesk sharing who CLI-00000A --columns recipient_name,owner_name,type,by,source,until_on,records
        RECIPIENT       OWNER           TYPE        BY         SOURCE      UNTIL ON    RECORDS
        Acme Care       Acme Care       case-notes  own                                      1
        Acme Care       Acme Care       services    own                                      2
        Acme Care       Birch Homecare  services    automatic                                1
        Birch Homecare  Acme Care       case-notes  release    ROI-00000A  2027-05-31        1
        Birch Homecare  Acme Care       services    request    SHR-000001  2026-12-24        2
        # as cedar
        $ caredesk sharing who CLI-00000A
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        # as admin
        # at 2026-12-25T12:00:00Z
        $ caredesk sharing who CLI-00000A --columns recipient_name,owner_name,type,by
        RECIPIENT                          OWNER           TYPE        BY
        the hub, every level of its staff                              hub
        Acme Care                          Acme Care       case-notes  own
        Acme Care                          Acme Care       services    own
        Acme Care                          Birch Homecare  services    automatic
        Birch Homecare                     Acme Care       case-notes  release
        Birch Homecare                     Birch Homecare  services    own
    "#]]);
    // What is listed of a provider is what it is shown.
    for provider in ["acme", "birch"] {
        let who = world.json("sharing who CLI-00000A");
        let code = world.json(&format!("provider show {provider}"))["code"].clone();
        let mine = who.as_array().unwrap().iter().filter(|row| row["recipient"] == code);
        let count: i64 = mine.map(|row| row["records"].as_i64().unwrap()).sum();
        let seen = world.json(&format!("record list CLI-00000A --viewer {provider}"));
        assert_eq!(json!(count), json!(seen.as_array().unwrap().len()), "{who:#}");
    }
});

// Rules 1.12 and 2.7.
both_engines!(visits_and_referrals_show_the_person, |world| {
    share(world);
    world.ok("queue add-resource 'Home care' acme");
    world.ok("referral assign REF-00000A acme");
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme");
    world.sql("UPDATE package SET code = 'PKG-000001', reference = 'PKG-000001'");
    world.ok("package respond PKG-000001 --provider acme --accept");
    world.story(expect![[r#"
        $ caredesk sharing who CLI-00000A --columns recipient_name,type,by,source,until_on
        RECIPIENT                          TYPE        BY          SOURCE      UNTIL ON
        the hub, every level of its staff              hub
        Acme Care                          case-notes  own
        Acme Care                          services    own
        Birch Homecare                     services    own
        Acme Care                                      assignment  REF-00000A
    "#]]);
    world.ok("account permit acme access-contact-details");
    world.story(expect![[r#"
        $ caredesk sharing who CLI-00000A --columns recipient_name,type,by,source,until_on
        RECIPIENT                          TYPE        BY          SOURCE      UNTIL ON
        the hub, every level of its staff              hub
        Acme Care                          case-notes  own
        Acme Care                          services    own
        Birch Homecare                     services    own
        Acme Care                                      acceptance  PKG-000001  2026-12-31
        Acme Care                                      assignment  REF-00000A
        # as acme
        $ caredesk sharing who CLI-00000A --columns recipient_name,type,by,source,until_on
        RECIPIENT  TYPE        BY          SOURCE      UNTIL ON
        Acme Care  case-notes  own
        Acme Care  services    own
        Acme Care              acceptance  PKG-000001  2026-12-31
        # as mute
        $ caredesk sharing who CLI-00000A --columns recipient_name,type,by,source,until_on
        RECIPIENT  TYPE        BY   SOURCE  UNTIL ON
        Acme Care  case-notes  own
        Acme Care  services    own
        # as admin
        # at 2027-01-01T12:00:00Z
        $ caredesk sharing who CLI-00000A --columns recipient_name,type,by,source,until_on
        RECIPIENT                          TYPE        BY          SOURCE      UNTIL ON
        the hub, every level of its staff              hub
        Acme Care                          case-notes  own
        Acme Care                          services    own
        Birch Homecare                     services    own
        Acme Care                                      assignment  REF-00000A
    "#]]);
});
