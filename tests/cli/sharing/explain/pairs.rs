//! `sharing explain` without a pair: a line for each that matters, and for a provider its own side alone.

use expect_test::expect;

use super::super::{ask, open, share};

// Rules 3.9 and 3.12.
both_engines!(each_pair_that_matters_has_a_line, |world| {
    share(world);
    open(world);
    world.ok("sharing link acme cedar --type services");
    world.ok("sharing link birch acme --type forms");
    world.story(expect![[r#"
        $ caredesk sharing explain CLI-00000A
        OWNER           RECIPIENT       TYPE        VISIBLE  RECORDS VISIBLE  WHY
        Acme Care       Birch Homecare  case-notes  no                     0  Acme Care has set nothing for case-notes, which shares nothing (level 3)
        Acme Care       Birch Homecare  services    no                     0  Birch Homecare has sent no request
        Acme Care       Cedar Nursing   services    no                     0  Meals (2 records): Cedar Nursing has no contract in force for it
        Birch Homecare  Acme Care       forms       no                     0  Birch Homecare has set nothing for forms, which shares nothing (level 3)
        Birch Homecare  Acme Care       services    no                     0  Birch Homecare has set nothing for services, which shares nothing (level 3)
        $ caredesk sharing explain CLI-00000A --type services --columns owner_name,recipient_name,visible,fix
        OWNER           RECIPIENT       VISIBLE  FIX
        Acme Care       Birch Homecare  no       caredesk sharing request CLI-00000A --owner PRV-00000A --recipient PRV-00000B --type services
        Acme Care       Cedar Nursing   no       caredesk contract create PRV-00000C 'Meals' --start 2026-11-22 --category 'Meals'
        Birch Homecare  Acme Care       no       caredesk sharing setup PRV-00000B --type services --level 1
        $ caredesk sharing explain CLI-00000B
        OWNER      RECIPIENT       TYPE      VISIBLE  RECORDS VISIBLE  WHY
        Acme Care  Birch Homecare  services  no                     0  Meals (1 record): Birch Homecare has no service record of it under a contract in force
        Acme Care  Cedar Nursing   services  no                     0  Meals (1 record): Cedar Nursing has no contract in force for it
    "#]]);
    ask(world, 1);
    world.story(expect![[r#"
        # as birch
        $ caredesk sharing explain CLI-00000A
        OWNER           RECIPIENT       TYPE      VISIBLE  RECORDS VISIBLE  WHY
        Acme Care       Birch Homecare  services  no                     0  SHR-000001 is pending since 2026-11-22 12:00: Acme Care has not answered
        Birch Homecare  Acme Care       forms     no                     0  Birch Homecare has set nothing for forms, which shares nothing (level 3)
        $ caredesk sharing explain CLI-00000A --recipient birch --columns owner_name,recipient_name,type,records,fix,needed
        OWNER      RECIPIENT       TYPE      RECORDS  FIX  NEEDED
        Acme Care  Birch Homecare  services                an answer of Acme Care
        # as acme
        $ caredesk sharing explain CLI-00000A
        OWNER           RECIPIENT       TYPE      VISIBLE  RECORDS VISIBLE  WHY
        Acme Care       Birch Homecare  services  no                     0  SHR-000001 is pending since 2026-11-22 12:00: Acme Care has not answered
        Acme Care       Cedar Nursing   services  no                     0  Cedar Nursing has sent no request
        Birch Homecare  Acme Care       forms     no                     0  Birch Homecare shares no forms
        $ caredesk sharing explain CLI-00000A --owner acme --recipient birch --type services
        Birch Homecare sees none of the 2 services records of Ada Moss at Acme Care: SHR-000001 is pending since 2026-11-22 12:00: Acme Care has not answered.
        As of 2026-11-22 12:00.

          ✓ met        recipient               Birch Homecare is active
          ✓ met        level                   Acme Care is at level 2 for services since 2026-11-22 12:00: it shares in common service categories
          ✓ met        link                    Acme Care is linked to Birch Homecare for services since 2026-11-22 12:00
          · not asked  category                the services of Birch Homecare are said after an agreement
          ✓ met        enrolment at owner      Ada Moss is active at Acme Care since 2026-01-01
          · not asked  enrolment at recipient  whether Ada Moss is active at Birch Homecare is said after an agreement
          ✗ not met    request                 SHR-000001 is pending since 2026-11-22 12:00: Acme Care has not answered
                       $ caredesk sharing grant SHR-000001 --expires 2027-11-22
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.as_user("admin");
    world.ok("account forbid acme answer-sharing");
    world.ok("account forbid birch answer-sharing");
    world.story(expect![[r#"
        # as acme
        $ caredesk sharing explain CLI-00000A --owner acme --type services --columns recipient_name,fix,needed
        RECIPIENT       FIX  NEEDED
        Birch Homecare       an account with the permission answer-sharing
        Cedar Nursing        a request of Cedar Nursing
        # as cedar
        $ caredesk sharing explain CLI-00000A
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        # as stan
        $ caredesk sharing explain CLI-00000A --owner acme --type services --columns recipient_name,fix,needed
        RECIPIENT       FIX  NEEDED
        Birch Homecare       an account of level supervisor or above, for `caredesk sharing grant SHR-000001 --expires 2027-11-22`
        Cedar Nursing        an account of level supervisor or above, for `caredesk contract create PRV-00000C 'Meals' --start 2026-11-22 --category 'Meals'`
        # at 2026-11-23T12:00:00Z
        # as admin
        $ caredesk sharing grant SHR-000001 --expires 2026-12-24
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-24. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing explain CLI-00000A --owner acme
        OWNER      RECIPIENT       TYPE        VISIBLE  RECORDS VISIBLE  WHY
        Acme Care  Birch Homecare  case-notes  no                     0  Acme Care has set nothing for case-notes, which shares nothing (level 3)
        Acme Care  Birch Homecare  services    yes                    2  SHR-000001 is granted, signed 2026-11-23, and counts up to 2026-12-24, in common: Meals
        Acme Care  Cedar Nursing   services    no                     0  Meals (2 records): Cedar Nursing has no contract in force for it
        $ caredesk sharing explain CLI-00000A --owner acme --at 2026-11-22 --columns recipient_name,type,visible
        RECIPIENT       TYPE        VISIBLE
        Birch Homecare  case-notes  no
        Birch Homecare  services    no
        Cedar Nursing   services    no
    "#]]);
});

// What another holds of a client makes no difference to the lines of a provider (rule 3.11).
both_engines!(lines_of_a_provider_do_not_depend_on_the_other, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1");
    world.ok("sharing link acme birch --type services forms");
    world.ok("client create --given Cy --family Moss");
    world.sql("UPDATE client SET code = 'CLI-00000C' WHERE given = 'Cy'");
    for client in ["B", "C"] {
        world.ok(&format!("client enroll CLI-00000{client} birch"));
    }
    world.ok("client enroll CLI-00000B acme");
    world.as_user("birch");
    let [bo, cy] = ["B", "C"].map(|client| {
        let lines = world.json(&format!("sharing explain CLI-00000{client}"));
        lines.to_string().replace("Bo Moss", "Cy Moss").replace("CLI-00000B", "CLI-00000C")
    });
    assert!(bo.contains("services") && bo.contains("forms"), "{bo}");
    assert_eq!(bo, cy);
});
