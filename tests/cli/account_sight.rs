//! `account explain` and `account sees`: why an account sees a thing or does not, and what it sees in all.

use expect_test::expect;
use serde_json::Value;

use crate::town::{key, settle};
use crate::world::World;

/// The town, where `Home care` sends referrals to Acme and Birch, and `Meals` to Acme's program `Acme Meals`; `rosa` is a portal
/// account without anything. Ada's first two visits are offered to Acme and Birch as `PKG-000001`.
fn open_the_portal(world: &World) {
    world.begin(|world| {
        settle(world);
        let of_acme = "SELECT id FROM provider WHERE name = 'Acme Care'";
        world.sql(&format!(
            "INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
            VALUES ({}, 'RES-00000P', ({of_acme}), 'program', 'Acme Meals', 'acme meals', 'active');
            UPDATE resource SET code = 'RES-00000A' WHERE kind = 'agency' AND provider_id = ({of_acme});",
            key(world, 70)
        ));
        world.ok("queue create Meals --status New --status Done:closed");
        world.ok("queue add-resource 'Home care' acme birch");
        world.ok("queue add-resource Meals 'Acme Meals'");
        world.ok("referral create --queue Meals --client CLI-00000B");
        world.sql("UPDATE referral SET code = 'REF-00000M' WHERE code NOT IN ('REF-00000A', 'REF-00000B')");
        world.ok("account create rosa --name 'Rosa Lane' --level provider-portal");
        world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch --reference winter");
        world.sql("UPDATE package SET code = 'PKG-000001'");
        world.at("2026-11-22T12:00:00Z");
    });
}

// Rules 2.2, 2.3 and 2.5.
both_engines!(each_rule_is_said_of_an_account, |world| {
    open_the_portal(world);
    world.story(expect![[r#"
        $ caredesk account explain rosa --referral REF-00000A
        rosa does not see the referral REF-00000A: REF-00000A is assigned to no resource.

          ✓ met        account                 rosa is enabled
          ✓ met        level                   rosa is of level provider-portal, which sees what its resources give
          ✗ not met    assignment              REF-00000A is assigned to no resource
                                               needs a resource of the account that takes referrals of Home care, and an assignment to it
          · not asked  resource                it is assigned to no resource
          · not asked  provider                it is assigned to no resource
          ✗ not met    access contact details  rosa lacks access-contact-details: with it the whole contact is seen, without it eight fields
        $ caredesk account explain acme --referral REF-00000A
        acme does not see the referral REF-00000A: REF-00000A is assigned to no resource.

          ✓ met        account                 acme is enabled
          ✓ met        level                   acme is of level provider-portal, which sees what its resources give
          ✗ not met    assignment              REF-00000A is assigned to no resource
                       $ caredesk referral assign REF-00000A RES-00000A
          · not asked  resource                it is assigned to no resource
          · not asked  provider                it is assigned to no resource
          ✗ not met    access contact details  acme lacks access-contact-details: with it the whole contact is seen, without it eight fields
                       $ caredesk account permit acme access-contact-details
        $ caredesk account explain acme --referral REF-00000M
        acme does not see the referral REF-00000M: REF-00000M is assigned to no resource.

          ✓ met        account                 acme is enabled
          ✓ met        level                   acme is of level provider-portal, which sees what its resources give
          ✗ not met    assignment              REF-00000M is assigned to no resource
                       $ caredesk referral assign REF-00000M RES-00000P
          · not asked  resource                it is assigned to no resource
          · not asked  provider                it is assigned to no resource
          ✗ not met    access contact details  acme lacks access-contact-details: with it the whole contact is seen, without it eight fields
                       $ caredesk account permit acme access-contact-details
        $ caredesk account explain stan --referral REF-00000A
        stan sees the referral REF-00000A: all that it takes is met.

          ✓ met        account                 stan is enabled
          ✓ met        level                   stan is of level standard, which sees all that the hub has
          · not asked  assignment              staff see every referral
          · not asked  resource                staff see every referral
          · not asked  provider                staff see every referral
          · not asked  access contact details  staff see every referral
        $ caredesk account explain acme --package winter
        acme sees the package PKG-000001: all that it takes is met.

          ✓ met  account           acme is enabled
          ✓ met  level             acme is of level provider-portal, which sees what its resources give
          ✓ met  agency            acme speaks for Acme Care
          ✓ met  provider          Acme Care is active
          ✓ met  offer             the offer of PKG-000001 to Acme Care is pending
          ✓ met  respond packages  acme has respond-packages: with it the account answers for its provider, without it it reads
        $ caredesk account explain mute --package winter --columns verdict,visible
        verdict  mute sees the package PKG-000001: all that it takes is met
        visible  yes
        $ caredesk account explain cedar --package winter
        cedar does not see the package PKG-000001: PKG-000001 is not offered to Cedar Nursing.

          ✓ met        account           cedar is enabled
          ✓ met        level             cedar is of level provider-portal, which sees what its resources give
          ✓ met        agency            cedar speaks for Cedar Nursing
          · not asked  provider          it is offered to no provider of the account
          ✗ not met    offer             PKG-000001 is not offered to Cedar Nursing
                       $ caredesk outsource add-provider PKG-000001 PRV-00000C
          ✓ met        respond packages  cedar has respond-packages: with it the account answers for its provider, without it it reads
        $ caredesk account explain acme --client CLI-00000A
        acme does not see the client Ada Moss (CLI-00000A): Ada Moss is not active at Acme Care.

          ✓ met      account                 acme is enabled
          ✓ met      level                   acme is of level provider-portal, which sees what its resources give
          ✓ met      agency                  acme speaks for Acme Care
          ✓ met      provider                Acme Care is active
          ✗ not met  enrolment               Ada Moss is not active at Acme Care
                     $ caredesk client enroll CLI-00000A PRV-00000A
          ✗ not met  answer sharing          acme lacks answer-sharing: with it the clients of its providers are seen
                     $ caredesk account permit acme answer-sharing
          ✗ not met  visits                  its providers have no visits of Ada Moss, or the last was too long ago
          ✗ not met  access contact details  acme lacks access-contact-details: with it those are seen of whom its providers have visits
        $ caredesk account explain rosa --client CLI-00000A -o json
        {
          "login": "rosa",
          "thing": "CLI-00000A",
          "visible": false,
          "rules": [
            {
              "rule": "account",
              "met": true,
              "detail": "rosa is enabled",
              "fix": null,
              "needed": null
            },
            {
              "rule": "level",
              "met": true,
              "detail": "rosa is of level provider-portal, which sees what its resources give",
              "fix": null,
              "needed": null
            },
            {
              "rule": "agency",
              "met": false,
              "detail": "rosa speaks for no provider",
              "fix": null,
              "needed": "the agency record of a provider, by `caredesk account add-resource`"
            },
            {
              "rule": "provider",
              "met": null,
              "detail": "it speaks for no provider",
              "fix": null,
              "needed": null
            },
            {
              "rule": "enrolment",
              "met": null,
              "detail": "it speaks for no provider",
              "fix": null,
              "needed": null
            },
            {
              "rule": "answer_sharing",
              "met": false,
              "detail": "rosa lacks answer-sharing: with it the clients of its providers are seen",
              "fix": "caredesk account permit rosa answer-sharing",
              "needed": null
            },
            {
              "rule": "visits",
              "met": null,
              "detail": "it speaks for no provider",
              "fix": null,
              "needed": null
            },
            {
              "rule": "access_contact_details",
              "met": false,
              "detail": "rosa lacks access-contact-details: with it those are seen of whom its providers have visits",
              "fix": null,
              "needed": null
            }
          ],
          "first_failing": "agency",
          "verdict": "rosa does not see the client Ada Moss (CLI-00000A): rosa speaks for no provider"
        }
        $ caredesk account explain rosa
        2> error: the following required arguments were not provided:
        2>   <--referral <REFERRAL>|--package <PACKAGE>|--client <CLIENT>>
        2>
        2> Usage: caredesk account explain [OPTIONS] <--referral <REFERRAL>|--package <PACKAGE>|--client <CLIENT>> <LOGIN>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk account explain nora --client CLI-00000A
        2> error: there is no account `nora`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account explain rosa --client nobody
        2> error: there is no client `nobody`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        # as stan
        $ caredesk account explain cedar --package winter --columns verdict
        verdict  cedar does not see the package PKG-000001: PKG-000001 is not offered to Cedar Nursing
        $ caredesk account explain rosa --client CLI-00000A
        rosa does not see the client Ada Moss (CLI-00000A): rosa speaks for no provider.

          ✓ met        account                 rosa is enabled
          ✓ met        level                   rosa is of level provider-portal, which sees what its resources give
          ✗ not met    agency                  rosa speaks for no provider
                                               needs the agency record of a provider, by `caredesk account add-resource`
          · not asked  provider                it speaks for no provider
          · not asked  enrolment               it speaks for no provider
          ✗ not met    answer sharing          rosa lacks answer-sharing: with it the clients of its providers are seen
                                               needs an account of level admin or above, for `caredesk account permit rosa answer-sharing`
          · not asked  visits                  it speaks for no provider
          ✗ not met    access contact details  rosa lacks access-contact-details: with it those are seen of whom its providers have visits
        # as acme
        $ caredesk account explain acme --package winter
        acme sees the package PKG-000001: all that it takes is met.

          ✓ met  account           acme is enabled
          ✓ met  level             acme is of level provider-portal, which sees what its resources give
          ✓ met  agency            acme speaks for Acme Care
          ✓ met  provider          Acme Care is active
          ✓ met  offer             the offer of PKG-000001 to Acme Care is pending
          ✓ met  respond packages  acme has respond-packages: with it the account answers for its provider, without it it reads
        $ caredesk account explain acme --referral REF-00000A
        2> error: there is no referral `REF-00000A`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk account explain birch --package winter
        2> error: there is no account `birch`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk account explain acme --client CLI-00000A
        2> error: there is no client `CLI-00000A`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
    "#]]);
});

/// Runs what is proposed, exactly as it is printed, until the account sees the thing; what was run, and what was needed in the
/// end where no command was proposed.
fn walk(world: &World, login: &str, thing: &str) -> (Vec<String>, Option<String>) {
    let mut done = Vec::new();
    for _ in 0..8 {
        let told = world.json(&format!("account explain {login} {thing}"));
        if told["visible"] == true {
            return (done, None);
        }
        let rules = told["rules"].as_array().unwrap();
        let failing = |rule: &&Value| rule["met"] == false && rule["rule"] != "respond_packages";
        let commands: Vec<&str> =
            rules.iter().filter(failing).filter_map(|rule| rule["fix"].as_str()).collect();
        if commands.is_empty() {
            let needed = rules.iter().filter(failing).find_map(|rule| rule["needed"].as_str());
            return (
                done,
                Some(needed.unwrap_or_else(|| panic!("nothing is proposed: {told:#}")).to_owned()),
            );
        }
        for line in commands {
            world.ok(line.strip_prefix("caredesk ").unwrap());
            done.push(line.to_owned());
        }
    }
    panic!("no end: {done:#?}");
}

/// Whether the account itself is shown the thing.
fn is_shown(world: &World, login: &str, thing: &str) -> bool {
    world.as_user(login);
    let shown = world.run(&format!(
        "{} show {}",
        &thing[2..].split_once(' ').unwrap().0,
        thing.split_once(' ').unwrap().1
    ));
    world.as_user("admin");
    assert!([0, 3, 6].contains(&shown.status), "{}", shown.stderr);
    shown.status == 0
}

// Rule 3.9.
both_engines!(what_is_proposed_lets_the_account_see, |world| {
    let cases: [(&str, &[&str], &str); 16] = [
        ("rosa", &["account add-resource rosa acme"], "--referral REF-00000A"),
        ("rosa", &["referral assign REF-00000A acme"], "--referral REF-00000A"),
        (
            "rosa",
            &[
                "referral assign REF-00000M 'Acme Meals'",
                "queue deactivate Meals --yes",
                "account add-resource rosa acme",
            ],
            "--referral REF-00000M",
        ),
        (
            "rosa",
            &[
                "referral assign REF-00000M 'Acme Meals'",
                "referral set-status REF-00000M Done",
                "resource edit RES-00000P --state inactive --yes",
            ],
            "--referral REF-00000M",
        ),
        (
            "acme",
            &["referral assign REF-00000A acme", "provider deactivate acme --yes"],
            "--referral REF-00000A",
        ),
        ("acme", &["account disable acme --yes"], "--referral REF-00000A"),
        ("cedar", &[], "--referral REF-00000A"),
        ("cedar", &[], "--package winter"),
        ("acme", &["provider deactivate acme --yes"], "--package winter"),
        ("mute", &["account disable mute --yes"], "--package winter"),
        ("rosa", &["outsource remove-provider winter birch"], "--package winter"),
        ("acme", &[], "--client CLI-00000A"),
        ("acme", &["client enroll CLI-00000A acme", "provider deactivate acme --yes"], "--client CLI-00000A"),
        (
            "acme",
            &["account permit acme answer-sharing", "account disable acme --yes"],
            "--client CLI-00000A",
        ),
        ("acme", &["package respond winter --provider acme --accept"], "--client CLI-00000A"),
        (
            "acme",
            &["client edit CLI-00000A --status deceased --since today", "account permit acme answer-sharing"],
            "--client CLI-00000A",
        ),
    ];
    for (login, before, thing) in cases {
        let world = &World::new(world.engine());
        open_the_portal(world);
        for line in before {
            world.ok(line);
        }
        assert!(!is_shown(world, login, thing), "{login} {thing} after {before:?}");
        let (done, needed) = walk(world, login, thing);
        assert!(needed.is_none() && is_shown(world, login, thing), "{login} {thing}: {done:#?} {needed:?}");
    }
    // What no command decides is said in words, with who decides it.
    let cases: [(&str, &[&str], &str, &str); 4] = [
        (
            "rosa",
            &[],
            "--referral REF-00000A",
            "a resource of the account that takes referrals of Home care, and an assignment to it",
        ),
        ("both", &[], "--referral REF-00000A", "an assignment to one of "),
        ("birch", &["package respond winter --provider acme --accept"], "--package winter", "a new package"),
        (
            "rosa",
            &[],
            "--package winter",
            "the agency record of a provider that is asked, by `caredesk account add-resource`",
        ),
    ];
    for (login, before, thing, words) in cases {
        let world = &World::new(world.engine());
        open_the_portal(world);
        for line in before {
            world.ok(line);
        }
        let (done, needed) = walk(world, login, thing);
        assert!(
            done.is_empty() && needed.as_ref().is_some_and(|needed| needed.starts_with(words)),
            "{done:?} {needed:?}"
        );
    }
});

// Rules 2.6 and 3.10.
both_engines!(what_an_account_sees_is_counted_and_listed, |world| {
    open_the_portal(world);
    world.ok("referral assign REF-00000A acme");
    world.ok("client enroll CLI-00000B acme");
    world.ok("record add CLI-00000B --provider acme --type case-notes --date 2026-11-03 --title Call");
    world.sql("UPDATE record SET code = 'REC-000001'");
    world.ok("capacity set acme 3");
    world.sql("UPDATE capacity SET code = 'CAP-000001'");
    world.ok("account permit acme answer-sharing");
    world.story(expect![[r#"
        $ caredesk account sees acme
        acme (acme), provider-portal
        speaks for   Acme Care (PRV-00000A)
        acts for     Acme Care (RES-00000A)
                     Acme Meals (RES-00000P)
        permissions  answer-sharing, respond-packages

        Sees:
          referrals         1  REF-00000A
          packages          1  PKG-000001
          clients           1  CLI-00000B
          visits            0
          records           1  REC-000001
          capacity          1  CAP-000001
          sharing requests  0
        $ caredesk account sees acme -o json
        {
          "login": "acme",
          "name": "acme",
          "level": "provider-portal",
          "active": true,
          "permissions": [
            "answer-sharing",
            "respond-packages"
          ],
          "providers": [
            {
              "code": "PRV-00000A",
              "name": "Acme Care"
            }
          ],
          "resources": [
            {
              "code": "RES-00000A",
              "name": "Acme Care"
            },
            {
              "code": "RES-00000P",
              "name": "Acme Meals"
            }
          ],
          "sees": [
            {
              "sort": "referrals",
              "number": 1,
              "has_more": false,
              "codes": [
                "REF-00000A"
              ],
              "command": "caredesk --as acme referral list"
            },
            {
              "sort": "packages",
              "number": 1,
              "has_more": false,
              "codes": [
                "PKG-000001"
              ],
              "command": "caredesk --as acme package list"
            },
            {
              "sort": "clients",
              "number": 1,
              "has_more": false,
              "codes": [
                "CLI-00000B"
              ],
              "command": "caredesk --as acme client list"
            },
            {
              "sort": "visits",
              "number": 0,
              "has_more": false,
              "codes": [],
              "command": "caredesk --as acme visit list"
            },
            {
              "sort": "records",
              "number": 1,
              "has_more": false,
              "codes": [
                "REC-000001"
              ],
              "command": "caredesk --as acme record list CLIENT"
            },
            {
              "sort": "capacity",
              "number": 1,
              "has_more": false,
              "codes": [
                "CAP-000001"
              ],
              "command": "caredesk --as acme capacity list"
            },
            {
              "sort": "sharing-requests",
              "number": 0,
              "has_more": false,
              "codes": [],
              "command": "caredesk --as acme sharing list"
            }
          ]
        }
        $ caredesk account sees rosa
        Rosa Lane (rosa), provider-portal

        Sees:
          referrals         0
          packages          0
          clients           0
          visits            0
          records           0
          capacity          0
          sharing requests  0
        $ caredesk account sees stan
        stan (stan), standard

        Sees:
          referrals         3  REF-00000M, REF-00000B, REF-00000A
          packages          1  PKG-000001
          clients           2  CLI-00000A, CLI-00000B
          visits            6  VIS-000001, VIS-000002, VIS-000003, VIS-000004, VIS-000005, VIS-000006
          records           1  REC-000001
          capacity          1  CAP-000001
          sharing requests  0
        $ caredesk audit list --on rosa --columns by,action,subject
        2> error: there is no column `subject`
        2> hint: the columns are number, at, by, acted_by, action, on, before, after, erased, hash
        [exit 2]
        # as acme
        $ caredesk account sees acme --columns login,sees
        login  acme
        sees   7
        $ caredesk account sees birch
        2> error: there is no account `birch`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        # as admin
        $ caredesk account disable rosa --yes
        Changed account rosa: active yes → no.
        $ caredesk account sees rosa
        Rosa Lane (rosa), provider-portal

        It is disabled and sees nothing; `caredesk account enable rosa` lets it.
        $ caredesk audit list --on rosa --columns by,action,subject
        2> error: there is no column `subject`
        2> hint: the columns are number, at, by, acted_by, action, on, before, after, erased, hash
        [exit 2]
    "#]]);
    // What it lists is what the account's own lists have.
    let told = world.json("account sees acme");
    world.as_user("acme");
    for line in told["sees"].as_array().unwrap() {
        let command = line["command"].as_str().unwrap().strip_prefix("caredesk --as acme ").unwrap();
        let list = world.json(&command.replace("CLIENT", "CLI-00000B"));
        let codes: Vec<&Value> = list.as_array().unwrap().iter().map(|row| &row["code"]).collect();
        assert_eq!(line["codes"].as_array().unwrap().iter().collect::<Vec<_>>(), codes, "{command}");
    }
});
