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
        $ caredesk capacity set 4
        $ caredesk capacity show
        # as acme
        $ caredesk package respond winter --accept
        $ caredesk capacity set 4
        $ caredesk capacity set --until 2026-12-31 2 --unit beds
        $ caredesk referral set-status REF-00000B
        $ caredesk referral set-status REF-00000B live
        # as stan
        $ caredesk package respond winter --accept
        $ caredesk capacity set 4
    "#]]);
    world.ok("account create new --name New --level provider-portal --can respond-packages");
    world.as_user("new");
    world.story(expect![[r#"
        $ caredesk package respond winter --accept
    "#]]);
});
