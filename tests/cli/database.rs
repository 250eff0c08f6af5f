//! The database as a whole: its age, and the promises that it keeps.

use expect_test::expect;

use crate::town::sound;
use crate::world::{Engine, World};

both_engines!(a_new_database_is_up_to_date_and_sound, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.story(expect![[r#"
        $ caredesk database migrate
        Nothing to change: the database is up to date at schema 44.
        $ caredesk database check
        CHECK                                                                         OK   FOUND
        the file is whole                                                             yes
        a package has the status that its offers say                                  yes
        of an accepted package nothing is left to answer                              yes
        a package is offered to at least one provider                                 yes
        a package has visits                                                          yes
        the visits of a package are of its referral                                   yes
        a package holds its visits until it is recalled                               yes
        an accepted visit is found with its provider                                  yes
        a provider has one agency record                                              yes
        a provider is noted as inactive while it is                                   yes
        a referral has a status of its queue                                          yes
        referrals arrive in an open status                                            yes
        no two bounded entries of capacity overlap                                    yes
        only portal accounts have resources and permissions                           yes
        the document of a release is all there                                        yes
        a release is for all providers or for named ones                              yes
        a sharing request has one label, and is open under pending or granted         yes
        of settings, links, enrolments, labels and terms one version holds at a time  yes
        a contract has a term and a category                                          yes
        the contract of a record is of its provider                                   yes
        the register of disclosures names another's records and their basis           yes
        the audit trail is whole                                                      yes
        everything is as the audit trail tells                                        yes
    "#]]);
    world.ok("account create sue --name Sue --level supervisor");
    world.as_user("sue");
    assert_eq!(world.run("database check").status, 6);
});

// Rule 4.1: what is changed beside the program shows.
both_engines!(what_breaks_a_promise_is_named, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("account create bob --name Bob --level standard");
    world.sql("INSERT INTO account_resource (account_id, resource_id) SELECT account.id, resource.id FROM account, resource WHERE login = 'bob'");
    assert_eq!(broken(world), ["only portal accounts have resources and permissions: bob"]);
    world.sql("DELETE FROM account_resource; DELETE FROM search_resource; DELETE FROM resource");
    assert_eq!(broken(world), ["a provider has one agency record: PRV"]);
    world.sql("DELETE FROM provider; UPDATE audit SET subject = 'ben' WHERE subject = 'bob'");
    assert_eq!(
        broken(world),
        ["the audit trail is whole: entry 3 of the audit trail is not as it was written"]
    );
    world.story(expect![[r#"
        $ caredesk audit verify
        2> error: entry 3 of the audit trail is not as it was written
        2> hint: the database was changed outside this program; compare it with a backup
        [exit 8]
    "#]]);
});

both_engines!(packages_that_break_their_promises_are_named, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("provider create 'Oak House'");
    world.ok("client create --given Ada --family Brook");
    referral(world, 1, "REF-HOME", "Home care");
    world.sql(
        "INSERT INTO queue (id, name, name_key, active) SELECT client.id, 'Other', 'other', TRUE FROM client",
    );
    referral(world, 2, "REF-OTHER", "Other");
    package(world, 11, "PKG-SOUND", "pending", 1, &[("Acme Care", "pending")]);
    package(world, 12, "PKG-STATUS", "rejected", 1, &[("Acme Care", "pending")]);
    package(world, 13, "PKG-RACE", "accepted", 1, &[("Acme Care", "accepted"), ("Oak House", "pending")]);
    package(world, 14, "PKG-NOBODY", "rejected", 1, &[]);
    package(world, 15, "PKG-EMPTY", "pending", 1, &[("Acme Care", "pending")]);
    world.sql(&keys(world, "DELETE FROM package_visit WHERE package_id = KEY(15)"));
    package(world, 16, "PKG-STRANGER", "pending", 2, &[("Acme Care", "pending")]);
    package(world, 17, "PKG-HELD", "recalled", 1, &[("Acme Care", "closed")]);
    expect![[r#"
        a package has the status that its offers say: PKG-STATUS
        of an accepted package nothing is left to answer: PKG-RACE
        a package is offered to at least one provider: PKG-NOBODY
        a package has visits: PKG-EMPTY
        the visits of a package are of its referral: PKG-STRANGER
        a package holds its visits until it is recalled: PKG-HELD
        an accepted visit is found with its provider: VIS-13
        a referral has a status of its queue: REF-OTHER
        referrals arrive in an open status: Other
    "#]]
    .assert_eq(&(broken(world).join("\n") + "\n"));
});

both_engines!(sharing_that_breaks_its_promises_is_named, |world| {
    world.ok("init");
    for name in ["Oak", "Harbour"] {
        world.ok(&format!("provider create {name}"));
        world.ok(&format!("category create {name} --if-not-exists"));
        world.ok(&format!("contract create {name} {name} --start 2026-01-01 --category {name}"));
        world.sql(&format!("UPDATE contract SET code = 'CTR-{name}' WHERE name = '{name}'"));
    }
    world.ok("client create --given Ada --family Brook");
    world.sql("UPDATE client SET code = 'CLI-ADA'");
    world.ok("record add ada --provider oak --type forms --date today --title A");
    world.ok("sharing setup oak --type forms --level 1");
    world.ok("sharing link oak harbour --type forms");
    for provider in ["oak", "harbour"] {
        world.ok(&format!("client enroll ada {provider}"));
    }
    world.ok("sharing request ada --owner oak --recipient harbour --type forms");
    world.write("ada.pdf", crate::release::PDF);
    world
        .ok("release add ada --owner oak --type forms --document ada.pdf --signed today --recipient harbour");
    sound(world);
    world.sql(
        "UPDATE record SET code = 'REC-A', contract_id = (SELECT id FROM contract WHERE name = 'Harbour');
        UPDATE sharing_request SET code = 'SHR-A', open = FALSE, lapses_on = NULL;
        UPDATE release SET code = 'ROI-A', all_providers = TRUE, size = 78;
        DELETE FROM contract_category WHERE contract_id = (SELECT id FROM contract WHERE name = 'Oak');
        UPDATE sharing_answer SET from_at = '2026-01-01T00:00:00.000Z'",
    );
    world.sql(&keys(
        world,
        "INSERT INTO sharing_answer (id, request_id, label, answered_by, from_at, until_at)
        SELECT KEY(7), id, 'pending', requested_by, '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z' FROM sharing_request;
        INSERT INTO disclosure (id, at, client_id, owner_id, recipient_id, data_type, records, basis, account_id, command)
        SELECT KEY(8), requested_at, client_id, owner_id, recipient_id, data_type, 1, 'request', requested_by, 'record list' FROM sharing_request",
    ));
    expect![[r#"
        the document of a release is all there: ROI-A
        a release is for all providers or for named ones: ROI-A
        a sharing request has one label, and is open under pending or granted: SHR-A
        of settings, links, enrolments, labels and terms one version holds at a time: SHR-A
        a contract has a term and a category: CTR-Oak
        the contract of a record is of its provider: REC-A
        the register of disclosures names another's records and their basis: CLI-ADA
    "#]]
    .assert_eq(&(broken(world).join("\n") + "\n"));
});

/// The words of every check that found something, each with what it found; codes made by chance are cut to their prefix.
/// Whatever is changed beside the program also differs from the audit trail, for which there are stories of their own.
fn broken(world: &World) -> Vec<String> {
    let answer = world.run("database check -o json");
    assert_eq!(answer.status, 8, "{}", answer.stderr);
    assert!(answer.stderr.contains("database.unsound"), "{}", answer.stderr);
    let findings: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let bad = findings.as_array().unwrap().iter().filter(|finding| finding["ok"] == false);
    let bad = bad.filter(|finding| finding["check"] != "everything is as the audit trail tells");
    let said = bad.map(|finding| {
        let found: Vec<&str> =
            finding["found"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        format!("{}: {}", finding["check"].as_str().unwrap(), found.join(", "))
    });
    said.map(|text| text.find("PRV-").map_or(text.clone(), |at| text[..at + 3].to_owned())).collect()
}

/// A referral of the one client, in this queue, but always with the first status of the only queue that has any.
fn referral(world: &World, key: u8, code: &str, queue: &str) {
    world.sql(&keys(
        world,
        &format!(
            "INSERT INTO referral (id, code, queue_id, status_id, client_id, created_at, created_by)
        VALUES (KEY({key}), '{code}', (SELECT id FROM queue WHERE name = '{queue}'),
            (SELECT id FROM queue_status WHERE position = 1), (SELECT id FROM client),
            '2026-01-01T00:00:00.000Z', (SELECT id FROM account))"
        ),
    ));
}

/// A package of the first referral with one visit of this referral, and with offers.
fn package(world: &World, key: u8, code: &str, status: &str, visit_of: u8, offers: &[(&str, &str)]) {
    let recalled = if status == "recalled" { "'2026-01-02T00:00:00.000Z'" } else { "NULL" };
    let mut text = format!(
        "INSERT INTO package (id, code, reference, reference_key, referral_id, status, created_at, created_by, recalled_at)
        VALUES (KEY({key}), '{code}', '{code}', '{code}', KEY(1), '{status}', '2026-01-01T00:00:00.000Z',
            (SELECT id FROM account), {recalled});
        INSERT INTO visit (id, code, referral_id, starts_at, duration_minutes, status, sequence)
        VALUES (KEY({key}), 'VIS-{key}', KEY({visit_of}), '2026-01-03T00:00:00.000Z', 30, 'planned', 0);
        INSERT INTO package_visit (package_id, visit_id, offered_start, offered_minutes, live)
        VALUES (KEY({key}), KEY({key}), '2026-01-03T00:00:00.000Z', 30, TRUE);"
    );
    for (number, (provider, status)) in (1..).zip(offers) {
        let responded = if *status == "accepted" { "'2026-01-02T00:00:00.000Z'" } else { "NULL" };
        let id = key + 100 * number;
        text += &format!(
            "INSERT INTO offer (id, package_id, provider_id, status, requested_by, requested_at, responded_at)
            VALUES (KEY({id}), KEY({key}), (SELECT id FROM provider WHERE name = '{provider}'), '{status}',
                (SELECT id FROM account), '2026-01-01T00:00:00.000Z', {responded});"
        );
    }
    world.sql(&keys(world, &text));
}

/// Each `KEY(7)` as the engine writes a key.
fn keys(world: &World, text: &str) -> String {
    let blob = if world.engine() == Engine::Sqlite { "x" } else { "" };
    let mut parts = text.split("KEY(");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (number, rest) = part.split_once(')').unwrap();
        text + &format!("{blob}'{:032x}'{rest}", number.parse::<u32>().unwrap())
    })
}
