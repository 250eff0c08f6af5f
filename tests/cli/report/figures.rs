//! What each figure of a period counts, on a hub small enough to count by hand.

use expect_test::expect;

use super::busy;
use crate::sharing::share;

both_engines!(offers_are_counted_by_what_became_of_them, |world| {
    busy(world);
    world.story(expect![[r#"
        $ caredesk report providers
        Offers by provider, 1 January to 2 December 2026: 6 of 10 answered, median 3 h, 4 won, 1 handed
        back, 1 lapsed
          Acme Care       ███████████████████████████████  4 of 4 answered, median 5 h, 3 won, 1 handed back
          Birch Homecare  ███████████████▌░░░░░░░░░░░░░░░  2 of 4 answered, median 2 h, 1 won
          Cedar Nursing   ░░░░░░░░░░░░░░░░                 0 of 2 answered, 0 won, 1 lapsed
        $ caredesk report providers --by month --from 2026-11 --to 2026-12 -o table
        Offers by month, 1 November to 31 December 2026: 6 of 10 answered, median 3 h, 4 won, 1 handed back,
        1 lapsed
          2026-11  █████████████████▌░░░░░░░░░░  5 of 8 answered, median 4 h, 3 won, 1 handed back, 1 lapsed
          2026-12  ███▌░░░                       1 of 2 answered, median 3 h, 1 won
        $ caredesk report providers --by queue -o csv
        group,group_name,offered,answered,median_minutes_to_answer,won,rejected,handed_back,lapsed,waiting,closed
        Home care,Home care,10,6,210,4,2,1,1,1,2
        $ caredesk report providers --from 2026-12-01 -o json
        [
        {"group":"PRV-00000B","group_name":"Birch Homecare","offered":1,"answered":1,"median_minutes_to_answer":180,"won":1,"rejected":0,"handed_back":0,"lapsed":0,"waiting":0,"closed":0},
        {"group":"PRV-00000C","group_name":"Cedar Nursing","offered":1,"answered":0,"median_minutes_to_answer":null,"won":0,"rejected":0,"handed_back":0,"lapsed":0,"waiting":1,"closed":0}
        ]
        $ caredesk report providers --provider cedar --columns group_name,offered,answered,lapsed,waiting
        GROUP          OFFERED  ANSWERED  LAPSED  WAITING
        Cedar Nursing        2         0       1        1
        $ caredesk report providers --from 2026-12 --to 2026-11
        2> error: the period ends on 2026-11-30, before it begins on 2026-12-01
        [exit 5]
        $ caredesk report providers --from october
        2> error: invalid value 'october' for '--from <MONTH|DAY>': `october` is neither a month such as 2026-10 nor a day such as 2026-10-31, yesterday or -2w
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk report providers --by resource
        2> error: invalid value 'resource' for '--by <BY>'
        2>   [possible values: provider, queue, month]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk report providers --from 2026-01 --to 2026-02
        2> note: no offers in this period
    "#]]);
    world.as_user("acme");
    world.story(expect![[r#"
        $ caredesk report providers
        2> error: an account of level `provider-portal` may not read the reports of the hub
        2> hint: that takes the level trainee; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

both_engines!(packages_are_counted_by_what_became_of_them, |world| {
    busy(world);
    world.story(expect![[r#"
        $ caredesk report packages --from 2026-11
        Packages by month, 1 November to 2 December 2026: 4 of 7 accepted, median 3 h, 1 pending, 1 handed
        back
          2026-11  █████████████████░░░░░░░░░░░░░░░░░  3 of 6 accepted, median 4 h, 1 pending, 1 handed back
          2026-12  █████▋                              1 of 1 accepted, median 3 h
        $ caredesk report packages --by queue -o table
        Packages by queue, 1 January to 2 December 2026: 4 of 7 accepted, median 3 h, 1 pending, 1 handed
        back
          Home care  ██████████████████▎░░░░░░░░░░░░░  4 of 7 accepted, median 3 h, 1 pending, 1 handed back
        $ caredesk report packages --from 2026-11 --to 2026-11-23 -o csv
        group,packages,won,median_minutes_to_acceptance,accepted,handed_back,pending,rejected,recalled
        2026-11,3,2,180,1,1,0,1,0
        $ caredesk report packages --queue nowhere
        2> error: there is no queue `nowhere`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
    "#]]);
});

both_engines!(requests_are_counted_by_their_first_answer, |world| {
    share(world);
    for provider in ["acme", "birch"] {
        world.ok(&format!("client enroll CLI-00000A {provider} --date 2026-01-01"));
    }
    let ask = |kind: &str| {
        world.ok(&format!("sharing setup acme --type {kind} --level 2"));
        world.ok(&format!("sharing link acme birch --type {kind}"));
        let made =
            world.json(&format!("sharing request CLI-00000A --owner acme --recipient birch --type {kind}"));
        made["code"].as_str().unwrap().to_owned()
    };
    let [granted, denied, cancelled, _] = ["services", "case-notes", "clinical", "forms"].map(ask);
    world.at("2026-11-22T13:00:00Z");
    world.ok(&format!("sharing grant {granted} --signed 2026-11-22"));
    world.at("2026-11-22T18:00:00Z");
    world.ok(&format!("sharing deny {denied}"));
    world.ok(&format!("sharing cancel {cancelled} --yes"));
    // What becomes of an answer later changes nothing.
    world.ok(&format!("sharing revoke {granted} --yes"));
    world.story(expect![[r#"
        $ caredesk report sharing
        Sharing requests by owner, 1 December 2025 to 22 November 2026: 2 of 4 answered, median 3 h, 1
        granted
          Acme Care  ████████████████████░░░░░░░░░░░░░░░░░░░░  2 of 4 answered, median 3 h, 1 granted
        $ caredesk report sharing --by month --from 2026-10 -o csv
        group,group_name,requests,answered,median_minutes_to_answer,granted,denied,waiting,unanswered
        2026-10,2026-10,0,0,,0,0,0,0
        2026-11,2026-11,4,2,209,1,1,1,1
        $ caredesk report sharing --owner birch -o json
        []
        $ caredesk report sharing --owner acme --from 2026-11-22 --to 2026-11-22 -o json
        [
        {"group":"PRV-00000A","group_name":"Acme Care","requests":4,"answered":2,"median_minutes_to_answer":209,"granted":1,"denied":1,"waiting":1,"unanswered":1}
        ]
    "#]]);
});

both_engines!(the_hub_is_seen_at_a_glance, |world| {
    busy(world);
    world.ok("referral set-status REF-00000B Live");
    world.story(expect![[r#"
        $ caredesk report hub --from 2026-10
        Referrals, 1 October to 2 December 2026
          referrals                   █                                        2
          left their first status     █                                        1
          median time until then     ·█·                                       10 days

        Packages
          packages                    █▁                                       7
          accepted                    █▂                                       4
          median time to acceptance  ·█▆                                       3 h

        Offers
          offers                      █▂                                       10
          answered                    █▁                                       6
          median time to answer      ·█▆                                       3 h
          lapsed                      █                                        1
          handed back                 █                                        1

        Sharing
          sharing requests                                                     0
          granted                                                              0
          median time to answer      ···                                       –
        $ caredesk report hub --from 2026-11 -o json
        [
        {"figure":"referrals","value":2,"months":[{"month":"2026-11","value":2},{"month":"2026-12","value":0}]},
        {"figure":"referrals_moved","value":1,"months":[{"month":"2026-11","value":1},{"month":"2026-12","value":0}]},
        {"figure":"median_minutes_to_change","value":14459,"months":[{"month":"2026-11","value":14459},{"month":"2026-12","value":null}]},
        {"figure":"packages","value":7,"months":[{"month":"2026-11","value":6},{"month":"2026-12","value":1}]},
        {"figure":"packages_won","value":4,"months":[{"month":"2026-11","value":3},{"month":"2026-12","value":1}]},
        {"figure":"median_minutes_to_acceptance","value":210,"months":[{"month":"2026-11","value":240},{"month":"2026-12","value":180}]},
        {"figure":"offers","value":10,"months":[{"month":"2026-11","value":8},{"month":"2026-12","value":2}]},
        {"figure":"offers_answered","value":6,"months":[{"month":"2026-11","value":5},{"month":"2026-12","value":1}]},
        {"figure":"median_minutes_to_answer","value":210,"months":[{"month":"2026-11","value":240},{"month":"2026-12","value":180}]},
        {"figure":"offers_lapsed","value":1,"months":[{"month":"2026-11","value":1},{"month":"2026-12","value":0}]},
        {"figure":"offers_handed_back","value":1,"months":[{"month":"2026-11","value":1},{"month":"2026-12","value":0}]},
        {"figure":"sharing_requests","value":0,"months":[{"month":"2026-11","value":0},{"month":"2026-12","value":0}]},
        {"figure":"sharing_granted","value":0,"months":[{"month":"2026-11","value":0},{"month":"2026-12","value":0}]},
        {"figure":"median_minutes_to_sharing_answer","value":null,"months":[{"month":"2026-11","value":null},{"month":"2026-12","value":null}]}
        ]
        $ caredesk report hub --from 2026-11 -o csv
        figure,value,months
        referrals,2,"[{""month"":""2026-11"",""value"":2},{""month"":""2026-12"",""value"":0}]"
        referrals_moved,1,"[{""month"":""2026-11"",""value"":1},{""month"":""2026-12"",""value"":0}]"
        median_minutes_to_change,14459,"[{""month"":""2026-11"",""value"":14459},{""month"":""2026-12"",""value"":null}]"
        packages,7,"[{""month"":""2026-11"",""value"":6},{""month"":""2026-12"",""value"":1}]"
        packages_won,4,"[{""month"":""2026-11"",""value"":3},{""month"":""2026-12"",""value"":1}]"
        median_minutes_to_acceptance,210,"[{""month"":""2026-11"",""value"":240},{""month"":""2026-12"",""value"":180}]"
        offers,10,"[{""month"":""2026-11"",""value"":8},{""month"":""2026-12"",""value"":2}]"
        offers_answered,6,"[{""month"":""2026-11"",""value"":5},{""month"":""2026-12"",""value"":1}]"
        median_minutes_to_answer,210,"[{""month"":""2026-11"",""value"":240},{""month"":""2026-12"",""value"":180}]"
        offers_lapsed,1,"[{""month"":""2026-11"",""value"":1},{""month"":""2026-12"",""value"":0}]"
        offers_handed_back,1,"[{""month"":""2026-11"",""value"":1},{""month"":""2026-12"",""value"":0}]"
        sharing_requests,0,"[{""month"":""2026-11"",""value"":0},{""month"":""2026-12"",""value"":0}]"
        sharing_granted,0,"[{""month"":""2026-11"",""value"":0},{""month"":""2026-12"",""value"":0}]"
        median_minutes_to_sharing_answer,,"[{""month"":""2026-11"",""value"":null},{""month"":""2026-12"",""value"":null}]"
    "#]]);
});
