//! `sharing grant`, `deny`, `revoke` and `pending`.

use expect_test::expect;

use super::{ask, open, share};
use crate::town::{refusal, verified};

both_engines!(each_side_keeps_to_its_side, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    // The recipient asks and does not answer. Neither does who lacks the permission or the level. The owner does not ask
    // in the recipient's name. To a third none of it exists.
    world.refusals(expect![[r#"
        # as birch
        6 sharing.wrong_side         sharing grant SHR-000001
        6 sharing.wrong_side         sharing revoke SHR-000001
        6 actor.level                sharing setup birch --type services --level 1
        # as mute
        6 actor.permission           sharing grant SHR-000001
        # as stan
        6 actor.level                sharing grant SHR-000001
        # as acme
        6 sharing.wrong_side         sharing request CLI-00000A --owner acme --recipient birch --type services
        # as cedar
        3 sharing.not_found          sharing show SHR-000001
        3 sharing.not_found          sharing grant SHR-000001
        3 client.not_found           sharing request CLI-00000A --owner acme --recipient cedar --type services
        3 client.not_found           record list CLI-00000A
        3 record.not_found           record show REC-000001
        3 provider.not_found         sharing settings acme
        3 provider.not_found         sharing list --incoming acme
    "#]]);
    world.as_user("cedar");
    world.call("", "\r");
    world.story(expect![[r#"
        $ caredesk sharing list
        2> note: no requests
        $ caredesk sharing links
        2> note: no links
        $ caredesk contract list
        2> note: no contracts
        $ caredesk category list
        2> note: no categories
        $ caredesk sharing calendar --file -
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//caredesk//caredesk//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:Sharing that runs out
        END:VCALENDAR
    "#]]);
    world.as_user("both");
    world.ok(&format!("sharing grant {code} --expires 2027-01-01"));
    world.story(expect![[r#"
        $ caredesk record list CLI-00000A
        2> error: you speak for several providers, and they see different records
        2> hint: say which looks with `--viewer`: `Acme Care` or `Birch Homecare`
        [exit 2]
        $ caredesk record list CLI-00000A --viewer birch -q
        REC-000004
        REC-000002
        REC-000001
        $ caredesk record list CLI-00000A --viewer cedar
        2> error: there is no provider `cedar`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
    "#]]);
});

both_engines!(nobody_answers_his_own_request, |world| {
    share(world);
    open(world);
    world.as_user("both");
    let code = ask(world, 1);
    assert_eq!(refusal(world, &format!("sharing grant {code} --expires 2027-01-01")).1, "sharing.wrong_side");
    world.as_user("acme");
    world.ok(&format!("sharing grant {code} --expires 2027-01-01"));
});

both_engines!(an_answer_in_the_instant_of_the_question_is_one, |world| {
    share(world);
    open(world);
    world.at("2026-11-22T13:00:00Z");
    let code = ask(world, 1);
    let asked = world.json(&format!("sharing show {code}"));
    assert!(asked["answered_at"].is_null() && asked["answered_by"].is_null(), "{asked}");
    for answer in ["deny", "grant --expires 2027-01-01", "revoke --yes"] {
        world.at("2026-11-22T13:00:00Z");
        let (verb, options) = answer.split_once(' ').unwrap_or((answer, ""));
        world.ok(&format!("sharing {verb} {code} {options}"));
        let answered = world.json(&format!("sharing show {code}"));
        assert_eq!(answered["requested_at"], "2026-11-22T13:00:00Z");
        // What is recorded later is later, however short the time between.
        let at = answered["answered_at"].as_str().unwrap();
        assert!(at > "2026-11-22T13:00:00.000Z" && at < "2026-11-22T13:00:00.010Z", "{at}");
        assert_eq!(answered["answered_by"], "admin");
        let last = answered["answers"].as_array().unwrap().last().unwrap();
        assert_eq!(last["status"], answered["status"], "the label in force ends the history");
    }
    let again = world.json("sharing list");
    assert_eq!(again[0]["answered_by"], "admin");
});

both_engines!(what_has_run_out_is_in_nobodys_way, |world| {
    share(world);
    open(world);
    let code = ask(world, 1);
    world.ok(&format!("sharing deny {code}"));
    let other = ask(world, 2);
    world.ok(&format!("sharing grant {other} --expires 2026-11-25"));
    world.at("2026-11-26T12:00:00Z");
    world.story(expect![[r#"
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing list --columns code,status,expires_on
        CODE        STATUS   EXPIRES ON
        SHR-000002  expired  2026-11-25
        SHR-000001  granted  2027-01-01
    "#]]);
    verified(world);
});

both_engines!(a_grant_in_vain_is_told, |world| {
    share(world);
    open(world);
    ask(world, 1);
    world.story(expect![[r#"
        $ caredesk sharing setup acme --type services --client-by-client off
        Changed sharing of services by `Acme Care`: level 2, automatic once linked. `Birch Homecare` gains access to 2 records of 1 client.
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01 --dry-run
        dry run: Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01; no account is alerted (no e-mail address).
        $ caredesk sharing setup acme --type services --client-by-client on --release on
        Changed sharing of services by `Acme Care`: level 2, by release, with an expiry. `Birch Homecare` loses access to 2 records of 1 client.
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01 --dry-run
        dry run: Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01; no account is alerted (no e-mail address).
        2> warning: nothing is shared for now: `Acme Care` shares services by signed releases, not by requests; `caredesk release list --client CLI-00000A` shows those that there are; the owner adds one with `caredesk release add`
        $ caredesk sharing setup acme --type services --release off --level 3
        Changed sharing of services by `Acme Care`: level 3, nothing is shared.
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01 --dry-run
        dry run: Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01; no account is alerted (no e-mail address).
        2> warning: nothing is shared for now: `Acme Care` is at level 3 for services: it shares nothing; `caredesk sharing setup 'Acme Care' --type services --level 1` lets it share with all
        $ caredesk sharing setup acme --type services --level 1 --client-by-client off
        Changed sharing of services by `Acme Care`: level 1, automatic once linked. `Birch Homecare` gains access to 3 records of 2 clients.
        $ caredesk sharing unlink acme birch --type services
        Unlinked `Acme Care` from `Birch Homecare` for services. `Birch Homecare` loses access to 3 records of 2 clients.
        $ caredesk sharing grant SHR-000001 --expires 2027-01-01 --dry-run
        dry run: Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-01-01; no account is alerted (no e-mail address).
        2> warning: nothing is shared for now: `Acme Care` is not linked to `Birch Homecare` for services; `caredesk sharing link 'Acme Care' 'Birch Homecare' --type services` links them, in this direction
    "#]]);
});
