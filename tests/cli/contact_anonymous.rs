//! Contacts of people who do not say who they are: taken in, referred, answered by number, and known later or never.

use expect_test::expect;

use crate::contact_pdf::text_of;
use crate::own_list;
use crate::town::{settle, sound};
use crate::world::World;

fn hub(world: &World) {
    world.ok("init");
    world.ok("provider create 'Harbour Food'");
    world.ok("queue create Food --status New --status Done:closed");
    world.ok("queue add-resource food harbour");
    for (login, can) in [("rosa", ""), ("wim", " --can access-contact-details")] {
        world.ok(&format!(
            "account create {login} --name {login} --level provider-portal --resource harbour{can}"
        ));
    }
}

/// The client of a contact, whom transcripts call so.
fn called(world: &World, name: &str, number: &str) -> String {
    let client = world.json(&format!("contact show {number}"))["client"].as_str().unwrap().to_owned();
    world.call(name, &client);
    client
}

// Rules 2.7 and 2.14.
both_engines!(who_rings_without_a_name_is_taken_in_and_referred, |world| {
    hub(world);
    world.story(expect![[r#"
        $ caredesk contact create --anonymous --number 26-1 --postal-code 'M14 5TQ' --details 'Food for two.'
        Created contact 26-1 and client CLI-R7WWMH (anonymous).
        $ caredesk contact create --anonymous
        Created contact CON-T13XZN and client CLI-1R87PT (anonymous).
        $ caredesk contact create --given Ada --family Brook --number 26-3
        Created contact 26-3 and client CLI-3HSQTD (Ada Brook).
        $ caredesk referral create --queue food --contact 26-1 --resource harbour
        Created referral REF-WF6YT1 for anonymous in `Food`, status `New`, at `Harbour Food`; no account is alerted (no e-mail address).
        $ caredesk contact list
        NUMBER      GIVEN  FAMILY     POSTAL CODE  SUBMITTED ON  CLIENT
        26-3        Ada    Brook                   2026-11-22    CLI-3HSQTD
        CON-T13XZN         anonymous               2026-11-22    CLI-1R87PT
        26-1               anonymous  M14 5TQ      2026-11-22    CLI-R7WWMH
        $ caredesk contact list --anonymous --columns number,given,family,client,client_name
        NUMBER      GIVEN  FAMILY     CLIENT      CLIENT NAME
        CON-T13XZN         anonymous  CLI-1R87PT  anonymous
        26-1               anonymous  CLI-R7WWMH  anonymous
        $ caredesk contact list --anonymous -o json --until today --limit 1
        [
        {"number":"CON-T13XZN","given":"","family":"","postal_code":null,"submitted_on":"2026-11-22","client":"CLI-1R87PT","client_name":"","anonymous":true}
        ]
        $ caredesk contact show 26-1
        26-1: anonymous
        submitted    2026-11-22
        postal code  M14 5TQ
        client       CLI-R7WWMH
        created      2026-11-22 09:00 (just now) by admin

        Food for two.

        CODE        QUEUE  RESOURCE      STATUS
        REF-WF6YT1  Food   Harbour Food  New
        $ caredesk contact show 26-1 -o json
        {
          "number": "26-1",
          "given": "",
          "family": "",
          "postal_code": "M14 5TQ",
          "phone": null,
          "email": null,
          "submitted_on": "2026-11-22",
          "details": "Food for two.",
          "anonymous": true,
          "client": "CLI-R7WWMH",
          "client_name": "",
          "created_at": "2026-11-22T09:00:06Z",
          "created_by": "admin",
          "referrals": [
            {
              "code": "REF-WF6YT1",
              "queue": "Food",
              "resource": "RES-4DHYWN",
              "resource_name": "Harbour Food",
              "status": "New"
            }
          ]
        }
        $ caredesk client list
        CODE        GIVEN  FAMILY  BIRTH DATE  POSTAL CODE  ID  STATUS
        CLI-3HSQTD  Ada    Brook                                active
        $ caredesk client list --anonymous
        CODE        GIVEN  FAMILY     BIRTH DATE  POSTAL CODE  ID  STATUS
        CLI-R7WWMH         anonymous              M14 5TQ          active
        CLI-1R87PT         anonymous                               active
        $ caredesk client list --anonymous -o csv
        code,given,family,birth_date,postal_code,address,phones,carer_note,id,status,since_on,former_names,anonymous
        CLI-R7WWMH,,,,M14 5TQ,,[],,,active,,[],true
        CLI-1R87PT,,,,,,[],,,active,,[],true
        $ caredesk referral list
        CODE        QUEUE  STATUS  CLIENT     RESOURCE      NOTE  CREATED AT
        REF-WF6YT1  Food   New     anonymous  Harbour Food        2026-11-22 09:00
        $ caredesk find m145tq
        KIND     CODE        NAME                             MATCHED              COMMAND
        client   CLI-R7WWMH  anonymous, without a birth date  postal code M14 5TQ  caredesk client show CLI-R7WWMH
        contact  26-1        anonymous, submitted 2026-11-22  postal code M14 5TQ  caredesk contact show 26-1
        $ caredesk find anonymous
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk client duplicates
        2> note: nothing looks as if it were there twice
        # as rosa
        $ caredesk referral list
        CODE        QUEUE  RESOURCE      CONTACT NUMBER  STATUS  NOTE  CONTACT    CONTACT DATE  POSTAL CODE
        REF-WF6YT1  Food   Harbour Food  26-1            New           anonymous  2026-11-22    M14 5TQ
        $ caredesk referral list -o json
        [
        {"code":"REF-WF6YT1","queue":"Food","resource":"Harbour Food","contact_number":"26-1","status":"New","note":null,"contact_name":"","contact_date":"2026-11-22","postal_code":"M14 5TQ"}
        ]
        $ caredesk contact show 26-1
        2> error: there is no contact `26-1`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        # as wim
        $ caredesk referral list --columns contact_name,client_name
        CONTACT    CLIENT
        anonymous  anonymous
        $ caredesk contact list
        NUMBER  GIVEN  FAMILY     POSTAL CODE  SUBMITTED ON  CLIENT
        26-1           anonymous  M14 5TQ      2026-11-22
        $ caredesk contact show 26-1
        26-1: anonymous
        submitted    2026-11-22
        postal code  M14 5TQ
        created      2026-11-22 09:00 (just now) by admin

        Food for two.

        CODE        QUEUE  RESOURCE      STATUS
        REF-WF6YT1  Food   Harbour Food  New
    "#]]);
    world.as_user("admin");
    world.ok("contact pdf 26-1 --file intake.pdf");
    if let Some(text) = text_of(&world.path("intake.pdf")) {
        assert!(text.contains("anonymous") && text.contains("Food for two."), "{text}");
    }
});

// Rule 2.14.
both_engines!(who_was_anonymous_turns_out_to_be_a_client, |world| {
    hub(world);
    world.ok("client create --given Ada --family Brook --birth-date 1941-03-02");
    world.ok("contact create --anonymous --number 26-1 --postal-code 'M14 5TQ'");
    world.ok("referral create --queue food --contact 26-1 --resource harbour");
    called(world, "<ANON>", "26-1");
    world.story(expect![[r#"
        $ caredesk contact create --client <ANON> --number 26-2
        Created contact 26-2 for anonymous (<ANON>).
        $ caredesk contact edit 26-1 --client ada
        2> error: this must be confirmed: Is the anonymous <ANON> of contact 26-1 Ada Brook, born 1941-03-02 (CLI-KJ2RBK), and from now on only CLI-KJ2RBK? This cannot be taken back. It brings 2 contacts, 1 referral. `Harbour Food` has referrals or visits of this person, and may see from now on who it is.
        2> hint: confirm with `--yes`, or try it first with `--dry-run`
        [exit 2]
        $ caredesk contact edit 26-1 --client ada --dry-run
        dry run: Changed contact 26-1: client <ANON> → CLI-KJ2RBK, client name anonymous → Ada Brook.
        2> note: <ANON> is CLI-KJ2RBK from now on, with 2 contacts, 1 referral
        2> note: `Harbour Food` has referrals or visits of this person, and may see from now on who it is
        $ caredesk contact edit 26-1 --client ada --yes
        Changed contact 26-1: client <ANON> → CLI-KJ2RBK, client name anonymous → Ada Brook.
        2> note: <ANON> is CLI-KJ2RBK from now on, with 2 contacts, 1 referral
        2> note: `Harbour Food` has referrals or visits of this person, and may see from now on who it is
        $ caredesk contact edit 26-1 --client ada
        Nothing to change: contact 26-1 stays as it is.
        $ caredesk contact list --columns number,family,client,client_name
        NUMBER  FAMILY     CLIENT      CLIENT NAME
        26-2    anonymous  CLI-KJ2RBK  Ada Brook
        26-1    anonymous  CLI-KJ2RBK  Ada Brook
        $ caredesk client show ada
        code             CLI-KJ2RBK
        given            Ada
        family           Brook
        birth date       1941-03-02
        postal code      M14 5TQ
        status           active
        active releases  0

        CODE        QUEUE  STATUS  RESOURCE      SINCE AT
        REF-12T84A  Food   New     Harbour Food  2026-11-22 09:00 (just now)
        $ caredesk client list --anonymous
        2> note: no clients
        $ caredesk audit list --limit 3 --columns action,on
        ACTION        ON
        contact.edit  26-1
        client.merge  CLI-KJ2RBK
        client.merge  <ANON>
        # as rosa
        $ caredesk referral list --columns contact_number,contact_name,postal_code
        CONTACT NUMBER  CONTACT    POSTAL CODE
        26-1            anonymous  M14 5TQ
        # as wim
        $ caredesk referral list --columns contact_number,contact_name,client_name
        CONTACT NUMBER  CONTACT    CLIENT
        26-1            anonymous  Ada Brook
        # as admin
        $ caredesk contact edit 26-1 --given Ada --family Brook
        Changed contact 26-1 (Ada Brook): given none → Ada, family anonymous → Brook, anonymous yes → no.
        # as rosa
        $ caredesk referral list --columns contact_number,contact_name,postal_code
        CONTACT NUMBER  CONTACT    POSTAL CODE
        26-1            Ada Brook  M14 5TQ
    "#]]);
    world.as_user("admin");
    sound(world);
});

// Rule 2.14.
both_engines!(who_was_anonymous_gets_a_name, |world| {
    hub(world);
    world.ok("contact create --anonymous --number 26-1");
    world.ok("contact create --anonymous --number 26-2");
    world.ok("referral create --queue food --contact 26-1 --resource harbour");
    called(world, "<ONE>", "26-1");
    called(world, "<TWO>", "26-2");
    world.story(expect![[r#"
        $ caredesk client edit <ONE> --given Ada --family Brook
        Changed client <ONE> (Ada Brook): given none → Ada, family anonymous → Brook, anonymous yes → no.
        2> note: `Harbour Food` has referrals or visits of this person, and may see from now on who it is
        $ caredesk contact edit 26-2 --family Moss
        Changed contact 26-2 (Moss): family anonymous → Moss, anonymous yes → no, client name anonymous → Moss.
        2> note: <TWO> is Moss from now on
        $ caredesk contact list --columns number,family,client,client_name,anonymous
        NUMBER  FAMILY     CLIENT      CLIENT NAME  ANONYMOUS
        26-2    Moss       <TWO>  Moss         no
        26-1    anonymous  <ONE>  Ada Brook    yes
        $ caredesk client list
        CODE        GIVEN  FAMILY  BIRTH DATE  POSTAL CODE  ID  STATUS
        <ONE>  Ada    Brook                                active
        <TWO>         Moss                                 active
        $ caredesk client list --anonymous
        2> note: no clients
        $ caredesk find brook
        KIND    CODE        NAME                             MATCHED  COMMAND
        client  <ONE>  Ada Brook, without a birth date  name     caredesk client show <ONE>
        $ caredesk contact edit 26-1 --given Ada --family Brook
        Changed contact 26-1 (Ada Brook): given none → Ada, family anonymous → Brook, anonymous yes → no.
        $ caredesk client show <TWO> -o json
        {
          "code": "<TWO>",
          "given": "",
          "family": "Moss",
          "birth_date": null,
          "postal_code": null,
          "address": null,
          "phones": [],
          "carer_note": null,
          "id": null,
          "status": "active",
          "since_on": null,
          "former_names": [],
          "anonymous": false,
          "active_releases": 0,
          "still_planned": [],
          "open_referrals": [],
          "packages": [],
          "next_visits": [],
          "enrolments": [],
          "shared_with": [],
          "same_birth_date": []
        }
    "#]]);
    sound(world);
});

// Rule 2.14. Consent and records are of people who are known.
both_engines!(what_is_not_done_for_who_is_anonymous, |world| {
    settle(world);
    world.ok("sharing setup acme --type services --level 1 --client-by-client on");
    world.ok("sharing link acme birch --type services");
    world.ok("contact create --anonymous --number 26-1");
    world.ok("contact create --client CLI-00000A --number 26-2");
    world.write("paper.pdf", crate::release::PDF);
    world.ok("contact create --anonymous --number 26-3");
    let client = called(world, "<ANON>", "26-1");
    called(world, "<OTHER>", "26-3");
    world.write(
        "enrolments.csv",
        format!("client,provider,status,since_on\n{client},acme,active,2026-11-01\n"),
    );
    world.write(
        "records.csv",
        format!("client,provider,type,date,title,id\n{client},acme,services,2026-11-01,Visit,7\n"),
    );
    world.write("named.csv", "number,given,family\n26-1,Ada,Brook\n");
    world.write("unnamed.csv", "number,anonymous\n26-2,yes\n");
    world.refusals(expect![[r#"
        4 client.anonymous           client enroll <ANON> acme
        5 import.rejected            client import-enrolments enrolments.csv
        4 client.anonymous           record add <ANON> --provider acme --type services --date 2026-11-20 --title Visit
        5 import.rejected            record import records.csv
        4 client.anonymous           release add <ANON> --owner acme --type services --document paper.pdf --signed 2026-11-20 --all-providers
        4 client.anonymous           sharing request <ANON> --owner acme --recipient birch --type services
        4 client.anonymous           sharing explain <ANON>
        4 client.anonymous           sharing explain <ANON> --owner acme --recipient birch --type services
        4 client.anonymous           client merge CLI-00000A --into <ANON> --yes
        4 contact.known              contact edit 26-2 --client <ANON> --yes
        4 contact.known              contact edit 26-2 --client CLI-00000B --yes
        4 client.anonymous           contact edit 26-1 --client <OTHER> --family Moss --yes
        5 client.family              contact edit 26-1 --given Ada
        5 client.family              client edit <ANON> --given Ada
        5 import.rejected            contact import named.csv
        5 import.rejected            contact import unnamed.csv
        2 usage                      contact create --anonymous --client CLI-00000A
        2 usage                      contact create --anonymous --given Ada
        2 usage                      client list --anonymous --name a
    "#]]);
    world.story(expect![[r#"
        $ caredesk client enroll <ANON> acme
        2> error: <ANON> is anonymous: only who is known is enrolled, has records, and consents to sharing
        2> hint: `caredesk client edit <ANON> --given NAME --family NAME` says who it is; if it is a client that you know, `caredesk contact edit NUMBER --client CLIENT` does
        [exit 4]
        $ caredesk contact edit 26-2 --client CLI-00000B
        2> error: contact 26-2 is of Ada Moss (CLI-00000A), who is not anonymous
        2> hint: if both are one person, `caredesk client merge CLI-00000A --into CLI-00000B` says so
        [exit 4]
        $ caredesk client merge CLI-00000A --into <ANON>
        2> error: CLI-00000A (Ada Moss) cannot be merged into <ANON>, which is anonymous
        2> hint: `caredesk client merge <ANON> --into CLI-00000A` makes one of them
        [exit 4]
        $ caredesk account explain acme --client <ANON>
        acme does not see the client anonymous (<ANON>): anonymous is not active at Acme Care.

          ✓ met      account                 acme is enabled
          ✓ met      level                   acme is of level provider-portal, which sees what its resources give
          ✓ met      agency                  acme speaks for Acme Care
          ✓ met      provider                Acme Care is active
          ✗ not met  enrolment               anonymous is not active at Acme Care
                                             needs a name of the person, by `caredesk client edit`
          ✗ not met  answer sharing          acme lacks answer-sharing: with it the clients of its providers are seen
                     $ caredesk account permit acme answer-sharing
          ✗ not met  visits                  its providers have no visits of anonymous, or the last was too long ago
          ✗ not met  access contact details  acme lacks access-contact-details: with it those are seen of whom its providers have visits
    "#]]);
});

// Rules 2.14 and 5.4.
both_engines!(anonymous_contacts_come_from_a_table, |world| {
    settle(world);
    world.write(
        "intake.csv",
        "number,client,given,family,postal_code,details,anonymous\n\
        17/1,CLI-00000A,Ada,Moss,,Fell twice.,no\n\
        17/2,,,,M14 5TQ,Food for two.,yes\n\
        17/3,,,,,,Ja\n",
    );
    world.write("unsaid.csv", "number,client,given,family,anonymous\n17/4,CLI-00000A,,,\n17/5,,Ada,Moss,yes\n17/6,,,,no\n17/7,,,,maybe\n");
    world.story(expect![[r#"
        $ caredesk contact import intake.csv
        Contacts: 3 read, 3 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-K0MQDS: `caredesk import undo IMP-K0MQDS` takes it back.
        $ caredesk contact import intake.csv
        Contacts: 3 read, 0 created, 0 updated, 3 unchanged, 0 rejected.
        $ caredesk contact list --columns number,given,family,postal_code,anonymous
        NUMBER  GIVEN  FAMILY     POSTAL CODE  ANONYMOUS
        17/3           anonymous               yes
        17/2           anonymous  M14 5TQ      yes
        17/1    Ada    Moss                    no
        $ caredesk client list --anonymous --columns postal_code,anonymous
        POSTAL CODE  ANONYMOUS
        M14 5TQ      yes
                     yes
        $ caredesk contact import unsaid.csv
        2> rejected: unsaid.csv line 2: has no given
        2> rejected: unsaid.csv line 3: is anonymous, and has a name
        2> rejected: unsaid.csv line 4: has no given
        2> rejected: unsaid.csv line 5: column `anonymous`: `maybe` is neither yes nor no
        2> error: 4 of 4 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
    own_list::changes_nothing(world, "contact list", "contact import", 3);
    own_list::changes_nothing(world, "client list --anonymous", "client import", 2);
    sound(world);
    let code = world.json("import list")[0]["code"].as_str().unwrap().to_owned();
    world.ok(&format!("import undo {code} --yes"));
    assert_eq!(world.json("client list --anonymous"), serde_json::json!([]));
    sound(world);
});
