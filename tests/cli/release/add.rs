//! `release add`: what is refused, and what is there already.

use expect_test::expect;
use serde_json::Value;

use super::{name_it, settle};

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
        2> error: `folder` is a folder, not a file
        2> hint: name a file in it
        [exit 5]
        $ caredesk release add ada --owner oak --type services --document nowhere.pdf --signed 2026-11-20 --all-providers
        2> error: there is no file `nowhere.pdf`
        [exit 5]
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
        2> error: a release that expired on `2026-11-21` would let no provider see anything: today is 2026-11-22
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
        2> Usage: caredesk release add [OPTIONS] <CLIENT> --type <TYPE>... --document <FILE|-> --signed <DAY> <--all-providers|--recipient <PROVIDER>...>
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers --recipient willow
        2> error: the argument '--all-providers' cannot be used with '--recipient <PROVIDER>...'
        2>
        2> Usage: caredesk release add [OPTIONS] <CLIENT> --type <TYPE>... --document <FILE|-> --signed <DAY> <--all-providers|--recipient <PROVIDER>...>
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
        2> error: invalid value 'gossip' for '--type <TYPE>...'
        2>   [possible values: services, clinical, case-notes, appointments, eligibility, forms, referrals]
        2>
        2> For more information, try '--help'.
        [exit 2]
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers --signed-as guardian
        2> error: the following required arguments were not provided:
        2>   --signed-by <NAME>
        2>
        2> Usage: caredesk release add [OPTIONS] <CLIENT> --type <TYPE>... --document <FILE|-> --signed <DAY> <--all-providers|--recipient <PROVIDER>...>
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

both_engines!(the_same_document_is_noticed, |world| {
    settle(world);
    let add = "release add ada --owner oak --type services --document ada.pdf --signed today --all-providers";
    world.ok(add);
    name_it(world, 1);
    world.story(expect![[r#"
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers --if-not-exists
        Nothing to change: release ROI-000001 (Ada Moss) exists.
        2> note: it lacks purpose, expiry, signature, right to revoke, conditions, redisclosure; `caredesk release check ROI-000001` says more
        2> warning: `Oak House` does not share services by releases: this one counts once `caredesk sharing setup PRV-000001 --type services --release on` is done
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers --if-not-exists -o json --columns code
        {
          "code": "ROI-000001"
        }
        2> {"note":"it lacks purpose, expiry, signature, right to revoke, conditions, redisclosure; `caredesk release check ROI-000001` says more"}
        2> {"warning":"`Oak House` does not share services by releases: this one counts once `caredesk sharing setup PRV-000001 --type services --release on` is done"}
        $ caredesk release add ada --owner oak --type services --document ada.pdf --signed today --all-providers
        Created release ROI-P9N5HZ (Ada Moss): `Oak House` may show services to all providers.
        2> note: it lacks purpose, expiry, signature, right to revoke, conditions, redisclosure; `caredesk release check ROI-P9N5HZ` says more
        2> warning: ROI-000001 holds the same document for the same recipients, and still counts
        2> warning: `Oak House` is linked to no provider for services; `caredesk sharing link PRV-000001 PROVIDER --type services` links it to one
        2> warning: `Oak House` does not share services by releases: this one counts once `caredesk sharing setup PRV-000001 --type services --release on` is done
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
    let refused = world.run_json(add);
    assert_eq!(refused.status, 4, "{refused:?}");
    let refused: Value = serde_json::from_str(refused.stderr.lines().last().unwrap()).unwrap();
    assert_eq!(refused["error"]["code"], "release.expiry_missing");
    let hint = refused["error"]["hint"].as_str().unwrap();
    let command = hint.split('`').find_map(|part| part.strip_prefix("caredesk ")).unwrap();
    world.ok(command);
    assert_eq!(world.json(add)["expires_on"], "2027-11-22");
});
