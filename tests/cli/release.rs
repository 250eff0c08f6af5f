//! Signed releases of information: added with their document, shown, checked, written out again, revoked.

use expect_test::expect;
use serde_json::Value;

use crate::town::in_json;
use crate::world::World;

/// The smallest documents of each type that are whole.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0....\0\0\0\0IEND\xaeB`\x82";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0....\xff\xd9";

/// Providers Oak, Harbour, Willow and the inactive Dormant; the client Ada Moss; staff of three levels; `oak` is a portal
/// account of Oak that may answer, `mute` one that may not, `harbour` one of Harbour.
fn settle(world: &World) {
    world.ok("init");
    for name in ["Oak House", "Harbour Care", "Willow Trust", "Dormant Care"] {
        world.ok(&format!("provider create '{name}'"));
    }
    world.ok("provider deactivate Dormant");
    world.ok("client create --given Ada --family Moss");
    world.ok("account create sue --name Sue --level supervisor");
    world.ok("account create stan --name Stan --level standard");
    world.ok("account create oak --name Oak --level provider-portal --resource oak --can answer-sharing");
    world.ok("account create mute --name Mute --level provider-portal --resource oak");
    world.ok("account create harbour --name Harbour --level provider-portal --resource harbour --can answer-sharing");
    for table in ["provider", "client"] {
        let prefix = &table[..3].to_uppercase().replace("PRO", "PRV");
        let count = format!("SELECT count(*) FROM {table} AS other WHERE other.id < {table}.id");
        world.sql(&format!("UPDATE {table} SET code = '{prefix}-00000' || CAST(1 + ({count}) AS TEXT)"));
    }
    for (name, bytes) in [("ada.pdf", PDF), ("ada.png", PNG), ("ada.jpg", JPEG)] {
        world.write(name, bytes);
    }
    world.at("2026-11-22T10:00:00Z");
    world.as_user("sue");
}

/// Gives the only release that has another code the code `ROI-00000N`.
fn name_it(world: &World, number: u8) {
    world.sql(&format!("UPDATE release SET code = 'ROI-00000{number}' WHERE code NOT LIKE 'ROI-00000%'"));
}

// Rule 3.7.
both_engines!(a_release_is_added_shown_and_revoked, |world| {
    settle(world);
    world.story(expect![[r#"
        $ caredesk release list
        2> note: no releases
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed 2026-11-20 --expires 2026-12-31 --recipient harbour willow harbour --purpose 'care after discharge' --signed-by 'Ada Moss'
        Added the release ROI-EKGE4G of Ada Moss: `Oak House` may show services to `Harbour Care`, `Willow Trust` until 2026-12-31.
        2> warning: `Oak House` does not share services by releases: this one counts once `caredesk sharing setup PRV-000001 --type services --release on` is done
        2> note: it lacks right_to_revoke, conditions, redisclosure; `caredesk release check ROI-EKGE4G` says more
    "#]]);
    name_it(world, 1);
    world.story(expect![[r#"
        $ caredesk release show ROI-000001
        ROI-000001: active until 2026-12-31
        client     Ada Moss (CLI-000001)
        owner      Oak House (PRV-000001)
        shows      services to Harbour Care, Willow Trust
        signed     2026-11-20 by Ada Moss
        purpose    care after discharge
        document   application/pdf, 77 bytes
        sha256     6f71714ba1d09b1fc838e8661ee4d0170fd38f6913426432ad289af8ecc52510
        added      2026-11-22 10:00 by sue

        ELEMENT          HELD  FACT                             SOURCE
        client           yes   Ada Moss                         164.508(c)(1)
        information      yes   services                         164.508(c)(1)(i)
        owner            yes   Oak House                        164.508(c)(1)(ii)
        recipients       yes   Harbour Care, Willow Trust       164.508(c)(1)(iii)
        purpose          yes   care after discharge             164.508(c)(1)(iv)
        expiry           yes   2026-12-31                       164.508(c)(1)(v)
        signature        yes   Ada Moss                         164.508(c)(1)(vi)
        signature_date   yes   2026-11-20                       164.508(c)(1)(vi)
        authority        yes   the client signs                 164.508(c)(1)(vi)
        right_to_revoke  no    not said with --right-to-revoke  164.508(c)(2)(i)
        conditions       no    not said with --conditions       164.508(c)(2)(ii)
        redisclosure     no    not said with --redisclosure     164.508(c)(2)(iii)
        $ caredesk release show roi-oooo -o json
        {
          "code": "ROI-000001",
          "client": "CLI-000001",
          "client_name": "Ada Moss",
          "owner": "Oak House",
          "owner_code": "PRV-000001",
          "type": "services",
          "status": "active",
          "signed_on": "2026-11-20",
          "expires_on": "2026-12-31",
          "expiry_event": null,
          "signed_by": "Ada Moss",
          "signed_as": null,
          "purpose": "care after discharge",
          "all_providers": false,
          "recipients": [
            {
              "provider": "Harbour Care",
              "provider_code": "PRV-000002"
            },
            {
              "provider": "Willow Trust",
              "provider_code": "PRV-000003"
            }
          ],
          "media_type": "application/pdf",
          "size": 77,
          "sha256": "6f71714ba1d09b1fc838e8661ee4d0170fd38f6913426432ad289af8ecc52510",
          "created_at": "2026-11-22T10:00:01Z",
          "created_by": "sue",
          "revoked_at": null,
          "revoked_by": null,
          "lacks": [
            "right_to_revoke",
            "conditions",
            "redisclosure"
          ],
          "elements": [
            {
              "element": "client",
              "held": true,
              "fact": "Ada Moss",
              "source": "164.508(c)(1)"
            },
            {
              "element": "information",
              "held": true,
              "fact": "services",
              "source": "164.508(c)(1)(i)"
            },
            {
              "element": "owner",
              "held": true,
              "fact": "Oak House",
              "source": "164.508(c)(1)(ii)"
            },
            {
              "element": "recipients",
              "held": true,
              "fact": "Harbour Care, Willow Trust",
              "source": "164.508(c)(1)(iii)"
            },
            {
              "element": "purpose",
              "held": true,
              "fact": "care after discharge",
              "source": "164.508(c)(1)(iv)"
            },
            {
              "element": "expiry",
              "held": true,
              "fact": "2026-12-31",
              "source": "164.508(c)(1)(v)"
            },
            {
              "element": "signature",
              "held": true,
              "fact": "Ada Moss",
              "source": "164.508(c)(1)(vi)"
            },
            {
              "element": "signature_date",
              "held": true,
              "fact": "2026-11-20",
              "source": "164.508(c)(1)(vi)"
            },
            {
              "element": "authority",
              "held": true,
              "fact": "the client signs",
              "source": "164.508(c)(1)(vi)"
            },
            {
              "element": "right_to_revoke",
              "held": false,
              "fact": "not said with --right-to-revoke",
              "source": "164.508(c)(2)(i)"
            },
            {
              "element": "conditions",
              "held": false,
              "fact": "not said with --conditions",
              "source": "164.508(c)(2)(ii)"
            },
            {
              "element": "redisclosure",
              "held": false,
              "fact": "not said with --redisclosure",
              "source": "164.508(c)(2)(iii)"
            }
          ]
        }
        $ caredesk release list --client ada --owner oak --status active
        CODE        CLIENT NAME  OWNER      TYPE      STATUS  SIGNED ON   EXPIRES ON  ALL PROVIDERS  RECIPIENTS
        ROI-000001  Ada Moss     Oak House  services  active  2026-11-20  2026-12-31  no                      2
        $ caredesk release list --status expired
        2> note: no releases
        $ caredesk release list --status revoked -o json
        []
        $ caredesk release check ROI-0
        ELEMENT          HELD  FACT                             SOURCE
        client           yes   Ada Moss                         164.508(c)(1)
        information      yes   services                         164.508(c)(1)(i)
        owner            yes   Oak House                        164.508(c)(1)(ii)
        recipients       yes   Harbour Care, Willow Trust       164.508(c)(1)(iii)
        purpose          yes   care after discharge             164.508(c)(1)(iv)
        expiry           yes   2026-12-31                       164.508(c)(1)(v)
        signature        yes   Ada Moss                         164.508(c)(1)(vi)
        signature_date   yes   2026-11-20                       164.508(c)(1)(vi)
        authority        yes   the client signs                 164.508(c)(1)(vi)
        right_to_revoke  no    not said with --right-to-revoke  164.508(c)(2)(i)
        conditions       no    not said with --conditions       164.508(c)(2)(ii)
        redisclosure     no    not said with --redisclosure     164.508(c)(2)(iii)
        2> error: release `ROI-000001` lacks 3 of 12 elements
        2> hint: a release is never changed: revoke it and add it again with what the paper says, or have a new one signed
        [exit 8]
        $ caredesk release revoke ROI-0
        2> error: this needs a yes: Are you sure you want to revoke the release ROI-000001 of Ada Moss? Nobody would lose sight of any record.
        2> hint: say it with `--yes`, or look first with `--dry-run`
        [exit 2]
        $ caredesk release revoke ROI-0 --dry-run
        dry run: The release ROI-000001 was revoked. Nobody would lose sight of any record.
        $ caredesk release revoke ROI-0 --yes
        The release ROI-000001 was revoked. Nobody has lost sight of any record.
        $ caredesk release revoke ROI-0 --yes
        2> error: release `ROI-000001` was revoked before
        2> hint: `caredesk release show ROI-000001` says when and by whom
        [exit 4]
        $ caredesk release show ROI-0 --columns status,revoked_at,revoked_by
        status      revoked
        revoked at  2026-11-22 10:00
        revoked by  sue
        $ caredesk audit list --on ROI-000001
        NUMBER  AT                BY   ACTING AS  ACTION          ON
            14  2026-11-22 10:00  sue             release.revoke  ROI-000001
    "#]]);
});

both_engines!(what_the_paper_says_makes_it_complete, |world| {
    settle(world);
    let said = "--purpose 'at the request of the client' --expiry-event 'end of treatment' --right-to-revoke --conditions --redisclosure";
    world.ok(&format!("release add ada --owner oak --type clinical --document ada.png --signed today --all-providers {said} --signed-by 'Ben Moss'"));
    name_it(world, 1);
    world.ok(&format!("release add ada --owner oak --type clinical --document ada.jpg --signed today --all-providers {said} --signed-by 'Ben Moss' --signed-as 'legal guardian'"));
    name_it(world, 2);
    world.story(expect![[r#"
        $ caredesk release check ROI-000001
        ELEMENT          HELD  FACT                          SOURCE
        client           yes   Ada Moss                      164.508(c)(1)
        information      yes   clinical                      164.508(c)(1)(i)
        owner            yes   Oak House                     164.508(c)(1)(ii)
        recipients       yes   all providers                 164.508(c)(1)(iii)
        purpose          yes   at the request of the client  164.508(c)(1)(iv)
        expiry           yes   end of treatment              164.508(c)(1)(v)
        signature        yes   Ben Moss                      164.508(c)(1)(vi)
        signature_date   yes   2026-11-22                    164.508(c)(1)(vi)
        authority        no    not said with --signed-as     164.508(c)(1)(vi)
        right_to_revoke  yes   the document says so          164.508(c)(2)(i)
        conditions       yes   the document says so          164.508(c)(2)(ii)
        redisclosure     yes   the document says so          164.508(c)(2)(iii)
        2> error: release `ROI-000001` lacks 1 of 12 elements
        2> hint: a release is never changed: revoke it and add it again with what the paper says, or have a new one signed
        [exit 8]
        $ caredesk release check ROI-000002
        ELEMENT          HELD  FACT                          SOURCE
        client           yes   Ada Moss                      164.508(c)(1)
        information      yes   clinical                      164.508(c)(1)(i)
        owner            yes   Oak House                     164.508(c)(1)(ii)
        recipients       yes   all providers                 164.508(c)(1)(iii)
        purpose          yes   at the request of the client  164.508(c)(1)(iv)
        expiry           yes   end of treatment              164.508(c)(1)(v)
        signature        yes   Ben Moss                      164.508(c)(1)(vi)
        signature_date   yes   2026-11-22                    164.508(c)(1)(vi)
        authority        yes   legal guardian                164.508(c)(1)(vi)
        right_to_revoke  yes   the document says so          164.508(c)(2)(i)
        conditions       yes   the document says so          164.508(c)(2)(ii)
        redisclosure     yes   the document says so          164.508(c)(2)(iii)
        $ caredesk release check ROI-000001 -o json
        [
        {"element":"client","held":true,"fact":"Ada Moss","source":"164.508(c)(1)"},
        {"element":"information","held":true,"fact":"clinical","source":"164.508(c)(1)(i)"},
        {"element":"owner","held":true,"fact":"Oak House","source":"164.508(c)(1)(ii)"},
        {"element":"recipients","held":true,"fact":"all providers","source":"164.508(c)(1)(iii)"},
        {"element":"purpose","held":true,"fact":"at the request of the client","source":"164.508(c)(1)(iv)"},
        {"element":"expiry","held":true,"fact":"end of treatment","source":"164.508(c)(1)(v)"},
        {"element":"signature","held":true,"fact":"Ben Moss","source":"164.508(c)(1)(vi)"},
        {"element":"signature_date","held":true,"fact":"2026-11-22","source":"164.508(c)(1)(vi)"},
        {"element":"authority","held":false,"fact":"not said with --signed-as","source":"164.508(c)(1)(vi)"},
        {"element":"right_to_revoke","held":true,"fact":"the document says so","source":"164.508(c)(2)(i)"},
        {"element":"conditions","held":true,"fact":"the document says so","source":"164.508(c)(2)(ii)"},
        {"element":"redisclosure","held":true,"fact":"the document says so","source":"164.508(c)(2)(iii)"}
        ]
        2> {"error":{"kind":"environment","code":"release.incomplete","message":"release `ROI-000001` lacks 1 of 12 elements","hint":"a release is never changed: revoke it and add it again with what the paper says, or have a new one signed","details":{"lacks":["authority"]}}}
        [exit 8]
        $ caredesk release show ROI-000002
        ROI-000002: active, without a last day
        client     Ada Moss (CLI-000001)
        owner      Oak House (PRV-000001)
        shows      clinical to all providers
        signed     2026-11-22 by Ben Moss (legal guardian)
        ends with  end of treatment
        purpose    at the request of the client
        document   image/jpeg, 17 bytes
        sha256     cf7a681ec1ccab13c385e1a39ef4e2049d1a9c623e00ff690b17698be8144728
        added      2026-11-22 10:00 by sue

        ELEMENT          HELD  FACT                          SOURCE
        client           yes   Ada Moss                      164.508(c)(1)
        information      yes   clinical                      164.508(c)(1)(i)
        owner            yes   Oak House                     164.508(c)(1)(ii)
        recipients       yes   all providers                 164.508(c)(1)(iii)
        purpose          yes   at the request of the client  164.508(c)(1)(iv)
        expiry           yes   end of treatment              164.508(c)(1)(v)
        signature        yes   Ben Moss                      164.508(c)(1)(vi)
        signature_date   yes   2026-11-22                    164.508(c)(1)(vi)
        authority        yes   legal guardian                164.508(c)(1)(vi)
        right_to_revoke  yes   the document says so          164.508(c)(2)(i)
        conditions       yes   the document says so          164.508(c)(2)(ii)
        redisclosure     yes   the document says so          164.508(c)(2)(iii)
    "#]]);
});

both_engines!(bad_releases_are_refused, |world| {
    settle(world);
    for (name, bytes) in [
        ("letter.txt", &b"I agree.\n"[..]),
        ("letter.docx", b"PK\x03\x04 a letter"),
        ("renamed.pdf", b"GIF89a not a release"),
        ("noise.bin", b"\0\x01\x02\x03"),
        ("half.pdf", b"%PDF-1.7\n1 0 obj"),
        ("empty.pdf", b""),
    ] {
        world.write(name, bytes);
    }
    std::fs::create_dir(world.path("folder")).unwrap();
    let large = std::fs::File::create(world.path("large.pdf")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document letter.txt --signed 2026-11-20 --all-providers
        2> error: `letter.txt` is plain text: a release is a PDF, a PNG or a JPEG
        2> hint: the content counts, not the name; scan or print the paper to one of the three
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document letter.docx --signed 2026-11-20 --all-providers
        2> error: `letter.docx` is application/zip: a release is a PDF, a PNG or a JPEG
        2> hint: the content counts, not the name; scan or print the paper to one of the three
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document renamed.pdf --signed 2026-11-20 --all-providers
        2> error: `renamed.pdf` is image/gif: a release is a PDF, a PNG or a JPEG
        2> hint: the content counts, not the name; scan or print the paper to one of the three
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document noise.bin --signed 2026-11-20 --all-providers
        2> error: `noise.bin` is of a type that is not known here: a release is a PDF, a PNG or a JPEG
        2> hint: the content counts, not the name; scan or print the paper to one of the three
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document half.pdf --signed 2026-11-20 --all-providers
        2> error: `half.pdf` is a PDF without its end
        2> hint: it was cut off on its way here: get it again
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document empty.pdf --signed 2026-11-20 --all-providers
        2> error: `empty.pdf` is empty
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document large.pdf --signed 2026-11-20 --all-providers
        2> error: `large.pdf` is larger than 64 MiB
        2> hint: scan it in grey and at 300 dots per inch: a page then takes less than 1 MiB
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document folder --signed 2026-11-20 --all-providers
        2> error: `folder` is a folder
        2> hint: name the document in it
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document nowhere.pdf --signed 2026-11-20 --all-providers
        2> error: there is no file `nowhere.pdf`
        [exit 3]
        $ caredesk release add ada --owner oak --type services --document /dev/null --signed 2026-11-20 --all-providers
        2> error: `/dev/null` is no ordinary file
        2> hint: send it to standard input: `--document -`
        [exit 5]
    "#]]);
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --signed tomorrow
        2> error: a release signed on `2026-11-23` lies in the future: today is 2026-11-22
        2> hint: `--signed` is the day that stands beside the signature
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --signed 2026-11-20 --expires 2026-11-19
        2> error: a release cannot expire on `2026-11-19`, before it was signed on `2026-11-20`
        2> hint: `--expires` is the last day that the release counts
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --signed 2026-11-20 --expires yesterday
        2> error: a release that expired on `2026-11-21` lets nobody see anything: today is 2026-11-22
        2> hint: `--expires` is the last day that the release counts; it may be today
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --all-providers --signed 2026-11-31
        2> error: invalid value '2026-11-31' for '--signed <DAY>': `2026-11-31` is not a date: write 2026-12-01, today, tomorrow, monday, +3d or -2w
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today 
        2> error: the following required arguments were not provided:
        2>   <--all-providers|--recipient <PROVIDER>...>
        2>
        2> Usage: caredesk release add --owner <PROVIDER> --type <TYPE> --document <FILE|-> --signed <DAY> --db <PATH|URL> <--all-providers|--recipient <PROVIDER>...> <CLIENT>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers --recipient willow
        2> error: the argument '--all-providers' cannot be used with '--recipient <PROVIDER>...'
        2>
        2> Usage: caredesk release add --owner <PROVIDER> --type <TYPE> --document <FILE|-> --signed <DAY> --db <PATH|URL> <--all-providers|--recipient <PROVIDER>...> <CLIENT>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --recipient oak
        2> error: `Oak House` is the owner, and sees its own records without a release
        2> hint: name the providers that are to see them with `--recipient`
        [exit 4]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --recipient dormant
        2> error: provider `Dormant Care` is inactive
        2> hint: `caredesk provider activate PRV-000004` brings it back
        [exit 4]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --recipient nobody
        2> error: there is no provider `nobody`
        2> hint: `caredesk provider list` shows those that there are
        [exit 3]
        $ caredesk release add nobody --owner oak --type services --document ada.pdf --signed today --all-providers
        2> error: there is no client `nobody`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk release add ada --owner oak --type gossip --document ada.pdf --signed today --all-providers
        2> error: invalid value 'gossip' for '--type <TYPE>'
        2>   [possible values: services, clinical, case-notes, appointments, eligibility, forms, referrals]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers --signed-as guardian
        2> error: the following required arguments were not provided:
        2>   --signed-by <NAME>
        2>
        2> Usage: caredesk release add --owner <PROVIDER> --type <TYPE> --document <FILE|-> --signed <DAY> --signed-by <NAME> --signed-as <TEXT> --db <PATH|URL> <--all-providers|--recipient <PROVIDER>...> <CLIENT>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk release show ROI-7
        2> error: there is no release `ROI-7`
        2> hint: `caredesk release list` shows those that there are
        [exit 3]
    "#]]);
    assert_eq!(world.ok("release list -o json"), "[]\n");
    world.as_user("stan");
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed 2026-11-20 --all-providers
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

// Rule 3.7.
both_engines!(a_document_comes_out_as_it_went_in, |world| {
    settle(world);
    let long = [PDF, &vec![b' '; 600 << 10], b"%%EOF\n"].concat();
    world.write("long.pdf", &long);
    world
        .ok("release add ada --owner oak --type services --document long.pdf --signed today --all-providers");
    name_it(world, 1);
    let input = world.run_with_input(
        "release add ada --owner oak --type forms --document - --signed today --all-providers",
        PNG,
    );
    assert_eq!(input.status, 0, "{}", input.stderr);
    name_it(world, 2);
    world.write("there.pdf", "old");
    world.story(expect![[r#"
        $ caredesk release document ROI-000001 --file out.pdf
        Wrote the document of ROI-000001 to out.pdf: 614483 bytes.
        $ caredesk release document ROI-000001 --file there.pdf
        2> error: there is a file `there.pdf` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk release document ROI-000001 --file there.pdf --overwrite --dry-run
        dry run: Wrote the document of ROI-000001 to there.pdf: 614483 bytes.
        $ caredesk release document ROI-000001 --file nowhere/out.pdf
        2> error: `nowhere/out.pdf` cannot be written: its folder does not exist
        [exit 8]
        $ caredesk release document ROI-000002 --file out.png -o json
        {
          "release": "ROI-000002",
          "file": "out.png",
          "media_type": "image/png",
          "size": 45,
          "sha256": "3147d192f7d2dace6a3d828def1fe4f3f3a501a38d1136f1ac55d9e0d06c52e0",
          "result": "created"
        }
        $ caredesk release document ROI-9 --file none.pdf
        2> error: there is no release `ROI-9`
        2> hint: `caredesk release list` shows those that there are
        [exit 3]
    "#]]);
    assert_eq!(std::fs::read(world.path("out.pdf")).unwrap(), long);
    assert_eq!(std::fs::read(world.path("out.png")).unwrap(), PNG);
    assert_eq!(world.read("there.pdf"), "old");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(world.path("out.pdf")).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    let out = world.command("release document ROI-000002 --file -").output().unwrap();
    assert_eq!((out.stdout.as_slice(), out.stderr.as_slice()), (PNG, &b""[..]));
    world.as_user("admin");
    let looks = world.json("audit list --on ROI-000001");
    let actions: Vec<&str> =
        looks.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["release.document"], "a dry run and a failure are no looks");
});

both_engines!(a_damaged_document_is_not_handed_out, |world| {
    settle(world);
    let long = [PDF, &vec![b' '; 600 << 10], b"%%EOF\n"].concat();
    world.write("long.pdf", &long);
    world
        .ok("release add ada --owner oak --type services --document long.pdf --signed today --all-providers");
    name_it(world, 1);
    world.sql("UPDATE release_piece SET bytes = (SELECT bytes FROM release_piece WHERE position = 0) WHERE position = 1");
    world.story(expect![[r#"
        $ caredesk release document ROI-000001 --file out.pdf
        2> error: the document of release `ROI-000001` is damaged: its SHA-256 is not that of what was added
        2> hint: nothing was written; `caredesk database check` looks for more, and a backup may still have it
        [exit 8]
        $ caredesk release document ROI-000001 --file -
        2> error: the document of release `ROI-000001` is damaged: its SHA-256 is not that of what was added
        2> hint: nothing was written; `caredesk database check` looks for more, and a backup may still have it
        [exit 8]
    "#]]);
    world.sql("DELETE FROM release_piece WHERE position = 1");
    world.story(expect![[r#"
        $ caredesk release document ROI-000001 --file out.pdf
        2> error: the document of release `ROI-000001` is damaged: a piece is missing
        2> hint: nothing was written; `caredesk database check` looks for more, and a backup may still have it
        [exit 8]
        $ caredesk release document ROI-000001 --file -
        2> error: the document of release `ROI-000001` is damaged: a piece is missing
        2> hint: nothing was written; `caredesk database check` looks for more, and a backup may still have it
        [exit 8]
    "#]]);
    world.sql("DELETE FROM release_piece WHERE position = 2");
    world.story(expect![[r#"
        $ caredesk release document ROI-000001 --file out.pdf
        2> error: the document of release `ROI-000001` is damaged: its length is not what was added
        2> hint: nothing was written; `caredesk database check` looks for more, and a backup may still have it
        [exit 8]
        $ caredesk release document ROI-000001 --file -
        2> error: the document of release `ROI-000001` is damaged: its length is not what was added
        2> hint: nothing was written; `caredesk database check` looks for more, and a backup may still have it
        [exit 8]
    "#]]);
    let left: Vec<_> =
        std::fs::read_dir(world.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().contains("out")
            && !name.to_string_lossy().starts_with(".caredesk")),
        "{left:?}"
    );
});

both_engines!(the_same_document_is_noticed, |world| {
    settle(world);
    let add = "release add ada --owner oak --type services --document ada.pdf --signed today --all-providers";
    world.ok(add);
    name_it(world, 1);
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers --if-not-exists
        There is a release ROI-000001 of Ada Moss: `Oak House` may show services to all providers.
        2> warning: `Oak House` does not share services by releases: this one counts once `caredesk sharing setup PRV-000001 --type services --release on` is done
        2> note: it lacks purpose, expiry, signature, right_to_revoke, conditions, redisclosure; `caredesk release check ROI-000001` says more
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers --if-not-exists -o json --columns code
        {
          "code": "ROI-000001"
        }
        2> {"warning":"`Oak House` does not share services by releases: this one counts once `caredesk sharing setup PRV-000001 --type services --release on` is done"}
        2> {"note":"it lacks purpose, expiry, signature, right_to_revoke, conditions, redisclosure; `caredesk release check ROI-000001` says more"}
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers
        Added the release ROI-P9N5HZ of Ada Moss: `Oak House` may show services to all providers.
        2> warning: ROI-000001 holds the same document for the same recipients, and still counts
        2> warning: `Oak House` does not share services by releases: this one counts once `caredesk sharing setup PRV-000001 --type services --release on` is done
        2> note: it lacks purpose, expiry, signature, right_to_revoke, conditions, redisclosure; `caredesk release check ROI-P9N5HZ` says more
    "#]]);
});

both_engines!(the_same_document_to_other_recipients_is_another_release, |world| {
    settle(world);
    let add =
        "-q release add ada --owner oak --type services --document ada.pdf --signed today --if-not-exists";
    let codes = |recipients: &str| world.ok(&format!("{add} {recipients}"));
    let both = codes("--recipient harbour willow");
    let one = codes("--recipient harbour");
    let all = codes("--all-providers");
    assert!(both != one && one != all && all != both, "{both}{one}{all}");
    assert_eq!(codes("--recipient willow harbour willow"), both);
    assert_eq!(codes("--recipient harbour"), one);
    assert_eq!(codes("--all-providers"), all);
    let code = all.trim();
    let told = world.run(&format!("{} --recipient willow", add.replace("-q ", ""))).stderr;
    let warning = format!("warning: {code} holds the same document for other recipients, and still counts");
    assert!(told.contains(&warning), "{told}");
    assert_eq!(world.json("release list").as_array().unwrap().len(), 4);
    world.ok(&format!("release revoke {} --yes", one.trim()));
    assert_ne!(codes("--recipient harbour"), one, "one that is revoked does not count");
});

both_engines!(the_hint_about_a_missing_expiry_can_be_typed, |world| {
    settle(world);
    world.ok("sharing setup oak --type case-notes --require-expiry on");
    let add =
        "release add ada --owner oak --type case-notes --document ada.pdf --signed today --all-providers";
    let refused = in_json(world, add);
    assert_eq!(refused.status, 4, "{refused:?}");
    let refused: Value = serde_json::from_str(refused.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(refused["error"]["code"], "release.expiry_missing");
    let hint = refused["error"]["hint"].as_str().unwrap();
    let command = hint.split('`').find_map(|part| part.strip_prefix("caredesk ")).unwrap();
    world.ok(command);
    assert_eq!(world.json(add)["expires_on"], "2027-11-22");
});

both_engines!(a_portal_account_knows_the_releases_of_its_provider, |world| {
    settle(world);
    world.ok(
        "release add ada --owner oak --type services --document ada.pdf --signed today --recipient harbour",
    );
    name_it(world, 1);
    let lines = [
        "release list",
        "release show ROI-000001",
        "release document ROI-000001 --file out.pdf",
        "release revoke ROI-000001 --yes",
    ];
    world.as_user("mute");
    world.story(expect![[r#"
        $ caredesk release list
        CODE        CLIENT NAME  OWNER      TYPE      STATUS  SIGNED ON   EXPIRES ON  ALL PROVIDERS  RECIPIENTS
        ROI-000001  Ada Moss     Oak House  services  active  2026-11-22              no                      1
        $ caredesk release show ROI-000001
        ROI-000001: active, without a last day
        client     Ada Moss (CLI-000001)
        owner      Oak House (PRV-000001)
        shows      services to Harbour Care
        signed     2026-11-22
        document   application/pdf, 77 bytes
        sha256     6f71714ba1d09b1fc838e8661ee4d0170fd38f6913426432ad289af8ecc52510
        added      2026-11-22 10:00 by sue

        ELEMENT          HELD  FACT                                       SOURCE
        client           yes   Ada Moss                                   164.508(c)(1)
        information      yes   services                                   164.508(c)(1)(i)
        owner            yes   Oak House                                  164.508(c)(1)(ii)
        recipients       yes   Harbour Care                               164.508(c)(1)(iii)
        purpose          no    not said with --purpose                    164.508(c)(1)(iv)
        expiry           no    not said with --expires or --expiry-event  164.508(c)(1)(v)
        signature        no    not said with --signed-by                  164.508(c)(1)(vi)
        signature_date   yes   2026-11-22                                 164.508(c)(1)(vi)
        authority        yes   the client signs                           164.508(c)(1)(vi)
        right_to_revoke  no    not said with --right-to-revoke            164.508(c)(2)(i)
        conditions       no    not said with --conditions                 164.508(c)(2)(ii)
        redisclosure     no    not said with --redisclosure               164.508(c)(2)(iii)
        $ caredesk release document ROI-000001 --file out.pdf
        2> error: account `mute` lacks the permission answer-sharing
        2> hint: an admin of the hub can give it
        [exit 6]
        $ caredesk release revoke ROI-000001 --yes
        2> error: account `mute` lacks the permission answer-sharing
        2> hint: an admin of the hub can give it
        [exit 6]
    "#]]);
    world.as_user("harbour");
    let absent = lines.map(|line| line.replace("000001", "00000Z"));
    let absent = world.transcript(&absent.each_ref().map(String::as_str));
    assert_eq!(world.transcript(&lines), absent.replace("00000Z", "000001"));
    world.as_user("oak");
    // Ada is nobody to Oak's account as long as Oak has nothing to do with her.
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type forms --document ada.pdf --signed today --all-providers
        2> error: there is no client `ada`
        2> hint: `caredesk client list` shows those that there are
        [exit 3]
        $ caredesk release document ROI-000001 --file out.pdf
        Wrote the document of ROI-000001 to out.pdf: 77 bytes.
        $ caredesk release revoke ROI-000001 --yes
        The release ROI-000001 was revoked. Nobody has lost sight of any record.
    "#]]);
});
