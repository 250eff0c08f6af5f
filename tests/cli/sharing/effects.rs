//! What opens or closes sight says whose, of how many records of which clients; and what does neither says so (rule 3.14).

use expect_test::expect;

use super::{ask, open, share};
use crate::release::PDF;
use crate::world::World;

fn granted(world: &World) {
    share(world);
    open(world);
    ask(world, 1);
    world.ok("sharing grant SHR-000001 --expires 2026-12-31");
    world.write("paper.pdf", PDF);
}

// Rule 3.14.
both_engines!(contracts_and_enrolments_say_who_gains_and_who_loses, |world| {
    granted(world);
    world.story(expect![[r#"
        $ caredesk contract edit 'birch meals' --stop 2026-11-01
        $ caredesk contract edit 'birch meals' --stop 2026-11-01 -o json
        $ caredesk contract edit 'birch meals' --stop 2026-12-31
        $ caredesk client enroll CLI-00000A acme --status inactive
        $ caredesk client enroll CLI-00000A acme --status inactive -o json
        $ caredesk client enroll CLI-00000A acme -o json
        $ caredesk client enroll CLI-00000A cedar
    "#]]);
    let changed = world.json("provider deactivate birch --yes");
    assert_eq!(changed["losses"][0]["records"], 2, "{changed}");
    let changed = world.json("provider activate birch");
    assert_eq!(changed["gains"][0]["records"], 2, "{changed}");
});

// Rule 3.14.
both_engines!(a_revocation_that_closes_nothing_says_so, |world| {
    granted(world);
    world.ok("sharing setup acme --type services --client-by-client off");
    world.story(expect![[r#"
        $ caredesk sharing revoke SHR-000001
    "#]]);
    world.ok("sharing setup acme --type services --release on --require-expiry off");
    let add = "release add CLI-00000A --owner acme --type services --document paper.pdf --signed today";
    world.ok(&format!("{add} --all-providers"));
    let code = world.json("release list")[0]["code"].as_str().unwrap().to_owned();
    world.sql(&format!("UPDATE release SET code = 'ROI-000001' WHERE code = '{code}'"));
    world.ok(&format!("{add} --recipient birch"));
    world.story(expect![[r#"
        $ caredesk release revoke ROI-000001 --yes
    "#]]);
});

// Rule 3.14.
both_engines!(what_cannot_work_yet_says_what_is_missing, |world| {
    granted(world);
    world.ok("sharing setup acme --type forms --level 1 --release on");
    let add = "release add CLI-00000A --owner acme --document paper.pdf --signed today --dry-run";
    let warned = |line: &str| {
        let answer = world.run(line);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        answer.stderr.lines().filter(|line| line.starts_with("warning: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let of_release = |options: &str| warned(&format!("{add} {options}"));
    expect![[r#"
        []
    "#]]
    .assert_debug_eq(&[
        of_release("--type forms --recipient birch cedar"),
        of_release("--type forms --all-providers"),
        of_release("--type clinical --recipient birch"),
        of_release("--type services --recipient birch"),
        warned("sharing link acme birch --type clinical"),
    ]);
});
