//! `package list`, `package show` and `package rename`, from the hub.

use expect_test::expect;

use super::offered;
use crate::town::refusal;

both_engines!(a_package_may_be_renamed, |world| {
    offered(world);
    world.story(expect![[r#"
        $ caredesk package rename winter 'Winter 2026'
        Changed package PKG-SZNCK3 (Winter 2026): reference winter → Winter 2026.
        $ caredesk package rename 'winter 2026' 'WINTER 2026'
        Changed package PKG-SZNCK3 (WINTER 2026): reference Winter 2026 → WINTER 2026.
        $ caredesk package rename 'winter 2026' 'WINTER 2026'
        Nothing to change: package PKG-SZNCK3 (WINTER 2026) stays as it is.
        $ caredesk package list --columns reference
        REFERENCE
        WINTER 2026
        $ caredesk package show winter -q
        PKG-SZNCK3
    "#]]);
});

both_engines!(lists_in_every_format, |world| {
    offered(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme --reference 'a,\"b\"'");
    world.story(expect![[r#"
        $ caredesk package list
        REFERENCE  STATUS   REFERRAL    ACCEPTED BY  CREATED AT        VISITS  OFFERS  WAITED
        a,"b"      pending  REF-00000A               2026-11-22 10:00       1       1   0 min
        winter     pending  REF-00000A               2026-11-22 10:00       2       3   0 min
        $ caredesk package list -q
        PKG-EG2QXC
        PKG-SZNCK3
        $ caredesk package list --columns status,reference
        STATUS   REFERENCE
        pending  a,"b"
        pending  winter
        $ caredesk package list --columns reference,status -o csv
        reference,status
        "a,""b""",pending
        winter,pending
        $ caredesk package list --columns reference,status -o tsv
        reference	status
        "a,""b"""	pending
        winter	pending
        $ caredesk package list --columns reference,status -o json
        [
        {"reference":"a,\"b\"","status":"pending"},
        {"reference":"winter","status":"pending"}
        ]
        $ caredesk package list --columns reference,status -o jsonl
        {"reference":"a,\"b\"","status":"pending"}
        {"reference":"winter","status":"pending"}
        $ caredesk package list --columns reference --status accepted
        2> note: no packages
        $ caredesk package list --columns reference --status accepted -o json
        []
        $ caredesk package list --columns reference --status accepted -o jsonl
        $ caredesk package list --columns reference --status accepted -o csv
        reference
        $ caredesk package list --columns reference,status --limit 1
        REFERENCE  STATUS
        a,"b"      pending
        $ caredesk package list --columns reference,status --provider birch --referral ref-00000a
        REFERENCE  STATUS
        winter     pending
        $ caredesk package list --columns reference --after winter
        2> note: no packages
        $ caredesk package list --columns code,colour -o json
        2> {"error":{"kind":"usage","code":"usage.unknown_column","message":"there is no column `colour`","hint":"the columns are code, reference, status, referral, area, provider_note, accepted_by, accepted_by_name, lapses_at, created_at, created_by, amended_at, amended_by, recalled_at, recalled_by, visits, offers, waited_minutes","details":{}}}
        [exit 2]
        $ caredesk package show winter --columns reference,colour
        2> error: there is no column `colour`
        2> hint: the columns are code, reference, status, referral, area, provider_note, accepted_by, accepted_by_name, lapses_at, created_at, created_by, amended_at, amended_by, recalled_at, recalled_by, visits, offers, client, client_name, address, postal_code, phones, carer_note, weeks
        [exit 2]
    "#]]);
});

both_engines!(a_reference_may_be_short_and_not_ambiguous, |world| {
    offered(world);
    world.ok("outsource create REF-00000A --visit VIS-000003 --provider acme --reference 'winter 2'");
    world.ok("outsource create REF-00000A --visit VIS-000004 --provider acme --reference 'windy'");
    assert_eq!(world.json("package show WINTER")["reference"], "winter");
    assert_eq!(world.json("package show ' wint\u{e9}r  2 '")["reference"], "winter 2");
    assert_eq!(refusal(world, "package show win").1, "package.ambiguous");
    world.sql("UPDATE package SET code = 'PKG-AAAAA' || CASE reference WHEN 'winter' THEN '1' WHEN 'windy' THEN '2' ELSE 'B' END");
    world.story(expect![[r#"
        $ caredesk package show win
        2> error: `win` could mean more than one package
        2> hint: say which: PKG-AAAAA1 (winter), PKG-AAAAA2 (windy), PKG-AAAAAB (winter 2)
        [exit 4]
        $ caredesk package show pkg-aaaaa
        2> error: `pkg-aaaaa` could mean more than one package
        2> hint: say which: PKG-AAAAA1 (winter), PKG-AAAAA2 (windy), PKG-AAAAAB (winter 2)
        [exit 4]
        $ caredesk package show pkg-aaaaal -q
        PKG-AAAAA1
        $ caredesk package show pkg-b
        2> error: there is no package `pkg-b`
        2> hint: `caredesk package list` shows those that there are
        [exit 3]
    "#]]);
});
