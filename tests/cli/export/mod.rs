//! How a hub is set up, as a file (rule 7.31).

mod fhir;
mod hmis;
mod hsds;
mod hsds_remainder;
mod hsds_said;

use expect_test::expect;

use crate::world::{Engine, World};

fn settled(world: &World) {
    world.as_user("anna");
    world.ok("init");
    for line in [
        "hub edit --name 'Alder Care Hub' --signing-age 16",
        "category create Meals",
        "category create 'Personal care'",
        "provider create Harbour --phone '01632 960111'",
        "provider create 'Meadow Care' --email desk@meadow.example",
        "provider add-resource harbour 'Night sitting' --queue 'home care'",
        "provider add-resource harbour Garden",
        "provider add-resource meadow Garden",
        "resource edit 'night sitting' --state paused --fees none --yes",
        "contract create harbour 'Care 2026' --start 2026-01-01 --category 'personal care'",
        "sharing setup harbour --type clinical --level 2 --require-expiry on --default-days 90 --notice 'not to be passed on'",
        "sharing link harbour meadow --type clinical",
        "queue create Transport --status New --status Booked --status Done:closed",
        "account create rosa --name 'Rosa Quill' --level provider-portal --resource harbour --can change-status",
        "account alerts rosa off --kind recalled",
        "account create sue --name 'Sue Hall' --level standard",
        "account disable sue --yes",
    ] {
        world.ok(line);
    }
}

#[test]
fn a_hyphen_is_standard_output_and_no_file() {
    let world = World::new(Engine::Sqlite);
    settled(&world);
    assert_eq!(world.ok("export -"), world.ok("export"));
    assert!(!world.path("-").exists());
}

// Rule 7.31.
both_engines!(how_a_hub_is_set_up_is_a_file, |world| {
    settled(world);
    world.story(expect![[r#"
        $ caredesk export
        caredesk: 1
        hub:
          name: Alder Care Hub
          contact_days: 30
          request_days: 30
          signing_age: 16
        categories:
        - Meals
        - Personal care
        queues:
        - name: Home care
          active: true
          statuses:
          - New
          - Live
          - Closed:closed
          resources:
          - Night sitting
        - name: Transport
          active: true
          statuses:
          - New
          - Booked
          - Done:closed
          resources: []
        providers:
        - name: Harbour
          active: true
          phone: 01632 960111
          programs:
          - name: Garden
            code: RES-EWFF1B
            state: active
          - name: Night sitting
            state: paused
          contracts:
          - name: Care 2026
            starts_on: "2026-01-01"
            categories:
            - Personal care
          sharing:
            clinical:
              level: 2
              client_by_client: true
              require_expiry: true
              release: false
              default_days: 90
              notice: not to be passed on
              with:
              - Meadow Care
        - name: Meadow Care
          active: true
          email: desk@meadow.example
          programs:
          - name: Garden
            code: RES-12T84A
            state: active
        accounts:
        - login: anna
          name: anna
          level: admin
          active: true
        - login: rosa
          name: Rosa Quill
          level: provider-portal
          active: true
          can:
          - change-status
          resources:
          - Harbour
          alerts_off:
          - recalled
        - login: sue
          name: Sue Hall
          level: standard
          active: false
        $ caredesk export hub.yaml
        2> note: wrote hub.yaml
        $ caredesk export hub.yaml
        2> error: there is a file `hub.yaml` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk export hub.json
        2> note: wrote hub.json
        $ caredesk diff hub.yaml
        2> note: they are set up alike
        $ caredesk diff hub.json hub.yaml
        2> note: they are set up alike
        $ caredesk provider edit harbour --phone none --email desk@harbour.example
        Changed provider PRV-85Y0YW (Harbour): email none → desk@harbour.example, phone 01632 960111 → none.
        $ caredesk account permit rosa respond-packages
        Changed account rosa: permissions change-status → change-status, respond-packages.
        $ caredesk export now.yaml
        2> note: wrote now.yaml
        $ caredesk diff hub.yaml now.yaml
        --- hub.yaml
        +++ now.yaml
        @@ providers
         providers:
         - name: Harbour
           active: true
        -  phone: 01632 960111
        +  email: desk@harbour.example
           programs:
           - name: Garden
             code: RES-EWFF1B
        @@ accounts, rosa
           active: true
           can:
           - change-status
        +  - respond-packages
           resources:
           - Harbour
           alerts_off:
        [exit 11]
        $ caredesk -o json diff hub.yaml
        [
        {"sign":"removed","line":"  phone: 01632 960111","within":"providers, Harbour"},
        {"sign":"added","line":"  - respond-packages","within":"accounts, rosa"}
        ]
        [exit 11]
        # as rosa
        $ caredesk export
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk diff hub.yaml
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

both_engines!(two_databases_are_compared, |world| {
    settled(world);
    world.ok("--db other.db init");
    world.ok("--db other.db queue create Transport --status New --status Done:closed");
    world.story(expect![[r#"
        $ caredesk --db other.db export other.yaml
        2> note: wrote other.yaml
        $ caredesk --db other.db diff other.db
        2> note: they are set up alike
        $ caredesk --db other.db category create Meals
        Created category `Meals`.
        $ caredesk --db other.db diff other.yaml
        2> note: they are set up alike
        $ caredesk diff missing.db
        2> error: there is no database at `missing.db`
        2> hint: create one with `caredesk init`, or name another with `--db`
        [exit 8]
        $ caredesk diff missing.yaml
        2> error: there is no file `missing.yaml`
        [exit 5]
    "#]]);
    let answer = world.run("diff other.db");
    assert_eq!(answer.status, 11, "{}", answer.stderr);
    assert!(answer.stdout.contains("\n+- name: Harbour\n"), "{}", answer.stdout);
});

#[test]
fn what_a_file_says_wrong_is_named() {
    let world = World::new(Engine::Sqlite);
    settled(&world);
    let mut text = String::new();
    for content in [
        "providers: []",
        "caredesk: 2",
        "caredesk: 1\nprovders: []",
        "caredesk: 1\nproviders:\n- name: Garden\n- name: Garden",
        "caredesk: 1\nqueues:\n- name: Transport\n  resources: [Garden]",
        "caredesk: 1\nqueues:\n- name: Transport\n  resources: [Nowhere]",
        "caredesk: 1\naccounts:\n- login: rosa\n  can: [change-statuses]",
        "caredesk: 1\naccounts:\n- login: rosa\n- login: Rosa",
    ] {
        world.write("hub.yaml", content);
        let answer = world.run("diff hub.yaml");
        text += &format!("{content}\n  [{}] {}\n", answer.status, answer.stderr.trim().replace('\n', "\n  "));
    }
    expect![[r#"
        providers: []
          [5] error: `hub.yaml`, line 1: missing field `caredesk`
          hint: `caredesk schema export` describes the file
        caredesk: 2
          [5] error: this is form 2 of a state, and 1 is known
        caredesk: 1
        provders: []
          [5] error: `hub.yaml`, line 2: unknown field `provders`, expected one of caredesk, hub, categories, queues, providers, accounts
          hint: `caredesk schema export` describes the file
        caredesk: 1
        providers:
        - name: Garden
        - name: Garden
          [5] error: the file speaks twice of the provider `Garden`
        caredesk: 1
        queues:
        - name: Transport
          resources: [Garden]
          [5] error: there are several of the name `Garden`, so which provider or program is meant is open
          hint: write its code: RES-12T84A and RES-EWFF1B
        caredesk: 1
        queues:
        - name: Transport
          resources: [Nowhere]
          [5] error: neither the file nor the database has a provider or program `Nowhere`
        caredesk: 1
        accounts:
        - login: rosa
          can: [change-statuses]
          [5] error: `hub.yaml`, line 4: unknown variant `change-statuses`, expected one of edit-capacity, change-status, access-contact-details, respond-packages, answer-sharing
          hint: `caredesk schema export` describes the file
        caredesk: 1
        accounts:
        - login: rosa
        - login: Rosa
          [5] error: the file speaks twice of the account `Rosa`
    "#]].assert_eq(&text);
}
