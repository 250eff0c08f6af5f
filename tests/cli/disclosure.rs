//! The register of looks at another provider's records.

use expect_test::expect;

// Rule 3.10.
both_engines!(looks_are_listed_by_whom_and_when, |world| {
    world.ok("init");
    world.ok("account create sue --name Sue --level supervisor");
    for name in ["Oak", "Harbour", "Willow"] {
        world.ok(&format!("provider create {name}"));
    }
    world.ok("account create port --name Port --level provider-portal --resource harbour");
    world.ok("client create --given Ada --family Moss");
    world.ok("client create --given Bo --family Moss");
    for kind in ["services", "forms"] {
        world.ok(&format!("record add ada --provider oak --type {kind} --date today --title Note"));
        world.ok(&format!("sharing setup oak --type {kind} --level 1 --client-by-client off"));
        world.ok(&format!("sharing link oak harbour --type {kind}"));
    }
    world.ok("sharing link oak willow --type forms");
    world.at("2026-11-23T23:30:00Z");
    world.ok("record list ada --viewer harbour");
    world.at("2026-11-24T00:10:00Z");
    world.ok("record list ada --viewer willow");
    world.ok("record list ada --viewer harbour --type forms --as port");
    // The hub itself, an owner and a look that shows nothing are no disclosures.
    world.ok("record list ada");
    world.ok("record list ada --viewer oak");
    world.ok("record list bo --viewer harbour");
    world.story(expect![[r#"
        $ caredesk disclosure list --columns at,client_name,owner_name,recipient_name,type,records,basis,source,by,acted_by
        AT                CLIENT    OWNER  RECIPIENT  TYPE      RECORDS  BASIS      SOURCE  BY     ACTED BY
        2026-11-24 00:10  Ada Moss  Oak    Harbour    forms           1  automatic          port   admin
        2026-11-24 00:10  Ada Moss  Oak    Willow     forms           1  automatic          admin
        2026-11-23 23:30  Ada Moss  Oak    Harbour    forms           1  automatic          admin
        2026-11-23 23:30  Ada Moss  Oak    Harbour    services        1  automatic          admin
        $ caredesk disclosure list --columns at,client_name,owner_name,recipient_name,type,records,basis,source,by,acted_by --until 2026-11-23
        AT                CLIENT    OWNER  RECIPIENT  TYPE      RECORDS  BASIS      SOURCE  BY     ACTED BY
        2026-11-23 23:30  Ada Moss  Oak    Harbour    forms           1  automatic          admin
        2026-11-23 23:30  Ada Moss  Oak    Harbour    services        1  automatic          admin
        $ caredesk disclosure list --columns at,client_name,owner_name,recipient_name,type,records,basis,source,by,acted_by --since 2026-11-24 --recipient willow
        AT                CLIENT    OWNER  RECIPIENT  TYPE   RECORDS  BASIS      SOURCE  BY     ACTED BY
        2026-11-24 00:10  Ada Moss  Oak    Willow     forms        1  automatic          admin
        $ caredesk disclosure list --columns at,client_name,owner_name,recipient_name,type,records,basis,source,by,acted_by --client bo
        2> note: no disclosures
        $ caredesk disclosure list --columns at,client_name,owner_name,recipient_name,type,records,basis,source,by,acted_by --owner harbour -o json
        []
        $ caredesk disclosure list --limit 1 -o jsonl --columns recipient_name,command
        {"recipient_name":"Harbour","command":"record list"}
        $ caredesk disclosure list --client nobody
        2> error: there is no client `nobody`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk disclosure list --limit 0
        2> error: invalid value '0' for '--limit <N>': 0 is not in 1..9223372036854775807
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk disclosure list --as port --client nobody
        2> error: an account of level `provider-portal` may not read the register of disclosures
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    assert_eq!(world.run("disclosure list --as sue").status, 0);
});

// Lines have no code to go on after: each page begins after the last line of the one before.
both_engines!(every_page_of_a_long_register_is_listed, |world| {
    world.ok("init");
    world.ok("provider create Oak");
    world.ok("provider create Harbour");
    world.ok("sharing setup oak --type forms --level 1 --client-by-client off");
    world.ok("sharing link oak harbour --type forms");
    for number in 0..7 {
        world.ok(&format!("client create --given Ada{number} --family Moss"));
        world.ok(&format!("record add ada{number} --provider oak --type forms --date today --title Note"));
        world.ok(&format!("record list ada{number} --viewer harbour"));
    }
    let lines = world.json("disclosure list --columns client_name");
    let names: Vec<&str> =
        lines.as_array().unwrap().iter().map(|line| line["client_name"].as_str().unwrap()).collect();
    let expected: Vec<String> = (0..7).rev().map(|number| format!("Ada{number} Moss")).collect();
    assert_eq!(names, expected);
});

// Rule 3.10.
both_engines!(a_look_of_staff_through_its_eyes_is_no_look_of_a_provider, |world| {
    world.ok("init");
    world.ok("provider create Oak");
    world.ok("provider create Harbour");
    world.ok("account create port --name Port --level provider-portal --resource harbour");
    world.ok("client create --given Ada --family Moss");
    world.sql("UPDATE client SET code = 'CLI-000001'");
    world.ok("sharing setup oak --type forms --level 1 --client-by-client off");
    world.ok("sharing link oak harbour --type forms");
    world.ok("record add ada --provider oak --type forms --date today --title Note");
    world.ok("record list ada --viewer harbour");
    world.ok("record list CLI-000001 --as port");
    world.story(expect![[r#"
        $ caredesk disclosure list --columns recipient_name,by,preview
        RECIPIENT  BY     PREVIEW
        Harbour    port   no
        Harbour    admin  yes
        $ caredesk disclosure pdf ada --file ada.pdf --dry-run
        dry run: Wrote the register of client CLI-000001 (Ada Moss) to ada.pdf.
        $ caredesk disclosure pdf ada --file ada.pdf
        Wrote the register of client CLI-000001 (Ada Moss) to ada.pdf.
        $ caredesk disclosure pdf ada --file ada.pdf
        2> error: there is a file `ada.pdf` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk disclosure pdf nobody --file other.pdf
        2> error: there is no client `nobody`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk disclosure pdf ada --file other.pdf --as port
        2> error: an account of level `provider-portal` may not read the register of disclosures
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk audit list --limit 1 --columns by,action,on
        BY     ACTION          ON
        admin  disclosure.pdf  CLI-000001
    "#]]);
    assert!(std::fs::read(world.path("ada.pdf")).unwrap().starts_with(b"%PDF-"));
});
