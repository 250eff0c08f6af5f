//! Resources: agency records and programs, who acts for them, and what a portal account sees.

use expect_test::expect;

use crate::world::World;

/// Two providers; `Acme Care` with a program in an active queue, one in an inactive queue, and one in none.
fn providers(world: &World) {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("provider create 'Oak House'");
    world.ok("queue create Meals --status New --status Done:closed");
    world.ok("queue create Former --status New --status Done:closed");
    world.ok("account create agnes --name Agnes --level provider-portal --resource acme");
    world.ok("account create pia --name Pia --level provider-portal");
    world.ok("provider add-resource acme 'Night shift' --account pia --queue meals");
    world.ok("provider add-resource acme 'Former program' --queue former");
    world.ok("provider add-resource acme 'Loose program'");
    world.ok("provider add-resource oak 'Oak lunch' --queue meals");
    world.ok("queue deactivate former --yes");
}

both_engines!(a_program_is_made_with_its_access, |world| {
    world.ok("init");
    world.ok("provider create 'Acme Care'");
    world.ok("provider create 'Oak House'");
    world.ok("account create rosa --name Rosa --level provider-portal");
    world.ok("account create stan --name Stan --level standard");
    world.story(expect![[r#"
        $ caredesk provider add-resource acme 'Night shift' 'Day shift'
        2> error: unexpected argument 'Day shift' found
        2>
        2> Usage: caredesk provider add-resource [OPTIONS] <PROVIDER> <NAME>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk provider add-resource acme 'Night shift' --account rosa --account ROSA --queue 'home care'
        Created resource RES-KJ2RBK (Night shift) of `Acme Care`: queue `Home care`, account `rosa`.
        $ caredesk provider add-resource acme 'NIGHT  shift'
        2> error: `Acme Care` has a resource `Night shift` already: RES-KJ2RBK
        2> hint: look at it with `caredesk resource show RES-KJ2RBK`
        [exit 4]
        $ caredesk provider add-resource acme 'night shift' --if-not-exists --account stan
        Nothing to change: resource RES-KJ2RBK (Night shift) exists.
        $ caredesk provider add-resource acme 'Acme Care'
        2> error: `Acme Care` has a resource `Acme Care` already: RES-4DHYWN
        2> hint: look at it with `caredesk resource show RES-4DHYWN`
        [exit 4]
        $ caredesk provider add-resource oak 'Night shift'
        Created resource RES-8RYZHX (Night shift) of `Oak House`: no queue sends it referrals, no account acts for it.
        $ caredesk provider add-resource acme Day --account stan
        2> error: account `stan` is of level standard: only a portal account is given resources and permissions
        2> hint: make the account with `--level provider-portal`
        [exit 4]
        $ caredesk provider add-resource acme Day --account nobody
        2> error: there is no account `nobody`
        2> hint: `caredesk account list` shows those that there are
        [exit 3]
        $ caredesk provider add-resource acme Day --queue nowhere
        2> error: there is no queue `nowhere`
        2> hint: `caredesk queue list` shows those that there are
        [exit 3]
        $ caredesk provider add-resource nobody Day
        2> error: there is no provider `nobody`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk provider add-resource acme ''
        2> error: invalid value '' for '<NAME>': a name cannot be empty
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk resource list
        CODE        NAME         PROVIDER   KIND     STATE   PLACES LEFT  CAPACITY NOTE
        RES-4DHYWN  Acme Care    Acme Care  agency   active
        RES-KJ2RBK  Night shift  Acme Care  program  active
        RES-8RYZHX  Night shift  Oak House  program  active
        RES-ZCM1TC  Oak House    Oak House  agency   active
        $ caredesk resource show 'night shift'
        2> error: `night shift` could mean more than one resource
        2> hint: say which: RES-8RYZHX (Night shift), RES-KJ2RBK (Night shift)
        [exit 4]
        $ caredesk audit list --columns action,on --limit 5
        ACTION                 ON
        provider.add-resource  RES-8RYZHX
        queue.add-resource     Home care
        account.add-resource   rosa
        provider.add-resource  RES-KJ2RBK
        account.create         stan
    "#]]);
    world.ok("provider deactivate oak --yes");
    assert_eq!(world.run("provider add-resource oak Day").status, 4);
    for login in ["stan", "rosa"] {
        world.as_user(login);
        assert_eq!(world.run("provider add-resource acme Day").status, if login == "stan" { 6 } else { 3 });
    }
});

both_engines!(a_program_goes_with_its_access, |world| {
    providers(world);
    world.ok("client create --given Ada --family Brook");
    world.ok("referral create --queue meals --client ada");
    world.sql(
        "UPDATE referral SET resource_id = (SELECT id FROM resource WHERE name = 'Night shift'),
            assigned_at = '2026-11-22T09:00:30.000Z'",
    );
    world.story(expect![[r#"
        $ caredesk provider remove-resource acme 'night shift' --yes
        2> error: 1 open referral is assigned to resource `Night shift`
        2> hint: `caredesk referral list --open --resource RES-EWFF1B` shows what to assign to another
        [exit 4]
        $ caredesk resource edit 'night shift' --state inactive
        2> error: 1 open referral is assigned to resource `Night shift`
        2> hint: `caredesk referral list --open --resource RES-EWFF1B` shows what to assign to another
        [exit 4]
        $ caredesk resource edit 'night shift' --state paused --yes
        Changed resource RES-EWFF1B (Night shift): state active → paused. Affected: 1 open referral (REF-EKGE4G); 1 queue (Meals).
        $ caredesk provider remove-resource acme acme
        2> error: the agency record of `Acme Care` stays as long as the provider
        2> hint: `caredesk provider deactivate PRV-MJ18AD`
        [exit 4]
        $ caredesk provider remove-resource acme 'oak lunch'
        2> error: resource `Oak lunch` is of `Oak House`, not of `Acme Care`
        2> hint: `caredesk resource list --provider PRV-MJ18AD` shows its own
        [exit 4]
        $ caredesk provider remove-resource acme nothing
        2> error: there is no resource `nothing`
        2> hint: `caredesk resource list` shows those that there are
        [exit 3]
    "#]]);
    world.sql("UPDATE referral SET status_id = (SELECT queue_status.id FROM queue_status JOIN queue ON queue.id = queue_id WHERE queue.name = 'Meals' AND closed)");
    world.story(expect![[r#"
        $ caredesk provider remove-resource acme 'night shift' --yes
        Changed resource RES-EWFF1B (Night shift): state paused → inactive, without queues and accounts. Affected: 2 accounts that lose access (agnes, pia); 1 queue (Meals).
        $ caredesk provider remove-resource acme 'night shift' --yes
        Nothing to change: resource RES-EWFF1B (Night shift) stays as it is.
        $ caredesk resource show 'night shift'
        Night shift (RES-EWFF1B), program
        provider  Acme Care (PRV-MJ18AD)
        state     inactive
        $ caredesk queue add-resource meals 'night shift'
        2> error: resource `Night shift` is inactive
        2> hint: `caredesk resource edit RES-EWFF1B --state active` brings it back
        [exit 4]
        $ caredesk audit list --columns action,on --limit 4
        ACTION                    ON
        provider.remove-resource  RES-EWFF1B
        queue.remove-resource     Meals
        account.remove-resource   pia
        resource.edit             RES-EWFF1B
        $ caredesk resource list --as pia
        2> note: no resources
        $ caredesk resource list --as agnes
        CODE        NAME       PROVIDER   KIND    STATE   PLACES LEFT  CAPACITY NOTE
        RES-4DHYWN  Acme Care  Acme Care  agency  active
    "#]]);
});

both_engines!(a_resource_is_edited, |world| {
    providers(world);
    world.story(expect![[r#"
        $ caredesk resource edit 'loose program' --name 'Day care' --fees 'free of charge' --email day@acme.example
        Changed resource RES-WF6YT1 (Day care): name Loose program → Day care, fees none → free of charge, email none → day@acme.example.
        $ caredesk resource edit 'day care' --fees none --state paused
        Changed resource RES-WF6YT1 (Day care): state active → paused, fees free of charge → none.
        $ caredesk resource edit 'day care' --state paused
        Nothing to change: resource RES-WF6YT1 (Day care) stays as it is.
        $ caredesk resource edit 'day care' --name 'night shift'
        2> error: `Acme Care` has a resource `Night shift` already: RES-EWFF1B
        2> hint: look at it with `caredesk resource show RES-EWFF1B`
        [exit 4]
        $ caredesk resource edit acme --name 'Acme'
        2> error: the agency record of `Acme Care` carries its name
        2> hint: `caredesk provider edit PRV-MJ18AD --name NAME`
        [exit 4]
        $ caredesk resource edit 'day care' --state closed
        2> error: invalid value 'closed' for '--state <STATE>'
        2>   [possible values: active, paused, inactive]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk resource edit 'day care' --email nowhere
        2> error: invalid value 'nowhere' for '--email <EMAIL>': `nowhere` is not an e-mail address, such as office@example.org
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk resource edit 'day care'
        2> error: the following required arguments were not provided:
        2>   <--name <NAME>|--state <STATE>|--description <TEXT>|--eligibility <TEXT>|--fees <TEXT>|--application-process <TEXT>|--email <EMAIL>|--url <URL>>
        2>
        2> Usage: caredesk resource edit [OPTIONS] <--name <NAME>|--state <STATE>|--description <TEXT>|--eligibility <TEXT>|--fees <TEXT>|--application-process <TEXT>|--email <EMAIL>|--url <URL>> <RESOURCE>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk resource show 'day care' -o json
        {
          "code": "RES-WF6YT1",
          "name": "Day care",
          "provider": "PRV-MJ18AD",
          "provider_name": "Acme Care",
          "kind": "program",
          "state": "paused",
          "description": null,
          "eligibility": null,
          "fees": null,
          "application_process": null,
          "email": "day@acme.example",
          "url": null,
          "queues": [],
          "accounts": [],
          "capacity": null,
          "phones": [],
          "addresses": [],
          "details": [],
          "opening_hours": [],
          "contact_persons": []
        }
        $ caredesk resource list --state paused
        CODE        NAME      PROVIDER   KIND     STATE   PLACES LEFT  CAPACITY NOTE
        RES-WF6YT1  Day care  Acme Care  program  paused
        $ caredesk resource list --provider oak
        CODE        NAME       PROVIDER   KIND     STATE   PLACES LEFT  CAPACITY NOTE
        RES-ZCM1TC  Oak House  Oak House  agency   active
        RES-8RYZHX  Oak lunch  Oak House  program  active
        $ caredesk resource list --limit 1 --after 'former program' -o csv
        code,name,provider,provider_name,kind,state,description,eligibility,fees,application_process,email,url,places_left,capacity_note
        RES-EWFF1B,Night shift,PRV-MJ18AD,Acme Care,program,active,,,,,,,,
    "#]]);
});

both_engines!(a_portal_account_sees_its_scope_and_nothing_else, |world| {
    providers(world);
    world.ok("capacity set acme 3");
    world.ok("capacity set 'night shift' 4 --unit beds");
    world.ok("capacity set 'oak lunch' 5");
    world.ok("capacity set 'former program' 6");
    world.as_user("agnes");
    world.story(expect![[r#"
        $ caredesk resource list
        CODE        NAME         PROVIDER   KIND     STATE   PLACES LEFT  CAPACITY NOTE
        RES-4DHYWN  Acme Care    Acme Care  agency   active            3
        RES-EWFF1B  Night shift  Acme Care  program  active            4
        $ caredesk resource list --provider acme -o csv --columns name,kind
        name,kind
        Acme Care,agency
        Night shift,program
        $ caredesk capacity list
        CODE        RESOURCE     PROVIDER   STATUS    PLACES  UNIT  USED  REMAINING  STARTS AT         ENDS AT
        CAP-KH3QER  Acme Care    Acme Care  in force       3           0          3  2026-11-22 09:00
        CAP-EKGE4G  Night shift  Acme Care  in force       4  beds     0          4  2026-11-22 09:00
        $ caredesk resource show 'night shift'
        Night shift (RES-EWFF1B), program
        provider  Acme Care (PRV-MJ18AD)
        state     active
        capacity  4 of 4 beds left, 0 used since 2026-11-22 09:00
        $ caredesk resource show 'night shift' -o json --columns code,queues,accounts
        {
          "code": "RES-EWFF1B",
          "queues": null,
          "accounts": null
        }
        $ caredesk resource edit 'night shift' --state paused --yes
        2> error: an account of level `provider-portal` may not change providers
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
    for (login, expected) in [
        ("agnes", ["Acme Care", "Night shift"].as_slice()),
        ("pia", &["Night shift"]),
        ("admin", &["Acme Care", "Former program", "Loose program", "Night shift", "Oak House", "Oak lunch"]),
    ] {
        world.as_user(login);
        let names = |list: serde_json::Value, key: &str| {
            let rows = list.as_array().unwrap().iter().map(|row| row[key].as_str().unwrap().to_owned());
            rows.collect::<Vec<_>>()
        };
        assert_eq!(names(world.json("resource list"), "name"), expected, "{login}");
        if login != "admin" {
            assert_eq!(names(world.json("capacity list --all"), "resource_name"), expected, "{login}");
        }
    }
    // A code, a name and the beginning of either of what is hidden read like what is not there.
    world.as_user("admin");
    let code = world.json("resource show 'former program'")["code"].as_str().unwrap().to_owned();
    let entry = world.json("capacity show 'former program'")["in_force"]["code"].as_str().unwrap().to_owned();
    world.as_user("agnes");
    for (there, absent) in [
        (code.as_str(), "RES-000000"),
        (&code[..7], "RES-00"),
        ("former program", "farmer program"),
        ("loose", "lousy"),
        ("oak", "elm"),
    ] {
        for line in [
            "resource show X",
            "resource edit X --state paused --yes",
            "capacity show X",
            "capacity set X 1",
            "capacity list --resource X",
            "resource list --after X",
        ] {
            blind(world, line, there, absent);
        }
    }
    for line in ["capacity edit X --places 1", "capacity remove X", "capacity list --after X"] {
        blind(world, line, &entry, "CAP-000000");
    }
    blind(world, "resource list --provider X", "oak", "elm");
    // With what is hidden the beginning of all codes would be ambiguous; for pia it means the one thing that there is.
    world.as_user("pia");
    assert_eq!(world.json("resource show RES-")["name"], "Night shift");
    assert_eq!(world.run("capacity remove CAP-").status, 6);
    world.as_user("agnes");
    blind(world, "provider remove-resource acme X", "former program", "farmer program");
});

/// What is hidden and what is not there: the same answer to the byte.
fn blind(world: &World, line: &str, there: &str, absent: &str) {
    let ask = |what: &str| {
        let answer = world.run(&line.replace('X', &format!("'{what}'")));
        (answer.status, answer.stdout, answer.stderr.replace(what, "…"))
    };
    let (hidden, missing) = (ask(there), ask(absent));
    assert_eq!(hidden, missing, "{line}: {there}");
    assert_eq!(hidden.0, 3, "{line}: {there}");
}
