//! `--mask`: small numbers do not go into a meeting.

use expect_test::expect;
use serde_json::Value;

use super::busy;

both_engines!(small_numbers_are_masked_in_each_format, |world| {
    busy(world);
    world.story(expect![[r#"
        $ caredesk report providers --mask 3
        Offers by provider, 1 January to 2 December 2026: 6 of 10 answered, median 3 h, * won, <3 handed
        back, <3 lapsed
          Acme Care                                     * of * answered, 3 won, <3 handed back, <3 lapsed
          Birch Homecare  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░  <3 of 4 answered, <3 won, <3 handed back, <3 lapsed
          Cedar Nursing                                 <3 of <3 answered, <3 won, <3 handed back, <3 lapsed
        $ caredesk report providers --mask 3 -o csv
        group,group_name,offered,answered,median_minutes_to_answer,won,rejected,handed_back,lapsed,waiting,closed
        PRV-00000A,Acme Care,*,*,,3,<3,<3,<3,<3,<3
        PRV-00000B,Birch Homecare,4,<3,,<3,<3,<3,<3,<3,<3
        PRV-00000C,Cedar Nursing,<3,<3,,<3,<3,<3,<3,<3,<3
        $ caredesk report providers --mask 3 -o json
        [
        {"group":"PRV-00000A","group_name":"Acme Care","offered":"*","answered":"*","median_minutes_to_answer":null,"won":3,"rejected":"<3","handed_back":"<3","lapsed":"<3","waiting":"<3","closed":"<3"},
        {"group":"PRV-00000B","group_name":"Birch Homecare","offered":4,"answered":"<3","median_minutes_to_answer":null,"won":"<3","rejected":"<3","handed_back":"<3","lapsed":"<3","waiting":"<3","closed":"<3"},
        {"group":"PRV-00000C","group_name":"Cedar Nursing","offered":"<3","answered":"<3","median_minutes_to_answer":null,"won":"<3","rejected":"<3","handed_back":"<3","lapsed":"<3","waiting":"<3","closed":"<3"}
        ]
        $ caredesk report packages --mask 5 --from 2026-11
        Packages by month, 1 November to 2 December 2026: <5 of * accepted, <5 pending, <5 handed back
          2026-11                                            <5 of * accepted, <5 pending, <5 handed back
          2026-12                                            <5 of <5 accepted, <5 pending, <5 handed back
        $ caredesk report hub --mask 4 --from 2026-11
        Referrals, 1 November to 2 December 2026
          referrals                  ··                                        <4
          left their first status    ··                                        <4
          median time until then     ··                                        –

        Packages
          packages                   ··                                        *
          accepted                   ··                                        4
          median time to acceptance  ··                                        3 h

        Offers
          offers                     ··                                        *
          answered                   ··                                        *
          median time to answer      ··                                        –
          lapsed                     ··                                        *
          handed back                ··                                        *

        Sharing
          sharing requests                                                     0
          granted                                                              0
          median time to answer      ··                                        –
        $ caredesk report referrals --mask 5 --all
        Home care
          New · not assigned                                            <5
        $ caredesk report referrals --mask 5 --all -o json
        [
        {"queue":"Home care","status":"New","closed":false,"resource":null,"resource_name":null,"referrals":"<5","oldest_days":null,"median_days":null,"changed":"<5","median_minutes_to_change":null}
        ]
        $ caredesk report referrals --mask 2
        2> error: invalid value '2' for '--mask <N>': 2 is not in 3..=1000
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk report sharing --mask many
        2> error: invalid value 'many' for '--mask <N>': invalid digit found in string
        2>
        2> For more information, try '--help'.
        [exit 2]
    "#]]);
});

// A page holds no more than the table.
both_engines!(a_page_shows_no_number_that_the_table_masks, |world| {
    busy(world);
    let plain = world.json("report providers");
    let masked = world.json("report providers --mask 3 --html page.html --svg picture.svg");
    let lines = |json: &Value| json.as_array().unwrap().clone();
    let hidden = lines(&plain).iter().zip(lines(&masked)).filter(|(plain, masked)| *plain != masked).count();
    assert!(hidden > 0, "{masked}");
    for name in ["page.html", "picture.svg"] {
        let text = world.read(name);
        assert!(text.contains("&lt;3"), "{text}");
        for line in lines(&masked) {
            let of = format!("{} of", line["answered"]).replace('"', "").replace('<', "&lt;");
            assert!(text.contains(&of), "{of}: {text}");
        }
    }
});
