//! Several types and clients in one request, several requests in one grant, several types on one paper (rule 3.15).

use expect_test::expect;

use super::{open, share};
use crate::release::PDF;
use crate::world::World;

fn ready(world: &World) {
    share(world);
    open(world);
    for kind in ["services", "case-notes"] {
        world.ok(&format!("sharing setup acme --type {kind} --level 1 --require-expiry off"));
    }
    world.ok("sharing link acme birch --type case-notes");
    world.ok("client enroll CLI-00000B birch");
    world.write("paper.pdf", PDF);
}

// Rule 3.15.
both_engines!(several_are_asked_for_and_granted_at_once, |world| {
    ready(world);
    world.story(expect![[r#"
        # as birch
        $ caredesk sharing request CLI-00000A CLI-00000B CLI-00000A --owner acme --type case-notes services
        Created request SHR-XRCH98: `Birch Homecare` asks `Acme Care` for services of CLI-00000A. It waits for an answer until 2026-12-22. No account is alerted (no e-mail address). Created request SHR-X3RYX1: `Birch Homecare` asks `Acme Care` for case-notes of CLI-00000A. It waits for an answer until 2026-12-22. No account is alerted (no e-mail address). Created request SHR-RC5V4S: `Birch Homecare` asks `Acme Care` for services of CLI-00000B. It waits for an answer until 2026-12-22. No account is alerted (no e-mail address). Created request SHR-P8SJ8C: `Birch Homecare` asks `Acme Care` for case-notes of CLI-00000B. It waits for an answer until 2026-12-22. No account is alerted (no e-mail address).
        $ caredesk sharing request CLI-00000A CLI-00000B --owner acme --type services clinical
        2> error: SHR-XRCH98 asks `Acme Care` for services of CLI-00000A for `Birch Homecare` already
        2> hint: `caredesk sharing show SHR-XRCH98` says how it stands
        [exit 4]
        $ caredesk sharing list --columns client,type,status
        CLIENT      TYPE        STATUS
        CLI-00000B  case-notes  pending
        CLI-00000B  services    pending
        CLI-00000A  case-notes  pending
        CLI-00000A  services    pending
    "#]]);
    world.as_user("sue");
    let listed = world.json("sharing list --client CLI-00000A");
    let codes: Vec<&str> =
        listed.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    let [first, second] = codes[..] else { panic!("{codes:?}") };
    // All or none.
    let refused = world.run(&format!("sharing grant {first} SHR-ZZZZZZ"));
    assert_eq!(refused.status, 3, "{}", refused.stderr);
    assert_eq!(world.json(&format!("sharing show {first}"))["status"], "pending");
    let granted = world.json(&format!("sharing grant {first} {second} --expires 2026-12-31"));
    let granted = granted.as_array().unwrap();
    assert_eq!(granted.len(), 2);
    assert!(granted.iter().all(|one| one["status"] == "granted" && one["gains"][0]["clients"] == 1));
});

// Rule 3.15.
both_engines!(one_paper_covers_several_types, |world| {
    ready(world);
    for kind in ["services", "case-notes"] {
        world.ok(&format!("sharing setup acme --type {kind} --release on"));
    }
    let add = "release add CLI-00000A --owner acme --document paper.pdf --signed today --recipient birch";
    let made = world.json(&format!("{add} --type services case-notes"));
    let made = made.as_array().unwrap();
    assert_eq!(made.iter().map(|one| &one["type"]).collect::<Vec<_>>(), ["services", "case-notes"]);
    assert!(made.iter().all(|one| one["sha256"] == made[0]["sha256"] && one["gains"][0]["records"] != 0));
    let pieces = world.sql("SELECT CAST(count(*) AS TEXT) FROM release_piece");
    assert_eq!(pieces, [[Some("1".to_owned())]], "the document is kept once");
    for (number, one) in made.iter().enumerate() {
        let code = one["code"].as_str().unwrap();
        world.ok(&format!("release document {code} --file {number}.pdf"));
        assert_eq!(std::fs::read(world.path(&format!("{number}.pdf"))).unwrap(), PDF);
    }
    let checked = world.run("database check").stdout;
    let is_whole =
        |line: &str| line.starts_with("the document of a release") && line.trim_end().ends_with("yes");
    assert!(checked.lines().any(is_whole), "{checked}");
    // It goes on where the first has ended.
    world.ok(&format!("release revoke {} --yes", made[0]["code"].as_str().unwrap()));
    world.ok(&format!("release document {} --file again.pdf", made[1]["code"].as_str().unwrap()));
    let seen = world.json("record list CLI-00000A --viewer birch");
    let types: Vec<_> = seen.as_array().unwrap().iter().map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["services", "case-notes"], "Birch's own, and what is still released");
    // All or none: for one of the types a last day is missing.
    world.ok("sharing setup acme --type forms --level 1 --release on --require-expiry on");
    let refused = world.run(&format!("{add} --type services forms"));
    assert_eq!(refused.status, 4, "{}", refused.stderr);
    assert_eq!(world.json("release list").as_array().unwrap().len(), 2);
});
