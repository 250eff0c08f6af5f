//! `release document`: what comes out is what went in.

use expect_test::expect;

use super::{PDF, PNG, name_it, settle};

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
        Wrote the document of release ROI-000001 to out.pdf: 614483 bytes.
        $ caredesk release document ROI-000001 --file there.pdf
        2> error: there is a file `there.pdf` already
        2> hint: `--overwrite` replaces it
        [exit 4]
        $ caredesk release document ROI-000001 --file there.pdf --overwrite --dry-run
        dry run: Wrote the document of release ROI-000001 to there.pdf: 614483 bytes.
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
          "result": "created",
          "changes": []
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
