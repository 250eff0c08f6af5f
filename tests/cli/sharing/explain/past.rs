//! `sharing explain --at`: what was so on an earlier day.

use expect_test::expect;

use super::settle;

// Rule 3.9.
both_engines!(what_was_so_is_known, |world| {
    settle(world);
    world.ok("sharing setup oak --type services --level 1 --client-by-client off");
    world.at("2026-11-24T10:00:00Z");
    world.ok("sharing link oak harbour --type services");
    world.at("2026-11-26T10:00:00Z");
    world.ok("sharing unlink oak harbour --type services --yes");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --at '2026-11-23'
        Harbour Care saw none of the 3 services records of Ada Moss at Oak House: Oak House was not linked to Harbour Care for services.
        As of 2026-11-23 23:59.

          ✓ met        recipient               Harbour Care was active
          ✓ met        level                   Oak House was at level 1 for services since 2026-11-22 10:00: it shares with all
          ✗ not met    link                    Oak House was not linked to Harbour Care for services
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --at '2026-11-24'
        Harbour Care saw all 3 services records of Ada Moss at Oak House: it is shared automatically.
        As of 2026-11-24 23:59.

          ✓ met        recipient               Harbour Care was active
          ✓ met        level                   Oak House was at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House was linked to Harbour Care for services since 2026-11-24 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --at '2026-11-24 09:59'
        Harbour Care saw none of the 3 services records of Ada Moss at Oak House: Oak House was not linked to Harbour Care for services.
        As of 2026-11-24 09:59.

          ✓ met        recipient               Harbour Care was active
          ✓ met        level                   Oak House was at level 1 for services since 2026-11-22 10:00: it shares with all
          ✗ not met    link                    Oak House was not linked to Harbour Care for services
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --at '2026-11-26 09:00'
        Harbour Care saw all 3 services records of Ada Moss at Oak House: it is shared automatically.
        As of 2026-11-26 09:00.

          ✓ met        recipient               Harbour Care was active
          ✓ met        level                   Oak House was at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House was linked to Harbour Care for services since 2026-11-24 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --at '2026-11-26T10:00:00Z'
        Harbour Care saw none of the 3 services records of Ada Moss at Oak House: the link from Oak House to Harbour Care for services ended 2026-11-26 10:00.
        As of 2026-11-26 10:00.

          ✓ met        recipient               Harbour Care was active
          ✓ met        level                   Oak House was at level 1 for services since 2026-11-22 10:00: it shares with all
          ✗ not met    link                    the link from Oak House to Harbour Care for services ended 2026-11-26 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --at 'today'
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: the link from Oak House to Harbour Care for services ended 2026-11-26 10:00.
        As of 2026-11-26 10:00.

          ✓ met        recipient               Harbour Care is active
          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✗ not met    link                    the link from Oak House to Harbour Care for services ended 2026-11-26 10:00
                       $ caredesk sharing link PRV-000001 PRV-000002 --type services
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --at '2027-06-01'
        Harbour Care will see none of the 3 services records of Ada Moss at Oak House: the link from Oak House to Harbour Care for services ended 2026-11-26 10:00.
        As of 2027-06-01 23:59.

          ✓ met        recipient               Harbour Care is active
          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✗ not met    link                    the link from Oak House to Harbour Care for services ended 2026-11-26 10:00
                       $ caredesk sharing link PRV-000001 PRV-000002 --type services
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --at 'last tuesday'
        2> error: invalid value 'last tuesday' for '--at <TIME>': `last tuesday` is neither a day nor a moment: write 2026-11-17, yesterday, -3d, -2h or "2026-11-17 14:30"
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk sharing explain ada --owner oak --recipient oak --type services
        2> error: `Oak House` sees its own records in any case
        2> hint: `--owner` is whose records they are, `--recipient` another provider that may see them
        [exit 4]
        $ caredesk sharing explain ada --owner oak --recipient harbour --type gossip
        2> error: invalid value 'gossip' for '--type <TYPE>'
        2>   [possible values: services, clinical, case-notes, appointments, eligibility, forms, referrals]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk sharing explain bo --owner oak --recipient harbour --type services
        2> error: there is no client `bo`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
    "#]]);
});
