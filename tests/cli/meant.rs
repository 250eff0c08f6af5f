//! What a reference means: where a name is certain and where it is not, and whether what is advised can be copied.

use expect_test::expect;

use crate::world::World;

/// Of each noun two things, of which the whole name of one begins that of the other.
fn short_names(world: &World) {
    world.begin(|world| {
        world.ok("init");
        for name in ["Harbour", "Harbour Home Care", "Oak House"] {
            world.ok(&format!("provider create '{name}'"));
        }
        world.ok("provider add-resource oak Night");
        world.ok("provider add-resource oak 'Night sitting'");
        world.ok("category create Meals");
        world.ok("category create 'Meals on wheels'");
        world.ok("contract create oak Meals --start 2026-01-01 --category meals");
        world.ok("contract create oak 'Meals 2027' --start 2027-01-01 --category meals");
        world.ok("queue create Home --status New");
        world.ok("client create --given Ada --family Moss --birth-date 1941-03-02");
        world.ok("client create --given Ada --family Mossman --birth-date 1950-07-01");
        world.ok("contact create --client 'ada mossman' --number 1");
        world.ok("account create eve --name Eve --level provider-portal");
    });
}

// Rule 6.1.
both_engines!(a_change_says_what_it_was_done_to, |world| {
    short_names(world);
    world.story(expect![[r#"
        $ caredesk provider edit harbour --phone 1
        Changed provider PRV-MJ18AD (Harbour): phone none → 1.
        $ caredesk queue edit home --name Homes
        Changed queue `Homes`: name Home → Homes.
        $ caredesk client edit 'ada moss' --postal-code AB1
        Changed client CLI-75BPQN (Ada Moss): postal code none → AB1.
        $ caredesk client edit 'mossman ada' --postal-code AB1
        Changed client CLI-KH3QER (Ada Mossman): postal code none → AB1.
        $ caredesk contact edit 1 --phone '01632 960142'
        Changed contact 1 (Ada Mossman): phone none → 01632 960142.
        $ caredesk client enroll 'ada mossman' oak
        Changed client CLI-KH3QER (Ada Mossman): active at `Oak House` since 2026-11-22.
        $ caredesk record add 'ada mossman' --provider oak --type services --date today --title T
        Created record REC-GH5SGZ: services of Ada Mossman (CLI-KH3QER) at `Oak House`, 2026-11-22.
        $ caredesk account add-resource eve harbour
        Changed account eve: resources none → RES-4DHYWN.
        $ caredesk contract edit 'meals 2' --stop 2027-12-31
        Changed contract CTR-WF6YT1 (Meals 2027): ends on none → 2027-12-31.
    "#]]);
    // What is inactive does not stand in the way of what is active, and is found where it is alone.
    world.ok("provider create 'Oakwood'");
    world.ok("provider deactivate oakwood");
    world.ok("provider remove-resource oak 'night sitting' --yes");
    world.ok("queue create 'Home visits' --status New");
    world.ok("queue create 'Home old' --status New");
    world.ok("queue deactivate 'home old'");
    world.story(expect![[r#"
        $ caredesk provider edit oa --phone 3
        Changed provider PRV-W8607R (Oak House): phone none → 3.
        $ caredesk provider edit oakw --phone 4
        Changed provider PRV-VZY8EF (Oakwood): phone none → 4.
        $ caredesk resource edit ni --fees free
        Changed resource RES-85Y0YW (Night): fees none → free.
        $ caredesk queue edit 'home ' --name Visits
        2> error: `home` could mean more than one queue
        2> hint: say which: Home care, Home visits, Homes
        [exit 4]
    "#]]);
});

// Rule 6.2.
both_engines!(what_may_be_meant_is_told_apart, |world| {
    short_names(world);
    world.ok("client create --given Ada --family Moss --birth-date 1944-01-01 --even-so");
    world.ok("referral create --queue home --client 'ada mossman'");
    world.ok("referral create --queue home --client 'ada mossman'");
    world.ok("queue add-status home Live");
    let first = world.json("referral list")[0]["code"].as_str().unwrap().to_owned();
    world.ok(&format!("referral set-status {first} live"));
    world.story(expect![[r#"
        $ caredesk client show 'ada moss'
        2> error: `ada moss` could mean more than one client
        2> hint: say which: CLI-75BPQN (Ada Moss, born 1941-03-02), CLI-P9N5HZ (Ada Moss, born 1944-01-01)
        [exit 4]
        $ caredesk client show ada
        2> error: `ada` could mean more than one client
        2> hint: say which: CLI-75BPQN (Ada Moss, born 1941-03-02), CLI-KH3QER (Ada Mossman, born 1950-07-01), CLI-P9N5HZ (Ada Moss, born 1944-01-01)
        [exit 4]
        $ caredesk referral show 'ada mossman'
        2> error: `ada mossman` could mean more than one referral
        2> hint: say which: REF-FF55R2 (Home, Live), REF-G2REYA (Home, New)
        [exit 4]
        $ caredesk resource show nig
        2> error: `nig` could mean more than one resource
        2> hint: say which: RES-76AQMM (Night sitting), RES-85Y0YW (Night)
        [exit 4]
    "#]]);
});

// Rule 6.2: names that a shell would read as something else.
both_engines!(what_is_advised_can_be_copied, |world| {
    world.ok("init");
    for name in ["O'Neill \"$HOME\" & Sons", "Birch `date` House"] {
        world.run_args(&["provider", "create", name]);
    }
    world.run_args(&["queue", "create", "Night \"care\" $1", "--status", "New"]);
    world.ok("client create --given Ada --family Moss");
    for provider in ["neill", "birch"] {
        let code = world.json(&format!("find {provider}"))[0]["code"].as_str().unwrap().to_owned();
        world.call(&format!("<{provider}>"), &code);
    }
    world.ok("referral create --queue night --client ada");
    let mut advised = Vec::new();
    for line in [
        "sharing request ada --owner <neill> --recipient <birch> --type services",
        "sharing grant SHR-000000",
        "queue add-status night New",
        "queue retire-status night New --yes",
        "referral assign ada <birch>",
        "queue create 'Night \"care\" $1' --status New",
        "referral assign ada",
    ] {
        let line = world.with_names_of_this_run(line);
        let answer = world.run(&line);
        assert_ne!(answer.status, 0, "{line}\n{}", answer.stdout);
        let quoted = answer.stderr.split('`').filter_map(|part| part.strip_prefix("caredesk "));
        advised.extend(quoted.map(str::to_owned));
    }
    assert!(advised.len() > 4, "{advised:?}");
    for command in advised {
        let answer = world.run(&format!("--dry-run {command}"));
        assert!(
            ![2, 3].contains(&answer.status) || command.contains("LABEL"),
            "{command}\n{}",
            answer.stderr
        );
    }
});
