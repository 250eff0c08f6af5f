//! `find`: whatever a caller names, as staff and as providers see it (rule 6.4).

use expect_test::expect;

use crate::town;
use crate::world::World;

/// Two people, one of whom had another name; a contact with a referral; a provider that has visits of her.
fn settle(world: &World) {
    world.begin(|world| {
        world.ok("init");
        for name in ["Harbour Home Care", "L’Arche North"] {
            world.ok(&format!("provider create '{name}' --phone '0161 555 0100'"));
        }
        world.ok(
            "client create --given 'Anna Maria' --family Hohenberg --birth-date 1950-11-12 --postal-code 'M14 5TQ' \
             --phone 'daughter:+44 1632 960142' --id A-77",
        );
        world.ok("client edit A-77 --former-name 'Anna Straße'");
        world.ok("client create --given Łukasz --family O’Neill --birth-date 1950-03-01 --id B-12");
        world.ok("client create --given Maria --family Ørsted --id C-1");
        world.ok("queue create Meals --status New --status Done:closed");
        for queue in ["'Home care'", "Meals"] {
            world.ok(&format!("queue add-resource {queue} harbour"));
        }
        world.ok("contact create --number 20417 --client A-77 --phone '01632 960143' --date 2026-11-01");
        world.ok("referral create --queue 'Home care' --contact 20417 --resource harbour");
        world.ok("referral create --queue Meals --client B-12 --resource harbour");
        world.ok("account create ines --name 'Ines Hall' --level provider-portal --resource harbour --email ines@harbour.example --can access-contact-details --can respond-packages");
        world.ok("account create mute --name Mute --level provider-portal --resource harbour");
        world.ok("account create answers --name Ann --level provider-portal --resource harbour --can answer-sharing");
        world.ok("client enroll B-12 harbour --date 2026-11-01");
        world.ok("visit add 20417 --start '2026-12-01 09:00' --duration 30");
        world.ok("outsource create 20417 --all-visits --provider harbour --reference 'Winter mornings'");
    });
}

// Rule 6.4.
both_engines!(people_are_found_as_callers_name_them, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk find hohenberg maria
        KIND     CODE        NAME                                        MATCHED  COMMAND
        client   CLI-W8607R  Anna Maria Hohenberg, born 1950-11-12       name     caredesk client show CLI-W8607R
        contact  20417       Anna Maria Hohenberg, submitted 2026-11-01  name     caredesk contact show 20417
        $ caredesk find 'maria' --columns kind,name,matched
        KIND     NAME                                        MATCHED
        client   Anna Maria Hohenberg, born 1950-11-12       name
        client   Maria Ørsted, without a birth date          name
        contact  Anna Maria Hohenberg, submitted 2026-11-01  name
        $ caredesk find strasse --columns kind,name,matched
        KIND    NAME                                   MATCHED
        client  Anna Maria Hohenberg, born 1950-11-12  former name Anna Straße
        $ caredesk find lukasz oneill -q
        CLI-76AQMM
        $ caredesk find "O'Neill" -q
        CLI-76AQMM
        $ caredesk find orsted -q
        CLI-KJ2RBK
        $ caredesk find 01632 960142 --columns kind,name,matched
        KIND    NAME                                   MATCHED
        client  Anna Maria Hohenberg, born 1950-11-12  phone +44 1632 960142
        $ caredesk find 960142 --kind client -q
        CLI-W8607R
        $ caredesk find 12 Nov 1950 --columns kind,name,matched
        KIND    NAME                                   MATCHED
        client  Anna Maria Hohenberg, born 1950-11-12  birth date 1950-11-12
        $ caredesk find 1950 --columns kind,name,matched
        KIND    NAME                                   MATCHED
        client  Anna Maria Hohenberg, born 1950-11-12  birth date 1950-11-12
        client  Łukasz O’Neill, born 1950-03-01        birth date 1950-03-01
        $ caredesk find m145tq --kind client --columns name,matched
        NAME                                   MATCHED
        Anna Maria Hohenberg, born 1950-11-12  postal code M14 5TQ
        $ caredesk find a-77 --columns kind,name,matched
        KIND    NAME                                   MATCHED
        client  Anna Maria Hohenberg, born 1950-11-12  id
        $ caredesk find maria --limit 1 --columns kind,name
        KIND    NAME
        client  Anna Maria Hohenberg, born 1950-11-12
        2> note: more fits: more of the text, `--kind` or `--limit` shows others
        $ caredesk find nobody-at-all
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk find nobody-at-all -o json
        []
    "#]]);
});

// Rule 6.4.
both_engines!(all_else_is_found_by_code_number_and_name, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk find 20417
        KIND      CODE        NAME                                        MATCHED         COMMAND
        contact   20417       Anna Maria Hohenberg, submitted 2026-11-01  number          caredesk contact show 20417
        referral  REF-75BPQN  Anna Maria Hohenberg, Home care: New        contact number  caredesk referral show REF-75BPQN
        $ caredesk find winter
        KIND     CODE        NAME             MATCHED    COMMAND
        package  PKG-02BM3F  Winter mornings  reference  caredesk package show PKG-02BM3F
        $ caredesk find home --columns kind,code,name,command
        KIND      CODE        NAME               COMMAND
        provider  PRV-MJ18AD  Harbour Home Care  caredesk provider show PRV-MJ18AD
        queue     Home care                      caredesk queue show 'Home care'
        $ caredesk find arche --columns kind,name,matched
        KIND      NAME           MATCHED
        provider  L’Arche North  name
        $ caredesk find 0161 555 0100 --columns kind,name,matched
        KIND      NAME               MATCHED
        provider  Harbour Home Care  phone 0161 555 0100
        provider  L’Arche North      phone 0161 555 0100
        $ caredesk find ines@harbour --columns kind,code,name,matched,command
        KIND     CODE  NAME       MATCHED  COMMAND
        account  ines  Ines Hall  e-mail   caredesk account show ines
        $ caredesk find VIS- --columns kind,code,name,command
        KIND   CODE        NAME                          COMMAND
        visit  VIS-TY93TB  Tue 1 December 2026 at 09:00  caredesk visit list REF-75BPQN
        $ caredesk find REF- --columns kind,code,name
        KIND      CODE        NAME
        referral  REF-75BPQN  Anna Maria Hohenberg, Home care: New
        referral  REF-KH3QER  Łukasz O’Neill, Meals: New
        $ caredesk find hohenberg --kind referral
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
    "#]]);
});

// Rules 2.6, 2.7 and 6.4: a portal account finds by what it sees, and nothing else.
both_engines!(a_provider_finds_by_what_it_sees, |world| {
    settle(world);
    world.as_user("mute");
    world.story(expect![[r#"
        $ caredesk find hohenberg --columns kind,name,matched,command
        KIND      NAME                                  MATCHED  COMMAND
        referral  Anna Maria Hohenberg, Home care: New  name     caredesk referral show REF-75BPQN
        $ caredesk find m14 5tq --columns kind,name,matched
        KIND      NAME                                  MATCHED
        referral  Anna Maria Hohenberg, Home care: New  postal code M14 5TQ
        $ caredesk find 20417 --columns kind,name,matched
        KIND      NAME                                  MATCHED
        referral  Anna Maria Hohenberg, Home care: New  contact number
        $ caredesk find strasse
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk find 960143
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk find 1950
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk find a-77
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk find ines
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
    "#]]);
    world.as_user("answers");
    world.story(expect![[r#"
        $ caredesk find oneill --kind client --columns kind,name,matched
        KIND    NAME            MATCHED
        client  Łukasz O’Neill  name
        $ caredesk find 1950 --columns kind,name,matched
        KIND    NAME            MATCHED
        client  Łukasz O’Neill  birth date 1950-03-01
        $ caredesk find hohenberg --kind client
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
    "#]]);
    world.as_user("ines");
    world.story(expect![[r#"
        $ caredesk find hohenberg --kind client
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk find 960142
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk find 960143 --columns kind,name,matched
        KIND     NAME                                        MATCHED
        contact  Anna Maria Hohenberg, submitted 2026-11-01  phone 01632 960143
        $ caredesk package respond winter --provider harbour --accept
        Accepted package PKG-02BM3F (Winter mornings) for `Harbour Home Care`; no account is alerted (no e-mail address).
        $ caredesk find hohenberg maria --kind client --columns name,matched,command
        NAME                  MATCHED  COMMAND
        Anna Maria Hohenberg  name     caredesk client show CLI-W8607R
        $ caredesk find 960142 --columns kind,name,matched
        KIND    NAME                  MATCHED
        client  Anna Maria Hohenberg  phone +44 1632 960142
        $ caredesk find 1950-11-12
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
        $ caredesk find strasse
        2> note: nothing fits; less of the text, or the beginning of a word, finds more
    "#]]);
    world.as_user("admin");
    let looks = world.sql("SELECT command FROM disclosure ORDER BY id");
    assert_eq!(looks.len(), 2, "each that was shown by name is a look: {looks:?}");
    town::sound(world);
});

// Rule 6.4: a referral is meant by the number of its contact, and by its client where it is the only open one.
both_engines!(a_referral_is_meant_by_contact_and_client, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk referral show 20417 --columns code,queue,client_name
        code         REF-75BPQN
        queue        Home care
        client name  Anna Maria Hohenberg
        $ caredesk referral show hohenberg --columns code,queue
        code   REF-75BPQN
        queue  Home care
        $ caredesk referral show 'Hohenberg Anna Maria' --columns code,queue
        code   REF-75BPQN
        queue  Home care
        $ caredesk referral show A-77 -q
        REF-75BPQN
        $ caredesk referral create --queue Meals --client A-77
        Created referral REF-19KEKF for Anna Maria Hohenberg in `Meals`, status `New`.
        $ caredesk referral show A-77
        2> error: `A-77` could mean more than one referral
        2> hint: say which: REF-19KEKF (Meals, New), REF-75BPQN (Home care, New)
        [exit 4]
        $ caredesk referral show 20417 -q
        REF-75BPQN
        $ caredesk referral set-status B-12 done
        Changed referral REF-KH3QER: status New → Done, closed no → yes; 1 account is alerted.
        $ caredesk referral show B-12
        2> error: there is no referral `B-12`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
    "#]]);
    world.as_user("mute");
    world.story(expect![[r#"
        $ caredesk referral show 20417 -q
        REF-75BPQN
        $ caredesk referral show A-77
        2> error: there is no referral `A-77`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
        $ caredesk schedule show 20417
        2> error: there is no referral `20417`
        2> hint: `caredesk referral list` shows those that there are
        [exit 3]
    "#]]);
});
