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
        $ caredesk sharing grant SHR-000001 --signed-as mother
        $ caredesk sharing grant SHR-000001 --expires 2026-12-31 --signed-by 'Eve Moss' --signed-as mother
        $ caredesk sharing show SHR-000001
        $ caredesk sharing grant SHR-000001 --expires 2026-12-30
        $ caredesk sharing renew SHR-000001 --expires 2027-12-31
        $ caredesk sharing renew SHR-000001 --expires 2027-12-31 --signed-by 'Al Moss' --signed-as father
        $ caredesk sharing list --columns code,status,signed_by,signed_as -o csv
        # as birch
        $ caredesk sharing list --columns code,status,signed_by,signed_as -o csv
        # as sue
        $ caredesk sharing grant SHR-000002
        $ caredesk audit verify
    "#]]);
});

// Rule 3.16.
both_engines!(the_hub_sets_from_which_age_on_a_client_signs, |world| {
    young(world);
    world.as_user("admin");
    world.story(expect![[r#"
        $ caredesk hub edit --signing-age 0
        $ caredesk hub edit --signing-age 16
        $ caredesk hub show
        $ caredesk sharing grant SHR-000001 --signed 2026-11-21
        $ caredesk sharing grant SHR-000001 --signed 2026-11-22
        $ caredesk sharing grant SHR-000002 --dry-run
        $ caredesk hub edit --signing-age none
        $ caredesk sharing grant SHR-000002
    "#]]);
});

// Rules 3.7 and 3.16.
both_engines!(a_guardian_signs_a_release_for_a_minor, |world| {
    young(world);
    world.write("paper.pdf", PDF);
    world.ok("sharing setup acme --type services --release on");
    world.story(expect![[r#"
        $ caredesk release add CLI-00000A --owner acme --type services --document paper.pdf --signed today --all-providers --signed-by 'Ada Moss'
        $ caredesk release add CLI-00000A --owner acme --type services --document paper.pdf --signed today --all-providers --signed-by 'Eve Moss' --signed-as mother --dry-run
        $ caredesk release add CLI-00000B --owner acme --type services --document paper.pdf --signed today --all-providers --dry-run
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
