//! What a portal account need not say, since it follows from who it is (rule 2.13).

use expect_test::expect;

use crate::town::settle;

// Rule 2.13.
both_engines!(what_follows_from_who_one_is_is_not_asked_for, |world| {
    settle(world);
    world.ok("outsource create REF-00000A --all-visits --provider acme birch --reference winter");
    world.sql("INSERT INTO queue_resource (queue_id, resource_id) SELECT queue.id, resource.id FROM queue CROSS JOIN resource");
    world.ok("referral assign REF-00000B 'Acme Care'");
    for login in ["acme", "both"] {
        world.ok(&format!("account permit {login} edit-capacity change-status"));
    }
    world.sql("UPDATE resource SET code = 'RES-' || substr(provider.code, length(provider.code)) FROM provider WHERE provider.id = resource.provider_id");
    world.sql("UPDATE package SET code = 'PKG-000001'");
    world.story(expect![[r#"
        # as both
        $ caredesk package respond winter --accept
        2> error: you speak for several providers
        2> hint: say which with --provider: PRV-00000A (Acme Care) or PRV-00000B (Birch Homecare)
        [exit 2]
        $ caredesk capacity set 4
        2> error: you act for several resources
        2> hint: say which with RESOURCE: RES-A (Acme Care) or RES-B (Birch Homecare)
        [exit 2]
        $ caredesk capacity show
        2> error: you act for several resources
        2> hint: say which with RESOURCE: RES-A (Acme Care) or RES-B (Birch Homecare)
        [exit 2]
        # as acme
        $ caredesk package respond winter --accept
        Accepted package PKG-000001 (winter) for `Acme Care`; no account is alerted (no e-mail address).
        $ caredesk capacity set 4
        Created capacity CAP-VRX6JT (Acme Care): 4 places from 2026-11-22 10:00.
        $ caredesk capacity set --until 2026-12-31 2 --unit beds
        Created capacity CAP-P59YCN (Acme Care): 2 beds from 2026-11-22 10:00 until 2027-01-01 00:00.
        $ caredesk referral set-status REF-00000B
        2> error: no status is named for the referral REF-00000B
        2> hint: those of queue `Home care` are New, Live, Closed
        [exit 2]
        $ caredesk referral set-status REF-00000B live
        Changed referral REF-00000B: status New → Live; no account is alerted (no e-mail address).
        # as stan
        $ caredesk package respond winter --accept
        2> error: no provider is named
        2> hint: say which with --provider: `caredesk provider list` shows all
        [exit 2]
        $ caredesk capacity set 4
        2> error: no resource is named
        2> hint: say which with RESOURCE: `caredesk resource list` shows all
        [exit 2]
    "#]]);
    world.as_user("admin");
    world.ok("account create new --name New --level provider-portal --can respond-packages");
    world.as_user("new");
    world.story(expect![[r#"
        $ caredesk package respond winter --accept
        2> error: you speak for no provider
        2> hint: an admin of the hub can give you one
        [exit 2]
    "#]]);
});
