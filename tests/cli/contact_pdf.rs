//! `contact pdf`: a document that another program can read, written once, and never without a record of it.

use std::path::Path;
use std::process::Command;

use expect_test::expect;

use crate::contact::with_contacts;
use crate::town::key;
use crate::world::aloud;

both_engines!(a_document_is_written_once_and_recorded, |world| {
    with_contacts(world);
    world.ok("account permit acme access-contact-details");
    world.story(expect![[r#"
        $ caredesk contact pdf open-1 --file out.pdf --dry-run
        dry run: Wrote contact open-1 to out.pdf.
        $ caredesk contact pdf open-1 --file out.pdf
        Wrote contact open-1 to out.pdf.
        $ caredesk contact pdf open-1 --file out.pdf
        2> error: there is a file `out.pdf` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk contact pdf open-1 --file no/out.pdf
        2> error: `no/out.pdf` cannot be written: its folder does not exist
        [exit 8]
        $ caredesk contact pdf open-1 --file .
        2> error: `.` is a folder
        2> hint: name a file in it
        [exit 4]
        $ caredesk contact pdf open-1
        2> error: the following required arguments were not provided:
        2>   --file <FILE|->
        2>
        2> Usage: caredesk contact pdf [OPTIONS] --file <FILE|-> <NUMBER>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk contact pdf gone-1 --file out.pdf
        2> error: there is no contact `gone-1`
        2> hint: `caredesk contact list` shows those that there are
        [exit 3]
        $ caredesk contact pdf open-1 --file out.pdf --overwrite -q --as acme
        out.pdf
        # as tracy
        $ caredesk contact pdf shut-1 --file trainee.pdf -q
        trainee.pdf
        # as admin
        $ caredesk audit list --limit 3 --columns by,acted_by,action,on
        BY     ACTED BY  ACTION       ON
        tracy            contact.pdf  shut-1
        acme   admin     contact.pdf  open-1
        admin            contact.pdf  open-1
    "#]]);
    assert!(!world.path("no").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = world.path("out.pdf").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
});

#[cfg(unix)]
both_engines!(a_link_is_a_file_wherever_it_leads, |world| {
    with_contacts(world);
    std::os::unix::fs::symlink("nowhere.pdf", world.path("link.pdf")).unwrap();
    world.story(expect![[r#"
        $ caredesk contact pdf open-1 --file link.pdf
        2> error: there is a file `link.pdf` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk contact pdf open-1 --file link.pdf --overwrite
        Wrote contact open-1 to link.pdf.
    "#]]);
    assert!(world.path("link.pdf").is_file());
});

both_engines!(the_same_contact_gives_the_same_bytes, |world| {
    with_contacts(world);
    let mut files = Vec::new();
    for name in ["a.pdf", "b.pdf"] {
        world.at("2026-11-30T12:00:00Z");
        world.ok(&format!("contact pdf open-1 --file {name}"));
        files.push(std::fs::read(world.path(name)).unwrap());
    }
    assert!(files[0].starts_with(b"%PDF-1.7") && files[0] == files[1]);
    world.at("2026-11-30T12:00:00Z");
    let output = world.command("contact pdf open-1 --file -").output().unwrap();
    assert!(output.status.success() && output.stdout == files[0]);
});

both_engines!(no_record_no_look, |world| {
    with_contacts(world);
    world.ok("account permit acme access-contact-details");
    world.sqlite("CREATE TRIGGER no_entry BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END");
    world.psql("ALTER TABLE audit ADD CONSTRAINT no_entry CHECK (sequence < 0) NOT VALID");
    assert_eq!(world.run("contact show open-1").status, 0, "a look by staff needs none");
    assert_ne!(world.run("contact pdf open-1 --file out.pdf").status, 0);
    world.as_user("acme");
    for look in ["contact show open-1", "contact pdf open-1 --file out.pdf", "contact pdf open-1 --file -"] {
        let answer = world.run(look);
        assert!(answer.status != 0 && answer.stdout.is_empty(), "{look}: {}", answer.stdout);
    }
    assert!(!world.path("out.pdf").exists());
});

both_engines!(another_program_reads_the_document, |world| {
    with_contacts(world);
    let lines = [
        "Mrs Moss’s neighbour called – “she fell twice”. Zoë, Đặng, Łódź, İğdır.",
        "Μόνη στο σπίτι.",
        "Живёт одна; їжак.",
        "她一个人住。日本語。",
        "한국어 도움",
        "نعم",
        "שלום",
        "🏠 ✓ →",
        "𓀀",
    ];
    world.write("intake.txt", lines.join("\n\n") + &"\n\nAgain and again.".repeat(15));
    world.ok("contact edit open-1 --details-file intake.txt");
    world.ok("account permit acme access-contact-details");
    let staff = world.ok("contact pdf open-1 --file staff.pdf -q");
    let portal = world.ok("contact pdf open-1 --file portal.pdf -q --as acme");
    assert_eq!((staff.trim(), portal.trim()), ("staff.pdf", "portal.pdf"));
    for file in ["staff.pdf", "portal.pdf"] {
        must_be_sound(&world.path(file));
    }
    let Some(text) = text_of(&world.path("staff.pdf")) else {
        return aloud(
            "SKIPPED another_program_reads_the_document: there is neither pdftotext nor python3 with pypdf",
        );
    };
    for said in lines.iter().filter(|line| **line != "𓀀").chain(&[
        "Intake record",
        "Contact open-1",
        "Ada Moss",
        "0151",
        "ada@example.org",
        "AB1 2CD",
        "CLI-00000A",
        "[U+13000]",
        "REF-00000A",
        "REF-00000C",
        "Home care",
        "Acme Care",
        "page 1 of 2",
        "page 2 of 2",
        "Printed by admin on 22 November 2026",
    ]) {
        assert!(dense(&text).contains(&dense(said)), "`{said}` is not in:\n{text}");
    }
    let text = text_of(&world.path("portal.pdf")).unwrap();
    assert!(text.contains("REF-00000A") && text.contains("acting as acme"), "{text}");
    assert!(!text.contains("REF-00000C") && !text.contains("CLI-00000A"), "{text}");
});

both_engines!(a_long_table_has_its_heads_on_every_page, |world| {
    with_contacts(world);
    let copies = (1..=60_u128).map(|number| {
        format!(
            "INSERT INTO referral (id, code, queue_id, status_id, client_id, contact_id, created_at, created_by)
            SELECT {}, 'REF-1{number:05}', queue_id, status_id, client_id, contact_id, created_at, created_by
            FROM referral WHERE code = 'REF-00000C';",
            key(world, 900 + number)
        )
    });
    world.sql(&copies.collect::<String>());
    world.ok("contact pdf open-1 --file long.pdf");
    must_be_sound(&world.path("long.pdf"));
    let Some(text) = text_of(&world.path("long.pdf")) else {
        return aloud(
            "SKIPPED a_long_table_has_its_heads_on_every_page: there is neither pdftotext nor python3 with pypdf",
        );
    };
    assert!(text.contains("REF-100001") && text.contains("REF-100060"), "{text}");
    // No other word of the document is so written.
    assert!(text.contains("page 3 of 3"), "{text}");
    for head in ["Resource", "Queue", "Status"] {
        assert_eq!(text.matches(head).count(), 3, "{text}");
    }
});

/// Without spaces, which a reader guesses from the distances of the letters.
pub fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

/// By a program that is here; without marks of direction, which some put around what they turned.
pub fn text_of(path: &Path) -> Option<String> {
    let python =
        "import sys, pypdf\nfor page in pypdf.PdfReader(sys.argv[1]).pages: print(page.extract_text())";
    let readers: [(&str, &[&str], &[&str]); 2] =
        [("pdftotext", &[], &["-"]), ("python3", &["-c", python], &[])];
    let text = readers.iter().find_map(|(program, before, after)| {
        let output = Command::new(program).args(*before).arg(path).args(*after).output().ok()?;
        output.status.success().then_some(output.stdout)
    })?;
    let text = String::from_utf8(text).unwrap();
    Some(text.replace(['\u{202a}', '\u{202b}', '\u{202c}', '\u{200e}', '\u{200f}'], ""))
}

/// Where there is a program to check it.
pub fn must_be_sound(path: &Path) {
    match Command::new("qpdf").arg("--check").arg(path).output() {
        Err(_) => aloud("SKIPPED the check of the document: there is no qpdf"),
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
    }
}
