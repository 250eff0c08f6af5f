//! `report`: how many referrals wait where and for how long, and who can take more.

use expect_test::expect;

use crate::town::settle;

both_engines!(what_waits_is_counted, |world| {
    settle(world);
    world.ok("queue add-resource 'Home care' 'Acme Care' 'Birch Homecare'");
    world.ok("referral assign REF-00000A acme");
    world.ok("referral set-status REF-00000B Closed");
    world.ok("capacity set acme 3 --unit places");
    world.at("2026-11-24T10:00:00Z");
    world.story(expect![[r#"
        $ caredesk report referrals
        Home care: 1 open
          New · Acme Care  ████████████████████████████████████████  1, oldest 2 days, median 2 days
        $ caredesk report referrals --all --columns queue,status,resource,referrals
        QUEUE      STATUS  RESOURCE    REFERRALS
        Home care  New     RES-4DHYWN          1
        Home care  Closed                      1
        $ caredesk report referrals --all -o json
        [
        {"queue":"Home care","status":"New","closed":false,"resource":"RES-4DHYWN","resource_name":"Acme Care","referrals":1,"oldest_days":2,"median_days":2,"changed":0,"median_minutes_to_change":null},
        {"queue":"Home care","status":"Closed","closed":true,"resource":null,"resource_name":null,"referrals":1,"oldest_days":2,"median_days":2,"changed":1,"median_minutes_to_change":59}
        ]
        $ caredesk report referrals --provider birch
        2> note: no referrals
        $ caredesk report referrals --queue nowhere
        2> error: there is no queue `nowhere`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
        $ caredesk report capacity
        Acme Care
          Acme Care       ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  3 of 3 places left, set 2 days ago

        Birch Homecare
          Birch Homecare                                            no capacity set
        $ caredesk report capacity --provider birch -o json
        [
        {"resource":"RES-ZCM1TC","resource_name":"Birch Homecare","provider":"PRV-00000B","provider_name":"Birch Homecare","places":null,"unit":null,"maximum":null,"used":null,"remaining":null,"starts_at":null,"ends_at":null,"note":null,"declared_days":null}
        ]
        $ caredesk report capacity --provider nobody
        2> error: there is no provider `nobody`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        # as cedar
        $ caredesk report referrals --all
        2> note: no referrals
        $ caredesk report capacity
        2> note: no resource takes referrals of a queue
    "#]]);
});
