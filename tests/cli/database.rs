//! The database as a whole: its age, and the promises that it keeps.

use expect_test::expect;

use crate::world::World;

both_engines!(a_new_database_is_up_to_date_and_sound, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    expect![[r#""#]].assert_eq(&world.transcript(&["database migrate", "database check"]));
    world.ok("account create sue --name Sue --level supervisor");
    world.as_user("sue");
    assert_eq!(world.run("database check").status, 6);
});

both_engines!(what_breaks_a_promise_is_named, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("account create bob --name Bob --level standard");
    world.sql("INSERT INTO account_resource (account_id, resource_id) SELECT account.id, resource.id FROM account, resource WHERE login = 'bob'");
    assert_eq!(broken(world), ["only portal accounts have resources and permissions: bob"]);
    world.sql("DELETE FROM account_resource; DELETE FROM resource");
    assert_eq!(broken(world), ["a provider has one agency record: PRV"]);
    world.sql("DELETE FROM provider; UPDATE audit SET subject = 'ben' WHERE subject = 'bob'");
    assert_eq!(broken(world), ["the audit trail is whole: entry 3 of the audit trail is not as it was written"]);
    expect![[r#""#]].assert_eq(&world.transcript(&["audit verify"]));
});

both_engines!(packages_that_break_their_promises_are_named, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("client create --given Ada --family Brook");
    for text in PACKAGES {
        world.sql(&text.replace("KEY", if world.is_sqlite() { "x'" } else { "'" }));
    }
    let mut found = broken(world);
    found.sort();
    expect![[r#""#]].assert_eq(&(found.join("\n") + "\n"));
});

/// Two referrals of the one client with a visit each, and packages that break one promise each, named after it.
const PACKAGES: &[&str] = &[
    "INSERT INTO queue (id, name, name_key, active) VALUES (KEY0000000000000000000000000000000a', 'Other', 'other', TRUE)",
    "INSERT INTO referral (id, code, queue_id, status_id, client_id, created_at, created_by)
        SELECT KEY00000000000000000000000000000001', 'REF-GOOD', queue.id, queue_status.id, client.id, '2026-01-01T00:00:00.000Z', account.id
        FROM queue JOIN queue_status ON queue_id = queue.id AND position = 1, client, account",
    "INSERT INTO referral (id, code, queue_id, status_id, client_id, created_at, created_by)
        SELECT KEY00000000000000000000000000000002', 'REF-QUEUE', KEY0000000000000000000000000000000a', status_id, client_id, created_at, created_by FROM referral",
    "INSERT INTO visit (id, code, referral_id, starts_at, duration_minutes, status, sequence) VALUES
        (KEY00000000000000000000000000000011', 'VIS-1', KEY00000000000000000000000000000001', '2026-01-02T00:00:00.000Z', 30, 'planned', 0),
        (KEY00000000000000000000000000000012', 'VIS-2', KEY00000000000000000000000000000002', '2026-01-02T00:00:00.000Z', 30, 'planned', 0)",
];
