//! Who is too young to sign does not do so for itself (rule 3.16).

use expect_test::expect;

use super::{ask, ask_for, open, share};
use crate::release::PDF;
use crate::world::World;

/// Ada was born on 2010-11-22, Bo on a day that is not known.
fn young(world: &World) {
    share(world);
    open(world);
    world.ok("sharing setup acme --type services --level 1 --require-expiry off");
    world.ok("client enroll CLI-00000B acme");
    world.ok("client enroll CLI-00000B birch");
    world.ok("client edit CLI-00000A --birth-date 2010-11-22");
    world.ok("client edit CLI-00000B --birth-date none");
    ask(world, 1);
    ask_for(world, "CLI-00000B", 2);
}

// Rule 3.16.
both_engines!(a_guardian_signs_a_grant_for_a_minor, |world| {
    young(world);
    world.story(expect![[r#"
        $ caredesk sharing grant SHR-000001
        2> error: CLI-00000A was under 18 on 2026-11-22, and does not sign without a guardian
        2> hint: `--signed-by` names who signed, `--signed-as` says by what right, such as "legal guardian"
        [exit 4]
        $ caredesk sharing grant SHR-000001 --signed-as mother
        2> error: the following required arguments were not provided:
        2>   --signed-by <NAME>
        2>
        2> Usage: caredesk sharing grant [OPTIONS] <REQUEST>...
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk sharing grant SHR-000001 --expires 2026-12-31 --signed-by 'Eve Moss' --signed-as mother
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-31. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing show SHR-000001
        SHR-000001: granted
        `Birch Homecare` asks `Acme Care` for services of Ada Moss (CLI-00000A, born 2010-11-22)
        last day   2026-12-31
        signed by  Eve Moss
        signed as  mother

        STATUS   SIGNED ON   EXPIRES ON  BY     STARTS AT         ENDS AT
        pending                          admin  2026-11-22 12:00  2026-11-22 12:00
        granted  2026-11-22  2026-12-31  admin  2026-11-22 12:00
        $ caredesk sharing grant SHR-000001 --expires 2026-12-30
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2026-12-30; no account is alerted (no e-mail address).
        $ caredesk sharing renew SHR-000001 --expires 2027-12-31
        2> error: CLI-00000A was under 18 on 2026-11-22, and does not sign without a guardian
        2> hint: `--signed-by` names who signed, `--signed-as` says by what right, such as "legal guardian"
        [exit 4]
        $ caredesk sharing renew SHR-000001 --expires 2027-12-31 --signed-by 'Al Moss' --signed-as father
        Renewed request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare` until 2027-12-31; no account is alerted (no e-mail address).
        $ caredesk sharing list --columns code,status,signed_by,signed_as -o csv
        code,status,signed_by,signed_as
        SHR-000002,pending,,
        SHR-000001,granted,Al Moss,father
        # as birch
        $ caredesk sharing list --columns code,status,signed_by,signed_as -o csv
        code,status,signed_by,signed_as
        SHR-000002,pending,,
        SHR-000001,granted,Al Moss,father
        # as sue
        $ caredesk sharing grant SHR-000002
        Granted request SHR-000002: services of CLI-00000B, `Acme Care` to `Birch Homecare`. `Birch Homecare` gains access to 1 record of 1 client. No account is alerted (no e-mail address).
        2> warning: no birth date of CLI-00000B is known: whether it signs without a guardian, from 18 on, was not checked
    "#]]);
    world.ok("audit verify");
});

// Rule 3.16.
both_engines!(the_hub_sets_from_which_age_on_a_client_signs, |world| {
    young(world);
    world.as_user("admin");
    world.story(expect![[r#"
        $ caredesk hub edit --signing-age 0
        2> error: invalid value '0' for '--signing-age <N|none>': it is none or an age from 1 to 30
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk hub edit --signing-age 16
        Changed hub `hub`: signing age 18 → 16.
        $ caredesk hub show
        time zone     UTC
        contact days  30
        request days  30
        signing age   16
        $ caredesk sharing grant SHR-000001 --signed 2026-11-21
        2> error: CLI-00000A was under 16 on 2026-11-21, and does not sign without a guardian
        2> hint: `--signed-by` names who signed, `--signed-as` says by what right, such as "legal guardian"
        [exit 4]
        $ caredesk sharing grant SHR-000001 --signed 2026-11-22
        Granted request SHR-000001: services of CLI-00000A, `Acme Care` to `Birch Homecare`. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        $ caredesk sharing grant SHR-000002 --dry-run
        dry run: Granted request SHR-000002: services of CLI-00000B, `Acme Care` to `Birch Homecare`. `Birch Homecare` gains access to 1 record of 1 client. No account is alerted (no e-mail address).
        2> warning: no birth date of CLI-00000B is known: whether it signs without a guardian, from 16 on, was not checked
        $ caredesk hub edit --signing-age none
        Changed hub `hub`: signing age 16 → none.
        $ caredesk sharing grant SHR-000002
        Granted request SHR-000002: services of CLI-00000B, `Acme Care` to `Birch Homecare`. `Birch Homecare` gains access to 1 record of 1 client. No account is alerted (no e-mail address).
    "#]]);
});

// Rules 3.7 and 3.16.
both_engines!(a_guardian_signs_a_release_for_a_minor, |world| {
    young(world);
    world.write("paper.pdf", PDF);
    world.ok("sharing setup acme --type services --release on");
    world.story(expect![[r#"
        $ caredesk release add CLI-00000A --owner acme --type services --document paper.pdf --signed today --all-providers --signed-by 'Ada Moss'
        2> error: CLI-00000A was under 18 on 2026-11-22, and does not sign without a guardian
        2> hint: `--signed-by` names who signed, `--signed-as` says by what right, such as "legal guardian"
        [exit 4]
        $ caredesk release add CLI-00000A --owner acme --type services --document paper.pdf --signed today --all-providers --signed-by 'Eve Moss' --signed-as mother --dry-run
        dry run: Created release ROI-WMG1ZT (Ada Moss): `Acme Care` may show services to all providers. `Birch Homecare` gains access to 2 records of 1 client. No account is alerted (no e-mail address).
        2> note: it lacks purpose, expiry, right to revoke, conditions, redisclosure; `caredesk release check ROI-WMG1ZT` says more
        $ caredesk release add CLI-00000B --owner acme --type services --document paper.pdf --signed today --all-providers --dry-run
        dry run: Created release ROI-9082MJ (Bo Moss): `Acme Care` may show services to all providers. `Birch Homecare` gains access to 1 record of 1 client. No account is alerted (no e-mail address).
        2> note: it lacks purpose, expiry, signature, right to revoke, conditions, redisclosure; `caredesk release check ROI-9082MJ` says more
        2> warning: no birth date of CLI-00000B is known: whether it signs without a guardian, from 18 on, was not checked
    "#]]);
    // One that was added before the client's birth date was known.
    world.ok("client edit CLI-00000A --birth-date none");
    world.ok("release add CLI-00000A --owner acme --type services --document paper.pdf --signed today --all-providers --signed-by 'Ada Moss'");
    world.ok("client edit CLI-00000A --birth-date 2010-11-22");
    let code = world.json("release list")[0]["code"].as_str().unwrap().to_owned();
    let checked = world.run(&format!("release check {code}"));
    assert_eq!(checked.status, 4);
    let held = world.json(&format!("release show {code}"));
    assert!(held["lacks"].as_array().unwrap().iter().any(|lack| lack == "authority"), "{held}");
});
