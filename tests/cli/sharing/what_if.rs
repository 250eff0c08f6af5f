//! `sharing what-if`: who would gain or lose what, client by client, and nothing is changed.

use expect_test::expect;

use super::{ask, open, share};
use crate::town::dump;

// Rule 3.9.
both_engines!(what_would_change_is_listed_by_client, |world| {
    share(world);
    open(world);
    world.ok("sharing setup acme --type case-notes --level 1 --client-by-client off");
    world.ok("sharing link acme birch --type case-notes");
    ask(world, 1);
    world.ok("sharing grant SHR-000001 --expires 2026-12-24");
    let before = dump(world);
    world.story(expect![[r#"
        $ caredesk sharing what-if setup acme --type services case-notes --level 3
        RECIPIENT       CHANGE  CLIENT      CLIENT NAME  TYPE        RECORDS
        Birch Homecare  loses   CLI-00000A  Ada Moss     services          2
        Birch Homecare  loses   CLI-00000A  Ada Moss     case-notes        1
        $ caredesk sharing what-if setup acme --type services --level 1 --client-by-client off
        RECIPIENT       CHANGE  CLIENT      CLIENT NAME  TYPE      RECORDS
        Birch Homecare  gains   CLI-00000B  Bo Moss      services        1
        $ caredesk sharing what-if link acme cedar --type services case-notes
        RECIPIENT      CHANGE  CLIENT      CLIENT NAME  TYPE        RECORDS
        Cedar Nursing  gains   CLI-00000A  Ada Moss     case-notes        1
        $ caredesk sharing what-if unlink acme birch --type services --columns recipient,change,client,type,records
        RECIPIENT   CHANGE  CLIENT      TYPE      RECORDS
        PRV-00000B  loses   CLI-00000A  services        2
        $ caredesk sharing what-if revoke SHR-000001
        RECIPIENT       CHANGE  CLIENT      CLIENT NAME  TYPE      RECORDS
        Birch Homecare  loses   CLI-00000A  Ada Moss     services        2
        $ caredesk sharing what-if setup acme --type forms --level 1
        2> note: nothing would change: all see what they see now
        $ caredesk sharing what-if link acme acme --type forms
        2> error: `Acme Care` shares nothing with itself: it sees its own records
        2> hint: name two providers, the owner first
        [exit 4]
        $ caredesk sharing what-if revoke SHR-000001 -o json
        [
        {"recipient":"PRV-00000B","recipient_name":"Birch Homecare","change":"loses","client":"CLI-00000A","client_name":"Ada Moss","type":"services","records":2}
        ]
        # as stan
        $ caredesk sharing what-if link acme birch --type forms
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        # as acme
        $ caredesk sharing what-if revoke SHR-000001
        RECIPIENT       CHANGE  CLIENT      CLIENT NAME  TYPE      RECORDS
        Birch Homecare  loses   CLI-00000A  Ada Moss     services        2
        $ caredesk sharing what-if link acme cedar --type forms
        2> error: there is no provider `cedar`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        # as birch
        $ caredesk sharing what-if revoke SHR-000001
        2> error: SHR-000001 is for `Acme Care` to answer: no account answers its own request
        2> hint: `caredesk sharing show SHR-000001` says how it stands
        [exit 6]
        # as cedar
        $ caredesk sharing what-if revoke SHR-000001
        2> error: there is no sharing request `SHR-000001`
        2> hint: `caredesk sharing list` shows those that there are
        [exit 3]
    "#]]);
    assert!(before == dump(world), "nothing is changed");
});
