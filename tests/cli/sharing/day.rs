//! A case worker's day at a community organisation: what comes by mail, the work on it, a request asked and one answered.

use expect_test::expect;

use crate::town::sound;
use crate::world::World;

/// Maria of Willow Lane Care; the hub, and Harbour Home Care with Rosa, who shares services by request.
fn settle(world: &World) {
    world.at("2026-11-20T09:00:00Z");
    world.ok("init --time-zone Europe/London");
    for name in ["Harbour Home Care", "Willow Lane Care"] {
        world.ok(&format!("provider create '{name}'"));
    }
    world.ok("queue create Reablement --status Referred --status 'Attempting Contact' --status Enrolled --status Declined:closed");
    world.ok("queue add-resource reablement willow");
    for (login, provider) in [("maria", "willow"), ("rosa", "harbour")] {
        world.ok(&format!("account create {login} --name {login} --level provider-portal --email {login}@{provider}.example --resource {provider}"));
        world.ok(&format!(
            "account permit {login} change-status edit-capacity access-contact-details answer-sharing"
        ));
    }
    for (given, born) in [("Ada", "1941-03-02"), ("Bo", "1938-07-14")] {
        world.ok(&format!("client create --given {given} --family Winterbourne --birth-date {born}"));
    }
    for (client, provider) in [("ada", "willow"), ("ada", "harbour"), ("bo", "willow"), ("bo", "harbour")] {
        world.ok(&format!("client enroll '{client} winterbourne' {provider} --date 2026-10-01"));
    }
    for provider in ["harbour", "willow"] {
        world.ok(&format!("record add 'ada winterbourne' --provider {provider} --type services --date 2026-11-10 --title 'Home meals'"));
        world.ok(&format!("record add 'bo winterbourne' --provider {provider} --type services --date 2026-11-11 --title 'Home meals'"));
        world.ok(&format!("sharing setup {provider} --type services --level 1 --client-by-client on --require-expiry on --default-days 90"));
    }
    world.ok("sharing link harbour willow --type services");
    world.ok("sharing link willow harbour --type services");
    world.ok("contact create --client 'ada winterbourne' --number 2026-0142 --postal-code 'N1 9ZZ' --details 'Fell twice in November.'");
    world.as_user("rosa");
    world.ok("sharing request 'bo winterbourne' --owner willow --recipient harbour --type services --note 'For his care plan'");
    world.as_user("admin");
    world.sql("UPDATE sharing_request SET code = 'SHR-00000A'");
}

// Rules 2.5, 2.6, 2.8, 2.9, 3.5 and 3.12.
both_engines!(a_case_worker_works_through_her_day, |world| {
    settle(world);
    world.at("2026-11-23T08:00:00Z");
    let referral = world.ok("-q referral create --queue reablement --contact 2026-0142 --resource willow --note 'prefers mornings'");
    world.sql(&format!("UPDATE referral SET code = 'REF-00000A' WHERE code = '{}'", referral.trim()));
    world.ok("alert send --dir outbox --from hub@hub.example");
    let mails = std::fs::read_dir(world.directory.path().join("outbox")).unwrap();
    let mails: Vec<String> =
        mails.map(|mail| std::fs::read_to_string(mail.unwrap().path()).unwrap()).collect();
    assert!(mails.iter().any(|mail| mail.contains("maria@willow.example") && mail.contains("2026-0142")));
    assert!(mails.iter().all(|mail| !mail.contains("Winterbourne") && !mail.contains("Ada")), "{mails:?}");
    world.story(expect![[r#"
        # as maria
        # at 2026-11-23T08:30:00Z
        $ caredesk referral list
        CODE        QUEUE       RESOURCE          CONTACT NUMBER  STATUS    NOTE              CONTACT           CONTACT DATE  POSTAL CODE
        REF-00000A  Reablement  Willow Lane Care  2026-0142       Referred  prefers mornings  Ada Winterbourne  2026-11-20    N1 9ZZ
        $ caredesk contact show 2026-0142
        2026-0142: Ada Winterbourne
        submitted    2026-11-20
        postal code  N1 9ZZ
        created      2026-11-20 09:00 (2 days ago) by admin

        Fell twice in November.

        CODE        QUEUE       RESOURCE          STATUS
        REF-00000A  Reablement  Willow Lane Care  Referred
        $ caredesk referral set-status REF-00000A 'Attempting Contact' --note 'rang at 8:40, nobody in'
        Changed referral REF-00000A: status Referred → Attempting Contact, note prefers mornings → rang at 8:40, nobody in; no account is alerted (no e-mail address).
        $ caredesk capacity set willow 2 --unit places --note 'one carer is ill'
        Created capacity CAP-XRCH98 (Willow Lane Care): 2 places from 2026-11-23 08:30.
        $ caredesk client list
        CODE        GIVEN  FAMILY        BIRTH DATE
        CLI-WF6YT1  Ada    Winterbourne  1941-03-02
        CLI-8RYZHX  Bo     Winterbourne  1938-07-14
        $ caredesk sharing list --incoming --status pending
        CODE        CLIENT      CLIENT NAME      OWNER             RECIPIENT          TYPE      STATUS   EXPIRES ON  PURPOSE
        SHR-00000A  CLI-8RYZHX  Bo Winterbourne  Willow Lane Care  Harbour Home Care  services  pending
        $ caredesk sharing show SHR-00000A
        SHR-00000A: pending
        `Harbour Home Care` asks `Willow Lane Care` for services of Bo Winterbourne (CLI-8RYZHX, born 1938-07-14)
        waits until  2026-12-20
        note         For his care plan

        STATUS   BY    STARTS AT
        pending  rosa  2026-11-20 09:00
        $ caredesk client show 'bo winterbourne'
        code        CLI-8RYZHX
        given       Bo
        family      Winterbourne
        birth date  1938-07-14

        PROVIDER          TYPE      RECORDS
        Willow Lane Care  services        1

        OWNER              RECIPIENT          TYPE      SHARING  REQUEST     STATUS   RECORDS
        Harbour Home Care  Willow Lane Care   services  request                             0
        Willow Lane Care   Harbour Home Care  services  request  SHR-00000A  pending        0
        $ caredesk sharing grant SHR-00000A --signed yesterday
        Granted request SHR-00000A: services of CLI-8RYZHX, `Willow Lane Care` to `Harbour Home Care` until 2027-02-20. `Harbour Home Care` gains access to 1 record of 1 client. 1 account is alerted.
        $ caredesk sharing request 'ada winterbourne' --owner harbour --recipient willow --type services --note 'She fell twice'
        Created request SHR-9082MJ: `Willow Lane Care` asks `Harbour Home Care` for services of CLI-WF6YT1. It waits for an answer until 2026-12-23. 1 account is alerted.
    "#]]);
    world.sql("UPDATE sharing_request SET code = 'SHR-00000B' WHERE code <> 'SHR-00000A'");
    world.story(expect![[r#"
        $ caredesk sharing list
        CODE        CLIENT      CLIENT NAME       OWNER              RECIPIENT          TYPE      STATUS   EXPIRES ON  PURPOSE
        SHR-00000B  CLI-WF6YT1  Ada Winterbourne  Harbour Home Care  Willow Lane Care   services  pending
        SHR-00000A  CLI-8RYZHX  Bo Winterbourne   Willow Lane Care   Harbour Home Care  services  granted  2027-02-20
        $ caredesk sharing explain 'ada winterbourne' --owner harbour --recipient willow --type services
        Willow Lane Care sees no services record of Ada Winterbourne at Harbour Home Care: SHR-00000B is pending since 2026-11-23 08:30: Harbour Home Care has not answered.
        As of 2026-11-23 08:30.

          ✓ met        recipient               Willow Lane Care is active
          ✓ met        level                   Harbour Home Care shares services by request
          ✓ met        link                    Harbour Home Care is linked to Willow Lane Care for services since 2026-11-20 09:00
          · not asked  category                Harbour Home Care says only whether it agrees
          · not asked  enrolment at owner      Harbour Home Care says only whether it agrees
          ✓ met        enrolment at recipient  Ada Winterbourne is active at Willow Lane Care since 2026-10-01
          ✗ not met    request                 SHR-00000B is pending since 2026-11-23 08:30: Harbour Home Care has not answered
                                               needs an answer of Harbour Home Care
          · not asked  release                 release sharing is off
          · not asked  expiry                  there is no consent that could run out
        # as rosa
        $ caredesk sharing list --incoming --status pending --columns code,client_name,birth_date,type
        CODE        CLIENT            BIRTH DATE  TYPE
        SHR-00000B  Ada Winterbourne  1941-03-02  services
        $ caredesk sharing grant SHR-00000B
        Granted request SHR-00000B: services of CLI-WF6YT1, `Harbour Home Care` to `Willow Lane Care` until 2027-02-21. `Willow Lane Care` gains access to 1 record of 1 client. 1 account is alerted.
        # as maria
        # at 2026-11-23T16:00:00Z
        $ caredesk record list 'ada winterbourne'
        CODE        OWNER              TYPE      HAPPENED ON  TITLE       CATEGORY  BASIS
        REC-02BM3F  Willow Lane Care   services  2026-11-10   Home meals            own
        REC-K4C8QV  Harbour Home Care  services  2026-11-10   Home meals            request
        $ caredesk referral set-status REF-00000A Enrolled --note 'seen at 15:00'
        Changed referral REF-00000A: status Attempting Contact → Enrolled, note rang at 8:40, nobody in → seen at 15:00; no account is alerted (no e-mail address).
        $ caredesk client show 'ada winterbourne'
        code        CLI-WF6YT1
        given       Ada
        family      Winterbourne
        birth date  1941-03-02

        PROVIDER          TYPE      RECORDS
        Willow Lane Care  services        1

        OWNER              RECIPIENT          TYPE      SHARING  REQUEST     STATUS   EXPIRES ON  RECORDS
        Harbour Home Care  Willow Lane Care   services  request  SHR-00000B  granted  2027-02-21        1
        Willow Lane Care   Harbour Home Care  services  request                                         0
        $ caredesk sharing list --expiring 120 --columns code,client_name,status,expires_on
        CODE        CLIENT            STATUS   EXPIRES ON
        SHR-00000B  Ada Winterbourne  granted  2027-02-21
        SHR-00000A  Bo Winterbourne   granted  2027-02-20
    "#]]);
    world.as_user("admin");
    world.ok("audit verify");
    sound(world);
});
