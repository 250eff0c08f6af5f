//! `--sort`: the rows of a list in another order than its own.

use expect_test::expect;

use crate::town::{key, settle};

both_engines!(a_list_is_sorted_by_a_column, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk account list --sort level --columns login,level
        LOGIN  LEVEL
        admin  admin
        acme   provider-portal
        birch  provider-portal
        both   provider-portal
        cedar  provider-portal
        mute   provider-portal
        stan   standard
        sue    supervisor
        tracy  trainee
        $ caredesk account list --sort -level --level supervisor --level trainee --columns login,level
        LOGIN  LEVEL
        tracy  trainee
        sue    supervisor
        $ caredesk visit list --sort=-start --limit 2 --columns code,start
        CODE        START
        VIS-000006  2026-12-06 09:00
        VIS-000005  2026-12-05 09:00
        $ caredesk client list --sort given -o csv --columns code,given
        code,given
        CLI-00000A,Ada
        CLI-00000B,Bo
        $ caredesk client list --sort -given -o jsonl --columns code
        {"code":"CLI-00000B"}
        {"code":"CLI-00000A"}
        $ caredesk client list --sort -code -q
        CLI-00000B
        CLI-00000A
        $ caredesk package list --sort code
        2> note: no packages
        $ caredesk account list --sort nothing
        2> error: there is no column `nothing`
        2> hint: the columns are login, name, level, email, active, has_password, first_password_expires_at, permissions, resources, resource_assigned_emails, alerts_off
        [exit 2]
        $ caredesk package list --sort statsu
        2> error: there is no column `statsu`
        2> hint: did you mean `status`? the columns are code, reference, status, referral, area, provider_note, accepted_by, accepted_by_name, lapses_at, created_at, created_by, amended_at, amended_by, recalled_at, recalled_by, visits, offers, waited_minutes; `--oldest-first` shows the oldest first
        [exit 2]
        $ caredesk offer list --sort age
        2> error: there is no column `age`
        2> hint: the columns are code, package, package_reference, package_status, referral, provider, provider_name, requested_by, requested_at, opens_at, lapses_at, status, responded_at, ended_at, removed_at, waited_minutes, reason; `--oldest-first` shows the oldest first
        [exit 2]
        $ caredesk account list --sort - --columns login
        2> error: invalid value '-' for '--sort <COLUMN>': name a column, such as `status` or `-created_at`
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk account list --sort level --after acme
        2> error: the argument '--sort <COLUMN>' cannot be used with '--after <LOGIN>'
        2>
        2> Usage: caredesk account list [OPTIONS]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk offer list --sort status -o json
        []
    "#]]);
    let of = |line: &str| {
        let mut rows = world.json(line).as_array().unwrap().clone();
        rows.sort_by_key(|row| row["login"].to_string());
        rows
    };
    assert_eq!(of("account list --sort -name"), of("account list"));
    world.set("CAREDESK_TEST_TERMINAL", "80");
    world.story(expect![[r#"
        $ caredesk account list --sort -login --limit 2
        LOGIN  NAME   LEVEL       ACTIVE  RESOURCES
        tracy  tracy  trainee     yes
        sue    sue    supervisor  yes
        2> note: the first 2 accounts of 9 are shown; `--limit` shows more
        $ caredesk account list --sort login --limit 2 --columns login
        LOGIN
        acme
        admin
        2> note: the first 2 accounts are shown; `--after admin` goes on, `--limit` shows
        2>       more
        $ caredesk account list --sort -login --limit 20 --columns login
        LOGIN
        tracy
        sue
        stan
        mute
        cedar
        both
        birch
        admin
        acme
        2> note: 9 accounts
    "#]]);
});

// Rule 1.12: no look is entered at what is not shown.
both_engines!(what_is_entered_in_a_register_is_shown, |world| {
    settle(world);
    world.sql(&format!(
        "INSERT INTO account_permission (account_id, permission) VALUES ({}, 'access-contact-details')",
        key(world, 20)
    ));
    world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme --reference winter");
    world.ok("package respond winter --provider acme --accept");
    world.story(expect![[r#"
        # as acme
        $ caredesk visit list --sort=-start --limit 1
        2> error: `--sort` reads all rows of this list, and each is entered in a register
        2> hint: leave out `--limit`, or `--sort`
        [exit 2]
        $ caredesk client list --sort family --limit 1
        2> error: `--sort` reads all rows of this list, and each is entered in a register
        2> hint: leave out `--limit`, or `--sort`
        [exit 2]
        $ caredesk visit list --sort start --limit 1 --columns code
        CODE
        VIS-000001
        $ caredesk visit list --sort=-start --columns code,client_name
        CODE        CLIENT
        VIS-000002  Ada Moss
        VIS-000001  Ada Moss
        # as admin
        $ caredesk disclosure list --columns client,command,source
        CLIENT      COMMAND     SOURCE
        CLI-00000A  visit list  PKG-SZNCK3
    "#]]);
});
