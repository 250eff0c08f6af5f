//! Days made exact: an end that follows from the settings, an open one, and what does not meet them.

use expect_test::expect;

use super::{ask_for, share};
use crate::release::PDF;

// Rule 3.13.
both_engines!(an_end_follows_or_is_said_to_be_open, |world| {
    share(world);
    world.ok("sharing setup acme --type services --level 1");
    world.ok("sharing link acme birch --type services");
    for (client, number) in [("CLI-00000A", 1), ("CLI-00000B", 2)] {
        world.ok(&format!("client enroll {client} acme --date 2026-01-01"));
        world.ok(&format!("client enroll {client} birch --date 2026-01-01"));
        ask_for(world, client, number);
    }
    world.story(expect![[r#"
        $ caredesk sharing setup acme --type services --default-days 30
        Changed sharing of services by `Acme Care`: level 1, by request, 30 days if no expiry is given.
        # as acme
        $ caredesk sharing grant SHR-000001 --signed 2026-11-20
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-20. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing grant SHR-000002 --expires none
        Granted request SHR-000002: services of CLI-00000B, `Acme Care` to `Birch Homecare`. `Birch Homecare` gains access to 1 record of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing grant SHR-000002
        Nothing to change: request SHR-000002 is granted already.
        $ caredesk sharing renew SHR-000002
        Nothing to change: request SHR-000002 is granted already.
        $ caredesk sharing list --open-ended --columns code,expires_on
        CODE        EXPIRES ON
        SHR-000002
        $ caredesk sharing list --not-meeting
        2> note: no requests
        # as admin
        $ caredesk sharing setup acme --type services --default-days 10
        Changed sharing of services by `Acme Care`: level 1, by request, 10 days if no expiry is given.
        2> note: 1 grant in force (`caredesk sharing list --incoming PRV-00000A --type services --not-meeting`) does not meet it and stands until ended
        $ caredesk sharing setup acme --type services --require-expiry on
        Changed sharing of services by `Acme Care`: level 1, by request, with an expiry, 10 days if none is given.
        2> note: 2 grants in force (`caredesk sharing list --incoming PRV-00000A --type services --not-meeting`) do not meet it and stand until ended
        $ caredesk sharing setup acme --type services --default-days 40
        Changed sharing of services by `Acme Care`: level 1, by request, with an expiry, 40 days if none is given.
        $ caredesk sharing setup acme --type services --default-days 10
        Changed sharing of services by `Acme Care`: level 1, by request, with an expiry, 10 days if none is given.
        2> note: 2 grants in force (`caredesk sharing list --incoming PRV-00000A --type services --not-meeting`) do not meet it and stand until ended
        $ caredesk sharing list --not-meeting --columns code,client,expires_on
        CODE        CLIENT      EXPIRES ON
        SHR-000002  CLI-00000B
        SHR-000001  CLI-00000A  2026-12-20
        $ caredesk sharing list --not-meeting --limit 1 --columns code
        CODE
        SHR-000002
        $ caredesk sharing list --not-meeting --client CLI-00000A --columns code
        CODE
        SHR-000001
        $ caredesk sharing list --incoming birch --not-meeting
        2> note: no requests
        $ caredesk sharing list --not-meeting --status granted
        2> error: the argument '--not-meeting' cannot be used with '--status <STATUS>'
        2>
        2> Usage: caredesk sharing list [OPTIONS]
        2>
        2> For more information, try '--help'.
        [exit 2]
        # as birch
        $ caredesk sharing list --not-meeting
        2> note: no requests
        $ caredesk sharing list --open-ended --columns code,expires_on
        CODE        EXPIRES ON
        SHR-000002
        # as acme
        $ caredesk sharing list --not-meeting --columns code,expires_on
        CODE        EXPIRES ON
        SHR-000002
        SHR-000001  2026-12-20
        $ caredesk sharing grant SHR-000002 --expires none
        2> error: `Acme Care` requires an expiry for services: no agreement stays open
        2> hint: `--expires` is its last day
        [exit 4]
        $ caredesk sharing renew SHR-000001 --expires none
        2> error: `Acme Care` requires an expiry for services: no agreement stays open
        2> hint: `--expires` is its last day
        [exit 4]
        $ caredesk sharing grant SHR-000002
        Granted request SHR-000002: services of CLI-00000B, `Acme Care` to `Birch Homecare` until 2026-12-02; no account is alerted (no e-mail address).
        $ caredesk sharing list --not-meeting --columns code,expires_on
        CODE        EXPIRES ON
        SHR-000001  2026-12-20
    "#]]);
});

// Rule 3.13.
both_engines!(a_release_ends_as_a_grant_does, |world| {
    share(world);
    world.write("ada.pdf", PDF);
    world.ok("sharing setup acme --type forms --level 1 --release on --default-days 30");
    let add = "release add CLI-00000A --owner acme --type forms --document ada.pdf --signed 2026-11-20";
    for (number, rest) in [
        "--all-providers",
        "--recipient birch --expires none",
        "--recipient cedar --expiry-event discharge",
        "--recipient birch cedar --expires 2027-11-20",
    ]
    .into_iter()
    .enumerate()
    {
        let code = world.json(&format!("{add} {rest}"))["code"].as_str().unwrap().to_owned();
        world.sql(&format!("UPDATE release SET code = 'ROI-00000{}' WHERE code = '{code}'", number + 1));
    }
    world.story(expect![[r#"
        $ caredesk release list --columns code,expires_on
        CODE        EXPIRES ON
        ROI-000004  2027-11-20
        ROI-000003
        ROI-000002
        ROI-000001  2026-12-20
        $ caredesk release list --open-ended --columns code,expires_on
        CODE        EXPIRES ON
        ROI-000003
        ROI-000002
        $ caredesk release list --not-meeting --columns code,expires_on
        CODE        EXPIRES ON
        ROI-000004  2027-11-20
        $ caredesk release list --expiring 40 --columns code,expires_on
        CODE        EXPIRES ON
        ROI-000001  2026-12-20
        $ caredesk release list --expiring 10
        2> note: no releases
        $ caredesk release list --recipient cedar --columns code
        CODE
        ROI-000004
        ROI-000003
        ROI-000001
        $ caredesk release list --recipient acme
        2> note: no releases
        $ caredesk sharing setup acme --type forms --require-expiry on
        Changed sharing of forms by `Acme Care`: level 1, by release, with an expiry, 30 days if none is given.
        2> note: 3 releases in force (`caredesk release list --owner PRV-00000A --type forms --not-meeting`) do not meet it and stand until ended
        $ caredesk release list --owner acme --type forms --not-meeting --columns code,expires_on
        CODE        EXPIRES ON
        ROI-000004  2027-11-20
        ROI-000003
        ROI-000002
        $ caredesk release add CLI-00000B --owner acme --type forms --document ada.pdf --signed 2026-11-20 --all-providers --expires none
        2> error: `Acme Care` requires an expiry date: no release stays open
        2> hint: give its last day with `--expires`
        [exit 4]
        $ caredesk release add CLI-00000B --owner acme --type forms --document ada.pdf --signed 2026-11-20 --all-providers --expiry-event discharge
        Created release ROI-42MTES (Bo Moss): `Acme Care` may show forms to all providers until 2026-12-20.
        2> note: it lacks purpose, signature, right to revoke, conditions, redisclosure; `caredesk release check ROI-42MTES` says more
        2> warning: `Acme Care` is linked to no provider for forms; `caredesk sharing link PRV-00000A PROVIDER --type forms` links it to one
        # as acme
        $ caredesk release list --not-meeting --columns code,expires_on
        CODE        EXPIRES ON
        ROI-000004  2027-11-20
        ROI-000003
        ROI-000002
    "#]]);
});
