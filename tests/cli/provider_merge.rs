//! Two records of one organisation become one (rule 5.7): nothing is lost, who comes to see what is said, and the code that is
//! given up leads on.

use std::collections::{BTreeMap, BTreeSet};

use expect_test::expect;

use crate::town::{dump, settle, sound, verified};
use crate::world::World;

/// Acme and Birch each have a client's record, a contract of one name, settings and links; Acme has accepted a package, Birch
/// has one to answer, and a referral is at Birch.
fn share(world: &World) {
    settle(world);
    world.ok("category create Meals");
    for provider in ["acme", "birch"] {
        world.ok(&format!("contract create {provider} Winter --start 2026-01-01 --category meals"));
        world.ok(&format!(
            "record add CLI-00000A --provider {provider} --type services --date 2026-11-01 --title {provider}"
        ));
        world.ok(&format!("sharing setup {provider} --type services --level 1 --client-by-client off"));
        world.ok(&format!("client enroll CLI-00000A {provider}"));
    }
    world.ok("client enroll CLI-00000B birch");
    world.ok("sharing link birch cedar --type services");
    world.ok("sharing link acme birch --type services");
    world.ok("outsource create REF-00000A --visit VIS-000001 --provider acme --reference first");
    world.ok("package respond first --provider acme --accept");
    world.ok("outsource create REF-00000B --visit VIS-000005 --provider birch --reference second");
    world.ok("queue add-resource 'Home care' birch");
    world.ok("referral assign REF-00000B birch");
}

both_engines!(two_providers_become_one_and_both_codes_lead_to_it, |world| {
    share(world);
    let rows = |world: &World| -> BTreeMap<String, usize> {
        dump(world).into_iter().map(|(table, rows)| (table, rows.len())).collect()
    };
    let before = rows(world);
    let seen_before = seen(world);
    world.story(expect![[r#"
        $ caredesk provider merge birch --into acme
        2> error: this must be confirmed: Is PRV-00000B (Birch Homecare) the same organisation as PRV-00000A (Acme Care), and from now on only PRV-00000A? This cannot be taken back. It brings 1 resource, 1 offer, 1 contract, 1 record, 1 enrolment, 1 link. `Acme Care` gains access to 1 record of 1 client. `Cedar Nursing` gains access to 1 record of 1 client. acme, mute may see its 1 referral and 1 package, and name 1 more client from now on.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk provider merge birch --into acme --dry-run
        dry run: Merged provider PRV-00000B into PRV-00000A (Acme Care). It brings 1 resource, 1 offer, 1 contract, 1 record, 1 enrolment, 1 link. acme, mute may see its 1 referral and 1 package, and name 1 more client from now on. `Acme Care` gains access to 1 record of 1 client. `Cedar Nursing` gains access to 1 record of 1 client.
        2> note: birch no longer speaks for a provider; `caredesk account add-resource birch PRV-00000A` lets it
        $ caredesk --as sue provider merge birch --into acme --yes
        2> error: an account of level `supervisor` may not change providers
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk provider merge birch --into acme --yes
        Merged provider PRV-00000B into PRV-00000A (Acme Care). It brings 1 resource, 1 offer, 1 contract, 1 record, 1 enrolment, 1 link. acme, mute may see its 1 referral and 1 package, and name 1 more client from now on. `Acme Care` gains access to 1 record of 1 client. `Cedar Nursing` gains access to 1 record of 1 client.
        2> note: birch no longer speaks for a provider; `caredesk account add-resource birch PRV-00000A` lets it
        $ caredesk provider merge PRV-00000B --into acme
        Nothing to change: `PRV-00000B` is PRV-00000A (Acme Care) already.
        $ caredesk provider list --columns code,name,active
        CODE        NAME           ACTIVE
        PRV-00000A  Acme Care      yes
        PRV-00000C  Cedar Nursing  yes
        PRV-00000D  Dormant Care   no
        $ caredesk provider show PRV-00000B --columns code,name,alternate_name
        code            PRV-00000A
        name            Acme Care
        alternate name  Birch Homecare
        $ caredesk provider show birch --columns code
        code  PRV-00000A
        $ caredesk resource list --columns name,kind,provider_name
        NAME            KIND     PROVIDER
        Acme Care       agency   Acme Care
        Birch Homecare  program  Acme Care
        Cedar Nursing   agency   Cedar Nursing
        $ caredesk package show second --columns reference,status,accepted_by
        reference  second
        status     pending
        $ caredesk contract list --columns name,provider
        NAME                 PROVIDER
        Winter               PRV-00000A
        Winter (PRV-00000B)  PRV-00000A
        $ caredesk sharing links --columns owner_name,recipient_name
        OWNER      RECIPIENT
        Acme Care  Cedar Nursing
        $ caredesk --as acme package list --columns reference,status
        REFERENCE  STATUS
        second     pending
        first      accepted
        $ caredesk --as birch package list --columns reference,status
        2> note: no packages
        $ caredesk --as birch referral list --columns code,resource
        CODE        RESOURCE
        REF-00000B  Birch Homecare
    "#]]);
    sound(world);
    for (table, count) in before {
        assert!(rows(world)[&table] >= count, "{table} lost a row");
    }
    let opened: BTreeSet<_> = seen(world).difference(&seen_before).cloned().collect();
    let pair = |who: &str, title: &str| (who.to_owned(), title.to_owned());
    assert_eq!(opened, BTreeSet::from([pair("Acme Care", "birch"), pair("Cedar Nursing", "acme")]));
    verified(world);
});

/// The title of each record of Ada that each provider sees.
fn seen(world: &World) -> BTreeSet<(String, String)> {
    let mut seen = BTreeSet::new();
    for provider in ["Acme Care", "Cedar Nursing"] {
        let records = world.json(&format!("record list CLI-00000A --viewer '{provider}'"));
        let titles = records.as_array().into_iter().flatten().filter_map(|one| one["title"].as_str());
        seen.extend(titles.map(|title| (provider.to_owned(), title.to_owned())));
    }
    seen
}

both_engines!(what_providers_cannot_have_twice_is_named, |world| {
    share(world);
    world.ok("outsource create REF-00000A --visit VIS-000002 --provider acme birch --reference third");
    world.ok("client enroll CLI-00000B acme");
    world.ok("client enroll CLI-00000B birch --status inactive");
    world.ok("sharing setup acme --type services --client-by-client on");
    let made = world.json("sharing request CLI-00000A --owner acme --recipient birch --type services");
    let code = made["code"].as_str().expect("a code").to_owned();
    world.sql(&format!("UPDATE sharing_request SET code = 'SHR-00000A' WHERE code = '{code}'"));
    world.sql("UPDATE package SET code = 'PKG-000003' WHERE reference = 'third'");
    let before = dump(world);
    world.story(expect![[r#"
        $ caredesk provider merge birch --into acme --yes
        2> error: PRV-00000B and PRV-00000A cannot be one yet: SHR-00000A is a request of one to the other; PKG-000003 is offered to both; CLI-00000B is active at PRV-00000A, and not at PRV-00000B
        2> hint: first decide what holds: `caredesk sharing cancel SHR-00000A`, `caredesk outsource remove-provider PKG-000003 PRV-00000B`, `caredesk client enroll CLI-00000B PRV-00000B --status active`
        [exit 4]
    "#]]);
    assert!(before == dump(world), "nothing is done");
    world.story(expect![[r#"
        $ caredesk sharing cancel SHR-00000A
        Cancelled request SHR-00000A: `Birch Homecare` no longer asks `Acme Care` for services of CLI-00000A.
        $ caredesk outsource remove-provider PKG-000003 PRV-00000B
        Changed package PKG-000003 (third): offered to Acme Care; it is pending; no account is alerted (no e-mail address).
        $ caredesk client enroll CLI-00000B PRV-00000B --status active
        Changed client CLI-00000B (Bo Moss): active at `Birch Homecare` since 2026-11-22.
        $ caredesk provider merge birch --into acme --yes
        Merged provider PRV-00000B into PRV-00000A (Acme Care). It brings 1 resource, 1 offer, 1 contract, 1 record, 1 link. acme, mute may see its 1 referral and 1 package from now on. `Acme Care` gains access to 1 record of 1 client. `Cedar Nursing` loses access to 1 record of 1 client.
        2> note: birch no longer speaks for a provider; `caredesk account add-resource birch PRV-00000A` lets it
    "#]]);
});

both_engines!(merged_providers_of_a_source_stay_merged, |world| {
    world.ok("init");
    world.write("a.csv", "id,name\n1,Acme Care\n2,Acme Carers\n");
    world.ok("provider import a.csv");
    world.ok("provider merge 'acme carers' --into 'acme care' --yes");
    world.write("a.csv", "id,name,phone\n1,Acme Care,\n2,Acme Carers,01632 960123\n");
    world.story(expect![[r#"
        $ caredesk provider import a.csv
        Providers: 0 created, 0 updated, 2 unchanged, with 0 resources, 0 phones and 0 addresses; 2 rows read, 0 rejected.
        $ caredesk provider list --columns name,alternate_name,phone
        NAME       ALTERNATE NAME  PHONE
        Acme Care  Acme Carers
    "#]]);
});
