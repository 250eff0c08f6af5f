//! `release import`.

use std::fs;

use expect_test::expect;

use super::{PDF, PNG, name_it, settle};
use crate::own_list;
use crate::world::World;

/// A folder of documents, two records of Ada at Oak, and a link from Oak to Harbour.
fn begin(world: &World) {
    settle(world);
    fs::create_dir_all(world.path("scans/old")).unwrap();
    world.write("scans/ada.pdf", PDF);
    world.write("scans/old/ada.png", PNG);
    world.ok("record add CLI-000001 --provider oak --type services --date 2026-11-01 --title Lunch");
    world.ok("record add CLI-000001 --provider oak --type services --date 2026-11-02 --title Tea");
    world
        .ok("sharing setup oak --type services --level 1 --release on --require-expiry on --default-days 30");
    world.ok("sharing link oak harbour --type services");
}

const HEADING: &str = "client,owner,type,document,signed_on,expires_on,recipients,all_providers,revoked_at";

// Rule 3.7.
both_engines!(releases_come_with_their_documents, |world| {
    begin(world);
    let rows = "CLI-000001,oak,services,ada.pdf,2026-11-20,,harbour; willow; harbour,,\n\
        CLI-000001,oak,services,old/ada.png,2024-01-01,2024-12-31,dormant,,\n\
        CLI-000001,oak,services,./old/ada.png,2025-01-01,,,yes,2025-06-01\n\
        CLI-000001,oak,forms,ada.pdf,2026-11-20,2027-11-20,,yes,\n";
    world.write("releases.csv", format!("{HEADING}\n{rows}"));
    world.write("scans/beside.csv", format!("{HEADING}\n{rows}"));
    world.write(
        "revoked.csv",
        format!("{HEADING}\nCLI-000001,oak,services,ada.pdf,2026-11-20,2026-12-20,willow;harbour,no,2026-11-22 09:00\n"),
    );
    world.story(expect![[r#"
        $ caredesk release import releases.csv
        2> rejected: releases.csv line 3: there is no file `./old/ada.png`
        2> rejected: releases.csv line 4: there is no file `././old/ada.png`
        2> error: 2 of 4 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
        $ caredesk release import releases.csv --documents scans --dry-run
        dry run: Releases: 4 read, 4 created, 0 updated, 0 unchanged, 0 rejected.
        2> note: `Harbour Care` gains access to 2 records of 1 client
        2> note: `Oak House` does not share forms by releases: these count once `caredesk sharing setup PRV-000001 --type forms --release on` is done
        2> note: 2 new releases lack an element of a valid one; `caredesk release check` says more of each
        $ caredesk release import releases.csv --documents scans
        Releases: 4 read, 4 created, 0 updated, 0 unchanged, 0 rejected.
        Import IMP-JY5KCQ: `caredesk import undo IMP-JY5KCQ` takes it back.
        2> note: `Harbour Care` gains access to 2 records of 1 client
        2> note: `Oak House` does not share forms by releases: these count once `caredesk sharing setup PRV-000001 --type forms --release on` is done
        2> note: 2 new releases lack an element of a valid one; `caredesk release check` says more of each
        $ caredesk release import scans/beside.csv
        Releases: 4 read, 0 created, 0 updated, 4 unchanged, 0 rejected.
        $ caredesk release list --columns type,status,signed_on,expires_on,all_providers,recipients,size
        TYPE      STATUS   SIGNED ON   EXPIRES ON  ALL PROVIDERS  RECIPIENTS  SIZE
        forms     active   2026-11-20  2027-11-20  yes                     0    77
        services  revoked  2025-01-01              yes                     0    45
        services  expired  2024-01-01  2024-12-31  no                      1    45
        services  active   2026-11-20  2026-12-20  no                      2    77
        $ caredesk release import revoked.csv --documents scans
        Releases: 1 read, 0 created, 1 updated, 0 unchanged, 0 rejected.
        Import IMP-MSWGFS: `caredesk import undo IMP-MSWGFS` takes it back.
        2> note: `Harbour Care` loses access to 2 records of 1 client
        $ caredesk release import revoked.csv --documents scans
        Releases: 1 read, 0 created, 0 updated, 1 unchanged, 0 rejected.
        $ caredesk release import releases.csv --documents scans
        Releases: 4 read, 0 created, 0 updated, 4 unchanged, 0 rejected.
        $ caredesk release list --columns type,status,signed_on,revoked_by
        TYPE      STATUS   SIGNED ON   REVOKED BY
        forms     active   2026-11-20
        services  revoked  2025-01-01  sue
        services  expired  2024-01-01
        services  revoked  2026-11-20  sue
        # as stan
        $ caredesk release import releases.csv --documents scans
        2> error: an account of level `standard` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
        # as oak
        $ caredesk release import releases.csv --documents scans
        2> error: an account of level `provider-portal` may not change sharing
        2> hint: that takes the level supervisor; `caredesk whoami` says who you are
        [exit 6]
    "#]]);
});

both_engines!(rows_of_no_release_are_rejected, |world| {
    begin(world);
    world.write("secret.pdf", PDF);
    world.write("scans/note.txt", "no document");
    #[cfg(unix)]
    std::os::unix::fs::symlink(world.path("secret.pdf"), world.path("scans/link.pdf")).unwrap();
    let outside = world.path("secret.pdf");
    let rows = [
        "CLI-000001,oak,services,../secret.pdf,2026-11-20,,harbour,,",
        &format!("CLI-000001,oak,services,{},2026-11-20,,harbour,,", outside.display()),
        "CLI-000001,oak,services,link.pdf,2026-11-20,,harbour,,",
        "CLI-000001,oak,services,missing.pdf,2026-11-20,,harbour,,",
        "CLI-000001,oak,services,old,2026-11-20,,harbour,,",
        "CLI-000001,oak,services,note.txt,2026-11-20,,harbour,,",
        "CLI-000001,oak,services,,2026-11-20,,harbour,,",
        "CLI-000001,oak,services,ada.pdf,2026-11-23,,harbour,,",
        "CLI-000001,oak,services,ada.pdf,2026-11-20,2026-11-19,harbour,,",
        "CLI-000001,oak,services,ada.pdf,2026-11-20,,dormant,,",
        "CLI-000001,oak,services,ada.pdf,2026-11-20,,oak,,",
        "CLI-000001,oak,services,ada.pdf,2026-11-20,,,,",
        "CLI-000001,oak,services,ada.pdf,2026-11-20,,harbour,yes,",
        "CLI-000001,oak,services,ada.pdf,2026-11-20,,harbour,,2027-01-01",
        "Ada Moss,oak,services,ada.pdf,2026-11-20,,harbour,,",
        "CLI-000001,oak,services,ada.pdf,2026-11-20,,harbour,,",
        "CLI-000001,oak,services,ada.pdf,2026-11-20,,harbour,,",
    ];
    world.write("faulty.csv", format!("{HEADING}\n{}\n", rows.join("\n")));
    world.call("<WORLD>", &world.path("").display().to_string());
    world.story(expect![[r#"
        $ caredesk release import faulty.csv --documents scans --keep-going
        Releases: 17 read, 1 created, 0 updated, 0 unchanged, 16 rejected.
        Import IMP-PXDKWN: `caredesk import undo IMP-PXDKWN` takes it back.
        2> rejected: faulty.csv line 2: the document `../secret.pdf` lies outside of the folder of documents
        2> rejected: faulty.csv line 3: the document `<DIR>/secret.pdf` lies outside of the folder of documents
        2> rejected: faulty.csv line 4: the document `scans/link.pdf` lies outside of the folder of documents
        2> rejected: faulty.csv line 5: there is no file `scans/missing.pdf`
        2> rejected: faulty.csv line 6: `scans/old` is a folder, not a file
        2> rejected: faulty.csv line 7: `scans/note.txt` is plain text: a release is a PDF, a PNG or a JPEG
        2> rejected: faulty.csv line 8: is new and has no document
        2> rejected: faulty.csv line 9: a release signed on `2026-11-23` lies in the future: today is 2026-11-22
        2> rejected: faulty.csv line 10: a release cannot expire on `2026-11-19`, before it was signed on `2026-11-20`
        2> rejected: faulty.csv line 11: provider `Dormant Care` is inactive
        2> rejected: faulty.csv line 12: `Oak House` is the owner, and sees its own records without a release
        2> rejected: faulty.csv line 13: needs either recipients or all_providers
        2> rejected: faulty.csv line 14: needs either recipients or all_providers
        2> rejected: faulty.csv line 15: revoked_at lies in the future
        2> rejected: faulty.csv line 16: there is no client `Ada Moss`
        2> rejected: faulty.csv line 18: the release ROI-NXXRRJ was there before in this import
        2> note: `Harbour Care` gains access to 2 records of 1 client
        2> note: 1 new release lacks an element of a valid one; `caredesk release check` says more of each
        2> error: 16 of 17 rows were rejected; the others were imported
        2> hint: correct those rows and import the file again: rows that are already imported stay as they are
        [exit 9]
        $ caredesk release list --columns status,recipients
        STATUS  RECIPIENTS
        active           1
    "#]]);
    name_it(world, 1);
    world.write(
        "other.csv",
        "code,client,owner,type,signed_on,sha256\n\
        ROI-000001,CLI-000001,oak,forms,2026-11-20,\n\
        ROI-000001,CLI-000001,oak,services,2026-11-20,00\n\
        ROI-000002,CLI-000001,oak,services,2026-11-20,\n",
    );
    world.story(expect![[r#"
        $ caredesk release import other.csv
        2> rejected: other.csv line 2: type of ROI-000001 is not what the row says; a release is never changed
        2> rejected: other.csv line 3: the release ROI-000001 was there before in this import
        2> rejected: other.csv line 4: is new, and there is no ROI-000002.pdf, .png or .jpg
        2> error: 3 of 3 rows were rejected, so nothing was written
        2> hint: correct the rows, or import the good ones with `--keep-going`
        [exit 5]
    "#]]);
    let piped = "client,owner,type,document,signed_on\nCLI-000001,oak,forms,ada.pdf,2026-11-20\n";
    let answer = world.run_with_input("release import -", piped.as_bytes());
    assert!(
        answer.stderr.contains("needs the folder of its document: `--documents` names it"),
        "{}",
        answer.stderr
    );
});

// Rule 5.4.
both_engines!(a_list_of_releases_comes_in_again, |world| {
    begin(world);
    world.ok("release add ada --owner oak --type services --document ada.pdf --signed 2026-11-20 --recipient harbour willow --purpose =care --signed-by 'Ada Moss' --right-to-revoke");
    world.ok("release add ada --owner oak --type forms --document ada.png --signed 2026-11-20 --expires 2026-11-25 --all-providers --conditions");
    world.ok(
        "release add ada --owner harbour --type forms --document ada.jpg --signed 2026-11-20 --recipient oak",
    );
    let revoked = world.json("release list --limit 1")[0]["code"].as_str().unwrap().to_owned();
    world
        .ok("sharing withdraw ada --owner harbour --reason 'she moved' --how phoned --date 2026-11-21 --yes");
    assert_eq!(world.json(&format!("release show {revoked}"))["withdrawn_how"], "phoned");
    world.at("2026-11-28T10:00:00Z");
    own_list::changes_nothing(world, "release list", "release import", 3);
    let begin = |other: &World| {
        begin(other);
        for release in world.json("release list").as_array().unwrap() {
            let code = release["code"].as_str().unwrap();
            let ending = release["media_type"]
                .as_str()
                .unwrap()
                .split('/')
                .next_back()
                .unwrap()
                .replace("jpeg", "jpg");
            world.ok(&format!(
                "release document {code} --file '{}'",
                other.path(&format!("{code}.{ending}")).display()
            ));
        }
        other.at("2026-11-29T10:00:00Z");
    };
    let columns = "code,client,owner,type,status,signed_on,expires_on,signed_by,purpose,all_providers,recipients,media_type,sha256,revoked_at,reason,withdrawn_on,withdrawn_how,lacks";
    own_list::makes_the_same(world, begin, "release list", "release import", columns, &["-o csv", "-o json"]);
});
