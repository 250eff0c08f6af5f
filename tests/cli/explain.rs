//! Why a provider sees records or does not: each rule that can fail first, the past, and releases that come and go.

use expect_test::expect;

use crate::release::PDF;
use crate::world::World;

/// Oak House and Harbour Care with a contract for personal care each, Willow Trust without; Ada Moss with two services of
/// personal care and one of transport at Oak, and one of personal care at Harbour. Nothing is set, linked or asked for.
fn settle(world: &World) {
    world.ok("init");
    for name in ["Oak House", "Harbour Care", "Willow Trust"] {
        world.ok(&format!("provider create '{name}'"));
    }
    world.ok("client create --given Ada --family Moss");
    for (table, prefix) in [("provider", "PRV"), ("client", "CLI")] {
        let count = format!("SELECT count(*) FROM {table} AS other WHERE other.id < {table}.id");
        world.sql(&format!("UPDATE {table} SET code = '{prefix}-00000' || CAST(1 + ({count}) AS TEXT)"));
    }
    world.ok("category create 'Personal care'");
    world.ok("category create Transport");
    world.ok(
        "contract create oak 'Oak 2026' --start 2026-01-01 --category 'Personal care' --category Transport",
    );
    world.ok("contract create harbour 'Harbour 2026' --start 2026-01-01 --stop 2026-11-30 --category 'Personal care'");
    world.sql("UPDATE contract SET code = 'CTR-00000' || CASE name WHEN 'Oak 2026' THEN 'A' ELSE 'B' END");
    let record = |provider: &str, title: &str, category: &str, contract: &str| {
        format!(
            "record add ada --provider {provider} --type services --date 2026-11-02 --title '{title}' --category '{category}' --contract '{contract}'"
        )
    };
    world.ok(&record("oak", "Washing", "Personal care", "Oak 2026"));
    world.ok(&record("oak", "Dressing", "Personal care", "Oak 2026"));
    world.ok(&record("oak", "To the doctor", "Transport", "Oak 2026"));
    world.ok(&record("harbour", "Washing", "Personal care", "Harbour 2026"));
    world.write("ada.pdf", PDF);
    world.at("2026-11-22T10:00:00Z");
}

// Rule 3.9.
both_engines!(every_rule_can_be_the_first_that_fails, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Oak House has set nothing for services, which shares nothing (level 3).
        As of 2026-11-22 10:00.

          ✗ not met    level                   Oak House has set nothing for services, which shares nothing (level 3)
                                               $ caredesk sharing setup PRV-000001 --type services --level 1
          ✗ not met    link                    Oak House is not linked to Harbour Care for services
                                               $ caredesk sharing link PRV-000001 PRV-000002 --type services
          · not asked  category                level 3 shares nothing in any service category
          · not asked  enrolment at owner      the owner has set nothing
          · not asked  enrolment at recipient  the owner has set nothing
          · not asked  request                 the owner has set nothing
          · not asked  release                 release sharing is off
          · not asked  expiry                  the owner has set nothing
    "#]]);
    world.ok("sharing setup oak --type services --level 2 --client-by-client on");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Oak House is not linked to Harbour Care for services.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✗ not met    link                    Oak House is not linked to Harbour Care for services
                                               $ caredesk sharing link PRV-000001 PRV-000002 --type services
          ✓ met        category                in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it
          ✗ not met    enrolment at owner      Ada Moss was never active at Oak House
                                               $ caredesk client enroll CLI-000001 PRV-000001
          ✗ not met    enrolment at recipient  Ada Moss was never active at Harbour Care
                                               $ caredesk client enroll CLI-000001 PRV-000002
          ✗ not met    request                 Harbour Care has sent no request
                                               $ caredesk sharing request CLI-000001 --owner PRV-000001 --recipient PRV-000002 --type services
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.ok("sharing link harbour oak --type services");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --columns first_failing,verdict
        first failing  link
        verdict        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Oak House is not linked to Harbour Care for services; the link the other way says nothing of this one
    "#]]);
    world.ok("sharing link oak harbour --type services");
    world.ok("sharing link oak willow --type services");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Ada Moss was never active at Oak House.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✓ met        category                in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it
          ✗ not met    enrolment at owner      Ada Moss was never active at Oak House
                                               $ caredesk client enroll CLI-000001 PRV-000001
          ✗ not met    enrolment at recipient  Ada Moss was never active at Harbour Care
                                               $ caredesk client enroll CLI-000001 PRV-000002
          ✗ not met    request                 Harbour Care has sent no request
                                               $ caredesk sharing request CLI-000001 --owner PRV-000001 --recipient PRV-000002 --type services
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
        $ caredesk sharing explain ada --owner oak --recipient willow --type services
        Willow Trust sees none of the 3 services records of Ada Moss at Oak House: Personal care (2 records): Willow Trust has no contract in force for it; Transport (1 record): Willow Trust has no contract in force for it.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Willow Trust for services since 2026-11-22 10:00
          ✗ not met    category                Personal care (2 records): Willow Trust has no contract in force for it; Transport (1 record): Willow Trust has no contract in force for it
                                               $ caredesk contract create PRV-000003 'Personal care' --start 2026-11-22 --category 'Personal care'
          ✗ not met    enrolment at owner      Ada Moss was never active at Oak House
                                               $ caredesk client enroll CLI-000001 PRV-000001
          ✗ not met    enrolment at recipient  Ada Moss was never active at Willow Trust
                                               $ caredesk client enroll CLI-000001 PRV-000003
          ✗ not met    request                 Willow Trust has sent no request
                                               $ caredesk sharing request CLI-000001 --owner PRV-000001 --recipient PRV-000003 --type services
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.ok("client enroll ada oak");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Ada Moss was never active at Harbour Care.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✓ met        category                in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it
          ✓ met        enrolment at owner      Ada Moss is active at Oak House since 2026-11-22
          ✗ not met    enrolment at recipient  Ada Moss was never active at Harbour Care
                                               $ caredesk client enroll CLI-000001 PRV-000002
          ✗ not met    request                 Harbour Care has sent no request
                                               $ caredesk sharing request CLI-000001 --owner PRV-000001 --recipient PRV-000002 --type services
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.ok("client enroll ada harbour");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Harbour Care has sent no request.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✓ met        category                in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it
          ✓ met        enrolment at owner      Ada Moss is active at Oak House since 2026-11-22
          ✓ met        enrolment at recipient  Ada Moss is active at Harbour Care since 2026-11-22
          ✗ not met    request                 Harbour Care has sent no request
                                               $ caredesk sharing request CLI-000001 --owner PRV-000001 --recipient PRV-000002 --type services
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.ok("sharing request ada --owner oak --recipient harbour --type services");
    world.sql("UPDATE sharing_request SET code = 'SHR-00000A'");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: SHR-00000A is pending since 2026-11-22 10:00: Oak House has not answered.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✓ met        category                in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it
          ✓ met        enrolment at owner      Ada Moss is active at Oak House since 2026-11-22
          ✓ met        enrolment at recipient  Ada Moss is active at Harbour Care since 2026-11-22
          ✗ not met    request                 SHR-00000A is pending since 2026-11-22 10:00: Oak House has not answered
                                               $ caredesk sharing grant SHR-00000A
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.ok("sharing grant SHR-00000A --signed 2026-11-20 --expires 2026-11-25");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees 2 of the 3 services records of Ada Moss at Oak House: SHR-00000A is granted, signed 2026-11-20, and counts up to 2026-11-25, in common: Personal care.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✓ met        category                in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it
          ✓ met        enrolment at owner      Ada Moss is active at Oak House since 2026-11-22
          ✓ met        enrolment at recipient  Ada Moss is active at Harbour Care since 2026-11-22
          ✓ met        request                 SHR-00000A is granted, signed 2026-11-20
          · not asked  release                 release sharing is off
          ✓ met        expiry                  SHR-00000A counts up to 2026-11-25
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services -o json
        {
          "client": "CLI-000001",
          "client_name": "Ada Moss",
          "owner": "Oak House",
          "owner_code": "PRV-000001",
          "recipient": "Harbour Care",
          "recipient_code": "PRV-000002",
          "type": "services",
          "at": "2026-11-22T10:00:17Z",
          "visible": true,
          "records_visible": 2,
          "records": 3,
          "rules": [
            {
              "rule": "level",
              "met": true,
              "fact": "Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories",
              "fix": null
            },
            {
              "rule": "link",
              "met": true,
              "fact": "Oak House is linked to Harbour Care for services since 2026-11-22 10:00",
              "fix": null
            },
            {
              "rule": "category",
              "met": true,
              "fact": "in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it",
              "fix": null
            },
            {
              "rule": "enrolment_owner",
              "met": true,
              "fact": "Ada Moss is active at Oak House since 2026-11-22",
              "fix": null
            },
            {
              "rule": "enrolment_recipient",
              "met": true,
              "fact": "Ada Moss is active at Harbour Care since 2026-11-22",
              "fix": null
            },
            {
              "rule": "request",
              "met": true,
              "fact": "SHR-00000A is granted, signed 2026-11-20",
              "fix": null
            },
            {
              "rule": "release",
              "met": null,
              "fact": "release sharing is off",
              "fix": null
            },
            {
              "rule": "expiry",
              "met": true,
              "fact": "SHR-00000A counts up to 2026-11-25",
              "fix": null
            }
          ],
          "first_failing": null,
          "verdict": "Harbour Care sees 2 of the 3 services records of Ada Moss at Oak House: SHR-00000A is granted, signed 2026-11-20, and counts up to 2026-11-25, in common: Personal care"
        }
        # at 2026-11-26T10:00:00Z
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: SHR-00000A ran out: its last day was 2026-11-25.
        As of 2026-11-26 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✓ met        category                in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it
          ✓ met        enrolment at owner      Ada Moss is active at Oak House since 2026-11-22
          ✓ met        enrolment at recipient  Ada Moss is active at Harbour Care since 2026-11-22
          ✓ met        request                 SHR-00000A is granted, signed 2026-11-20
          · not asked  release                 release sharing is off
          ✗ not met    expiry                  SHR-00000A ran out: its last day was 2026-11-25
                                               $ caredesk sharing request CLI-000001 --owner PRV-000001 --recipient PRV-000002 --type services
    "#]]);
    world.ok("sharing setup oak --type services --client-by-client off");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees 2 of the 3 services records of Ada Moss at Oak House: it is shared automatically, in common: Personal care.
        As of 2026-11-26 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✓ met        category                in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
        # at 2026-12-01T10:00:00Z
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Personal care (2 records): Harbour Care has no contract in force for it; Transport (1 record): Harbour Care has no contract in force for it.
        As of 2026-12-01 10:00.

          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✗ not met    category                Personal care (2 records): Harbour Care has no contract in force for it; Transport (1 record): Harbour Care has no contract in force for it
                                               $ caredesk contract create PRV-000002 'Personal care' --start 2026-12-01 --category 'Personal care'
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
    "#]]);
});

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
        2> error: invalid value 'last tuesday' for '--at <TIME>': `last tuesday` is neither a day nor a moment: write 2026-11-17, yesterday, -3d or "2026-11-17 14:30"
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

both_engines!(releases_let_see_while_they_count, |world| {
    settle(world);
    world.ok("sharing setup oak --type services --level 1 --release on");
    for recipient in ["harbour", "willow"] {
        world.ok(&format!("sharing link oak {recipient} --type services"));
    }
    world.story(expect![[r#"
        $ caredesk client show ada
        code             CLI-000001
        given            Ada
        family           Moss
        active releases  0
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: there is no release.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✗ not met    release                 there is no release
                                               $ caredesk release add CLI-000001 --owner PRV-000001 --type services --document FILE --signed DAY --recipient PRV-000002
          · not asked  expiry                  there is no consent that could run out
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed 2026-11-20 --expires 2026-11-30 --recipient willow
        Added the release ROI-VRX6JT of Ada Moss: `Oak House` may show services to `Willow Trust` until 2026-11-30.
        2> note: it lacks purpose, signature, right_to_revoke, conditions, redisclosure; `caredesk release check ROI-VRX6JT` says more
    "#]]);
    world.sql("UPDATE release SET code = 'ROI-00000A'");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: ROI-00000A is not for Harbour Care.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✗ not met    release                 ROI-00000A is not for Harbour Care
                                               $ caredesk release add CLI-000001 --owner PRV-000001 --type services --document FILE --signed DAY --recipient PRV-000002
          · not asked  expiry                  there is no consent that could run out
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed 2026-11-20 --all-providers
        Added the release ROI-2H1Z7S of Ada Moss: `Oak House` may show services to all providers.
        2> warning: ROI-00000A holds the same document for other recipients, and still counts
        2> note: it lacks purpose, expiry, signature, right_to_revoke, conditions, redisclosure; `caredesk release check ROI-2H1Z7S` says more
    "#]]);
    world.sql("UPDATE release SET code = 'ROI-00000B' WHERE code <> 'ROI-00000A'");
    world.story(expect![[r#"
        $ caredesk client show ada
        code             CLI-000001
        given            Ada
        family           Moss
        active releases  2
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees all 3 services records of Ada Moss at Oak House: ROI-00000B is for all providers, signed 2026-11-20, and has no last day.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✓ met        release                 ROI-00000B is for all providers, signed 2026-11-20
          ✓ met        expiry                  ROI-00000B has no last day
        $ caredesk record list ada --viewer harbour --columns title,owner,basis
        TITLE          OWNER         BASIS
        Washing        Harbour Care  own
        To the doctor  Oak House     release
        Dressing       Oak House     release
        Washing        Oak House     release
        $ caredesk disclosure list --columns client_name,owner,recipient,type,records,basis,source,by
        CLIENT NAME  OWNER      RECIPIENT     TYPE      RECORDS  BASIS    SOURCE      BY
        Ada Moss     Oak House  Harbour Care  services        3  release  ROI-00000B  admin
        $ caredesk release revoke ROI-00000B --dry-run
        dry run: The release ROI-00000B was revoked. `Harbour Care` would lose sight of 3 records.
        $ caredesk release revoke ROI-00000B --yes -o json --columns code
        {
          "code": "ROI-00000B"
        }
        $ caredesk record list ada --viewer harbour --columns title,owner,basis
        TITLE    OWNER         BASIS
        Washing  Harbour Care  own
        $ caredesk record list ada --viewer willow --columns title,owner,basis
        TITLE          OWNER      BASIS
        To the doctor  Oak House  release
        Dressing       Oak House  release
        Washing        Oak House  release
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: ROI-00000B for all providers was revoked 2026-11-22 10:00.
        As of 2026-11-22 10:00.

          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✗ not met    release                 ROI-00000B for all providers was revoked 2026-11-22 10:00
                                               $ caredesk release add CLI-000001 --owner PRV-000001 --type services --document FILE --signed DAY --recipient PRV-000002
          · not asked  expiry                  there is no consent that could run out
        $ caredesk client show ada -o json
        {
          "code": "CLI-000001",
          "given": "Ada",
          "family": "Moss",
          "birth_date": null,
          "postal_code": null,
          "id": null,
          "active_releases": 1
        }
        # at 2026-12-01T10:00:00Z
        $ caredesk record list ada --viewer willow --columns title,owner,basis
        2> note: no records
        $ caredesk sharing explain ada --owner oak --recipient willow --type services
        Willow Trust sees none of the 3 services records of Ada Moss at Oak House: ROI-00000A ran out: its last day was 2026-11-30.
        As of 2026-12-01 10:00.

          ✓ met        level                   Oak House is at level 1 for services since 2026-11-22 10:00: it shares with all
          ✓ met        link                    Oak House is linked to Willow Trust for services since 2026-11-22 10:00
          · not asked  category                level 1 asks for no service category
          · not asked  enrolment at owner      release sharing is on: signed releases count instead of requests
          · not asked  enrolment at recipient  release sharing is on: signed releases count instead of requests
          · not asked  request                 release sharing is on: signed releases count instead of requests
          ✓ met        release                 ROI-00000A is for Willow Trust, signed 2026-11-20
          ✗ not met    expiry                  ROI-00000A ran out: its last day was 2026-11-30
                                               $ caredesk release add CLI-000001 --owner PRV-000001 --type services --document FILE --signed DAY --recipient PRV-000003
        $ caredesk release list --columns code,status
        CODE        STATUS
        ROI-00000B  revoked
        ROI-00000A  expired
        $ caredesk release list --status expired --columns code,status
        CODE        STATUS
        ROI-00000A  expired
        $ caredesk client show ada --columns active_releases
        active releases  0
        $ caredesk release revoke ROI-00000A --yes
        The release ROI-00000A was revoked. Nobody has lost sight of any record.
    "#]]);
    assert_eq!(world.run("database check").status, 0);
});

both_engines!(an_expiry_that_the_owner_requires, |world| {
    settle(world);
    world.ok("sharing setup oak --type services --level 1 --release on --require-expiry on");
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --columns expires_on --signed 2026-11-20
        2> error: `Oak House` requires an expiry date, and no default length of an agreement is set
        2> hint: say it with `--expires`, or set a length with `caredesk sharing setup PRV-000001 --type services --default-days 365`
        [exit 4]
    "#]]);
    world.ok("sharing setup oak --type services --default-days 30");
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --columns expires_on --signed 2026-11-20 --dry-run
        expires on  2026-12-20
        2> note: it lacks purpose, signature, right_to_revoke, conditions, redisclosure; `caredesk release check ROI-G2REYA` says more
        2> note: dry run: Added the release ROI-G2REYA of Ada Moss: `Oak House` may show services to all providers until 2026-12-20.
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --columns expires_on --signed 2026-10-01
        2> error: a release that expired on `2026-10-31` lets nobody see anything: today is 2026-11-22
        2> hint: `--expires` is the last day that the release counts; it may be today
        [exit 5]
    "#]]);
});

both_engines!(only_who_speaks_for_both_sides_is_told, |world| {
    settle(world);
    world.ok("sharing setup oak --type services --level 1 --client-by-client off");
    world.ok("sharing link oak harbour --type services");
    world.ok("account create both --name Both --level provider-portal --resource oak --resource harbour");
    world.ok("account create oak --name Oak --level provider-portal --resource oak");
    world.ok("account create tracy --name Tracy --level trainee");
    world.story(expect![[r#"
        # as both
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --columns verdict
        verdict  Harbour Care sees all 3 services records of Ada Moss at Oak House: it is shared automatically
        $ caredesk disclosure list
        2> error: an account of level `provider-portal` may not read the register of disclosures
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        # as oak
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --columns verdict
        2> error: there is no provider `harbour`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk disclosure list
        2> error: an account of level `provider-portal` may not read the register of disclosures
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        # as tracy
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services --columns verdict
        verdict  Harbour Care sees all 3 services records of Ada Moss at Oak House: it is shared automatically
        $ caredesk disclosure list
        2> error: an account of level `trainee` may not read the register of disclosures
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});
