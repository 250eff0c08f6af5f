//! `contract`: under which providers deliver services of some categories, from a first day to a last.

use expect_test::expect;

both_engines!(contracts_are_made_listed_and_changed, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("category create Meals");
    world.ok("category create Transport");
    world.ok("account create stan --name Stan --level standard");
    world.story(expect![[r#"
        $ caredesk contract list
        2> note: no contracts
        $ caredesk contract create acme 'Meals 2026' --start 2026-01-01 --category meals
        Created contract CTR-KJ2RBK (Meals 2026): `Acme Care`, from 2026-01-01, for Meals.
        $ caredesk contract create acme 'Meals 2026' --start 2026-01-01 --category meals --if-not-exists
        Nothing to change: contract CTR-KJ2RBK (Meals 2026) exists.
        $ caredesk contract create acme Rides --start 2027-01-01 --stop 2027-12-31 --category transport --category meals -o json
        {
          "code": "CTR-12T84A",
          "provider": "PRV-MJ18AD",
          "provider_name": "Acme Care",
          "name": "Rides",
          "starts_on": "2027-01-01",
          "ends_on": "2027-12-31",
          "active": false,
          "categories": [
            "Meals",
            "Transport"
          ],
          "result": "created",
          "changes": []
        }
        $ caredesk contract list
        CODE        PROVIDER   NAME        STARTS ON   ENDS ON     ACTIVE  CATEGORIES
        CTR-KJ2RBK  Acme Care  Meals 2026  2026-01-01              yes     Meals
        CTR-12T84A  Acme Care  Rides       2027-01-01  2027-12-31  no      Meals, Transport
        $ caredesk contract list --active -q
        CTR-KJ2RBK
        $ caredesk contract show rides
        code           CTR-12T84A
        provider       PRV-MJ18AD
        provider name  Acme Care
        name           Rides
        starts on      2027-01-01
        ends on        2027-12-31
        active         no
        categories     Meals, Transport
        $ caredesk contract edit rides --stop none --dry-run
        dry run: Changed contract CTR-12T84A (Rides): ends on 2027-12-31 → none.
        $ caredesk contract edit rides --stop none
        Changed contract CTR-12T84A (Rides): ends on 2027-12-31 → none.
        $ caredesk contract edit rides --stop none
        Nothing to change: contract CTR-12T84A (Rides) stays as it is.
        $ caredesk contract show rides -o json
        {
          "code": "CTR-12T84A",
          "provider": "PRV-MJ18AD",
          "provider_name": "Acme Care",
          "name": "Rides",
          "starts_on": "2027-01-01",
          "ends_on": null,
          "active": false,
          "categories": [
            "Meals",
            "Transport"
          ]
        }
        $ caredesk contract show nothing
        2> error: there is no contract `nothing`
        2> hint: `caredesk contract list` shows those that there are
        [exit 3]
        # as stan
        $ caredesk contract create acme Other --start 2026-01-01 --category meals
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk contract edit rides --stop 2027-12-31
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});
