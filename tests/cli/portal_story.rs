//! The second job, from a fresh database: a portal account is set up, is told of a referral, works it through its queue,
//! says how many it can take, is trusted with details, and loses sight of what is given to another.

use expect_test::expect;

use crate::contact_pdf::text_of;
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
    expect![[r""]].assert_eq(&world.transcript(&[
        "init",
        "provider create 'Harbour Home Care'",
        "provider create 'Willow Lane Care'",
        "provider add-resource harbour 'Harbour Reablement'",
        "queue create Reablement --status Referred --status 'Attempting Contact' --status Enrolled --status Declined:closed",
        "queue add-resource reablement 'harbour reablement' willow",
        // Only an account that is saved with this level is given resources.
        "account create rosa --name 'Rosa Quill' --level standard --email rosa@harbour.example",
        "account add-resource rosa harbour",
        "account edit rosa --level provider-portal",
        "account add-resource rosa harbour",
        "account permit rosa change-status edit-capacity",
        "account create wim --name 'Wim Aster' --level provider-portal --resource willow",
    ]));
}

fn taken_and_assigned(world: &World) {
    expect![[r""]].assert_eq(&world.transcript(&[
        "contact create --given Ada --family Winterbourne --number 2026-0142 --postal-code 'N1 9ZZ' --phone '01632 960142' --details 'Fell twice in November. Élan vital: strong. Дочь рядом.'",
        "referral create --queue reablement --contact 2026-0142 --note 'prefers mornings'",
        "capacity set 'harbour reablement' 1 --unit places",
        "-q referral list",
    ]));
    let referral = the_referral(world);
    expect![[r""]].assert_eq(&world.transcript(&[
        &format!("referral assign {referral} 'harbour reablement'"),
        "alert list --columns state,account,contact_number",
    ]));
}

fn the_referral(world: &World) -> String {
    world.ok("-q referral list").trim().to_owned()
}

/// By a real mail server.
fn told(world: &World) {
    let host = MailHost::start(Manners::default());
    world.set("CAREDESK_SMTP", &host.url());
    world.set("CAREDESK_SMTP_FROM", "The Hub <alerts@hub.example>");
    expect![[r""]].assert_eq(&world.transcript(&[
        "alert send",
        "alert send",
        "alert list --columns state,account,contact_number",
    ]));
    let received = host.received();
    let [message] = received.as_slice() else { panic!("{received:?}") };
    assert_eq!(message.to, "rosa@harbour.example");
    assert!(message.text.contains("2026-0142"), "{}", message.text);
    for personal in ["Ada", "Winterbourne", "N1 9ZZ", "960142", "mornings"] {
        assert!(!message.text.contains(personal), "`{personal}` in the mail:\n{}", message.text);
    }
}

fn worked(world: &World) {
    let referral = the_referral(world);
    world.as_user("rosa");
    world.at("2026-11-23T11:30:00Z");
    expect![[r""]].assert_eq(&world.transcript(&[
        "referral list",
        &format!("referral show {referral} -o json"),
        &format!("referral set-status {referral} 'attempting contact' --note 'rang, no answer'"),
        &format!("referral set-status {referral} enrolled"),
        &format!("referral set-status {referral} Live"),
        "capacity set 'harbour reablement' 3 --unit places --note 'a second carer starts on Monday'",
        "capacity show 'harbour reablement'",
        "contact show 2026-0142",
        "contact pdf 2026-0142 --file ada.pdf",
        &format!("referral show {referral} --columns code,client_name"),
        "account edit rosa --name Boss",
        "account alerts rosa off",
        "client list",
        "queue list",
        "report referrals",
    ]));
    world.as_user("admin");
}

fn trusted(world: &World) {
    world.ok("account permit rosa access-contact-details");
    expect![[r""]].assert_eq(&world.transcript(&[
        "--as rosa contact show 2026-0142",
        "--as rosa contact pdf 2026-0142 --file ada.pdf",
        "audit list --on 2026-0142 --columns actor,acting_as,action",
    ]));
    let Some(text) = text_of(&world.path("ada.pdf")) else {
        return aloud("SKIPPED a look into the document: there is neither pdftotext nor python3 with pypdf");
    };
    for said in ["Winterbourne", "01632 960142", "Fell twice", "Дочь рядом", "page 1 of 1", "acting as rosa"]
    {
        assert!(text.contains(said), "`{said}` is not in:\n{text}");
    }
}

fn given_to_another(world: &World) {
    let referral = the_referral(world);
    world.at("2026-11-24T08:00:00Z");
    let lines = [
        format!("referral assign {referral} willow --note 'moved house'"),
        "--as rosa referral list".to_owned(),
        format!("--as rosa referral show {referral}"),
        "--as rosa contact show 2026-0142".to_owned(),
        "--as wim referral list".to_owned(),
        format!("referral show {referral}"),
        "report referrals".to_owned(),
        "report capacity".to_owned(),
        "report referrals -o json".to_owned(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    expect![[r""]].assert_eq(&world.transcript(&lines));
}
