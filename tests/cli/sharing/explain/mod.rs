//! Why a provider sees records or does not: each rule that can fail first, the past, and releases that come and go.

mod model;
mod pairs;
mod past;
mod proposals;
mod release;

use expect_test::expect;

use crate::release::PDF;
use crate::world::World;

/// Oak House and Harbour Care with a contract for personal care each, Willow Trust without; Ada Moss with two services of
/// personal care and one of transport at Oak, and one of personal care at Harbour. Nothing is set, linked or asked for.
fn settle(world: &World) {
    world.begin(|world| {
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
    });
}

// Rule 3.9.
both_engines!(every_rule_can_be_the_first_that_fails, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Oak House has set nothing for services, which shares nothing (level 3).
        As of 2026-11-22 10:00.

          ✓ met        recipient               Harbour Care is active
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

          ✓ met        recipient               Harbour Care is active
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

          ✓ met        recipient               Harbour Care is active
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

          ✓ met        recipient               Willow Trust is active
          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Willow Trust for services since 2026-11-22 10:00
          ✗ not met    category                Personal care (2 records): Willow Trust has no contract in force for it; Transport (1 record): Willow Trust has no contract in force for it
                       $ caredesk contract create PRV-000003 'Personal care' --start 2026-11-22 --category 'Personal care'
          ✗ not met    enrolment at owner      Ada Moss was never active at Oak House
                       $ caredesk client enroll CLI-000001 PRV-000001
          ✗ not met    enrolment at recipient  Ada Moss was never active at Willow Trust
                       $ caredesk client enroll CLI-000001 PRV-000003
          ✗ not met    request                 Willow Trust has sent no request
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
    "#]]);
    world.ok("client enroll ada oak");
    world.story(expect![[r#"
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: Ada Moss was never active at Harbour Care.
        As of 2026-11-22 10:00.

          ✓ met        recipient               Harbour Care is active
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

          ✓ met        recipient               Harbour Care is active
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

          ✓ met        recipient               Harbour Care is active
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

          ✓ met        recipient               Harbour Care is active
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
          "owner": "PRV-000001",
          "owner_name": "Oak House",
          "recipient": "PRV-000002",
          "recipient_name": "Harbour Care",
          "type": "services",
          "at": "2026-11-22T10:00:17Z",
          "visible": true,
          "records_visible": 2,
          "records": 3,
          "rules": [
            {
              "rule": "recipient",
              "met": true,
              "detail": "Harbour Care is active",
              "fix": null,
              "needed": null
            },
            {
              "rule": "level",
              "met": true,
              "detail": "Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories",
              "fix": null,
              "needed": null
            },
            {
              "rule": "link",
              "met": true,
              "detail": "Oak House is linked to Harbour Care for services since 2026-11-22 10:00",
              "fix": null,
              "needed": null
            },
            {
              "rule": "category",
              "met": true,
              "detail": "in common: Personal care (2 records); Transport (1 record): Harbour Care has no contract in force for it",
              "fix": null,
              "needed": null
            },
            {
              "rule": "enrolment_owner",
              "met": true,
              "detail": "Ada Moss is active at Oak House since 2026-11-22",
              "fix": null,
              "needed": null
            },
            {
              "rule": "enrolment_recipient",
              "met": true,
              "detail": "Ada Moss is active at Harbour Care since 2026-11-22",
              "fix": null,
              "needed": null
            },
            {
              "rule": "request",
              "met": true,
              "detail": "SHR-00000A is granted, signed 2026-11-20",
              "fix": null,
              "needed": null
            },
            {
              "rule": "release",
              "met": null,
              "detail": "release sharing is off",
              "fix": null,
              "needed": null
            },
            {
              "rule": "expiry",
              "met": true,
              "detail": "SHR-00000A counts up to 2026-11-25",
              "fix": null,
              "needed": null
            }
          ],
          "first_failing": null,
          "verdict": "Harbour Care sees 2 of the 3 services records of Ada Moss at Oak House: SHR-00000A is granted, signed 2026-11-20, and counts up to 2026-11-25, in common: Personal care"
        }
        # at 2026-11-26T10:00:00Z
        $ caredesk sharing explain ada --owner oak --recipient harbour --type services
        Harbour Care sees none of the 3 services records of Ada Moss at Oak House: SHR-00000A ran out: its last day was 2026-11-25.
        As of 2026-11-26 10:00.

          ✓ met        recipient               Harbour Care is active
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

          ✓ met        recipient               Harbour Care is active
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

          ✓ met        recipient               Harbour Care is active
          ✓ met        level                   Oak House is at level 2 for services since 2026-11-22 10:00: it shares in common service categories
          ✓ met        link                    Oak House is linked to Harbour Care for services since 2026-11-22 10:00
          ✗ not met    category                Personal care (2 records): Harbour Care has no contract in force for it; Transport (1 record): Harbour Care has no contract in force for it
                       $ caredesk contract edit CTR-00000B --stop none
          · not asked  enrolment at owner      client-by-client sharing is off: what is linked is shared automatically
          · not asked  enrolment at recipient  client-by-client sharing is off: what is linked is shared automatically
          · not asked  request                 client-by-client sharing is off: what is linked is shared automatically
          · not asked  release                 release sharing is off
          · not asked  expiry                  what is shared automatically has no last day
    "#]]);
});

both_engines!(a_provider_is_told_of_itself, |world| {
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
        verdict  Harbour Care sees all 3 services records of Ada Moss at Oak House: it is shared automatically
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
