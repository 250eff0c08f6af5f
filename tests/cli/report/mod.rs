//! `report`: how many referrals wait where and for how long, and who can take more.

mod document;
mod figures;
mod masked;

use expect_test::expect;

use crate::town::settle;
use crate::world::World;

/// The town with a month and a half of packages, each of one visit, of which each became something else:
///
/// | package | asked | what became of it |
/// |---|---|---|
/// | won | Acme, Birch on 22 November | Acme accepts after 2 hours, Birch is closed |
/// | lapsed | Birch, Cedar on 22 November | Birch rejects after 1 hour, Cedar has not answered after 4 |
/// | back | Acme on 23 November | Acme accepts after 4 hours and hands it back |
/// | wave | Acme on 24 November | Acme accepts after 6 hours, before Cedar's wave opens |
/// | recalled | Birch on 24 November | the hub recalls it |
/// | again | Birch on 1 December, what Acme handed back | Birch accepts after 3 hours |
/// | waves | Acme on 30 November | rejects after 30 hours; Cedar's wave has opened on 1 December and waits |
///
/// It is 2026-12-02T10:00:00Z.
fn busy(world: &World) {
    world.begin(|world| {
        settle(world);
        for line in PACKAGES.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix("# at ") {
                Some(instant) => world.at(instant),
                None => drop(world.ok(line)),
            }
        }
    });
}

const PACKAGES: &str = "
    outsource create REF-00000A --visit VIS-000001 --provider acme birch --reference won
    # at 2026-11-22T12:00:00Z
    package respond won --provider acme --accept
    # at 2026-11-22T13:00:00Z
    outsource create REF-00000A --visit VIS-000002 --provider birch cedar --reference lapsed --answer-by 4h
    # at 2026-11-22T14:00:00Z
    package respond lapsed --provider birch --reject
    # at 2026-11-23T09:00:00Z
    outsource create REF-00000A --visit VIS-000003 --provider acme --reference back
    # at 2026-11-23T13:00:00Z
    package respond back --provider acme --accept
    # at 2026-11-24T08:00:00Z
    package hand-back back --provider acme --reason ill
    outsource create REF-00000A --visit VIS-000004 --provider acme --then cedar --after 1d --reference wave
    # at 2026-11-24T14:00:01Z
    package respond wave --provider acme --accept
    outsource create REF-00000B --visit VIS-000005 --provider birch --reference recalled
    outsource delete recalled --yes
    # at 2026-11-30T08:00:00Z
    outsource create REF-00000B --visit VIS-000006 --provider acme --then cedar --after 1d --reference waves
    # at 2026-12-01T08:30:00Z
    outsource create REF-00000A --visit VIS-000003 --provider birch --reference again
    # at 2026-12-01T11:30:00Z
    package respond again --provider birch --accept
    # at 2026-12-01T14:00:00Z
    package respond waves --provider acme --reject
    # at 2026-12-02T10:00:00Z
";

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
