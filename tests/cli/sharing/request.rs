//! `sharing request`.

use expect_test::expect;

use super::{ask, open, share};
use crate::town::refusal;

// Rules 3.1 to 3.5.
both_engines!(each_refusal_has_its_code, |world| {
    share(world);
    world.refusals(expect![[r#"
        4 sharing.level              sharing request CLI-00000A --owner acme --recipient birch --type services
        2 usage                      sharing request CLI-00000A --owner acme --recipient birch --type servises
    "#]]);
    open(world);
    world.ok("sharing setup acme --type clinical --level 1 --client-by-client off");
    world.ok("sharing setup acme --type forms --level 1 --release on");
    world.ok("sharing link acme birch --type clinical --type forms");
    world.ok("sharing setup acme --type case-notes --level 2");
    world.ok("contract edit 'birch meals' --stop 2026-11-21");
    world.refusals(expect![[r#"
        4 sharing.not_linked         sharing request CLI-00000A --owner acme --recipient birch --type case-notes
        4 sharing.automatic          sharing request CLI-00000A --owner acme --recipient birch --type clinical
        4 sharing.by_release         sharing request CLI-00000A --owner acme --recipient birch --type forms
        4 sharing.no_common_category sharing request CLI-00000A --owner acme --recipient birch --type services
        4 sharing.same               sharing request CLI-00000A --owner acme --recipient acme --type services
        3 client.not_found           sharing request CLI-00000Z --owner acme --recipient birch --type services
        4 sharing.same               sharing link acme acme --type services
        2 usage                      sharing setup acme --type services --level 4
        2 usage                      sharing setup acme --type services --default-days 0
        2 usage                      sharing setup acme --level 1
        3 provider.not_found         sharing setup nobody --type services --level 1
    "#]]);
    world.ok("contract edit 'birch meals' --stop 2026-11-22");
    world.ok("client enroll CLI-00000A birch --status inactive");
    world.refusals(expect![[r#"
        4 sharing.not_enrolled       sharing request CLI-00000A --owner acme --recipient birch --type services
    "#]]);
    world.ok("client enroll CLI-00000A birch");
    let code = ask(world, 1);
    world.refusals(expect![[r#"
        4 sharing.open_request       sharing request CLI-00000A --owner acme --recipient birch --type services
        4 sharing.expiry_missing     sharing grant SHR-000001
        5 sharing.signed_future      sharing grant SHR-000001 --signed 2026-11-23 --expires 2026-12-01
        5 sharing.expiry_before_signed sharing grant SHR-000001 --signed 2026-11-20 --expires 2026-11-19
        5 sharing.expiry_past        sharing grant SHR-000001 --signed 2026-11-20 --expires 2026-11-21
        2 usage                      sharing grant SHR-000001 --expires 12/1/2026
        4 sharing.not_granted        sharing revoke SHR-000001
        3 sharing.not_found          sharing grant SHR-ZZZZZZ
        2 usage                      sharing list --expiring -1
        2 usage                      sharing list --status open
    "#]]);
    world.ok(&format!("sharing grant {code} --expires today"));
    world.refusals(expect![[r#"
        4 sharing.open_request       sharing request CLI-00000A --owner acme --recipient birch --type services
        4 sharing.granted            sharing deny SHR-000001
        # at 2026-11-23T12:00:00Z
        4 sharing.expired            sharing revoke SHR-000001
        4 sharing.expired            sharing pending SHR-000001
    "#]]);
});

// Rule 3.5.
both_engines!(two_open_requests_cannot_be, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    world.ok(&format!("sharing deny {code}"));
    let other = ask(world, 2);
    assert_eq!(
        refusal(world, &format!("sharing grant {code} --expires 2027-01-01")).1,
        "sharing.open_request"
    );
    world.ok(&format!("sharing grant {other} --expires 2027-01-01"));
    assert_eq!(refusal(world, &format!("sharing pending {code}")).1, "sharing.open_request");
});

both_engines!(many_ask_at_once_and_one_request_is_made, |world| {
    share(world);
    open(world);
    let line = "sharing request CLI-00000A --owner acme --recipient birch --type services";
    let children: Vec<_> = (0..8)
        .map(|_| {
            world
                .command(line)
                .stderr(std::process::Stdio::piped())
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut statuses: Vec<i32> = children
        .into_iter()
        .map(|child| crate::world::answer(child.wait_with_output().unwrap()).status)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [0, 4, 4, 4, 4, 4, 4, 4]);
});
