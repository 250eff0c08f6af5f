//! As long as a provider is only asked, no byte of whose it is comes out, whatever is asked in whatever format (rule 1.12).

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::town;
use crate::world::World;

const FORMATS: [&str; 5] = ["table", "json", "jsonl", "csv", "tsv"];

const SECRETS: [&str; 9] = [
    "zephyrine", "quillfeather", "1931-05-07", "larkspur", "555 0143", "hubsecret", "carersecret",
    "ext-9911", "1aa",
];

/// Every verb of a portal account that reads, and some that would change something.
const VERBS: [&str; 31] = [
    "package list",
    "package list --columns code,reference,status,referral,area,provider_note,visits,offers",
    "package show winter",
    "package respond winter --provider acme --accept --dry-run",
    "package respond winter --provider acme --reject --dry-run",
    "visit list",
    "visit list --provider acme",
    "visit list REF-00000A",
    "schedule show",
    "schedule show --week 2026-W49",
    "schedule show REF-00000A",
    "schedule export --file -",
    "schedule export REF-00000A --file -",
    "client list",
    "client show CLI-00000A",
    "client edit CLI-00000A --postal-code none",
    "client enrolments",
    "contact list",
    "referral list",
    "referral show REF-00000A",
    "record list CLI-00000A",
    "sharing list",
    "sharing explain CLI-00000A --owner acme --recipient acme --type forms",
    "release list",
    "resource find care",
    "find zephyrine",
    "find 1931-05-07",
    "find 555 0143",
    "find winter",
    "report referrals --all",
    "whoami",
];

/// The text of all parts of a workbook.
fn unpacked(workbook: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    for part in 0..archive.len() {
        archive.by_index(part).unwrap().read_to_string(&mut text).unwrap();
    }
    text.to_lowercase()
}

/// All that a command answers as a workbook; none where it makes none.
fn in_workbook(world: &World, verb: &str) -> Option<String> {
    let output = world.command(&format!("{verb} -o xlsx")).output().unwrap();
    output.stdout.starts_with(b"PK").then(|| unpacked(&output.stdout))
}

fn asked(world: &World) {
    town::settle(world);
    world.ok(
        "client edit CLI-00000A --given Zephyrine --family Quillfeather --birth-date 1931-05-07 --address '1 Larkspur Row' \
         --postal-code 'QX9Z 1AA' --phone 'son:555 0143' --carer-note carersecret --id ext-9911 --former-name none",
    );
    world.ok("visit edit VIS-000001 --note hubsecret --provider-note 'two carers'");
    for permission in ["access-contact-details", "answer-sharing", "change-status", "edit-capacity"] {
        world.ok(&format!("account permit acme {permission}"));
    }
    world.ok("outsource create REF-00000A --all-visits --provider acme birch --reference winter --provider-note soon");
}

// Rule 1.12.
both_engines!(no_byte_of_whose_it_is_comes_out_while_it_is_pending, |world| {
    asked(world);
    world.as_user("acme");
    for verb in VERBS {
        for format in FORMATS {
            let answer = world.run(&format!("{verb} -o {format}"));
            let text = format!("{}{}", answer.stdout, answer.stderr).to_lowercase();
            for secret in SECRETS {
                assert!(!text.contains(secret), "{secret}: $ caredesk {verb} -o {format}\n{text}");
            }
        }
    }
    let mut workbooks = 0;
    for verb in VERBS {
        let Some(text) = in_workbook(world, verb) else { continue };
        workbooks += 1;
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret}: $ caredesk {verb} -o xlsx");
        }
    }
    assert!(workbooks > VERBS.len() / 2, "{workbooks} workbooks");
    // The words would be found: who has accepted sees them, but for the hub's own note, the birth date and the id elsewhere.
    world.ok("package respond winter --provider acme --accept");
    let shown = world.ok("client show CLI-00000A -o json").to_lowercase()
        + &world.ok("visit list -o csv").to_lowercase();
    for secret in SECRETS {
        let is_of_the_hub = ["1931-05-07", "hubsecret", "ext-9911"].contains(&secret);
        assert_eq!(shown.contains(secret), !is_of_the_hub, "{secret}: {shown}");
    }
    let workbook = in_workbook(world, "visit list --columns client_name").unwrap();
    assert!(workbook.contains("zephyrine"), "{workbook}");
});
