//! The second job, from a fresh database: a portal account is set up, is told of a referral, works it through its queue,
//! says how many it can take, is trusted with details, and loses sight of what is given to another.

use expect_test::expect;

use crate::contact_pdf::{dense, text_of};
use crate::mail_host::{MailHost, Manners};
use crate::world::{World, aloud};

both_engines!(a_referral_goes_to_a_provider_and_the_loop_closes, |world| {
    world.at("2026-11-23T09:00:00Z");
    set_up(world);
    taken_and_assigned(world);
    told(world);
    worked(world);
    trusted(world);
    given_to_another(world);
    world.ok("audit verify");
});

fn set_up(world: &World) {
    world.ok("init");
    world.story(expect![[r#"
        $ caredesk provider create 'Harbour Home Care'
        Created provider PRV-MJ18AD (Harbour Home Care).
        $ caredesk provider create 'Willow Lane Care'
        Created provider PRV-1FS91H (Willow Lane Care).
        $ caredesk provider add-resource harbour 'Harbour Reablement'
        Created resource RES-W8607R (Harbour Reablement) of `Harbour Home Care`: no queue sends it referrals, no account acts for it.
        $ caredesk queue create Reablement --status Referred --status 'Attempting Contact' --status Enrolled --status Declined:closed
        Created queue `Reablement`: statuses Referred, Attempting Contact, Enrolled, Declined.
        $ caredesk queue add-resource reablement 'harbour reablement' willow
        Linked queue `Reablement` to `Harbour Reablement`, `Willow Lane Care`.
        $ caredesk account create rosa --name 'Rosa Quill' --level standard --email rosa@harbour.example
        Created account rosa: level standard.
        $ caredesk account add-resource rosa harbour
        2> error: account `rosa` is of level standard: only a portal account is given resources and permissions
        2> hint: make the account with `--level provider-portal`
        [exit 4]
        $ caredesk account edit rosa --level provider-portal --yes
        Changed account rosa: level standard → provider-portal, resource assigned emails none → yes. Affected: 8 rights (change clients, change contacts, change referrals, change visits, change packages and 3 more).
        $ caredesk account add-resource rosa harbour
        Changed account rosa: resources none → RES-4DHYWN.
        $ caredesk account permit rosa change-status edit-capacity
        Changed account rosa: permissions none → change-status, edit-capacity.
        $ caredesk account create wim --name 'Wim Aster' --level provider-portal --resource willow
        Created account wim: level provider-portal.
    "#]]);
}

fn taken_and_assigned(world: &World) {
    world.story(expect![[r#"
        $ caredesk contact create --given Ada --family Winterbourne --number 2026-0142 --postal-code 'N1 9ZZ' --phone '01632 960142' --details 'Fell twice in November. Élan vital: strong. Дочь рядом.'
        Created contact 2026-0142 and client CLI-39J76K (Ada Winterbourne).
        $ caredesk referral create --queue reablement --contact 2026-0142 --note 'prefers mornings'
        Created referral REF-EKGE4G for Ada Winterbourne in `Reablement`, status `Referred`.
        $ caredesk capacity set 'harbour reablement' 1 --unit places
        Created capacity CAP-VF8EV7 (Harbour Reablement): 1 place from 2026-11-23 09:00.
        $ caredesk -q referral list
        REF-EKGE4G
    "#]]);
    the_referral(world);
    world.story(expect![[r#"
        $ caredesk referral assign REF-EKGE4G 'harbour reablement'
        Assigned referral REF-EKGE4G to `Harbour Reablement`; 1 account is alerted.
        $ caredesk alert list --columns status,account,contact_number
        STATUS   ACCOUNT  CONTACT NUMBER
        waiting  rosa     2026-0142
    "#]]);
}

fn the_referral(world: &World) -> String {
    world.ok("-q referral list").trim().to_owned()
}

/// By a real mail server.
fn told(world: &World) {
    let host = MailHost::start(Manners::default());
    world.set("CAREDESK_SMTP", &host.url());
    world.set("CAREDESK_SMTP_FROM", "The Hub <alerts@hub.example>");
    world.story(expect![[r#"
        $ caredesk alert send
        Sent 1 alert.
        $ caredesk alert send
        No alert is due.
        $ caredesk alert list --columns status,account,contact_number
        STATUS  ACCOUNT  CONTACT NUMBER
        sent    rosa     2026-0142
    "#]]);
    let received = host.received();
    let [message] = received.as_slice() else { panic!("{received:?}") };
    assert_eq!(message.to, "rosa@harbour.example");
    assert!(message.text.contains("2026-0142"), "{}", message.text);
    for personal in ["Ada", "Winterbourne", "N1 9ZZ", "960142", "mornings"] {
        assert!(!message.text.contains(personal), "`{personal}` in the mail:\n{}", message.text);
    }
}

fn worked(world: &World) {
    the_referral(world);
    world.as_user("rosa");
    world.at("2026-11-23T11:30:00Z");
    world.story(expect![[r#"
        $ caredesk referral list
        CODE        QUEUE       RESOURCE            CONTACT NUMBER  STATUS    NOTE              CONTACT           CONTACT DATE  POSTAL CODE
        REF-EKGE4G  Reablement  Harbour Reablement  2026-0142       Referred  prefers mornings  Ada Winterbourne  2026-11-23    N1 9ZZ
        $ caredesk referral show REF-EKGE4G -o json
        {
          "code": "REF-EKGE4G",
          "queue": "Reablement",
          "resource": "Harbour Reablement",
          "contact_number": "2026-0142",
          "status": "Referred",
          "note": "prefers mornings",
          "contact_name": "Ada Winterbourne",
          "contact_date": "2026-11-23",
          "postal_code": "N1 9ZZ"
        }
        $ caredesk referral set-status REF-EKGE4G 'attempting contact' --note 'rang, no answer'
        Changed referral REF-EKGE4G: status Referred → Attempting Contact, note prefers mornings → rang, no answer; no account is alerted (no e-mail address).
        $ caredesk referral set-status REF-EKGE4G enrolled
        Changed referral REF-EKGE4G: status Attempting Contact → Enrolled; no account is alerted (no e-mail address).
        $ caredesk referral set-status REF-EKGE4G Live
        2> error: queue `Reablement` has no status `Live`
        2> hint: its statuses are Referred, Attempting Contact, Enrolled, Declined
        [exit 5]
        $ caredesk capacity set 'harbour reablement' 3 --unit places --note 'a second carer starts on Monday'
        Created capacity CAP-A27RQN (Harbour Reablement): 3 places from 2026-11-23 11:30.
        $ caredesk capacity show 'harbour reablement'
        Harbour Reablement (RES-W8607R) of Harbour Home Care
        3 of 3 places left, 0 used since 2026-11-23 11:30

        CODE        STATUS    PLACES  UNIT    STARTS AT         NOTE                             SET BY  SET AT
        CAP-A27RQN  in force       3  places  2026-11-23 11:30  a second carer starts on Monday  rosa    2026-11-23 11:30 (just now)
        CAP-VF8EV7  past           1  places  2026-11-23 09:00                                   admin   2026-11-23 09:00 (2 h ago)
        $ caredesk contact show 2026-0142
        2> error: there is no contact `2026-0142`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk contact pdf 2026-0142 --file ada.pdf
        2> error: there is no contact `2026-0142`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk referral show REF-EKGE4G --columns code,client_name
        2> error: there is no column `client_name`
        2> hint: the columns are code, queue, resource, contact_number, status, note, contact_name, contact_date, postal_code
        [exit 2]
        $ caredesk account edit rosa --name Boss
        2> error: an account of level `provider-portal` may not change accounts
        2> hint: that takes the level admin; `caredesk whoami` says who you are
        [exit 6]
        $ caredesk account alerts rosa off
        Changed account rosa: resource assigned emails yes → no, alerts off none → offered, recalled, calls-changed, assigned, reassigned, status, request, answer, ending.
        $ caredesk client list
        2> note: no clients
        $ caredesk queue list
        2> note: no queues
        $ caredesk report referrals
        Reablement: 1 open
          Enrolled · Harbour Reablement  ████████  1, oldest under a day, median under a day,
                                                   changed after 2 h
    "#]]);
    world.as_user("admin");
}

fn trusted(world: &World) {
    world.ok("account permit rosa access-contact-details");
    world.story(expect![[r#"
        $ caredesk --as rosa contact show 2026-0142
        2026-0142: Ada Winterbourne
        submitted    2026-11-23
        postal code  N1 9ZZ
        phone        01632 960142
        created      2026-11-23 09:00 (2 h ago) by admin

        Fell twice in November. Élan vital: strong. Дочь рядом.

        CODE        QUEUE       RESOURCE            STATUS
        REF-EKGE4G  Reablement  Harbour Reablement  Enrolled
        $ caredesk --as rosa contact pdf 2026-0142 --file ada.pdf
        Wrote contact 2026-0142 to ada.pdf.
        $ caredesk audit list --on 2026-0142 --columns by,acted_by,action
        BY     ACTED BY  ACTION
        rosa   admin     contact.pdf
        rosa   admin     contact.read
        admin            contact.create
    "#]]);
    let Some(text) = text_of(&world.path("ada.pdf")) else {
        return aloud("SKIPPED a look into the document: there is neither pdftotext nor python3 with pypdf");
    };
    for said in [
        "Winterbourne",
        "01632 960142",
        "Fell twice",
        "Дочь рядом",
        "page 1 of 1",
        "acting as Rosa Quill (rosa)",
    ] {
        assert!(dense(&text).contains(&dense(said)), "`{said}` is not in:\n{text}");
    }
}

fn given_to_another(world: &World) {
    the_referral(world);
    world.at("2026-11-24T08:00:00Z");
    world.story(expect![[r#"
        $ caredesk referral assign REF-EKGE4G willow --note 'moved house'
        Reassigned referral REF-EKGE4G from `Harbour Reablement` to `Willow Lane Care`; no account is alerted: `Willow Lane Care` (no e-mail address), `Harbour Reablement` (switched off).
        $ caredesk --as rosa referral list
        2> note: no referrals
        $ caredesk --as rosa referral show REF-EKGE4G
        2> error: there is no referral `REF-EKGE4G`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk --as rosa contact show 2026-0142
        2> error: there is no contact `2026-0142`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk --as wim referral list
        CODE        QUEUE       RESOURCE          CONTACT NUMBER  STATUS    NOTE         CONTACT           CONTACT DATE  POSTAL CODE
        REF-EKGE4G  Reablement  Willow Lane Care  2026-0142       Enrolled  moved house  Ada Winterbourne  2026-11-23    N1 9ZZ
        $ caredesk referral show REF-EKGE4G
        code            REF-EKGE4G
        queue           Reablement
        status          Enrolled
        closed          no
        client          CLI-39J76K
        client name     Ada Winterbourne
        contact number  2026-0142
        resource        RES-ZCM1TC
        resource name   Willow Lane Care
        provider        PRV-1FS91H
        provider name   Willow Lane Care
        assigned at     2026-11-24 08:00 (just now)
        note            moved house
        created at      2026-11-23 09:00 (22 h ago)
        created by      admin
        contact name    Ada Winterbourne
        contact date    2026-11-23
        postal code     N1 9ZZ
        phone           01632 960142
        details         Fell twice in November. Élan vital: strong. Дочь рядом.

        AT                           BY     WHAT      FROM                TO
        2026-11-23 09:00 (22 h ago)  admin  created                       Referred
        2026-11-23 09:00 (22 h ago)  admin  note                          prefers mornings
        2026-11-23 09:00 (22 h ago)  admin  resource                      Harbour Reablement
        2026-11-23 11:30 (20 h ago)  rosa   status    Referred            Attempting Contact
        2026-11-23 11:30 (20 h ago)  rosa   note      prefers mornings    rang, no answer
        2026-11-23 11:30 (20 h ago)  rosa   status    Attempting Contact  Enrolled
        2026-11-24 08:00 (just now)  admin  resource  Harbour Reablement  Willow Lane Care
        2026-11-24 08:00 (just now)  admin  note      rang, no answer     moved house
        $ caredesk report referrals
        Reablement: 1 open
          Enrolled · Willow Lane Care  ████████  1, oldest under a day, median under a day,
                                                 changed after 2 h
        $ caredesk report capacity
        Harbour Home Care
          Harbour Reablement  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  3 of 3 places left, set today

        Willow Lane Care
          Willow Lane Care                                              no capacity set
        $ caredesk report referrals -o json
        [
        {"queue":"Reablement","status":"Enrolled","closed":false,"resource":"RES-ZCM1TC","resource_name":"Willow Lane Care","referrals":1,"oldest_days":0,"median_days":0,"changed":1,"median_minutes_to_change":149}
        ]
    "#]]);
}
